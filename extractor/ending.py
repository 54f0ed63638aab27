"""The end of a job, as its command tells it: the summary, what to do next, and the exit code."""

from pathlib import Path

from extractor.exits import ExitCode
from extractor.jobs import Ended, summary_of
from extractor.terminal import complain, note, say

DRAINING = "stopping: what is being read is finished; interrupt again to stop at once"
"""What is told when a job is asked to stop."""

TORN_LINE = (
    "the run was stopped in the middle of a line; what is left of it is in torn.jsonl now, and its "
    "article may have no outcome: the run's own `tollbook extract`, given again, reads it"
)
"""What is told where a run is gone on with by another verb than `extract`."""


def tell_summary(ended: Ended, run: Path) -> None:
    """Print what a job came to."""
    for line in summary_of(ended, run):
        say(line)


def tell_stop(ended: Ended) -> None:
    """Print why a job ended before its inputs did, if it did."""
    if ended.stopped:
        complain(str(ended.stopped))
    if ended.interrupted:
        note("stopped; every outcome so far is safe: repeat the command to go on")
    if ended.waiting.batches:
        note(
            f"{ended.waiting.batches} batches go on at the endpoint meanwhile: repeat the command "
            "to collect them"
        )


def exit_code(ended: Ended, *, is_empty: bool = False) -> ExitCode:
    """How the command ends.

    Args:
        ended: the job.
        is_empty: whether there was nothing to read, and that is as it should be.
    """
    if ended.interrupted:
        return ExitCode.INTERRUPTED
    if is_empty and not ended.stopped:
        return ExitCode.DONE
    if not ended.read:
        return ExitCode.NOTHING
    complete = ended.stopped is None and ended.read == ended.tally.total()
    return ExitCode.DONE if complete else ExitCode.PARTIAL
