"""A scripted endpoint on the loopback interface: each call gets the next step of a script."""

import json
import socket
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

EMPTY_ANSWER: dict[str, Any] = {"incidents": [], "cumulative": []}
USAGE: dict[str, Any] = {
    "prompt_tokens": 100,
    "completion_tokens": 10,
    "total_tokens": 110,
    "prompt_tokens_details": {"cached_tokens": 40},
    "completion_tokens_details": {"reasoning_tokens": 3},
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one call gets: a status, headers and a body; late, in drops, or nothing at all."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict[str, str])
    delay: float = 0.0
    drip: float = 0.0
    hang_up: bool = False


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    raw: bytes

    @property
    def messages(self) -> list[dict[str, Any]]:
        return self.body["messages"]


def says(
    content: object, *, finish: str = "stop", usage: object = USAGE, **message: object
) -> Step:
    """A completion; what is no text is sent as JSON."""
    told = content if content is None or isinstance(content, str) else json.dumps(content)
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": told, **message},
    }
    return replies({"choices": [choice], **({"usage": usage} if usage is not None else {})})


def replies(body: object, *, status: int = 200, **headers: str) -> Step:
    """Any JSON; a keyword `retry_after` becomes the header `retry-after`."""
    shell = {"id": "c-1", "object": "chat.completion", "created": 1, "model": "m"}
    whole: object = {**shell, **cast("dict[str, Any]", body)} if isinstance(body, dict) else body
    return Step(
        status=status,
        body=json.dumps(whole).encode(),
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


def fails(status: int, message: str = "no", *, code: str | None = None, **headers: str) -> Step:
    """An error in OpenAI's shape."""
    error = {"message": message, "type": "some_error", "code": code}
    return Step(
        status=status,
        body=json.dumps({"error": error}).encode(),
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


def late(step: Step, seconds: float) -> Step:
    """The same step after a while."""
    return Step(status=step.status, body=step.body, headers=step.headers, delay=seconds)


def dripping(step: Step, seconds: float) -> Step:
    """The same step in small pieces, with a pause after each."""
    return Step(status=step.status, body=step.body, headers=step.headers, drip=seconds)


HANG_UP = Step(hang_up=True)


class _Server(ThreadingHTTPServer):
    endpoint: "ScriptedEndpoint"
    request_queue_size = 64  # at the usual 5, calls at the same time wait a second to connect

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError):  # a client that gave up is part of the script
            self.endpoint.failures.append(repr(error))


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        endpoint = cast("_Server", self.server).endpoint
        raw = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(path=self.path, headers=headers, body=json.loads(raw), raw=raw)
        step, number = endpoint.take(call)
        if step.hang_up:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if step.delay:
            endpoint.stopping.wait(step.delay)
        self.send_response(step.status)
        named = {
            "content-type": "application/json",
            "x-request-id": f"req-{number}",
            "content-length": str(len(step.body)),
        }
        for name, value in {**named, **step.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if not step.drip:
            self.wfile.write(step.body)
            return
        for start in range(0, len(step.body), 100):
            self.wfile.write(step.body[start : start + 100])
            endpoint.stopping.wait(step.drip)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it overrides
        pass


class ScriptedEndpoint:
    """Serves a script, one step a call, the last one for ever; keeps every call."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.calls: list[Call] = []
        self.failures: list[str] = []
        self.stopping = threading.Event()
        self._steps = list(steps)
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.endpoint = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def take(self, call: Call) -> tuple[Step, int]:
        with self._lock:
            self.calls.append(call)
            number = len(self.calls)
            return self._steps[min(number, len(self._steps)) - 1], number

    def stop(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        assert not self.failures
