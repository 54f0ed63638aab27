"""Figures: what a corpus's table says, computed from marks alone, each with its counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from eval.corpora.corpus import CorpusScore, Figure
from eval.corpora.marking import RIGHT, Grade, Mark
from eval.corpora.profile import FigureRow, Profile
from eval.intervals import proportion_interval

_NEARLY = "farther"


def score_marks(marks: Sequence[Mark], profile: Profile) -> CorpusScore:
    """The table of a corpus; disputed labels are in no figure, and counted in a note."""
    figures = tuple(_figure(row, marks) for row in profile.figures)
    disputed = Counter(mark.cell.field for mark in marks if not mark.is_scored)
    told = [f"{name} {count}" for name, count in sorted(disputed.items())]
    notes = [*profile.notes, f"clusters: {profile.clusters}"]
    if told:
        notes.append(f"labels that contradict themselves, in no figure: {', '.join(told)}")
    unread = {mark.cell.document_id for mark in marks if mark.grade.how == "not_read"}
    if unread:
        notes.append(f"not read, and wrong in every figure: {len(unread)} documents")
    return CorpusScore(
        figures=figures, cells=tuple(mark.cell for mark in marks), notes=tuple(notes)
    )


def _figure(row: FigureRow, marks: Sequence[Mark]) -> Figure:
    chosen = [
        mark
        for mark in marks
        if mark.is_scored and mark.cell.field == row.field and row.over in mark.tags
    ]
    systems = sorted({name for mark in chosen for name in mark.trivial})
    if row.measure == "median_km":
        value, counts = _middle([mark.grade for mark in chosen])
        unit, interval = "km", None
        baselines = {
            name: middle
            for name in systems
            if (middle := _middle([mark.trivial[name] for mark in chosen])[0]) is not None
        }
    else:
        value, counts = _share(row.measure, [mark.grade for mark in chosen])
        unit, interval = "share", _interval(row.measure, chosen)
        baselines = {
            name: share
            for name in systems
            if (share := _share(row.measure, [mark.trivial[name] for mark in chosen])[0])
            is not None
        }
    return Figure(
        id=row.id,
        name=row.name,
        of=row.of,
        value=value,
        unit=unit,
        counts=counts,
        interval=interval,
        clusters=len({mark.cell.cluster for mark in chosen}),
        baselines=baselines,
        published=row.published,
        published_by=row.published_by,
        ceiling=row.ceiling,
    )


def _share(measure: str, grades: Sequence[Grade]) -> tuple[float | None, dict[str, int | float]]:
    right = sum(measure in grade.marks for grade in grades)
    others = Counter(
        _NEARLY if grade.how == RIGHT else grade.how  # right, but not by this stricter measure
        for grade in grades
        if measure not in grade.marks
    )
    counts: dict[str, int | float] = {"right": right, "of": len(grades), **_sorted(others)}
    return (right / len(grades) if grades else None), counts


def _middle(grades: Sequence[Grade]) -> tuple[float | None, dict[str, int | float]]:
    """The median over all documents, those without a point counted as farthest away."""
    gaps = [float("inf") if one.gap_km is None else one.gap_km for one in grades]
    found = sum(one.gap_km is not None for one in grades)
    counts: dict[str, int | float] = {"found": found, "of": len(grades)}
    middle = median(gaps) if gaps else None
    return (None if middle == float("inf") else middle), counts


def _sorted(counted: Counter[str]) -> dict[str, int]:
    return dict(sorted(counted.items()))


def _interval(measure: str, marks: Iterable[Mark]) -> tuple[float, float] | None:
    successes: dict[str, int] = defaultdict(int)
    totals: dict[str, int] = defaultdict(int)
    for mark in marks:
        totals[mark.cell.cluster] += 1
        successes[mark.cell.cluster] += measure in mark.grade.marks
    names = sorted(totals)
    found = proportion_interval(
        [successes[name] for name in names], [totals[name] for name in names]
    )
    return (found.low, found.high) if found else None
