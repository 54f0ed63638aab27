"""A run folder, to be read."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from extractor.errors import RecordError, StoreError
from extractor.manifest import Manifest
from extractor.records import Failure, Reading, Rejected
from extractor.store.folder import MANIFEST, OUTCOMES, torn_length
from extractor.store.index import index_of
from extractor.store.inputs import article_id_of
from extractor.store.line import parse, parse_at, unseal


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


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run folder, to be read."""

    folder: Path
    manifest: Manifest

    def outcomes(self, leaving_out: Container[int] = ()) -> Iterator[Reading | Failure | Rejected]:
        """The outcome of every input in the order written, replaced ones left out.

        Args:
            leaving_out: offsets of lines that are known not to hold.

        Raises:
            RecordError: a line's checksum does not hold, or it is not an outcome of a schema
                version that this code reads.
        """
        path = self.folder / OUTCOMES
        if not path.exists():
            return
        offsets = sorted(stored.offset for stored in index_of(path, leaving_out).values())
        with path.open("rb") as lines:
            for offset in offsets:
                lines.seek(offset)
                yield parse_at(lines.readline(), path, offset)

    def find(self, article_id: str) -> Reading | Failure | Rejected | None:
        """The outcome of one input by its article id, or `None`."""
        return next((o for o in self.outcomes() if article_id_of(o) == article_id), None)

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
        path = self.folder / OUTCOMES
        if not path.exists():
            return
        offset = 0
        with path.open("rb") as lines:
            for line in lines:
                if line.endswith(b"\n"):
                    yield offset, line
                offset += len(line)

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
