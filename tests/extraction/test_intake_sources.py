"""Intake: files, folders and standard input."""

import os
import sys
from pathlib import Path

import pytest
from taking import rejected, take_all, take_stdin, taken, write

from extractor.article import sha256_of
from extractor.intake import Form, Taken, take
from extractor.store import MANIFEST, OUTCOMES


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
