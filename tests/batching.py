"""A batch endpoint on the loopback interface: it works files off, as told, and counts what it does.

It answers single calls as well, with the same answers, so that both lanes can be compared.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from asking import ARTICLE, incident_answer
from loopback import USAGE

_UNDER_WAY = ("validating", "in_progress")

Body = dict[str, Any]
Answering = Callable[[Body, int], tuple[int, Body]]
"""What the model says to a body, and to the same body asked the second, third … time."""


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What becomes of a batch."""

    looks: int = 1
    """How often it is seen in progress before it ends."""
    status: str = "completed"
    is_done: Callable[[int], bool] = lambda line: True
    """Which requests are worked off, by the number of their line from 0."""
    tells_rest: bool = True
    """Whether the error file mentions the others."""
    more: Sequence[Body] = ()
    """Further lines of the output file."""
    doubled: bool = False
    """Whether the first result of the output file comes again in the end, and says otherwise."""
    errors: Sequence[Body] = ()
    """What is wrong with its file."""


@dataclass(kw_only=True)
class Made:
    """A batch."""

    id: str
    file: str
    metadata: Body
    fate: Fate
    created: int
    looks: int = 0
    status: str = "validating"
    output: str | None = None
    error: str | None = None
    counts: tuple[int, int] = (0, 0)


@dataclass(kw_only=True)
class Held:
    """A step whose reply is held back."""

    step: str
    reached: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)


_SCRIPTS = {
    "empty once": ("empty",),
    "empty, then broken": ("empty", "broken"),
    "broken, then empty, then broken": ("broken", "empty", "broken"),
}
"""What comes of the same body, before it is answered as usual."""


def completion(content: object, *, finish: str = "stop", **message: object) -> Body:
    told = content if content is None or isinstance(content, str) else json.dumps(content)
    whole = {"role": "assistant", "content": told, **message}
    return {
        "id": "c-1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": finish, "message": whole}],
        "usage": USAGE,
    }


def error(message: str, code: str | None = None) -> Body:
    return {"error": {"message": message, "type": "some_error", "code": code}}


def answering(body: Body, times: int) -> tuple[int, Body]:
    """An answer that the text of the article asks for."""
    text = text_of(body)
    again = ARTICLE not in body["messages"][-1]["content"]
    if "[prose once]" in text and not again:
        return 200, completion("Two people died.")
    if "[prose]" in text:
        return 200, completion("Two people died.")
    if "[refusal]" in text:
        return 200, completion(None, refusal="I cannot help.")
    if "[cut]" in text:
        return 200, completion('{"incidents": [', finish="length")
    if "[filter]" in text:
        return 400, error("flagged by the content management policy", "content_filter")
    if "[long]" in text:
        return 400, error("maximum context length is 8 tokens", "context_length_exceeded")
    for script, steps in _SCRIPTS.items():
        if f"[{script}]" in text and times <= len(steps):
            return (200, completion("")) if steps[times - 1] == "empty" else (500, error("no"))
    if "[broken once]" in text and times == 1:
        return 500, error("broken")
    if "[busy once]" in text and times == 1:
        return 429, error("slow down")
    if "[broken]" in text:
        return 500, error("broken")
    return 200, completion(incident_answer())


def text_of(body: Body) -> str:
    """What a request tells of, with what stands around it."""
    told = [one["content"] for one in body["messages"] if one["role"] == "user"]
    return next(one for one in told if ARTICLE in one)


