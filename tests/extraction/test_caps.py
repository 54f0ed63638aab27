import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from asking import request as article_request

from extractor.errors import ArticleCapError, CapError, UsageError
from extractor.jobs.account import Reservation
from extractor.jobs.bound import LONGEST_ANSWER, most_output_tokens, most_prompt_tokens
from extractor.jobs.caps import Caps, Limits
from extractor.jobs.cost import Cost, dollars
from extractor.jobs.price_file import PriceFile, StatedPrice
from extractor.jobs.prices import Prices
from extractor.readers.exchange import Call, Reply
from extractor.readers.troubles import Trouble, Verdict, no_reply

HOST = "http://localhost:8000/v1"
MODEL = "org/model-1"
PROMPT, OUTPUT = 1_000, 500  # tokens that each call of these tests uses
OWN = PriceFile(path=Path("prices.toml"), stated={MODEL: StatedPrice(input=1.0, output=10.0)})


def call(article: str = "a1", *, output: int = 1_000, text: str = "x" * 2_000) -> Call:
    body: dict[str, Any] = {
        "model": MODEL,
        "messages": [{"role": "user", "content": text}],
        "max_tokens": output,
    }
    return Call(article_id=article, model=MODEL, request_sha256="0", body=body, n=1)


MOST = most_prompt_tokens(call()) + 1_000
MOST_USD = (most_prompt_tokens(call()) * 1.0 + 1_000 * 10.0) / 1e6
USED = PROMPT + OUTPUT
USED_USD = (PROMPT * 1.0 + OUTPUT * 10.0) / 1e6


def reply(prompt: int | None = PROMPT, output: int | None = OUTPUT) -> Reply:
    return Reply(
        called={"choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": output}}
    )


def caps(limits: Limits, *, priced: bool = True, **more: Any) -> Caps:
    return Caps(limits, prices=Prices(OWN if priced else None), base_url=HOST, **more)


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def within() -> None:
        async with asyncio.timeout(10):
            await test()

    asyncio.run(within())


async def turns(number: int = 5) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


def test_what_is_set_aside_is_the_most_that_a_call_can_come_to() -> None:
    async def test() -> None:
        kept = caps(Limits(usd=1.0))
        reservation = await kept.reserve(call())
        assert reservation.most.tokens == MOST
        assert reservation.most.usd == pytest.approx(MOST_USD)
        assert kept.held == reservation.most
        assert kept.counted == Cost()
        assert kept.settle(reservation, reply()).tokens == USED
        assert kept.held == Cost()
        assert kept.counted.tokens == USED
        assert kept.counted.usd == pytest.approx(USED_USD)

    run(test)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Gunmen killed three farmers.", id="English"),
        pytest.param("قتل مسلحون ثلاثة مزارعين.", id="Arabic"),
        pytest.param("武装分子打死三名农民。", id="Chinese"),
        pytest.param("👩‍👩‍👧‍👦" * 10, id="emoji"),
    ],
)
def test_a_prompt_has_no_more_tokens_than_bytes(text: str) -> None:
    more = most_prompt_tokens(call(text=text * 2)) - most_prompt_tokens(call(text=text))
    assert more == len(text.encode())


def test_the_schema_is_a_part_of_the_prompt() -> None:
    plain = call()
    schema = {"response_format": {"type": "json_schema", "json_schema": {"name": "n" * 100}}}
    asked = Call(
        article_id="a1",
        model=MODEL,
        request_sha256="0",
        body={**plain.body, **schema},
        n=1,
    )
    assert most_prompt_tokens(asked) > most_prompt_tokens(plain) + 100


@pytest.mark.parametrize(
    ("limits", "most"),
    [
        pytest.param({"max_tokens": 7}, 7, id="as most hosts call it"),
        pytest.param({"max_completion_tokens": 8}, 8, id="as OpenAI calls it"),
        pytest.param({}, LONGEST_ANSWER, id="unlimited"),
    ],
)
def test_the_answer_is_bounded_by_what_the_call_asks_for(limits: dict[str, int], most: int) -> None:
    messages = [{"role": "user", "content": article_request().article.text}]
    body = {"messages": messages, **limits}
    asked = Call(article_id="a1", model=MODEL, request_sha256="0", body=body, n=1)
    assert most_output_tokens(asked) == most


