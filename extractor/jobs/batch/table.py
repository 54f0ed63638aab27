"""The table of batches: how far each part of a run has come, as its journal holds it.

Whatever is done at the endpoint is written down here before the next step is taken, so that a
process that takes over from a killed one knows where that was.
"""

import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from extractor.jobs.committing import Statement
from extractor.jobs.cost import Cost
from extractor.jobs.journal import Journal
from extractor.jobs.totals import CallState
from extractor.readers.exchange import Call
from extractor.readers.troubles import Trouble, Verdict

_COLUMNS = "part, run, state, requests, tokens, written_at, file, batch, status, output, errors"
_CHUNK = 256  # rows that are in memory at a time
_NO_CALL = 2**62  # a number that no call reaches
_SENT = CallState.SENT.value


class PartState(StrEnum):
    """How far a part has come."""

    WRITTEN = "written"
    """Its file is whole; nothing was sent."""
    UPLOADED = "uploaded"
    """The endpoint has its file; a batch may have been made of it."""
    POSTED = "posted"
    """A batch is made of it, and its id is known."""
    ENDED = "ended"
    """Nothing more will come of the batch, and its results are on this machine."""
    COLLECTED = "collected"
    """Its results are stored."""
    GIVEN_UP = "given_up"
    """The user wants none of it any more."""


OPEN = (PartState.WRITTEN, PartState.UPLOADED, PartState.POSTED, PartState.ENDED)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a run: the requests of one batch."""

    number: int
    run: str
    """A name of the run, made up for the endpoint."""
    state: PartState
    requests: int
    tokens: int
    """What they come to, roughly."""
    written_at: float
    file_id: str | None = None
    batch_id: str | None = None
    status: str | None = None
    """Of the batch, as the endpoint last stated it."""
    output_id: str | None = None
    errors_id: str | None = None

    @property
    def names(self) -> dict[str, str]:
        """What its batch is called at the endpoint."""
        return {"tollbook_run": self.run, "tollbook_part": str(self.number)}

    @property
    def label(self) -> str:
        """What it is called for the user."""
        return f"part {self.number} ({self.batch_id})" if self.batch_id else f"part {self.number}"


class Asked(NamedTuple):
    """A request of a part."""

    row: int
    """Of the journal."""
    call: Call
    """Without its body."""
    is_open: bool
    """Whether no result of it is stored."""
    most: Cost


class Batches:
    """The parts of a run."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        found = journal.ask("SELECT run FROM batches LIMIT 1")
        self._run: str = found[0][0] if found else uuid.uuid4().hex

    async def clear(self) -> None:
        """Forget what an earlier process noted and did not seal: nothing of it was sent.

        Troubles that stop every run are forgotten too, since this run is there to try again.
        """
        await self._journal.write(
            # Of live calls it is null, which is "not in" nothing at all.
            (
                "DELETE FROM calls WHERE batch IS NOT NULL"
                " AND batch NOT IN (SELECT part FROM batches)",
                (),
            ),
            ("UPDATE troubles SET told = 1 WHERE verdict = ?", (Verdict.FATAL.value,)),
        )
        self._journal.recount()

    def next_number(self) -> int:
        """The number of a part that is begun now."""
        sql = "SELECT max(coalesce((SELECT max(part) FROM batches), 0),"
        sql += " coalesce((SELECT max(batch) FROM calls WHERE batch IS NOT NULL), 0))"
        return 1 + int(self._journal.ask(sql)[0][0])

    def open(self) -> list[Part]:
        """The parts whose results are not stored yet, in order."""
        marks = ", ".join("?" * len(OPEN))
        sql = f"SELECT {_COLUMNS} FROM batches WHERE state IN ({marks}) ORDER BY part"
        return [_part(row) for row in self._journal.ask(sql, *OPEN)]

    async def seal(self, number: int, *, requests: int, tokens: int) -> Part:
        """Write down a part whose file is whole."""
        part = Part(
            number=number,
            run=self._run,
            state=PartState.WRITTEN,
            requests=requests,
            tokens=tokens,
            written_at=time.time(),
        )
        sql = "INSERT INTO batches (part, run, state, requests, tokens, written_at)"
        told = (number, part.run, part.state.value, requests, tokens, part.written_at)
        await self._journal.write((f"{sql} VALUES (?, ?, ?, ?, ?, ?)", told))
        return part

    async def change(self, part: Part, state: PartState, **changed: str | None) -> Part:
        """Write down how far a part has come."""
        told = replace(part, state=state, **changed)  # pyright: ignore[reportArgumentType]
        await self._journal.write(_update(told))
        return told

    async def give_up(self, part: Part) -> None:
        """Write down that nobody waits for a part any more; what was paid for it stays unknown.

        What was never sent is forgotten.
        """
        given_up = _update(replace(part, state=PartState.GIVEN_UP))
        where = "WHERE batch = ? AND state = ?"
        of_part = (part.number, _SENT)
        if part.state is PartState.WRITTEN:
            await self._journal.write(given_up, (f"DELETE FROM calls {where}", of_part))
        else:
            cut_off = f"UPDATE calls SET state = ? {where}"
            await self._journal.write(given_up, (cut_off, (CallState.CUT_OFF.value, *of_part)))
        self._journal.recount()

    def is_on_its_way(self, request_sha256: str) -> bool:
        """Whether a request is in a part whose results are not stored yet."""
        sql = "SELECT 1 FROM calls WHERE request = ? AND lane = 'batch' AND state = 'sent' LIMIT 1"
        return bool(self._journal.ask(sql, request_sha256))

    def find(self, part: int, custom_id: str) -> Asked | None:
        """The request of a part that a result belongs to; `None` if it has no such request."""
        found = self._journal.ask(f"{_ASKED} AND request = ?", part, custom_id)
        return _asked(found[0]) if found else None

    def unanswered(self, part: int) -> Iterator[list[Asked]]:
        """The requests of a part without a result, some at a time, as long as there are any."""
        while found := self._journal.ask(f"{_ASKED} AND state = 'sent' LIMIT {_CHUNK}", part):
            yield [_asked(row) for row in found]

    def troubles(self, call: Call) -> list[tuple[int, Trouble]]:
        """What befell a request in batches, in order, with the number of each call.

        If the reading has had completions of it that were of no use, what befell it after those;
        in any case, what befell it before the next one. What articles have ended by is told, and
        not to be found any more.
        """
        sha256, answered = call.request_sha256, call.answered
        after = self._answer(sha256, answered - 1) if answered else None
        before = self._answer(sha256, answered)
        sql = "SELECT call, status, verdict, message, http_status FROM troubles"
        rows = self._journal.ask(
            f"{sql} WHERE request = ? AND told = 0 AND call > ? AND call < ? ORDER BY call",
            sha256,
            after or 0,
            before or _NO_CALL,
        )
        return [
            (
                call,
                Trouble(
                    status=status,
                    verdict=Verdict(verdict),
                    message=message,
                    http_status=http_status,
                ),
            )
            for call, status, verdict, message, http_status in rows
        ]

    def _answer(self, request_sha256: str, number: int) -> int | None:
        """The call that brought an answer to a request: the first, second, …, from 0."""
        sql = "SELECT call FROM answers WHERE request = ? AND void = 0 ORDER BY call"
        found = self._journal.ask(f"{sql} LIMIT 1 OFFSET ?", request_sha256, number)
        return found[0][0] if found else None

    async def mark_told(self, calls: Iterable[int]) -> None:
        """Note that articles have ended by these troubles, so that they are over."""
        await self._journal.write(
            *(("UPDATE troubles SET told = 1 WHERE call = ?", (call,)) for call in calls)
        )


