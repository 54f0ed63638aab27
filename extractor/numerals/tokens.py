"""Tokens: the words, digit groups and marks of a text."""

import re
from collections.abc import Sequence
from typing import NamedTuple


class Token(NamedTuple):
    """A word, a digit group, a mark or a paragraph break; a tuple, since an article has many."""

    word: str
    raw: str
    start: int
    end: int
    preceded_by: str


def tokenize(text: str) -> list[Token]:
    """Split a text into its tokens."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        raw, start = match[0], match.start()
        word = raw.lower() if raw.isascii() else raw.lower().translate(_PLAIN)
        tokens.append(Token(word, raw, start, match.end(), text[start - 1 : start]))
    return tokens


def token_at(tokens: Sequence[Token], i: int) -> Token:
    """Token i, or an empty one beyond either end."""
    return tokens[i] if 0 <= i < len(tokens) else _END


def is_spoken(tokens: Sequence[Token], i: int, phrase: tuple[str, ...]) -> bool:
    """Whether the words of the phrase stand from token i on."""
    if token_at(tokens, i).word != phrase[0]:
        return False
    if len(phrase) == 1:
        return True
    here = tokens[i : i + len(phrase)]
    return len(here) == len(phrase) and all(
        token.word == word for token, word in zip(here, phrase, strict=True)
    )


def is_hyphen(tokens: Sequence[Token], i: int) -> bool:
    """Whether token i is a hyphen with no space on either side."""
    dash = token_at(tokens, i)
    before, after = token_at(tokens, i - 1), token_at(tokens, i + 1)
    return dash.word == "-" and before.end == dash.start and dash.end == after.start


def past_hyphen(tokens: Sequence[Token], i: int) -> int:
    """The place after the hyphen at token i; i itself where there is none."""
    return i + 1 if is_hyphen(tokens, i) else i


_TOKEN = re.compile(
    r"\n[^\S\n]*\n"  # a paragraph break: no figure runs across it
    r"|\d+(?:[.,]\d+)+[^\W\d_]\w*"  # "7.62mm": no figure is cut out of it
    r"|\d+(?:[.,'\u2019\u066c]\d+)*(?!\w)"
    r"|\w+(?:['\u2019]\w+)*"
    r"|\S"
)
_HYPHENS = "\u2010\u2011\u2012\u2013\u2212"
_PLAIN = str.maketrans(dict.fromkeys(_HYPHENS, "-") | {"\u2015": "\u2014", "\u2019": "'"})
_END = Token("", "", -1, -1, "")
