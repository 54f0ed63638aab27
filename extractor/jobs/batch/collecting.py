"""Collecting: the results of a batch are matched with its requests and stored in the journal."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.jobs.batch.part import errors_path, id_of, output_path, requests_path
from extractor.jobs.batch.result import Result, no_result, read_result
from extractor.jobs.batch.table import Asked, Batches, Part, PartState, trouble_statement
from extractor.jobs.cost import Cost
from extractor.jobs.journal import Journal
from extractor.readers.exchange import Reply, Usage
from extractor.readers.troubles import Secrets, Trouble

_AT_ONCE = 256  # results in memory, stored in one commit

Price = Callable[[str, Usage], float | None]
"""What a request of a batch costs, by model and tokens; empty if that is unknown."""


@dataclass(kw_only=True)
class Collected:
    """What a batch brought."""

    answered: int = 0
    failed: int = 0
    missing: int = 0
    """Requests that no result was given for."""
    unknown: int = 0
    """Results with an id that no request of the batch has."""
    doubled: int = 0
    """Further results for a request that had one."""
    unreadable: int = 0
    """Lines that are no result at all."""

    def __str__(self) -> str:
        told = [f"{self.answered} answered", f"{self.failed} failed"]
        odd = {
            "without a result": self.missing,
            "results of unknown requests": self.unknown,
            "results too many": self.doubled,
            "unreadable lines": self.unreadable,
        }
        return ", ".join([*told, *(f"{count} {name}" for name, count in odd.items() if count)])


class Collector:
    """Stores the results of batches; stopped in the middle, it goes on where it was."""

    def __init__(
        self, folder: Path, journal: Journal, batches: Batches, *, price: Price, secrets: Secrets
    ) -> None:
        self._folder = folder
        self._journal = journal
        self._batches = batches
        self._price = price
        self._secrets = secrets

    async def collect(self, part: Part, complaints: dict[int, Trouble] | None = None) -> Collected:
        """Store what the files of a part say of its requests, and let go of the files.

        Args:
            part: whose files are on this machine, if its batch has any.
            complaints: what the endpoint found wrong with single lines of its file.

        Raises:
            StoreError: it cannot be stored.
        """
        collected = Collected()
        seen: set[int] = set()
        several: list[_Found] = []
        for line in self._lines(part):
            result = read_result(line, self._secrets)
            asked = self._batches.find(part.number, result.custom_id) if result else None
            if result is None or asked is None:
                collected.unreadable += result is None
                collected.unknown += result is not None
                continue
            if asked.row in seen:
                collected.doubled += 1  # the first of them counts
                continue
            seen.add(asked.row)
            collected.failed += isinstance(result.reply.called, Trouble)
            collected.answered += not isinstance(result.reply.called, Trouble)
            if asked.is_open:
                several.append((asked, result))
            if len(several) >= _AT_ONCE:
                await self._store(several)
                several = []
        await self._store(several)
        await self._close(part, complaints or {}, collected)
        await self._batches.change(part, PartState.COLLECTED)
        for path in (requests_path, output_path, errors_path):
            path(self._folder, part.number).unlink(missing_ok=True)
        return collected

    def _lines(self, part: Part) -> Iterator[bytes]:
        for path in (
            output_path(self._folder, part.number),
            errors_path(self._folder, part.number),
        ):
            if not path.exists():
                continue
            with path.open("rb") as file:
                yield from (line for line in file if line.strip())

    async def _close(
        self, part: Part, complaints: dict[int, Trouble], collected: Collected
    ) -> None:
        """Store what befell the requests that no result was given for."""
        blamed = self._blamed(part, complaints)
        for some in self._batches.unanswered(part.number):
            collected.missing += len(some)
            several: list[_Found] = []
            for asked in some:
                result = no_result(asked.call.request_sha256, part.status)
                if found := blamed.get(asked.call.request_sha256):
                    result = replace(result, reply=Reply(called=found))
                several.append((asked, result))
            # That a batch was cancelled is nobody's trouble: the request was withdrawn.
            await self._store(several, keep=part.status != "cancelled")

    def _blamed(self, part: Part, complaints: dict[int, Trouble]) -> dict[str, Trouble]:
        """What the endpoint found wrong with single requests, by their ids."""
        if not complaints:
            return {}
        with requests_path(self._folder, part.number).open("rb") as file:
            return {
                id_of(line): complaints[number]
                for number, line in enumerate(file, start=1)
                if number in complaints
            }

    async def _store(self, several: list["_Found"], *, keep: bool = True) -> None:
        await asyncio.gather(*(self._end(asked, result, keep=keep) for asked, result in several))

    async def _end(self, asked: Asked, result: Result, *, keep: bool) -> None:
        reply, most = result.reply, asked.most
        if isinstance(reply.called, Trouble):
            also = (trouble_statement(asked, reply.called),) if keep else ()
            counted = most if result.may_be_paid else Cost()
            await self._journal.end(asked.row, asked.call, reply, counted, *also)
            return
        usage = reply.usage
        usd = self._price(asked.call.model, usage)
        counted = Cost(
            tokens=most.tokens if usage.tokens is None else usage.tokens,
            usd=most.usd if usd is None else usd,
        )
        await self._journal.end(asked.row, asked.call, replace(reply, usd=usd), counted)


_Found = tuple[Asked, Result]
