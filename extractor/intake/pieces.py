"""Pieces of inputs, for several processes to take: some lines of a JSONL file, or a whole file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from extractor.errors import UsageError
from extractor.intake.entries import Entry, find_entries
from extractor.intake.folder import shown
from extractor.intake.jsonl import take_lines
from extractor.intake.known import KnownArticle, KnownFile
from extractor.intake.received import is_wide
from extractor.intake.stream import take_entry
from extractor.intake.taken import STDIN, Form, Taken, Terms
from extractor.records import Rejected

LINES = 256
"""Lines of a piece: enough that handing it over costs little, few enough that all get some."""

_BYTES = 8 << 20  # of a piece at most, unless a single line is longer
_HEAD_BYTES = 4  # tell UTF-16 and UTF-32
_CHUNK_BYTES = 1 << 20  # of a line read at once, however long it is


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A file, or some lines of one."""

    name: str
    found: bool
    """Whether a folder was named, and this file found in it."""
    start: int | None = None
    """First byte; empty for a whole file."""
    size: int = 0
    """Bytes."""
    first: int = 1
    """Number of its first line."""


def cut(
    inputs: Sequence[str],
    *,
    form: Form = "auto",
    lines: int = LINES,
    tell: Callable[[str], None] = lambda words: None,
) -> Iterator[Piece | Rejected]:
    """Cut inputs into pieces, in order: together they give what `take` gives.

    Args:
        inputs: files and folders.
        form: how they are read.
        lines: of a piece.
        tell: called with words about a file that is named twice.

    Raises:
        UsageError: standard input is named, which only one process can read.
    """
    for entry in find_entries(inputs, tell=tell):
        if isinstance(entry, Rejected):
            yield entry
        elif entry.name == STDIN:
            raise UsageError("standard input cannot be read by several processes; name a file")
        elif entry.form(form) == "jsonl":
            yield from _cut_lines(entry, lines)
        else:
            yield Piece(name=entry.name, found=entry.found)


def take_piece(piece: Piece, *, form: Form, terms: Terms) -> Iterator[Taken | Rejected]:
    """Take the articles of a piece; an id may stand twice in what comes of it.

    Args:
        piece: what to take.
        form: how it is read.
        terms: what the user said.

    Raises:
        UsageError: the file has changed since it was cut.
    """
    if piece.start is None:
        yield from _unknown(take_entry(Entry(name=piece.name, found=piece.found), form, terms))
        return
    path = shown(piece.name)
    try:
        with open(piece.name, "rb") as stream:
            stream.seek(piece.start)
            content = stream.read(piece.size)
    except OSError as error:
        raise _changed(path) from error
    if len(content) != piece.size:
        raise _changed(path)
    stem = Path(path).stem
    yield from _unknown(
        take_lines(
            BytesIO(content),
            path=path,
            stem=stem,
            terms=terms,
            known=KnownFile(None, path),
            first=piece.first,
        )
    )


def _unknown(
    found: Iterator[Taken | Rejected | KnownArticle],
) -> Iterator[Taken | Rejected]:
    """The same, as nothing is known beforehand."""
    return (one for one in found if not isinstance(one, KnownArticle))


def _changed(path: str) -> UsageError:
    return UsageError(f"{path!r} was changed or moved while it was read; begin again")


def _cut_lines(entry: Entry, lines: int) -> Iterator[Piece]:
    """Cut a file, unless it is to be judged as a whole: unreadable, blank, or in UTF-16."""
    whole = Piece(name=entry.name, found=entry.found)
    try:
        pieces = list(_line_pieces(entry, lines))
    except OSError:
        pieces = []
    yield from pieces or [whole]


def _line_pieces(entry: Entry, lines: int) -> Iterator[Piece]:
    start, at, first, number, filled = 0, 0, 1, 1, False
    pieces: list[Piece] = []

    def end_piece() -> None:
        name, found = entry.name, entry.found
        pieces.append(Piece(name=name, found=found, start=start, size=at - start, first=first))

    with open(entry.name, "rb") as stream:
        if is_wide(stream.read(_HEAD_BYTES)):
            return
        stream.seek(0)
        while head := stream.readline(_CHUNK_BYTES):
            at += len(head)
            filled = filled or bool(head.strip())
            number += head.endswith(b"\n")
            if head.endswith(b"\n") and (number - first >= lines or at - start >= _BYTES):
                end_piece()
                start, first = at, number
    if at > start:
        end_piece()
    if filled:
        yield from pieces
