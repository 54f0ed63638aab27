"""Time expressions: an expression is read as wide as its words, or not at all."""

from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.codes import DatePrecision
from extractor.resolve.dates import MONTHS, WEEKDAYS, Interval, resolve_date, undated

THURSDAY = date(2019, 8, 15)
YEAR = 2019

Read = tuple[date, date, str]


def day(month: int, number: int, year: int = YEAR) -> Read:
    return date(year, month, number), date(year, month, number), "day"


def part(month: int, number: int, year: int = YEAR) -> Read:
    return date(year, month, number), date(year, month, number), "part_of_day"


def span(start: date, end: date, precision: str = "days") -> Read:
    return start, end, precision


THREE_TO_FIVE = span(date(2019, 5, 3), date(2019, 5, 5))
NIGHT_TO_WEDNESDAY = span(date(2019, 8, 13), date(2019, 8, 14), "part_of_day")
NIGHT_OF_MAY = span(date(2019, 5, 3), date(2019, 5, 4), "part_of_day")
NIGHT = span(date(2019, 8, 14), THURSDAY, "part_of_day")
WEEKEND = span(date(2019, 8, 10), date(2019, 8, 11))
LAST_WEEK = span(date(2019, 8, 5), date(2019, 8, 11), "week")
THIS_WEEK = span(date(2019, 8, 12), THURSDAY, "week")
MARCH = span(date(2019, 3, 1), date(2019, 3, 31), "month")
WHOLE_YEAR = span(date(2018, 1, 1), date(2018, 12, 31), "year")
YEAR_SO_FAR = span(date(2019, 1, 1), THURSDAY, "year")

