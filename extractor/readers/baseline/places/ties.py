"""Ties: how firmly a place phrase tells where the event of its sentence happened."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from extractor.readers.baseline.actors.finding import actor_type
from extractor.readers.baseline.places.names import NamedPlace
from extractor.readers.baseline.places.vocabulary import Width, place_words


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


# "Islamic State in Iraq and Syria" is the name of a group, and tells no place.
_GROUP = re.compile(r"\b(?:Islamic State|State of|Army|Front|Movement|Party)\s+$")
_AIMED = re.compile(
    r"\b(?i:(?<!was )(?<!were )(?<!been )(?:fired|shot|shooting)|aimed|looked|thrown|threw"
    r"|shouted)\s+$"
)
_SEIZED = re.compile(
    r"\b(?i:arrest|abduct|kidnap|recover|seiz|detain|captur|rescu|held|freed|picked|took|taken|nabbed"
    r"|apprehend|found|launched|fired)\w*\b[^.;]{0,80}$"
)
_MEDICAL = re.compile(r"\b(?:[Hh]ospital|[Mm]edical|[Cc]linic|[Hh]ealth|[Tt]rauma)\b")
_CARED_FOR = re.compile(
    r"\b(?:died|dead|die|dies|condition|stable|critical(?:ly)?|injuries|wounds|listed"
    r"|where (?:he|she|they))\b[^.;]{0,60}$"
)
_ROAD = re.compile(r"\b(?i:road|highway|track|leading|way|bus|lorry|convoy|train|path|bound)\s+$")
_PERSON = re.compile(
    r"(?:[A-Z][\w.'\u2019-]+,?|\d,?|\b(?:man|woman|native|resident|boy|girl|m[ae]n))\s+$"
)
# "in a forest pocket of Sahl district", "on a stretch of Elm Road"
_PIECE = re.compile(r"\b(?:in|at|near|on|inside|from) (?:an? |the |some )?(?:[a-z-]+ ){1,3}$")
BEHIND = 80  # characters in front of a phrase that tell what it is about


@dataclass(frozen=True, kw_only=True)
class _Patterns:
    elsewhere: re.Pattern[str]
    speech: re.Pattern[str]
    event_on: re.Pattern[str]
    belonging: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = place_words()
    elsewhere = "|".join(
        alternatives for name, alternatives in words.elsewhere.items() if name != "speech"
    )
    return _Patterns(
        elsewhere=re.compile(rf"\b(?i:{elsewhere})\b[^.;,:]{{0,70}}$"),
        speech=re.compile(
            rf"\b(?i:{words.elsewhere['speech']})(?: (?!that\b|the\b)[\w'\u2019]+){{0,3}}\s*$"
        ),
        event_on=re.compile(rf"\b(?i:{words.struck['on']})\s+$"),
        belonging=re.compile(rf"\b(?i:{words.belonging})\s+$"),
    )


def is_elsewhere(before: str) -> bool:
    """Whether the text in front of a place tells of something else there: a life, a plan, care.

    Not where the clause comes back to the deed: "a man wanted for murder was seized in Brod".
    """
    told = _patterns().elsewhere.search(before[-BEHIND:])
    return told is not None and _DONE.search(told[0]) is None


# What was done stands between the words of something else and the place.
_DONE = re.compile(
    r"^(?!.*\b(?:which|that|whom|where|when|who (?:was|were|had))\b).*"
    r"(?:\b(?i:was|were|is|are|been|being|and|then) (?:\w+ly |also |later |both |all |then ){0,2}"
    r"(?:shot and )?(?i:detained|captured|arrested|apprehended|nabbed|caught|rounded|killed|shot"
    r"|gunned|stabbed|hacked|beaten|attacked|ambushed|abducted|kidnapped|seized|wounded|injured"
    r"|found|intercepted|stopped|struck|hit|blown|murdered|assassinated|executed|beheaded)\b"
    r"|\b(?i:during|following|after|in|by|when|while) [^.;]{0,40}\b(?i:operations?|raids?"
    r"|strikes?|search(?:es)?|firefight|gun ?battle|clash(?:es)?|encounters?|attacks?|ambush"
    r"|shooting|shootout|blast|explosion|exchange of (?:gun)?fire|engagement|patrol|bombing)\b)"
    r"[^.;]{0,40}$"
)


def tie_of(before: str, word: str, place: NamedPlace, *, is_loose: bool) -> Tie | None:
    """How firmly a place behind a preposition tells the event's place; `None` if not at all.

    Args:
        before: the text in front of the preposition.
        word: the preposition in small letters.
        place: what stands behind it.
        is_loose: whether the preposition tells a place only with what stands before it ("from").
    """
    before, patterns = before[-BEHIND:], _patterns()
    area = place.has_noun and place.width is not None and place.width >= Width.DISTRICT
    if _GROUP.search(before) or (not area and actor_type(place.name) is not None):
        return None
    if word == "at" and _AIMED.search(before) and not place.has_noun:
        return None
    if is_loose:
        return _loose_tie(before, word, place)
    if patterns.speech.search(before) or is_elsewhere(before):
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
        if is_elsewhere(before):
            return None
        told = patterns.belonging.search(before) or _facility().search(before)
        area = place.has_noun and place.width is not None and place.width >= Width.TOWN
        if area and _PIECE.search(before):
            return Tie.SETTING
        return Tie.LOOSE if told or (area and not _PERSON.search(before)) else None
    if is_elsewhere(before) and not _SEIZED.search(before):
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
