"""Comparing: two runs on the same articles, figure by figure and claim by claim."""
