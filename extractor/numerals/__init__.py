"""Numbers of people: what a figure says, and the words it is read from."""

from extractor.numerals.counts import may_count_people
from extractor.numerals.finding import find_numbers, find_separate_numbers
from extractor.numerals.number import BOUNDS, FoundNumber, Number
from extractor.numerals.phrase import read_number

__all__ = [
    "BOUNDS",
    "FoundNumber",
    "Number",
    "find_numbers",
    "find_separate_numbers",
    "may_count_people",
    "read_number",
]
