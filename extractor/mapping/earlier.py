"""Earlier times: the time expressions that stand before a place in a text, the nearest first."""

from collections.abc import Iterator
from functools import lru_cache

from extractor.resolve.dates import find_dates

_WHOLE = 35_000  # characters; a longer text is looked at part by part
_PART = 10_000  # characters
_PARTS_BACK = 4  # what was told earlier than these parts dates nothing here
_SEAM = 500  # characters in which a paragraph may end, so that no part cuts a time in two


def told_before(text: str, at: int) -> Iterator[str]:
    """The words of each time expression that ends before a place in a text, the last one first."""
    for start, end in _parts_up_to(text, at):
        part = text[start:end]
        for first, last in reversed(_times(part)):
            if start + last <= at:
                yield part[first:last]


@lru_cache(maxsize=64)
def _times(part: str) -> tuple[tuple[int, int], ...]:
    return find_dates(part)


def _parts_up_to(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The parts of a text up to a place, the last one first; they lie at fixed places."""
    if len(text) <= _WHOLE:
        yield 0, len(text)
        return
    here = at // _PART
    for n in range(here, max(here - _PARTS_BACK, -1), -1):
        yield _seam(text, n * _PART), _seam(text, (n + 1) * _PART)


def _seam(text: str, near: int) -> int:
    """The end of a paragraph, a line or a word soon behind a place; the place itself if none is."""
    if not 0 < near < len(text):
        return max(0, min(near, len(text)))
    ends = (text.find(mark, near, near + _SEAM) for mark in ("\n\n", "\n", " "))
    return next((end for end in ends if end >= 0), near)
