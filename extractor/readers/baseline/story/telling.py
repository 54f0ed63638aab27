"""Tellings: what one sentence tells of one incident, where it may tell of two."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from extractor.codes import AttackType, Outcome
from extractor.mentions import Mention
from extractor.people import Reference
from extractor.readers.baseline.places.finding import PlacePhrase
from extractor.readers.baseline.story.periods import is_summed_up
from extractor.readers.baseline.story.scenes import Scene
from extractor.readers.baseline.times.timing import Timing

# "A bomb killed four in Brod, while shells killed two in Tel Wared": a cut between two incidents.
_CUT = re.compile(
    r"; |,? (?:while|whereas)\b|,? and (?=in |near |at |on )|, and\b|, the other\b"
    r"|,? (?:was|were|came) (?:an? |in )?(?:response|reply|answer|reaction|retaliation)"
    r" (?:to|for)\b",
    re.IGNORECASE,
)
# "Air strikes killed four in Brod and shells killed two in Selim": a cut only where each side of it
# has its own harm and its own place.
_AND = re.compile(r",? and\b", re.IGNORECASE)

# "Two years after the massacre of nine pupils, gunmen killed a teacher": the older event stands
# aside of the news; the later toll is none of its.
_AGO = re.compile(
    r"(?:(?P<opens>^)|,? )(?P<since>(?:(?:just|only|barely|about|nearly|almost|more than) ){0,2}"
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}|several|some) "
    r"(?:(?P<far>weeks?|months?|years?|decades?)|days?)) after "
    r"(?P<an>(?:an?|another) (?:\w+ ){0,3}?(?:attack|bombing|blast|raid|shooting|ambush|explosion"
    r"|bomb|strike|air ?strike|massacre|assault|bomber|gunman)\b)?",
    re.IGNORECASE,
)
_THERE = re.compile(r"\b(?:there|same (?:city|town|village|place|area|district))\b", re.IGNORECASE)

_BATTLE = re.compile(r"\b(?:battles?|war|siege|conflict) (?:of|for|in|against) ", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Aside:
    """How an older event is told in a clause of a sentence that tells the news."""

    start: int
    end: int
    far: bool
    """Whether weeks or more lie between the two."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What one sentence tells of one incident: some or all of its figures."""

    scene: Scene
    mentions: tuple[Mention, ...]
    own_place: PlacePhrase | None = None
    """The place of its clause, where the sentence tells of several incidents."""
    clause: tuple[int, int] | None = None
    """Where its clause stands in the sentence; `None` if all of the sentence is its own."""
    aside: Aside | None = None
    """How it tells of an event before the news, if it does."""
    placeless: bool = False
    """Whether the place of its sentence belongs to the event told aside."""

    @property
    def at(self) -> int:
        """Where the first casualty is told."""
        return min(mention.verb_at for mention in self.mentions)

    @property
    def place(self) -> PlacePhrase | None:
        """The place phrase nearest to the casualty."""
        if self.aside or self.placeless:
            return self.own_place
        return self.own_place or self.scene.place(self.at)

    def time(self, published: date | None, anchor: date | None) -> Timing | None:
        """When it was, as far as its figures' sentence says; see `Scene.time`."""
        if self.aside:
            return None  # the day of the news, and how long before it: no day of its own is told
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
    def is_wide(self) -> bool:
        """Whether it may sum up many events: the dead of a battle or war, of nobody's one attack.

        "The battle of Brod left 900 dead." "The militia has killed hundreds." No day is told.
        """
        scene = self.scene
        if scene.times:
            return False
        if _BATTLE.search(scene.words, 0, self.at):
            return True
        return (
            not (scene.places or scene.cues or scene.agents)  # gunmen nobody knows did one deed
            and all(mention.voice == "active" for mention in self.mentions)
            and is_summed_up(scene.words)
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
    aside = _aside(scene, mentions)
    if aside is not None:
        yield from _news_and_aside(scene, mentions, aside)
        return
    for cuts in (
        [cut.start() for cut in _CUT.finditer(scene.words)],
        _own_clauses(scene, mentions),
    ):
        groups = list(_by_clause(scene, mentions, cuts))
        places = [scene.place_between(start, end) for start, end, _ in groups]
        names = {place.name.lower() for place in places if place is not None}
        if len(groups) > 1 and None not in places and len(names) == len(groups):
            for (start, end, group), place in zip(groups, places, strict=True):
                yield Telling(scene=scene, mentions=group, own_place=place, clause=(start, end))
            return
    yield Telling(scene=scene, mentions=mentions)


def _aside(scene: Scene, mentions: tuple[Mention, ...]) -> Aside | None:
    """Where a sentence tells of an older event besides its news, both with people of their own."""
    words = scene.words
    found = _AGO.search(words) if len(mentions) > 1 and " after " in words else None
    if found is None or any(one.people.reference is not Reference.NEW for one in mentions):
        return None
    start, end = found.start("since"), len(words)
    if found["opens"] is not None:
        first = next((one for one in mentions if one.start >= found.end()), None)
        end = words.find(", ", first.end) if first else -1
    inside = [start <= one.people.start < end for one in mentions]
    news = [one for one, aside in zip(mentions, inside, strict=True) if not aside]
    if all(inside) or not any(inside):
        return None
    if found["opens"] is None and not found["an"]:
        one, two = scene.place_between(0, start), scene.place_between(start, end)
        if one is None or two is None or _is_within(one, two):
            return None  # "six died, two days after they were shot"
    if not {one.outcome for one in news} & _harm(mentions, start, end):
        return None  # "nine died, a day after an attack wounded 40"
    return Aside(start=start, end=end, far=found["far"] is not None)


def _news_and_aside(scene: Scene, mentions: tuple[Mention, ...], aside: Aside) -> Iterator[Telling]:
    """The news of a sentence first, then the older event that it tells of."""
    old = tuple(one for one in mentions if aside.start <= one.people.start < aside.end)
    news = tuple(one for one in mentions if one not in old)
    begin, end = (aside.end, len(scene.words)) if aside.start == 0 else (0, aside.start)
    known = scene.place_between(aside.start, aside.end)
    own = scene.place_between(begin, end)
    if own is None and _THERE.search(scene.words, begin, end):
        own = known
    yield Telling(
        scene=scene, mentions=news, own_place=own, clause=(begin, end), placeless=own is None
    )
    yield Telling(
        scene=scene,
        mentions=old,
        own_place=known,
        clause=(aside.start, aside.end),
        aside=aside,
    )


def _own_clauses(scene: Scene, mentions: tuple[Mention, ...]) -> list[int]:
    """The places where "and" joins two events, each told with the same harm and its own place."""
    if len(mentions) < 2 or len(scene.places) < 2:
        return []
    kept: list[int] = []
    ends = [cut.start() for cut in _AND.finditer(scene.words)]
    for n, cut in enumerate(ends):
        start = kept[-1] if kept else 0
        end = ends[n + 1] if n + 1 < len(ends) else len(scene.words)
        before, after = _harm(mentions, start, cut), _harm(mentions, cut, end)
        one, two = scene.place_between(start, cut), scene.place_between(cut, end)
        if before & after and one and two and not _is_within(one, two):
            kept.append(cut)
    return kept


def _harm(mentions: tuple[Mention, ...], start: int, end: int) -> set[Outcome]:
    return {one.outcome for one in mentions if start <= one.people.start < end}


def _is_within(one: PlacePhrase, two: PlacePhrase) -> bool:
    """Whether one of two places lies in the other, as their phrases tell."""
    return bool({one.name, *one.within} & {two.name, *two.within})


def _by_clause(
    scene: Scene, mentions: tuple[Mention, ...], at: list[int]
) -> Iterator[tuple[int, int, tuple[Mention, ...]]]:
    """Stretches of a sentence between cuts, with the wholes they tell of and the parts of these."""
    cuts = [0, *at, len(scene.words)]
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
