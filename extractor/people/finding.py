"""Finding: every group of people of a sentence, in order, none overlapping."""

import re
from dataclasses import replace

from extractor.people.bare import find_bare
from extractor.people.group import People, Reference
from extractor.people.persons import find_persons, with_names
from extractor.people.pointed import find_pointed, find_pronouns
from extractor.people.quantified import find_quantified, is_denied
from extractor.people.tokens import QUOTES, Words, read_words

_BEHIND = re.compile(
    r"\s\([A-Z]{2,6}s?\)"  # "a Special Police Officer (SPO)"
    r"|\sin (?:his|her|their) (?:early |mid-?|late )?(?:\d0s|teens|twenties|thirties|forties|fifties|sixties)\b"
    r"|\sfor (?:governor|mayor|president|congress|parliament|senator|sheriff)\b"
    r"|\sof the same family\b"
    r"|,? aged (?:between )?\d{1,2}(?: (?:and|to) \d{1,2})?\b(?!,)"
)
# Who only says so was not harmed by what he says: "residents of the town said".
_SPEAKS = re.compile(
    r"(?: (?:in|from|of|near|at|on|for|with) [^,.;:]{1,40}?| who [^,.;:]{1,30}?|, [^,.;:]{1,40},)?"
    r" (?:also |later |have |has |had )?(?:said|says?|told|tells?|reported(?! (?:killed|dead|missing|wounded|injured))"
    r"|added|adds|stated|states|confirmed(?! (?:killed|dead))|alleged|claimed(?! (?:the lives|by))|recalled"
    r"|announced|explained|believe|think|described|noted|warned|testified|insisted)\b",
    re.IGNORECASE,
)


def find_people(sentence: str) -> tuple[People, ...]:
    """Every group of people that a sentence speaks of, in order, none overlapping.

    Where several readings begin at one word the longest is taken: "the three insurgents" is no bare
    "three".
    """
    words = read_words(sentence)
    if not words.tokens:
        return ()
    groups = [*find_quantified(words), *find_pointed(words), *find_bare(words)]
    named = [*with_names(words, [_with_rest(words, one) for one in groups])]
    readings = [*named, *find_persons(words), *find_pronouns(words)]
    found: list[People] = []
    for people in sorted(readings, key=lambda p: (p.start, -p.end)):
        if not found or people.start >= found[-1].end:
            found.append(people)
    return tuple(
        one
        for one in found
        if not is_denied(sentence, one.start)
        and not (_may_speak(one) and _SPEAKS.match(sentence, one.end))
    )


def _may_speak(people: People) -> bool:
    """Whether the group has no figure: a count of speakers is rarely told."""
    counted = people.number.text is not None and people.number.text[:1].isdigit()
    return not counted and people.reference is not Reference.PRONOUN and people.group is not None


def _with_rest(words: Words, people: People) -> People:
    """The group with what belongs to it behind its noun: "a woman in her 60s"."""
    if people.group is None or people.reference is Reference.PRONOUN:
        return people
    end = people.end
    sentence = words.sentence
    quoted = any(one in QUOTES for one in sentence[people.start : end])
    if quoted and sentence[end : end + 1] in QUOTES:
        end += 1
    behind = _BEHIND.match(sentence, end)
    end = behind.end() if behind else end
    return replace(people, end=end) if end != people.end else people
