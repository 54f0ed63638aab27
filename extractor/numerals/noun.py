"""Nouns: whom a member of a list names, and what the noun says befell them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.numerals.figure import Figure
from extractor.numerals.measures import is_thing
from extractor.numerals.people import PARTICIPLES, STOPS, UNITS, VALUED, is_plural, is_singular
from extractor.numerals.tokens import Token, is_hyphen, is_spoken, token_at
from extractor.numerals.words import LISTS, PEOPLE, THINGS, word_set


class Noun(NamedTuple):
    """The noun of a member, whose last word is token `head`; `outcomes`: what it says befell."""

    head: int
    outcomes: frozenset[str]


def read_noun(
    tokens: Sequence[Token], i: int, starts: Mapping[int, Figure], *, counted: bool
) -> Noun | None:
    """Read "elderly Syrian women" from token i on, where figures `starts` at none of its words.

    `counted`: whether a number stands before; then an unknown plural names people, too.
    """
    head, end = _scan(tokens, i, starts, counted=counted)
    if head < 0 and end > i and _may_be_head(tokens[end - 1], counted=counted):
        head = end - 1
    if head < 0:
        return None
    outcomes = frozenset(token.word for token in tokens[i:head] if token.word in _OUTCOMES)
    if tokens[head].word == "member" and is_hyphen(tokens, head - 1):  # "a 12-member delegation"
        head += 1
    if is_spoken(tokens, head + 1, ("-", "in", "-", "law")):
        head += 4
    return None if _is_no_head(tokens, head, counted=counted) else Noun(head, outcomes)


def _scan(
    tokens: Sequence[Token], i: int, starts: Mapping[int, Figure], *, counted: bool
) -> tuple[int, int]:
    """The last word known to name people, or -1, and where the noun cannot go on."""
    head, k = -1, i
    while k < i + _LONGEST_NOUN:
        token, word = token_at(tokens, k), token_at(tokens, k).word
        if is_hyphen(tokens, k):
            k += 1
            continue
        if word == "'" and k > i and tokens[k - 1].end == token.start:  # "the rebels' leader"
            head, k = -1, k + 1
            continue
        aged = is_hyphen(tokens, k + 1) or token_at(tokens, k + 1).word in ("year", "old", "yr")
        if not word[:1].isalnum() or k in starts or word in _NO_NOUN:
            break
        if (word[0].isdecimal() and not aged) or (head >= 0 and word in _AFTER_A_NOUN):
            break
        if (
            head < 0
            and word in _BEFALLEN
            and k > i
            and _may_be_head(tokens[k - 1], counted=counted)
        ):
            break
        village_head = word == "head" and k > i
        if village_head or _names_people(word) or _is_year_old(tokens, k):
            head = k
        elif head >= 0 and not (counted and _is_unknown_plural(word)):  # "eight civilian experts"
            break
        elif head >= 0:
            head = k
        k += 1
    return head, k


def _may_be_head(token: Token, *, counted: bool) -> bool:
    """Whether an unknown word may name people: "5 sherpas", "1 ASI", "a fumigator", "a Guinean"."""
    word, raw = token.word, token.raw
    if counted and raw.isupper() and 1 < len(raw) <= _LONGEST_RANK:
        return True
    if is_thing(word, one=not counted) or len(word) < _SHORTEST_AGENT:
        return False
    if counted:
        return _is_unknown_plural(word)
    national = raw[0].isupper() and raw[1:].islower() and raw.endswith(_NATIONALS)
    return national or (word.endswith(_AGENTS) and word not in LISTS.no_agents)


def _is_no_head(tokens: Sequence[Token], head: int, *, counted: bool) -> bool:
    """Whether the words beside it show that the noun names no people by itself."""
    word, after = token_at(tokens, head).word, token_at(tokens, head + 1).word
    party = is_hyphen(tokens, head - 1) and tokens[head - 2].raw.isupper()  # "the CPI-Maoist"
    if not counted and party and not tokens[head].raw.isupper():
        return True
    if word in LISTS.events or word in _OUTCOMES or after == "'":  # "two dead", "the rebels' camp"
        return True
    return is_thing(after, one=True) and after not in _FATES


_LONGEST_NOUN = 8  # words of a noun and its adjectives
_ELSE = word_set("other others another them those whom")
_OUTCOMES = word_set("dead killed wounded injured hurt missing died arrested detained captured")
_AFTER_A_NOUN = _OUTCOMES | {"accused"}  # "a man accused of theft"
_BEFALLEN = PARTICIPLES | LISTS.own_deeds  # "a toll collector died"
_NO_NOUN = STOPS | word_set("were are have has is not no or")
_FATES = PARTICIPLES | THINGS.verbs | LISTS.deeds  # "two women shot"
_SHORTEST_AGENT = 5  # letters; "user" and "beer" say too little
_AGENTS = ("er", "or", "ist", "ian", "eer", "ee", "ess", "ant")
_LONGEST_RANK = 5  # letters
_NATIONALS = ("an", "ese", "i")


def _names_people(word: str) -> bool:
    return (
        is_plural(word)
        or is_singular(word)
        or word in UNITS
        or word in VALUED
        or word in _ELSE
        or word + "s" in PEOPLE.nationals
    )


def _is_year_old(tokens: Sequence[Token], i: int) -> bool:
    """Whether token i is the "old" of "an 8-year-old"."""
    return tokens[i].word == "old" and is_hyphen(tokens, i - 1) and is_hyphen(tokens, i - 3)


def _is_unknown_plural(word: str) -> bool:
    if word in THINGS.verbs or word in LISTS.speech or is_thing(word, one=False):
        return False
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return plural and len(word) >= _SHORTEST_AGENT
