"""Gold read by a reader: a run folder for each repeat, as `tollbook extract` would leave it."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.gold import ARTICLES, GoldSet
from eval.provenance import gold_sha256
from eval.run.documents import Asked, open_asked
from extractor.codes import InputOutcome
from extractor.errors import UsageError
from extractor.intake import Taken
from extractor.jobs import Done, read_inputs
from extractor.manifest import Manifest, describe_run
from extractor.readers import Reader
from extractor.records import Source
from extractor.settings import EndpointSettings
from extractor.store import RunWriter, write_run

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
        TollbookError: as `open_asked`; the endpoint refuses every call, a recording lacks an
            answer, or the folder cannot be written or is another run's.
    """
    asked = open_asked(
        repeat.settings, prompt=prompt, prompts=prompts, at_once=at_once, record=record
    )
    tally: Counter[InputOutcome] = Counter()

    async def work(writer: RunWriter) -> None:
        try:
            async for done in _read_all(_taken(gold), asked, writer):
                tally[done.outcome] += 1
                tell(done)
        finally:
            await asked.reader.close()

    with write_run(repeat.folder, _manifest(asked, repeat, gold, split)) as writer:
        asyncio.run(work(writer))
    return tally


async def _read_all(taken: Sequence[Taken], asked: Asked, writer: RunWriter) -> AsyncIterator[Done]:
    """Read articles, some at a time; each worker takes every so-manieth."""
    done: asyncio.Queue[Done | None] = asyncio.Queue()
    at_once = max(1, min(asked.at_once, len(taken)))

    async def work(share: Sequence[Taken]) -> None:
        async for one in read_inputs(
            share, reader=asked.reader, prompt=asked.prompt, tables=asked.tables, writer=writer
        ):
            done.put_nowait(one)

    async def work_all() -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for at in range(at_once):
                    group.create_task(work(taken[at::at_once]))
        except* Exception as failed:
            raise failed.exceptions[0] from None
        finally:
            done.put_nowait(None)

    working = asyncio.create_task(work_all())
    while (one := await done.get()) is not None:
        yield one
    await working


def _taken(gold: GoldSet) -> list[Taken]:
    return [
        Taken(article=one.article, source=Source(path=f"{ARTICLES}/{name}.json"))
        for name, one in sorted(gold.labelled.items())
    ]


def _manifest(asked: Asked, repeat: Repeat, gold: GoldSet, split: str | None) -> Manifest:
    reader: Reader = asked.reader
    return describe_run(
        reader=reader.name,
        reader_fingerprint=reader.fingerprint,
        prompt=asked.prompt.id if asked.prompt else None,
        prompt_sha256=asked.prompt.fingerprint if asked.prompt else None,
        own_tables=asked.tables.own if asked.tables else (),
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
