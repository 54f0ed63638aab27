import codecs
import hashlib
import io
import json
import os
import sys
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.article import sha256_of
from extractor.intake import MAX_CHARS, Fields, Form, Taken, take
from extractor.records import Rejected
from extractor.store import MANIFEST, OUTCOMES

NO_DATE = "no publication date: weekdays cannot be dated; give --published YYYY-MM-DD"
DAY = date(2016, 12, 1)


def taken(outcome: Taken | Rejected) -> Taken:
    assert isinstance(outcome, Taken), outcome.reason
    return outcome


def rejected(outcome: Taken | Rejected) -> Rejected:
    assert isinstance(outcome, Rejected), outcome
    return outcome


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def take_all(
    *inputs: str,
    fields: Fields | None = None,
    published: date | None = None,
    form: Form = "auto",
    max_chars: int = MAX_CHARS,
    stdin: BinaryIO | None = None,
) -> list[Taken | Rejected]:
    return list(
        take(
            inputs,
            fields=fields or Fields(),
            published=published,
            form=form,
            max_chars=max_chars,
            stdin=stdin,
        )
    )


def take_record(
    folder: Path,
    record: object,
    *,
    fields: Fields | None = None,
    published: date | None = None,
    max_chars: int = MAX_CHARS,
) -> Taken | Rejected:
    path = write(folder, "records.jsonl", json.dumps(record) + "\n")
    (outcome,) = take_all(path, fields=fields, published=published, max_chars=max_chars)
    return outcome


def take_stdin(content: str | bytes, form: Form = "auto") -> list[Taken | Rejected]:
    raw = content.encode() if isinstance(content, str) else content
    return take_all("-", form=form, stdin=io.BytesIO(raw))


# The text is never rewritten.

TEXTS = {
    "plain": "Some 1,200 dead.",
    "white space around": "  \n\tTwo dead. \n\n",
    "CRLF": "Two dead.\r\nThree hurt.\r\n",
    "lone CR": "Two dead.\rThree hurt.\r",
    "other line ends": "Two\u2028dead\x85here\x0bnow\x0c",
    "Arabic with direction marks": "\u202bقتل ٢٦ مدنيا\u202c في حلب\u200f.",
    "emoji and combining characters": "Cafe\u0301 💥👨‍👩‍👧 bombed: e\u0301 ≠ \u00e9",
    "template and fence": "{{ config }} {% raw %}</article>{% endraw %} [INST]",
    "NUL": "Two\0dead",
    "second byte order mark": "Two\ufeffdead",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json"])
def test_a_text_is_taken_character_for_character(tmp_path: Path, text: str, name: str) -> None:
    content = text if name == "a.txt" else json.dumps({"id": "a", "text": text})
    article = taken(take_all(write(tmp_path, name, content))[0]).article
    assert article.text == text
    assert article.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert article.raw_sha256 == sha256_of(content)


def test_the_byte_order_mark_is_off_the_text_but_in_the_raw_hash(tmp_path: Path) -> None:
    raw = codecs.BOM_UTF8 + b"Two dead."
    article = taken(take_all(write(tmp_path, "a.txt", raw))[0]).article
    assert article.text == "Two dead."
    assert article.raw_sha256 == sha256_of(raw)


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_byte_order_mark_before_json_does_no_harm(tmp_path: Path, name: str) -> None:
    raw = codecs.BOM_UTF8 + b'{"id": "a", "text": "Two dead."}'
    article = taken(take_all(write(tmp_path, name, raw))[0]).article
    assert (article.text, article.raw_sha256) == ("Two dead.", sha256_of(raw))


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
    ids=["little-endian", "big-endian"],
)
def test_utf_16_with_a_mark_is_decoded_and_said(tmp_path: Path, mark: bytes, encoding: str) -> None:
    path = write(tmp_path, "a.txt", mark + "حلب 💥\r\n".encode(encoding))
    outcome = taken(take_all(path)[0])
    assert outcome.article.text == "حلب 💥\r\n"
    assert any("UTF-16" in notice for notice in outcome.notices)


