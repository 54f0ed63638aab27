"""Lint: what is wrong in a gold folder, all of it at once, each with the file and the field."""

from eval.lint.folder import lint_gold, lint_label, lint_set, tidy_gold
from eval.lint.shown import implied_phenomena

__all__ = ["implied_phenomena", "lint_gold", "lint_label", "lint_set", "tidy_gold"]
