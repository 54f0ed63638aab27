"""Scanning: the pieces that plain words fall into."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from extractor.resolve.dates.anchored import ANCHORED
from extractor.resolve.dates.explicit import EXPLICIT
from extractor.resolve.dates.hints import is_telling
from extractor.resolve.dates.parts import LINKS, PARTS
from extractor.resolve.dates.relative import RELATIVE
from extractor.resolve.dates.spelling import Written
from extractor.resolve.dates.term import Piece, Rule

_ALL: tuple[Rule, ...] = (*RELATIVE, *ANCHORED, *EXPLICIT, *PARTS, *LINKS)
_NAME = re.compile(r"\(\?P([<=])(\w+)")
_BEGINNINGS = {"a", "amclock", "pmclock"} | frozenset(
    word
    for rule in _ALL
    for word in re.findall(r"[a-z]+", re.sub(r"\(\?P<\w+>", "(", rule.pattern))
)
_NEVER = frozenset(".?:;!'\"")  # signs that stand in no rule
_STANDING = _BEGINNINGS | {f"{word}s" for word in _BEGINNINGS}  # "hours?" begins no rule


@dataclass(frozen=True)
class Line:
    """Plain words in a row, one space between."""

    words: Sequence[Written]

    @cached_property
    def text(self) -> str:
        """The words as one text."""
        return " ".join(written.word for written in self.words)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each word begins in the text, and where one more would."""
        return tuple(_running(len(written.word) + 1 for written in self.words))

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of the word that begins at a place in the text."""
        return {start: n for n, start in enumerate(self.starts)}


def telling_rows(line: Line) -> Iterator[tuple[int, int]]:
    """Rows of words, `[start, end)`, that may tell a time: all that could be a term's lies in them.

    Each goes from a word without which there is no term as far as words of rules stand around it.
    """
    behind = 0
    for n, written in enumerate(line.words):
        if n < behind or not is_telling(written.word):
            continue
        start, end = n, n + 1
        while start > behind and _may_stand(line.words[start - 1].word):
            start -= 1
        while end < len(line.words) and _may_stand(line.words[end].word):
            end += 1
        yield start, end
        behind = end


def _may_stand(word: str) -> bool:
    """Whether a word can be one of a rule: a word, a number or a sign of some rule."""
    return word in _STANDING if word.isalpha() else word not in _NEVER


def scan(line: Line, at: int = 0) -> tuple[Piece, ...]:
    """The pieces from a word on, as far as there are any; they count in words."""
    pieces: list[Piece] = []
    while at < len(line.words) and (piece := _piece(line, at)):
        pieces.append(piece)
        at = piece.end
    return tuple(pieces)


def _piece(line: Line, at: int) -> Piece | None:
    word, here = line.words[at].word, line.starts[at]
    if word in _NEVER or (word.isalpha() and word not in _BEGINNINGS):
        return None
    found = _any_rule().match(line.text, here)
    if found is None:
        return None
    number = int(str(found.lastgroup).removeprefix("rule"))
    # Its groups have their own names again.
    match = _rule(number).match(line.text, here)
    if match is None:
        return None
    return Piece(what=_ALL[number].build(match), start=at, end=line.numbers[match.end() + 1])


@cache
def _any_rule() -> re.Pattern[str]:
    """All rules in one, the first that fits: most words begin none, which this tells in one go."""
    either = "|".join(
        f"(?P<rule{n}>(?:{_numbered(rule.pattern, n)})(?= |$))" for n, rule in enumerate(_ALL)
    )
    return re.compile(either)


def _numbered(pattern: str, number: int) -> str:
    """A pattern of which the groups have names of their own: "unit" becomes "unit_3"."""
    return _NAME.sub(lambda name: f"(?P{name[1]}{name[2]}_{number}", pattern)


@cache
def _rule(number: int) -> re.Pattern[str]:
    return re.compile(rf"(?:{_ALL[number].pattern})(?= |$)")


def _running(lengths: Iterable[int]) -> Iterable[int]:
    total = 0
    yield total
    for length in lengths:
        total += length
        yield total
