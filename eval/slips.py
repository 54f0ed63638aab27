"""Slips: what is wrong between a gold figure and the predicted one, seen from figures alone."""

from collections.abc import Callable, Sequence
from itertools import combinations

from eval.cells import Mistake
from eval.figures import FigureState, is_same_unit, says_nobody, state_of, told_number
from extractor.codes import Qualifier
from extractor.numerals import Number

MOST_SUMMED = 12  # of more figures than this only pairs and the sum of all are tried
ROUNDED_FROM = 20  # below, a rounded figure is just another figure


def number_mistake(gold: Number, predicted: Number) -> Mistake | None:
    """What is wrong between two figures alone; `None` if that tells no kind of error."""
    if not is_same_unit(gold, predicted):
        return None
    return next((mistake for mistake, fits in _BETWEEN_TWO if fits(gold, predicted)), None)


def digit_mistake(gold: Number, predicted: Number) -> Mistake | None:
    """Whether a figure is ten, a hundred or a thousand times off or has two digits swapped."""
    ours, theirs = told_number(gold), told_number(predicted)
    if not ours or not theirs or ours == theirs:
        return None
    tenfold = any(ours * power == theirs or theirs * power == ours for power in (10, 100, 1000))
    return Mistake.DIGIT_ERROR if tenfold or _are_swapped(str(ours), str(theirs)) else None


def sums_of(figures: Sequence[int]) -> set[int]:
    """Sums of two or three figures, and of all of them."""
    sizes = (2, 3) if len(figures) <= MOST_SUMMED else (2,)
    parts = {sum(some) for size in sizes for some in combinations(figures, size)}
    return parts | ({sum(figures)} if len(figures) > 1 else set())


def _is_rounded(gold: Number, predicted: Number) -> bool:
    if gold.qualifier is Qualifier.RANGE or predicted.qualifier is Qualifier.RANGE:
        return False
    same_shape = (gold.lower is None, gold.upper is None) == (
        predicted.lower is None,
        predicted.upper is None,
    )
    ours, theirs = told_number(gold), told_number(predicted)
    if not same_shape or ours is None or theirs is None or ours < ROUNDED_FROM or ours == theirs:
        return False
    powers = [10**k for k in range(1, len(str(ours)))]
    return any(theirs % ten == 0 and 2 * abs(theirs - ours) <= ten for ten in powers)


def _is_collapsed(gold: Number, predicted: Number) -> bool:
    if gold.qualifier is not Qualifier.RANGE or gold.lower is None or gold.upper is None:
        return False
    told = told_number(predicted)
    if told is None or gold.lower == gold.upper:
        return False
    # Twice the middle, so that no number is too large for it.
    return told in (gold.lower, gold.upper) or abs(2 * told - (gold.lower + gold.upper)) < 2


def _is_openness_lost(gold: Number, predicted: Number) -> bool:
    told = told_number(gold)
    return told is not None and told == told_number(predicted)


_BETWEEN_TWO: tuple[tuple[Mistake, Callable[[Number, Number], bool]], ...] = (
    (Mistake.ROUNDING, _is_rounded),
    (Mistake.RANGE_COLLAPSED, _is_collapsed),
    (
        Mistake.FALSE_NONE,
        lambda gold, predicted: says_nobody(predicted) and not says_nobody(gold),
    ),
    (
        Mistake.VAGUE_HARDENED,
        lambda gold, predicted: (
            state_of(gold) in (FigureState.VAGUE, FigureState.UNKNOWN_NUMBER)
            and state_of(predicted) is FigureState.NUM
        ),
    ),
    (Mistake.OPENNESS_LOST, _is_openness_lost),
    (Mistake.NONE_LOST, lambda gold, _: state_of(gold) is FigureState.NONE),
)


def _are_swapped(one: str, other: str) -> bool:
    """Whether two neighbouring digits changed places."""
    if len(one) != len(other):
        return False
    differ = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return (
        len(differ) == 2
        and differ[1] - differ[0] == 1
        and one[differ[0]] == other[differ[1]]
        and one[differ[1]] == other[differ[0]]
    )
