"""Carrying: the parts of a run are posted as batches, looked after, and their results fetched."""

from collections.abc import Callable
from pathlib import Path

from extractor.errors import EndpointError
from extractor.jobs.batch.collecting import Collector
from extractor.jobs.batch.insisting import Insistence
from extractor.jobs.batch.part import errors_path, output_path
from extractor.jobs.batch.posting import Poster
from extractor.jobs.batch.table import Batches, Part, PartState
from extractor.readers.batches import BatchDoor, Look
from extractor.readers.troubles import Trouble, Verdict
from extractor.settings import EndpointSettings
from extractor.store.folder import unwritable

_QUEUE_IS_FULL = "token_limit_exceeded"
_LATE_FILES = (403, 404)  # what may be said of a file just after its batch has ended
_UNKNOWN = (
    "if it was made with the key of another project, use that one; if it is no longer there, give "
    "it up with --give-up-batches"
)
_TURNED_AWAY_MOST = 8  # times: with waits that double from a minute, four hours

Say = Callable[[str], None]
"""Tells the user how far the batches are."""


class Carrier:
    """Brings parts to the endpoint, and their results back; whoever comes later goes on with it."""

    def __init__(
        self,
        settings: EndpointSettings,
        folder: Path,
        batches: Batches,
        collector: Collector,
        door: BatchDoor,
        insistence: Insistence,
        *,
        say: Say,
    ) -> None:
        self._settings = settings
        self._folder = folder
        self._batches = batches
        self._collector = collector
        self._door = door
        self._insistence = insistence
        self._poster = Poster(settings, folder, batches, door, insistence)
        self._say = say
        self._looks: dict[int, Look] = {}
        self._turned_away = 0
        """How often the endpoint had no room for a batch, since one has ended."""
        self._told = ""

    async def carry(self) -> str | None:
        """Bring every part to its end; why no more should be sent, if there is a reason.

        Raises:
            InterruptedWaitError: the run was asked to stop; the batches go on without it.
            EndpointError: the endpoint takes no batches, or is down.
            StoreError: something cannot be written.
        """
        stop: str | None = None
        while parts := self._batches.open():
            await self._post_some(parts)
            told = await self.collect_ended()
            stop = stop or told or None
            if told is None:
                self._tell_counts()
                patience = 2 ** max(self._turned_away - 1, 0)
                await self._insistence.pause(self._settings.poll_seconds * patience)
        return stop

    async def collect_ended(self) -> str | None:
        """Look at every batch, and store what those brought that are over.

        Returns:
            Why no more should be sent, or nothing in words; `None` if none is over.

        Raises:
            InterruptedWaitError: the run was asked to stop.
            EndpointError: the endpoint is down, or has found something wrong with a part.
            StoreError: something cannot be written.
        """
        told: list[str] = []
        for part in self._batches.open():
            if part.state is PartState.ENDED:
                told.append(await self._collect(part, {}))
            elif part.state is PartState.POSTED:
                found = await self._look_after(part)
                told += [] if found is None else [found]
        return "; ".join(one for one in told if one) if told else None

    async def give_up(self) -> None:
        """Ask the endpoint to do no more for any part, and wait for none of them.

        Raises:
            EndpointError: the endpoint is down, so that it cannot be asked.
        """
        for part in self._batches.open():
            posted = part
            if part.state is PartState.UPLOADED:
                found = await self._insistence.get(
                    f"looking for the batch of {part.label}", lambda p=part: self._poster.find(p)
                )
                if found:
                    posted = await self._batches.change(part, PartState.POSTED, batch_id=found.id)
            said = "never sent"
            if posted.batch_id:
                told = await self._door.cancel(posted.batch_id)
                said = f"not cancelled: {told.status}" if isinstance(told, Trouble) else told.status
            self._say(f"{posted.label}: {posted.requests} requests given up ({said})")
            await self._batches.give_up(posted)

    async def _post_some(self, parts: list[Part]) -> None:
        """Post as many parts as may be under way at once."""
        under_way = [part for part in parts if part.state is PartState.POSTED]
        for part in parts:
            if part.state not in (PartState.WRITTEN, PartState.UPLOADED):
                continue
            limit = self._settings.batch_tokens
            tokens = sum(one.tokens for one in under_way) + part.tokens
            is_over = limit is not None and tokens > limit
            is_full = len(under_way) >= self._settings.batches_at_once
            if under_way and (is_over or is_full or self._turned_away):
                return
            posted = await self._poster.post(part, alone=not under_way)
            if posted is None:
                return
            self._say(f"{posted.label}: {posted.requests} requests are with the endpoint")
            under_way.append(posted)

    async def _look_after(self, part: Part) -> str | None:
        """See how far a batch is, and store what it brought if it is over.

        Returns:
            Why no more should be sent, or nothing in words; `None` if it is not over.
        """
        batch_id = part.batch_id or ""
        look = await self._insistence.get(
            f"looking at {part.label}", lambda: self._door.look(batch_id), missing=_UNKNOWN
        )
        self._looks[part.number] = look
        known = await self._batches.change(
            part,
            PartState.POSTED,
            status=look.status,
            output_id=look.output_file_id,
            errors_id=look.error_file_id,
        )
        if not look.is_over:
            return None
        if look.status == "failed" and any(one.code == _QUEUE_IS_FULL for one in look.complaints):
            await self._turn_away(known, look)
            return None
        complaints = await self._complaints(known, look)
        await self._fetch(known)
        if not complaints:
            known = await self._batches.change(known, PartState.ENDED)
        return await self._collect(known, complaints)

    async def _collect(self, part: Part, complaints: dict[int, Trouble]) -> str:
        collected = await self._collector.collect(part, complaints)
        self._looks.pop(part.number, None)
        self._turned_away = 0
        self._say(f"{part.label}: {part.status}, {collected}")
        if part.status != "cancelled":
            return ""
        return (
            f"{part.label} was cancelled at the endpoint, with {collected.missing} of "
            f"{part.requests} requests not done; repeat the command to send those again"
        )

    async def _turn_away(self, part: Part, look: Look) -> None:
        """Keep a part for later, since the endpoint's queue has no room for it now."""
        await self._batches.change(part, PartState.UPLOADED, batch_id=None)
        self._looks.pop(part.number, None)
        self._turned_away += 1
        told = "; ".join(one.message for one in look.complaints)
        if self._turned_away == 1:
            self._say(f"{part.label}: put off, the endpoint's queue is full ({told})")
        if self._turned_away >= _TURNED_AWAY_MOST:
            raise EndpointError(
                f"the endpoint's queue had no room for {part.label} {self._turned_away} times "
                f"({told}); repeat the command later, or give the part up with --give-up-batches "
                "and set batch_tokens to less than the limit"
            )

    async def _complaints(self, part: Part, look: Look) -> dict[int, Trouble]:
        """What the endpoint found wrong with single lines of a file that it turned down.

        Raises:
            EndpointError: it is not about single lines; the file can be posted again.
        """
        if look.status != "failed" or look.output_file_id or look.error_file_id:
            return {}
        lines = {
            one.line: Trouble(
                status=one.code or "batch_failed", verdict=Verdict.UNCLEAR, message=one.message
            )
            for one in look.complaints
            if one.line is not None
        }
        if lines and (len(lines) < part.requests or part.requests == 1):
            return lines
        await self._batches.change(part, PartState.WRITTEN, file_id=None, batch_id=None)
        told = "; ".join(f"{one.code}: {one.message}" for one in look.complaints[:3])
        raise EndpointError(
            f"the endpoint turned {part.label} down ({told or 'for no reason that it tells'}); "
            "nothing of it was read: mend that and repeat the command, or read with --lane live"
        )

    async def _fetch(self, part: Part) -> None:
        """Bring the files of a batch down."""
        for file_id, path in (
            (part.output_id, output_path(self._folder, part.number)),
            (part.errors_id, errors_path(self._folder, part.number)),
        ):
            if file_id is None:
                continue
            try:
                await self._insistence.get(
                    f"fetching the results of {part.label}",
                    lambda name=file_id, to=path: self._door.fetch(name, to),
                    passing=_LATE_FILES,
                    missing=_UNKNOWN,
                )
            except OSError as error:
                raise unwritable(self._folder, error) from error

    def _tell_counts(self) -> None:
        """Say how far the batches are, if that has changed."""
        looks = self._looks.values()
        done, failed, total = (
            (
                sum(count)
                for count in zip(
                    *((one.completed, one.failed, one.total) for one in looks), strict=True
                )
            )
            if looks
            else (0, 0, 0)
        )
        states = ", ".join(sorted({one.status for one in looks})) or "none under way"
        told = f"batches: {len(looks)} ({states}), {done} of {total} requests done"
        told += f", {failed} failed" if failed else ""
        if told != self._told:
            self._told = told
            self._say(told)
