"""Blames in a sentence: who is said to have done it, or not, by whom, and how surely.

Nothing is a blame but a statement of one: a weapon implies nobody, gunmen are a party that is not
identified, and a passive without an agent says nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.codes import ActorType, Joint, Stance
from extractor.mentions.unreal import is_order
from extractor.readers.baseline.actors.finding import ActorPhrase
from extractor.readers.baseline.actors.masking import MaskedSentence, mask
from extractor.readers.baseline.blames.accusations import Accusation, find_accusations
from extractor.readers.baseline.blames.deeds import Deed, find_deeds, may_tell_deed
from extractor.readers.baseline.blames.silences import find_silences
from extractor.readers.baseline.subjects import subject_before
from extractor.readers.baseline.voicing import may_speak


@dataclass(frozen=True, kw_only=True)
class BlameMention:
    """A blame of one sentence; spans are in the sentence.

    `own_event` is true where the blame stands in the clause that tells the event, so that it needs
    no event before it to point back to.
    """

    accused: tuple[tuple[int, int], ...]
    kinds: tuple[ActorType, ...]
    joint: Joint
    speaker: tuple[int, int] | None
    stance: Stance
    start: int
    end: int
    about: str = ""
    """The words for what they are blamed for, as far as the sentence names it."""
    own_event: bool = False
    own_side: bool = False
    """Whether the teller calls the doers his own: "our troops", "its fighters"."""
    rule: str = ""
    """The rule that found it."""


@dataclass(frozen=True, kw_only=True)
class Agent:
    """Somebody said to be the doer without being identified: a party, no blame (R7)."""

    span: tuple[int, int]


_JUSTICE = frozenset({Stance.CHARGED, Stance.CONVICTED, Stance.CLEARED})


def find_blames(sentence: str) -> tuple[BlameMention, ...]:
    """Every blame of a sentence, in order; of two that overlap, the one of the surer rule."""
    if is_order(sentence):
        return ()
    found: list[BlameMention] = list(_unattributed(sentence))
    if not may_tell_deed(sentence):
        return tuple(found)
    masked = mask(sentence)
    for accusation in find_accusations(masked):
        _take(found, _accusation(masked, accusation))
    for deed in find_deeds(masked):
        _take(found, _told(masked, deed))
    return tuple(sorted(found, key=lambda blame: blame.start))


def _take(found: list[BlameMention], blame: BlameMention | None) -> None:
    if blame is None:
        return
    if any(_overlap(one, blame) for one in found):
        return
    if any(blame.stance is one.stance and set(blame.accused) & set(one.accused) for one in found):
        return
    found.append(blame)


_NOT_GUILTY = frozenset({Stance.DENIED, Stance.CLEARED})


def _overlap(one: BlameMention, other: BlameMention) -> bool:
    """Whether two blames stand in the same words.

    "The mayor blamed the front, which denied it": two blames that share only whom they are about.
    """
    start, end = max(one.start, other.start), min(one.end, other.end)
    if start >= end:
        return False
    opposite = (one.stance in _NOT_GUILTY) is not (other.stance in _NOT_GUILTY)
    return not (opposite and any(a <= start and end <= b for a, b in one.accused))


def _unattributed(sentence: str) -> Iterator[BlameMention]:
    for silence in find_silences(sentence):
        yield BlameMention(
            accused=(),
            kinds=(),
            joint=Joint.ALL,
            speaker=None,
            stance=silence.stance,
            start=silence.start,
            end=silence.end,
            rule=silence.stance.value,
        )


def _word_end(words: str, at: int) -> int:
    """Where the word ends that a place lies in: a rule may know only its beginning ("murder")."""
    while at < len(words) and at and words[at].isalnum() and words[at - 1].isalnum():
        at += 1
    return at


def _accusation(masked: MaskedSentence, found: Accusation) -> BlameMention | None:
    speaker = _who_speaks(masked.words, masked.origin(found.verb_at)) if found.verb_at else None
    if found.sayer is not None:
        sayer = tuple(masked.origin(at) for at in found.sayer)
        speaker = (sayer[0], sayer[1]) if may_speak(masked.words[slice(*sayer)]) else speaker
    kinds = [_kind(masked, actor, found.stance) for actor in found.accused]
    if any(kind is None for kind in kinds):
        return None
    hedged = found.stance is Stance.ACCUSED and any(actor.hedged for actor in found.accused)
    return BlameMention(
        accused=tuple(actor.name for actor in found.accused),
        kinds=tuple(kind for kind in kinds if kind is not None),
        joint=Joint.EITHER if found.either and len(found.accused) > 1 else Joint.ALL,
        speaker=speaker,
        stance=Stance.SUSPECTED if hedged else found.stance,
        start=masked.origin(found.start),
        end=_word_end(masked.words, masked.origin(found.end)),
        about=found.about,
        own_event=found.own_event,
        rule=found.rule,
    )


# "The governor condemned the murder and accused the front": the subject of the first verb speaks.
_FIRST_SUBJECT = re.compile(
    r"(?P<who>[^,.;:\"\u201c\u201d]{3,90}?),? (?:has |have |had |also |today |yesterday )*"
    r"(?:condemned|said|told|called|declared|described|deplored|regretted|denounced|rejected|denied"
    r"|expressed|reported|announced|repudiated|stated)\b"
)


# "The governor, Odo Brod, blamed the front": the title and the name.
_NAMED_SUBJECT = re.compile(
    r"(?:^|[.;:\"\u201d] )(?P<who>(?:The|A|An"
    r"|Its) [^,.;:\"\u201c\u201d]{3,60}, (?-i:[A-Z])[\w. -]{2,40}),"
    r"\s*$"
)
# "The opposition said it held the army responsible": the opposition.
_SAID_IT = re.compile(r",? (?:\w+ed|said|says|told \w+)(?: that)? (?:it|they|he|she)$")


def _who_speaks(sentence: str, at: int) -> tuple[int, int] | None:
    """The subject of a verb of accusing: its own, or that of the verb it goes on from."""
    span = subject_before(sentence, at)
    again = _SAID_IT.search(sentence, *span) if span else None
    if span and again:
        return span[0], again.start()
    apposed = _NAMED_SUBJECT.search(sentence, 0, at) if span is None else None
    if apposed and may_speak(apposed["who"]):
        return apposed.span("who")
    if span is not None or not sentence[:at].rstrip().endswith((" and", " but", " also")):
        return span
    first = _FIRST_SUBJECT.match(sentence, 0, at)
    return first.span("who") if first and may_speak(first["who"]) else None


def _kind(masked: MaskedSentence, actor: ActorPhrase, stance: Stance) -> ActorType | None:
    """The kind of somebody blamed by name; `None` for one who is not identified."""
    if actor.kind is not None and actor.kind is not ActorType.UNIDENTIFIED:
        return actor.kind
    words = masked.words[slice(*actor.name)]
    if stance in _JUSTICE:
        return ActorType.PRIVATE_PERSON
    if actor.kind is ActorType.UNIDENTIFIED:
        return None
    if re.search(r"\d", words) or re.match(r"(?:his|her)$", words, re.IGNORECASE):
        return None
    if stance is Stance.SELF_CLAIMED:
        return ActorType.REBEL_GROUP
    if actor.definite or words.isupper():
        return ActorType.UNIDENTIFIED
    return ActorType.PRIVATE_PERSON if len(words.split()) > 1 else ActorType.FOREIGN_STATE_FORCES


def _told(masked: MaskedSentence, deed: Deed) -> BlameMention | None:
    """A deed told of an identified doer; unidentified ones are parties, and nobody is blamed."""
    doers = [
        doer
        for doer in deed.doers
        if doer.kind is not None and (doer.kind is not ActorType.UNIDENTIFIED or deed.own)
    ]
    if not doers or len(doers) < len(deed.doers):
        return None
    named_doers = deed.hedged or deed.rule == "deed_work"  # "bandits were behind it"
    if not named_doers and all(_is_party(masked, doer) for doer in doers):
        return None
    return BlameMention(
        accused=tuple(doer.name for doer in doers),
        kinds=tuple(doer.kind for doer in doers if doer.kind),
        joint=Joint.EITHER if deed.either and len(doers) > 1 else Joint.ALL,
        speaker=None,
        stance=Stance.SUSPECTED if deed.hedged else Stance.STATED_AS_FACT,
        start=masked.origin(deed.start),
        end=_word_end(masked.words, masked.origin(deed.end)),
        own_event=True,
        own_side=deed.own,
        rule=deed.rule,
    )


def _is_party(masked: MaskedSentence, doer: ActorPhrase) -> bool:
    """Whether a doer is one of the nameless that take part without being blamed: "bandits".

    The first word of a sentence has a capital and is no name: "Cattle rustlers killed two".
    """
    if doer.kind not in (ActorType.GANG_OR_CARTEL, ActorType.RIOTERS):
        return False
    name = masked.words[slice(*doer.name)]
    opens = doer.name[0] == 0 and name[1:] == name[1:].lower()
    return not doer.named or opens


def find_unidentified(sentence: str) -> tuple[Agent, ...]:
    """Doers that are not identified: "gunmen opened fire", "killed by bandits"."""
    if not may_tell_deed(sentence):
        return ()
    masked = mask(sentence)
    spans = {
        doer.name
        for deed in find_deeds(masked)
        for doer in deed.doers
        if not deed.own
        and deed.rule != "deed_work"
        and (doer.kind is ActorType.UNIDENTIFIED or _is_party(masked, doer))
    }
    return tuple(Agent(span=span) for span in sorted(spans))
