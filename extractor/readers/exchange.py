"""The exchange: what stands between a model reader and its endpoint, and sees every call.

A reader that is alone calls its endpoint directly. A job puts its own exchange in between: it
answers from what is stored, waits for its turn, keeps to limits and caps, and writes down every
call before it is made.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from extractor.readers.troubles import Trouble

MOST_TOKENS = 10**9
"""Tokens of a call: an endpoint that states more has not counted, and states none."""


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
    tried: int = 0
    """How many calls of this reading with the same request brought trouble."""
    answered: int = 0
    """How many calls of this reading with the same request brought a completion, of no use."""
    sent: bytes = field(default=b"", repr=False)
    """The body as it goes over the wire."""


@dataclass(frozen=True, kw_only=True)
class Usage:
    """The tokens of a call as the endpoint states them; empty where it states none."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cached_tokens: int | None = None
    """Share of the prompt tokens."""
    written_tokens: int | None = None
    """Share of the prompt tokens that went into a cache, for which some hosts ask more."""
    reasoning_tokens: int | None = None
    """Share of the completion tokens."""
    total_tokens: int | None = None

    @property
    def output_tokens(self) -> int | None:
        """What is paid as output: some hosts leave reasoning out of all counts but the total."""
        if self.completion_tokens is None or self.prompt_tokens is None:
            return self.completion_tokens
        return max(self.completion_tokens, (self.total_tokens or 0) - self.prompt_tokens)

    @property
    def tokens(self) -> int | None:
        """Tokens of prompt and output; empty if either is unknown."""
        output = self.output_tokens
        return None if self.prompt_tokens is None or output is None else self.prompt_tokens + output


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a call brought."""

    called: dict[str, Any] | Trouble
    """The body of a completion, or the trouble."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    request_id: str | None = None
    """The endpoint's name for the call, without a key that it may be made of."""
    milliseconds: float = 0.0
    """Wall-clock time of the call."""
    usd: float | None = None
    """What it cost in US dollars; empty if no price is known."""
    stored: bool = False
    """Whether it was kept from an earlier call: nothing was sent, and nothing paid again."""

    @property
    def usage(self) -> Usage:
        """The tokens of the call."""
        body = None if isinstance(self.called, Trouble) else self.called
        usage = _table(body, "usage")
        prompt = _table(usage, "prompt_tokens_details")
        return Usage(
            prompt_tokens=_tokens(usage, "prompt_tokens"),
            completion_tokens=_tokens(usage, "completion_tokens"),
            cached_tokens=_tokens(prompt, "cached_tokens"),
            written_tokens=_tokens(prompt, "cache_write_tokens"),
            reasoning_tokens=_tokens(
                _table(usage, "completion_tokens_details"), "reasoning_tokens"
            ),
            total_tokens=_tokens(usage, "total_tokens"),
        )


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


def _table(parent: dict[str, Any] | None, name: str) -> dict[str, Any] | None:
    child = parent.get(name) if parent else None
    return cast("dict[str, Any]", child) if isinstance(child, dict) else None


def _tokens(table: dict[str, Any] | None, name: str) -> int | None:
    count = table.get(name) if table else None
    return count if type(count) is int and 0 <= count <= MOST_TOKENS else None
