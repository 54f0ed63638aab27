"""Spans and metrics: a job is told by OpenTelemetry, article by article and call by call."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from extractor.errors import DeferredError
from extractor.jobs.telemetry import (
    ARTICLE,
    CACHED_TOKENS,
    CALL,
    CHAT,
    COST,
    DURATION,
    ERROR,
    FINISH_REASONS,
    INPUT_TOKENS,
    KEPT,
    MAX_TOKENS,
    MODEL,
    OPERATION,
    OUTCOME,
    OUTCOMES,
    OUTPUT_TOKENS,
    OUTPUT_TYPE,
    PORT,
    PROMPT,
    PROVIDER,
    READ,
    READER,
    READING,
    REASONING_TOKENS,
    RETRIES,
    SCOPE,
    SEED,
    SERVER,
    SILENCE,
    TEMPERATURE,
    TOKEN_TYPE,
    TOKEN_USAGE,
    USD,
    WORKFLOW,
    Providers,
    Telemetry,
    Told,
    find_providers,
)
from extractor.readers.exchange import Call, Reply
from extractor.readers.troubles import Trouble
from extractor.records import Failure, Reading
from extractor.settings import EndpointSettings

if TYPE_CHECKING:
    from opentelemetry.trace import Span

_TOKEN_BOUNDS = [float(4**power) for power in range(14)]
_SECOND_BOUNDS = [0.01 * 2**power for power in range(14)]
_FINISHES = frozenset({"stop", "length", "content_filter", "tool_calls", "function_call"})


def find_telemetry(settings: EndpointSettings) -> Telemetry:
    """Whom to tell of a job: the SDK that the user has set up, or nobody.

    Args:
        settings: of the endpoint.
    """
    providers = find_providers()
    return OpenTelemetry(settings, providers) if providers else SILENCE


class OpenTelemetry:
    """Tells of a job by OpenTelemetry."""

    def __init__(self, settings: EndpointSettings, providers: Providers) -> None:
        """Prepare the instruments.

        Args:
            settings: of the endpoint.
            providers: where spans and metrics go.
        """
        self._tracer = providers.tracers.get_tracer(SCOPE, version(SCOPE))
        meter = providers.meters.get_meter(SCOPE, version(SCOPE))
        self._tokens = meter.create_histogram(
            TOKEN_USAGE,
            unit="{token}",
            description="Tokens of a call, by type.",
            explicit_bucket_boundaries_advisory=_TOKEN_BOUNDS,
        )
        self._seconds = meter.create_histogram(
            DURATION,
            unit="s",
            description="Duration of a call.",
            explicit_bucket_boundaries_advisory=_SECOND_BOUNDS,
        )
        counter = meter.create_counter
        self._outcomes = counter(OUTCOMES, "{article}", "Articles read now, by outcome.")
        self._retries = counter(RETRIES, "{call}", "Calls of a reading after its first.")
        self._kept = counter(KEPT, "{answer}", "Answers kept, and not asked for again.")
        self._cost = counter(COST, "{USD}", "What calls cost, of those with a price.")
        self._server = _server(settings)

    @contextmanager
    def reading(self, article_id: str) -> Generator[Told]:
        """A span around the reading of an article."""
        attributes = {OPERATION: READ, WORKFLOW: READING, ARTICLE: article_id}
        with self._span(f"{READ} {READING}", attributes) as span:
            yield _ToldReading(self, span)

    @contextmanager
    def calling(self, call: Call) -> Generator[Told]:
        """A span around a call, which is the current one while it is made."""
        attributes = {**self._about(call), **_asked(call), CALL: call.n}
        with self._span(f"{CHAT} {call.model}", attributes, is_call=True) as span:
            yield _ToldCall(self, span, call)

    def keep(self, call: Call) -> None:
        """Count an answer that was kept."""
        self._kept.add(1, {MODEL: call.model})

    def end_reading(self, span: "Span", outcome: Reading | Failure) -> None:
        """Tell how an article ended."""
        told = {OUTCOME: outcome.outcome.value, READER: outcome.reader}
        span.set_attributes({**told, **({PROMPT: outcome.prompt} if outcome.prompt else {})})
        self._outcomes.add(1, told)
        if isinstance(outcome, Failure):
            _fail(span, outcome.outcome.value)

    def end_call(self, span: "Span", call: Call, reply: Reply) -> None:
        """Tell what a call brought, and what it took."""
        about, trouble = self._about(call), reply.called
        if isinstance(trouble, Trouble):
            about = {**about, ERROR: trouble.status}
            _fail(span, trouble.status)
        self._seconds.record(reply.milliseconds / 1000, about)
        usage = reply.usage
        for kind, count in (("input", usage.prompt_tokens), ("output", usage.completion_tokens)):
            if count is not None:
                self._tokens.record(count, {**about, TOKEN_TYPE: kind})
        if reply.usd is not None:
            self._cost.add(reply.usd, {MODEL: call.model})
        if call.n > 1:
            self._retries.add(1, {MODEL: call.model})
        counted = {
            INPUT_TOKENS: usage.prompt_tokens,
            OUTPUT_TOKENS: usage.completion_tokens,
            CACHED_TOKENS: usage.cached_tokens,
            REASONING_TOKENS: usage.reasoning_tokens,
            USD: reply.usd,
        }
        span.set_attributes({name: count for name, count in counted.items() if count is not None})
        if finish := _finish(reply):
            span.set_attribute(FINISH_REASONS, [finish])

    def _about(self, call: Call) -> dict[str, str | int]:
        # The provider names the dialect that is spoken, whoever is behind the address.
        return {OPERATION: CHAT, PROVIDER: "openai", MODEL: call.model, **self._server}

    @contextmanager
    def _span(
        self, name: str, attributes: Mapping[str, Any], *, is_call: bool = False
    ) -> Generator["Span"]:
        from opentelemetry.trace import SpanKind

        with self._tracer.start_as_current_span(
            name,
            kind=SpanKind.CLIENT if is_call else SpanKind.INTERNAL,
            attributes=attributes,
            record_exception=False,  # its message may hold words of the article
            set_status_on_exception=False,
        ) as span:
            try:
                yield span
            except DeferredError:
                raise  # nothing went wrong: the article is taken up again
            except BaseException as error:
                _fail(span, type(error).__name__)
                raise


class _ToldReading:
    def __init__(self, telemetry: OpenTelemetry, span: "Span") -> None:
        self._telemetry, self._span = telemetry, span

    def end(self, came: Reading | Failure | Reply) -> None:
        """Tell how the article ended."""
        if not isinstance(came, Reply):
            self._telemetry.end_reading(self._span, came)


class _ToldCall:
    def __init__(self, telemetry: OpenTelemetry, span: "Span", call: Call) -> None:
        self._telemetry, self._span, self._call = telemetry, span, call

    def end(self, came: Reading | Failure | Reply) -> None:
        """Tell what the call brought."""
        if isinstance(came, Reply):
            self._telemetry.end_call(self._span, self._call, came)


def _fail(span: "Span", word: str) -> None:
    from opentelemetry.trace import Status, StatusCode

    span.set_attribute(ERROR, word)
    span.set_status(Status(StatusCode.ERROR))


def _server(settings: EndpointSettings) -> dict[str, str | int]:
    parts = urlsplit(settings.url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    return {SERVER: parts.hostname or "", PORT: port}


def _asked(call: Call) -> dict[str, Any]:
    """What a call asks for beside its messages, which nobody is told."""
    body = call.body
    limit = body.get("max_completion_tokens", body.get("max_tokens"))
    told = {MAX_TOKENS: limit, TEMPERATURE: body.get("temperature"), SEED: body.get("seed")}
    return {OUTPUT_TYPE: "json", **{name: one for name, one in told.items() if one is not None}}


def _finish(reply: Reply) -> str | None:
    """Why the model stopped, if it says so in a word that is known: it may say anything."""
    if isinstance(reply.called, Trouble):
        return None
    match reply.called.get("choices"):
        case [{"finish_reason": str(word)}, *_] if word in _FINISHES:
            return word
        case _:
            return None