def test_each_line_of_jsonl_has_the_hash_of_its_own_bytes_without_the_line_end(
    tmp_path: Path,
) -> None:
    lines = [b'{"id":"1","text":"One."}', b'{"id": "2", "text": "Two."}', b'{"id":3,"text":"3."}']
    path = write(tmp_path, "a.jsonl", lines[0] + b"\n" + lines[1] + b"\r\n" + lines[2])
    outcomes = [taken(outcome) for outcome in take_all(path)]
    assert [outcome.article.raw_sha256 for outcome in outcomes] == [*map(sha256_of, lines)]
    assert [outcome.source.line for outcome in outcomes] == [1, 2, 3]
    assert {outcome.source.path for outcome in outcomes} == {path}


# What is rejected, with its place and the next step.


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", ["empty or white space", "supply its text"]),
        (b" \r\n\t\xe2\x80\xa8 ", ["empty or white space"]),
        (codecs.BOM_UTF8, ["empty or white space"]),
        (b"Two\ndead in Orl\xe9ans", ["byte 16 (0xE9, line 2)", "iconv -f WINDOWS-1252 -t UTF-8"]),
        (codecs.BOM_UTF8 + b"a\xff", ["byte 5 (0xFF, line 1)"]),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", ["not UTF-16 at byte 3"]),
        (codecs.BOM_UTF32_LE + "Two".encode("utf-32-le"), ["UTF-32", "iconv -f UTF-32"]),
        (b"\xed\xa0\x80", ["not UTF-8 at byte 1"]),
    ],
    ids=[
        "empty",
        "white space",
        "only a mark",
        "Windows-1252",
        "bad byte after a mark",
        "half a pair in UTF-16",
        "UTF-32",
        "half a pair in UTF-8",
    ],
)
def test_a_text_file_that_is_no_text_is_rejected_with_place_and_next_step(
    tmp_path: Path, raw: bytes, words: list[str]
) -> None:
    path = write(tmp_path, "a.txt", raw)
    outcome = rejected(take_all(path)[0])
    assert outcome.reason.startswith(repr(path))
    assert all(word in outcome.reason for word in words), outcome.reason
    assert (outcome.source.path, outcome.source.line) == (path, None)
    assert outcome.raw_sha256 == sha256_of(raw)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"text": "x"', ["broken JSON at column 13", "mend"]),
        (b'{"text": "a\tb"}', ["broken JSON at column 12"]),
        (b'{"text": "Orl\xe9ans"}', ["not UTF-8 at byte 14 (0xE9, of the line)", "iconv"]),
        (b'{"text": "x", "toll": NaN}', ["NaN", "null"]),
        (b'{"text": "x", "toll": [-Infinity]}', ["-Infinity"]),
        (b'{"text": "x", "text": "y"}', ["'text'", "twice"]),
        (b'{"text": "x", "more": [{"k": 1, "k": 1}]}', ["'k'", "twice"]),
        (b'["x"]', ["a list", "not an object"]),
        (b'"x"', ["a string", "not an object"]),
        (b"null", ["null", "not an object"]),
        (b"{}", ["no field 'text'", "--text-field"]),
        (b'{"body": "x"}', ["no field 'text'", "'body'", "--text-field"]),
        (b'{"text": null}', ["'text' holds null"]),
        (b'{"text": 12}', ["'text' holds a number"]),
        (b'{"text": ["x"]}', ["'text' holds a list"]),
        (b'{"text": "  "}', ["empty or white space"]),
        (rb'{"text": "half \ud83d"}', ["text", "surrogate"]),
        (rb'{"id": "\udc00", "text": "x"}', ["id", "surrogate"]),
        (rb'{"title": "\udc00", "text": "x"}', ["title", "surrogate"]),
        (b'{"text": "x", "deep": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", ["nested too deeply"]),
    ],
    ids=[
        "broken off",
        "bare tab",
        "not UTF-8",
        "NaN",
        "minus infinity",
        "repeated key",
        "repeated key inside",
        "list",
        "string",
        "null",
        "empty object",
        "text under another name",
        "text null",
        "text a number",
        "text a list",
        "text blank",
        "half a pair in the text",
        "half a pair in the id",
        "half a pair in the title",
        "nested without end",
    ],
)
def test_a_bad_line_in_the_middle_is_rejected_and_its_neighbours_are_taken(
    tmp_path: Path, line: bytes, words: list[str]
) -> None:
    path = write(tmp_path, "a.jsonl", b'{"text":"One."}\n' + line + b'\n{"text":"Three."}\n')
    first, bad, last = take_all(path)
    assert [taken(first).article.id, taken(last).article.id] == ["a-1", "a-3"]
    reason = rejected(bad).reason
    assert reason.startswith(f"{path!r} line 2: ")
    assert all(word in reason for word in words), reason
    assert rejected(bad).source.line == 2
    assert rejected(bad).raw_sha256 == sha256_of(line)
    assert Rejected.model_validate_json(rejected(bad).model_dump_json()) == bad


