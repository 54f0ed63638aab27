"""Alignment: which predicted incident stands for which gold one, by identity evidence alone."""

from dataclasses import dataclass
from typing import Literal

LeftoverKind = Literal["missed", "merged", "spurious", "duplicate", "split"]

AMBIGUOUS = 0.02  # a second-best assignment this close could as well be the right one


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two incidents taken to be one: their places in the two lists, and how alike they are."""

    gold: int
    predicted: int
    similarity: float


@dataclass(frozen=True, kw_only=True)
class Leftover:
    """An incident without a partner; `of` is the place, on the other side, of its likeness."""

    index: int
    kind: LeftoverKind
    of: int | None = None


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """How the incidents of one article stand to each other, and how sure that is."""

    pairs: tuple[Pair, ...] = ()
    missed: tuple[Leftover, ...] = ()
    """Gold incidents without a partner: `missed` or `merged`."""
    extra: tuple[Leftover, ...] = ()
    """Predicted incidents without a partner: `spurious`, `duplicate` or `split`."""
    similarities: tuple[tuple[float | None, ...], ...] = ()
    """One row a gold incident, one column a predicted one; empty where they cannot be one."""
    margin: float | None = None
    """How much worse the second-best assignment is; empty if there is no other."""

    @property
    def is_ambiguous(self) -> bool:
        """Whether another assignment is nearly as good."""
        return self.margin is not None and self.margin < AMBIGUOUS
