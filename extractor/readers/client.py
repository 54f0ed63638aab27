"""The client of an endpoint: `openai`, loaded when it is opened, and its errors as trouble."""

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from extractor.readers.bounds import ReplyTooLargeError, bound
from extractor.readers.troubles import Secrets, Trouble, Verdict, no_reply, trouble_of
from extractor.settings import EndpointSettings

if TYPE_CHECKING:
    import openai

NO_KEY = "no-key"  # many local servers want none, but the client insists on sending something


def open_client(settings: EndpointSettings, *, follows: bool = False) -> "openai.AsyncOpenAI":
    """A client that never tries anything twice by itself.

    Args:
        settings: where the endpoint is, and the key.
        follows: whether a call goes on to wherever the endpoint points, and brings back files of
            any size; only for calls that carry no article, which nobody but the endpoint named is
            to see. Other replies are given up once they are longer than any answer.
    """
    import openai

    return openai.AsyncOpenAI(
        api_key=key_of(settings) or NO_KEY,
        base_url=settings.url,
        timeout=settings.timeout_seconds,
        max_retries=0,  # tries are counted by whoever asks, one attempt each
        http_client=_transport(follows=follows),
        # A packed reply may be of any size once it is unpacked; answers are short.
        default_headers=None if follows else {"Accept-Encoding": "identity"},
    )


def _transport(*, follows: bool) -> Any:
    """The client's transport by aiohttp, which instructor brings, or the usual one.

    That needs three times as long, since it looks at every idle connection at every call.
    """
    import openai

    told: dict[str, Any] = {"follow_redirects": follows}
    if not follows:
        told["event_hooks"] = {"response": [bound(importlib.import_module(http_library()))]}
    try:
        return openai.DefaultAioHttpClient(**told)
    except RuntimeError:
        return openai.DefaultAsyncHttpxClient(**told)


def key_of(settings: EndpointSettings) -> str:
    """The key, to be masked wherever it might be shown; empty if there is none."""
    return settings.api_key.get_secret_value() if settings.api_key else ""


def http_library() -> str:
    """The library below the client: from its version 3 on it has another."""
    import openai

    return "httpx2" if hasattr(openai, "DefaultAsyncHttpx2Client") else "httpx"


def client_errors() -> tuple[type[Exception], ...]:
    """What a call raises when it brings nothing: `read_error` tells what went wrong."""
    import openai

    # Reading a body bit by bit, the client does not translate errors of the library below it.
    below = importlib.import_module(http_library())
    return (
        *(openai.APIStatusError, openai.APIConnectionError, TimeoutError, below.HTTPError),
        ReplyTooLargeError,
    )


def read_error(error: Exception, secrets: Secrets) -> tuple[Trouble, Mapping[str, str]]:
    """What an error of the client amounts to, and the headers that came with it."""
    import openai

    if isinstance(error, openai.APIStatusError):
        headers = error.response.headers
        return trouble_of(error.status_code, error.body, headers, secrets), headers
    if _is_too_large(error):
        return Trouble(status="too_large", verdict=Verdict.TOO_LARGE, message=""), {}
    if told := _told_by_aiohttp(error):
        return told, {}
    cause = type(error.__cause__).__name__
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        unreachable = cause == "ConnectTimeout"
        return no_reply("timeout", "no reply in time", unreachable=unreachable), {}
    if isinstance(error, openai.APIConnectionError):
        return no_reply("connection", cause, unreachable=cause == "ConnectError"), {}
    return no_reply("connection", type(error).__name__), {}


def _is_too_large(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, ReplyTooLargeError):
        error = error.__cause__
    return error is not None


def _told_by_aiohttp(error: Exception) -> Trouble | None:
    """The trouble of an error of aiohttp: what is made of it above takes a hang-up for no time."""
    found: BaseException | None = error
    while found is not None and not type(found).__module__.startswith("aiohttp"):
        found = found.__cause__
    if found is None:
        return None
    from aiohttp import ClientConnectorError, ConnectionTimeoutError, ServerTimeoutError

    if isinstance(found, ServerTimeoutError):
        unreachable = isinstance(found, ConnectionTimeoutError)
        return no_reply("timeout", "no reply in time", unreachable=unreachable)
    unreachable = isinstance(found, ClientConnectorError)
    return no_reply("connection", type(found).__name__, unreachable=unreachable)
