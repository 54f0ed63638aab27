"""The commands `tollbook eval gate` and `bless`: may this run replace the blessed one?"""

import subprocess
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from eval.cli.output import printing, write
from eval.comparing.comparison import Comparison, compare_sides
from eval.comparing.sides import Side, open_side, repeats_in
from eval.gate.blessed import (
    Blessed,
    Blessing,
    blessed_files,
    is_blessed,
    open_blessed,
)
from eval.gate.canaries import Canary, dead_canaries, pick_canaries, read_canaries, write_canaries
from eval.gate.noise import check_margins, read_noise
from eval.gate.terms import SHIPPED, load_terms
from eval.gate.verdict import Gated, decide
from eval.gold import GoldError, GoldSet, open_gold
from eval.intervals import DRAWS
from eval.lint import lint_set
from eval.predictions import open_predictions
from eval.provenance import provenance_of
from eval.report.compared.markdown import comparison_markdown
from eval.report.files import write_files
from eval.report.gated import gated_markdown, print_gated
from eval.report.words import printable
from extractor.codes import InputOutcome
from extractor.errors import UsageError

_INVALID = 4
_BLESSED = "blessed"
_WHOLE = "the whole set"
_JSON, _MARKDOWN = "gate.json", "gate.md"


class GateFormat(StrEnum):
    """How a verdict is printed."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


_Run = Annotated[
    Path,
    typer.Argument(
        metavar="RUN",
        help="Run folder, a folder of its repeats, or a JSONL file in the record schema.",
    ),
]
_Gold = Annotated[Path, typer.Option("--gold", metavar="FOLDER", help="Gold folder.")]


def gate(
    run: _Run,
    *,
    baseline: Annotated[
        Path | None,
        typer.Option(help="The blessed run, or any other.  [default: GOLD/blessed]"),
    ] = None,
    gold: _Gold = Path("gold"),
    split: Annotated[
        str | None, typer.Option(help="Articles looked at first.  [default: the blessed run's]")
    ] = None,
    terms: Annotated[
        Path,
        typer.Option(metavar="FILE", help="By how much a figure may fall.", show_default=False),
    ] = SHIPPED,
    noise: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The noise that `eval aa` measured.")
    ] = None,
    expect: Annotated[
        list[str] | None,
        typer.Option(metavar="SLICE", help="A slice that must be there: language=en; repeat it."),
    ] = None,
    accept: Annotated[
        str | None,
        typer.Option(metavar="REASON", help="Let an inconclusive verdict through, and say why."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help=f"Write {_JSON} and {_MARKDOWN} there.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the intervals and p values.")] = 0,
    draws: Annotated[int, typer.Option(min=99, help="Of each interval and p value.")] = DRAWS,
    form: Annotated[
        GateFormat, typer.Option("--format", help="What is printed.")
    ] = GateFormat.TERMINAL,
) -> None:
    """Say whether a run may replace the blessed one.

    Exit codes: 0 PASS, 1 FAIL, 2 usage, 4 INVALID (an article was never answered for, or read from
    another text), 5 INCONCLUSIVE (too little was graded to say).
    """
    loaded = load_terms(terms)
    if noise is not None:
        check_margins(loaded, read_noise(noise), noise)
    folder = baseline or gold / _BLESSED
    blessed = open_blessed(folder) if is_blessed(folder) or baseline is None else None
    whole = open_gold(gold)
    first = split or (blessed.about.split if blessed else None)
    before = blessed.predictions if blessed else folder
    named = _named(before.parent if blessed else before)

    def compared(of: str | None, old: Path = before, name: str = named) -> tuple[Comparison, Side]:
        labelled = whole.of_split(of)
        old_side, new_side = (open_side(one, labelled, of) for one in (old, run))
        renamed = Side(name=name, provenance=old_side.provenance, repeats=old_side.repeats)
        return compare_sides(renamed, new_side, seed=seed, draws=draws), new_side

    try:
        told, side = compared(first)
        canaries = _canaries(blessed, whole, first)
        release = blessed.release if blessed else None
        anchor = compared(first, release, "the release")[0] if release else None
        judged = decide(
            told,
            loaded,
            on=f"split {first}" if first else _WHOLE,
            more=_more(whole, (before, run), first, lambda: compared(None)[0]),
            anchor=anchor,
            dead=dead_canaries(side, canaries),
            canaries=len(canaries),
            expected=expect or (),
            notes=() if release else ("No release was blessed, so slow drift is not looked for.",),
            signed=accept,
        )
    except GoldError as error:  # another text, or an article twice: there is nothing to compare
        typer.echo(printable(f"INVALID: {error}"), err=True)
        raise typer.Exit(_INVALID) from error
    _tell(judged, form, out)
    raise typer.Exit(judged.exit_code)


def bless(
    run: _Run,
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
        raise UsageError(f"{run} holds repeats; bless one of them, or the repeat that is typical")
    folder = into or gold / _BLESSED
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
        provenance=provenance_of(whole, split, run, problems=len(lint_set(whole))),
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


def _canaries(blessed: Blessed | None, gold: GoldSet, split: str | None) -> Sequence[Canary]:
    """The canaries of the articles that are looked at."""
    if blessed is None or blessed.canaries is None:
        return ()
    known = gold.of_split(split).labelled
    whole = gold.labelled
    return [
        one
        for one in read_canaries(blessed.canaries)
        if one.article_id in known or one.article_id not in whole
    ]


def _more(
    gold: GoldSet, runs: Sequence[Path], split: str | None, get: Callable[[], Comparison]
) -> tuple[str, Callable[[], Comparison]] | None:
    """A second look at the whole set, where both runs hold all of it."""
    if split is None:
        return None
    every = set(gold.labelled)
    for run in runs:
        for one in repeats_in(run) or (run,):
            told = open_predictions(one)
            answered = {
                each.article_id for each in told if each.outcome is not InputOutcome.INFRA_ERROR
            }
            if every - answered:
                return None
    return _WHOLE, get


def _tell(judged: Gated, form: GateFormat, out: Path | None) -> None:
    if out is not None:
        write_files(out, {_JSON: judged.to_json(), _MARKDOWN: gated_markdown(judged)})
        typer.echo(printable(f"the verdict is in {out}"), err=True)
    match form:
        case GateFormat.TERMINAL:
            with printing() as console:
                print_gated(console, judged)
        case GateFormat.MARKDOWN:
            write(gated_markdown(judged))
        case GateFormat.JSON:
            write(judged.to_json())


def _named(path: Path) -> str:
    return path.resolve().name


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
