"""Surroundings: which countries, areas and settlements an article names, as evidence of place."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from extractor.codes import PlaceLevel
from extractor.dateline import dateline_end
from extractor.gazetteer import Entry, Gazetteer, name_key
from extractor.resolve.places.naming import is_spelled
from extractor.resolve.places.words import place_words
from extractor.states import country_words

READ_AHEAD = 30_000  # characters; the setting of a longer text is told by its beginning
_LONGEST_NAME = 5  # words
_KNOWN_TOWN = 15_000  # inhabitants; smaller towns share their names with too many other words
_WELL_KNOWN_TOWN = 50_000  # inhabitants; such a town tells its country, if no other has its name
_LARGE_CITY = 100_000  # inhabitants; such a city tells its country beside smaller homonyms
_MUCH_LARGER = 10  # times
_LONG_NAME = 6  # letters; a shorter name of a small place is too often another word
_NAMED, _AREA_NAMED, _PEOPLE_NAMED = 1.0, 0.7, 0.5
_TOWN_NAMED, _CITY_NAMED, _SCRIPT_USED, _SMALL_NAMED = 0.4, 0.3, 0.3, 0.2
_FEW_LETTERS = 3  # of a script: fewer may stand in a name
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:[-\u2010\u2011'\u2019\u02bc][^\W\d_]+)*")
_MARK = re.compile(r"[.,;:!?()\[\]\"\u201c\u201d\u060c\u061b]")
_POSSESSIVE = re.compile(r"['\u2019]s?$")


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What an article says around a name."""

    countries: Mapping[str, float]
    """How strongly each country is named; adjectives ("Syrian") count less than names."""
    areas: frozenset[str]
    """Codes of the administrative areas named."""
    settlements: tuple[Entry, ...]
    """Settlements that the names in the text stand for, where that is clear."""
    named: tuple["Named", ...] = field(default=(), repr=False)
    """What all this rests on."""
    written_in: tuple[str, ...] = ()
    """Countries of the script that the article is written in."""

    @property
    def leading(self) -> tuple[str, ...]:
        """Countries by how strongly they are named."""
        return tuple(sorted(self.countries, key=lambda code: (-self.countries[code], code)))

    def apart_from(self, keys: Collection[str]) -> "Surroundings":
        """What the article says beside some names (see `name_key`), but for those of countries."""
        kept = tuple(one for one in self.named if one.countries or one.key not in keys)
        return self if len(kept) == len(self.named) else _weighed(kept, self.written_in)


def main_countries(surroundings: Surroundings) -> tuple[str, ...]:
    """The country that an article surely names most, and those named half as often or more."""
    named = surroundings.countries
    most = max(named.values(), default=0.0)
    return tuple(code for code in surroundings.leading if named[code] >= max(most / 2, _AREA_NAMED))


NOWHERE = Surroundings(countries={}, areas=frozenset(), settlements=())
"""Surroundings that say nothing."""


def read_surroundings(text: str, gazetteer: Gazetteer) -> Surroundings:
    """The places that a text names, without those of its dateline, which are no evidence (R12)."""
    return _read(text[:READ_AHEAD], gazetteer)


@lru_cache(maxsize=8)
def _read(text: str, gazetteer: Gazetteer) -> Surroundings:
    return _weighed(_names(text, dateline_end(text), gazetteer), _countries_of_script(text))


def _weighed(names: tuple["Named", ...], written_in: tuple[str, ...]) -> Surroundings:
    countries: dict[str, float] = {}

    def count(codes: Iterable[str], weight: float) -> None:
        for code in codes:
            countries[code] = countries.get(code, 0.0) + weight

    areas: set[str] = set()
    unsure: list[Named] = []
    for name in sorted(names, key=lambda name: bool(name.countries and name.areas)):
        state = [one for one in name.areas if countries.keys() & set(one.countries)]
        if name.countries and not (state and not countries.keys() & set(name.countries)):
            count(name.countries, _NAMED if name.is_noun else _PEOPLE_NAMED)
        elif len(name.areas) == 1:
            count(name.areas[0].countries, _AREA_NAMED)
            areas.update(code for code in (name.areas[0].admin1, name.areas[0].admin2) if code)
        else:
            unsure.append(name)
    # One name told twice says no more than once.
    for name in dict.fromkeys(unsure):
        count(*name.hint)
    count(written_in, _SCRIPT_USED)
    settlements: list[Entry] = []
    for name in unsure:
        here = [entry for entry in name.entries if countries.keys() & set(entry.countries)]
        if name.is_area:
            areas.update(one.admin1 for one in here if one.is_area and one.admin1)
        towns = [one for one in here if not one.is_area and one.population >= _KNOWN_TOWN]
        settlements += towns[:1]
    return Surroundings(
        countries=countries,
        areas=frozenset(areas),
        settlements=tuple(dict.fromkeys(settlements)),
        named=names,
        written_in=written_in,
    )


