"""Slices: the headline over a part of the articles, and how small a change it could show."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from eval.cells import Cell, CellKind
from eval.intervals import MIN_CLUSTERS
from eval.scores.gauge import Gauge
from eval.scores.headline import (
    BY_INCIDENTS,
    HEADLINE,
    by_kind,
    f1_of_kind,
    incidents_told,
    strata_of,
)
from eval.scores.score import Score, Told
from extractor.codes import Qualifier
from extractor.errors import UsageError

GATEABLE = 0.15  # a slice that cannot show a fall of 15 points guards nothing

PHENOMENON, SPLIT, QUALIFIER = "phenomenon", "split", "qualifier"


class SliceScore(Told):
    """One figure of a slice, and the smallest change a comparison of two runs would find in it."""

    score: Score
    detectable: float | None
    """The change found in 80 of 100 comparisons; empty under 20 stories."""

    @property
    def is_gateable(self) -> bool:
        """Whether a fall that matters would be seen."""
        return self.detectable is not None and self.detectable <= GATEABLE


class Slice(Told):
    """The headline over the cells of a part."""

    dimension: str
    """What it is divided by: a phenomenon, a stratum, the split, gold's qualifier."""
    name: str
    """Which part."""
    articles: int
    clusters: int
    scores: tuple[SliceScore, ...]

    @property
    def path(self) -> str:
        """Its name on the command line: `phenomenon=at_least`."""
        return f"{self.dimension}={self.name}"


def slices_of(cells: Sequence[Cell], gauge: Gauge) -> tuple[Slice, ...]:
    """Every slice, by its dimension and name."""
    parts = cells_by_slice(cells)
    return tuple(
        _slice(dimension, name, parts[dimension, name], gauge)
        for dimension, name in sorted(parts, key=_order)
    )


def cells_by_slice(cells: Sequence[Cell]) -> dict[tuple[str, str], list[Cell]]:
    """The cells of every slice, by its dimension and name."""
    strata = strata_of(incidents_told(cells))
    parts: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        for phenomenon in cell.phenomena:
            parts[PHENOMENON, phenomenon].append(cell)
        for stratum, group in strata(cell).items():
            parts[stratum, group].append(cell)
        if cell.split is not None:
            parts[SPLIT, cell.split].append(cell)
        if cell.kind is CellKind.COUNT and cell.has_gold and cell.gold_number:
            parts[QUALIFIER, cell.gold_number.qualifier.value].append(cell)
    return parts


def pick_slices(slices: Sequence[Slice], names: Iterable[str]) -> tuple[Slice, ...]:
    """The slices asked for, by dimension (`split`) or in full (`split=gate`); all if none is.

    Raises:
        UsageError: no slice has that name.
    """
    asked = tuple(names)
    if not asked:
        return tuple(slices)
    dimensions = {one.dimension for one in slices}
    known = {one.path for one in slices}
    for name in asked:
        if name not in dimensions and name not in known:
            like = _like(name, slices)
            meant = f"; is it {' or '.join(map(repr, like))}?" if like else "."
            told = ", ".join([*sorted(dimensions), *(one.path for one in slices)])
            raise UsageError(f"no slice {name!r} in this set{meant} Known are: {told or 'none'}")
    return tuple(one for one in slices if one.dimension in asked or one.path in asked)


def _like(name: str, slices: Sequence[Slice]) -> list[str]:
    """The slices that somebody who writes this may mean."""
    parts = [one.path for one in slices if one.name == name]
    names = {*(one.dimension for one in slices), *(one.path for one in slices)}
    return parts or get_close_matches(name, sorted(names))


def _slice(dimension: str, name: str, cells: Sequence[Cell], gauge: Gauge) -> Slice:
    kinds = by_kind(cells)
    scores: list[SliceScore] = []
    for kind in HEADLINE:
        if dimension == QUALIFIER:  # what is invented has no gold qualifier: there is only recall
            name_, label = f"{kind.value}.recall", f"{HEADLINE[kind]}, recall"
            score = gauge.recall(name_, label, kinds[kind])
        else:
            score = f1_of_kind(kind, kinds[kind], gauge)
        if score.cells:
            small = score.clusters < MIN_CLUSTERS
            detectable = None if small else gauge.detectable(kinds[kind])
            scores.append(SliceScore(score=score, detectable=detectable))
    return Slice(
        dimension=dimension,
        name=name,
        articles=len({one.article_id for one in cells}),
        clusters=len({one.story_id for one in cells}),
        scores=tuple(scores),
    )


_QUALIFIERS = [one.value for one in Qualifier]


def _order(part: tuple[str, str]) -> tuple[int, str, int, str]:
    """Phenomena first, then what the set is divided by, then strata; qualifiers as defined."""
    dimension, name = part
    known = (PHENOMENON, BY_INCIDENTS, QUALIFIER, SPLIT)
    at = known.index(dimension) if dimension in known else len(known)
    of_kind = _QUALIFIERS.index(name) if dimension == QUALIFIER else 0
    return at, dimension, of_kind, name
