"""Place phrases in a sentence: the name, what it lies in, and how firmly it is the event's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache

from extractor.codes import PlaceRelation
from extractor.gazetteer import open_gazetteer
from extractor.readers.baseline.place_names import NAME, NamedPlace, read_place
from extractor.readers.baseline.place_vocabulary import (
    RELATIONS,
    Width,
    is_adjective,
    place_words,
    width_of_noun,
)
from extractor.readers.baseline.words import actor_type


class Tie(IntEnum):
    """How firmly a phrase tells the place of its sentence's event; the firmest comes first."""

    SETTING = 0
    """"in Brod", "a raid on Brod"."""
    HEADING = 1
    """A line of its own, or the first words of a piece of a round-up: "Brod/Sahl"."""
    LOOSE = 2
    """"seized from Brod", "the mayor of Brod", "a Brod home"."""
    AGENCY = 3
    """"Brod police": who handles the case."""


@dataclass(frozen=True, kw_only=True)
class PlacePhrase:
    """A place as a sentence tells it; `same` points back to the place told before."""

    at: int
    name: str
    within: tuple[str, ...] = ()
    relation: PlaceRelation = PlaceRelation.IN
    control: str | None = None
    same: bool = False
    of_the_city: bool = False
    city: str | None = None
    """The city that a part of it is named with: "the Old Town district of Basra"."""
    end: int = 0
    tie: Tie = Tie.SETTING
    width: Width | None = None
    """How wide the place is, if its words tell."""
    listed_at: int | None = None
    """For a further place of a list, where the first stands."""


def find_places(sentence: str, *, subjects: bool = False) -> tuple[PlacePhrase, ...]:
    """Every place phrase of a sentence in order, those of other matters left out.

    Args:
        sentence: running text in mixed case; a sentence in capitals gives no names.
        subjects: also take places without a preposition ("the Old Town district was hit").
    """
    if _is_shouted(sentence):
        return ()
    found: list[PlacePhrase] = []
    taken: list[tuple[int, int]] = []
    for start, end, phrases in _found(sentence, subjects=subjects):
        if any(s < end and start < e for s, e in taken):
            continue
        taken.append((start, end))
        found += phrases
    return tuple(sorted(found, key=lambda phrase: phrase.at))


