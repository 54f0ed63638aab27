"""Calls and replies as a model reader makes them, for tests of what stands behind it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from extractor.readers.exchange import Call, Reply
from extractor.readers.troubles import Trouble, Verdict

BUSY = Trouble(status="http_429", verdict=Verdict.RETRY, message="busy", http_status=429)
BROKEN = Trouble(status="http_500", verdict=Verdict.RETRY, message="broken", http_status=500)


def make_call(article: str = "a1", *, asked: str | None = None, n: int = 1) -> Call:
    """A call about an article; two with equal `asked` are the same request."""
    words = asked or f"Read {article}."
    return Call(
        article_id=article,
        model="m",
        request_sha256=f"sha of {words}",
        body={"model": "m", "messages": [{"role": "user", "content": words}]},
        n=n,
    )


def make_body(
    told: str = "{}", *, prompt: int | None = 100, completion: int = 10
) -> dict[str, Any]:
    """A completion; without `prompt` it states no tokens."""
    message = {"role": "assistant", "content": told}
    body: dict[str, Any] = {"choices": [{"index": 0, "finish_reason": "stop", "message": message}]}
    if prompt is not None:
        body["usage"] = {"prompt_tokens": prompt, "completion_tokens": completion}
    return body


def make_reply(called: dict[str, Any] | Trouble | None = None, **changed: Any) -> Reply:
    fields: dict[str, Any] = {
        "called": make_body() if called is None else called,
        "milliseconds": 50.0,
        "request_id": "req-1",
    }
    return Reply(**{**fields, **changed})


@dataclass(kw_only=True)
class Sender:
    """Sends nothing anywhere, but counts, and answers as it is told."""

    replies: list[Reply] = field(default_factory=list[Reply])
    """What calls bring, in order; afterwards a completion for each."""
    sent: int = 0
    most_at_once: int = 0
    before: Callable[[], Awaitable[None]] | None = None
    """Awaited while a call is on its way."""
    _now: int = 0

    async def __call__(self) -> Reply:
        self.sent += 1
        number = self.sent
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            await (self.before() if self.before else asyncio.sleep(0))
        finally:
            self._now -= 1
        return self.replies[number - 1] if number <= len(self.replies) else make_reply()
