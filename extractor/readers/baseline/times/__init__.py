"""Times: the time expressions of a sentence, and which of them dates an incident."""

from extractor.readers.baseline.times.finding import find_times
from extractor.readers.baseline.times.timing import (
    FIRST_LEAD,
    LEAD,
    Hold,
    Timing,
    firmer,
    may_be_same_time,
    time_beside,
    time_in_title,
    time_told,
)

__all__ = [
    "FIRST_LEAD",
    "LEAD",
    "Hold",
    "Timing",
    "find_times",
    "firmer",
    "may_be_same_time",
    "time_beside",
    "time_in_title",
    "time_told",
]
