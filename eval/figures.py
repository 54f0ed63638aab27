"""Figures compared: when a predicted number is right, and how far off it is when it is not.

Bounds are compared, never words: "at least 26" and "more than 25" are one figure. A vague word has
no bounds and is compared as a word; nobody, an unknown number and no figure at all are three
different things, and none of them is the number 0.
"""

import math
import re
import unicodedata
from fractions import Fraction

from extractor.codes import Code, Qualifier, Unit
from extractor.numerals import Number

CLOSE_RATIO = 1.25  # an approximate figure is right if both ends are within a quarter
NEAR_RATIO = 1.10  # near is within a tenth …
ALWAYS_EXACT = 5  # … but up to five people are counted, never estimated
SMALL = 3  # figures up to this are equal by chance
LARGEST_PLAIN = 2**53  # beyond it, not every whole number is a float
LARGEST_RELATIVE_ERROR = 10.0  # beyond ten times, how much too much tells nothing

_ROUGH = (Qualifier.APPROXIMATELY, Qualifier.NEARLY)
_LEADING_WORD = re.compile(r"^(?:an?|the|some|about)\s+(?=\w)")
_TRAILING_WORD = re.compile(r"(?<=\w)\s+of(?: the)?$")


class FigureState(Code):
    """What kind of thing a figure is."""

    NUM = "num", "A number with at least one bound."
    NONE = "none", "Said to be nobody."
    VAGUE = "vague", "A vague word."
    UNKNOWN_NUMBER = "unknown_number", "People are counted, but no number is told."
    ABSENT = "absent", "No figure at all."


_STATES = {
    Qualifier.NONE: FigureState.NONE,
    Qualifier.VAGUE: FigureState.VAGUE,
    Qualifier.UNKNOWN_NUMBER: FigureState.UNKNOWN_NUMBER,
}


def state_of(number: Number | None) -> FigureState:
    """What kind of thing a figure is; no figure is `absent`, never 0."""
    if number is None:
        return FigureState.ABSENT
    return _STATES.get(number.qualifier, FigureState.NUM)


def is_correct(gold: Number, predicted: Number) -> bool:
    """Whether a predicted figure is right, by the kind of the gold one.

    A number was read from the same words, so both ends must be equal; only about and nearly leave
    room. A vague figure is right with the same vague word.
    """
    if not is_same_unit(gold, predicted) or state_of(gold) is not state_of(predicted):
        return False
    if state_of(gold) is FigureState.VAGUE:
        return vague_term(gold) == vague_term(predicted)
    if _ends(gold) == _ends(predicted):
        return True
    if gold.qualifier not in _ROUGH or not _same_openness(gold, predicted):
        return False
    overlap = iou(gold, predicted)
    return (overlap is not None and overlap >= 0.5) or _within(gold, predicted, CLOSE_RATIO)


def is_same_figure(gold: Number, predicted: Number) -> bool:
    """Whether a figure may be the gold one, even if it lost its "at least" on the way.

    That of nobody or an unknown number tells nothing of where it comes from.
    """
    if state_of(gold) in (FigureState.NONE, FigureState.UNKNOWN_NUMBER):
        return False
    if is_correct(gold, predicted):
        return True
    told = told_number(gold)
    return told is not None and told == told_number(predicted) and is_same_unit(gold, predicted)


def is_end_of(gold: Number, predicted: Number) -> bool:
    """Whether a figure is one end of a gold range."""
    told = told_number(predicted)
    is_range = gold.qualifier is Qualifier.RANGE and is_same_unit(gold, predicted)
    return is_range and told is not None and told in _ends(gold)


def is_figure_of(gold: Number, predicted: Number) -> bool:
    """Whether a figure may be the gold one, or an end of it if that is a range."""
    return is_same_figure(gold, predicted) or is_end_of(gold, predicted)


def is_small(number: Number) -> bool:
    """Whether a figure is one of those that are equal by chance; a vague word is, too."""
    return (told_number(number) or number.upper or 0) <= SMALL


def says_nobody(number: Number | None) -> bool:
    """Whether nobody is counted, in whatever words: none, 0, up to 0."""
    return number is not None and number.upper == 0


def is_same_unit(one: Number, other: Number) -> bool:
    """Whether the same is counted: persons and bodies are the same, families are not."""
    return (one.unit is Unit.FAMILIES) == (other.unit is Unit.FAMILIES)


def is_exact(gold: Number, predicted: Number) -> bool:
    """Whether both are numbers with the same ends, open ones included."""
    return _are_numbers(gold, predicted) and _ends(gold) == _ends(predicted)


def is_near(gold: Number, predicted: Number) -> bool:
    """Whether a figure is right or, above five, within a tenth at both ends."""
    if is_correct(gold, predicted):
        return True
    if not _are_numbers(gold, predicted) or not _same_openness(gold, predicted):
        return False
    smallest = min(end for end in (*_ends(gold), *_ends(predicted)) if end is not None)
    return smallest > ALWAYS_EXACT and _within(gold, predicted, NEAR_RATIO)


def endpoint_log_error(gold: Number, predicted: Number) -> float | None:
    """Mean distance of the ends that both numbers have, in ln(1 + n); `None` if there is none.

    A lost "at least" costs nothing here: that is an error of kind, not of size.
    """
    shared = _shared_ends(gold, predicted)
    if not shared:
        return None
    return sum(abs(_log(theirs) - _log(ours)) for ours, theirs in shared) / len(shared)


def log_bias(gold: Number, predicted: Number) -> float | None:
    """How much too much (above 0) or too little the predicted middle is, in ln(1 + n)."""
    middles = _middles(gold, predicted)
    return None if middles is None else _log(middles[1]) - _log(middles[0])


