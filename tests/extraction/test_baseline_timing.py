"""Timing: which time of an article is an incident's."""

import re
from datetime import date

import pytest

from extractor.readers.baseline.times.finding import find_times
from extractor.readers.baseline.times.timing import (
    Hold,
    Timing,
    firmer,
    may_be_same_time,
    time_beside,
    time_in_title,
    time_of_entry,
    time_told,
)
from extractor.resolve.dates import resolve_date

SUNDAY = date(2021, 3, 14)
_DEED = re.compile(r"killed|shot|detained|died|wounded|dead")


def _told(words: str, published: date | None = SUNDAY, anchor: date | None = None) -> Timing | None:
    verbs = [match.start() for match in _DEED.finditer(words)]
    return time_told(words, verbs, published=published, anchor=anchor)


def _timing(expression: str, hold: Hold) -> Timing:
    return Timing(expression=expression, days=resolve_date(expression, SUNDAY), hold=hold)


@pytest.mark.parametrize(
    ("words", "expressions"),
    [
        ("Police said Monday that two men were killed Saturday.", ["Saturday"]),
        ("Police said two men were killed Saturday.", ["Saturday"]),
        ("Two men were shot on Friday, the mayor told reporters on Saturday.", ["Friday"]),
        ("Officials on Friday confirmed the death of a guard.", []),
        ("KABUL, Afghanistan (Nov. 20, 2011) - A guard was killed yesterday.", ["yesterday"]),
        ("URUZGAN (Oct. 3, 2011) \u2212 A guard was shot Sept. 26.", ["Sept. 26"]),
        ("Morning Update, Feb. 8, 2011", []),
        ("Posted: Friday, January 31, 2014", []),
        ("Thursday - Harbour police look into a shooting last night.", ["last night"]),
        ("One is dead. \u2014 Ama Doe (@amadoe) February 4, 2017", []),
        ("The shooting was reported at 7:15 p.m. Friday.", ["at 7:15 p.m. Friday"]),
        ("It was reported Friday that a truce holds.", []),
        ("Three have died since Tuesday.", []),
        ("Shots rang out before 2 a.m. Thursday.", ["before 2 a.m. Thursday"]),
        ("He was hit on the night of Thursday, January 8.", ["the night of Thursday, January 8"]),
        ("The next day two porters were shot.", ["The next day"]),
        ("Monday's report lists two dead.", []),
    ],
)
def test_only_times_that_may_date_an_event_are_found(words: str, expressions: list[str]) -> None:
    assert [words[start:end] for start, end in find_times(words)] == expressions


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("On Thursday gunmen shot a baker who had come to town on Monday.", "Thursday"),
        ("Two guards were killed on Friday while the town voted, as it had on Tuesday.", "Friday"),
        ("A man was arrested Friday over the Wednesday shooting that killed two.", "Wednesday"),
        ("This week a nurse was shot on Tuesday.", "Tuesday"),
        ("A patrol detained two men in the hills on Wednesday.", "Wednesday"),
        ("Charged on Friday, he is said to have shot a clerk on March 2.", "March 2"),
    ],
)
def test_the_time_of_the_deed_is_taken(words: str, expression: str) -> None:
    told = _told(words)
    assert told is not None
    assert (told.expression, told.hold) == (expression, Hold.OWN)


@pytest.mark.parametrize(
    "words",
    [
        "A baker who was shot in the neck died Saturday in hospital.",
        "The clerk was pronounced dead on Saturday.",
        "On Saturday, police in the port said two men were killed.",
        "A boy shot in the yard was still in serious condition on Saturday.",
        "Before a judge on Saturday, the man who shot a clerk was silent.",
    ],
)
def test_the_time_of_something_else_is_loose(words: str) -> None:
    told = _told(words)
    assert told is not None
    assert told.hold is Hold.LOOSE


def test_a_weekday_stays_open_without_publication_and_a_full_date_does_not() -> None:
    weekday = _told("Two men were shot on Monday.", None)
    full = _told("Two men were shot on 7 May 2019.", None)
    assert weekday is not None
    assert (weekday.expression, weekday.days) == ("Monday", None)
    assert full is not None
    assert full.day == date(2019, 5, 7)


