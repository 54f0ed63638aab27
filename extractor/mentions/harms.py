"""Harms: what each predicate of a tagged sentence tells of which people, by named rules.

passive      "12 people were killed", "two men, who were shot, ..."
coordinated  "two men were ambushed and killed": the subject of the verb before
reduced      "12 people killed in the blast", "a strike left 12 dead"
active       "gunmen killed 12 people", "killing two", "a bomb kills 12", "claimed 12 lives"
split        "shot two men dead": told by the word behind the people
own          "12 people died", "two rebels laid down their arms"
noun_of      "the killing of two nurses"
toll         "the death toll rose to 12"
counted      "12 deaths"
body_found   "two bodies were found", "the body of a man was recovered"
inverted     "in the raid were killed two guards"
among        "among the dead were two nurses", "two of the wounded"
recalled     "wanted for killing two": an older deed, or one that somebody is accused of
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from extractor.codes import Outcome
from extractor.mentions.mention import RECALLED
from extractor.mentions.predicates import (
    GERUND,
    HAPPENED,
    HAPPENING,
    HAPPENS,
    NOUN,
    PAST,
    PRESENT,
    STATE,
    TAKES,
    TOLL,
    UNDERGONE,
)
from extractor.mentions.tags import Line
from extractor.mentions.unreal import is_denied, is_recalled, is_unreal
from extractor.mentions.walking import (
    after,
    agent_after,
    agent_before,
    auxiliary,
    before,
    find_object,
    find_subject,
    listed_after,
    listed_before,
    tag_at,
)

_AFTER_REDUCED = ";,()CIWRBEeStHvK"
_TOLL_REACH = 12
_BETWEEN_COORDINATED = "vIDXe#qtP,C"


@dataclass(frozen=True, kw_only=True)
class Harm:
    """What befell the people of some tokens; `verb` is the token that says so."""

    rule: str
    outcome: Outcome
    people: tuple[int, ...]
    verb: int
    first: int
    last: int
    agent: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A sentence under way: what its predicates have told so far, by the verb's token."""

    sentence: str
    line: Line
    told: dict[int, Harm]


def find_harms(sentence: str, line: Line) -> tuple[Harm, ...]:
    """Everything that the predicates of a sentence tell as having happened, or recall."""
    reading = Reading(sentence=sentence, line=line, told={})
    shared: list[Harm] = []
    for at, tag in enumerate(line.tags):
        rule = _RULES.get(tag)
        harm = rule(reading, at) if rule else None
        if harm is not None:
            reading.told[at] = harm
    shared.extend(_shared_objects(reading))
    harms = (*reading.told.values(), *shared, *_counted(reading), *_fatally(reading))
    return tuple(h for h in harms if not all(is_denied(line, p) for p in h.people[:1]))


def _outcome(line: Line, at: int) -> Outcome:
    predicate = line.tokens[at].predicate
    if predicate is None:  # a body found
        return Outcome.KILLED
    return predicate.outcomes[line.tags[at]]


def _harm(
    reading: Reading,
    rule: str,
    people: list[int],
    verb: int,
    *,
    first: int | None = None,
    agent: tuple[int, int] | None = None,
) -> Harm:
    start = min(people[0], verb if first is None else first)
    return Harm(
        rule=rule,
        outcome=_outcome(reading.line, verb),
        people=tuple(people),
        verb=verb,
        first=start,
        last=max(people[-1], verb),
        agent=agent,
    )


def _participle(reading: Reading, at: int) -> Harm | None:
    """A past form: a passive, a verb with its object, or a participle behind the people."""
    line = reading.line
    aux = auxiliary(line, at)
    if aux is not None:
        return _passive(reading, at, aux)
    if line.tags[at] == PAST:
        active = _active(reading, at)
        if active is not None:
            return active
        if _shares_object(line, at):
            return None
    return _reduced(reading, at) or _coordinated(reading, at)