def _is_shouted(sentence: str) -> bool:
    letters = [c for c in sentence if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.6 * len(letters)


_Found = tuple[int, int, tuple[PlacePhrase, ...]]


def _found(sentence: str, *, subjects: bool) -> Iterator[_Found]:
    """Place phrases with where they stand, the surest ways to tell a place first."""
    yield from _headings(sentence)
    yield from _distances(sentence)
    yield from _between(sentence)
    if subjects:
        yield from _subjects(sentence)
    yield from _after_prepositions(sentence)
    yield from _objects(sentence)
    yield from _houses(sentence)
    yield from _agencies(sentence)


@dataclass(frozen=True, kw_only=True)
class _Patterns:
    preposition: re.Pattern[str]
    distance: re.Pattern[str]
    struck: re.Pattern[str]
    suffered: re.Pattern[str]
    house: re.Pattern[str]
    agency: re.Pattern[str]
    heading: re.Pattern[str]
    line: re.Pattern[str]
    elsewhere: re.Pattern[str]
    speech: re.Pattern[str]
    event_on: re.Pattern[str]
    belonging: re.Pattern[str]
    there: re.Pattern[str]


_NEXT = (
    r"(?=(?:the |a |an |his |her |their |its |this |that |village |town |villages |block |barrio |colonia )"
    r"|[A-Z\u00c0-\u00de\u0130\u015a\u015e\u0160\"\u201c\d]|(?:al|el|as|ash|ar|az|an|ad|at|ed|er)-"
    r"|[a-z]+-(?:held|controlled|run)|[a-z]{4,12}(?:ern|ral|by|ly|ged|ed)? )"
)


_LONG_FIRST = ("near", "outskirts_of", "in", "loose")  # "in front of" is no "in"


@cache
def _patterns() -> _Patterns:
    words = place_words()
    every = "|".join(f"(?P<{name}>{words.prepositions[name]})" for name in _LONG_FIRST)
    elsewhere = "|".join(
        alternatives for name, alternatives in words.elsewhere.items() if name != "speech"
    )
    return _Patterns(
        preposition=re.compile(rf"\b(?i:{every}) (?:(?:and |about |around |just ))?{_NEXT}"),
        distance=re.compile(
            rf"(?<!the )\b(?:(?P<far>[\w.]+(?: and a half)?[ -]?(?:km|kms|kilomet\w+|miles?|met(?:er|re)s|m))"
            rf"\.? (?:to the )?(?:{words.direction} )?(?:of|from|outside|away from|off|up|down)"
            rf"|(?:{words.direction}) of) (?:downtown |central )?"
        ),
        struck=re.compile(
            rf"\b(?:(?P<only>{words.struck['places_only']})|(?P<any>{words.struck['any']})) "
        ),
        suffered=re.compile(
            rf"\b[Tt]he (?P<name>{NAME} (?i:{words.kind}))(?![\w-])"
            rf"(?:,? in the [\w ]{{0,30}}(?:city|town|province|district)(?: of {NAME})?,?)?"
            rf"(?= (?:was|were|has been|have been|had been|came) )"
        ),
        house=re.compile(
            rf"\b(?:[Aa]n?|[Tt]he|his|her|their|inside|in|at|of) (?:[a-z]+ ){{0,2}}(?P<name>{NAME}) "
            rf"(?:{words.houses}|\w+ (?:home|house|apartment))(?![\w-])"
        ),
        agency=re.compile(
            rf"\b(?P<name>{NAME})(?:['\u2019]s)? (?:County |Parish |City |District )?(?i:{words.agencies})(?!\w)"
        ),
        heading=re.compile(
            rf"(?:^|[-\u2013\u2014]) *(?P<name>{NAME}) ?/ ?(?P<within>{NAME})(?= [A-Z]|$)"
        ),
        line=re.compile(
            rf"\s*(?:\d{{1,2}}[/.)] )?(?:[A-Z]\w+day(?: \w+)?, )?(?P<name>{NAME})"
            rf"(?:, (?P<within>{NAME}(?: (?i:{words.kind}))?(?:, {NAME})?))?"
            r"(?:(?:, (?:\w+ of )?\d{1,2} \w+)?[.:]?\s*$|: (?=[a-z]))"
        ),
        elsewhere=re.compile(rf"\b(?i:{elsewhere})\b[^.;,:]{{0,70}}$"),
        speech=re.compile(
            rf"\b(?i:{words.elsewhere['speech']})(?: (?!that\b|the\b)[\w'\u2019]+){{0,3}}\s*$"
        ),
        event_on=re.compile(rf"\b(?i:{words.struck['on']})\s+$"),
        belonging=re.compile(rf"\b(?i:{words.belonging})\s+$"),
        there=re.compile(r"\b(?:there|at the scene|on the spot|in the area)\b"),
    )


# "Islamic State in Iraq and Syria" is the name of a group, and tells no place.
_GROUP = re.compile(r"\b(?:Islamic State|State of|Army|Front|Movement|Party)\s+$")
_AIMED = re.compile(
    r"\b(?i:(?<!was )(?<!were )(?<!been )(?:fired|shot|shooting)|aimed|looked|thrown|threw|shouted)\s+$"
)
_SEIZED = re.compile(
    r"\b(?i:arrest|abduct|kidnap|recover|seiz|detain|captur|rescu|held|freed|picked|took|taken|nabbed"
    r"|apprehend|found|launched|fired)\w*\b[^.;]{0,80}$"
)
_MEDICAL = re.compile(r"\b(?:[Hh]ospital|[Mm]edical|[Cc]linic|[Hh]ealth|[Tt]rauma)\b")
_CARED_FOR = re.compile(
    r"\b(?:died|dead|die|dies|condition|stable|critical(?:ly)?|injuries|wounds|listed|where (?:he|she"
    r"|they))\b[^.;]{0,60}$"
)
_ROAD = re.compile(r"\b(?i:road|highway|track|leading|way|bus|lorry|convoy|train|path|bound)\s+$")
_PERSON = re.compile(
    r"(?:[A-Z][\w.'\u2019-]+,?|\d,?|\b(?:man|woman|native|resident|boy|girl|m[ae]n))\s+$"
)
# "in a forest pocket of Sahl district", "on a stretch of Elm Road"
_PIECE = re.compile(r"\b(?:in|at|near|on|inside|from) (?:an? |the |some )?(?:[a-z-]+ ){1,3}$")
_BEHIND = 80  # characters in front of a phrase that tell what it is about
_FIRM = frozenset({"in", "near", "outskirts_of"})


def _after_prepositions(sentence: str) -> Iterator[_Found]:
    at = 0
    while match := _patterns().preposition.search(sentence, at):
        at = match.start() + 1
        kind = next(name for name, words in match.groupdict().items() if words)
        start = match.end(kind) + 1
        place = read_place(sentence, start) or (
            read_place(sentence, match.end()) if match.end() != start else None
        )
        if place is None:
            continue
        tie = _tie(sentence, match, kind, place)
        if tie is None:
            if kind in _FIRM:  # else the next preposition may tell more of what was passed over
                at = max(at, place.end)
                yield match.start(), place.end, ()
            continue
        at = max(at, place.end)
        yield match.start(), place.end, tuple(_phrases(place, RELATIONS[kind], tie))


def _tie(sentence: str, match: re.Match[str], kind: str, place: NamedPlace) -> Tie | None:
    """How firmly a phrase behind a preposition tells the event's place; `None` if not at all."""
    before = sentence[max(0, match.start() - _BEHIND) : match.start()]
    patterns, word = _patterns(), match[kind].lower()
    if _GROUP.search(before) or actor_type(place.name) is not None:
        return None
    if word == "at" and _AIMED.search(before) and not place.has_noun:
        return None
    if kind == "loose":
        return _loose_tie(before, word, place)
    if patterns.speech.search(before) or patterns.elsewhere.search(before):
        return None
    if _MEDICAL.search(place.name) and _CARED_FOR.search(before):
        return None
    if word == "on" and not place.has_noun:
        return Tie.SETTING if patterns.event_on.search(before) else None
    if word in ("off", "above") and _facility().search(before):
        return Tie.SETTING
    if word in ("by", "off", "above") and not place.has_noun and place.width is None:
        return Tie.LOOSE if word != "by" else None
    return Tie.SETTING


def _loose_tie(before: str, word: str, place: NamedPlace) -> Tie | None:
    patterns = _patterns()
    if place.points_back is not None:
        return None
    if word == "of":
        if patterns.elsewhere.search(before):
            return None
        told = patterns.belonging.search(before) or _facility().search(before)
        area = place.has_noun and place.width is not None and place.width >= Width.TOWN
        if area and _PIECE.search(before):
            return Tie.SETTING
        return Tie.LOOSE if told or (area and not _PERSON.search(before)) else None
    if patterns.elsewhere.search(before) and not _SEIZED.search(before):
        return None
    if word == "from":
        return Tie.LOOSE if _SEIZED.search(before) else None
    if word == "to":
        return Tie.LOOSE if _ROAD.search(before) else None
    if word in ("into", "through", "toward", "towards"):
        return Tie.LOOSE if place.has_noun or word == "into" else None
    if word == "against":
        return Tie.LOOSE if place.has_noun and patterns.event_on.search(before) else None
    return None


@cache
def _facility() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{place_words().kind}|lyc[e\u00e9]e|killings?|case)\s+$")


