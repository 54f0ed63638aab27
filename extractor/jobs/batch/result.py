"""A result: what a line of a batch's output or error file says became of a request."""

import json
import re
from dataclasses import dataclass
from typing import Any, cast

from extractor.readers.calls import name_of
from extractor.readers.exchange import Reply
from extractor.readers.troubles import (
    Complaint,
    Secrets,
    Trouble,
    Verdict,
    complaint_of,
    judge_body,
    judge_status,
    trouble_of,
)

_CODE = re.compile(r"[a-z][a-z0-9_.-]{0,40}\Z")
_GOOD = range(200, 300)


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of a request."""

    custom_id: str
    reply: Reply
    """Its message was not compared with the article, which stands elsewhere."""
    may_be_paid: bool = True
    """Whether the model may have answered."""


def read_result(line: bytes, secrets: Secrets) -> Result | None:
    """Read a line of either file; `None` if it is no result of any request."""
    try:
        found: object = json.loads(line)
    except (ValueError, RecursionError):
        return None
    fields = _table(found)
    custom_id = fields.get("custom_id")
    if not isinstance(custom_id, str):
        return None
    response = _table(fields.get("response"))
    status = response.get("status_code")
    if type(status) is int:
        body = response.get("body")
        if status in _GOOD:
            called = judge_body(body, {}, secrets)
        else:
            called = trouble_of(status, body, {}, secrets)
    else:
        called = _unanswered(complaint_of(fields, secrets))
    told = isinstance(called, Trouble) and not (type(status) is int and called.may_be_paid)
    name = response.get("request_id") or fields.get("id")
    request_id = name_of(name, secrets) if isinstance(name, str) else None
    reply = Reply(called=called, request_id=request_id)
    return Result(custom_id=custom_id, reply=reply, may_be_paid=not told)


def no_result(custom_id: str, status: str | None) -> Result:
    """What befell a request that the results of its batch do not mention.

    Args:
        custom_id: of the request.
        status: of the batch.
    """
    # Of a batch that was not completed, what was not done is left out, and not paid for.
    known = status in ("failed", "expired", "cancelled")
    trouble = Trouble(
        status=f"batch_{status}" if known else "batch_without_result",
        verdict=Verdict.RETRY,
        message="" if known else "the batch ended, and its files say nothing of this request",
    )
    return Result(custom_id=custom_id, reply=Reply(called=trouble), may_be_paid=not known)


def _unanswered(complaint: Complaint) -> Trouble:
    """A request that the endpoint did not put to the model, or not to the end."""
    code = complaint.code.partition(" ")[0]
    _, verdict = judge_status(429, complaint)  # knows an account without credit
    if verdict is Verdict.RETRY:
        _, judged = judge_status(400, complaint)  # knows a filter, and an article that is too long
        verdict = judged if judged in (Verdict.REFUSED, Verdict.TOO_LONG) else Verdict.RETRY
    return Trouble(
        status=code if _CODE.match(code) else "batch_error",
        verdict=verdict,
        message=complaint.message,
    )


def _table(found: object) -> dict[str, Any]:
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
