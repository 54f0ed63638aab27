"""Mutations: ways to spoil an article's text that leave what it tells, or change it knowably."""

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
)
_SPELLED = tuple(re.findall(r"\w+", _BELOW_TWENTY))
_LARGEST = 9_999  # larger figures are years, rounds and sums; they stay
_STEP = 5  # every figure grows by so much: "one" never becomes "two", so no plural is needed
_WIDTH = 64  # columns of a hand-wrapped line
_SWAPPED = ("Karvan Brigade", "Ostrel Front", "Movement of the Nine Hills", "Tavor Column")
_SENTENCE_END = re.compile(r"(?<=[a-z\d\"\u201d)][.!?])[ \n]+(?=[A-Z\"\u201c])")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")


@dataclass(frozen=True, kw_only=True)
class Marked:
    """An article's text, with what a mutation must leave alone or may change.

    `figures` are the spans of figures above one that count people, `names` the actors accused.
    """

    text: str
    figures: tuple[tuple[int, int], ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mutated:
    """A text after a mutation, and what became of its figures and names."""

    text: str
    figures: Mapping[int, int] = field(default_factory=dict[int, int])
    names: Mapping[str, str] = field(default_factory=dict[str, str])


Mutation = Callable[[Marked, random.Random], Mutated]


def typos(share: float) -> Mutation:
    """Swap two inner letters of a share of the longer words that are no figure and no name."""

    def mutate(marked: Marked, draw: random.Random) -> Mutated:
        kept = [*marked.figures, *_spans(marked.text, marked.names)]

        def spoil(word: re.Match[str]) -> str:
            touched = any(start < word.end() and word.start() < end for start, end in kept)
            if touched or draw.random() >= share:
                return word[0]
            at = draw.randrange(1, len(word[0]) - 2)
            letters = list(word[0])
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
            return "".join(letters)

        return Mutated(text=_LONG_WORD.sub(spoil, marked.text))

    return mutate


def upper(marked: Marked, _: random.Random) -> Mutated:
    """All in capitals, but letters whose capital is longer."""
    return Mutated(text="".join(c.upper() if len(c.upper()) == 1 else c for c in marked.text))


def lower(marked: Marked, _: random.Random) -> Mutated:
    """All in small letters."""
    return Mutated(text="".join(c.lower() if len(c.lower()) == 1 else c for c in marked.text))


def without(marks: str) -> Mutation:
    """Leave out punctuation marks; the commas and points within a number stay."""
    pattern = re.compile(rf"(?<!\d)[{re.escape(marks)}]|[{re.escape(marks)}](?!\d)")
    return lambda marked, _: Mutated(text=pattern.sub("", marked.text))


def shuffled(marked: Marked, draw: random.Random) -> Mutated:
    """The sentences of each paragraph in another order."""
    paragraphs = marked.text.split("\n\n")
    for n, paragraph in enumerate(paragraphs):
        sentences = _SENTENCE_END.split(paragraph)
        draw.shuffle(sentences)
        paragraphs[n] = " ".join(sentences)
    return Mutated(text="\n\n".join(paragraphs))


def other_actors(marked: Marked, _: random.Random) -> Mutated:
    """Every accused actor that has a proper name gets another, made-up one."""
    proper = [name for name in marked.names if any(map(str.isupper, name))]
    longest = sorted(set(proper), key=lambda name: (-len(name), name))
    names = {old: _SWAPPED[n % len(_SWAPPED)] for n, old in enumerate(longest)}
    if not names:
        return Mutated(text=marked.text)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    return Mutated(text=pattern.sub(lambda found: names[found[0]], marked.text), names=names)


def other_numbers(marked: Marked, _: random.Random) -> Mutated:
    """Every figure above one that counts people grows by five, in its own way of writing."""
    figures: dict[int, int] = {}
    pieces: list[str] = []
    at = 0
    for start, end in sorted(set(marked.figures)):
        grown = _grown(marked.text[start:end]) if start >= at else None
        if grown is None:
            continue
        old, words = grown
        figures[old] = old + _STEP
        pieces += [marked.text[at:start], words]
        at = end
    return Mutated(text="".join((*pieces, marked.text[at:])), figures=figures)


def wrapped(marked: Marked, _: random.Random) -> Mutated:
    """Paragraphs wrapped by hand at 64 columns, with blanks before the lines."""
    paragraphs = (
        textwrap.fill(one, _WIDTH, break_long_words=False, break_on_hyphens=False)
        for one in marked.text.split("\n\n")
    )
    return Mutated(text="\n\n".join(paragraphs))


def curly(marked: Marked, _: random.Random) -> Mutated:
    """Straight quotes become typographic ones, and hyphens between blanks become dashes."""
    opened = re.sub(r"(?<!\w)\"(?=\w)", "\u201c", marked.text)
    closed = opened.replace('"', "\u201d").replace("'", "\u2019")
    return Mutated(text=closed.replace(" - ", " \u2013 "))


def decomposed(marked: Marked, _: random.Random) -> Mutated:
    """Letters with accents taken apart (Unicode NFD)."""
    return Mutated(text=unicodedata.normalize("NFD", marked.text))


MUTATIONS: Mapping[str, Mutation] = {
    "typos in 1 % of words": typos(0.01),
    "typos in 3 % of words": typos(0.03),
    "all upper case": upper,
    "all lower case": lower,
    "no commas": without(","),
    "no punctuation": without(",.;:!?\"'\u201c\u201d\u2019()"),
    "sentences shuffled": shuffled,
    "other actors": other_actors,
    "other numbers": other_numbers,
    "lines wrapped": wrapped,
    "typographic quotes": curly,
    "letters decomposed": decomposed,
}
"""All of them, by the name they have in the table."""


def _spans(text: str, names: tuple[str, ...]) -> list[tuple[int, int]]:
    return [found.span() for name in names for found in re.finditer(re.escape(name), text)]


def _grown(words: str) -> tuple[int, str] | None:
    """A figure and the words of one that is larger by five; empty if it is none of these."""
    low = words.lower()
    if words.isdecimal() and words.isascii() and 1 < int(words) <= _LARGEST:
        return int(words), str(int(words) + _STEP)
    if (
        low in _SPELLED
        and _SPELLED.index(low) + _STEP < len(_SPELLED)
        and low not in ("one", "zero")
    ):
        old = _SPELLED.index(low)
        grown = _SPELLED[old + _STEP]
        return old, grown.capitalize() if words[0].isupper() else grown
    return None
