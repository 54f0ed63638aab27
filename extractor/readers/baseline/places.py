"""Place phrases in a sentence: the name, what it lies in, and who is said to hold it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extractor.codes import PlaceRelation
from extractor.readers.baseline.words import setting_words

_CAP = r"[A-Z\u00c0-\u00de][\w'\u2019]*(?:-[\w'\u2019]+)*"
_PREFIXED = r"(?:al|el|as|ash|ar|az|an|ad|at|ed|er|en)-[A-Z][\w'\u2019]*(?:-[\w'\u2019]+)*"
_JOIN = r"(?:[ ](?:al|el|bin|de|del|la|las|los|do|da|dos|du|des|sur|of)[ ]|[ ])"
_WORD = rf"(?:{_PREFIXED}|(?!(?:IS|US|UN|EU|UK|NATO)\b){_CAP})"
_NAME = rf"{_WORD}(?:{_JOIN}{_WORD})*"
_DIRECTION = (
    r"(?:(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?|central|upper|lower|downtown"
    r"|greater|rural)"
)
_ADJECTIVES = (
    rf"(?:(?:{_DIRECTION}|old|historic|besieged|nearby|remote|coastal|mountainous|border)(?:[ -]))*"
)
_CONTROL = r"(?:(?P<control>[\w'\u2019-]+-(?:held|controlled|run|occupied|ruled|besieged)) )?"
_IN = r"(?P<prep>(?i:in|at|near|on|outside|around|inside|across|outside of|close to|just outside))"
_NO_PLACE = re.compile(
    r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day|^(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december|ramadan|islam|christmas|easter|eid|god|twitter|facebook"
    r"|telegram|english|arabic|islamic state|security council|general assembly)\b",
    re.IGNORECASE,
)
_DEMONYM = re.compile(r"(?:ian|ean|ese|ish|an|i)$")
_NOUN_FOLLOWS = re.compile(
    r" (?!(?:and|or|on|in|at|near|when|while|after|before|as|by|with|where|who|which|that"
    r"|said|for|to|from"
    r"|late|early|during|since|but|was|were|is|are|has|have|had|overnight|yesterday|today)\b)[a-z]"
)
_SPEECH = re.compile(
    r"\b(?:said|says|told|reported|announced|confirmed|added|speaking)(?: [\w'\u2019]+){0,4}\s*$",
    re.I,
)

# "Islamic State in Iraq and Syria" is the name of a group, and tells no place.
_GROUP = re.compile(r"\b(?:Islamic State|State of|Army|Front|Movement|Party)\s*$")


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


def find_places(sentence: str, *, subjects: bool = False) -> tuple[PlacePhrase, ...]:
    """Every place phrase of a sentence in order.

    Args:
        sentence: running text in mixed case; a sentence in capitals gives no names.
        subjects: also take places without a preposition ("the Old Town district was hit").
    """
    if _is_shouted(sentence):
        return ()
    found: list[PlacePhrase] = []
    taken: list[tuple[int, int]] = []
    for pattern in (*([_subject_pattern()] if subjects else []), *_patterns()):
        for match in pattern.finditer(sentence):
            phrase = _phrase(sentence, match)
            if phrase and not any(s < match.end() and match.start() < e for s, e in taken):
                found.append(phrase)
                taken.append(match.span())
    return tuple(sorted(found, key=lambda phrase: phrase.at))


def _is_shouted(sentence: str) -> bool:
    letters = [c for c in sentence if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.6 * len(letters)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    generic = setting_words().generic_places
    noun = rf"(?: (?:{generic}))?"
    within = (
        rf"(?P<within>(?:,? in (?:the )?{_ADJECTIVES}{_NAME}{noun}|, {_ADJECTIVES}{_NAME}{noun})*)"
    )
    return (
        re.compile(rf"\b(?P<same>the same (?:{generic}|place|spot|location))\b"),
        re.compile(
            rf"\b{_IN} the {_CONTROL}(?P<side>{_DIRECTION} (?:side|part|half|edge|outskirts"
            rf"|suburbs|districts)"
            rf" of (?P<of>the city|the town|the capital|{_NAME}))"
        ),
        re.compile(
            rf"\b{_IN} (?:the |a )?(?:\w+ly )?{_CONTROL}{_ADJECTIVES}(?:{generic}) of"
            rf" (?P<name>{_NAME}){within}"
        ),
        re.compile(
            rf"\b(?P<far>(?:\d+|\w+) ?(?:km|kilomet\w+|miles?) )?(?:{_DIRECTION}) of (?:the"
            rf" )?(?P<name>{_NAME}){within}"
        ),
        re.compile(
            rf"\b{_IN} (?:the )?(?:\w+ly )?{_CONTROL}(?:(?P<owner>{_WORD}(?:"
            rf" {_WORD})?)['\u2019]s? )?"
            rf"(?P<name>{_ADJECTIVES}{_NAME}{noun})(?: of (?P<city>{_NAME}))?{within}"
        ),
    )


@cache
def _subject_pattern() -> re.Pattern[str]:
    generic = setting_words().generic_places
    return re.compile(
        rf"\b[Tt]he (?P<name>{_NAME} (?:{generic}))"
        rf"(?P<within>(?:,? in (?:the )?{_ADJECTIVES}(?:{_NAME}(?: (?:{generic}))?))*)"
        rf"(?:,? in (?P<deep>the [\w ]{{0,30}}?{_CONTROL}{_DIRECTION} (?:side|part|half) of"
        rf" the (?:city|town)))?"
    )


def _phrase(sentence: str, match: re.Match[str]) -> PlacePhrase | None:
    parts = match.groupdict()
    if _SPEECH.search(sentence[: match.start()]) or _GROUP.search(sentence[: match.start()]):
        return None
    if parts.get("same"):
        return PlacePhrase(at=match.start("same"), name=parts["same"], same=True)
    relation = _relation(parts)
    if parts.get("side"):
        return PlacePhrase(
            at=match.start("side"),
            name=parts["side"],
            relation=relation,
            control=parts.get("control"),
            of_the_city=parts["of"].startswith("the "),
            within=() if parts["of"].startswith("the ") else (parts["of"],),
        )
    name = parts["name"]
    short = len(name) < 3 and sentence.startswith(".", match.end("name"))  # "U.S."
    if short or _NO_PLACE.match(name) or _is_adjective(sentence, name, match.end("name")):
        return None
    owner = (parts["owner"],) if parts.get("owner") else ()
    return PlacePhrase(
        at=match.start("name"),
        name=name,
        within=tuple(
            words
            for words in (parts.get("deep"), parts.get("city"), *_within(parts), *owner)
            if words
        ),
        relation=relation,
        control=parts.get("control"),
        of_the_city=bool(parts.get("deep")),
        city=parts.get("city"),
    )


def _is_adjective(sentence: str, name: str, end: int) -> bool:
    """Whether a name only describes the noun behind it: "in Syrian raids", "in Afghan custody"."""
    return _DEMONYM.search(name) is not None and _NOUN_FOLLOWS.match(sentence, end) is not None


def _within(parts: dict[str, str | None]) -> Iterator[str]:
    for piece in re.split(r",? in (?:the )?|, ", parts.get("within") or ""):
        if piece and not _NO_PLACE.match(piece):
            yield piece


def _relation(parts: dict[str, str | None]) -> PlaceRelation:
    words = (parts.get("prep") or "").lower()
    if "far" in parts:
        return PlaceRelation.DIRECTION_DISTANCE
    if words in ("near", "around", "close to"):
        return PlaceRelation.NEAR
    if "outside" in words or "outskirts" in (parts.get("side") or ""):
        return PlaceRelation.OUTSKIRTS_OF
    return PlaceRelation.IN


def base_name(name: str) -> str | None:
    """The proper name within a place name: "eastern Aleppo district" has "Aleppo"."""
    generic = setting_words().generic_places
    match = re.search(rf"(?P<name>{_NAME})(?: (?:{generic}))?$", name)
    return match["name"] if match else None


def nested(narrow: PlacePhrase, wide: PlacePhrase) -> PlacePhrase:
    """The narrow place, said to lie in what it lies in and in the wide one."""
    own = tuple(name for name in narrow.within if name not in wide.name.split())
    return replace(narrow, within=tuple(dict.fromkeys((*own, wide.name, *wide.within))))
