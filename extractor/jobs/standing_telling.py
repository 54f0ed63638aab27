"""The standing of a run in words, and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from extractor.codes import InputOutcome
from extractor.jobs.past_calls import PastCalls
from extractor.jobs.standing import Standing
from extractor.jobs.summary import call_lines, inputs_line

FORMAT = "tollbook-status/1"
"""Stands in the JSON; another number means that members changed their meaning."""

MOST_NAMES = 20
"""Inputs that are named in a line; the JSON names all."""


def tell_standing(standing: Standing) -> Iterator[str]:
    """How a run stands, in lines for a person."""
    manifest, calls = standing.manifest, standing.calls
    prompt = f", prompt {manifest.prompt}" if manifest.prompt else ""
    yield f"run {standing.folder}: read by {manifest.reader}{prompt}; begun {manifest.created_at}"
    if inputs := _words(manifest.arguments.get("inputs")):
        yield f"its inputs: {', '.join(inputs)}"
    if manifest.shard:
        yield f"shard {manifest.shard} of them"
    yield from _code_lines(standing)
    if standing.is_being_written:
        yield "another process is writing to it now; this is how it stands meanwhile"
    yield inputs_line(standing.tally)
    yield from _line_lines(standing)
    if calls:
        yield from call_lines(calls.totals)
        yield from _call_lines(calls)
    for kind, names in standing.without_reading.items():
        yield f"{kind.value} {len(names):,}: {_named(names)}"
    if standing.without_outcome:
        names = standing.without_outcome
        yield f"begun, and without an outcome, {len(names):,}: {_named(names)}"
    for step in standing.next_steps():
        yield f"next: {step}"


def standing_as_json(standing: Standing) -> dict[str, Any]:
    """How a run stands, as an object of JSON; every member is always there."""
    manifest, survey, calls = standing.manifest, standing.survey, standing.calls
    return {
        "format": FORMAT,
        "run": str(standing.folder),
        "reader": manifest.reader,
        "prompt": manifest.prompt,
        "begun_at": manifest.created_at,
        "inputs": _words(manifest.arguments.get("inputs")),
        "shard": manifest.shard,
        "written_by_this_code": standing.is_own_code,
        "reparsed": standing.earlier_manifests - standing.is_reparse_unfinished,
        "reparse_unfinished": standing.is_reparse_unfinished,
        "inputs_ended": standing.has_passed,
        "being_written": standing.is_being_written,
        "outcomes": {kind.value: standing.tally[kind] for kind in InputOutcome},
        "lines": {
            "whole": survey.lines,
            "replaced": survey.replaced,
            "damaged": [fault._asdict() for fault in survey.faults],
            "without_checksum": survey.unsealed,
            "unfinished_bytes": survey.unfinished_bytes,
            "torn_before": survey.torn,
        },
        "calls": _calls_as_json(calls) if calls else None,
        "without_reading": {
            kind.value: list(names) for kind, names in standing.without_reading.items()
        },
        "without_outcome": list(standing.without_outcome),
        "next": standing.next_steps(),
    }


def _code_lines(standing: Standing) -> Iterator[str]:
    times = standing.earlier_manifests - standing.is_reparse_unfinished
    if times:
        yield f"its answers were mapped anew {times:,} times; earlier manifests stand beside it"
    if not standing.is_own_code:
        yield (
            "written by other code than this: only that code goes on with it, and "
            f"tollbook run reparse {standing.folder} maps its answers with this one"
        )


def _line_lines(standing: Standing) -> Iterator[str]:
    survey = standing.survey
    parts = [f"lines: {survey.lines:,}"]
    parts += [f"{survey.replaced:,} of them replaced by later ones"] if survey.replaced else []
    parts += [f"{survey.unsealed:,} without a checksum"] if survey.unsealed else []
    parts += [f"{survey.torn:,} torn ones moved aside"] if survey.torn else []
    if survey.unfinished_bytes and not standing.is_being_written:
        parts.append(f"{survey.unfinished_bytes:,} bytes of an unfinished last one")
    yield ", ".join(parts)
    for fault in survey.faults[:MOST_NAMES]:
        yield f"damaged line {fault.line}: {fault.message}"
    if len(survey.faults) > MOST_NAMES:
        yield f"and {len(survey.faults) - MOST_NAMES:,} more damaged lines"


def _call_lines(calls: PastCalls) -> Iterator[str]:
    statuses = ", ".join(f"{status} {count:,}" for status, count in calls.statuses.items())
    yield f"calls by status: {statuses or 'none'}"
    if set(calls.lanes) - {"live"}:
        lanes = ", ".join(f"{lane} {count:,}" for lane, count in calls.lanes.items())
        yield f"calls by lane: {lanes}"
    if calls.batches:
        parts = (
            f"{count:,} {state} with {requests:,} requests"
            for state, (count, requests) in calls.batches.items()
        )
        yield f"batches: {', '.join(parts)}; --lane batch goes on with them"
    void = f", and {calls.void:,} that a retry set void" if calls.void else ""
    yield f"answers kept: {calls.answers:,}{void}"


def _calls_as_json(calls: PastCalls) -> dict[str, Any]:
    totals, retry = calls.totals, calls.retry
    return {
        "made": totals.calls,
        "answered": totals.answered,
        "failed": totals.failed,
        "cut_off": totals.cut_off,
        "under_way": totals.under_way,
        "statuses": dict(calls.statuses),
        "lanes": dict(calls.lanes),
        "batches": {
            state: {"batches": count, "requests": requests}
            for state, (count, requests) in calls.batches.items()
        },
        "prompt_tokens": totals.prompt_tokens,
        "completion_tokens": totals.completion_tokens,
        "uncounted": totals.uncounted,
        "usd": totals.spent_usd,
        "unpriced": totals.unpriced,
        "cut_off_most_tokens": totals.cut_off_most_tokens,
        "cut_off_most_usd": totals.cut_off_most_usd,
        "answers_kept": calls.answers,
        "answers_void": calls.void,
        "retry": {"options": retry.command, "left": list(retry.articles)} if retry else None,
    }


def _named(names: Sequence[str]) -> str:
    told = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return f"{told} and {more:,} more (--json names all)" if more > 0 else told


def _words(told: Any) -> list[str]:
    """The words of a list in a manifest, which holds whatever its writer put there."""
    return [str(one) for one in cast("list[Any]", told)] if isinstance(told, list) else []
