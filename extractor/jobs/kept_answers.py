"""Kept answers: the stored answers of an article, given once more in the order they came."""

import json
import sqlite3
from collections import deque
from collections.abc import Sequence
from typing import Any, cast

from extractor.errors import TollbookError
from extractor.readers.exchange import Call, Reply, Send
from extractor.records import Attempt

_ANSWER = """
SELECT calls.milliseconds, calls.usd, calls.request_id, answers.body
FROM answers JOIN calls ON calls.id = answers.call
WHERE answers.request = ? ORDER BY answers.void, answers.call DESC LIMIT 1
"""


class NothingKeptError(TollbookError):
    """No answer to a question is stored, and none may be asked for."""


class KeptAnswers:
    """An exchange that never sends: it gives the answers that the journal holds of an article.

    They are found by the requests that were made then, and not by those that today's code would
    make: a schema may be worded otherwise by now, and the answer is still the answer.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Stand ready.

        Args:
            connection: to a journal, to read from.
        """
        self._connection = connection
        self._replies: deque[Reply] = deque()
        self._by_request = False
        self.asked: tuple[str, ...] = ()
        """Hashes of the requests whose answers are given, in order."""

    def take_up(self, attempts: Sequence[Attempt]) -> bool:
        """Turn to the answers of an article, by the calls made for it; whether there can be any.

        Where no calls are known, as after a defect of the code that mapped an answer, the answers
        are found by the requests that today's code makes.
        """
        self._replies.clear()
        self._by_request = not attempts
        asked: list[str] = []
        for request in dict.fromkeys(attempt.request_sha256 for attempt in attempts):
            reply = self._find(request)
            if reply is None:
                break
            self._replies.append(reply)
            asked.append(request)
        self.asked = tuple(asked)
        return bool(asked) or self._by_request

    async def __call__(self, call: Call, send: Send) -> Reply:
        """The next answer that is kept.

        Raises:
            NothingKeptError: there is none.
        """
        if self._replies:
            return self._replies.popleft()
        reply = self._find(call.request_sha256) if self._by_request else None
        if reply is None:
            raise NothingKeptError("no answer is stored, and none is asked for")
        return reply

    def _find(self, request: str) -> Reply | None:
        row = self._connection.execute(_ANSWER, (request,)).fetchone()
        if row is None:
            return None
        milliseconds, usd, request_id, body = cast("tuple[Any, ...]", row)
        return Reply(
            called=json.loads(body),
            request_id=request_id,
            milliseconds=milliseconds,
            usd=usd,
            stored=True,
        )
