"""Partitions: a sentence that says who some of the people counted before it were (R3).

"Twelve people were killed. Five of them were children." "Among them were two nurses." No word of
harm stands in it; what befell them is what befell their whole.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.codes import Outcome, Qualifier
from extractor.mentions import Mention
from extractor.people import People, Reference, find_people

PARTITION = "partition"  # the rule of such mentions
_HEAD = re.compile(
    r"[\"\u201c\u2018'(]{0,2}(?:and |but )?(?:"
    r"(?P<parts>[\w,' -]{1,40}? of (?P<whom>them|these|those|(?:the|his|her|its|their) (?:[\w-]+)))"
    r" (?:are|were|was|is)"
    r"|(?P<bare>[\w-]+(?: others?)?|the (?:others?|rest|other [\w-]+|remaining [\w-]+))"
    r" (?:were|are)"
    r"|(?P<among>among (?:them|these|those|(?:the|his|her|its|their) [\w-]+) (?:was|were|is|are))"
    r")(?: (?:said|believed|reported|thought|known) to be)? (?!\w+ed\b)",
    re.IGNORECASE,
)
_CUES = (" were ", " was ", " are ", " is ")
_DEAD = re.compile(r"the (?:dead|killed|deceased|fallen)\b", re.IGNORECASE)
_HURT = re.compile(r"the (?:wounded|injured|hurt)\b", re.IGNORECASE)
_OUTCOMES = {_DEAD: Outcome.KILLED, _HURT: Outcome.INJURED}
_MOST_WORDS = 12  # between the verb and the noun that ends a list
# "Five of them were in hospital", "were from Brod": only what they are is a part told anew.
_NO_NOUN = re.compile(r"(?:in|at|on|from|not|still|also|later|now|being|said|expected)\b")


def partition_of(words: str, before: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions of a sentence that parts the people counted in the sentence before it."""
    if not before or not any(cue in words for cue in _CUES):
        return ()
    head = _HEAD.match(words)
    if head is None or _NO_NOUN.match(words, head.end()):
        return ()
    whole = _whole(before, head)
    if whole is None:
        return ()
    groups = [one for one in find_people(words) if one.reference is not Reference.PRONOUN]
    if head["among"]:
        told = [one for one in groups if one.start >= head.end() - 1 and _fits(one, whole)]
        return tuple(_mention(one, whole, head.start()) for one in told[:_FEW])
    told = _said(words, head, groups)
    return (_mention(told, whole, head.start()),) if told and _fits(told, whole) else ()


_FEW = 4  # people listed as "among them"


def _said(words: str, head: re.Match[str], groups: list[People]) -> People | None:
    """The part with its figure and its noun: "five of them were children"."""
    opening = [one for one in groups if one.start < head.end() and one.end <= head.end()]
    noun = next((one for one in groups if one.start >= head.end() - 3), None)
    whole = next((one for one in groups if one.of_them and one.start <= head.end()), None)
    if whole is not None and whole.end > head.end() - 1:
        return whole
    figure = opening[0] if opening else None
    if figure is None or noun is None or noun.number.qualifier is not Qualifier.UNKNOWN_NUMBER:
        return None
    if noun.start - head.end() > _MOST_WORDS:
        return None
    return replace(noun, start=figure.start, number=figure.number)


def _whole(before: Sequence[Mention], head: re.Match[str]) -> Mention | None:
    """The people parted: the only ones of the sentence before, or those the words name."""
    totals = [one for one in before if one.part_of is None]
    said = head["whom"] or head["among"] or ""
    for pattern, outcome in _OUTCOMES.items():
        if pattern.search(said):
            return next((one for one in totals if one.outcome is outcome), None)
    if len({one.outcome for one in totals}) != 1:
        return None
    return totals[-1] if len(totals) == 1 else None


def _fits(people: People, whole: Mention) -> bool:
    """Whether people can be a part of a whole: fewer than it, or a share without a number."""
    number, all_of = people.number, whole.number
    if number.qualifier is Qualifier.NONE:
        return False
    if all_of.lower is not None and all_of.lower < _PLURAL:
        return False
    if number.lower is None:
        return number.qualifier is Qualifier.VAGUE
    return all_of.lower is None or number.lower <= all_of.lower


_PLURAL = 2


def _mention(people: People, whole: Mention, start: int) -> Mention:
    return Mention(
        outcome=whole.outcome,
        number=people.number,
        people=replace(people, of_them=True, reference=Reference.DEFINITE),
        start=min(start, people.start),
        end=people.end,
        verb_at=people.start,
        voice="own",
        rule=PARTITION,
    )
