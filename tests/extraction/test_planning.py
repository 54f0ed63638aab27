import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from commanding import tollbook_here, write_articles
from loopback import ScriptedEndpoint
from making import PUBLISHED

from extractor.article import Article
from extractor.intake import Taken
from extractor.jobs.answers import MODEL_SHARE, Sample, estimate_answers
from extractor.jobs.between import Between
from extractor.jobs.plan_telling import tell_plan
from extractor.jobs.planning import Plan, plan_job
from extractor.jobs.price_file import PriceFile, StatedPrice
from extractor.jobs.prices import Prices
from extractor.jobs.tokens import JSON_CHARACTER
from extractor.prompt import Prompt, load_prompt
from extractor.records import Rejected, Source
from extractor.settings import EndpointSettings

pytestmark = pytest.mark.usefixtures("no_outer_settings")

MODEL = "org/model-1"
SOURCE = Source(path="in.jsonl")
TEXT = "Gunmen killed three farmers near Kano on Tuesday, police said. The army blamed the rebels."
FOREIGN = "قتل مسلحون ثلاثة مزارعين قرب كانو يوم الثلاثاء، وفقا للشرطة. واتهم الجيش المتمردين."
OWN = PriceFile(
    path=Path("prices.toml"),
    stated={MODEL: StatedPrice(input=1.0, output=10.0, cached=0.1, batch=0.5)},
)
COUNTS = ("inputs", "rejected", "articles", "requests")


@pytest.fixture(scope="module")
def prompt() -> Prompt:
    """The packaged prompt."""
    return load_prompt("incident/v1")


def taken(text: str, name: str = "a", **more: Any) -> Taken:
    stated: dict[str, Any] = {"published_at": PUBLISHED, **more}
    article = Article.of(text, id=name, **stated)
    return Taken(article=article, source=SOURCE)


def rejected() -> Rejected:
    return Rejected(source=SOURCE, article_id=None, raw_sha256=None, reason="no article")


def many(number: int, text: str = TEXT) -> Iterator[Taken]:
    return (taken(f"{text} No. {one}", f"a{one}") for one in range(number))


def plan(inputs: Any, prompt: Prompt, *, priced: bool = True, **more: Any) -> Plan:
    settings = EndpointSettings(base_url="http://localhost:8000/v1", **more.pop("settings", {}))
    return plan_job(
        inputs,
        model=MODEL,
        settings=settings,
        prompt=prompt,
        prices=Prices(OWN if priced else None, now=lambda: datetime(2026, 11, 20, tzinfo=UTC)),
        **more,
    )


@pytest.mark.parametrize(
    ("inputs", "counts"),
    [
        pytest.param([], (0, 0, 0, 0), id="nothing"),
        pytest.param([rejected()], (1, 1, 0, 0), id="a rejected input"),
        pytest.param([taken(TEXT), taken(TEXT, "b")], (2, 0, 2, 1), id="equal articles"),
        pytest.param(
            [taken(TEXT), taken(TEXT, "b", title="Kano")], (2, 0, 2, 2), id="another title"
        ),
        pytest.param(
            [taken(TEXT), taken(TEXT, "b", published_at=None)], (2, 0, 2, 2), id="another date"
        ),
        pytest.param(
            [taken(TEXT), rejected(), taken(TEXT + " ", "b")], (3, 1, 2, 2), id="another text"
        ),
    ],
)
def test_inputs_are_counted_and_equal_ones_are_paid_once(
    prompt: Prompt, inputs: list[Taken | Rejected], counts: tuple[int, ...]
) -> None:
    told = plan(inputs, prompt)
    assert tuple(getattr(told, name) for name in COUNTS) == counts


def test_nothing_to_read_takes_nothing(prompt: Prompt) -> None:
    told = plan([], prompt)
    nothing = Between(low=0.0, high=0.0)
    assert told.prompt_tokens == told.output_tokens == told.duration.seconds == nothing
    assert told.live is not None
    assert told.live.usd == nothing
    assert told.answers is None


def test_a_prompt_is_the_same_for_all_but_for_the_article(prompt: Prompt) -> None:
    one, ten = plan(many(1), prompt), plan(many(10), prompt)
    assert one.static_tokens == ten.static_tokens
    assert ten.prompt_tokens.low > 10 * ten.static_tokens.low
    assert ten.prompt_tokens.low == pytest.approx(10 * one.prompt_tokens.low)
    longer = plan(many(1, TEXT * 100), prompt)
    more = longer.prompt_tokens.low - one.prompt_tokens.low
    assert more == pytest.approx(99 * len(TEXT) / 4.4, rel=0.02)


