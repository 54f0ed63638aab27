"""Finding: every group of people of a sentence, in order, none overlapping."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extractor.codes import Demographic, Qualifier
from extractor.people.bare import find_bare
from extractor.people.group import People, Reference
from extractor.people.nouns import end_of_phrase, with_age
from extractor.people.persons import find_persons, with_names
from extractor.people.pointed import find_pointed, find_pronouns
from extractor.people.quantified import find_quantified, is_denied
from extractor.people.shares import find_shares
from extractor.people.strangers import find_strangers
from extractor.people.tokens import QUOTES, Words, read_words
from extractor.people.words import people_words

_BEHIND = re.compile(
    r"\s\([A-Z]{2,6}s?\)"  # "a Special Police Officer (SPO)"
    r"|\sin (?:his|her|their) (?:early |mid-?|late )?"
    r"(?:\d0s|teens|twenties|thirties|forties|fifties|sixties)\b"
    r"|\sfor (?:governor|mayor|president|congress|parliament|senator|sheriff)\b"
    r"|\sof the same family\b"
    r"|(?<=boy|irl|man|ady) of (?:about |some )?(?:\d{1,2}|[a-z]{3,9}(?:een|ty)|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"|,? aged (?:between )?\d{1,2}(?: (?:and|to) \d{1,2})?\b(?!,)"
)


@cache
def _speaks() -> re.Pattern[str]:
    """Who only says so was not harmed by what he says: "residents of the town said"."""
    return re.compile(
        r"(?: (?:in|from|of|near|at|on|for|with) [^,.;:]{1,40}?| who [^,.;:]{1,30}?"
        r"|, [^,.;:]{1,40},)?"
        rf" (?:also |later |have |has |had )?{people_words().fates['saying']}\b",
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
    groups = [
        *find_shares(words),
        *find_quantified(words),
        *find_pointed(words),
        *find_bare(words),
        *find_strangers(words),
    ]
    named = with_names(words, [_with_rest(words, one) for one in groups])
    readings = [*named, *find_persons(words), *find_pronouns(words)]
    found: list[People] = []
    for people in sorted(
        (_aged(sentence, _among(sentence, one)) for one in readings),
        key=lambda p: (p.start, -p.end),
    ):
        if not found or people.start >= found[-1].end:
            found.append(people)
    return tuple(
        one
        for one in _without_descriptions(sentence, found)
        if not is_denied(sentence, one.start)
        and not (_may_speak(one) and _speaks().match(sentence, one.end))
    )


# "160 civilians mostly women and children": who most of the people are is no count of its own.
_MOSTLY = re.compile(
    r"[,\s(\u2013\u2014-]{1,3}(?:mostly|mainly|largely|chiefly|predominantly|primarily|all)"
    r"(?: (?:the|young|old|unarmed|innocent))?\s"
)
_AGE_BEHIND = re.compile(r", (\d{1,2}),(?= [a-z])")
_AND = re.compile(r",?\s(?:(?:and|or)\s)?(?:the )?|,? and ")
# "the list of 7,000 victims' names", "the number of people wounded": nobody else is counted.
_OWNED = re.compile(r"(?<=s)['\u2019]\s(?!bod(?:y|ies)\b|deaths?\b|remains\b|corpses?\b)[a-z]")
_ALL = re.compile(r",? all (?!of\b|the\b)")  # "five people all civilians"
_ALL_OF_THEM = re.compile(
    r"(?<!nearly )(?<!almost )\ball of (?:them|whom|whom were|them were) $", re.I
)
_ONE_MORE = re.compile(r"an? |[a-z]+\b(?! and\b)")
_NUMBER_OF = re.compile(r"\bthe (?:\w+ )?number of $", re.IGNORECASE)


def _without_descriptions(sentence: str, found: list[People]) -> Iterator[People]:
    """The groups less those that only say who others are, or what is theirs."""
    last: People | None = None
    aside = apposed = False
    for people in found:
        if last is not None:
            between = _AND if aside else _MOSTLY
            aside = between.fullmatch(sentence, last.end, people.start) is not None
            aside = aside or _ALL.match(sentence, last.end, people.end) is not None
            apposed = not sentence[: last.start].strip() and people.start == last.end + 1
        last = people
        owner = _OWNED.match(sentence, people.end) and "\u2018" not in sentence[: people.start]
        numbered = _NUMBER_OF.search(sentence, max(0, people.start - 40), people.start)
        if _ALL_OF_THEM.search(sentence, max(0, people.start - 20), people.start):
            continue  # "12 people, all of them women": no part of them
        aside = (aside or numbered is not None) and (
            people.number.qualifier is Qualifier.UNKNOWN_NUMBER
        )  # "the number of our brothers and sisters killed"
        # "The policeman a brigadier was stabbed": two groups side by side are one.
        again = (
            apposed
            and people.reference is Reference.NEW
            and _ONE_MORE.match(sentence, people.start) is not None
            and not sentence.startswith((",", " and ", " or "), people.end)
        )
        if not (aside or owner or again):
            yield people


def _aged(sentence: str, people: People) -> People:
    """One person with the age that stands between commas behind: "boy, 14, shot dead"."""
    age = _AGE_BEHIND.match(sentence, people.end)
    if age is None or people.number.lower != 1 or people.group is None:
        return people
    return replace(people, end=age.end(), kind=with_age(people.kind, int(age[1])))


def _among(sentence: str, people: People) -> People:
    """The group marked a part if words behind it say so: "a boy of 12 among them"."""
    behind = _AMONG_THEM.match(sentence, people.end)
    if behind is None or people.reference is Reference.PRONOUN:
        return people
    return replace(people, end=behind.end(), of_them=True)


_AMONG_THEM = re.compile(r" among (?:them|the (?:dead|wounded|injured|victims|killed))\b", re.I)


def _may_speak(people: People) -> bool:
    """Whether the group has no figure: a count of speakers is rarely told."""
    counted = people.number.text is not None and people.number.text[:1].isdigit()
    return not counted and people.reference is not Reference.PRONOUN and people.group is not None


_NO_OWNERS = frozenset({"body", "bodies", "corpse", "corpses", "people", "others", "other"})


def start_of_word(sentence: str, end: int) -> int:
    """Where the word that ends at an offset starts."""
    return sentence.rfind(" ", 0, end) + 1


def _with_rest(words: Words, people: People) -> People:
    """The group with what belongs to it behind its noun: "a woman in her 60s"."""
    if people.group is None or people.reference is Reference.PRONOUN:
        return people
    end = people.end
    sentence = words.sentence
    quoted = any(one in QUOTES for one in sentence[people.start : end])
    if quoted and sentence[end : end + 1] in QUOTES:
        end += 1
    last = words.sentence[start_of_word(sentence, end) : end].lower()
    whole = None if last in _NO_OWNERS else end_of_phrase(words, words.after(end))
    end = whole or end
    behind = _BEHIND.match(sentence, end)
    end = behind.end() if behind else end
    if end == people.end:
        return people
    group, kind = people.group, people.kind
    if last in ("member", "members") and "family" in sentence[people.end : end]:
        group = (group[0], end)
        kind = kind.model_copy(update={"demographics": (Demographic.FAMILY,)})
    return replace(people, end=end, group=group, kind=kind)
