"""Predictions written to a file, as any system can hand them in."""

from collections.abc import Sequence
from pathlib import Path

from eval.predictions import Prediction, told_line


def write_predictions(path: Path, told: Sequence[Prediction]) -> Path:
    """Predictions as a file, one a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{told_line(one)}\n" for one in told), "utf-8")
    return path
