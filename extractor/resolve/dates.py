"""Time expressions: words and a publication date become an interval of days with a precision."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractor.codes import DatePrecision

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]


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
    only expressions that carry their own year are readable. An expression is unreadable if any word
    beside the date is one that could change or widen it: "before 3 May", "the week of 3 May".
    """
    if len(expression) > _LONGEST:
        return None
    words = " ".join(_CLOCK.sub(" clock ", _plain(expression)).split())
    for reading in _READINGS:
        match = reading.pattern.search(words)
        if match and (found := _read(reading, match, published)):
            return found
    return None


def undated(published: date | None) -> Interval:
    """The interval of an event for which no time is stated: some day up to publication."""
    if published is None:
        return Interval(start=None, end=None, precision=DatePrecision.UNKNOWN)
    return Interval(start=None, end=published, precision=DatePrecision.ON_OR_BEFORE)


_LONGEST = 200  # characters; longer words are a passage, not an expression
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | {"\u2019": "'"}
)
_ZONE = r"(?:\W{0,2}(?:local time|gmt|utc|hours|hrs)\b)?"
_CLOCK = re.compile(
    r"\b(?:(?:at|around|about|approximately|shortly|just|before|after|by) )*(?<![\d.:])"
    r"(?:\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\b\.?)?|\d{1,2}(?:\.\d\d)? ?[ap]\.?m\b\.?"
    r"|\d{1,2} o'clock|\d{4} ?(?:gmt|utc|hours|hrs)\b"
    r"|(?:noon|midday|midnight|dawn|dusk|daybreak|sunrise|sunset)\b)" + _ZONE
)
_PARTS = frozenset({"morning", "afternoon", "evening", "night", "early", "late", "clock"})
_PRECISE = _PARTS | {"overnight", "tonight"}
# Beside a day, these words leave it the same day.
_DAY_FRAME = _PARTS | {
    *("on", "in", "at", "during", "the", "of", "mid"),
    *("earlier", "later", "hours", "local", "time", "gmt", "utc"),
}
# Beside a week, a month or a year, these leave it no longer than it is; "the last week" may end
# today, and so it is not "last week".
_LONG_FRAME = frozenset({"in", "during", "early", "late", "mid", "earlier", "later"})
_MONTH_FRAME = _LONG_FRAME | {"the", "of", "month"}
_YEAR_FRAME = _LONG_FRAME | {"the", "of", "year"}

_WEEKDAY = "|".join(WEEKDAYS)
_PART = r"(?: (?:morning|afternoon|evening|night))?"
_MONTH = "|".join(f"{name}|{name[:3]}\\.?" for name in MONTHS) + r"|sept\.?"
_TH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<y>\d{4}))?(?!\w)"
_TO = r"(?: ?- ?| (?:to|and|through) )"
_FROM = r"(?:\b(?:between|from) )?"

_Days = Callable[[re.Match[str], date], Interval | None]
_OwnDays = Callable[[re.Match[str], date | None], Interval | None]


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """How one kind of expression is read, and the words that may stand beside it."""

    pattern: re.Pattern[str]
    days: _OwnDays
    frame: frozenset[str]


def _plain(expression: str) -> str:
    words = " ".join(expression.translate(_DASHES).lower().split())
    return re.sub(r"'s\b|(?<=\bmid)-|(?<=\bearly)-|(?<=\blate)-", " ", words).strip(" ,.;:")


def _read(reading: _Reading, match: re.Match[str], published: date | None) -> Interval | None:
    """The days of a match, if the words beside it leave them as they are."""
    left = re.findall(
        r"[^\s,()]+", f"{match.string[: match.start()]} {match.string[match.end() :]}"
    )
    weekdays = [word for word in left if word in WEEKDAYS]
    if not reading.frame.issuperset(word for word in left if word not in WEEKDAYS):
        return None
    try:
        found = reading.days(match, published)
    except (ValueError, OverflowError):  # no such day, or one before the first year
        return None
    if found is None or found.start is None:
        return None
    if weekdays and (found.start != found.end or {WEEKDAYS[found.start.weekday()]} != {*weekdays}):
        return None
    if found.precision is DatePrecision.DAY and not _PRECISE.isdisjoint(
        re.findall(r"\w+", match.string)
    ):
        return replace(found, precision=DatePrecision.PART_OF_DAY)
    return found


