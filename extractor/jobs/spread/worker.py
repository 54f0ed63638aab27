"""A worker of a spread job: reads what it is given, many articles at a time, in one event loop.

The loop runs in a thread of its own, for the life of the process, with one client, one journal and
one set of limits; rows may be given by several threads.
"""

import asyncio
import threading
from collections.abc import Sequence

from extractor.errors import TollbookError
from extractor.intake import Taken
from extractor.jobs.reading import read_taken
from extractor.jobs.spread.checkpoint import Checkpoint
from extractor.jobs.spread.entries import read_entry
from extractor.jobs.spread.plan import Plan
from extractor.jobs.spread.row import Row, row_of, row_of_unread
from extractor.records import Failure, Reading, Rejected


class Worker:
    """Reads inputs, and writes its calls down where others find them if it dies."""

    def __init__(self, plan: Plan) -> None:
        """Take a place in a job, and begin a journal.

        Args:
            plan: of the job.

        Raises:
            StoreError: there is no place, or the checkpoint cannot be written.
            TollbookError: what it reads with cannot be opened.
        """
        self._station = Checkpoint(plan.checkpoint).enter(plan.name, plan.workers)
        try:
            self._job = plan.open_share(self._station.place)
        except BaseException:
            self._station.close()
            raise
        if self._job.exchange:
            self._job.exchange.begin(self._station.journal, self._station)
        self._stopped: TollbookError | None = None
        self._loop = asyncio.new_event_loop()
        self._turns = asyncio.Semaphore(self._job.at_once)
        self._thread = threading.Thread(target=self._loop.run_forever, name="worker", daemon=True)
        self._thread.start()

    def read(self, entries: Sequence[str]) -> list[Row]:
        """Read inputs, and say what became of each, in their order.

        Answers that a dead worker has stored are not asked for again. Once the endpoint refuses
        every call or is down, or a cap is reached, nothing further is begun: those inputs have no
        outcome.

        Args:
            entries: inputs as JSON.

        Raises:
            StoreError: a call cannot be written down.
            PromptError: the reader needs a prompt and there is none.
        """
        self._station.look()
        reading = asyncio.run_coroutine_threadsafe(self._read_all(entries), self._loop)
        return reading.result()

    def close(self) -> None:
        """Let go of everything; nothing can be read after."""
        asyncio.run_coroutine_threadsafe(self._job.reader.close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._station.close()

    async def _read_all(self, entries: Sequence[str]) -> list[Row]:
        try:
            async with asyncio.TaskGroup() as group:
                reading = [group.create_task(self._read(read_entry(one))) for one in entries]
        except ExceptionGroup as several:
            raise several.exceptions[0] from None  # it concerns the whole job, as the others do
        return [task.result() for task in reading]

    async def _read(self, entry: Taken | Rejected) -> Row:
        if isinstance(entry, Rejected):
            return row_of(entry, entry.model_dump_json())
        async with self._turns:
            if self._stopped:
                return row_of_unread(entry, f"not read: {self._stopped}")
            return await self._read_article(entry)

    async def _read_article(self, taken: Taken) -> Row:
        rows: list[Row] = []

        def write(outcome: Reading | Failure) -> None:
            rows.append(row_of(outcome, outcome.model_dump_json()))

        _, stops = await read_taken(
            taken,
            reader=self._job.reader,
            prompt=self._job.prompt,
            tables=self._job.tables,
            write=write,
            telemetry=self._job.telemetry,
        )
        if self._job.exchange:
            self._job.exchange.forget(taken.article.id)
        self._stopped = self._stopped or stops
        return rows[-1]
