"""The run folder: a manifest and one outcome a line; a kill at any moment loses no line.

`run.json` says what the run was. `outcomes.jsonl` is append-only: one line for each input, written
whole and synced before the next. A later line for the same input replaces the earlier one, and a
line drops an older rejection of the place it came from and of the file and folders around it.
"""

import json
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import NamedTuple

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from extractor.article import Article, sha256_of
from extractor.codes import InputOutcome
from extractor.errors import RecordError, StoreError
from extractor.manifest import Manifest
from extractor.records import Failure, Reading, Rejected, Source, StoredOutcome

MANIFEST = "run.json"
OUTCOMES = "outcomes.jsonl"
TORN = "torn.jsonl"
_LOCK = "run.lock"
_STDIN = "-"  # as a source names standard input, which is another place each time
_OUTCOME: TypeAdapter[Reading | Failure | Rejected] = TypeAdapter(StoredOutcome)

InputKey = tuple[str, str]
"""What tells inputs apart: an article by its id, a rejected input by its file and line.

What came through standard input is told apart by its bytes as well.
"""


class Stored(NamedTuple):
    """What is known of a stored outcome without holding it in memory."""

    outcome: InputOutcome
    sha256: str
    """Of the input: see `sha256_of_input`."""
    offset: int


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run folder, to be read."""

    folder: Path
    manifest: Manifest

    def outcomes(self) -> Iterator[Reading | Failure | Rejected]:
        """The outcome of every input in the order written, replaced ones left out.

        Raises:
            RecordError: a line is not an outcome of a schema version that this code reads.
        """
        path = self.folder / OUTCOMES
        if not path.exists():
            return
        offsets = sorted(stored.offset for stored in _index(path).values())
        with path.open("rb") as lines:
            for offset in offsets:
                lines.seek(offset)
                yield _parse(lines.readline(), path, offset)

    def find(self, article_id: str) -> Reading | Failure | Rejected | None:
        """The outcome of one input by its article id, or `None`."""
        return next((o for o in self.outcomes() if article_id_of(o) == article_id), None)

    def unfinished_bytes(self) -> int:
        """Length of a last line that a killed run left unfinished; it is no outcome."""
        path = self.folder / OUTCOMES
        return _torn_length(path) if path.exists() else 0


def article_id_of(outcome: Reading | Failure | Rejected) -> str | None:
    """The article id of an outcome; `None` for a rejected input that states none."""
    return outcome.article_id if isinstance(outcome, Rejected) else outcome.article.id


def key_of(outcome: Reading | Failure | Rejected) -> InputKey:
    """What tells this input from all others of its run."""
    if isinstance(outcome, Rejected):
        return _place(outcome.source, outcome.raw_sha256)
    return ("article", outcome.article.id)


def sha256_of_input(entry: Article | Rejected) -> str:
    """Hash of what a reader is shown of an article, or of all that is said of a rejected input."""
    if isinstance(entry, Rejected):
        return sha256_of(entry.model_dump_json())
    return sha256_of(json.dumps([entry.text_sha256, entry.title, str(entry.published_at)]))


def _place(source: Source, raw_sha256: str | None) -> InputKey:
    """The key of a rejection of this place."""
    place = f"{source.path}:{source.line or 0}"
    return ("rejected", f"{place}:{raw_sha256}" if source.path == _STDIN else place)


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


@dataclass(kw_only=True)
class RunWriter:
    """A run folder that outcomes are appended to."""

    folder: Path
    stored: dict[InputKey, Stored]
    """What the run holds already."""
    torn_bytes: int
    """Length of an unfinished last line that a killed run had left; moved to `torn.jsonl`."""
    _descriptor: int = field(repr=False)

    def recall(self, stored: Stored) -> Reading | Failure | Rejected:
        """Read a stored outcome back."""
        path = self.folder / OUTCOMES
        with path.open("rb") as lines:
            lines.seek(stored.offset)
            return _parse(lines.readline(), path, stored.offset)

    def contradicts(self, source: Source, article: Article | None) -> bool:
        """Whether an outcome from there would drop a rejection: an article's, or a rejection."""
        return any(key in self.stored for key in _contradicted(source, article))

    def append(self, outcome: Reading | Failure | Rejected) -> None:
        """Write one outcome, whole or not at all.

        Raises:
            StoreError: the disk is full or the folder cannot be written; earlier lines are safe.
        """
        line = outcome.model_dump_json().encode() + b"\n"
        offset = os.fstat(self._descriptor).st_size
        try:
            _write_whole(self._descriptor, line)
            os.fsync(self._descriptor)
        except OSError as error:
            os.ftruncate(self._descriptor, offset)
            raise StoreError(
                f"cannot write to {str(self.folder / OUTCOMES)!r}: {error.strerror}; every outcome "
                "written before is safe: mend that and run the same command again to go on"
            ) from error
        _keep(self.stored, outcome, offset)

    def close(self) -> None:
        """Let go of the file; nothing can be appended after."""
        os.close(self._descriptor)