def _shares_object(line: Line, at: int) -> bool:
    """Whether another verb is joined that has the object of both: "abducted and killed two"."""
    joint = after(line, at, "v")
    if tag_at(line, joint) != "C":
        return False
    other = after(line, joint, "v")
    return tag_at(line, other) == PAST and find_object(line, other) is not None


def _passive(reading: Reading, at: int, aux: int) -> Harm | None:
    line = reading.line
    if is_unreal(line, reading.sentence, aux):
        return None
    people = find_subject(line, aux)
    if people is not None and _died_there(reading, at):
        return None
    if people is None:
        people = _inverted(line, at, aux)
        return _harm(reading, "inverted", people, at) if people else None
    return _harm(reading, "passive", people, at, agent=agent_after(line, at))


def _died_there(reading: Reading, at: int) -> bool:
    """Whether those taken to hospital are said to have died, and so are no injured."""
    token = reading.line.tokens[at]
    if not reading.sentence[token.start : token.end].lower().endswith(("hospital", "hospitals")):
        return False
    return _DIED.search(reading.sentence, token.end) is not None


_DIED = re.compile(r"\b(?:died|dead|succumbed)\b", re.IGNORECASE)


def _inverted(line: Line, at: int, aux: int) -> list[int] | None:
    """Nobody before the verb: "in the raid were killed two guards"."""
    if before(line, aux, "vIXDPe#,") >= 0:
        return None
    found = find_object(line, at)
    return listed_after(line, found) if found is not None else None


def _active(reading: Reading, at: int) -> Harm | None:
    line = reading.line
    found = find_object(line, at)
    if found is None:
        return None
    left = before(line, at, "v")
    beside = tag_at(line, left) == "P"
    if beside and line.people[line.tokens[found].person].of_them:
        return None  # "12 people killed, two of them children"
    if _is_attribute(line, at, found) or is_unreal(line, reading.sentence, at):
        return None
    people = listed_after(line, found)
    rule = RECALLED if is_recalled(line, at) else "active"
    return _harm(reading, rule, people, at, agent=agent_before(line, at))


def _is_attribute(line: Line, at: int, people: int) -> bool:
    """Whether a participle describes the people behind it: "the (recently arrested) rebels"."""
    return tag_at(line, before(line, at, "v")) in "DI#" or tag_at(line, people + 1) in "BHM"


def _reduced(reading: Reading, at: int) -> Harm | None:
    """A participle or state right behind the people: "12 people killed in the blast"."""
    line = reading.line
    left = before(line, at, "v")
    if tag_at(line, left) == ")":
        opening = line.tags.rfind("(", 0, left)
        left = opening - 1 if opening > 0 else left
    if tag_at(line, left) != "P" or tag_at(line, at + 1) not in _AFTER_REDUCED:
        return None
    if is_unreal(line, reading.sentence, left):
        return None
    people = listed_before(line, left)
    return _harm(reading, "reduced", people, at, agent=agent_after(line, at))


def _coordinated(reading: Reading, at: int) -> Harm | None:
    """A participle whose subject is that of the verb before: "was stabbed and robbed"."""
    line = reading.line
    joint = before(line, at, "v")
    if tag_at(line, joint) not in ",C":
        return None
    for place in range(joint, max(-1, joint - 14), -1):
        tag = line.tags[place]
        if place in reading.told:
            known = reading.told[place]
            if known.rule not in ("passive", "reduced", "coordinated", "own"):
                return None
            rule = "coordinated"
            return _harm(reading, rule, list(known.people), at, agent=agent_after(line, at))
        if tag == "F":
            aux = auxiliary(line, place)
            people = find_subject(line, aux) if aux is not None else None
            if people is None or is_unreal(line, reading.sentence, aux or 0):
                return None
            return _harm(reading, "coordinated", people, at, agent=agent_after(line, at))
        if tag not in _BETWEEN_COORDINATED:
            return None
    return None


