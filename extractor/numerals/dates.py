"""Dates, years and clock times: numbers that tell when."""

from collections.abc import Sequence

from extractor.numerals.figure import Figure, is_digits
from extractor.numerals.people import people_follow
from extractor.numerals.tokens import Token, is_spoken, token_at
from extractor.numerals.words import CALENDAR

_LAST_DAY = 31  # of a month


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
    month = k - 1 if token_at(tokens, k).word == "." else k
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
    last = tokens[figure.end - 1]
    if not (_is_year(figure) and len(last.raw) == 4 and last.raw.isdecimal()):
        return False
    before = token_at(tokens, figure.first - 1)
    day = token_at(tokens, figure.first - (2 if before.word == "," else 1)).raw
    if before.word in CALENDAR.year_cues or (day.isdecimal() and len(day) <= 2):
        return True
    return not people_follow(tokens, figure.end, reach=2)


def is_clock_time(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number is a time of day: "at 2130", "at 5 in the morning"."""
    before = {token_at(tokens, figure.first - 1).word, token_at(tokens, figure.core - 1).word}
    if "at" not in before or figure.upper is None:
        return False
    if is_digits(tokens, figure._replace(first=figure.core)):
        digits = "".join(token.raw for token in tokens[figure.core : figure.end])
        if len(digits) == 4 and not people_follow(tokens, figure.end):
            return True
    after = token_at(tokens, figure.end).word
    part_of_day = any(
        is_spoken(tokens, figure.end, ("in", "the", part))
        for part in ("morning", "afternoon", "evening")
    )
    return figure.upper <= 12 and (after in CALENDAR.days or part_of_day)


def _is_year(figure: Figure) -> bool:
    bounds = [bound for bound in (figure.lower, figure.upper) if bound is not None]
    return bool(bounds) and all(1900 <= bound <= 2100 for bound in bounds)
