"""A completion as it arrived: whether it is an answer at all, and why not."""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, cast

from pydantic import GetPydanticSchema, RootModel, ValidationError

from extractor.codes import InputOutcome
from extractor.wire import WireAnswer, strict_schema

FailedOutcome = Literal[
    InputOutcome.REFUSED,
    InputOutcome.INVALID,
    InputOutcome.TRUNCATED,
    InputOutcome.INFRA_ERROR,
]

MAX_ANSWER_CHARACTERS = 8_000_000  # hundreds of times the longest sensible answer
KEPT_CHARACTERS = 100_000  # of an answer beyond that limit, for a person to look at
REPEATED_CHARACTERS = 20_000  # a longer answer would crowd the article out of the re-ask

_FENCE = re.compile(r"\A\s*```[A-Za-z]*[ \t]*\r?\n(.*?)\r?\n?[ \t]*```\s*\Z", re.DOTALL)
_BOUNDS = ("lower", "upper")
_FIELDS_TOLD = 3
_FLAW_CHARACTERS = 300  # the longest enumeration of allowed words fits


@dataclass(frozen=True, kw_only=True)
class Ending:
    """Why a reply is no usable answer."""

    status: str
    """As an attempt states it."""
    outcome: FailedOutcome
    reason: str
    """Names places in the answer, never its words."""
    reask: bool = False
    """Whether asking again may help."""


class AskedAnswer(RootModel[Any]):
    """What instructor checks an answer by: the answer itself, under its strict schema.

    For every call instructor goes through the types of all fields five times and works the schema
    out anew, which would cost more than all else it does. So the one field here has the schema of
    an answer but not its type, and the strict schema is worked out once.
    """

    root: Annotated[Any, GetPydanticSchema(lambda _, handler: handler(WireAnswer))]

    @classmethod
    def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
        """The strict schema, worked out once."""
        return _schema()


def find_ending(body: dict[str, Any]) -> Ending | None:
    """Why the body of a completion holds no answer; `None` if it holds JSON to be validated."""
    choices = body.get("choices")
    found = cast("list[Any]", choices) if isinstance(choices, list) else []
    if len(found) != 1 or not isinstance(found[0], dict):
        return _invalid(f"the reply holds {len(found)} choices, not one")
    choice = cast("dict[str, Any]", found[0])
    message = _message(body)
    finish = choice.get("finish_reason")
    if message.get("refusal"):
        return Ending(
            status="refusal",
            outcome=InputOutcome.REFUSED,
            reason="the model declined to read the article; read it with another model",
        )
    if finish == "content_filter":
        return Ending(
            status="content_filter",
            outcome=InputOutcome.REFUSED,
            reason="a content filter cut the answer off, so nothing of it is used; "
            "read the article with another model or a laxer filter",
        )
    if finish == "length":
        return Ending(
            status="truncated",
            outcome=InputOutcome.TRUNCATED,
            reason="the answer was cut off at the token limit; raise max_output_tokens "
            "and read it into another folder",
        )
    if message.get("tool_calls") or message.get("function_call"):
        return _invalid("the answer came as tool calls, not as text", status="tool_calls")
    content = message.get("content")
    if not isinstance(content, str) or not content.strip():
        return _invalid("the reply holds no text")
    if len(content) > MAX_ANSWER_CHARACTERS:
        # Asking again would only buy the same flood once more.
        return _invalid(f"the answer is {len(content)} characters long", reask=False)
    flaw = find_json_flaw(unfence(content))
    return _invalid(flaw) if flaw else None


def raw_answer(body: dict[str, Any]) -> str | None:
    """What the model did say, as text that can be stored."""
    message = _message(body)
    said = message.get("content") or message.get("refusal")
    if not said and (calls := message.get("tool_calls") or message.get("function_call")):
        said = json.dumps(calls, ensure_ascii=False)
    if not isinstance(said, str):
        return None
    kept = said if len(said) <= MAX_ANSWER_CHARACTERS else said[:KEPT_CHARACTERS]
    # A lone half of a surrogate pair is no text that a file can hold.
    return kept.encode("utf-8", "backslashreplace").decode()


