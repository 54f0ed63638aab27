"""Progress: a snapshot in words for a terminal, and as a line of JSON for everything else.

Both tell numbers and fixed words only: no name, title or text of an article, and no key.
"""

import json
from collections.abc import Iterator
from typing import Any

from extractor.jobs.cost import dollars
from extractor.jobs.snapshot import HeldUp, Hindrance, Snapshot
from extractor.jobs.totals import Totals

FORMAT = "tollbook-progress/1"
"""Stands in every line of JSON; another number means that members changed their meaning."""

_SAID = {
    Hindrance.ENDPOINT_DOWN: "the endpoint is down",
    Hindrance.ASKED_TO_WAIT: "the endpoint asks to wait",
    Hindrance.REQUESTS_PER_MINUTE: "calls a minute, by --rpm",
    Hindrance.TOKENS_PER_MINUTE: "tokens a minute, by --tpm",
    Hindrance.REQUESTS_GRANTED: "calls that the endpoint grants",
    Hindrance.TOKENS_GRANTED: "tokens that the endpoint grants",
    Hindrance.CAP: "a cap is near",
}


def lines_of(snapshot: Snapshot) -> list[str]:
    """A snapshot in a few lines for a person; what is unknown is left out, not guessed."""
    lines = [", ".join(_inputs(snapshot)), ", ".join(_outcomes(snapshot))]
    if snapshot.calls:
        lines += [", ".join(_calls(snapshot, snapshot.calls)), "; ".join(_costs(snapshot))]
    lines += [f"held up: {_held_up(one)}" for one in snapshot.held_up]
    if snapshot.stopping:
        lines.append("stopping: what is being read is finished")
    return lines


def json_of(snapshot: Snapshot) -> str:
    """A snapshot as one line of JSON; every member is always there, `null` where unknown."""
    calls = snapshot.calls
    told: dict[str, Any] = {
        "format": FORMAT,
        "seconds": round(snapshot.seconds, 1),
        "inputs_done": snapshot.inputs_done,
        "inputs_known": snapshot.inputs_known,
        "inputs_expected": snapshot.inputs_expected,
        "outcomes": {outcome.value: count for outcome, count in snapshot.outcomes.items()},
        "articles_a_minute": _rounded(snapshot.articles_a_minute, 1),
        "seconds_left": _rounded(snapshot.seconds_left, 0),
        "calls": calls.calls if calls else None,
        "calls_answered": calls.answered if calls else None,
        "calls_failed": calls.failed if calls else None,
        "calls_cut_off": calls.cut_off if calls else None,
        "calls_under_way": calls.under_way if calls else None,
        "calls_at_once": snapshot.calls_at_once,
        "calls_at_once_most": snapshot.calls_at_once_most,
        "answers_kept": snapshot.answers_kept if calls else None,
        "prompt_tokens": calls.prompt_tokens if calls else None,
        "completion_tokens": calls.completion_tokens if calls else None,
        "usd": _rounded(calls.spent_usd, 6) if calls else None,
        "usd_projected": _rounded(snapshot.usd_projected, 6),
        "calls_unpriced": calls.unpriced if calls else None,
        "held_up": [
            {"by": one.by.value, "seconds": _rounded(one.seconds, 1), "waiting": one.waiting}
            for one in snapshot.held_up
        ],
        "stopping": snapshot.stopping,
    }
    return json.dumps(told)


def duration(seconds: float) -> str:
    """A stretch of time for people to read, in its two largest units."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def _inputs(snapshot: Snapshot) -> Iterator[str]:
    done, expected = snapshot.inputs_done, snapshot.inputs_expected
    if expected:
        # A file may have grown since its lines were counted.
        yield f"{done:,} of {expected:,} inputs ({min(done / expected, 1):.0%})"
    else:
        yield f"{done:,} inputs"
    if snapshot.inputs_known:
        yield f"{snapshot.inputs_known:,} known from before"
    yield duration(snapshot.seconds)
    if snapshot.articles_a_minute is not None:
        yield f"{snapshot.articles_a_minute:,.0f} articles a minute"
    if snapshot.seconds_left is not None:
        yield f"about {duration(snapshot.seconds_left)} left"


def _outcomes(snapshot: Snapshot) -> Iterator[str]:
    counts = [f"{outcome.value} {count:,}" for outcome, count in snapshot.outcomes.items() if count]
    yield from counts or ["no outcome yet"]


def _calls(snapshot: Snapshot, calls: Totals) -> Iterator[str]:
    yield f"{calls.calls:,} calls"
    if snapshot.calls_at_once is not None:
        yield (
            f"{calls.under_way:,} under way of {snapshot.calls_at_once:,} at once "
            f"(at most {snapshot.calls_at_once_most:,})"
        )
    if calls.failed:
        yield f"{calls.failed:,} failed"
    if calls.cut_off:
        yield f"{calls.cut_off:,} cut off"
    if snapshot.answers_kept:
        yield f"{snapshot.answers_kept:,} kept answers used"


def _costs(snapshot: Snapshot) -> Iterator[str]:
    calls = snapshot.calls or Totals()
    tokens = f"{calls.prompt_tokens:,} tokens of prompts, {calls.completion_tokens:,} of answers"
    yield tokens
    if calls.spent_usd is None:
        yield "no price known"
        return
    spent = f"{dollars(calls.spent_usd)} spent"
    if calls.unpriced:
        spent += f" and {calls.unpriced:,} calls without a price"
    yield spent
    if snapshot.usd_projected is not None and snapshot.inputs_left:
        yield f"about {dollars(snapshot.usd_projected)} in all"


def _held_up(held: HeldUp) -> str:
    calls = "call waits" if held.waiting == 1 else "calls wait"
    left = "" if held.seconds is None else f", {duration(held.seconds)} to go"
    return f"{_SAID[held.by]}: {held.waiting:,} {calls}{left}"


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)
