"""Voicing: who can be a speaker, of which kind, and who of them is a side of the fighting."""

import re

from extractor.codes import SpeakerType
from extractor.readers.baseline.words import is_described_person, speaker_type
from extractor.wire import WireSpeaker


def is_kind_of_speaker(description: str) -> bool:
    """Whether a description names a known kind of speaker."""
    return speaker_type(description) is not SpeakerType.OTHER


def is_known_speaker(description: str) -> bool:
    """Whether a description is one of a kind of speaker, or of a person or body that can speak."""
    return is_kind_of_speaker(description) or is_described_person(description)


def wire_speaker(
    description: str, *, sides: frozenset[SpeakerType], via: str | None = None
) -> WireSpeaker:
    """A speaker as an answer has it; `sides` are the kinds of speakers that fight."""
    kind = speaker_type(description)
    return WireSpeaker(name_text=description, type=kind, via_text=via, is_party=kind in sides)


# "In a", "Our page", "It names": a piece of the sentence, whatever capital it begins with.
_NO_NAME = re.compile(
    r"(?:in|at|on|our|for|by|as|of|from|with|it|this|that|these|those|there|output|what)\b", re.I
)


def may_speak(description: str) -> bool:
    """Whether a description can be a speaker's: of a known kind, with a name, or of a person."""
    if _NO_NAME.match(description):
        return False
    return (
        is_kind_of_speaker(description)
        or any(map(str.isupper, description))
        or is_described_person(description)
    )


ARTICLE_VOICE = WireSpeaker(
    name_text=None, type=SpeakerType.ARTICLE_VOICE, via_text=None, is_party=False
)
UNNAMED = WireSpeaker(name_text=None, type=SpeakerType.UNKNOWN, via_text=None, is_party=False)

_STATE_FIGHTS = re.compile(
    r"\b(?:government|regime|army|military|state|president\w*)(?:'s|\u2019s)?[ -](?:forces"
    r"|troops|soldiers|offensive"
    r"|air ?strikes?|shelling|warplanes|jets|assault|attack|bombardment|held|controlled"
    r"|allied|backed|onslaught|raids?)"
    r"|\b(?:army|troops|soldiers|warplanes|security forces|armed forces) (?:\w+"
    r" ){0,2}(?:killed|shelled|attacked|clashed|fought"
    r"|bombed|stormed|opened fire|raided|struck|captured|advanced|battled)"
    r"|\b(?:fired|launched|dropped|killed|shelled|bombed|carried out) by (?:the )?"
    r"(?:government|regime"
    r"|army|military|security forces|armed forces|troops|soldiers)\b"
    r"|\b(?:rebels?|insurgents?|militants?|guerrillas?|opposition fighters?|taliban"
    r"|islamic state)\b",
    re.IGNORECASE,
)


def fighting_speakers(text: str) -> frozenset[SpeakerType]:
    """Which kinds of speakers are organs of a side, in an article of this text.

    Armies and armed groups always are; a government and its media are where the article shows the
    state fighting, not where police deal with a crime.
    """
    sides = {SpeakerType.MILITARY, SpeakerType.ARMED_GROUP}
    if _STATE_FIGHTS.search(text):
        sides |= {SpeakerType.GOVERNMENT, SpeakerType.STATE_MEDIA}
    return frozenset(sides)
