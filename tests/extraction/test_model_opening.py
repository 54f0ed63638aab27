import asyncio
import logging
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from asking import ARTICLE, GOOD, KEY, read, request, settings, statuses
from loopback import (
    EMPTY_ANSWER,
    HANG_UP,
    ScriptedEndpoint,
    Step,
    fails,
    replies,
    says,
)

from extractor.errors import SettingsError, UsageError
from extractor.readers.answer import Answer
from extractor.readers.model import open_model_reader
from extractor.readers.troubles import Secrets, tell
from extractor.settings import EndpointSettings

Scripted = Callable[..., ScriptedEndpoint]


@pytest.mark.parametrize(
    "echo",
    [
        pytest.param(ARTICLE, id="verbatim"),
        pytest.param(f"input was: {ARTICLE[8:60]}", id="in part"),
        pytest.param("input was: \\u0623\\u0645\\u064a", id="escaped"),
        pytest.param(f"key {KEY} and sk-other-99999999", id="key"),
    ],
)
def test_an_endpoint_that_echoes_the_request_is_not_quoted(scripted: Scripted, echo: str) -> None:
    reading = read(scripted(fails(500, echo)))

    shown = repr(reading)
    for secret in ("Amina", "Haddad", KEY, "sk-other", "u0623"):
        assert secret not in shown


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(says(EMPTY_ANSWER, finish=f"stop {KEY}"), id="finish reason"),
        pytest.param(says(EMPTY_ANSWER, finish="x" * 120 + KEY), id="at the end of what is kept"),
        pytest.param(
            replies({"error": {"message": f"bad key {KEY}", "code": KEY}}, status=500), id="message"
        ),
        pytest.param(replies(EMPTY_ANSWER, x_request_id=f"r-{KEY}"), id="name of the call"),
    ],
)
def test_an_attempt_never_holds_the_key(scripted: Scripted, step: Step) -> None:
    reading = read(scripted(step))

    assert reading.attempts
    assert KEY[:8] not in repr(reading)


def test_an_endpoints_own_words_are_passed_on_in_one_short_line() -> None:
    secrets = Secrets(key=KEY, article=ARTICLE)
    assert tell("Rate limit\n reached", secrets) == "Rate limit reached"
    assert len(tell("long " * 1000, secrets)) < 300


def test_nothing_is_logged(scripted: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    before = logging.getLogger("openai").level

    read(scripted(fails(500), says("prose"), says("prose")))

    assert not [one for one in caplog.records if one.name.split(".")[0] != "asyncio"]
    assert logging.getLogger("openai").level == before


def test_loggers_stay_quiet_until_the_last_reader_is_closed(scripted: Scripted) -> None:
    async def levels() -> list[int]:
        first, second = (open_model_reader("openai/m", settings(scripted(GOOD))) for _ in range(2))
        seen = [logging.getLogger("instructor").level]
        await first.close()
        seen.append(logging.getLogger("instructor").level)
        await second.close()
        return [*seen, logging.getLogger("instructor").level]

    before = logging.getLogger("instructor").level
    assert asyncio.run(levels()) == [logging.CRITICAL, logging.CRITICAL, before]


def test_openai_itself_is_not_called_without_a_key(no_outer_settings: None) -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        open_model_reader("openai/m", EndpointSettings())


def test_an_endpoint_of_ones_own_needs_no_key(scripted: Scripted) -> None:
    endpoint = scripted(GOOD)

    async def reading() -> None:
        reader = open_model_reader("openai/m", EndpointSettings(base_url=endpoint.url))
        await reader.read(request())
        await reader.close()

    asyncio.run(reading())
    assert endpoint.calls[0].headers["authorization"] == "Bearer no-key"


@pytest.mark.parametrize("name", ["openai/", "gpt", "other/m"])
def test_a_name_without_a_model_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="openai/<model>"):
        open_model_reader(name, EndpointSettings())


def test_importing_the_reader_loads_no_client_library() -> None:
    code = (
        "import sys, extractor.readers.model, extractor.readers.recorded\n"
        "sys.exit(str(sorted({'openai', 'instructor', 'httpx2'} & set(sys.modules))))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stderr.strip() == "[]"


def test_the_fingerprint_covers_what_shapes_answers_and_nothing_else(
    no_outer_settings: None,
) -> None:
    def fingerprint(name: str = "openai/m", **changed: Any) -> str:
        reader = open_model_reader(name, settings("http://127.0.0.1:1/v1", **changed))
        asyncio.run(reader.close())
        return reader.fingerprint

    same = fingerprint()
    assert same == fingerprint(api_key="another", max_calls=9, timeout_seconds=1)
    others = [
        fingerprint("openai/n"),
        fingerprint(temperature=0.1),
        fingerprint(seed=1),
        fingerprint(max_output_tokens=5),
        fingerprint(base_url="http://127.0.0.1:2/v1"),
    ]
    assert len({same, *others}) == 6


def test_a_client_without_aiohttp_reads_as_well(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openai

    def missing(**_: object) -> None:
        raise RuntimeError("no aiohttp")

    monkeypatch.setattr(openai, "DefaultAioHttpClient", missing)
    reading = read(scripted(HANG_UP, GOOD))

    assert isinstance(reading, Answer)
    assert statuses(reading) == ["connection", "ok"]
