"""An endpoint on the loopback interface that is fast, fails as often as told, and counts calls.

    python benchmarks/jobs/endpoint.py ANSWERS.json [--delay 50] [--faults throttled=20,failing=5]

It prints its port and serves until it is ended. `POST /v1/chat/completions`, or
`/KIND/MILLISECONDS/v1/chat/completions` for answers of another kind or another delay, gives the
prepared answer that the marker of the article asks for (`Ref 000012`). `GET /count` tells what was
received and what was answered, also of clients that were killed; `GET /calls` only how many calls
were received.

Faults are exact: of every hundred calls so many get each, in an order that the seed decides.
"""

import argparse
import asyncio
import hashlib
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

MARKER = "Ref {:06d}"
"""What an article says somewhere, so that its answer is known."""

_MARKED = re.compile(rb"Ref (\d{6})")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_PATH = re.compile(r"/(?:(?P<kind>\w+)/(?P<delay>\d+)/)?v1/chat/completions")
_BLOCK = 100  # calls in which the quotas of the faults are met
_SOUND = "answered"
FAULTS = (
    "throttled",
    "failing",
    "hang_up",
    "slow",
    "prose",
    "half",
    "truncated",
    "refused",
    "page",
)
"""What a call may get instead of an answer."""
_COMPLETIONS = frozenset({_SOUND, "slow", "prose", "half", "truncated", "refused"})
_ERRORS = {"throttled": (429, "come later"), "failing": (500, "out of order")}
_LIMITED = "limited"  # a call beyond the allowed rate


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How the endpoint behaves."""

    delay: float = 0.05
    """Seconds until a reply."""
    faults: Mapping[str, int] = field(default_factory=dict[str, int])
    """Of every hundred calls, how many get which fault."""
    seed: int = 1
    rate: float | None = None
    """Calls a second that are let through; the others are told to come later."""
    retry_after: float = 1.0
    """Seconds that a call which is told to come later is asked to wait."""
    slow: float = 5.0
    """Seconds until a slow reply."""
    headers: bool = False
    """Whether replies tell of the rate, and of what is left."""
    hashes: bool = False
    """Whether calls are counted by what they ask, which takes time."""


@dataclass(kw_only=True)
class Counts:
    """What was received, and what became of it."""

    received: Counter[str] = field(default_factory=Counter[str])
    """Calls, by what they got or were about to get."""
    replied: Counter[str] = field(default_factory=Counter[str])
    """Replies that were sent to a client that was still there."""
    completions: int = 0
    """Replies that were completions, whatever they said."""
    requests: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    """By the hash of the body in canonical JSON: calls received, and completions sent."""
    first: float = 0.0
    last: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """All of it, for a client to read."""
        return {
            "calls": self.received.total(),
            "received": dict(self.received),
            "replied": dict(self.replied),
            "completions": self.completions,
            "requests": self.requests,
            "seconds": self.last - self.first,
        }


class Allowance:
    """A bucket of calls that fills at an even rate and holds those of one second."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._held, self._at = rate, time.monotonic()

    def take(self) -> float:
        """Take one call; the seconds to wait if there is none."""
        now = time.monotonic()
        self._held = min(self._held + (now - self._at) * self._rate, self._rate)
        self._at = now
        if self._held < 1:
            return (1 - self._held) / self._rate
        self._held -= 1
        return 0.0

    @property
    def held(self) -> int:
        """Calls that may be made now."""
        return int(self._held)


