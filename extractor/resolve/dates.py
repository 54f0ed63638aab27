"""Time expressions: words and a publication date become an interval of days with a precision."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.codes import DatePrecision

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(f"{name}|{name[:3]}\\.?" for name in MONTHS) + r"|sept\.?"
_PART = (
    r"(?:early|late|mid)?[- ]?(?:morning|afternoon|evening|night|dawn|dusk|noon|midday|midnight)"
)
_BEFORE = r"(?:on|in|at|during|by|late|early|late on|early on|last|this past|this|since|the)"
_HEDGED = rf"^(?:{_BEFORE}\s+)*"


@dataclass(frozen=True, kw_only=True)
class Interval:
    """Days that an expression may stand for, both ends included; an end that is `None` is open.

    `year_assumed` is true where the words name no year and the publication date supplied it.
    """

    start: date | None
    end: date | None
    precision: DatePrecision
    year_assumed: bool = False


def resolve_date(expression: str, published: date | None) -> Interval | None:
    """The days an expression stands for, seen from the day of publication; `None` if unreadable.

    A bare weekday is the most recent such day on or before publication. Without a publication date
    only expressions that carry their own year are readable.
    """
    words = " ".join(expression.lower().split()).strip(" ,.;:")
    explicit = _explicit(words, published)
    if explicit is not None:
        return explicit
    if published is None:
        return None
    for pattern, days in _RELATIVE:
        match = pattern.search(words)
        if match:
            return days(match, published, words)
    return None


def undated(published: date | None) -> Interval:
    """The interval of an event for which no time is stated: some day up to publication."""
    if published is None:
        return Interval(start=None, end=None, precision=DatePrecision.UNKNOWN)
    return Interval(start=None, end=published, precision=DatePrecision.ON_OR_BEFORE)


def _explicit(words: str, published: date | None) -> Interval | None:
    iso = re.search(r"\b(\d{4})-(\d{2})-(\d{2})\b", words)
    if iso:
        return _one_day(words, *map(int, iso.groups()))
    named = re.search(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{_MONTH})(?:,? (?P<y>\d{{4}}))?(?!\w)",
        words,
    ) or re.search(
        rf"\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y>\d{{4}}))?(?!\w)", words
    )
    if named:
        month, day = _month_number(named["m"]), int(named["d"])
        if named["y"]:
            return _one_day(words, int(named["y"]), month, day)
        return _latest_year(words, month, day, published)
    month_year = re.search(rf"\b(?P<m>{_MONTH})(?: of)?,? (?P<y>\d{{4}})\b", words)
    if month_year:
        return _whole_month(int(month_year["y"]), _month_number(month_year["m"]))
    year = re.fullmatch(r"(?:in |during |the year )*(\d{4})", words)
    if year and 1900 <= int(year[1]) <= 2100:
        number = int(year[1])
        return Interval(
            start=date(number, 1, 1), end=date(number, 12, 31), precision=DatePrecision.YEAR
        )
    return None


def _one_day(words: str, year: int, month: int, day: int) -> Interval | None:
    try:
        return _day(date(year, month, day), words)
    except ValueError:
        return None


def _latest_year(words: str, month: int, day: int, published: date | None) -> Interval | None:
    """A day without a year: the latest such day on or before publication, and say so."""
    if published is None:
        return None
    for year in range(
        published.year, published.year - 9, -1
    ):  # 29 February: every fourth or eighth
        found = _one_day(words, year, month, day)
        if found and found.start and found.start <= published:
            return Interval(
                start=found.start, end=found.end, precision=found.precision, year_assumed=True
            )
    return None


def _whole_month(year: int, month: int) -> Interval:
    last = monthrange(year, month)[1]
    return Interval(
        start=date(year, month, 1), end=date(year, month, last), precision=DatePrecision.MONTH
    )


def _month_number(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))


def _day(day: date, words: str) -> Interval:
    part = re.search(rf"\b(?:{_PART}|overnight|early|late)\b", words)
    precision = DatePrecision.PART_OF_DAY if part else DatePrecision.DAY
    return Interval(start=day, end=day, precision=precision)


def _weekday(match: re.Match[str], published: date, words: str) -> Interval:
    back = (published.weekday() - WEEKDAYS.index(match["weekday"])) % 7
    return _day(published - timedelta(days=back), words)


def _ago(days: int) -> Callable[[re.Match[str], date, str], Interval]:
    return lambda match, published, words: _day(published - timedelta(days=days), words)


def _night_before(match: re.Match[str], published: date, words: str) -> Interval:
    return Interval(
        start=published - timedelta(days=1), end=published, precision=DatePrecision.PART_OF_DAY
    )


def _days_ago(match: re.Match[str], published: date, words: str) -> Interval:
    counts = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
    days = counts.get(match["n"]) or int(match["n"])
    return _day(published - timedelta(days=days), words)


def _weekend(match: re.Match[str], published: date, words: str) -> Interval:
    # Saturday and Sunday on or before publication; on a Saturday the weekend has begun.
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    return Interval(
        start=saturday,
        end=min(saturday + timedelta(days=1), published),
        precision=DatePrecision.DAYS,
    )


def _last_week(match: re.Match[str], published: date, words: str) -> Interval:
    monday = published - timedelta(days=published.weekday() + 7)
    return Interval(start=monday, end=monday + timedelta(days=6), precision=DatePrecision.WEEK)


def _this_week(match: re.Match[str], published: date, words: str) -> Interval:
    monday = published - timedelta(days=published.weekday())
    return Interval(start=monday, end=published, precision=DatePrecision.WEEK)


def _last_month(match: re.Match[str], published: date, words: str) -> Interval:
    before = date(published.year, published.month, 1) - timedelta(days=1)
    return _whole_month(before.year, before.month)


_RELATIVE = tuple(
    (re.compile(pattern), days)
    for pattern, days in (
        (r"\bday before yesterday\b", _ago(2)),
        (r"\b(?:last night|overnight)(?! (?:on|into) )\b(?!.*day\b)", _night_before),
        (r"\byesterday\b", _ago(1)),
        (r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", _ago(0)),
        (r"\b(?P<n>\d{1,2}|two|three|four|five|six) days (?:ago|earlier|before)\b", _days_ago),
        (r"\bweekend\b", _weekend),
        (rf"{_HEDGED}(?P<weekday>{'|'.join(WEEKDAYS)})\b(?! and\b| to\b| through\b)", _weekday),
        (r"\blast week\b", _last_week),
        (r"\b(?:this|earlier this|later this) week\b", _this_week),
        (r"\blast month\b", _last_month),
    )
)
