"""Choice: which of the places that share a name an article means, or why that stays open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log10
from typing import Literal

from extractor.codes import PlaceLevel
from extractor.gazetteer import Entry, Gazetteer, distance_km, name_key
from extractor.resolve.places.lying import is_one_place, lies_in
from extractor.resolve.places.naming import is_called, is_spelled
from extractor.resolve.places.surroundings import Surroundings
from extractor.states import country_words

_FAR_KM = 150.0  # towns of one event lie nearer to each other
_KNOWN_EVERYWHERE = 100_000  # weight from which a place needs no country beside it
_TELLING = 6  # letters of a name that only one place of the world has
_KNOWN_ALONE = 10_000  # weight from which the only place of a name needs none either
_KNOWN_IN_ITS_COUNTRY = 500_000  # weight of a city that needs no area of its country beside it
_USUAL_POPULATION = 1_000  # of a settlement whose inhabitants nobody has counted
_KNOWN_ABROAD = 1_000_000  # weight from which a place is believed where another country is named
_SURELY_NAMED = 0.5  # weaker evidence of a country may be a person's name
_LIKELY_NAMED = 0.35  # two small places, or a larger one, whose names no other country has
_HARDLY_NAMED = 0.1
# What a name stands for, if several kinds share it and nothing else is said.
_USUAL_ORDER = (
    *(PlaceLevel.COUNTRY, PlaceLevel.CITY, PlaceLevel.TOWN_OR_VILLAGE, PlaceLevel.REGION),
    *(PlaceLevel.ADMIN1, PlaceLevel.WATERS, PlaceLevel.ADMIN2, PlaceLevel.ADMIN3),
    *(PlaceLevel.NEIGHBOURHOOD, PlaceLevel.STREET_OR_LANDMARK, PlaceLevel.EXACT_POINT),
)
_OTHER_AREAS = "the article names other areas of its country"
_NOTHING_AROUND = "the article names nothing that this place lies in"
_HEADED_AREAS = (PlaceLevel.ADMIN1, PlaceLevel.ADMIN2, PlaceLevel.ADMIN3)
_SEAT_OF = {
    PlaceLevel.ADMIN1: (PlaceLevel.CITY,),
    PlaceLevel.ADMIN2: (PlaceLevel.CITY, PlaceLevel.TOWN_OR_VILLAGE),
    PlaceLevel.ADMIN3: (PlaceLevel.CITY, PlaceLevel.TOWN_OR_VILLAGE),
}
_WEIGHT_OF_LEVEL = {
    PlaceLevel.COUNTRY: 10_000_000,
    PlaceLevel.ADMIN1: 200_000,
    PlaceLevel.REGION: 200_000,
    PlaceLevel.WATERS: 200_000,
    PlaceLevel.ADMIN2: 20_000,
}
# Kinds of entries that a word for a kind may mean, the likeliest first.
_MEANT = {
    PlaceLevel.STREET_OR_LANDMARK: (
        *(PlaceLevel.STREET_OR_LANDMARK, PlaceLevel.EXACT_POINT, PlaceLevel.NEIGHBOURHOOD),
    ),
    PlaceLevel.NEIGHBOURHOOD: (
        *(PlaceLevel.NEIGHBOURHOOD, PlaceLevel.STREET_OR_LANDMARK, PlaceLevel.TOWN_OR_VILLAGE),
        *(PlaceLevel.ADMIN3, PlaceLevel.ADMIN2, PlaceLevel.CITY),
    ),
    PlaceLevel.TOWN_OR_VILLAGE: (
        *(PlaceLevel.TOWN_OR_VILLAGE, PlaceLevel.CITY, PlaceLevel.NEIGHBOURHOOD),
        PlaceLevel.STREET_OR_LANDMARK,
    ),
    PlaceLevel.CITY: (PlaceLevel.CITY, PlaceLevel.TOWN_OR_VILLAGE),
    PlaceLevel.ADMIN3: (PlaceLevel.ADMIN3, PlaceLevel.ADMIN2),
    PlaceLevel.ADMIN2: (
        *(PlaceLevel.ADMIN2, PlaceLevel.ADMIN3, PlaceLevel.NEIGHBOURHOOD, PlaceLevel.ADMIN1),
    ),
    PlaceLevel.ADMIN1: (
        *(PlaceLevel.ADMIN1, PlaceLevel.ADMIN2, PlaceLevel.REGION, PlaceLevel.COUNTRY),
    ),
    PlaceLevel.REGION: (
        *(PlaceLevel.REGION, PlaceLevel.ADMIN1, PlaceLevel.ADMIN2, PlaceLevel.ADMIN3),
        PlaceLevel.COUNTRY,
    ),
    PlaceLevel.WATERS: (PlaceLevel.WATERS, PlaceLevel.REGION),
}


@dataclass(frozen=True, kw_only=True)
class Loser:
    """A place that shares the name, and why it is not the one."""

    entry: Entry
    reason: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The place that is meant, if that is decided, and those that are not."""

    entry: Entry | None
    reason: str
    """What decided, or why nothing did."""
    losers: tuple[Loser, ...] = ()
    is_open: bool = False
    """Whether several places fit equally well."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What is known of a place beside its name."""

    kind: PlaceLevel | None
    """The kind of place that its words name."""
    within: tuple[tuple[Entry, ...], ...]
    """What it is said to lie in, each as the places that may be meant."""
    surroundings: Surroundings
    own: frozenset[str] = frozenset()
    """Ids of the places that share the name: they are no evidence for themselves."""
    name: str = ""
    """The name looked up: places that bear it as their main one come before others."""
    prefers: Literal["seat", "area"] | None = None
    """Which is meant where an area and its seat share the name, and no kind is named."""


