"""Languages: the words of one figure in a language other than English."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.codes import Qualifier, Unit
from extractor.numerals.core import Core
from extractor.numerals.figure import qualify
from extractor.numerals.number import Number
from extractor.numerals.words import LANGUAGES, Language, Phrase


def read_foreign(text: str) -> Number | None:
    """Read a figure of which one language knows every word; `None` where there is no such."""
    words = _words(text)
    if len(words) > _MOST_WORDS or all(word[0].isdecimal() or word == "-" for word in words):
        return None
    if len(words) == 1 and text.isascii() and (not text.islower() or text in _ENGLISH_TOO):
        return None
    for grammar in _GRAMMARS:
        core = _read(words, grammar)
        if core is not None:
            figure = qualify(0, 0, core.core, core.qualifier)
            return figure.number(text=text, unit=Unit.PERSONS) if figure else None
    return None


class _Reading(NamedTuple):
    core: Core
    qualifier: Qualifier


_ByFirst = Mapping[str, tuple[tuple[Phrase, Qualifier], ...]]
"""Phrases by their first word, the longest first."""


@dataclass(frozen=True, kw_only=True)
class _Grammar:
    """The words of a language, ready to be looked for."""

    words: Language
    before: _ByFirst
    behind: _ByFirst
    numbers: dict[Phrase, int]


_MOST_WORDS = 14  # no figure of the tables is longer
_ENGLISH_TOO = ("once", "six", "mil", "mort")
_LOOSE = (Qualifier.APPROXIMATELY, Qualifier.NEARLY)
_MARKS = re.compile("[\u064b-\u0652\u0640\u200e\u200f]")  # Arabic vowels, fillers, directions
_AND_BEFORE_DIGITS = re.compile(r"\u0648(?=\d)")  # the Arabic "and" is written with its number
_ARTICLE = "\u0627\u0644"  # of an Arabic noun
_PLAIN = str.maketrans(
    {"\u2019": "'", "\u02bc": "'", "\u066c": ",", "\u2010": "-", "\u2011": "-", "\u2013": "-"}
)
_WORD = re.compile(
    r"\d{1,3}(?:[.,' \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+|[^\W\d_]+(?:['-][^\W\d_]+)*|\S"
)
_LONGEST = 12  # digits; a longer run is no head count


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text).lower().translate(_PLAIN)
    plain = _AND_BEFORE_DIGITS.sub("\u0648 ", _MARKS.sub("", plain))
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
    return _WORD.findall(digits)


def _read(words: Sequence[str], grammar: _Grammar) -> _Reading | None:
    i, qualifier = _read_phrase(words, 0, grammar.before)
    i = _skip(words, i, grammar.words.between)
    inner = _read_phrase(words, i, grammar.before)
    if inner[1]:
        i = inner[0]
        qualifier = inner[1] if qualifier is None or qualifier in _LOOSE else qualifier
    opened = next((len(p) for p in grammar.words.ranges if _stands(words, i, p)), 0)
    read = _read_range(words, i + opened, grammar, opened=bool(opened))
    if read is None:
        return None
    i, behind = _read_phrase(words, read.end, grammar.behind)
    i = _skip(words, i, grammar.words.between)
    while i < len(words) and _may_follow(words[i], grammar.words):
        i += 1
    if behind is None:
        i, behind = _read_phrase(words, i, grammar.behind)
    if i < len(words):
        return None
    if behind and (qualifier is None or qualifier in _LOOSE):
        qualifier = behind
    return _Reading(read, qualifier or Qualifier.EXACT)


def _read_range(words: Sequence[str], i: int, grammar: _Grammar, *, opened: bool) -> Core | None:
    low = _read_number(words, i, grammar)
    if low is None:
        return None
    joint = words[low[1]] if low[1] < len(words) else ""
    known = (
        joint in grammar.words.joints or joint == "-" or (opened and joint in grammar.words.ands)
    )
    high = _read_number(words, low[1] + 1, grammar) if known else None
    if high is None:
        return None if opened else Core(low[0], low[0], low[1])
    return Core(low[0], high[0], high[1]) if low[0] < high[0] else None


def _read_number(words: Sequence[str], i: int, grammar: _Grammar) -> tuple[int, int] | None:
    """The plain number that starts at word i, and where it ends."""
    if i >= len(words):
        return None
    if words[i][0].isdecimal():
        digits = re.sub(r"\D", "", words[i])
        odd = len(digits) > _LONGEST or (len(digits) > 1 and digits[0] == "0")
        return None if odd else (int(digits), i + 1)
    for length in (2, 1):
        value = grammar.numbers.get(tuple(words[i : i + length]))
        if value is not None:
            return value, i + length
    whole, _, ones = words[i].partition("-")  # "trente-cinq"
    tens, rest = grammar.numbers.get((whole,), 0), grammar.numbers.get((ones,), 0)
    return (tens + rest, i + 1) if _fit(tens, rest) else None


def _fit(tens: int, ones: int) -> bool:
    return 20 <= tens < 100 and tens % 10 == 0 and 0 < ones < (20 if tens == 60 else 10)


def _may_follow(word: str, language: Language) -> bool:
    known = language.people | language.links
    return word in known or word.removeprefix(_ARTICLE) in known


def _read_phrase(words: Sequence[str], i: int, known: _ByFirst) -> tuple[int, Qualifier | None]:
    if i >= len(words):
        return i, None
    begun = known.get(words[i], ())
    return next(((i + len(p), q) for p, q in begun if _stands(words, i, p)), (i, None))


def _skip(words: Sequence[str], i: int, fillers: Iterable[Phrase]) -> int:
    return next((i + len(phrase) for phrase in fillers if _stands(words, i, phrase)), i)


def _stands(words: Sequence[str], i: int, phrase: Phrase) -> bool:
    return tuple(words[i : i + len(phrase)]) == phrase


def _longest_first(
    spoken: Mapping[Qualifier, Iterable[Phrase]],
) -> _ByFirst:
    entries = [(phrase, qualifier) for qualifier, known in spoken.items() for phrase in known]
    begun: dict[str, list[tuple[Phrase, Qualifier]]] = {}
    for entry in sorted(entries, key=lambda entry: -len(entry[0])):
        begun.setdefault(entry[0][0], []).append(entry)
    return {first: tuple(same) for first, same in begun.items()}


def _grammar(words: Language) -> _Grammar:
    return _Grammar(
        words=words,
        before=_longest_first(words.before),
        behind=_longest_first(words.behind),
        numbers={
            tuple(word.split("_")): value
            for value, known in words.numbers.items()
            for word in known
        },
    )


_GRAMMARS = tuple(_grammar(language) for language in LANGUAGES.values())
