"""The command `tollbook eval compare`: two runs, figure by figure and claim by claim."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from eval.cli.output import printing, write
from eval.comparing.comparison import Comparison, compare_sides
from eval.comparing.sides import open_side, split_told
from eval.gold import GoldError, open_gold
from eval.intervals import DRAWS
from eval.lint import lint_set
from eval.report.compared.markdown import comparison_markdown
from eval.report.compared.page import comparison_page
from eval.report.compared.terminal import print_comparison
from eval.report.files import write_files
from eval.report.words import printable

_VALID, _INVALID = 0, 4
_JSON, _MARKDOWN, _PAGE = "comparison.json", "comparison.md", "comparison.html"


class ComparisonFormat(StrEnum):
    """How a comparison is printed."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"


_Side = "Run folder, a folder of its repeats (repeat-1, …), or a JSONL file in the record schema."


def compare(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help=_Side)],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help=_Side)],
    *,
    gold: Annotated[Path, typer.Option("--gold", metavar="FOLDER", help="Gold folder.")] = Path(
        "gold"
    ),
    split: Annotated[str | None, typer.Option(help="Only the articles of this split.")] = None,
    details: Annotated[
        bool, typer.Option("--details", help="Show the figures without a verdict, and slices.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help=f"Write {_JSON}, {_MARKDOWN} and {_PAGE} there."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the intervals and p values.")] = 0,
    draws: Annotated[int, typer.Option(min=99, help="Of each interval and p value.")] = DRAWS,
    form: Annotated[
        ComparisonFormat, typer.Option("--format", help="What is printed.")
    ] = ComparisonFormat.TERMINAL,
) -> None:
    """Compare two runs on the same gold articles: what changed, and what may be chance.

    Both are scored now, by the same scorer. Exit codes: 0 compared, 2 usage, 4 invalid: an article
    was never answered for, or read from another text.
    """
    split = split or split_told((before, after))
    labelled = open_gold(gold).of_split(split)
    problems = len(lint_set(labelled))
    try:
        sides = [open_side(one, labelled, split, problems=problems) for one in (before, after)]
    except GoldError as error:  # another text, or an article twice: there is nothing to compare
        typer.echo(printable(f"INVALID: {error}"), err=True)
        raise typer.Exit(_INVALID) from error
    told = compare_sides(*sides, seed=seed, draws=draws)
    if out is not None:
        write_files(out, comparison_files(told))
        typer.echo(printable(f"the comparison is in {out}"), err=True)
    match form:
        case ComparisonFormat.TERMINAL:
            with printing() as console:
                print_comparison(console, told, details=details)
        case ComparisonFormat.MARKDOWN:
            write(comparison_markdown(told, details=details))
        case ComparisonFormat.JSON:
            write(told.to_json())
        case ComparisonFormat.HTML:
            write(comparison_page(told))
    raise typer.Exit(_VALID if told.is_valid else _INVALID)


def comparison_files(told: Comparison) -> dict[str, str]:
    """The files that a comparison leaves in a folder, by their names."""
    return {
        _JSON: told.to_json(),
        _MARKDOWN: comparison_markdown(told),
        _PAGE: comparison_page(told, title=f"{told.before} and {told.after} compared"),
    }
