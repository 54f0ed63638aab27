"""The command `tollbook`: few verbs, clear errors, and an exit code that says how it went."""

import asyncio
import io
import json
import os
import sys
from collections import Counter
from enum import IntEnum, StrEnum
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter

from extractor.article import Article
from extractor.codes import InputOutcome
from extractor.errors import (
    EndpointError,
    RecordError,
    RecordingError,
    StoreError,
    TollbookError,
    UsageError,
)
from extractor.gazetteer import CREDIT
from extractor.intake import MAX_CHARS, STDIN, Fields, Form, is_unicode, shown, take
from extractor.jobs import READ, Done, read_inputs
from extractor.ledger import draw
from extractor.look import ActorsOption, PlacesOption, read_day
from extractor.look import app as look
from extractor.manifest import Manifest, describe_run
from extractor.prompt import Prompt, load_prompt
from extractor.prompting import PromptsOption
from extractor.prompting import app as prompting
from extractor.readers import Reader, open_reader, record_to
from extractor.records import Failure, Incident, Reading, Rejected
from extractor.resolve.tables import Tables, open_tables
from extractor.settings import load_settings
from extractor.store import RunWriter, article_id_of, open_run, write_run
from extractor.terminal import complain, drop_output, note, open_console, say, write_json
from extractor.verify import verify_run
from extractor.wire import strict_schema


class ExitCode(IntEnum):
    """How the command ended; one table for all verbs."""

    DONE = 0
    FAIL = 1
    USAGE = 2
    PARTIAL = 3
    NOTHING = 4
    INTERRUPTED = 130


class FormName(StrEnum):
    """How inputs are read."""

    AUTO = "auto"
    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


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


