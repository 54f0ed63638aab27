import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import genai_prices
import pytest
from commanding import bare_environment
from genai_prices.data_snapshot import get_snapshot
from genai_prices.types import TimeOfDateConstraint

from extractor.errors import UsageError
from extractor.jobs.price import Lane, Price, Rates
from extractor.jobs.prices import Prices, open_prices
from extractor.readers.exchange import Reply, Usage

ROOT = Path(__file__).resolve().parents[2]
OPENAI = "https://api.openai.com/v1"
MODEL = "gpt-4.1-mini"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MILLION = Usage(prompt_tokens=1_000_000, completion_tokens=1_000_000)
PRICE = Price(
    source="a list",
    rates=Rates(input=2.0, output=8.0, cached=0.5, written=2.5),
    steps=((200_000, Rates(input=4.0, output=12.0, cached=1.0, written=5.0)),),
)


def listed() -> Prices:
    return Prices(now=lambda: NOW)


def written(folder: Path, text: str) -> Path:
    path = folder / "prices.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("usage", "dollars"),
    [
        pytest.param({"prompt_tokens": 1000}, 0.002, id="input"),
        pytest.param({"completion_tokens": 1000}, 0.008, id="output"),
        pytest.param({"prompt_tokens": 1000, "cached_tokens": 600}, 0.0011, id="cached"),
        pytest.param({"prompt_tokens": 1000, "written_tokens": 600}, 0.0023, id="written"),
        pytest.param(
            {"prompt_tokens": 1000, "cached_tokens": 600, "written_tokens": 600},
            0.0013,
            id="no more than the prompt is cached or written",
        ),
        pytest.param(
            {"completion_tokens": 1000, "reasoning_tokens": 900}, 0.008, id="reasoning is in it"
        ),
        pytest.param(
            {"prompt_tokens": 1000, "completion_tokens": 10, "total_tokens": 1110},
            0.00288,
            id="reasoning that only the total tells of",
        ),
        pytest.param({"prompt_tokens": 200_000}, 0.4, id="as far as the step"),
        pytest.param(
            {"prompt_tokens": 200_001, "completion_tokens": 1000}, 0.812004, id="past the step"
        ),
    ],
)
def test_each_kind_of_token_is_paid_at_its_rate(usage: dict[str, int], dollars: float) -> None:
    whole = {"prompt_tokens": 0, "completion_tokens": 0, **usage}
    assert PRICE.of(Usage(**whole)) == pytest.approx(dollars)


@pytest.mark.parametrize(
    "usage",
    [
        pytest.param(Usage(), id="nothing"),
        pytest.param(Usage(prompt_tokens=5), id="no completion"),
        pytest.param(Usage(completion_tokens=5), id="no prompt"),
    ],
)
def test_a_call_whose_tokens_are_not_known_has_no_price(usage: Usage) -> None:
    assert PRICE.of(usage) is None


def test_what_a_call_costs_at_most_bounds_every_usage_within_it() -> None:
    draw = random.Random(8)
    for _ in range(500):
        prompt, output = draw.choice([10, 150_000, 200_001, 400_000]), draw.randrange(20_000)
        most = PRICE.most(prompt=prompt, output=output)
        used = draw.randint(0, prompt)
        cached = draw.randint(0, used)
        usage = Usage(
            prompt_tokens=used,
            completion_tokens=draw.randint(0, output),
            cached_tokens=cached,
            written_tokens=draw.randint(0, used - cached),
        )
        assert (PRICE.of(usage) or 0.0) <= most


def test_a_reply_states_what_went_into_a_cache_and_the_total() -> None:
    usage = {
        "prompt_tokens": 9,
        "completion_tokens": 2,
        "total_tokens": 14,
        "prompt_tokens_details": {"cached_tokens": 3, "cache_write_tokens": 4},
    }
    stated = Reply(called={"usage": usage}).usage
    assert (stated.cached_tokens, stated.written_tokens) == (3, 4)
    assert (stated.output_tokens, stated.tokens) == (5, 14)


@pytest.mark.parametrize(
    ("model", "base_url"),
    [
        pytest.param(MODEL, "http://localhost:8000/v1", id="own machine"),
        pytest.param(MODEL, "https://llm.example.org/v1", id="unknown host"),
        pytest.param(MODEL, "https://api.openai.com.example.org/v1", id="a name that begins alike"),
        pytest.param(MODEL, "https://example.org/api.openai.com/v1", id="a path alike"),
        pytest.param(MODEL, "http://api.openai.com/v1", id="not encrypted"),
        pytest.param(MODEL, "https://api.openai.com:8443/v1", id="another port"),
        pytest.param(MODEL, "https://eu.api.openai.com/v1", id="a region"),
        pytest.param(MODEL, "https://me.openai.azure.com/openai/v1", id="named deployments"),
        pytest.param("no-such-model", OPENAI, id="unknown model"),
        pytest.param("text-embedding-3-small", OPENAI, id="a model that answers nothing"),
    ],
)
@pytest.mark.parametrize("lane", ["live", "batch"])
def test_no_price_is_made_up(model: str, base_url: str, lane: Lane) -> None:
    prices = listed()
    assert prices.find(model, base_url, lane=lane) is None
    assert prices.of(model, base_url, MILLION, lane=lane) is None
    assert prices.most(model, base_url, prompt=1, output=1, lane=lane) is None


