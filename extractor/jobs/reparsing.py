"""Reparsing: the stored answers of a run are mapped anew with today's code, without a call.

A reading is mapped from its stored answer. A failure is read once more from the answers that the
journal keeps of it, as today's code may make something of them. Outcomes that change are appended,
then the manifest is replaced by one of today's code, and the earlier one stays beside it. A kill in
between leaves the earlier manifest in force, with some outcomes of today's code: `run status` tells
so, and repeating the command finishes it, as what is mapped already changes no more.
"""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import aclosing, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from extractor.codes import InputOutcome
from extractor.errors import StoreError, TollbookError
from extractor.jobs.calls_file import reading_journal
from extractor.jobs.changes import changes_of
from extractor.jobs.interrupt import Interrupt
from extractor.jobs.kept_answers import KeptAnswers, NothingKeptError
from extractor.jobs.reading import READ
from extractor.jobs.reopening import settings_without_key
from extractor.jobs.snapshot import Sight, Snapshot
from extractor.jobs.watching import Watcher, watched
from extractor.manifest import Manifest, describe_run
from extractor.pipeline import map_again, read_article
from extractor.prompt import Prompt
from extractor.readers import Reader
from extractor.readers.model import PROVIDER, open_model_reader
from extractor.records import Attempt, Failure, Reading, Rejected
from extractor.resolve.tables import Tables
from extractor.store import (
    Run,
    earlier_manifests,
    is_being_replaced,
    keep_manifest,
    write_manifest,
    write_run,
)


@dataclass(kw_only=True)
class Reparsed:
    """What mapping anew came to: every outcome is mapped, kept or rejected."""

    mapped: int = 0
    """Outcomes that were mapped anew, whether or not that changed them."""
    kept: Counter[InputOutcome] = field(default_factory=Counter[InputOutcome])
    """Outcomes that stay as they are, since no answer is stored, by how they ended."""
    defects: tuple[str, ...] = ()
    """Articles that today's code fails at; their outcomes stay as they are."""
    changed: int = 0
    """Of those mapped anew, those that changed."""
    parts: Counter[str] = field(default_factory=Counter[str])
    """In how many of them which part changed."""
    now_read: int = 0
    """Of them, those that have a reading now, and had none."""
    earlier: Path | None = None
    """Where the earlier manifest stands now; empty if it was not replaced."""
    interrupted: bool = False
    """Whether it was asked to stop; then it is not finished."""

    @property
    def outcomes(self) -> int:
        """All outcomes of the run."""
        return self.mapped + self.kept.total() + len(self.defects)


def reparse_run(
    run: Run,
    *,
    tables: Tables,
    prompt: Prompt | None,
    places: Iterable[str] = (),
    actors: Iterable[str] = (),
    dry: bool = False,
    torn: Callable[[], None] = lambda: None,
    interrupt: Interrupt | None = None,
    watcher: Watcher | None = None,
) -> Reparsed:
    """Map the answers of a run anew.

    Args:
        run: whose.
        tables: what places and actors are looked up in.
        prompt: that of the run, whose examples are known by it; empty if it has none.
        places: how the user's own tables of places are called now, for the manifest.
        actors: likewise, of actors.
        dry: whether changes are only counted, and nothing is written.
        torn: called if an earlier process was stopped in the middle of a line.
        interrupt: asked to stop, it ends after the outcome at hand.
        watcher: shown now and then how far it is.

    Raises:
        StoreError: the run cannot be read or written, or another process writes to it.
        RecordError: a line does not hold.
    """

    def map_all(write: Callable[[Reading | Failure], None]) -> Reparsed:
        outcomes = _watched(run, watcher, interrupt)
        return asyncio.run(_map_all(run, outcomes, tables, prompt, write, interrupt))

    if dry:
        return map_all(lambda _: None)
    own = {"places": [*places], "actors": [*actors]}
    manifest = _manifest_of_today(run.manifest, tables, own)
    is_other = bool(run.manifest.differences(manifest))
    with write_run(run.folder, run.manifest) as writer:
        if writer.torn_bytes:
            torn()
        earlier = _settle(run.folder, is_other=is_other)
        told = map_all(writer.append)
        writer.sync()
        if earlier and not told.interrupted:
            _replace(run.folder, manifest)
            told.earlier = earlier
    return told


def _manifest_of_today(
    manifest: Manifest, tables: Tables, own: Mapping[str, list[str]]
) -> Manifest:
    """The manifest of a run whose answers are mapped now, and were asked for as before."""
    today = describe_run(
        reader=manifest.reader,
        reader_fingerprint=manifest.reader_fingerprint,
        prompt=manifest.prompt,
        prompt_sha256=manifest.prompt_sha256,
        own_tables=tables.own,
        intake=manifest.intake,
        shard=manifest.shard,
        arguments={**manifest.arguments, **own},
        seed=manifest.seed,
    )
    asked = {
        "wire_schema_sha256": manifest.wire_schema_sha256,
        "created_at": manifest.created_at,
    }
    return today.model_copy(update=asked)


