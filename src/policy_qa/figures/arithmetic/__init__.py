"""Recomputing what documents state: differences, growths, multiples, shares, sums and orders, with rounding allowed for."""
