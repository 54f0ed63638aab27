"""The day of publication: read from words that leave no doubt, never guessed."""

import re
from datetime import date

from extractor.intake.taken import Noted, shorten

NO_DATE = "no publication date: weekdays cannot be dated; give --published YYYY-MM-DD"
"""Notice of an article that nobody dated."""

# Spelled out here because the names of the calendar module change with the locale.
# fmt: off
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)
# fmt: on
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_ABBREVIATED = 3  # letters: Dec, Thu
_NUMBERS = {
    name: number
    for names in (_MONTHS, _WEEKDAYS)
    for number, full in enumerate(names, start=1)
    for name in (full, full[:_ABBREVIATED])
} | {"sept": 9, "tues": 2, "thur": 4, "thurs": 4}


def _any_of(names: tuple[str, ...], *others: str) -> str:
    forms = [*names, *others, *(name[:_ABBREVIATED] for name in names)]
    return "|".join(sorted(forms, key=len, reverse=True))


_CLOCK = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
_ZONE = r"(?:Z|[A-Z]{2,5}|(?:UTC|GMT)?[+-][0-9]{2}:?[0-9]{2})"
_TIME = rf"(?:,?\s+(?:at\s+)?{_CLOCK}(?:\s*[ap]\.?m\.?)?(?:\s*{_ZONE})?)?"
_WEEKDAY = rf"(?:(?P<weekday>{_any_of(_WEEKDAYS, 'tues', 'thur', 'thurs')})\.?,?\s+)?"
_MONTH = rf"(?P<month>{_any_of(_MONTHS, 'sept')})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12][0-9]{3})"

_ISO = re.compile(
    rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?:(?:T|\s+){_CLOCK}(?:\s*{_ZONE})?)?",
    re.IGNORECASE,
)
_NAMED_MONTH = (
    re.compile(rf"{_WEEKDAY}{_DAY}(?:\s+|-){_MONTH},?(?:\s+|-){_YEAR}{_TIME}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_TIME}", re.IGNORECASE),
)


def find_day(words: str) -> date | None:
    """The calendar day that words name, as written; `None` if they leave any doubt."""
    for pattern in (_ISO, *_NAMED_MONTH):
        if found := pattern.fullmatch(words.strip()):
            return _day_of(found.groupdict())
    return None


def date_article(stated: object, *, where: str, published: date | None) -> Noted[date | None]:
    """The day an article was published: as it states itself, or else as the user says.

    A stated date that leaves a doubt is left out, and the user's day does not replace it.
    """
    if stated is None or (isinstance(stated, str) and not stated.strip()):
        return Noted(published, () if published else (NO_DATE,))
    day = find_day(stated) if isinstance(stated, str) else None
    if day is None:
        return Noted(
            None,
            (
                f"publication date {shorten(stated)} in {where} left out, as it can be read in "
                "more than one way or not at all: weekdays cannot be dated; write it as YYYY-MM-DD",
            ),
        )
    return Noted(day)


def _day_of(parts: dict[str, str | None]) -> date | None:
    month, weekday = (parts["month"] or "").lower(), (parts.get("weekday") or "").lower()
    try:
        day = date(int(parts["year"] or 0), _number(month), int(parts["day"] or 0))
    except ValueError:
        return None  # no such day in the calendar
    contradicted = weekday and day.isoweekday() != _number(weekday)
    return None if contradicted else day


def _number(word: str) -> int:
    return _NUMBERS[word] if word in _NUMBERS else int(word)
