"""A call that brought no completion: what went wrong, and what that means for the next call.

Neither a key nor words of an article ever leave in a message.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from itertools import groupby
from typing import Any, cast
from urllib.parse import urlsplit

from extractor.codes import InputOutcome
from extractor.readers.replies import Ending, text_of
from extractor.settings import EndpointSettings

TOLD_CHARACTERS = 240  # enough for an endpoint's sentence, too short for an article

_ANY_KEY = re.compile(r"\b(sk|key|Bearer)[-_ ][\w*.-]{6,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAME_CHARACTERS = 253  # of a host, at most
_TOLD_ONE_BY_ONE = 4  # statuses in a row; of more, the number says enough
_UNANSWERED = (499, 504, 524)  # what gateways say when they no longer wait for the model
_ECHO_CHARACTERS = 16  # a stretch this long that also stands in the article is no coincidence


class Verdict(StrEnum):
    """What a failed call means for what comes next."""

    RETRY = "retry"
    """The same call may succeed later."""
    FATAL = "fatal"
    """No call will succeed; stop the run."""
    REFUSED = "refused"
    """A content filter withheld this article."""
    TOO_LONG = "too_long"
    """This article does not fit the model."""
    TOO_LARGE = "too_large"
    """The reply is longer than any answer."""
    UNCLEAR = "unclear"
    """The call was turned down: this article's own fault, until it befalls two of them."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A call that brought no completion."""

    status: str
    """As an attempt states it."""
    verdict: Verdict
    message: str
    http_status: int | None = None
    asked_wait: float | None = None
    """Seconds that the endpoint asks to wait."""
    unreachable: bool = False
    """Whether not even a connection came about."""

    @property
    def is_throttling(self) -> bool:
        """Whether the endpoint only asks to come later: its limit is met, nothing is broken."""
        return self.http_status == 429 and self.verdict is Verdict.RETRY

    @property
    def may_be_paid(self) -> bool:
        """Whether the model may have answered, and been billed, all the same.

        A failure that is told costs nothing; a reply that got lost does, and so does one that a
        gateway did not wait for.
        """
        if self.http_status is None:
            return not self.unreachable
        return self.http_status in _UNANSWERED


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """What must not stand in any message."""

    key: str
    article: str

    def mask(self, words: str) -> str:
        """The words without the key, and without what looks like another one."""
        masked = words.replace(self.key, "***") if self.key else words
        return _ANY_KEY.sub("***", masked)


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """What an endpoint says of a call that it turned down."""

    code: str
    """Its code and type, for comparing; never shown."""
    message: str


_QUOTA = re.compile(r"insufficient_quota|billing_hard_limit", re.IGNORECASE)
_POLICY = re.compile(
    r"content_?filter|content management policy|content_policy|responsibleai|"
    r"invalid_prompt|moderation|flagged|usage polic",
    re.IGNORECASE,
)
_TOO_LONG = re.compile(
    r"context[ _](length|window|size)|maximum context|too many (input |prompt )?tokens|"
    r"(prompt|input)( is)? too long|string_above_max_length",
    re.IGNORECASE,
)
_PASSING = (408, 409, 425, 429)


def unpack(
    content: bytes, headers: Mapping[str, str], secrets: Secrets
) -> dict[str, Any] | Trouble:
    """Read the body of a reply that claims success: a completion, or what it is instead."""
    try:
        body: object = json.loads(content)
    except (ValueError, RecursionError):
        body = None
    return judge_body(body, headers, secrets)


def judge_body(
    body: object, headers: Mapping[str, str], secrets: Secrets
) -> dict[str, Any] | Trouble:
    """The same of a body that is no longer JSON text."""
    if not isinstance(body, dict):
        return no_reply("no_completion", "the reply is no JSON object; check base_url")
    reply = cast("dict[str, Any]", body)
    if status := _wrapped_status(reply):
        return trouble_of(status, reply, headers, secrets)
    if "choices" not in reply:
        return no_reply("no_completion", "the reply is no completion; check base_url")
    return reply


