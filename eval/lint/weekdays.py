"""Weekdays: an article that names a weekday and a date has them agree.

Only dates in English are read; those of another language are passed over.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain

from eval.lint.finding import Finding
from extractor.article import Article

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: tuple[str, ...] = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_KEY = 3  # letters by which every weekday and every month is known


def _capital(words: Iterable[str]) -> str:
    """Words that count only with a capital letter: "sat", "may" and "march" are verbs too."""
    return "|".join(f"(?-i:{word.title()}|{word.upper()})" for word in words)


_SHORT_DAYS = _capital(
    ("mon", "tues", "tue", "weds", "wed", "thurs", "thur", "thu", "fri", "sat", "sun")
)
_SHORT_MONTHS = _capital(
    (
        *("march", "may", "jan", "feb", "mar", "apr", "jun"),
        *("jul", "aug", "sept", "sep", "oct", "nov", "dec"),
    )
)
_LONG_MONTHS = "|".join(one for one in _MONTHS if one not in ("march", "may"))
_PART = r"(?:\s+(?:morning|midday|noon|afternoon|evening|night))?"
_DAY = rf"\b(?P<weekday>{'|'.join(_DAYS)}|(?<!\bthe\s)(?:{_SHORT_DAYS}))\b\.?{_PART}"  # The Sun
_MONTH = rf"(?P<month>{_LONG_MONTHS}|{_SHORT_MONTHS})\b\.?"
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?:(?P<comma>,)?\s+(?P<year>(?:19|20)\d{2})\b)?"
_BETWEEN = r",?\s+(?:the\s+|\(\s*)?"
_DAY_FIRST = re.compile(rf"{_DAY}{_BETWEEN}{_NUMBER}\s+(?:of\s+)?{_MONTH}{_YEAR}", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_DAY}{_BETWEEN}{_MONTH}\s+{_NUMBER}{_YEAR}", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.,;!?)]|\Z)|\n")  # after a year, and not after a figure or an hour
_AHEAD = timedelta(days=183)  # what is announced lies nearer than what is remembered


def wrong_weekdays(article: Article) -> Iterator[Finding]:
    """English dates of a text on another weekday than the one they are given.

    A date without a year may be of the year of publication, of the one before, or of the next
    within half a year. Where a year may be a figure ("29 November 2000 people") or an hour
    ("29 November 2010: shots"), the date may be with it or without.
    """
    for field in ("title", "text"):
        words = article.field(field)
        for found in chain(_DAY_FIRST.finditer(words), _MONTH_FIRST.finditer(words)):
            if article.published_at is None and not _has_year(found):
                continue
            days = _possible(found, article.published_at)
            weekday = [day[:_KEY] for day in _DAYS].index(_key(found["weekday"]))
            if not days:
                yield Finding(field, f"there is no such day as {found[0]!r}; mend the date")
            elif weekday not in {day.weekday() for day in days}:
                told = f"{days[0]} was a {days[0]:%A}, not as in {found[0]!r}; mend the date"
                yield Finding(field, told)


def _possible(found: re.Match[str], published: date | None) -> tuple[date, ...]:
    """The days that such words may mean, the likeliest first."""
    month = [one[:_KEY] for one in _MONTHS].index(_key(found["month"])) + 1
    years = [int(found["year"])] if found["year"] else []
    if published and not _has_year(found):
        years += [published.year, published.year - 1]
        coming = _made(published.year + 1, month, int(found["day"]))
        if coming and coming - published <= _AHEAD:
            years.append(coming.year)
    return tuple(made for year in years if (made := _made(year, month, int(found["day"]))))


def _has_year(found: re.Match[str]) -> bool:
    """Whether a year is stated, and the number can be nothing else."""
    is_set_off = found["comma"] or _ENDS.match(found.string, found.end())
    return found["year"] is not None and bool(is_set_off)


def _key(word: str) -> str:
    return word[:_KEY].casefold()


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # the 31st of a month that has none
        return None
