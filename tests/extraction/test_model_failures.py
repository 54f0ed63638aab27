import asyncio
import gzip
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from asking import ARTICLE, GOOD, KEY, read, request, settings, statuses
from loopback import (
    HANG_UP,
    ScriptedEndpoint,
    Step,
    dripping,
    fails,
    late,
    replies,
    says,
)

from extractor.codes import InputOutcome
from extractor.errors import EndpointError
from extractor.readers.answer import Answer, NoAnswer
from extractor.readers.bounds import MAX_REPLY_BYTES
from extractor.readers.calls import wait_seconds
from extractor.readers.model import CallRefused, open_model_reader
from extractor.readers.troubles import Secrets, retry_after, tell

Scripted = Callable[..., ScriptedEndpoint]


@pytest.mark.parametrize(
    ("step", "status"),
    [
        pytest.param(fails(429, retry_after="0"), "http_429", id="429"),
        pytest.param(fails(429, retry_after="86400"), "http_429", id="429 until tomorrow"),
        pytest.param(fails(408), "http_408", id="408"),
        pytest.param(fails(409), "http_409", id="409"),
        pytest.param(fails(500), "http_500", id="500"),
        pytest.param(Step(status=503, body=b"<html>busy</html>"), "http_503", id="503 as a page"),
        pytest.param(HANG_UP, "connection", id="hung up"),
        pytest.param(replies({"error": {"code": 429}}), "http_429", id="429 wrapped in a success"),
        pytest.param(replies({"error": "busy"}), "http_502", id="error wrapped in a success"),
        pytest.param(Step(body=b"<html>"), "no_completion", id="page"),
        pytest.param(replies({"object": "list"}), "no_completion", id="other JSON"),
        pytest.param(replies([1]), "no_completion", id="list"),
    ],
)
def test_a_passing_failure_is_tried_again(scripted: Scripted, step: Step, status: str) -> None:
    endpoint = scripted(step, step, GOOD)

    reading = read(endpoint)

    assert isinstance(reading, Answer)
    assert statuses(reading) == [status, status, "ok"]
    assert [attempt.n for attempt in reading.attempts] == [1, 2, 3]
    assert reading.attempts[0].prompt_tokens is None
    assert len({attempt.request_sha256 for attempt in reading.attempts}) == 1


@pytest.mark.parametrize(
    ("step", "status"),
    [
        pytest.param(fails(500), "http_500", id="500"),
        pytest.param(HANG_UP, "connection", id="hung up"),
        pytest.param(Step(body=b"<html>"), "no_completion", id="page"),
    ],
)
def test_failures_without_end_are_an_infrastructure_error(
    scripted: Scripted, step: Step, status: str
) -> None:
    endpoint = scripted(step)

    reading = read(endpoint)

    assert isinstance(reading, NoAnswer)
    assert reading.outcome is InputOutcome.INFRA_ERROR
    assert statuses(reading) == [status] * 3
    assert len(endpoint.calls) == 3
    assert endpoint.url.split("/")[2] in reading.reason
    assert "run again later" in reading.reason


def test_being_asked_to_come_later_is_no_failure(scripted: Scripted) -> None:
    patience = fails(429, retry_after="0")
    endpoint = scripted(*[patience] * 9, fails(500), GOOD)

    reading = read(endpoint, max_calls=2)

    assert isinstance(reading, Answer)
    assert statuses(reading) == ["http_429"] * 9 + ["http_500", "ok"]


def test_being_asked_to_come_later_without_end_is_bounded_by_the_deadline(
    scripted: Scripted,
) -> None:
    endpoint = scripted(fails(429))

    reading = read(endpoint, deadline_seconds=0.3)

    assert isinstance(reading, NoAnswer)
    assert reading.outcome is InputOutcome.INFRA_ERROR
    assert set(statuses(reading)) == {"http_429"}
    assert len(endpoint.calls) > 3
    assert "deadline_seconds" in reading.reason


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(late(GOOD, 0.3), id="silent"),
        pytest.param(dripping(GOOD, 0.06), id="dripping"),
    ],
)
def test_a_slow_endpoint_runs_into_the_time_limit(scripted: Scripted, step: Step) -> None:
    endpoint = scripted(step)

    reading = read(endpoint, timeout_seconds=0.1, max_calls=2)

    assert isinstance(reading, NoAnswer)
    assert reading.outcome is InputOutcome.INFRA_ERROR
    assert statuses(reading) == ["timeout", "timeout"]


