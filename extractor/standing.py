"""The verb `run status`: how a run stands, also while it goes on."""

import json
from pathlib import Path
from typing import Annotated

import typer

from extractor.jobs.standing import read_standing
from extractor.jobs.standing_telling import standing_as_json, tell_standing
from extractor.terminal import say, write_json

RunArgument = Annotated[Path, typer.Argument(metavar="RUN", help="Run folder.")]


def status(
    run: RunArgument,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with every name.")] = False,
) -> None:
    """Say how a run stands and what to do next; nothing in it is changed."""
    standing = read_standing(run)
    if as_json:
        write_json(json.dumps(standing_as_json(standing), indent=2, ensure_ascii=False))
        return
    for line in tell_standing(standing):
        say(line)
