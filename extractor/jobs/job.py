"""A job: a stream of inputs is read, some at a time, and every input gets its outcome."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Iterable
from pathlib import Path
from typing import Protocol

from extractor.errors import CapError, EndpointError, RecordingError, StoreError
from extractor.intake import Recognised, Taken
from extractor.jobs.batch import BatchExchange, BatchLane, Defer, Entries, make_way
from extractor.jobs.calls_file import JOURNAL
from extractor.jobs.caps import Limits
from extractor.jobs.ended import Ended
from extractor.jobs.garbage import rare_collections
from extractor.jobs.gauges import find_gauges
from extractor.jobs.interrupt import Interrupt
from extractor.jobs.journal import Journal, open_journal
from extractor.jobs.opening import Job
from extractor.jobs.past import Past
from extractor.jobs.reading import READ, Done
from extractor.jobs.snapshot import Sight, Snapshot
from extractor.jobs.watching import Watcher, watched
from extractor.jobs.working import Errand, read_inputs
from extractor.manifest import Manifest
from extractor.readers.model import PROVIDER
from extractor.records import Rejected
from extractor.store import RunWriter, note_pass, write_run


def run_job(
    inputs: Iterable[Taken | Rejected | Recognised],
    job: Job,
    out: Path,
    manifest: Manifest,
    *,
    tell: Callable[[Done], None] = lambda _: None,
    torn: Callable[[], None] = lambda: None,
    interrupt: Interrupt | None = None,
    watcher: Watcher | None = None,
    say: Callable[[str], None] = lambda _: None,
    past: Past | None = None,
    errand: Errand | None = None,
) -> Ended:
    """Read everything into a run folder, or go on with one that was stopped.

    Args:
        inputs: what to read.
        job: with what; its reader is closed in the end.
        out: the run folder.
        manifest: what the run is.
        tell: called with every input that is done.
        torn: called if an earlier process was stopped in the middle of a line.
        interrupt: asked to stop, the job finishes what it has begun.
        watcher: shown now and then how far the job is.
        say: told how far batches are.
        past: what intake recognises inputs by; it is told of the run here.
        errand: what is read in place of inputs, if articles are to be read once more.

    Returns:
        How it ended; what concerns all further articles, such as a wrong key, a cap or a full
        disk, ends it early and stands there.

    Raises:
        StoreError: the folder cannot be opened, is another run's, or another process writes to it.
        PromptError: the reader needs a prompt and there is none.
    """
    ended = Ended()

    async def read(writer: RunWriter) -> None:
        async with contextlib.AsyncExitStack() as opened:
            opened.push_async_callback(job.reader.close)
            if watcher:
                take = _sight(job, ended, watcher, interrupt)
                await opened.enter_async_context(watched(watcher, take))
            if interrupt:
                opened.callback(interrupt.end)
                if (task := asyncio.current_task()) is not None:
                    interrupt.cuts(task)
            entries: Iterable[Taken | Rejected | Recognised] = inputs
            if errand:
                journal = job.exchange.journal if job.exchange else None
                entries = await errand.begin(writer, journal)

            def go_over(some: Entries, defer: Defer | None = None) -> AsyncGenerator[Done]:
                return read_inputs(
                    some, job, writer, interrupt=interrupt, errand=errand, defer=defer
                )

            outcomes = _read(entries, job, writer.folder, ended, go_over, say, interrupt)
            # Whatever happens here, the reader is closed once nobody reads with it any more.
            async with contextlib.aclosing(outcomes):
                async for done in outcomes:
                    ended.tally[done.outcome] += 1
                    ended.stored += done.stored
                    tell(done)

    with contextlib.ExitStack() as opened:
        opened.enter_context(rare_collections())
        writer = opened.enter_context(write_run(out, manifest))
        if writer.torn_bytes:
            torn()
        if past:
            past.writer = writer
        if job.exchange:
            journal = opened.enter_context(open_journal(out, writer.reserve))
            job.exchange.begin(journal)
            _check_counted(journal, writer, job.exchange.limits, say)
        try:
            if not errand:
                note_pass(out, ended=False)
            asyncio.run(read(writer))
            writer.sync()
            if not errand and not (interrupt and interrupt.asked):
                note_pass(out, ended=True)
        except (EndpointError, CapError, RecordingError, StoreError) as error:
            ended.stopped = error
        except (KeyboardInterrupt, asyncio.CancelledError):
            ended.interrupted = True
        if job.exchange and job.exchange.journal:
            ended.totals = job.exchange.journal.totals
            ended.answers_kept = job.exchange.answers_kept
            ended.priced_by = job.exchange.priced_by(job.reader.name.removeprefix(PROVIDER))
    ended.interrupted = ended.interrupted or (interrupt is not None and interrupt.asked)
    ended.expected = watcher.expected if watcher else None
    return ended


async def _read(
    entries: Entries,
    job: Job,
    folder: Path,
    ended: Ended,
    go_over: "_GoOver",
    say: Callable[[str], None],
    interrupt: Interrupt | None,
) -> AsyncGenerator[Done]:
    """Read every input, in the lane of the job."""
    exchange, settings = job.exchange, job.settings
    journal = exchange.journal if exchange else None
    if exchange and settings and journal:
        in_batches = exchange if isinstance(exchange, BatchExchange) else None
        if in_batches or job.gives_up:
            lane = BatchLane(
                settings, exchange.prices, journal, folder, say=say, interrupt=interrupt
            )
            try:
                if job.gives_up:
                    await lane.give_up()
                if in_batches:
                    of_batches = lane.read(entries, in_batches, go_over)
                    async with contextlib.aclosing(of_batches):
                        async for done in of_batches:
                            yield done
                    return
            finally:
                ended.waiting = lane.waiting
                await lane.close()
        await make_way(journal, folder)
    outcomes = go_over(entries)
    async with contextlib.aclosing(outcomes):
        async for done in outcomes:
            yield done


class _GoOver(Protocol):
    """Reads inputs, with all that the job reads them with."""

    def __call__(self, some: Entries, defer: Defer | None = None) -> AsyncGenerator[Done]: ...


def _check_counted(
    journal: Journal, writer: RunWriter, limits: Limits, say: Callable[[str], None]
) -> None:
    """See that caps do not begin at nothing where calls were made that nobody remembers."""
    if journal.totals.calls or not any(one.outcome in READ for one in writer.stored.values()):
        return
    lost = (
        f"{str(writer.folder)!r} holds readings, but {JOURNAL!r} in it holds no call: what they "
        "cost is unknown"
    )
    if limits != Limits():
        raise StoreError(
            f"{lost}, and no cap can be kept; put a copy of that file in its place, or go on "
            "without caps"
        )
    say(f"{lost}, and stands in no total; its answers are lost, unless you put a copy in its place")


def _sight(
    job: Job, ended: Ended, watcher: Watcher, interrupt: Interrupt | None
) -> Callable[[], Snapshot]:
    """What takes snapshots of a job that begins now, in the running loop."""
    loop = asyncio.get_running_loop()
    sight = Sight(started=loop.time(), exchange=job.exchange)
    gauges = find_gauges()

    def take() -> Snapshot:
        snapshot = sight.take(
            loop.time(),
            tally=ended.tally,
            known=ended.stored,
            expected=watcher.expected,
            stopping=interrupt is not None and interrupt.asked,
        )
        if gauges:
            gauges.see(snapshot)
        return snapshot

    return take
