"""From a corpus to documents: finding and decoding, cleaning, blocks, metadata."""
