"""The commands `tollbook eval score` and `tollbook eval explain`: a run against gold."""

import difflib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from eval.align import ADVERSARIAL, COUNT_AWARE, FAVOURABLE, Terms
from eval.cells import Cell
from eval.cli.output import printing, write
from eval.comparing.sides import repeats_in
from eval.gold import GoldSet, open_gold
from eval.lint import lint_set
from eval.predictions import Prediction, open_predictions
from eval.provenance import provenance_of
from eval.report.explain import print_explained
from eval.report.files import write_report
from eval.report.markdown import markdown
from eval.report.terminal import print_report
from eval.report.words import printable
from eval.scores.slices import pick_slices
from eval.scores.summary import summarise
from eval.scoring.article import score_article, score_set
from extractor.errors import UsageError

_VALID, _INVALID = 0, 4
_NAMED = 5  # articles named in a message

_VARIANTS: Mapping[str, Terms] = {
    "similarity .4": Terms(threshold=0.4),
    "similarity .6": Terms(threshold=0.6),
    "doubts in favour": FAVOURABLE,
    "doubts against": ADVERSARIAL,
    "counts decide": COUNT_AWARE,
}
"""The other alignments whose headline is shown beside the one that is scored."""


class ReportFormat(StrEnum):
    """How a report is printed."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


_Run = Annotated[
    Path, typer.Argument(metavar="RUN", help="Run folder, or a JSONL file in the record schema.")
]
_Gold = Annotated[Path, typer.Option("--gold", metavar="FOLDER", help="Gold folder.")]


def score(
    run: _Run,
    *,
    gold: _Gold = Path("gold"),
    split: Annotated[str | None, typer.Option(help="Only the articles of this split.")] = None,
    slices: Annotated[
        list[str] | None,
        typer.Option(
            "--slice",
            metavar="NAME",
            help="Show the figures of this slice besides: split, phenomenon=at_least; repeat it."
            " Markdown and --out show all if none is named.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Write cells.jsonl, summary.json, alignment.jsonl, report.md, report.html"
            " and junit.xml there.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the intervals drawn at random.")] = 0,
    intervals: Annotated[
        bool,
        typer.Option(
            "--intervals/--no-intervals", help="Intervals, and the headline of other alignments."
        ),
    ] = True,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="What is printed.")
    ] = ReportFormat.TERMINAL,
) -> None:
    """Grade a run against gold.

    Exit codes: 0 scored, 2 usage, 4 invalid: an article was never answered for. Its figures are
    printed all the same, with such articles counted as predictions of nothing.
    """
    if repeats := repeats_in(run):
        raise UsageError(f"{run} holds repeats; score one of them: {repeats[0]}")
    labelled = open_gold(gold).of_split(split)
    predictions = open_predictions(run)
    scored = score_set(labelled, predictions)
    if problems := lint_set(labelled):
        told = f"problems in the labels of {gold}: {len(problems)}, so the figures may be wrong"
        _note(f"{told}; the first: {problems[0]}; see all: tollbook eval gold lint {gold}")
    others = _variants(labelled, predictions, scored.cells) if intervals else None
    summary = summarise(
        scored.cells,
        seed=seed,
        intervals=intervals,
        variants=others,
        provenance=provenance_of(labelled, split, run, problems=len(problems)),
    )
    picked = pick_slices(summary.slices, slices) if slices else None
    # Under a split the other articles of a run are unknown by intent.
    if scored.unknown and split is None:
        _note(f"not in {gold}, so not scored: {_named(scored.unknown)}")
    if out is not None:
        write_report(out, summary, scored, title=f"Scores of {run.resolve().name}")
        _note(f"the report is in {out}")
    match form:
        case ReportFormat.TERMINAL:
            with printing() as console:
                print_report(console, summary, picked or ())
        case ReportFormat.MARKDOWN:
            write(markdown(summary, picked))
        case ReportFormat.JSON:
            write(summary.to_json())
    raise typer.Exit(_VALID if summary.is_valid else _INVALID)


def explain(
    run: _Run,
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of a gold article.")],
    *,
    gold: _Gold = Path("gold"),
) -> None:
    """Show how one article was aligned and scored: its text, its incidents and every cell."""
    known = open_gold(gold).labelled
    if article not in known:
        like = difflib.get_close_matches(article, known)
        hint = " or ".join(map(repr, like)) if like else f"one of {_named(tuple(known))}"
        raise UsageError(f"no article {article!r} in {gold}; is it {hint}?")
    told = [one for one in open_predictions(run) if one.article_id == article]
    scored = score_article(known[article], next(iter(told), None))
    with printing() as console:
        print_explained(console, scored)


def _variants(
    gold: GoldSet, predictions: Sequence[Prediction], cells: Sequence[Cell]
) -> dict[str, Sequence[Cell]]:
    """The cells under every alignment, those that are scored first."""
    others = {
        name: score_set(gold, predictions, terms=terms).cells for name, terms in _VARIANTS.items()
    }
    return {"as scored": cells, **others}


def _note(words: str) -> None:
    typer.echo(printable(words), err=True)


def _named(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(map(repr, ids[:_NAMED])) + more
