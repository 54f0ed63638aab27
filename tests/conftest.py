"""Fixtures that every folder of tests may use."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from loopback import ScriptedEndpoint, Step

OUTER_SETTINGS = ("TOLLBOOK_", "OPENAI_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")

# The same examples at every run, and no clock that fails a test of a busy machine. Other examples
# are tried by `benchmarks/reading/fuzz.py`, whose seed is an option.
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.load_profile("same")

# Tests unpack the gazetteer into a cache of their own, and once.
CACHE = Path(__file__).resolve().parents[1] / ".pytest_cache" / "tollbook"
os.environ["TOLLBOOK_CACHE"] = str(CACHE)


@pytest.fixture
def no_outer_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys, addresses and proxies of the machine stay out of the test."""
    for name in list(os.environ):
        if name.upper().startswith(OUTER_SETTINGS) and name != "TOLLBOOK_CACHE":
            monkeypatch.delenv(name)


@pytest.fixture
def scripted(no_outer_settings: None) -> Iterator[Callable[..., ScriptedEndpoint]]:
    """Start an endpoint with a script; all are stopped at the end of the test."""
    started: list[ScriptedEndpoint] = []

    def start(*steps: Step) -> ScriptedEndpoint:
        started.append(ScriptedEndpoint(steps))
        return started[-1]

    yield start
    for endpoint in started:
        endpoint.stop()
