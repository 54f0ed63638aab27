"""Labels and ages: numbers that tell of one thing or person which it is."""

from collections.abc import Sequence

from extractor.codes import Qualifier
from extractor.numerals.figure import Figure, is_digits
from extractor.numerals.people import is_plural, is_singular, people_follow
from extractor.numerals.tokens import Token, token_at
from extractor.numerals.words import CALENDAR, LABELS, word_set

_EMERGENCY_CALL = "911"
_OLDEST = 120  # years of age
_LONGEST_NAME = 6  # words; a run of capitals may be longer
_PLACE_PREPOSITIONS = word_set("in at near outside around across")


def is_label(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the word before the number names the thing it numbers: "Flight 17", "No. 4"."""
    if figure.first != figure.core or figure.lower is None:
        return False
    label = token_at(tokens, figure.core - 1)
    if label.word == ".":
        label = token_at(tokens, figure.core - 2)
        if label.word not in LABELS.short:
            return False
    here = tokens[figure.core]
    numbered = here.raw[0].isdecimal() or here.raw[0].isupper()
    proper = label.word in LABELS.capitalised and label.raw[0].isupper()
    if not numbered or not (label.word in LABELS.always or proper):
        return False
    return not people_follow(tokens, figure.end)


def is_age(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number tells how old somebody is."""
    before, at = figure.first - 1, figure.core
    if _says_age(tokens, before) or (at - 1 != before and _says_age(tokens, at - 1)):
        return True
    if figure.lower is None and figure.upper is None:
        return False
    bounded = token_at(tokens, figure.first).word in ("under", "over", "below", "above")
    if bounded and is_plural(token_at(tokens, before).word):  # "children under 12"
        return not people_follow(tokens, figure.end)
    return _is_age_of_a_name(tokens, figure)


def is_in_brackets(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number stands alone in brackets after a name, of a person or of a place."""
    opening, name = token_at(tokens, figure.first - 1), token_at(tokens, figure.first - 2)
    closing = token_at(tokens, figure.end)
    return (opening.word, closing.word) == ("(", ")") and not is_singular(name.word)


def _is_age_of_a_name(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether it is the age in "Jane Roe, 34, …" or "Jane Roe (34)"; a place has no age."""
    mark, name, after = (
        token_at(tokens, figure.first - 1),
        token_at(tokens, figure.first - 2),
        token_at(tokens, figure.end),
    )
    named = name.raw[:1].isupper() or is_singular(name.word)
    closes = after.word in (",", ".", ";", "") if mark.word == "," else after.word == ")"
    age = is_digits(tokens, figure) and (figure.upper or 0) <= _OLDEST
    if not (age and named and closes and mark.word in (",", "(")):
        return False
    if is_plural(name.word) or name.word in CALENDAR.months:
        return False
    first = figure.first - 2
    while token_at(tokens, first - 1).raw[:1].isupper() and figure.first - first < _LONGEST_NAME:
        first -= 1
    return token_at(tokens, first - 1).word not in _PLACE_PREPOSITIONS


def is_number_of_a_name(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number belongs to a telephone, an address or a formation: "46 Battalion"."""
    if figure.first != figure.core:
        return False
    if token_at(tokens, figure.end).word in LABELS.formations and figure.upper != 1:
        return True
    if not is_digits(tokens, figure) and figure.qualifier is not Qualifier.RANGE:
        return False
    digits = [token.raw for token in tokens[figure.core : figure.end] if token.raw.isdecimal()]
    if digits == [_EMERGENCY_CALL]:
        return not people_follow(tokens, figure.end, reach=2)
    if [len(group) for group in digits] == [3, 4]:
        return True
    for k in range(figure.end, figure.end + 4):
        raw = token_at(tokens, k).raw
        if raw != "." and not (raw[:1].isupper() and (raw[1:].islower() or len(raw) <= 2)):
            return False
        if raw.lower() in LABELS.streets:
            return k > figure.end
    return False


def _says_age(tokens: Sequence[Token], i: int) -> bool:
    word = token_at(tokens, i).word
    before = token_at(tokens, i - 1).word
    if word in ("is", "was"):
        return before in ("youngest", "oldest", "eldest")
    ages = ("age", "ages", "aged")
    return word in ages or (word in ("of", "from") and before in ages)
