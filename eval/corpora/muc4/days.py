"""Days as the keys write them: "04 FEB 90", "- 04 FEB 90" (by then), "01 FEB 90 - 04 FEB 90"."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAY = re.compile(r"(?:(?P<day>\d{1,2})\s+)?(?P<month>[A-Z]{3})[A-Z]*(?:\s+(?P<year>\d\d))?")
_MONTH = 31  # the days of the longest; see `day_credit`
_CENTURY = 1900  # the wires are of 1988 to 1991


@dataclass(frozen=True, kw_only=True)
class Days:
    """From a first to a last day; the first is empty where only the latest possible is told."""

    first: date | None
    last: date


def write_days(days: Days) -> str:
    """Days as a key writes them."""
    if days.first is None:
        return f"- {_written(days.last)}"
    if days.first == days.last:
        return _written(days.last)
    return f"{_written(days.first)} - {_written(days.last)}"


@lru_cache(maxsize=20_000)
def read_days(text: str, year: int | None = None) -> Days | None:
    """Days that a key or answer wrote; empty if they cannot be read.

    Args:
        text: the words; a month alone is all its days.
        year: the wire's, for a day without one.
    """
    first, dash, last = text.upper().strip().rpartition("-")
    end = _day(last.strip(), year)
    if end is None:
        return None
    if not dash:
        return Days(first=end[0], last=end[1])
    if not first.strip():
        return Days(first=None, last=end[1])
    start = _day(first.strip(), year) or _day(f"{first.strip()} {_month_and_year(last)}", year)
    if start is None or start[0] > end[1]:
        return None
    return Days(first=start[0], last=end[1])


def read_wire_day(text: str | None) -> date | None:
    """The day of a wire: "4 FEB 90"; empty for "NO DATE"."""
    days = read_days(text) if text else None
    return days.last if days and days.first == days.last else None


def day_credit(key: Days, answer: Days) -> float:
    """1 for the same days; ½ where a day that one tells lies in what the other tells.

    "By the 4th" tells one day, the 4th: else every such answer would be half right for any key.
    For the same reason an answer may be no longer than 31 days, or twice the key's days where these
    are more: a month is the longest time that wires give an event without counting its days, and
    an answer of years would be half right for every key, with nothing read. A key may be as long
    as it likes: a day within it is never told without reading.
    """
    if key == answer:
        return 1.0
    first, last = _told(key)
    other_first, other_last = _told(answer)
    if (other_last - other_first).days + 1 > max(_MONTH, 2 * ((last - first).days + 1)):
        return 0.0
    return 0.5 if first <= other_last and other_first <= last else 0.0


def _told(days: Days) -> tuple[date, date]:
    return days.first or days.last, days.last


def _day(text: str, year: int | None) -> tuple[date, date] | None:
    match = _DAY.fullmatch(text)
    if match is None or match["month"] not in _MONTHS:
        return None
    told = _CENTURY + int(match["year"]) if match["year"] else year
    if told is None:
        return None
    month = _MONTHS.index(match["month"]) + 1
    length = calendar.monthrange(told, month)[1]
    if match["day"] is None:
        return date(told, month, 1), date(told, month, length)
    day = int(match["day"])
    if not 1 <= day <= length:
        return None
    return date(told, month, day), date(told, month, day)


def _month_and_year(text: str) -> str:
    return " ".join(text.split()[1:])


def _written(day: date) -> str:
    return f"{day.day:02} {_MONTHS[day.month - 1]} {day.year % 100:02}"