class Endpoint:
    """Answers calls, fails some, and counts all."""

    def __init__(self, answers: Mapping[str, Sequence[str]], manners: Manners) -> None:
        unknown = set(manners.faults) - set(FAULTS)
        if unknown or sum(manners.faults.values()) > _BLOCK:
            raise ValueError(f"faults are {', '.join(FAULTS)}, {_BLOCK} in all at most")
        self.counts = Counts()
        self._answers = {kind: [one.encode() for one in told] for kind, told in answers.items()}
        self._manners = manners
        self._fates = _fates(manners)
        self._next = next(self._fates)
        self._allowance = Allowance(manners.rate) if manners.rate else None

    def take(self, path: str, body: bytes) -> tuple[float, str, bytes, bytes]:
        """Take a call: seconds until the reply, what it gets, what it asked, and the reply."""
        asked = _PATH.fullmatch(path)
        if not asked:
            return 0.0, "lost", b"", _reply(404, {"error": {"message": f"no {path}"}})
        self.counts.last = time.monotonic()
        self.counts.first = self.counts.first or self.counts.last
        fate, wait = self._fate()
        self.counts.received[fate] += 1
        request = self._count_request(body)
        delay = int(asked["delay"]) / 1000 if asked["delay"] else self._manners.delay
        reply = self._reply(fate, asked["kind"] or "tollbook", body, wait)
        return self._manners.slow if fate == "slow" else delay, fate, request, reply

    def note(self, fate: str, request: bytes) -> None:
        """Note that a reply was sent."""
        self.counts.replied[fate] += 1
        if fate in _COMPLETIONS:
            self.counts.completions += 1
            if request:
                self.counts.requests[request.decode()][1] += 1

    def _fate(self) -> tuple[str, float]:
        """What the next call gets, and how long it is to wait if that is beyond the rate.

        What is told to come later anyway takes nothing of the allowance; and who comes too early
        takes no fate from those who do not.
        """
        wait = 0.0
        if self._allowance and self._next != "throttled":
            wait = self._allowance.take()
        if wait:
            return _LIMITED, wait
        fate, self._next = self._next, next(self._fates)
        return fate, 0.0

    def _count_request(self, body: bytes) -> bytes:
        if not self._manners.hashes:
            return b""
        canonical = json.dumps(
            json.loads(body), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        name = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
        self.counts.requests.setdefault(name, [0, 0])[0] += 1
        return name.encode()

    def _reply(self, fate: str, kind: str, body: bytes, wait: float) -> bytes:
        if fate == "hang_up":
            return b""
        if fate == "page":
            return _http(200, b"<html><body>Sign in</body></html>", kind="text/html")
        if fate in ("throttled", _LIMITED):
            after = f"retry-after: {wait or self._manners.retry_after:.3f}\r\n"
            return _error("throttled", after + self._limits())
        if fate == "failing":
            return _error(fate, self._limits())
        return _completion(fate, self._answer(kind, body), body, self._limits())

    def _answer(self, kind: str, body: bytes) -> bytes:
        prepared = self._answers[kind]
        marked = _MARKED.findall(body)
        return prepared[int(marked[-1]) % len(prepared)] if marked else prepared[0]

    def _limits(self) -> str:
        if not self._allowance or not self._manners.headers:
            return ""
        rate = cast("float", self._manners.rate)
        missing = max(rate - self._allowance.held, 0) / rate
        return (
            f"x-ratelimit-limit-requests: {int(rate * 60)}\r\n"
            f"x-ratelimit-remaining-requests: {self._allowance.held}\r\n"
            f"x-ratelimit-reset-requests: {missing:.3f}s\r\n"
        )


class Connection(asyncio.Protocol):
    """One connection of a client: calls come one after another."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Collect what arrives, and take every call that is whole."""
        self._held += data
        while (end := self._held.find(b"\r\n\r\n")) >= 0:
            head = self._held[:end]
            told = _LENGTH.search(head)
            whole = end + 4 + (int(told[1]) if told else 0)
            if len(self._held) < whole:
                return
            body, self._held = self._held[end + 4 : whole], self._held[whole:]
            method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ", 2)
            self._take(method, path, body)

    def _take(self, method: str, path: str, body: bytes) -> None:
        if method == "GET":
            counts = self._endpoint.counts
            whole = path == "/count"
            told = counts.as_json() if whole else {"calls": counts.received.total()}
            self._transport.write(_reply(200, told))
            return
        delay, fate, request, reply = self._endpoint.take(path, body)
        asyncio.get_running_loop().call_later(delay, self._send, fate, request, reply)

    def _send(self, fate: str, request: bytes, reply: bytes) -> None:
        if self._transport.is_closing():
            return
        self._endpoint.note(fate, request)
        if reply:
            self._transport.write(reply)
        else:
            self._transport.close()


def _fates(manners: Manners) -> Iterator[str]:
    """What each call gets: of every block of calls exactly so many get each fault."""
    draw = random.Random(manners.seed)
    faults = [fault for fault, times in manners.faults.items() for _ in range(times)]
    block = [*faults, *[_SOUND] * (_BLOCK - len(faults))]
    while True:
        draw.shuffle(block)
        yield from block


def _completion(fate: str, answer: bytes, body: bytes, headers: str) -> bytes:
    said = answer.decode()
    message: dict[str, Any] = {"role": "assistant", "content": said}
    match fate:
        case "prose":
            message["content"] = "The article tells of an attack in which people were killed."
        case "half" | "truncated":
            message["content"] = said[: len(said) // 2]
        case "refused":
            message = {"role": "assistant", "content": None, "refusal": "I cannot help with that."}
        case _:
            pass
    finish = "length" if fate == "truncated" else "stop"
    tokens = len(body) // 4, len(said) // 4  # four characters to a token, near enough
    told = {
        "id": "c-1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        "usage": {
            "prompt_tokens": tokens[0],
            "completion_tokens": tokens[1],
            "total_tokens": sum(tokens),
        },
    }
    return _reply(200, told, headers)


def _error(fate: str, headers: str) -> bytes:
    status, message = _ERRORS[fate]
    return _reply(status, {"error": {"message": message, "type": "some_error"}}, headers)


def _reply(status: int, told: object, headers: str = "") -> bytes:
    return _http(status, json.dumps(told).encode(), headers=headers)


def _http(status: int, body: bytes, *, kind: str = "application/json", headers: str = "") -> bytes:
    head = (
        f"HTTP/1.1 {status} Told\r\ncontent-type: {kind}\r\n{headers}"
        f"content-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _faults(words: str) -> dict[str, int]:
    told = (part.partition("=") for part in words.split(",") if part)
    return {name: int(times) for name, _, times in told}


async def serve(endpoint: Endpoint) -> None:
    """Serve at any free port, and print which, until the process is ended."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Connection(endpoint), "127.0.0.1", 0, backlog=1024, start_serving=True
    )
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


def main() -> None:
    """Read what to answer and how to behave, and serve."""
    parser = argparse.ArgumentParser(description="A fast endpoint that counts.")
    parser.add_argument("answers", type=Path, help="JSON: for each kind a list of answers")
    parser.add_argument("--delay", type=int, default=50, help="milliseconds until a reply")
    parser.add_argument("--faults", type=_faults, default={}, help="of 100 calls: throttled=20,…")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, help="calls a second that are let through")
    parser.add_argument("--retry-after", type=float, default=1.0, help="seconds, as a 429 asks")
    parser.add_argument("--slow", type=float, default=5.0, help="seconds of a slow reply")
    parser.add_argument("--headers", action="store_true", help="tell of the rate")
    parser.add_argument("--hashes", action="store_true", help="count calls by what they ask")
    asked = parser.parse_args()
    manners = Manners(
        delay=asked.delay / 1000,
        faults=asked.faults,
        seed=asked.seed,
        rate=asked.rate,
        retry_after=asked.retry_after,
        slow=asked.slow,
        headers=asked.headers,
        hashes=asked.hashes,
    )
    answers = cast("dict[str, list[str]]", json.loads(asked.answers.read_text("utf-8")))
    asyncio.run(serve(Endpoint(answers, manners)))


if __name__ == "__main__":
    main()
