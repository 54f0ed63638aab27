"""The verb `run merge`: folders that were read apart become one run."""

from pathlib import Path
from typing import Annotated

import typer

from extractor.exits import ExitCode
from extractor.intake import Fields, Taken, shown, take
from extractor.jobs import read_totals
from extractor.jobs.merging import Merged, find_unread, merge_runs
from extractor.jobs.shards import shard_of
from extractor.jobs.summary import call_lines, inputs_line
from extractor.look import read_day
from extractor.records import Rejected
from extractor.terminal import note, say

_TOLD = 20  # inputs that are named; the others are counted


def merge(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The run folder to write; new.")],
    folders: Annotated[
        list[Path], typer.Argument(metavar="SHARD...", help="Run folders to join; they stay.")
    ],
    *,
    inputs: Annotated[
        list[str] | None,
        typer.Option(
            "--inputs",
            metavar="INPUT",
            help="Check that this file or folder has an outcome for each of its inputs; once for "
            "each INPUT of `extract`.",
        ),
    ] = None,
) -> None:
    """Join the folders of shards, or of runs of one configuration, into one run."""
    merged = merge_runs(out, folders)
    say(inputs_line(merged.tally.outcomes))
    totals = read_totals(out)
    for line in call_lines(totals) if totals else ():
        say(line)
    say(f"run {out}; look at it with: tollbook show {out}")
    unread = _count_unread(merged, inputs) if inputs else 0
    for line in _missing_lines(merged):
        note(line)
    raise typer.Exit(ExitCode.PARTIAL if unread or merged.missing else ExitCode.DONE)


def _missing_lines(merged: Merged) -> list[str]:
    told = [
        f"the last line of {shown(folder)!r} is unfinished, and its article not read; run that "
        "shard's own command again"
        for folder in merged.unfinished
    ]
    for of in sorted({shard.of for shard in merged.missing}):
        numbers = ", ".join(str(shard.number) for shard in merged.missing if shard.of == of)
        told.append(f"missing of {of} shards: {numbers}; their inputs have no outcome here")
    return told


def _count_unread(merged: Merged, inputs: list[str]) -> int:
    """Tell which inputs have no outcome, and count them."""
    intake = merged.run.manifest.intake
    taken = take(
        inputs,
        fields=Fields(
            id=intake["id_field"],
            text=intake["text_field"],
            title=intake["title_field"],
            date=intake["date_field"],
        ),
        published=read_day(intake["published"], "published"),
        form=intake["form"],
        max_chars=intake["max_chars"],
        tell=note,
    )
    divisions = {shard.of for shard in merged.shards}
    of = divisions.pop() if len(divisions) == 1 else None
    count = 0
    for entry in find_unread(merged.run, taken):
        count += 1
        if count <= _TOLD:
            shard = f", of shard {shard_of(entry, of)}" if of else ""
            note(f"{_label(entry)}: no outcome{shard}")
    if count > _TOLD:
        note(f"and {count - _TOLD:,} more inputs without an outcome")
    return count


def _label(entry: Taken | Rejected) -> str:
    if isinstance(entry, Taken):
        return entry.article.id
    line = f":{entry.source.line}" if entry.source.line else ""
    return f"{entry.source.path}{line}"
