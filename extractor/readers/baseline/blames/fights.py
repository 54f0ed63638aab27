"""Fights: who takes part in a clash (R7).

Taking part is no blame: a clash says of neither side who hit whom, so that its sides are parties.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.codes import ActorType, Side
from extractor.readers.baseline.actors.finding import ActorPhrase
from extractor.readers.baseline.actors.masking import DOER, MaskedSentence, mask
from extractor.vocabulary import has_any, small


@dataclass(frozen=True, kw_only=True)
class Fighter:
    """One side of a clash; the span is in the sentence."""

    span: tuple[int, int]
    kind: ActorType
    side: Side


_CUES = (
    "clash",
    "fight",
    "fought",
    "battle",
    "combat",
    "skirmish",
    "confront",
    "shoot",
    "encounter",
)
_MORE_CUES = ("exchange", "crossfire", "engage")
_FIGHT = (
    r"\b(?:clash(?:es)?|fight(?:ing|s)?|battles?|combats?|skirmish(?:es)?|confrontations?"
    r"|firefights?|shoot-?outs?|gun ?battles?|gun ?fights?|encounters?|exchanges? of (?:\w+ )?fire"
    r"|crossfire|engagements?)"
)
_FOUGHT = (
    r"(?:clashed|skirmished|battled|fought|exchanged (?:gun)?fire|traded fire"
    r"|engaged in (?:\w+ ){0,3}"
    r"(?:combat|fighting|battles?|clashes))"
)
_SIDES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "Clashes broke out in Brod between the rebels and the army"
        rf"{_FIGHT}[^.;\ue000-\ue7ff]{{0,60}}? between (?:\w+ ){{0,3}}?(?P<a>{DOER})"
        rf"[^.;\ue000-\ue7ff]{{0,40}}? and (?:\w+ ){{0,3}}?(?P<b>{DOER})",
        # "Rebels clashed on Monday with troops of the 9th brigade"
        rf"(?P<a>{DOER})[^.;\ue000-\ue7ff]{{0,40}}? {_FOUGHT}[^.;\ue000-\ue7ff]{{0,40}}?"
        rf" (?:with |against )?(?:\w+ ){{0,2}}?(?P<b>{DOER})",
        # "Two soldiers died in a clash with rebels"
        rf"{_FIGHT} (?:with|against) (?:\w+ ){{0,3}}?(?P<b>{DOER})",
    )
)


def find_fighters(sentence: str) -> tuple[Fighter, ...]:
    """The sides of the clashes that a sentence tells of, each once."""
    words = small(sentence)
    if not (has_any(words, _CUES) or has_any(words, _MORE_CUES)):
        return ()
    found: dict[tuple[int, int], Fighter] = {}
    for fighter in _fighters(mask(sentence)):
        found.setdefault(fighter.span, fighter)
    return tuple(sorted(found.values(), key=lambda one: one.span))


def _fighters(masked: MaskedSentence) -> Iterator[Fighter]:
    for pattern in _SIDES:
        for match in pattern.finditer(masked.text):
            for field, side in (("a", Side.A), ("b", Side.B)):
                at = match.start(field) if field in pattern.groupindex else -1
                for actor in masked.among(at, at + 1):
                    yield from _fighter(actor, side)


def _fighter(actor: ActorPhrase, side: Side) -> Iterator[Fighter]:
    if actor.kind is not None:
        yield Fighter(span=actor.name, kind=actor.kind, side=side)