@pytest.mark.parametrize(
    "limits",
    [
        pytest.param(Limits(tokens=2 * MOST), id="tokens"),
        pytest.param(Limits(usd=2 * MOST_USD), id="money"),
    ],
)
def test_a_call_that_does_not_fit_waits_for_those_under_way(limits: Limits) -> None:
    async def test() -> None:
        kept = caps(limits)
        first, second = [await kept.reserve(call()) for _ in range(2)]
        third = asyncio.create_task(kept.reserve(call()))
        await turns()
        assert not third.done()
        kept.settle(first, reply())
        await turns()
        assert not third.done(), "the second may still come to the most that it can"
        kept.settle(second, reply())
        kept.settle(await third, reply())
        assert kept.reached is None

    run(test)


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        pytest.param(
            Limits(tokens=USED + MOST - 1),
            f"the cap of {USED + MOST - 1:,} tokens for the run is reached: {USED:,} are counted, "
            f"and the next call may take {MOST:,}; raise --max-tokens and run the same command "
            "again to go on",
            id="tokens",
        ),
        pytest.param(
            Limits(usd=0.015),
            "the cap of $0.015 for the run is reached: $0.006 is counted, and the next call may "
            f"cost {dollars(MOST_USD)}; raise --max-usd and run the same command again to go on",
            id="money",
        ),
    ],
)
def test_a_run_stops_at_its_cap_and_stays_stopped(limits: Limits, told: str) -> None:
    async def test() -> None:
        kept = caps(limits)
        kept.settle(await kept.reserve(call()), reply())
        for asked in (call(), call("a2", output=1, text="")):
            with pytest.raises(CapError) as raised:
                await kept.reserve(asked)
            assert not isinstance(raised.value, ArticleCapError)
            assert str(raised.value) == told == kept.reached

    run(test)


def test_whoever_waits_when_the_cap_is_reached_is_told_so() -> None:
    async def test() -> None:
        kept = caps(Limits(tokens=MOST + USED - 1))
        first = await kept.reserve(call())
        waiting = [asyncio.create_task(kept.reserve(call(f"a{n}"))) for n in range(3)]
        await turns()
        kept.settle(first, reply())
        ended = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(one) for one in ended] == [CapError] * 3
        assert {str(one) for one in ended} == {kept.reached}
        assert kept.held == Cost()

    run(test)


def test_small_calls_do_not_overtake_a_large_one() -> None:
    async def test() -> None:
        kept = caps(Limits(tokens=3 * MOST))
        first = await kept.reserve(call())
        large = asyncio.create_task(kept.reserve(call(output=1_000 + 2 * MOST)))
        await turns()
        small = asyncio.create_task(kept.reserve(call()))
        await turns()
        assert not large.done()
        assert not small.done()
        kept.release(first)
        kept.release(await large)
        kept.release(await small)

    run(test)


@pytest.mark.parametrize(
    ("limits", "option"),
    [
        pytest.param(
            Limits(tokens_per_article=USED + MOST - 1), "--max-tokens-per-article", id="tokens"
        ),
        pytest.param(Limits(usd_per_article=0.015), "--max-usd-per-article", id="money"),
    ],
)
def test_the_cap_of_an_article_stops_that_article_only(limits: Limits, option: str) -> None:
    async def test() -> None:
        kept = caps(limits)
        kept.settle(await kept.reserve(call("a1")), reply())
        with pytest.raises(ArticleCapError, match=f"raise {option} and run") as raised:
            await kept.reserve(call("a1"))
        assert "for one article is reached" in str(raised.value)
        assert kept.reached is None
        kept.settle(await kept.reserve(call("a2")), reply())

    run(test)


def test_a_call_waits_for_those_of_its_own_article_and_holds_up_no_other() -> None:
    async def test() -> None:
        kept = caps(Limits(tokens_per_article=MOST + USED))
        first = await kept.reserve(call("a1"))
        second = asyncio.create_task(kept.reserve(call("a1")))
        await turns()
        kept.settle(await kept.reserve(call("a2")), reply())
        assert not second.done()
        kept.settle(first, reply())
        kept.settle(await second, reply())

    run(test)


def test_what_a_run_came_to_before_counts() -> None:
    async def test() -> None:
        kept = caps(
            Limits(tokens=10 * MOST, tokens_per_article=2 * MOST),
            counted=Cost(tokens=8 * MOST, usd=1.0),
            counted_on={"a1": Cost(tokens=MOST + 1), "a2": Cost(), "a3": Cost()}.__getitem__,
        )
        with pytest.raises(ArticleCapError):
            await kept.reserve(call("a1"))
        for article in ("a2", "a3"):
            kept.forfeit(await kept.reserve(call(article)))
        assert kept.counted.tokens == 10 * MOST
        with pytest.raises(CapError, match=f"{10 * MOST:,} are counted"):
            await kept.reserve(call("a2"))

    run(test)


def trouble(status: int) -> Trouble:
    return Trouble(status=f"http_{status}", verdict=Verdict.RETRY, message="no", http_status=status)


@pytest.mark.parametrize(
    ("came", "tokens", "usd"),
    [
        pytest.param(reply(), USED, USED_USD, id="an answer"),
        pytest.param(reply(0, 0), 0, 0.0, id="an answer for nothing"),
        pytest.param(reply(None, None), MOST, MOST_USD, id="an answer without usage"),
        pytest.param(reply(output=None), MOST, MOST_USD, id="an answer with half of it"),
        pytest.param(Reply(called=trouble(429)), 0, None, id="throttled"),
        pytest.param(Reply(called=trouble(500)), 0, None, id="a failure"),
        pytest.param(Reply(called=trouble(504)), MOST, MOST_USD, id="a gateway gave up"),
        pytest.param(Reply(called=no_reply("timeout", "")), MOST, MOST_USD, id="no reply in time"),
        pytest.param(
            Reply(called=no_reply("connection", "", unreachable=True)), 0, None, id="not reached"
        ),
    ],
)
def test_a_call_of_unknown_cost_counts_with_the_most_it_can_be(
    came: Reply, tokens: int, usd: float | None
) -> None:
    async def test() -> None:
        kept = caps(Limits(usd=1.0))
        cost = kept.settle(await kept.reserve(call()), came)
        assert cost == kept.counted
        assert cost.tokens == tokens
        assert cost.usd == (None if usd is None else pytest.approx(usd))

    run(test)


