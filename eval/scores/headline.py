"""The headline: each kind of claim end to end, and beside it what explains it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from eval.cells import Cell, CellKind
from eval.scores.gauge import Gauge, is_right, is_scored
from eval.scores.score import Score, Told

HEADLINE: Mapping[CellKind, str] = {
    CellKind.INCIDENT: "Incidents found",
    CellKind.COUNT: "Count claims",
    CellKind.TOLL: "Tolls",
    CellKind.CUMULATIVE: "Cumulative figures",
    CellKind.BLAME: "Blames",
    CellKind.PLACE: "Places",
    CellKind.DATE: "Dates",
    CellKind.ATTACK: "Attack types",
}
"""The kinds of the headline table, in its order, each with its name for a person."""

BY_INCIDENTS = "incidents"
"""The stratum that always exists: how many incidents an article tells."""


class Row(Told):
    """One kind of claim: what a user gets, end to end, and what explains it."""

    kind: CellKind
    label: str
    f1: Score
    """Over all cells of all articles."""
    accuracy: Score
    """Share right of all that gold holds or that was predicted, a wrong value counted once.

    The critical success index. Leaving out an answer that would be wrong never raises it, which F1
    allows: a gate rests on this.
    """
    precision: Score
    """Share of what was predicted that is right."""
    recall: Score
    """Share of gold that was found and is right."""
    conditional: Score
    """Share right where the incident was found and both sides tell it: a diagnosis, no score."""
    by_article: Score
    """The mean F1 of the articles with an incident and with such a cell."""
    by_stratum: dict[str, Score]
    """The mean F1 of the groups of each stratum: no easy majority can hide the others."""


def headline_of(cells: Sequence[Cell], gauge: Gauge) -> tuple[Row, ...]:
    """The headline table, a row for each kind."""
    told = incidents_told(cells)
    kinds = by_kind(cells)
    return tuple(_row(kind, kinds[kind], told, gauge) for kind in HEADLINE)


def f1_of_kind(kind: CellKind, cells: Iterable[Cell], gauge: Gauge) -> Score:
    """The headline figure of a kind over some of its cells."""
    return gauge.f1(f"{kind.value}.f1", f"{HEADLINE[kind]}, F1", cells)


def by_kind(cells: Iterable[Cell]) -> dict[CellKind, list[Cell]]:
    """Cells by their kind; an empty list for a kind without one."""
    kinds: dict[CellKind, list[Cell]] = {kind: [] for kind in CellKind}
    for cell in cells:
        kinds[cell.kind].append(cell)
    return kinds


def incidents_told(cells: Iterable[Cell]) -> dict[str, int]:
    """How many incidents gold holds in each article, those that count."""
    told: dict[str, int] = defaultdict(int)
    for cell in cells:
        told[cell.article_id] += cell.kind is CellKind.INCIDENT and cell.has_gold
    return dict(told)


def strata_of(told: Mapping[str, int]) -> Callable[[Cell], dict[str, str]]:
    """Which group of each stratum a cell's article is in."""

    def strata(cell: Cell) -> dict[str, str]:
        n = told.get(cell.article_id, 0)
        return {**cell.strata, BY_INCIDENTS: f"{n}" if n < 3 else "3+"}

    return strata


def is_matched(cell: Cell) -> bool:
    """Whether a cell has both values, in an incident that was found."""
    return cell.has_gold and cell.has_predicted and cell.is_paired


def _row(kind: CellKind, cells: Sequence[Cell], told: Mapping[str, int], gauge: Gauge) -> Row:
    name, label = kind.value, HEADLINE[kind]
    matched = () if kind is CellKind.INCIDENT else filter(is_matched, cells)
    scored = [cell for cell in cells if is_scored(cell)]
    articles: dict[str, list[Cell]] = defaultdict(list)
    groups: dict[str, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    strata = strata_of(told)
    for cell in scored:
        if told.get(cell.article_id):
            articles[cell.article_id].append(cell)
        for stratum, group in strata(cell).items():
            if (stratum, group) != (BY_INCIDENTS, "0"):  # its F1 can only be 0 or nothing
                groups[stratum][group].append(cell)
    groups.setdefault(BY_INCIDENTS, defaultdict(list))
    return Row(
        kind=kind,
        label=label,
        f1=f1_of_kind(kind, scored, gauge),
        accuracy=gauge.share(f"{name}.accuracy", f"{label}, right of all", scored, is_right),
        precision=gauge.precision(f"{name}.precision", f"{label}, precision", scored),
        recall=gauge.recall(f"{name}.recall", f"{label}, recall", scored),
        conditional=gauge.share(
            f"{name}.conditional", f"{label}, right where both tell it", matched, is_right
        ),
        by_article=gauge.macro(f"{name}.by_article", f"{label}, mean F1 by article", articles),
        by_stratum={
            stratum: gauge.macro(
                f"{name}.by_stratum.{stratum}", f"{label}, mean F1 by {stratum}", groups[stratum]
            )
            for stratum in sorted(groups)
        },
    )
