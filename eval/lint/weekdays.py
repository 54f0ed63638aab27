"""Weekdays: an article that names a weekday and a date has them agree."""

import re
from collections.abc import Iterator
from datetime import date
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
_DAY = rf"(?P<weekday>{'|'.join(_DAYS)})"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?(?!\d)"
_BETWEEN = r",?\s+(?:the\s+|\(\s*)?"
_DAY_FIRST = re.compile(
    rf"\b{_DAY}{_BETWEEN}{_NUMBER}\s+(?:of\s+)?{_MONTH}\b{_YEAR}", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"\b{_DAY}{_BETWEEN}{_MONTH}\s+{_NUMBER}\b{_YEAR}", re.IGNORECASE)


def wrong_weekdays(article: Article) -> Iterator[Finding]:
    """English dates of a text on another weekday than the one they are given.

    A date without a year may be of the year of publication or of the one before.
    """
    for field in ("title", "text"):
        words = article.field(field)
        for found in chain(_DAY_FIRST.finditer(words), _MONTH_FIRST.finditer(words)):
            days = _possible(found, article.published_at)
            weekday = _DAYS.index(found["weekday"].casefold())
            if days and weekday not in {day.weekday() for day in days}:
                told = f"{days[0]} was a {days[0]:%A}, not as in {found[0]!r}; mend the date"
                yield Finding(field, told)
            elif not days and (found["year"] or article.published_at):
                yield Finding(field, f"there is no such day as {found[0]!r}; mend the date")


def _possible(found: re.Match[str], published: date | None) -> tuple[date, ...]:
    """The days that such words may mean, the likeliest first."""
    month, day = _MONTHS.index(found["month"].casefold()) + 1, int(found["day"])
    if found["year"]:
        years = (int(found["year"]),)
    else:
        years = (published.year, published.year - 1) if published else ()
    return tuple(made for year in years if (made := _made(year, month, day)))


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # the 31st of a month that has none
        return None
