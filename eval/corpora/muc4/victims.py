"""Victims: the human targets of an incident, as its count claims tell them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eval.corpora.muc4.convention import Convention, Victims, Words
from eval.corpora.muc4.keys import Fill, Slot
from extractor.codes import Qualifier, Scope, Unit
from extractor.gazetteer import name_key
from extractor.numerals import Number
from extractor.records import CountClaim, Incident


@dataclass(frozen=True, kw_only=True)
class _Victim:
    """A person or a group of people, with everything that is claimed of them."""

    claims: tuple[CountClaim, ...]
    names: tuple[str, ...]
    """The personal name before the description, each as it stands."""


def victim_fills(incident: Incident, convention: Convention) -> dict[Slot, tuple[Fill, ...]]:
    """Who was hit: one victim for each person or group told of, with number, effect and kind.

    Figures of several voices for one group are one; the first that was not revised is taken.
    Nothing is added up, and a sum that was counted from a list gives way to the parts of the list.
    A person is called by the name and by the description; "he" is the person told of before.
    """
    rules = convention.victims
    told = _first_of_each(counted_victims(incident, rules), rules)
    nobody = any(claim.number.qualifier is Qualifier.NONE for claim in told)
    people = [claim for claim in told if claim.number.qualifier is not Qualifier.NONE]
    victims = _as_keys_list(_victims(people, rules))
    effects = (fill for victim in victims for fill in _effects(victim, rules))
    nothing = (Fill(values=(rules.nobody,)),) if nobody else ()
    return {
        Slot.VICTIM: _once(Fill(values=one.names) for one in victims if one.names),
        Slot.NUMBER: _once(
            Fill(values=(write_number(one.claims[0].number),), refs=one.names) for one in victims
        ),
        Slot.EFFECT: _once((*effects, *nothing)),
        Slot.VICTIM_TYPE: _once(
            Fill(values=(type_of(one.claims[0], rules),), refs=one.names) for one in victims
        ),
    }


def counted_victims(incident: Incident, rules: Victims) -> list[CountClaim]:
    """The claims that count people hit by an incident, or say that nobody was."""
    revised = {claim.supersedes for claim in incident.counts if claim.supersedes}
    listed = {claim.part_of for claim in incident.counts if claim.part_of}
    return [
        claim
        for claim in incident.counts
        if claim.id not in revised
        and not (claim.number.enumerated and claim.id in listed)
        and _is_victim(claim, rules)
    ]


def type_of(claim: CountClaim, rules: Victims) -> str:
    """What kind of people a claim counts, by their words or else by their standing."""
    told = (kind.value for kind in rules.types if _has_word(claim.group.text, kind.words))
    return next(told, rules.standings[claim.group.standing])


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


def _first_of_each(claims: Iterable[CountClaim], rules: Victims) -> list[CountClaim]:
    """One claim for each person or group and outcome, whoever said it."""
    found: dict[tuple[str, ...], CountClaim] = {}
    for claim in claims:
        called = tuple(map(name_key, names_of(claim, rules)))
        # Claims without a name for the people may be about different ones.
        found.setdefault((*(called or (claim.id,)), claim.outcome, _kind(claim.number)), claim)
    return list(found.values())


def _kind(number: Number) -> str:
    return "none" if number.qualifier is Qualifier.NONE else "some"


def _victims(claims: Iterable[CountClaim], rules: Victims) -> list[_Victim]:
    """Every person and group once, with all that is claimed of them."""
    found: list[_Victim] = []
    for claim in claims:
        same = [n for n, known in enumerate(found) if _is_same(known, claim, rules)]
        if not same:
            found.append(_Victim(claims=(claim,), names=names_of(claim, rules)))
            continue
        known = found[same[-1]]
        names = known.names if _points(claim, rules) else (*known.names, *names_of(claim, rules))
        found[same[-1]] = _Victim(claims=(*known.claims, claim), names=tuple(dict.fromkeys(names)))
    return found


def _as_keys_list(victims: list[_Victim]) -> list[_Victim]:
    """The victims as keys list them: persons by name rather than as a group of so many.

    "Two judges were shot: Ana Ruiz and Eva Soto" are two victims, not three. A figure of people who
    are called nothing ("30 were hurt") stands only where nobody else is told of.
    """
    called = [one for one in victims if one.names] or victims
    persons = [one for one in called if _is_one(one.claims[0].number)]
    return [one for one in called if not _is_sum_of(one, persons)]


def _is_sum_of(group: _Victim, persons: list[_Victim]) -> bool:
    """Whether a group is so many people as are told of one by one with the same outcome."""
    first = group.claims[0]
    if first.number.qualifier is not Qualifier.EXACT or (first.number.upper or 0) < _FEWEST:
        return False
    same = [one for one in persons if any(claim.outcome is first.outcome for claim in one.claims)]
    return len(same) == first.number.upper


_FEWEST = 2  # people who are a sum


def _is_same(known: _Victim, claim: CountClaim, rules: Victims) -> bool:
    """Whether a claim is about people told of before."""
    first = known.claims[0]
    if write_number(first.number) != write_number(claim.number):
        return False
    if _is_one(claim.number):
        if _points(claim, rules):
            return True
        mine = _name_words(claim, rules)
        theirs = [words for one in known.claims if (words := _name_words(one, rules))]
        if mine and theirs:
            return any(mine <= words or words <= mine for words in theirs)
    called = name_key(claim.group.text or "")
    return bool(called) and called in {name_key(one.group.text or "") for one in known.claims}


def _points(claim: CountClaim, rules: Victims) -> bool:
    """Whether one person is only pointed to: "he", "the victim"."""
    words = set(name_key(claim.group.text or claim.number.text or "").split())
    return _is_one(claim.number) and words <= rules.pointing_words


def _is_one(number: Number) -> bool:
    return number.qualifier is Qualifier.EXACT and number.upper == 1


def _effects(victim: _Victim, rules: Victims) -> Iterator[Fill]:
    for claim in victim.claims:
        effect = rules.effects.get(claim.outcome)
        if effect:
            yield Fill(values=(effect,), refs=victim.names)


def names_of(claim: CountClaim, rules: Victims) -> tuple[str, ...]:
    """What a claim's people are called: a person's name, which stands as the figure, and who."""
    told = " ".join(claim.group.text.split()) if claim.group.text else None
    name = " ".join((claim.number.text or "").split()) if _name_words(claim, rules) else None
    return tuple(dict.fromkeys(one for one in (name, told) if one))


def _name_words(claim: CountClaim, rules: Victims) -> frozenset[str]:
    """The words of a personal name, where a claim counts somebody who is named; none else."""
    words = frozenset(name_key(claim.number.text or "").split())
    described = set(name_key(claim.group.text or "").split())
    is_name = _is_one(claim.number) and not words & (described | rules.no_names)
    return words if is_name else frozenset()


def _has_word(text: str | None, words: Words) -> bool:
    return not words.isdisjoint(name_key(text or "").split())


def _once(fills: Iterable[Fill]) -> tuple[Fill, ...]:
    return tuple(dict.fromkeys(fills))
