"""Parts: what each member of a list of people says."""

from collections.abc import Sequence
from typing import NamedTuple

from extractor.codes import Qualifier, Unit
from extractor.numerals.core import Core
from extractor.numerals.figure import Figure, qualify, read_suffix
from extractor.numerals.people import (
    DETERMINERS,
    PARTICIPLES,
    POSTMODIFIERS,
    UNITS,
    VALUED,
    is_plural,
    is_singular,
    people_follow,
    unit_after,
)
from extractor.numerals.tokens import Token
from extractor.numerals.words import PEOPLE, word_set


class Part(NamedTuple):
    """What one part of a list says; `noun`: whether it also says who is counted."""

    figure: Figure
    unit: Unit
    enumerated: bool = False
    noun: bool = True


_BODIES = word_set("body bodies corpse corpses")
_CONTAINERS = word_set("family group crowd team crew band gang")
_DOUBTS = word_set("than least most possibly perhaps maybe fewer less if not nearly about")
_INTO = word_set("of from in by on at during after near among since")
_LEADS = DETERMINERS | word_set(
    "from anywhere remaining these those all both of other others further additional extra total"
    " only just exactly precisely family group team convoy crew crowd body bodies corpse corpses"
    " remains killed killing wounded wounding injured injuring left leaving dead death toll also"
    " first last confirmed combined unit band gang single same somewhere possibly reportedly"
    " anything allegedly apparently likely potentially probably lone"
)
_NEGATIONS = word_set("no not never nor neither without hardly")
_SHARES = word_set("% percent pct cent every each")  # "12 percent civilians", "every soldier"


def read_part(
    tokens: Sequence[Token], part: tuple[int, int], figures: Sequence[Figure]
) -> Part | None:
    """Read one part of a list; `None` where it says more than one count, or none."""
    start, end = part
    own = [figure for figure in figures if start <= figure.first < end]
    if not own:
        return _read_phrase(tokens[start:end])
    figure = own[0]
    lead = [token.word for token in tokens[start : figure.first] if token.word[0].isalnum()]
    if not _LEADS.issuperset(lead) or any(not _repeats(tokens, figure, later) for later in own[1:]):
        return None
    figure = _with_late_suffix(tokens, figure, end)
    if figure is None:
        return None
    bodies = not _BODIES.isdisjoint(lead)
    unit = Unit.BODIES if bodies else unit_after(tokens, figure.end)
    noun = any(token.word[0].isalpha() for token in tokens[figure.end : end])
    return Part(figure, unit, noun=noun or tokens[figure.end - 1].word in VALUED)


def told(tokens: Sequence[Token], qualifier: Qualifier, count: int | None) -> Figure:
    """What the tokens say as a whole: `count` is both bounds."""
    return Figure(first=0, core=0, end=len(tokens), qualifier=qualifier, lower=count, upper=count)


def _repeats(tokens: Sequence[Token], figure: Figure, later: Figure) -> bool:
    """Whether a second figure changes nothing: "seven of the 26", "26 (twenty-six)"."""
    said = {token.word for token in tokens[figure.end - 1 : later.first]}
    same = (figure.lower, figure.upper) == (later.lower, later.upper) and figure.term == later.term
    return same or not said.isdisjoint(_INTO)


def _with_late_suffix(tokens: Sequence[Token], figure: Figure, end: int) -> Figure | None:
    """Read "26 people or more"; `None` where words after the figure make it doubtful."""
    for k in range(figure.end, end):
        word = tokens[k].word
        suffix = read_suffix(tokens, k) if word in ("or", "at") else None
        if suffix and figure.qualifier is Qualifier.EXACT and figure.lower is not None:
            core = Core(figure.lower, figure.upper, figure.end)
            return qualify(figure.first, figure.core, core, suffix[0])
        if word in _DOUBTS or (word == "or" and not people_follow(tokens, k + 1)):
            return None
    return figure


def _read_phrase(tokens: Sequence[Token]) -> Part | None:
    """Read a noun without a figure: "a soldier" is one, "the others" an unknown number."""
    words = [token.word for token in tokens]
    while words and not words[0][0].isalnum():
        words.pop(0)
    lead = 0
    while lead < len(words) - 1 and words[lead] in _LEADS:
        lead += 1
    head = lead
    while head + 1 < len(words) and (words[head + 1][0].isalnum() or words[head + 1] == "-"):
        if words[head + 1] in POSTMODIFIERS | PARTICIPLES:
            break
        head += 1
    if head > lead and words[head] == "-":  # "passers-by": the noun stands before the hyphen
        head -= 1
    if not words or not (_NEGATIONS | _DOUBTS | _SHARES).isdisjoint(words):
        return None
    if words == ["another"] or (words[-3:] == ["year", "-", "old"] and words[0] in DETERMINERS):
        return Part(told(tokens, Qualifier.EXACT, 1), Unit.PERSONS)
    if "twin" in words[lead:head] and is_plural(words[head]):
        return Part(told(tokens, Qualifier.EXACT, 2), Unit.PERSONS)
    return _read_head(tokens, words[: lead + 1], words[head])


def _read_head(tokens: Sequence[Token], lead: Sequence[str], head: str) -> Part | None:
    of_bodies = not _BODIES.isdisjoint(lead)
    unit = Unit.BODIES if of_bodies else UNITS.get(head, Unit.PERSONS)
    if head in VALUED:
        return Part(told(tokens, Qualifier.EXACT, VALUED[head]), unit)
    if is_plural(head) or (head in UNITS and head.endswith("s")):
        return Part(told(tokens, Qualifier.UNKNOWN_NUMBER, None), unit)
    single = is_singular(head) or head in UNITS or head + "s" in PEOPLE.nationals
    if single and _CONTAINERS.isdisjoint(lead[:-1]):  # "the family of a soldier" is not one person
        return Part(told(tokens, Qualifier.EXACT, 1), unit)
    return None
