"""Posting: a part is uploaded and a batch is made of it, once, whatever kills the process."""

from pathlib import Path

from extractor.errors import StoreError
from extractor.jobs.batch.insisting import Insistence
from extractor.jobs.batch.part import requests_path
from extractor.jobs.batch.table import Batches, Part, PartState
from extractor.readers.batches import BatchDoor, Look
from extractor.readers.troubles import Trouble
from extractor.settings import EndpointSettings

_CLOCKS_APART = 86_400.0  # seconds that the endpoint's clock may differ from ours, at most
_LISTED_AFTER = 5.0  # seconds, within which a batch that was just made should be listed


class Poster:
    """Posts the parts of a run.

    Between the moment when a batch is made and that when its id is stored, the process may be
    killed. Whoever goes on looks for the batch by the names of the part, before making another.
    """

    def __init__(
        self,
        settings: EndpointSettings,
        folder: Path,
        batches: Batches,
        door: BatchDoor,
        insistence: Insistence,
    ) -> None:
        self._listed_after = min(_LISTED_AFTER, settings.poll_seconds)
        self._folder = folder
        self._batches = batches
        self._door = door
        self._insistence = insistence
        self._fresh: set[int] = set()
        """Parts that this process has uploaded, so that nobody can have made a batch of them."""

    async def post(self, part: Part, *, alone: bool) -> Part | None:
        """Make a batch of a part, or find the one that was made before.

        Args:
            part: of which no batch is known.
            alone: whether no other batch is under way, so that it is no use to wait for one.

        Returns:
            The part with its batch; `None` if the endpoint wants no more batches now.

        Raises:
            EndpointError: the endpoint takes no batches, or is down.
            InterruptedWaitError: the run was asked to stop.
        """
        self._insistence.check()
        uploaded = part if part.state is PartState.UPLOADED else await self._upload(part)

        async def make() -> Look | Trouble | None:
            found = None if part.number in self._fresh else await self.find(uploaded)
            if found is not None:
                return found
            made = await self._door.create(uploaded.file_id or "", uploaded.names)
            if isinstance(made, Trouble) and made.is_throttling:
                return made if alone else None
            self._fresh.discard(part.number)  # even if it failed: who knows what came of it
            return made

        look = await self._insistence.get(f"posting {part.label}", make)
        if look is None:
            return None
        return await self._batches.change(
            uploaded, PartState.POSTED, batch_id=look.id, status=look.status
        )

    async def find(self, part: Part) -> Look | Trouble | None:
        """The batch that was made of an uploaded part, if there is one.

        It is looked for twice, since a batch that was just made may not be listed yet.
        """
        since = part.written_at - _CLOCKS_APART
        for again in (True, False):
            found = await self._door.find(part.file_id or "", part.names, since=since)
            if found is not None or not again:
                return found
            await self._insistence.pause(self._listed_after)
        return None

    async def _upload(self, part: Part) -> Part:
        path = requests_path(self._folder, part.number)
        if not path.exists():
            raise StoreError(
                f"{str(path)!r} is missing: the requests of {part.label} were never sent; give "
                "the part up with --give-up-batches, and they are written anew"
            )
        file_id = await self._insistence.get(
            f"uploading {part.label}", lambda: self._door.upload(path)
        )
        self._fresh.add(part.number)
        return await self._batches.change(part, PartState.UPLOADED, file_id=file_id)
