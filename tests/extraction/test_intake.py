"""Intake: a text is never rewritten."""

import codecs
import hashlib
import json
from pathlib import Path

import pytest
from taking import take_all, taken, write

from extractor.article import sha256_of

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
