"""Verbs of harm: passives, participles behind the people, verbs with their object."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.codes import Outcome
from extractor.mentions.harm import Harm, Reading, make_harm
from extractor.mentions.mention import RECALLED
from extractor.mentions.predicates import HAPPENING, HAPPENS, PAST, STATE
from extractor.mentions.tags import Line
from extractor.mentions.unreal import is_recalled, is_unreal
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
    subject_before_being,
    subject_behind,
    subject_untold,
    tag_at,
)

_AFTER_REDUCED = ";,()CIWRBEeStHvKA"


_BETWEEN_COORDINATED = "vIDXe#qtP,C"


def participle(reading: Reading, at: int) -> Harm | None:
    """A past form: a passive, a verb with its object, or a participle behind the people."""
    line = reading.line
    aux = auxiliary(line, at)
    if aux is not None:
        return passive(reading, at, aux)
    if line.tags[at] == PAST:
        if at - 1 in reading.told and _described_object(line, at - 1) == at + 1:
            return None
        active = _active(reading, at)
        if active is not None:
            return active
        if line.tokens[at].low == "caught":
            return None  # "people caught in the crossfire"
        if _shares_object(line, at):
            return None
    fronted = subject_behind(line, at)
    if fronted is not None:
        return make_harm(reading, "inverted", fronted, at)
    return reduced(reading, at) or coordinated(reading, at)


def _shares_object(line: Line, at: int) -> bool:
    """Whether another verb is joined that has the object of both: "abducted and killed two"."""
    joint = after(line, at, "v")
    if tag_at(line, joint) != "C":
        return False
    other = after(line, joint, "v")
    return tag_at(line, other) == PAST and find_object(line, other) is not None


def passive(reading: Reading, at: int, aux: int) -> Harm | None:
    """A harm told as in "12 people were killed", "two men, who were shot,"."""
    line = reading.line
    if is_unreal(line, reading.sentence, aux):
        return None
    people = find_subject(line, aux) or subject_before_being(line, aux)
    if people is not None and _died_there(reading, at):
        return None
    if line.tokens[at].low == "caught" and line.tags[at] == PAST and not _is_held(reading, at):
        return None  # "were caught in the blast"
    if line.tokens[at].low == "seized" and tag_at(line, before(line, aux, "v)")) not in "PR":
        return None  # "two rebels were killed and arms were seized"
    if people is None:
        people = _inverted(line, at, aux)
        return make_harm(reading, "inverted", people, at) if people else None
    rule = RECALLED if is_recalled(line, aux, rulers="R") else "passive"
    return make_harm(reading, rule, people, at, agent=agent_after(line, at))


def _is_held(reading: Reading, at: int) -> bool:
    """Whether those "caught" were so by people: "caught by border police"."""
    doer = agent_after(reading.line, at)
    return doer is not None and _CATCHERS.search(reading.sentence, *doer) is not None


_CATCHERS = re.compile(
    r"\b(?:police\w*|troops|soldiers?|forces?|army|marines?|guards?|patrol\w*|officers?|commandos"
    r"|agents?|residents|villagers|locals|deputies)\b",
    re.IGNORECASE,
)


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
    found = _described_object(line, at) or find_object(line, at)
    if found is None:
        return None
    left = before(line, at, "v")
    beside = tag_at(line, left) == "P"
    if beside and line.people[line.tokens[found].person].of_them:
        return None  # "12 people killed, two of them children"
    if _is_attribute(line, at, found) or is_unreal(line, reading.sentence, at):
        return None
    people = listed_after(line, found)
    if line.tokens[at].low == "caught" and _CAUGHT_IN.match(
        reading.sentence, line.tokens[people[-1]].end
    ):
        return None
    rule = RECALLED if is_recalled(line, at) else "active"
    return make_harm(reading, rule, people, at, agent=agent_before(line, at))


def _described_object(line: Line, at: int) -> int | None:
    """The object behind a participle that describes it: "killed (abducted) worker Hari Rao"."""
    other = after(line, at, "Dv")
    if tag_at(line, other) != PAST or other - at > 2 or line.tokens[at].low == "shot":
        return None
    return other + 1 if tag_at(line, other + 1) == "P" else None


# "The blast caught two men in the open", "caught the guards off balance": nobody is held.
_CAUGHT_IN = re.compile(r" (?:in|by|off|between|unawares?|up|on)\b", re.IGNORECASE)


def _is_attribute(line: Line, at: int, people: int) -> bool:
    """Whether a participle describes the people behind it: "the (recently arrested) rebels"."""
    return tag_at(line, before(line, at, "v")) in "DI#" or tag_at(line, people + 1) in "BHM"


def _after_reduced(line: Line, at: int) -> str:
    """What may follow: behind a state also a verb, as in "12 dead arrived at the morgue"."""
    return _AFTER_REDUCED + ("F" if line.tags[at] == STATE else "")


def reduced(reading: Reading, at: int) -> Harm | None:
    """A participle or state right behind the people: "12 people killed in the blast"."""
    line = reading.line
    left = before(line, at, "v")
    if tag_at(line, left) == ")":
        opening = line.tags.rfind("(", 0, left)
        left = opening - 1 if opening > 0 else left
    left = _over_inclusion(line, left)
    if _is_aimed(line, at):
        return None
    if tag_at(line, left) != "P" or tag_at(line, at + 1) not in _after_reduced(line, at):
        return None
    if is_unreal(line, reading.sentence, left) or _is_sentence(reading, at):
        return None
    people = listed_before(line, left)
    return make_harm(reading, "reduced", people, at, agent=agent_after(line, at))


def _over_inclusion(line: Line, at: int) -> int:
    """The people before an inclusion that a comma ends: "six guards, including a cook, (hurt)"."""
    if tag_at(line, at) != ",":
        return at
    opening = line.tags.rfind(",E", max(0, at - 16), at)
    if opening < 1 or line.tags[opening - 1] != "P":
        return at
    return at if set(";WBHKUORS") & set(line.tags[opening:at]) else opening - 1


def _is_aimed(line: Line, at: int) -> bool:
    """Whether people only shot at others: "two gunmen shot at a guard"."""
    if line.tokens[at].low != "shot" or tag_at(line, at + 1) != "I":
        return False
    return line.tokens[at + 1].low == "at" and tag_at(line, after(line, at + 1, "Dv")) == "P"


def _is_sentence(reading: Reading, at: int) -> bool:
    """Whether "to death" is a court's word: "a judge sentenced three men to death"."""
    start = reading.line.tokens[at].start
    to_death = reading.sentence.startswith("to ", start)
    return to_death and _COURT.search(reading.sentence, 0, start) is not None


