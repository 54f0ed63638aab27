"""Normal form: a text with plain blanks, quotes and dashes, and the way back to the original."""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u02bc\u2032"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys(_SINGLE_QUOTES, "'"),
        **dict.fromkeys(_DOUBLE_QUOTES, '"'),
        **dict.fromkeys(_DASHES, "-"),
    }
)
# Stretches that stay as they are: plain characters but dashes, with single blanks within.
_PLAIN = re.compile(r"[!-,.-~]++(?: [!-,.-~]++)*+")


@dataclass(frozen=True, kw_only=True)
class Normal:
    """A text in normal form, and where each of its characters stands in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold_typography(text: str) -> str:
    """A text with plain quotes and dashes."""
    return re.sub(r"-{2,3}", "-", text.translate(_TYPOGRAPHY))


def is_mark(character: str) -> bool:
    """Whether a character is a mark on the one before it."""
    return unicodedata.category(character).startswith("M")


def normalise(text: str) -> Normal:
    """Fold white space, typography and Unicode form, keeping the way back to the original."""
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    at = 0
    for run in _PLAIN.finditer(text):
        start, end = run.span()
        if end < len(text) and _joins(text[end]):
            end -= 1  # a letter belongs to its marks
        if end > start:
            _fold_into(pieces, starts, ends, text, at, start)
            pieces.append(text[start:end])
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
            at = end
    _fold_into(pieces, starts, ends, text, at, len(text))
    return Normal(text="".join(pieces), starts=starts, ends=ends)


def normal_form(text: str) -> str:
    """The text of `normalise` alone, which most short texts are themselves."""
    return text if _PLAIN.fullmatch(text) else normalise(text).text


def _fold_into(
    pieces: list[str],
    starts: "array[int]",
    ends: "array[int]",
    text: str,
    first: int,
    last: int,
) -> None:
    """Fold `text[first:last]` behind the pieces that are folded already."""
    for start, end in _clusters(text, first, last):
        folded = unicodedata.normalize("NFC", text[start:end]).translate(_TYPOGRAPHY)
        for character in " " if folded.isspace() else folded:
            previous = pieces[-1][-1] if pieces else ""
            dashes = character == "-" == previous and ends[-1] == start
            if (character == " " == previous) or dashes:
                ends[-1] = end
                continue
            pieces.append(character)
            starts.append(start)
            ends.append(end)


def _clusters(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Stretches that canonical composition can change only within: a character and its marks."""
    start = first
    for at in range(first + 1, last + 1):
        if at == last or not _joins(text[at]):
            yield start, at
            start = at


def _joins(character: str) -> bool:
    if character < "\u0300":
        return False
    # Marks, and the vowels and finals of a Hangul syllable, compose with what stands before them.
    return is_mark(character) or "\u1160" <= character <= "\u11ff"
