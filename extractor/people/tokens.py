"""Tokens: the words and marks of a sentence, a hyphened word whole."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractor.people.words import people_words

_TOKEN = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])+\.?(?!\w)"  # "A.K.", "U.S."
    r"|\d+(?:[.,]\d+)*(?:[-\u2010\u2011][^\W_]+)*"  # "1,200", "24-year-old"
    r"|[^\W_]+(?:[-\u2010\u2011'\u2019&][^\W_]+)*"
    r"|\S"
)
_PLAIN = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2019": "'"})
QUOTES = frozenset("'\"\u2018\u2019\u201c\u201d`")


class Token(NamedTuple):
    """A word or a mark; a tuple, since a text has many."""

    raw: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number and no mark."""
        return self.raw[:1].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it is a word with a capital letter."""
        return self.raw[:1].isupper()


_SMALL_IN_TITLES = frozenset(
    {
        *("of", "in", "on", "the", "a", "an", "and", "to", "for", "at", "by", "with", "from", "as"),
        *("after", "over", "near", "or", "is", "into", "s"),
    }
)
_END = Token("", "", -1, -1)


@dataclass(frozen=True, kw_only=True)
class Words:
    """A sentence and its tokens."""

    sentence: str
    tokens: tuple[Token, ...]
    cased: bool
    """Whether small and capital letters are told apart."""
    limit: int
    """The tokens from here on are not looked at."""

    def at(self, k: int) -> Token:
        """Token k, or an empty one beyond either end."""
        return self.tokens[k] if 0 <= k < self.limit else _END

    def until(self, k: int) -> "Words":
        """The words before token k, as if nothing followed."""
        return replace(self, limit=k)

    def after(self, offset: int) -> int:
        """The first token that starts at an offset or after it."""
        return bisect_left(self.tokens, offset, key=_start)

    def follows_person(self, k: int) -> bool:
        """Whether token k may stand after a noun for one person, not being the noun's own end."""
        words, token = people_words(), self.at(k)
        if not token.is_word or token.low in words.followers:
            return True
        if token.low in words.no_followers:
            return False
        if token.low.endswith(("ed", "ing", "ly")) or token.raw[0].isdigit():
            return True
        noun = self.at(k - 1)  # "constable Ram Singh", but "a local Labour leader"
        named = self.cased and token.is_capital and not noun.is_capital
        return named and noun.low not in words.adjectives


def _start(token: Token) -> int:
    return token.start


def read_words(sentence: str) -> Words:
    """The words and marks of a sentence."""
    is_ascii = sentence.isascii()
    tokens = tuple(
        [
            Token(m[0], m[0].lower() if is_ascii else _plain(m[0]), m.start(), m.end())
            for m in _TOKEN.finditer(sentence)
        ]
    )
    cased = _is_cased(tokens)
    return Words(sentence=sentence, tokens=tokens, cased=cased, limit=len(tokens))


def _plain(word: str) -> str:
    return word.lower().translate(_PLAIN)


def _is_cased(tokens: tuple[Token, ...]) -> bool:
    for raw, low, *_ in tokens:  # noqa: SIM110, a loop of its own is half as dear as `any`
        if raw[0].islower() and low not in _SMALL_IN_TITLES:
            return True
    return False
