"""The exchange: what stands between a model reader and its endpoint, and sees every call.

A reader that is alone calls its endpoint directly. A job puts its own exchange in between: it
answers from what is stored, waits for its turn, keeps to limits and caps, and writes down every
call before it is made.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from extractor.readers.troubles import Trouble


@dataclass(frozen=True, kw_only=True)
class Call:
    """One HTTP call that a reader is about to make."""

    article_id: str
    model: str
    request_sha256: str
    """Of the body in canonical JSON: the same request, asked again, has it again."""
    body: Mapping[str, Any]
    """What is sent, as the chat completions endpoint takes it."""
    n: int
    """Which call of this reading it is, from 1."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a call brought."""

    called: dict[str, Any] | Trouble
    """The body of a completion, or the trouble."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    milliseconds: float = 0.0
    """Wall-clock time of the call."""
    usd: float | None = None
    """What it cost in US dollars; empty if no price is known."""
    stored: bool = False
    """Whether it was kept from an earlier call: nothing was sent, and nothing paid again."""


Send = Callable[[], Awaitable[Reply]]
"""Makes the call, once; trouble is a reply, not an error."""


class Exchange(Protocol):
    """Decides when a call is made, or gives back what an earlier one brought."""

    async def __call__(self, call: Call, send: Send) -> Reply:
        """Bring the reply to a call.

        Raises:
            TollbookError: the call may not be made; the reading ends with that error.
        """
        ...


async def call_directly(call: Call, send: Send) -> Reply:
    """Make the call at once: the exchange of a reader that belongs to no job."""
    return await send()