def test_a_reading_can_be_cancelled(scripted: Scripted) -> None:
    endpoint = scripted(late(GOOD, 0.3))

    async def reading() -> None:
        reader = open_model_reader("openai/m", settings(endpoint))
        try:
            async with asyncio.timeout(0.1):
                await reader.read(request())
        finally:
            await reader.close()

    with pytest.raises(TimeoutError):
        asyncio.run(reading())
    assert len(endpoint.calls) == 1


def test_a_reask_has_tries_of_its_own(scripted: Scripted) -> None:
    endpoint = scripted(fails(500), says("prose"), fails(500), GOOD)

    reading = read(endpoint, max_calls=2)

    assert isinstance(reading, Answer)
    assert statuses(reading) == ["http_500", "invalid", "http_500", "ok"]


@pytest.mark.parametrize(
    ("step", "status", "next_step"),
    [
        pytest.param(fails(401, f"Bad key {KEY}"), "http_401", "TOLLBOOK_API_KEY", id="401"),
        pytest.param(fails(403), "http_403", "TOLLBOOK_API_KEY", id="403"),
        pytest.param(fails(402), "http_402", "credit", id="402"),
        pytest.param(
            fails(404, "no such model", code="model_not_found"), "http_404", "name", id="404"
        ),
        pytest.param(
            fails(429, code="insufficient_quota"), "insufficient_quota", "credit", id="quota"
        ),
    ],
)
def test_an_endpoint_that_refuses_every_call_stops_the_run(
    scripted: Scripted, step: Step, status: str, next_step: str
) -> None:
    endpoint = scripted(step)

    with pytest.raises(CallRefused) as caught:
        read(endpoint)

    told = str(caught.value)
    assert isinstance(caught.value, EndpointError)
    assert [attempt.status for attempt in caught.value.attempts] == [status]
    for words in (endpoint.url, "org/model-1", status, next_step):
        assert words in told
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.attempts)
    assert KEY not in shown
    assert "Amina" not in shown


PACKED = {"content-encoding": "gzip"}


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(Step(body=b" " * (MAX_REPLY_BYTES + 1)), id="spaces"),
        pytest.param(Step(status=500, body=b"x" * (MAX_REPLY_BYTES + 1)), id="an error"),
        pytest.param(
            Step(body=gzip.compress(b" " * 100_000_000), headers=PACKED),
            id="packed, though not asked",
        ),
    ],
)
def test_a_reply_longer_than_any_answer_is_given_up_after_one_call(
    step: Step, scripted: Scripted
) -> None:
    endpoint = scripted(step)

    reading = read(endpoint)

    assert isinstance(reading, NoAnswer)
    assert reading.outcome is InputOutcome.INVALID
    assert "longer than any answer" in reading.reason
    assert statuses(reading) == ["too_large"]
    assert endpoint.calls[0].headers["accept-encoding"] == "identity"


def test_a_packed_answer_of_the_usual_size_is_read(scripted: Scripted) -> None:
    packed = replace(GOOD, body=gzip.compress(GOOD.body), headers={**GOOD.headers, **PACKED})
    assert isinstance(read(scripted(packed)), Answer)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_article_is_sent_on_to_another_address(status: int, scripted: Scripted) -> None:
    other = scripted(GOOD)
    there = f"{other.url}/{KEY}"
    endpoint = scripted(Step(status=status, headers={"location": there}))

    with pytest.raises(CallRefused) as caught:
        read(endpoint)

    assert other.calls == []
    told = str(caught.value)
    assert f"http_{status}: it points to {other.url.removesuffix('/v1')})" in told
    assert "put that into base_url" in told
    assert KEY not in told


