"""Reopening: the job of a run is set up once more from the run's own manifest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, cast

from pydantic import SecretStr

from extractor.errors import SettingsError, StoreError
from extractor.jobs.caps import Limits
from extractor.jobs.opening import Job, open_job
from extractor.manifest import Manifest, describe_run
from extractor.readers.model import PROVIDER
from extractor.resolve.tables import open_tables
from extractor.settings import OPENAI_URL, EndpointSettings, load_settings
from extractor.store import Run


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What may be said anew when a run is gone back to; whatever is left out is as it was."""

    config: Path | None = None
    base_url: str | None = None
    api_key: str | None = None
    at_once: int | None = None
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    prices: Path | None = None
    limits: Limits = Limits()  # noqa: RUF009 - frozen
    prompts: Path | None = None
    """Where the folder of prompt packs is now."""
    places: Sequence[Path] = ()
    """Where the run's own tables of places are now."""
    actors: Sequence[Path] = ()
    """Where the run's own tables of actors are now."""


def reopen_job(run: Run, terms: Terms) -> Job:
    """Set up the job of a run: its reader, prompt and tables, with the key of now.

    What decides an answer is taken from the manifest; how quickly the model is asked, from the
    settings of now.

    Raises:
        StoreError: something that decides the outcomes is not what it was.
        SettingsError: the endpoint's settings are not enough to call it, or a key would be sent
            where only the run's folder says.
        TollbookError: the prompt, a table, a recording or a price file cannot be read.
    """
    manifest = run.manifest
    job = open_job(
        _settings(manifest, terms),
        prompt=manifest.prompt or "",
        prompts=terms.prompts or find_prompts(manifest),
        tables=open_tables(*own_tables(manifest, places=terms.places, actors=terms.actors)),
        prices=terms.prices,
        limits=terms.limits,
    )
    differences = manifest.differences(describe_again(manifest, job))
    if differences:
        raise StoreError(
            f"the run {str(run.folder)!r} cannot be gone back to, as something has changed since: "
            f"{'; '.join(differences)}; bring that back, or, if it is the code or a table, map the "
            f"run's answers anew first: tollbook run reparse {run.folder}"
        )
    return job


class OwnTables(NamedTuple):
    """Where a user's own tables are."""

    places: Sequence[Path]
    actors: Sequence[Path]


def own_tables(
    manifest: Manifest, *, places: Sequence[Path] = (), actors: Sequence[Path] = ()
) -> OwnTables:
    """Where the user's own tables of a run are now, or else where they were."""
    arguments = manifest.arguments
    return OwnTables(
        places or _paths(arguments.get("places")), actors or _paths(arguments.get("actors"))
    )


def find_prompts(manifest: Manifest) -> Path | None:
    """The folder of packs that a run's prompt lay in; empty for the project's own."""
    named = manifest.arguments.get("prompts")
    return Path(named) if isinstance(named, str) else None


def describe_again(manifest: Manifest, job: Job) -> Manifest:
    """The manifest that a run of this job would have if it began now."""
    tables = job.tables
    return describe_run(
        reader=job.reader.name,
        reader_fingerprint=job.reader.fingerprint,
        prompt=job.prompt.id if job.prompt else None,
        prompt_sha256=job.prompt.fingerprint if job.prompt else None,
        own_tables=tables.own if tables else (),
        intake=manifest.intake,
        shard=manifest.shard,
        arguments=manifest.arguments,
        seed=manifest.seed,
    )


def settings_without_key(manifest: Manifest) -> EndpointSettings:
    """The settings that a run's requests were made with, for a job that sends none.

    Raises:
        SettingsError: the manifest does not tell them.
    """
    # The client wants a key for some endpoints before it is asked anything.
    return load_settings(
        reader=manifest.reader,
        base_url=_url(manifest),
        api_key=SecretStr("no-key-is-needed"),
        **_deciding(manifest),
    )


def _settings(manifest: Manifest, terms: Terms) -> EndpointSettings:
    flags: dict[str, Any] = {
        "reader": manifest.reader,
        "base_url": terms.base_url,
        "api_key": terms.api_key,
        "at_once": terms.at_once,
        "requests_per_minute": terms.requests_per_minute,
        "tokens_per_minute": terms.tokens_per_minute,
    }
    if not manifest.reader.startswith(PROVIDER):
        return load_settings(config=terms.config, **flags)
    flags |= _deciding(manifest)
    settings = load_settings(config=terms.config, **flags)
    url = _url(manifest)
    if settings.url == url:
        return settings
    if settings.api_key is None:
        return load_settings(config=terms.config, **{**flags, "base_url": url})
    # Whoever made the folder must not have a key sent where they like.
    raise SettingsError(
        f"the run was read at {url!r}, and your settings name {settings.url!r}; "
        f"if the key may go there, say so with --base-url {url}"
    )


def _deciding(manifest: Manifest) -> dict[str, Any]:
    """What decides a model's answers, as flags; what the run left out is left out again."""
    endpoint = _endpoint(manifest)
    names = ("max_output_tokens", "temperature", "seed")
    given = {name: endpoint[name] for name in names if name in endpoint}
    return {name: "none" if value is None else value for name, value in given.items()}


def _url(manifest: Manifest) -> str:
    url = _endpoint(manifest).get("base_url")
    return url if isinstance(url, str) else OPENAI_URL


def _endpoint(manifest: Manifest) -> Mapping[str, Any]:
    told = manifest.arguments.get("endpoint")
    return cast("dict[str, Any]", told) if isinstance(told, dict) else {}


def _paths(told: object) -> list[Path]:
    names = cast("list[object]", told) if isinstance(told, list) else []
    return [Path(name) for name in names if isinstance(name, str)]
