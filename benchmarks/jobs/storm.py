"""A storm of retries: of every hundred calls twenty are told to come later and five fail.

    python benchmarks/jobs/storm.py [--articles 1500] [--rate 60]

The endpoint lets so many calls a second through, beside those that it turns away at random. The
job learns of that rate from the endpoint's headers, is told it (`--rpm`), or finds it out by being
turned away. Every article is to be read, with few calls, and at nearly the rate that is allowed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from serving import serve
from texts import Texts, read_texts, write_jsonl

from extractor.store import open_run

_FAULTS = "throttled=20,failing=5"
_MOST_CALLS, _LEAST_RATE = 1.35, 0.7  # calls for an article; share of the allowed rate
_OTHERS = ("TOLLBOOK_", "OPENAI_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_KEY = "sk-0123456789abcdef"


@dataclass(frozen=True, kw_only=True)
class Weather:
    """One storm: how the endpoint is, and what the job is told of it."""

    name: str
    endpoint: tuple[str, ...]
    job: tuple[str, ...] = ()
    is_bar: bool = True
    """Whether the bars hold for it."""


@dataclass(frozen=True, kw_only=True)
class Weathered:
    """How a job came through."""

    articles: int
    read: int
    calls: int
    limited: int
    """Calls turned away for being beyond the allowed rate."""
    seconds: float

    @property
    def calls_each(self) -> float:
        """Calls for an article."""
        return self.calls / self.articles

    @property
    def rate(self) -> float:
        """Articles read a second, from the first call to the last."""
        return self.read / self.seconds


def main() -> int:
    """Go through all storms, and print the table; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description="A job in a storm of retries.")
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--rate", type=float, default=60.0, help="calls a second that are allowed")
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--delay", type=int, default=200, help="milliseconds until a reply")
    asked = parser.parse_args()
    texts = read_texts()
    limit = ("--rate", str(asked.rate))
    weathers = (
        Weather(name="the endpoint's headers tell the rate", endpoint=(*limit, "--headers")),
        Weather(
            name="`--rpm` tells the rate",
            endpoint=limit,
            job=("--rpm", str(round(asked.rate * 60))),
        ),
        Weather(name="nothing tells the rate", endpoint=limit, is_bar=False),
    )
    sys.stdout.write(
        "| storm | read | calls for an article | of them beyond the rate | articles a second |\n"
        "|---|--:|--:|--:|--:|\n"
    )
    missed = 0
    for weather in weathers:
        served_as = ("--delay", str(asked.delay), "--faults", _FAULTS, *weather.endpoint)
        found = _weather(asked.articles, asked.at_once, texts, served_as, weather.job)
        missed += weather.is_bar and not _is_met(found, asked.rate)
        sys.stdout.write(
            f"| {weather.name} | {found.read} of {found.articles} | {found.calls_each:.3f} | "
            f"{found.limited} | {found.rate:.1f} ({found.rate / asked.rate:.2f} of the rate) |\n"
        )
        sys.stdout.flush()
    told = "not met" if missed else "met"
    sys.stdout.write(
        f"\nGoals, where the rate is told: every article read, at most {_MOST_CALLS} calls for "
        f"each, at least {_LEAST_RATE} of the rate: {told}.\n"
    )
    return 1 if missed else 0


def _is_met(found: Weathered, rate: float) -> bool:
    few = found.calls_each <= _MOST_CALLS
    return few and found.read == found.articles and found.rate >= _LEAST_RATE * rate


def _weather(
    articles: int, at_once: int, texts: Texts, served_as: Sequence[str], options: Sequence[str]
) -> Weathered:
    with tempfile.TemporaryDirectory() as folder, serve(texts.prepared(), *served_as) as served:
        inputs = write_jsonl(texts.take(articles), Path(folder) / "articles.jsonl")
        out = Path(folder) / "run"
        command = [
            *(sys.executable, "-m", "extractor.cli", "extract", str(inputs), "--out", str(out)),
            *("--reader", "openai/m", "--base-url", served.url, "--at-once", str(at_once)),
        ]
        kept = {name: told for name, told in os.environ.items() if not name.startswith(_OTHERS)}
        cache = {name: told for name, told in os.environ.items() if name == "TOLLBOOK_CACHE"}
        ran = subprocess.run(
            [*command, *options],
            env={**kept, **cache, "TOLLBOOK_API_KEY": _KEY},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode in (0, 3), ran.stderr
        counted = served.count()
        outcomes = list(open_run(out).outcomes())
    return Weathered(
        articles=articles,
        read=sum(one.outcome.value.startswith("read") for one in outcomes),
        calls=counted["calls"],
        limited=counted["received"].get("limited", 0),
        seconds=counted["seconds"],
    )


if __name__ == "__main__":
    sys.exit(main())
