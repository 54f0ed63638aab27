"""The lane: rounds of reading what is answered and of posting, as batches, what is not."""

from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from extractor.errors import EndpointError, StoreError
from extractor.intake import Recognised, Taken
from extractor.jobs.batch.carrying import Carrier, Say
from extractor.jobs.batch.collecting import Collector
from extractor.jobs.batch.exchange import BatchExchange
from extractor.jobs.batch.insisting import Insistence, InterruptedWaitError
from extractor.jobs.batch.part import FOLDER
from extractor.jobs.batch.table import Batches, PartState
from extractor.jobs.batch.waiting import WaitingList
from extractor.jobs.interrupt import Interrupt
from extractor.jobs.journal import Journal
from extractor.jobs.prices import Prices
from extractor.jobs.reading import Done
from extractor.readers.batches import BatchDoor
from extractor.records import Rejected
from extractor.settings import EndpointSettings

Entry = Taken | Rejected | Recognised
Entries = Iterable[Entry]
Defer = Callable[[Taken], None]
"""Takes an article whose answer a batch is to bring."""

GoOver = Callable[[Entries, Defer], AsyncGenerator[Done]]
"""Reads inputs, gives back those that are done, and hands on those that wait for a batch."""


@dataclass(kw_only=True)
class Waiting:
    """What a lane that has stopped still waits for."""

    articles: int = 0
    batches: int = 0
    """Of the endpoint, which go on meanwhile."""


class BatchLane:
    """The batches of one run."""

    def __init__(
        self,
        settings: EndpointSettings,
        prices: Prices,
        journal: Journal,
        folder: Path,
        *,
        say: Say,
        interrupt: Interrupt | None = None,
    ) -> None:
        """Stand ready in the loop that the batches are to be waited for in.

        Args:
            settings: of the endpoint.
            prices: what calls cost.
            journal: of the run.
            folder: of the run.
            say: tells the user how far the batches are.
            interrupt: asked to stop, the run no longer waits.
        """
        self.waiting = Waiting()
        self._journal = journal
        self._run = folder
        self._folder = folder / FOLDER
        self._batches = Batches(journal)
        self._door = BatchDoor(settings)
        self._interrupt = interrupt
        collector = Collector(
            self._folder,
            journal,
            self._batches,
            price=lambda model, usage: prices.of(model, settings.url, usage, lane="batch"),
            secrets=self._door.secrets,
        )
        self._carrier = Carrier(
            settings,
            self._folder,
            self._batches,
            collector,
            self._door,
            Insistence(settings, interrupt),
            say=say,
        )

    async def read(
        self, inputs: Entries, exchange: BatchExchange, go_over: GoOver
    ) -> AsyncGenerator[Done]:
        """Read every input, in as many rounds as that takes; each is given back once.

        Args:
            inputs: gone over once; those that wait for a batch are kept on disk meanwhile.
            exchange: what the calls of the readings go through.
            go_over: reads inputs.

        Raises:
            EndpointError: the endpoint takes no batches, is down, or refuses every call.
            CapError: a cap of the run is reached.
            StoreError: something cannot be written.
        """
        await self._batches.clear()
        exchange.open(self._journal, self._batches, self._run)
        _sweep(self._folder, self._batches)
        rest = iter(inputs)
        taken_up = earlier = WaitingList(self._folder / "waiting-0.jsonl")
        rounds = 0
        try:
            stop = await self._carrier.collect_ended() or None
            while True:
                rounds += 1
                exchange.begin_round(is_last=stop is not None)
                later = WaitingList(self._folder / f"waiting-{rounds}.jsonl")
                earlier, taken_up = later, earlier
                portion = chain(taken_up, _until_full(rest, exchange))
                async with aclosing(go_over(portion, later.add)) as readings:
                    async for done in readings:
                        exchange.settle(done.label)
                        yield done
                taken_up.close()
                await exchange.mark_told()
                if stop is not None:
                    raise EndpointError(stop)
                if not later.length and not exchange.is_full:
                    return
                if self._interrupt and self._interrupt.asked:
                    return
                await exchange.end_round()
                if exchange.cap and not self._batches.open():
                    raise exchange.cap
                if later.length and not self._batches.open():
                    raise StoreError("articles wait for batches, and there are none; report it")
                stop = await self._carrier.carry()
        except InterruptedWaitError:
            return
        finally:
            exchange.drop_draft()
            exchange.forget_own_answers()
            if batches := self._under_way():
                self.waiting = Waiting(articles=earlier.length, batches=batches)
            taken_up.close()
            earlier.close()
            _sweep(self._folder, self._batches)

    async def give_up(self) -> None:
        """Wait for no batch of earlier processes any more.

        Raises:
            EndpointError: the endpoint cannot be asked to cancel them.
        """
        await self._carrier.give_up()
        _sweep(self._folder, self._batches)

    async def close(self) -> None:
        """Let go of connections."""
        await self._door.close()

    def _under_way(self) -> int:
        states = (PartState.UPLOADED, PartState.POSTED)
        return sum(part.state in states for part in self._batches.open())


async def make_way(journal: Journal, folder: Path) -> None:
    """See that the live lane pays for nothing that a batch of the run is to bring.

    Parts that were never sent are dropped.

    Raises:
        StoreError: batches are under way.
    """
    batches = Batches(journal)
    await batches.clear()
    parts = batches.open()
    paid = [part for part in parts if part.state is not PartState.WRITTEN]
    if paid:
        requests = sum(part.requests for part in paid)
        told = ", ".join(part.label for part in paid[:3]) + (", …" if len(paid) > 3 else "")
        raise StoreError(
            f"{requests} requests of {str(folder)!r} are in batches of the endpoint ({told}), and "
            "would be paid twice: repeat the command with --lane batch to collect them, or give "
            "them up with --give-up-batches"
        )
    for part in parts:
        await batches.give_up(part)
    _sweep(folder / FOLDER, batches)


def _until_full(rest: Iterator[Entry], exchange: BatchExchange) -> Entries:
    """What is left of the inputs, as long as more may be begun."""
    while not exchange.is_full:
        try:
            yield next(rest)
        except StopIteration:
            return


def _sweep(folder: Path, batches: Batches) -> None:
    """Take away files that no open part has: drafts and lists of a process that was killed."""
    kept = {f"part-{part.number:05}" for part in batches.open()}
    for path in folder.glob("*") if folder.exists() else ():
        if path.name.partition(".")[0] not in kept:
            path.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()
