"""The command `tollbook eval`: grading, apart from everything that reads articles."""

from eval.cli.app import app

__all__ = ["app"]