@pytest.mark.parametrize("location", ["", "/elsewhere", "http://[", "https://" + "a" * 300])
def test_an_address_that_cannot_be_told_is_not(location: str, scripted: Scripted) -> None:
    endpoint = scripted(Step(status=307, headers={"location": location}))

    with pytest.raises(CallRefused, match="http_307: it points elsewhere"):
        read(endpoint)


def read_each(endpoint: ScriptedEndpoint, *texts: str) -> list[Answer | NoAnswer]:
    """Read texts one after another with one reader."""

    async def reading() -> list[Answer | NoAnswer]:
        reader = open_model_reader("openai/org/model-1", settings(endpoint))
        try:
            return [await reader.read(request(text)) for text in texts]
        finally:
            await reader.close()

    return asyncio.run(reading())


UNCLEAR = [
    pytest.param(fails(400, "no such model"), "http_400", "name of the model", id="400"),
    pytest.param(
        fails(400, "response_format is not supported"), "http_400", "json_schema", id="format"
    ),
    pytest.param(Step(status=422, body=b"x"), "http_422", "json_schema", id="422"),
]


@pytest.mark.parametrize(("step", "status", "next_step"), UNCLEAR)
def test_a_call_turned_down_for_two_articles_in_a_row_stops_the_run(
    scripted: Scripted, step: Step, status: str, next_step: str
) -> None:
    endpoint = scripted(step)

    with pytest.raises(CallRefused) as caught:
        read_each(endpoint, ARTICLE, ARTICLE + " Again.")

    told = str(caught.value)
    assert [attempt.status for attempt in caught.value.attempts] == [status]
    for words in (endpoint.url, "org/model-1", status, next_step):
        assert words in told
    assert KEY not in told
    assert "Amina" not in told
    assert len(endpoint.calls) == 2


@pytest.mark.parametrize(("step", "status", "next_step"), UNCLEAR)
def test_the_first_article_that_is_turned_down_does_not_keep_the_next_from_being_read(
    scripted: Scripted, step: Step, status: str, next_step: str
) -> None:
    endpoint = scripted(step, step, GOOD, step, step)
    odd, odder = ARTICLE + " Odd.", ARTICLE + " Odder."

    first, again, good, *later = read_each(endpoint, odd, odd, ARTICLE, odd, odder)

    assert isinstance(good, Answer)
    for lost in (first, again, *later):
        assert isinstance(lost, NoAnswer)
        assert lost.outcome is InputOutcome.INFRA_ERROR
        assert statuses(lost) == [status]


def test_a_refused_key_stops_the_run_even_after_good_answers(scripted: Scripted) -> None:
    with pytest.raises(CallRefused):
        read(scripted(GOOD, fails(401)), times=2)


def test_a_call_turned_down_after_good_answers_is_that_articles_fault(scripted: Scripted) -> None:
    reading = read(scripted(GOOD, fails(400, "odd input")), times=2)

    assert isinstance(reading, NoAnswer)
    assert reading.outcome is InputOutcome.INFRA_ERROR
    assert statuses(reading) == ["http_400"]


def test_an_unreachable_endpoint_stops_the_run(scripted: Scripted) -> None:
    endpoint = scripted(GOOD)
    endpoint.stop()

    with pytest.raises(CallRefused, match="cannot be reached") as caught:
        read(endpoint.url, max_calls=2)

    assert [attempt.status for attempt in caught.value.attempts] == ["connection"] * 2


def test_an_endpoint_lost_after_good_answers_is_an_infrastructure_error(
    scripted: Scripted,
) -> None:
    endpoint = scripted(GOOD)

    async def reading() -> Answer | NoAnswer:
        reader = open_model_reader("openai/m", settings(endpoint))
        await reader.read(request())
        endpoint.stop()
        lost = await reader.read(request())
        await reader.close()
        return lost

    lost = asyncio.run(reading())
    assert isinstance(lost, NoAnswer)
    assert lost.outcome is InputOutcome.INFRA_ERROR


