"""Sides made by hand: two runs on articles that nobody wrote, in cells alone."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scorecells import article, told_incident

from eval.cells import Cell, CellState
from eval.comparing.sides import Side
from eval.ratios import Floats


def table(above: ArrayLike, below: ArrayLike) -> Floats:
    """What each story adds to a ratio."""
    return np.stack([np.asarray(above, np.float64), np.asarray(below, np.float64)], axis=1)


def cells(states: Sequence[CellState]) -> tuple[Cell, ...]:
    """One article with one incident for each state: a0, a1, …"""
    found: list[Cell] = []
    for n, state in enumerate(states):
        found += [article(f"a{n}"), *told_incident(f"a{n}", state)]
    return tuple(found)


def side(*repeats: Sequence[CellState], name: str = "run") -> Side:
    """A run with a repeat for each list of states."""
    return Side(name=name, provenance=(), repeats=tuple(cells(one) for one in repeats))
