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
from extractor.codes import Actuality, DatePrecision, PlaceMethod, PlaceRelation
from extractor.gazetteer import Entry, distance_km, open_gazetteer
from extractor.gazetteer.packed import open_packed
from extractor.records import Place, Quote, When


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


def check_places(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """Points without a radius or a country, or far from the country that they are said to be in."""
    yield from _unnamed_places(gold, article)
    for where, incident in each_incident(gold):
        for n, place in enumerate(incident.places):
            yield from _place_findings(f"{where}.places.{n}", place)
    for n, other in enumerate(gold.alternatives):
        if other.place:
            yield from _place_findings(f"alternatives.{n}.place", other.place)


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

_POINTING = frozenset(
    [
        "same",
        "there",
        "here",
        "village",
        "town",
        "city",
        "hamlet",
        "suburb",
        "neighbourhood",
        "neighborhood",
        "district",
        "area",
        "province",
        "region",
        "place",
        "site",
        "spot",
        "scene",
        "camp",
        "base",
        "post",
        "checkpoint",
        "market",
        "bazaar",
        "square",
        "street",
        "road",
        "highway",
        "lane",
        "crossroads",
        "bridge",
        "school",
        "college",
        "university",
        "hospital",
        "clinic",
        "mosque",
        "church",
        "temple",
        "prison",
        "jail",
        "court",
        "station",
        "airport",
        "port",
        "harbour",
        "harbor",
        "crossing",
        "border",
        "pass",
        "valley",
        "mountain",
        "hill",
        "river",
        "island",
        "field",
        "farm",
        "forest",
        "mine",
        "mill",
        "factory",
        "sluice",
        "house",
        "door",
        "compound",
        "building",
        "hotel",
    ]
)
"""English words that stand for a place named before, in the singular."""

_FARTHEST_KM = 200.0  # from the nearest known place of a country: deserts are thinly settled
_SLACK_KM = 1.0  # for coordinates that were rounded


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


def _unnamed_places(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """Places whose quote has not their name, and does not point back to it either."""
    told = [
        (f"{where}.places.{n}", place)
        for where, incident in each_incident(gold)
        for n, place in enumerate(incident.places)
    ]
    told += [
        (f"alternatives.{n}.place", one.place)
        for n, one in enumerate(gold.alternatives)
        if one.place
    ]
    names = {place.name_text for _, place in told}
    for field, place in told:
        if place.quote is None or stands_in(place.name_text, place.quote.text):
            continue
        is_known = stands_in(place.name_text, _before(place.quote, article))
        # "the same village" names none; words that name another place point to that one.
        is_another = any(stands_in(name, place.quote.text) for name in names)
        if not is_known or is_another or not _points_back(place.quote.text, article):
            told_where = f"{place.name_text!r} does not stand in the quote of the place"
            next_step = "quote its name, or words after it that point back"
            yield Finding(f"{field}.quote", f"{told_where}; {next_step}")


def _before(quote: Quote, article: Article) -> str:
    """What a reader has read before a quote: the title comes before the text."""
    before = article.field(quote.field)[: quote.start]
    return before if quote.field == "title" else f"{article.title or ''}\n{before}"


def _points_back(words: str, article: Article) -> bool:
    """Whether words may stand for a place; those of other languages are not known."""
    if not (article.language or "en").lower().startswith("en"):
        return True
    told = re.findall(r"\w+", words.casefold())
    return any(word in _POINTING or word.removesuffix("s") in _POINTING for word in told)


def _place_findings(field: str, place: Place) -> Iterator[Finding]:
    if (place.lat is None) != (place.lon is None):
        yield Finding(f"{field}.lat", "a point needs a latitude and a longitude")
        return
    if place.lat is None or place.lon is None:
        if place.radius_km is not None:
            yield Finding(f"{field}.radius_km", "a radius needs a point")
        return
    if place.radius_km is None:
        yield Finding(f"{field}.radius_km", "say how far from the point the place may be, in km")
    if not place.countries:
        yield Finding(f"{field}.countries", "name the country (ISO 3166-1 alpha-2) of the point")
        return
    if unknown := [code for code in place.countries if open_gazetteer().area(code) is None]:
        told = f"there is no country {unknown[0]!r}; use its code of two letters"
        yield Finding(f"{field}.countries", told)
        return
    point = (place.lat, place.lon)
    gap = min(_gap_km(point, code) for code in place.countries)
    if gap > _FARTHEST_KM:
        told = f"{point} is {gap:.0f} km from any known place of {', '.join(place.countries)}"
        yield Finding(f"{field}.lat", f"{told}; mend the point or the country")
    else:
        yield from _entry_findings(field, place, point)


def _entry_findings(field: str, place: Place, point: tuple[float, float]) -> Iterator[Finding]:
    """A point that is not where the gazetteer has the place it is said to be."""
    moved = {PlaceMethod.OFFSET, PlaceMethod.BETWEEN}
    relations = {PlaceRelation.DIRECTION_DISTANCE, PlaceRelation.BETWEEN}
    if place.gazetteer_id is None or place.method in moved or place.relation in relations:
        return
    entry = _entry(place)
    if entry is None:
        return
    gap = distance_km(point, (entry.lat, entry.lon))
    if gap > max(entry.radius_km, place.radius_km or 0.0) + _SLACK_KM:
        told = f"the point is {gap:.0f} km from {entry.name!r} ({entry.id})"
        yield Finding(f"{field}.gazetteer_id", f"{told}; mend the point or the id")
    if not set(entry.countries) & set(place.countries):
        told = f"{entry.name!r} ({entry.id}) lies in {', '.join(entry.countries)}"
        yield Finding(f"{field}.countries", f"{told}; mend the country or the id")


def _entry(place: Place) -> Entry | None:
    names = (place.name_text, *place.parents)
    found = (entry for name in names for entry in open_gazetteer().find(name))
    return next((entry for entry in found if entry.id == place.gazetteer_id), None)


def _gap_km(point: tuple[float, float], country: str) -> float:
    """How far a point is from the nearest known place of a country."""
    area = open_gazetteer().area(country)
    points = [*_points(country), *([(area.lat, area.lon)] if area else [])]
    return min((distance_km(point, one) for one in points), default=0.0)


@cache
def _points(country: str) -> tuple[tuple[float, float], ...]:
    return tuple((one.entry.lat, one.entry.lon) for one in open_packed().in_country(country))