def trouble_statement(asked: Asked, trouble: Trouble) -> Statement:
    """What keeps a trouble, for the reading that it belongs to."""
    sql = "INSERT INTO troubles (call, request, status, verdict, message, http_status)"
    return (
        f"{sql} VALUES (?, ?, ?, ?, ?, ?)",
        (
            asked.row,
            asked.call.request_sha256,
            trouble.status,
            trouble.verdict.value,
            trouble.message,
            trouble.http_status,
        ),
    )


_ASKED = (
    "SELECT id, article, model, request, n, state, most_tokens, most_usd FROM calls WHERE batch = ?"
)


def _asked(row: tuple[Any, ...]) -> Asked:
    number, article, model, request, n, state, most_tokens, most_usd = row
    call = Call(article_id=article, model=model, request_sha256=request, body={}, n=n)
    most = Cost(tokens=most_tokens, usd=most_usd)
    return Asked(row=number, call=call, is_open=state == _SENT, most=most)


def _part(row: tuple[Any, ...]) -> Part:
    number, run, state, requests, tokens, written_at, file, batch, status, output, errors = row
    return Part(
        number=number,
        run=run,
        state=PartState(state),
        requests=requests,
        tokens=tokens,
        written_at=written_at,
        file_id=file,
        batch_id=batch,
        status=status,
        output_id=output,
        errors_id=errors,
    )


def _update(part: Part) -> Statement:
    sql = "UPDATE batches SET state = ?, file = ?, batch = ?, status = ?, output = ?, errors = ?"
    told = (part.state.value, part.file_id, part.batch_id, part.status, part.output_id)
    return f"{sql} WHERE part = ?", (*told, part.errors_id, part.number)
