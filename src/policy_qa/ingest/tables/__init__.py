"""Tables: their lines found among those of a document, and read into cells with labels and units."""