def trouble_of(status: int, body: object, headers: Mapping[str, str], secrets: Secrets) -> Trouble:
    """Read an HTTP failure."""
    complaint = complaint_of(body, secrets)
    name, verdict = judge_status(status, complaint)
    return Trouble(
        status=name,
        verdict=verdict,
        message=_message_of(status, complaint, headers, secrets),
        http_status=status,
        asked_wait=retry_after(headers, datetime.now(UTC)),
    )


def _message_of(
    status: int, complaint: Complaint, headers: Mapping[str, str], secrets: Secrets
) -> str:
    if status in (401, 403):
        return ""  # a reply about a wrong key likes to quote it
    if _points_elsewhere(status):
        return secrets.mask(_pointed_at(headers.get("location", "")))
    return complaint.message


def _points_elsewhere(status: int | None) -> bool:
    """Whether a reply points to another address, where no article is sent."""
    return status is not None and 300 <= status < 400


def _pointed_at(location: str) -> str:
    try:
        parts = urlsplit(location)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "it points elsewhere"
    if not host or len(host) > _NAME_CHARACTERS:
        return "it points elsewhere"
    return f"it points to {parts.scheme or 'https'}://{host}{f':{port}' if port else ''}"


def judge_status(status: int, complaint: Complaint) -> tuple[str, Verdict]:
    """Name an HTTP failure and say what it means."""
    said = f"{complaint.code} {complaint.message}"
    name = f"http_{status}"
    if status == 429 and _QUOTA.search(said):
        return "insufficient_quota", Verdict.FATAL
    if status in _PASSING or status >= 500:
        return name, Verdict.RETRY
    # Some endpoints hand their moderation out as 403, so it is looked for before "wrong key".
    if status in (400, 403, 422, 451) and _POLICY.search(said):
        return "content_filter", Verdict.REFUSED
    if status == 413 or (status in (400, 422) and _TOO_LONG.search(said)):
        return "context_length", Verdict.TOO_LONG
    if status in (400, 422) and not re.search(r"model_not_found|unknown_model", said):
        return name, Verdict.UNCLEAR
    return name, Verdict.FATAL


def no_reply(status: str, message: str, *, unreachable: bool = False) -> Trouble:
    """A call that no usable reply came back from."""
    return Trouble(status=status, verdict=Verdict.RETRY, message=message, unreachable=unreachable)


def give_up(
    tries: list[Trouble], *, model: str, settings: EndpointSettings, reached: bool, own_fault: bool
) -> Ending | str:
    """Conclude from failed tries: how this reading ends, or why every other would fail as well.

    Args:
        tries: the troubles of one question, in order.
        model: who was asked.
        settings: where, and how insistently.
        reached: whether the endpoint ever replied at all.
        own_fault: whether a call turned down may be the fault of this article alone.
    """
    last = tries[-1]
    told = f": {last.message}" if last.message else ""
    statuses = _listed([trouble.status for trouble in tries])
    match last.verdict:
        case Verdict.REFUSED:
            return Ending(
                status=last.status,
                outcome=InputOutcome.REFUSED,
                reason="a content filter turned the article away; read it with another model",
            )
        case Verdict.TOO_LONG:
            return Ending(
                status=last.status,
                outcome=InputOutcome.INVALID,
                reason=f"article too long for the model {model!r}; use one with a longer context, "
                "or lower max_output_tokens",
            )
        case Verdict.TOO_LARGE:
            return Ending(
                status=last.status,
                outcome=InputOutcome.INVALID,
                reason="the reply was given up, since it is longer than any answer; read the "
                "article with another model",
            )
        case Verdict.RETRY if not reached and all(trouble.unreachable for trouble in tries):
            return (
                f"endpoint {settings.url!r} cannot be reached ({statuses}{told}); check base_url, "
                "the network, and that the server is running"
            )
        case Verdict.UNCLEAR if own_fault:
            return Ending(
                status=last.status,
                outcome=InputOutcome.INFRA_ERROR,
                reason=f"endpoint {settings.host!r} turned this request down ({statuses}{told}); "
                "run again, or read the article with another model",
            )
        case Verdict.RETRY:
            return Ending(
                status=last.status,
                outcome=InputOutcome.INFRA_ERROR,
                reason=f"endpoint {settings.host!r} gave no answer in {len(tries)} tries "
                f"({statuses}{told}); run again later, or raise max_calls, timeout_seconds or "
                "deadline_seconds",
            )
        case _:
            return (
                f"endpoint {settings.url!r} refuses model {model!r} ({last.status}{told}); "
                f"{_next_step(last)}"
            )


