"""Bare people: nouns without figure or article, "suspected insurgents", "Man shot dead"."""

import re
from collections.abc import Iterator
from functools import cache

from extractor.numerals import read_number
from extractor.people.group import People, Reference
from extractor.people.nouns import Noun, is_body, is_figure, noun_until
from extractor.people.pointed import group_of, single, unknown
from extractor.people.tokens import Words
from extractor.people.words import people_words

_OPENS = frozenset({"", ".", ":", ";", "-", "\u2013", "\u2014", "|", "(", "*", "\u2022"})
_GOES_ON = frozenset({",", "and", "&", "after", "as", "when"})
_NOT_BARE = frozenset(
    {
        *("each", "every", "other", "fewer", "%", "percent", "the", "these", "those", "a", "an"),
        *("his", "her", "their"),
    }
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_KIN_BEFORE = frozenset(
    {
        *("man", "woman", "boy", "girl", "mother", "father", "husband", "wife", "son", "daughter"),
        *("brother", "sister", "uncle", "aunt", "cousin", "niece", "nephew", "grandson"),
        *("granddaughter", "grandmother", "grandfather", "brother-in-law", "sister-in-law"),
        *("father-in-law", "mother-in-law", "son-in-law", "daughter-in-law"),
    }
)


@cache
def _harmed() -> re.Pattern[str]:
    """What follows a noun in a headline: ", 9, dies", "found dead"."""
    return re.compile(
        r"\s*(?:,? ?\(?(?:aged )?\d{1,2}\)?,? )?"
        r"(?:(?:was|is|were|has been|had been|in \w+|found|feared|reported) ){0,2}(?:\w+ly )?"
        rf"{people_words().fates['headline']}\b",
        re.IGNORECASE,
    )


def find_bare(words: Words) -> Iterator[People]:
    """Every noun for people that stands without a figure and an article."""
    known = people_words()
    for k, token in enumerate(words.tokens):
        if not token.is_word or token.low in ("other", "others"):
            continue
        noun = noun_until(words, k, bare=True)
        if noun is None or words.at(noun.first - 1).low in known.nobody:
            continue
        people = _several(words, noun) if noun.many else _headline(words, noun)
        if people is not None:
            yield people


def _several(words: Words, noun: Noun) -> People | None:
    """Several people of no told number; not bodies of people told beside them."""
    before, after = words.at(noun.first - 1).low, words.at(noun.head + 1).low
    if is_body(words, noun) and noun.first == noun.head:
        return None
    if before in _NOT_BARE:
        return None
    olds = words.at(noun.head).low.endswith("year-olds")
    if not olds and is_figure(words, noun.first - 1) and not _YEAR.fullmatch(before):
        return None  # a figure that counts nobody: "one in five residents"
    if words.at(noun.head).low in ("bodies", "families", "people") and after == "of":
        return None
    start = words.at(noun.first).start
    number = None
    if olds:  # "two 16-year-olds"
        number = read_number(words.at(noun.first - 1).raw)
        start = words.at(noun.first - 1).start if number else start
    return group_of(words, noun, start=start, number=number or unknown(), reference=Reference.NEW)


def _headline(words: Words, noun: Noun) -> People | None:
    """One person without an article, as headlines and short notes have it."""
    before = words.at(noun.first - 1)
    harmed = _harmed().match(words.sentence, words.at(noun.head).end) is not None
    joined = (
        (before.low == "and" or (before.low == "," and words.at(noun.head + 1).low in (",", "and")))
        and words.at(noun.head).low in _KIN_BEFORE
        and words.at(noun.first - 2).low in _KIN_BEFORE
    )
    opened = before.low in _OPENS or before.low in _GOES_ON
    taken = before.low in people_words().headline_deeds and words.at(noun.head).low != "suspect"
    if not ((opened and harmed) or taken or joined):
        return None
    start = words.at(noun.first).start
    number = single(words, noun, start)
    return group_of(words, noun, start=start, number=number, reference=Reference.NEW)