def _known() -> Iterator[tuple[str, str, str]]:
    hosts = {
        "openai": OPENAI,
        "openrouter": "https://openrouter.ai/api/v1",
        "deepseek": "https://api.deepseek.com",
        "anthropic": "https://api.anthropic.com/v1",
        "mistral": "https://api.mistral.ai/v1",
    }
    for provider in get_snapshot().providers:
        for model in provider.models if provider.id in hosts else ():
            if provider.find_model(model.id) is model:
                yield provider.id, hosts[provider.id], model.id


def test_prices_of_known_hosts_are_those_of_the_table() -> None:
    draw = random.Random(3)
    prices = listed()
    compared = 0
    for provider, base_url, model in _known():
        price = prices.find(model, base_url)
        if price is None:
            continue
        prompt = draw.choice([100, 100_000, 250_000, 400_000])
        cached = draw.randrange(prompt)
        going_in = draw.randrange(prompt - cached) if price.rates.written else 0
        output = draw.randrange(9000)
        expected = genai_prices.calc_price(
            genai_prices.Usage(
                input_tokens=prompt,
                output_tokens=output,
                cache_read_tokens=cached,
                cache_write_tokens=going_in,
            ),
            model,
            provider_id=provider,
            genai_request_timestamp=NOW,
        )
        usage = Usage(
            prompt_tokens=prompt,
            completion_tokens=output,
            cached_tokens=cached,
            written_tokens=going_in,
        )
        assert prices.of(model, base_url, usage) == pytest.approx(float(expected.total_price))
        compared += 1
    assert compared > 500


def test_a_price_says_which_list_it_is_from() -> None:
    prices = listed()
    version = genai_prices.__version__
    live, batch = (prices.find(MODEL, OPENAI, lane=lane) for lane in ("live", "batch"))
    assert live is not None
    assert batch is not None
    assert live.source == f"genai-prices {version}, OpenAI {MODEL}"
    assert batch.source == f"genai-prices {version}, OpenAI {MODEL}, in a batch"


@pytest.mark.parametrize(
    ("model", "base_url", "share"),
    [
        pytest.param(MODEL, OPENAI, 0.5, id="in the list"),
        pytest.param("gpt-5.1-codex-mini", OPENAI, 0.5, id="as the Batch API has it"),
        pytest.param("deepseek-chat", "https://api.deepseek.com", None, id="no such lane"),
    ],
)
def test_a_batch_costs_less_where_it_is_known_to(
    model: str, base_url: str, share: float | None
) -> None:
    prices = listed()
    live = prices.of(model, base_url, MILLION)
    batch = prices.of(model, base_url, MILLION, lane="batch")
    assert live is not None
    assert batch == (None if share is None else pytest.approx(live * share))


def test_the_most_that_a_call_may_cost_holds_through_the_night() -> None:
    base_url = "https://api.deepseek.com"
    dearer: set[float] = set()
    for hour in range(24):
        prices = Prices(now=lambda hour=hour: NOW.replace(hour=hour))
        most = prices.most("deepseek-chat", base_url, prompt=1_000_000, output=1_000_000)
        assert most is not None
        dearer.add(most)
        for later in range(24):
            then = Prices(now=lambda later=later: NOW.replace(hour=later))
            assert (then.of("deepseek-chat", base_url, MILLION) or 0.0) <= most
    assert len(dearer) == 1


def test_the_table_has_a_price_that_changes_by_the_hour() -> None:
    deepseek = next(one for one in get_snapshot().providers if one.id == "deepseek")
    found = deepseek.find_model("deepseek-chat")
    assert found is not None
    assert isinstance(found.prices, list)
    assert any(
        isinstance(one.constraint, TimeOfDateConstraint)
        and one.constraint.start_time != time(0, tzinfo=UTC)
        for one in found.prices
    )


OWN = """
[models."org/model-1"]
input = 0.10
output = 0.40
cached = 0.05
batch = 0.25

[models."org/*"]
input = 1
output = 2

[models."org/model-?"]
input = 5
output = 5

[models."gpt-4.1-mini"]
input = 0.0
output = 0.0
"""


