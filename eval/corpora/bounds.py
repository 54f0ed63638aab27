"""Bounds: the numbers that words stand for by a corpus's convention."""

from collections.abc import Iterable

from eval.corpora.profile import Numbers
from extractor.codes import Qualifier
from extractor.gazetteer import name_key
from extractor.numerals import Number
from extractor.records import CountClaim

_PLURALS = frozenset(
    {"people", "men", "women", "children", "personnel", "police", "troops", "casualties", "others"}
)
_SINGULARS = frozenset({"his", "this", "boss"})  # words in -s that are no plural


def has_word(text: str | None, words: Iterable[str]) -> bool:
    """Whether one of the words, or rows of words, stands in a text; spelling as `name_key`."""
    padded = f" {name_key(text or '')} "
    return any(f" {name_key(word)} " in padded for word in words)


def bounds_of(claim: CountClaim, numbers: Numbers) -> tuple[int, int]:
    """The smallest and the largest number that a claim stands for by the corpus's convention."""
    return bounds_of_number(claim.number, claim.group.text, numbers)


def bounds_of_number(number: Number, group: str | None, numbers: Numbers) -> tuple[int, int]:
    """The smallest and the largest number that a figure stands for; an open end is closed."""
    match number.qualifier:
        case Qualifier.VAGUE:
            return _vague(f"{number.term or ''} {number.text or ''}", numbers)
        case Qualifier.UNKNOWN_NUMBER:
            return numbers.plural if _is_plural(group or number.text or "") else numbers.singular
        case _:
            upper = number.upper if number.upper is not None else number.lower or 0
            least = upper if numbers.up_to == "upper" else min(1, upper)
            return (least if number.lower is None else number.lower), upper


def _vague(words: str, numbers: Numbers) -> tuple[int, int]:
    fitting = [term for term in numbers.vague if has_word(words, (term,))]
    return numbers.vague[max(fitting, key=len)] if fitting else numbers.other_vague


def _is_plural(words: str) -> bool:
    """Whether people without a number are said to be more than one; so are those not named."""
    told = name_key(words).split()
    return not told or any(word in _PLURALS or _ends_plural(word) for word in told)


def _ends_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith("ss") and word not in _SINGULARS