READ: list[tuple[str, Read]] = [
    # one day, told in full
    ("5 March 2019", day(3, 5)),
    ("5 march 2019", day(3, 5)),
    ("on 5 March 2019", day(3, 5)),
    ("on the 5th of March 2019", day(3, 5)),
    ("5 March, 2019", day(3, 5)),
    ("March 5, 2019", day(3, 5)),
    ("March 5 2019", day(3, 5)),
    ("March 5th, 2019", day(3, 5)),
    ("5 Mar 2019.", day(3, 5)),
    ("Sept. 5, 2018", day(9, 5, 2018)),
    ("2019-03-05", day(3, 5)),
    ("on 2019-03-05", day(3, 5)),
    ("Tuesday, 5 March 2019", day(3, 5)),
    ("Tuesday (5 March 2019)", day(3, 5)),
    ("the morning of 5 March 2019", part(3, 5)),
    ("the early hours of 5 March 2019", part(3, 5)),
    ("late on 5 March 2019", part(3, 5)),
    ("5 March 2019 at about 10:30", part(3, 5)),
    ("at around 10.30 a.m. on 5 March 2019", part(3, 5)),
    ("5 March 2019 at 10:30 local time (0730 GMT)", part(3, 5)),
    ("shortly before midnight on 5 March 2019", part(3, 5)),
    ("2019-03-05 10:30", part(3, 5)),
    ("28 February 2016", day(2, 28, 2016)),
    ("29 February 2016", day(2, 29, 2016)),
    ("5/3/2019", day(3, 5)),
    ("5.3.2019", day(3, 5)),
    ("2019/03/05", day(3, 5)),
    ("05.03.19", day(3, 5)),
    ("5 MAR 19", day(3, 5)),
    ("13/3/2019", day(3, 13)),
    ("3/13/2019", day(3, 13)),
    ("the fifth of March 2019", day(3, 5)),
    ("the twenty-first of March 2019", day(3, 21)),
    ("Christmas Day 2018", day(12, 25, 2018)),
    ("2019-03-05T10:30:00Z", part(3, 5)),
    ("5 March 2019, at 3 p.m. ET", part(3, 5)),
    ("5 March 2019 at 1 a.m. (2300 GMT Monday)", part(3, 5)),
    # several days
    ("3-5 May 2019", THREE_TO_FIVE),
    ("3\u20135 May 2019", THREE_TO_FIVE),
    ("3 - 5 May 2019", THREE_TO_FIVE),
    ("3 to 5 May 2019", THREE_TO_FIVE),
    ("3rd to 5th of May 2019", THREE_TO_FIVE),
    ("from 3 to 5 May 2019", THREE_TO_FIVE),
    ("between 3 and 5 May 2019", THREE_TO_FIVE),
    ("between 3-5 May 2019", THREE_TO_FIVE),
    ("May 3-5, 2019", THREE_TO_FIVE),
    ("between May 3 and 5, 2019", THREE_TO_FIVE),
    ("the night of 3-4 May 2019", NIGHT_OF_MAY),
    ("the night of May 3 to 4, 2019", NIGHT_OF_MAY),
    ("the night between 3 and 4 May 2019", NIGHT_OF_MAY),
    ("overnight 3-4 May 2019", NIGHT_OF_MAY),
    ("3-9 May 2019", span(date(2019, 5, 3), date(2019, 5, 9), "week")),
    ("3-20 May 2019", span(date(2019, 5, 3), date(2019, 5, 20), "month")),
    ("Tuesday and Wednesday", span(date(2019, 8, 13), date(2019, 8, 14))),
    ("on Tuesday and Wednesday", span(date(2019, 8, 13), date(2019, 8, 14))),
    ("between Monday and Wednesday", span(date(2019, 8, 12), date(2019, 8, 14))),
    ("from Saturday to Monday", span(date(2019, 8, 10), date(2019, 8, 12))),
    ("late Tuesday and early Wednesday", span(date(2019, 8, 13), date(2019, 8, 14))),
    ("Tuesday night and Wednesday morning", span(date(2019, 8, 13), date(2019, 8, 14))),
    ("Wednesday and Thursday", span(date(2019, 8, 14), THURSDAY)),
    # months and years
    ("March 2019", MARCH),
    ("in March 2019", MARCH),
    ("in early March 2019", span(date(2019, 3, 1), date(2019, 3, 10), "month")),
    ("mid-March 2019", span(date(2019, 3, 11), date(2019, 3, 20), "month")),
    ("late March 2019", span(date(2019, 3, 21), date(2019, 3, 31), "month")),
    ("the first half of March 2019", span(date(2019, 3, 1), date(2019, 3, 15), "month")),
    ("the first quarter of 2019", span(date(2019, 1, 1), date(2019, 3, 31), "year")),
    ("March of 2019", MARCH),
    ("Mar. 2019", MARCH),
    ("2018", WHOLE_YEAR),
    ("in 2018", WHOLE_YEAR),
    ("during the year 2018", WHOLE_YEAR),
    ("late 2018", WHOLE_YEAR),
    ("2019", YEAR_SO_FAR),
    # weekdays
    ("Wednesday", day(8, 14)),
    ("on Wednesday", day(8, 14)),
    ("Wednesday's", day(8, 14)),
    ("Thursday", day(8, 15)),
    ("Friday", day(8, 9)),
    ("on Monday morning", part(8, 12)),
    ("late on Sunday", part(8, 11)),
    ("early Sunday", part(8, 11)),
    ("on Sunday evening, at about 6 pm", part(8, 11)),
    ("at 6 o'clock on Sunday", part(8, 11)),
    ("before dawn on Sunday", part(8, 11)),
    ("earlier on Wednesday", day(8, 14)),
    ("this past Thursday", day(8, 8)),
    ("this past Wednesday", day(8, 14)),
    ("this Tuesday", day(8, 13)),
    ("last Thursday", day(8, 8)),
    ("last Friday", day(8, 9)),
    ("last Tuesday", day(8, 13)),
    ("Tues.", day(8, 13)),
    ("Tuesday 13th", day(8, 13)),
    ("Sunday last week", day(8, 11)),
    ("before dawn Monday", part(8, 12)),
    ("at around 6 on Monday", part(8, 12)),
    ("in the small hours of Monday", part(8, 12)),
    ("between 2 a.m. and 3 a.m. on Monday", part(8, 12)),
    ("last Saturday night", part(8, 10)),
    ("Tuesday last week", day(8, 6)),
    ("on Tuesday of last week", day(8, 6)),
    ("last week on Tuesday", day(8, 6)),
    ("Tuesday morning this week", part(8, 13)),
    # seen from the day of publication
    ("today", day(8, 15)),
    ("earlier today", day(8, 15)),
    ("today, Thursday", day(8, 15)),
    ("tonight", part(8, 15)),
    ("this morning", part(8, 15)),
    ("yesterday", day(8, 14)),
    ("late yesterday", part(8, 14)),
    ("yesterday morning", part(8, 14)),
    ("yesterday (Wednesday)", day(8, 14)),
    ("the day before yesterday", day(8, 13)),
    ("two days ago", day(8, 13)),
    ("3 days ago", day(8, 12)),
    ("overnight", NIGHT),
    ("last night", NIGHT),
    ("late last night", NIGHT),
    ("over the weekend", WEEKEND),
    ("at the weekend", WEEKEND),
    ("last weekend", WEEKEND),
    ("this past weekend", WEEKEND),
    ("last week", LAST_WEEK),
    ("late last week", LAST_WEEK),
    ("this week", THIS_WEEK),
    ("earlier this week", THIS_WEEK),
    ("last month", span(date(2019, 7, 1), date(2019, 7, 31), "month")),
    ("late last month", span(date(2019, 7, 21), date(2019, 7, 31), "month")),
    ("earlier this month", span(date(2019, 8, 1), THURSDAY, "month")),
    ("this year", YEAR_SO_FAR),
    ("last year", WHOLE_YEAR),
    ("ten days ago", day(8, 5)),
    ("a week ago", LAST_WEEK),
    ("two weeks ago", span(date(2019, 7, 29), date(2019, 8, 4), "week")),
    ("three months ago", span(date(2019, 5, 1), date(2019, 5, 31), "month")),
    ("two years ago", span(date(2017, 1, 1), date(2017, 12, 31), "year")),
    ("the week before last", span(date(2019, 7, 29), date(2019, 8, 4), "week")),
    ("the night before last", span(date(2019, 8, 13), date(2019, 8, 14), "part_of_day")),
    ("in the past week", span(date(2019, 8, 8), THURSDAY, "week")),
    ("in the last week", span(date(2019, 8, 8), THURSDAY, "week")),
    ("over the past three days", span(date(2019, 8, 12), THURSDAY)),
    ("in the past 24 hours", span(date(2019, 8, 14), THURSDAY)),
    ("in the last 48 hours", span(date(2019, 8, 13), THURSDAY)),
    ("in the past month", span(date(2019, 7, 15), THURSDAY, "month")),
    ("in the past year", span(date(2018, 8, 15), THURSDAY, "year")),
    ("5 March this year", day(3, 5)),
    ("in March last year", span(date(2018, 3, 1), date(2018, 3, 31), "month")),
    # pairs and ranges
    ("Sunday or Monday", span(date(2019, 8, 11), date(2019, 8, 12))),
    ("Sunday, Monday and Tuesday", span(date(2019, 8, 11), date(2019, 8, 13))),
    ("Thursday and Friday", span(date(2019, 8, 8), date(2019, 8, 9))),
    ("Monday to Friday last week", span(date(2019, 8, 5), date(2019, 8, 9))),
    ("3 or 5 May 2019", THREE_TO_FIVE),
    ("3, 4 and 5 May 2019", THREE_TO_FIVE),
    ("3 May and 5 May 2019", THREE_TO_FIVE),
    ("2019-05-03 to 2019-05-05", THREE_TO_FIVE),
    ("30 April to 2 May 2019", span(date(2019, 4, 30), date(2019, 5, 2))),
    ("from 30 December 2018 to 2 January", span(date(2018, 12, 30), date(2019, 1, 2))),
    ("March to April 2019", span(date(2019, 3, 1), date(2019, 4, 30), "year")),
    ("2017-2018", span(date(2017, 1, 1), date(2018, 12, 31), "year")),
    ("yesterday or today", span(date(2019, 8, 14), THURSDAY)),
    ("last night and this morning", NIGHT),
    # the night between two days
    ("overnight into Wednesday", NIGHT_TO_WEDNESDAY),
    ("overnight from Tuesday to Wednesday", NIGHT_TO_WEDNESDAY),
    ("the night of Tuesday to Wednesday", NIGHT_TO_WEDNESDAY),
    ("in the night from Tuesday to Wednesday", NIGHT_TO_WEDNESDAY),
    ("Tuesday night into Wednesday", NIGHT_TO_WEDNESDAY),
    ("Tuesday-Wednesday night", NIGHT_TO_WEDNESDAY),
    ("between late Tuesday and early Wednesday", NIGHT_TO_WEDNESDAY),
]


