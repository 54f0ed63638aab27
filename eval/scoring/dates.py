"""Cells of dates: when each incident happened, and whether a date was made up where none is told.

How far off a date is, is the mean distance of the two first and the two last days: nothing only
where both agree, so that a whole year around the right day is no near miss.
"""

import re
from collections.abc import Sequence
from datetime import date

from eval.cells import Cell, CellKind, CellState, Harm, Mistake
from eval.scoring.case import Case, Scene
from eval.scoring.incidents import mistake_alone
from extractor.codes import DatePrecision
from extractor.records import Incident, When

WITHIN_DAYS = (1, 7)
"""The distances at which a date is nearly right."""

_OF_A_DAY = (DatePrecision.DAY, DatePrecision.PART_OF_DAY)  # a night is dated by its day
_UNSTATED = (DatePrecision.ON_OR_BEFORE, DatePrecision.UNKNOWN)


def date_cells(case: Case) -> list[Cell]:
    """One cell for each incident whose date one of the sides tells, or rightly does not.

    Where gold states no date, silence is abstaining, and every gold incident of that kind, found or
    not, is an opportunity to invent one. A predicted incident without a partner is none.
    """
    cells = (_date_cell(case, scene) for scene in case.scenes())
    return [cell for cell in cells if cell is not None]


def _date_cell(case: Case, scene: Scene) -> Cell | None:
    readings = _readings(case, scene.gold)
    stated = [one for one in readings if _stated(one)]
    predicted = _stated(scene.predicted.when) if scene.predicted else None
    # Where a labeller's second reading has a date, none that is predicted was made up.
    tempts = scene.gold is not None and not stated and not scene.is_optional
    first = next(iter(readings), predicted)
    if first is None or not (stated or predicted or tempts):
        return None
    published = case.labelled.article.published_at
    state, mistake = _state(scene, readings, predicted, published)
    gold = _nearest(stated, predicted) if stated else None
    opportunities = (Harm.DATE_INVENTED,) if tempts else ()
    return case.cell(
        CellKind.DATE,
        scene,
        state=state,
        mistake=mistake,
        key="date",
        gold=_told(gold),
        predicted=_told(predicted),
        slice=first.precision.value,
        parts=_parts(gold, predicted),
        measures=_measures(gold, predicted),
        codes=_codes(gold or next(iter(readings), None), scene.predicted, published),
        opportunities=opportunities,
        harms=opportunities if state is CellState.SPURIOUS else (),
        gold_quotes=_quotes(gold),
        predicted_quotes=_quotes(predicted),
    )


def _readings(case: Case, gold: Incident | None) -> list[When]:
    """What gold holds right, the first reading first."""
    if gold is None:
        return []
    others = [one.when for one in case.gold.alternatives_of(gold.id)]
    return [gold.when, *(one for one in others if one)]


def _stated(when: When) -> When | None:
    return None if when.precision in _UNSTATED else when


def _state(
    scene: Scene, readings: Sequence[When], predicted: When | None, published: date | None
) -> tuple[CellState, Mistake | None]:
    stated = [one for one in readings if _stated(one)]
    if scene.is_optional:
        return CellState.EXCUSED, None
    if scene.gold is None:
        return CellState.SPURIOUS, mistake_alone(scene)
    if predicted is None:
        return _silent(scene, readings)
    if any(_is_same(one, predicted) for one in stated):
        return CellState.CORRECT, None
    if not _stated(readings[0]):
        is_copied = _is_day(predicted, published)
        return CellState.SPURIOUS, (
            Mistake.PUBLICATION_DATE if is_copied else Mistake.INVENTED_DATE
        )
    return CellState.WRONG, _mistake(_nearest(stated, predicted), predicted, published)


def _silent(scene: Scene, readings: Sequence[When]) -> tuple[CellState, Mistake | None]:
    """Nothing predicted: right where a reading states nothing, unless the incident was missed."""
    may_abstain = not all(map(_stated, readings if scene.predicted else readings[:1]))
    if may_abstain:
        return CellState.ABSTAINED, None
    return CellState.MISSED, Mistake.MISSED


def _is_same(gold: When, predicted: When) -> bool:
    return _is_of_same_days(gold, predicted) and _is_as_precise(gold, predicted)


def _is_of_same_days(gold: When, predicted: When) -> bool:
    return (gold.start, gold.end) == (predicted.start, predicted.end)


