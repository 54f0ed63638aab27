"""Resolving: an expression and the day of publication become an interval of days."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from extractor.resolve.dates.evaluation import evaluate
from extractor.resolve.dates.interval import Interval
from extractor.resolve.dates.phrase import Phrase, parse
from extractor.resolve.dates.scanning import Line, scan
from extractor.resolve.dates.spelling import Written, spell
from extractor.resolve.dates.term import View
from extractor.resolve.dates.vocabulary import english, foreign, translate

_LONGEST = 200  # characters; longer words are a passage, not an expression


def resolve_date(
    expression: str, published: date | None, *, anchor: date | None = None
) -> Interval | None:
    """The days an expression stands for, seen from the day of publication; `None` if unreadable.

    A bare weekday is the most recent such day on or before publication. Without a publication date
    only expressions that carry their own year are readable. An expression is unreadable if any word
    beside the date is one that could change or widen it: "around 3 May", "the week of 3 May".

    Args:
        expression: the words, in English or a language of the data file.
        published: the day of publication; no later day is ever returned.
        anchor: the day that "the previous day" or "two days later" are seen from: an earlier time
            of the article. Without one, such words are unreadable.
    """
    if len(expression) > _LONGEST:
        return None
    english_phrase, is_plain = _phrase(expression)
    view = View(published=published, anchor=anchor, upto=published)
    found = evaluate(english_phrase, view) if english_phrase else None
    if found or not is_plain:
        return found
    others = {other for phrase in _foreign_phrases(expression) if (other := evaluate(phrase, view))}
    return others.pop() if len(others) == 1 else None


@lru_cache(maxsize=2048)  # who finds an expression asks first, then who resolves it
def _phrase(expression: str) -> tuple[Phrase | None, bool]:
    """What an expression says in English, and whether it has a word that is no number."""
    written = _written(expression)
    return _read(translate(written, english())), any(word.is_plain for word in written)


@lru_cache(maxsize=2048)
def _foreign_phrases(expression: str) -> tuple[Phrase, ...]:
    """What an expression says in each other language that can read it."""
    written = _written(expression)
    return tuple(
        phrase
        for language in foreign()
        if any(word.word in language.beginnings for word in written)
        and (phrase := _read(translate(written, language)))
    )


def _written(expression: str) -> tuple[Written, ...]:
    return spell(expression.strip(" \t\r\n,.;:"))


def _read(words: Sequence[Written]) -> Phrase | None:
    pieces = scan(Line(words))
    return parse(pieces) if pieces and pieces[-1].end == len(words) else None
