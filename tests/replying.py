"""Replies of an endpoint, as the parts of a job feel them."""

from collections.abc import Mapping

from extractor.readers.exchange import Reply
from extractor.readers.troubles import Trouble, Verdict, no_reply


def answered(*, milliseconds: float = 50.0, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(called={"choices": []}, milliseconds=milliseconds, headers=headers or {})


def turned_down(
    status: int, *, asked_wait: float | None = None, milliseconds: float = 50.0
) -> Reply:
    passing = status in (408, 429) or status >= 500
    trouble = Trouble(
        status=f"http_{status}",
        verdict=Verdict.RETRY if passing else Verdict.FATAL,
        message="",
        http_status=status,
        asked_wait=asked_wait,
    )
    return Reply(called=trouble, milliseconds=milliseconds, headers={"x-request-id": "r"})


def timed_out() -> Reply:
    return Reply(called=no_reply("timeout", ""), milliseconds=120_000.0)


def lost() -> Reply:
    return Reply(called=no_reply("connection", "ReadError"), milliseconds=50.0)


def unreachable() -> Reply:
    return Reply(called=no_reply("connection", "ConnectError", unreachable=True), milliseconds=1.0)
