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
    return shown + _form.bytes_of(call.body.get("response_format")) + _ADDED_TOKENS


def most_output_tokens(call: Call) -> int:
    """Tokens that its answer can have at most, as the call itself says."""
    stated = (call.body.get(name) for name in _LIMITS)
    return next((limit for limit in stated if limit is not None), LONGEST_ANSWER)


class _Form:
    """How long the form of an answer is: the same object in every call of a reader."""

    def __init__(self) -> None:
        self._known: Any = None
        self._bytes = 0

    def bytes_of(self, form: Any) -> int:
        """Bytes of it as JSON."""
        if form is not self._known:
            self._known = form
            self._bytes = 0 if form is None else _bytes(canonical_json(form))
        return self._bytes


_form = _Form()


@lru_cache(maxsize=32)  # most of a prompt is the same for every article
def _bytes(words: str) -> int:
    return len(words.encode("utf-8", "surrogatepass"))
