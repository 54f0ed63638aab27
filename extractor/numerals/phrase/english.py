"""English: the words of one figure, read as a whole."""

import re
from collections.abc import Iterator, Sequence

from extractor.codes import Qualifier, Unit
from extractor.numerals.counts import find_counts
from extractor.numerals.figure import Figure, read_figure
from extractor.numerals.labels import ages_end
from extractor.numerals.measures import is_foreign_magnitude
from extractor.numerals.nobody import NO_LOSS, NOT_ONE, skip_between
from extractor.numerals.number import Number
from extractor.numerals.part import Part, read_part, told
from extractor.numerals.people import (
    PARTICIPLES,
    UNITS,
    is_plural,
    is_singular,
    people_follow,
    unit_after,
)
from extractor.numerals.tokens import Token, is_spoken, token_at, tokenize
from extractor.numerals.words import FOREIGN, LISTS, phrases, word_set


def read_english(text: str) -> Number | None:
    """Read a figure; `None` where the words hold none, several, or are not English."""
    if _NOT_LATIN.search(text):
        return None
    tokens = _without_ages(tokenize(text))
    if not tokens or _is_foreign(tokens):
        return None
    tokens, more = _without_more(tokens)
    read = _read_none(tokens) or _read_parts(tokens)
    if read is not None and more:
        read = _with_more(read)
    if read is None:
        return None
    return read.figure.number(text=text, unit=read.unit, enumerated=read.enumerated)


_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff]")
_APPOSITIONS = word_set("all both each most many some")
_ASIDES = word_set("including included among mostly mainly aged ages")
_JOINTS = phrases(
    *(",", ";", "and", "&", "plus", "as well as", "along with", "together with", "followed by"),
)
_MORE = phrases("possibly more", "perhaps more", "maybe more", "probably more", "more")
_OUTCOMES = PARTICIPLES | word_set("deaths fatalities injuries")
_PRONOUNS = word_set("them whom which these those")
_PROPORTIONS = word_set("all most half majority third thirds quarter quarters")


def _without_ages(tokens: Sequence[Token]) -> list[Token]:
    """Leave out "aged 4 and 6" and "(12 and 14)": no ages are counted."""
    kept: list[Token] = []
    k = 0
    while k < len(tokens):
        end = ages_end(tokens, k) if kept else None
        if end is None:
            kept.append(tokens[k])
        k = end or k + 1
    return kept


def _without_more(tokens: list[Token]) -> tuple[list[Token], bool]:
    """Cut off the "and possibly more" behind a noun, and say whether there was one."""
    for phrase in _MORE:
        start = len(tokens) - len(phrase)
        if start > 0 and is_spoken(tokens, start, phrase):
            k = start
            while k > 1 and tokens[k - 1].word in (",", "and", "or", "but", "-", "("):
                k -= 1
            if k < start and tokens[k - 1].word[:1].isalpha():
                return tokens[:k], True
    return tokens, False


def _with_more(read: Part) -> Part | None:
    """Make a number a lower bound: more may have to be added."""
    figure = read.figure
    if figure.lower is None:
        return None if figure.upper is not None else read
    if figure.qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
        return read
    bound = figure._replace(qualifier=Qualifier.AT_LEAST, upper=None)
    return read._replace(figure=bound) if figure.lower else None


def _is_foreign(tokens: Sequence[Token]) -> bool:
    """Whether words of another language change what the number says."""
    return any(
        token.word in FOREIGN.bounds or is_foreign_magnitude(tokens, i)
        for i, token in enumerate(tokens)
    )


def _read_none(tokens: Sequence[Token]) -> Part | None:
    """Read "no casualties", "no"; other things that are not there ("no figure") are no count."""
    if any(is_spoken(tokens, 0, phrase) for phrase in NOT_ONE):
        return Part(told(tokens, Qualifier.NONE, 0), Unit.PERSONS)
    if not tokens or tokens[0].word not in ("no", "without"):
        return None
    if read_figure(tokens, 0, running=False) or any(
        True for _ in find_counts(tokens, running=False)
    ):
        return None
    k = skip_between(tokens, 1)
    if any(is_spoken(tokens, k, phrase) for phrase in NO_LOSS):
        return Part(told(tokens, Qualifier.NONE, 0), Unit.PERSONS)
    unit = unit_after(tokens, k)
    people = unit is not Unit.PERSONS or people_follow(tokens, k, reach=4, one=True)
    if people or [token.word for token in tokens] == ["no"]:
        return Part(told(tokens, Qualifier.NONE, 0), unit)
    return None