def test_a_price_that_the_reply_states_is_taken() -> None:
    async def test() -> None:
        kept = caps(Limits(), priced=False)
        priced = Reply(called=reply().called, usd=0.25)
        assert kept.settle(await kept.reserve(call()), priced) == Cost(tokens=USED, usd=0.25)

    run(test)


@pytest.mark.parametrize("limits", [Limits(usd=1.0), Limits(usd_per_article=1.0)])
def test_a_cap_in_money_needs_a_price(limits: Limits) -> None:
    async def test() -> None:
        kept = caps(limits, priced=False)
        with pytest.raises(UsageError, match=f"{MODEL}.*{HOST}.*--prices.*--max-tokens"):
            kept.check(MODEL)
        with pytest.raises(UsageError):
            await kept.reserve(call())
        assert kept.held == Cost()

    run(test)


def test_a_batch_has_a_price_of_its_own() -> None:
    with pytest.raises(UsageError, match="in the batch lane"):
        caps(Limits(usd=1.0)).check(MODEL, lane="batch")


def test_caps_in_tokens_need_no_price() -> None:
    async def test() -> None:
        kept = caps(Limits(tokens=10 * MOST), priced=False)
        kept.check(MODEL)
        reservation = await kept.reserve(call())
        assert reservation.most == Cost(tokens=MOST, usd=None)
        assert kept.settle(reservation, reply()) == Cost(tokens=USED, usd=None)

    run(test)


def test_an_article_that_is_done_is_forgotten() -> None:
    asked: list[str] = []

    def before(article: str) -> Cost:
        asked.append(article)
        return Cost()

    async def test() -> None:
        kept = caps(Limits(tokens_per_article=10 * MOST), counted_on=before)
        for _ in range(2):
            kept.settle(await kept.reserve(call("a1")), reply())
            kept.settle(await kept.reserve(call("a1")), reply())
            kept.forget("a1")
        assert asked == ["a1", "a1"]

    run(test)


def test_a_call_that_is_given_up_while_it_waits_holds_nothing() -> None:
    async def test() -> None:
        kept = caps(Limits(tokens=2 * MOST))
        first = await kept.reserve(call(output=1_000 + MOST))
        waiting = [asyncio.create_task(kept.reserve(call())) for _ in range(3)]
        await turns()
        waiting[0].cancel()
        kept.release(first)
        waiting[1].cancel()  # granted, and not yet told
        await asyncio.gather(*waiting[:2], return_exceptions=True)
        kept.release(await waiting[2])
        assert kept.held == Cost()

    run(test)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_counted_and_set_aside_never_goes_beyond_a_cap(seed: int) -> None:
    draw = random.Random(seed)
    limits = Limits(usd=50 * MOST_USD, tokens=60 * MOST, usd_per_article=4 * MOST_USD)

    async def read(kept: Caps, article: str, ends: list[str]) -> None:
        try:
            for _ in range(draw.randint(1, 6)):
                asked = call(article, output=draw.randint(1, 2_000))
                reservation = await kept.reserve(asked)
                within(kept)
                await turns(draw.randint(0, 9))
                end(kept, reservation)
                within(kept)
            ends.append("read")
        except CapError as error:
            ends.append(type(error).__name__)
        finally:
            kept.forget(article)

    def end(kept: Caps, reservation: Reservation) -> None:
        match draw.randrange(5):
            case 0:
                kept.forfeit(reservation)
            case 1:
                kept.release(reservation)
            case _:
                prompt = draw.randint(0, reservation.most.tokens - 2_000)
                kept.settle(reservation, reply(prompt, draw.randint(0, 1)))

    def within(kept: Caps) -> None:
        both = kept.counted + kept.held
        assert both.tokens <= 60 * MOST
        assert (both.usd or 0.0) <= 50 * MOST_USD + 1e-6

    async def test() -> None:
        kept = caps(limits)
        ends: list[str] = []
        await asyncio.gather(*(read(kept, f"a{n}", ends) for n in range(120)))
        assert len(ends) == 120
        assert kept.held == Cost()
        assert ends.count("CapError") > 0
        assert kept.reached is not None
        assert kept.counted.tokens > 0

    run(test)


@pytest.mark.parametrize(
    ("usd", "told"),
    [
        (0.0, "$0.00"),
        (0.00001234, "$0.0000123"),
        (0.0042, "$0.0042"),
        (0.1, "$0.10"),
        (0.23456, "$0.235"),
        (0.9999, "$1.00"),
        (1234.5, "$1,234.50"),
    ],
)
def test_money_is_told_with_as_many_digits_as_it_needs(usd: float, told: str) -> None:
    assert dollars(usd) == told
