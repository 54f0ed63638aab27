"""Phenomena: those that a label lists and those that its claims show must agree."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from eval.gold import GoldArticle
from eval.phenomena import Phenomenon
from extractor.codes import (
    Actuality,
    Hedge,
    Joint,
    Outcome,
    Qualifier,
    Role,
    Scope,
    Stance,
    Standing,
    Unit,
)
from extractor.records import BlameClaim, CountClaim


def implied_phenomena(gold: GoldArticle) -> frozenset[Phenomenon]:
    """The phenomena that the claims themselves show, so that they are never left out of a label."""
    return frozenset(one for one, shows in _SHOWN.items() if shows(gold))


def unfounded_phenomena(gold: GoldArticle) -> tuple[Phenomenon, ...]:
    """The phenomena listed of which the claims show nothing at all."""
    checks = {**_SHOWN, **_NEEDED}
    return tuple(one for one in gold.phenomena if one in checks and not checks[one](gold))


def _counts(gold: GoldArticle) -> Iterator[CountClaim]:
    for incident in gold.incidents:
        yield from incident.counts
    yield from gold.cumulative


def _blames(gold: GoldArticle) -> Iterator[BlameClaim]:
    for incident in gold.incidents:
        yield from incident.blames


def _qualified(*wanted: Qualifier) -> Callable[[GoldArticle], bool]:
    return lambda gold: any(one.number.qualifier in wanted for one in _counts(gold))


def _with_outcome(*wanted: Outcome) -> Callable[[GoldArticle], bool]:
    return lambda gold: any(one.outcome in wanted for one in _counts(gold))


def _with_stance(*wanted: Stance) -> Callable[[GoldArticle], bool]:
    return lambda gold: any(one.stance in wanted for one in _blames(gold))


def _scoped(*wanted: Scope) -> Callable[[GoldArticle], bool]:
    return lambda gold: any(one.scope in wanted for one in gold.cumulative)


def _has_no_incident(gold: GoldArticle) -> bool:
    return all(one.background for one in gold.incidents)


def _has_part(*, numbered: bool) -> Callable[[GoldArticle], bool]:
    return lambda gold: any(
        one.part_of is not None and (one.number.qualifier not in _WITHOUT_FIGURE) is numbered
        for one in _counts(gold)
    )


def _differing(value: Callable[[CountClaim], object]) -> Callable[[GoldArticle], bool]:
    """Whether speakers differ over the same outcome of an incident."""

    def shows(gold: GoldArticle) -> bool:
        return any(
            _differ(claims, value)
            for incident in gold.incidents
            for claims in _by_outcome(incident.counts)
        )

    return shows


def _by_outcome(counts: Iterable[CountClaim]) -> Iterable[list[CountClaim]]:
    """The claims of each outcome; those of dead or hurt are of both ("five were neutralised")."""
    grouped: dict[Outcome, list[CountClaim]] = {}
    for claim in counts:
        for outcome in _WITHIN.get(claim.outcome, (claim.outcome,)):
            grouped.setdefault(outcome, []).append(claim)
    return grouped.values()


def _differ(claims: list[CountClaim], value: Callable[[CountClaim], object]) -> bool:
    return any(
        one.speakers != other.speakers and value(one) != value(other)
        for n, one in enumerate(claims)
        for other in claims[n + 1 :]
    )


def _is_revised(gold: GoldArticle) -> bool:
    return any(one.supersedes or one.hedge is Hedge.WITHDRAWN for one in _counts(gold))


def _attackers_died(gold: GoldArticle) -> bool:
    died = (Outcome.KILLED, Outcome.DIED_OF_WOUNDS)
    return any(one.outcome in died and Role.ATTACKER in one.group.roles for one in _counts(gold))


def _is_hedged(gold: GoldArticle) -> bool:
    return any(one.stance is Stance.SUSPECTED or one.joint is Joint.EITHER for one in _blames(gold))


def _is_denied(gold: GoldArticle) -> bool:
    return any(
        one.answers is not None or one.stance in (Stance.DENIED, Stance.CLEARED)
        for one in _blames(gold)
    )


_WITHIN = {Outcome.KILLED_OR_INJURED: (Outcome.KILLED, Outcome.INJURED)}
_WITHOUT_FIGURE = frozenset({Qualifier.VAGUE, Qualifier.UNKNOWN_NUMBER})

_SHOWN: Mapping[Phenomenon, Callable[[GoldArticle], bool]] = {
    Phenomenon.AT_LEAST: _qualified(Qualifier.AT_LEAST, Qualifier.MORE_THAN),
    Phenomenon.UP_TO: _qualified(Qualifier.AT_MOST, Qualifier.FEWER_THAN),
    Phenomenon.APPROXIMATE: _qualified(Qualifier.APPROXIMATELY, Qualifier.NEARLY),
    Phenomenon.RANGE: _qualified(Qualifier.RANGE),
    Phenomenon.VAGUE: _qualified(Qualifier.VAGUE),
    Phenomenon.NUMBERED_SUBSET: _has_part(numbered=True),
    Phenomenon.UNNUMBERED_SUBSET: _has_part(numbered=False),
    Phenomenon.ENUMERATION: lambda gold: any(one.number.enumerated for one in _counts(gold)),
    Phenomenon.ATTACKER_AMONG_DEAD: _attackers_died,
    Phenomenon.REVISED_TOLL: _is_revised,
    Phenomenon.DIED_LATER: _with_outcome(Outcome.DIED_OF_WOUNDS),
    Phenomenon.CUMULATIVE_CONFLICT: _scoped(Scope.CONFLICT),
    Phenomenon.DENIAL: _is_denied,
    Phenomenon.SELF_CLAIM: _with_stance(Stance.SELF_CLAIMED, Stance.NOBODY_CLAIMED),
    Phenomenon.HEDGED_BLAME: _is_hedged,
    Phenomenon.EVENT_DENIED: lambda gold: any(
        one.actuality is Actuality.DISPUTED for one in gold.incidents
    ),
    Phenomenon.FOILED: lambda gold: any(
        one.actuality in (Actuality.FOILED, Actuality.THREATENED) for one in gold.incidents
    ),
    Phenomenon.NO_INCIDENT: _has_no_incident,
}
"""What claims show beyond doubt: such a phenomenon is listed if and only if they show it."""

_NEEDED: Mapping[Phenomenon, Callable[[GoldArticle], bool]] = {
    Phenomenon.DISTANT_SUBSET: lambda gold: any(one.part_of for one in _counts(gold)),
    Phenomenon.MIXED_STANDING: lambda gold: any(
        one.group.standing is Standing.MIXED or one.part_of for one in _counts(gold)
    ),
    Phenomenon.DISPUTED_STANDING: _differing(lambda claim: claim.group.standing),
    Phenomenon.CONFLICTING_SOURCES: _differing(
        lambda claim: (claim.number.lower, claim.number.upper, claim.number.qualifier)
    ),
    Phenomenon.CUMULATIVE_PERIOD: lambda gold: bool(gold.cumulative),
    Phenomenon.PARALLEL_INCIDENTS: lambda gold: len(gold.incidents) > 1,
    Phenomenon.ACCUSATION: _with_stance(Stance.ACCUSED, Stance.SUSPECTED, Stance.CHARGED),
    Phenomenon.NO_INJURIES: lambda gold: not _has_no_incident(gold),
    Phenomenon.CASUALTIES_ALONE: _with_outcome(Outcome.KILLED_OR_INJURED),
    Phenomenon.HYPOTHETICAL: lambda gold: bool(gold.distractors),
    Phenomenon.SHARED_SOURCE: lambda gold: any(True for _ in _counts(gold)),
    Phenomenon.NON_PERSONS: lambda gold: bool(gold.distractors),
    Phenomenon.BODIES_FOUND: lambda gold: (
        any(one.actuality is Actuality.DISCOVERY for one in gold.incidents)
        or any(one.number.unit is Unit.BODIES for one in _counts(gold))
    ),
    Phenomenon.RELEASED_OR_UNHARMED: _with_outcome(
        Outcome.RELEASED, Outcome.RESCUED, Outcome.UNHARMED
    ),
}
"""What a listed phenomenon cannot do without, though claims may show it and mean something else."""