def test_readings_at_the_same_time_keep_their_calls_apart(scripted: Scripted) -> None:
    endpoint = scripted(fails(500), says("prose"), GOOD)

    async def all_at_once() -> list[Answer | NoAnswer]:
        reader = open_model_reader("openai/m", settings(endpoint))
        try:
            return await asyncio.gather(*(reader.read(request(f"No. {n}")) for n in range(12)))
        finally:
            await reader.close()

    readings = asyncio.run(all_at_once())
    assert sum(len(reading.attempts) for reading in readings) == len(endpoint.calls) == 14
    assert all(isinstance(reading, Answer) for reading in readings)
    for reading in readings:
        assert [attempt.n for attempt in reading.attempts] == [
            n + 1 for n in range(len(reading.attempts))
        ]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param({"retry-after": "7"}, 7.0, id="seconds"),
        pytest.param({"retry-after-ms": "250", "retry-after": "7"}, 0.25, id="milliseconds first"),
        pytest.param({"retry-after": "Fri, 01 May 2026 12:00:30 GMT"}, 30.0, id="date"),
        pytest.param({"retry-after": "Fri, 01 May 2026 11:00:00 GMT"}, 0.0, id="past date"),
        pytest.param({"retry-after": "-3"}, 0.0, id="negative"),
        pytest.param({"retry-after": "nan"}, None, id="NaN"),
        pytest.param({"retry-after": "soon"}, None, id="a word"),
        pytest.param(
            {"retry-after": "Fri, 01 May 2026 12:00:30 +99999999999999999999"}, None, id="no zone"
        ),
        pytest.param({}, None, id="nothing"),
    ],
)
def test_the_wait_asked_for_is_understood(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, datetime(2026, 5, 1, 12, 0, 0, tzinfo=UTC)) == seconds


@pytest.mark.parametrize(
    ("tries", "asked", "draw", "wait"),
    [
        pytest.param(1, None, 1.0, 0.5, id="first"),
        pytest.param(3, None, 1.0, 2.0, id="doubles"),
        pytest.param(3, None, 0.25, 0.5, id="jitter"),
        pytest.param(1, 5.0, 0.0, 5.0, id="never sooner than asked"),
        pytest.param(1, 5.0, 0.5, 5.25, id="nor all at once"),
        pytest.param(6, 1.0, 1.0, 2.0, id="asked for again and again"),
        pytest.param(6, 0.01, 1.0, 0.51, id="asked for nearly nothing"),
        pytest.param(1, 3600.0, 0.0, 60.0, id="capped"),
        pytest.param(1, float("inf"), 0.0, 60.0, id="for ever"),
        pytest.param(10_000, None, 1.0, 60.0, id="many tries"),
    ],
)
def test_waits_grow_and_are_capped(
    tries: int, asked: float | None, draw: float, wait: float
) -> None:
    assert wait_seconds(tries, asked=asked, cap=60.0, draw=draw) == wait


def test_the_wait_asked_for_is_kept(scripted: Scripted) -> None:
    async def seconds() -> float:
        endpoint = scripted(fails(429, retry_after_ms="120"), GOOD)
        reader = open_model_reader("openai/m", settings(endpoint, max_wait_seconds=0.15))
        loop = asyncio.get_running_loop()
        start = loop.time()
        await reader.read(request())
        taken = loop.time() - start
        await reader.close()
        return taken

    assert asyncio.run(seconds()) >= 0.12


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param("no room for Haddad", "no room for ***", id="a name"),
        pytest.param("AMINA haddad is flagged", "*** *** is flagged", id="other letters"),
        pytest.param("Police and neighbours", "Police and neighbours", id="words"),
        pytest.param("Basra: police", "***: police", id="a place"),
        pytest.param("The server is busy", "The server is busy", id="no name of the article"),
        pytest.param("\u0628\u0635\u0631\u0629 is too long", "*** is too long", id="no capitals"),
    ],
)
def test_a_name_of_the_article_is_masked_in_what_an_endpoint_says(said: str, told: str) -> None:
    article = f"{ARTICLE} \u0628\u0635\u0631\u0629"
    assert tell(said, Secrets(key=KEY, article=article)) == told
