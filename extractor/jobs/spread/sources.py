"""Where the inputs of a spread job come from: files cut into pieces, or rows of any table.

What is here runs in the processes that take articles out of them, before workers read them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from extractor.errors import UsageError
from extractor.intake import Form, Piece, Taken, Terms, cut, shown, take_piece, take_row
from extractor.jobs.spread.entries import write_entry
from extractor.jobs.spread.libraries import load_parquet
from extractor.jobs.spread.repeats import Repeats, Standing, standing_of, unless_repeated
from extractor.records import Rejected

PARQUET = (".parquet", ".pq")
"""Suffixes of files that hold a table."""

_AT_ONCE = 256  # rows of a table in memory
_HASH_DIGITS = 15  # of a row's hash, which fit a whole number of 64 bits


@dataclass(frozen=True, kw_only=True)
class Group:
    """Some rows of a Parquet file, as they were written together."""

    name: str
    group: int
    first: int
    """Number of its first row, from 1."""


Part = Piece | Group | Rejected
"""What one process takes at a time."""

_PART: TypeAdapter[Part] = TypeAdapter(Part)


def cut_inputs(
    inputs: Sequence[str], *, form: Form, lines: int, tell: Callable[[str], None]
) -> Iterator[Part]:
    """Cut files and folders into parts, in order.

    Raises:
        UsageError: a table cannot be read, or standard input is named.
    """
    for part in cut(inputs, form=form, lines=lines, tell=tell):
        if isinstance(part, Piece) and Path(part.name).suffix.lower() in PARQUET:
            yield from _groups(part.name)
        else:
            yield part


def write_part(part: Part) -> str:
    """A part as JSON."""
    return _PART.dump_json(part).decode()


def entries_of_part(
    row: Mapping[str, Any], *, form: Form, terms: Terms, repeats: Callable[[], Repeats]
) -> Iterator[dict[str, Any]]:
    """The inputs of a part, as rows for a worker."""
    number, known = row["number"], repeats()
    at = 0
    for entry in _take_part(_PART.validate_json(row["part"]), form, terms):
        if isinstance(entry, Taken):
            entry, at = unless_repeated(entry, number, at, known), at + 1
        yield {"entry": write_entry(entry)}


def standings_of_part(
    row: Mapping[str, Any], *, form: Form, terms: Terms
) -> Iterator[dict[str, Any]]:
    """Where the ids of a part stand."""
    taken = (
        entry
        for entry in _take_part(_PART.validate_json(row["part"]), form, terms)
        if isinstance(entry, Taken)
    )
    for at, entry in enumerate(taken):
        yield standing_of(entry, row["number"], at)._asdict()


def entries_of_rows(
    rows: Iterable[Mapping[str, Any]], *, name: str, terms: Terms, repeats: Repeats
) -> list[str]:
    """The inputs in rows of a table that nobody numbered, as JSON."""
    return [
        write_entry(
            unless_repeated(entry, 0, _number_of(entry), repeats)
            if isinstance(entry, Taken)
            else entry
        )
        for entry in _take_rows(rows, name, terms)
    ]


def standings_of_rows(
    rows: Iterable[Mapping[str, Any]], *, name: str, terms: Terms
) -> Iterator[Standing]:
    """Where the ids in rows of a table stand; which row comes first is told by their content."""
    for entry in _take_rows(rows, name, terms):
        if isinstance(entry, Taken):
            yield standing_of(entry, 0, _number_of(entry))


def _take_part(part: Part, form: Form, terms: Terms) -> Iterator[Taken | Rejected]:
    match part:
        case Rejected():
            yield part
        case Piece():
            yield from take_piece(part, form=form, terms=terms)
        case Group():
            yield from _take_group(part, terms)


def _take_rows(
    rows: Iterable[Mapping[str, Any]], name: str, terms: Terms
) -> Iterator[Taken | Rejected]:
    return (take_row(row, path=name, number=None, terms=terms) for row in rows)


def _number_of(taken: Taken) -> int:
    return int(taken.article.raw_sha256[:_HASH_DIGITS], 16)


def _groups(name: str) -> Iterator[Group]:
    try:
        with load_parquet().ParquetFile(name) as file:
            metadata = file.metadata
            sizes = [metadata.row_group(at).num_rows for at in range(metadata.num_row_groups)]
    except (OSError, ValueError) as error:  # pyarrow's own errors are of these kinds
        raise UsageError(f"{shown(name)!r} cannot be read as Parquet: {error}") from error
    first = 1
    for group, size in enumerate(sizes):
        yield Group(name=name, group=group, first=first)
        first += size


def _take_group(group: Group, terms: Terms) -> Iterator[Taken | Rejected]:
    number = group.first
    with load_parquet().ParquetFile(group.name) as file:
        for batch in file.iter_batches(batch_size=_AT_ONCE, row_groups=[group.group]):
            for row in batch.to_pylist():
                yield take_row(row, path=shown(group.name), number=number, terms=terms)
                number += 1