def relative_error(gold: Number, predicted: Number) -> float | None:
    """How far off the predicted middle is, as a share of the gold one; at most 10."""
    middles = _middles(gold, predicted)
    if middles is None:
        return None
    error = abs(middles[1] - middles[0]) / max(Fraction(1), middles[0])
    return float(min(error, Fraction(LARGEST_RELATIVE_ERROR)))


def iou(gold: Number, predicted: Number) -> float | None:
    """Shared whole numbers over all whole numbers of both; `None` where an end is open."""
    if not _are_numbers(gold, predicted):
        return None
    (low, high), (other_low, other_high) = _ends(gold), _ends(predicted)
    if low is None or high is None or other_low is None or other_high is None:
        return None
    shared = max(0, min(high, other_high) - max(low, other_low) + 1)
    return shared / (high - low + 1 + other_high - other_low + 1 - shared)


def is_hardened(gold: Number, predicted: Number) -> bool:
    """Whether an open, rough, vague or unknown figure or a range was given as one number."""
    return is_soft(gold) and state_of(predicted) is FigureState.NUM and not is_soft(predicted)


def is_soft(number: Number) -> bool:
    """Whether a figure says less than one number; nobody is as hard as a number."""
    if number.qualifier is Qualifier.RANGE:
        return number.lower != number.upper
    return number.qualifier not in (Qualifier.EXACT, Qualifier.NONE)


def within_gold_range(gold: Number, predicted: Number) -> bool | None:
    """Whether the predicted interval lies in the gold one, never the reverse; `None` if no numbers.

    The reverse would let "0 to 1000" be right everywhere.
    """
    if not _are_numbers(gold, predicted):
        return None
    (low, high), (other_low, other_high) = _wide_ends(gold), _wide_ends(predicted)
    return low <= other_low and other_high <= high


def told_number(number: Number) -> int | None:
    """The one number that the words name, whatever stands around it: 25 of "more than 25".

    A range names two; a vague word, an unknown number and nobody name none.
    """
    if state_of(number) is not FigureState.NUM:
        return None
    if number.qualifier is Qualifier.MORE_THAN and number.lower is not None:
        return number.lower - 1
    if number.qualifier is Qualifier.FEWER_THAN and number.upper is not None:
        return number.upper + 1
    if number.lower is not None and number.upper is not None:
        return number.lower if number.lower == number.upper else None
    return number.lower if number.upper is None else number.upper


def vague_term(number: Number) -> str:
    """The vague word without case, articles and a last "of"."""
    words = unicodedata.normalize("NFKC", number.term or number.text or "").casefold()
    plain = " ".join(words.split())
    return _TRAILING_WORD.sub("", _LEADING_WORD.sub("", plain))


def shown(number: Number | None) -> str:
    """A figure for a person: "at least 26", "10-15", "several", "none", "-" if there is none."""
    if number is None:
        return "-"
    return _words(number) + (" families" if number.unit is Unit.FAMILIES else "")


_LEADS = {
    Qualifier.AT_LEAST: "at least ",
    Qualifier.MORE_THAN: "more than ",
    Qualifier.AT_MOST: "up to ",
    Qualifier.FEWER_THAN: "fewer than ",
    Qualifier.APPROXIMATELY: "about ",
    Qualifier.NEARLY: "nearly ",
}


def _words(number: Number) -> str:
    match number.qualifier:
        case Qualifier.NONE:
            return "none"
        case Qualifier.UNKNOWN_NUMBER:
            return "unknown number"
        case Qualifier.VAGUE:
            return number.term or number.text or "vague"
        case Qualifier.RANGE:
            return f"{number.lower}-{number.upper}"
        case _:
            return f"{_LEADS.get(number.qualifier, '')}{told_number(number)}"


def _ends(number: Number) -> tuple[int | None, int | None]:
    return number.lower, number.upper


def _wide_ends(number: Number) -> tuple[float, float]:
    low = 0 if number.lower is None else number.lower
    return low, math.inf if number.upper is None else number.upper


def _log(n: int | Fraction) -> float:
    """The measure of size; of a number too large for a float the 1 does not matter."""
    if n < LARGEST_PLAIN:
        return math.log1p(n)
    return math.log(n.numerator) - math.log(n.denominator)


def _are_numbers(one: Number, other: Number) -> bool:
    both = state_of(one) is FigureState.NUM and state_of(other) is FigureState.NUM
    return both and is_same_unit(one, other)


def _same_openness(one: Number, other: Number) -> bool:
    return [end is None for end in _ends(one)] == [end is None for end in _ends(other)]


def _shared_ends(gold: Number, predicted: Number) -> list[tuple[int, int]]:
    """The ends that both numbers have, the gold one first."""
    if not _are_numbers(gold, predicted):
        return []
    pairs = zip(_ends(gold), _ends(predicted), strict=True)
    return [(ours, theirs) for ours, theirs in pairs if ours is not None and theirs is not None]


def _middles(gold: Number, predicted: Number) -> tuple[Fraction, Fraction] | None:
    """The middles of the ends that both numbers have."""
    shared = _shared_ends(gold, predicted)
    if not shared:
        return None
    ours, theirs = zip(*shared, strict=True)
    return Fraction(sum(ours), len(ours)), Fraction(sum(theirs), len(theirs))


def _within(gold: Number, predicted: Number, ratio: float) -> bool:
    shared = _shared_ends(gold, predicted)
    limit = math.log(ratio) + 1e-12  # a ratio of exactly so much is within it
    return bool(shared) and all(abs(_log(b) - _log(a)) <= limit for a, b in shared)
