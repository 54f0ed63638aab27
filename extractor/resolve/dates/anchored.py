"""Terms seen from an earlier time of the article: "the previous day", "two days later"."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from extractor.codes import DatePrecision
from extractor.resolve.dates.interval import Interval, latest_weekday, one_day, unit_before
from extractor.resolve.dates.relative import GRAINS, PART, WEEKDAY, amount
from extractor.resolve.dates.term import Grain, Rule, Term, View
from extractor.resolve.dates.vocabulary import WEEKDAYS

_ONE_DAY = timedelta(days=1)


def _term(grain: Grain, days: Callable[[date], Interval | None]) -> Term:
    def seen(view: View) -> Interval | None:
        return days(view.anchor) if view.anchor else None

    is_container = grain is not Grain.DAY
    return Term(grain=grain, days=seen, is_anchored=True, is_container=is_container)


def _shifted(unit: str, count: int) -> Term:
    """What lies so many days, weeks, months or years before the anchor; negative counts, after."""
    if unit in GRAINS:
        return _term(GRAINS[unit], lambda anchor: unit_before(anchor, unit, count))
    if unit == "night" and count == 1:
        return _term(Grain.NIGHT, _night_before)

    def days(anchor: date) -> Interval:
        day = anchor - timedelta(days=count)
        return Interval(start=day, end=day, precision=DatePrecision.PART_OF_DAY)

    return _term(Grain.DAY, days)


def _night_before(anchor: date) -> Interval:
    return Interval(start=anchor - _ONE_DAY, end=anchor, precision=DatePrecision.PART_OF_DAY)


def _before(match: re.Match[str]) -> Term:
    return _shifted(match["unit"], 1)


def _after(match: re.Match[str]) -> Term:
    return _shifted(match["unit"], -1)


def _same(match: re.Match[str]) -> Term:
    return _shifted(match["unit"], 0)


def _counted(match: re.Match[str]) -> Term:
    count = amount(match["n"])
    return _shifted(match["unit"], count if match["way"] in _EARLIER else -count)


_EARLIER = ("earlier", "before", "prior", "previously")


def _hours(match: re.Match[str]) -> Term:
    """Hours or minutes beside an earlier event: that day, as far as can be told."""

    def days(anchor: date) -> Interval:
        return Interval(start=anchor, end=anchor, precision=DatePrecision.PART_OF_DAY)

    return _term(Grain.DAY, days)


def _weekday_beside(match: re.Match[str]) -> Term:
    weekday = WEEKDAYS.index(match["weekday"])
    is_before = match["way"] == "previous"

    def days(anchor: date) -> Interval:
        if is_before:
            return one_day(latest_weekday(weekday, anchor - _ONE_DAY))
        return one_day(latest_weekday(weekday, anchor + timedelta(days=7)))

    return _term(Grain.DAY, days)


def _that_weekday(match: re.Match[str]) -> Term:
    weekday = WEEKDAYS.index(match["weekday"])
    return _term(Grain.DAY, lambda anchor: one_day(anchor) if anchor.weekday() == weekday else None)


_UNIT = rf"(?P<unit>day|{PART}|week|month|year)"
_N = r"(?P<n>=?\d{1,3}|an?)"

ANCHORED = (
    Rule(
        pattern=rf"(?:the )?(?:previous|prior) (?P<unit>day|{PART}|week|month|year)", build=_before
    ),
    Rule(pattern=rf"the {_UNIT} (?:before|earlier|prior|previous)", build=_before),
    Rule(pattern=rf"(?:on )?the (?:next|following) {_UNIT}", build=_after),
    Rule(pattern=rf"(?:next|following) (?P<unit>day|{PART})", build=_after),
    Rule(pattern=rf"the {_UNIT} (?:after|later|following)", build=_after),
    Rule(
        pattern=rf"{_N} (?P<unit>day|week|month|year)s? "
        r"(?P<way>later|earlier|before|after|prior|previously)",
        build=_counted,
    ),
    Rule(
        pattern=rf"(?:(?:{_N}|half an?|some|several|few|a few|a couple of) )?(?:hour|minute)s?"
        r" (?:later|earlier)",
        build=_hours,
    ),
    Rule(
        pattern=rf"(?:(?:later|earlier|early|late) )?(?:on )?(?:the same|that same|same) {_UNIT}",
        build=_same,
    ),
    Rule(
        pattern=rf"(?:later |earlier )?(?:on )?that (?P<unit>day|{PART}|week|month|year)",
        build=_same,
    ),
    Rule(pattern=r"(?:earlier|later|late|early) (?:in|on in) the (?P<unit>day)", build=_same),
    Rule(
        pattern=rf"(?:the )?(?P<way>previous|following) (?P<weekday>{WEEKDAY})",
        build=_weekday_beside,
    ),
    Rule(pattern=rf"the (?P<way>next) (?P<weekday>{WEEKDAY})", build=_weekday_beside),
    Rule(pattern=rf"that (?:same )?(?P<weekday>{WEEKDAY})", build=_that_weekday),
)