@contextmanager
def write_run(folder: str | Path, manifest: Manifest) -> Generator[RunWriter]:
    """Open a run folder for writing: a new one, or the same run to go on with.

    Raises:
        StoreError: the folder cannot be written, holds another run or other files, or another
            process is writing to it.
    """
    path = Path(folder)
    _make_folder(path)
    lock = FileLock(path / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        told = f"another process is writing to {str(path)!r}; wait for it or give another --out"
        raise StoreError(told) from error
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        writer = _open_writer(path, manifest)
        try:
            yield writer
        finally:
            writer.close()
    finally:
        lock.release()


def _open_writer(path: Path, manifest: Manifest) -> RunWriter:
    try:
        _begin_or_go_on(path, manifest)
        torn = _move_torn_line(path)
        descriptor = os.open(path / OUTCOMES, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        _sync_names(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    writer = RunWriter(folder=path, stored={}, torn_bytes=torn, _descriptor=descriptor)
    try:
        writer.stored.update(_index(path / OUTCOMES))
    except (OSError, RecordError):
        writer.close()
        raise
    return writer


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"cannot write to the run folder {str(path)!r}: {error.strerror or error}; "
        "give a folder you may write to with --out"
    )


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        strange = sorted(p.name for p in path.iterdir() if not p.name.startswith("."))
    except OSError as error:
        raise _unwritable(path, error) from error
    if strange and MANIFEST not in strange and strange != [_LOCK]:
        raise StoreError(
            f"{str(path)!r} holds other files ({', '.join(strange[:3])}, …) and no run; "
            "give a new or empty folder with --out"
        )


def _begin_or_go_on(path: Path, manifest: Manifest) -> None:
    if (path / MANIFEST).exists():
        differences = open_run(path).manifest.differences(manifest)
        if differences:
            raise StoreError(
                f"{str(path)!r} holds another run ({'; '.join(differences)}); "
                "give another --out, or repeat the run's own command to go on with it"
            )
        return
    draft = path / f".{MANIFEST}.draft"
    with draft.open("wb") as file:
        file.write(manifest.model_dump_json(indent=2).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path / MANIFEST)
    _sync_names(path)


def _sync_names(folder: Path) -> None:
    """Make the names of new files last a power cut; their content is synced apart."""
    with suppress(OSError):  # some systems neither open nor sync a folder, and need it not
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _move_torn_line(path: Path) -> int:
    """Move what a killed run left of an unfinished line to `torn.jsonl`; its length."""
    outcomes = path / OUTCOMES
    length = _torn_length(outcomes) if outcomes.exists() else 0
    if length:
        with outcomes.open("rb+") as file:
            whole = file.seek(0, os.SEEK_END) - length
            file.seek(whole)
            with (path / TORN).open("ab") as torn:
                torn.write(file.read() + b"\n")
            file.truncate(whole)
    return length


def _torn_length(path: Path) -> int:
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        at, tail = end, b""
        while at and b"\n" not in tail:
            step = min(65536, at)
            at -= step
            file.seek(at)
            tail = file.read(step) + tail
    return len(tail) - (tail.rfind(b"\n") + 1)


def _index(path: Path) -> dict[InputKey, Stored]:
    """The last outcome of every input."""
    index: dict[InputKey, Stored] = {}
    offset = 0
    with path.open("rb") as lines:
        for line in lines:
            if line.endswith(b"\n"):
                _keep(index, _parse(line, path, offset), offset)
            offset += len(line)
    return index


def _keep(
    index: dict[InputKey, Stored], outcome: Reading | Failure | Rejected, offset: int
) -> None:
    """Note the latest outcome of an input, and drop the rejections that it contradicts."""
    article = None if isinstance(outcome, Rejected) else outcome.article
    if outcome.source is not None:
        for key in _contradicted(outcome.source, article):
            index.pop(key, None)
    entry = outcome if isinstance(outcome, Rejected) else outcome.article
    index[key_of(outcome)] = Stored(outcome.outcome, sha256_of_input(entry), offset)


def _contradicted(source: Source, article: Article | None) -> Iterator[InputKey]:
    """The keys of rejections that an outcome from here drops: of its place, file and folders."""
    if article is not None:
        yield _place(source, article.raw_sha256)
    if source.path == _STDIN:
        return
    if source.line is not None:
        yield _place(Source(path=source.path), None)
    for folder in PurePath(source.path).parents:
        yield _place(Source(path=str(folder)), None)


def _parse(line: bytes, path: Path, offset: int) -> Reading | Failure | Rejected:
    try:
        return _OUTCOME.validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise RecordError(
            f"{str(path)!r}, at byte {offset}: not an outcome that this version reads: "
            f"{'.'.join(map(str, first['loc'])) or 'line'}: {first['msg']}"
        ) from error


def _write_whole(descriptor: int, line: bytes) -> None:
    rest = memoryview(line)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
