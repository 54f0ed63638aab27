"""Tellings: what one sentence tells of one incident, where it may tell of two."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from extractor.codes import AttackType
from extractor.mentions import Mention
from extractor.people import Reference
from extractor.readers.baseline.places.finding import PlacePhrase
from extractor.readers.baseline.story.scenes import Scene
from extractor.readers.baseline.times.timing import Timing

# "A bomb killed four in Brod, while shells killed two in Tel Wared": a cut between two incidents.
_CUT = re.compile(
    r"; |,? (?:while|whereas)\b|,? and (?=in |near |at |on )|, and\b|, the other\b", re.I
)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What one sentence tells of one incident: some or all of its figures."""

    scene: Scene
    mentions: tuple[Mention, ...]
    own_place: PlacePhrase | None = None
    """The place of its clause, where the sentence tells of several incidents."""

    @property
    def at(self) -> int:
        """Where the first casualty is told."""
        return min(mention.verb_at for mention in self.mentions)

    @property
    def place(self) -> PlacePhrase | None:
        """The place phrase nearest to the casualty."""
        return self.own_place or self.scene.place(self.at)

    def time(self, published: date | None, anchor: date | None) -> Timing | None:
        """When it was, as far as its figures' sentence says; see `Scene.time`."""
        return self.scene.time(published, anchor, self.mentions)

    @property
    def attacks(self) -> tuple[AttackType, ...]:
        """How the violence was done, as told nearest to the casualty."""
        return self.scene.attacks(self.at)

    @property
    def is_again(self) -> bool:
        """Whether it tells only of people spoken of as known: "the boy died", "both were hurt"."""
        return all(
            mention.people.reference in (Reference.DEFINITE, Reference.PRONOUN)
            for mention in self.mentions
        )

    @property
    def is_aside(self) -> bool:
        """Whether it tells who somebody is by an older deed: "a leader who was held on 3 May"."""
        return bool(self.scene.times) and all(
            mention.rule == "reduced" or _is_relative(self.scene.words, mention.verb_at)
            for mention in self.mentions
        )

    @property
    def is_more(self) -> bool:
        """Whether it tells of people beside those told of: "another two were detained"."""
        return any(mention.people.reference is Reference.MORE for mention in self.mentions)


_RELATIVE = re.compile(
    r"\b(?:who|whom|which|that)(?: (?:was|were|had|has|have|been|also|later|recently)){0,3} $",
    re.IGNORECASE,
)


def _is_relative(words: str, verb_at: int) -> bool:
    return _RELATIVE.search(words, max(0, verb_at - 40), verb_at) is not None


def tellings_of(scene: Scene, mentions: tuple[Mention, ...]) -> Iterator[Telling]:
    """The mentions of a sentence, by incident: cut where each clause has a place of its own."""
    if not mentions:
        return
    groups = list(_by_clause(scene, mentions))
    places = [scene.place_between(start, end) for start, end, _ in groups]
    names = {place.name.lower() for place in places if place is not None}
    if len(groups) > 1 and None not in places and len(names) == len(groups):
        for (_, _, group), place in zip(groups, places, strict=True):
            yield Telling(scene=scene, mentions=group, own_place=place)
    else:
        yield Telling(scene=scene, mentions=mentions)


def _by_clause(
    scene: Scene, mentions: tuple[Mention, ...]
) -> Iterator[tuple[int, int, tuple[Mention, ...]]]:
    """Stretches of a sentence between cuts, with the wholes they tell of and the parts of these."""
    cuts = [0, *(cut.start() for cut in _CUT.finditer(scene.words)), len(scene.words)]
    wholes = {n: mention for n, mention in enumerate(scene.mentions) if mention.part_of is None}

    def clause_at(mention: Mention) -> int:
        whole = wholes.get(mention.part_of, mention) if mention.part_of is not None else mention
        return max(cut for cut in cuts if cut <= whole.people.start)

    stretches: dict[int, list[Mention]] = {}
    for mention in mentions:
        stretches.setdefault(clause_at(mention), []).append(mention)
    starts = [*sorted(stretches), len(scene.words)]
    for n, start in enumerate(starts[:-1]):
        begin = 0 if n == 0 else start
        yield begin, starts[n + 1], tuple(stretches[start])
