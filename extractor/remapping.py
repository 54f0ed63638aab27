"""The verb `run reparse`: stored answers are mapped anew with today's code, without a call."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from extractor.beginning import beginning, ignore_interrupts
from extractor.ending import TORN_LINE
from extractor.errors import UsageError
from extractor.exits import ExitCode
from extractor.intake import shown
from extractor.jobs import listening
from extractor.jobs.changes import PARTS
from extractor.jobs.reopening import find_prompts, own_tables
from extractor.jobs.reparsing import Reparsed, reparse_run
from extractor.look import ActorsOption, PlacesOption
from extractor.manifest import Manifest, wire_schema_sha256
from extractor.prompt import Prompt, load_prompt
from extractor.prompting import PromptsOption
from extractor.resolve.tables import open_tables
from extractor.standing import RunArgument
from extractor.store import open_run
from extractor.terminal import note, say
from extractor.watching import ProgressName, ProgressOption, watching


def reparse(
    run: RunArgument,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Count what would change, and write nothing.")
    ] = False,
    prompts: PromptsOption = None,
    places: PlacesOption = None,
    actors: ActorsOption = None,
    progress: ProgressOption = ProgressName.AUTO,
) -> None:
    """Map the stored answers of a run anew with today's code and tables; no model is asked."""
    with beginning():
        opened = open_run(run)
        own = own_tables(opened.manifest, places=places or (), actors=actors or ())
    ignore_interrupts()  # once the run is over; until then it is listened to
    with (
        watching(progress) as watch,
        listening(lambda: watch.note("stopping after the outcome at hand")) as interrupt,
    ):
        told = reparse_run(
            opened,
            tables=open_tables(*own),
            prompt=_find_prompt(opened.manifest, prompts),
            places=[shown(path) for path in own.places],
            actors=[shown(path) for path in own.actors],
            dry=dry_run,
            torn=lambda: watch.note(TORN_LINE),
            interrupt=interrupt,
            watcher=watch,
        )
        for line in _lines(told, run, dry=dry_run):
            say(line)
        for name in told.defects:
            note(f"today's code fails at the answer of {name}; please report it")
        if told.interrupted:
            note("stopped; repeat the command to finish it")
            raise typer.Exit(ExitCode.INTERRUPTED)
        raise typer.Exit(ExitCode.PARTIAL if told.defects else ExitCode.DONE)


def _find_prompt(manifest: Manifest, prompts: Path | None) -> Prompt | None:
    """The prompt that a run was asked with, whose examples may have slipped into answers."""
    if manifest.prompt is None:
        return None
    prompt = load_prompt(manifest.prompt, root=prompts or find_prompts(manifest))
    if prompt.fingerprint == manifest.prompt_sha256:
        return prompt
    if manifest.wire_schema_sha256 == wire_schema_sha256():
        raise UsageError(
            f"the prompt {manifest.prompt!r} was changed since the run asked with it; bring it "
            "back, or name the folder where it is with --prompts"
        )
    note("the schema of answers has changed since: this run's answers are mapped, not asked anew")
    return prompt


def _lines(told: Reparsed, run: Path, *, dry: bool) -> Iterator[str]:
    kept = [f"{kind.value} {count:,}" for kind, count in told.kept.items()]
    parts = [f"{told.mapped:,} mapped anew"]
    parts += [f"{told.kept.total():,} kept as no answer is stored ({', '.join(kept)})"] * bool(kept)
    parts += [f"{len(told.defects):,} kept as the code fails at them"] * bool(told.defects)
    yield f"{told.outcomes:,} outcomes: {', '.join(parts)}"
    changes = [f"{part} {told.parts[part]:,}" for part in PARTS if told.parts[part]]
    changes += [f"now with a reading {told.now_read:,}"] * bool(told.now_read)
    would = "would change" if dry else "changed"
    told_changes = f": {', '.join(changes)}" if changes else ""
    yield f"{told.changed:,} {would}{told_changes}"
    if told.earlier:
        yield f"the manifest is today's; the earlier one is {told.earlier}"
    if not dry and not told.interrupted:
        yield f"run {run}; look at it with: tollbook show {run}"
