"""A plan: what it would take to read inputs with a model, before anything is asked or paid."""

from collections.abc import Iterable
from dataclasses import dataclass

from extractor.intake import Taken
from extractor.jobs.answers import AnswerLength, Sample, estimate_answers
from extractor.jobs.between import Between
from extractor.jobs.distinct import Distinct
from extractor.jobs.price import Price
from extractor.jobs.prices import Prices
from extractor.jobs.tokens import tokens_of, tokens_of_json
from extractor.prompt import Prompt
from extractor.prompt.showing import show_article
from extractor.readers.calls import canonical_json
from extractor.readers.exchange import Usage
from extractor.records import Rejected
from extractor.settings import EndpointSettings
from extractor.wire import strict_schema

SAMPLE = 50
"""Articles that the built-in rules read for a plan."""

_FENCE_TOKENS = Between(low=60.0, high=110.0)  # of the lines around an article, hashes among them
_FIRST_SECONDS = Between(low=0.5, high=3.0)  # until an answer begins
_TOKENS_A_SECOND = Between(low=30.0, high=150.0)  # of an answer that has begun
_MILLION = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Money:
    """What requests cost in one lane, and who says so."""

    usd: Between
    source: str


@dataclass(frozen=True, kw_only=True)
class Duration:
    """How long requests take in the live lane, and what does not let them be quicker."""

    seconds: Between
    held_up_by: str
    """`at_once`, `requests_per_minute` or `tokens_per_minute`, at the high end."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What it would take to read inputs."""

    inputs: int
    rejected: int
    articles: int
    requests: int
    """Distinct ones: equal articles are asked about, and paid for, once."""
    model: str
    endpoint: str
    prompt: str
    prompt_tokens: Between
    """Of all requests together."""
    static_tokens: Between
    """Of one request: what is the same in every one, and may be read from a host's cache."""
    output_tokens: Between
    """Of all answers together, without reasoning."""
    answers: AnswerLength | None
    """What that rests on; empty if there is no article."""
    live: Money | None
    """Empty where no price is known."""
    batch: Money | None
    duration: Duration


def plan_job(
    inputs: Iterable[Taken | Rejected],
    *,
    model: str,
    settings: EndpointSettings,
    prompt: Prompt,
    prices: Prices,
    sample: int = SAMPLE,
    seed: int = 0,
) -> Plan:
    """Go through inputs once, and work out what it would take to read them.

    Nothing is asked of any endpoint, and no more than the sample is in memory. What tries again
    may cost is not in it.

    Args:
        inputs: what would be read.
        model: who would read it.
        settings: of the endpoint.
        prompt: what it would be told.
        prices: what calls cost.
        sample: of so many articles the answers' length is estimated.
        seed: of the choice of these.
    """
    static = _static_tokens(prompt)
    tills = {
        lane: _Till(prices.find(model, settings.url, lane=lane), static)
        for lane in ("live", "batch")
    }
    chosen = Sample(size=sample, seed=seed)
    distinct = Distinct()
    rejected = articles = requests = 0
    prompts = Between(low=0.0, high=0.0)
    for entry in inputs:
        if isinstance(entry, Rejected):
            rejected += 1
            continue
        articles += 1
        article = entry.article
        if not distinct.is_new(show_article(article)):
            continue
        requests += 1
        chosen.offer(article)
        asked = static + tokens_of(f"{article.title or ''}{article.text}") + _FENCE_TOKENS
        prompts += asked
        for till in tills.values():
            till.add(asked)
    distinct.close()
    answers = estimate_answers(chosen)
    most = settings.max_output_tokens
    one = answers.tokens if answers else Between(low=0.0, high=0.0)
    one = Between(low=min(one.low, most), high=min(one.high, most))
    output = one.times(requests)
    return Plan(
        inputs=articles + rejected,
        rejected=rejected,
        articles=articles,
        requests=requests,
        model=model,
        endpoint=settings.url,
        prompt=prompt.id,
        prompt_tokens=prompts,
        static_tokens=static,
        output_tokens=output,
        answers=answers,
        live=tills["live"].money(output),
        batch=tills["batch"].money(output),
        duration=_duration(settings, requests=requests, prompts=prompts, answer=one),
    )


class _Till:
    """Adds up what prompts cost: at the least where the host's cache serves what it can."""

    def __init__(self, price: Price | None, static: Between) -> None:
        self._price = price
        self._static = static
        self._low = self._high = 0.0
        self._met = 0
        self._longest = 0.0

    def add(self, asked: Between) -> None:
        """Take in one prompt."""
        if self._price is None:
            return
        cached = int(self._static.low) if self._met else 0
        self._low += (
            self._price.of(
                Usage(prompt_tokens=int(asked.low), completion_tokens=0, cached_tokens=cached)
            )
            or 0.0
        )
        self._high += self._price.most(prompt=int(asked.high), output=0)
        self._met += 1
        self._longest = max(self._longest, asked.high)

    def money(self, output: Between) -> Money | None:
        """What the prompts cost with these answers; empty without a price."""
        if self._price is None:
            return None
        dearest = [
            self._price.rates.output,
            *(rates.output for start, rates in self._price.steps if self._longest > start),
        ]
        usd = Between(
            low=self._low + output.low * self._price.rates.output / _MILLION,
            high=self._high + output.high * max(dearest) / _MILLION,
        )
        return Money(usd=usd, source=self._price.source)


def _static_tokens(prompt: Prompt) -> Between:
    """What every request holds; the schema counts as prompt with some hosts only."""
    found = Between(low=0.0, high=tokens_of_json(canonical_json(strict_schema())).high)
    for message in prompt.static_messages:
        count = tokens_of_json if message.role == "assistant" else tokens_of
        found += count(message.content)
    return found


def _duration(
    settings: EndpointSettings, *, requests: int, prompts: Between, answer: Between
) -> Duration:
    """How long so many requests take, with as many at once and a minute as the settings allow."""
    turns = requests / settings.at_once
    seconds = {
        "at_once": Between(
            low=turns * (_FIRST_SECONDS.low + answer.low / _TOKENS_A_SECOND.high),
            high=turns * (_FIRST_SECONDS.high + answer.high / _TOKENS_A_SECOND.low),
        )
    }
    if settings.requests_per_minute:
        exact = requests * 60 / settings.requests_per_minute
        seconds["requests_per_minute"] = Between(low=exact, high=exact)
    if settings.tokens_per_minute:
        tokens = prompts + answer.times(requests)
        seconds["tokens_per_minute"] = tokens.times(60 / settings.tokens_per_minute)
    return Duration(
        seconds=Between(
            low=max(one.low for one in seconds.values()),
            high=max(one.high for one in seconds.values()),
        ),
        held_up_by=max(seconds, key=lambda name: seconds[name].high),
    )
