"""Accusations, claims and denials: sentences that say of somebody that he did it, or did not.

A deed is told; an accusation is said. The words here name the act of saying: blaming, suspecting,
claiming, denying, charging, acquitting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractor.codes import ActorType, Stance
from extractor.people import find_people
from extractor.readers.baseline.actors.finding import ActorPhrase, actor_type
from extractor.readers.baseline.actors.masking import ANYBODY, NAMED, MaskedSentence
from extractor.readers.baseline.blames.identities import is_doer
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
    sayer: tuple[int, int] | None
    """Who is said behind it to say so: "was blamed by the army"."""
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
_FIELDS = ("who", "who2", "who3", "who4", "who5", "origin", "origin2", "quoted", "group")
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
    accused = _accused(masked, match, field)
    if not accused:
        return None
    if stance in _JUSTICE and any(map(_is_nobody, accused)):
        return None
    if stance in _JUSTICE:
        accused = tuple(_with_title(masked.words, one) for one in accused)
    if stance in (Stance.CHARGED, Stance.CONVICTED, Stance.CLEARED) and _NO_DEED.search(
        masked.text[match.end() : match.end() + 40]
    ):
        return None
    if stance is Stance.CLEARED and not _IS_PERSON.search(masked.text[slice(*match.span(field))]):
        return None
    if parts.get("doer") and not _names_doer(masked, match):
        return None
    subject_speaks = verb is not None and rule not in ("claimed", "denied", "did_not")
    return Accusation(
        accused=accused,
        either=" or " in match[field],
        stance=stance,
        start=match.start(),
        end=match.end(),
        verb_at=at if subject_speaks else None,
        sayer=match.span("sayer") if parts.get("sayer") else None,
        about="" if rule == "came_from" else _about(masked, match),
        own_event=own_event,
        rule=rule,
    )


def _names_doer(masked: MaskedSentence, match: re.Match[str]) -> bool:
    """Whether those whom a clause identifies are attackers, and no man who may be a victim."""
    doers = masked.among(*match.span("doer"))
    return not doers or is_doer(masked.words[slice(*doers[0].name)])


def _accused(masked: MaskedSentence, match: re.Match[str], field: str) -> tuple[ActorPhrase, ...]:
    """Those whom a match names, by their names or in its words."""
    start, end = (masked.origin(at) for at in match.span(field))
    if field == "quoted":
        inside = _INSIDE.search(masked.words, start, end)
        name = inside.span("words") if inside else (start, end)
        kind = actor_type(masked.words[slice(*name)])
        return (ActorPhrase(start=start, end=end, name=name, kind=kind),)
    if field == "group":
        people = find_people(masked.words[start:end])
        if not people or people[0].start > _ARTICLE or people[0].end < end - start:
            return ()
        return (ActorPhrase(start=start, end=end, name=(start, end), kind=_A_PERSON),)
    found = masked.among(*match.span(field))
    if field.startswith("origin"):
        return tuple(_with_camp(masked.words, one) for one in found if one.kind is not None)
    if len(found) == 1 and not found[0].named:
        named = _NAME_BEHIND.match(masked.text, match.end(field))
        found = masked.among(*named.span("name")) if named else found
    return found or _described(masked, match, field)


# "The rocket came from the army camp at Brod": the camp belongs to whose it is.
_CAMP = re.compile(
    r" (?:camp|base|position|post|barracks|garrison|outpost|checkpoint|bunker)s?\b"
    r"(?: (?:at|in|near|of|on|above) (?:the )?[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+){0,2})?"
)


def _with_camp(words: str, actor: ActorPhrase) -> ActorPhrase:
    camp = _CAMP.match(words, actor.name[1])
    return replace(actor, name=(actor.name[0], camp.end())) if camp else actor


_INSIDE = re.compile('["\u201c](?P<words>[^"\u201c\u201d]+)')
_ARTICLE = 3  # letters
_A_PERSON = ActorType.PRIVATE_PERSON
_JUSTICE = frozenset({Stance.CHARGED, Stance.CONVICTED, Stance.CLEARED})
# "Lieutenant Odo Brand", "his cousin Pim": what stands before a name belongs to it.
_TITLE = re.compile(
    r"\b(?:(?<=and )(?:[Hh]is|[Hh]er|[Tt]heir) (?:[a-z-]+ ){1,2}|(?:(?:Lieutenant|Captain|Major"
    r"|Colonel"
    r"|General|Sergeant|Corporal|Private|Constable|Inspector|Officer|Commander|Lt|Capt|Maj|Col|Gen"
    r"|Sgt|Cpl|Father|Sheikh|Mullah|Imam)\.? ){1,2})$"
)


def _is_nobody(actor: ActorPhrase) -> bool:
    """Whether a noun alone is caught of a longer description: "(a tenth) man"."""
    nobody = actor.kind is ActorType.UNIDENTIFIED
    return nobody and not actor.named and not actor.definite


def _with_title(words: str, actor: ActorPhrase) -> ActorPhrase:
    start, end = actor.name
    title = _TITLE.search(words, max(0, start - 30), start)
    aged = _AGED.match(words, end) if not actor.named else None
    begin = title.start() if title and actor.named else start
    return replace(actor, name=(begin, aged.end() if aged else end))


_AGED = re.compile(r" of \d\d\b")


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
