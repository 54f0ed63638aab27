"""Hints: words and figures without which no text tells a time, so that most need no closer look."""

import re
from functools import cache

from extractor.resolve.dates.vocabulary import (
    MONTHS,
    WEEKDAYS,
    Language,
    english,
    finding,
    foreign,
)

# Every term of the rules has one of these words, a year, or a date in figures.
_TELLING = frozenset(
    {
        *(*MONTHS, *WEEKDAYS, "weekend", "yesterday", "today", "overnight", "last"),
        *("hour", "day", "week", "month", "year", "hours", "days", "weeks", "months", "years"),
        "minute",
        *("morning", "afternoon", "evening", "night"),
    }
)
_FIGURES = re.compile(r"\d{4}|\d[./-]\d")
_FIGURES_ALONE = re.compile(r"#|\d{4}")
_OTHER_LETTER = re.compile(r"[^\x00-\x7f\u201c\u201d\u2026]")
_WORD = re.compile(r"[a-z]+")


def may_tell_a_time(text: str, folded: str) -> bool:
    """Whether a text may tell a time at all; `folded` is the same without capitals and accents."""
    if _FIGURES.search(folded) or _OTHER_LETTER.search(folded):
        return True
    words = set(_WORD.findall(folded))
    told = words & _words()
    if not told:
        return False
    if told <= finding("capitalised") and not any(map(str.isdecimal, folded)):
        # "he may march": in small letters these tell a time beside a number only.
        return any(
            match[0] in told and not text[match.start() : match.end()].islower()
            for match in _WORD.finditer(folded)
        )
    return True


def is_telling(word: str) -> bool:
    """Whether a word in plain spelling is one of those without which there is no term."""
    return word in _TELLING or _FIGURES_ALONE.match(word) is not None


@cache
def _words() -> frozenset[str]:
    """A word of each phrase by which a language tells a time, and the telling words themselves."""
    languages = (english(), *foreign())
    return _TELLING.union(*map(_words_of, languages))


def _words_of(language: Language) -> frozenset[str]:
    return frozenset(
        max((part for part in phrase if part.islower()), key=len, default="")
        for phrase, meaning in language.meanings.items()
        if any(word in _TELLING or _FIGURES.search(word) for word in meaning)
    )
