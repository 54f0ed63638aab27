"""Texts: no article stands twice in a gold set, and none stands almost twice in two stories."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from eval.lint.words import normal
from extractor.article import Article

SHINGLE = 8
"""Words in a row: fewer are shared by reports that have nothing to do with each other."""

ALIKE = 0.5
"""Share of common shingles from which texts of two stories, or of two splits, are one report."""

COPIED = 0.8
"""Share from which texts of one story are the same report once more."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text of the set, with what may make a likeness harmless."""

    article: Article
    story_id: str | None
    split: str | None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, in small letters."""
        return tuple(normal(self.article.text).casefold().split())

    @cached_property
    def shingles(self) -> frozenset[int]:
        """Its stretches of so many words."""
        ends = range(SHINGLE, max(len(self.words), SHINGLE) + 1)
        return frozenset(hash(self.words[end - SHINGLE : end]) for end in ends)

    @cached_property
    def sha256(self) -> str:
        """Hash of its words."""
        return hashlib.sha256(" ".join(self.words).encode()).hexdigest()


def likenesses(texts: Mapping[str, Text]) -> Iterator[tuple[str, str]]:
    """The texts that stand twice: the name of one, and what is wrong with it."""
    names = sorted(texts)
    for (one, other), shared in sorted(_shared(texts).items()):
        first, second = texts[names[one]], texts[names[other]]
        union = len(first.shingles | second.shingles)
        share = shared / union
        told = f"of {texts[names[one]].article.id!r}"
        if first.sha256 == second.sha256:
            yield names[other], f"it is the text {told} once more; take one out"
        elif first.split != second.split and share >= ALIKE:
            told = f"{share:.0%} of it is {told} too, which is in another split"
            yield names[other], f"{told}; put both into one or take one out"
        elif first.story_id != second.story_id and share >= ALIKE:
            told = f"{share:.0%} of it is {told} too; give both one story_id or take one out"
            yield names[other], told
        elif share >= COPIED:
            yield names[other], f"{share:.0%} of it is {told} too; take one out"


def _shared(texts: Mapping[str, Text]) -> Counter[tuple[int, int]]:
    """How many shingles each two texts share, if any."""
    holders: dict[int, list[int]] = {}
    for n, name in enumerate(sorted(texts)):
        for shingle in texts[name].shingles:
            holders.setdefault(shingle, []).append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for listed in holders.values():
        shared.update(combinations(listed, 2))
    return shared