_COURT = re.compile(r"\b(?:sentenc|condemn|doom|scar|frighten|bor(?:e|ed|ing)\b)", re.IGNORECASE)


def coordinated(reading: Reading, at: int) -> Harm | None:
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
            return make_harm(reading, rule, list(known.people), at, agent=agent_after(line, at))
        if tag == "F":
            aux = auxiliary(line, place)
            people = find_subject(line, aux) if aux is not None else None
            if people is None or is_unreal(line, reading.sentence, aux or 0):
                return None
            return make_harm(reading, "coordinated", people, at, agent=agent_after(line, at))
        if tag not in _BETWEEN_COORDINATED:
            return None
    return None


def state(reading: Reading, at: int) -> Harm | None:
    """A harm told as in "Three are missing", "left 12 dead"."""
    line = reading.line
    aux = auxiliary(line, at)
    if aux is not None:
        return passive(reading, at, aux)
    if line.tokens[at].low == "with" and tag_at(line, before(line, at, "v")) != "P":
        return _came_hurt(reading, at)
    # "Two people in a hospital saw it": only being there tells that they are hurt.
    return None if _in_hospital(reading, at) else reduced(reading, at)


def _in_hospital(reading: Reading, at: int) -> bool:
    words = reading.sentence[reading.line.tokens[at].start : reading.line.tokens[at].end]
    return words.startswith("in ") and words.lower().endswith("hospital")


_CAME = frozenset(
    {
        *("walked", "arrived", "came", "showed", "turned", "drove", "appeared", "ran", "checked"),
        *("went", "stumbled", "collapsed", "lying", "left", "escaped", "survived"),
    }
)


