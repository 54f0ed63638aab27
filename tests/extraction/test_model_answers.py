import json
from collections.abc import Callable

import pytest
from asking import GOOD, incident_answer, read, statuses
from loopback import (
    EMPTY_ANSWER,
    ScriptedEndpoint,
    Step,
    fails,
    replies,
    says,
)

from extractor.codes import InputOutcome
from extractor.readers.answer import NoAnswer
from extractor.readers.replies import MAX_ANSWER_CHARACTERS

Scripted = Callable[..., ScriptedEndpoint]

TOOL_CALL = {"id": "1", "type": "function", "function": {"name": "answer", "arguments": "{}"}}


@pytest.mark.parametrize(
    ("step", "outcome", "status"),
    [
        pytest.param(
            says(None, refusal="I cannot help."), InputOutcome.REFUSED, "refusal", id="refusal"
        ),
        pytest.param(says(EMPTY_ANSWER, refusal="No."), InputOutcome.REFUSED, "refusal", id="both"),
        pytest.param(
            says(EMPTY_ANSWER, finish="content_filter"),
            InputOutcome.REFUSED,
            "content_filter",
            id="filter with parseable JSON",
        ),
        pytest.param(
            says(None, finish="content_filter"),
            InputOutcome.REFUSED,
            "content_filter",
            id="filter with nothing",
        ),
        pytest.param(
            fails(400, "The prompt was flagged.", code="content_filter"),
            InputOutcome.REFUSED,
            "content_filter",
            id="filter on the way in",
        ),
        pytest.param(
            fails(403, "Your input was flagged by moderation"),
            InputOutcome.REFUSED,
            "content_filter",
            id="moderation as 403",
        ),
        pytest.param(
            says('{"incidents": [', finish="length"),
            InputOutcome.TRUNCATED,
            "truncated",
            id="truncated",
        ),
        pytest.param(
            says(EMPTY_ANSWER, finish="length"),
            InputOutcome.TRUNCATED,
            "truncated",
            id="truncated though parseable",
        ),
        pytest.param(
            fails(400, "maximum context length", code="context_length_exceeded"),
            InputOutcome.INVALID,
            "context_length",
            id="article too long",
        ),
        pytest.param(
            says("x" * (MAX_ANSWER_CHARACTERS + 1)), InputOutcome.INVALID, "invalid", id="huge"
        ),
    ],
)
def test_no_second_call_where_it_cannot_help(
    scripted: Scripted, step: Step, outcome: InputOutcome, status: str
) -> None:
    endpoint = scripted(step, GOOD)

    reading = read(endpoint)

    assert isinstance(reading, NoAnswer)
    assert reading.outcome is outcome
    assert statuses(reading) == [status]
    assert len(endpoint.calls) == 1


@pytest.mark.parametrize(
    ("step", "status", "reason"),
    [
        pytest.param(says("Two people died."), "invalid", "no JSON", id="prose"),
        pytest.param(says('{"incidents": ['), "invalid", "no JSON", id="half JSON"),
        pytest.param(
            says(json.dumps(EMPTY_ANSWER) + " Done."), "invalid", "no JSON", id="JSON and prose"
        ),
        pytest.param(says('{"incidents": NaN, "cumulative": []}'), "invalid", "NaN", id="NaN"),
        pytest.param(
            says(incident_answer(lower="NaN")),
            "invalid",
            "cumulative.0.number.lower",
            id="NaN as text",
        ),
        pytest.param(
            says(incident_answer(lower=True)), "invalid", "'lower'", id="truth value as number"
        ),
        pytest.param(
            says(incident_answer(outcome="slain")),
            "invalid",
            "cumulative.0.outcome",
            id="unknown word",
        ),
        pytest.param(says([EMPTY_ANSWER]), "invalid", "as a whole", id="list"),
        pytest.param(says({"incidents": []}), "invalid", "cumulative", id="field missing"),
        pytest.param(
            says({**EMPTY_ANSWER, "Amina Haddad": 1}), "invalid", "(unknown key)", id="extra field"
        ),
        pytest.param(
            says('{"incidents": [], "incidents": [], "cumulative": []}'),
            "invalid",
            "twice",
            id="key twice",
        ),
        pytest.param(says("[" * 100_000), "invalid", "nesting", id="deep nesting"),
        pytest.param(says("\ud83d"), "invalid", "no JSON", id="half a character"),
        pytest.param(
            says('{"incidents": [], "cumulative": [], "\ud83d": 1}'),
            "invalid",
            "unicode",
            id="half a character within",
        ),
        pytest.param(says(None), "invalid", "no text", id="null"),
        pytest.param(says(""), "invalid", "no text", id="empty"),
        pytest.param(replies({"choices": []}), "invalid", "0 choices", id="no choice"),
        pytest.param(replies({"choices": [1, 2]}), "invalid", "2 choices", id="two choices"),
        pytest.param(
            says(None, tool_calls=[TOOL_CALL]), "tool_calls", "tool calls", id="tool call"
        ),
        pytest.param(
            says(None, tool_calls=[TOOL_CALL, TOOL_CALL]),
            "tool_calls",
            "tool calls",
            id="two tool calls",
        ),
        pytest.param(
            says(EMPTY_ANSWER, tool_calls=[TOOL_CALL]),
            "tool_calls",
            "tool calls",
            id="tool call beside an answer",
        ),
    ],
)
def test_a_useless_answer_is_asked_for_once_more_and_then_invalid(
    scripted: Scripted, step: Step, status: str, reason: str
) -> None:
    endpoint = scripted(step)

    reading = read(endpoint)

    assert isinstance(reading, NoAnswer)
    assert reading.outcome is InputOutcome.INVALID
    assert reason in reading.reason
    assert "Haddad" not in reading.reason
    assert statuses(reading) == [status, status]
    assert len(endpoint.calls) == 2


@pytest.mark.parametrize(
    ("step", "raw"),
    [
        pytest.param(says("Two died."), "Two died.", id="prose"),
        pytest.param(says('{"inc', finish="length"), '{"inc', id="truncated"),
        pytest.param(says(None, refusal="I will not."), "I will not.", id="refusal"),
        pytest.param(says(None, tool_calls=[TOOL_CALL]), json.dumps([TOOL_CALL]), id="tool call"),
        pytest.param(says("a\ud83d"), "a\\ud83d", id="half a character"),
        pytest.param(says(None), None, id="nothing"),
        pytest.param(
            says("x" * (MAX_ANSWER_CHARACTERS + 1)), "x" * 100_000, id="huge, so cut short"
        ),
    ],
)
def test_a_useless_answer_is_kept(scripted: Scripted, step: Step, raw: str | None) -> None:
    reading = read(scripted(step))

    assert isinstance(reading, NoAnswer)
    assert reading.raw_answer == raw