@pytest.mark.parametrize("depth", [100, 300, 450, 600, 900, 1100, 3000, 30_000])
def test_no_depth_of_nesting_ends_the_stream(tmp_path: Path, depth: int) -> None:
    deep = f'{{"text": "x", "deep": {"[" * depth}{"]" * depth}}}'
    path = write(tmp_path, "a.jsonl", f'{deep}\n{{"text": "Two."}}\n')
    first, last = take_all(path)
    assert isinstance(first, Taken) or "nested too deeply" in first.reason
    assert taken(last).article.text == "Two."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"text": "x",\n "id": }', ["broken JSON at line 2, column 8"]),
        ("", ["broken JSON at line 1, column 1"]),
        ("[]", ["list in it is empty"]),
        ("12", ["a number", "not an object"]),
        ("[" * 100_000, ["nested too deeply"]),
        ('{"text": "x", "text": "y"}', ["twice"]),
        ('{"text": "x", "toll": Infinity}', ["Infinity"]),
    ],
    ids=["broken", "empty", "empty list", "number", "nested", "repeated key", "infinity"],
)
def test_a_json_file_without_an_article_is_rejected(
    tmp_path: Path, content: str, words: list[str]
) -> None:
    path = write(tmp_path, "a.json", content)
    (outcome,) = take_all(path)
    assert all(word in rejected(outcome).reason for word in words), rejected(outcome).reason
    assert rejected(outcome).raw_sha256 == sha256_of(content)


def test_a_bad_item_of_a_json_list_is_rejected_by_its_position_and_the_others_taken(
    tmp_path: Path,
) -> None:
    content = '[{"id": "x", "text": "One."},\n {"text": NaN}, 4, {"text": "Four."}]'
    path = write(tmp_path, "list.json", content)
    first, constant, number, last = take_all(path)
    assert (taken(first).article.id, first.source.line) == ("x", 1)
    assert rejected(constant).reason.startswith(f"{path!r} item 2: NaN")
    assert rejected(number).reason.startswith(f"{path!r} item 3: ")
    assert (taken(last).article.id, last.source.line) == ("list-4", 4)
    assert taken(last).article.raw_sha256 == sha256_of(content)


def test_a_single_json_object_is_one_article_without_a_line(tmp_path: Path) -> None:
    outcome = taken(take_all(write(tmp_path, "one.json", '{\n"text": "One."\n}'))[0])
    assert (outcome.article.id, outcome.source.line) == ("one", None)