def _is_as_precise(gold: When, predicted: When) -> bool:
    """Whether both tell as much: a part of a day is a day here, as in every other convention."""
    both = gold.precision, predicted.precision
    return both[0] is both[1] or all(one in _OF_A_DAY for one in both)


def _is_day(when: When, day: date | None) -> bool:
    return day is not None and when.start == when.end == day


def _mistake(gold: When, predicted: When, published: date | None) -> Mistake:
    if _is_day(predicted, published) and not _is_of_same_days(gold, predicted):
        return Mistake.PUBLICATION_DATE
    ends = [(one, other) for one, other in _ends(gold, predicted) if one != other]
    if ends and all((one.month, one.day) == (other.month, other.day) for one, other in ends):
        return Mistake.WRONG_YEAR
    if ends and all((one.year, one.day) == (other.year, other.day) for one, other in ends):
        return Mistake.WRONG_MONTH
    if not _is_as_precise(gold, predicted) and _overlaps(gold, predicted):
        return Mistake.WRONG_PRECISION
    return Mistake.WRONG_DAY


def _ends(gold: When, predicted: When) -> list[tuple[date, date]]:
    """First day with first day, last with last, where both sides have one."""
    pairs = ((gold.start, predicted.start), (gold.end, predicted.end))
    return [(one, other) for one, other in pairs if one and other]


def _overlaps(gold: When, predicted: When) -> bool:
    """Whether both have a day in common; a side that is not told is open."""
    if not all(one.start or one.end for one in (gold, predicted)):
        return _is_of_same_days(gold, predicted)
    starts = max(one.start or date.min for one in (gold, predicted))
    return starts <= min(one.end or date.max for one in (gold, predicted))


def _days_off(gold: When, predicted: When) -> float | None:
    apart = [abs((one - other).days) for one, other in _ends(gold, predicted)]
    return sum(apart) / len(apart) if apart else None


def _nearest(stated: Sequence[When], predicted: When | None) -> When:
    """The reading that the prediction is measured by; the first if nothing tells."""
    if predicted is None:
        return stated[0]

    def distance(one: When) -> tuple[bool, float]:
        off = _days_off(one, predicted)
        return not _is_same(one, predicted), float("inf") if off is None else off

    return min(stated, key=distance)


def _parts(gold: When | None, predicted: When | None) -> dict[str, bool]:
    if gold is None or predicted is None:
        return {}
    off = _days_off(gold, predicted)
    return {
        "exact": _is_of_same_days(gold, predicted),
        "overlap": _overlaps(gold, predicted),
        "precision": _is_as_precise(gold, predicted),
        **{f"within_{days}": off is not None and off <= days for days in WITHIN_DAYS},
    }


def _measures(gold: When | None, predicted: When | None) -> dict[str, float]:
    off = _days_off(gold, predicted) if gold and predicted else None
    return {} if off is None else {"days_off": off}


def _codes(gold: When | None, predicted: Incident | None, published: date | None) -> dict[str, str]:
    codes: dict[str, str] = {}
    if gold:
        codes["gold_precision"] = gold.precision.value
        codes["relative"] = "yes" if is_relative(gold.expression) else "no"
    if predicted:
        codes["predicted_precision"] = predicted.when.precision.value
        stated = _stated(predicted.when)
        copied = stated is not None and _is_day(stated, published)
        codes["publication_date"] = "yes" if copied else "no"
    return codes


_MONTHS = "january february march april may june july august september october november december"
_CALENDAR = re.compile(rf"\b(?:{_MONTHS.replace(' ', '|')}|\d{{4}}|\d+[-./]\d+)\b", re.IGNORECASE)
_LEANING = re.compile(r"\b(?:ago|last|past|this|next|previous|following|earlier|same)\b", re.I)


def is_relative(expression: str | None) -> bool:
    """Whether words for a time lean on another day: "Wednesday", "two days ago", "last March".

    "30 November" and "2016-11-30" do not; neither does what is not told at all.
    """
    if not expression:
        return False
    return bool(_LEANING.search(expression)) or not _CALENDAR.search(expression)


def _told(when: When | None) -> str | None:
    """A date for a person: "2016-11-30 day", "2016-11-28..2016-12-04 week"."""
    if when is None:
        return None
    days = dict.fromkeys(one.isoformat() if one else "" for one in (when.start, when.end))
    return f"{'..'.join(days)} {when.precision.value}"


def _quotes(when: When | None) -> tuple[str, ...]:
    return (when.quote.text,) if when and when.quote else ()