def _countries_of_script(text: str) -> tuple[str, ...]:
    """Countries in whose languages alone a text can be written, by its letters."""
    if text.isascii():
        return ()
    for letters, countries in place_words().scripts.letters:
        first, _, last = letters.partition("-")
        pattern = f"[{re.escape(first)}-{re.escape(last)}]" if last else f"[{re.escape(letters)}]"
        if len(re.findall(pattern, text)) >= _FEW_LETTERS:
            return countries
    return ()


@dataclass(frozen=True, kw_only=True)
class Named:
    """A name in an article, and what it may stand for."""

    key: str
    entries: tuple[Entry, ...]
    countries: tuple[str, ...] = ()
    """Codes, if it names a country or its people."""
    is_noun: bool = True
    """Whether it names the country itself."""
    is_area: bool = False
    """Whether the word behind it says that an area is meant: "Idlib province"."""

    @property
    def areas(self) -> tuple[Entry, ...]:
        """First-level areas, if nothing else can be meant."""
        first = tuple(one for one in self.entries if one.level is PlaceLevel.ADMIN1)
        if self.is_area or all(one.is_area for one in self.entries):
            return first
        # Some hamlet is called Texas too. "Ten" is no area, though one is called so in Tamil.
        small = all(
            one.is_area or one.population < _KNOWN_TOWN or name_key(one.name) != self.key
            for one in self.entries
        )
        named = all(is_spelled(one.name, self.key) for one in first)
        return first if small and named else ()

    @property
    def hint(self) -> tuple[tuple[str, ...], float]:
        """The country that the name speaks for, and how strongly."""
        homes = tuple(sorted({code for one in self.entries for code in one.countries}))
        if not homes:
            return (), 0.0
        if len(homes) == 1:
            known = any(
                one.population >= _WELL_KNOWN_TOWN or one.level is PlaceLevel.ADMIN1
                for one in self.entries
            )
            return homes, _TOWN_NAMED if known else _SMALL_NAMED
        largest = self.entries[0]
        abroad = (one for one in self.entries if one.countries != largest.countries)
        called = (one for one in abroad if name_key(one.name) == self.key)
        rival = max((one.population for one in called), default=0)
        if largest.population >= max(_LARGE_CITY, _MUCH_LARGER * rival):
            return largest.countries, _CITY_NAMED
        return (), 0.0


def _names(text: str, start: int, gazetteer: Gazetteer) -> tuple[Named, ...]:
    """Names of the gazetteer in a text, the longest at each word."""
    words = [word for word in _WORD.finditer(text, start) if word.end() - word.start() > 1]
    marks = [match.start() for match in _MARK.finditer(text, start)]
    found: list[Named] = []
    at = 0
    while at < len(words):
        if _is_small(words[at]):
            at += 1
            continue
        next_mark = bisect_left(marks, words[at].start())
        end = marks[next_mark] if next_mark < len(marks) else len(text)
        length, name = _longest(text, words, at, end, gazetteer)
        if name:
            found.append(name)
        at += max(length, 1)
    return tuple(found)


def _is_small(word: re.Match[str]) -> bool:
    """Whether a word is written small where names are not; Georgian writes all words alike."""
    first = word.string[word.start()]
    return first.islower() and not "\u10d0" <= first <= "\u10ff"


def _longest(
    text: str, words: list[re.Match[str]], at: int, end: int, gazetteer: Gazetteer
) -> tuple[int, Named | None]:
    """How many words from one on are a name that ends before the next mark, and what it names."""
    start = words[at].start()
    for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
        last = words[at + length - 1]
        if last.end() > end or _is_small(last):
            continue
        behind = words[at + length][0] if at + length < len(words) else ""
        key = name_key(_POSSESSIVE.sub("", text[start : last.end()]))
        name = _named(key, behind, gazetteer)
        if name:
            return length, name
    return 0, None


@cache
def _area_words() -> frozenset[str]:
    levels = place_words().levels
    kinds = (PlaceLevel.ADMIN1, PlaceLevel.ADMIN2, PlaceLevel.ADMIN3)
    return frozenset(word for kind in kinds for word in levels[kind]) | {"region", "regional"}


def _named(key: str, behind: str, gazetteer: Gazetteer) -> Named | None:
    """What words of a key name, seen with the word behind them."""
    state = country_words().get(key)
    entries = gazetteer.find_key(key)
    if not (state or entries):
        return None
    if state:
        first = tuple(one for one in entries if one.level is PlaceLevel.ADMIN1)
        return Named(key=key, entries=first, countries=state.codes, is_noun=state.is_noun)
    states = tuple(entry for entry in entries if entry.level is PlaceLevel.COUNTRY)
    if states:
        return Named(key=key, entries=(), countries=states[0].countries)
    is_area = behind.casefold() in _area_words()
    if is_area and any(one.is_area for one in entries):
        areas = tuple(one for one in entries if one.is_area)
        return Named(key=key, entries=areas, is_area=True)
    large = any(one.population >= _KNOWN_TOWN or one.is_area for one in entries)
    homes = {code for one in entries for code in one.countries}
    telling = len(homes) == 1 and len(key) >= _LONG_NAME
    return Named(key=key, entries=entries) if large or telling else None
