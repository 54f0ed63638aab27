"""Ray Data: articles of files, or of any dataset, read by many machines, an actor for each worker.

Ray hands rows out, and those of a dead worker to another one. What makes that safe is ours: each
worker writes its calls down in a checkpoint that all of them see, so that an answer that was stored
is never asked for again, whoever asks (`extractor/jobs/spread`). Ray is imported when it is used.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from extractor.codes import InputOutcome
from extractor.errors import UsageError
from extractor.intake import MAX_CHARS, Fields, Form, Terms, shown
from extractor.jobs.caps import Limits
from extractor.jobs.merging import check_new
from extractor.jobs.opening import open_job
from extractor.jobs.reading import READ
from extractor.jobs.spread.actors import Actor, pool_of, translated
from extractor.jobs.spread.checkpoint import Checkpoint
from extractor.jobs.spread.feeding import CPUS, Files, RayDataset, Rows
from extractor.jobs.spread.libraries import load_ray
from extractor.jobs.spread.plan import Plan, limits_left, share_of
from extractor.jobs.spread.repeats import find_repeats
from extractor.jobs.spread.results import begin_results, count_outcomes, make_run
from extractor.jobs.totals import Totals
from extractor.manifest import Manifest, describe_run
from extractor.resolve.tables import open_tables
from extractor.settings import EndpointSettings, load_settings
from extractor.store import note_pass

OUTCOMES = "outcomes"
"""The folder of the Parquet files, in that of the job."""

CHECKPOINT = "checkpoint"
"""The folder of what workers write down, in that of the job."""

_ROWS = 256  # inputs that a worker is given at a time, and reads again if it dies
_ROWS_PER_FILE = 5_000  # of Parquet at least, about 100 MB


@dataclass(frozen=True, kw_only=True)
class RayEnded:
    """How a job on Ray ended."""

    outcomes: Path
    """The folder of Parquet files, with a row for every input."""
    tally: Counter[InputOutcome]
    """How many inputs ended how."""
    unread: int
    """How many have no outcome, since the job was to stop before; begin again to go on."""
    stopped: str | None
    """Why it was to stop; empty if it was not."""
    totals: Totals | None
    """What all calls came to, those of earlier times included; empty if there were none."""

    @property
    def read(self) -> int:
        """How many inputs have a reading."""
        return sum(self.tally[outcome] for outcome in READ)


def read_with_ray(
    inputs: Sequence[str | Path] | RayDataset,
    out: Path,
    *,
    workers: int,
    settings: EndpointSettings | None = None,
    prompt: str = "incident/v1",
    prompts: Path | None = None,
    places: Sequence[Path] = (),
    actors: Sequence[Path] = (),
    prices: Path | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    fields: Fields = Fields(),  # noqa: B008 - frozen
    published: date | None = None,
    form: Form = "auto",
    max_chars: int = MAX_CHARS,
    name: str = "dataset",
    ids_are_unique: bool = False,
    rows: int = _ROWS,
    cpus_per_worker: float = 0.5,
    worker_options: Mapping[str, Any] | None = None,
    run: Path | None = None,
    address: str | None = None,
    tell: Callable[[str], None] = lambda words: None,
) -> RayEnded:
    """Read articles on a Ray cluster, into Parquet files with a row for every input.

    Give the same folder again to go on with a job that was stopped, or whose inputs have grown:
    no answer that was stored is asked for again. The folder must be seen by all machines under the
    same path, on a file system whose locks hold between them; likewise inputs, prompts and tables.

    Args:
        inputs: JSONL or Parquet files, or whatever else `extract` reads, and folders of them; or a
            `ray.data.Dataset` with columns named as the fields of a JSON record.
        out: the folder of the job; new, or that of the same job.
        workers: how many actors read. All of them together keep to the settings and limits.
        settings: name the reader, and say how a model is reached, how many articles are read at a
            time and at what rates; those of the environment by default.
        prompt: the prompt pack, for a model.
        prompts: folder of packs that it lies in; the project's own by default.
        places: tables of places of the user's own.
        actors: tables of actors of the user's own.
        prices: file of the user's own prices.
        limits: what the job, and each of its articles, may come to.
        fields: names of columns or fields, where they are others than usual.
        published: the day of publication of articles that state none.
        form: how files are read; by their suffix by default.
        max_chars: longest article to accept, in characters.
        name: what rows of a dataset are said to come from.
        ids_are_unique: whether no id stands twice, which is else found out by taking the inputs
            twice: an id that stands twice is rejected in the later place.
        rows: inputs that a worker is given at a time, and reads again if it dies.
        cpus_per_worker: what Ray sets aside for a worker, which waits most of its time.
        worker_options: further options of Ray for the actors, such as `resources`.
        run: where to write a run folder, too, that every verb reads; new.
        address: of a Ray cluster. By default that is the one that this process is connected to, or
            that `RAY_ADDRESS` names, or else Ray is begun on this machine.
        tell: called with words about files that are named twice.

    Returns:
        How the job ended. Where an endpoint refuses every call or is down, or a cap is reached,
        what is left has no outcome, and the reason stands there.

    Raises:
        UsageError: Ray is not installed, the inputs cannot be cut, or there is no such reader.
        SettingsError: the endpoint's settings are not enough to call it.
        PromptError: there is no such prompt pack.
        StoreError: the folder cannot be written, is another job's, or in use by another process.
    """
    settings = settings or load_settings()
    terms = Terms(fields=fields, published=published, max_chars=max_chars)
    is_files = isinstance(inputs, Sequence)
    # Workers may run in another folder than this process.
    named = [os.path.abspath(one) for one in inputs] if is_files else []
    if is_files and not named:
        raise UsageError("there is nothing to read; name files or folders")
    if run:
        check_new(run)
    manifest = _check(
        settings,
        workers=workers,
        prompt=prompt,
        prompts=prompts,
        places=places,
        actors=actors,
        prices=prices,
        limits=limits,
        intake=_intake(terms, form),
        arguments={
            "inputs": [shown(one) for one in named] if is_files else [name],
            "out": shown(out),
            "endpoint": settings.describe(),
            "workers": workers,
        },
    )
    ray = load_ray()
    checkpoint = Checkpoint(out / CHECKPOINT)
    with checkpoint.held(manifest):
        if address or not ray.is_initialized():
            ray.init(address=address)
        plan = Plan(
            settings=settings,
            workers=workers,
            checkpoint=checkpoint.folder.resolve(),
            name=uuid4().hex[:8],
            manifest=manifest,
            prompt=prompt,
            prompts=prompts and prompts.absolute(),
            places=tuple(path.absolute() for path in places),
            actors=tuple(path.absolute() for path in actors),
            prices=prices and prices.absolute(),
            limits=limits_left(limits, checkpoint.counted()),
        )
        source = (
            Files(ray, named, form=form, terms=terms, rows=rows, tell=tell)
            if is_files
            else Rows(inputs, name=name, terms=terms, rows=rows)
        )
        with translated(ray):
            repeats = {} if ids_are_unique else find_repeats(source.standings())
            read = source.entries(ray.put(repeats)).map_batches(
                Actor,
                batch_size=None,
                batch_format="pyarrow",
                compute=pool_of(ray, workers),
                fn_constructor_kwargs={"plan": plan},
                num_cpus=cpus_per_worker,
                **(worker_options or {}),
            )
            with begin_results(out / OUTCOMES) as draft:
                read.write_parquet(
                    str(draft.resolve()),
                    min_rows_per_file=_ROWS_PER_FILE,
                    compression="zstd",
                    ray_remote_args={"num_cpus": CPUS},
                )
        checkpoint.gather()
        if run:
            make_run(run, out / OUTCOMES, checkpoint.journals(), manifest)
        counted = count_outcomes(out / OUTCOMES)
        if run:
            note_pass(run, ended=not counted.unread)
        return RayEnded(
            outcomes=out / OUTCOMES,
            tally=counted.tally,
            unread=counted.unread,
            stopped=counted.stopped,
            totals=checkpoint.totals(),
        )


def _check(
    settings: EndpointSettings,
    *,
    workers: int,
    prompt: str,
    prompts: Path | None,
    places: Sequence[Path],
    actors: Sequence[Path],
    prices: Path | None,
    limits: Limits,
    intake: Mapping[str, Any],
    arguments: Mapping[str, Any],
) -> Manifest:
    """See that the workers can be opened, before any is; what the job is."""
    if workers < 1:
        raise UsageError(f"{workers} workers cannot read anything; take one or more")
    tables = open_tables(places, actors)
    job = open_job(
        settings, prompt=prompt, prompts=prompts, tables=tables, prices=prices, limits=limits
    )
    asyncio.run(job.reader.close())
    if job.exchange:
        share_of(settings, place=0, workers=workers)
    return describe_run(
        reader=job.reader.name,
        reader_fingerprint=job.reader.fingerprint,
        prompt=job.prompt.id if job.prompt else None,
        prompt_sha256=job.prompt.fingerprint if job.prompt else None,
        own_tables=tables.own,
        intake=dict(intake),
        arguments={
            **arguments,
            "places": [shown(path) for path in places],
            "actors": [shown(path) for path in actors],
            "prompts": shown(prompts) if prompts else None,
        },
        seed=settings.seed,
    )


def _intake(terms: Terms, form: Form) -> dict[str, Any]:
    """The options that decide how inputs become articles, as `extract` stores them."""
    fields, published = terms.fields, terms.published
    return {
        "id_field": fields.id,
        "text_field": fields.text,
        "title_field": fields.title,
        "date_field": fields.date,
        "published": published.isoformat() if published else None,
        "form": form,
        "max_chars": terms.max_chars,
    }
