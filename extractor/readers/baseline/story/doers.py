"""Doers: those who did it, when they are harmed themselves, are none of their victims (R15).

"Gunmen killed five. The army later killed two of the gunmen": two claims, and no part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extractor.codes import ActorType, Outcome, Role
from extractor.mentions import Mention
from extractor.people import find_people
from extractor.readers.baseline.actors.finding import actor_type
from extractor.readers.baseline.story.claims import Claim
from extractor.readers.baseline.story.sameness import Who, is_plain, noun_of
from extractor.wire import WireCount

_HARMED = frozenset(
    {Outcome.KILLED, Outcome.INJURED, Outcome.DIED_OF_WOUNDS, Outcome.KILLED_OR_INJURED}
)
# Nouns that say by themselves that somebody attacks.
_ATTACKING = frozenset(
    {"gunman", "knifeman", "shooter", "attacker", "assailant", "bomber", "hijacker", "raider"}
)
_NOBODY_ELSE = frozenset({"suspect"})  # of the nouns that may mean anybody, the one for a doer
_UNKNOWN = frozenset({None, ActorType.UNIDENTIFIED, ActorType.PRIVATE_PERSON})
_FORCES = frozenset({"police"})  # a force that no list of actors has, as it names nobody
# "(A gunman shot three) before he was killed": the subject of the main clause.
_BEFORE = re.compile(r"\b(?:before|until) $", re.IGNORECASE)


@dataclass(kw_only=True)
class Doers:
    """Who is told to have done an incident, one sentence after another."""

    _told: dict[str, bool] = field(default_factory=dict[str, bool])
    """What doers are called, in the singular, and whether they are forces known by their kind."""
    _one: str | None = None
    """The one person told last to have done it."""
    _alone: bool = False
    """Whether one person was told to be a victim."""

    def hear(self, claim: Claim, who: Who) -> None:
        """Note who did what a claim tells."""
        agent = claim.mention.agent
        for doer in claim.scene.agents:
            if agent is None or doer.span != agent:
                self._note(claim.scene.words[slice(*doer.span)])
        if not who.does and who.is_one:
            self._alone = True
        if agent is None or claim.mention.outcome not in _HARMED:
            return
        self._note(claim.scene.words[slice(*agent)])

    def marked(self, claim: Claim, who: Who) -> Who:
        """People as told, with the note whether they are those who did it."""
        if claim.mention.outcome not in _HARMED:
            return who
        for words in _agents_before(claim):
            self._note(words)
        if _is_himself(claim):
            return replace(who, does=True)
        if who.is_again and who.is_one and not who.nouns and not who.names:
            one = self._one if self._is_subject(claim) else None
            return who if one is None else replace(who, does=True, nouns=frozenset({one}))
        if _does_harm(claim):
            return replace(who, does=True)
        known = who.nouns & self._told.keys()
        attacking = who.nouns & _ATTACKING or Role.ATTACKER in who.kind.roles
        sure = attacking and (self.any_attacker or not self._alone)
        suspect = who.nouns & _NOBODY_ELSE and who.is_again and who.is_one and self._one
        return replace(who, does=True) if known or sure or suspect else who

    @property
    def any_attacker(self) -> bool:
        """Whether anybody but forces is told to have done it."""
        return self._one is not None or False in self._told.values()

    def points_back(self, claim: Claim) -> bool:
        """Whether somebody hurt before is the attacker: "shot a man. He had stabbed two"."""
        agent = claim.mention.agent
        words = claim.scene.words[slice(*agent)].lower() if agent else ""
        return words in ("he", "she") and not self.any_attacker

    def are_attackers(self, claim: Claim, who: Who) -> bool:
        """Whether people are told to be the attackers, and no force in a clash."""
        sure = who.is_again or _does_harm(claim)
        return who.does and sure and not any(self._told.get(noun) for noun in who.nouns)

    def _note(self, words: str) -> None:
        noun = noun_of(words)
        if noun and (not is_plain(noun) or noun in _NOBODY_ELSE):
            self._told[noun] = noun in _FORCES or actor_type(words) not in _UNKNOWN
        self._one = _one_person(words)

    def _is_subject(self, claim: Claim) -> bool:
        """Whether "he" is the doer: "before he was shot", or nobody else was told of alone."""
        at = claim.mention.people.start
        before = _BEFORE.search(claim.scene.words, max(0, at - 8), at) is not None
        return before or not self._alone


def as_attackers(wire: WireCount) -> WireCount:
    """A claim on people who are told to be the attackers."""
    roles = list(dict.fromkeys([*wire.group.roles, Role.ATTACKER]))
    return wire.model_copy(update={"group": wire.group.model_copy(update={"roles": roles})})


def _agents_before(claim: Claim) -> Iterator[str]:
    """The doers told in the sentence before the people of a claim, but for its own deed."""
    words, mention = claim.scene.words, claim.mention
    for agent in claim.scene.agents:
        if agent.span[1] <= mention.people.start and not _is_agent(mention, agent.span):
            yield words[slice(*agent.span)]


def _is_himself(claim: Claim) -> bool:
    """Whether the doer is harmed by his own deed: "(killed two) before shooting himself"."""
    words = claim.scene.words[claim.mention.people.start : claim.mention.people.end]
    return words.lower() in ("himself", "herself")


def _does_harm(claim: Claim) -> bool:
    """Whether the sentence tells what the same people did: "stabbed two before being shot"."""
    people, own = claim.mention.people, claim.mention
    return any(
        other is not own
        and other.outcome in _HARMED
        and (
            _is_agent(other, (people.start, people.end))
            or (other.rule == "active" and _is_told_of(claim, other))
        )
        for other in claim.scene.mentions
    )


# "(Troops shot a man) who had (stabbed two)".
_WHO = re.compile(
    r",? (?:who|that)(?: (?:had|has|have|\w+ly|also|earlier|later|then|just)){0,3} ", re.IGNORECASE
)


def _is_told_of(claim: Claim, other: Mention) -> bool:
    """Whether a relative clause right behind the people tells what they did."""
    return _WHO.fullmatch(claim.scene.words, claim.mention.people.end, other.verb_at) is not None


def _is_agent(mention: Mention, span: tuple[int, int]) -> bool:
    return mention.agent is not None and mention.agent[0] < span[1] and span[0] < mention.agent[1]


def _one_person(words: str) -> str | None:
    """What a doer is called who is one person; empty for several, a force, or a thing."""
    people = [one for one in find_people(words) if one.end == len(words)]
    one = people[-1] if people else None
    if one is None or one.number.lower != 1 or one.number.upper != 1:
        return None
    return noun_of(words)