def _state(reading: Reading, at: int) -> Harm | None:
    line = reading.line
    aux = auxiliary(line, at)
    if aux is not None:
        return _passive(reading, at, aux)
    return _reduced(reading, at)


def _gerund(reading: Reading, at: int) -> Harm | None:
    line = reading.line
    found = find_object(line, at)
    if found is None or is_unreal(line, reading.sentence, at):
        return None
    rule = RECALLED if is_recalled(line, at) else "active"
    return _harm(reading, rule, listed_after(line, found), at, agent=agent_before(line, at))


def _present(reading: Reading, at: int) -> Harm | None:
    """A historic present: "a bomb kills 12", "suspected rebels kill a teacher"."""
    line = reading.line
    if tag_at(line, before(line, at, "v")) not in "PXR),;t":
        return None
    return _gerund(reading, at)


def _happened(reading: Reading, at: int) -> Harm | None:
    line = reading.line
    group = before(line, at, "vHB") + 1
    if is_unreal(line, reading.sentence, group):
        return None
    people = find_subject(line, group)
    if people is None:
        joined = tag_at(line, before(line, group, "v")) == "C"
        return _coordinated(reading, at) if joined else None
    harm = _harm(reading, "own", people, at)
    if harm.outcome is Outcome.KILLED and _OF_THE_HURT.match(_words_after(reading, people[-1])):
        return replace(harm, outcome=Outcome.DIED_OF_WOUNDS)
    return harm


_OF_THE_HURT = re.compile(r" of (?:the|those) (?:\w+ )?(?:wounded|injured|hurt)\b", re.IGNORECASE)


def _words_after(reading: Reading, at: int) -> str:
    end = reading.line.tokens[at].end
    return reading.sentence[end : end + 40]


def _among(reading: Reading, at: int) -> Harm | None:
    """People said to be of the dead or hurt: "two of the dead", "the dead include a nurse"."""
    line = reading.line
    of = before(line, at, "D")
    if tag_at(line, of - 1) == "P" and line.tokens[of].low == "of":
        people = listed_before(line, of - 1)
    elif of > 0 and line.tokens[of].low == "among" and auxiliary(line, of) is not None:
        people = find_subject(line, auxiliary(line, of) or of) or []
        if not people:
            return None
    else:
        found = after(line, at, "BEDv")
        joined = "".join(line.tags[at + 1 : found])
        if tag_at(line, found) != "P" or not set(joined) & {"B", "E"}:
            return None
        people = listed_after(line, found)
    outcomes = line.tokens[at].predicate
    if outcomes is None or is_unreal(line, reading.sentence, at):
        return None
    return Harm(
        rule="among",
        outcome=next(iter(outcomes.outcomes.values())),
        people=tuple(people),
        verb=at,
        first=min(people[0], at),
        last=max(people[-1], at),
    )


def _happening(reading: Reading, at: int) -> Harm | None:
    line = reading.line
    if line.tags[at] == HAPPENS and tag_at(line, before(line, at, "v")) not in "P),":
        return None
    if tag_at(line, before(line, at, "v")) == "P":
        return _happened(reading, at)
    return None if line.tags[at] == HAPPENING else _happened(reading, at)


def _noun(reading: Reading, at: int) -> Harm | None:
    """A noun of harm: "the killing of two nurses"."""
    line = reading.line
    found = find_object(line, at + 1)
    if found is None or is_unreal(line, reading.sentence, at):
        return None
    if at > 0 and line.tokens[at - 1].low in ("attempted", "possible", "alleged"):
        return None
    rule = RECALLED if is_recalled(line, at) else "noun_of"
    return _harm(reading, rule, listed_after(line, found), at)


