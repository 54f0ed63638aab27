"""Accusing: whose statement a blame is, and what it then amounts to (R7).

A flat assertion is a fact only in the article's own voice. A named speaker's is an accusation, or
the side's own account where it tells what its own forces did.
"""

import re
from dataclasses import dataclass

from extractor.codes import ActorType, SpeakerType, Stance
from extractor.readers.baseline.actors.finding import actor_type, is_state_adjective
from extractor.readers.baseline.blames.finding import BlameMention
from extractor.readers.baseline.speakers import is_quoted
from extractor.readers.baseline.subjects import subject_before
from extractor.readers.baseline.voicing import ARTICLE_VOICE, UNNAMED, may_speak, wire_speaker
from extractor.wire import WireActor, WireSpeaker


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A blame as one speaker makes it."""

    speaker: WireSpeaker
    stance: Stance
    accused: tuple[WireActor, ...]


_SPEAKS_AS = {
    ActorType.REBEL_GROUP: SpeakerType.ARMED_GROUP,
    ActorType.MILITIA: SpeakerType.ARMED_GROUP,
    ActorType.GANG_OR_CARTEL: SpeakerType.ARMED_GROUP,
    ActorType.MERCENARIES: SpeakerType.ARMED_GROUP,
    ActorType.POLICE: SpeakerType.POLICE,
    ActorType.STATE_FORCES: SpeakerType.MILITARY,
    ActorType.FOREIGN_STATE_FORCES: SpeakerType.MILITARY,
}
_FORCES_OF = {
    SpeakerType.ARMED_GROUP: frozenset(
        {ActorType.REBEL_GROUP, ActorType.MILITIA, ActorType.GANG_OR_CARTEL}
    ),
    SpeakerType.MILITARY: frozenset({ActorType.STATE_FORCES, ActorType.FOREIGN_STATE_FORCES}),
    SpeakerType.POLICE: frozenset({ActorType.POLICE}),
}
_OWN_KIND = {
    SpeakerType.ARMED_GROUP: ActorType.REBEL_GROUP,
    SpeakerType.POLICE: ActorType.POLICE,
}
_IS_A_DEED = re.compile(
    r"\b(?:strikes?|raids?|attacks?|shelling|bomb(?:ing|ardment)s?|blasts?|explosions?|fire"
    r"|missiles?|rockets?|drones?|operations?|clashes|offensive)$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:it|its|they|he|she|we|his|her|their|them)$", re.IGNORECASE)
_NOBODYS = frozenset({Stance.SAID_UNKNOWN, Stance.NOBODY_CLAIMED})
_DENIES_FOR = frozenset({"did_not", "not_involved", "alibi"})
"""Rules of denials whose clause may be another's: "the army said the rebels had no hand in it"."""
_SPEAKS = frozenset({"claimed", "denied", "called_a_lie", "innocent"})
"""Rules in which those whom it is about say so."""
_SELF = _DENIES_FOR | _SPEAKS | {"claimed_by", "claimed_for", "claimed_in_name"}
_NEEDS_A_SPEAKER = frozenset({"identity", "it_was", "came_from"})
"""Rules of clauses that the article itself may tell as they are."""


def state(
    words: str, mention: BlameMention, voice: WireSpeaker, *, sides: frozenset[SpeakerType]
) -> Statement | None:
    """What a blame of a sentence amounts to in a voice; empty where it is not told whose it is."""
    accused = tuple(
        WireActor(name_text=words[slice(*span)], type=kind)
        for span, kind in zip(mention.accused, mention.kinds, strict=True)
    )
    if any(_IS_A_DEED.search(actor.name_text) for actor in accused):
        return None  # "US-led air strikes killed nine" names no actor for itself
    if voice.type is SpeakerType.ARTICLE_VOICE and is_quoted(words, mention.start):
        voice = UNNAMED  # somebody's words, and never the article's own
    if mention.stance in _NOBODYS and voice == UNNAMED and not is_quoted(words, mention.start):
        voice = ARTICLE_VOICE  # "no one has said who did it": nobody is cited for that
    told = voice.type is not SpeakerType.ARTICLE_VOICE
    if mention.rule in _SELF and accused:
        return _of_oneself(words, mention, accused, voice, sides=sides)
    if mention.speaker is not None:
        name = words[slice(*mention.speaker)].strip()
        speaker = wire_speaker(name, sides=sides) if may_speak(name) else UNNAMED
        return Statement(speaker=speaker, stance=mention.stance, accused=accused)
    if mention.stance is Stance.STATED_AS_FACT:
        if told and any(_own(voice, actor, mention) for actor in accused):
            kind = _OWN_KIND.get(voice.type, ActorType.STATE_FORCES)
            own = tuple(
                actor.model_copy(update={"type": kind})
                if actor.type is ActorType.UNIDENTIFIED
                else actor
                for actor in accused
            )
            return Statement(speaker=voice, stance=Stance.SELF_CLAIMED, accused=own)
        if any(actor.type is ActorType.UNIDENTIFIED for actor in accused):
            return None  # "his men" of somebody who is not known
        if told and any(_same_actor(voice, actor) for actor in accused):
            return None  # nobody accuses his own side
        if mention.rule == "deed_foiled" and not told:
            return None  # only those who foiled it tell what it was to be
        stance = Stance.ACCUSED if told else Stance.STATED_AS_FACT
        return Statement(speaker=voice, stance=stance, accused=accused)
    if mention.stance is Stance.ACCUSED and not told and mention.rule in _NEEDS_A_SPEAKER:
        return Statement(speaker=voice, stance=Stance.STATED_AS_FACT, accused=accused)
    if mention.stance is Stance.ACCUSED and not told:
        return Statement(speaker=UNNAMED, stance=mention.stance, accused=accused)
    return Statement(speaker=voice, stance=mention.stance, accused=accused)