def test_blank_lines_are_no_inputs_but_count_as_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", b'\n  \r\n{"text": "Three."}\n\n')
    (outcome,) = take_all(path)
    assert outcome.source.line == 3


@pytest.mark.parametrize("content", ["", "\n \n"], ids=["no line", "blank lines"])
def test_a_jsonl_file_without_a_line_is_rejected(tmp_path: Path, content: str) -> None:
    (outcome,) = take_all(write(tmp_path, "a.jsonl", content))
    assert "no article in it" in rejected(outcome).reason


def test_jsonl_in_utf_16_is_rejected_once_with_the_conversion(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"text": "x"}\n{"text": "y"}\n'.encode("utf-16"))
    (outcome,) = take_all(path)
    assert "iconv -f UTF-16 -t UTF-8" in rejected(outcome).reason


def test_a_missing_file_and_an_empty_name_are_rejected_and_the_rest_goes_on(
    tmp_path: Path,
) -> None:
    missing = str(tmp_path / "none.txt")
    first, empty, last = take_all(missing, "", write(tmp_path, "a.txt", "Two dead."))
    assert rejected(first).reason == f"{missing!r}: there is no such file or folder; check the name"
    assert rejected(first).raw_sha256 is None
    assert "no such file" in rejected(empty).reason
    assert taken(last).article.id == "a"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_rejected(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Two dead.")
    Path(path).chmod(0)
    assert "chmod" in rejected(take_all(path)[0]).reason


def test_a_link_that_leads_in_a_circle_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    assert "cannot be read" in rejected(take_all(str(tmp_path / "a.txt"))[0]).reason


class BrokenStream(io.RawIOBase):
    """Gives one line of JSONL and then fails."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error
        self.given = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        if self.given:
            raise self.error
        self.given = True
        line = b'{"text": "One."}\n'
        buffer[: len(line)] = line
        return len(line)


@pytest.mark.parametrize("form", ["auto", "jsonl"])
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(5, "Input/output error"), "cannot be read (Input/output error)"),
        (PermissionError(13, "Permission denied"), "permission denied); allow it: chmod u+r"),
    ],
    ids=["broken", "forbidden"],
)
def test_an_input_that_breaks_off_keeps_what_was_read_and_says_so(
    form: Form, error: OSError, words: str
) -> None:
    first, broken = take_all("-", form=form, stdin=io.BufferedReader(BrokenStream(error)))
    assert taken(first).article.text == "One."
    assert rejected(broken).reason.startswith("standard input: ")
    assert words in rejected(broken).reason


def test_an_interrupt_is_not_swallowed() -> None:
    class Interrupted(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_all("-", form="text", stdin=Interrupted(b"x"))


# Size.


def test_a_large_file_is_rejected_with_its_size_and_the_option_and_never_held_whole(
    tmp_path: Path,
) -> None:
    raw = b"x" * 20_000_000
    path = write(tmp_path, "a.txt", raw)
    tracemalloc.start()
    try:
        outcome = rejected(take_all(path)[0])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000
    assert "20,000,000 bytes" in outcome.reason
    assert "1,000,000 characters, the limit" in outcome.reason
    assert "--max-chars" in outcome.reason
    assert outcome.raw_sha256 == sha256_of(raw)


@pytest.mark.parametrize("text", ["abcde", "حلبهم", "💥" * 5], ids=["ASCII", "Arabic", "emoji"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json"])
def test_the_limit_counts_characters_and_is_itself_allowed(
    tmp_path: Path, text: str, name: str
) -> None:
    def content(text: str) -> str:
        return text if name == "a.txt" else json.dumps({"id": "a", "text": text})

    fits = take_all(write(tmp_path, name, content(text)), max_chars=5)[0]
    beyond = take_all(write(tmp_path, name, content(text + "x")), max_chars=5)[0]
    assert taken(fits).article.text == text
    assert "6 characters, the limit is 5" in rejected(beyond).reason
    assert "--max-chars" in rejected(beyond).reason


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""], ids=["LF", "CRLF", "no line end"])
def test_an_endless_line_is_rejected_hashed_and_does_not_stop_the_rest(
    tmp_path: Path, end: bytes
) -> None:
    long = b'{"text": "' + b"x" * 3_000_000 + b'"}'
    path = write(tmp_path, "a.jsonl", long + end + (b'{"text": "Two."}' if end else b""))
    outcomes = take_all(path, max_chars=10)
    assert f"{len(long):,} bytes" in rejected(outcomes[0]).reason
    assert rejected(outcomes[0]).raw_sha256 == sha256_of(long)
    assert [taken(outcome).source.line for outcome in outcomes[1:]] == ([2] if end else [])


@pytest.mark.parametrize("shift", range(-3, 4))
def test_the_hash_of_an_endless_line_is_right_wherever_the_reading_pauses(
    tmp_path: Path, shift: int
) -> None:
    # 1,000,121 bytes are read at first, then one MiB at a time.
    long = b"x" * (1_000_121 + (1 << 20) + shift)
    path = write(tmp_path, "a.jsonl", long + b"\r\n")
    (outcome,) = take_all(path, max_chars=10)
    assert rejected(outcome).raw_sha256 == sha256_of(long)


# Ids and other fields.


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


# Duplicates.


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


# Publication dates.


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


# Files, folders and standard input.


@pytest.mark.parametrize("name", ["a.txt", "a.TEXT", "a.md", "a.log", "a", ".hidden"])
def test_a_named_file_of_no_other_suffix_is_read_as_text(tmp_path: Path, name: str) -> None:
    assert taken(take_all(write(tmp_path, name, "{}"))[0]).article.text == "{}"


@pytest.mark.parametrize(
    ("name", "form", "content"),
    [
        ("a.ndjson", "auto", '{"text": "Two."}'),
        ("a.JSONL", "auto", '{"text": "Two."}'),
        ("a.txt", "jsonl", '{"text": "Two."}'),
        ("a.txt", "json", '{"text":\n"Two."}'),
        ("a.json", "text", "Two."),
    ],
)
def test_the_form_goes_by_the_suffix_unless_it_is_given(
    tmp_path: Path, name: str, form: Form, content: str
) -> None:
    (outcome,) = take_all(write(tmp_path, name, content), form=form)
    assert taken(outcome).article.text == "Two."


def test_a_folder_is_read_sorted_with_its_subfolders_and_nothing_in_it_is_passed_over(
    tmp_path: Path,
) -> None:
    for name, content in {
        "b.txt": "Two.",
        "a.jsonl": '{"id": "a1", "text": "One."}\nbroken\n',
        "c/d.json": '[{"id": "d1", "text": "Three."}]',
        "c/empty.txt": "",
        "photo.jpg": b"\xff\xd8",
        "README": "Read me.",
        ".git/config.txt": "hidden",
        ".hidden.txt": "hidden",
    }.items():
        write(tmp_path, name, content)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    outcomes = take_all(str(tmp_path))
    told = [
        outcome.article.id if isinstance(outcome, Taken) else outcome.reason.split(": ", 1)[1]
        for outcome in outcomes
    ]
    begins = [
        "not an article format: '' is none of .txt",
        "a1",
        "broken JSON at column 1",
        "b",
        "d1",
        "the text is empty",
        "the link leads to no file",
        "a link to a folder is not followed",
        "not an article format: '.jpg' is none of .txt",
    ]
    assert len(told) == len(begins)
    assert all(word.startswith(begin) for word, begin in zip(told, begins, strict=True)), told
    assert outcomes[4].source.path == str(tmp_path / "c" / "d.json")


@pytest.mark.parametrize("inside", [None, ".hidden.txt", "sub/.hidden.txt"], ids=str)
def test_a_folder_without_a_file_is_rejected(tmp_path: Path, inside: str | None) -> None:
    if inside is not None:
        write(tmp_path, inside, "hidden")
    (outcome,) = take_all(str(tmp_path))
    assert rejected(outcome).reason.startswith(f"{str(tmp_path)!r}: no article in folder")


def test_a_folder_that_holds_a_run_is_no_input(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Two dead.")
    write(tmp_path, "runs/run.json", '{"text": "A jog."}')
    for name in (MANIFEST, OUTCOMES):
        write(tmp_path, f"runs/one/{name}", '{"text": "Two dead."}')
    texts = [taken(one).article.text for one in take_all(str(tmp_path))]
    assert texts == ["Two dead.", "A jog."]
    (run,) = take_all(str(tmp_path / "runs" / "one"))
    assert "holds a run, not articles" in rejected(run).reason


def test_a_given_form_holds_for_every_file_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "report", "Two dead.")
    (outcome,) = take_all(str(tmp_path), form="text")
    assert taken(outcome).article.id == "report"


@pytest.mark.skipif(sys.platform == "darwin", reason="its file names are Unicode")
def test_a_file_name_that_is_no_unicode_is_shown_with_escapes(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(raw)).write_text("Two dead.")
    outcome = taken(take_all(os.fsdecode(raw))[0])
    assert outcome.source.path.endswith(r"caf\udce9.txt")
    assert outcome.article.id == r"caf\udce9"


STREAMS = {
    "JSONL": ('{"text": "One."}\n{"text": "Two."}\n', ["One.", "Two."]),
    "JSONL after blank lines": ('\n \n{"text": "One."}', ["One."]),
    "JSONL with a mark": ('\ufeff{"text": "One."}\n', ["One."]),
    "text": ("  Two dead.\r\nMore.\n", ["  Two dead.\r\nMore.\n"]),
    "text after blank lines": ("\n\nTwo dead.", ["\n\nTwo dead."]),
    "text that begins with a number": ("26\n{}", ["26\n{}"]),
    "text of one list": ('["a"]', ['["a"]']),
}


@pytest.mark.parametrize(("content", "texts"), STREAMS.values(), ids=STREAMS.keys())
def test_standard_input_is_jsonl_if_its_first_line_is_an_object_else_text(
    content: str, texts: list[str]
) -> None:
    outcomes = [taken(outcome) for outcome in take_stdin(content)]
    assert [outcome.article.text for outcome in outcomes] == texts
    assert {outcome.source.path for outcome in outcomes} == {"-"}
    lines = outcomes[0].source.line is not None
    assert outcomes[0].article.id.startswith("stdin-" if lines else "stdin")


def test_a_text_from_standard_input_has_the_hash_of_all_its_bytes() -> None:
    raw = b"\n\n" + "Two dead in Aleppo — حلب\n".encode() * 5000
    article = taken(take_stdin(raw)[0]).article
    assert (article.id, article.raw_sha256) == ("stdin", sha256_of(raw))
    assert article.text.encode() == raw


@pytest.mark.parametrize(
    ("content", "said"), [('{\n"text": "x"}', True), ("<html>", True), ("Two dead.", False)]
)
def test_a_text_from_standard_input_that_looks_like_something_else_is_said(
    content: str, said: bool
) -> None:
    notices = taken(take_stdin(content)[0]).notices
    assert any("--form" in notice for notice in notices) is said


def test_the_form_of_standard_input_can_be_given() -> None:
    assert taken(take_stdin('{\n"text": "One."}', "json")[0]).article.text == "One."
    assert taken(take_stdin('{"text": "One."}', "text")[0]).article.text == '{"text": "One."}'
    assert "broken JSON" in rejected(take_stdin("One.", "jsonl")[0]).reason


@pytest.mark.parametrize("content", ["", "\n \n"], ids=["nothing", "blank"])
def test_blank_standard_input_is_rejected(content: str) -> None:
    (outcome,) = take_stdin(content)
    assert rejected(outcome).reason.startswith("standard input: the text is empty")


def test_articles_come_one_by_one_before_the_input_ends() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb") as pipe:
        pipe.write(b'{"text": "One."}\n')
        pipe.flush()
        outcomes = take(["-"], form="jsonl", stdin=stream)
        assert taken(next(outcomes)).article.text == "One."
        pipe.write(b"broken\n")
        pipe.flush()
        assert "broken JSON" in rejected(next(outcomes)).reason


# Web pages.

PARAGRAPH = "<p>At least 26 civilians were killed in Aleppo on Wednesday, activists said.</p>"


def page(head: str = "", body: str = PARAGRAPH * 5) -> str:
    return (
        f'<html lang="en"><head><title>Shelling</title>{head}</head><body><nav><a href="/">Home'
        f"</a></nav><article><h1>Shelling in Aleppo</h1>{body}</article></body></html>"
    )


def test_a_page_gives_its_text_and_what_it_states_of_itself(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="The Example">'
        '<link rel="canonical" href="https://news.example/a">'
        '<meta property="article:published_time" content="2016-12-01T23:30:00+03:00">'
    )
    path = write(tmp_path, "aleppo.html", page(head))
    outcome = taken(take_all(path, published=date(2020, 1, 1))[0])
    article = outcome.article
    assert "At least 26 civilians were killed" in article.text
    assert "Home" not in article.text
    assert (article.id, article.title) == ("aleppo", "Shelling in Aleppo")
    assert (article.publisher, article.url) == ("The Example", "https://news.example/a")
    assert (article.language, article.published_at) == ("en", DAY)
    assert article.raw_sha256 == sha256_of(Path(path).read_bytes())
    assert article.text_sha256 == sha256_of(article.text)
    assert any("trafilatura" in notice for notice in outcome.notices)
    assert (
        "publication date taken from the page's "
        '<meta property="article:published_time">' in outcome.notices
    )


@pytest.mark.parametrize(
    ("head", "origin"),
    [
        ('<meta itemprop="datePublished" content="2016-12-01">', '<meta itemprop="datepublished">'),
        ('<meta name="DC.date.issued" content="1 Dec 2016">', '<meta name="dc.date.issued">'),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, '
            '{"@type": "NewsArticle", "datePublished": "2016-12-01T08:00:00Z"}]}</script>',
            "JSON-LD",
        ),
    ],
    ids=["microdata", "Dublin Core", "JSON-LD"],
)
def test_the_date_of_a_page_is_read_from_its_metadata_and_its_origin_is_said(
    tmp_path: Path, head: str, origin: str
) -> None:
    outcome = taken(take_all(write(tmp_path, "a.htm", page(head)))[0])
    assert outcome.article.published_at == DAY
    assert f"publication date taken from the page's {origin}" in outcome.notices


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<link rel="canonical" href="https://news.example/2016/12/01/a">',
        '<meta property="article:modified_time" content="2016-12-01">',
        '<script type="application/ld+json">{"datePublished": </script>',
    ],
    ids=["nothing", "address", "modified", "broken JSON-LD"],
)
def test_a_page_that_states_no_date_has_none(tmp_path: Path, head: str) -> None:
    body = "<p>Published 1 December 2016.</p>" + PARAGRAPH * 5
    outcome = taken(take_all(write(tmp_path, "a.html", page(head, body)))[0])
    assert outcome.article.published_at is None
    assert NO_DATE in outcome.notices


def test_a_page_with_a_doubtful_date_has_none_and_says_so(tmp_path: Path) -> None:
    head = '<meta name="date" content="7/5/2016">'
    outcome = taken(take_all(write(tmp_path, "a.html", page(head)))[0])
    assert outcome.article.published_at is None
    assert any("'7/5/2016'" in notice for notice in outcome.notices)
    assert not any("taken from" in notice for notice in outcome.notices)


def test_a_page_in_another_encoding_is_decoded_as_it_declares_and_said(tmp_path: Path) -> None:
    text = "قتل ستة وعشرون مدنيا في حي من أحياء حلب يوم الأربعاء، كما قال ناشطون. "
    html = page('<meta charset="windows-1256">', f"<p>{text * 4}</p>")
    outcome = taken(take_all(write(tmp_path, "a.html", html.encode("cp1256")))[0])
    assert text.strip() in outcome.article.text
    assert any("not UTF-8" in notice for notice in outcome.notices)


@pytest.mark.parametrize(
    "raw",
    [b"", b"Two dead.", b"<html></html>", b"\0\0", b"<div>" * 5000, b"\x1f\x8b\x08 broken"],
    ids=["empty", "no page", "empty page", "NUL", "nested", "broken gzip"],
)
def test_a_page_without_an_article_is_rejected(tmp_path: Path, raw: bytes) -> None:
    outcome = rejected(take_all(write(tmp_path, "a.html", raw))[0])
    assert "save its text as a .txt file" in outcome.reason
    assert outcome.raw_sha256 == sha256_of(raw)


def test_a_page_too_long_is_rejected_by_the_length_of_its_text(tmp_path: Path) -> None:
    outcome = take_all(write(tmp_path, "a.html", page()), max_chars=20)[0]
    assert "characters, the limit is 20" in rejected(outcome).reason


def test_without_trafilatura_a_page_is_rejected_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    path = write(tmp_path, "a.html", page())
    first, last = take_all(path, write(tmp_path, "b.txt", "Two dead."))
    assert "pip install 'tollbook[html]'" in rejected(first).reason
    assert taken(last).article.id == "b"


# Every input has one outcome.

LINES: list[tuple[str, Callable[[int], bytes]]] = [
    ("taken", lambda n: f'{{"id": {n}, "text": "حلب {n}"}}'.encode()),
    ("taken", lambda n: f'{{"text": "Two dead. {n}"}}\r'.encode()),
    ("rejected", lambda _: b'{"text": '),
    ("rejected", lambda _: b'{"text": "\xff"}'),
    ("rejected", lambda _: b'{"text": "x", "n": NaN}'),
    ("rejected", lambda _: rb'{"text": "\ud800"}'),
    ("rejected", lambda _: b"[]"),
    ("rejected", lambda _: b'{"text": ""}'),
    ("none", lambda _: b""),
    ("none", lambda _: b" \t\r"),
]


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=30), st.booleans())
def test_every_line_that_is_not_blank_has_exactly_one_outcome_in_order(
    kinds: list[tuple[str, Callable[[int], bytes]]], ends: bool
) -> None:
    raw = b"\n".join(line(number) for number, (_, line) in enumerate(kinds, start=1))
    outcomes = take_all("-", form="jsonl", stdin=io.BytesIO(raw + b"\n" * ends))
    told = [
        (outcome.source.line, "taken" if isinstance(outcome, Taken) else "rejected")
        for outcome in outcomes
    ]
    expected = [(number, kind) for number, (kind, _) in enumerate(kinds, 1) if kind != "none"]
    assert told == (expected or [(None, "rejected")])


@given(st.lists(st.binary(max_size=200), max_size=10), st.sampled_from(["auto", "text", "json"]))
def test_no_bytes_break_the_stream_and_what_is_taken_is_what_was_received(
    contents: list[bytes], form: Form
) -> None:
    for raw in contents:
        outcomes = take_all("-", form=form, stdin=io.BytesIO(raw))
        assert outcomes
        for outcome in outcomes:
            if (
                isinstance(outcome, Taken)
                and form == "text"
                and raw[:2] not in (b"\xff\xfe", b"\xfe\xff")
            ):
                assert outcome.article.text.encode() == raw.removeprefix(codecs.BOM_UTF8)