@pytest.mark.parametrize(("expression", "expected"), READ, ids=[row[0] for row in READ])
def test_words_that_name_days_are_those_days(expression: str, expected: Read) -> None:
    start, end, precision = expected
    found = resolve_date(expression, THURSDAY)
    assert found is not None
    assert (found.start, found.end, found.precision) == (start, end, DatePrecision(precision))


UNREADABLE = [
    # as words name more days than the date in them, or other ones
    "the week of 3 May 2019",
    "the weekend of 3 May 2019",
    "around 3 May 2019",
    "about 3 May 2019",
    "two days after 3 May 2019",
    "the day before 3 May 2019",
    "the eve of 3 May 2019",
    "5-3 May 2019",
    "3 May 2019-",
    "-3 May 2019",
    "2019-",
    "3 May 2019 and 5 June 2019",
    "the morning of March 2019",
    "by 2019",
    "at 2019",
    # no such day
    "31 February 2019",
    "29 February 2019",
    "May 0000",
    "3 May 0000",
    "0000",
    "2019-13-01",
    "Monday 13 August 2019",
    "Monday, 13 August",
    "yesterday (Monday)",
    "Friday 3-5 May 2019",
    # of several days one cannot be told
    "Tuesday, Wednesday",
    "two days before Tuesday",
    "every Tuesday",
    "next Tuesday",
    "around Tuesday",
    "overnight on Tuesday",
    "the Tuesday attack",
    "this Friday",
    "Friday this week",
    "a week ago on Tuesday",
    "two days earlier",
    "two days before the attack",
    "two days before",
    "two days later",
    "two years ago today",
    "a year ago today",
    "about two days ago",
    "two or three days ago",
    "this weekend",
    "two weeks before last week",
    "the last week of the month",
    "last week of the year",
    "the last night of the month",
    "the last Friday of the month",
    "tomorrow",
    "the next day",
    "Jane Roe",
    "10:30",
    "noon",
    "late",
    # as the conventions have no reading for them
    "recently",
    "in recent days",
    "last Ramadan",
    "soon after",
    "a few days ago",
    "the end of March 2019",
    "the first week of March 2019",
    "the summer of 2019",
    "Good Friday",
    "Friday prayers",
    "Wedensday",
    "9/11",
    "by March 2019",
    "until last week",
    "on the 5th",
    "later this week",
    "Wednesday and Tuesday",
    "3 and 20 May 2019",
    "24/02/03",
    # as they lie behind publication
    "5 March 2020",
    "14-16 August 2019",
    "late 2019",
    "at dawn",
    "",
    " , ",
]


