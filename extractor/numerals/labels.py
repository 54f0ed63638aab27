"""Labels and ages: numbers that tell of one thing or person which it is."""

from collections.abc import Sequence

from extractor.codes import Qualifier
from extractor.numerals.figure import Figure, is_digits
from extractor.numerals.people import is_plural, is_singular, people_follow
from extractor.numerals.tokens import Token, token_at
from extractor.numerals.words import CALENDAR, LABELS

_EMERGENCY_CALL = "911"
_OLDEST = 120  # years of age


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
    # "Jane Roe, 34, …" and "Jane Roe (34)"
    mark, name, after = (
        token_at(tokens, before),
        token_at(tokens, before - 1),
        token_at(tokens, figure.end),
    )
    named = name.raw[:1].isupper() or is_singular(name.word)
    closes = after.word in (",", ".", ";", "") if mark.word == "," else after.word == ")"
    age = is_digits(tokens, figure) and (figure.upper or 0) <= _OLDEST
    apposed = mark.word in (",", "(") and closes
    return (
        age and named and apposed and not is_plural(name.word) and name.word not in CALENDAR.months
    )


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
