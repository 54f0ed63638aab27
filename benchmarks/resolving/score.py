"""Score the resolvers on the blind cases beside this file, with counts and every case not right.

python benchmarks/resolving/score.py [places decoys dates numbers actors]
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from extractor.codes import PlaceLevel, PlaceMethod, PlaceRelation
from extractor.gazetteer import distance_km, name_key
from extractor.gazetteer.packed import open_packed
from extractor.numerals import Number, find_numbers, read_number
from extractor.resolve.actors import ResolvedActor, resolve_actor
from extractor.resolve.dates import resolve_date
from extractor.resolve.places import (
    PlaceMention,
    ResolvedPlace,
    UnresolvedPlace,
    main_countries,
    read_surroundings,
    resolve_place,
)
from extractor.resolve.tables import Tables, open_tables

HERE = Path(__file__).resolve().parent
NARROW_KM = 50.0
"""Largest radius that counts as an answer for a place that is none itself, such as a village."""
AREAS = (PlaceLevel.ADMIN3, PlaceLevel.ADMIN2, PlaceLevel.ADMIN1, PlaceLevel.REGION)

Case = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How one case came out."""

    verdict: str
    told: str


def main() -> None:
    """Score the sets named, or all, and print counts and the cases that are not right."""
    parser = argparse.ArgumentParser(description="Score the resolvers on the blind cases.")
    parser.add_argument("sets", nargs="*", default=[*SCORERS], help=f"of {', '.join(SCORERS)}")
    parser.add_argument("--quiet", action="store_true", help="counts only")
    arguments = parser.parse_args()
    tables = open_tables()
    for name in arguments.sets:
        files, score = SCORERS[name]
        for file in files:
            path = HERE / file
            if path.exists():
                marked = [(case, score(case, tables)) for case in read(path)]
                report(f"{name}: {file}", marked, arguments.quiet)


def read(path: Path) -> Iterator[Case]:
    """The cases of a file."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            yield json.loads(line)


def report(file: str, marked: list[tuple[Case, Mark]], quiet: bool) -> None:
    """Print the counts of a file, in whole and by tag, and what is not right."""
    tally = Counter(mark.verdict for _, mark in marked)
    counts = ", ".join(f"{verdict} {tally[verdict]}" for verdict in sorted(tally))
    sys.stdout.write(f"{file}: {len(marked)} cases: {counts}\n")
    if quiet:
        return
    tags = sorted({tag for case, _ in marked for tag in case.get("tags", ())})
    for tag in tags:
        of_tag = Counter(mark.verdict for case, mark in marked if tag in case["tags"])
        if of_tag.total() >= 5:
            told = ", ".join(f"{verdict} {of_tag[verdict]}" for verdict in sorted(of_tag))
            sys.stdout.write(f"  {tag}: {told}\n")
    for case, mark in marked:
        if not mark.verdict.startswith("right"):
            sys.stdout.write(f"  {case['id']} {mark.verdict}: {mark.told}\n")


def score_place(case: Case, tables: Tables) -> Mark:
    """A place: right at its own level, right within the stated radius, coarse, wrong, unresolved.

    "right: own" is a point as near as the case allows, of a radius that fits its kind. "right:
    inside" is a wider place of at most 50 km that holds the true point. "coarse" is a wider one
    still, and no answer.
    """
    text, name = case["text"], case["name_text"]
    at = text.find(name)
    found = resolve_place(
        PlaceMention(
            name_text=name,
            within_text=tuple(case["within_text"]),
            relation=PlaceRelation(case["relation"]),
            before=text[:at],
        ),
        gazetteer=tables.gazetteer,
        surroundings=read_surroundings(text, tables.gazetteer),
    )
    truth = case["expect"]
    if isinstance(found, UnresolvedPlace):
        return Mark(
            verdict="right: unresolved" if truth is None else "unresolved",
            told=f"{name!r}: {found.reason}",
        )
    told = f"{name!r} -> {place_told(found)}"
    if truth is None:
        stated = found.method is PlaceMethod.PARENT
        return Mark(verdict="right: only the parent" if stated else "wrong", told=told)
    gap = distance_km((found.lat, found.lon), (truth["lat"], truth["lon"]))
    told = f"{told}; true {truth['lat']}, {truth['lon']} ({truth['level']}), {gap:.1f} km off"
    is_area = PlaceLevel(truth["level"]) in (*AREAS, PlaceLevel.COUNTRY, PlaceLevel.WATERS)
    own = found.method is not PlaceMethod.PARENT or found.radius_km <= truth["tolerance_km"]
    if gap <= truth["tolerance_km"] and own and (is_area or found.radius_km <= NARROW_KM):
        return Mark(verdict="right: own", told=told)
    if gap <= found.radius_km:
        narrow = found.radius_km <= NARROW_KM
        return Mark(verdict="right: inside" if narrow else "coarse", told=told)
    return Mark(verdict="wrong", told=told)


def score_packaged(case: Case, _: Tables) -> Mark:
    """What the settlements of GeoNames alone give: the largest of the name in the true country."""
    truth = case["expect"]
    entries = open_packed().find(name_key(case["name_text"]))
    here = [one for one in entries if truth and truth["country"] in one.countries]
    settlements = sorted((one for one in here if not one.is_area), key=lambda one: -one.population)
    if not settlements:
        return Mark(verdict="right" if truth is None else "unresolved", told=case["name_text"])
    found = settlements[0]
    gap = distance_km((found.lat, found.lon), (truth["lat"], truth["lon"]))
    verdict = "right" if gap <= truth["tolerance_km"] else "wrong"
    return Mark(verdict=verdict, told=f"{case['name_text']!r}, {gap:.1f} km off")


def place_told(found: ResolvedPlace) -> str:
    """A resolved place in a few words."""
    return (
        f"{found.name} {found.lat:.3f}, {found.lon:.3f} within {found.radius_km:g} km "
        f"({found.level.value}, {found.method.value}; {', '.join(found.parents)})"
    )


def score_decoy(case: Case, tables: Tables) -> Mark:
    """A decoy is right if nothing is found, or only what it is said to lie in."""
    return score_place(case, tables)


def score_date(case: Case, _: Tables) -> Mark:
    """An expression: right with one of the intervals, abstained, or wrong."""
    found = resolve_date(
        case["expression"],
        date.fromisoformat(case["published"]),
        anchor=date.fromisoformat(case["anchor"]) if case["anchor"] else None,
    )
    told = f"{case['expression']!r} published {case['published']}, anchor {case['anchor']}"
    if found is None:
        return Mark(verdict="abstained" if case["accept"] else "right", told=told)
    days = [day.isoformat() if day else None for day in (found.start, found.end)]
    told = f"{told} -> {days} {found.precision.value}; true {case['accept']}"
    accepted = [(one["start"], one["end"]) for one in case["accept"] or ()]
    if tuple(days) not in accepted:
        return Mark(verdict="wrong", told=told)
    precise = {one["precision"] for one in case["accept"] if [one["start"], one["end"]] == days}
    exact = found.precision.value in precise
    return Mark(verdict="right" if exact else "right, precision differs", told=told)


def score_number(case: Case, _: Tables) -> Mark:
    """A figure's words, or all figures of a sentence: right, abstained or wrong."""
    readings = case["expect_any"] if "expect_any" in case else [case["expect"]]
    if case["kind"] == "phrase":
        number = read_number(case["text"])
        told = f"{case['text']!r} -> {_figure(number) if number else None}; true {readings}"
        if number is None:
            return Mark(verdict="right" if None in readings else "abstained", told=told)
        fits = any(reading is not None and _fits(number, reading) for reading in readings)
        return Mark(verdict="right" if fits else "wrong", told=told)
    found = [one.number for one in find_numbers(case["text"])]
    told = f"{case['text']!r} -> {[_figure(number) for number in found]}; true {readings}"
    for reading in readings:
        wanted: list[Case] = reading or []
        if len(found) == len(wanted) and all(map(_fits, found, wanted)):
            return Mark(verdict="right", told=told)
    return Mark(verdict="wrong", told=told)


