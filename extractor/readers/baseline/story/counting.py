"""Counting: the mentions of an incident's sentences become its count claims, each told once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from extractor.codes import (
    Outcome,
    Qualifier,
    Scope,
    SpeakerType,
)
from extractor.people import Reference
from extractor.readers.baseline.story.claims import Claim, quotes_of, wire_of
from extractor.readers.baseline.story.companions import (
    Entry,
    Match,
    find_companions,
    gathered,
    made_part,
    with_member,
)
from extractor.readers.baseline.story.doers import Doers, as_attackers
from extractor.readers.baseline.story.members import without_plain_members
from extractor.readers.baseline.story.revisions import Figure, older_of
from extractor.readers.baseline.story.sameness import (
    Sameness,
    Who,
    clash,
    is_of_one_sex,
    is_sum_of,
    merged,
    same_people,
    who_is,
)
from extractor.wire import WireCount, WireSpeaker

# Claims looked back on; nobody speaks of "the boy" after so many other people.
_LOOK_BACK = 40
_NOBODY_NAMED = (SpeakerType.ARTICLE_VOICE, SpeakerType.UNKNOWN)


@dataclass(kw_only=True)
class Counting:
    """Numbers the count claims of one answer."""

    made: int = 0
    rules: dict[str, str] = field(default_factory=dict[str, str])
    """The rule that found each claim, by its id."""
    told: list[Claim] = field(default_factory=list[Claim])
    """Mentions of people who are counted by another claim already."""
    doers: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    """The claim on each mention of people who did the deed themselves."""

    def claims(
        self, claims: Iterable[Claim], *, scope: Scope = Scope.INCIDENT, period: str | None = None
    ) -> list[WireCount]:
        """The claims of one incident; a figure told twice is one claim with both its quotes."""
        entries: list[Entry] = []
        places: dict[tuple[int, int], int] = {}
        doing: list[tuple[int, int]] = []
        doers = Doers()
        for claim in claims:
            if _lists_people_again(entries, claim):
                self.told.append(claim)  # its members are told one by one, not added up again
                continue
            start = claim.scene.at
            position = (start, claim.index)
            who = doers.marked(claim, who_is(claim.scene.words, claim.mention, sentence=start))
            if doers.points_back(claim):
                doing += _marked_alone(entries, places)
            doers.hear(claim, who)
            if who.does:
                doing.append(position)
            whole = None
            if claim.mention.part_of is not None:
                whole = places.get((start, claim.mention.part_of))
            beside = {n for place, n in places.items() if _is_joined(place, claim)}
            found = _find(entries, who, claim, whole, beside)
            if whole is None and found.sameness is Sameness.OTHERS and not found.is_told:
                found = find_companions(entries, places, who, claim) or found
            if found.of is not None and found.sameness is Sameness.SAME:
                known = entries[found.of]
                entries[found.of] = _joined(known, who, claim, found.outcome)
                if entries[found.of].wire.outcome is not known.wire.outcome:
                    entries[:] = [_told_with(entries[found.of].wire, one) for one in entries]
                if whole is not None and found.of != whole:
                    entries[found.of] = made_part(entries[found.of], entries[whole].wire)
                places[position] = found.of
            elif found.is_told:
                self.told.append(claim)
            else:
                part_of = found.of if whole is None else whole
                parent = entries[part_of].wire if part_of is not None else None
                self.made += 1
                wire = wire_of(f"c{self.made}", claim, parent, scope, period)
                wire = wire.model_copy(update={"outcome": found.outcome})
                wire = as_attackers(wire) if doers.are_attackers(claim, who) else wire
                self.rules[wire.id] = claim.mention.rule
                at = claim.mention.people.start
                entries[:] = with_member(gathered(entries, who, wire), wire, claim)
                entries.append(Entry(wire=wire, who=who, scene=claim.scene, at=at))
                places[position] = len(entries) - 1
        self.doers |= {one: entries[places[one]].wire.id for one in doing if one in places}
        named = frozenset(
            one.wire.id for one in entries if one.who.names or len(one.wire.quotes) > 2
        )
        return without_plain_members(_revised(entries), named, frozenset(self.doers.values()))


def _is_joined(place: tuple[int, int], claim: Claim) -> bool:
    """Whether another mention of the same sentence is joined to this one by "and"."""
    if place[0] != claim.scene.at:
        return False
    other = claim.scene.mentions[place[1]].people
    between = claim.scene.words[other.end : claim.mention.people.start]
    return between.strip(" ,") in ("and", "as well as", "along with", "together with")


def _marked_alone(
    entries: list[Entry], places: dict[tuple[int, int], int]
) -> list[tuple[int, int]]:
    """Mark the one person told of alone as an attacker; where the mentions of him stand."""
    alone = [n for n, one in enumerate(entries) if one.who.is_one]
    if len(alone) != 1:
        return []
    known = entries[alone[0]]
    entries[alone[0]] = replace(
        known, wire=as_attackers(known.wire), who=replace(known.who, does=True)
    )
    return [position for position, n in places.items() if n == alone[0]]


def _lists_people_again(entries: list[Entry], claim: Claim) -> bool:
    """Whether a list has people who are counted already: "the leader and two guards"."""
    if not claim.mention.number.enumerated:
        return False
    scene = claim.scene
    own = claim.index
    members = [one for one in scene.mentions if one.part_of == own]
    for member in members:
        who = who_is(scene.words, member, sentence=scene.at)
        known = (one for one in entries[-_LOOK_BACK:] if one.wire.outcome is member.outcome)
        if who.is_again and any(same_people(who, one.who) is Sameness.SAME for one in known):
            return True
    return False


def _find(
    entries: list[Entry], who: Who, claim: Claim, whole: int | None, beside: set[int]
) -> Match:
    """Which claim a mention repeats or is a part of, if any; the latest one that fits.

    Not one of those `beside` it, which its own sentence told again of somebody else: of "the leader
    and one of his men" only the leader was told before.
    """
    outcome = claim.mention.outcome
    first = max(0, len(entries) - _LOOK_BACK)
    recent = [(n, entries[n]) for n in range(len(entries) - 1, first - 1, -1)]
    outcomes = _same_outcomes(outcome)
    alike = [(n, one) for n, one in recent if one.wire.outcome in outcomes]
    parts: list[int] = []
    if outcome in _DEATHS and recent and _is_patient(who, recent[0][1]):
        died = Outcome.DIED_OF_WOUNDS
        return Match(outcome=died, sameness=Sameness.SOME_OF_THEM, of=recent[0][0])
    for n, one in alike:
        if whole is not None and one.wire.part_of != entries[whole].wire.id:
            alone = one.wire.part_of is None and n != whole and one.who.is_one
            if not (alone and (who.is_again or who.names & one.who.names)):
                continue
        sameness = same_people(who, one.who)
        if sameness is Sameness.SAME and n in beside and not who.is_again:
            continue
        if sameness is Sameness.SAME and (who.is_again or _one_voice(one.wire, claim.speaker)):
            return Match(outcome=outcome, sameness=sameness, of=n)
        some = sameness is Sameness.SOME_OF_THEM or _may_be_told_singly(who, one, outcome)
        if some and _has_room(entries, n, who):
            parts.append(n)
    if whole is not None:
        return Match(outcome=outcome)
    if _again_without_number(who) and sum(not clash(who, one.who) for _, one in alike) > 1:
        return Match(outcome=outcome, is_told=True)
    taken = _find_taken(recent, who, outcome)
    if taken is not None:
        return Match(outcome=outcome, sameness=Sameness.SOME_OF_THEM, of=taken)
    if is_sum_of(who, [one.who for _, one in alike if one.wire.part_of is None]):
        return Match(outcome=outcome, is_told=True)
    of_wounded = outcome in _DEATHS and _is_of_wounded(claim)
    if of_wounded or (outcome is Outcome.KILLED and not parts):
        hurt = _find_hurt(entries, recent, who, claim)
        if hurt is not None:
            return Match(outcome=Outcome.DIED_OF_WOUNDS, sameness=Sameness.SOME_OF_THEM, of=hurt)
    is_him = outcome is Outcome.INJURED and claim.mention.voice == "active"
    less = outcome in _LESS_THAN_DEAD and not (is_him and who.reference is Reference.PRONOUN)
    if less and who.is_one and _is_dead(recent, who, outcome):
        return Match(outcome=outcome, is_told=True)
    shot = _find_shot(recent, who, claim) if outcome in _TELLS_WHICH else None
    if shot is not None:
        return Match(outcome=outcome, sameness=Sameness.SAME, of=shot)
    if outcome is Outcome.KILLED_OR_INJURED and _is_known_hurt(recent, who):
        return Match(outcome=outcome, is_told=True)
    if parts and entries[parts[0]].wire.part_of is None:
        return Match(outcome=outcome, sameness=Sameness.SOME_OF_THEM, of=parts[0])
    return Match(outcome=outcome)


def _again_without_number(who: Who) -> bool:
    """Whether people told of before are meant, without any figure: "the suspects were held"."""
    return who.is_again and who.number.qualifier is Qualifier.UNKNOWN_NUMBER


_DEATHS = (Outcome.KILLED, Outcome.DIED_OF_WOUNDS)
_LESS_THAN_DEAD = (Outcome.INJURED, Outcome.KILLED_OR_INJURED)
_TELLS_WHICH = (Outcome.KILLED, Outcome.DIED_OF_WOUNDS, Outcome.INJURED)


def _may_be_told_singly(who: Who, known: Entry, outcome: Outcome) -> bool:
    """Whether wounded people may be some of a larger number of wounded told before.

    "Five others were wounded. Two men are in stable condition, another man is critical."
    """
    if outcome is not Outcome.INJURED or who.sentence == known.who.sentence or who.count is None:
        return False
    return who.count < (known.who.count or 0) and not clash(who, known.who)


def _find_shot(recent: list[tuple[int, Entry]], who: Who, claim: Claim) -> int | None:
    """The claim on people who were shot, of whom it is told now whether they lived (R2).

    "A man was shot in Brod. He died at the hospital": one man, killed, and nobody else shot.
    """
    for n, one in recent:
        if one.wire.outcome is not Outcome.KILLED_OR_INJURED:
            continue
        if same_people(who, one.who) is not Sameness.SAME:
            continue
        if who.count is None and not (who.is_again and _all_lived(recent, one)):
            continue
        if who.is_again or who.names & one.who.names or _one_voice(one.wire, claim.speaker):
            return n
    return None


def _all_lived(recent: list[tuple[int, Entry]], shot: Entry) -> bool:
    """Whether "the victims" can be all who were shot: a number of people, of whom none is dead."""
    dead = (Outcome.KILLED, Outcome.DIED_OF_WOUNDS)
    died = any(one.wire.outcome in dead and one.who.number.lower for _, one in recent)
    return shot.wire.part_of is None and (shot.who.count or 0) > 1 and not died


def _is_known_hurt(recent: list[tuple[int, Entry]], who: Who) -> bool:
    """Whether people said to be shot are counted as injured: "the boy was shot in the leg"."""
    again = who.is_again or bool(who.names | who.ages)
    return again and any(
        one.wire.outcome is Outcome.INJURED and same_people(who, one.who) is Sameness.SAME
        for _, one in recent
    )


def _same_outcomes(outcome: Outcome) -> tuple[Outcome, ...]:
    """Outcomes whose claims a mention may repeat: who "died" may have died of wounds."""
    if outcome in (Outcome.KILLED, Outcome.DIED_OF_WOUNDS):
        return (Outcome.KILLED, Outcome.DIED_OF_WOUNDS)
    return (outcome,)


def _one_voice(known: WireCount, speaker: WireSpeaker) -> bool:
    """Whether a figure told again is no second claim: one speaker, or nobody named once (R8)."""
    first = known.speakers[0]
    return first.name_text == speaker.name_text or bool(
        {first.type, speaker.type} & set(_NOBODY_NAMED)
    )


def _has_room(entries: list[Entry], whole: int, who: Who) -> bool:
    """Whether a group has members left that no part of it counts."""
    claim = entries[whole].wire
    told = sum(
        one.wire.number.lower or 0
        for one in entries[whole + 1 :]
        if one.wire.part_of == claim.id and one.who.sentence != entries[whole].who.sentence
    )
    return told + (who.number.lower or 0) <= (claim.number.lower or 0)


def _find_hurt(
    entries: list[Entry], recent: list[tuple[int, Entry]], who: Who, claim: Claim
) -> int | None:
    """The claim on the injured that somebody who died belongs to (R10).

    "A man was shot in the neck. He died at the hospital": known before, and then they are the
    same. "One of the wounded died": said to be of them.
    """
    of_wounded = _is_of_wounded(claim)
    known = who.is_again or bool(who.names)
    if not of_wounded and not known:
        return None
    for n, one in recent:
        if one.wire.outcome is not Outcome.INJURED or one.wire.part_of is not None:
            continue
        if of_wounded:
            return n
        if same_people(who, one.who) is Sameness.SAME:
            return n
    return None


def _is_patient(who: Who, last: Entry) -> bool:
    """Whether "she" who died is the woman told last to be hurt: "His wife was hit. She died"."""
    hurt = last.wire.outcome is Outcome.INJURED and last.who.is_one
    pronoun = who.reference is Reference.PRONOUN and who.is_one
    return hurt and pronoun and is_of_one_sex(who, last.who)


def _is_of_wounded(claim: Claim) -> bool:
    """Whether the dead are said to be of the wounded.

    "Three of the wounded died"; "The injured were flown out, but two of them died."
    """
    people, words = claim.mention.people, claim.scene.words
    group = words[people.start : people.end].lower()
    if "wounded" in group or "injured" in group:
        return True
    return people.of_them and _THE_WOUNDED.search(words, 0, people.start) is not None


_THE_WOUNDED = re.compile(r"\bthe (?:wounded|injured)\b[^;]{0,120}$", re.I)
_TAKEN = frozenset({Outcome.ABDUCTED, Outcome.DETAINED, Outcome.TRAPPED})
_OUT_AGAIN = frozenset({Outcome.RELEASED, Outcome.RESCUED, Outcome.UNHARMED})


def _find_taken(recent: list[tuple[int, Entry]], who: Who, outcome: Outcome) -> int | None:
    """The claim on the people taken that those who came out again belong to (R3)."""
    if outcome not in _OUT_AGAIN:
        return None
    for n, one in recent:
        total, told = one.wire.number.lower, who.number.lower
        fits = total is None or (told is not None and told <= total)
        if one.wire.outcome in _TAKEN and one.wire.part_of is None and fits:
            return n
    return None


def _is_dead(recent: list[tuple[int, Entry]], who: Who, outcome: Outcome) -> bool:
    """Whether somebody said to be hurt is counted as dead: "the boy was shot in the head".

    Who was only "shot" may be one who died of it, be it told as "a person was shot".
    """
    again = who.is_again or bool(who.names | who.ages) or outcome is Outcome.KILLED_OR_INJURED
    return again and any(
        one.wire.outcome in (Outcome.KILLED, Outcome.DIED_OF_WOUNDS)
        and one.who.is_one
        and same_people(who, one.who) is Sameness.SAME
        for _, one in recent
    )


def _joined(known: Entry, who: Who, claim: Claim, outcome: Outcome) -> Entry:
    """A claim told again: a named speaker replaces the article's own voice (R8)."""
    wire = known.wire
    quotes = list(dict.fromkeys([*wire.quotes, *quotes_of(claim)]))
    named = claim.speaker.type not in _NOBODY_NAMED
    silent = wire.speakers[0].type in _NOBODY_NAMED
    speakers = [claim.speaker] if named and silent else wire.speakers
    told = wire.model_copy(update={"quotes": quotes, "speakers": speakers})
    if wire.outcome is Outcome.KILLED_OR_INJURED:
        told = told.model_copy(update={"outcome": outcome})
    return replace(known, wire=told, who=merged(known.who, who))


def _told_with(whole: WireCount, part: Entry) -> Entry:
    """A part of people shot, of whom it is told now whether they lived: so is the part."""
    wire = part.wire
    if wire.part_of != whole.id or wire.outcome is not Outcome.KILLED_OR_INJURED:
        return part
    return replace(part, wire=wire.model_copy(update={"outcome": whole.outcome}))


def _revised(entries: list[Entry]) -> list[WireCount]:
    """The claims, with the newer figure of a toll pointing at the older one (R10)."""
    figures = [
        Figure(claim=one.wire, who=one.who, words=one.scene.words, at=one.at)
        for one in entries
        if one.wire.scope is Scope.INCIDENT
    ]
    older = older_of(figures)
    return [one.wire.model_copy(update={"supersedes": older.get(one.wire.id)}) for one in entries]
