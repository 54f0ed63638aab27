"""Perpetrators: who is told as having done it, and by the decision tree how surely."""

from dataclasses import dataclass, field

from eval.corpora.muc4.convention import Convention, Perpetrators, StatusRow
from eval.corpora.muc4.keys import Fill, Slot
from eval.corpora.muc4.organisations import Cast, read_actor
from extractor.gazetteer import name_key
from extractor.records import Actor, BlameClaim, Incident


@dataclass(kw_only=True)
class _Organisation:
    """An organisation, with the blames that name it."""

    names: tuple[str, ...]
    blames: list[BlameClaim] = field(default_factory=list[BlameClaim])


def perpetrator_fills(
    incident: Incident, cast: Cast, convention: Convention
) -> dict[Slot, tuple[Fill, ...]]:
    """Who did it: those who are blamed, and armed sides that take part where nobody blames them."""
    rules = convention.perpetrators
    persons: dict[str, str] = {}
    blamed: list[_Organisation] = []
    for blame in incident.blames:
        if blame.stance in rules.passed_over:
            continue
        for actor in blame.accused:
            named = read_actor(actor, cast, rules)
            if named.person:
                persons.setdefault(name_key(named.person), named.person)
            if named.organisation:
                _organisation(blamed, named.organisation).blames.append(blame)
    sides: list[_Organisation] = []
    for actor in _acting_sides(incident, rules):
        named = read_actor(actor, cast, rules)
        if named.person:
            persons.setdefault(name_key(named.person), named.person)
        if named.organisation and not blamed:
            _organisation(sides, named.organisation)
    organisations = blamed or sides
    statuses = [
        (one.names, status_of(one.blames, convention.status) or rules.status_of_party)
        for one in organisations
    ]
    return {
        Slot.PERPETRATOR: tuple(Fill(values=(name,)) for name in persons.values()),
        Slot.ORGANISATION: tuple(Fill(values=one.names) for one in organisations),
        Slot.STATUS: tuple(Fill(values=(value,), refs=names) for names, value in statuses),
    }


def status_of(blames: list[BlameClaim], tree: tuple[StatusRow, ...]) -> str | None:
    """The attribution status that the decision tree gives for the blames on one organisation.

    Rows are tried in order and each looks at all blames; empty if none fits.
    """
    for row in tree:
        if any(_fits(blame, row) for blame in blames):
            return row.value
    return None


def _fits(blame: BlameClaim, row: StatusRow) -> bool:
    if blame.stance not in row.stances:
        return False
    told = " ".join(quote.text for quote in blame.quotes).lower()
    if any(part in told for part in row.without):
        return False
    return not row.speakers or any(one.type in row.speakers for one in blame.speakers)


def _acting_sides(incident: Incident, rules: Perpetrators) -> list[Actor]:
    """Armed sides that may have done it: of a fitting type, and not the side that was hit."""
    hit = {
        name_key(name)
        for claim in incident.counts
        for name in (claim.group.party, claim.group.text)
        if name
    }
    return [
        party.actor
        for party in incident.parties
        if party.actor.type in rules.party_types and name_key(party.name_text) not in hit
    ]


def _organisation(told: list[_Organisation], names: tuple[str, ...]) -> _Organisation:
    """The organisation that has one of these names: told before, or new."""
    keys = {name_key(name) for name in names}
    for known in told:
        if keys & {name_key(name) for name in known.names}:
            return known
    told.append(_Organisation(names=names))
    return told[-1]
