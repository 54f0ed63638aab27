"""Phrases: no run of words stands in the texts of two stories, or in an example of a prompt."""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from eval.quoting import normal


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A text of a story, to be told apart from those of all others."""

    name: str
    story_id: str
    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in small letters, without what stands between them.

        Vowel signs and apostrophes inside a word belong to it.
        """
        return tuple(_word().findall(normal(self.text).casefold()))


def shared_runs(passages: Iterable[Passage], *, length: int) -> Iterator[tuple[str, str, str]]:
    """The first run of so many words that each two passages of different stories share.

    Yields:
        The name of the later passage, that of the earlier one, and the words.
    """
    first: dict[tuple[str, ...], Passage] = {}
    told: set[tuple[str, str]] = set()
    for passage in sorted(passages, key=lambda one: one.name):
        words = passage.words
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            other = first.setdefault(run, passage)
            pair = (passage.name, other.name)
            if other.story_id != passage.story_id and pair not in told:
                told.add(pair)
                yield passage.name, other.name, " ".join(run)


def runs_in_examples(
    passages: Iterable[Passage], examples: Mapping[str, str], *, length: int
) -> Iterator[tuple[str, str, str]]:
    """The first run of so many words that a passage shares with each example.

    Yields:
        The name of the passage, that of the example, and the words.
    """
    runs: dict[str, frozenset[tuple[str, ...]]] = {
        name: _runs(Passage(name=name, story_id=name, text=text).words, length)
        for name, text in sorted(examples.items())
    }
    for passage in sorted(passages, key=lambda one: one.name):
        words = passage.words
        for name, known in runs.items():
            for start in range(len(words) - length + 1):
                if (run := words[start : start + length]) in known:
                    yield passage.name, name, " ".join(run)
                    break


def _runs(words: tuple[str, ...], length: int) -> frozenset[tuple[str, ...]]:
    return frozenset(words[start : start + length] for start in range(len(words) - length + 1))


@cache
def _word() -> re.Pattern[str]:
    every = map(chr, range(sys.maxunicode + 1))
    marks = "".join(one for one in every if unicodedata.category(one).startswith("M"))
    letter = r"[^\W_]"
    return re.compile(rf"{letter}(?:{letter}|[{marks}]|'(?={letter}))*")
