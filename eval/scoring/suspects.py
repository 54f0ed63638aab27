"""Suspects: whom gold accuses in an incident, and whom only a careless reader would accuse."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from eval.cells import Harm
from eval.names import Names
from eval.naming import is_nationality, known_id, read_name
from eval.scoring.case import Case
from extractor.codes import ActorType, Role, SpeakerType, Stance
from extractor.gazetteer import name_key
from extractor.records import Actor, BlameClaim, Incident, Speaker

ESTABLISHED = frozenset({Stance.STATED_AS_FACT, Stance.SELF_CLAIMED, Stance.CONVICTED})
"""Stances that leave no doubt, or that the accused take on themselves."""

SETTLING: Mapping[Harm, frozenset[Stance]] = {
    Harm.OVER_ASSERTION: ESTABLISHED,
    Harm.SELF_CLAIM_AS_FACT: ESTABLISHED - {Stance.SELF_CLAIMED},
}
"""By the harm that settling an open guilt does: the stances that settle it."""

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
    """Those whom gold accuses by name of another incident and not of this one."""
    named: tuple[Actor, ...] = ()
    """Those of whom a blame of any stance speaks there, if only to absolve them."""
    known: tuple[Actor, ...] = ()
    """All whom gold has anywhere in the article."""
    nobody: bool = True
    """Whether no blame that counts names anybody: whoever is accused there was made up."""

    def tempting(self) -> tuple[Harm, ...]:
        """The harms that a blame could do there."""
        tempting = {
            Harm.INVENTED_PERPETRATOR: self.nobody,
            Harm.WRONG_PERPETRATOR: not self.nobody,
            Harm.FLIPPED_BLAME: bool(self.opponents),
            Harm.PROPAGATED_BLAME: bool(self.elsewhere),
        }
        return tuple(harm for harm, is_one in tempting.items() if is_one)

    def done_by(self, blame: BlameClaim) -> tuple[Harm, ...]:
        """The harms that a predicted blame does there.

        The wrong perpetrator is one also where it was flipped or propagated.
        """
        if not accuses(blame):
            return ()
        others = [one for one in blame.accused if not self.is_among(one, self.accused)]
        named = [one for one in others if is_named(one)]
        done = {
            Harm.INVENTED_PERPETRATOR: self.nobody and bool(named),
            Harm.WRONG_PERPETRATOR: not self.nobody
            and not all(self.is_among(one, self.named) for one in named),
            Harm.FLIPPED_BLAME: any(map(self._is_opponent, others)),
            Harm.PROPAGATED_BLAME: any(self.is_among(one, self.elsewhere) for one in others),
        }
        return tuple(harm for harm, is_one in done.items() if is_one)

    def is_among(self, actor: Actor, actors: Iterable[Actor]) -> bool:
        """Whether an actor is one of several."""
        return any(self.names.same_actor(one, actor) for one in actors)

    def _is_opponent(self, actor: Actor) -> bool:
        if self.is_among(actor, self.opponents):
            return True
        # "The army" is the Syrian army of a reader who knows the country, and no foreign one.
        is_own = actor.type in _OF_THE_STATE and not self.is_among(actor, self.known)
        return is_own and any(_ends_in(actor, one.name_text) for one in self.opponents)


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Some whose guilt gold leaves open in an incident: giving it as settled does harm."""

    harm: Harm
    accused: tuple[Actor, ...]
    blames: tuple[BlameClaim, ...]
    """The gold blames that leave it open."""


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
        elsewhere=tuple(
            one for one in others if is_named(one) and not suspects.is_among(one, accused)
        ),
        named=_spoken_of(case, blames),
        known=tuple(actor for one in case.gold.incidents for actor in _actors(one)),
        nobody=not any(map(is_named, _spoken_of(case, required))),
    )


def doubts_of(
    case: Case, blames: Iterable[BlameClaim], required: Iterable[BlameClaim]
) -> tuple[Doubt, ...]:
    """What the required blames of an incident leave open and none of its blames settles.

    There is one doubt for each set of accused, however many say so.
    """
    told = [one for blame in blames for one in readings(case, blame)]
    suspects = Suspects(names=case.names)
    doubts: list[Doubt] = []
    for blame in required:
        harm = _harm_of_settling(readings(case, blame))
        if harm is None:
            continue
        settled = [actor for one in told if one.stance in SETTLING[harm] for actor in one.accused]
        accused = tuple(one for one in blame.accused if not suspects.is_among(one, settled))
        same = (
            n
            for n, one in enumerate(doubts)
            if one.harm is harm and case.names.same_actors(one.accused, accused)
        )
        if (n := next(same, None)) is not None:
            doubts[n] = replace(doubts[n], blames=(*doubts[n].blames, blame))
        elif accused:
            doubts.append(Doubt(harm=harm, accused=accused, blames=(blame,)))
    return tuple(doubts)


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


