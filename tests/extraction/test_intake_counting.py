"""How many inputs there are is known beforehand, or it is said that it is not."""

import os
from pathlib import Path

import pytest
from taking import take_all, write

from extractor.intake import count_inputs

LINES = {
    "articles": '{"id": "a1", "text": "One."}\n{"id": "a2", "text": "Two."}\n',
    "no end": '{"id": "a1", "text": "One."}\n{"id": "a2", "text": "Two."}',
    "blank lines": '\n  \r\n{"id": "a1", "text": "One."}\r\n\n\t\n{"text": "Two."}\n\n',
    "bad lines": '{"id": \n[]\n{"id": "a1", "text": "One."}\n{"id": "a1", "text": "One."}\n',
    "empty": "",
    "only blank": "\n\n  \n",
    "UTF-16": '{"text": "One."}\n{"text": "Two."}\n'.encode("utf-16"),
    "mark": b"\xef\xbb\xbf" + b'{"text": "One."}\n',
    "longer than a chunk": '{"text": "%s"}\n' % ("word " * 500_000) + '{"text": "Two."}\n',
}


@pytest.mark.parametrize("content", LINES.values(), ids=LINES)
def test_the_number_of_inputs_of_jsonl_is_that_of_its_outcomes(
    tmp_path: Path, content: str | bytes
) -> None:
    name = write(tmp_path, "in.jsonl", content)
    assert count_inputs([name]) == len(take_all(name))


def test_folders_and_other_files_count_as_they_are_taken(tmp_path: Path) -> None:
    write(tmp_path, "folder/a.txt", "One.")
    write(tmp_path, "folder/b.jsonl", '{"text": "Two."}\n{"text": "Three."}\n')
    write(tmp_path, "folder/c.html", "<p>Four.</p>")
    write(tmp_path, "folder/d.pdf", "no article")
    write(tmp_path, "folder/.hidden", "no input")
    (tmp_path / "empty").mkdir()
    named = [str(tmp_path / name) for name in ("folder", "folder/a.txt", "empty", "missing.jsonl")]
    assert count_inputs(named) == len(take_all(*named)) == 7


def test_what_a_form_is_stated_for_is_counted_in_that_form(tmp_path: Path) -> None:
    name = write(tmp_path, "in.txt", '{"text": "One."}\n{"text": "Two."}\n')
    assert (count_inputs([name]), count_inputs([name], form="jsonl")) == (1, 2)


def test_no_total_is_made_up_where_only_reading_tells(tmp_path: Path) -> None:
    known = write(tmp_path, "in.jsonl", '{"text": "One."}\n')
    listed = write(tmp_path, "in.json", '[{"text": "One."}, {"text": "Two."}]')
    pipe = str(tmp_path / "pipe.jsonl")
    os.mkfifo(pipe)
    for unknown in ("-", listed, pipe):
        assert count_inputs([known, unknown]) is None
