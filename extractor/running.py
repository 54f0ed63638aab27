"""The verb `run`: what comes before and after reading many articles."""

import typer

from extractor.standing import status

app = typer.Typer(no_args_is_help=True, help="Plan runs, and look after them.")

app.command()(status)
