"""Settings: days and places that hold together, and evidence for every incident."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib import resources

from eval.gold import GoldArticle
from eval.lint.finding import Finding, each_incident
from eval.lint.words import stands_in
from extractor.article import Article
from extractor.codes import Actuality, DatePrecision
from extractor.records import When


def check_incidents(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """Incidents without evidence, without a claim, or without a summary."""
    del article  # every check is asked the same way
    for where, incident in each_incident(gold):
        if not incident.evidence:
            yield Finding(f"{where}.evidence", "quote the words that tell of the event")
        if not incident.counts and not incident.blames:
            told = "an incident needs a count or a blame (rule R0); add it or take the incident out"
            yield Finding(where, told)
        if not incident.summary.strip():
            yield Finding(f"{where}.summary", "say in one neutral line what happened")


def check_dates(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """Days that are out of order, do not fit their precision or words, or lie in the future."""
    announced = {Actuality.THREATENED}
    for where, incident in each_incident(gold):
        future = incident.actuality in announced
        yield from _when_findings(f"{where}.when", incident.when, article, may_be_ahead=future)
    for n, other in enumerate(gold.alternatives):
        if other.when:
            yield from _when_findings(
                f"alternatives.{n}.when", other.when, article, may_be_ahead=False
            )


def relative_dates(gold: GoldArticle) -> tuple[str, ...]:
    """The words of dates that tell a day only together with the day of publication."""
    told = [one.when for one in gold.incidents]
    told += [one.when for one in gold.alternatives if one.when]
    words = (one.expression for one in told)
    return tuple(one for one in words if one is not None and not _YEAR.search(one))


_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")  # in any digits
_WIDTHS: Mapping[DatePrecision, tuple[int, float]] = {
    DatePrecision.DAY: (1, 1),
    DatePrecision.PART_OF_DAY: (1, 2),  # a night belongs to two days
    DatePrecision.DAYS: (2, 6),
    DatePrecision.WEEK: (5, 13),
    DatePrecision.MONTH: (8, 62),  # "early May" to "in the past two months"
    DatePrecision.YEAR: (32, float("inf")),
}
"""Fewest and most days of each precision that has two ends."""


def _when_findings(
    field: str, when: When, article: Article, *, may_be_ahead: bool
) -> Iterator[Finding]:
    published = article.published_at
    if when.expression is None:
        yield from _undated_findings(field, when, published)
    elif when.quote is None:
        yield Finding(f"{field}.quote", "quote the words of the date")
    elif not stands_in(when.expression, when.quote.text):
        told = f"{when.expression!r} does not stand in the quote of the date"
        yield Finding(f"{field}.quote", told)
    if when.start and when.end and when.end < when.start:
        yield Finding(f"{field}.end", f"{when.end} is before the start, {when.start}")
        return
    last = when.end or when.start
    if published and last and last > published and not may_be_ahead:
        told = f"{last} is after publication, {published}; read the date again"
        yield Finding(f"{field}.end", told)
    yield from _width_findings(field, when)
    yield from _weekday_findings(field, when)


def _undated_findings(field: str, when: When, published: date | None) -> Iterator[Finding]:
    if when.precision not in (DatePrecision.ON_OR_BEFORE, DatePrecision.UNKNOWN):
        told = f"precision {when.precision.value!r} needs the words that state it (rule R11)"
        yield Finding(f"{field}.expression", told)
    elif published and (when.start is not None or when.end != published):
        told = f"where no date is stated it is on or before publication, {published}"
        yield Finding(f"{field}.end", told)


def _width_findings(field: str, when: When) -> Iterator[Finding]:
    if when.precision in _WIDTHS:
        if when.start is None or when.end is None:
            told = f"precision {when.precision.value!r} needs a start and an end"
            yield Finding(f"{field}.precision", told)
            return
        days = (when.end - when.start).days + 1
        fewest, most = _WIDTHS[when.precision]
        if not fewest <= days <= most:
            told = f"{days} days are not {when.precision.value!r}; mend the days or the precision"
            yield Finding(f"{field}.precision", told)
    elif when.precision is DatePrecision.ON_OR_BEFORE and (when.start or not when.end):
        yield Finding(f"{field}.precision", "'on_or_before' has an end and no start")
    elif when.precision is DatePrecision.UNKNOWN and (when.start or when.end):
        yield Finding(f"{field}.precision", "'unknown' has no days")


def _weekday_findings(field: str, when: When) -> Iterator[Finding]:
    """A weekday that is named and not among the days."""
    if when.expression is None or when.start is None or when.end is None:
        return
    named = {day for word, day in _weekdays().items() if _names(word, when.expression)}
    week = min((when.end - when.start).days + 1, 7)
    days = {(when.start + timedelta(days=n)).weekday() for n in range(week)}
    if named and not named & days:
        told = f"{when.start} is a {when.start:%A}, which {when.expression!r} does not name"
        yield Finding(f"{field}.start", told)


def _names(word: str, expression: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", expression.casefold()) is not None


@cache
def _weekdays() -> dict[str, int]:
    """The names of the weekdays in the languages whose dates are read, with their number."""
    told = resources.files("extractor").joinpath("data", "time_words.toml").read_text("utf-8")
    words: dict[str, int] = {}
    for table in tomllib.loads(told).values():
        for number, day in enumerate(_ENGLISH_DAYS):
            listed: list[str] = table.get(day, [])
            longest = [one for one in listed if not _is_short_form(one, listed)]
            words |= dict.fromkeys([day, *map(str.casefold, longest)], number)
    return words


_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST_NAME = 4  # letters: shorter ones are other words as well


def _is_short_form(word: str, listed: list[str]) -> bool:
    """Whether a name of a weekday is a short form, which may be another word as well."""
    return len(word) < _SHORTEST_NAME or any(one.startswith(f"{word}-") for one in listed)
