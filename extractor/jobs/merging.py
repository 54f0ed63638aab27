"""Merging: folders that were read apart become one run, as if one process had written it."""

import contextlib
import os
import shutil
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from extractor.errors import StoreError, UsageError
from extractor.intake import Taken, shown
from extractor.jobs.journals import find_open_work, join_journals
from extractor.jobs.shards import Shard, read_shard
from extractor.manifest import Manifest
from extractor.records import Rejected
from extractor.store import (
    LOCK,
    OUTCOMES,
    Run,
    Tally,
    has_passed,
    join_outcomes,
    key_of,
    note_pass,
    open_run,
    read_index,
    sync_names,
    unwritable,
    write_manifest,
)

_PATIENCE = 1.0  # seconds; whoever asks whether a run is written to holds its lock for a moment


@dataclass(frozen=True, kw_only=True)
class Merged:
    """What became of several folders."""

    run: Run
    tally: Tally
    shards: tuple[Shard, ...]
    """Those that are in it; empty if a folder of all inputs is."""
    unfinished: tuple[Path, ...]
    """Folders whose last line a killed process left unfinished; it is no outcome."""

    @property
    def missing(self) -> tuple[Shard, ...]:
        """Shards of the same division that no folder is of: their inputs have no outcome."""
        return _missing(self.shards)


def _missing(shards: Collection[Shard]) -> tuple[Shard, ...]:
    return tuple(
        shard
        for of in sorted({held.of for held in shards})
        for number in range(1, of + 1)
        if (shard := Shard(number=number, of=of)) not in shards
    )


def merge_runs(out: Path, folders: Sequence[Path]) -> Merged:
    """Join folders of one configuration into a run folder that one process might have written.

    Every input has one outcome in it; every call and answer stands in its journal once. The folders
    stay as they are. The new one is written beside its place and put there whole: whoever is
    stopped merges again.

    Args:
        out: the new run folder; there must be nothing yet, or an empty folder.
        folders: what to join: shards, or whole runs.

    Raises:
        UsageError: a folder is named twice, or as what it is to become.
        StoreError: a folder holds no run, or one of another configuration, or one with a retry or
            a batch under way; an input has different outcomes in two of them; a process is writing
            to one; the new one cannot be written.
        RecordError: a line of a folder does not hold; nothing is put in place then.
    """
    _check_apart(out, folders)
    check_new(out)
    runs = [open_run(folder) for folder in folders]
    _check_alike(runs)
    with contextlib.ExitStack() as held:
        for folder in folders:
            held.enter_context(_held_still(folder))
            _check_finished(folder)
        with drafted(out) as draft:
            _write(draft, runs, out)
            tally = open_run(draft).tally()
        unfinished = tuple(run.folder for run in runs if run.unfinished_bytes())
    return Merged(
        run=open_run(out),
        tally=tally,
        shards=_shards(runs),
        unfinished=unfinished,
    )


@contextlib.contextmanager
def drafted(out: Path) -> Generator[Path]:
    """A folder to write a new run in, beside its place, where it is put once it is whole.

    What a killed process has left of an earlier try is thrown away.

    Raises:
        StoreError: there is something at that place, or it cannot be written, or another process is
            about to.
    """
    check_new(out)
    draft = out.with_name(f".{out.name}.merging")
    lock = FileLock(draft / LOCK)
    try:
        draft.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreError(f"another process is merging into {str(out)!r}; wait for it") from error
    except OSError as error:
        raise unwritable(out, error) from error
    try:
        for left in draft.iterdir():
            if left.name != LOCK:
                left.unlink()
        yield draft
        if out.exists():
            out.rmdir()
        draft.rename(out)
        sync_names(out.parent)
    except OSError as error:
        raise unwritable(out, error) from error
    finally:
        lock.release()
        if draft.exists():
            shutil.rmtree(draft, ignore_errors=True)


def check_new(out: Path) -> None:
    """See that there is nothing at the place of a new run.

    Raises:
        StoreError: there is something.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise StoreError(f"there is something at {str(out)!r} already; name a folder that is new")


def find_unread(run: Run, inputs: Iterable[Taken | Rejected]) -> Iterator[Taken | Rejected]:
    """The inputs that a run holds no outcome of.

    Args:
        run: looked into.
        inputs: as they were taken for it.
    """
    with read_index(run.folder) as index:
        for entry in inputs:
            key = key_of(entry) if isinstance(entry, Rejected) else ("article", entry.article.id)
            if key not in index:
                yield entry


def _check_apart(out: Path, folders: Sequence[Path]) -> None:
    met: set[str] = set()
    for folder in folders:
        real = os.path.realpath(folder)
        if real in met:
            raise UsageError(f"{shown(folder)!r} is named twice; name each folder once")
        met.add(real)
    if os.path.realpath(out) in met:
        raise UsageError(
            f"{shown(out)!r} is to be merged and to hold what comes of it; name a folder that is "
            "new for that"
        )


def _check_alike(runs: Sequence[Run]) -> None:
    first, *others = runs
    for run in others:
        differences = first.manifest.differences(run.manifest, but=("shard",))
        if differences:
            raise StoreError(
                f"{str(first.folder)!r} and {str(run.folder)!r} are not of one run "
                f"({'; '.join(differences)}); merge folders of the same configuration only"
            )


def _check_finished(folder: Path) -> None:
    """See that nothing was begun in a folder that only goes on there."""
    work = find_open_work(folder)
    if work:
        raise StoreError(
            f"{str(folder)!r} has {work}; `tollbook run status {folder}` says how to go on with "
            "it: finish it first, or leave that folder out"
        )


def _shards(runs: Iterable[Run]) -> tuple[Shard, ...]:
    """What shards folders are of, also of folders that were merged before."""
    found: list[Shard] = []
    for run in runs:
        manifest = run.manifest
        named = [manifest.shard] if manifest.shard else manifest.arguments.get("shards")
        if not named:
            return ()
        found += map(read_shard, named)
    return tuple(found)


def _write(draft: Path, runs: Sequence[Run], out: Path) -> None:
    with (draft / OUTCOMES).open("wb") as file:
        join_outcomes(runs, file)
        file.flush()
        os.fsync(file.fileno())
    join_journals(draft, [run.folder for run in runs])
    write_manifest(draft, _manifest(runs, out))
    passes = [has_passed(run.folder) for run in runs]
    if False in passes:
        note_pass(draft, ended=False)
    elif None not in passes and not _missing(_shards(runs)):
        note_pass(draft, ended=True)


def _manifest(runs: Sequence[Run], out: Path) -> Manifest:
    manifests = [run.manifest for run in runs]
    first = manifests[0]
    inputs = [name for one in manifests for name in one.arguments.get("inputs", ())]
    arguments = {
        **first.arguments,
        "inputs": list(dict.fromkeys(inputs)),
        "out": shown(out),
        "merged": [shown(run.folder) for run in runs],
        "shards": [str(shard) for shard in _shards(runs)],
    }
    created = min(one.created_at for one in manifests)
    return first.model_copy(update={"shard": None, "arguments": arguments, "created_at": created})


@contextlib.contextmanager
def _held_still(folder: Path) -> Generator[None]:
    """See that nobody writes to a folder meanwhile; to one that is read-only, nobody can."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout as error:
        raise StoreError(
            f"another process is writing to {str(folder)!r}; wait for it, or leave that folder out"
        ) from error
    except OSError:
        yield
        return
    try:
        yield
    finally:
        lock.release()
