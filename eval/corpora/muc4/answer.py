"""Answers: the templates that a reading amounts to, by the corpus's convention."""

import re

from eval.corpora.muc4.convention import Convention, Locations
from eval.corpora.muc4.days import Days, write_days
from eval.corpora.muc4.keys import Fill, Slot, Template
from eval.corpora.muc4.organisations import Cast, find_cast
from eval.corpora.muc4.perpetrators import perpetrator_fills
from eval.corpora.muc4.relevance import is_relevant
from eval.corpora.muc4.victims import victim_fills
from extractor.article import Article
from extractor.codes import (
    AttackType,
    DatePrecision,
    PlaceLevel,
    PlaceRelation,
)
from extractor.gazetteer import name_key
from extractor.records import Incident, Place, Reading, When

_DATELINE = re.compile(r"\s*([A-Z][A-Z .,'-]*?)\s*(?:\(([A-Z][A-Z .]+)\))?\s*,")
_DATELINE_END = "--"
_NOT_A_CITY = "NO CITY"


def answer_templates(reading: Reading, convention: Convention) -> tuple[Template, ...]:
    """One template for each incident that the corpus wants reported."""
    wired = reading.article.published_at
    country = find_dateline_country(reading.article, convention.locations)
    cast = find_cast(reading, convention.perpetrators)
    return tuple(
        Template(id=incident.id, fills=_fills(incident, country, cast, convention))
        for incident in reading.incidents
        if is_relevant(incident, wired, convention)
    )


def find_dateline_country(article: Article, locations: Locations) -> str | None:
    """The country that a wire comes from, or that a hidden station speaks of."""
    head = article.text.partition(_DATELINE_END)[0]
    match = _DATELINE.match(head)
    if match is None:
        return None
    city, country = match.groups()
    if country:
        return country if country in locations.countries.values() else None
    spoken = (of for station, of in locations.stations.items() if station in head)
    return locations.datelines.get(city, next(spoken, None)) if city != _NOT_A_CITY else None


def write_when(when: When) -> str | None:
    """When, as the keys write it; empty if nothing is known."""
    last = when.end or when.start
    if last is None or when.precision is DatePrecision.UNKNOWN:
        return None
    is_bound = when.precision is DatePrecision.ON_OR_BEFORE
    return write_days(Days(first=None if is_bound else when.start, last=last))


def write_place(places: tuple[Place, ...], country: str | None, locations: Locations) -> str | None:
    """The main place as the keys write it: its country, what it lies in, itself.

    Args:
        places: of an incident, the main one first.
        country: of the dateline, for a place whose own is not known; empty to do without.
        locations: the convention.
    """
    if not places:
        return country
    main = _lying_in(places[0], locations)
    codes = [code for code in main.countries if code in locations.countries]
    told = " - ".join(locations.countries[code] for code in codes) or country
    if country and main.level in locations.homonymous and not _names_country(places[0], locations):
        told = country  # "Bogota" of New Jersey, in a wire from Bogota
    if told is None:
        return None
    if main.level is PlaceLevel.COUNTRY:
        return told
    if main.name_text == "":
        return told
    others = [one for one in places[1:] if one.relation is PlaceRelation.BETWEEN]
    between = [main, *others[:1]] if main.relation is PlaceRelation.BETWEEN else [main]
    names = " - ".join(_named(place, locations) for place in between)
    return ": ".join((told, *_wider(main, locations), names))


def _fills(
    incident: Incident, country: str | None, cast: Cast, convention: Convention
) -> dict[Slot, tuple[Fill, ...]]:
    dateline = country if convention.locations.uses_dateline_country else None
    fills = {
        Slot.TYPE: _one(_type(incident, convention)),
        Slot.DATE: _one(write_when(incident.when)),
        Slot.LOCATION: _one(write_place(incident.places, dateline, convention.locations)),
        Slot.STAGE: _one(convention.stages[incident.actuality]),
        **perpetrator_fills(incident, cast, convention),
        **victim_fills(incident, convention),
    }
    return {slot: fills[slot] for slot in Slot if fills[slot]}


def _one(value: str | None) -> tuple[Fill, ...]:
    return (Fill(values=(value,)),) if value else ()


def _type(incident: Incident, convention: Convention) -> str:
    main = incident.attack_types[0] if incident.attack_types else AttackType.UNKNOWN
    if main is AttackType.UNKNOWN:
        by_outcome = convention.types_by_outcome
        told = (by_outcome[one.outcome] for one in incident.counts if one.outcome in by_outcome)
        return next(told, convention.baselines[Slot.TYPE])
    return convention.types.get(main, convention.baselines[Slot.TYPE])


def _named(place: Place, locations: Locations) -> str:
    name = " ".join(place.name_text.split()).upper().replace(":", " ")
    return f"{name} ({locations.levels.get(place.level, 'AREA')})"


def _names_country(place: Place, locations: Locations) -> bool:
    """Whether the article itself tells the country that a place lies in."""
    countries = {name_key(name) for name in locations.countries.values()}
    return any(name_key(name) in countries for name in place.within_text)


def _lying_in(place: Place, locations: Locations) -> Place:
    """The place itself, or for a building or street what it lies in: to the keys it is a target.

    A record does not say what kind of place that is; without any, only the country is told.
    """
    if place.level not in locations.targets:
        return place
    countries = {name_key(name) for name in locations.countries.values()}
    around = [name for name in place.within_text if name_key(name) not in countries]
    around = around or [name for name in place.parents[:1] if name_key(name) not in countries]
    return place.model_copy(
        update={
            "name_text": around[0] if around else "",
            "within_text": tuple(around[1:]),
            "level": PlaceLevel.UNKNOWN,
        }
    )


def _wider(place: Place, locations: Locations) -> tuple[str, ...]:
    """What the text says that it lies in, wide to narrow, without the country."""
    own = {name_key(place.name_text), *map(name_key, locations.countries.values())}
    told = [name for name in place.within_text if name_key(name) not in own]
    return tuple(" ".join(name.split()).upper().replace(":", " ") for name in reversed(told))
