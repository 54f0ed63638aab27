"""Names: which words mean the same speaker, actor or place in one article."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from eval.gold import GoldArticle
from extractor.gazetteer import name_key
from extractor.records import Actor, Speaker

_Named = TypeVar("_Named")


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names that gold uses in an article, and which of them mean the same."""

    aliases: tuple[frozenset[str], ...] = ()
    """Keys of names that a labeller holds the same."""

    @classmethod
    def of(cls, gold: GoldArticle) -> "Names":
        """The names of a labelled article."""
        return cls(aliases=tuple(frozenset(map(name_key, names)) for names in gold.aliases))

    def same(self, one: str | None, other: str | None) -> bool:
        """Whether two names mean the same here."""
        if one is None or other is None:
            return one is other
        keys = {name_key(one), name_key(other)}
        return len(keys) == 1 or any(keys <= names for names in self.aliases)

    def same_speaker(self, one: Speaker, other: Speaker) -> bool:
        """Whether two speakers are the same: the type, and the name where there is one."""
        return one.type is other.type and self.same(one.name_text, other.name_text)

    def same_speakers(self, gold: Sequence[Speaker], predicted: Sequence[Speaker]) -> bool:
        """Whether two joint speakers are the same, in any order."""
        return _same_sets(gold, predicted, self.same_speaker)

    def same_actor(self, one: Actor, other: Actor) -> bool:
        """Whether two actors are the same: by canonical id, else by name."""
        if one.canonical_id and other.canonical_id:
            return one.canonical_id == other.canonical_id
        return self.same(one.name_text, other.name_text)

    def same_actors(self, gold: Sequence[Actor], predicted: Sequence[Actor]) -> bool:
        """Whether two sets of actors are the same, in any order."""
        return _same_sets(gold, predicted, self.same_actor)


def _same_sets(
    gold: Sequence[_Named], predicted: Sequence[_Named], same: Callable[[_Named, _Named], bool]
) -> bool:
    return all(any(same(one, other) for other in predicted) for one in gold) and all(
        any(same(one, other) for one in gold) for other in predicted
    )