def is_named(actor: Actor) -> bool:
    """Whether it is said who an actor is: "gunmen" are nobody, "the Hill Guards" are somebody."""
    if actor.type is not ActorType.UNIDENTIFIED or actor.canonical_id is not None:
        return True
    # Where men are from does not tell who they are, unless that is a body and no place.
    told, *origin = _ORIGIN.split(actor.name_text, maxsplit=1)
    is_known = any(known_id(one.strip()) is not None for one in (told, *origin))
    return is_known or not _is_nobody(told)


def _is_nobody(name: str) -> bool:
    """Whether a name is made only of nouns that name nobody and of words that describe them."""
    words = re.findall(r"\w+", name)
    keys = [_ARABIC_ARTICLE.sub("", name_key(word)) for word in words]
    if not set(keys) & _NOBODIES:
        return False
    # Behind "unidentified" also aircraft and drones are nobody's: what has a capital is a name.
    is_unknown = bool(set(keys) & _UNKNOWN)
    return all(
        key.isdigit()
        or key in _NOBODIES | _DESCRIBING
        or is_nationality(word)
        or (is_unknown and word.islower())
        for word, key in zip(words, keys, strict=True)
    )


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(name_key, words.split()))


_ORIGIN = re.compile(r"\b(?:from|in|near|at|on|with)\b", re.IGNORECASE)
_ARABIC_ARTICLE = re.compile(r"^\u0627\u0644(?=\w{4})")
_UNKNOWN = _keys(
    "unidentified unknown unnamed مجهول مجهولون مجهولين desconocido desconocidos inconnu inconnus"
    " desconhecido desconhecidos невідомі невідомий неизвестные неизвестный"
)
_NOBODIES = _UNKNOWN | _keys(
    "gunman gunmen attacker attackers assailant assailants shooter shooters bomber bombers man men"
    " woman person persons people individual individuals soldier somebody someone"
    " مسلح مسلحون مسلحين hombre hombres pistoleros atacantes homme hommes assaillants homem homens"
    " озброєні озброєний вооруженные"
)
"""Nouns that name nobody; fighters and rebels are somebody's."""
_DESCRIBING = _keys(
    "a an the some several two three four five six armed masked hooded heavily suspected alleged"
    " islamist lone other young local group groups of kurdish arab sunni shia muslim christian"
    " suicide el la los las unos un une des les armado armados armé armés uns os люди чоловіки"
)
_OF_THE_STATE = frozenset({ActorType.STATE_FORCES, ActorType.POLICE})


def _ends_in(actor: Actor, name: str) -> bool:
    """Whether a name of an actor is another with more words before it."""
    short = read_name(name).words
    full = [read_name(one).words for one in (actor.name_text, actor.canonical_name) if one]
    return bool(short) and any(one[-len(short) :] == short for one in full)


def _harm_of_settling(told: Sequence[BlameClaim]) -> Harm | None:
    """The harm that giving a gold blame, in any of its readings, as a fact would be, if any."""
    stances = {one.stance for one in told}
    if stances == {Stance.SELF_CLAIMED}:
        return Harm.SELF_CLAIM_AS_FACT
    return None if stances & ESTABLISHED else Harm.OVER_ASSERTION


def _spoken_of(case: Case, blames: Iterable[BlameClaim]) -> tuple[Actor, ...]:
    told = (one for blame in blames for one in readings(case, blame))
    return tuple(actor for one in told for actor in one.accused)


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
        *(actor for name in names if name for actor in _bearers(case.names, name, known)),
        *(actor for one in denying for actor in one.accused),
    )


def _actors(incident: Incident) -> list[Actor]:
    blamed = [actor for one in incident.blames for actor in one.accused]
    return [*blamed, *(party.actor for party in incident.parties)]


def _body(speaker: Speaker) -> str | None:
    """The name of a speaker who has forces of its own and could have done it."""
    return speaker.name_text if speaker.is_party or speaker.type in _OWN_FORCES else None


def _bearers(names: Names, name: str, known: Iterable[Actor]) -> tuple[Actor, ...]:
    """The actor of a name: the bare name, and what gold knows of it elsewhere in the article.

    The bare name fits by its words also where a prediction takes it for another body.
    """
    bare = Actor(name_text=name, type=ActorType.UNIDENTIFIED)
    first = next((one for one in known if names.same_actor(one, bare)), None)
    return (bare,) if first is None else (bare, first)
