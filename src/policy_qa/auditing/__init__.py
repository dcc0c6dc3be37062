"""Answering whether what the sources state comes out: shares, differences, growths, sums, and captions of tables."""
