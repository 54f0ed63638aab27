"""Places told without a preposition: headings, distances, what was struck, homes and agencies."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, cached_property, lru_cache

from extractor.codes import PlaceRelation
from extractor.gazetteer import open_gazetteer
from extractor.readers.baseline.actors.finding import actor_type
from extractor.readers.baseline.places.phrase import PlacePhrase, phrases_of
from extractor.readers.baseline.places.spelling import NAME, WORD
from extractor.readers.baseline.places.tails import read_place
from extractor.readers.baseline.places.ties import Tie, is_elsewhere
from extractor.readers.baseline.places.vocabulary import (
    Width,
    is_adjective,
    place_words,
    width_of_noun,
)

Found = tuple[int, int, tuple[PlacePhrase, ...]]
"""Where phrases stand, and they; none where a place is told of something else."""


class _Patterns:
    """The patterns, each made when it is first asked for: most articles need few."""

    @cached_property
    def distance(self) -> re.Pattern[str]:
        words = place_words()
        return re.compile(
            rf"(?<!the )\b(?:(?P<far>[\w.]+(?: and a half)?[ -]?"
            r"(?:km|kms|kilomet\w+|miles?|met(?:er|re)s|m))"
            rf"\.? (?:to the )?(?:{words.direction} )?(?:of|from|outside|away from|off|up|down)"
            rf"|(?:{words.direction}) of) (?:downtown |central )?"
        )

    @cached_property
    def struck(self) -> re.Pattern[str]:
        words = place_words()
        return re.compile(
            rf"\b(?:(?P<only>{words.struck['places_only']})|(?P<any>{words.struck['any']})) "
        )

    @cached_property
    def suffered(self) -> re.Pattern[str]:
        words = place_words()
        return re.compile(
            rf"\b[Tt]he (?P<name>{NAME} (?i:{words.kind}))(?![\w-])"
            r"(?:,? in the [\w '\u2019-]{0,80}?(?:city|town|province|district)"
            rf"(?: of {NAME})?,?)?"
            rf"(?= (?:was|were|has been|have been|had been|came) )"
        )

    @cached_property
    def house(self) -> re.Pattern[str]:
        words = place_words()
        return re.compile(
            rf"\b(?:[Aa]n?|[Tt]he|his|her|their|inside|in|at|of) (?:[a-z]+ ){{0,2}}"
            rf"(?P<name>{NAME}) "
            rf"(?:{words.houses}|(?!family )\w+ (?:home|house|apartment))(?![\w-])"
        )

    @cached_property
    def agency(self) -> re.Pattern[str]:
        words = place_words()
        return re.compile(
            rf"\b(?P<name>{NAME})(?:['\u2019]s)? (?:County |Parish |City |District )?"
            rf"(?i:{words.agencies})(?!\w)"
        )

    @cached_property
    def heading(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:^|[-\u2013\u2014]) *(?P<name>{NAME}) ?/ ?(?P<within>{WORD})(?= [A-Z]|$)"
        )

    @cached_property
    def line(self) -> re.Pattern[str]:
        words = place_words()
        return re.compile(
            rf"\s*(?:\d{{1,2}}[/.)] )?(?:[A-Z]\w+day(?: \w+)?, )?(?P<name>{NAME})"
            rf"(?:, (?P<within>{NAME}(?: (?i:{words.kind}))?(?:, {NAME})?))?"
            r"(?:(?:, (?:\w+ of )?\d{1,2} \w+)?[.:]?\s*$|: (?=[a-z]))"
        )

    @cached_property
    def house_cue(self) -> re.Pattern[str]:
        words = place_words()
        return re.compile(rf" (?:{words.houses}|home|house|apartment)\b")

    @cached_property
    def agency_cue(self) -> re.Pattern[str]:
        words = place_words()
        return re.compile(rf"[ ](?i:{words.agencies})(?!\w)")

    @cached_property
    def distance_cue(self) -> re.Pattern[str]:
        return re.compile(r"\d|\b(?:km|kilomet|mile|met(?:er|re)s)")


@cache
def _patterns() -> _Patterns:
    return _Patterns()


# A longer word in small letters before the first comma or colon: running text, and no line of names
# ("Monday evening, Brod" may be one). It costs much less to see than that no line is there.
_RUNNING = re.compile(r"(?![^,:]*day)[^,:]*? [a-z]{4}")


def headings(sentence: str) -> Iterator[Found]:
    """The places of a round-up: "Brod/Sahl In the same area"; "Brod, Sahl province, 24 May"."""
    match = _patterns().heading.search(sentence) if "/" in sentence else None
    if match is not None:
        within: tuple[str, ...] = (match["within"],)
        yield match.start(), match.end(), (_heading(match, within),)
        return
    match = None if _RUNNING.match(sentence) else _patterns().line.match(sentence)
    if match is None or not _is_known(match["name"]):
        return
    within = tuple(name for name in (match["within"] or "").split(", ") if name)
    if not all(width_of_noun(name.split(" ")[-1]) or _is_known(name) for name in within):
        return
    yield match.start(), match.end(), (_heading(match, within),)


def _heading(match: re.Match[str], within: tuple[str, ...]) -> PlacePhrase:
    return PlacePhrase(
        at=match.start("name"),
        name=match["name"],
        within=within,
        relation=PlaceRelation.UNSPECIFIED,
        end=match.end(),
        tie=Tie.HEADING,
    )


@lru_cache(maxsize=4096)
def _is_known(name: str) -> bool:
    """Whether the gazetteer has a place of this name: a line in capitals may be anything."""
    words = place_words()
    if words.no_start.match(name) or words.no_end.search(name) or actor_type(name):
        return False
    return bool(open_gazetteer().find(name))


def distances(sentence: str) -> Iterator[Found]:
    """Such as "20 km north of Brod", "east of Brod"."""
    if " of " not in sentence and not _patterns().distance_cue.search(sentence):
        return
    for match in _patterns().distance.finditer(sentence):
        place = read_place(sentence, match.end())
        if place is None or place.points_back is not None or place.part_of_city:
            continue
        if is_elsewhere(sentence[: match.start()]):
            yield match.start(), place.end, ()
            continue
        yield (
            match.start(),
            place.end,
            tuple(
                phrases_of(replace(place, others=()), PlaceRelation.DIRECTION_DISTANCE, Tie.SETTING)
            ),
        )


_BETWEEN = re.compile(r"\b[Bb]etween (?:the )?(?=[A-Z])")


def between(sentence: str) -> Iterator[Found]:
    """Both places of "between Brod and Tal"; none of "between Syria and Turkey", two countries."""
    for match in _BETWEEN.finditer(sentence):
        place = read_place(sentence, match.end())
        if place is None or len(place.others) != 1 or place.width is Width.COUNTRY:
            continue
        yield (
            match.start(),
            place.end,
            tuple(phrases_of(place, PlaceRelation.BETWEEN, Tie.SETTING)),
        )


def subjects(sentence: str) -> Iterator[Found]:
    """Such as "The Old Town district was hit"."""
    for match in _patterns().suffered.finditer(sentence):
        place = read_place(sentence, match.start("name"))
        if place is not None and place.points_back is None:
            yield match.start(), place.end, tuple(phrases_of(place, PlaceRelation.IN, Tie.SETTING))


def objects(sentence: str) -> Iterator[Found]:
    """Such as "Shells hit Tal Sahl village", "troops entered Brod"."""
    for match in _patterns().struck.finditer(sentence):
        place = read_place(sentence, match.end())
        if place is None or place.points_back is not None or actor_type(place.name):
            continue
        if match["any"] and not place.has_noun and place.width is None and not place.within:
            continue
        yield match.start(), place.end, tuple(phrases_of(place, PlaceRelation.IN, Tie.SETTING))


def houses(sentence: str) -> Iterator[Found]:
    """Such as "his Kensington home", "the Brod checkpoint"."""
    if not _patterns().house_cue.search(sentence):
        return
    for match in _patterns().house.finditer(sentence):
        name = match["name"]
        if is_adjective(name) or place_words().no_start.match(name) or actor_type(name):
            continue
        if place_words().no_end.search(name):
            continue
        phrase = PlacePhrase(at=match.start("name"), name=name, end=match.end(), tie=Tie.LOOSE)
        yield match.start("name"), match.end(), (phrase,)


_COUNTY = re.compile(r" (?:County|Parish|District)\b")


def agencies(sentence: str) -> Iterator[Found]:
    """Such as "Brod police", "Fayette County coroner"."""
    words = place_words()
    if not _patterns().agency_cue.search(sentence):
        return
    for match in _patterns().agency.finditer(sentence):
        end = match.end("name")
        county = _COUNTY.match(sentence, end)
        name = sentence[match.start("name") : county.end() if county else end]
        if words.not_agencies.fullmatch(name.split(" ")[-1]) or is_adjective(name):
            continue
        if words.no_start.match(name) or words.no_end.search(name):
            continue
        yield (
            match.start(),
            match.end(),
            (
                PlacePhrase(
                    at=match.start("name"),
                    name=name,
                    relation=PlaceRelation.UNSPECIFIED,
                    end=match.end(),
                    tie=Tie.AGENCY,
                    width=width_of_noun(name.split(" ")[-1]),
                ),
            ),
        )
