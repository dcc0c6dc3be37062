"""Questions that compare, rank or compute: read, answered in code from cited figures, with the working shown."""
