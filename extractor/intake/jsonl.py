"""A JSONL stream: an article a line, each line judged on its own."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import jsonlines

from extractor.intake.known import KnownArticle, KnownFile
from extractor.intake.received import is_wide, not_utf_8
from extractor.intake.record import take_record
from extractor.intake.strict_json import parse, settle
from extractor.intake.taken import Taken, Terms, UnfitInputError, reject
from extractor.records import Rejected, Source

_ESCAPED_BYTES = 12  # most bytes that one character takes in JSON: two escapes of a surrogate
_OTHER_BYTES = 1_000_000  # for the other fields of a line
_CHUNK_BYTES = 1 << 20  # one MiB: few reads, little memory


class _Line(NamedTuple):
    number: int
    raw: bytes | None  # None if it is longer than the limit
    size: int
    sha256: str


def line_limit(max_chars: int) -> int:
    """Most bytes that a line with an article of so many characters may take."""
    return _ESCAPED_BYTES * max_chars + _OTHER_BYTES


def take_lines(
    stream: BinaryIO,
    *,
    path: str,
    stem: str,
    terms: Terms,
    known: KnownFile,
    first: int | None = None,
) -> Iterator[Taken | Rejected | KnownArticle]:
    """Take an article from each line that is not blank; a bad line does not stop the rest.

    A line whose article is known is not parsed.

    Args:
        stream: the whole file, or some lines out of its middle.
        path: of the file.
        stem: what ids are made from.
        terms: what the user said.
        known: what is known of the file.
        first: number of the first line, if the stream is not the whole file.

    Raises:
        UnfitInputError: the whole file is blank, or in another encoding.
    """
    empty = first is None
    for line in _lines(stream, limit=line_limit(terms.max_chars), first=first or 1):
        if first is None and line.number == 1 and line.raw is not None and is_wide(line.raw):
            raise UnfitInputError(
                "it is UTF-16 or UTF-32, and JSONL is UTF-8; "
                "convert it with: iconv -f UTF-16 -t UTF-8"
            )
        if line.raw is not None and not line.raw.strip():
            continue
        empty = False
        if met := known.find(line.number, line.sha256):
            yield met
            continue
        source = Source(path=path, line=line.number)
        try:
            yield take_record(
                _value_of(line, terms),
                source=source,
                raw_sha256=line.sha256,
                made_id=f"{stem}-{line.number}",
                terms=terms,
            )
        except UnfitInputError as error:
            yield reject(source, error, raw_sha256=line.sha256)
    if empty:
        raise UnfitInputError("no article in it: every line is blank; leave it out or fill it")


def _value_of(line: _Line, terms: Terms) -> object:
    if line.raw is None:
        raise UnfitInputError(
            f"the line has {line.size:,} bytes, more than the {line_limit(terms.max_chars):,} "
            f"that an article of {terms.max_chars:,} characters may take; "
            "leave its other fields out or raise --max-chars"
        )
    # A reader for each line keeps a line that cannot be decoded from ending the stream.
    # pyright does not see that attrs names the parameter of `_loads` without its underscore.
    with jsonlines.Reader([line.raw], loads=_load) as reader:  # pyright: ignore[reportCallIssue]
        try:
            return reader.read(allow_none=True)
        except jsonlines.InvalidLineError as error:
            cause = error.__cause__
            start = cause.start if isinstance(cause, UnicodeDecodeError) else 0
            raise UnfitInputError(not_utf_8(line.raw, start)) from error


def _load(content: str | bytes) -> object:
    return settle(parse(content if isinstance(content, str) else content.decode(), one_line=True))


def _lines(stream: BinaryIO, *, limit: int, first: int) -> Iterator[_Line]:
    number = first - 1
    while head := stream.readline(limit + 1):
        number += 1
        if head.endswith(b"\n") or len(head) <= limit:
            raw = head.removesuffix(b"\n").removesuffix(b"\r")
            digest = hashlib.sha256(raw)
            yield _Line(number=number, raw=raw, size=len(raw), sha256=digest.hexdigest())
        else:
            yield _long_line(stream, head, number)


def _long_line(stream: BinaryIO, head: bytes, number: int) -> _Line:
    digest, size, last = hashlib.sha256(), 0, head
    while last:
        following = b"" if last.endswith(b"\n") else stream.readline(_CHUNK_BYTES)
        ending = following in (b"", b"\n")  # a chunk may end between the two bytes of a line end
        piece = last.removesuffix(b"\n").removesuffix(b"\r") if ending else last
        digest.update(piece)
        size += len(piece)
        last = following
    return _Line(number=number, raw=None, size=size, sha256=digest.hexdigest())
