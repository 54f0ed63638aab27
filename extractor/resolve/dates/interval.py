"""An interval of days, and the arithmetic of calendar weeks, months and years."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.codes import DatePrecision


@dataclass(frozen=True, kw_only=True)
class Interval:
    """Days that an expression may stand for, both ends included; an end that is `None` is open.

    `year_assumed` is true where the words name no year and the publication date supplied it,
    `day_first_assumed` where a date in figures such as 3/5/2024 could be read month first as well.
    `spans_days` is true where the words say that it lasted ("from … to", "since"), false where
    they say that the day is uncertain ("Sunday or Monday"), `None` where they say neither.
    """

    start: date | None
    end: date | None
    precision: DatePrecision
    year_assumed: bool = False
    day_first_assumed: bool = False
    spans_days: bool | None = None


def undated(published: date | None) -> Interval:
    """The interval of an event for which no time is stated: some day up to publication."""
    if published is None:
        return Interval(start=None, end=None, precision=DatePrecision.UNKNOWN)
    return up_to(published)


def up_to(end: date) -> Interval:
    """Some day, that one at the latest."""
    return Interval(start=None, end=end, precision=DatePrecision.ON_OR_BEFORE)


def one_day(day: date) -> Interval:
    """A single day."""
    return Interval(start=day, end=day, precision=DatePrecision.DAY)


def days_between(start: date, end: date) -> Interval | None:
    """Days in a row, as precise as they are few; `None` if they are out of order."""
    if end < start:
        return None
    return Interval(start=start, end=end, precision=by_length((end - start).days + 1))


def by_length(days: int) -> DatePrecision:
    """The precision of so many days in a row."""
    if days < 2:
        return DatePrecision.DAY
    if days < 7:
        return DatePrecision.DAYS
    if days < 14:  # two weeks are no longer about one
        return DatePrecision.WEEK
    return DatePrecision.MONTH if days < 32 else DatePrecision.YEAR


def calendar_week(day: date) -> Interval:
    """The week from Monday to Sunday that a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return Interval(start=monday, end=monday + timedelta(days=6), precision=DatePrecision.WEEK)


def calendar_month(year: int, month: int, part: str | None = None) -> Interval:
    """A month of a year, or its early, mid or late days."""
    last = monthrange(year, month)[1]
    first, end = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part or "", (1, last))
    return Interval(
        start=date(year, month, first), end=date(year, month, end), precision=DatePrecision.MONTH
    )


def calendar_year(year: int) -> Interval:
    """A whole year."""
    return Interval(start=date(year, 1, 1), end=date(year, 12, 31), precision=DatePrecision.YEAR)


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months ago, or the last one that month had."""
    at = day.year * 12 + day.month - 1 - months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def latest_weekday(weekday: int, day: date) -> date:
    """The most recent such day of the week, that day included."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def unit_before(day: date, unit: str, count: int) -> Interval:
    """The day, calendar week, month or year so many before the one that a day lies in."""
    if unit == "day":
        return one_day(day - timedelta(days=count))
    if unit == "week":
        return calendar_week(day - timedelta(days=7 * count))
    if unit == "month":
        then = months_before(day.replace(day=1), count)
        return calendar_month(then.year, then.month)
    return calendar_year(day.year - count)
