"""Opening: what a job reads with, as its settings say."""

from dataclasses import dataclass
from pathlib import Path

from extractor.errors import UsageError
from extractor.jobs.batch import BatchExchange
from extractor.jobs.caps import Limits
from extractor.jobs.exchange import JobExchange
from extractor.jobs.price import Lane
from extractor.jobs.prices import open_prices
from extractor.jobs.spans import find_telemetry
from extractor.jobs.telemetry import SILENCE, Telemetry
from extractor.prompt import Prompt, load_prompt
from extractor.readers import Reader, open_reader, record_to
from extractor.readers.model import PROVIDER
from extractor.resolve.tables import Tables
from extractor.settings import EndpointSettings

_IN_BATCHES = 64  # readings at a time that only wait for the disk: so many share one commit


@dataclass(frozen=True, kw_only=True)
class Job:
    """What inputs are read with, and how many at a time."""

    reader: Reader
    prompt: Prompt | None = None
    tables: Tables | None = None
    at_once: int = 1
    """More than one helps only where a reader is waited for."""
    exchange: JobExchange | None = None
    """What the calls of a model go through; empty for a reader that makes none."""
    settings: EndpointSettings | None = None
    """Of the endpoint of these calls."""
    gives_up: bool = False
    """Whether batches that earlier processes of the run have made are given up."""
    telemetry: Telemetry = SILENCE
    """Told of every article that is read."""


def open_job(
    settings: EndpointSettings,
    *,
    prompt: str,
    prompts: Path | None = None,
    tables: Tables | None = None,
    record: Path | None = None,
    prices: Path | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    lane: Lane = "live",
    gives_up: bool = False,
) -> Job:
    """Open what a job reads with: the reader of the settings, or the built-in rules.

    Args:
        settings: name the reader, and say how a model is reached and how many are asked at once.
        prompt: the prompt pack, for a reader that needs one.
        prompts: folder of packs that it lies in; the project's own by default.
        tables: what places and actors are looked up in; the packaged tables by default.
        record: where a model's answers are kept too.
        prices: file of the user's own prices.
        limits: what the run and each of its articles may come to.
        lane: how a model is asked: call by call, or by files that it works off within a day.
        gives_up: whether batches that earlier processes of the run have made are given up.

    Raises:
        UsageError: there is no such reader, or it cannot be recorded; the price file is wrong,
            money is limited and no price is known, or the reader is no model.
        SettingsError: the endpoint's settings are not enough to call it.
        RecordingError: a recording cannot be read.
        PromptError: there is no such prompt pack.
    """
    name = settings.reader or "baseline"
    exchange, telemetry = None, find_telemetry(settings)
    if name.startswith(PROVIDER):
        kind = BatchExchange if lane == "batch" else JobExchange
        exchange = kind(settings, prices=open_prices(prices), limits=limits, telemetry=telemetry)
        exchange.check(name.removeprefix(PROVIDER))
    elif prices or limits != Limits():
        raise UsageError(
            f"{name!r} makes no calls that cost anything; leave out the prices and caps, or name a "
            f"model with --reader {PROVIDER}<model>"
        )
    elif lane == "batch" or gives_up:
        raise UsageError(
            f"{name!r} makes no calls that a batch could hold; name a model with --reader "
            f"{PROVIDER}<model>"
        )
    reader = open_reader(name, settings, exchange)
    if record:
        reader = record_to(reader, record)
    return Job(
        reader=reader,
        prompt=load_prompt(prompt, root=prompts) if reader.needs_prompt else None,
        tables=tables,
        at_once=_at_once(settings, lane) if exchange else 1,
        exchange=exchange,
        settings=settings if exchange else None,
        gives_up=gives_up,
        telemetry=telemetry,
    )


def _at_once(settings: EndpointSettings, lane: Lane) -> int:
    return settings.at_once if lane == "live" else _IN_BATCHES