def _settle(folder: Path, *, is_other: bool) -> Path | None:
    """Keep the manifest that is to be replaced, or forget what a stop by other code has kept."""
    try:
        if is_other:
            return keep_manifest(folder)
        if is_being_replaced(folder):
            earlier_manifests(folder)[-1].unlink()
        return None
    except OSError as error:
        raise _unwritten(folder, error) from error


def _replace(folder: Path, manifest: Manifest) -> None:
    try:
        write_manifest(folder, manifest)
    except OSError as error:
        raise _unwritten(folder, error) from error


def _unwritten(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"the manifest in {str(folder)!r} cannot be replaced ({error.strerror or error}); mend "
        "that and give the command again, which finishes it"
    )


async def _watched(
    run: Run, watcher: Watcher | None, interrupt: Interrupt | None
) -> AsyncGenerator[Reading | Failure | Rejected]:
    """The outcomes of a run, while somebody watches how many were gone through."""
    tally: Counter[InputOutcome] = Counter()
    loop = asyncio.get_running_loop()
    sight = Sight(started=loop.time(), exchange=None)
    expected = run.tally().outcomes.total() if watcher else None

    def take() -> Snapshot:
        stopping = interrupt is not None and interrupt.asked
        return sight.take(loop.time(), tally=tally, known=0, expected=expected, stopping=stopping)

    async with watched(watcher, take) if watcher else nullcontext():
        for outcome in run.outcomes():
            yield outcome
            tally[outcome.outcome] += 1
            await asyncio.sleep(0)  # for whoever watches


async def _map_all(
    run: Run,
    outcomes: AsyncGenerator[Reading | Failure | Rejected],
    tables: Tables,
    prompt: Prompt | None,
    write: Callable[[Reading | Failure], None],
    interrupt: Interrupt | None,
) -> Reparsed:
    told = Reparsed()
    with reading_journal(run.folder) as connection:
        async with _reopened(run.manifest, connection) as asking, aclosing(outcomes):
            async for outcome in outcomes:
                if interrupt and interrupt.asked:
                    told.interrupted = True
                    break
                try:
                    mapped = await _map(outcome, tables, prompt, asking)
                except (TollbookError, sqlite3.Error):  # about more than this article
                    raise
                except Exception as error:  # the border of an article, as where it is read
                    told.defects = (*told.defects, f"{_name(outcome)}: {type(error).__name__}")
                    continue
                if mapped is None:
                    told.kept[outcome.outcome] += 1
                    continue
                _count(told, outcome, mapped)
                if mapped != outcome:
                    write(mapped)
            if interrupt:
                interrupt.end()
    return told


def _count(told: Reparsed, before: Reading | Failure | Rejected, after: Reading | Failure) -> None:
    assert not isinstance(before, Rejected)  # nothing comes of those
    told.mapped += 1
    changes = changes_of(before, after)
    told.changed += bool(changes)
    told.parts.update(changes)
    told.now_read += before.outcome not in READ and after.outcome in READ


@dataclass(frozen=True, kw_only=True)
class _Asking:
    """A model's reader that is given kept answers."""

    reader: Reader
    answers: KeptAnswers


@asynccontextmanager
async def _reopened(
    manifest: Manifest, connection: sqlite3.Connection | None
) -> AsyncGenerator[_Asking | None]:
    if connection is None or not manifest.reader.startswith(PROVIDER):
        yield None
        return
    answers = KeptAnswers(connection)
    reader = open_model_reader(manifest.reader, settings_without_key(manifest), answers)
    try:
        yield _Asking(reader=reader, answers=answers)
    finally:
        await reader.close()


async def _map(
    outcome: Reading | Failure | Rejected,
    tables: Tables,
    prompt: Prompt | None,
    asking: _Asking | None,
) -> Reading | Failure | None:
    """The outcome that a stored answer amounts to now; `None` if none is stored."""
    if isinstance(outcome, Reading):
        return map_again(outcome, examples=prompt.example_texts if prompt else (), tables=tables)
    if isinstance(outcome, Rejected) or asking is None:
        return None
    if not asking.answers.take_up(outcome.article.id, outcome.attempts):
        return None
    answered = asking.answers.answered
    try:
        read = await read_article(
            outcome.article,
            reader=asking.reader,
            prompt=prompt,
            tables=tables,
            source=outcome.source,
            notices=outcome.notices,
        )
    except NothingKeptError:  # an answer that is needed never came
        return None
    if not outcome.attempts:
        return read
    now = dict(zip(answered, read.attempts, strict=False))
    attempts = tuple(_told_now(one, now.get(one.n)) for one in outcome.attempts)
    return read.model_copy(update={"attempts": attempts})


def _told_now(attempt: Attempt, now: Attempt | None) -> Attempt:
    """A call that was made, with what its answer turns out to be now."""
    if now is None:
        return attempt
    return attempt.model_copy(update={"status": now.status, "message": now.message})


def _name(outcome: Reading | Failure | Rejected) -> str:
    return outcome.source.path if isinstance(outcome, Rejected) else outcome.article.id
