"""Sensitivity: whether the headline hangs on how incidents were taken to be the same."""

from collections.abc import Mapping, Sequence

from eval.cells import Cell, CellKind
from eval.scores.gauge import Gauge
from eval.scores.headline import HEADLINE, by_kind, f1_of_kind
from eval.scores.score import Score, Told

MARGIN = 0.05  # the fall that a gate does not let pass


class Moved(Told):
    """One headline figure under every variant of the alignment."""

    kind: CellKind
    label: str
    values: dict[str, float | None]
    """Its F1 by variant."""
    moved: float | None
    """The largest distance from the first variant; empty where one has no value."""
    is_far: bool
    """Whether a variant leaves the first one's interval, or moves by more than 5 points.

    It is far, too, where one of them has a value and another has none.
    """


class Sensitivity(Told):
    """The headline under every variant; the first is the one that is reported."""

    variants: tuple[str, ...]
    figures: tuple[Moved, ...]

    @property
    def moved(self) -> tuple[Moved, ...]:
        """The figures that another alignment moves far."""
        return tuple(one for one in self.figures if one.is_far)


def sensitivity_of(variants: Mapping[str, Sequence[Cell]], gauge: Gauge) -> Sensitivity | None:
    """The headline of several gradings of one run, the reported one first; empty without two."""
    if len(variants) < 2:
        return None
    names = tuple(variants)
    plain = Gauge(seed=gauge.seed, intervals=False)
    kinds = {name: by_kind(cells) for name, cells in variants.items()}
    figures = tuple(
        _moved(
            kind,
            f1_of_kind(kind, kinds[names[0]][kind], gauge),
            {name: f1_of_kind(kind, kinds[name][kind], plain).value for name in names},
        )
        for kind in HEADLINE
    )
    return Sensitivity(variants=names, figures=figures)


def _moved(kind: CellKind, first: Score, values: Mapping[str, float | None]) -> Moved:
    there = [one for one in values.values() if one is not None]
    moved = None
    if first.value is not None and len(there) == len(values):
        moved = max(abs(one - first.value) for one in there)
    is_far = 0 < len(there) < len(values) or (moved or 0.0) > MARGIN
    if first.interval is not None:
        low, high = first.interval.low, first.interval.high
        is_far = is_far or any(not low <= one <= high for one in there)
    return Moved(kind=kind, label=HEADLINE[kind], values=dict(values), moved=moved, is_far=is_far)
