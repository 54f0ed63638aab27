"""Running the command in the batch lane, against a batch endpoint of the test's own."""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, cast
from unittest import mock

import pytest
from asking import ARTICLE, KEY
from batching import BatchEndpoint
from commanding import Ran, bare_environment, outcomes, tollbook_here, write_articles
from making import make_manifest

from extractor.cli import main
from extractor.intake import Fields, take
from extractor.jobs import Ended, Interrupt, Limits, open_job, run_job
from extractor.jobs.price import Lane
from extractor.settings import EndpointSettings, load_settings

MODEL = "openai/org/model-1"
SETTINGS = {
    "TOLLBOOK_API_KEY": KEY,
    "TOLLBOOK_MAX_WAIT_SECONDS": "0.01",
    "TOLLBOOK_MAX_CALLS": "2",
    "TOLLBOOK_POLL_SECONDS": "0.01",
}
# Processes that are to be killed are forked off one that has imported everything already.
_FORKING = get_context("forkserver")
_FORKING.set_forkserver_preload(
    ["extractor.cli", "extractor.readers.batches", "instructor", "openai"]
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """How a job ended, and what it said meanwhile."""

    ended: Ended
    said: str

    @property
    def sums(self) -> dict[str, int]:
        """How many inputs ended how."""
        return {outcome.value: count for outcome, count in self.ended.tally.items()}

    @property
    def stopped(self) -> str:
        """Why it ended before its inputs did."""
        return str(self.ended.stopped or "")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A folder with articles, and the endpoint that they are read at."""

    folder: Path
    endpoint: BatchEndpoint
    url: str

    def put(self, **texts: str) -> None:
        """Lay articles out; each is the usual one with something added."""
        write_articles(self.folder / "in.jsonl", **{i: told(text) for i, text in texts.items()})

    def settings(self, **changed: Any) -> EndpointSettings:
        quick: dict[str, Any] = {"max_wait_seconds": 0.01, "max_calls": 2, "poll_seconds": 0.01}
        named: dict[str, Any] = {"reader": MODEL, "base_url": self.url, "api_key": KEY}
        return load_settings(**{**quick, **named, **changed})

    def read(
        self,
        *,
        run: str = "run",
        lane: Lane = "batch",
        gives_up: bool = False,
        prices: Path | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        interrupt: Interrupt | None = None,
        say: Callable[[str], None] | None = None,
        **changed: Any,
    ) -> Told:
        """Read the articles, as the command would."""
        said: list[str] = []
        settings = self.settings(**changed)
        job = open_job(
            settings,
            prompt="incident/v1",
            prices=prices,
            limits=limits,
            lane=lane,
            gives_up=gives_up,
        )
        ended = run_job(
            take([str(self.folder / "in.jsonl")], fields=Fields()),
            job,
            self.folder / run,
            make_manifest(reader=job.reader.name),
            interrupt=interrupt,
            tell=lambda done: said.append(f"{done.label}: {done.reason}"),
            say=say or said.append,
        )
        return Told(ended=ended, said="\n".join(said))

    def command(self, *more: str, run: str = "run", lane: str = "batch", **settings: str) -> Ran:
        """Give the command itself."""
        env = _environment(settings)
        return tollbook_here(*self.arguments(*more, run=run, lane=lane), cwd=self.folder, env=env)

    def arguments(self, *more: str, run: str = "run", lane: str = "batch") -> list[str]:
        start = ["extract", "in.jsonl", "-o", run, "--reader", MODEL, "--progress", "none"]
        return [*start, "--base-url", self.url, "--lane", lane, *more]

    def start(self, *more: str, lane: str = "batch", **settings: str) -> BaseProcess:
        """Start the command in a process of its own."""
        asked = self.arguments(*more, lane=lane)
        env = bare_environment(**_environment(settings))
        process = _FORKING.Process(target=_extract, args=(asked, str(self.folder), env))
        process.start()
        return process

    def start_reading(self) -> BaseProcess:
        """Read the articles in a process of its own, which may be killed."""
        process = _FORKING.Process(target=_read, args=(self.folder, self.url))
        process.start()
        return process

    def outcomes(self, run: str = "run") -> dict[str, dict[str, Any]]:
        """The outcome of each article; of several, the last, which is the one that counts."""
        return {one["article"]["id"]: one for one in outcomes(self.folder / run)}

    def statuses(self, run: str = "run") -> dict[str, list[str]]:
        return {
            name: [attempt["status"] for attempt in one["attempts"]]
            for name, one in self.outcomes(run).items()
        }

    def query(self, sql: str, run: str = "run") -> list[tuple[Any, ...]]:
        """Rows of the journal."""
        with closing(sqlite3.connect(self.folder / run / "calls.sqlite")) as journal:
            return journal.execute(sql).fetchall()

    def left(self, run: str = "run") -> list[str]:
        """What of the batches still lies in the run folder."""
        return sorted(path.name for path in (self.folder / run / "batches").glob("*"))


def told(text: str) -> str:
    return f"{ARTICLE} {text}"


@pytest.fixture
def desk(tmp_path: Path, no_outer_settings: None) -> Iterator[Desk]:
    endpoint = BatchEndpoint()
    yield Desk(folder=tmp_path, endpoint=endpoint, url=endpoint.url)
    endpoint.stop()


def once(endpoint: BatchEndpoint) -> bool:
    """Whether no article was paid for twice."""
    return set(endpoint.asked.values()) <= {1}


def custom_ids(endpoint: BatchEndpoint) -> list[list[str]]:
    """The ids of each file that was uploaded."""
    uploads = range(len(endpoint.uploads))
    return [[one["custom_id"] for one in endpoint.requests_of(upload)] for upload in uploads]


def _read(folder: Path, url: str) -> None:
    Desk(folder=folder, endpoint=cast("BatchEndpoint", None), url=url).read()


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    return {**SETTINGS, **{f"TOLLBOOK_{name}".upper(): one for name, one in settings.items()}}


def _extract(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for stream, name in ((1, "out.txt"), (2, "err.txt")):
        opened = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(opened, stream)
    with mock.patch.object(sys, "argv", ["tollbook", *arguments]):
        main()