def test_what_is_in_every_prompt_may_be_read_from_a_cache_from_the_second_on(
    prompt: Prompt,
) -> None:
    told = plan(many(100), prompt)
    assert told.live is not None
    first, static = told.prompt_tokens.low / 100, told.static_tokens.low
    cached = 100 * first - 99 * static * 0.9  # a tenth of the price for what is cached
    low = (cached + told.output_tokens.low * 10) / 1e6
    high = (told.prompt_tokens.high + told.output_tokens.high * 10) / 1e6
    assert told.live.usd.low == pytest.approx(low, rel=0.01)
    assert told.live.usd.high == pytest.approx(high, rel=0.01)


def test_a_batch_has_its_own_price(prompt: Prompt) -> None:
    told = plan(many(3), prompt)
    assert told.live is not None
    assert told.batch is not None
    assert told.batch.usd.high == pytest.approx(told.live.usd.high / 2)
    assert told.batch.source == "'prices.toml', 'org/model-1', 0.5 of it in a batch"


def test_without_a_price_no_money_is_told(prompt: Prompt) -> None:
    told = plan(many(3), prompt, priced=False)
    assert told.live is None
    assert told.batch is None
    assert told.prompt_tokens.low > 0


def test_a_sample_is_of_the_size_asked_for_and_the_same_every_time() -> None:
    def ids(number: int, *, size: int = 10, seed: int = 0) -> list[str]:
        sample = Sample(size=size, seed=seed)
        for one in many(number):
            sample.offer(one.article)
        return [article.id for article in sample.articles]

    assert ids(4) == ["a0", "a1", "a2", "a3"]
    assert len(ids(1000)) == len(set(ids(1000))) == 10
    assert ids(1000) == ids(1000)
    assert ids(1000) != ids(1000, seed=1)
    late = sum(int(name[1:]) >= 500 for name in ids(1000, size=400))
    assert 160 < late < 240


def estimated(*texts: str, met: int | None = None) -> Any:
    sample = Sample(size=100, seed=0)
    for number, text in enumerate(texts):
        sample.offer(Article.of(text, id=str(number), published_at=PUBLISHED))
    sample.met = met or sample.met
    return estimate_answers(sample)


def test_answers_are_as_long_as_those_of_the_built_in_rules_or_longer() -> None:
    one, none = estimated(TEXT), estimated("It rained in Kano on Tuesday.")
    assert one.sampled == none.sampled == 1
    assert one.tokens.low > 10 * none.tokens.low
    assert none.tokens.low == pytest.approx(32 * JSON_CHARACTER.low)
    spread = MODEL_SHARE.high * JSON_CHARACTER.high / JSON_CHARACTER.low
    assert one.tokens.high == pytest.approx(one.tokens.low * spread)


def test_the_smaller_the_sample_the_wider_the_estimate() -> None:
    texts = [TEXT, "It rained in Kano on Tuesday.", TEXT * 2, "It rained."]
    spreads = [
        estimated(*sampled, met=met).tokens.high - estimated(*sampled, met=met).tokens.low
        for sampled, met in ((texts, 4), (texts * 10, 10_000), (texts, 10_000), (texts[:1], 10))
    ]
    assert spreads[0] < spreads[1] < spreads[2]


def test_articles_that_the_built_in_rules_do_not_read_are_told() -> None:
    both, foreign = estimated(TEXT, FOREIGN), estimated(FOREIGN, FOREIGN)
    assert (both.sampled, both.unread) == (1, 1)
    assert (foreign.sampled, foreign.unread) == (0, 2)
    assert foreign.tokens.high > 5 * foreign.tokens.low


def test_no_answer_is_longer_than_it_may_be(prompt: Prompt) -> None:
    told = plan(many(2, TEXT * 50), prompt, settings={"max_output_tokens": 100})
    assert told.output_tokens == Between(low=200.0, high=200.0)


@pytest.mark.parametrize(
    ("settings", "held_up_by"),
    [
        pytest.param({"at_once": 1}, "at_once", id="at once"),
        pytest.param(
            {"at_once": 1000, "requests_per_minute": 1}, "requests_per_minute", id="calls"
        ),
        pytest.param(
            {"at_once": 1000, "tokens_per_minute": 1000}, "tokens_per_minute", id="tokens"
        ),
    ],
)
def test_the_time_is_that_of_what_holds_up_most(
    prompt: Prompt, settings: dict[str, Any], held_up_by: str
) -> None:
    told = plan(many(60), prompt, settings=settings)
    assert told.duration.held_up_by == held_up_by
    if held_up_by == "requests_per_minute":
        assert told.duration.seconds == Between(low=3600.0, high=3600.0)
    if held_up_by == "tokens_per_minute":
        both = told.prompt_tokens + told.output_tokens
        assert told.duration.seconds.low == pytest.approx(both.low * 0.06)


