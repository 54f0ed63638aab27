"""Finding: every figure of people in a running text, lists and "no casualties" among them."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.codes import Unit
from extractor.numerals.counts import find_counts
from extractor.numerals.figure import Figure
from extractor.numerals.lists import find_lists
from extractor.numerals.nobody import find_nobody, is_about_a_claim
from extractor.numerals.number import FoundNumber
from extractor.numerals.people import unit_after
from extractor.numerals.tokens import Token, is_spoken, token_at, tokenize
from extractor.numerals.words import word_set

_KEPT = 4096  # texts; a sentence is read by the reader, and again by whoever checks the reading
_LONGEST_KEPT = 2_000  # characters of such a text


def find_numbers(text: str) -> tuple[FoundNumber, ...]:
    """Find the figures that could count people, in order, each with its qualifier.

    A list of people without a total is one figure; so is "no casualties".
    """
    tokens = tokenize(text)
    singles = list(_singles(tokens))
    whole = [
        _Told(one.figure, one.unit, enumerated=True)
        for one in find_lists(tokens, [single.figure for single in singles])
    ]
    nobody = [_Told(figure, unit) for figure, unit in find_nobody(tokens)]
    told = sorted((*whole, *singles, *nobody), key=lambda one: (one.figure.first, -one.figure.end))
    return _as_found(text, tokens, told)


def find_separate_numbers(text: str) -> tuple[FoundNumber, ...]:
    """Find the figures as `find_numbers` does, but those in a list each by itself."""
    return _separate_again(text) if len(text) <= _LONGEST_KEPT else _separate(text)


def _separate(text: str) -> tuple[FoundNumber, ...]:
    tokens = tokenize(text)
    return _as_found(text, tokens, list(_singles(tokens)))


_separate_again = lru_cache(maxsize=_KEPT)(_separate)


_BODIES = word_set("bodies corpses remains")


class _Told(NamedTuple):
    figure: Figure
    unit: Unit
    enumerated: bool = False


def _singles(tokens: Sequence[Token]) -> Iterator[_Told]:
    for figure in find_counts(tokens, running=True):
        if not is_about_a_claim(tokens, figure):
            bodies = is_spoken(tokens, figure.first - 1, ("of",)) and (
                token_at(tokens, figure.first - 2).word in _BODIES
            )
            yield _Told(figure, Unit.BODIES if bodies else unit_after(tokens, figure.end))


def _as_found(text: str, tokens: Sequence[Token], told: Sequence[_Told]) -> tuple[FoundNumber, ...]:
    """The figures with their places, without those that stand inside another."""
    found: list[FoundNumber] = []
    last = 0  # the token before which the last figure ends
    for figure, unit, enumerated in told:
        if figure.first < last:
            continue
        last = figure.end
        start, end = tokens[figure.first].start, tokens[figure.end - 1].end
        number = figure.number(text=text[start:end], unit=unit, enumerated=enumerated)
        found.append(FoundNumber(start=start, end=end, number=number))
    return tuple(found)
