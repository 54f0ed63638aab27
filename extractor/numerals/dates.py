"""Dates, years and clock times: numbers that tell when."""

from collections.abc import Sequence

from extractor.numerals.figure import Figure, is_digits
from extractor.numerals.people import (
    DETERMINERS,
    PARTICIPLES,
    STOPS,
    people_follow,
)
from extractor.numerals.tokens import Token, is_spoken, token_at
from extractor.numerals.words import CALENDAR, word_set

_LAST_DAY = 31  # of a month
_LAST_HOUR = 24
_AUXILIARIES = word_set("were was are is had have has been being")
_NOT_NAMED = STOPS | PARTICIPLES | _AUXILIARIES
_TOLLS = word_set("toll tolls number total figure dead casualties losses stood stands put")


def is_month(tokens: Sequence[Token], i: int) -> bool:
    """Whether token i names a month; "may" does so only where it is no verb."""
    token = token_at(tokens, i)
    if token.word not in CALENDAR.months or not token.raw[0].isupper():
        return False
    return token.word != "may" or token_at(tokens, i + 1).word not in ("have", "be", "not", "also")


def is_date(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number is the day or the year of a date: "3 February", "March 2011"."""
    if figure.upper is None or figure.lower is None:
        return False
    if figure.upper <= _LAST_DAY and is_month(tokens, figure.end):
        return True
    k = figure.first - 1
    after_comma = token_at(tokens, k).word == "," and _looks_like_a_year(tokens, figure)
    month = k - 1 if token_at(tokens, k).word == "." or after_comma else k
    if not is_month(tokens, month):
        return False
    dated = token_at(tokens, month - 1).raw.isdecimal()  # "21 MAR 90"
    if figure.upper > (99 if dated else _LAST_DAY) and not _is_year(figure):
        return False
    # "In March 20 people were killed" has a count; "On March 20 people …" has a day.
    month_alone = token_at(tokens, month - 1).word in ("in", "by", "since")
    return not (month_alone and people_follow(tokens, figure.end, reach=2))


def is_calendar_year(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number is a year in running text: "in 2011", "the 2015 attack"."""
    if not _looks_like_a_year(tokens, figure):
        return False
    if _has_year_cue(tokens, figure):
        return True
    return not (people_follow(tokens, figure.end, reach=2) or _is_toll(tokens, figure))


def is_surely_year(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether nothing but a year can be meant: a number alone may still be a toll."""
    if not is_calendar_year(tokens, figure) or people_follow(tokens, figure.end, reach=2):
        return False
    before, after = token_at(tokens, figure.first - 1), token_at(tokens, figure.end).word
    named = after[:1].isalpha() and after not in _NOT_NAMED
    in_a_span = before.word == "-" or after == "-"
    return _has_year_cue(tokens, figure) or in_a_span or (before.word in DETERMINERS and named)


def _looks_like_a_year(tokens: Sequence[Token], figure: Figure) -> bool:
    last = tokens[figure.end - 1]
    return _is_year(figure) and len(last.raw) == 4 and last.raw.isdecimal()


def _has_year_cue(tokens: Sequence[Token], figure: Figure) -> bool:
    before = token_at(tokens, figure.first - 1)
    day = token_at(tokens, figure.first - (2 if before.word == "," else 1)).raw
    return before.word in CALENDAR.year_cues or (day.isdecimal() and len(day) <= 2)


def _is_toll(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether words beside the number tell what befell that many: "at least 2000 were killed"."""
    if token_at(tokens, figure.first - 1).word in PARTICIPLES:
        return True
    k = figure.end
    while token_at(tokens, k).word in _AUXILIARIES:
        k += 1
    # "The bombings of 2015 killed many."
    return (
        token_at(tokens, k).word in PARTICIPLES and token_at(tokens, figure.first - 1).word != "of"
    )


def is_clock_time(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number is a time of day: "at 2130", "at 5 in the morning"."""
    before = {token_at(tokens, figure.first - 1).word, token_at(tokens, figure.core - 1).word}
    if "at" not in before or figure.upper is None:
        return False
    if is_digits(tokens, figure._replace(first=figure.core)):
        digits = "".join(token.raw for token in tokens[figure.core : figure.end])
        toll = token_at(tokens, figure.first - 2).word in _TOLLS  # "put the toll at 1200"
        clock = len(digits) == 4 and digits[:2] < "24" and digits[2:] < "60"
        if clock and not toll and not people_follow(tokens, figure.end):
            return True
    after = token_at(tokens, figure.end).word
    on_a_day = token_at(tokens, figure.first - 2).word in CALENDAR.days
    if on_a_day and not after[:1].isalpha() and figure.upper <= _LAST_HOUR:
        return True
    part_of_day = any(
        is_spoken(tokens, figure.end, ("in", "the", part))
        for part in ("morning", "afternoon", "evening")
    )
    return figure.upper <= 12 and (after in CALENDAR.days or part_of_day)


def _is_year(figure: Figure) -> bool:
    bounds = [bound for bound in (figure.lower, figure.upper) if bound is not None]
    return bool(bounds) and all(1900 <= bound <= 2100 for bound in bounds)
