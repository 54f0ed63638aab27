"""Cells of an article: what is compared with what, one module for each kind of cell."""
