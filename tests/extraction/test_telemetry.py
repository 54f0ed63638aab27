"""Spans and metrics of a job: what it did and took, and no word of what it read."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asking import ARTICLE, GOOD, KEY, settings
from loopback import ScriptedEndpoint, fails, says
from making import make_article, make_manifest, make_taken
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from extractor.jobs import gauges, open_job, run_job, spans, telemetry
from extractor.jobs.gauges import Gauges
from extractor.jobs.snapshot import HeldUp, Hindrance, Snapshot
from extractor.jobs.telemetry import Providers
from extractor.jobs.totals import Totals

Scripted = Callable[..., ScriptedEndpoint]

REFUSAL = says(None, refusal="I cannot help with Amina Haddad.")


class Heard:
    """What an SDK hears, in memory."""

    def __init__(self) -> None:
        self._spans, self._reader = InMemorySpanExporter(), InMemoryMetricReader()
        tracers = TracerProvider(shutdown_on_exit=False)
        tracers.add_span_processor(SimpleSpanProcessor(self._spans))
        meters = MeterProvider([self._reader], shutdown_on_exit=False)
        self.providers = Providers(tracers, meters)

    def spans(self, start: str) -> list[ReadableSpan]:
        return [one for one in self._spans.get_finished_spans() if one.name.startswith(start)]

    def metrics(self) -> dict[str, list[Any]]:
        told = self._reader.get_metrics_data()
        if told is None:
            return {}
        scopes = (scope for part in told.resource_metrics for scope in part.scope_metrics)
        return {
            metric.name: list(metric.data.data_points)
            for scope in scopes
            for metric in scope.metrics
        }

    def sums(self, name: str, by: str) -> dict[Any, float]:
        """The sums of a metric by one attribute."""
        found: dict[Any, float] = {}
        for point in self.metrics().get(name, []):
            told = point.attributes.get(by)
            found[told] = found.get(told, 0) + (point.sum if hasattr(point, "sum") else point.value)
        return found


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """An SDK that the user has set up."""
    found = Heard()
    for module in (spans, gauges):
        monkeypatch.setattr(module, "find_providers", lambda: found.providers)
    return found


def read(folder: Path, endpoint: ScriptedEndpoint, *texts: str, **changed: Any) -> None:
    told = settings(endpoint, reader="openai/org/model-1", at_once=1, **changed)
    articles = [
        make_taken(make_article(text, id=f"a{n}", title="Amina"), n)
        for n, text in enumerate(texts, 1)
    ]
    run_job(articles, open_job(told, prompt="incident/v1"), folder / "run", make_manifest())


def test_an_article_and_its_calls_are_spans_of_one_trace(
    heard: Heard, scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(fails(429, retry_after="0"), GOOD)
    read(tmp_path, endpoint, ARTICLE, seed=7)

    (reading,) = heard.spans("invoke_workflow")
    first, second = heard.spans("chat")
    assert (reading.name, first.name) == ("invoke_workflow read_article", "chat org/model-1")
    assert reading.kind is SpanKind.INTERNAL
    assert dict(reading.attributes or {}) == {
        "gen_ai.operation.name": "invoke_workflow",
        "gen_ai.workflow.name": "read_article",
        "tollbook.article.id": "a1",
        "tollbook.outcome": "read_with_flags",
        "tollbook.reader": "openai/org/model-1",
        "tollbook.prompt": "incident/v1",
    }
    for call in (first, second):
        assert call.parent
        assert reading.context
        assert (call.parent.span_id, call.kind) == (reading.context.span_id, SpanKind.CLIENT)
    asked = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "org/model-1",
        "gen_ai.request.max_tokens": 16384,
        "gen_ai.request.temperature": 0.0,
        "gen_ai.request.seed": 7,
        "gen_ai.output.type": "json",
        "server.address": "127.0.0.1",
        "server.port": int(endpoint.url.split(":")[2].split("/")[0]),
    }
    assert first.attributes == {**asked, "tollbook.call.number": 1, "error.type": "http_429"}
    assert first.status.status_code is StatusCode.ERROR
    assert second.attributes == {
        **asked,
        "tollbook.call.number": 2,
        "gen_ai.response.finish_reasons": ("stop",),
        "gen_ai.usage.input_tokens": 100,
        "gen_ai.usage.output_tokens": 10,
        "gen_ai.usage.cache_read.input_tokens": 40,
        "gen_ai.usage.reasoning.output_tokens": 3,
    }
    assert second.status.status_code is StatusCode.UNSET


def test_metrics_count_what_was_read_asked_kept_and_paid(
    heard: Heard, scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(fails(429, retry_after="0"), GOOD, REFUSAL)
    prices = tmp_path / "prices.toml"
    prices.write_text('[models."*"]\ninput = 1.0\noutput = 10.0\n', "utf-8")
    told = settings(endpoint, reader="openai/m", at_once=1)
    articles = [
        make_taken(make_article(text, id=f"a{n}"), n)
        for n, text in enumerate([ARTICLE, ARTICLE, "It rained."], 1)
    ]
    job = open_job(told, prompt="incident/v1", prices=prices)
    run_job(articles, job, tmp_path / "run", make_manifest())

    assert heard.sums("tollbook.outcomes", "tollbook.outcome") == {
        "read_with_flags": 2,
        "refused": 1,
    }
    assert heard.sums("tollbook.retries", "gen_ai.request.model") == {"m": 1}
    assert heard.sums("tollbook.answers.kept", "gen_ai.request.model") == {"m": 1}
    assert heard.sums("gen_ai.client.token.usage", "gen_ai.token.type") == {
        "input": 200,
        "output": 20,
    }
    (cost,) = heard.sums("tollbook.cost", "gen_ai.request.model").values()
    assert cost == pytest.approx(2 * (100 * 1.0 + 10 * 10.0) / 1e6)
    durations = heard.metrics()["gen_ai.client.operation.duration"]
    assert {point.attributes.get("error.type"): point.count for point in durations} == {
        "http_429": 1,
        None: 2,
    }
    assert durations[0].explicit_bounds[:3] == (0.01, 0.02, 0.04)


def test_a_known_article_is_told_of_once(heard: Heard, scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(GOOD)
    read(tmp_path, endpoint, ARTICLE)
    read(tmp_path, endpoint, ARTICLE)
    assert len(heard.spans("invoke_workflow")) == 1
    assert heard.sums("tollbook.outcomes", "tollbook.outcome") == {"read_with_flags": 1}


def test_neither_key_nor_text_nor_name_is_told(
    heard: Heard, scripted: Scripted, tmp_path: Path
) -> None:
    leaky = says({"incidents": ARTICLE}, finish=f"Amina {KEY}")
    endpoint = scripted(fails(400, f"{ARTICLE} {KEY}"), REFUSAL, leaky, GOOD)
    read(tmp_path, endpoint, ARTICLE, f"{ARTICLE} Twice.", f"{ARTICLE} Thrice.")
    assert len(heard.spans("invoke_workflow")) == 3
    told = "".join(one.to_json() for one in heard.spans("")) + repr(heard.metrics())
    for secret in (KEY, "Amina", "Gunmen", "Haddad", "neighbours"):
        assert secret not in told


def test_gauges_follow_the_snapshots(heard: Heard) -> None:
    watching = Gauges(heard.providers)
    held = HeldUp(by=Hindrance.TOKENS_PER_MINUTE, seconds=1.0, waiting=3)
    watching.see(
        Snapshot(
            seconds=1.0,
            inputs_done=2,
            inputs_expected=9,
            calls=Totals(calls=4, answered=1),
            calls_at_once=8,
            held_up=(held,),
        )
    )
    assert heard.sums("tollbook.calls.under_way", "x") == {None: 3}
    assert heard.sums("tollbook.calls.at_once", "x") == {None: 8}
    assert heard.sums("tollbook.inputs.left", "x") == {None: 7}
    assert heard.sums("tollbook.calls.held_up", "tollbook.held_up.by") == {"tokens_per_minute": 3}
    watching.see(Snapshot(seconds=2.0))
    assert heard.sums("tollbook.calls.held_up", "tollbook.held_up.by") == {"tokens_per_minute": 0}


@pytest.mark.parametrize(
    ("setup", "found", "loaded"),
    [
        pytest.param("", False, False, id="nobody imported it"),
        pytest.param("import opentelemetry.trace", False, True, id="no SDK"),
        pytest.param("sys.modules['opentelemetry'] = None", False, True, id="not installed"),
        pytest.param(
            "from opentelemetry import trace; from opentelemetry.sdk.trace import TracerProvider;"
            "trace.set_tracer_provider(TracerProvider())",
            True,
            True,
            id="an SDK for traces",
        ),
    ],
)
def test_nothing_is_loaded_or_told_unless_the_user_has_set_up_an_sdk(
    setup: str, found: bool, loaded: bool
) -> None:
    code = (
        f"import sys\n{setup}\n"
        "from extractor.jobs.telemetry import find_providers\n"
        "print(find_providers() is not None, 'opentelemetry' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == [str(found), str(loaded)]


def test_every_name_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "jobs.md").read_text("utf-8")
    names = [
        value
        for name, value in vars(telemetry).items()
        if name.isupper() and isinstance(value, str) and "." in value
    ]
    assert len(names) > 30
    assert not [name for name in names if f"`{name}`" not in page]
