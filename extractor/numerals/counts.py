"""Counts: the figures of a text that could tell a number of people."""

from collections.abc import Iterator, Sequence

from extractor.numerals.cardinal import BARE_SCALES, SMALL, TENS
from extractor.numerals.core import SHARES
from extractor.numerals.dates import (
    is_calendar_year,
    is_clock_time,
    is_date,
    is_surely_year,
)
from extractor.numerals.figure import PREFIXES, Figure, read_figure
from extractor.numerals.labels import (
    is_age,
    is_in_brackets,
    is_label,
    is_list_number,
    is_number_of_a_name,
    is_of_a_description,
)
from extractor.numerals.measures import (
    is_first_of_two_measures,
    is_foreign_magnitude,
    is_glued,
    is_measure,
    is_money,
    is_of_things,
    is_of_votes,
    ratio_end,
)
from extractor.numerals.one import (
    is_another_thing,
    is_idle_padding,
    is_idle_zero,
    is_pronoun,
    read_ordinal,
)
from extractor.numerals.people import PARTICIPLES, people_follow
from extractor.numerals.tokens import Token, token_at, tokenize
from extractor.numerals.words import VAGUE, word_set


def find_counts(tokens: Sequence[Token], *, running: bool) -> Iterator[Figure]:
    """Yield the figures that may count people; `running` text also has years and clock times."""
    last: Figure | None = None
    for figure, other in _figures(tokens, running=running):
        if (
            other
            or is_of_things(tokens, figure, strict=running)
            or is_another_thing(tokens, figure)
        ):
            continue
        if running and (
            _is_other_in_running_text(tokens, figure) or _is_afterthought(tokens, figure, last)
        ):
            continue
        last = figure
        yield figure


def may_count_people(text: str, start: int, end: int) -> bool:
    """Whether the words at [start, end) of a running text may count people there.

    Words without a number count by their noun. Where it is in doubt what a number tells, it may be
    people: "2000" alone after a verb, "Darim (12)".
    """
    if not any(True for _ in find_counts(tokenize(text[start:end]), running=False)):
        return True
    tokens = tokenize(text)
    for figure, other in _figures(tokens, running=False):
        if tokens[figure.first].start >= end:
            return False
        if (
            start < tokens[figure.end - 1].end
            and (not other or is_in_brackets(tokens, figure))
            and not _is_surely_other_in_running_text(tokens, figure)
        ):
            return True
    return False


def _figures(tokens: Sequence[Token], *, running: bool) -> Iterator[tuple[Figure, bool]]:
    """Yield each figure, and whether it tells an age, a label or a measure."""
    i, other_end = 0, -1  # other_end: where the last age or label ended
    while i < len(tokens):
        word = tokens[i].word
        if not (
            word in _STARTS
            or word[0].isdecimal()
            or (word in BARE_SCALES and _is_bare(tokens, i, running))
        ):
            i += 1
            continue
        figure = read_figure(tokens, i, running=running) or (
            read_ordinal(tokens, i) if running else None
        )
        if figure is None:
            i += 1
            continue
        i = ratio_end(tokens, figure) or figure.end
        if _continues(tokens, other_end, figure) or _is_age_or_label(tokens, figure):
            other_end = figure.end
            yield figure, True
        else:
            yield figure, i > figure.end or _is_other_quantity(tokens, figure)


_STARTS = (
    frozenset(SMALL.keys() | TENS.keys() | VAGUE.many | PREFIXES.beginnings | VAGUE.untold)
    | {phrase[0] for phrase in VAGUE.phrases} - {"the"}
    | word_set("a an another no nobody none noone nil majority couple both half most between large")
)
_BEFORE_BARE = word_set("the these those remaining other first last same")  # "the dozen men"
_FIXED = frozenset(VAGUE.phrases)
_HEDGES = word_set("possibly perhaps maybe probably")


def _is_bare(tokens: Sequence[Token], i: int, running: bool) -> bool:
    """Whether the scale at token i stands for one of itself: "the dozen militants"."""
    return not running or token_at(tokens, i - 1).word in _BEFORE_BARE


def _is_afterthought(tokens: Sequence[Token], figure: Figure, last: Figure | None) -> bool:
    """Whether the figure only widens the one before: "at least one person, possibly two"."""
    if last is None or last.lower is None or not 1 <= figure.first - last.end <= 4:
        return False
    hedged = not _HEDGES.isdisjoint(token.word for token in tokens[last.end : figure.core])
    alone = not token_at(tokens, figure.end).word[:1].isalpha()
    more = figure.upper is not None and figure.upper > last.lower
    return hedged and alone and more


def _continues(tokens: Sequence[Token], other_end: int, figure: Figure) -> bool:
    """Whether the figure goes on a list of ages or labels: "aged 5, 7 and 9"."""
    if other_end < 0 or not 1 <= figure.first - other_end <= 2:
        return False
    between = {tokens[k].word for k in range(other_end, figure.first)}
    joined = between <= {",", "and", "or", "to", "of", "&"}
    # "Aged 5, 7 and 9 were …" goes on; "according to Channel 4, 17 died" does not.
    told = between == {","} and token_at(tokens, figure.end).word in PARTICIPLES
    return joined and not told and not people_follow(tokens, figure.end)


def _is_age_or_label(tokens: Sequence[Token], figure: Figure) -> bool:
    return is_age(tokens, figure) or is_label(tokens, figure) or is_of_a_description(tokens, figure)


def _is_other_quantity(tokens: Sequence[Token], figure: Figure) -> bool:
    return (
        is_glued(tokens, figure)
        or is_money(tokens, figure)
        or is_date(tokens, figure)
        or is_measure(tokens, figure.end)
        or is_foreign_magnitude(tokens, figure.end)
        or is_first_of_two_measures(tokens, figure.end)
        or is_idle_padding(tokens, figure)
    )


def _is_other_in_running_text(tokens: Sequence[Token], figure: Figure) -> bool:
    return (
        is_calendar_year(tokens, figure)
        or is_clock_time(tokens, figure)
        or is_number_of_a_name(tokens, figure)
        or is_list_number(tokens, figure)
        or is_of_votes(tokens, figure)
        or is_pronoun(tokens, figure)
        or is_idle_zero(tokens, figure)
        or _is_loose(tokens, figure)
    )


def _is_loose(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a fixed phrase stands without people: "a lot of damage", "various reports"."""
    term = tuple((figure.term or "").split())
    fixed = term in _FIXED or (len(term) > 1 and term[-2] in SHARES)
    return fixed and not people_follow(tokens, figure.end, reach=5)


def _is_surely_other_in_running_text(tokens: Sequence[Token], figure: Figure) -> bool:
    return (
        is_surely_year(tokens, figure)
        or is_clock_time(tokens, figure)
        or is_number_of_a_name(tokens, figure)
    )
