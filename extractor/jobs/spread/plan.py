"""The plan of a spread job: all that a worker must know, and its share of the quotas."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from extractor.errors import StoreError, UsageError
from extractor.jobs.caps import Limits
from extractor.jobs.cost import Cost
from extractor.jobs.opening import Job, open_job
from extractor.manifest import Manifest, code_sha256
from extractor.resolve.tables import open_tables
from extractor.settings import EndpointSettings


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the workers of a job read with; paths are those that all of them see."""

    settings: EndpointSettings
    """Of the whole job: at_once and the rates are divided by the workers."""
    workers: int
    checkpoint: Path
    name: str
    """Of the job: another one each time that it is begun or gone on with."""
    manifest: Manifest
    prompt: str
    prompts: Path | None = None
    places: tuple[Path, ...] = ()
    actors: tuple[Path, ...] = ()
    prices: Path | None = None
    limits: Limits = field(default_factory=Limits)
    """What the whole job may still come to; divided likewise."""

    def open_share(self, place: int) -> Job:
        """Open what the worker at a place reads with.

        Args:
            place: from 0.

        Raises:
            StoreError: the worker has another version of the code, whose records would differ.
            TollbookError: as `open_job` does.
        """
        if code_sha256() != self.manifest.code_sha256:
            raise StoreError(
                "a worker has another version of tollbook than the process that began the job; "
                "install the same version on every machine"
            )
        return open_job(
            share_of(self.settings, place=place, workers=self.workers),
            prompt=self.prompt,
            prompts=self.prompts,
            tables=open_tables(self.places, self.actors),
            prices=self.prices,
            limits=limits_of_share(self.limits, place=place, workers=self.workers),
        )


def share_of(settings: EndpointSettings, *, place: int, workers: int) -> EndpointSettings:
    """The settings for one of several workers: all of them together keep to the whole.

    Raises:
        UsageError: there are more workers than articles that may be read at a time.
    """
    if settings.at_once < workers:
        raise UsageError(
            f"{settings.at_once} articles at a time cannot be shared by {workers} workers; "
            "raise --at-once, or take fewer workers"
        )
    rpm, tpm = settings.requests_per_minute, settings.tokens_per_minute
    return settings.model_copy(
        update={
            "at_once": _part(settings.at_once, place, workers),
            "requests_per_minute": rpm and rpm / workers,
            "tokens_per_minute": tpm and tpm / workers,
        }
    )


def limits_of_share(limits: Limits, *, place: int, workers: int) -> Limits:
    """The limits of one of several workers; an article's are its own, whoever reads it."""
    usd, tokens = limits.usd, limits.tokens
    return replace(
        limits,
        usd=None if usd is None else usd / workers,
        tokens=None if tokens is None else _part(tokens, place, workers),
    )


def limits_left(limits: Limits, counted: Cost) -> Limits:
    """What a job may still come to, beside what it came to before."""
    usd, tokens = limits.usd, limits.tokens
    return replace(
        limits,
        usd=None if usd is None else max(usd - (counted.usd or 0.0), 0.0),
        tokens=None if tokens is None else max(tokens - counted.tokens, 0),
    )


def _part(whole: int, place: int, workers: int) -> int:
    return whole // workers + (place < whole % workers)