def _day(day: date) -> Interval:
    return Interval(start=day, end=day, precision=DatePrecision.DAY)


def _days(start: date, end: date) -> Interval | None:
    """Days in a row, as precise as they are few."""
    count = (end - start).days + 1
    if count < 2:
        return None
    longer = DatePrecision.WEEK if count == 7 else DatePrecision.MONTH
    precision = DatePrecision.DAYS if count < 7 else longer
    return Interval(start=start, end=end, precision=precision)


def _iso_day(match: re.Match[str], _: date | None) -> Interval:
    return _day(date.fromisoformat(match[0]))


def _dated(match: re.Match[str], published: date | None) -> Interval | None:
    """A day, or days up to the day `e`, of a named month; without a year, the latest such."""
    month, first, last = _month_number(match["m"]), int(match["d"]), match.groupdict().get("e")

    def in_year(year: int) -> Interval | None:
        start = date(year, month, first)
        return _days(start, date(year, month, int(last))) if last else _day(start)

    if match["y"]:
        return in_year(int(match["y"]))
    if published is None:
        return None
    for year in range(published.year, published.year - _LEAP_GAP, -1):
        if max(first, int(last or 0)) > monthrange(year, month)[1]:
            continue
        found = in_year(year)
        if found and found.end and found.end <= published:
            return replace(found, year_assumed=True)
    return None


_LEAP_GAP = 9  # years; 29 February comes every fourth, or once a century every eighth


def _whole_month(year: int, month: int) -> Interval:
    start = date(year, month, 1)
    end = start.replace(day=monthrange(year, month)[1])
    return Interval(start=start, end=end, precision=DatePrecision.MONTH)


def _month_of_year(match: re.Match[str], _: date | None) -> Interval:
    return _whole_month(int(match["y"]), _month_number(match["m"]))


def _whole_year(match: re.Match[str], _: date | None) -> Interval:
    year = int(match[0])
    return Interval(start=date(year, 1, 1), end=date(year, 12, 31), precision=DatePrecision.YEAR)


def _month_number(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))


def _latest(weekday: str, published: date) -> date:
    return published - timedelta(days=(published.weekday() - WEEKDAYS.index(weekday)) % 7)


def _monday(published: date) -> date:
    return published - timedelta(days=published.weekday())


def _weekday(match: re.Match[str], published: date) -> Interval | None:
    """A weekday; after "last" and "this" only where all would take it for the same day."""
    day, which = _latest(match["w"], published), match["which"]
    if which in ("last", "this past", "past") and day == published:
        return _day(day - timedelta(days=7))
    this_week = day >= _monday(published)
    if (which == "last" and this_week) or (which == "this" and not this_week):
        return None
    return _day(day)


def _weekday_of_week(match: re.Match[str], published: date) -> Interval | None:
    """A weekday of this week or the last; on Sundays it is open which week that is."""
    day = _monday(published) + timedelta(days=WEEKDAYS.index(match["w"]))
    if match["week"] == "last":
        day -= timedelta(days=7)
    if "sunday" in (match["w"], WEEKDAYS[published.weekday()]) or day > published:
        return None
    return _day(day)


def _two_weekdays(match: re.Match[str], published: date) -> Interval | None:
    return _days(_latest(match["first"], published), _latest(match["w"], published))


def _ago(days: int) -> _Days:
    return lambda match, published: _day(published - timedelta(days=days))


def _days_ago(match: re.Match[str], published: date) -> Interval:
    counts = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
    return _day(published - timedelta(days=counts.get(match["n"]) or int(match["n"])))


def _night_before(match: re.Match[str], published: date) -> Interval:
    before = published - timedelta(days=1)
    return Interval(start=before, end=published, precision=DatePrecision.PART_OF_DAY)


