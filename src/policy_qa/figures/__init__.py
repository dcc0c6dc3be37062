"""Figures: what a stated value is of, where, when, and whether it was reached or aimed at."""
