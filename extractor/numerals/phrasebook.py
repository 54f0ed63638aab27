"""A phrasebook: phrases with what each means, found by the words that a text goes on with."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from extractor.numerals.tokens import Token, is_spoken, token_at
from extractor.numerals.words import Phrase

Meaning = TypeVar("Meaning")


class Phrasebook(Generic[Meaning]):
    """Phrases by their first two words, so that few need to be compared with a text."""

    def __init__(self, entries: Iterable[tuple[Phrase, Meaning]]) -> None:
        self._alone: dict[str, tuple[Phrase, Meaning]] = {}
        self._longer: dict[tuple[str, str], list[tuple[Phrase, Meaning]]] = {}
        for phrase, meaning in sorted(entries, key=lambda entry: -len(entry[0])):
            if len(phrase) == 1:
                self._alone.setdefault(phrase[0], (phrase, meaning))
            else:
                self._longer.setdefault((phrase[0], phrase[1]), []).append((phrase, meaning))
        self.beginnings = frozenset(self._alone) | {first for first, _ in self._longer}
        """The first words of all phrases."""

    def longest_at(self, tokens: Sequence[Token], i: int) -> tuple[Phrase, Meaning] | None:
        """The longest phrase that stands at token i, and what it means."""
        first = token_at(tokens, i).word
        if first not in self.beginnings:
            return None
        for entry in self._longer.get((first, token_at(tokens, i + 1).word), ()):
            if is_spoken(tokens, i, entry[0]):
                return entry
        return self._alone.get(first)