def choose(entries: Sequence[Entry], evidence: Evidence, gazetteer: Gazetteer) -> Choice:
    """The one of several places that fits what is known, if one fits best."""
    if not entries:
        return Choice(entry=None, reason="the gazetteer knows no place of this name")
    losers: list[Loser] = []
    left: list[Entry] = []
    namesakes = {code for one in entries if _bears(one, evidence.name) for code in one.countries}
    for entry in entries:
        told = _against(entry, evidence, gazetteer) or _misnamed(entry, evidence, namesakes)
        if told:
            losers.append(Loser(entry=entry, reason=told))
        else:
            left.append(entry)
    if not left:
        return Choice(entry=None, reason=losers[0].reason, losers=tuple(losers))
    ranked = sorted(left, key=lambda one: _rank(one, evidence), reverse=True)
    best, rivals = ranked[0], [one for one in ranked[1:] if not is_one_place(ranked[0], one)]
    open_ones = [one for one in rivals if not _clearly_better(best, one, evidence)]
    if open_ones:
        told = f"{len(open_ones) + 1} places of this name fit, and nothing tells which is meant"
        losers += (Loser(entry=one, reason="fits as well") for one in (best, *open_ones))
        return Choice(entry=None, reason=told, losers=tuple(losers), is_open=True)
    if not _is_believable(best, rivals, entries, evidence):
        elsewhere = _country_weight(best, evidence) >= _LIKELY_NAMED
        told = _OTHER_AREAS if elsewhere else _NOTHING_AROUND
        losers += (Loser(entry=one, reason=told) for one in ranked)
        return Choice(entry=None, reason=told, losers=tuple(losers))
    meant = _preferred(best, ranked, evidence)
    others = (one for one in ranked if one is not meant)
    losers += (Loser(entry=one, reason=_why_not(meant, one, evidence)) for one in others)
    return Choice(entry=meant, reason="fits best", losers=tuple(losers))


def _preferred(best: Entry, ranked: Sequence[Entry], evidence: Evidence) -> Entry:
    """The seat of an area that shares its name, or the other way round, if that is meant."""
    if evidence.kind is not None or evidence.prefers is None:
        return best
    to_seat = evidence.prefers == "seat"
    if (best.level not in _HEADED_AREAS) if to_seat else best.is_area:
        return best
    wanted = _SEAT_OF.get(best.level, ()) if to_seat else _HEADED_AREAS
    same = (one for one in ranked if one.level in wanted and is_one_place(best, one))
    return next((one for one in same if _fit(one, evidence) == _fit(best, evidence)), best)


def _against(entry: Entry, evidence: Evidence, gazetteer: Gazetteer) -> str | None:
    """What rules a place out; `None` if nothing does."""
    if evidence.kind is not None and entry.level not in _MEANT.get(evidence.kind, (entry.level,)):
        return f"is {entry.level.value}, not {evidence.kind.value}"
    for areas in evidence.within:
        if areas and not any(lies_in(entry, area) for area in areas):
            where = ", ".join(gazetteer.parents(entry)) or "another country"
            return f"lies in {where}, not in {areas[0].name}"
    return None


def is_called_so(entry: Entry, name: str) -> bool:
    """Whether a name is the main name of a place."""
    return name_key(entry.name) == name_key(name)


def _bears(entry: Entry, name: str) -> bool:
    return not entry.is_area and is_called_so(entry, name)


def _misnamed(entry: Entry, evidence: Evidence, namesakes: set[str]) -> str | None:
    """What rules out a place that had the name once, where others of its country bear it now."""
    if entry.is_area:
        return None
    if namesakes & set(entry.countries) and not is_spelled(entry.name, evidence.name):
        return f"is called {entry.name}; others of its country bear the name"
    return None


def _fit(entry: Entry, evidence: Evidence) -> int:
    return sum(any(lies_in(entry, area) for area in areas) for areas in evidence.within)


def _country_weight(entry: Entry, evidence: Evidence) -> float:
    named = evidence.surroundings.countries
    return max((named.get(code, 0.0) for code in entry.countries), default=0.0)


def _area_named(entry: Entry, evidence: Evidence) -> bool:
    around = {entry.admin1} if entry.level is PlaceLevel.ADMIN2 else {entry.admin1, entry.admin2}
    return entry.level is not PlaceLevel.ADMIN1 and bool(evidence.surroundings.areas & around)


