"""Cores: numbers, ranges and vague quantities before anything qualifies them."""

from collections.abc import Sequence
from typing import NamedTuple

from extractor.numerals.cardinal import SCALES, SMALL, Cardinal, read_cardinal, read_quarters
from extractor.numerals.phrasebook import Phrasebook
from extractor.numerals.tokens import Token, is_hyphen, is_spoken, past_hyphen, token_at
from extractor.numerals.words import VAGUE, word_set


class Core(NamedTuple):
    """The number proper, without its qualifier: bounds, or a vague term, or neither."""

    lower: int | None
    upper: int | None
    end: int
    term: str | None = None


SHARES = word_set("proportion share percentage portion fraction")
"""Words for a part of a whole: "a large proportion of"."""
_HEAPS = word_set("tens dozens scores hundreds thousands lakhs millions")
_FRACTIONS = word_set("third thirds quarter quarters fifth fifths fourths tenth tenths")
_QUANTITY_STARTS = word_set("a an the large half most majority some")
_RANGE_SIGNS = ("to", "or", "-", "\u2014")
_RIVALS = word_set(", or if not possibly perhaps maybe even probably")
_LONGEST_SIZE = 5  # words in "as - yet - unknown"
_FIXED = Phrasebook((phrase, len(phrase)) for phrase in VAGUE.phrases)


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
    at = past_hyphen(tokens, low.end)  # of the sign: "five-to-eight"
    if token_at(tokens, at).word not in ("to", "or"):
        at = low.end
    sign = token_at(tokens, at)
    if sign.word not in _RANGE_SIGNS:
        return None
    start = past_hyphen(tokens, at + 1)
    high = read_cardinal(tokens, start)
    if high is None:
        return None
    if sign.word in ("to", "or"):
        return high
    first, second = tokens[low.end - 1], tokens[start]
    both_digits = first.raw[:1].isdecimal() and second.raw[:1].isdecimal()
    follows = low.value + 1 == high.value and low.scale == high.scale == 1  # "three-four"
    both_spelled = first.word in SMALL and second.word in SMALL and follows
    in_a_chain = is_hyphen(tokens, high.end) and token_at(tokens, high.end + 1).raw[:1].isdecimal()
    chained = in_a_chain or is_hyphen(tokens, low.end - 2)
    return high if (both_digits or both_spelled) and not chained else None


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
    if len(kept) > 1 and kept[-2:] == ["tens", "of"]:
        kept = kept[:-1]
    term = " ".join(kept).replace(" - ", "-").replace(" ,", ",")
    return Core(None, None, end, term)


def _vague_end(tokens: Sequence[Token], i: int, *, running: bool) -> int | None:
    first = token_at(tokens, i).word
    if fixed := _FIXED.longest_at(tokens, i):
        return i + fixed[1]
    if first in VAGUE.untold and is_spoken(tokens, i + 1, ("number", "of")):
        return i + 3
    if first in SMALL or first in _QUANTITY_STARTS:
        return _quantity_end(tokens, i, running=running)
    if first not in VAGUE.many:
        return None
    second, third = token_at(tokens, i + 1).word, token_at(tokens, i + 2).word
    if first in _HEAPS:
        if second == "of" and third in _HEAPS:
            return i + 3
        if first == "tens":
            return i + 2 if second == "of" else None
        return _past_rival(tokens, i + 1)
    if first == "many" and token_at(tokens, i - 1).word in ("as", "how", "too"):
        return None
    if second in _HEAPS:  # "several tens of thousands"
        return _vague_end(tokens, i + 1, running=running) or i + 1
    return i + 2 if second in SCALES else i + 1


def _past_rival(tokens: Sequence[Token], i: int) -> int:
    """Where "dozens, possibly hundreds" ends, of which the first word ends before token i."""
    k = i
    while token_at(tokens, k).word in _RIVALS and k < i + 4:
        k += 1
    return k + 1 if k > i and token_at(tokens, k).word in _HEAPS else i


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
        if first != "the" and (end := _number_of_end(tokens, i + 1, running=running)):
            return end
        if second in ("majority", "third", "quarter", "half") and third == "of":
            return None if read_quarters(tokens, i) else i + 3
        return None
    if first in ("half", "most", "majority"):
        if second == "of" or (first == "half" and second in ("the", "its", "their", "them")):
            return i + 2
        return i + 1 if not running and first != "half" else None
    if first == "some":
        return None if running else i + (2 if second == "of" else 1)
    fraction = past_hyphen(tokens, i + 1)
    if read_quarters(tokens, i):
        return None
    if token_at(tokens, fraction).word not in _FRACTIONS:
        return None
    return fraction + 2 if token_at(tokens, fraction + 1).word == "of" else fraction + 1


def _number_of_end(tokens: Sequence[Token], i: int, *, running: bool) -> int | None:
    """End of the "large number of", "as yet unknown number" that starts at token i, if one does."""
    for k in range(i, i + _LONGEST_SIZE + 1):
        word = token_at(tokens, k).word
        if word in SHARES and k <= i + 1 and token_at(tokens, k + 1).word == "of":
            return k + 2
        if word in ("number", "amount"):
            spoken = {token_at(tokens, j).word for j in range(i, k)}
            untold = not VAGUE.untold.isdisjoint(spoken)
            known = untold or k == i or (k == i + 1 and not spoken.isdisjoint(VAGUE.sizes))
            if token_at(tokens, k + 1).word == "of":
                counted = read_cardinal(tokens, k + 2) is not None  # "a total number of 20"
                return k + 2 if known and not counted and (untold or word == "number") else None
            alone = k > i and known and not running and k + 1 == len(tokens)
            return k + 1 if untold or alone else None
        if not (word[:1].isalpha() or word == "-"):
            return None
    return None