@pytest.mark.parametrize("expression", UNREADABLE)
def test_words_that_a_day_would_be_too_narrow_for_are_not_read(expression: str) -> None:
    assert resolve_date(expression, THURSDAY) is None


WITHOUT_YEAR: list[tuple[str, date, Read]] = [
    ("13 August", THURSDAY, day(8, 13)),
    ("on Aug. 13", THURSDAY, day(8, 13)),
    ("Tuesday, 13 August", THURSDAY, day(8, 13)),
    ("15 August", THURSDAY, day(8, 15)),
    ("30 Nov", THURSDAY, day(11, 30, 2018)),
    ("Dec. 28", date(2020, 1, 3), day(12, 28)),
    ("28 December", date(2020, 1, 3), day(12, 28)),
    ("late on 28 December", date(2020, 1, 3), part(12, 28)),
    ("29 February", THURSDAY, day(2, 29, 2016)),
    ("29 February", date(1903, 1, 1), day(2, 29, 1896)),
    ("3-5 May", THURSDAY, THREE_TO_FIVE),
    ("14-16 August", THURSDAY, span(date(2018, 8, 14), date(2018, 8, 16))),
    ("in December", THURSDAY, span(date(2018, 12, 1), date(2018, 12, 31), "month")),
    ("in August", THURSDAY, span(date(2019, 8, 1), THURSDAY, "month")),
    ("in late August", THURSDAY, span(date(2018, 8, 21), date(2018, 8, 31), "month")),
    ("last December", THURSDAY, span(date(2018, 12, 1), date(2018, 12, 31), "month")),
    ("New Year's Eve", THURSDAY, day(12, 31, 2018)),
    ("30 December to 2 January", THURSDAY, span(date(2018, 12, 30), date(2019, 1, 2))),
]


@pytest.mark.parametrize(
    ("expression", "published", "expected"),
    WITHOUT_YEAR,
    ids=[f"{row[0]} from {row[1]}" for row in WITHOUT_YEAR],
)
def test_a_day_without_a_year_is_the_latest_up_to_publication_and_says_so(
    expression: str, published: date, expected: Read
) -> None:
    start, end, precision = expected
    assert resolve_date(expression, published) == Interval(
        start=start, end=end, precision=DatePrecision(precision), year_assumed=True
    )


