"""Intake: what is no article is rejected, with its place and the next step."""

import codecs
import io
import os
from pathlib import Path

import pytest
from taking import rejected, take_all, taken, write

from extractor.article import sha256_of
from extractor.intake import Form, Taken
from extractor.records import Rejected


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
