"""Splitting: a text is cut at its sentence ends, and its dateline is kept out of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor.dateline import dateline_end
from extractor.sentences.blocks import find_blocks
from extractor.sentences.casing import natural_case
from extractor.sentences.endings import find_endings

LONGEST = 1500  # characters; the longest of 14,514 sentences in 1,200 real reports had 1,296
_LONGEST_DATELINE = 120  # characters
_OPENING_BLOCKS = 10  # of a text with headings before its dateline


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence and where it stands in the text: `[start, end)` in code points.

    In its words every white-space character is a blank, so that offsets stay right and a line
    wrap inside a phrase does not hide it. Words of a shouted text are in their natural case.
    """

    start: int
    end: int
    words: str


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order, trimmed, without the dateline."""
    return _split_again(text) if len(text) <= _LONGEST_KEPT else _split(text)


def _split(text: str) -> tuple[Sentence, ...]:
    view = natural_case(text)
    begin = dateline_end(text)
    return tuple(
        sentence
        for n, (start, end) in enumerate(find_blocks(view, begin, shouted=view != text))
        for sentence in _sentences(
            view, start if n >= _OPENING_BLOCKS else _body_start(text, view, start, end), end
        )
    )


_LONGEST_KEPT = 20_000  # characters of a text whose sentences are kept for whoever asks again
_split_again = lru_cache(maxsize=4)(_split)


def _body_start(text: str, view: str, start: int, end: int) -> int:
    """Where a block's text begins: behind the dateline that it may have under a heading."""
    if text[start:end] != view[start:end]:
        return start  # in a shouted text everything looks like a dateline
    return start + dateline_end(text[start : min(end, start + _LONGEST_DATELINE)])


def whole_sentence(text: str) -> Sentence:
    """A headline as one sentence."""
    return Sentence(start=0, end=len(text), words=natural_case(text))


def _sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    at = start
    for ending in find_endings(text, start, end):
        yield from _trimmed(text, at, ending)
        at = ending
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    while end - start > LONGEST:  # a wall of text without sentence ends: cut it at a blank
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    words = words.strip()
    if words:
        folded = re.sub(r"\s", " ", words)
        yield Sentence(start=start + left, end=start + left + len(words), words=folded)
