"""The verbs of `tollbook`: few, with clear errors, and an exit code that says how it went."""

import io
import json
import sys
from enum import StrEnum
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter

from extractor.article import Article
from extractor.errors import (
    RecordError,
    TollbookError,
    UsageError,
)
from extractor.exits import ExitCode
from extractor.extracting import extract
from extractor.gazetteer import CREDIT
from extractor.ledger import draw
from extractor.look import ActorsOption, PlacesOption
from extractor.look import app as look
from extractor.manifest import Manifest
from extractor.prompting import PromptsOption
from extractor.prompting import app as prompting
from extractor.records import Failure, Incident, Reading, Rejected
from extractor.resolve.tables import open_tables
from extractor.running import app as running
from extractor.store import open_run
from extractor.terminal import complain, drop_output, note, open_console, say, write_json
from extractor.verify import verify_run
from extractor.wire import strict_schema


class SchemaName(StrEnum):
    """What a JSON Schema can be printed of."""

    WIRE = "wire"
    ARTICLE = "article"
    INCIDENT = "incident"
    READING = "reading"
    FAILURE = "failure"
    REJECTED = "rejected"
    MANIFEST = "manifest"


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Read news articles about armed violence into a ledger of claims.",
    epilog="Exit codes: 0 done, 1 a check failed, 2 wrong usage, 3 some inputs have no reading, "
    "4 no input has one.",
)


app.add_typer(look, name="resolve")
app.add_typer(prompting, name="prompt")
app.add_typer(running, name="run")


def run() -> None:
    """Run the command; every known error ends in one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may lack a sign that we print
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            app(prog_name="tollbook")
        finally:
            if (stream := sys.stdout or None) is not None:  # it is none where it was closed
                stream.flush()
    except TollbookError as error:
        complain(str(error))
        sys.exit(ExitCode.USAGE)
    except OSError as error:  # whatever names a file is caught where it is opened
        drop_output()
        told = f"the output cannot be written ({error.strerror or error}); send it somewhere else"
        complain(told)
        sys.exit(ExitCode.USAGE)


def add_commands(verb: str | None) -> None:
    """Add the commands of other packages, unless the verb is one of ours: they load slowly."""
    commands = (
        told.name or getattr(told.callback, "__name__", "") for told in app.registered_commands
    )
    if verb not in (*commands, *(told.name for told in app.registered_groups)):
        for entry in sorted(entry_points(group="tollbook.commands"), key=lambda entry: entry.name):
            app.add_typer(entry.load(), name=entry.name)


def _print_version(wanted: bool) -> None:
    if wanted:
        say(f"tollbook {version('tollbook')}")
        say(CREDIT)
        raise typer.Exit(ExitCode.DONE)


@app.callback()
def tollbook(
    *,
    show_version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Print the version and leave.",
            is_eager=True,
            callback=_print_version,
        ),
    ] = False,
) -> None:
    """Read news articles about armed violence into a ledger of claims."""


app.command()(extract)


@app.command()
def show(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Run folder.")],
    article_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="One article only.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON outcome a line.")] = False,
) -> None:
    """Draw the ledger: incident, claims, who says so, and the quoted words."""
    opened = open_run(run)
    shown = 0
    console = open_console()
    for outcome in opened.outcomes(article_id):
        shown += 1
        if as_json:
            write_json(outcome.model_dump_json())
        else:
            console.print(draw(outcome))
        if console.quiet:
            break
    if article_id is not None and not shown:
        raise UsageError(
            f"no article {article_id!r} in {str(run)!r}; `tollbook show {run}` lists all"
        )


@app.command()
def verify(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Run folder.")],
    *,
    places: PlacesOption = None,
    actors: ActorsOption = None,
    prompts: PromptsOption = None,
) -> None:
    """Check a run again, offline: its quotes, names, figures, references and hashes."""
    tables = open_tables(places or (), actors or ())
    try:
        found = verify_run(open_run(run), tables=tables, prompts=prompts)
    except RecordError as error:  # here a line that does not hold is a finding, not wrong usage
        complain(str(error))
        raise typer.Exit(ExitCode.FAIL) from error
    for told in found.notes:
        note(told)
    for problem in found.problems:
        complain(f"{problem.where}: {problem.message}")
    say(
        f"{found.outcomes} outcomes, {found.quotes} quotes, {found.figures} figures checked: "
        f"{len(found.problems)} problems"
    )
    if found.problems:
        raise typer.Exit(ExitCode.FAIL)
    raise typer.Exit(ExitCode.DONE if found.outcomes else ExitCode.NOTHING)


@app.command()
def schema(
    name: Annotated[SchemaName | None, typer.Argument(help="One of them; all by default.")] = None,
) -> None:
    """Print the JSON Schema of what a reader fills in and of what is stored."""
    schemas: dict[SchemaName, dict[str, Any]] = {
        SchemaName.WIRE: strict_schema(),
        SchemaName.ARTICLE: TypeAdapter(Article).json_schema(),
        SchemaName.INCIDENT: TypeAdapter(Incident).json_schema(),
        SchemaName.READING: TypeAdapter(Reading).json_schema(),
        SchemaName.FAILURE: TypeAdapter(Failure).json_schema(),
        SchemaName.REJECTED: TypeAdapter(Rejected).json_schema(),
        SchemaName.MANIFEST: TypeAdapter(Manifest).json_schema(),
    }
    chosen = schemas[name] if name else {key.value: value for key, value in schemas.items()}
    write_json(json.dumps(chosen, indent=2, ensure_ascii=False))