def _of_oneself(
    words: str,
    mention: BlameMention,
    accused: tuple[WireActor, ...],
    voice: WireSpeaker,
    *,
    sides: frozenset[SpeakerType],
) -> Statement | None:
    """A claim or denial: those whom it is about speak, unless another speaks for them."""
    name = accused[0].name_text
    if mention.rule in _DENIES_FOR and voice.type is SpeakerType.ARTICLE_VOICE:
        return None  # the article itself tells what did not happen: nobody denies
    if mention.rule in _DENIES_FOR or (_PRONOUN.match(name) and voice != ARTICLE_VOICE):
        return Statement(speaker=voice, stance=mention.stance, accused=accused)
    speaker = _speaker_named(name, accused[0].type, sides=sides)
    if mention.rule == "claimed_in_name":
        start, end = mention.accused[0]
        caller = _CALLER.search(words, max(0, start - _CALLER_REACH), start)
        if caller:
            whole = words[caller.start() : end]
            speaker = _speaker_named(whole, accused[0].type, sides=sides)
            speaker = speaker.model_copy(update={"type": SpeakerType.ARMED_GROUP})
    if mention.rule == "claimed_for" and mention.speaker is not None:
        caller = words[slice(*mention.speaker)]
        speaker = _speaker_named(caller, accused[0].type, sides=sides)
        speaker = speaker.model_copy(update={"type": SpeakerType.ARMED_GROUP})
    end = mention.accused[0][1]
    if mention.rule in _SPEAKS and not _WHICH.match(words, end):
        whole = subject_before(words, end)
        if whole is not None and whole[0] < mention.accused[0][0] and whole[1] >= end:
            speaker = _speaker_named(words[slice(*whole)], accused[0].type, sides=sides)
    return Statement(speaker=speaker, stance=mention.stance, accused=accused)


# "The governor blamed the front, which denied it": the front alone speaks.
_WHICH = re.compile(r",? (?:which|who)\b")
# "A caller speaking for the front rang a station": the caller, in its name.
_CALLER = re.compile(
    r"\b(?:an?|the|one|some(?:one|body)|another)\b(?: [\w-]+){0,4}?,? (?:who )?(?:speaking|spoke"
    r"|speaks|talking|calling|phoning|claiming|said to)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
_CALLER_REACH = 100  # characters


def _speaker_named(name: str, kind: ActorType, *, sides: frozenset[SpeakerType]) -> WireSpeaker:
    speaker = wire_speaker(name, sides=sides)
    if speaker.type in (SpeakerType.OTHER, SpeakerType.UNKNOWN):
        as_kind = _SPEAKS_AS.get(kind, SpeakerType.OTHER)
        return speaker.model_copy(update={"type": as_kind, "is_party": as_kind in sides})
    return speaker


def _own(voice: WireSpeaker, actor: WireActor, mention: BlameMention) -> bool:
    """Whether a speaker tells of his own side's deed."""
    if voice.type in (SpeakerType.WITNESS_OR_RESIDENT, SpeakerType.RELATIVE):
        return False
    if mention.own_side:
        return True
    if actor.type not in _FORCES_OF.get(voice.type, ()):
        return False
    named = _capitals(actor.name_text, opens=mention.accused[0][0] == 0)
    spoken = _capitals(voice.name_text or "")
    if voice.type is SpeakerType.ARMED_GROUP:
        return bool(named & spoken)
    return not named or bool(named & spoken)


def _same_actor(voice: WireSpeaker, actor: WireActor) -> bool:
    """Whether a speaker and an actor are called alike: "the rebels" say, "rebel fire"."""
    return _bare(voice.name_text or "") == _bare(actor.name_text)


def _bare(name: str) -> str:
    return name.lower().removeprefix("the ").removesuffix("s")


def _capitals(name: str, *, opens: bool = False) -> frozenset[str]:
    """The words of a proper name in a description; the first of a sentence has its capital anyway.

    "Border guards shot eleven": no name. "Israeli soldiers": one, as an adjective of a state is.
    """
    words = re.findall(r"[\w'\u2019-]+", name)
    told = {word.lower() for word in words[1:] if word[0].isupper()}
    first = words[0] if words else ""
    ordinary = opens and first[1:].islower() and not is_state_adjective(first)
    if ordinary or first.lower() in _OPENINGS:
        return frozenset(told)
    if first[:1].isupper() and actor_type(first) is None:
        told.add(first.lower())
    return frozenset(told)


_OPENINGS = frozenset(
    {"the", "a", "an", "its", "his", "their", "our", "some", "three", "two", "several"}
)
