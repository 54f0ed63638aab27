"""Intake: publication dates are read where they leave no doubt, and never guessed."""

import json
from datetime import date
from pathlib import Path

import pytest
from taking import DAY, NO_DATE, take_all, take_record, taken, write

from extractor.intake import Fields, Taken, take


@pytest.mark.parametrize(
    "words",
    [
        "2016-12-01",
        " 2016-12-01 ",
        "2016-12-01T23:59:59Z",
        "2016-12-01T00:30:00+03:00",
        "2016-12-01 23:30:00.123456-08:00",
        "1 December 2016",
        "01 dec 2016",
        "1st December, 2016",
        "1-Dec-2016",
        "Dec. 1, 2016",
        "December 1 2016",
        "DECEMBER 1, 2016",
        "Thursday, December 1, 2016",
        "Dec 1, 2016 at 10:15 p.m. EST",
        "Thu, 01 Dec 2016 10:00:00 GMT",
        "Thu, 01 Dec 2016 23:00:00 -0800",
    ],
)
def test_a_date_that_leaves_no_doubt_is_read_as_the_calendar_day_written(
    tmp_path: Path, words: str
) -> None:
    record = {"id": "a", "text": "x", "published_at": words}
    outcome = taken(take_record(tmp_path, record, published=date(2020, 1, 1)))
    assert (outcome.article.published_at, outcome.notices) == (DAY, ())


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Nov. 20, 2011", date(2011, 11, 20)),
        ("Sept. 11, 2001", date(2001, 9, 11)),
        ("29 February 2016", date(2016, 2, 29)),
        ("May 3rd, 2014", date(2014, 5, 3)),
    ],
)
def test_months_are_read_by_name(tmp_path: Path, words: str, day: date) -> None:
    outcome = taken(take_record(tmp_path, {"id": "a", "text": "x", "published_at": words}))
    assert outcome.article.published_at == day


@pytest.mark.parametrize(
    "stated",
    [
        "7/5/2016",
        "4 FEB 90",
        "2016",
        "December 2016",
        "2016-13-01",
        "2016-02-30",
        "30 February 2016",
        "1.12.2016",
        "20161201",
        "Fri, 01 Dec 2016",  # it was a Thursday
        "yesterday",
        "1 December 2016 or later",
        "2016-12-01 to 2016-12-03",
        1480550400,
        ["2016-12-01"],
    ],
    ids=str,
)
def test_a_date_that_leaves_a_doubt_is_left_out_and_said_never_guessed(
    tmp_path: Path, stated: object
) -> None:
    record = {"id": "a", "text": "x", "published_at": stated}
    outcome = taken(take_record(tmp_path, record, published=DAY))
    assert outcome.article.published_at is None
    (notice,) = outcome.notices
    assert "left out" in notice
    assert "YYYY-MM-DD" in notice
    assert (repr(stated) if isinstance(stated, str | int) else "list") in notice


def test_a_long_value_is_cut_off_in_a_notice(tmp_path: Path) -> None:
    record = {"id": "a", "text": "x", "published_at": "victim " * 1000}
    (notice,) = taken(take_record(tmp_path, record)).notices
    assert len(notice) < 300


@pytest.mark.parametrize("stated", [None, "", "  "], ids=["null", "empty", "blank"])
def test_without_a_stated_date_the_users_day_is_taken_and_without_that_it_is_said(
    tmp_path: Path, stated: str | None
) -> None:
    record = {"id": "a", "text": "x", "published_at": stated}
    given = taken(take_record(tmp_path, record, published=DAY))
    assert (given.article.published_at, given.notices) == (DAY, ())
    bare = taken(take_record(tmp_path, record))
    assert (bare.article.published_at, bare.notices) == (None, (NO_DATE,))


def test_a_text_file_has_the_users_day_and_says_that_its_id_was_made(tmp_path: Path) -> None:
    path = write(tmp_path, "aleppo.v2.txt", "Two dead.")
    bare = taken(take_all(path)[0])
    assert bare.article.id == "aleppo.v2"
    assert bare.notices == (
        "no id is stated: 'aleppo.v2' was made from the name of the input",
        NO_DATE,
    )
    assert taken(take_all(path, published=DAY)[0]).article.published_at == DAY


def _take(folder: Path, record: dict[str, str], fields: Fields) -> Taken:
    path = folder / "one.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    (taken,) = take([str(path)], fields=fields, published=date(2024, 3, 15))
    assert isinstance(taken, Taken)
    return taken


def test_a_date_field_that_nobody_named_is_said_and_not_overruled(tmp_path: Path) -> None:
    record = {"id": "a", "text": "Shelling on Monday.", "date": "2014-01-05"}
    taken = _take(tmp_path, record, Fields())
    assert taken.article.published_at is None
    assert any("--date-field date" in notice for notice in taken.notices)


def test_a_date_field_is_taken_once_it_is_named(tmp_path: Path) -> None:
    record = {"id": "a", "text": "Shelling on Monday.", "date": "2014-01-05"}
    assert _take(tmp_path, record, Fields(date="date")).article.published_at == date(2014, 1, 5)


def test_the_field_of_the_default_name_is_enough(tmp_path: Path) -> None:
    record = {"id": "a", "text": "Shelling.", "published_at": "2014-01-05", "date": "2013-12-30"}
    taken = _take(tmp_path, record, Fields())
    assert taken.article.published_at == date(2014, 1, 5)
    assert not any("--date-field" in notice for notice in taken.notices)
