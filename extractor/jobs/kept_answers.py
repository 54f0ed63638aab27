"""Kept answers: the stored answers of an article, given once more in the order they came."""

import json
import sqlite3
from collections import Counter, deque
from collections.abc import Sequence
from typing import Any, cast

from extractor.errors import TollbookError
from extractor.jobs.calls import kept_in
from extractor.readers.exchange import Call, Reply, Send
from extractor.records import Attempt

# A request may be made more than once for an article. The time that a call took tells its answers
# apart, to the last bit; those of batches, which take no time, come in their order.
_ANSWER = """
SELECT calls.usd, calls.request_id, answers.body
FROM answers JOIN calls ON calls.id = answers.call
WHERE answers.request = :request AND calls.milliseconds = :milliseconds
"""
_NO_ANSWER = ("http_", "batch_")  # what the status of a call that brought none begins with
_NTH = "ORDER BY answers.void, answers.call LIMIT 1 OFFSET :nth"
_OWN = f"{_ANSWER} AND calls.article = :article {_NTH}"
_SHARED = f"{_ANSWER} AND answers.void = 0 {_NTH}"  # with an article that has the same text


class NothingKeptError(TollbookError):
    """No answer to a question is stored, and none may be asked for."""


class KeptAnswers:
    """An exchange that never sends: it gives the answers that the journal holds of an article.

    They are found by the calls that were made then, and not by those that today's code would make:
    a schema may be worded otherwise by now, and the answer is still the answer.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Stand ready.

        Args:
            connection: to a journal, to read from.
        """
        self._connection = connection
        self._replies: deque[Reply] = deque()
        self._by_request = False
        self.answered: tuple[int, ...] = ()
        """Numbers of the calls whose answers are given, in order."""

    def take_up(self, article_id: str, attempts: Sequence[Attempt]) -> bool:
        """Turn to the answers of an article, by the calls made for it; whether there can be any.

        Where no calls are known, as after a defect of the code that mapped an answer, the answers
        are found by the requests that today's code makes.
        """
        met: Counter[tuple[str, float]] = Counter()
        found: list[tuple[int, Reply]] = []
        for one in attempts:
            if one.status.startswith(_NO_ANSWER):
                continue
            call = (one.request_sha256, one.milliseconds)
            if reply := self._find(article_id, one, nth=met[call]):
                met[call] += 1
                found.append((one.n, reply))
        self._replies = deque(reply for _, reply in found)
        self._by_request = not attempts
        self.answered = tuple(n for n, _ in found)
        return bool(found) or self._by_request

    async def __call__(self, call: Call, send: Send) -> Reply:
        """The next answer that is kept.

        Raises:
            NothingKeptError: there is none.
        """
        if self._replies:
            return self._replies.popleft()
        reply = kept_in(self._connection, call) if self._by_request else None
        if reply is None:
            raise NothingKeptError("no answer is stored, and none is asked for")
        return reply

    def _find(self, article_id: str, attempt: Attempt, *, nth: int) -> Reply | None:
        told = {
            "article": article_id,
            "request": attempt.request_sha256,
            "milliseconds": attempt.milliseconds,
            "nth": nth,
        }
        rows = (self._connection.execute(query, told).fetchone() for query in (_OWN, _SHARED))
        row = next((row for row in rows if row), None)
        if row is None:
            return None
        usd, request_id, body = cast("tuple[Any, ...]", row)
        return Reply(
            called=json.loads(body),
            request_id=request_id,
            milliseconds=attempt.milliseconds,
            usd=usd,
            stored=True,
        )
