"""Fixtures that every folder of tests may use."""

import os
from collections.abc import Callable, Iterator

import pytest
from loopback import ScriptedEndpoint, Step

OUTER_SETTINGS = ("TOLLBOOK_", "OPENAI_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def no_outer_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys, addresses and proxies of the machine stay out of the test."""
    for name in list(os.environ):
        if name.upper().startswith(OUTER_SETTINGS):
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
