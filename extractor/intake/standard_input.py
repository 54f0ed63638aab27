"""Standard input: told apart by its first line, and read as it comes."""

import io
import json
import sys
from collections.abc import Iterator
from typing import BinaryIO, cast

from extractor.intake.content import take_content
from extractor.intake.folder import unreadable
from extractor.intake.jsonl import line_limit
from extractor.intake.known import KnownArticle, KnownFile
from extractor.intake.taken import STDIN, Form, Taken, Terms, reject
from extractor.records import Rejected, Source

_STEM = "stdin"  # stands for the file name in ids

_LOOKS_OTHERWISE = (
    "standard input was read as plain text, though it begins like JSON or a web page; "
    "if it is one, say so by --form json, jsonl or html"
)


class Rejoined(io.RawIOBase):
    """A stream with bytes that were read from it put back in front."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer from the bytes put back, then from the stream."""
        size = len(buffer)
        piece = self._head[:size] or self._rest.read(size)
        self._head = self._head[size:]
        buffer[: len(piece)] = piece
        return len(piece)


def open_stdin() -> BinaryIO:
    """Standard input, in a stream of our own.

    A thread may wait for input when the process ends. If it held the lock of `sys.stdin`, the
    interpreter would abort.
    """
    try:
        return open(sys.stdin.fileno(), "rb", closefd=False)
    except io.UnsupportedOperation:  # it was replaced by something that is no file
        return sys.stdin.buffer


def take_stdin(
    stream: BinaryIO, form: Form, terms: Terms, known: KnownFile
) -> Iterator[Taken | Rejected | KnownArticle]:
    """Take the articles of standard input.

    Without a form it is JSONL if its first line that is not blank is a JSON object, else text.
    """
    source = Source(path=STDIN)
    try:
        if form != "auto":
            yield from take_content(
                stream, form, source=source, stem=_STEM, terms=terms, known=known
            )
            return
        head = _read_head(stream, limit=line_limit(terms.max_chars))
        found = "jsonl" if _is_object(head) else "text"
        doubtful = found == "text" and _first_word(head).startswith((b"{", b"[", b"<"))
        yield from take_content(
            cast("BinaryIO", io.BufferedReader(Rejoined(head, stream))),
            found,
            source=source,
            stem=_STEM,
            terms=terms,
            known=known,
            notices=(_LOOKS_OTHERWISE,) if doubtful else (),
        )
    except OSError as error:
        yield reject(source, unreadable(error))


def _read_head(stream: BinaryIO, *, limit: int) -> bytes:
    """Read the first line that is not blank, with the blank ones before it."""
    head = line = stream.readline(limit)
    while line and not _first_word(line) and len(head) < limit:
        line = stream.readline(limit)
        head += line
    return head


def _first_word(line: bytes) -> bytes:
    return line.removeprefix(b"\xef\xbb\xbf").lstrip()


def _is_object(head: bytes) -> bool:
    try:
        return isinstance(json.loads(_first_word(head), parse_int=str), dict)
    except (ValueError, RecursionError):
        return False
