"""Cardinals: plain numbers, in digits or spelled out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractor.numerals.tokens import Token, is_spoken, past_hyphen, token_at
from extractor.numerals.words import CALENDAR


class Cardinal(NamedTuple):
    """A plain number ending before token `end`; `scale` is its last multiplier, or 1."""

    value: int
    end: int
    scale: int


_BELOW_TWENTY = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_TIMES_TEN = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: n for n, word in enumerate(_BELOW_TWENTY.split())}
"""The numbers below twenty."""
TENS = {word: 10 * n for n, word in enumerate(_TIMES_TEN.split(), start=2)} | {"fourty": 40}
"""The tens, one of them often misspelled."""
_POWERS = {"thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9}
_PACKS = {"dozen": 12, "score": 20}
SCALES = {"hundred": 100} | _POWERS | _PACKS
"""Words that multiply the number before them."""
_PLURAL_SCALES = {f"{word}s": scale for word, scale in SCALES.items() if word != "score"}
BARE_SCALES = frozenset(SCALES.keys() - {"score"})
"""Scales that may stand for one of themselves: "hundred and two", "dozen people"."""
_QUARTERS = {"a": 1, "one": 1, "three": 3}
AND_A_HALF = ("and", "a", "half")
"""What stands between the numbers of "one and a half million"."""
DECIMAL = re.compile(r"\d{1,6}[.,]\d{1,3}")
"""A number with a decimal mark."""
_GROUPED = re.compile(
    r"\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3})+|(?:['\u2019]\d{3})+|(?:\u066c\d{3})+|(?:,\d\d)+,\d{3})"
)
_STARTS = frozenset(SMALL.keys() | TENS.keys() | BARE_SCALES | {"a", "an", "half"})
_AFTER_A = frozenset(SCALES.keys() | {"half", "quarter", "quarters", "couple"})
_PADDED = 2  # digits
_LONGEST = 12  # digits; a longer run is no head count, and int() refuses very long ones
_THIN_SPACES = (" ", "\u00a0", "\u2009", "\u202f")  # these may part the thousands of a number


def read_cardinal(tokens: Sequence[Token], i: int) -> Cardinal | None:
    """Read the plain number that starts at token i, in digits or in words."""
    token = token_at(tokens, i)
    if token.word[:1].isdecimal():
        return _read_digits(tokens, i)
    if token.word not in _STARTS or (token.word in ("a", "an") and not _goes_on(tokens, i + 1)):
        return None
    if token.word == "half" or is_spoken(tokens, i, ("a", "half")):
        j = past_hyphen(tokens, i + (1 if token.word == "half" else 2))
        if token_at(tokens, j).word in ("a", "an"):
            j = past_hyphen(tokens, j + 1)
        scale = SCALES.get(token_at(tokens, j).word)
        return Cardinal(scale // 2, j + 1, scale) if scale else None
    if quarters := read_quarters(tokens, i):
        return quarters
    number = _read_couple(tokens, i) or _with_plural_scale(tokens, _read_spelled(tokens, i))
    if number and is_spoken(tokens, number.end, AND_A_HALF):
        scale = SCALES.get(token_at(tokens, number.end + 3).word)
        if scale:
            return Cardinal(number.value * scale + scale // 2, number.end + 4, scale)
        if number.scale > 1:  # "a million and a half"
            return Cardinal(number.value + number.scale // 2, number.end + 3, number.scale)
    return number


def _goes_on(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number may go on at token i, behind "a"."""
    after = token_at(tokens, i).word
    return after in _AFTER_A or (after == "-" and token_at(tokens, i + 1).word in _AFTER_A)


