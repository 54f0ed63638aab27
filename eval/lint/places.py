"""Places: each is quoted, and its point lies where it is said to lie."""

import re
from collections.abc import Iterator
from functools import cache

from eval.gold import GoldArticle
from eval.lint.finding import Finding, each_incident
from eval.lint.words import stands_in
from extractor.article import Article
from extractor.codes import PlaceMethod, PlaceRelation
from extractor.gazetteer import Entry, distance_km, open_gazetteer
from extractor.gazetteer.packed import open_packed
from extractor.records import Place, Quote


def check_places(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """Points without a radius or a country, or far from the country that they are said to be in."""
    yield from _unnamed_places(gold, article)
    for where, incident in each_incident(gold):
        for n, place in enumerate(incident.places):
            yield from _place_findings(f"{where}.places.{n}", place)
    for n, other in enumerate(gold.alternatives):
        if other.place:
            yield from _place_findings(f"alternatives.{n}.place", other.place)


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
    if unknown := [code for code in place.countries if open_gazetteer().area(code) is None]:
        told = f"there is no country {unknown[0]!r}; use its code of two letters"
        yield Finding(f"{field}.countries", told)
        return
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
