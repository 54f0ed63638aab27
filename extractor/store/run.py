"""A run folder, to be read."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from extractor.codes import InputOutcome
from extractor.errors import RecordError, StoreError
from extractor.manifest import Manifest
from extractor.records import Failure, Reading, Rejected
from extractor.store.covering import read_index
from extractor.store.folder import MANIFEST, OUTCOMES, torn_length
from extractor.store.index import Index, Line
from extractor.store.line import parse, placed, unseal


class Fault(NamedTuple):
    """A line that does not hold."""

    line: int
    offset: int
    message: str


@dataclass(frozen=True, kw_only=True)
class Lines:
    """What a check of every line found, replaced ones included."""

    count: int
    unsealed: int
    """Lines without a checksum: versions before there were any wrote them."""
    faults: tuple[Fault, ...]


class Tally(NamedTuple):
    """How the inputs of a run ended, in counts."""

    outcomes: Counter[InputOutcome]
    replaced: int
    """Lines that stay in the file and count no more, since a later one took their place."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run folder, to be read."""

    folder: Path
    manifest: Manifest

    def outcomes(
        self, article_id: str | None = None, *, leaving_out: Container[int] = ()
    ) -> Iterator[Reading | Failure | Rejected]:
        """The outcome of every input in the order written, replaced ones left out.

        Args:
            article_id: only the outcome of this article, and of inputs rejected that state this id.
            leaving_out: offsets of lines that are known not to hold.

        Raises:
            RecordError: a line's checksum does not hold, or it is not an outcome of a schema
                version that this code reads.
        """
        with self._read_index(leaving_out) as index:
            yield from self._parse(index.live_lines(article_id))

    def find(self, article_id: str) -> Reading | Failure | Rejected | None:
        """The outcome of one input by its article id, or `None`."""
        return next(self.outcomes(article_id), None)

    def replaced(self, article_id: str) -> Iterator[Reading | Failure | Rejected]:
        """The earlier outcomes of an article, which a later one replaced, in the order written."""
        with self._read_index() as index:
            yield from self._parse(index.replaced_lines(article_id))

    def tally(self, leaving_out: Container[int] = ()) -> Tally:
        """How many inputs ended how, and how many lines do not count any more.

        Args:
            leaving_out: offsets of lines that are known not to hold.

        Raises:
            RecordError: a line's checksum does not hold, or it is not an outcome of a schema
                version that this code reads.
        """
        with self._read_index(leaving_out) as index:
            return Tally(index.tally(), index.replaced)

    def check_lines(self) -> Lines:
        """Check every line by itself: its checksum, and that it is an outcome."""
        count = unsealed = 0
        faults: list[Fault] = []
        for offset, line in self._lines():
            count += 1
            try:
                parse(line)
                unsealed += not unseal(line).has_seal
            except RecordError as error:
                faults.append(Fault(count, offset, str(error)))
        return Lines(count=count, unsealed=unsealed, faults=tuple(faults))

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        offset = 0
        with self._open() as lines:
            for line in lines:
                if line.endswith(b"\n"):
                    yield offset, line
                offset += len(line)

    def _read_index(self, leaving_out: Container[int] = ()) -> AbstractContextManager[Index]:
        return read_index(self.folder, leaving_out)

    def _parse(self, lines: Iterable[Line]) -> Iterator[Reading | Failure | Rejected]:
        path = self.folder / OUTCOMES
        with self._open() as file:
            for line in lines:
                file.seek(line.offset)
                try:
                    yield parse(file.read(line.length))
                except RecordError as error:
                    raise placed(error, path, line.offset) from error

    def _open(self) -> BinaryIO:
        """The file of outcomes; an empty one where the run was stopped before it was made."""
        try:
            return (self.folder / OUTCOMES).open("rb")
        except FileNotFoundError:
            return BytesIO()

    def unfinished_bytes(self) -> int:
        """Length of a last line that a killed run left unfinished; it is no outcome."""
        path = self.folder / OUTCOMES
        return torn_length(path) if path.exists() else 0


def open_run(folder: str | Path) -> Run:
    """Open a run folder for reading.

    Raises:
        StoreError: there is no run, or its manifest cannot be read.
    """
    path = Path(folder)
    manifest = path / MANIFEST
    if not manifest.is_file():
        raise StoreError(
            f"no run at {str(path)!r}: there is no {MANIFEST} in it; "
            "give the folder that was named with --out"
        )
    try:
        read = Manifest.model_validate_json(manifest.read_bytes())
    except (OSError, ValidationError) as error:
        raise StoreError(f"cannot read the manifest {str(manifest)!r}: {error}") from error
    return Run(folder=path, manifest=read)