def read_quarters(tokens: Sequence[Token], i: int) -> Cardinal | None:
    """Read "a quarter of a million", "three quarters of a million", "a quarter million"."""
    quarters = _QUARTERS.get(token_at(tokens, i).word)
    j = past_hyphen(tokens, i + 1)
    if quarters is None or token_at(tokens, j).word not in ("quarter", "quarters"):
        return None
    j = past_hyphen(tokens, j + 1)
    if is_spoken(tokens, j, ("of", "a")):
        j += 2
    scale = SCALES.get(token_at(tokens, j).word)
    return Cardinal(quarters * scale // 4, j + 1, scale) if scale else None


def _with_plural_scale(tokens: Sequence[Token], number: Cardinal | None) -> Cardinal | None:
    """Read "2 dozens", "12 thousands" as a number; in "2014 Hundreds fled" a sentence begins."""
    scale = _PLURAL_SCALES.get(token_at(tokens, number.end).raw) if number else None
    if number is None or scale is None or number.scale > 1 or number.value >= 1000:
        return number
    return Cardinal(number.value * scale, number.end + 1, scale)


def _read_couple(tokens: Sequence[Token], i: int) -> Cardinal | None:
    if not is_spoken(tokens, i, ("a", "couple")):
        return None
    end = i + 3 if token_at(tokens, i + 2).word == "of" else i + 2
    return None if token_at(tokens, end).word in SCALES else Cardinal(2, end, 1)


def _read_digits(tokens: Sequence[Token], i: int) -> Cardinal | None:
    token = tokens[i]
    raw, end = token.raw, i + 1
    if raw.isdecimal():
        if len(raw) <= 3 and token_at(tokens, i - 1).word.rstrip(".") not in CALENDAR.months:
            while end < i + 4 and _is_thousands_group(tokens, end):
                raw += tokens[end].raw
                end += 1
    elif _GROUPED.fullmatch(raw):
        raw = re.sub(r"\D", "", raw)
    elif DECIMAL.fullmatch(raw):
        scale = _POWERS.get(token_at(tokens, end).word)
        whole, decimals = re.split(r"[.,]", raw)
        value = int(whole + decimals) * (scale or 0)
        exact = scale and value % 10 ** len(decimals) == 0
        return Cardinal(value // 10 ** len(decimals), end + 1, scale) if scale and exact else None
    else:
        return None
    if len(raw) > _LONGEST or (len(raw) > 1 and int(raw[0]) == 0 and not is_padded(raw)):
        return None
    scale = SCALES.get(token_at(tokens, end).word)
    if scale is None:
        return _with_plural_scale(tokens, Cardinal(int(raw), end, 1))
    return Cardinal(int(raw) * scale, end + 1, scale)


def is_padded(digits: str) -> bool:
    """Whether one zero fills up the digits, as police reports write: "02 persons"."""
    return len(digits) == _PADDED and int(digits[0]) == 0 and int(digits[1]) > 0


def _is_thousands_group(tokens: Sequence[Token], i: int) -> bool:
    token, before = token_at(tokens, i), token_at(tokens, i - 1)
    spaced = token.start == before.end + 1 and token.preceded_by in _THIN_SPACES
    return spaced and len(token.raw) == 3 and token.raw.isdecimal()


def _read_spelled(tokens: Sequence[Token], i: int) -> Cardinal | None:
    """Read "two thousand three hundred and five": parts below 1000, each with a smaller power."""
    total, end, last_power = 0, i, 10**_LONGEST
    while True:
        start = end if end == i else past_hyphen(tokens, end)
        if end > i and token_at(tokens, start).word == "and":
            start = past_hyphen(tokens, start + 1)
        part = _read_below_thousand(tokens, start)
        if part is None and end == i and token_at(tokens, i).word in BARE_SCALES:
            part = _read_hundred(tokens, 1, i) or Cardinal(1, i, 1)
        if part is None:
            break
        after = past_hyphen(tokens, part.end)
        word = token_at(tokens, after).word
        power = _POWERS.get(word)
        if power is None:
            if word in _PACKS and end == i:
                return Cardinal(part.value * _PACKS[word], after + 1, _PACKS[word])
            return Cardinal(total + part.value, part.end, part.scale)
        if power >= last_power:
            break
        total, end, last_power = total + part.value * power, after + 1, power
    return Cardinal(total, end, last_power) if end > i else None


def _read_below_thousand(tokens: Sequence[Token], i: int) -> Cardinal | None:
    if token_at(tokens, i).word in ("a", "an"):
        if token_at(tokens, past_hyphen(tokens, i + 1)).word not in SCALES:
            return None
        value, end = 1, i + 1
    elif few := _read_below_hundred(tokens, i):
        value, end = few.value, few.end
    else:
        return None
    hundred = _read_hundred(tokens, value, end) if value else None
    return hundred or Cardinal(value, end, 1)


def _read_hundred(tokens: Sequence[Token], hundreds: int, end: int) -> Cardinal | None:
    """Read "hundred and twelve" behind the number of hundreds that ends before token `end`."""
    after = past_hyphen(tokens, end)
    if token_at(tokens, after).word != "hundred":
        return None
    value, end = hundreds * 100, after + 1
    start = past_hyphen(tokens, end)
    if token_at(tokens, start).word == "and":
        start = past_hyphen(tokens, start + 1)
    rest = _read_below_hundred(tokens, start)
    # "between a hundred and two hundred": the second hundred is a number of its own.
    if rest and rest.value and token_at(tokens, rest.end).word not in ("hundred", "dozen", "score"):
        return Cardinal(value + rest.value, rest.end, 1)
    return Cardinal(value, end, 100)


def _read_below_hundred(tokens: Sequence[Token], i: int) -> Cardinal | None:
    word = token_at(tokens, i).word
    if word in SMALL:
        return Cardinal(SMALL[word], i + 1, 1)
    if word not in TENS:
        return None
    after = past_hyphen(tokens, i + 1)
    ones = SMALL.get(token_at(tokens, after).word, 0)
    if 1 <= ones <= 9:
        return Cardinal(TENS[word] + ones, after + 1, 1)
    return Cardinal(TENS[word], i + 1, 1)
