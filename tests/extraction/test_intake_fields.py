"""Intake: ids and other fields of a record, and ids that come twice."""

import io
import json
from pathlib import Path

import pytest
from taking import DAY, NO_DATE, rejected, take_all, take_record, taken, write

from extractor.article import sha256_of
from extractor.intake import Fields, take


@pytest.mark.parametrize(
    ("stated", "told", "said"),
    [
        ("a-7", "a-7", False),
        (" a ", " a ", False),
        (12, "12", False),
        (-1, "-1", False),
        (10**30, str(10**30), False),
        ("حلب", "حلب", False),
        (None, "records-1", True),
        ("", "records-1", True),
        ("  ", "records-1", True),
        (True, "records-1", True),
        (1.5, "records-1", True),
        (["a"], "records-1", True),
    ],
    ids=repr,
)
def test_an_id_is_taken_as_stated_or_made_and_said(
    tmp_path: Path, stated: object, told: str, said: bool
) -> None:
    outcome = taken(take_record(tmp_path, {"id": stated, "text": "Two dead."}))
    assert outcome.article.id == told
    assert any("'records-1' was made" in notice for notice in outcome.notices) is said


def test_an_integer_too_long_for_python_is_an_id_all_the_same(tmp_path: Path) -> None:
    digits = "7" * 5000
    path = write(tmp_path, "a.jsonl", f'{{"id": {digits}, "text": "x", "n": {digits}}}')
    assert taken(take_all(path)[0]).article.id == digits


@pytest.mark.parametrize(
    ("fields", "record", "words"),
    [
        (Fields(text="body"), {"id": "a", "text": "x"}, ["'body'", "'text'", "--text-field"]),
        (Fields(text="body"), {"id": "a", "body": 1}, ["'body' holds a number"]),
        (Fields(id="key"), {"id": "a", "text": "x"}, ["'key'", "--id-field"]),
        (Fields(id="key"), {"key": None, "text": "x"}, ["'key' holds null"]),
        (Fields(id="key"), {"key": "", "text": "x"}, ["'key' holds an empty string"]),
        (Fields(id="key"), {"key": 1.5, "text": "x"}, ["'key' holds a number"]),
    ],
    ids=["no text", "text no string", "no id", "id null", "id empty", "id a fraction"],
)
def test_a_record_without_the_named_text_or_id_is_rejected(
    tmp_path: Path, fields: Fields, record: dict[str, object], words: list[str]
) -> None:
    outcome = rejected(take_record(tmp_path, record, fields=fields))
    assert all(word in outcome.reason for word in words), outcome.reason
    assert outcome.article_id == ("a" if fields.text else None)


def test_a_record_without_the_named_title_or_date_is_taken_with_notices(tmp_path: Path) -> None:
    fields = Fields(title="headline", date="day")
    record = {"id": "a", "text": "x", "title": "No", "published_at": "2016-12-01"}
    outcome = taken(take_record(tmp_path, record, fields=fields))
    assert (outcome.article.title, outcome.article.published_at) == (None, None)
    title, day, undated = outcome.notices
    assert "'headline'" in title
    assert "--title-field" in title
    assert "'day'" in day
    assert "--date-field" in day
    assert undated == NO_DATE


def test_the_fields_the_user_named_are_read(tmp_path: Path) -> None:
    record = {"key": 7, "body": "Two dead.", "headline": "Shelling", "day": "2016-12-01"}
    fields = Fields(id="key", text="body", title="headline", date="day")
    outcome = taken(take_record(tmp_path, record, fields=fields))
    article = outcome.article
    assert (article.id, article.text, article.title) == ("7", "Two dead.", "Shelling")
    assert article.published_at == DAY
    assert outcome.notices == ()


def test_known_fields_are_taken_if_they_are_strings_and_others_are_ignored(tmp_path: Path) -> None:
    told = {"publisher": "A", "url": "https://a.example/1", "language": "en", "retrieved_at": "now"}
    full = taken(take_record(tmp_path, {"id": "a", "text": "x", **told, "author": "B"})).article
    assert {name: getattr(full, name) for name in told} == told
    empty = dict.fromkeys(told, 1)
    bare = taken(take_record(tmp_path, {"id": "a", "text": "x", **empty})).article
    assert [getattr(bare, name) for name in told] == [None] * 4


def test_a_title_that_is_no_string_is_left_out_and_said(tmp_path: Path) -> None:
    outcome = taken(take_record(tmp_path, {"id": "a", "text": "x", "title": 7}))
    assert outcome.article.title is None
    assert any("'title' holds a number" in notice for notice in outcome.notices)


@pytest.mark.parametrize(
    ("text", "words"),
    [("One.", "with the same text"), ("Other.", "with another text")],
    ids=["same text", "another text"],
)
def test_the_first_of_an_id_is_taken_and_the_later_one_names_it(
    tmp_path: Path, text: str, words: str
) -> None:
    first = write(tmp_path, "a.jsonl", '\n{"id": "x", "text": "One."}')
    later = write(tmp_path, "b.jsonl", json.dumps({"id": "x", "text": text}))
    one, two = take_all(first, later)
    assert taken(one).article.text == "One."
    reason = rejected(two).reason
    assert reason.startswith(f"{later!r} line 1: the id 'x' stood before, in {first!r} line 2")
    assert words in reason
    assert (rejected(two).article_id, rejected(two).raw_sha256) == (
        "x",
        sha256_of(Path(later).read_bytes()),
    )


def test_an_id_that_stood_in_a_rejected_line_is_free(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"id": "x", "text": ""}\n{"id": "x", "text": "Two."}')
    bad, good = take_all(path)
    assert rejected(bad).article_id == "x"
    assert taken(good).article.text == "Two."


def test_the_same_file_named_twice_is_taken_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Two dead.")
    (once,) = take_all(path, path)
    assert taken(once).article.id == "a"


def test_what_is_named_beside_its_folder_is_taken_once_and_said(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Two dead.")
    write(tmp_path, "b.txt", "")
    told: list[str] = []
    outcomes = list(
        take([str(tmp_path), path, str(tmp_path), "-", "-"], stdin=io.BytesIO(), tell=told.append)
    )
    assert [outcome.source.path for outcome in outcomes] == [path, str(tmp_path / "b.txt"), "-"]
    assert told == [
        f"{name!r} is named twice and taken once"
        for name in (path, path, str(tmp_path / "b.txt"), "-")
    ]