FROM_OTHER_DAYS: list[tuple[str, date, date | None, date | None]] = [
    ("over the weekend", date(2019, 8, 17), date(2019, 8, 17), date(2019, 8, 17)),
    ("over the weekend", date(2019, 8, 18), date(2019, 8, 17), date(2019, 8, 18)),
    ("this weekend", date(2019, 8, 18), date(2019, 8, 17), date(2019, 8, 18)),
    ("last weekend", date(2019, 8, 18), None, None),
    ("last Saturday", date(2019, 8, 18), date(2019, 8, 17), date(2019, 8, 17)),
    ("last Sunday", date(2019, 8, 18), date(2019, 8, 11), date(2019, 8, 11)),
    ("last Sunday", date(2019, 8, 12), date(2019, 8, 11), date(2019, 8, 11)),
    ("Tuesday last week", date(2019, 8, 18), date(2019, 8, 6), date(2019, 8, 6)),
    ("two years ago", date(2, 8, 18), None, None),
    ("3/5/2019", date(2019, 4, 1), date(2019, 3, 5), date(2019, 3, 5)),
    ("3/5/2019", date(2019, 2, 1), None, None),
    ("last month", date(2020, 1, 3), date(2019, 12, 1), date(2019, 12, 31)),
    ("last week", date(2019, 8, 12), date(2019, 8, 5), date(2019, 8, 11)),
    ("yesterday", date(2020, 3, 1), date(2020, 2, 29), date(2020, 2, 29)),
    ("99 days ago", date(1, 1, 5), None, None),
    ("last week", date(1, 1, 1), None, None),
    ("last month", date(1, 1, 1), None, None),
    ("28 December", date(1, 1, 3), None, None),
]


@pytest.mark.parametrize(
    ("expression", "published", "start", "end"),
    FROM_OTHER_DAYS,
    ids=[f"{row[0]} from {row[1]}" for row in FROM_OTHER_DAYS],
)
def test_the_day_of_publication_moves_what_is_told_from_it(
    expression: str, published: date, start: date | None, end: date | None
) -> None:
    found = resolve_date(expression, published)
    assert (found and found.start, found and found.end) == (start, end)


def test_a_bare_weekday_is_the_latest_up_to_publication() -> None:
    right = 0
    for since in range(244):
        published = THURSDAY + timedelta(days=since)
        for number, weekday in enumerate(WEEKDAYS):
            found = resolve_date(weekday.title(), published)
            assert found is not None
            assert found.start == found.end
            assert found.start is not None
            assert 0 <= (published - found.start).days < 7
            right += found.start.weekday() == number
    assert right == 1_708


@pytest.mark.parametrize(
    ("expression", "readable"),
    [
        ("5 March 2019", True),
        ("3-5 May 2019", True),
        ("March 2019", True),
        ("2019", True),
        ("5 March", False),
        ("3-5 May", False),
        ("Wednesday", False),
        ("Tuesday and Wednesday", False),
        ("yesterday", False),
    ],
)
def test_without_a_publication_date_only_a_stated_year_is_readable(
    expression: str, readable: bool
) -> None:
    assert (resolve_date(expression, None) is not None) is readable


def test_an_event_without_a_date_was_some_time_up_to_publication() -> None:
    assert undated(THURSDAY) == Interval(
        start=None, end=THURSDAY, precision=DatePrecision.ON_OR_BEFORE
    )
    assert undated(None) == Interval(start=None, end=None, precision=DatePrecision.UNKNOWN)


_WORDS = (*WEEKDAYS, *MONTHS, "3", "31", "2019", "0000", "9999", "-", "and", "to", "of", "last")
_MORE = ("week", "days ago", "99", "yesterday", "night", "at 10:30", "weekend", ",", "month", "two")
_REST = ("since", "before", "by", "until", "from", "between", "or", "into", "overnight", "the past")
_ANCHORED = ("later", "earlier", "the next", "the previous", "day", "3/4", "1/2/2019", "(", ")")
_SOUP = st.lists(st.sampled_from((*_WORDS, *_MORE, *_REST, *_ANCHORED)), max_size=7).map(" ".join)


@given(st.text() | _SOUP, st.dates() | st.none(), st.dates() | st.none())
def test_any_words_are_read_in_order_and_up_to_publication_or_not_at_all(
    words: str, published: date | None, anchor: date | None
) -> None:
    found = resolve_date(words, published, anchor=anchor)
    if found is None:
        return
    assert found.end is not None
    assert found.start is None or found.start <= found.end
    assert published is None or found.end <= published


@pytest.mark.parametrize("piece", ["1", "1 ", "may ", "at ", "- ", "on the ", "10:", "3 to "])
def test_long_words_are_read_in_time(piece: str) -> None:
    assert resolve_date(piece * 20_000, THURSDAY) is None


@pytest.mark.parametrize(
    "piece", ["1 ", "may ", "at ", "- ", "3 to ", "1, ", "the ", "early ", "("]
)
def test_an_expression_of_full_length_is_read_in_milliseconds(piece: str) -> None:
    words = (piece * 200)[:200]
    resolve_date(words, THURSDAY)  # the words of all languages are loaded
    began = process_time()
    for _ in range(5):
        resolve_date(words, THURSDAY)
    assert process_time() - began < 0.3
