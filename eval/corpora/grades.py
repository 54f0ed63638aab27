"""Grades: when an answer is right, for each kind of label that the corpora have."""

from dataclasses import dataclass
from datetime import date

from eval.corpora.marking import RIGHT, Answer, Grade, nothing_or
from eval.corpora.reported import Toll
from extractor.gazetteer import distance_km
from extractor.numerals import Number

WITHIN_KM = (1, 2, 5, 10, 25)
"""Distances that a point may be off; 25 km is the usual one, and says nothing inside one city."""

OVERLAP = "overlap"
"""The mark of a range that shares a number with the label."""


@dataclass(frozen=True, kw_only=True)
class Range:
    """A smallest and a largest number of people; both empty where it is said to be unknown."""

    lower: int | None
    upper: int | None

    def __str__(self) -> str:
        if self.lower is None:
            return "unknown"
        return str(self.lower) if self.lower == self.upper else f"{self.lower}-{self.upper}"


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place on the ground."""

    lat: float
    lon: float

    def __str__(self) -> str:
        return f"{self.lat:.4f},{self.lon:.4f}"


def grade_number(gold: int, told: int | None) -> Grade:
    """Right if equal: the corpus has one number and no leeway."""
    if told == gold:
        return Grade(marks=frozenset({RIGHT}), how=RIGHT)
    low = told is not None and told < gold
    return Grade(marks=frozenset(), how=nothing_or("too_low" if low else "too_high", told))


def grade_range(gold: Range, told: Range | None) -> Grade:
    """Right if both ends are equal; `overlap` if a number is in both. Unknown is no number."""
    if gold.lower is None or gold.upper is None:
        silent = told is None or told.lower is None
        marks = frozenset({RIGHT, OVERLAP}) if silent else frozenset[str]()
        return Grade(marks=marks, how=RIGHT if silent else "invented")
    if told is None or told.lower is None or told.upper is None:
        return Grade(marks=frozenset(), how=nothing_or("wrong", None))
    if told == gold:
        return Grade(marks=frozenset({RIGHT, OVERLAP}), how=RIGHT)
    if told.lower <= gold.upper and gold.lower <= told.upper:
        return Grade(marks=frozenset({OVERLAP}), how="overlaps")
    return Grade(marks=frozenset(), how="too_low" if told.upper < gold.lower else "too_high")


def grade_day(gold: date, told: date | None) -> Grade:
    """Right if it is the same day."""
    if told == gold:
        return Grade(marks=frozenset({RIGHT}), how=RIGHT)
    near = told is not None and abs((told - gold).days) == 1
    return Grade(marks=frozenset(), how=nothing_or("a_day_off" if near else "wrong", told))


def grade_names(gold: frozenset[str], told: frozenset[str] | None) -> Grade:
    """Right if one of the names is one of the label's."""
    right = bool(told and gold & told)
    how = RIGHT if right else nothing_or("wrong", told)
    return Grade(marks=frozenset({RIGHT} if right else ()), how=how)


def grade_set(gold: frozenset[str], told: frozenset[str] | None) -> Grade:
    """Right if both name exactly the same."""
    right = told == gold
    how = RIGHT if right else nothing_or("wrong", told)
    return Grade(marks=frozenset({RIGHT} if right else ()), how=how)


def grade_point(gold: Point, told: Point | None) -> Grade:
    """How far off; right within 25 km, and a mark for each smaller distance."""
    if told is None:
        return Grade(marks=frozenset(), how=nothing_or("wrong", None))
    gap = distance_km((gold.lat, gold.lon), (told.lat, told.lon))
    marks = {f"within_{most}_km" for most in WITHIN_KM if gap <= most}
    right = gap <= WITHIN_KM[-1]
    return Grade(
        marks=frozenset(marks | ({RIGHT} if right else set[str]())),
        how=RIGHT if right else "farther",
        gap_km=gap,
    )


def show_names(names: frozenset[str]) -> str:
    """Names for people."""
    return " / ".join(sorted(names))


def show_matched(gold: frozenset[str], told: frozenset[str]) -> str:
    """Names that may be words of the text: those of the label, and how many others."""
    others = len(told - gold)
    names = [show_names(gold & told)] if gold & told else []
    if others:
        names.append(f"{others} other name{'' if others == 1 else 's'}")
    return " / ".join(names)


def number_answer(toll: Toll | None) -> Answer:
    """A figure where silence is zero: only for a document that was read."""
    if toll is None:
        return Answer(value=0)
    return Answer(value=toll.lower, note=_made_of(toll))


def range_answer(toll: Toll | None) -> Answer | None:
    """A figure where silence is not zero."""
    if toll is None:
        return None
    return Answer(value=Range(lower=toll.lower, upper=toll.upper), note=_made_of(toll))


def _made_of(toll: Toll) -> str:
    """The claims of a figure, by outcome and number: nobody is described."""
    return " + ".join(f"{claim.outcome.value} {_shown(claim.number)}" for claim in toll.claims)


def _shown(number: Number) -> str:
    told = number.term or number.qualifier.value
    ends = [str(end) for end in dict.fromkeys((number.lower, number.upper)) if end is not None]
    return f"{told} {'-'.join(ends)}".strip()
