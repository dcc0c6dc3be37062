"""Judging answers: cases, metrics, runs, baselines, and an independent check that quotations are exact."""
