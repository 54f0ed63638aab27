"""Relevance: which incidents the corpus wants reported.

It wants terrorist acts that are recent and told with particulars. What only fighters do to each
other, the toll of a war, and what is said of a policy ("a regime that murders priests") are none.
"""

from datetime import date

from eval.corpora.muc4.convention import Convention, Relevance
from eval.corpora.muc4.victims import counted_victims, names_of
from extractor.codes import AttackType, Qualifier, Standing
from extractor.records import CountClaim, Incident

_UNCOUNTED = frozenset({Qualifier.VAGUE, Qualifier.UNKNOWN_NUMBER})


def is_relevant(incident: Incident, wired: date | None, convention: Convention) -> bool:
    """Whether the corpus wants an incident reported: recent, of one event, not of fighters alone.

    Where people are counted but none of them as a target ("six rebels were killed", "two suspects
    were arrested"), it is no terrorist act unless somebody is blamed for one.
    """
    relevance = convention.relevance
    if incident.background and relevance.skips_background:
        return False
    if incident.actuality not in relevance.actualities:
        return False
    if _is_old(incident, wired, relevance):
        return False
    targets = counted_victims(incident, convention.victims)
    if incident.counts and not targets and not incident.blames:
        return False
    hit = [one for one in targets if one.number.qualifier is not Qualifier.NONE]
    if _is_general(incident, hit) or _is_war(incident, hit, relevance):
        return False
    return not _is_military(incident, hit, convention)


def _is_old(incident: Incident, wired: date | None, relevance: Relevance) -> bool:
    last = incident.when.end or incident.when.start
    return bool(wired and last and (wired - last).days > relevance.oldest_days)


def _is_general(incident: Incident, hit: list[CountClaim]) -> bool:
    """Whether no event is told, but what happens now and then: nobody did it on any day to so many.

    "It denounced the murder of activists and peasants."
    """
    if not hit or incident.blames or incident.when.expression is not None:
        return False
    return all(one.number.qualifier in _UNCOUNTED for one in hit)


def _is_war(incident: Incident, hit: list[CountClaim], relevance: Relevance) -> bool:
    """Whether it is the toll of a war, or a force of a state hits nobody, or on no day told."""
    if any((one.number.lower or 0) > relevance.most_people for one in hit):
        return not (incident.parties or incident.blames)
    accused = [actor.type for blame in incident.blames for actor in blame.accused]
    goes_on = not hit or incident.when.expression is None
    return goes_on and bool(accused) and set(accused) <= relevance.forces


def _is_military(incident: Incident, hit: list[CountClaim], convention: Convention) -> bool:
    """Whether only fighters clash: "17 casualties" of a clash are theirs, too."""
    relevance, victims = convention.relevance, convention.victims
    if hit and all(
        one.outcome in relevance.tolls_of_fighters and not names_of(one, victims) for one in hit
    ):
        return True
    main = incident.attack_types[0] if incident.attack_types else AttackType.UNKNOWN
    if main not in relevance.military_attacks:
        return False
    if not hit and main is not AttackType.ARMED_CLASH and incident.blames:
        return False  # rebels shelled a palace, and nobody was hurt
    return all(
        one.group.standing in relevance.military_standings
        or (one.group.standing is Standing.UNSPECIFIED and not names_of(one, victims))
        for one in hit
    )
