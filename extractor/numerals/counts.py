"""Counts: the figures of a text that could tell a number of people."""

from collections.abc import Iterator, Sequence

from extractor.numerals.cardinal import SMALL, TENS
from extractor.numerals.dates import (
    is_calendar_year,
    is_clock_time,
    is_date,
    is_surely_year,
)
from extractor.numerals.figure import PREFIXES, Figure, read_figure
from extractor.numerals.labels import is_age, is_in_brackets, is_label, is_number_of_a_name
from extractor.numerals.measures import (
    is_first_of_two_measures,
    is_foreign_magnitude,
    is_glued,
    is_measure,
    is_money,
    ratio_end,
)
from extractor.numerals.number import FoundNumber
from extractor.numerals.people import people_follow, unit_after
from extractor.numerals.tokens import Token, token_at, tokenize
from extractor.numerals.words import VAGUE, word_set


def find_numbers(text: str) -> tuple[FoundNumber, ...]:
    """Find the figures that could count people, in order, each with its qualifier."""
    tokens = tokenize(text)
    found: list[FoundNumber] = []
    for figure in find_counts(tokens, running=True):
        start, end = tokens[figure.first].start, tokens[figure.end - 1].end
        number = figure.number(text=text[start:end], unit=unit_after(tokens, figure.end))
        found.append(FoundNumber(start=start, end=end, number=number))
    return tuple(found)


def find_counts(tokens: Sequence[Token], *, running: bool) -> Iterator[Figure]:
    """Yield the figures that may count people; `running` text also has years and clock times."""
    for figure, other in _figures(tokens, running=running):
        if not other and not (running and _is_other_in_running_text(tokens, figure)):
            yield figure


def may_count_people(text: str, start: int, end: int) -> bool:
    """Whether the words at [start, end) of a running text may count people there.

    Words without a number count by their noun. Where it is in doubt what a number tells, it may be
    people: "2000" alone after a verb, "Darim (12)".
    """
    if not any(True for _ in find_counts(tokenize(text[start:end]), running=False)):
        return True
    tokens = tokenize(text)
    return any(
        tokens[figure.first].start < end
        and start < tokens[figure.end - 1].end
        and (not other or is_in_brackets(tokens, figure))
        and not _is_surely_other_in_running_text(tokens, figure)
        for figure, other in _figures(tokens, running=False)
    )


def _figures(tokens: Sequence[Token], *, running: bool) -> Iterator[tuple[Figure, bool]]:
    """Yield each figure, and whether it tells an age, a label or a measure."""
    i, other_end = 0, -1  # other_end: where the last age or label ended
    while i < len(tokens):
        word = tokens[i].word
        if word not in _STARTS and not word[0].isdecimal():
            i += 1
            continue
        figure = read_figure(tokens, i, running=running)
        if figure is None:
            i += 1
            continue
        i = ratio_end(tokens, figure) or figure.end
        if _continues(tokens, other_end, figure) or _is_age_or_label(tokens, figure):
            other_end = figure.end
            yield figure, True
        else:
            yield figure, i > figure.end or _is_other_quantity(tokens, figure)


_STARTS = frozenset(
    SMALL.keys() | TENS.keys() | VAGUE.many | PREFIXES.keys() | {"half", "most", "between", "large"}
) | word_set("a an no nobody none noone majority couple both")
_NOT_ONES = word_set(
    "this that the each every any which another either neither such number for as whichever loved"
    " first second third last previous next latest new old big small good bad same other"
)
_AFTER_NOT_ONES = word_set("another such side point way thing reason hand example by")
_PARTITIVES = word_set(
    "which the these those his her their its our my several many two three four five"
)


def _continues(tokens: Sequence[Token], other_end: int, figure: Figure) -> bool:
    """Whether the figure goes on a list of ages or labels: "aged 5, 7 and 9"."""
    if other_end < 0 or not 1 <= figure.first - other_end <= 2:
        return False
    between = {tokens[k].word for k in range(other_end, figure.first)}
    joined = between <= {",", "and", "or", "to", "of", "&"}
    return joined and not people_follow(tokens, figure.end)


def _is_age_or_label(tokens: Sequence[Token], figure: Figure) -> bool:
    return is_age(tokens, figure) or is_label(tokens, figure)


def _is_other_quantity(tokens: Sequence[Token], figure: Figure) -> bool:
    return (
        is_glued(tokens, figure)
        or is_money(tokens, figure)
        or is_date(tokens, figure)
        or is_measure(tokens, figure.end)
        or is_foreign_magnitude(tokens, figure.end)
        or is_first_of_two_measures(tokens, figure.end)
    )


def _is_other_in_running_text(tokens: Sequence[Token], figure: Figure) -> bool:
    return (
        is_calendar_year(tokens, figure)
        or is_clock_time(tokens, figure)
        or is_number_of_a_name(tokens, figure)
        or _is_pronoun(tokens, figure)
    )


def _is_surely_other_in_running_text(tokens: Sequence[Token], figure: Figure) -> bool:
    return (
        is_surely_year(tokens, figure)
        or is_clock_time(tokens, figure)
        or is_number_of_a_name(tokens, figure)
    )


def _is_pronoun(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether "one" stands for a thing named before, or for one of several."""
    alone = figure.first == figure.core == figure.end - 1
    if not alone or tokens[figure.core].word != "one" or figure.lower != 1:
        return False
    before, after = token_at(tokens, figure.first - 1).word, token_at(tokens, figure.end).word
    if after == "of":
        return token_at(tokens, figure.end + 1).word in _PARTITIVES
    if after in _AFTER_NOT_ONES or (
        before == "by" and token_at(tokens, figure.first - 2).word == "one"
    ):
        return True
    pointed = before in _NOT_ONES or before.endswith("est")
    return pointed and not people_follow(tokens, figure.end, one=True)
