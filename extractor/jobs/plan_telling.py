"""A plan in words."""

import math
from collections.abc import Iterator

from extractor.jobs.between import Between
from extractor.jobs.cost import dollars
from extractor.jobs.planning import Money, Plan
from extractor.jobs.price import Lane

_DIGITS = 3  # of an estimate; more would only look exact
_OPTIONS = {
    "at_once": "the calls under way at once (--at-once)",
    "requests_per_minute": "the calls a minute (--rpm)",
    "tokens_per_minute": "the tokens a minute (--tpm)",
}


def tell_plan(plan: Plan, *, lane: Lane) -> Iterator[str]:
    """Say what it would take to read inputs, a line for each part of it."""
    yield (
        f"{plan.inputs:,} inputs: {plan.articles:,} articles, {plan.rejected:,} rejected; "
        f"{plan.requests:,} distinct requests"
    )
    yield f"to {plan.model!r} at {plan.endpoint}, with the prompt {plan.prompt}"
    if not plan.requests:
        return
    yield (
        f"prompts: {_number(plan.prompt_tokens)} tokens, of which {_number(plan.static_tokens)} "
        "in every request are the same"
    )
    yield f"answers: {_number(plan.output_tokens)} tokens, {_told_of_sample(plan)}"
    yield f"cost: {_money(plan.live, plan, lane='live')}"
    yield f"cost in batches: {_money(plan.batch, plan, lane='batch')}"
    if lane == "batch":
        yield "time: as long as the host takes for its batches, up to 24 hours for each"
    else:
        held_up = _OPTIONS[plan.duration.held_up_by]
        yield f"time: {_time(plan.duration.seconds)}, held up by {held_up}"
    yield (
        "not counted: reasoning, answers asked for a second time, and calls made again after "
        "trouble"
    )


def _told_of_sample(plan: Plan) -> str:
    answers = plan.answers
    if answers is None or not answers.sampled:
        return "a guess by their length: no article looked at is in English"
    unread = f", {answers.unread:,} more are not in English" if answers.unread else ""
    of = f"of {plan.requests:,} articles" if plan.requests > answers.sampled else "articles"
    return f"by what the built-in rules answer to {answers.sampled:,} {of}{unread}"


def _money(money: Money | None, plan: Plan, *, lane: Lane) -> str:
    if money is not None:
        low, high = dollars(money.usd.low), dollars(money.usd.high)
        return f"{low if low == high else f'{low} to {high}'}, by {money.source}"
    if lane == "batch" and plan.live is not None:
        return "no price known"
    return (
        f"no price known for {plan.model!r} at {plan.endpoint}: state it in a file and give "
        "--prices FILE"
    )


def _number(estimate: Between) -> str:
    low, high = _rounded(estimate.low), _rounded(estimate.high)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _rounded(number: float) -> int:
    if number < 1:
        return 0
    return int(round(number, _DIGITS - 1 - math.floor(math.log10(number))))


def _time(seconds: Between) -> str:
    low, high = _span(seconds.low), _span(seconds.high)
    return low if low == high else f"{low} to {high}"


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{math.ceil(seconds)} s"
    minutes = math.ceil(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{hours / 24:.1f} days"
