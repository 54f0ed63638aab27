"""The summary of a job: sums that add up, what was left undone, and how to go on."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from extractor.codes import InputOutcome
from extractor.jobs.cost import dollars
from extractor.jobs.ended import Ended
from extractor.jobs.reading import ASKED_ANEW
from extractor.jobs.totals import Totals


def summary_of(ended: Ended, run: Path) -> list[str]:
    """How a job ended, in lines: inputs by outcome, calls, tokens, money, and what is left.

    Args:
        ended: the job.
        run: its folder, to name it in commands.
    """
    return [
        inputs_line(ended.tally),
        *_known_lines(ended),
        *_call_lines(ended),
        *_left_lines(ended, run),
    ]


def inputs_line(tally: Mapping[InputOutcome, int]) -> str:
    """All inputs, and how many of them ended how."""
    parts = [f"{outcome.value} {tally[outcome]}" for outcome in InputOutcome if tally[outcome]]
    return f"{sum(tally.values())} inputs: {', '.join(parts) or 'none'}"


def call_lines(totals: Totals, *, kept: int = 0, priced_by: str | None = None) -> Iterator[str]:
    """What the calls of a run came to; the first line adds up.

    Args:
        totals: of the run.
        kept: how many answers were taken from the run instead of being asked for.
        priced_by: who says what calls cost.
    """
    parts = [f"{totals.answered:,} answered", f"{totals.failed:,} failed"]
    parts += [f"{totals.cut_off:,} cut off"] if totals.cut_off else []
    parts += [f"{totals.under_way:,} under way"] if totals.under_way else []
    calls = f"calls: {totals.calls:,} = {' + '.join(parts)}"
    yield f"{calls}; {kept:,} answers were kept and not asked for again" if kept else calls
    if totals.answered:
        yield _tokens_line(totals)
        yield _cost_line(totals, priced_by)
    if totals.cut_off:
        yield _cut_off_line(totals)


def _call_lines(ended: Ended) -> Iterator[str]:
    if ended.totals:
        yield from call_lines(ended.totals, kept=ended.answers_kept, priced_by=ended.priced_by)


def _cost_line(totals: Totals, priced_by: str | None) -> str:
    if totals.spent_usd is None:
        return "cost: unknown, no price is known for the model; state one with --prices"
    unpriced = f"; {totals.unpriced:,} answered calls have no price" if totals.unpriced else ""
    source = f", by {priced_by}" if priced_by else ""
    return f"cost: {dollars(totals.spent_usd)}{source}{unpriced}"


def _tokens_line(totals: Totals) -> str:
    if totals.uncounted == totals.answered:
        return "tokens: unknown, no answered call states any"
    tokens = f"tokens: {totals.prompt_tokens:,} of prompts, {totals.completion_tokens:,} of answers"
    unstated = f"; {totals.uncounted:,} answered calls state none" if totals.uncounted else ""
    return f"{tokens}{unstated}"


def _cut_off_line(totals: Totals) -> str:
    calls = "1 call was" if totals.cut_off == 1 else f"{totals.cut_off:,} calls were"
    told = f"{calls} cut off and may have been paid for"
    most = [
        f"{totals.cut_off_most_tokens:,} tokens" if totals.cut_off_most_tokens else "",
        dollars(totals.cut_off_most_usd) if totals.cut_off_most_usd else "",
    ]
    known = " and ".join(one for one in most if one)
    return f"{told}: at most {known}" if known else told


def _known_lines(ended: Ended) -> Iterator[str]:
    if ended.stored:
        yield f"{ended.stored} of them were known from before"


def _left_lines(ended: Ended, run: Path) -> Iterator[str]:
    """What has no final outcome, or one that may be asked for anew, and how."""
    done = ended.tally.total() + ended.waiting.articles
    if ended.waiting.articles:
        yield f"waiting for a batch: {ended.waiting.articles:,} inputs; repeat the command to go on"
    if ended.expected is not None and done < ended.expected:
        yield f"not begun: {ended.expected - done:,} inputs; repeat the command to go on"
    yield from left_lines(ended.tally, run)


def left_lines(tally: Mapping[InputOutcome, int], run: Path) -> Iterator[str]:
    """Which outcomes are not final, or may be asked for anew, and how.

    Args:
        tally: how many inputs ended how.
        run: the folder, to name it in commands.
    """
    lost, rejected = tally[InputOutcome.INFRA_ERROR], tally[InputOutcome.REJECTED_INPUT]
    if lost:
        yield f"no outcome yet: {lost} infra_error; repeat the command to try again"
    asked = [outcome for outcome in ASKED_ANEW if tally[outcome]]
    if asked:
        told = ", ".join(f"{outcome.value} {tally[outcome]}" for outcome in asked)
        kinds = ",".join(outcome.value for outcome in asked)
        yield (
            f"without a reading: {told}; ask anew with: tollbook run retry {run} --only {kinds} "
            "(caps and prices are to be given again)"
        )
    if truncated := tally[InputOutcome.TRUNCATED]:
        yield (
            f"cut off at the token limit: {truncated} truncated; read them into another folder, "
            "with a higher max_output_tokens"
        )
    if rejected:
        yield f"never read: {rejected} rejected_input; mend them and repeat the command"
