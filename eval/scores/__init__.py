"""Scores: every figure of a report, computed from cells alone."""
