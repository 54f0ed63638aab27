"""Metrics: the figures in which two runs are compared, each a ratio of sums over cells.

A quality is the share right of all that gold holds or that was predicted, a wrong value counted
once. It rises where less is invented, so whoever keeps silent on bad articles can raise it; the
recalls stand guard against that. A harm is a rate of cells that could do it, and it can fall by
silence, so it never stands without the qualities.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from eval.cells import Cell, CellKind, Harm
from eval.ratios import Floats
from eval.scores.gauge import is_right, is_scored, slots_of
from eval.scores.headline import HEADLINE
from extractor.codes import InputOutcome

Role = Literal["primary", "safety", "guard", "secondary"]
"""`primary` qualities and `safety` rates are tested, in one family. A `guard` is watched without a
test: it may not fall far. What is `secondary` is shown only."""

Parts: TypeAlias = tuple[float, float]
"""What a cell adds to the ratio: above the line, below it."""

_FAILED = (InputOutcome.REFUSED, InputOutcome.INVALID, InputOutcome.TRUNCATED)
_PRIMARY = (CellKind.INCIDENT, CellKind.COUNT, CellKind.PLACE, CellKind.BLAME)
_SAFETY = (
    Harm.HALLUCINATED_COUNT,
    Harm.FALSE_NONE,
    Harm.CUMULATIVE_LEAK,
    Harm.OVER_ASSERTION,
    Harm.INVENTED_PERPETRATOR,
    Harm.PROPAGATED_BLAME,
)


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One figure: a ratio of sums over cells, and which way is better."""

    name: str
    """For a program, as in a summary: `count.accuracy`, `harm.false_none`."""
    label: str
    role: Role
    is_better_high: bool
    parts_of: Callable[[Cell], Parts]
    """What a cell adds; (0, 0) if it has no part in the figure."""

    @property
    def sign(self) -> int:
        """1 if a higher value is better, else -1."""
        return 1 if self.is_better_high else -1

    @property
    def is_tested(self) -> bool:
        """Whether it belongs to the family that a gate tests."""
        return self.role in ("primary", "safety")


def metrics() -> tuple[Metric, ...]:
    """Every metric: the gated qualities, the gated harms, then what is shown beside them."""
    return (
        *(_quality(kind, "primary") for kind in _PRIMARY),
        *(_harm(harm, "safety") for harm in _SAFETY),
        _failures(),
        *(_recall(kind) for kind in _PRIMARY),
        *(_quality(kind, "secondary") for kind in HEADLINE if kind not in _PRIMARY),
        *(_f1(kind) for kind in HEADLINE),
        *(_harm(harm, "secondary") for harm in Harm if harm not in _SAFETY),
    )


def metric_of(name: str) -> Metric:
    """The metric of that name.

    Raises:
        KeyError: there is none.
    """
    return {one.name: one for one in metrics()}[name]


def table_of(metric: Metric, cells: Iterable[Cell], stories: Sequence[str]) -> Floats:
    """The sums of a metric by story: one row a story, in the order given; two columns."""
    at = {story: row for row, story in enumerate(stories)}
    table = np.zeros((len(at), 2))
    for cell in cells:
        above, below = metric.parts_of(cell)
        if below:
            table[at[cell.story_id]] += above, below
    return table


def tables_of(
    cells: Sequence[Cell], stories: Sequence[str], of: Iterable[Metric]
) -> Mapping[str, Floats]:
    """The table of every metric, by its name."""
    return {metric.name: table_of(metric, cells, stories) for metric in of}


def _quality(kind: CellKind, role: Role) -> Metric:
    def parts(cell: Cell) -> Parts:
        counts = cell.kind is kind and is_scored(cell)
        return (float(is_right(cell)), 1.0) if counts else (0.0, 0.0)

    return Metric(
        name=f"{kind.value}.accuracy",
        label=f"{HEADLINE[kind]}, right of all",
        role=role,
        is_better_high=True,
        parts_of=parts,
    )


def _recall(kind: CellKind) -> Metric:
    """What silence always lowers, where a quality can gain by inventing less."""

    def parts(cell: Cell) -> Parts:
        counts = cell.kind is kind and cell.has_gold
        return (float(is_right(cell)), 1.0) if counts else (0.0, 0.0)

    return Metric(
        name=f"{kind.value}.recall",
        label=f"{HEADLINE[kind]}, recall",
        role="guard",
        is_better_high=True,
        parts_of=parts,
    )


def _f1(kind: CellKind) -> Metric:
    def parts(cell: Cell) -> Parts:
        if cell.kind is not kind:
            return 0.0, 0.0
        right, false, lost = slots_of(cell)
        return 2.0 * right, 2.0 * right + false + lost

    return Metric(
        name=f"{kind.value}.f1",
        label=f"{HEADLINE[kind]}, F1",
        role="secondary",
        is_better_high=True,
        parts_of=parts,
    )


def _harm(harm: Harm, role: Role) -> Metric:
    def parts(cell: Cell) -> Parts:
        # The toll view repeats the count claims; each error is counted once.
        could = cell.kind is not CellKind.TOLL and harm in cell.opportunities
        return (float(harm in cell.harms), 1.0) if could else (0.0, 0.0)

    return Metric(
        name=f"harm.{harm.value}",
        label=harm.value.replace("_", " ").capitalize(),
        role=role,
        is_better_high=False,
        parts_of=parts,
    )


def _failures() -> Metric:
    def parts(cell: Cell) -> Parts:
        is_article = cell.kind is CellKind.ARTICLE
        return (float(cell.outcome in _FAILED), 1.0) if is_article else (0.0, 0.0)

    return Metric(
        name="article.failed",
        label="Articles refused, cut off or answered outside the schema",
        role="safety",
        is_better_high=False,
        parts_of=parts,
    )
