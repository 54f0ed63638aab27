"""The command `tollbook eval corpus`: a reader on texts labelled by others, by their rules."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from eval.corpora.corpus import Corpus, CorpusCell, CorpusScore, Document, Figure
from eval.corpora.known import CORPORA, find_corpus
from eval.corpora.part import Part, read_part
from eval.run import Asked, open_asked, read_documents
from extractor.article import sha256_of
from extractor.codes import InputOutcome
from extractor.errors import UsageError
from extractor.look import ActorsOption, PlacesOption
from extractor.prompting import PromptsOption
from extractor.records import Failure, Reading
from extractor.settings import load_settings
from extractor.terminal import note, open_console, say

_DONE, _PARTIAL, _NOTHING = 0, 3, 4
_MOST_COLUMNS = 3  # trivial systems; more would leave no room for the counts
_SCHEMA_VERSION = 1  # of --json
_LABELS = "labels"  # the reader, where nothing was read
_MODEL_AT_ONCE = 4  # documents a model is asked about at a time; endpoints bear that many


@dataclass(frozen=True, kw_only=True)
class _Scored:
    """What is scored."""

    corpus: Corpus
    file: Path
    documents: Sequence[Document]
    in_file: int
    part: Part | None
    limit: int | None


@dataclass(frozen=True, kw_only=True)
class _Read:
    """How the documents were read."""

    reader: str
    fingerprint: str
    prompt: str | None
    outcomes: Mapping[str, Reading | Failure]


def corpus(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help=f"One of {', '.join(sorted(CORPORA))}.")
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Its file, one JSON a line.")],
    *,
    reader: Annotated[
        str | None,
        typer.Option(help="baseline (the default), openai/<model> or recorded:PATH."),
    ] = None,
    labels: Annotated[
        bool,
        typer.Option("--labels", help="Read nothing: score the labels against themselves."),
    ] = False,
    json_out: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Write every figure here.")
    ] = None,
    cells_out: Annotated[
        Path | None,
        typer.Option("--cells", metavar="OUT", help="Write a line for each label here."),
    ] = None,
    part: Annotated[
        str | None,
        typer.Option(help="Only these parts of the file, by a hash: 1/3, or 2-3/3."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Only the first documents of the file or part.")
    ] = None,
    prompt: Annotated[str, typer.Option(help="Prompt pack, for a model.")] = "incident/v1",
    prompts: PromptsOption = None,
    at_once: Annotated[
        int, typer.Option(min=1, max=64, help="Documents a model is asked about at a time.")
    ] = _MODEL_AT_ONCE,
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
    """Read a corpus that others labelled, and score the readings by its own convention.

    Exit codes: 0 done, 2 wrong usage, 3 some documents were not read, 4 none was.
    """
    if labels and reader is not None:
        raise UsageError("--labels reads nothing, so there is no --reader to it; leave one out")
    chosen = find_corpus(name)
    loaded = chosen.load(file)
    asked_part = read_part(part) if part else None
    documents = (asked_part.of_documents(loaded) if asked_part else loaded)[:limit]
    if not documents:
        raise UsageError(f"{file.name!r} has no document in part {part}; ask for a larger one")
    _check_apart(file, json_out, cells_out)
    scored = _Scored(
        corpus=chosen,
        file=file,
        documents=documents,
        in_file=len(loaded),
        part=asked_part,
        limit=limit,
    )
    if labels:
        _hand_over(scored, chosen.score_labels(documents), None, json_out, cells_out)
        raise typer.Exit(_DONE)
    settings = load_settings(
        config=config, reader=reader, base_url=base_url, api_key=api_key, seed=seed
    )
    if settings.reader is None:
        note("no model is configured: reading with the built-in rules (--reader baseline)")
    asked = open_asked(
        settings,
        prompt=prompt,
        prompts=prompts,
        at_once=at_once,
        places=places or (),
        actors=actors or (),
        record=record,
    )
    began = time.monotonic()
    outcomes = asyncio.run(_read_all(documents, asked))
    note(f"{len(documents)} documents in {time.monotonic() - began:.1f} s")
    readings = {key: one if isinstance(one, Reading) else None for key, one in outcomes.items()}
    score = chosen.score(documents, readings)
    read = _Read(
        reader=asked.reader.name,
        fingerprint=asked.reader.fingerprint,
        prompt=asked.prompt.id if asked.prompt else None,
        outcomes=outcomes,
    )
    _hand_over(scored, score, read, json_out, cells_out)
    lost = sum(one is None for one in readings.values())
    raise typer.Exit(_NOTHING if lost == len(readings) else _PARTIAL if lost else _DONE)


def print_figures(name: str, figures: Sequence[Figure]) -> None:
    """Print the figures of a corpus as a table."""
    open_console().print(_table(name, figures))


async def _read_all(documents: Sequence[Document], asked: Asked) -> Mapping[str, Reading | Failure]:
    def tell(outcome: Reading | Failure) -> None:
        if isinstance(outcome, Failure):
            note(f"{outcome.article.id}: {outcome.outcome.value}: {outcome.reason}")

    try:
        return await read_documents(documents, asked, tell=tell)
    finally:
        await asked.reader.close()


def _check_apart(file: Path, *written: Path | None) -> None:
    resolved = [path.resolve() for path in (file, *written) if path is not None]
    if len(set(resolved)) < len(resolved):
        raise UsageError("the corpus, --json and --cells need three files; two of them are one")


def _hand_over(
    scored: _Scored,
    score: CorpusScore,
    read: _Read | None,
    json_out: Path | None,
    cells_out: Path | None,
) -> None:
    if json_out:
        told = _as_json(scored, score, read)
        words = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True)
        _write(json_out, words + "\n")
    if cells_out:
        _write(cells_out, "".join(_line(cell) for cell in score.cells))
    print_figures(scored.corpus.name, score.figures)
    for told in (*_sources(score.figures), *score.notes):
        say(f"- {told}")
    outcomes = _outcomes(read)
    said = ", ".join(f"{key} {count}" for key, count in outcomes.items())
    who = f"read by {read.reader}" if read else "not read: the labels against themselves"
    whole = f" (part {scored.part} of {scored.in_file})" if scored.part else ""
    say(f"{len(scored.documents)} documents{whole}, {who}{': ' if said else ''}{said}")


def _as_json(scored: _Scored, score: CorpusScore, read: _Read | None) -> dict[str, Any]:
    return {
        "schema_version": _SCHEMA_VERSION,
        "tollbook": version("tollbook"),
        "corpus": scored.corpus.name,
        "file": scored.file.name,
        "file_sha256": sha256_of(scored.file.read_bytes()),
        "documents_in_file": scored.in_file,
        "part": str(scored.part) if scored.part else None,
        "limit": scored.limit,
        "documents": len(scored.documents),
        "clusters": len({document.cluster for document in scored.documents}),
        "labels": read is None,
        "reader": read.reader if read else _LABELS,
        "reader_fingerprint": read.fingerprint if read else None,
        "prompt": read.prompt if read else None,
        "outcomes": _outcomes(read),
        "figures": [figure.model_dump(mode="json") for figure in score.figures],
        "notes": list(score.notes),
    }


def _outcomes(read: _Read | None) -> dict[str, int]:
    outcomes = read.outcomes.values() if read else ()
    counted = Counter(InputOutcome(one.outcome) for one in outcomes)
    return {one.value: counted[one] for one in InputOutcome if counted[one]}


def _line(cell: CorpusCell) -> str:
    row = cell.model_dump(mode="json", exclude_none=True)
    return json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n"


def _write(path: Path, words: str) -> None:
    try:
        path.write_text(words, encoding="utf-8")
    except OSError as error:
        told = f"{str(path)!r} cannot be written ({error.strerror}); name another file"
        raise UsageError(told) from error


def _table(name: str, figures: Sequence[Figure]) -> Table:
    """The table; a column stands only where it has something to say."""
    table = Table(
        title=Text(f"{name}: each figure with its counts"), box=box.SIMPLE, pad_edge=False
    )
    for heading in ("figure", "over"):
        table.add_column(heading, overflow="fold", min_width=12)
    for heading in ("value", "95 %"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("counts", overflow="fold", min_width=18)
    beside = _beside(figures)
    for heading in beside:
        table.add_column(Text(heading), justify="right", overflow="fold")
    for n, figure in enumerate(figures):
        ends = figure.interval
        shown = (
            figure.name,
            figure.of,
            _shown(figure.value, figure.unit),
            f"{_shown(ends[0], figure.unit)}-{_shown(ends[1], figure.unit)}" if ends else "-",
            _counts(figure.counts),
            *(column[n] for column in beside.values()),
        )
        table.add_row(*map(Text, shown))
    return table


def _beside(figures: Sequence[Figure]) -> dict[str, list[str]]:
    """What the values stand beside, by heading; many trivial systems share a column."""
    systems = list(dict.fromkeys(system for figure in figures for system in figure.baselines))
    columns = {
        system: [_shown(one.baselines.get(system), one.unit) for one in figures]
        for system in systems
    }
    if len(columns) > _MOST_COLUMNS:
        columns = {"trivial systems": [_trivial(one) for one in figures]}
    columns["best"] = [_shown(one.published, one.unit) for one in figures]
    columns["ceiling"] = [_shown(one.ceiling, one.unit) for one in figures]
    return {heading: told for heading, told in columns.items() if set(told) != {"-"}}


def _trivial(figure: Figure) -> str:
    told = (f"{name} {_shown(value, figure.unit)}" for name, value in figure.baselines.items())
    return ", ".join(told) or "-"


def _counts(counts: Mapping[str, float]) -> str:
    """Right of all, then how the others were wrong."""
    told = dict(counts)
    whole = f"{_plain(told.pop('right'))}/{_plain(told.pop('of'))}" if "right" in told else ""
    others = ", ".join(f"{name} {_plain(count)}" for name, count in told.items() if count)
    return "; ".join(part for part in (whole, others) if part)


def _sources(figures: Sequence[Figure]) -> list[str]:
    """Whose the published figures are, one line each."""
    by: dict[str, list[str]] = {}
    for figure in figures:
        if figure.published is not None and figure.published_by:
            told = f"{figure.name} {_shown(figure.published, figure.unit)}"
            by.setdefault(figure.published_by, []).append(told)
    return [f"best published, by {who}: {', '.join(told)}" for who, told in by.items()]


def _shown(value: float | None, unit: str) -> str:
    """A value for people; a share is rounded, but to 0.0 or 100.0 only if it is that."""
    if value is None:
        return "-"
    if unit not in ("share", "f1", "precision", "recall"):
        return f"{value:.1f}"
    percent = round(100 * value, 1)
    if 0 < value < 1:
        percent = min(max(percent, 0.1), 99.9)
    return f"{percent:.1f}"


def _plain(count: float) -> str:
    return str(int(count)) if count == int(count) else f"{count:.2f}"
