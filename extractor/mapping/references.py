"""References between claims: a reader's own ids become final ones, and none is left dangling."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extractor.codes import FlagCode
from extractor.mapping.notebook import Notebook
from extractor.records import BlameClaim, CountClaim, Incident
from extractor.wire import WireAnswer


@dataclass(frozen=True, kw_only=True)
class Names:
    """What each id of an answer becomes; an id given twice becomes nothing, for it names no one."""

    counts: dict[str, str | None]
    blames: dict[str, str | None]


def name_claims(answer: WireAnswer) -> Names:
    """Final ids in the order of the answer: c1, c2, … for counts and b1, b2, … for blames."""
    counts = [count.id for incident in answer.incidents for count in incident.counts]
    blames = [blame.id for incident in answer.incidents for blame in incident.blames]
    return Names(
        counts=_numbered("c", [*counts, *(count.id for count in answer.cumulative)]),
        blames=_numbered("b", blames),
    )


def _numbered(letter: str, ids: Iterable[str]) -> dict[str, str | None]:
    names: dict[str, str | None] = {}
    for n, name in enumerate(ids, 1):
        names[name] = None if name in names else f"{letter}{n}"
    return names


def follow(
    reference: str | None, names: dict[str, str | None], where: str, notebook: Notebook
) -> str | None:
    """The final id that a reference means; `None`, with a flag, if it means none."""
    if not reference:
        return None
    name = names.get(reference)
    if name is None or where.endswith(f"/{name}"):
        told = f"refers to {reference!r}, which is not one other claim of the answer"
        notebook.flag(FlagCode.BROKEN_REFERENCE, where, told)
        return None
    return name


def cut_dangling(
    incidents: Iterable[Incident], cumulative: Iterable[CountClaim], notebook: Notebook
) -> tuple[tuple[Incident, ...], tuple[CountClaim, ...]]:
    """Drop references to claims that were set aside, and parts that run in a circle; flag each."""
    told, summed = tuple(incidents), tuple(cumulative)
    counts = {c.id: c for c in summed} | {c.id: c for i in told for c in i.counts}
    blames = {b.id for i in told for b in i.blames}

    def keep(where: str, name: str | None, there: Callable[[str], bool]) -> str | None:
        if name is None or there(name):
            return name
        notebook.flag(FlagCode.BROKEN_REFERENCE, where, f"refers to {name}, which was set aside")
        return None

    def count(where: str, claim: CountClaim) -> CountClaim:
        where = f"{where}/{claim.id}"
        part_of = keep(where, claim.part_of, counts.__contains__)
        if part_of and _is_circular(claim, counts):
            notebook.flag(FlagCode.BROKEN_REFERENCE, where, f"is a part of itself by {part_of}")
            part_of = None
        supersedes = keep(where, claim.supersedes, counts.__contains__)
        return claim.model_copy(update={"part_of": part_of, "supersedes": supersedes})

    def blame(where: str, claim: BlameClaim) -> BlameClaim | None:
        where = f"{where}/{claim.id}"
        kept = (keep(where, name, counts.__contains__) for name in claim.applies_to)
        applies_to = tuple(name for name in kept if name)
        if claim.applies_to and not applies_to:  # else it would spread to the whole incident (R7)
            notebook.put_aside(where, "blame", claim, FlagCode.BROKEN_REFERENCE)
            return None
        answers = keep(where, claim.answers, blames.__contains__)
        return claim.model_copy(update={"applies_to": applies_to, "answers": answers})

    def blamed(incident: Incident) -> tuple[BlameClaim, ...]:
        kept = (blame(incident.id, claim) for claim in incident.blames)
        return tuple(claim for claim in kept if claim)

    whole = tuple(
        incident.model_copy(
            update={
                "counts": tuple(count(incident.id, claim) for claim in incident.counts),
                "blames": blamed(incident),
            }
        )
        for incident in told
    )
    return whole, tuple(count("cumulative", claim) for claim in summed)


def _is_circular(claim: CountClaim, counts: dict[str, CountClaim]) -> bool:
    seen = {claim.id}
    parent = claim.part_of
    while parent in counts:
        if parent in seen:
            return True
        seen.add(parent)
        parent = counts[parent].part_of
    return False
