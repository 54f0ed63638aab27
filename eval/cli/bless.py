"""The command `tollbook eval bless`: the run that later runs are compared with."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from eval.cli.gate import BLESSED
from eval.comparing.comparison import compare_sides
from eval.comparing.sides import Side, open_side, repeats_in
from eval.gate.blessed import Blessing, blessed_files, is_blessed, open_blessed
from eval.gate.canaries import pick_canaries, read_canaries, read_struck, write_canaries
from eval.gold import GoldError, GoldSet, open_gold
from eval.lint import lint_set
from eval.predictions import Prediction, open_predictions
from eval.provenance import provenance_of
from eval.report.compared.markdown import comparison_markdown
from eval.report.files import write_files
from eval.report.markdown import escaped
from eval.report.words import printable
from extractor.codes import InputOutcome
from extractor.errors import UsageError

_INVALID = 4

_Gold = Annotated[Path, typer.Option("--gold", metavar="FOLDER", help="Gold folder.")]


def bless(
    run: Annotated[
        Path,
        typer.Argument(metavar="RUN", help="Run folder, a folder of its repeats, or a JSONL file."),
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
    if not reason.strip() or printable(reason) != " ".join(reason.split()):
        raise UsageError("say why this run is blessed, in plain words: --reason")
    folder = into or gold / BLESSED
    whole = open_gold(gold)
    labelled = whole.of_split(split)
    found = repeats_in(run) or (run,)
    try:
        first = open_side(run, labelled, split)
        repeats = [_of_gold(one, whole) for one in found]
    except GoldError as error:
        typer.echo(printable(f"INVALID: {error}"), err=True)
        raise typer.Exit(_INVALID) from error
    if first.troubles:
        typer.echo(printable(f"INVALID: {'; '.join(first.troubles)}"), err=True)
        raise typer.Exit(_INVALID)
    problems = len(lint_set(whole))
    about = Blessing(
        reason=reason.strip(),
        split=split,
        provenance=tuple(provenance_of(whole, None, one, problems=problems) for one in found),
        is_release=release,
    )
    old = open_blessed(folder).canaries if is_blessed(folder) else None
    kept, struck = (read_canaries(old), read_struck(old)) if old else ((), ())
    chosen = pick_canaries(first, canaries, seed=seed, kept=kept, struck=struck)
    files = blessed_files(
        about,
        repeats,
        canaries=write_canaries(chosen, struck),
        comparison=_attached(folder, labelled, split, first, reason.strip()),
    )
    for stale in (
        *folder.glob("predictions*.jsonl"),
        *(folder.glob("release*.jsonl") if release else ()),
    ):
        stale.unlink()  # of a run with more repeats
    write_files(folder, files)
    typer.echo(
        printable(f"{first.name} is blessed: {folder}, {len(repeats[0])} articles"), err=True
    )
    typer.echo(printable(f"next: tollbook eval gate RUN --baseline {folder}"), err=True)
    if commit:
        _commit(folder, sorted(files), reason.strip())


def _of_gold(run: Path, gold: GoldSet) -> list[Prediction]:
    """What a run predicts of gold's articles, as far as it was answered for."""
    return [
        one
        for one in open_predictions(run)
        if one.article_id in gold.labelled and one.outcome is not InputOutcome.INFRA_ERROR
    ]


def _attached(folder: Path, gold: GoldSet, split: str | None, after: Side, reason: str) -> str:
    """How the run differs from the one blessed before it."""
    if not is_blessed(folder):
        return f"# The first blessed run\n\n{escaped(reason)}\n"
    try:
        before = open_side(open_blessed(folder).predictions, gold, split)
    except GoldError as error:  # gold was corrected since: the earlier run read other texts
        return f"{escaped(reason)}\n\nNot comparable with the run before: {escaped(str(error))}\n"
    named = Side(name="blessed before", provenance=(), repeats=before.repeats)
    told = compare_sides(named, after)
    return f"{escaped(reason)}\n\n{comparison_markdown(told, details=False, quotes=False)}"


def _commit(folder: Path, names: Sequence[str], reason: str) -> None:
    """Commit these files alone; outside a repository there is nothing to commit to."""
    title = f"bless: {reason}"
    asked = (
        lambda: ["add", "--", *names],
        lambda: ["commit", "--quiet", "--message", title, "--", *_own(folder)],
    )
    for arguments in asked:
        try:
            done = subprocess.run(
                ["git", *arguments()], cwd=folder, capture_output=True, text=True, check=False
            )
        except OSError:
            done = None
        if done is None or done.returncode:
            why = (done.stderr or done.stdout).strip() if done else "git is not installed"
            told = f"it is written but not committed ({why}); commit {folder} by itself"
            typer.echo(printable(told), err=True)
            return
    typer.echo(printable(f"committed by itself: {title}"), err=True)


def _own(folder: Path) -> list[str]:
    """The files of a blessed run that git knows of, those of an earlier one that are gone too."""
    own = ["blessed.json", "canaries.toml", "comparison.md", "predictions*.jsonl", "release*.jsonl"]
    done = subprocess.run(
        ["git", "ls-files", "--", *own], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout.split()
