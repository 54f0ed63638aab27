"""Names: which words mean the same speaker, actor or place in one article.

Two bodies taken for one are worse than one body not recognised, so a short form is believed only
where it fits a single name of the article's gold and its noun says who is meant. A form longer than
all of gold's names somebody else: South Sudan is not Sudan. Only a speaker may be told at more
length than by gold, in a name that the article itself uses.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from eval.gold import GoldArticle
from eval.naming import NameRead, known_id, means_as_much, read_name, shortens
from extractor.article import Article
from extractor.codes import PlaceMethod, SpeakerType
from extractor.gazetteer import name_key
from extractor.records import Actor, Place, Speaker

_Named = TypeVar("_Named")


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names that gold uses in an article, and which of them mean the same."""

    aliases: tuple[frozenset[str], ...] = ()
    """The bodies that gold names: for each the names of it, as gold writes them."""
    text: str = ""
    """The key of the words of the article, where a speaker's full name may stand."""

    @classmethod
    def of(cls, gold: GoldArticle, article: Article | None = None) -> "Names":
        """The names of a labelled article."""
        named = [
            *(_Body(frozenset(names)) for names in gold.aliases),
            *(_Body(frozenset({name}), frozenset({kind})) for name, kind in _speakers_of(gold)),
            *_actors_of(gold),
        ]
        bodies = _joined(named, _are_one)
        # All at once and from the same start, so that the order of names does not matter.
        joined = _joined(bodies, lambda one, other: _is_only_fit(one, other, bodies))
        aliases = tuple(sorted((body.names for body in joined), key=sorted))
        return cls(aliases=aliases, text=_key_of_text(article) if article else "")

    def same(self, one: str | None, other: str | None, *, at_length: bool = False) -> bool:
        """Whether two names mean the same here; `at_length` lets one tell more than gold does."""
        if one is None or other is None:
            return one is other
        if read_name(one).keys & read_name(other).keys:
            return True
        mine = self._body(one, at_length)
        return mine is not None and mine == self._body(other, at_length)

    def same_speaker(self, one: Speaker, other: Speaker) -> bool:
        """Whether two speakers are the same: the type, and the name where there is one."""
        if one.type is not other.type:
            return False
        is_voice = one.type is SpeakerType.ARTICLE_VOICE
        return is_voice or self.same(one.name_text, other.name_text, at_length=True)

    def same_speakers(self, gold: Sequence[Speaker], predicted: Sequence[Speaker]) -> bool:
        """Whether two joint speakers are the same, in any order."""
        return _same_sets(gold, predicted, self.same_speaker)

    def same_actor(self, one: Actor, other: Actor) -> bool:
        """Whether two actors are the same: by canonical id, else by name."""
        if one.canonical_id and other.canonical_id:
            return one.canonical_id == other.canonical_id
        pairs = [(mine, name) for mine in _names_of(one) for name in _names_of(other)]
        return any(self.same(*pair) or self._is_one_known(*pair) for pair in pairs)

    def same_actors(self, gold: Sequence[Actor], predicted: Sequence[Actor]) -> bool:
        """Whether two sets of actors are the same, in any order."""
        return _same_sets(gold, predicted, self.same_actor)

    def same_place(self, gold: Place, predicted: Place) -> bool:
        """Whether two places are the same: by gazetteer id if both have one, else by name."""
        mine, theirs = own_id(gold), own_id(predicted)
        if mine and theirs:
            return mine == theirs
        ids = {gold.gazetteer_id, predicted.gazetteer_id}
        # Both known only by what they lie in: one name in two towns is two places.
        lie_apart = gold.method is predicted.method and None not in ids and len(ids) > 1
        return not lie_apart and self._same_place_name(gold.name_text, predicted.name_text)

    def _is_one_known(self, one: str, other: str) -> bool:
        """Whether both mean an actor known beyond the article, and gold has no two of them."""
        if not _are_one_known([one], [other]):
            return False
        bodies = {self._body(one, at_length=False), self._body(other, at_length=False)}
        return len(bodies - {None}) < 2

    def _same_place_name(self, one: str, other: str) -> bool:
        keys = {place_key(one), place_key(other)}
        return len(keys) == 1 or any(keys <= set(map(place_key, names)) for names in self.aliases)

    def _body(self, name: str, at_length: bool) -> int | None:
        """The body that a name means: the one that bears it, else the only one that it fits."""
        read = read_name(name)
        bearing = [n for n, names in enumerate(self.aliases) if _bears(names, read)]
        if not bearing:
            is_told = at_length and f" {name_key(name)} " in self.text
            bearing = [n for n, names in enumerate(self.aliases) if _fits(names, read, is_told)]
        return bearing[0] if len(bearing) == 1 else None


def own_id(place: Place) -> str | None:
    """Its id in the gazetteer, unless that is the id of what it lies in or is measured from."""
    is_own = place.method in (None, PlaceMethod.NAME, PlaceMethod.SOUND)
    return place.gazetteer_id if is_own else None


