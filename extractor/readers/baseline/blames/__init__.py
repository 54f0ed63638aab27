"""Blames: who is said to have done it, or not, by whom, and how surely."""
