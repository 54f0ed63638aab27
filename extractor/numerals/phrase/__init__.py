"""Phrases: the words of one figure, read as a whole, in English or in another known language."""

from functools import lru_cache

from extractor.numerals.number import Number
from extractor.numerals.phrase.english import read_english
from extractor.numerals.phrase.languages import read_foreign

__all__ = ["read_number"]


@lru_cache(maxsize=1024)  # "two" and "three" are read again and again
def _read(text: str) -> Number | None:
    return read_foreign(text) or read_english(text)


def read_number(words: str) -> Number | None:
    """Read the words of one figure; `None` where they hold none, several, or cannot be read."""
    text = words.strip()
    if not text or len(text) > _MOST_CHARACTERS:
        return None
    return _read(text)


_MOST_CHARACTERS = 1000  # longer words are a passage, not one figure
