"""Place phrases in a sentence: the name, what it lies in, and how firmly it is the event's."""

import re
from collections.abc import Iterator
from functools import cache

from extractor.readers.baseline.places.finds import (
    Found,
    agencies,
    between,
    distances,
    headings,
    houses,
    objects,
)
from extractor.readers.baseline.places.finds import (
    subjects as subjects_struck,
)
from extractor.readers.baseline.places.phrase import PlacePhrase, base_name, nested, phrases_of
from extractor.readers.baseline.places.tails import read_place
from extractor.readers.baseline.places.ties import BEHIND, Tie, tie_of
from extractor.readers.baseline.places.vocabulary import RELATIONS, place_words

__all__ = ["PlacePhrase", "Tie", "base_name", "find_places", "nested"]


def find_places(sentence: str, *, subjects: bool = False) -> tuple[PlacePhrase, ...]:
    """Every place phrase of a sentence in order, those of other matters left out.

    Args:
        sentence: running text in mixed case; a sentence in capitals gives no names.
        subjects: also take places without a preposition ("the Old Town district was hit").
    """
    if _is_shouted(sentence):
        return ()
    found: list[PlacePhrase] = []
    taken: list[tuple[int, int]] = []
    for start, end, phrases in _found(sentence, subjects=subjects):
        if any(s < end and start < e for s, e in taken):
            continue
        taken.append((start, end))
        if _CUT.match(sentence, end) is None:
            found += phrases
    return tuple(sorted(found, key=lambda phrase: phrase.at))


# "Annapol5%s": a broken word, of which no piece is a name.
_CUT = re.compile(r"[\w%@#=\\]")


def _is_shouted(sentence: str) -> bool:
    letters = sum(map(str.isalpha, sentence))
    return sum(map(str.isupper, sentence)) > _IN_CAPITALS * letters


_IN_CAPITALS = 0.6  # of the letters; such a sentence gives no names


def _found(sentence: str, *, subjects: bool) -> Iterator[Found]:
    """Place phrases with where they stand, the surest ways to tell a place first."""
    yield from headings(sentence)
    yield from distances(sentence)
    yield from between(sentence)
    if subjects:
        yield from subjects_struck(sentence)
    yield from _after_prepositions(sentence)
    yield from objects(sentence)
    yield from houses(sentence)
    yield from agencies(sentence)


_NEXT = (
    r"(?=(?:the |a |an |his |her |their |its |this |that |village |town |villages |block |barrio "
    r"|colonia )"
    r"|[A-Z\u00c0-\u00de\u0130\u015a\u015e\u0160\"\u201c\d]|(?:al|el|as|ash|ar|az|an|ad|at|ed|er)-"
    r"|[a-z]+-(?:held|controlled|run)|[a-z]{4,12}(?:ern|ral|by|ly|ged|ed)? )"
)


_LONG_FIRST = ("near", "outskirts_of", "in", "loose")  # "in front of" is no "in"
_FIRM = frozenset({"in", "near", "outskirts_of"})


@cache
def _preposition() -> re.Pattern[str]:
    words = place_words()
    every = "|".join(f"(?P<{name}>{words.prepositions[name]})" for name in _LONG_FIRST)
    return re.compile(rf"\b(?i:{every}) (?:(?:and |about |around |just ))?{_NEXT}")


def _after_prepositions(sentence: str) -> Iterator[Found]:
    at = 0
    while match := _preposition().search(sentence, at):
        at = match.start() + 1
        kind = next(name for name, words in match.groupdict().items() if words)
        start = match.end(kind) + 1
        place = read_place(sentence, start) or (
            read_place(sentence, match.end()) if match.end() != start else None
        )
        if place is None:
            continue
        tie = tie_of(
            sentence[max(0, match.start() - BEHIND) : match.start()],
            match[kind].lower(),
            place,
            is_loose=kind == "loose",
        )
        if tie is None:
            if kind in _FIRM:  # else the next preposition may tell more of what was passed over
                at = max(at, place.end)
                yield match.start(), place.end, ()
            continue
        at = max(at, place.end)
        yield match.start(), place.end, tuple(phrases_of(place, RELATIONS[kind], tie))