def _figure(number: Number) -> str:
    return f"{number.text!r} [{number.lower}, {number.upper}] {number.qualifier.value}"


def _fits(number: Number, truth: Case) -> bool:
    bounds = (number.lower, number.upper, number.qualifier.value)
    if bounds != (truth["lower"], truth["upper"], truth["qualifier"]):
        return False
    unit = truth.get("unit")
    return unit is None or number.unit.value == unit


def score_actor(case: Case, tables: Tables) -> Mark:
    """A mention: right, unknown where it could be known, or wrong."""
    text = case["text"]
    found = resolve_actor(
        case["mention"],
        table=tables.actors,
        article=text,
        at=text.find(case["mention"]),
        likely=main_countries(read_surroundings(text, tables.gazetteer)),
        published=date.fromisoformat(case["published"]),
    )
    told = f"{case['mention']!r}; true {case['accept']}"
    if not isinstance(found, ResolvedActor):
        verdict = "unknown" if case["accept"] else "right: unknown"
        return Mark(verdict=verdict, told=f"{told}: {found.reason}")
    # A branch that the table composes ("XX.military.navy") is a part of the armed forces.
    ids = [found.id, found.id.rpartition(".")[0]] if found.id.count(".") == 2 else [found.id]
    names = {name_key(name) for actor_id in ids for name in _names_of(actor_id, tables)}
    names.add(name_key(found.name))
    fits = bool(names & {name_key(name) for name in case["accept"]})
    return Mark(verdict="right" if fits else "wrong", told=f"{told} -> {found.name} ({found.id})")


def _names_of(actor_id: str, tables: Tables) -> Iterator[str]:
    listed = tables.actors.actors.get(actor_id)
    if listed:
        yield from (listed.name, *listed.aliases)
    code, _, organ = actor_id.partition(".")
    state = tables.actors.states.get(code)
    if state and organ == "military":
        yield f"Armed Forces of {state.name}"


SCORERS: dict[str, tuple[tuple[str, ...], Callable[[Case, Tables], Mark]]] = {
    "places": (("places.jsonl", "places_after.jsonl"), score_place),
    "packaged": (("places.jsonl", "places_after.jsonl"), score_packaged),
    "decoys": (("decoys.jsonl",), score_decoy),
    "dates": (("dates_before.jsonl", "dates_after.jsonl"), score_date),
    "numbers": (
        (
            "numbers_before.jsonl",
            "numbers_after.jsonl",
            "numbers_last.jsonl",
            "numbers_fourth.jsonl",
        ),
        score_number,
    ),
    "actors": (("actors.jsonl",), score_actor),
}

if __name__ == "__main__":
    main()