@pytest.mark.parametrize(
    ("model", "lane", "dollars", "told"),
    [
        pytest.param("org/model-1", "live", 0.5, "'org/model-1'", id="by its name"),
        pytest.param("org/model-2", "live", 3.0, "'org/*'", id="by the first pattern"),
        pytest.param("ORG/model-2", "live", None, "", id="letter case counts"),
        pytest.param("org/model-1", "batch", 0.125, "0.25 of it in a batch", id="discount"),
        pytest.param("org/model-2", "batch", None, "", id="no discount is stated"),
        pytest.param("gpt-4.1-mini", "live", 0.0, "'gpt-4.1-mini'", id="free of charge"),
    ],
)
@pytest.mark.parametrize("base_url", ["http://localhost:8000/v1", "https://llm.example.org/v1"])
def test_a_file_states_prices_for_any_host(
    tmp_path: Path, base_url: str, model: str, lane: Lane, dollars: float | None, told: str
) -> None:
    prices = open_prices(written(tmp_path, OWN))
    price = prices.find(model, base_url, lane=lane)
    assert prices.of(model, base_url, MILLION, lane=lane) == (
        None if dollars is None else pytest.approx(dollars)
    )
    assert (price.source if price else "").endswith(told)
    assert (price is None) == (dollars is None)


def test_a_file_outweighs_the_table_and_the_table_fills_its_gaps(tmp_path: Path) -> None:
    prices = open_prices(written(tmp_path, OWN))
    assert prices.of(MODEL, OPENAI, MILLION) == 0.0
    assert prices.of(MODEL, OPENAI, MILLION, lane="batch") == 0.0
    assert prices.of("gpt-4.1", OPENAI, MILLION) == listed().of("gpt-4.1", OPENAI, MILLION)


def test_cached_input_is_no_cheaper_where_a_file_does_not_say_so(tmp_path: Path) -> None:
    prices = open_prices(written(tmp_path, OWN))
    usage = Usage(prompt_tokens=100, completion_tokens=0, cached_tokens=100)
    assert prices.of("org/model-2", "http://localhost/v1", usage) == pytest.approx(0.0001)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("", 'no model has a price, write [models."NAME"] for each', id="empty"),
        pytest.param("models = 3", "no model has a price", id="no table of models"),
        pytest.param("[models]", "no model has a price", id="no models"),
        pytest.param("[model.x]\ninput = 1", "unknown section or key 'model'", id="misspelt"),
        pytest.param("[models.x", "is no TOML", id="no TOML"),
        pytest.param("[models]\nx = 3", '[models."x"] is no table', id="no table"),
        pytest.param("[models.x]\ninput = 1", "[models.\"x\"] has no 'output'", id="missing"),
        pytest.param(
            "[models.x]\ninput = 1\noutput = 1\nreasoning = 2",
            "has an unknown key 'reasoning', there is input, output, cached, batch",
            id="unknown key",
        ),
        pytest.param("[models.x]\ninput = -1\noutput = 1", "'input': ", id="negative"),
        pytest.param("[models.x]\ninput = nan\noutput = 1", "'input': ", id="no number"),
        pytest.param("[models.x]\ninput = inf\noutput = 1", "'input': ", id="infinite"),
        pytest.param('[models.x]\ninput = "1"\noutput = 1', "'input': ", id="words"),
        pytest.param("[models.x]\ninput = true\noutput = 1", "'input': ", id="truth"),
        pytest.param("[models.x]\ninput=1\noutput=1\nbatch=1.5", "'batch': ", id="surcharge"),
        pytest.param("[models.x]\ninput=1\noutput=1\nbatch=0", "'batch': ", id="nothing to pay"),
    ],
)
def test_what_is_wrong_in_a_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UsageError) as raised:
        open_prices(path)
    assert str(raised.value).startswith(f"price file {str(path)!r}")
    assert told in str(raised.value)


def test_all_that_is_wrong_in_a_file_is_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, 'a = 1\n[models.x]\ninput = "1"\nb = 2\n[models.y]\noutput = 1')
    with pytest.raises(UsageError) as raised:
        open_prices(path)
    for told in ("'a'", "'input'", "'b'", "no 'output'", "no 'input'"):
        assert told in str(raised.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"], ids=["missing", "no UTF-8"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "prices.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match="price file"):
        open_prices(path)


def test_the_price_table_is_loaded_when_a_price_is_asked_for_and_never_fetched() -> None:
    code = f"""
import socket, sys

def refuse(*_, **__):
    raise AssertionError("the network was touched")

socket.socket.connect = socket.getaddrinfo = refuse

from extractor.jobs.prices import open_prices

prices = open_prices()
assert prices.find("m", "http://localhost/v1") is None
assert "genai_prices" not in sys.modules
assert prices.find({MODEL!r}, {OPENAI!r})
assert "genai_prices" in sys.modules
"""
    environment = bare_environment(PYTHONPATH=str(ROOT))
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, cwd=ROOT)
