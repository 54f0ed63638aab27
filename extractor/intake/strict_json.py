"""JSON values that have one meaning: no repeated key, no NaN, no nesting without end."""

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from extractor.intake.taken import UnfitInputError, shorten

_INT_DIGITS = 4000  # Python turns no more than 4300 digits into an int by default


@dataclass(frozen=True)
class _Pairs:
    pairs: list[tuple[str, object]]


@dataclass(frozen=True)
class _NotFinite:
    word: str


def parse(content: str, *, one_line: bool = False) -> object:
    """Parse JSON; objects in it wait to be settled, so that one flawed part spares the others.

    With `one_line`, a message tells the column alone, as the caller knows the line.

    Raises:
        UnfitInputError: it is no JSON, or nested too deeply.
    """
    try:
        return json.loads(
            content, object_pairs_hook=_Pairs, parse_constant=_NotFinite, parse_int=_integer
        )
    except json.JSONDecodeError as error:
        line = "" if one_line else f"line {error.lineno}, "
        raise UnfitInputError(
            f"broken JSON at {line}column {error.colno} ({error.msg}); "
            "mend it there or export it again"
        ) from error
    except RecursionError as error:
        raise UnfitInputError(_TOO_DEEP) from error


def settle(parsed: object) -> object:
    """Turn a parsed value into plain dictionaries and lists.

    Raises:
        UnfitInputError: a key stands twice in one object, a number is not finite, or it is
            nested too deeply.
    """
    try:
        return _settle(parsed)
    except RecursionError as error:
        raise UnfitInputError(_TOO_DEEP) from error


_TOO_DEEP = "the JSON is nested too deeply to be an article; leave the nested parts out"


def _settle(parsed: object) -> object:
    if isinstance(parsed, _NotFinite):
        raise UnfitInputError(f"{parsed.word} is no JSON value; write null, or leave the field out")
    if isinstance(parsed, list):
        return [_settle(part) for part in cast("list[object]", parsed)]
    if isinstance(parsed, _Pairs):
        counts = Counter(key for key, _ in parsed.pairs)
        repeated = [key for key, times in counts.items() if times > 1]
        if repeated:
            raise UnfitInputError(
                f"the key {shorten(repeated[0])} stands twice in one object; keep one of them"
            )
        return {key: _settle(part) for key, part in parsed.pairs}
    return parsed


def _integer(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _INT_DIGITS else Decimal(digits)
