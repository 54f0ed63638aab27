"""Intake: every input has exactly one outcome."""

import codecs
import io
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from taking import take_all

from extractor.intake import Form, Taken

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
