"""Time expressions: words and a publication date become an interval of days with a precision."""

from extractor.resolve.dates.finding import find_dates
from extractor.resolve.dates.interval import Interval, undated
from extractor.resolve.dates.resolving import resolve_date
from extractor.resolve.dates.vocabulary import MONTHS, WEEKDAYS

__all__ = ["MONTHS", "WEEKDAYS", "Interval", "find_dates", "resolve_date", "undated"]
