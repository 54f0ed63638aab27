"""The gate: whether a run may replace the blessed one, by terms that stand in one file."""