def place_key(name: str) -> str:
    """The key of a place's name: spelling marks and "town of", "neighbourhood" do not count."""
    key = name_key(name)
    return _SETTLEMENT_AFTER.sub("", _SETTLEMENT_BEFORE.sub("", key)) or key


_SETTLEMENT = "city|town|village|hamlet|neighbou?rhood|suburb"
_SETTLEMENT_BEFORE = re.compile(rf"^(?:{_SETTLEMENT}) of (?:the )?")
_SETTLEMENT_AFTER = re.compile(rf" (?:{_SETTLEMENT})$")


def _same_sets(
    gold: Sequence[_Named], predicted: Sequence[_Named], same: Callable[[_Named, _Named], bool]
) -> bool:
    return all(any(same(one, other) for other in predicted) for one in gold) and all(
        any(same(one, other) for one in gold) for other in predicted
    )


def _speakers_of(gold: GoldArticle) -> Iterator[tuple[str, str]]:
    claims = [claim for one in gold.incidents for claim in (*one.counts, *one.blames)]
    told = [claim.speakers for claim in (*claims, *gold.cumulative)]
    told += [one.speakers or () for one in gold.alternatives]
    for speaker in chain.from_iterable(told):
        if speaker.name_text:
            yield speaker.name_text, speaker.type.value


def _actors_of(gold: GoldArticle) -> Iterator["_Body"]:
    """The names of each actor, all those of one canonical id together."""
    accused = [actor for one in gold.incidents for blame in one.blames for actor in blame.accused]
    accused += [actor for one in gold.alternatives for actor in one.accused or ()]
    actors = [*accused, *(party.actor for one in gold.incidents for party in one.parties)]
    for n, actor in enumerate(actors):
        same_id = [
            one for one in actors if actor.canonical_id and one.canonical_id == actor.canonical_id
        ]
        yield _Body(
            frozenset(name for one in same_id or [actor] for name in _names_of(one)),
            frozenset({actor.type.value}),
            frozenset({actor.canonical_id} if actor.canonical_id else ()),
            n < len(accused),
        )


def _names_of(actor: Actor) -> tuple[str, ...]:
    canonical = actor.canonical_name
    return (actor.name_text,) if canonical is None else (actor.name_text, canonical)


@dataclass(frozen=True)
class _Body:
    names: frozenset[str]
    kinds: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    is_accused: bool = False


def _joined(bodies: Iterable[_Body], are_one: Callable[[_Body, _Body], bool]) -> list[_Body]:
    """Bodies, those that are one (if only by way of a third) joined."""
    joined: list[list[_Body]] = []
    for body in bodies:
        mine = [group for group in joined if any(are_one(body, one) for one in group)]
        rest = [group for group in joined if group not in mine]
        joined = [*rest, [body, *(one for group in mine for one in group)]]
    return [
        _Body(
            frozenset(name for one in group for name in one.names),
            frozenset(kind for one in group for kind in one.kinds),
            frozenset(known for one in group for known in one.ids),
            any(one.is_accused for one in group),
        )
        for group in joined
    ]


def _are_one(one: _Body, other: _Body) -> bool:
    return any(_bears(one.names, read_name(name)) for name in other.names)


def _are_one_known(names: Iterable[str], others: Iterable[str]) -> bool:
    return bool(set(map(known_id, names)) & set(map(known_id, others)) - {None})


def _is_only_fit(one: _Body, other: _Body, bodies: Sequence[_Body]) -> bool:
    if one.ids and other.ids and not one.ids & other.ids:
        return False
    if one.kinds & other.kinds and _are_one_known(one.names, other.names):
        return True
    # Gold that accuses two by names of which one ends in the other means two.
    fits = means_as_much if one.is_accused and other.is_accused else shortens
    return _fits_alone(one, other, bodies, fits) or _fits_alone(other, one, bodies, fits)


def _fits_alone(
    short: _Body, long: _Body, bodies: Sequence[_Body], fits: Callable[[NameRead, NameRead], bool]
) -> bool:
    """Whether a name of one body fits names of the other, and shortens those of no third."""
    for name in short.names:
        read = read_name(name)
        if not any(fits(read, read_name(full)) for full in long.names):
            continue
        others = [one for one in bodies if one not in (short, long)]
        is_only = not any(shortens(read, read_name(full)) for one in others for full in one.names)
        if is_only and short.kinds & long.kinds:
            return True
    return False


def _bears(names: Iterable[str], read: NameRead) -> bool:
    return any(read.keys & read_name(name).keys for name in names)


def _fits(names: Iterable[str], read: NameRead, at_length: bool) -> bool:
    longer = shortens if at_length else means_as_much
    return any(shortens(read, known) or longer(known, read) for known in map(read_name, names))


def _key_of_text(article: Article) -> str:
    words = name_key(f"{article.title or ''} {article.text}")
    return f" {words} "