def _phrases(place: NamedPlace, relation: PlaceRelation, tie: Tie) -> Iterator[PlacePhrase]:
    if place.at_edge:
        relation = PlaceRelation.OUTSKIRTS_OF
    first = PlacePhrase(
        at=place.start,
        name=place.name,
        within=place.within,
        relation=relation,
        control=place.control,
        same=place.points_back is not None,
        of_the_city=place.part_of_city,
        city=place.owner,
        end=place.end,
        tie=tie,
        width=place.points_back if place.points_back is not None else place.width,
    )
    yield first
    for other in place.others:
        yield replace(
            first,
            at=other.start,
            name=other.name,
            city=None,
            end=other.end,
            width=other.width,
            listed_at=first.at,
        )


def _headings(sentence: str) -> Iterator[_Found]:
    """The places of a round-up: "Brod/Sahl In the same area …"; "Brod, Sahl province, 24 May."."""
    match = _patterns().heading.search(sentence) if "/" in sentence else None
    if match is not None:
        within: tuple[str, ...] = (match["within"],)
        yield match.start(), match.end(), (_heading(match, within),)
        return
    match = _patterns().line.match(sentence)
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


@cache
def _is_known(name: str) -> bool:
    """Whether the gazetteer has a place of this name: a line in capitals may be anything."""
    words = place_words()
    if words.no_start.match(name) or words.no_end.search(name) or actor_type(name):
        return False
    return bool(open_gazetteer().find(name))