def _came_hurt(reading: Reading, at: int) -> Harm | None:
    """People who come somewhere hurt: "two men walked into a clinic with gunshot wounds"."""
    line = reading.line
    for place in range(at - 1, max(-1, at - 10), -1):
        if line.tags[place] in ";WRKUO":
            return None
        if line.tokens[place].low in _CAME:
            group = before(line, place, "vHB") + 1
            people = None if is_unreal(line, reading.sentence, group) else find_subject(line, group)
            return make_harm(reading, "own", people, at) if people else None
    return None


def gerund(reading: Reading, at: int) -> Harm | None:
    """A harm told as in "Killing two", "claimed the lives of 12"."""
    line = reading.line
    found = find_object(line, at)
    if found is None or is_unreal(line, reading.sentence, at):
        return None
    rule = RECALLED if is_recalled(line, at) else "active"
    return make_harm(reading, rule, listed_after(line, found), at, agent=agent_before(line, at))


def present(reading: Reading, at: int) -> Harm | None:
    """A historic present: "a bomb kills 12", "suspected rebels kill a teacher"."""
    line = reading.line
    ruler = tag_at(line, before(line, at, "v"))
    if ruler not in "PXR),;t" and not (ruler == "C" and _goes_on(reading, at)):
        return None
    return gerund(reading, at)


def _goes_on(reading: Reading, at: int) -> bool:
    """Whether "and" joins a verb to one that told what happened: "killed a man and injure two"."""
    last = max((told for told in reading.told if told < at), default=None)
    return last is not None and not set("MtR!;") & set(reading.line.tags[last:at])


def happened(reading: Reading, at: int) -> Harm | None:
    """A harm told as in "12 people died", "three rebels laid down their arms"."""
    line = reading.line
    group = before(line, at, "vHB") + 1
    if is_unreal(line, reading.sentence, group):
        return None
    people = find_subject(line, group)
    if people is None:
        joined = tag_at(line, before(line, group, "v")) == "C"
        return coordinated(reading, at) if joined else None
    if _is_his_own(reading, at) and any(_is_several(line, one) for one in people):
        return None  # "the parents of a boy, who shot himself"
    harm = make_harm(reading, "own", people, at)
    if harm.outcome is Outcome.KILLED and _OF_THE_HURT.search(_words_of(reading, people[-1])):
        return replace(harm, outcome=Outcome.DIED_OF_WOUNDS)
    return harm


def _is_his_own(reading: Reading, at: int) -> bool:
    """Whether a predicate tells what one person did to himself: "shot himself"."""
    token = reading.line.tokens[at]
    words = reading.sentence[token.start : token.end].lower()
    return "himself" in words or "herself" in words


def _is_several(line: Line, at: int) -> bool:
    number = line.people[line.tokens[at].person].number
    return number.lower is None or number.lower > 1


_OF_THE_HURT = re.compile(
    r"^[^,.;]{0,60}\bof (?:the|those) (?:\w+ )?(?:wounded|injured|hurt)\b", re.IGNORECASE
)


def _words_of(reading: Reading, at: int) -> str:
    """The words of some people, and a few behind them."""
    token = reading.line.tokens[at]
    return reading.sentence[token.start : token.end + 30]


def happening(reading: Reading, at: int) -> Harm | None:
    """A harm told as in "Two die", "with two dying": the people stand right before the verb."""
    line = reading.line
    if line.tags[at] == HAPPENS and tag_at(line, before(line, at, "v")) not in "P),":
        return None
    if tag_at(line, before(line, at, "v")) == "P":
        return happened(reading, at)
    if line.tags[at] != HAPPENING:
        return happened(reading, at)
    people = subject_untold(line, at)
    if people is None or is_unreal(line, reading.sentence, at):
        return None
    return make_harm(reading, "own", people, at)


def shared_objects(reading: Reading) -> Iterator[Harm]:
    """A verb joined to one with an object: "abducted and killed two men"."""
    line = reading.line
    for at, known in tuple(reading.told.items()):
        if known.rule not in ("active", RECALLED):
            continue
        joint = before(line, at, "v")
        if tag_at(line, joint) != "C":
            continue
        other = before(line, joint, "v,")
        same = tag_at(line, other) in "KGV" and tag_at(line, other) == line.tags[at]
        if same and other not in reading.told:
            yield make_harm(reading, known.rule, list(known.people), other, agent=known.agent)
