"""Sentences: a text is cut at its sentence ends, and its dateline is kept out of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.dateline import dateline_end

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "sgt",
        "adm",
        "gov",
        "sen",
        "rep",
        "rev",
        "st",
        "no",
        "vs",
        "etc",
        "jr",
        "sr",
        "inc",
        "ltd",
        "co",
        "cpl",
        "brig",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "approx",
        "dept",
        "fig",
        "u.s",
        "u.n",
        "u.k",
        "e.u",
        "a.m",
        "p.m",
        "d.c",
        "i.e",
        "e.g",
        "pvt",
        "hon",
        "prof",
    ]
)
_END = re.compile(r"[.!?]+[\"'\u201d\u2019)\]]*(?=\s)")
_BREAK = re.compile(r"\n[ \t\r]*\n|\n")
LONGEST = 1500  # characters; the longest of 14,514 sentences in 1,200 real reports had 1,296
_SHORT_LINE = 45  # characters; a shorter line before a capital is a heading, not a wrapped line
_FULL_LINE = 100  # longer lines are paragraphs, not lines wrapped by hand


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence and where it stands in the text: `[start, end)` in code points.

    In its words every white-space character is a blank, so that offsets stay right and a line
    wrap inside a phrase does not hide it.
    """

    start: int
    end: int
    words: str


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order, trimmed, without the dateline."""
    begin = dateline_end(text)
    return tuple(
        sentence for start, end in _blocks(text, begin) for sentence in _sentences(text, start, end)
    )


def _blocks(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Paragraphs: cut at blank lines, and at line ends that are no hand-made line wrap."""
    start = begin
    by_hand = max(map(len, text.splitlines()), default=0) <= _FULL_LINE
    for line_break in _BREAK.finditer(text, begin):
        line_start = max(text.rfind("\n", begin, line_break.start()) + 1, start)
        line = text[line_start : line_break.start()].rstrip()
        wrapped = line and line[-1] not in '.!?:"\u201d\u2019)' and len(line) < _FULL_LINE
        after = text[line_break.end() : line_break.end() + 1]
        heading = len(line) < _SHORT_LINE and after.isupper()
        goes_on = by_hand and wrapped and not heading and not after.isspace()
        if "\n" not in line_break[0][1:] and goes_on:
            continue
        yield start, line_break.start()
        start = line_break.end()
    yield start, len(text)


def _sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    at = start
    for match in _END.finditer(text, start, end):
        if _is_end(text, at, match):
            yield from _trimmed(text, at, match.end())
            at = match.end()
    yield from _trimmed(text, at, end)


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 8].lstrip()[:1]
    if following and following.islower():
        return False
    if match[0] != ".":
        return True
    word = re.split(r"[\s(\[\"\u201c]", text[max(start, match.start() - 20) : match.start()])[-1]
    return not (word.lower() in _ABBREVIATIONS or re.fullmatch(r"[A-Z]|(?:[A-Z]\.)+[A-Z]", word))


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    while end - start > LONGEST:  # a wall of text without sentence ends: cut it at a blank
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    words = words.strip()
    if words:
        folded = re.sub(r"\s", " ", words)
        yield Sentence(start=start + left, end=start + left + len(words), words=folded)
