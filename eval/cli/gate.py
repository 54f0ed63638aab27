"""The command `tollbook eval gate`: may this run replace the blessed one?"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from eval.cli.output import printing, write
from eval.gate.judging import Case, judge
from eval.gate.noise import check_margins, read_noise
from eval.gate.terms import SHIPPED, load_terms
from eval.gate.verdict import EXIT_CODES, Gated
from eval.gold import GoldError, open_gold
from eval.intervals import DRAWS
from eval.report.files import write_files
from eval.report.gated import gated_markdown, print_gated
from eval.report.words import printable
from extractor.errors import UsageError

BLESSED = "blessed"
"""The folder of the blessed run in a gold folder."""

_JSON, _MARKDOWN = "gate.json", "gate.md"


class GateFormat(StrEnum):
    """How a verdict is printed."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


def gate(
    run: Annotated[
        Path,
        typer.Argument(
            metavar="RUN",
            help="Run folder, a folder of its repeats, or a JSONL file in the record schema.",
        ),
    ],
    *,
    baseline: Annotated[
        Path | None,
        typer.Option(help="The blessed run, or any other.  [default: GOLD/blessed]"),
    ] = None,
    gold: Annotated[Path, typer.Option("--gold", metavar="FOLDER", help="Gold folder.")] = Path(
        "gold"
    ),
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
    draws: Annotated[int, typer.Option(min=999, help="Of each interval and p value.")] = DRAWS,
    form: Annotated[
        GateFormat, typer.Option("--format", help="What is printed.")
    ] = GateFormat.TERMINAL,
) -> None:
    """Say whether a run may replace the blessed one.

    Exit codes: 0 PASS, 1 FAIL, 2 usage, 4 INVALID (an article was never answered for, or read from
    another text), 5 INCONCLUSIVE (too little was graded to say).
    """
    if accept is not None and (not accept.strip() or printable(accept) != " ".join(accept.split())):
        raise UsageError("say why it is accepted, in plain words: --accept REASON")
    loaded = load_terms(terms)
    if noise is not None:
        check_margins(loaded, read_noise(noise), noise, split)
    whole = open_gold(gold)
    whole.of_split(split)  # a split that is none is wrong usage, not an invalid run
    case = Case(
        run=run,
        baseline=baseline or gold / BLESSED,
        gold=whole,
        terms=loaded,
        split=split,
        expected=tuple(expect or ()),
        accepted=accept,
        seed=seed,
        draws=draws,
    )
    try:
        judged = judge(case)
    except GoldError as error:  # another text, or an article twice: there is nothing to compare
        typer.echo(printable(f"INVALID: {error}"), err=True)
        raise typer.Exit(EXIT_CODES["INVALID"]) from error
    tell(judged, form, out)
    raise typer.Exit(judged.exit_code)


def tell(judged: Gated, form: GateFormat, out: Path | None) -> None:
    """Print a verdict, and keep it in a folder if one is named."""
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
