"""The exchange of the batch lane: answers are kept ones; what has none is noted for the next batch.

The readings are those of the live lane. One that meets a request without an answer ends there,
without an outcome, and its article is taken up again when the batch is back. Troubles that a batch
brought are given back one by one, as if they happened now: so the reading concludes from them what
it would have concluded in the live lane, and its attempts tell them.
"""

from pathlib import Path

from extractor.errors import ArticleCapError, CapError, DeferredError, StoreError
from extractor.jobs.batch.part import FOLDER, Draft, PartLimits, line_of
from extractor.jobs.batch.table import Batches
from extractor.jobs.caps import Limits
from extractor.jobs.exchange import Begun, JobExchange
from extractor.jobs.journal import Journal
from extractor.jobs.prices import Prices
from extractor.jobs.telemetry import SILENCE, Telemetry
from extractor.readers.exchange import Call, Reply, Send
from extractor.settings import EndpointSettings


class BatchExchange(JobExchange):
    """What stands between the readings of a job and the batches."""

    lane = "batch"

    def __init__(
        self,
        settings: EndpointSettings,
        *,
        prices: Prices | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        telemetry: Telemetry = SILENCE,
    ) -> None:
        """Stand ready, as the exchange of the live lane does.

        Args:
            settings: how large a part may be, beside what the live lane wants to know.
            prices: what calls cost; those of known hosts by default.
            limits: what the run and each of its articles may come to.
            telemetry: told of every answer that is given.
        """
        super().__init__(settings, prices=prices, limits=limits, telemetry=telemetry)
        self.is_closed = False
        """Whether requests without an answer are not noted any more."""
        self.is_full = False
        """Whether no further article should be begun until some batches are back."""
        self.cap: CapError | None = None
        """The cap of the run, if it was reached in this round."""
        self._most_parts = settings.batches_at_once
        self._part_limits = PartLimits(
            requests=settings.batch_requests,
            bytes=settings.batch_bytes,
            tokens=settings.batch_tokens,
        )
        self._folder: Path | None = None
        self._batches: Batches | None = None
        self._draft: Draft | None = None
        self._open_parts = 0
        self._next = 1
        self._rounds = self._kept_before = 0
        self._met: dict[str, list[int]] = {}
        self._told: list[int] = []

    def open(self, journal: Journal, batches: Batches, folder: Path) -> None:
        """Let requests be noted, once the run folder is open and locked.

        Args:
            journal: where they are written down, and answers are kept.
            batches: the parts of the run.
            folder: of the run.
        """
        self._batches = batches
        self._next = batches.next_number()
        self._folder = folder / FOLDER
        self.begin(journal)

    def begin_round(self, *, is_last: bool = False) -> None:
        """Count anew what the run came to, and begin to note requests for further batches.

        Args:
            is_last: whether there are to be no further batches.
        """
        if self.journal is None or self._batches is None:
            raise _not_open()
        self.forget_own_answers()
        self.begin(self.journal)
        self._open_parts = len(self._batches.open())
        self.cap = None
        self.is_closed = is_last
        self.is_full = is_last or self._open_parts >= self._most_parts

    def forget_own_answers(self) -> None:
        """Count as kept only what the first round found: later ones find what was just paid."""
        if self._rounds:
            self._kept_before = self._kept_before if self._rounds > 1 else self.answers_kept
            self.answers_kept = self._kept_before
        self._rounds += 1

    async def end_round(self) -> None:
        """Seal the part that was being written.

        Raises:
            StoreError: it cannot be written.
        """
        draft, self._draft = self._draft, None
        if draft:
            await self._seal(draft)

    def drop_draft(self) -> None:
        """Let go of the part that was being written; nothing of it was sent."""
        draft, self._draft = self._draft, None
        if draft:
            draft.drop()

    def settle(self, article_id: str) -> None:
        """Let go of an article that has its outcome."""
        self._told += self._met.pop(article_id, [])

    async def mark_told(self) -> None:
        """Note which troubles articles have ended by: one that is read again has all its tries."""
        told, self._told = self._told, []
        if told and self._batches:
            await self._batches.mark_told(told)

    async def __call__(self, call: Call, send: Send) -> Reply:
        """What batches brought for this very request; else it is noted for the next one.

        Raises:
            DeferredError: no batch has brought its answer yet.
            ArticleCapError: a cap of the article is reached, and the request is not noted.
            StoreError: the request cannot be written down.
        """
        if self._batches is None:
            raise _not_open()
        troubles = self._batches.troubles(call)
        if call.tried < len(troubles):
            number, trouble = troubles[call.tried]
            self._met.setdefault(call.article_id, []).append(number)
            return Reply(called=trouble, stored=True)
        return await super().__call__(call, send)

    async def _make(self, call: Call, send: Send, begun: Begun) -> Reply:
        """Note a request, instead of sending it."""
        if self._batches is None:
            raise _not_open()
        if not self.is_closed and not self._batches.is_on_its_way(call.request_sha256):
            await self._note(call, begun)
        self._met.pop(call.article_id, None)  # it meets them again
        raise DeferredError(f"article {call.article_id!r} waits for a batch to bring its answer")

    async def _note(self, call: Call, begun: Begun) -> None:
        try:
            reservation = await begun.caps.reserve(call, lane="batch")
        except ArticleCapError:
            raise
        except CapError as error:
            # What is on its way may cost less than it could have.
            self.cap = error
            self.is_closed = self.is_full = True
            return
        # Counted with the most that it can come to until its result is there; so nothing of it
        # needs to stay in memory.
        begun.caps.forfeit(reservation)
        line = line_of(call)
        draft = await self._draft_for(line)
        # Line and row belong together: nothing is waited for between them, and rows are written
        # in order, so that a part is never written down before its requests are.
        draft.add(line)
        await begun.journal.begin(call, most=reservation.most, lane="batch", batch=draft.part)

    async def _draft_for(self, line: bytes) -> Draft:
        """The part that a request is added to."""
        while (draft := self._draft) is not None:
            if draft.has_room(line, self._part_limits):
                return draft
            self._draft = None
            await self._seal(draft)
        if self._folder is None:
            raise _not_open()
        self._draft, self._next = Draft(self._folder, self._next), self._next + 1
        return self._draft

    async def _seal(self, draft: Draft) -> None:
        if self._batches is None:
            raise _not_open()
        draft.seal()
        await self._batches.seal(draft.part, requests=draft.requests, tokens=draft.tokens)
        self._open_parts += 1
        self.is_full = self.is_full or self._open_parts >= self._most_parts


def _not_open() -> StoreError:
    return StoreError("no run folder is open for the batches of this job; report it")
