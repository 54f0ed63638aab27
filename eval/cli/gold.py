"""The command `tollbook eval gold`: look through a gold set before it grades anything."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel
from rich.columns import Columns
from rich.markup import escape
from rich.table import Table

from eval.cells import Cell
from eval.cli.agree import agree
from eval.cli.output import printing, write
from eval.cli.standoff import attach_labels, detach_labels
from eval.coverage import coverage_of, tables_of
from eval.gold import RECORDS, GoldArticle, GoldError, Problem, open_gold
from eval.lint import lint_gold, tidy_gold
from eval.predictions import ToldPrediction
from eval.quotas import Quota, quotas_of, read_quotas

app = typer.Typer(no_args_is_help=True, help="Look through a gold set.")
app.command("agree")(agree)
app.command("detach")(detach_labels)
app.command("attach")(attach_labels)


class SchemaName(StrEnum):
    """What a JSON Schema can be printed of."""

    LABEL = "label"
    PREDICTION = "prediction"
    CELL = "cell"


_CLEAN, _PROBLEMS, _NO_GOLD = 0, 1, 2
_Folder = Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Gold folder.")]
_DEFAULT = Path("gold")
_WIDTH = 80  # columns where the output is no terminal


@app.callback()
def gold() -> None:
    """Look through a gold set."""


@app.command()
def lint(
    folder: _Folder = _DEFAULT,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write files in the usual form first.")
    ] = False,
) -> None:
    """Tell everything that is wrong in a gold folder, and what to do about it.

    Exit codes: 0 nothing is wrong, 1 something is, 2 it is no gold folder.
    """
    try:
        changed = tidy_gold(folder) if fix else ()
        problems = lint_gold(folder)
    except GoldError as error:
        raise _no_gold(error) from error
    for path in changed:
        typer.echo(f"{path}: written in the usual form")
    for problem in problems:
        typer.echo(str(problem))
    typer.echo(_verdict(folder, problems))
    is_clean = all(one.is_warning for one in problems)
    raise typer.Exit(_CLEAN if is_clean else _PROBLEMS)


@app.command()
def stats(
    folder: _Folder = _DEFAULT,
    split: Annotated[str | None, typer.Option(help="Only the articles of this split.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, zeros and all.")] = False,
) -> None:
    """Count what a gold folder holds: articles, incidents and claims of each kind."""
    try:
        counted = coverage_of(open_gold(folder).of_split(split))
        quotas = read_quotas(folder) if split is None else None
    except GoldError as error:
        raise _no_gold(error) from error
    if as_json:
        write(f"{counted.model_dump_json(indent=2)}\n")
        return
    tables = (_table(title, rows) for title, rows in tables_of(counted))
    with printing(_WIDTH) as console:
        console.print(Columns(tables, padding=(1, 2)))
        if quotas:
            console.print(_quota_table(quotas_of(quotas, counted)))


@app.command()
def schema(
    name: Annotated[SchemaName, typer.Argument(help="What the schema is of.")],
) -> None:
    """Print the JSON Schema of a label, a line of predictions, or a cell."""
    schemas: dict[SchemaName, type[BaseModel]] = {
        SchemaName.LABEL: GoldArticle,
        SchemaName.PREDICTION: ToldPrediction,
        SchemaName.CELL: Cell,
    }
    typer.echo(json.dumps(schemas[name].model_json_schema(), ensure_ascii=False, indent=2))


def _table(title: str, rows: Mapping[str, int]) -> Table:
    table = Table(
        title=title, title_justify="left", show_header=False, box=None, min_width=len(title)
    )
    table.add_column(max_width=48, overflow="fold")
    table.add_column(justify="right")
    for name, number in rows.items():
        table.add_row(escape(name), str(number))
    return table


def _quota_table(quotas: Sequence[Quota]) -> Table:
    """What the set asks of itself beside what it has."""
    met = sum(1 for one in quotas if one.is_met)
    table = Table(title=f"quotas: {met} of {len(quotas)} met", title_justify="left", box=None)
    for heading in ("quota", "asked", "there", ""):
        table.add_column(heading, justify="right" if heading == "there" else "left")
    for one in quotas:
        table.add_row(escape(one.name), one.asked, one.reached, "met" if one.is_met else "NOT MET")
    return table


def _verdict(folder: Path, problems: tuple[Problem, ...]) -> str:
    articles = len(list((folder / RECORDS).glob("*.json")))
    wrong = [one for one in problems if not one.is_warning]
    files = len({one.file for one in wrong})
    told = f"{len(wrong)} in {files} files" if wrong else "none"
    warned = len(problems) - len(wrong)
    warnings = f", warnings: {warned}" if warned else ""
    return f"{folder}: {articles} labelled articles, problems: {told}{warnings}"


def _no_gold(error: GoldError) -> typer.Exit:
    typer.echo(str(error), err=True)
    return typer.Exit(_NO_GOLD)