def main() -> None:
    """Run the command; every known error ends in one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may lack a sign that we print
            stream.reconfigure(errors="backslashreplace")
    for entry in sorted(entry_points(group="tollbook.commands"), key=lambda entry: entry.name):
        app.add_typer(entry.load(), name=entry.name)
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


@app.command()
def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", help="Text, JSONL, JSON or HTML files, folders, or - for stdin."
        ),
    ],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="RUN", help="Run folder.")],
    reader: Annotated[
        str | None,
        typer.Option(help="baseline (the default), openai/<model> or recorded:PATH."),
    ] = None,
    prompt: Annotated[str, typer.Option(help="Prompt pack, for a model.")] = "incident/v1",
    prompts: PromptsOption = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Publication date of articles that state none."),
    ] = None,
    id_field: Annotated[str | None, typer.Option(help="JSON field of the id.")] = None,
    text_field: Annotated[str | None, typer.Option(help="JSON field of the text.")] = None,
    title_field: Annotated[str | None, typer.Option(help="JSON field of the title.")] = None,
    date_field: Annotated[str | None, typer.Option(help="JSON field of the date.")] = None,
    form: Annotated[
        FormName, typer.Option(help="How to read inputs; auto goes by their suffix.")
    ] = FormName.AUTO,
    max_chars: Annotated[
        int, typer.Option(min=1, help="Longest article to accept, in characters.")
    ] = MAX_CHARS,
    config: Annotated[
        Path | None, typer.Option(help="TOML file with the endpoint's settings.")
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="Address of the model endpoint.")] = None,
    api_key: Annotated[
        str | None,
        typer.Option(help="Its key; better set TOLLBOOK_API_KEY, which no process list shows."),
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Sampling seed for the endpoint.")] = None,
    places: PlacesOption = None,
    actors: ActorsOption = None,
    record: Annotated[
        Path | None, typer.Option(help="Also keep the model's answers in this recording.")
    ] = None,
) -> None:
    """Read articles into the ledger of a run; repeat the command to go on with a stopped run."""
    settings = load_settings(
        config=config, reader=reader, base_url=base_url, api_key=api_key, seed=seed
    )
    stored = (settings.reader, settings.base_url, id_field, text_field, title_field, date_field)
    _check_words(*(words for words in stored if words is not None))
    _check_apart(inputs, out)
    day = read_day(published, "--published")
    fields = Fields(id=id_field, text=text_field, title=title_field, date=date_field)
    tables = open_tables(places or (), actors or ())
    name = settings.reader or "baseline"
    if settings.reader is None:
        note("no model is configured: reading with the built-in rules (--reader baseline)")
    opened = open_reader(name, settings)
    if record:
        opened = record_to(opened, record)
    loaded = load_prompt(prompt, root=prompts) if opened.needs_prompt else None
    intake: dict[str, Any] = {
        "id_field": id_field,
        "text_field": text_field,
        "title_field": title_field,
        "date_field": date_field,
        "published": published,
        "form": form.value,
        "max_chars": max_chars,
    }
    manifest = describe_run(
        reader=opened.name,
        reader_fingerprint=opened.fingerprint,
        prompt=loaded.id if loaded else None,
        prompt_sha256=loaded.fingerprint if loaded else None,
        own_tables=tables.own,
        intake=intake,
        arguments={
            "inputs": [shown(name) for name in inputs],
            "out": shown(out),
            "endpoint": settings.describe(),
            "places": [shown(path) for path in places or ()],
            "actors": [shown(path) for path in actors or ()],
            "prompts": shown(prompts) if prompts else None,
        },
        seed=settings.seed,
    )
    taken = take(
        inputs, fields=fields, published=day, form=_FORMS[form], max_chars=max_chars, tell=note
    )
    tally, stopped = _read_all(taken, opened, loaded, tables, out, manifest)
    _sum_up(tally, out)
    if stopped:
        complain(stopped)
    raise typer.Exit(_exit_code(tally, stopped=stopped is not None))


_FORMS: dict[FormName, Form] = {
    FormName.AUTO: "auto",
    FormName.TEXT: "text",
    FormName.JSON: "json",
    FormName.JSONL: "jsonl",
    FormName.HTML: "html",
}


def _read_all(
    taken: Any,
    reader: Reader,
    prompt: Prompt | None,
    tables: Tables,
    out: Path,
    manifest: Manifest,
) -> tuple[Counter[InputOutcome], str | None]:
    """Read everything into the run; what ended how often, and why it stopped early, if it did."""
    tally: Counter[InputOutcome] = Counter()

    async def read(writer: RunWriter) -> None:
        try:
            async for done in read_inputs(
                taken, reader=reader, prompt=prompt, tables=tables, writer=writer
            ):
                tally[done.outcome] += 1
                _report(done)
        finally:
            await reader.close()

    with write_run(out, manifest) as writer:
        if writer.torn_bytes:
            note("the run was stopped in the middle of a line; that article is read again")
        try:
            asyncio.run(read(writer))
        except (EndpointError, RecordingError, StoreError) as error:
            tally[InputOutcome.INFRA_ERROR] += not isinstance(error, StoreError)
            return tally, str(error)
        except KeyboardInterrupt:
            _sum_up(tally, out)
            note("stopped; every outcome so far is safe: repeat the command to go on")
            sys.exit(ExitCode.INTERRUPTED)
    return tally, None


def _exit_code(tally: Counter[InputOutcome], *, stopped: bool) -> ExitCode:
    read = sum(tally[outcome] for outcome in READ)
    if not read:
        return ExitCode.NOTHING
    return ExitCode.PARTIAL if stopped or read < tally.total() else ExitCode.DONE


def _report(done: Done) -> None:
    if done.outcome not in READ:
        before = " (as before)" if done.stored else ""
        told = f": {done.reason}" if done.reason else ""
        note(f"{done.label}: {done.outcome.value}{before}{told}")


def _sum_up(tally: Counter[InputOutcome], out: Path) -> None:
    parts = [f"{outcome.value} {tally[outcome]}" for outcome in InputOutcome if tally[outcome]]
    say(f"{tally.total()} inputs: {', '.join(parts) or 'none'}")
    say(f"run {out}; look at it with: tollbook show {out}")


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
    for outcome in opened.outcomes():
        if article_id is not None and article_id_of(outcome) != article_id:
            continue
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


def _check_words(*stored: str) -> None:
    for words in stored:
        if not is_unicode(words):
            raise UsageError(
                f"{shown(words)!r} holds bytes that are not UTF-8, and would be stored with the "
                "run; write it in UTF-8, or give the file another name"
            )


def _check_apart(inputs: list[str], out: Path) -> None:
    folder = os.path.realpath(out)  # unlike Path.resolve, it bears links that lead in a circle
    for name in inputs:
        if name != STDIN and Path(os.path.realpath(name)).is_relative_to(folder):
            raise UsageError(
                f"the input {shown(name)!r} lies in the run folder {shown(out)!r}, and would grow "
                "while it is read; name another input, or another folder with --out"
            )


if __name__ == "__main__":
    main()