def _distances(sentence: str) -> Iterator[_Found]:
    """ "20 km north of Brod", "east of Brod"."""
    for match in _patterns().distance.finditer(sentence):
        place = read_place(sentence, match.end())
        if place is None or place.points_back is not None or place.part_of_city:
            continue
        before = sentence[max(0, match.start() - _BEHIND) : match.start()]
        if _patterns().elsewhere.search(before):
            yield match.start(), place.end, ()
            continue
        yield (
            match.start(),
            place.end,
            tuple(
                _phrases(replace(place, others=()), PlaceRelation.DIRECTION_DISTANCE, Tie.SETTING)
            ),
        )


_BETWEEN = re.compile(r"\b[Bb]etween (?:the )?(?=[A-Z])")


def _between(sentence: str) -> Iterator[_Found]:
    """ "between Brod and Tal": both places; not "between Syria and Turkey" of two countries."""
    for match in _BETWEEN.finditer(sentence):
        place = read_place(sentence, match.end())
        if place is None or len(place.others) != 1 or place.width is Width.COUNTRY:
            continue
        yield (
            match.start(),
            place.end,
            tuple(_phrases(place, PlaceRelation.BETWEEN, Tie.SETTING)),
        )


def _subjects(sentence: str) -> Iterator[_Found]:
    """ "The Old Town district was hit"."""
    for match in _patterns().suffered.finditer(sentence):
        place = read_place(sentence, match.start())
        if place is not None and place.points_back is None:
            yield match.start(), place.end, tuple(_phrases(place, PlaceRelation.IN, Tie.SETTING))


def _objects(sentence: str) -> Iterator[_Found]:
    """ "Shells hit Tal Sahl village", "troops entered Brod"."""
    for match in _patterns().struck.finditer(sentence):
        place = read_place(sentence, match.end())
        if place is None or place.points_back is not None or actor_type(place.name):
            continue
        if match["any"] and not place.has_noun and place.width is None and not place.within:
            continue
        yield match.start(), place.end, tuple(_phrases(place, PlaceRelation.IN, Tie.SETTING))


def _houses(sentence: str) -> Iterator[_Found]:
    """ "his Kensington home", "the Brod checkpoint"."""
    for match in _patterns().house.finditer(sentence):
        name = match["name"]
        if is_adjective(name) or place_words().no_start.match(name) or actor_type(name):
            continue
        if place_words().no_end.search(name):
            continue
        phrase = PlacePhrase(at=match.start("name"), name=name, end=match.end(), tie=Tie.LOOSE)
        yield match.start("name"), match.end(), (phrase,)


_COUNTY = re.compile(r" (?:County|Parish|District)\b")


def _agencies(sentence: str) -> Iterator[_Found]:
    """ "Brod police", "Fayette County coroner"."""
    words = place_words()
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


def base_name(name: str) -> str | None:
    """The proper name within a place name: "eastern Aleppo district" has "Aleppo"."""
    match = re.search(rf"{NAME}", name)
    if match is None:
        return None
    words = match[0].split(" ")
    while len(words) > 1 and width_of_noun(words[-1]) is not None:
        words = words[:-1]
    return " ".join(words)


def nested(narrow: PlacePhrase, wide: PlacePhrase) -> PlacePhrase:
    """The narrow place, said to lie in what it lies in and in the wide one."""
    known = {word for name in narrow.within for word in name.split()} | {narrow.name}
    more = [name for name in (wide.name, *wide.within) if base_name(name) not in known]
    own = tuple(name for name in narrow.within if name not in wide.name.split())
    return replace(narrow, within=tuple(dict.fromkeys((*own, *more))))
