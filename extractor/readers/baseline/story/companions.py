"""Companions: people told again beside somebody told again, or as a group that holds others."""

import re
from dataclasses import dataclass, replace

from extractor.codes import Outcome, Qualifier
from extractor.people import Reference
from extractor.readers.baseline.story.claims import Claim
from extractor.readers.baseline.story.sameness import Sameness, Who, clash, is_told_alike
from extractor.readers.baseline.story.scenes import Scene
from extractor.wire import WireCount


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A claim that was made, and who its people are."""

    wire: WireCount
    who: Who
    scene: Scene
    at: int


@dataclass(frozen=True, kw_only=True)
class Match:
    """What a mention is to the claims made before it."""

    outcome: Outcome
    sameness: Sameness = Sameness.OTHERS
    of: int | None = None
    """The claim that it repeats or is a part of."""
    is_told: bool = False
    """Whether all its people are counted already, by more than one claim."""


def find_companions(
    entries: list[Entry], places: dict[tuple[int, int], int], who: Who, claim: Claim
) -> Match | None:
    """People told again beside somebody told again: "the leader and two (other) suspects".

    They are those who were told beside him before: "a leader and two suspects", "several suspects,
    including a leader".
    """
    outcome, start = claim.mention.outcome, claim.scene.at
    beside = [
        (n, mention)
        for n, mention in enumerate(claim.scene.mentions[: claim.index])
        if mention.outcome is outcome and mention.people.reference is Reference.DEFINITE
    ]
    if who.is_again or not beside:
        return None
    for n, _ in beside:
        if (start, n) not in places:
            continue
        known = entries[places[start, n]]
        others = [
            (place, one)
            for place, one in enumerate(entries)
            if one.wire.outcome is outcome and one is not known and one.who.sentence != start
            if not clash(who, one.who)
        ]
        for place, one in others:
            if one.who.sentence == known.who.sentence and is_told_alike(who, one.who):
                return Match(outcome=outcome, sameness=Sameness.SAME, of=place)
        for place, one in others:
            room = one.who.count is None or (who.count or 0) < one.who.count
            if one.wire.id == known.wire.part_of and room:
                return Match(outcome=outcome, sameness=Sameness.SOME_OF_THEM, of=place)
    if who.number.qualifier is Qualifier.UNKNOWN_NUMBER and who.count is None:
        near = (one for one in entries if one.wire.outcome is outcome)
        if any(one.who.sentence != start and not clash(who, one.who) for one in near):
            return Match(outcome=outcome, is_told=True)  # "the leaders and suspects were held"
    return None


def gathered(entries: list[Entry], who: Who, whole: WireCount) -> list[Entry]:
    """The claims, with those told before made parts of "both men" who hold them."""
    room = who.count if who.is_again and whole.part_of is None else None
    if room is None:
        return entries
    held: list[int] = []
    for n, one in enumerate(entries):
        alike = one.wire.outcome is whole.outcome and one.wire.part_of is None
        if (
            alike
            and one.who.is_one
            and one.who.sentence != who.sentence
            and not clash(who, one.who)
        ):
            held.append(n)
    if not held or len(held) >= room:
        return entries
    return [made_part(one, whole) if n in held else one for n, one in enumerate(entries)]


# "Mr. Rao was one of (three guards killed)".
_ONE_OF = re.compile(r"\b(?:was|is|been|being|as) (?:also )?one of $", re.IGNORECASE)
_HE = re.compile(r"(?:he|she)\b", re.IGNORECASE)


def with_member(entries: list[Entry], whole: WireCount, claim: Claim) -> list[Entry]:
    """The claims, with somebody told before made a part of those of whom he is said to be one."""
    lead = claim.scene.words[: claim.mention.people.start]
    if whole.part_of is not None or not _ONE_OF.search(lead, max(0, len(lead) - 24)):
        return entries
    words = frozenset(re.findall(r"[^\W\d_]+", lead.lower()))
    for n in range(len(entries) - 1, -1, -1):
        one = entries[n]
        alone = one.wire.outcome is whole.outcome and one.wire.part_of is None and one.who.is_one
        if alone and (one.who.names & words or _HE.match(lead)):
            return [*entries[:n], made_part(one, whole), *entries[n + 1 :]]
    return entries


def made_part(one: Entry, whole: WireCount) -> Entry:
    """A claim made a part of another."""
    return replace(one, wire=one.wire.model_copy(update={"part_of": whole.id}))
