"""Telemetry: what is told of a job to whoever has set up OpenTelemetry, and by what names.

The names that begin with `gen_ai` are of the semantic conventions for generative AI as released in
1.41 (github.com/open-telemetry/semantic-conventions, docs/gen-ai; from then on they are kept in
semantic-conventions-genai). They are still in development there, and change. Those that begin with
`tollbook` are ours. All stand here.

Nothing is exported from here: an SDK and its exporters are the user's to set up, as with
`opentelemetry-instrument`. Without one, or without the extra `tollbook[otel]`, nothing is even
imported. No attribute holds a title, a name, a text or a key.
"""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, NamedTuple, Protocol

from extractor.readers.exchange import Call, Reply
from extractor.records import Failure, Reading

if TYPE_CHECKING:
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import TracerProvider

OPERATION = "gen_ai.operation.name"
PROVIDER = "gen_ai.provider.name"
WORKFLOW = "gen_ai.workflow.name"
MODEL = "gen_ai.request.model"
MAX_TOKENS = "gen_ai.request.max_tokens"
TEMPERATURE = "gen_ai.request.temperature"
SEED = "gen_ai.request.seed"
OUTPUT_TYPE = "gen_ai.output.type"
FINISH_REASONS = "gen_ai.response.finish_reasons"
INPUT_TOKENS = "gen_ai.usage.input_tokens"
OUTPUT_TOKENS = "gen_ai.usage.output_tokens"
CACHED_TOKENS = "gen_ai.usage.cache_read.input_tokens"
REASONING_TOKENS = "gen_ai.usage.reasoning.output_tokens"
TOKEN_TYPE = "gen_ai.token.type"
ERROR = "error.type"
SERVER, PORT = "server.address", "server.port"

ARTICLE = "tollbook.article.id"
OUTCOME = "tollbook.outcome"
READER = "tollbook.reader"
PROMPT = "tollbook.prompt"
CALL = "tollbook.call.number"
USD = "tollbook.usd"
HINDRANCE = "tollbook.held_up.by"

SCOPE = "tollbook"
"""Who tells."""

CHAT, READ = "chat", "invoke_workflow"
"""The operations: one call of a model, and the reading of one article."""

READING = "read_article"
"""The workflow's name."""

TOKEN_USAGE = "gen_ai.client.token.usage"
DURATION = "gen_ai.client.operation.duration"
OUTCOMES = "tollbook.outcomes"
RETRIES = "tollbook.retries"
KEPT = "tollbook.answers.kept"
COST = "tollbook.cost"
UNDER_WAY = "tollbook.calls.under_way"
AT_ONCE = "tollbook.calls.at_once"
LEFT = "tollbook.inputs.left"
HELD_UP = "tollbook.calls.held_up"


_PROVIDERS = ("OTEL_PYTHON_TRACER_PROVIDER", "OTEL_PYTHON_METER_PROVIDER")
_API = "opentelemetry"
_STAND_INS = ("opentelemetry.trace", "opentelemetry.metrics")  # as long as there is no SDK


class Telemetry(Protocol):
    """What is told of a job while it goes on."""

    def reading(self, article_id: str) -> AbstractContextManager["Told"]:
        """Tell of the reading of an article, from its beginning to its end."""
        ...

    def calling(self, call: Call) -> AbstractContextManager["Told"]:
        """Tell of a call, from its beginning to its end."""
        ...

    def keep(self, call: Call) -> None:
        """Tell of an answer that was kept, and not asked for again."""
        ...


class Told(Protocol):
    """What is being told of."""

    def end(self, came: Reading | Failure | Reply) -> None:
        """Tell what came of it."""
        ...


class Silence:
    """Tells nothing, to nobody."""

    def reading(self, article_id: str) -> AbstractContextManager[Told]:
        """Say nothing."""
        return nullcontext(self)

    def calling(self, call: Call) -> AbstractContextManager[Told]:
        """Say nothing."""
        return nullcontext(self)

    def keep(self, call: Call) -> None:
        """Say nothing."""

    def end(self, came: Reading | Failure | Reply) -> None:
        """Say nothing."""


SILENCE = Silence()


class Providers(NamedTuple):
    """Where spans and metrics go."""

    tracers: "TracerProvider"
    meters: "MeterProvider"


def find_providers() -> Providers | None:
    """The SDK that the user has set up in this process; `None` if there is none."""
    if _API not in sys.modules and not any(os.environ.get(name) for name in _PROVIDERS):
        return None  # nobody can have set up anything
    try:
        from opentelemetry import metrics, trace
    except ImportError:
        return None
    found = Providers(trace.get_tracer_provider(), metrics.get_meter_provider())
    is_set_up = any(not type(one).__module__.startswith(_STAND_INS) for one in found)
    return found if is_set_up else None
