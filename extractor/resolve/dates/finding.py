"""Finding: where time expressions stand in running text."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractor.resolve.dates.hints import may_tell_a_time
from extractor.resolve.dates.phrase import OPENINGS, is_coherent, parse
from extractor.resolve.dates.scanning import Line, scan, telling_rows
from extractor.resolve.dates.spelling import Written, fold, spell_folded
from extractor.resolve.dates.term import Link, Piece, Term
from extractor.resolve.dates.vocabulary import (
    MONTHS,
    WEEKDAYS,
    Language,
    english,
    finding,
    foreign,
    translate,
)

_LONGEST = 16  # pieces; an expression of more has never been met
_FRONT = 24  # characters; longer than any word in front that matters
_STARTING = OPENINGS | {"overnight", "earlier"}
_ENDING = frozenset({"overnight", "onward", "onwards"})
_TELLING = frozenset({*MONTHS, *WEEKDAYS, "yesterday", "today", "last", "ago", "past", "overnight"})
_HIDDEN = re.compile(r"#\d{1,2}/\d{1,2}")  # in running text mostly a share or a score
_YEAR_FRONT = re.compile(
    r"\b(?:in|since|of|during|before|after|until|by|from|between|early|mid|late|en|em)[ -]$"
)
_BEHIND = re.compile(r"([^\W\d_]+)[ -]*$")
_THE_YEAR, _YEAR = re.compile(r"the \d{4}"), re.compile(r"\d{4}")
_DANGLING = re.compile(r"\b(?:before|after|prior|following)$")
_COMPARED = re.compile(r"\b(?:earlier|later)$")
_OPENS_LINE = re.compile(r"(?:^|[.;:!?\"\u201c\u201d] ?|\n|\b(?:and|but) )$")
_GOES_ON = re.compile(r" (?!(?:on|in|at|when|while|and|by|near|as|with)\b)[^\W\d_]")
_PLAIN_FRONT = re.compile(r"(?:in|on|of) (?!the (?:past|last)|past|or )")

Span = tuple[int, int]


def find_dates(text: str) -> tuple[Span, ...]:
    """Where time expressions stand in a text: `[start, end)` of each, in order, none in another.

    Each is as long as its words go on telling one time; "on", "in" and "of" in front are no part.
    """
    folded = fold(text)
    if not may_tell_a_time(text, folded):
        return ()
    written = tuple(_without_common_words(text, spell_folded(text, folded)))
    folded = folded.replace("\n", " ")
    here = {word.word for word in written}
    languages = (english(), *(other for other in foreign() if not here.isdisjoint(_telling(other))))
    found = [span for language in languages for span in _find(written, language, folded)]
    chosen: list[Span] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not chosen or start >= chosen[-1][1]:
            chosen.append((start, end))
    return tuple(chosen)


@cache
def _telling_of(name: str) -> frozenset[str]:
    language = next(other for other in foreign() if other.name == name)
    return frozenset(
        max(phrase, key=len)
        for phrase, meaning in language.meanings.items()
        if not _TELLING.isdisjoint(meaning)
    )


def _telling(language: Language) -> frozenset[str]:
    """The words of a language without which nothing in it tells a time."""
    return _telling_of(language.name)


def _without_common_words(text: str, written: Sequence[Written]) -> Iterator[Written]:
    """The words, those that are no time in small letters blotted out: "he may march"."""
    capitalised = finding("capitalised")
    for n, word in enumerate(written):
        is_hidden = word.word[:1] == "#" and _HIDDEN.fullmatch(word.word)
        is_common = word.word in capitalised and text[word.start : word.end].islower()
        if is_common:
            beside = written[max(n - 1, 0) : n + 2]
            is_common = not any(other.word[:1].isdecimal() for other in beside)
        if is_hidden or is_common:
            yield Written(word="?", start=word.start, end=word.end, is_plain=False)
        else:
            yield word


def _find(written: Sequence[Written], language: Language, folded: str) -> Iterator[Span]:
    line = Line(translate(written, language))
    for at, end in telling_rows(line):
        while at < end:
            pieces = scan(line, at)
            yield from _spans(pieces, line, folded)
            at = pieces[-1].end if pieces else at + 1


def _spans(pieces: Sequence[Piece], line: Line, folded: str) -> Iterator[Span]:
    """The expressions in a row of pieces, each as long as it can be."""
    first = 0
    while first < len(pieces):
        last, span = _longest(pieces, first, line, folded) or (first + 1, None)
        if span:
            start, end = span
            front = _PLAIN_FRONT.match(folded, start, end)
            yield (front.end() if front else start), end
        first = last


def _longest(
    pieces: Sequence[Piece], first: int, line: Line, folded: str
) -> tuple[int, Span] | None:
    """The longest expression that begins with a piece, and the piece behind it."""
    if _is_other_than(pieces[first], _STARTING):
        return None
    for last in range(min(len(pieces), first + _LONGEST), first, -1):
        run = pieces[first:last]
        if _is_other_than(run[-1], _ENDING) or not any(map(_tells, run)):
            continue
        span = line.words[run[0].start].start, line.words[run[-1].end - 1].end
        phrase = parse(run)
        words = folded[slice(*span)]
        is_whole = words.count("(") == words.count(")") and not words.endswith(" of")
        if is_whole and phrase and is_coherent(phrase) and _stands(folded, *span):
            return last, span
    return None


def _is_other_than(piece: Piece, words: frozenset[str]) -> bool:
    return isinstance(piece.what, Link) and piece.what.word not in words


def _tells(piece: Piece) -> bool:
    what = piece.what
    return isinstance(what, Term) or (isinstance(what, Link) and what.word == "overnight")


def _stands(folded: str, start: int, end: int) -> bool:
    """Whether words are a time in this text, and nothing else that is written the same."""
    words = folded[start:end].rstrip(".")
    front = folded[max(start - _FRONT, 0) : start]
    before = _BEHIND.search(front)
    behind = before[1] if before else ""
    if behind in finding("not_after"):
        return False
    if words in finding("doubtful"):
        return behind in finding("behind")
    if _THE_YEAR.fullmatch(words):
        return False  # "the 2014 accord"
    if _YEAR.fullmatch(words):
        return _YEAR_FRONT.search(front) is not None
    if (
        _COMPARED.search(words)
        and _OPENS_LINE.search(front)
        and not folded.startswith(" than", end)
    ):
        return True  # "two days later a bomb went off"
    ends = _DANGLING.search(words) or _COMPARED.search(words)
    return not (ends and _GOES_ON.match(folded, end))
