"""Names and descriptions compared: who is meant, whatever modifiers stand around it."""

from dataclasses import dataclass
from functools import lru_cache

from eval.corpora.muc4.convention import Scoring, Words
from extractor.gazetteer import name_key


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A name or description in parts."""

    words: tuple[str, ...]
    """All words that tell something, in the singular."""
    head: str
    """The word that says what they are: "members" of "members of the town council"."""


def people_credit(key: str, answer: str, scoring: Scoring) -> float:
    """1 if both have the same head and no word sets them apart, ½ for a shared word, else 0."""
    return _people_credit(key, answer, scoring.loose_words, scoring.tail_words)


def organisation_credit(key: str, answer: str, scoring: Scoring) -> float:
    """1 for the same name, ½ where one name holds the other ("army", "national army"), else 0.

    A shared word is not enough: "liberation front" and "liberation army" are two organisations.
    """
    loose = scoring.loose_words | scoring.loose_organisation_words
    return _organisation_credit(key, answer, loose)


@lru_cache(maxsize=100_000)
def _people_credit(key: str, answer: str, loose: Words, tails: Words) -> float:
    mine, theirs = _phrase(key, loose, tails), _phrase(answer, loose, tails)
    if mine.words == theirs.words:
        return 1.0
    shared = set(mine.words) & set(theirs.words)
    is_held = len(shared) in (len(set(mine.words)), len(set(theirs.words)))
    if is_held and mine.head == theirs.head:
        return 1.0
    return 0.5 if shared else 0.0


@lru_cache(maxsize=100_000)
def _organisation_credit(key: str, answer: str, loose: Words) -> float:
    mine, theirs = _telling(key, loose), _telling(answer, loose)
    if mine == theirs:
        return 1.0
    short, long = sorted((mine, theirs), key=len)
    return 0.5 if f" {' '.join(short)} " in f" {' '.join(long)} " else 0.0


@lru_cache(maxsize=50_000)
def _phrase(text: str, loose: Words, tails: Words) -> Phrase:
    words = name_key(text).split()
    end = next((n for n, word in enumerate(words) if n and word in tails), len(words))
    core = [word for word in words[:end] if word not in loose] or words[:end] or [""]
    told = [word for word in words if word not in loose and word not in tails] or words
    return Phrase(words=tuple(map(_singular, told)), head=_singular(core[-1]))


def _telling(text: str, loose: Words) -> tuple[str, ...]:
    words = [word for word in name_key(text).split() if word != "of"]
    kept = [_singular(word) for word in words if word not in loose]
    return tuple(kept or words)


def _singular(word: str) -> str:
    if word.endswith("men"):
        return f"{word[:-3]}man"
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word
