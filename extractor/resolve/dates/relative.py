"""Terms seen from the day of publication: weekdays, "yesterday", "two weeks ago", "last month"."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from extractor.codes import DatePrecision
from extractor.resolve.dates.interval import (
    Interval,
    by_length,
    calendar_month,
    calendar_year,
    latest_weekday,
    months_before,
    one_day,
    unit_before,
)
from extractor.resolve.dates.term import Grain, Rule, Term, View
from extractor.resolve.dates.vocabulary import WEEKDAYS

WEEKDAY = "|".join(WEEKDAYS)
PART = "morning|afternoon|evening|night"
GRAINS = {"day": Grain.DAY, "week": Grain.WEEK, "month": Grain.MONTH, "year": Grain.YEAR}
_ONE_DAY = timedelta(days=1)
_SATURDAY = WEEKDAYS.index("saturday")


def amount(words: str) -> int:
    """A number in figures or marked words; "a" and "an" are one."""
    return 1 if words in ("a", "an") else int(words.removeprefix("="))


def _from_publication(days: Callable[[date], Interval | None]) -> Callable[[View], Interval | None]:
    return lambda view: days(view.published) if view.published else None


def _weekday(match: re.Match[str]) -> Term:
    weekday = WEEKDAYS.index(match["weekday"])
    which = match["which"] or match["behind"]

    def days(view: View) -> Interval | None:
        if which is None:
            return one_day(latest_weekday(weekday, view.upto)) if view.upto else None
        if view.published is None:
            return None
        day = latest_weekday(weekday, view.published)
        if which == "this":
            is_this_week = day >= view.published - timedelta(days=view.published.weekday())
            return one_day(day) if is_this_week else None
        return one_day(latest_weekday(weekday, view.published - _ONE_DAY))

    return Term(grain=Grain.DAY, days=days, weekday=weekday, is_bare=which is None)


def _weekday_and_number(match: re.Match[str]) -> Term:
    """The latest such day of a month, if it is that weekday: "Tuesday 13th"."""
    weekday, number = WEEKDAYS.index(match["weekday"]), int(match["number"])

    def days(view: View) -> Interval | None:
        if view.upto is None:
            return None
        for back in range(_LONGEST_MONTH):
            day = view.upto - timedelta(days=back)
            if day.day == number:
                return (
                    replace(one_day(day), year_assumed=True) if day.weekday() == weekday else None
                )
        return None

    return Term(grain=Grain.DAY, days=days)


def _day_of_month(match: re.Match[str]) -> Term:
    """A day of this month or the last, such as "the 2nd of this month"."""
    number, back = int(match["number"]), 1 if match["which"] == "last" else 0

    def days(published: date) -> Interval:
        return one_day(months_before(published.replace(day=1), back).replace(day=number))

    return Term(grain=Grain.DAY, days=_from_publication(days))


_LONGEST_MONTH = 31  # days; going back so many finds every number that the month has


def _days_before(count: int) -> Callable[[re.Match[str]], Term]:
    days = _from_publication(lambda published: one_day(published - timedelta(days=count)))
    return lambda _: Term(grain=Grain.DAY, days=days)


def _ago(match: re.Match[str]) -> Term:
    unit, count = match["unit"], amount(match["n"])
    days = _from_publication(lambda published: unit_before(published, unit, count))
    return Term(grain=GRAINS[unit], days=days)


def _before_last(match: re.Match[str]) -> Term:
    unit = match["unit"]
    days = _from_publication(lambda published: unit_before(published, unit, 2))
    return Term(grain=GRAINS[unit], days=days)


def _night(nights_ago: int) -> Callable[[re.Match[str]], Term]:
    """The night that ended so many days before publication."""

    def days(published: date) -> Interval:
        end = published - timedelta(days=nights_ago)
        return Interval(start=end - _ONE_DAY, end=end, precision=DatePrecision.PART_OF_DAY)

    return lambda _: Term(grain=Grain.NIGHT, days=_from_publication(days))


def _weekend(match: re.Match[str]) -> Term:
    """Saturday and Sunday; on a Saturday the weekend has begun."""
    which = match["which"]

    def days(published: date) -> Interval | None:
        has_begun = published.weekday() >= _SATURDAY
        if which and has_begun is not (which == "this"):
            return None
        saturday = latest_weekday(_SATURDAY, published)
        end = min(saturday + _ONE_DAY, published)
        return Interval(start=saturday, end=end, precision=DatePrecision.DAYS)

    return Term(grain=Grain.WEEKEND, days=_from_publication(days))


def _this_or_last(match: re.Match[str]) -> Term:
    """The week, month or year of publication, up to then, or the whole one before."""
    unit, is_last, part = match["unit"], match["which"] == "last", match["part"]

    def days(published: date) -> Interval | None:
        found = unit_before(published, unit, 1 if is_last else 0)
        if unit == "month" and part and found.start:
            found = calendar_month(found.start.year, found.start.month, part)
        return found

    return Term(grain=GRAINS[unit], days=_from_publication(days), is_container=True)


def _past(match: re.Match[str]) -> Term:
    """So many days, weeks, months or hours up to publication."""
    unit, count = match["unit"], amount(match["n"] or "a")

    def days(published: date) -> Interval:
        if unit in ("month", "year"):
            start = months_before(published, count * (12 if unit == "year" else 1))
        else:
            length = count * 7 if unit == "week" else count
            start = published - timedelta(
                days=math.ceil(count / _HOURS) if unit == "hour" else length
            )
        precision = {
            "week": DatePrecision.WEEK,
            "month": DatePrecision.MONTH,
            "year": DatePrecision.YEAR,
        }.get(unit)
        if count > 1 or precision is None:
            precision = by_length(max((published - start).days, 2))
        return Interval(start=start, end=published, precision=precision)

    return Term(grain=Grain.PAST, days=_from_publication(days))


_HOURS = 24


def _start_of(match: re.Match[str]) -> Term:
    """The first day of a week, month or year, from which something is counted."""
    unit, last = match["unit"], match["which"] == "last"

    def days(published: date) -> Interval | None:
        start = unit_before(published, unit, 1 if last else 0).start
        return one_day(start) if start else None

    return Term(grain=Grain.START, days=_from_publication(days))


def _start_of_year(match: re.Match[str]) -> Term:
    start = calendar_year(int(match["year"])).start
    return Term(grain=Grain.START, days=lambda _: one_day(start) if start else None, has_year=True)


_N = r"(?P<n>=?\d{1,3}|an?)"

RELATIVE = (
    Rule(pattern=r"(?:the )?day before yesterday", build=_days_before(2)),
    Rule(pattern=r"(?:the )?night before last(?: night)?", build=_night(1)),
    Rule(pattern=r"(?:the )?(?P<unit>week|month|year) before last", build=_before_last),
    Rule(pattern=r"(?:the )?(?P<unit>week|month|year) before last (?P=unit)", build=_before_last),
    Rule(pattern=r"yesterday", build=_days_before(1)),
    Rule(pattern=r"last night", build=_night(0)),
    Rule(pattern=r"today", build=_days_before(0)),
    Rule(
        pattern=rf"{_N} (?P<unit>day|week|month|year)s? ago",
        build=_ago,
    ),
    Rule(
        pattern=rf"(?P<weekday>{WEEKDAY}) (?:the )?(?P<number>\d\d?)th", build=_weekday_and_number
    ),
    Rule(
        pattern=r"(?:the )?(?P<number>\d\d?)th (?:day )?of (?P<which>this|last) month",
        build=_day_of_month,
    ),
    Rule(
        # "Tuesday 9" heads an entry of a log; in a sentence a number behind counts something else.
        pattern=rf"(?P<weekday>{WEEKDAY}) (?P<number>\d\d?)(?= [.)]|$)",
        build=_weekday_and_number,
    ),
    Rule(
        pattern=rf"(?:(?P<which>last|the past|past|this) )?(?P<weekday>{WEEKDAY})"
        r"(?P<behind> last(?! (?:week|month|year|night)))?",
        build=_weekday,
    ),
    Rule(
        pattern=r"(?:(?:over|at) )?(?:the )?(?:(?P<which>last|the past|past|this) )?weekend",
        build=_weekend,
    ),
    Rule(
        pattern=rf"(?:(?:over|within|for) )?(?:the (?:past|last)|past) (?:{_N} )?"
        r"(?P<unit>hour|day|week|month|year)s?",
        build=_past,
    ),
    Rule(
        pattern=r"(?:of |from )?(?:(?P<part>early|mid|late|earlier) )?(?:in )?"
        r"(?P<which>last|this) (?P<unit>week|month|year)",
        build=_this_or_last,
    ),
    Rule(
        pattern=r"(?:the )?(?:start|beginning) of "
        r"(?:the|(?P<which>this|last)) (?P<unit>week|month|year)",
        build=_start_of,
    ),
    Rule(pattern=r"(?:the )?(?:start|beginning) of (?P<year>\d{4})", build=_start_of_year),
)
