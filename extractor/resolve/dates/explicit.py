"""Terms that name a day, a month or a year of the calendar."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from extractor.resolve.dates.interval import (
    Interval,
    calendar_month,
    calendar_year,
    days_between,
    one_day,
)
from extractor.resolve.dates.term import Grain, Rule, Term, View
from extractor.resolve.dates.vocabulary import MONTHS

_ANY_MONTH = f"(?:{'|'.join(MONTHS)})"
# An Arabic date may tell its month twice, by both of its names.
MONTH = rf"(?P<month>{_ANY_MONTH})(?: / (?P=month))?"
_D = r"\d{1,2}(?:th)?"
_SEP = r"(?: to(?: the)? | and(?: the)? | or(?: the)? | through(?: the)? | - | / | until )"
_LIST = rf"(?P<first>{_D})(?P<more>(?: , {_D}(?= ,| and| or)(?! , \d{{4}}))*(?: ,)?{_SEP}{_D})?"
_OWN = r"(?:1[89]|20)\d\d|(?:last|this) year|yy\d\d"
_YEAR = rf"(?:(?: ,)?(?: of| in)?(?: the year)? (?P<year>{_OWN}))?"
_FRONT = r"(?:(?:from|between)(?: the)? (?=\d+(?:th)? (?:to|and|-|until|through) ))?(?:the )?"
_LEAP_GAP = 9  # years; 29 February comes every fourth, or once a century every eighth
_CENTURY = 100


def _named_days(match: re.Match[str]) -> Term:
    """Days of a named month."""
    month = MONTHS.index(match["month"]) + 1
    first = _day_number(match["first"])
    more = [_day_number(day) for day in re.findall(_D, match["more"] or "")]
    last = more[-1] if more else first
    is_listed = re.search(r"\b(?:and|or|,|/)", match["more"] or "") and not match[0].startswith(
        "between"
    )
    lasted = _lasted(match) if more else None

    def in_year(year: int) -> Interval | None:
        start = date(year, month, first)
        if not more:
            return one_day(start)
        found = days_between(start, date(year, month, last))
        if found is None or last <= first or (is_listed and last - first > _WIDEST_LIST):
            return None
        return replace(found, spans_days=lasted)

    return Term(
        grain=Grain.DAYS if more else Grain.DAY,
        days=_in_its_year(match["year"], in_year, latest_by=lambda found: found.end),
        is_bare=match["year"] is None,
        has_year=match["year"] is not None,
    )


_WIDEST_LIST = 6  # days; "3 and 20 May" are two days and not the days between


def _lasted(match: re.Match[str]) -> bool | None:
    if re.search(r"\bor\b", match["more"]):
        return False
    return True if match[0].startswith("from") else None


def _in_its_year(
    year: str | None,
    in_year: Callable[[int], Interval | None],
    *,
    latest_by: Callable[[Interval], date | None],
) -> Callable[[View], Interval | None]:
    """What is told of a year: of the stated one, or of the latest that the bound allows."""

    def days(view: View) -> Interval | None:
        if year is not None:
            number = year_number(year, view)
            return None if number is None else in_year(number)
        if view.upto is None:
            return None
        for latest in range(view.upto.year, max(view.upto.year - _LEAP_GAP, 0), -1):
            try:
                found = in_year(latest)
            except ValueError:  # 29 February
                continue
            by = latest_by(found) if found else None
            if found and by and by <= view.upto:
                return replace(found, year_assumed=True)
        return None

    return days


def year_number(year: str, view: View) -> int | None:
    """The year that words name; two figures are the latest such year up to publication."""
    short = year.removeprefix("yy")
    if short.isdecimal() and len(short) > 2:
        return int(short)
    if view.published is None:
        return None
    if short.isdecimal():
        return view.published.year - (view.published.year - int(short)) % _CENTURY
    return view.published.year - (1 if year.startswith("last") else 0)


def _day_number(word: str) -> int:
    return int(word.removesuffix("th"))


def _month(match: re.Match[str]) -> Term:
    """A month, or its early, mid or late days."""
    month, part, which = MONTHS.index(match["month"]) + 1, match["part"], match["which"]

    def in_year(year: int) -> Interval:
        return calendar_month(year, month, part)

    def days(view: View) -> Interval | None:
        if which is None:
            return _in_its_year(match["year"], in_year, latest_by=lambda found: found.start)(view)
        if view.published is None or match["year"]:
            return None
        if which == "this":
            return in_year(view.published.year)
        before = view.published.replace(day=1) - timedelta(days=1)
        found = in_year(before.year - (1 if month > before.month else 0))
        return replace(found, year_assumed=True)

    has_year = match["year"] is not None
    return Term(
        grain=Grain.MONTH,
        days=days,
        is_bare=not has_year and which is None,
        has_year=has_year,
        is_container=match["earlier"] is not None,
    )


def _half_month(match: re.Match[str]) -> Term:
    month = MONTHS.index(match["month"]) + 1

    def in_year(year: int) -> Interval | None:
        whole = calendar_month(year, month)
        if whole.start is None:
            return None
        middle = whole.start.replace(day=15)
        if match["half"] == "1th":
            return replace(whole, end=middle)
        return replace(whole, start=middle + timedelta(days=1))

    days = _in_its_year(match["year"], in_year, latest_by=lambda found: found.start)
    has_year = match["year"] is not None
    return Term(grain=Grain.MONTH, days=days, is_bare=not has_year, has_year=has_year)


def _year(match: re.Match[str]) -> Term:
    first_month = {"early": 1, "mid": 5, "late": 9}.get(match["part"] or "", 1)

    def days(view: View) -> Interval | None:
        year = int(match["year"])
        if view.published and view.published < date(year, first_month, 1):
            return None
        return calendar_year(year)

    return Term(grain=Grain.YEAR, days=days, has_year=True)


def _part_of_year(match: re.Match[str]) -> Term:
    """A half or a quarter of a year."""
    months = 6 if match["unit"] == "half" else 3
    number = int(match["n"])

    def days(view: View) -> Interval | None:
        year = year_number(match["year"], view)
        if year is None or number * months > len(MONTHS):
            return None
        start = calendar_month(year, number * months - months + 1).start
        end = calendar_month(year, number * months).end
        return days_between(start, end) if start and end else None

    return Term(grain=Grain.YEAR, days=days, has_year=True)


def _figures(match: re.Match[str]) -> Term:
    """A date in figures: year first, or day first where that is possible."""
    text = match["figures"]
    parts = [int(part) for part in re.findall(r"\d+", text)]
    is_slashed = "/" in text or text.count("-") == len(parts) - 1

    def days(view: View) -> Interval | None:
        if parts[0] > _LAST_DAY:
            return one_day(date(parts[0], parts[1], parts[2]))
        first, second = parts[0], parts[1]
        year = _figure_year(text, parts, view)
        if year is None:
            return None
        readings = [_date(year, second, first), _date(year, first, second)]
        if view.published:
            readings = [day if day and day <= view.published else None for day in readings]
        day = readings[0] or readings[1]
        if day is None:
            return None
        is_open = is_slashed and None not in readings and readings[0] != readings[1]
        return replace(one_day(day), day_first_assumed=is_open)

    return Term(grain=Grain.DAY, days=days, has_year=True)


_LAST_DAY = 31


def _figure_year(text: str, parts: list[int], view: View) -> int | None:
    if parts[2] > _LAST_DAY and parts[2] >= _CENTURY:
        return parts[2]
    if view.published is None or re.search(r"\d{4}$", text):
        return parts[2] if re.search(r"\d{4}$", text) else None
    # Two figures: safe only for a recent year that the first figures could not name as well.
    year = view.published.year - (view.published.year - parts[2]) % _CENTURY
    other = view.published.year - (view.published.year - parts[0]) % _CENTURY
    recent = view.published.year - 1
    return year if year >= recent and (other < recent or parts[0] == parts[2]) else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_and_month(match: re.Match[str]) -> Term:
    """A day and a month in figures; the year is that of the latest such day."""
    first, second = int(match["a"]), int(match["b"])

    def days(view: View) -> Interval | None:
        if (first, second) in _NAMES or view.upto is None:
            return None
        day, month = (first, second) if second <= len(MONTHS) else (second, first)
        found = _in_its_year(
            None, lambda year: one_day(date(year, month, day)), latest_by=lambda f: f.end
        )(view)
        is_open = first <= len(MONTHS) and second <= len(MONTHS) and first != second
        return replace(found, day_first_assumed=is_open) if found else None

    return Term(grain=Grain.DAY, days=days, is_bare=True)


_NAMES = {(9, 11), (7, 7), (26, 11)}  # attacks that are called by their dates

EXPLICIT = (
    Rule(
        pattern=rf"#(?P<first>\d{{1,2}})(?P<more>/\d{{1,2}})(?: of)? {MONTH}{_YEAR}",
        build=_named_days,
    ),
    Rule(pattern=r"#(?P<a>\d{1,2})/(?P<b>\d{1,2})", build=_day_and_month),
    Rule(pattern=r"#(?P<figures>\d[\d./-]+)", build=_figures),
    Rule(
        pattern=rf"(?P<first>{_D})(?P<more>)(?: of)? {MONTH}(?: ,)? (?P<year>\d\d)(?! [a-z])",
        build=_named_days,
    ),
    Rule(
        pattern=rf"{_FRONT}{_LIST}(?: of)?(?: the)?(?: month of)?(?: ,)? {MONTH}{_YEAR}",
        build=_named_days,
    ),
    Rule(
        pattern=rf"(?:(?:from|between) )?{MONTH} (?:the )?{_LIST}(?! {_ANY_MONTH}){_YEAR}",
        build=_named_days,
    ),
    Rule(
        pattern=rf"(?:the )?(?P<half>[12]th) half of {MONTH}{_YEAR}",
        build=_half_month,
    ),
    Rule(
        pattern=r"(?:the )?(?P<n>[1-4])th (?P<unit>half|quarter) of (?:the year )?"
        r"(?P<year>(?:1[89]|20)\d\d|(?:last|this) year)",
        build=_part_of_year,
    ),
    Rule(
        pattern=r"(?:(?P<earlier>earlier) )?(?:in )?(?:(?:the )?(?P<part>early|mid|late) (?:in )?)?"
        rf"(?:the month of )?(?:(?P<which>last|the past|this) )?{MONTH}{_YEAR}",
        build=_month,
    ),
    Rule(
        pattern=r"(?:(?P<part>early|mid|late) (?:in )?)?(?:the )?(?:year )?"
        r"(?P<year>(?:1[89]|20)\d\d)",
        build=_year,
    ),
)