def _read_parts(tokens: Sequence[Token]) -> Part | None:
    figures = list(find_counts(tokens, running=False))
    end = _end_of_head(tokens, figures)
    beyond = [figure for figure in figures if figure.first >= end]
    if any(figure.lower is not None and tokens[figure.core].word != "both" for figure in beyond):
        return None
    parts = list(_parts(tokens, figures, end))
    reads = [read_part(tokens, part, figures) for part in parts]
    read = [one for one in reads if one is not None]
    if not read or len(read) != len(reads):
        return None
    if len(read) == 1:
        return read[0]
    if _may_be_spelled_out(tokens, parts, read):
        return None
    if whole := _read_joint_noun(tokens, parts, read):
        return whole
    last = [token.word for token in tokens[slice(*parts[-1])]]
    people = any(is_plural(w) or is_singular(w) or w in UNITS for w in last)
    spoken = {token.word for token in tokens[:end]}
    uncounted = all(one.figure.qualifier is Qualifier.UNKNOWN_NUMBER for one in read)
    alike = uncounted or spoken.isdisjoint(_OUTCOMES)
    return _total(tokens, read) if people and alike else None


def _read_joint_noun(
    tokens: Sequence[Token], parts: Sequence[tuple[int, int]], read: Sequence[Part]
) -> Part | None:
    """Read "four brothers and sisters", where one number counts both nouns."""
    first, others = read[0], read[1:]
    plural = is_plural(token_at(tokens, parts[0][1] - 1).word)
    bare = all(
        one.figure.qualifier is Qualifier.UNKNOWN_NUMBER and is_plural(tokens[start].word)
        for one, (start, _) in zip(others, parts[1:], strict=True)
    )
    figure = first.figure
    counted = figure.qualifier not in (Qualifier.UNKNOWN_NUMBER, Qualifier.NONE)
    if token_at(tokens, figure.core).word == "both":  # "both soldiers and civilians"
        return None
    return first if plural and bare and counted else None


def _may_be_spelled_out(
    tokens: Sequence[Token], parts: Sequence[tuple[int, int]], read: Sequence[Part]
) -> bool:
    """Whether the list may detail its first part rather than add to it."""
    end = parts[0][1]
    general = (
        token_at(tokens, end - 1).word in LISTS.general and token_at(tokens, end).word != "and"
    )
    return general and sum(one.figure.lower or 0 for one in read[1:]) <= (read[0].figure.lower or 0)


def _end_of_head(tokens: Sequence[Token], figures: Sequence[Figure]) -> int:
    """Where a remark on the people counted begins: "…, including …", "…, all of them …"."""
    for k in range(1, len(tokens)):
        word = tokens[k].word
        if word in _ASIDES or (tokens[k - 1].word in (",", "(") and word in _APPOSITIONS):
            return k
    later = [f for f in figures[1:] if _is_share(tokens, f)]
    return min((f.first for f in later), default=len(tokens))


def _is_share(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a figure tells a part of one before: "three of them", "most of whom"."""
    if figure.term and _is_proportion(figure.term):
        return True
    return (
        token_at(tokens, figure.end).word == "of"
        and token_at(tokens, figure.end + 1).word in _PRONOUNS
    )


def _is_proportion(term: str) -> bool:
    return not _PROPORTIONS.isdisjoint(term.replace("-", " ").split())


def _parts(
    tokens: Sequence[Token], figures: Sequence[Figure], end: int
) -> Iterator[tuple[int, int]]:
    """Split "two women, a child and an elderly man" at its commas and "and"."""
    inside = {k for figure in figures for k in range(figure.first, figure.end)}
    start = k = 0
    while k <= end:
        width = 1 if k == end else _joint(tokens, k)
        if width and k not in inside:
            if any(tokens[j].word[0].isalpha() or j in inside for j in range(start, k)):
                yield start, k
            start = k + width
        k += width or 1


def _joint(tokens: Sequence[Token], i: int) -> int:
    """How many tokens join two parts of a list here."""
    return next((len(joint) for joint in _JOINTS if is_spoken(tokens, i, joint)), 0)


def _total(tokens: Sequence[Token], parts: Sequence[Part]) -> Part | None:
    """Add up a list of people; `None` where it is no list of people, or not all are counted."""
    unit = parts[0].unit
    figures = [part.figure for part in parts]
    if any(part.unit is not unit for part in parts):
        return None
    qualifiers = {figure.qualifier for figure in figures}
    if qualifiers == {Qualifier.UNKNOWN_NUMBER}:
        return Part(told(tokens, Qualifier.UNKNOWN_NUMBER, None), unit)
    lowers = [figure.lower for figure in figures if figure.lower is not None]
    if len(lowers) != len(figures) or not all(part.noun for part in parts):
        return None
    if qualifiers == {Qualifier.EXACT}:
        return Part(told(tokens, Qualifier.EXACT, sum(lowers)), unit, enumerated=True)
    if qualifiers <= {Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.MORE_THAN}:
        bound = told(tokens, Qualifier.AT_LEAST, None)._replace(lower=sum(lowers))
        return Part(bound, unit, enumerated=True)
    return None
