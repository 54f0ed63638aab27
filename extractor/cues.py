"""Cues: letters without which a pattern of a data file cannot match.

To look for a few letters costs much less than to look for a pattern: most sentences of an article
have none of them, and are then not looked through any further.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.vocabulary import has_any, small, whole_words

_FEWEST = 2  # letters or digits; one stands in any sentence
_LETTERS = re.compile(r"[A-Za-z0-9 '-]")
_MAY_LACK = ("?", "*", "{")


@dataclass(frozen=True, kw_only=True)
class CuedWords:
    """An expression for some words, and its cues."""

    pattern: re.Pattern[str]
    cues: tuple[str, ...]

    def search(self, sentence: str, in_small: str | None = None) -> re.Match[str] | None:
        """The first of the words in a sentence, which may be given in small letters, too."""
        if not has_any(small(sentence) if in_small is None else in_small, self.cues):
            return None
        return self.pattern.search(sentence)


def cued_words(patterns: Iterable[str]) -> CuedWords:
    """One expression for any of the patterns, as whole words."""
    words = tuple(patterns)
    return CuedWords(pattern=whole_words(words), cues=cues_of(words))


def cues_of(patterns: Iterable[str]) -> tuple[str, ...]:
    """Letters, some of which stand in whatever matches any of the patterns.

    "(?:road|traffic) accidents?" has "accident". Where a pattern needs none the cue is empty, which
    stands in every sentence.
    """
    every: set[str] = set()
    for pattern in patterns:
        needed = _needed(pattern)
        if not needed:
            return ("",)
        every |= needed
    return tuple(sorted(cue for cue in every if not any(one in cue for one in every if one != cue)))


def _needed(pattern: str) -> frozenset[str]:
    """Letters, some of which stand in whatever matches; none if it can do without any."""
    needed: frozenset[str] = frozenset()
    for alternative in _parts(pattern):
        best = max(_runs(alternative), key=_worth, default=frozenset[str]())
        if not best or min(map(len, best)) < _FEWEST:
            return frozenset()
        needed |= best
    return needed


def _worth(needed: frozenset[str]) -> tuple[int, int]:
    return min(len(one.strip()) for one in needed), -len(needed)


def _parts(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern that stand in no group."""
    begin = at = 0
    while at < len(pattern):
        if pattern[at] == "|":
            yield pattern[begin:at]
            begin = at + 1
        at = _behind(pattern, at)
    yield pattern[begin:]


def _runs(pattern: str) -> Iterator[frozenset[str]]:
    """Letters that a pattern without alternatives needs: each run of them, and each group."""
    run, at = "", 0
    while at < len(pattern):
        end = _behind(pattern, at)
        piece = pattern[at:end]
        is_needed = not pattern.startswith(_MAY_LACK, end)
        if _LETTERS.fullmatch(piece) and is_needed:
            run += small(piece)
        else:
            if run:
                yield frozenset({run})
            run = ""
            if piece.startswith("(?:") and is_needed and (inner := _needed(piece[3:-1])):
                yield inner
        at = end
    if run:
        yield frozenset({run})


def _behind(pattern: str, at: int) -> int:
    """Where the letter, the sign, the group or the class of letters ends that stands at a place."""
    if pattern[at] == "\\":
        return at + 2
    if pattern[at] == "{":
        return pattern.index("}", at) + 1
    if pattern[at] == "[":
        end = at + 2 if pattern.startswith(("]", "^"), at + 1) else at + 1
        while pattern[end] != "]":
            end += 2 if pattern[end] == "\\" else 1
        return end + 1
    if pattern[at] != "(":
        return at + 1
    end = at + 1
    while pattern[end] != ")":
        end = _behind(pattern, end)
    return end + 1
