"""The calls made for one article: what each cost, and how long to wait before the next."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from extractor.article import sha256_of
from extractor.errors import TollbookError
from extractor.readers.exchange import Reply
from extractor.readers.replies import Ending, text_of
from extractor.readers.troubles import Secrets, Trouble
from extractor.records import Attempt
from extractor.request import Request

BACKOFF_SECONDS = 0.5
"""Longest first wait of our own choice; each further one may be twice as long."""

_NAME_CHARACTERS = 128  # of a name that an endpoint makes up


def wait_seconds(tries: int, *, asked: float | None, cap: float, draw: float) -> float:
    """How long to wait after so many tries.

    The wait is full jitter (`draw` is a random share of the longest wait), on top of what the
    endpoint asks for, so that many readers neither come early nor all come back at once. Where it
    asks for a wait, it knows when there is room again: the jitter is no longer than that wait.
    """
    longest = BACKOFF_SECONDS * 2 ** min(tries - 1, 16)
    if asked is not None:
        longest = min(longest, max(asked, BACKOFF_SECONDS))
    return min((asked or 0.0) + draw * longest, cap)


@dataclass(kw_only=True)
class Talk:
    """One reading in progress."""

    request: Request
    attempts: list[Attempt] = field(default_factory=list[Attempt])
    """Every call so far, in order."""
    raw: str | None = None
    """The latest answer, as it came."""
    answers: Counter[str] = field(default_factory=Counter[str])
    """How many completions each request has brought, by its hash."""
    waited: float = 0.0
    """Seconds waited between calls, by the reader's own choice or as the endpoint asked."""
    stopped: Ending | TollbookError | None = None
    """Why the latest question brought nothing to validate."""

    @property
    def seconds(self) -> float:
        """How long this reading has been calling and waiting to call again."""
        return self.waited + sum(attempt.milliseconds for attempt in self.attempts) / 1000

    def note(self, reply: Reply, *, request_sha256: str, secrets: Secrets) -> None:
        """Write down one call; tokens are the endpoint's own, empty if it states none.

        Names that the endpoint makes up are masked: it may make them of the key.
        """
        called = reply.called
        trouble = called if isinstance(called, Trouble) else None
        body = None if isinstance(called, Trouble) else called
        usage = reply.usage
        attempt = Attempt(
            n=len(self.attempts) + 1,
            status=trouble.status if trouble else "ok",
            request_sha256=request_sha256,
            finish_reason=name_of(_finish_reason(body), secrets),
            prompt_tokens=usage.prompt_tokens,
            completion_tokens=usage.completion_tokens,
            cached_tokens=usage.cached_tokens,
            reasoning_tokens=usage.reasoning_tokens,
            milliseconds=reply.milliseconds,
            usd=reply.usd,
            request_id=reply.request_id,
            message=trouble.message or None if trouble else None,
        )
        self.attempts.append(attempt)
        self.answers[request_sha256] += trouble is None

    def mark(self, status: str, message: str) -> None:
        """Note on the latest call what its answer turned out to be."""
        noted = {"status": status, "message": message}
        self.attempts[-1] = self.attempts[-1].model_copy(update=noted)

    def take_stop(self) -> Ending | TollbookError | None:
        """Why the latest question brought nothing to validate; the next one starts afresh."""
        stopped, self.stopped = self.stopped, None
        return stopped


def canonical_json(value: Any) -> str:
    """A value in one canonical JSON form."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256_of_json(value: Any) -> str:
    """SHA-256 of a value in its canonical JSON form."""
    return hashlib.sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Written:
    """The body of a call, written out."""

    sha256: str
    """Of its canonical JSON."""
    sent: bytes
    """As it goes over the wire."""


class Form:
    """The `response_format` of all calls of a reader, and the bodies that it stands in."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        self.form = form
        self._canonical = canonical_json(form)
        # A model answers in the order of the schema, so what is sent keeps that order.
        self._sent = json.dumps(form, ensure_ascii=False, separators=(",", ":"))

    def write(self, body: Mapping[str, Any]) -> Written:
        """Write out the body of a call with this form; what every call has is ready beforehand."""
        *static, last = cast("list[dict[str, str]]", body["messages"])
        messages = (*(_message_json(**one) for one in static), canonical_json(last))
        parts = {name: canonical_json(body[name]) for name in body.keys() - _LONG}
        parts["messages"] = f"[{','.join(messages)}]"
        return Written(
            sha256=sha256_of(_object({**parts, "response_format": self._canonical})),
            sent=_object({**parts, "response_format": self._sent}),
        )


_LONG = {"messages", "response_format"}


def _object(parts: Mapping[str, str]) -> bytes:
    whole = ",".join(f'"{name}":{parts[name]}' for name in sorted(parts))
    return f"{{{whole}}}".encode("utf-8", "surrogatepass")


@lru_cache(maxsize=32)  # a prompt's messages; of those with an article few come by here
def _message_json(role: str, content: str) -> str:
    return canonical_json({"role": role, "content": content})


def _finish_reason(body: dict[str, Any] | None) -> str | None:
    choices = body.get("choices") if body else None
    first = cast("list[Any]", choices)[0] if isinstance(choices, list) and choices else None
    finish = cast("dict[str, Any]", first).get("finish_reason") if isinstance(first, dict) else None
    return finish if isinstance(finish, str) else None


def name_of(words: str | None, secrets: Secrets) -> str | None:
    """A name that an endpoint made up, without a key that it may be made of."""
    return text_of(secrets.mask(words))[:_NAME_CHARACTERS] if words else None