class BatchEndpoint:
    """Serves files, batches and single calls; keeps what it was asked."""

    def __init__(self) -> None:
        self.answer: Answering = answering
        self.fates: list[Fate] = []
        """Of the batches in the order they are made; the usual one for further ones."""
        self.faults: dict[str, list[tuple[int, Body]]] = {}
        """What a step is answered with instead, once each: upload, create, look, list, fetch."""
        self.asked: Counter[str] = Counter()
        """How often the model was asked for each article, by its text: what is paid for."""
        self.live = 0
        """Single calls."""
        self.steps: list[str] = []
        self.held: Held | None = None
        self.batches: list[Made] = []
        self.files: dict[str, bytes] = {}
        self.uploads: list[bytes] = []
        self.failures: list[str] = []
        self.cancelled: list[str] = []
        self.is_narrow = False
        """Whether it refuses a batch while another is under way."""
        self.points_on = False
        """Whether it keeps files at another address, and points there."""
        self.most_under_way = 0
        self._times: Counter[str] = Counter()
        self._lock = threading.RLock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.endpoint = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def forget(self) -> None:
        """Take every question for a new one."""
        self.asked.clear()
        self._times.clear()

    def requests_of(self, upload: int) -> list[Body]:
        return [json.loads(line) for line in self.uploads[upload].splitlines()]

    @contextmanager
    def holding(self, step: str) -> Generator[Held]:
        """Hold the next reply to a step back, after it was taken."""
        held = self.held = Held(step=step)
        try:
            yield held
        finally:
            self.held = None
            held.go_on.set()

    def wait_for(self, step: str) -> None:
        """Wait until a step was asked for."""
        deadline = time.monotonic() + 30
        while step not in self.steps:
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def stop(self) -> None:
        if self.held:
            self.held.go_on.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        assert not self.failures

    def serve(self, method: str, path: str, raw: bytes, kind: str) -> tuple[int, bytes]:
        """What a request is answered with."""
        step, act = self._route(method, urlsplit(path).path, raw, kind, urlsplit(path).query)
        with self._lock:
            self.steps.append(step)
            faults = self.faults.get(step)
            if faults:
                status, body = faults.pop(0)
                if status > 0:
                    return status, json.dumps(body).encode()
                act()  # it is done, but nobody is told
                return -status, json.dumps(body).encode()
            told = act()
        held = self.held
        if held and held.step == step:
            held.reached.set()
            held.go_on.wait(30)
        return told

    def _route(
        self, method: str, path: str, raw: bytes, kind: str, query: str
    ) -> tuple[str, Callable[[], tuple[int, bytes]]]:
        match (method, path.removeprefix("/v1/").split("/")):
            case ("POST", ["files"]):
                return "upload", lambda: self._upload(raw, kind)
            case ("GET", ["files", name, "content"]) if self.points_on:
                return "point", lambda: (302, f"/stored/{name}".encode())
            case ("GET", ["files", name, "content"] | ["", "stored", name]):
                return "fetch", lambda: self._fetch(name)
            case ("POST", ["batches"]):
                return "create", lambda: self._create(json.loads(raw))
            case ("GET", ["batches"]):
                return "list", lambda: self._list(parse_qs(query))
            case ("GET", ["batches", name]):
                return "look", lambda: self._look(name)
            case ("POST", ["batches", name, "cancel"]):
                return "cancel", lambda: self._cancel(name)
            case ("POST", ["chat", "completions"]):
                return "chat", lambda: self._chat(json.loads(raw))
            case _:
                return "stray", lambda: (404, json.dumps(error("no such path")).encode())

    def _upload(self, raw: bytes, kind: str) -> tuple[int, bytes]:
        boundary = kind.partition("boundary=")[2].encode()
        parts = raw.split(b"--" + boundary)
        assert any(b'name="purpose"\r\n\r\nbatch\r\n' in part for part in parts)
        (held,) = (part for part in parts if b"filename=" in part)
        content = held.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
        self.uploads.append(content)
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        told = {"id": name, "object": "file", "bytes": len(content), "purpose": "batch"}
        return 200, json.dumps({**told, "created_at": 1, "filename": "f", "status": "ok"}).encode()

    def _fetch(self, name: str) -> tuple[int, bytes]:
        if name not in self.files:
            return 404, json.dumps(error("no such file")).encode()
        return 200, self.files[name]

    def _create(self, asked: Body) -> tuple[int, bytes]:
        assert asked["endpoint"] == "/v1/chat/completions"
        assert asked["completion_window"] == "24h"
        ids = [
            json.loads(line)["custom_id"]
            for line in self.files[asked["input_file_id"]].splitlines()
        ]
        assert len(set(ids)) == len(ids)
        under_way = sum(made.status in _UNDER_WAY for made in self.batches)
        if self.is_narrow and under_way:
            return 429, json.dumps(error("one batch at a time")).encode()
        self.most_under_way = max(self.most_under_way, under_way + 1)
        made = Made(
            id=f"batch_{len(self.batches) + 1}",
            file=asked["input_file_id"],
            metadata=asked["metadata"],
            fate=self.fates.pop(0) if self.fates else Fate(),
            created=int(time.time()),
        )
        self.batches.append(made)
        return 200, self._told(made)

    def _list(self, query: dict[str, list[str]]) -> tuple[int, bytes]:
        newest = [*reversed(self.batches)]
        after = query.get("after")
        if after:
            newest = newest[1 + [made.id for made in newest].index(after[0]) :]
        page = newest[:2]  # so that there are several pages
        told = [json.loads(self._told(made)) for made in page]
        whole = {"object": "list", "data": told, "has_more": len(newest) > len(page)}
        return 200, json.dumps(whole).encode()

    def _look(self, name: str) -> tuple[int, bytes]:
        (made,) = (made for made in self.batches if made.id == name)
        made.looks += 1
        if made.status in _UNDER_WAY:
            made.status = "in_progress"
            if made.looks > made.fate.looks:
                self._end(made)
        return 200, self._told(made)

    def _cancel(self, name: str) -> tuple[int, bytes]:
        (made,) = (made for made in self.batches if made.id == name)
        self.cancelled.append(name)
        made.status = "cancelling"
        return 200, self._told(made)

    def _chat(self, body: Body) -> tuple[int, bytes]:
        self.live += 1
        status, told = self._ask(body)
        return status, json.dumps(told).encode()

    def _ask(self, body: Body) -> tuple[int, Body]:
        key = json.dumps(body, sort_keys=True)
        self._times[key] += 1
        status, told = self.answer(body, self._times[key])
        if status == 200:
            self.asked[key] += 1
        return status, told

    def _end(self, made: Made) -> None:
        made.status = made.fate.status
        if made.fate.errors:
            return
        output: list[Body] = []
        errors: list[Body] = []
        lines = self.files[made.file].splitlines()
        for number, line in enumerate(lines):
            asked = json.loads(line)
            name = {"id": f"batch_req_{number}", "custom_id": asked["custom_id"]}
            if made.fate.is_done(number):
                status, body = self._ask(asked["body"])
                response = {"status_code": status, "request_id": f"req-{number}", "body": body}
                whole = {**name, "response": response, "error": None}
                (output if status == 200 else errors).append(whole)
            elif made.fate.tells_rest:
                told = {"code": f"batch_{made.status}", "message": "This was not carried out."}
                errors.append({**name, "response": None, "error": told})
        if made.fate.doubled:
            again = json.loads(json.dumps(output[0]))
            again["response"]["body"] = completion("something else")
            output.append(again)
        output.reverse()  # nothing may depend on the order
        if made.fate.doubled:
            output.append(output.pop(0))
        output.extend(made.fate.more)
        made.counts = (len(output), len(errors))
        made.output = self._keep(output, made.id, "output")
        made.error = self._keep(errors, made.id, "error")

    def _keep(self, lines: list[Body], batch: str, kind: str) -> str | None:
        if not lines:
            return None
        name = f"file-{kind}-{batch}"
        self.files[name] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
        return name

    def _told(self, made: Made) -> bytes:
        total = len(self.files[made.file].splitlines())
        found = {"object": "list", "data": list(made.fate.errors)}
        is_failed = made.status == "failed" and made.fate.errors
        return json.dumps(
            {
                "id": made.id,
                "object": "batch",
                "endpoint": "/v1/chat/completions",
                "completion_window": "24h",
                "created_at": made.created,
                "input_file_id": made.file,
                "status": made.status,
                "metadata": made.metadata,
                "output_file_id": made.output,
                "error_file_id": made.error,
                "errors": found if is_failed else None,
                "request_counts": {
                    "total": total,
                    "completed": made.counts[0],
                    "failed": made.counts[1],
                },
            }
        ).encode()


class _Server(ThreadingHTTPServer):
    endpoint: BatchEndpoint
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        import sys

        failure = sys.exc_info()[1]
        if not isinstance(failure, ConnectionError):  # a client that was killed is part of it
            self.endpoint.failures.append(repr(failure))


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self._read())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it overrides
        pass

    def _read(self) -> bytes:
        if self.headers.get("transfer-encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("content-length", "0")))
        whole = b""
        while size := int(self.rfile.readline(), 16):
            whole += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return whole

    def _serve(self, raw: bytes) -> None:
        endpoint = cast("_Server", self.server).endpoint
        kind = self.headers.get("content-type", "")
        status, body = endpoint.serve(self.command, self.path, raw, kind)
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        if status == 302:
            self.send_header("location", body.decode())
        self.end_headers()
        self.wfile.write(body)
