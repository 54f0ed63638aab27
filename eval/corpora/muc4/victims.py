"""Victims: the human targets of an incident, as its count claims tell them."""

from collections.abc import Iterable

from eval.corpora.muc4.convention import Convention, Victims, Words
from eval.corpora.muc4.keys import Fill, Slot
from extractor.codes import Qualifier, Scope, Unit
from extractor.gazetteer import name_key
from extractor.numerals import Number
from extractor.records import CountClaim, Incident


def victim_fills(incident: Incident, convention: Convention) -> dict[Slot, tuple[Fill, ...]]:
    """Who was hit: one victim for each group told of, with its number, effect and kind.

    Figures of several voices for one group are one; the first that was not revised is taken.
    Nothing is added up, and a sum that was counted from a list gives way to the parts of the list.
    """
    rules = convention.victims
    revised = {claim.supersedes for claim in incident.counts if claim.supersedes}
    listed = {claim.part_of for claim in incident.counts if claim.part_of}
    counted = [
        claim
        for claim in incident.counts
        if claim.id not in revised
        and not (claim.number.enumerated and claim.id in listed)
        and _is_victim(claim, rules)
    ]
    told = _first_of_each(counted)
    people = [claim for claim in told if claim.number.qualifier is not Qualifier.NONE]
    effects = [_effect(claim, rules) for claim in told]
    return {
        Slot.VICTIM: _once(Fill(values=_names(one)) for one in people if _names(one)),
        Slot.NUMBER: _once(
            Fill(values=(write_number(one.number),), refs=_names(one)) for one in people
        ),
        Slot.EFFECT: _once(fill for fill in effects if fill is not None),
        Slot.VICTIM_TYPE: _once(
            Fill(values=(_type(one, rules),), refs=_names(one)) for one in people
        ),
    }


def write_number(number: Number) -> str:
    """A figure as the keys write it: 5, 5- (at least), -5 (at most), ~5 (about), 5 - 8, PLURAL."""
    if number.unit is Unit.FAMILIES:
        return "PLURAL"
    match number.qualifier:
        case Qualifier.AT_LEAST:
            return f"{number.lower}-"
        case Qualifier.MORE_THAN:
            return f"{(number.lower or 1) - 1}-"  # the keys keep the number that is told
        case Qualifier.AT_MOST:
            return f"-{number.upper}"
        case Qualifier.FEWER_THAN:
            return f"-{(number.upper or 0) + 1}"
        case Qualifier.APPROXIMATELY | Qualifier.NEARLY:
            return f"~{number.upper}"
        case Qualifier.RANGE:
            return f"{number.lower}-{number.upper}"
        case Qualifier.VAGUE | Qualifier.UNKNOWN_NUMBER:
            return "PLURAL"
        case Qualifier.EXACT | Qualifier.NONE:
            return str(number.upper)


def _is_victim(claim: CountClaim, rules: Victims) -> bool:
    if claim.scope is not Scope.INCIDENT or claim.hedge in rules.hedges_left_out:
        return False
    if claim.number.qualifier is Qualifier.NONE:
        return claim.outcome in rules.nobody_outcomes
    if claim.outcome not in rules.outcomes or set(claim.group.roles) & rules.roles_left_out:
        return False
    return not _has_word(claim.group.text, rules.words_left_out)


def _first_of_each(claims: Iterable[CountClaim]) -> list[CountClaim]:
    """One claim for each group and outcome, whoever said it."""
    found: dict[tuple[str, str, str], CountClaim] = {}
    for claim in claims:
        group = name_key(claim.group.text or "")
        # Claims without a name for the people may be about different ones.
        apart = group or claim.id
        found.setdefault((apart, claim.outcome.value, _kind(claim.number)), claim)
    return list(found.values())


def _kind(number: Number) -> str:
    return "none" if number.qualifier is Qualifier.NONE else "some"


def _effect(claim: CountClaim, rules: Victims) -> Fill | None:
    if claim.number.qualifier is Qualifier.NONE:
        return Fill(values=(rules.nobody,))
    effect = rules.effects.get(claim.outcome)
    return Fill(values=(effect,), refs=_names(claim)) if effect else None


def _type(claim: CountClaim, rules: Victims) -> str:
    told = (kind.value for kind in rules.types if _has_word(claim.group.text, kind.words))
    return next(told, rules.standings[claim.group.standing])


def _names(claim: CountClaim) -> tuple[str, ...]:
    return (" ".join(claim.group.text.split()),) if claim.group.text else ()


def _has_word(text: str | None, words: Words) -> bool:
    return not words.isdisjoint(name_key(text or "").split())


def _once(fills: Iterable[Fill]) -> tuple[Fill, ...]:
    return tuple(dict.fromkeys(fills))
