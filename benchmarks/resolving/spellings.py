"""Measure `sound_key`: spellings left out of the gazetteer in turn, and towns of other countries.

    python benchmarks/resolving/spellings.py

For 150 places of each country one Latin spelling is taken out and looked for by its sound among
the others: the place (or the district around it) is found alone, or among others, or only another
place is. Then towns of other countries, whose names the country has not, are looked for in it.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from extractor.gazetteer import Entry, distance_km
from extractor.gazetteer.compiled import Spelled
from extractor.gazetteer.keys import sound_key
from extractor.gazetteer.layered import ALIKE
from extractor.gazetteer.packed import open_packed

COUNTRIES = (
    *("SY", "IQ", "YE", "PS", "LB", "SD", "SS", "SO", "ET", "NG", "ML", "NE", "BF", "CD", "CF"),
    *("MZ", "CM", "UA", "RU", "AF", "PK", "IN", "MM", "CO", "MX", "HT", "LY", "EG"),
)
SEED = 5
PLACES = 150  # of each country
TOWNS = 60  # of other countries, for each country
SAME_KM = 10.0
SHORTEST = 6  # letters of a spelling that is left out


def main() -> None:
    """Print both counts."""
    drawn = random.Random(SEED)
    known = {country: [*open_packed().in_country(country)] for country in COUNTRIES}
    out = Counter(verdict for places in known.values() for verdict in left_out(places, drawn))
    sys.stdout.write(f"{out.total()} spellings left out: {told(out)}\n")
    towns = [
        (country, place)
        for country, places in known.items()
        for place in places
        if place.entry.population > 5_000
    ]
    strange: Counter[str] = Counter()
    for country, places in known.items():
        strange.update(strangers(country, places, drawn.sample(towns, TOWNS)))
    sys.stdout.write(f"{strange.total()} towns of other countries: {told(strange)}\n")


def left_out(places: list[Spelled], drawn: random.Random) -> Iterator[str]:
    """How the left-out spelling of each place is found."""
    for place in drawn.sample(places, min(len(places), PLACES)):
        spellings = sorted(key for key in place.keys if key.isascii() and len(key) >= SHORTEST)
        if len(spellings) < 2:
            continue
        spelling = drawn.choice(spellings)
        found = {
            other.entry.id: other.entry
            for other in places
            for key in other.keys
            if not (other.entry.id == place.entry.id and key == spelling) and sounds(spelling, key)
        }
        apart = [entry for entry in found.values() if not is_there(entry, place.entry)]
        if not found:
            yield "not found"
        elif len(apart) == len(found):
            yield "only another found" if len(apart) == 1 else "only others found"
        else:
            yield "found among others" if apart else "found alone"


def is_there(entry: Entry, other: Entry) -> bool:
    """Whether two entries are one place, or one is the district around the other."""
    gap = distance_km((entry.lat, entry.lon), (other.lat, other.lon))
    return gap <= max(entry.radius_km, other.radius_km, SAME_KM)


def strangers(
    country: str, places: list[Spelled], towns: list[tuple[str, Spelled]]
) -> Iterator[str]:
    """Whether towns of other countries are found in a country that has none of their names."""
    own = {key for place in places for key in place.keys}
    for home, town in towns:
        name = town.keys[0]
        if home == country or own & set(town.keys) or not name.isascii() or len(name) < SHORTEST:
            continue
        yield "found" if any(key.isascii() and sounds(name, key) for key in own) else "not found"


sound_of = cache(sound_key)


def sounds(one: str, other: str) -> bool:
    """Whether two spellings sound alike, by the measure of the gazetteer."""
    if sound_of(one) != sound_of(other):
        return False
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def told(counts: Counter[str]) -> str:
    """Counts in one line."""
    return ", ".join(f"{verdict} {counts[verdict]}" for verdict in sorted(counts))


if __name__ == "__main__":
    main()
