"""Suspects: whom gold accuses in an incident, and whom only a careless reader would accuse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.cells import Harm
from eval.names import Names
from eval.scoring.case import Case
from extractor.codes import ActorType, Role, SpeakerType, Stance
from extractor.records import Actor, BlameClaim, Incident, Speaker

ESTABLISHED = frozenset({Stance.STATED_AS_FACT, Stance.SELF_CLAIMED, Stance.CONVICTED})
"""Stances that leave no doubt, or that the accused take on themselves."""

_ABSOLVING = frozenset({Stance.DENIED, Stance.CLEARED})
_OWN_FORCES = frozenset(
    {SpeakerType.GOVERNMENT, SpeakerType.MILITARY, SpeakerType.POLICE, SpeakerType.ARMED_GROUP}
)


@dataclass(frozen=True, kw_only=True)
class Suspects:
    """The actors of one incident, as gold has them."""

    names: Names
    accused: tuple[Actor, ...] = ()
    """Those whom gold accuses there in any reading, optional blames included."""
    opponents: tuple[Actor, ...] = ()
    """The side of the victims, accusers and deniers, unless gold accuses them, too."""
    elsewhere: tuple[Actor, ...] = ()
    """Those whom gold accuses of another incident and not of this one."""
    nobody: bool = True
    """Whether no blame that counts names anybody: whoever is accused there was made up."""

    def tempting(self) -> tuple[Harm, ...]:
        """The harms that a blame could do there."""
        tempting = {
            Harm.INVENTED_PERPETRATOR: self.nobody,
            Harm.FLIPPED_BLAME: bool(self.opponents),
            Harm.PROPAGATED_BLAME: bool(self.elsewhere),
        }
        return tuple(harm for harm, is_one in tempting.items() if is_one)

    def done_by(self, blame: BlameClaim) -> tuple[Harm, ...]:
        """The harms that a predicted blame does there."""
        if not accuses(blame):
            return ()
        invented = [one for one in blame.accused if not self.is_among(one, self.accused)]
        done = {
            Harm.INVENTED_PERPETRATOR: self.nobody and bool(invented),
            Harm.FLIPPED_BLAME: self._names_any(blame, self.opponents),
            Harm.PROPAGATED_BLAME: self._names_any(blame, self.elsewhere),
        }
        return tuple(harm for harm, is_one in done.items() if is_one)

    def is_among(self, actor: Actor, actors: Iterable[Actor]) -> bool:
        """Whether an actor is one of several."""
        return any(self.names.same_actor(one, actor) for one in actors)

    def _names_any(self, blame: BlameClaim, actors: Sequence[Actor]) -> bool:
        return any(self.is_among(actor, actors) for actor in blame.accused)


def suspects_of(case: Case, incident: Incident | None) -> Suspects:
    """The suspects of a gold incident; of one that gold does not have, all are of another."""
    blames = incident.blames if incident else ()
    accused = _accused(case, blames)
    around = [one for one in case.gold.incidents if one is not incident]
    suspects = Suspects(names=case.names, accused=accused)
    others = _accused(case, [blame for one in around for blame in one.blames])
    opponents = _opponents(case, incident) if incident else ()
    required = [blame for blame in blames if not case.gold.is_optional(blame.id)]
    return Suspects(
        names=case.names,
        accused=accused,
        opponents=tuple(one for one in opponents if not suspects.is_among(one, accused)),
        elsewhere=tuple(one for one in others if not suspects.is_among(one, accused)),
        nobody=not any(one.accused for blame in required for one in readings(case, blame)),
    )


def readings(case: Case, blame: BlameClaim) -> tuple[BlameClaim, ...]:
    """A gold blame as labelled, then each of its second readings."""
    others: list[BlameClaim] = []
    for one in case.gold.alternatives_of(blame.id):
        told: dict[str, object] = {
            "accused": one.accused,
            "joint": one.joint,
            "stance": one.stance,
            "speakers": one.speakers,
        }
        changed = {name: value for name, value in told.items() if value is not None}
        others.append(blame.model_copy(update=changed))
    return (blame, *others)


def accuses(blame: BlameClaim) -> bool:
    """Whether a blame names somebody and does not absolve them."""
    return bool(blame.accused) and blame.stance not in _ABSOLVING


def _accused(case: Case, blames: Iterable[BlameClaim]) -> tuple[Actor, ...]:
    told = (one for blame in blames for one in readings(case, blame) if accuses(one))
    return tuple(actor for one in told for actor in one.accused)


def _opponents(case: Case, incident: Incident) -> tuple[Actor, ...]:
    known = [actor for one in case.gold.incidents for actor in _actors(one)]
    claims = [one for one in incident.blames if accuses(one) and one.stance not in ESTABLISHED]
    names = [
        *(one.group.party for one in incident.counts if Role.ATTACKER not in one.group.roles),
        *(_body(one) for claim in claims for one in claim.speakers),
    ]
    denying = [one for one in incident.blames if one.stance in _ABSOLVING]
    return (
        *(_actor(case.names, name, known) for name in names if name),
        *(actor for one in denying for actor in one.accused),
    )


def _actors(incident: Incident) -> list[Actor]:
    blamed = [actor for one in incident.blames for actor in one.accused]
    return [*blamed, *(party.actor for party in incident.parties)]


def _body(speaker: Speaker) -> str | None:
    """The name of a speaker who has forces of its own and could have done it."""
    return speaker.name_text if speaker.is_party or speaker.type in _OWN_FORCES else None


def _actor(names: Names, name: str, known: Iterable[Actor]) -> Actor:
    """The actor of a name, with what gold knows of it elsewhere in the article."""
    bare = Actor(name_text=name, type=ActorType.UNIDENTIFIED)
    return next((one for one in known if names.same_actor(one, bare)), bare)
