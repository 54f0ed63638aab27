"""Figures in tokens: a number together with the words that qualify it."""

from collections.abc import Sequence
from typing import NamedTuple

from extractor.codes import Qualifier, Unit
from extractor.numerals.cardinal import read_cardinal
from extractor.numerals.core import Core, low_end, read_core
from extractor.numerals.number import Number
from extractor.numerals.tokens import Token, is_spoken, past_hyphen, token_at
from extractor.numerals.words import BEFORE, BEHIND, BETWEEN, Phrase


class Figure(NamedTuple):
    """What tokens [first, end) say; `core` is where the number itself starts."""

    first: int
    core: int
    end: int
    qualifier: Qualifier
    lower: int | None = None
    upper: int | None = None
    term: str | None = None

    def number(self, *, text: str, unit: Unit, enumerated: bool = False) -> Number:
        """The figure as a `Number`; `text` is its words."""
        return Number(
            text=text,
            lower=self.lower,
            upper=self.upper,
            qualifier=self.qualifier,
            term=self.term,
            enumerated=enumerated,
            unit=unit,
        )


def _by_first_word() -> dict[str, list[tuple[Phrase, Qualifier]]]:
    index: dict[str, list[tuple[Phrase, Qualifier]]] = {}
    for qualifier, spoken in BEFORE.items():
        for phrase in spoken:
            index.setdefault(phrase[0], []).append((phrase, qualifier))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


PREFIXES = _by_first_word()
"""The phrases that qualify a number from the front, by their first word, longest first."""
_SUFFIXES = [(phrase, qualifier) for qualifier, spoken in BEHIND.items() for phrase in spoken]
_SUFFIX_STARTS = frozenset(phrase[0] for phrase, _ in _SUFFIXES)
_FILLERS = sorted(BETWEEN.fillers, key=len, reverse=True)


def read_figure(tokens: Sequence[Token], i: int, *, running: bool) -> Figure | None:
    """Read the figure that starts at token i, with the words that qualify it."""
    word = tokens[i].word
    if word in ("nobody", "none", "noone"):
        return Figure(first=i, core=i, end=i + 1, qualifier=Qualifier.NONE, lower=0, upper=0)
    if word == "no" and (end := _no_one_end(tokens, i)):
        return Figure(first=i, core=i, end=end, qualifier=Qualifier.NONE, lower=0, upper=0)
    if word == "both" and not running:
        return Figure(first=i, core=i, end=i + 1, qualifier=Qualifier.EXACT, lower=2, upper=2)
    if word == "between":
        return _read_between(tokens, i)
    for phrase, qualifier in PREFIXES.get(word, ()):
        if is_spoken(tokens, i, phrase):
            start = _past_fillers(tokens, i + len(phrase))
            core = read_core(tokens, start, running=running)
            if core is None and (bounded := _read_between(tokens, start)):
                core = Core(bounded.lower, bounded.upper, bounded.end)
            if core is not None:
                return qualify(i, start, core, qualifier)
            break
    core = read_core(tokens, i, running=running)
    if core is None:
        return None
    suffix = read_suffix(tokens, core.end)
    if suffix and core.upper is not None:
        qualifier, end = suffix
        return qualify(i, i, core._replace(end=end), qualifier)
    return qualify(i, i, core, Qualifier.EXACT)


def read_suffix(tokens: Sequence[Token], i: int) -> tuple[Qualifier, int] | None:
    """Read "or more", "or so", "at least" behind a number."""
    if token_at(tokens, i).word not in _SUFFIX_STARTS:
        return None
    for phrase, qualifier in _SUFFIXES:
        if is_spoken(tokens, i, phrase):
            end = i + len(phrase)
            attached = phrase[0] not in ("+", "-") or token_at(tokens, i - 1).end == tokens[i].start
            # "killed 26, at least three of them …": the words belong to the next number.
            free = token_at(tokens, end).word != "than" and (
                phrase[0] != "at" or read_core(tokens, end, running=True) is None
            )
            if attached and free:
                return qualifier, end
    return None


def qualify(first: int, start: int, core: Core, qualifier: Qualifier) -> Figure | None:
    """Qualify a core; `None` where fewer than nobody would be left."""
    bare = Figure(first=first, core=start, end=core.end, qualifier=Qualifier.VAGUE, term=core.term)
    lower, upper = core.lower, core.upper
    if lower is None or upper is None:
        return bare if core.term else bare._replace(qualifier=Qualifier.UNKNOWN_NUMBER)
    match qualifier:
        case Qualifier.AT_LEAST:
            return bare._replace(qualifier=qualifier, lower=lower)
        case Qualifier.MORE_THAN:
            return bare._replace(qualifier=qualifier, lower=lower + 1)
        case Qualifier.AT_MOST:
            return bare._replace(qualifier=qualifier, upper=upper)
        case Qualifier.FEWER_THAN:
            fewer = bare._replace(qualifier=qualifier, upper=upper - 1)
            return fewer if upper > 0 else None
        case _ if lower < upper:
            return bare._replace(qualifier=Qualifier.RANGE, lower=lower, upper=upper)
        case _ if upper == 0:
            return bare._replace(qualifier=Qualifier.NONE, lower=0, upper=0)
        case _:
            return bare._replace(qualifier=qualifier, lower=lower, upper=upper)


def is_digits(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the figure is digits alone, with no words."""
    return figure.first == figure.core and all(
        token.word[0].isdecimal() for token in tokens[figure.core : figure.end]
    )


def _no_one_end(tokens: Sequence[Token], i: int) -> int | None:
    one = past_hyphen(tokens, i + 1)
    return one + 1 if token_at(tokens, one).word in ("one", "body") else None


def _read_between(tokens: Sequence[Token], i: int) -> Figure | None:
    if token_at(tokens, i).word != "between":
        return None
    low = read_cardinal(tokens, i + 1)
    if low is None or token_at(tokens, low.end).word not in ("and", "to", "-"):
        return None
    high = read_cardinal(tokens, low.end + 1)
    if high is None or high.value <= low.value:
        return None
    return Figure(
        first=i,
        core=i + 1,
        end=high.end,
        qualifier=Qualifier.RANGE,
        lower=low_end(low, high),
        upper=high.value,
    )


def _past_fillers(tokens: Sequence[Token], i: int) -> int:
    """Skip "another" and a second qualifier: "at least another 20", "up to about 20"."""
    for _ in range(2):
        skipped = [*_FILLERS, *(phrase for phrase, _ in PREFIXES.get(token_at(tokens, i).word, ()))]
        i += next((len(phrase) for phrase in skipped if is_spoken(tokens, i, phrase)), 0)
    return i
