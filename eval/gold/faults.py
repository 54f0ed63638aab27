"""Faults: what a file's fields have that their schema does not take, in words that help."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError


class Fault(NamedTuple):
    """A field that has to be mended."""

    loc: tuple[int | str, ...]
    """The way to it."""
    message: str
    """What is wrong, and what to do."""

    @property
    def field(self) -> str:
        """The way to it in one word: "incidents.0.counts.1.number"."""
        return ".".join(map(str, self.loc)) or "record"


UNKNOWN_IDS = "unknown_ids"
"""The type of the error that tells every reference to an id that is nowhere, at once."""


def unknown_ids(found: Sequence[tuple[tuple[int | str, ...], str]]) -> PydanticCustomError:
    """The error that tells references to ids that are nowhere, each with its field."""
    told = "; ".join(f"{Fault(loc, message).field}: {message}" for loc, message in found)
    # The words are no template: an id may hold braces.
    return PydanticCustomError(UNKNOWN_IDS, "{told}", {"told": told, "found": list(found)})


def faults_of(error: ValidationError) -> Iterator[Fault]:
    """Every fault of a file; a word that is none of its list stands beside the nearest that is."""
    for one in error.errors():
        context: Mapping[str, Any] = one.get("ctx", {})
        if one["type"] == UNKNOWN_IDS:
            yield from (Fault((*one["loc"], *loc), message) for loc, message in context["found"])
        elif one["type"] in _OF_LISTS:
            yield Fault(one["loc"], _unknown_word(one["input"], str(context.get("expected"))))
        else:
            yield Fault(one["loc"], _plain(one))


_OF_LISTS = ("enum", "literal_error")
_FEW = 8  # words that are listed whole; more are looked up
_SHOWN = 60  # characters of what was written


def _unknown_word(written: object, expected: str) -> str:
    words = re.findall(r"'([^']*)'", expected)
    told = repr(written)
    told = told if len(told) <= _SHOWN else f"{told[:_SHOWN]}…"
    if not words:
        return f"{told} does not belong here; {expected} does"
    if near := difflib.get_close_matches(str(written).lower().replace(" ", "_"), words, n=1):
        return f"{told} is no word of this field; is it {near[0]!r}?"
    if len(words) <= _FEW:
        return f"{told} is no word of this field; there is {', '.join(words)}"
    return (
        f"{told} is none of the {len(words)} words of this field;"
        " `tollbook eval gold schema label` lists them"
    )


def _plain(one: ErrorDetails) -> str:
    return one["msg"].removeprefix("Value error, ")
