"""Grades runs: what a stored run predicts, and in later modules how right that is."""
