"""Bounds of a reply: what is longer than any answer is given up before it fills the memory."""

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import cache
from typing import Any

MAX_REPLY_BYTES = 16 << 20
"""Of a reply as it stands: hundreds of times the longest sensible answer."""

MAX_PACKED_BYTES = 1 << 16
"""Of a reply that came packed though nobody asked for that; it may unpack to a thousand times."""


class ReplyTooLargeError(Exception):
    """A reply is longer than any answer."""


def bound(library: Any) -> Callable[[Any], Awaitable[None]]:
    """A hook for responses of a client that has their bodies end with an error if too long.

    Args:
        library: below the client: `httpx`, or what has its classes.

    Returns:
        What is called with every response, before its body is read.
    """

    async def hook(response: Any) -> None:
        packed = response.headers.get("content-encoding", "identity").strip().lower()
        most = MAX_REPLY_BYTES if packed in ("", "identity") else MAX_PACKED_BYTES
        response.stream = _bounded(library)(response.stream, most)

    return hook


@cache
def _bounded(library: Any) -> Any:
    class Bounded(library.AsyncByteStream):
        """A body that is handed on up to its bound."""

        def __init__(self, stream: Any, most: int) -> None:
            self._stream = stream
            self._most = most

        async def __aiter__(self) -> AsyncIterator[bytes]:
            left = self._most
            async for piece in self._stream:
                left -= len(piece)
                if left < 0:
                    raise ReplyTooLargeError(f"more than {self._most:,} bytes")
                yield piece

        async def aclose(self) -> None:
            await self._stream.aclose()

    return Bounded