def _toll(reading: Reading, at: int) -> Harm | None:
    """A figure behind "death toll": "rose to 12", "rose from 10 to 12"."""
    line = reading.line
    for place in range(at + 1, min(at + _TOLL_REACH, len(line.tags))):
        tag = line.tags[place]
        if tag in ";WM!R" or tag in "KGOV":
            return None
        if tag == "P":
            word = line.tokens[before(line, place, "Dv#")].low
            if word == "from" and tag_at(line, place + 1) == "t":
                continue
            return _harm(reading, "toll", [place], at) if word != "including" else None
    return None


def _body(reading: Reading, at: int) -> Harm | None:
    """Bodies found: "two bodies were found", "police recovered the bodies of two men"."""
    line = reading.line
    aux = auxiliary(line, at)
    people = find_subject(line, aux) if aux is not None else None
    if aux is None:
        left = before(line, at, "v")
        right = after(line, at, "DvYX")
        if tag_at(line, right) == "I" and line.tokens[right].low == "of":
            right = after(line, right, "D")
        if tag_at(line, right) == "P" and right - at < 7 and line.is_body(right):
            people = listed_after(line, right)
        elif tag_at(line, left) == "P" and line.is_body(left):
            people = [left]
    if not people or not line.is_body(people[0]) or is_unreal(line, reading.sentence, at):
        return None
    first = people[0] - 2 if tag_at(line, people[0] - 1) == "I" else people[0]
    return _harm(reading, "body_found", people, at, first=min(first, at))


def _shared_objects(reading: Reading) -> Iterator[Harm]:
    """A verb joined to one with an object: "abducted and killed two men"."""
    line = reading.line
    for at, known in tuple(reading.told.items()):
        if known.rule not in ("active", RECALLED):
            continue
        joint = before(line, at, "v")
        if tag_at(line, joint) != "C":
            continue
        other = before(line, joint, "v,")
        if tag_at(line, other) in "KGV" and tag_at(line, other) == line.tags[at]:
            if other not in reading.told:
                yield _harm(reading, known.rule, list(known.people), other, agent=known.agent)


def _fatally(reading: Reading) -> Iterator[Harm]:
    """The dead among those shot: "four people were shot, three fatally"."""
    line = reading.line
    for at, token in enumerate(line.tokens):
        if (
            token.low == "fatally"
            and tag_at(line, at - 1) == "P"
            and tag_at(line, at + 1) in ";,)I"
        ):
            outcome = Outcome.KILLED
            people = (at - 1,)
            yield Harm(
                rule="reduced", outcome=outcome, people=people, verb=at, first=at - 1, last=at
            )


_HARMED = (
    (re.compile(r"\bof (?:the|those) (?:dead|killed)\b", re.IGNORECASE), Outcome.KILLED),
    (re.compile(r"\bof (?:the|those) (?:wounded|injured)\b", re.IGNORECASE), Outcome.INJURED),
)


def _part_of_harmed(reading: Reading, at: int) -> Outcome | None:
    """The outcome that people's own words tell: "13 of the dead"."""
    token = reading.line.tokens[at]
    words = reading.sentence[token.start : token.end]
    return next((outcome for pattern, outcome in _HARMED if pattern.search(words)), None)


def _counted(reading: Reading) -> Iterator[Harm]:
    """People whose noun tells the outcome: "12 deaths"."""
    line = reading.line
    for at, tag in enumerate(line.tags):
        if tag != "P":
            continue
        outcome = line.people[line.tokens[at].person].counts or _part_of_harmed(reading, at)
        if outcome is not None and not is_unreal(line, reading.sentence, at):
            yield Harm(rule="counted", outcome=outcome, people=(at,), verb=at, first=at, last=at)


_RULES: dict[str, Callable[[Reading, int], Harm | None]] = {
    PAST: _participle,
    UNDERGONE: _participle,
    STATE: _state,
    TAKES: _gerund,
    GERUND: _gerund,
    PRESENT: _present,
    HAPPENED: _happened,
    HAPPENS: _happening,
    HAPPENING: _happening,
    NOUN: _noun,
    TOLL: _toll,
    "y": _body,
    "Q": _among,
}
