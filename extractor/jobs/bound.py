"""A bound of the tokens of a call, known before it is made."""

from functools import lru_cache
from typing import Any, cast

from extractor.readers.calls import canonical_json
from extractor.readers.exchange import Call

LONGEST_ANSWER = 1_000_000
"""Tokens of an answer where a call sets no limit; no model writes more."""

_ADDED_TOKENS = 1_000  # by a host around the messages: its own instructions, words on the schema
_MESSAGE_TOKENS = 16  # around each message: the marks of its role, its beginning and its end
_LIMITS = ("max_completion_tokens", "max_tokens")


def most_prompt_tokens(call: Call) -> int:
    """Tokens that the prompt of a call can have at most.

    A token stands for a byte at least, in every tokenizer that falls back to bytes where it knows
    no longer piece; for English it is about four. So this is far more than will be counted.
    """
    messages = cast("list[dict[str, str]]", call.body["messages"])
    shown = sum(_bytes(one["content"]) + _MESSAGE_TOKENS for one in messages)
    form: Any = call.body.get("response_format")
    return shown + (_bytes(canonical_json(form)) if form else 0) + _ADDED_TOKENS


def most_output_tokens(call: Call) -> int:
    """Tokens that its answer can have at most, as the call itself says."""
    stated = (call.body.get(name) for name in _LIMITS)
    return next((limit for limit in stated if limit is not None), LONGEST_ANSWER)


@lru_cache(maxsize=32)  # most of a prompt is the same for every article
def _bytes(words: str) -> int:
    return len(words.encode("utf-8", "surrogatepass"))
