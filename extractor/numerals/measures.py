"""Measures: numbers of money, time, length and weight, and parts of longer signs."""

from collections.abc import Sequence

from extractor.numerals.cardinal import AND_A_HALF, DECIMAL, SMALL, TENS, read_cardinal
from extractor.numerals.dates import is_month
from extractor.numerals.figure import Figure
from extractor.numerals.people import PARTICIPLES, STOPS, is_singular, people_follow
from extractor.numerals.tokens import Token, is_hyphen, is_spoken, token_at
from extractor.numerals.words import FOREIGN, MEASURES, word_set

_MEASURED = MEASURES.coins | MEASURES.units
_PEOPLE_COMPOUNDS = word_set("member members man men woman women person people strong soldier")
_SHIFTS = word_set("day night")  # of people at work: "12 day labourers"
_WHOLES = (10, 100, 1000)  # "9 in 10"; of "1 in 5" the whole may be any number up to these


def is_measure(tokens: Sequence[Token], i: int) -> bool:
    """Whether a measure starts at token i, after a number: "20 km", "three days"."""
    after, second = token_at(tokens, i), token_at(tokens, i + 1)
    if after.word == "-" and is_hyphen(tokens, i):
        people = second.word in _PEOPLE_COMPOUNDS or is_singular(second.word)
        return not people and second.word[0].isalnum()
    if after.word == "-" and after.start == token_at(tokens, i - 1).end:  # "1- and 2-year-old"
        return second.word in ("and", "or", "to")
    if after.word in ("a", "p") and second.word == "." and token_at(tokens, i + 2).word == "m":
        return True
    if after.word == "per" and second.word == "cent":
        return True
    if after.word in _SHIFTS and people_follow(tokens, i + 1, reach=1):
        return False
    if after.word in _MEASURED or is_spoken(tokens, i, AND_A_HALF):
        return True
    nationality = after.word[:1].isalpha() and after.word not in STOPS  # "20 Colombian pesos"
    return (after.word in MEASURES.adjectives and second.word in _MEASURED) or (
        nationality and second.word in MEASURES.coins
    )


def is_first_of_two_measures(tokens: Sequence[Token], i: int) -> bool:
    """Whether the second number of "3 and 4 February", "five and ten years" tells of no people."""
    if token_at(tokens, i).word not in ("and", "or", "to"):
        return False
    second = read_cardinal(tokens, i + 1)
    return second is not None and (is_measure(tokens, second.end) or is_month(tokens, second.end))


def is_foreign_magnitude(tokens: Sequence[Token], i: int) -> bool:
    """Whether token i multiplies the number before it in another language: "12 mil"."""
    if token_at(tokens, i).word not in FOREIGN.magnitudes:
        return False
    before = token_at(tokens, i - 1).word
    return before[:1].isdecimal() or before in SMALL or before in TENS


def ratio_end(tokens: Sequence[Token], figure: Figure) -> int | None:
    """Where "1 in 5", "one in every five", "9 in 10" ends; `None` where it is no ratio."""
    if token_at(tokens, figure.end).word not in ("in", "of"):
        return None
    every = token_at(tokens, figure.end + 1).word == "every"
    whole = read_cardinal(tokens, figure.end + (2 if every else 1))
    if whole is None or figure.upper is None or figure.upper >= whole.value:
        return None
    if every:
        return whole.end
    after = token_at(tokens, whole.end).word
    # "killed one in two strikes" counts; so does "12 in 10 villages".
    ends = not after[:1].isalpha() or after in STOPS or people_follow(tokens, whole.end)
    known = whole.value in _WHOLES or (figure.upper == 1 and whole.value < max(_WHOLES))
    spoken = token_at(tokens, figure.end).word == "in"
    return whole.end if spoken and ends and known else None


def is_money(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a currency stands before the number: "$5 million", "Rs. 500"."""
    before = token_at(tokens, figure.core - 1).word
    if before == ".":
        return token_at(tokens, figure.core - 2).word in ("rs", "re")
    return before in MEASURES.currencies


def is_glued(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether marks without a space make the number a part of something: AK-47, 10:30, 9/11."""
    here, mark = tokens[figure.core], token_at(tokens, figure.core - 1)
    before = token_at(tokens, figure.core - 2)
    if mark.word in ("to", "or", "-") and DECIMAL.fullmatch(before.raw):  # "1.5 to 2 million"
        return True
    if mark.end == here.start and mark.word in ("-", ":", "/", ".", "+", "#", "'"):
        leads = before.end != mark.start
        if mark.word in ("-", "'") and not leads:
            return before.word[0].isalnum() and before.word not in PARTICIPLES  # "Killed-26"
        if mark.word in (":", "/"):
            return before.word[:1].isdecimal()
        return mark.word in ("+", "#") or (mark.word == "." and leads)
    last, mark, after = (
        tokens[figure.end - 1],
        *(token_at(tokens, figure.end + k) for k in range(2)),
    )
    glued = mark.start == last.end and after.start == mark.end
    return glued and mark.word in (":", "/") and after.word[:1].isdecimal()
