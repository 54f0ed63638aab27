"""The door to an endpoint's batches: files go up, batches are made and looked at, files come down.

Trouble is a value here, as it is for a single call; who asks again, and when, is decided above.
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from extractor.readers.calls import name_of
from extractor.readers.client import client_errors, key_of, open_client, read_error
from extractor.readers.quiet import hush, let_go
from extractor.readers.troubles import Secrets, Trouble, Verdict, tell
from extractor.settings import EndpointSettings

if TYPE_CHECKING:
    from openai.types import Batch, FileObject

PATH = "/v1/chat/completions"
"""What every request of a batch is put to."""

_OVER = frozenset({"completed", "failed", "expired", "cancelled"})
_WINDOW = "24h"  # the only one there is
_PAGE = 100  # batches; the most that a listing gives at a time
_BIT = 1 << 16  # bytes

_Got = TypeVar("_Got")


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """What an endpoint found wrong with the file of a batch."""

    code: str
    message: str
    line: int | None
    """Of the file, from 1; empty if it is no single line's fault."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """A batch as the endpoint states it at a moment."""

    id: str
    status: str
    output_file_id: str | None = None
    error_file_id: str | None = None
    total: int = 0
    completed: int = 0
    failed: int = 0
    complaints: tuple[Complaint, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in _OVER


class BatchDoor:
    """The batches of an endpoint, through one client."""

    def __init__(self, settings: EndpointSettings) -> None:
        hush(self)
        self._client = open_client(settings)
        # Some endpoints keep results at another address, and point there.
        self._fetching = open_client(settings, follows=True)
        self._errors = client_errors()
        self.secrets = Secrets(key=key_of(settings), article="")

    async def upload(self, path: Path) -> str | Trouble:
        """Send the file of a batch, bit by bit; its id."""

        async def send() -> str:
            with path.open("rb") as file:
                sent = await self._client.files.create(file=(path.name, file), purpose="batch")
            return _id_of(sent)

        return await self._try(send)

    async def create(self, file_id: str, names: Mapping[str, str]) -> Look | Trouble:
        """Make a batch of a file; it is paid for from here on.

        Args:
            file_id: as `upload` gave it.
            names: what it can be found by.
        """

        async def make() -> Look:
            made = await self._client.batches.create(
                input_file_id=file_id,
                endpoint=PATH,
                completion_window=_WINDOW,
                metadata=dict(names),
            )
            return self._look(made)

        return await self._try(make)

    async def look(self, batch_id: str) -> Look | Trouble:
        """How far a batch has come."""

        async def ask() -> Look:
            return self._look(await self._client.batches.retrieve(batch_id))

        return await self._try(ask)

    async def find(
        self, file_id: str, names: Mapping[str, str], *, since: float
    ) -> Look | Trouble | None:
        """The batch that was made of a file and bears these names; `None` if there is none.

        Batches whose file was found wrong are passed over, since nothing will come of them.

        Args:
            file_id: of the file.
            names: of the batch.
            since: seconds since 1970; what was made before is not looked at.
        """

        async def search() -> Look | None:
            async for batch in self._listed(since):
                if batch.status != "failed" and _is_of(batch, file_id, names):
                    return self._look(batch)
            return None

        return await self._try(search)

    async def cancel(self, batch_id: str) -> Look | Trouble:
        """Ask the endpoint to do no more for a batch; what it has done is still paid."""

        async def ask() -> Look:
            return self._look(await self._client.batches.cancel(batch_id))

        return await self._try(ask)

    async def fetch(self, file_id: str, path: Path) -> Path | Trouble:
        """Bring a file down, bit by bit; it stands in its place only when it is whole.

        Raises:
            OSError: it cannot be written.
        """
        draft = path.with_name(f".{path.name}.draft")

        async def bring() -> Path:
            streaming = self._fetching.files.with_streaming_response
            async with streaming.content(file_id) as reply:
                with draft.open("wb") as file:
                    async for bit in reply.iter_bytes(_BIT):
                        file.write(bit)
                    file.flush()
                    os.fsync(file.fileno())
            return draft.replace(path)

        return await self._try(bring)

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.close()
        await self._fetching.close()
        let_go(self)

    async def _listed(self, since: float) -> AsyncIterator["Batch"]:
        async for batch in self._client.batches.list(limit=_PAGE):  # the newest come first
            if batch.created_at < since:
                return
            yield batch

    async def _try(self, send: Callable[[], Awaitable[_Got]]) -> _Got | Trouble:
        try:
            return await send()
        except self._errors as error:
            trouble, _ = read_error(error, self.secrets)
            return trouble
        except _StrangeReplyError:
            return Trouble(
                status="strange_reply",
                verdict=Verdict.FATAL,
                message="the reply is no file and no batch; check base_url",
            )

    def _look(self, batch: "Batch") -> Look:
        counts = batch.request_counts
        found = (batch.errors.data if batch.errors else None) or []
        return Look(
            id=_id_of(batch),
            status=batch.status,
            output_file_id=batch.output_file_id,
            error_file_id=batch.error_file_id,
            total=counts.total if counts else 0,
            completed=counts.completed if counts else 0,
            failed=counts.failed if counts else 0,
            complaints=tuple(
                Complaint(
                    code=name_of(one.code, self.secrets) or "",
                    message=tell(one.message or "", self.secrets),
                    line=one.line,
                )
                for one in found
            ),
        )


class _StrangeReplyError(Exception):
    """A reply that claims success and is not what was asked for."""


def _is_of(batch: "Batch", file_id: str, names: Mapping[str, str]) -> bool:
    # A copy of the run folder goes by the same names, and has files of its own.
    made_of: str | None = batch.input_file_id
    if made_of:
        return made_of == file_id
    bears = batch.metadata or {}
    return all(bears.get(key) == name for key, name in names.items())


def _id_of(made: "Batch | FileObject") -> str:
    # The client checks nothing: a page of HTML arrives as a string.
    found: object = getattr(made, "id", None)
    if not isinstance(found, str):
        raise _StrangeReplyError
    return found
