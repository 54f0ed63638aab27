"""Sides made by hand: two runs on articles that nobody wrote, in cells alone."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scorecells import article, told_incident

from eval.cells import Cell, CellState
from eval.comparing.comparison import Comparison, compare_sides
from eval.comparing.sides import Side
from eval.ratios import Floats

DRAWS = 999
"""Draws of an interval or p value: fewer could never find anything in the family."""


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


def compared(before: Sequence[CellState], after: Sequence[CellState]) -> Comparison:
    """Two runs of one repeat, compared with as many draws as the gate needs at least."""
    return compare_sides(side(before), side(after), draws=DRAWS)
