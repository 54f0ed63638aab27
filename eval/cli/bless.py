"""The command `tollbook eval bless`: the run that later runs are compared with."""

import subprocess
from pathlib import Path
from typing import Annotated

import typer

from eval.cli.gate import BLESSED
from eval.comparing.comparison import compare_sides
from eval.comparing.sides import Side, open_side, repeats_in
from eval.gate.blessed import Blessing, blessed_files, is_blessed, open_blessed
from eval.gate.canaries import pick_canaries, write_canaries
from eval.gold import GoldError, GoldSet, open_gold
from eval.lint import lint_set
from eval.predictions import open_predictions
from eval.provenance import provenance_of
from eval.report.compared.markdown import comparison_markdown
from eval.report.files import write_files
from eval.report.words import printable
from extractor.codes import InputOutcome
from extractor.errors import UsageError

_INVALID = 4

_Gold = Annotated[Path, typer.Option("--gold", metavar="FOLDER", help="Gold folder.")]


def bless(
    run: Annotated[
        Path,
        typer.Argument(metavar="RUN", help="Run folder, or a JSONL file in the record schema."),
    ],
    *,
    reason: Annotated[str, typer.Option(help="Why this run is the one to be compared with.")],
    into: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where it is kept.  [default: GOLD/blessed]"),
    ] = None,
    gold: _Gold = Path("gold"),
    split: Annotated[str | None, typer.Option(help="Articles later runs are graded on first.")] = (
        "gate"
    ),
    release: Annotated[
        bool, typer.Option("--release", help="Keep it as the run of a release too.")
    ] = False,
    canaries: Annotated[
        int, typer.Option(min=0, help="How many claims that are right now must stay right.")
    ] = 40,
    commit: Annotated[
        bool, typer.Option(help="Commit the folder, and nothing else, with the reason.")
    ] = True,
    seed: Annotated[int, typer.Option(min=0, help="Of the choice of canaries.")] = 0,
) -> None:
    """Make a run the one that later runs are compared with, in a commit of its own.

    Exit codes: 0 blessed, 2 usage, 4 invalid: an article was never answered for.
    """
    if not reason.strip():
        raise UsageError("say why this run is blessed: --reason")
    if repeats_in(run):
        raise UsageError(f"{run} holds repeats; bless one of them, {repeats_in(run)[0]} for one")
    folder = into or gold / BLESSED
    whole = open_gold(gold)
    labelled = whole.of_split(split)
    try:
        side = open_side(run, whole, None)
        first = open_side(run, labelled, split)
    except GoldError as error:
        typer.echo(printable(f"INVALID: {error}"), err=True)
        raise typer.Exit(_INVALID) from error
    if first.troubles:
        typer.echo(printable(f"INVALID: {'; '.join(first.troubles)}"), err=True)
        raise typer.Exit(_INVALID)
    about = Blessing(
        reason=reason.strip(),
        split=split,
        provenance=provenance_of(whole, None, run, problems=len(lint_set(whole))),
        is_release=release,
    )
    known = set(whole.labelled)
    told = [
        one
        for one in open_predictions(run)
        if one.article_id in known and one.outcome is not InputOutcome.INFRA_ERROR
    ]
    files = blessed_files(
        about,
        told,
        canaries=write_canaries(pick_canaries(first, canaries, seed=seed)),
        comparison=_attached(folder, labelled, split, first, reason.strip()),
    )
    write_files(folder, files)
    typer.echo(printable(f"{side.name} is blessed: {folder}, {len(told)} articles"), err=True)
    typer.echo(printable(f"next: tollbook eval gate RUN --baseline {folder}"), err=True)
    if commit:
        _commit(folder, reason.strip())


def _attached(folder: Path, gold: GoldSet, split: str | None, after: Side, reason: str) -> str:
    """How the run differs from the one blessed before it."""
    if not is_blessed(folder):
        return f"# The first blessed run\n\n{reason}\n"
    before = open_side(open_blessed(folder).predictions, gold, split)
    named = Side(name="blessed before", provenance=(), repeats=before.repeats)
    told = compare_sides(named, after)
    return f"{reason}\n\n{comparison_markdown(told, details=False, quotes=False)}"


def _commit(folder: Path, reason: str) -> None:
    """Commit the folder alone; outside a repository there is nothing to commit to."""
    title = f"bless: {reason}"
    asked = (["add", "--", "."], ["commit", "--quiet", "--message", title, "--", "."])
    for arguments in asked:
        try:
            done = subprocess.run(
                ["git", *arguments], cwd=folder, capture_output=True, text=True, check=False
            )
        except OSError:
            done = None
        if done is None or done.returncode:
            why = (done.stderr or done.stdout).strip() if done else "git is not installed"
            told = f"it is written but not committed ({why}); commit {folder} by itself"
            typer.echo(printable(told), err=True)
            return
    typer.echo(printable(f"committed by itself: {title}"), err=True)
