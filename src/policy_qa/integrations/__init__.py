"""Seams to other people's programs."""
