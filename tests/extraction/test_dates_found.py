"""Time expressions are found in running text, each as long as it goes on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.resolve.dates import find_dates

FOUND: list[tuple[str, list[str]]] = [
    ("Gunfire killed nine people on Tuesday night.", ["Tuesday night"]),
    (
        "Shelling at about 10:30 p.m. on Monday (2130 GMT) killed two.",
        ["at about 10:30 p.m. on Monday (2130 GMT)"],
    ),
    ("It began on Sunday, and nine died the day before yesterday.",
     ["Sunday", "the day before yesterday"]),
    ("Clashes from 28 February to 2 March 2024 killed ten.", ["from 28 February to 2 March 2024"]),
    ("The army came overnight into Friday.", ["overnight into Friday"]),
    ("Nine were killed on the night of 3-4 May.", ["the night of 3-4 May"]),
    ("Two days later, on Feb. 3, four more died.", ["Two days later", "Feb. 3"]),
    ("At least 40 died in the past 24 hours.", ["the past 24 hours"]),
    ("On 5 March 19 people died.", ["5 March"]),
    ("On March 5, 2019, 12 people died.", ["March 5, 2019"]),
    ("PORT SELIM (Nov. 20, 2011)\nNine men died yesterday.", ["Nov. 20, 2011", "yesterday"]),
    ("Port Selim, 4 FEB 90 (Sabun) -- Nine men died", ["4 FEB 90"]),
    ("It was hit in March 2019 and again in 2020.", ["March 2019", "2020"]),
    ("It lasted until Tuesday\n\nWednesday brought rain.", ["until Tuesday", "Wednesday"]),
    ("On Tuesday. Monday was quiet.", ["Tuesday", "Monday"]),
    ("They may march on the city in May.", ["May"]),
    ("The Sun said 2019 people met; 3/4 of them left.", []),
    ("Two days after the attack they left for Mars.", []),
    ("Next Tuesday is Good Friday, as every Monday.", []),
    ("Murieron el martes por la noche en Cali.", ["martes por la noche"]),
    ("Neuf morts hier soir, dit la police.", ["hier soir"]),
    ("Дев'ять загинули 5 лютого 2024 року.", ["5 лютого 2024"]),
    ("Nobody was hurt.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[row[0][:40] for row in FOUND])
def test_the_times_of_a_text_are_found(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in find_dates(text)] == expected


_WORDS = ("Monday", "may", "3", "and", "the", "night", "of", "2019", ",", "(", "two", "days", "ago")


@given(st.text() | st.lists(st.sampled_from(_WORDS), max_size=30).map(" ".join))
def test_what_is_found_lies_in_the_text_in_order_and_apart(text: str) -> None:
    behind = 0
    for start, end in find_dates(text):
        assert behind <= start < end <= len(text)
        behind = end


@pytest.mark.parametrize("piece", ["on Monday ", "3 to ", "the night of ", "(", "1/2/", "may, "])
def test_long_texts_are_searched_in_time(piece: str) -> None:
    find_dates(piece * (20_000 // len(piece)))