@pytest.mark.parametrize(
    ("lane", "priced", "told"),
    [
        pytest.param("live", True, "cost: $", id="price"),
        pytest.param(
            "live", True, "'prices.toml', 'org/model-1', 0.5 of it in a batch", id="batch"
        ),
        pytest.param(
            "live",
            False,
            "cost: no price known for 'org/model-1' at http://localhost:8000/v1: state it in a "
            "file and give --prices FILE",
            id="no price",
        ),
        pytest.param("live", True, "held up by the calls under way at once (--at-once)", id="time"),
        pytest.param("batch", True, "time: as long as the host takes for its batches", id="day"),
        pytest.param("live", True, "4 inputs: 3 articles, 1 rejected; 3 distinct", id="counts"),
        pytest.param("live", True, "rules answer to 2 of 3 articles", id="sample"),
        pytest.param("live", True, "not counted: reasoning", id="what is left out"),
    ],
)
def test_a_plan_is_told_in_words(prompt: Prompt, lane: Any, priced: bool, told: str) -> None:
    planned = plan([*many(3), rejected()], prompt, priced=priced, sample=2)
    assert told in "\n".join(tell_plan(planned, lane=lane))


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A file with two equal articles and another one."""
    return write_articles(tmp_path / "in.jsonl", a=TEXT, b=TEXT, c=FOREIGN)


def test_the_command_tells_a_plan_and_makes_nothing(articles: Path) -> None:
    ran = tollbook_here(
        *("run", "plan", articles.name, "--reader", "openai/gpt-4.1-mini", "--at-once", "4"),
        cwd=articles.parent,
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("3 inputs: 3 articles, 0 rejected; 2 distinct requests\n")
    assert "by genai-prices" in ran.out
    assert [path.name for path in articles.parent.iterdir()] == ["in.jsonl"]


def test_nothing_is_asked_of_the_model(
    articles: Path, scripted: Callable[..., ScriptedEndpoint]
) -> None:
    endpoint = scripted()
    ran = tollbook_here(
        *("run", "plan", articles.name, "--reader", "openai/m", "--base-url", endpoint.url),
        cwd=articles.parent,
    )
    assert ran.code == 0
    assert endpoint.calls == []


def test_the_command_tells_a_plan_as_json(articles: Path) -> None:
    (articles.parent / "own.toml").write_text("[models.m]\ninput = 1\noutput = 2\n")
    ran = tollbook_here(
        *("run", "plan", articles.name, "--reader", "openai/m", "--json"),
        *("--base-url", "http://localhost:1/v1", "--prices", "own.toml"),
        cwd=articles.parent,
    )
    told = json.loads(ran.out)
    assert tuple(told[name] for name in COUNTS) == (3, 0, 3, 2)
    assert (told["model"], told["endpoint"]) == ("m", "http://localhost:1/v1")
    assert told["live"]["source"] == "'own.toml', 'm'"
    assert told["batch"] is None
    assert (told["answers"]["sampled"], told["answers"]["unread"]) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        pytest.param(["--reader", "baseline"], 2, "'baseline' is none", id="built-in rules"),
        pytest.param([], 2, "name one with --reader openai/<model>", id="no reader"),
        pytest.param(["--reader", "openai/"], 2, "a plan is for a model", id="no model"),
        pytest.param(
            ["--reader", "openai/m", "--prices", "none.toml"], 2, "'none.toml'", id="no prices"
        ),
        pytest.param(["--reader", "openai/m", "--prompt", "x/v1"], 2, "x/v1", id="no prompt"),
    ],
)
def test_a_plan_that_cannot_be_made_says_why(
    articles: Path, arguments: list[str], code: int, told: str
) -> None:
    ran = tollbook_here("run", "plan", articles.name, *arguments, cwd=articles.parent)
    assert ran.code == code
    assert told in ran.err


def test_a_plan_without_an_article_says_so(tmp_path: Path) -> None:
    ran = tollbook_here("run", "plan", "none.txt", "--reader", "openai/m", cwd=tmp_path)
    assert ran.code == 4
    assert ran.out.startswith("1 inputs: 0 articles, 1 rejected; 0 distinct requests")
