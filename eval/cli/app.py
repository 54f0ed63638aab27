"""The command `tollbook eval`: grading, apart from everything that reads articles."""

from pathlib import Path
from typing import Annotated

import typer

from eval.cli import gold
from eval.cli.aa import aa
from eval.cli.bless import bless
from eval.cli.compare import compare
from eval.cli.corpus import corpus
from eval.cli.gate import gate
from eval.cli.offline import offline
from eval.cli.run import run
from eval.cli.score import explain, score
from eval.predictions import count_attempts, read_predictions
from extractor.codes import InputOutcome
from extractor.store import open_run

app = typer.Typer(no_args_is_help=True, help="Grade runs.")

app.command()(run)
app.command()(score)
app.command()(explain)
app.command()(compare)
app.command("gate")(gate)
app.command()(bless)
app.command()(offline)
app.command()(aa)
app.command()(corpus)
app.add_typer(gold.app, name="gold")

_GRADABLE, _INVALID = 0, 4


@app.callback()
def grade() -> None:
    """Grade runs."""


@app.command()
def attempts(run: Annotated[Path, typer.Argument(metavar="RUN", help="Run folder.")]) -> None:
    """Count how the inputs of a run ended, and say whether it can be graded."""
    opened = open_run(run)
    counted = count_attempts(opened.outcomes())
    for outcome in InputOutcome:
        typer.echo(f"{outcome.value:16} {counted.counts[outcome]:7}")
    typer.echo(f"{'inputs':16} {counted.inputs:7}")
    claims = sum(
        len(incident.counts) for one in read_predictions(opened) for incident in one.incidents
    )
    typer.echo(f"{'count claims':16} {claims:7}")
    if lost := counted.counts[InputOutcome.INFRA_ERROR]:
        told = f"not gradable: articles without a prediction: {lost}; extract again to go on"
        typer.echo(told, err=True)
    elif not counted.is_gradable:
        typer.echo(f"not gradable: no article in it; see `tollbook show {run}`", err=True)
    raise typer.Exit(_GRADABLE if counted.is_gradable else _INVALID)