def test_the_next_day_is_counted_from_the_incident_before() -> None:
    words = "The next day two porters were shot."
    assert _told(words) is None
    told = _told(words, anchor=date(2021, 3, 9))
    assert told is not None
    assert told.day == date(2021, 3, 10)


@pytest.mark.parametrize(
    ("words", "expression", "hold"),
    [
        ("The shooting happened Wednesday night.", "Wednesday night", Hold.HAPPENED),
        ("It happened at noon on Friday.", "at noon on Friday", Hold.HAPPENED),
        ("Crews were called to the quay about 3 a.m. Friday.", "about 3 a.m. Friday", Hold.BESIDE),
        ("The family spoke of the March 2 shooting.", "March 2", Hold.HAPPENED),
        ("A charge went off beside a van on Tuesday.", "Tuesday", Hold.BESIDE),
        ("The school reopens after a holiday on Monday.", None, None),
        ("A vigil was held Friday night.", None, None),
    ],
)
def test_a_sentence_about_the_event_dates_it(
    words: str, expression: str | None, hold: Hold | None
) -> None:
    told = time_beside(words, published=SUNDAY)
    assert (told.expression if told else None, told.hold if told else None) == (expression, hold)


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("MONDAY.", "MONDAY"),
        ("Tuesday 9.", "Tuesday 9"),
        ("B. Qaryat, Brod province, 2 March.", "2 March"),
        ("March 14, 2021", None),
        ("Two men fell on Monday.", None),
    ],
)
def test_the_heading_of_an_entry_dates_it(words: str, expression: str | None) -> None:
    told = time_of_entry(words, published=SUNDAY)
    assert (told.expression if told else None) == expression


def test_a_title_with_two_times_dates_nothing() -> None:
    one = time_in_title("Guard shot overnight in Brod", published=SUNDAY)
    assert one is not None
    assert one.hold is Hold.TITLE
    assert time_in_title("Two shot Friday, one Saturday", published=SUNDAY) is None


@pytest.mark.parametrize(
    ("known", "new", "kept"),
    [
        (("Saturday", Hold.LOOSE), ("Thursday night", Hold.HAPPENED), "Thursday night"),
        (("Thursday", Hold.OWN), ("Saturday", Hold.HAPPENED), "Thursday"),
        (("this week", Hold.OWN), ("Tuesday", Hold.LOOSE), "this week"),
        (("this month", Hold.OWN), ("March 9", Hold.BESIDE), "March 9"),
        (("last night", Hold.OWN), ("Sunday", Hold.OWN), "last night"),
        (("last night", Hold.OWN), ("early Sunday", Hold.HAPPENED), "early Sunday"),
        (("Friday", Hold.OWN), ("Friday", Hold.OWN), "Friday"),
    ],
)
def test_the_firmer_or_finer_time_is_kept(
    known: tuple[str, Hold], new: tuple[str, Hold], kept: str
) -> None:
    told = firmer(_timing(*known), _timing(*new))
    assert told is not None
    assert told.expression == kept


def test_a_time_is_kept_where_the_other_is_not_told() -> None:
    told = _timing("Friday", Hold.LOOSE)
    assert firmer(None, told) == told == firmer(told, None)
    assert firmer(None, None) is None


def test_only_firm_times_tell_incidents_apart() -> None:
    friday, saturday = _timing("Friday", Hold.OWN), _timing("Saturday", Hold.OWN)
    assert not may_be_same_time(friday, saturday)
    assert may_be_same_time(friday, _timing("Saturday", Hold.LOOSE))
    assert may_be_same_time(friday, None)
    assert may_be_same_time(friday, _timing("this week", Hold.OWN))


@pytest.mark.parametrize(
    ("expression", "day"),
    [
        ("Tuesday 9", date(2021, 3, 9)),
        ("Tuesday 10", None),
        ("the 2nd of this month", date(2021, 3, 2)),
        ("the 28th of last month", date(2021, 2, 28)),
        ("the 30th of last month", None),
        ("the 20th of this month", None),
    ],
)
def test_days_of_a_log_and_of_a_month_are_read(expression: str, day: date | None) -> None:
    found = resolve_date(expression, SUNDAY)
    assert (found.start if found else None) == day
