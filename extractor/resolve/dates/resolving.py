"""Resolving: an expression and the day of publication become an interval of days."""

from collections.abc import Sequence
from datetime import date

from extractor.resolve.dates.evaluation import evaluate
from extractor.resolve.dates.interval import Interval
from extractor.resolve.dates.phrase import parse
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
    view = View(published=published, anchor=anchor, upto=published)
    written = spell(expression.strip(" \t\r\n,.;:"))
    found = _read(translate(written, english()), view)
    if found or not any(word.is_plain for word in written):
        return found
    others = {
        other
        for language in foreign()
        if any(word.word in language.beginnings for word in written)
        and (other := _read(translate(written, language), view))
    }
    return others.pop() if len(others) == 1 else None


def _read(words: Sequence[Written], view: View) -> Interval | None:
    pieces = scan(Line(words))
    if not pieces or pieces[-1].end < len(words):
        return None
    phrase = parse(pieces)
    return evaluate(phrase, view) if phrase else None
