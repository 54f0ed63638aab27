"""The number of inputs, as far as it can be told without reading them as articles."""

import os
from collections.abc import Sequence
from typing import BinaryIO

from extractor.intake.entries import Entry, find_entries
from extractor.intake.received import is_wide
from extractor.intake.taken import STDIN, Form
from extractor.records import Rejected

_HEAD_BYTES = 4  # tell UTF-16 and UTF-32
_CHUNK_BYTES = 1 << 20  # one MiB: few reads, little memory


def count_inputs(inputs: Sequence[str], *, form: Form = "auto") -> int | None:
    """How many outcomes `take` gives for these inputs; `None` where only reading them tells.

    That is so with standard input and with JSON files, which hold one article or a list.
    """
    number = 0
    for entry in find_entries(inputs):
        held = 1 if isinstance(entry, Rejected) else _held(entry, form)
        if held is None:
            return None
        number += held
    return number


def _held(entry: Entry, form: Form) -> int | None:
    known = entry.form(form)
    if entry.name == STDIN or known == "json":
        return None
    if known != "jsonl" or not os.path.exists(entry.name):
        return 1
    if not os.path.isfile(entry.name):
        return None  # a pipe can be read once
    try:
        with open(entry.name, "rb") as stream:
            return _taken_lines(stream)
    except OSError:
        return 1


def _taken_lines(stream: BinaryIO) -> int:
    """Lines that become an article or a rejection; a file without any is rejected itself."""
    wide = is_wide(stream.read(_HEAD_BYTES))
    stream.seek(0)
    return 1 if wide else max(_filled_lines(stream), 1)


def _filled_lines(stream: BinaryIO) -> int:
    """Lines that are not blank, however long they are."""
    number, filled = 0, False
    while chunk := stream.read(_CHUNK_BYTES):
        first, *rest = chunk.split(b"\n")
        filled = filled or bool(first.strip())
        for piece in rest:
            number += filled
            filled = bool(piece.strip())
    return number + filled
