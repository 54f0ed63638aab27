"""Predicates: the words and phrases that tell what befell people, ready to be looked up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extractor.codes import Outcome
from extractor.vocabulary import OutcomeWords, casualty_words, plain, verb_forms

_GAP = "~"
_LONGEST_GAP = 4  # words: "suffered [several life threatening gunshot] wounds"

# Tags of predicates; the other tags are told in `extractor.mentions.tags`.
PAST, UNDERGONE, PRESENT, GERUND = "K", "U", "V", "G"
TAKES, HAPPENED, HAPPENS, HAPPENING = "T", "O", "o", "g"
STATE, NOUN, TOLL = "A", "N", "L"


DRIVING = frozenset({"forced", "forcing", "forces", "drove", "driven", "driving"})
"""Verbs that make people leave: "forced 2,000 families to flee"."""
SENDING = frozenset(
    {"sent", "sends", "sending", "put", "puts", "putting", "landed", "leaves", "left"}
)
"""Verbs before people and "to the hospital"."""
STRIKING = frozenset({"hit", "hits", "hitting", "struck", "strikes", "striking"})
"""Verbs of shots and their people: "the bullet went astray, hitting two men"."""


@dataclass(frozen=True, kw_only=True)
class Predicate:
    """What a phrase tells: the outcome for each tag that it can have."""

    outcomes: dict[str, Outcome]


@dataclass(frozen=True, kw_only=True)
class _Phrase:
    words: tuple[frozenset[str] | None, ...]
    """Each word's alternatives; `None` where a few words may stand in between."""
    predicate: Predicate


def may_tell_harm(sentence: str) -> bool:
    """Whether any word or phrase of harm stands in a sentence: a quick look before a long one."""
    if sentence.isascii():
        words = _WORD.findall(sentence.lower())
    else:
        words = [plain(word) for word in _WORD.findall(sentence)]
    known, phrases = _nouns(), _phrases()
    if not known.isdisjoint(words) or _tells_blow(words):
        return True
    for at, word in enumerate(words):
        if word in phrases and longest_predicate(words, at) is not None:
            return True
    return False


def _tells_blow(words: Sequence[str]) -> bool:
    """Whether shots may have hit somebody, or sent somebody to hospital."""
    if "hospital" in words or "hospitals" in words:
        return not SENDING.isdisjoint(words)
    return not STRIKING.isdisjoint(words)


_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


@cache
def _nouns() -> frozenset[str]:
    """Words that tell harm in other ways than phrases do: "deaths", "bodies", "forced to flee"."""
    words = casualty_words()
    counted = {noun for outcome in words.outcomes.values() for noun in outcome.counted}
    return frozenset({*counted, *words.bodies.nouns, "fatally", *DRIVING})


def longest_predicate(words: Sequence[str], at: int) -> tuple[int, Predicate] | None:
    """The longest predicate that begins at a word, and the word after it.

    An empty word stands for people, or for a mark that no phrase reaches across.
    """
    for phrase in _phrases().get(words[at], ()):
        end = _end(phrase.words, words, at)
        if end is not None:
            return end, phrase.predicate
    return None


def _end(phrase: tuple[frozenset[str] | None, ...], words: Sequence[str], at: int) -> int | None:
    for n, alternatives in enumerate(phrase):
        if alternatives is None:
            rest = phrase[n + 1 :]
            for end in range(at, min(at + _LONGEST_GAP, len(words) - 1) + 1):
                if not all(words[at:end]):
                    return None
                found = _end(rest, words, end)
                if found is not None:
                    return found
            return None
        if at >= len(words) or words[at] not in alternatives:
            return None
        at += 1
    return at


@cache
def _phrases() -> dict[str, tuple[_Phrase, ...]]:
    """All phrases by their first word, long ones first."""
    told: dict[str, dict[str, Outcome]] = {}
    for outcome, words in casualty_words().outcomes.items():
        for phrase, tag in _tagged(words):
            told.setdefault(phrase, {}).setdefault(tag, outcome)
    by_first: dict[str, list[_Phrase]] = {}
    for text, outcomes in sorted(told.items(), key=lambda item: (-len(item[0].split()), item[0])):
        words = tuple(None if w == _GAP else frozenset(w.split("|")) for w in text.split())
        phrase = _Phrase(words=words, predicate=Predicate(outcomes=outcomes))
        for first in words[0] or ():
            by_first.setdefault(first, []).append(phrase)
    return {first: tuple(phrases) for first, phrases in by_first.items()}


def _tagged(words: OutcomeWords) -> Iterator[tuple[str, str]]:
    for entry in words.verbs:
        forms = verb_forms(entry)
        yield from ((forms.past, PAST), (forms.gerund, GERUND))
        yield from ((forms.base, PRESENT), (forms.third, PRESENT))
    for entry in words.takes:
        forms = verb_forms(entry)
        yield from ((forms.past, TAKES), (forms.gerund, GERUND))
        yield from ((forms.base, TAKES), (forms.third, TAKES))
    for entry in words.happens:
        forms = verb_forms(entry)
        yield from ((forms.past, HAPPENED), (forms.gerund, HAPPENING))
        yield from ((forms.base, HAPPENS), (forms.third, HAPPENS))
    yield from ((entry, UNDERGONE) for entry in words.undergone)
    yield from ((entry, STATE) for entry in words.states)
    yield from ((entry, NOUN) for entry in words.nouns)
    yield from ((entry, TOLL) for entry in words.tolls)
