"""Figures in tokens: a number together with the words that qualify it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.codes import Qualifier, Unit
from extractor.numerals.cardinal import read_cardinal
from extractor.numerals.core import Core, low_end, read_core
from extractor.numerals.number import Number
from extractor.numerals.phrasebook import Phrasebook
from extractor.numerals.tokens import Token, is_spoken, past_hyphen, token_at
from extractor.numerals.words import (
    BEFORE,
    BEHIND,
    BETWEEN,
    DEGREES,
    Phrase,
    phrases,
    word_set,
)


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
        bounds = self.lower, self.upper, self.qualifier
        return _number(text, bounds, self.term, enumerated, unit)


@lru_cache(maxsize=4096)  # "two" and "12 people" come again and again, and to check them is dear
def _number(
    text: str,
    bounds: tuple[int | None, int | None, Qualifier],
    term: str | None,
    enumerated: bool,
    unit: Unit,
) -> Number:
    lower, upper, qualifier = bounds
    return Number(
        text=text,
        lower=lower,
        upper=upper,
        qualifier=qualifier,
        term=term,
        enumerated=enumerated,
        unit=unit,
    )


def _prefixes() -> Iterator[tuple[Phrase, Qualifier]]:
    for qualifier, spoken in BEFORE.items():
        graded = qualifier in (Qualifier.MORE_THAN, Qualifier.FEWER_THAN)
        degrees = ((), *DEGREES) if graded else ((),)
        yield from (((*degree, *phrase), qualifier) for degree in degrees for phrase in spoken)


PREFIXES = Phrasebook(_prefixes())
"""The phrases that qualify a number from the front."""
_BOUNDS_ABOVE = Phrasebook(
    (phrase, qualifier)
    for phrase, qualifier in _prefixes()
    if qualifier in (Qualifier.AT_MOST, Qualifier.FEWER_THAN)
)
_SUFFIXES = sorted(
    ((phrase, qualifier) for qualifier, spoken in BEHIND.items() for phrase in spoken),
    key=lambda entry: -len(entry[0]),
)
_SUFFIX_STARTS = frozenset(phrase[0] for phrase, _ in _SUFFIXES)
_FILLERS = Phrasebook((phrase, len(phrase)) for phrase in BETWEEN.fillers)
_LOOSE = (Qualifier.EXACT, Qualifier.APPROXIMATELY, Qualifier.NEARLY)
_HEDGES = word_set("possibly perhaps maybe probably potentially")
_CONJUNCTIONS = word_set("or and but")
_UP_TO = phrases("as many as", "up to")
_GOES_ON = word_set("than a an the his her their its our")  # "50 plus a nurse", "20 or more than"
_ELSE = word_set("were are was have had others more")
_BEFALLEN = word_set("killed wounded injured hurt dead missing died arrested detained")


def read_figure(tokens: Sequence[Token], i: int, *, running: bool) -> Figure | None:
    """Read the figure that starts at token i, with the words that qualify it."""
    word = tokens[i].word
    if word in ("nobody", "none", "noone") or (word == "nil" and not running):
        return Figure(first=i, core=i, end=i + 1, qualifier=Qualifier.NONE, lower=0, upper=0)
    if word == "no" and (end := _no_one_end(tokens, i)):
        return Figure(first=i, core=i, end=end, qualifier=Qualifier.NONE, lower=0, upper=0)
    if word == "both" and not running:
        return Figure(first=i, core=i, end=i + 1, qualifier=Qualifier.EXACT, lower=2, upper=2)
    if word == "another" and token_at(tokens, i + 1).word == "of":
        return Figure(first=i, core=i, end=i + 1, qualifier=Qualifier.EXACT, lower=1, upper=1)
    if word == "between":
        return _read_between(tokens, i)
    if prefix := PREFIXES.longest_at(tokens, i):
        phrase, qualifier = prefix
        start, inner = _past_fillers(tokens, i + len(phrase))
        core = read_core(tokens, start, running=running)
        if core is None and (bounded := _read_between(tokens, start)):
            core = Core(bounded.lower, bounded.upper, bounded.end)
        if core is not None:
            return _with_tail(tokens, i, start, core, _stricter(qualifier, inner))
    core = read_core(tokens, i, running=running)
    return None if core is None else _with_tail(tokens, i, i, core, Qualifier.EXACT)


def _stricter(outer: Qualifier, inner: Qualifier | None) -> Qualifier:
    """What two qualifiers say together: a bound says more than "about"."""
    return inner if inner and outer in _LOOSE else outer


def _with_tail(
    tokens: Sequence[Token], first: int, start: int, core: Core, qualifier: Qualifier
) -> Figure | None:
    """Qualify a core, together with "or more" or ", possibly six" behind it."""
    if core.lower is None or core.upper is None:
        return qualify(first, start, core, qualifier)
    lower = core.lower
    core = _past_repetition(tokens, core)
    if suffix := read_suffix(tokens, core.end):
        behind, end = suffix
        says_more = qualifier is Qualifier.EXACT or behind not in _LOOSE
        stricter = behind if says_more and qualifier in _LOOSE else qualifier
        return qualify(first, start, core._replace(end=end), stricter)
    if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        floor = lower + (1 if qualifier is Qualifier.MORE_THAN else 0)
        if ceiling := _read_ceiling(tokens, core.end, floor):
            return qualify(first, start, ceiling, Qualifier.RANGE)
    if rival := _read_rival(tokens, core):
        return qualify(first, start, rival, qualifier)
    return qualify(first, start, core, qualifier)


def _past_repetition(tokens: Sequence[Token], core: Core) -> Core:
    """Take in the "(2)" of "two (2) suspects"."""
    if token_at(tokens, core.end).word not in ("(", "["):
        return core
    again = read_cardinal(tokens, core.end + 1)
    if again is None or core.lower != core.upper or again.value != core.lower:
        return core
    closed = token_at(tokens, again.end).word in (")", "]")
    return core._replace(end=again.end + 1) if closed else core


def _read_ceiling(tokens: Sequence[Token], i: int, floor: int) -> Core | None:
    """Read "and as many as 20", "but fewer than 30" behind a lower bound."""
    k = i + 1 if token_at(tokens, i).word == "," else i
    if token_at(tokens, k).word not in ("and", "but"):
        return None
    k += 2 if token_at(tokens, k + 1).word in _HEDGES else 1
    bound = _BOUNDS_ABOVE.longest_at(tokens, k)
    if bound is None:
        return None
    phrase, qualifier = bound
    high = read_cardinal(tokens, k + len(phrase))
    if high is None or token_at(tokens, high.end).word in _BEFALLEN | _ELSE:
        return None
    upper = high.value - (1 if qualifier is Qualifier.FEWER_THAN else 0)
    return Core(floor, upper, high.end) if upper > floor else None


def _read_rival(tokens: Sequence[Token], core: Core) -> Core | None:
    """Read "three, possibly four", "three or perhaps four", "three if not four" as a range."""
    k = core.end
    bracket = token_at(tokens, k).word == "("
    if bracket or token_at(tokens, k).word in (",", "-", "\u2014"):
        k += 1
    if token_at(tokens, k).word in _CONJUNCTIONS:
        k += 1
    if is_spoken(tokens, k, ("if", "not")):
        k += 2
    elif token_at(tokens, k).word in _HEDGES:
        k += 1
    else:
        return None
    k = next((k + len(p) for p in _UP_TO if is_spoken(tokens, k, p)), k)
    high = read_cardinal(tokens, k)
    if high is None or core.upper is None or high.value <= core.upper:
        return None
    if bracket and token_at(tokens, high.end).word != ")":
        return None
    if token_at(tokens, high.end).word in _BEFALLEN:  # "killed three, possibly four wounded"
        return None
    return Core(core.lower, high.value, high.end + (1 if bracket else 0))


def read_suffix(tokens: Sequence[Token], i: int) -> tuple[Qualifier, int] | None:
    """Read "or more", "or so", "at least" behind a number."""
    if token_at(tokens, i).word not in _SUFFIX_STARTS:
        return None
    for phrase, qualifier in _SUFFIXES:
        if is_spoken(tokens, i, phrase):
            end = i + len(phrase)
            attached = (
                phrase[0] not in ("+", "-")
                or phrase[-1] == "more"
                or token_at(tokens, i - 1).end == tokens[i].start
            )
            # "killed 26, at least three of them …": the words belong to the next number.
            free = token_at(tokens, end).word not in _GOES_ON and (
                phrase[0] in ("+", "-") or read_core(tokens, end, running=True) is None
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


def _past_fillers(tokens: Sequence[Token], i: int) -> tuple[int, Qualifier | None]:
    """Skip "another" and a second qualifier: "at least another 20", "up to about 20"."""
    inner: Qualifier | None = None
    for _ in range(2):
        filler = _FILLERS.longest_at(tokens, i)
        i += filler[1] if filler else 0
        if prefix := PREFIXES.longest_at(tokens, i):
            i, inner = i + len(prefix[0]), inner or prefix[1]
    return i, inner
