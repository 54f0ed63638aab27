"""A stand-in for a model: an endpoint on this machine that answers like one, without a model.

    python tools/stand_in.py [--port 8765] [--seed 1]

It reads the article out of the request, answers with what the built-in rules find, forgets a small
share of it, another one with every seed, and minds one line of the prompt: where the prompt does
not say who the speaker of a figure is, it puts every figure in the article's own voice. So the
whole loop of a prompt's developer can be tried without a key and without a network.
"""

import argparse
import asyncio
import json
import random
import re
import sys
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from extractor.article import Article
from extractor.codes import SpeakerType
from extractor.readers.baseline import BaselineReader
from extractor.readers.stochastic import forget
from extractor.request import Request
from extractor.wire import WireAnswer, WireSpeaker

MINDED = "The speaker is whoever the article names for the figure."
"""The line of the prompt that it minds."""

_SHOWN = re.compile(
    r"Published: (?P<day>\S+)\n.*?"
    r"(?:<title-(?P<fence>[0-9a-f]+)>\n(?P<title>.*?)\n</title-(?P=fence)>\n)?"
    r"<text-(?P<mark>[0-9a-f]+)>\n(?P<text>.*)\n</text-(?P=mark)>",
    re.DOTALL,
)
_VOICE = WireSpeaker(name_text=None, type=SpeakerType.ARTICLE_VOICE, via_text=None, is_party=False)


def main() -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="An endpoint that answers without a model.")
    parser.add_argument("--port", type=int, default=8765, help="0 takes any that is free")
    parser.add_argument("--seed", type=int, default=1, help="if the request has none")
    asked = parser.parse_args()
    try:
        server = serve(asked.port, asked.seed)
    except OSError as error:
        sys.stderr.write(f"port {asked.port}: {error.strerror}; name another with --port\n")
        return 2
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}/v1\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


def serve(port: int, seed: int) -> ThreadingHTTPServer:
    """The endpoint, ready to serve on the loopback interface."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
    server.seed = seed  # type: ignore[attr-defined]
    return server


def answer(body: dict[str, Any], seed: int) -> WireAnswer:
    """What it answers to a request.

    Raises:
        ValueError: the last message shows no article.
    """
    messages = cast("list[dict[str, str]]", body["messages"])
    article = _article(messages[-1]["content"])
    request = Request(article=article, messages=())
    found = asyncio.run(BaselineReader().read(request)).answer
    draw = random.Random(f"{body.get('seed') or seed} {article.text_sha256}")
    told = forget(found, draw)
    is_told_who = any(MINDED in one["content"] for one in messages if one["role"] == "system")
    return told if is_told_who else _voiceless(told)


def _article(shown: str) -> Article:
    if (found := _SHOWN.fullmatch(shown)) is None:
        raise ValueError("no article is shown in the last message")
    day = None if found["day"] == "unknown" else date.fromisoformat(found["day"])
    return Article.of(found["text"], title=found["title"], published_at=day)


def _voiceless(told: WireAnswer) -> WireAnswer:
    incidents = [
        one.model_copy(
            update={
                "counts": [claim.model_copy(update={"speakers": [_VOICE]}) for claim in one.counts]
            }
        )
        for one in told.incidents
    ]
    return told.model_copy(update={"incidents": incidents})


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        seed = cast("Any", self.server).seed
        try:
            told = answer(body, seed).model_dump_json()
        except (ValueError, KeyError) as error:
            self._send(400, {"error": {"message": str(error), "type": "invalid_request_error"}})
            return
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": told},
        }
        shell = {"id": "stand-in", "object": "chat.completion", "created": 0, "model": "stand-in"}
        self._send(200, {**shell, "choices": [choice]})

    def _send(self, status: int, told: dict[str, Any]) -> None:
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it overrides
        pass


if __name__ == "__main__":
    sys.exit(main())