def _weekend(match: re.Match[str], published: date) -> Interval | None:
    """Saturday and Sunday up to publication; on a Saturday the weekend has begun."""
    has_begun = published.weekday() >= WEEKDAYS.index("saturday")
    if match["which"] and has_begun is not (match["which"] == "this"):
        return None
    saturday = _latest("saturday", published)
    end = min(saturday + timedelta(days=1), published)
    return Interval(start=saturday, end=end, precision=DatePrecision.DAYS)


def _last_week(match: re.Match[str], published: date) -> Interval:
    monday = _monday(published) - timedelta(days=7)
    return Interval(start=monday, end=monday + timedelta(days=6), precision=DatePrecision.WEEK)


def _this_week(match: re.Match[str], published: date) -> Interval:
    return Interval(start=_monday(published), end=published, precision=DatePrecision.WEEK)


def _last_month(match: re.Match[str], published: date) -> Interval:
    before = date(published.year, published.month, 1) - timedelta(days=1)
    return _whole_month(before.year, before.month)


def _seen_from(days: _Days) -> _OwnDays:
    return lambda match, published: days(match, published) if published else None


_READINGS = tuple(
    _Reading(pattern=re.compile(pattern), days=days, frame=frame)
    for pattern, days, frame in (
        (r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])", _iso_day, _DAY_FRAME),
        (rf"{_FROM}\b(?P<d>\d{{1,2}}){_TH}{_TO}(?P<e>\d{{1,2}}){_TH}(?: of)? (?P<m>{_MONTH})"
         + _YEAR,
         _dated, _DAY_FRAME),
        (rf"{_FROM}\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}}){_TH}{_TO}(?P<e>\d{{1,2}}){_TH}{_YEAR}",
         _dated, _DAY_FRAME),
        (rf"\b(?P<d>\d{{1,2}}){_TH}(?: of)? (?P<m>{_MONTH}){_YEAR}", _dated, _DAY_FRAME),
        (rf"\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}}){_TH}{_YEAR}", _dated, _DAY_FRAME),
        (rf"\b(?P<m>{_MONTH})(?: of)?,? (?P<y>\d{{4}})\b", _month_of_year, _MONTH_FRAME),
        (r"\b(?:19|20)\d\d\b", _whole_year, _YEAR_FRAME),
    )
) + tuple(
    _Reading(pattern=re.compile(pattern), days=_seen_from(days), frame=frame)
    for pattern, days, frame in (
        (r"\bday before yesterday\b", _ago(2), _DAY_FRAME),
        (r"(?<!\bthe )\b(?:last night|overnight)\b", _night_before, _DAY_FRAME),
        (r"\byesterday\b", _ago(1), _DAY_FRAME),
        (r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", _ago(0), _DAY_FRAME),
        (r"\b(?P<n>\d{1,2}|two|three|four|five|six) days ago\b", _days_ago, _DAY_FRAME),
        (r"\b(?:(?:over|at|on) )?(?:the )?(?:(?P<which>last|this past|past|this) )?weekend\b",
         _weekend, _LONG_FRAME),
        (rf"{_FROM}\b(?P<first>{_WEEKDAY}){_PART}{_TO}(?:(?:on|early|late) )*(?P<w>{_WEEKDAY})\b",
         _two_weekdays, _DAY_FRAME),
        (rf"\b(?P<w>{_WEEKDAY}){_PART},? (?:of )?(?P<week>last|this) week\b",
         _weekday_of_week, _DAY_FRAME),
        (rf"\b(?P<week>last|this) week,? (?:on )?(?P<w>{_WEEKDAY})\b",
         _weekday_of_week, _DAY_FRAME),
        (rf"\b(?:(?P<which>last|this past|past|this) )?(?P<w>{_WEEKDAY})\b", _weekday, _DAY_FRAME),
        (r"\blast week\b", _last_week, _LONG_FRAME),
        (r"\bthis week\b", _this_week, _LONG_FRAME),
        (r"\blast month\b", _last_month, _LONG_FRAME),
    )
)  # fmt: skip
