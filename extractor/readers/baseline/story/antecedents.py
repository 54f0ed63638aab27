"""Antecedents: the number of people who are only pointed at, from where they were told.

"Soldiers saw two men with a bomb. They were killed." "He stopped three buyers and shot them." Those
harmed are two and three: a sentence before, or the same, counts them without any harm.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractor.codes import Outcome, Qualifier, Unit
from extractor.mentions import Mention
from extractor.people import People, Reference, find_people
from extractor.readers.baseline.story.sameness import clash, who_is
from extractor.readers.baseline.story.scenes import Scene

_BACK = 3  # sentences in which "the insurgents" are looked for
_NEXT = 1  # sentences in which "they" are
_POINTED = (Reference.DEFINITE, Reference.PRONOUN)
_UNTOLD = (Qualifier.UNKNOWN_NUMBER, Qualifier.VAGUE)
_HARMED = frozenset(
    {
        *(Outcome.KILLED, Outcome.INJURED, Outcome.KILLED_OR_INJURED, Outcome.DETAINED),
        *(Outcome.ABDUCTED, Outcome.SURRENDERED),
    }
)


def with_antecedents(scenes: Iterable[Scene]) -> Iterator[Scene]:
    """The scenes, with the number of those pointed at where the words before tell it."""
    before: deque[Scene] = deque(maxlen=_BACK)
    for scene in scenes:
        if any(map(_is_open, scene.mentions)):
            told = tuple(_resolved(one, scene, before) for one in scene.mentions)
            scene = replace(scene, mentions=told)
        yield scene
        before.append(scene)


def _is_open(mention: Mention) -> bool:
    """Whether people are pointed at whose number their own words do not tell."""
    unknown = mention.number.qualifier is Qualifier.UNKNOWN_NUMBER
    pointed = mention.people.reference in _POINTED and not mention.people.of_them
    return unknown and pointed and mention.outcome in _HARMED and mention.part_of is None


def _resolved(mention: Mention, scene: Scene, before: Iterable[Scene]) -> Mention:
    if not _is_open(mention):
        return mention
    sought = mention
    pronoun = mention.people.reference is Reference.PRONOUN
    places = [scene.words[: mention.people.start], *(one.words for one in reversed([*before]))]
    for n, words in enumerate(places):
        if pronoun and n > _NEXT:
            break
        met = list(_candidates(words, sought, scene, same=n == 0))
        if not met:
            continue
        people = met[0]
        if len(met) > 1:
            break
        if people.reference is Reference.DEFINITE and people.number.qualifier in _UNTOLD:
            sought, pronoun = _as_mention(people, mention.outcome), False
            scene = replace(scene, sentence=replace(scene.sentence, words=words))
            continue  # "They fired on the men, killing them": whom "the men" points at
        if people.number.qualifier in _UNTOLD:
            break
        return replace(
            mention,
            number=people.number,
            people=replace(mention.people, number=people.number),
            antecedent=words[people.start : people.end],
        )
    return mention


def _candidates(words: str, mention: Mention, scene: Scene, *, same: bool) -> Iterator[People]:
    """The groups of several people that those pointed at may be."""
    new = who_is(scene.words, mention, sentence=scene.at)
    for people in find_people(words):
        number = people.number
        told = number.qualifier in _UNTOLD or (number.lower or 0) > 1
        if not told or people.counts or number.unit is not Unit.PERSONS or people.of_them:
            continue
        if people.group is None or (same and _LISTED.match(words, people.end)):
            continue  # "five guards and the attackers": two groups
        if same and mention.agent and _overlap(mention.agent, (people.start, people.end)):
            continue  # "two gunmen chased the men and shot them": not the gunmen
        known = who_is(words, _as_mention(people, mention.outcome), sentence=-2)
        if not clash(new, known):
            yield people


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


# Nothing but a joint between two groups, or what only hangs on the first.
_LISTED = re.compile(r",? (?:and|or|as well as|plus) (?:the |these |those )?$", re.IGNORECASE)


def _as_mention(people: People, outcome: Outcome) -> Mention:
    return Mention(
        outcome=outcome, number=people.number, people=people, start=people.start, end=people.end
    )
