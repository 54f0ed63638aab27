"""Strangers: persons whose noun is in no list, known by what befell them.

"Gunmen killed a registered almanackist", "the QJT of a mill was abducted": only persons are
arrested, murdered or abducted, so that whoever is so is one, be he called what he may.
"""

import re
from collections.abc import Iterator
from functools import cache

from extractor.people.group import People, Reference
from extractor.people.nouns import Noun, is_figure, noun_from
from extractor.people.pointed import group_of, single
from extractor.people.tokens import Words
from extractor.people.words import people_words

_LONGEST = 5  # words of a phrase
_SHORTEST = 3  # letters of a noun in small letters
_ARTICLES = frozenset({"a", "an", "one", "the"})
# What is told of persons alone, before and behind them.
_BEFORE = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|murder(?:ed|ing|s)|assassinat(?:ed|ing|es)|arrest(?:ed|ing|s)"
    r"|detain(?:ed|ing|s)|apprehend(?:ed|ing|s)|abduct(?:ed|ing|s)|kidnapp?(?:ed|ing|s)"
    r"|behead(?:ed|ing|s)|nabb(?:ed|ing)|lynch(?:ed|ing)|gunn(?:ed|ing) down"
    r"|(?:shot|shooting) (?:dead|and killed)"
    r"|(?:hack|beat|stabb|ston|ax|clubb|tortur)(?:ed|ing|en) to death"
    r"|wound(?:ed|ing)|injur(?:ed|ing)"
    r"|(?:was|were) (?:also )?(?:arrested|detained|killed|abducted),? along with"
    r"|(?:killing|murder|abduction|kidnapping|arrest|assassination|beheading) of)\s$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r",?(?: \w+ly)? (?:was|has been|had been|is|gets?|got)(?: \w+ly| also| later| then){0,2} "
    r"(?:shot (?:dead|and killed)|(?:arrest|detain|apprehend|abduct|kidnapp?|murder|assassinat"
    r"|behead|lynch|kill|injur|wound)ed|gunned down|nabbed|taken into custody"
    r"|(?:hacked|beaten|stabbed|stoned|axed|clubbed|tortured) to death)\b"
)
_CUE = re.compile(
    r"kill|murder|assassin|arrest|detain|apprehend|abduct|kidnap|behead|nabb|lynch|gunn|shot"
    r"|to death|wound|injur|custody",
    re.IGNORECASE,
)
_THINGS = re.compile(r"(?:ing|tion|sion|ment|ness|ity|ship|ance|ence|age|ure|ism|hood|dom|sis|um)$")


@cache
def _no_persons() -> frozenset[str]:
    return people_words().no_persons


def find_strangers(words: Words) -> Iterator[People]:
    """Every phrase of no known noun that must be a person."""
    if not words.cased or _CUE.search(words.sentence) is None:
        return
    for i, token in enumerate(words.tokens):
        if token.low not in _ARTICLES or noun_from(words, i + 1) is not None:
            continue
        noun = _phrase(words, i + 1)
        if noun is None or not _is_person(words, i, noun):
            continue
        yield group_of(
            words,
            noun,
            start=token.start,
            number=single(words, noun, token.start),
            reference=Reference.DEFINITE if token.low == "the" else Reference.NEW,
        )


def _phrase(words: Words, first: int) -> Noun | None:
    """The words behind an article, up to a mark or a small word, if they may be one person."""
    known, k = people_words(), first
    while k < first + _LONGEST and words.at(k).is_word and words.at(k).low not in known.stops:
        if is_figure(words, k):
            return None
        k += 1
    head = words.at(k - 1)
    if k == first or not words.follows_person(k):
        return None
    low = head.low
    acronym = head.raw.isupper() and len(head.raw) > 1
    if head.is_capital and not acronym:
        return None  # a name
    if not acronym and (len(low) < _SHORTEST or low.endswith("s")):
        return None
    if low in _no_persons() or _THINGS.search(low) or not low.isalpha() or low.endswith("ed"):
        return None
    return Noun(first=first, head=k - 1, many=False)


def _is_person(words: Words, i: int, noun: Noun) -> bool:
    start, end = words.tokens[i].start, words.at(noun.head).end
    if _BEFORE.search(words.sentence, max(0, start - 40), start) is None:
        return _BEHIND.match(words.sentence, end) is not None
    head = words.at(noun.head)
    part = words.tokens[i].low == "the" and words.at(noun.head + 1).low == "of"
    return not part or head.raw.isupper() or head.low.endswith(("er", "or", "ist"))