def text_of(words: str) -> str:
    """Words of an endpoint as text that can be stored: half a surrogate pair is none."""
    return words.encode("utf-8", "replace").decode()


def unfence(content: str) -> str:
    """Take off one code fence around the whole answer: the only repair made to an answer."""
    fenced = _FENCE.match(content)
    return fenced[1] if fenced else content


def completion_of(content: str, model: str) -> dict[str, Any]:
    """The body of a completion with nothing in it but an answer."""
    message = {"role": "assistant", "content": content}
    return {
        "id": "",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        # Nobody reads it, but without it instructor looks for another provider's library on disk.
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    }


def find_json_flaw(content: str) -> str | None:
    """What the schema check would not see: NaN, a key given twice, a truth value as a number."""
    try:
        json.loads(content, parse_constant=_no_constant, object_pairs_hook=_plain_pairs)
    except _JsonFlawError as error:
        return str(error)
    except json.JSONDecodeError as error:
        return f"the answer is no JSON ({error.msg} at line {error.lineno}, column {error.colno})"
    except (ValueError, RecursionError):
        return "the answer is no JSON that can be read (a number or the nesting is too large)"
    return None


def failing_fields(error: ValidationError) -> str:
    """The places where an answer leaves the schema and what is wrong there, without its words.

    A key that the model made up is not shown: it may hold words of the article.
    """
    found = error.errors(include_url=False, include_input=False, include_context=False)
    told = [
        f"{_path(problem['loc']) or 'as a whole'}: {problem['msg'][:_FLAW_CHARACTERS]}"
        for problem in found[:_FIELDS_TOLD]
    ]
    more = f"; and {len(found) - _FIELDS_TOLD} more" if len(found) > _FIELDS_TOLD else ""
    return f"the answer does not fit the schema: {'; '.join(told)}{more}"


def reask(messages: list[dict[str, str]], *, raw: str | None, reason: str) -> list[dict[str, str]]:
    """The conversation with the spoilt answer and what is wrong with it; the first part stays.

    An answer that is missing or very long is not sent back: the same question is put afresh.
    """
    if not raw or len(raw) > REPEATED_CHARACTERS:
        return messages
    complaint = (
        f"This cannot be used: {reason}. Answer again with one JSON object that fits the schema, "
        "and nothing else."
    )
    return [
        *messages,
        {"role": "assistant", "content": raw},
        {"role": "user", "content": complaint},
    ]


class _JsonFlawError(ValueError):
    pass


@cache
def _schema() -> dict[str, Any]:
    return strict_schema()


@cache
def _names_of_schema() -> frozenset[str]:
    schema = WireAnswer.model_json_schema()
    parts = [schema, *schema["$defs"].values()]
    return frozenset(name for part in parts for name in part.get("properties", {}))


def _path(steps: tuple[int | str, ...]) -> str:
    known = _names_of_schema()
    return ".".join(
        str(step) if isinstance(step, int) or step in known else "(unknown key)" for step in steps
    )


def _invalid(reason: str, *, status: str = "invalid", reask: bool = True) -> Ending:
    return Ending(status=status, outcome=InputOutcome.INVALID, reason=reason, reask=reask)


def _message(body: dict[str, Any]) -> dict[str, Any]:
    choices = body.get("choices")
    found = cast("list[Any]", choices) if isinstance(choices, list) else []
    choice = cast("dict[str, Any]", found[0]) if found and isinstance(found[0], dict) else {}
    message = choice.get("message")
    return cast("dict[str, Any]", message) if isinstance(message, dict) else {}


def _no_constant(name: str) -> object:
    raise _JsonFlawError(f"the answer holds {name}, which is no JSON")


def _plain_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) != len(pairs):
        # Either of the two would silently lose claims.
        raise _JsonFlawError("the answer gives a key twice in one object")
    for bound in _BOUNDS:
        if isinstance(plain.get(bound), bool):
            raise _JsonFlawError(f"the answer gives a truth value for {bound!r}")
    return plain