def _listed(statuses: list[str]) -> str:
    """The statuses in order, those that came many times in a row told once."""
    runs = [(status, len(list(same))) for status, same in groupby(statuses)]
    return ", ".join(
        f"{status} {count} times" if count > _TOLD_ONE_BY_ONE else ", ".join([status] * count)
        for status, count in runs
    )


def _next_step(trouble: Trouble) -> str:
    if trouble.http_status in (401, 403):
        return "set OPENAI_API_KEY or TOLLBOOK_API_KEY to a key that it accepts for this model"
    if trouble.http_status in (402, 429):
        return "the account has no credit left: add some, or use another key"
    if _points_elsewhere(trouble.http_status):
        return "no article is sent on to there: if you trust it, put that into base_url"
    if trouble.http_status in (404, 405):
        return "check the name of the model and base_url"
    return (
        "check the name of the model, temperature, seed and max_output_tokens, and that it takes "
        "a response_format of type json_schema"
    )


def complaint_of(body: object, secrets: Secrets) -> Complaint:
    """Read the error body of a reply, whichever of the usual shapes it has."""
    if not isinstance(body, dict):
        return Complaint(code="", message="")  # a page of HTML tells nobody anything
    fields = cast("dict[str, Any]", body)
    inner = fields.get("error", fields)
    if isinstance(inner, str):
        return Complaint(code="", message=tell(inner, secrets))
    if not isinstance(inner, dict):
        return Complaint(code="", message="")
    told = cast("dict[str, Any]", inner)
    message = told.get("message") or told.get("detail") or ""
    codes = [str(told[name]) for name in ("code", "type") if isinstance(told.get(name), str)]
    return Complaint(
        code=" ".join(codes),
        message=tell(message, secrets) if isinstance(message, str) else "",
    )


def tell(message: str, secrets: Secrets) -> str:
    """Shorten what an endpoint says; withhold it where it repeats the article, mask any key.

    A name of the article is masked wherever it stands in it.
    """
    said = text_of(secrets.mask(" ".join(message.split())))[:TOLD_CHARACTERS]
    known = " ".join(secrets.article.split())
    last = max(len(said) - _ECHO_CHARACTERS, 0)
    # An escaped letter may hide the article from the comparison.
    if "\\u" in said or any(
        said[start : start + _ECHO_CHARACTERS] in known for start in range(last + 1) if said
    ):
        return "(its message repeats the request and is withheld)"
    return _WORD.sub(lambda word: "***" if _is_name(word[0], known) else word[0], said)


def _is_name(word: str, article: str) -> bool:
    """Whether a word of the article may be of a name: it stands there, and never in small letters.

    Scripts without capitals do not tell, so any word of theirs may be one.
    """
    stands = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE).findall(article)
    has_capitals = word.lower() != word.upper()
    return bool(stands) and not (has_capitals and any(one == one.lower() for one in stands))


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that an endpoint asks to wait, from `retry-after-ms` or `Retry-After`."""
    exact = _number(headers.get("retry-after-ms"))
    if exact is not None:
        return max(exact / 1000, 0.0)
    asked = headers.get("retry-after")
    if asked is None:
        return None
    seconds = _number(asked)
    if seconds is not None:
        return max(seconds, 0.0)
    try:
        until = parsedate_to_datetime(asked)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - now).total_seconds(), 0.0)


def _wrapped_status(reply: dict[str, Any]) -> int | None:
    # Some gateways send the failure of a model behind them as a success of their own.
    error = reply.get("error")
    if not error or reply.get("choices"):
        return None
    code: object = cast("dict[str, Any]", error).get("code") if isinstance(error, dict) else None
    return code if type(code) is int and 400 <= code < 600 else 502


def _number(words: str | None) -> float | None:
    try:
        number = float(words) if words else None
    except ValueError:
        return None
    return None if number is None or math.isnan(number) else number
