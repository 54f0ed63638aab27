"""Assignment: which row goes with which column, each at most once, so that likeness is greatest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Similarities = Sequence[Sequence[float | None]]
"""One row and one column a candidate; empty where the two cannot go together."""

_WORTH = 0.01  # a pair that only just reaches the threshold is better than none


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """The best assignment."""

    pairs: tuple[tuple[int, int], ...] = ()
    """Row and column, in the order of the rows."""
    surplus: float = 0.0
    """What all pairs together are better than the threshold."""
    margin: float | None = None
    """How much less the best other assignment has; empty if there is no other, or none asked."""


def assign(
    similarities: Similarities,
    *,
    threshold: float,
    bonus: Sequence[Sequence[float]] | None = None,
    with_margin: bool = True,
) -> Assignment:
    """Assign rows to columns so that the sum of (similarity - threshold + 0.01) is greatest.

    Only pairs that reach the threshold take part, and anybody may stay alone: two pairs that barely
    reach it never break one that is certain. Between equal assignments the order of rows and
    columns decides, so sort them first where that matters.

    Args:
        similarities: one row each for one side, one column each for the other.
        threshold: the least similarity of a pair.
        bonus: added to what a pair is worth, never negative; it does not lift a pair over the
            threshold.
        with_margin: whether to look for the second-best assignment, too.
    """
    worth = _worth(similarities, threshold, bonus)
    pairs, surplus = _best(worth)
    others = [_best(_without(worth, pair))[1] for pair in pairs] if with_margin else []
    # Every other assignment lacks one of the chosen pairs: with all of them and more, it would
    # have been the best.
    margin = max(0.0, surplus - max(others)) if others else None
    return Assignment(pairs=pairs, surplus=surplus, margin=margin)


_Worth = NDArray[np.float64]


def _worth(
    similarities: Similarities, threshold: float, bonus: Sequence[Sequence[float]] | None
) -> _Worth:
    """What each pair adds; 0 for those that may not be, which is what staying alone adds."""
    rows, columns = len(similarities), max(map(len, similarities), default=0)
    if not rows or not columns:
        return np.zeros((rows, columns))
    likeness = np.array(similarities, dtype=np.float64)  # an empty one becomes NaN
    more = np.zeros_like(likeness) if bonus is None else np.array(bonus, dtype=np.float64)
    may_be = likeness >= threshold
    return np.where(may_be, likeness - threshold + _WORTH + more, 0.0)


def _best(worth: _Worth) -> tuple[tuple[tuple[int, int], ...], float]:
    chosen = zip(*linear_sum_assignment(worth, maximize=True), strict=True)
    pairs = sorted((int(row), int(column)) for row, column in chosen if worth[row, column] > 0)
    return tuple(pairs), float(sum(worth[pair] for pair in pairs))


def _without(worth: _Worth, pair: tuple[int, int]) -> _Worth:
    rest = worth.copy()
    rest[pair] = 0.0
    return rest
