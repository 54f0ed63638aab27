"""Intake: what is too large is rejected without being held whole."""

import json
import tracemalloc
from pathlib import Path

import pytest
from taking import rejected, take_all, taken, write

from extractor.article import sha256_of


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
