"""Claims: figures read as their words do, parts fit their wholes, and references lead somewhere."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from eval.gold import Alternative, GoldArticle
from eval.lint.finding import Finding, each_blame, each_count, each_incident
from eval.lint.words import normal, stands_in
from extractor.article import Article
from extractor.codes import Demographic, Outcome, Qualifier, Scope, Standing
from extractor.numerals import Number, find_numbers, find_separate_numbers, read_number
from extractor.records import BlameClaim, CountClaim, Incident, Quote


def check_numbers(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """Figures that do not stand in their quotes, or read otherwise than their words."""
    english = (article.language or "en").lower().startswith("en")
    for where, claim in each_count(gold):
        yield from _number_findings(
            f"{where}.number", claim.number, claim.quotes, is_english=english
        )
    for n, distractor in enumerate(gold.distractors):
        words = distractor.number.text
        if words is None or not stands_in(words, distractor.quote.text):
            told = f"the figure {words!r} does not stand in its quote"
            yield Finding(f"distractors.{n}.number.text", told)


def check_parts(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """Parts that are larger than their wholes, one by one or together."""
    del article  # every check is asked the same way
    claims = {claim.id: claim for _, claim in each_count(gold)}
    parts: dict[str, list[tuple[str, CountClaim]]] = {}
    for where, claim in each_count(gold):
        whole = claims.get(claim.part_of or "")
        if whole is None or whole is claim:
            continue
        parts.setdefault(whole.id, []).append((where, claim))
        if _low(claim) > _high(whole):
            told = f"the part, {_low(claim)}, is above its whole {whole.id!r}, {_high(whole):g}"
            yield Finding(f"{where}.number", f"{told}; read both again")
        if (claim.outcome, whole.outcome) in _NO_PARTS:
            told = f"{claim.outcome.value!r} is no part of {whole.outcome.value!r} {whole.id!r}"
            yield Finding(f"{where}.part_of", f"{told}; who dies later is 'died_of_wounds'")
    for whole_id, listed in parts.items():
        yield from _sum_findings(claims[whole_id], listed)


def check_references(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """References that lead nowhere, out of their incident, or in a circle."""
    del article  # every check is asked the same way
    cumulative = {claim.id: claim for claim in gold.cumulative}
    for where, incident in each_incident(gold):
        counts = {claim.id: claim for claim in incident.counts}
        blames = {blame.id: blame for blame in incident.blames}
        for n, claim in enumerate(incident.counts):
            yield from _count_references(f"{where}.counts.{n}", claim, counts)
        for n, blame in enumerate(incident.blames):
            field = f"{where}.blames.{n}"
            if blame.answers is not None and blame.answers not in blames:
                yield _not_there(f"{field}.answers", blame.answers, "no other blame")
            if blame.answers == blame.id:
                yield Finding(f"{field}.answers", "a blame cannot answer itself")
            for m, one in enumerate(blame.applies_to):
                if one not in counts and one not in cumulative:
                    yield _not_there(f"{field}.applies_to.{m}", one, "no count claim")
    for n, claim in enumerate(gold.cumulative):
        yield from _count_references(f"cumulative.{n}", claim, cumulative)


def check_scopes(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """Figures of an incident among the cumulative ones, or the other way round."""
    del article  # every check is asked the same way
    for where, claim in each_count(gold):
        is_cumulative = where.startswith("cumulative")
        if is_cumulative and claim.scope is Scope.INCIDENT:
            told = "a cumulative figure covers more than one incident; give its scope, or move it"
            yield Finding(f"{where}.scope", told)
        if not is_cumulative and claim.scope is not Scope.INCIDENT:
            told = f"a figure of scope {claim.scope.value!r} belongs into `cumulative`"
            yield Finding(f"{where}.scope", told)


def check_alternatives(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """Second readings that say nothing, nothing new, or what does not fit."""
    del article  # every check is asked the same way
    named: dict[str, CountClaim | BlameClaim | Incident] = {
        **{claim.id: claim for _, claim in each_count(gold)},
        **{blame.id: blame for _, blame in each_blame(gold)},
        **{incident.id: incident for _, incident in each_incident(gold)},
    }
    for n, other in enumerate(gold.alternatives):
        first, field = named[other.of], f"alternatives.{n}"
        given = {name for name in _READINGS if getattr(other, name) is not None}
        if not given:
            yield Finding(field, "it must say what differs")
        for name in sorted(given - _FITTING[type(first)]):
            yield Finding(f"{field}.{name}", f"{other.of!r} is no claim with a {name}")
        if given and given <= _FITTING[type(first)] and _says_the_same(other, first, given):
            yield Finding(field, f"it says the same as {other.of!r}; take it out")


_SHORTEST_LIST = 2
_BOUNDLESS = float("inf")
_NO_PARTS = frozenset({(Outcome.KILLED, Outcome.INJURED), (Outcome.INJURED, Outcome.KILLED)})
_STANDINGS = frozenset({Standing.CIVILIAN, Standing.COMBATANT, Standing.POLICE_OR_SECURITY})
_AGES_AND_SEXES = frozenset({Demographic.CHILDREN, Demographic.WOMEN, Demographic.MEN})
_OF_COUNTS = frozenset({"number", "outcome", "group", "speakers"})
_OF_BLAMES = frozenset({"accused", "joint", "stance", "speakers"})
_OF_INCIDENTS = frozenset({"when", "place"})
_READINGS = _OF_COUNTS | _OF_BLAMES | _OF_INCIDENTS
_FITTING: Mapping[type, frozenset[str]] = {
    CountClaim: _OF_COUNTS,
    BlameClaim: _OF_BLAMES,
    Incident: _OF_INCIDENTS,
}


def _number_findings(
    field: str, number: Number, quotes: Iterable[Quote], *, is_english: bool
) -> Iterator[Finding]:
    words = number.text
    if number.enumerated and number.upper is not None and number.upper < _SHORTEST_LIST:
        counted = words or f"{number.upper}"
        yield Finding(f"{field}.enumerated", f"a list has two members or more, not {counted!r}")
    if words is None:
        if not number.enumerated and number.qualifier is not Qualifier.UNKNOWN_NUMBER:
            told = "a figure needs its words, unless it is counted from a list or unknown"
            yield Finding(f"{field}.text", told)
        return
    holding = [quote.text for quote in quotes if stands_in(words, quote.text)]
    if not holding:
        told = f"the figure {words!r} stands in none of its quotes; quote the words around it"
        yield Finding(f"{field}.text", told)
        return
    if number.enumerated or number.qualifier is Qualifier.UNKNOWN_NUMBER:
        return
    readings = list(_readings(words, holding))
    if any(_same_bounds(number, read) for read in readings):
        return
    if readings:
        told = f"{words!r} reads as {_told(readings[0])}, not {_told(number)}; mend one of them"
        yield Finding(field, told)
    elif is_english and not _is_one(number):  # the words of other languages are not all known
        told = f"{words!r} reads as no figure; write the figure's own words, or mark it enumerated"
        yield Finding(f"{field}.text", told)


def _is_one(number: Number) -> bool:
    """Whether it is one person, who may be told by any words: "the driver", a name."""
    return number.qualifier is Qualifier.EXACT and number.lower == number.upper == 1


def _readings(words: str, quotes: Iterable[str]) -> Iterator[Number]:
    """What the words of a figure say: by themselves, and where they stand in a quote."""
    alone = read_number(words)
    if alone:
        yield alone
    for quote in quotes:
        for found in (*find_separate_numbers(quote), *find_numbers(quote)):
            there = normal(quote[found.start : found.end])
            if stands_in(there, words) or stands_in(words, there):
                yield found.number


def _same_bounds(one: Number, other: Number) -> bool:
    return (one.lower, one.upper, one.qualifier) == (other.lower, other.upper, other.qualifier)


def _told(number: Number) -> str:
    ends = "…".join("" if end is None else str(end) for end in (number.lower, number.upper))
    return f"{number.qualifier.value} {number.term or ends}".strip()


def _low(claim: CountClaim) -> int:
    return claim.number.lower or 0


def _high(claim: CountClaim) -> float:
    return _BOUNDLESS if claim.number.upper is None else claim.number.upper


def _sum_findings(whole: CountClaim, parts: list[tuple[str, CountClaim]]) -> Iterator[Finding]:
    """Parts that exclude each other, by one speaker, and together are above their whole."""
    for kind in ("standing", "demographic"):
        by_speakers: dict[object, list[tuple[str, CountClaim, object]]] = {}
        for where, claim in parts:
            told = _class_of(claim, kind)
            if told is not None:
                by_speakers.setdefault((claim.speakers, claim.outcome), []).append(
                    (where, claim, told)
                )
        for listed in by_speakers.values():
            apart = all(one[2] != other[2] for one, other in combinations(listed, 2))
            total = sum(_low(claim) for _, claim, _ in listed)
            if len(listed) > 1 and apart and total > _high(whole):
                field = f"{listed[-1][0]}.number"
                told = f"the parts of {whole.id!r} are {total} together, above {_high(whole):g}"
                yield Finding(field, f"{told}; read them again")


def _class_of(claim: CountClaim, kind: str) -> object:
    """The standing, or the one age or sex, that a part is counted by."""
    if kind == "standing":
        return claim.group.standing if claim.group.standing in _STANDINGS else None
    told = _AGES_AND_SEXES.intersection(claim.group.demographics)
    return next(iter(told)) if len(told) == 1 else None


def _count_references(
    field: str, claim: CountClaim, there: Mapping[str, CountClaim]
) -> Iterator[Finding]:
    for name in ("part_of", "supersedes"):
        target: str | None = getattr(claim, name)
        if target is None:
            continue
        if target not in there:
            yield _not_there(f"{field}.{name}", target, "no count claim")
        elif _is_circle(claim, name, there):
            yield Finding(f"{field}.{name}", f"{claim.id!r} leads back to itself")


def _is_circle(claim: CountClaim, name: str, there: Mapping[str, CountClaim]) -> bool:
    seen, at = {claim.id}, claim
    while (target := getattr(at, name)) in there:
        if target in seen:
            return True
        seen.add(target)
        at = there[target]
    return False


def _not_there(field: str, target: str, what: str) -> Finding:
    return Finding(field, f"there is {what} {target!r} beside it; name one of the same incident")


def _says_the_same(
    other: Alternative, first: CountClaim | BlameClaim | Incident, given: Iterable[str]
) -> bool:
    if isinstance(first, Incident):
        own = {"when": first.when, "place": first.places[0] if first.places else None}
    else:
        own = {name: getattr(first, name) for name in given}
    return all(getattr(other, name) == own[name] for name in given)
