"""Accusations, claims and denials: sentences that say of somebody that he did it, or did not.

A deed is told; an accusation is said. The words here name the act of saying: blaming, suspecting,
claiming, denying, charging, acquitting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.codes import Stance
from extractor.readers.baseline.actors.finding import ActorPhrase
from extractor.readers.baseline.actors.masking import ANYBODY, NAMED, MaskedSentence
from extractor.readers.baseline.blames.rules import AccusationRule, accusation_rules
from extractor.vocabulary import has_any


@dataclass(frozen=True, kw_only=True)
class Accusation:
    """An act of blaming or its contrary; offsets are in the masked text."""

    accused: tuple[ActorPhrase, ...]
    either: bool
    stance: Stance
    start: int
    end: int
    verb_at: int | None
    """Where the verb stands whose subject speaks; empty if the accused or nobody does."""
    about: str
    own_event: bool
    rule: str


_BY_SUBJECT = frozenset({"claimed", "denied", "did_not", "was_blamed", "is_suspected"})
_OWNED = re.compile(
    r"\b(?:in|at|on|to|from|near|against|with|into|by|than|around|inside)\s*$", re.I
)
# "Fighting against the rebels, who claimed the attack": the rebels do.
_WHO = re.compile(r",? (?:which|who) ")
# "The attackers were soldiers": those who did it, and not just "two of the men".
_DID_IT = re.compile(r"\b(?:attackers|assailants|killers|murderers|kidnappers|assassins)$", re.I)
# "A leaflet signed by the front claims the attack": the front speaks.
_SIGNED = re.compile(r"\b(?:signed|sent|issued|released|written|read) (?:out )?by\s*$", re.I)
# "The warden, who has accused the front of several murders, was shot": another event, told of him.
_HAS_ONCE = re.compile(
    r"\bwho (?:(?:has|have|had) (?:\w+ly |often |long |since |also |once )?|(?:once|often|long) )$",
    re.IGNORECASE,
)
_THIS = re.compile(
    r"\b(?:of|in) (?:\w+ly )?(?:\w+ing )?(?:the|this|that|it|them|\w+day['\u2019]s)\b",
    re.IGNORECASE,
)
_FIELDS = ("who", "who2", "who3", "who4", "who5")
_UNREAL = re.compile(
    r"\b(?:not|never|could|would|may|might|if|whether|to|no one has|nobody has|n['\u2019]t"
    r"|refused to|declined to"
    r"|without)(?: be| been| have| \w+ly)?\s*$",
    re.IGNORECASE,
)
# "The last burrow is cleared", "cleared a building": only persons are cleared of a deed.
_IS_PERSON = re.compile(
    rf"{ANYBODY}|\b(?:m[ae]n|wom[ae]n|accused|defendants?|suspects?|officers?|soldiers?"
    r"|brothers?|imam|priest|driver"
    r"|youths?|boys?|him|his|her|leaders?|members?|policem[ae]n|others?|cousins?|friends?"
    r"|students?|\d+|two|three|four)\b",
    re.IGNORECASE,
)
_NO_DEED = re.compile(
    r"\b(?:drug|corruption|theft|fraud|tax|traffick\w+|contempt|bribery|weapons? possession)\b",
    re.I,
)


def find_accusations(masked: MaskedSentence) -> Iterator[Accusation]:
    """Every accusation of a sentence and its contraries, in the order of the rules."""
    low = masked.text.lower()
    for rule in accusation_rules():
        if not has_any(low, rule.cues):
            continue
        for match in rule.pattern.finditer(masked.text):
            found = _accusation(masked, match, rule)
            if found is not None:
                yield found


def _accusation(
    masked: MaskedSentence, match: re.Match[str], told: AccusationRule
) -> Accusation | None:
    rule, stance, own_event = told.name, told.stance, told.own_event
    parts = match.groupdict()
    field = next((name for name in _FIELDS if parts.get(name)), None)
    verb = next((name for name in ("verb", "verb2", "verb3") if parts.get(name)), None)
    if field is None:
        return None
    at = match.start(verb) if verb else match.start()
    before = masked.text[max(0, at - 40) : at]
    owned = _OWNED.search(masked.text, max(0, match.start() - 12), match.start())
    if (
        rule in _BY_SUBJECT
        and owned
        and not _WHO.match(masked.text, match.start() + 1)
        and not (rule == "claimed" and _SIGNED.search(masked.text[: match.start()][-30:]))
    ):
        return None
    if rule == "identified" and not _DID_IT.search(
        masked.words[: masked.origin(match.start() + 1)]
    ):
        return None
    if rule == "accused_of" and _HAS_ONCE.search(before) and not _THIS.search(match[0]):
        return None
    if _UNREAL.search(before) and stance is not Stance.DENIED:
        return None
    accused = masked.among(*match.span(field)) or _described(masked, match, field)
    if stance in (Stance.CHARGED, Stance.CONVICTED, Stance.CLEARED) and _NO_DEED.search(
        masked.text[match.end() : match.end() + 40]
    ):
        return None
    if stance is Stance.CLEARED and not _IS_PERSON.search(masked.text[slice(*match.span(field))]):
        return None
    subject_speaks = verb is not None and rule not in ("claimed", "denied", "did_not")
    return Accusation(
        accused=accused,
        either=" or " in match[field],
        stance=stance,
        start=match.start(),
        end=match.end(),
        verb_at=at if subject_speaks else None,
        about=_about(masked, match),
        own_event=own_event,
        rule=rule,
    )


def _described(masked: MaskedSentence, match: re.Match[str], field: str) -> tuple[ActorPhrase, ...]:
    """The description in words of somebody who is no actor: "a man of 31"."""
    start, end = (masked.origin(at) for at in match.span(field))
    named = _ORDINAL.fullmatch(masked.words[start:end]) and _NAME_BEHIND.match(
        masked.text, match.end(field)
    )
    if named:
        return masked.among(*named.span("name"))
    return (ActorPhrase(start=start, end=end, name=(start, end), kind=None),)


# "The third, Ana Ruiz, 27, is charged": the name tells who it is.
_ORDINAL = re.compile(
    r"(?:a|an|the) (?:first|second|third|fourth|fifth|other|last|youngest|oldest|eldest)", re.I
)
_NAME_BEHIND = re.compile(rf", (?P<name>{NAMED})(?:,|$)")


_OBJECT = re.compile(r"(?: (?:for|in|of|on|at|near|against)\b[^,.;]{1,80})+")


def _about(masked: MaskedSentence, match: re.Match[str]) -> str:
    """What a blame is about: the event named in it, and what follows up to the next comma."""
    parts = match.groupdict()
    field = next((name for name in ("event", "of") if parts.get(name)), None)
    named = ""
    if field:
        start, end = match.span(field)
        named = masked.words[masked.origin(start) : masked.origin(end)]
    behind = _OBJECT.match(masked.words, masked.origin(match.end()))
    return f"{named}{behind[0]}".strip() if behind else named.strip()
