"""Nouns of harm: killings, tolls, bodies, and the dead and wounded as a group."""

import re
from collections.abc import Iterator

from extractor.codes import Outcome, Unit
from extractor.mentions.harm import Harm, Reading, make_harm
from extractor.mentions.mention import RECALLED
from extractor.mentions.predicates import DRIVING, SENDING, STRIKING
from extractor.mentions.unreal import is_recalled, is_unreal
from extractor.mentions.walking import (
    after,
    auxiliary,
    before,
    find_object,
    find_subject,
    listed_after,
    listed_before,
    subject_behind,
    tag_at,
)

_TOLL_REACH = 12


def noun(reading: Reading, at: int) -> Harm | None:
    """A noun of harm: "the killing of two nurses"."""
    line = reading.line
    found = find_object(line, at + 1)
    if found is None or is_unreal(line, reading.sentence, at):
        return None
    if at > 0 and line.tokens[at - 1].low in ("attempted", "possible", "alleged"):
        return None
    rule = RECALLED if is_recalled(line, at) else "noun_of"
    named = line.people[line.tokens[found].person].name is not None
    return make_harm(reading, rule, listed_after(line, found, owned=named), at)


def toll(reading: Reading, at: int) -> Harm | None:
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
            return make_harm(reading, "toll", [place], at) if word != "including" else None
    return None


def body(reading: Reading, at: int) -> Harm | None:
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
            people = listed_after(line, right, owned=True)
        elif tag_at(line, left) == "P" and line.is_body(left):
            people = [left]
    if not people or not line.is_body(people[0]) or is_unreal(line, reading.sentence, at):
        return None
    first = people[0] - 2 if tag_at(line, people[0] - 1) == "I" else people[0]
    return make_harm(reading, "body_found", people, at, first=min(first, at))


_NAMED = re.compile(r"v?[BE][vD]*")  # "the dead were", "the dead include": whom is told next


def among(reading: Reading, at: int) -> Harm | None:
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
        found = after(line, at, "BEDvFI")
        joined = "".join(line.tags[at + 1 : found])
        fronted = subject_behind(line, at) if line.tokens[of].low == "among" else None
        if fronted is not None:
            found, joined = fronted[0], "B"
        figure = joined.lstrip("F") == "I" and line.tokens[found - 1].low in ("as", "at")
        if tag_at(line, found) != "P" or not (figure or _NAMED.fullmatch(joined)):
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


def fatally(reading: Reading) -> Iterator[Harm]:
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


def driven_out(reading: Reading) -> Iterator[Harm]:
    """People made to leave: "the raids forced 2,000 families to flee"."""
    line = reading.line
    for at in range(1, len(line.tags)):
        if line.tags[at] != "P" or line.tokens[at - 1].low not in DRIVING:
            continue
        left = _LEAVING.match(reading.sentence, line.tokens[at].end)
        if left is not None and not is_unreal(line, reading.sentence, at - 1):
            yield Harm(
                rule="driven_out",
                outcome=Outcome.DISPLACED,
                people=(at,),
                verb=at - 1,
                first=at - 1,
                last=at,
            )


def put_in_hospital(reading: Reading) -> Iterator[Harm]:
    """People whom violence sends to hospital: "the shooting sent four people to the hospital"."""
    line = reading.line
    if "hospital" not in reading.sentence:
        return
    for at in range(1, len(line.tags)):
        if line.tags[at] != "P" or line.tokens[before(line, at, "Dv")].low not in SENDING:
            continue
        verb = before(line, at, "Dv")
        there = _TO_HOSPITAL.match(reading.sentence, line.tokens[at].end)
        if there is not None and not is_unreal(line, reading.sentence, verb):
            yield Harm(
                rule="hospital",
                outcome=Outcome.INJURED,
                people=(at,),
                verb=verb,
                first=verb,
                last=at,
            )


_TO_HOSPITAL = re.compile(r" (?:to|in) (?:(?!and\b)[\w'-]+ ){0,3}?hospitals?\b", re.IGNORECASE)


def struck(reading: Reading) -> Iterator[Harm]:
    """People whom shots hit: "opened fire, hitting two men", "the gun went off, striking a boy"."""
    line = reading.line
    for at, token in enumerate(line.tokens):
        if token.low not in STRIKING or line.tags[at] not in "FiX":
            continue
        found = find_object(line, at)
        if found is None or _SHOTS.search(reading.sentence) is None:
            continue
        if auxiliary(line, at) is None and not is_unreal(line, reading.sentence, at):
            people = tuple(listed_after(line, found))
            yield Harm(
                rule="active",
                outcome=Outcome.KILLED_OR_INJURED,
                people=people,
                verb=at,
                first=at,
                last=people[-1],
            )


_SHOTS = re.compile(
    r"\b(?:shots?|gun(?:s|fire|shots?|m[ae]n)?|handgun|bullets?|open(?:ed|s|ing)? fire|fired"
    r"|firing|rifle|pistol|revolver|shotgun|discharged|rounds)\b",
    re.IGNORECASE,
)


_LEAVING = re.compile(
    r" (?:to (?:flee|leave|abandon)|(?:from|out of) (?:their|its|the) (?:homes?|villages?|houses?"
    r"|hamlets?|towns?|camps?))\b",
    re.IGNORECASE,
)
_HARMED = (
    (re.compile(r"\bof (?:the|those) (?:dead|killed)\b", re.IGNORECASE), Outcome.KILLED),
    (re.compile(r"\bof (?:the|those) (?:wounded|injured)\b", re.IGNORECASE), Outcome.INJURED),
)


def _part_of_harmed(reading: Reading, at: int) -> Outcome | None:
    """The outcome that people's own words tell: "13 of the dead"."""
    token = reading.line.tokens[at]
    words = reading.sentence[token.start : token.end]
    people = reading.line.people[token.person]
    if people.number.unit is Unit.BODIES and people.number.lower:
        return Outcome.KILLED
    return next((outcome for pattern, outcome in _HARMED if pattern.search(words)), None)


_ON_RECORD = re.compile(
    r"\b(?:(?:involved in|accused (?:in|of)|wanted (?:in|for)|offences|offenses|cases|part in)\b"
    r"|who (?:has|have|had|once|often|long) (?:\w+ly |often |long |since |also |once )?accused\b"
    r" [^.,;]{1,50}? of\b)[^.;]{0,60}$",
    re.IGNORECASE,
)


def _is_on_record(reading: Reading, at: int) -> bool:
    """Whether deaths are what somebody is held for: "was involved in two murders"."""
    token = reading.line.tokens[at]
    words = reading.sentence[token.start : token.end].lower()
    if not words.endswith(("murders", "killings", "kidnappings", "abductions")):
        return False
    return _ON_RECORD.search(reading.sentence, max(0, token.start - 90), token.start) is not None


def counted(reading: Reading) -> Iterator[Harm]:
    """People whose noun tells the outcome: "12 deaths"."""
    line = reading.line
    for at, tag in enumerate(line.tags):
        if tag != "P":
            continue
        outcome = line.people[line.tokens[at].person].counts or _part_of_harmed(reading, at)
        if outcome is not None and not is_unreal(line, reading.sentence, at):
            rule = RECALLED if _is_on_record(reading, at) else "counted"
            yield Harm(rule=rule, outcome=outcome, people=(at,), verb=at, first=at, last=at)
