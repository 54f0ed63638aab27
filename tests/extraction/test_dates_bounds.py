"""Time expressions that bound an event, lean on an earlier day, or leave something open."""

from datetime import date

import pytest

from extractor.resolve.dates import resolve_date

THURSDAY = date(2019, 8, 15)
MONDAY = date(2019, 8, 12)

BOUNDS: list[tuple[str, date | None, date, str]] = [
    ("since Monday", MONDAY, THURSDAY, "days"),
    ("since Monday night", MONDAY, THURSDAY, "days"),
    ("since today", THURSDAY, THURSDAY, "day"),
    ("since last week", date(2019, 8, 5), THURSDAY, "week"),
    ("since mid-July", date(2019, 7, 11), THURSDAY, "year"),
    ("since 1 August", date(2019, 8, 1), THURSDAY, "month"),
    ("since the start of the year", date(2019, 1, 1), THURSDAY, "year"),
    ("from Monday onwards", MONDAY, THURSDAY, "days"),
    ("after Monday", date(2019, 8, 13), THURSDAY, "days"),
    ("on or before 3 May", None, date(2019, 5, 3), "on_or_before"),
    ("no later than 3 May 2019", None, date(2019, 5, 3), "on_or_before"),
    ("by Monday morning", None, MONDAY, "on_or_before"),
    ("as of Monday", None, MONDAY, "on_or_before"),
    ("until yesterday", None, date(2019, 8, 14), "on_or_before"),
    ("before 3 May", None, date(2019, 5, 2), "on_or_before"),
    ("prior to Monday", None, date(2019, 8, 11), "on_or_before"),
    ("before March 2019", None, date(2019, 2, 28), "on_or_before"),
]


@pytest.mark.parametrize(
    ("expression", "start", "end", "precision"), BOUNDS, ids=[row[0] for row in BOUNDS]
)
def test_a_bound_is_read_as_all_days_that_it_leaves(
    expression: str, start: date | None, end: date, precision: str
) -> None:
    found = resolve_date(expression, THURSDAY)
    assert found is not None
    assert (found.start, found.end, found.precision.value) == (start, end, precision)


ANCHORED: list[tuple[str, date, date, str]] = [
    ("the previous day", date(2019, 8, 4), date(2019, 8, 4), "day"),
    ("the day before", date(2019, 8, 4), date(2019, 8, 4), "day"),
    ("a day earlier", date(2019, 8, 4), date(2019, 8, 4), "day"),
    ("the next day", date(2019, 8, 6), date(2019, 8, 6), "day"),
    ("the following morning", date(2019, 8, 6), date(2019, 8, 6), "part_of_day"),
    ("at dawn the next day", date(2019, 8, 6), date(2019, 8, 6), "part_of_day"),
    ("two days later", date(2019, 8, 7), date(2019, 8, 7), "day"),
    ("three days before", date(2019, 8, 2), date(2019, 8, 2), "day"),
    ("later the same day", date(2019, 8, 5), date(2019, 8, 5), "day"),
    ("that night", date(2019, 8, 5), date(2019, 8, 5), "part_of_day"),
    ("the night before", date(2019, 8, 4), date(2019, 8, 5), "part_of_day"),
    ("the following Wednesday", date(2019, 8, 7), date(2019, 8, 7), "day"),
    ("the previous Friday", date(2019, 8, 2), date(2019, 8, 2), "day"),
    ("that Monday", date(2019, 8, 5), date(2019, 8, 5), "day"),
    ("the previous week", date(2019, 7, 29), date(2019, 8, 4), "week"),
    ("the following week", date(2019, 8, 12), THURSDAY, "week"),
    ("since the previous day", date(2019, 8, 4), THURSDAY, "week"),
]


@pytest.mark.parametrize(
    ("expression", "start", "end", "precision"), ANCHORED, ids=[row[0] for row in ANCHORED]
)
def test_words_that_lean_on_an_earlier_day_are_read_from_it(
    expression: str, start: date, end: date, precision: str
) -> None:
    found = resolve_date(expression, THURSDAY, anchor=date(2019, 8, 5))
    assert found is not None
    assert (found.start, found.end, found.precision.value) == (start, end, precision)


@pytest.mark.parametrize("expression", [row[0] for row in ANCHORED])
def test_words_that_lean_on_an_earlier_day_are_unreadable_without_it(expression: str) -> None:
    assert resolve_date(expression, THURSDAY) is None


@pytest.mark.parametrize("expression", ["that Tuesday", "a few days later", "two weeks later"])
def test_an_anchor_makes_no_sense_of_other_words(expression: str) -> None:
    assert resolve_date(expression, THURSDAY, anchor=date(2019, 8, 5)) is None


@pytest.mark.parametrize(
    ("expression", "published", "is_assumed"),
    [
        ("3/5/2019", THURSDAY, True),
        ("3/5", THURSDAY, True),
        ("3/5/2019", date(2019, 4, 1), False),
        ("3.5.2019", THURSDAY, False),
        ("13/5/2019", THURSDAY, False),
        ("5/5/2019", THURSDAY, False),
        ("2019/05/03", THURSDAY, False),
        ("from 3/5/2019 to 4 May 2019", THURSDAY, True),
    ],
)
def test_a_date_in_figures_with_two_readings_says_so(
    expression: str, published: date, is_assumed: bool
) -> None:
    found = resolve_date(expression, published)
    assert found is not None
    assert found.day_first_assumed is is_assumed


@pytest.mark.parametrize(
    ("expression", "spans_days"),
    [
        ("from Monday to Wednesday", True),
        ("from 3 to 5 May", True),
        ("since Monday", True),
        ("Monday or Tuesday", False),
        ("on 3 or 5 May", False),
        ("sometime between Monday and Wednesday", False),
        ("Monday and Tuesday", None),
        ("between Monday and Wednesday", None),
        ("Monday", None),
        ("by Monday", None),
    ],
)
def test_words_say_whether_it_lasted_or_its_day_is_uncertain(
    expression: str, spans_days: bool | None
) -> None:
    found = resolve_date(expression, THURSDAY)
    assert found is not None
    assert found.spans_days is spans_days
