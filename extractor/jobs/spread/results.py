"""What came of a spread job: rows of Parquet files, counted, or turned into a run folder."""

import os
import shutil
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path, PurePath
from typing import Any

from extractor.codes import InputOutcome
from extractor.jobs.journals import join_journals
from extractor.jobs.merging import drafted
from extractor.jobs.spread.libraries import load_parquet, load_pyarrow
from extractor.jobs.spread.row import Row
from extractor.manifest import Manifest
from extractor.store import OUTCOMES, seal, unwritable, write_manifest

COLUMNS = tuple(field.name for field in fields(Row))

_KINDS = {"line": "int64", "prompt_tokens": "int64", "completion_tokens": "int64", "usd": "float64"}
_READ_AT_ONCE = 256  # rows, whose records are held in memory meanwhile


@dataclass(kw_only=True)
class Count:
    """How the inputs ended."""

    tally: Counter[InputOutcome]
    unread: int
    """Inputs without an outcome, since the job was to stop before."""
    stopped: str | None
    """Why it was to stop."""


def table_of(rows: Iterable[Row]) -> Any:
    """Rows as a table whose columns do not depend on what stands in them."""
    arrow = load_pyarrow()
    held = list(rows)
    kinds = {name: getattr(arrow, _KINDS.get(name, "string"))() for name in COLUMNS}
    return arrow.table(
        {name: [getattr(row, name) for row in held] for name in COLUMNS},
        schema=arrow.schema(list(kinds.items())),
    )


def count_outcomes(folder: Path) -> Count:
    """Count how the inputs ended, and find out why some were not read."""
    tally: Counter[InputOutcome] = Counter()
    unread, stopped = 0, None
    for row in _rows(folder, "outcome", "reason"):
        if row["outcome"] is None:
            unread, stopped = unread + 1, stopped or row["reason"]
        else:
            tally[InputOutcome(row["outcome"])] += 1
    return Count(tally=tally, unread=unread, stopped=stopped)


def run_lines(folder: Path) -> Iterator[bytes]:
    """The lines of a run folder: articles first, then rejections, the narrowest places first.

    A rejection does away with one of the file and the folders around its place.
    """
    wide: list[tuple[int, str]] = []
    for rejected in (False, True):
        for row in _rows(folder, "outcome", "path", "line", "record"):
            outcome = row["outcome"]
            if outcome is None or (outcome == InputOutcome.REJECTED_INPUT.value) != rejected:
                continue
            if rejected and row["line"] is None:  # a whole file or folder, of which there are few
                wide.append((-len(PurePath(row["path"]).parents), row["record"]))
            else:
                yield seal(row["record"].encode())
    for _, record in sorted(wide):
        yield seal(record.encode())


def _rows(folder: Path, *columns: str) -> Iterator[dict[str, Any]]:
    parquet = load_parquet()
    for path in sorted(folder.glob("*.parquet")):
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_READ_AT_ONCE, columns=list(columns)):
                yield from batch.to_pylist()


@contextmanager
def begin_results(folder: Path) -> Generator[Path]:
    """A folder to write to, which takes the place of earlier results once it is whole.

    Raises:
        StoreError: it cannot be written.
    """
    draft, earlier = (folder.with_name(f".{folder.name}.{end}") for end in ("draft", "earlier"))
    try:
        for left in (draft, earlier):
            shutil.rmtree(left, ignore_errors=True)
        draft.mkdir(parents=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    yield draft
    try:
        if folder.exists():
            folder.rename(earlier)
        draft.rename(folder)
        shutil.rmtree(earlier, ignore_errors=True)
    except OSError as error:
        raise unwritable(folder, error) from error


def make_run(out: Path, outcomes: Path, journals: Sequence[Path], manifest: Manifest) -> None:
    """Make a run folder of what came of a job.

    Args:
        out: the run folder; new.
        outcomes: folder of the rows.
        journals: folders of the journals.
        manifest: what the job was.

    Raises:
        StoreError: there is something already, or it cannot be written.
    """
    with drafted(out) as draft:
        with (draft / OUTCOMES).open("wb") as file:
            file.writelines(run_lines(outcomes))
            file.flush()
            os.fsync(file.fileno())
        join_journals(draft, journals)
        write_manifest(draft, manifest)
