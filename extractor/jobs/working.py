"""Working: inputs are read some at a time, and each outcome is written as it comes."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from typing import Protocol

from extractor.errors import DeferredError
from extractor.intake import Recognised, Taken
from extractor.jobs.batch import Defer
from extractor.jobs.feed import Feed
from extractor.jobs.interrupt import Interrupt
from extractor.jobs.journal import Journal
from extractor.jobs.opening import Job
from extractor.jobs.reading import Done, done_before, settle
from extractor.jobs.syncing import sync_often
from extractor.records import Rejected
from extractor.store import RunWriter


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
