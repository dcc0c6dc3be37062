"""From retrieved chunks to an answer whose every claim is cited, or to a refusal."""
