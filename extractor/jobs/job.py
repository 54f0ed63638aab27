"""A job: a stream of inputs is read, some at a time, and every input gets its outcome."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from extractor.codes import InputOutcome
from extractor.errors import (
    CapError,
    DeferredError,
    EndpointError,
    RecordingError,
    StoreError,
    TollbookError,
    UsageError,
)
from extractor.intake import Recognised, Taken
from extractor.jobs.batch import (
    BatchExchange,
    BatchLane,
    Defer,
    Entries,
    Waiting,
    make_way,
)
from extractor.jobs.calls_file import JOURNAL
from extractor.jobs.caps import Limits
from extractor.jobs.exchange import JobExchange
from extractor.jobs.feed import Feed
from extractor.jobs.gauges import find_gauges
from extractor.jobs.interrupt import Interrupt
from extractor.jobs.journal import Journal, open_journal
from extractor.jobs.past import Past
from extractor.jobs.price import Lane
from extractor.jobs.prices import open_prices
from extractor.jobs.reading import READ, Done, done_before, settle
from extractor.jobs.snapshot import Sight, Snapshot
from extractor.jobs.spans import find_telemetry
from extractor.jobs.syncing import sync_often
from extractor.jobs.telemetry import SILENCE, Telemetry
from extractor.jobs.totals import Totals
from extractor.jobs.watching import Watcher, watched
from extractor.manifest import Manifest
from extractor.prompt import Prompt, load_prompt
from extractor.readers import Reader, open_reader, record_to
from extractor.readers.model import PROVIDER
from extractor.records import Rejected
from extractor.resolve.tables import Tables
from extractor.settings import EndpointSettings
from extractor.store import RunWriter, write_run

_IN_BATCHES = 64  # readings at a time that only wait for the disk: so many share one commit


@dataclass(frozen=True, kw_only=True)
class Job:
    """What inputs are read with, and how many at a time."""

    reader: Reader
    prompt: Prompt | None = None
    tables: Tables | None = None
    at_once: int = 1
    """More than one helps only where a reader is waited for."""
    exchange: JobExchange | None = None
    """What the calls of a model go through; empty for a reader that makes none."""
    settings: EndpointSettings | None = None
    """Of the endpoint of these calls."""
    gives_up: bool = False
    """Whether batches that earlier processes of the run have made are given up."""
    telemetry: Telemetry = SILENCE
    """Told of every article that is read."""


class Errand(Protocol):
    """What a job goes back to a run for: articles that have an outcome are read once more."""

    async def begin(self, writer: RunWriter, journal: Journal | None) -> Iterable[Taken]:
        """Choose the articles, once the run is open and locked.

        Raises:
            TollbookError: there are none that can be read again.
        """
        ...

    async def is_done(self, article_id: str) -> None:
        """Take note that an article was read, and what came of it is stored."""
        ...


@dataclass(kw_only=True)
class Ended:
    """How a job ended."""

    tally: Counter[InputOutcome] = field(default_factory=Counter[InputOutcome])
    """How many inputs ended how, those known from before included."""
    stored: int = 0
    """How many of them were known from before."""
    stopped: TollbookError | None = None
    """Why it ended before its inputs did; empty if it did not."""
    interrupted: bool = False
    """Whether it was asked to stop."""
    totals: Totals | None = None
    """What the calls of the run came to, those of earlier times included."""
    answers_kept: int = 0
    """Answers that were taken from the run instead of being asked for."""
    waiting: Waiting = field(default_factory=Waiting)
    """What batches are still to bring."""
    priced_by: str | None = None
    """Who says what calls cost; empty if nobody does."""
    expected: int | None = None
    """How many inputs there are; empty where that is unknown."""

    @property
    def read(self) -> int:
        """How many inputs have a reading."""
        return sum(self.tally[outcome] for outcome in READ)


def open_job(
    settings: EndpointSettings,
    *,
    prompt: str,
    prompts: Path | None = None,
    tables: Tables | None = None,
    record: Path | None = None,
    prices: Path | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    lane: Lane = "live",
    gives_up: bool = False,
) -> Job:
    """Open what a job reads with: the reader of the settings, or the built-in rules.

    Args:
        settings: name the reader, and say how a model is reached and how many are asked at once.
        prompt: the prompt pack, for a reader that needs one.
        prompts: folder of packs that it lies in; the project's own by default.
        tables: what places and actors are looked up in; the packaged tables by default.
        record: where a model's answers are kept too.
        prices: file of the user's own prices.
        limits: what the run and each of its articles may come to.
        lane: how a model is asked: call by call, or by files that it works off within a day.
        gives_up: whether batches that earlier processes of the run have made are given up.

    Raises:
        UsageError: there is no such reader, or it cannot be recorded; the price file is wrong,
            money is limited and no price is known, or the reader is no model.
        SettingsError: the endpoint's settings are not enough to call it.
        RecordingError: a recording cannot be read.
        PromptError: there is no such prompt pack.
    """
    name = settings.reader or "baseline"
    exchange, telemetry = None, find_telemetry(settings)
    if name.startswith(PROVIDER):
        kind = BatchExchange if lane == "batch" else JobExchange
        exchange = kind(settings, prices=open_prices(prices), limits=limits, telemetry=telemetry)
        exchange.check(name.removeprefix(PROVIDER))
    elif prices or limits != Limits():
        raise UsageError(
            f"{name!r} makes no calls that cost anything; leave out the prices and caps, or name a "
            f"model with --reader {PROVIDER}<model>"
        )
    elif lane == "batch" or gives_up:
        raise UsageError(
            f"{name!r} makes no calls that a batch could hold; name a model with --reader "
            f"{PROVIDER}<model>"
        )
    reader = open_reader(name, settings, exchange)
    if record:
        reader = record_to(reader, record)
    return Job(
        reader=reader,
        prompt=load_prompt(prompt, root=prompts) if reader.needs_prompt else None,
        tables=tables,
        at_once=_at_once(settings, lane) if exchange else 1,
        exchange=exchange,
        settings=settings if exchange else None,
        gives_up=gives_up,
        telemetry=telemetry,
    )


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
        writer = opened.enter_context(write_run(out, manifest))
        if writer.torn_bytes:
            torn()
        if past:
            past.writer = writer
        if job.exchange:
            journal = opened.enter_context(open_journal(out, writer.reserve))
            job.exchange.begin(journal)
            _check_counted(journal, writer, job.exchange.limits)
        try:
            asyncio.run(read(writer))
            writer.sync()
        except (EndpointError, CapError, RecordingError, StoreError) as error:
            ended.stopped = error
        except KeyboardInterrupt:
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


def _at_once(settings: EndpointSettings, lane: Lane) -> int:
    return settings.at_once if lane == "live" else _IN_BATCHES


def _check_counted(journal: Journal, writer: RunWriter, limits: Limits) -> None:
    """See that caps do not begin at nothing where calls were made that nobody remembers."""
    if limits == Limits() or journal.totals.calls:
        return
    if any(stored.outcome in READ for stored in writer.stored.values()):
        raise StoreError(
            f"{str(writer.folder)!r} holds readings, but {JOURNAL!r} in it holds no call: what "
            "they cost is unknown, and no cap can be kept; put a copy of that file in its place, "
            "or go on without caps"
        )


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


async def read_inputs(
    inputs: Iterable[Taken | Rejected | Recognised],
    job: Job,
    writer: RunWriter,
    *,
    interrupt: Interrupt | None = None,
    errand: Errand | None = None,
    defer: Defer | None = None,
) -> AsyncGenerator[Done]:
    """Read every input that the run holds no final outcome for, and write each outcome at once.

    However many inputs there are, no more than a few are in memory. Outcomes are written and
    given as they come: in the order of the inputs only if one is read at a time. An input that
    ended in `infra_error` before is tried again; every other outcome is final.

    Where an error concerns more than one article, no further input is begun, those that are
    being read are finished, and the first such error is raised.

    Args:
        inputs: taken in a thread of their own.
        job: what they are read with.
        writer: the run.
        interrupt: asked to stop, the job finishes what it has begun.
        errand: every article is read, whatever the run holds of it, and this is told.
        defer: takes an article whose answer a batch is to bring; it is not given here.

    Raises:
        EndpointError: the endpoint refuses every call, or is down; what was read is stored, and
            the articles that met it as an `infra_error`.
        CapError: a cap of the run is reached; likewise.
        RecordingError: a recording holds no answer for an article, which is stored likewise.
        PromptError: the reader needs a prompt and there is none.
        StoreError: an outcome cannot be written.
    """
    feed: Feed[Taken | Rejected | Recognised] = Feed(inputs)
    done: asyncio.Queue[Sequence[Done] | None] = asyncio.Queue(job.at_once)
    failures: list[BaseException] = []

    async def work() -> None:
        while (entry := await feed.take()) is not None:
            if isinstance(entry, Recognised):
                await done.put([done_before(article) for article in entry.articles])
                continue
            try:
                settled = await settle(
                    entry,
                    reader=job.reader,
                    prompt=job.prompt,
                    tables=job.tables,
                    writer=writer,
                    again=errand is not None,
                    telemetry=job.telemetry,
                )
            except DeferredError:
                if defer is None or not isinstance(entry, Taken):
                    raise
                defer(entry)
                continue
            finally:
                if job.exchange and isinstance(entry, Taken):
                    job.exchange.forget(entry.article.id)
            if errand and isinstance(entry, Taken) and settled.stops is None:
                await errand.is_done(entry.article.id)
            await done.put([settled])
            if settled.stops:
                raise settled.stops
            await asyncio.sleep(0)  # others go on here, if the reader never waits

    async def until_failure(task: Callable[[], Awaitable[None]]) -> None:
        try:
            await task()
        except Exception as error:
            failures.append(error)
            feed.close()  # what the others have begun is finished

    async def work_all() -> None:
        await asyncio.gather(*workers)
        await done.put(None)

    if interrupt:
        interrupt.then(feed.close_soon)
    workers = [asyncio.create_task(until_failure(work)) for _ in range(job.at_once)]
    working = asyncio.create_task(work_all())
    syncing = asyncio.create_task(until_failure(lambda: sync_often(writer)))
    try:
        while (some := await done.get()) is not None:
            for one in some:
                yield one
        if failures:
            raise failures[0]
    finally:
        feed.close()
        tasks = (syncing, working, *workers)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
