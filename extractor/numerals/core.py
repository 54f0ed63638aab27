"""Cores: numbers, ranges and vague quantities before anything qualifies them."""

from collections.abc import Sequence
from typing import NamedTuple

from extractor.numerals.cardinal import A_QUARTER_OF_A, SCALES, SMALL, Cardinal, read_cardinal
from extractor.numerals.tokens import Token, is_hyphen, is_spoken, past_hyphen, token_at
from extractor.numerals.words import VAGUE, word_set


class Core(NamedTuple):
    """The number proper, without its qualifier: bounds, or a vague term, or neither."""

    lower: int | None
    upper: int | None
    end: int
    term: str | None = None


_HEAPS = word_set("tens dozens scores hundreds thousands lakhs millions")
_FRACTIONS = word_set("third thirds quarter quarters fifth fifths fourths tenth tenths")
_QUANTITY_STARTS = word_set("a an the large half most majority some")
_RANGE_SIGNS = ("to", "or", "-", "\u2014")


def read_core(tokens: Sequence[Token], i: int, *, running: bool) -> Core | None:
    """Read the number or the vague quantity that starts at token i, without what qualifies it."""
    vague = _read_vague(tokens, i, running=running)
    if vague:
        return vague
    low = read_cardinal(tokens, i)
    if low is None:
        return None
    high = None if _is_change(tokens, i) else _upper_end(tokens, low)
    if high is None:
        return Core(low.value, low.value, low.end)
    lower = low_end(low, high)
    if lower >= high.value:
        return Core(low.value, low.value, low.end)
    return Core(lower, high.value, high.end)


def low_end(low: Cardinal, high: Cardinal) -> int:
    """Where a range starts: "two to three dozen" at 24."""
    scaled = low.value * high.scale
    takes_scale = low.scale == 1 and high.scale > 1 and low.value < 100
    return scaled if takes_scale and scaled < high.value else low.value


def _upper_end(tokens: Sequence[Token], low: Cardinal) -> Cardinal | None:
    """Find the second number of "20 to 25", "five or six", "15-20"."""
    sign = token_at(tokens, low.end)
    if sign.word not in _RANGE_SIGNS:
        return None
    high = read_cardinal(tokens, low.end + 1)
    if high is None:
        return None
    if sign.word in ("to", "or"):
        return high
    both_digits = tokens[low.end - 1].raw.isdecimal() and tokens[low.end + 1].raw[:1].isdecimal()
    in_a_chain = is_hyphen(tokens, high.end) and token_at(tokens, high.end + 1).raw[:1].isdecimal()
    chained = in_a_chain or is_hyphen(tokens, low.end - 2)
    return high if both_digits and not chained else None


def _is_change(tokens: Sequence[Token], i: int) -> bool:
    """Whether "from 5 to 8" tells a change rather than a range."""
    if token_at(tokens, i - 1).word != "from":
        return False
    return any(token_at(tokens, k).word in VAGUE.changes for k in range(i - 5, i - 1))


def _read_vague(tokens: Sequence[Token], i: int, *, running: bool) -> Core | None:
    end = _vague_end(tokens, i, running=running)
    if end is None:
        return None
    spoken = [tokens[k].word for k in range(i, end)]
    if not VAGUE.untold.isdisjoint(spoken):
        return Core(None, None, end)
    kept = spoken[:-1] if spoken[-1] in ("the", "its", "their", "them") else spoken
    if kept[-1] == "of" and kept[0] == "tens":
        kept = kept[:-1]
    term = " ".join(kept).replace(" - ", "-")
    return Core(None, None, end, term)


def _vague_end(tokens: Sequence[Token], i: int, *, running: bool) -> int | None:
    first = token_at(tokens, i).word
    if first in SMALL or first in _QUANTITY_STARTS:
        return _quantity_end(tokens, i, running=running)
    if first not in VAGUE.many:
        return None
    second, third = token_at(tokens, i + 1).word, token_at(tokens, i + 2).word
    if first in _HEAPS:
        if second == "of" and third in _HEAPS:
            return i + 3
        return (i + 2 if second == "of" else None) if first == "tens" else i + 1
    if first == "many" and token_at(tokens, i - 1).word in ("as", "how", "too"):
        return None
    if second in _HEAPS:  # "several tens of thousands"
        return _vague_end(tokens, i + 1, running=running) or i + 1
    return i + 2 if second in SCALES else i + 1


def _quantity_end(tokens: Sequence[Token], i: int, *, running: bool) -> int | None:
    """End of "a large number of", "a few", "most of", "two-thirds of" that starts at i."""
    first, second, third = (token_at(tokens, i + k).word for k in range(3))
    if first == "large" and is_spoken(tokens, i + 1, ("numbers", "of")):
        return i + 3
    if first in ("a", "an", "the"):
        if second in ("few", "handful"):
            return i + 3 if third in SCALES or third == "of" else i + 2
        if second == "couple" and (third in SCALES or token_at(tokens, i + 3).word in SCALES):
            return i + 3 if third in SCALES else i + 4
        after = i + 2 if second in VAGUE.sizes | VAGUE.untold else i + 1
        if first != "the" and is_spoken(tokens, after, ("number", "of")):
            return after + 2
        if second in ("majority", "third", "quarter", "half") and third == "of":
            scaled = is_spoken(tokens, i, A_QUARTER_OF_A) and token_at(tokens, i + 4).word in SCALES
            return None if scaled else i + 3
        return None
    if first in ("half", "most", "majority"):
        if second == "of" or (first == "half" and second in ("the", "its", "their", "them")):
            return i + 2
        return i + 1 if not running and first != "half" else None
    if first == "some":
        return None if running else i + (2 if second == "of" else 1)
    fraction = past_hyphen(tokens, i + 1)
    if token_at(tokens, fraction).word not in _FRACTIONS:
        return None
    return fraction + 2 if token_at(tokens, fraction + 1).word == "of" else fraction + 1
