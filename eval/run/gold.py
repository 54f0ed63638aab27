"""Gold read by a reader: a run folder for each repeat, as `tollbook extract` would leave it."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eval.gold import ARTICLES, GoldSet
from eval.provenance import gold_sha256
from extractor.codes import InputOutcome
from extractor.errors import UsageError
from extractor.intake import Taken
from extractor.jobs import Done, Job, open_job, run_job
from extractor.manifest import Manifest, describe_run
from extractor.records import Source
from extractor.resolve.tables import open_tables
from extractor.settings import EndpointSettings

_SEEDED = re.compile(r"(stochastic:)(\d+)")


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """One reading of the gold articles: where it is stored, and with what it is made."""

    number: int
    """From 1."""
    folder: Path
    settings: EndpointSettings
    """With a seed of its own, where there is a seed."""


def repeats_of(settings: EndpointSettings, out: Path, repeats: int) -> tuple[Repeat, ...]:
    """The repeats of a run: one is the folder itself, several are `repeat-1`, `repeat-2`, … in it.

    A seed, of the endpoint or of the stochastic reader, grows by one with each.
    """
    return tuple(
        Repeat(
            number=number,
            folder=out if repeats == 1 else out / f"repeat-{number}",
            settings=_reseeded(settings, number - 1),
        )
        for number in range(1, repeats + 1)
    )


def read_gold(
    gold: GoldSet,
    repeat: Repeat,
    *,
    prompt: str,
    prompts: Path | None = None,
    at_once: int = 1,
    record: Path | None = None,
    split: str | None = None,
    tell: Callable[[Done], None] = lambda _: None,
) -> Counter[InputOutcome]:
    """Read every article of a gold set into a run folder, or go on with one that was stopped.

    Args:
        gold: its articles are read, its labels are not looked at.
        repeat: where to, and with what.
        prompt: the prompt pack, for a reader that needs one.
        prompts: folder of packs that it lies in; the project's own by default.
        at_once: articles a model is asked about at a time.
        record: where a model's answers are kept too.
        split: the split that these articles are, for the manifest.
        tell: called with every article that is done.

    Returns:
        How many articles ended how.

    Raises:
        TollbookError: as `open_job`; the endpoint refuses every call, a recording lacks an
            answer, or the folder cannot be written or is another run's.
    """
    job = open_job(
        repeat.settings.model_copy(update={"at_once": max(1, at_once)}),
        prompt=prompt,
        prompts=prompts,
        tables=open_tables(),
        record=record,
    )
    ended = run_job(
        _taken(gold), job, repeat.folder, _manifest(job, repeat, gold, split), tell=tell
    )
    if ended.stopped:
        raise ended.stopped
    if ended.interrupted:
        raise KeyboardInterrupt
    return ended.tally


def _taken(gold: GoldSet) -> list[Taken]:
    return [
        Taken(article=one.article, source=Source(path=f"{ARTICLES}/{name}.json"))
        for name, one in sorted(gold.labelled.items())
    ]


def _manifest(job: Job, repeat: Repeat, gold: GoldSet, split: str | None) -> Manifest:
    return describe_run(
        reader=job.reader.name,
        reader_fingerprint=job.reader.fingerprint,
        prompt=job.prompt.id if job.prompt else None,
        prompt_sha256=job.prompt.fingerprint if job.prompt else None,
        own_tables=job.tables.own if job.tables else (),
        intake={"gold": gold.folder.resolve().name, "gold_sha256": gold_sha256(gold)},
        arguments={"split": split, "endpoint": repeat.settings.describe()},
        seed=repeat.settings.seed,
    )


def _reseeded(settings: EndpointSettings, more: int) -> EndpointSettings:
    changed: dict[str, object] = {}
    if settings.seed is not None:
        changed["seed"] = settings.seed + more
    if seeded := _SEEDED.fullmatch(settings.reader or ""):
        changed["reader"] = f"{seeded[1]}{int(seeded[2]) + more}"
    return settings.model_copy(update=changed)


def check_repeats(settings: EndpointSettings, repeats: int) -> None:
    """Refuse repeats that cannot differ.

    Raises:
        UsageError: the reader answers the same every time.
    """
    reader = settings.reader or "baseline"
    if repeats > 1 and (reader == "baseline" or reader.startswith("recorded:")):
        raise UsageError(
            f"{reader!r} answers the same every time, so repeats tell nothing; leave out --repeats"
        )