def _is_near(entry: Entry, evidence: Evidence) -> bool:
    others = (one for one in evidence.surroundings.settlements if one.id not in evidence.own)
    here = (entry.lat, entry.lon)
    return any(distance_km(here, (one.lat, one.lon)) <= _FAR_KM for one in others)


def _weight(entry: Entry, name: str) -> int:
    usual = _WEIGHT_OF_LEVEL.get(entry.level, 0)
    # "Granada" is what Grenada is called in Spanish, and first of all a city.
    foreign = name.isascii() and not is_called_so(entry, name)
    if entry.level is PlaceLevel.COUNTRY and foreign and name_key(name) not in country_words():
        usual = _WEIGHT_OF_LEVEL[PlaceLevel.ADMIN1]
    return max(entry.population or _USUAL_POPULATION, usual)


@dataclass(frozen=True, kw_only=True, order=True)
class _Rank:
    """How well a place fits: facts first, of which one decides, then what is weighed together."""

    fit: int
    """How many of the things that it is said to lie in hold it."""
    country_named: bool
    kind: int
    """How likely its kind is for the words that name one; 0 is the likeliest."""
    weighed: float
    """Powers of ten: its size, and what else speaks for it."""


_PER_AREA, _PER_NEIGHBOUR = 1.5, 0.5
# An area without the word for it: "Gaza" is the city rather than the province of Mozambique.
_BARE_AREA = {PlaceLevel.ADMIN1: -0.4, PlaceLevel.ADMIN2: -1.5, PlaceLevel.ADMIN3: -1.5}
_OTHER_NAME = -2.0  # a former or lesser name: Hartford was a Newtown once
_PER_NAMING = 1.5  # for a country that is named ten times as strongly
_DECIDES = log10(5)  # five times as large, or the like: a smaller one would be told apart


def _rank(entry: Entry, evidence: Evidence) -> _Rank:
    order = _MEANT.get(evidence.kind, _USUAL_ORDER) if evidence.kind else _USUAL_ORDER
    named = _country_weight(entry, evidence)
    bare = _BARE_AREA.get(entry.level, 0.0) if evidence.kind is None else 0.0
    return _Rank(
        fit=_fit(entry, evidence),
        country_named=named >= _LIKELY_NAMED,
        kind=-order.index(entry.level) if evidence.kind and entry.level in order else 0,
        weighed=log10(_weight(entry, evidence.name) + 10)
        + _PER_AREA * _area_named(entry, evidence)
        + _PER_NEIGHBOUR * _is_near(entry, evidence)
        + bare
        + _OTHER_NAME * (not is_called(entry.name, evidence.name))
        + _PER_NAMING * log10(max(named, _HARDLY_NAMED))
        - order.index(entry.level) / 1000,
    )


def _clearly_better(best: Entry, other: Entry, evidence: Evidence) -> bool:
    """Whether more than a guess sets the best apart from another place of its name."""
    one, two = _rank(best, evidence), _rank(other, evidence)
    facts = (one.fit, one.country_named, one.kind) != (two.fit, two.country_named, two.kind)
    return facts or one.weighed - two.weighed >= _DECIDES


def _is_believable(
    best: Entry, rivals: Sequence[Entry], entries: Iterable[Entry], evidence: Evidence
) -> bool:
    """Whether anything but the name speaks for a place, or it is known everywhere."""
    if _fit(best, evidence) or not best.countries:
        return True
    weight = max(
        _weight(one, evidence.name)
        for one in (best, *(e for e in entries if is_one_place(best, e)))
    )
    if _country_weight(best, evidence) >= _LIKELY_NAMED:
        return not _other_areas_named(best, evidence) or weight >= _KNOWN_IN_ITS_COUNTRY
    named = max(evidence.surroundings.countries.values(), default=0.0)
    alone = named < _SURELY_NAMED and not rivals
    if alone and len(evidence.name) >= _TELLING and is_called_so(best, evidence.name):
        return True
    if alone:
        return weight >= _KNOWN_ALONE
    return weight >= (_KNOWN_ABROAD if named >= _SURELY_NAMED else _KNOWN_EVERYWHERE)


def _other_areas_named(entry: Entry, evidence: Evidence) -> bool:
    """Whether the article sets its events elsewhere in the country of a place."""
    if entry.admin1 is None or entry.level is PlaceLevel.ADMIN1:
        return False
    here = f"{entry.countries[0]}."
    named = {code for code in evidence.surroundings.areas if code.startswith(here)}
    return bool(named) and not _area_named(entry, evidence) and not _is_near(entry, evidence)


def _why_not(best: Entry, other: Entry, evidence: Evidence) -> str:
    one, two = _rank(best, evidence), _rank(other, evidence)
    if is_one_place(best, other):
        return f"is the {other.level.value} of the same name"
    if two.fit < one.fit:
        return "fits less of what it is said to lie in"
    if two.country_named < one.country_named:
        return "the article does not name its country"
    if two.kind < one.kind:
        return "is another kind of place"
    return "is smaller, or farther from the other places that the article names"
