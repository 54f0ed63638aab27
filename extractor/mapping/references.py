"""References between claims: a reader's own ids become final ones, and none is left dangling."""

from collections.abc import Container, Iterable, Mapping
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
    incidents: Iterable[Incident],
    cumulative: Iterable[CountClaim],
    answer: WireAnswer,
    notebook: Notebook,
) -> tuple[tuple[Incident, ...], tuple[CountClaim, ...]]:
    """Drop references to claims that were set aside, and those that run in a circle; flag each.

    A claim refers to claims of its own incident, or to cumulative figures, only (R7). A blame that
    loses every count it applies to is set aside, as it stood in the answer.
    """
    told, summed = tuple(incidents), tuple(cumulative)
    counts = {c.id: c for c in summed} | {c.id: c for i in told for c in i.counts}
    parts = {name: claim.part_of for name, claim in counts.items()}
    revisions = {name: claim.supersedes for name, claim in counts.items()}
    cut = _Cut(notebook)

    home = {c.id: i.id for i in told for c in (*i.counts, *i.blames)}

    def count(where: str, claim: CountClaim) -> CountClaim:
        near = _Near(where, home, counts)
        where = f"{where}/{claim.id}"
        whole = cut.link(where, claim.id, parts, near)
        supersedes = cut.link(where, claim.id, revisions, near)
        return claim.model_copy(update={"part_of": whole, "supersedes": supersedes})

    given = (blame for incident in answer.incidents for blame in incident.blames)
    wires = {f"b{n}": wire for n, wire in enumerate(given, 1)}
    aimed: dict[str, BlameClaim] = {}
    for incident in told:
        own = _Near(incident.id, home, counts)
        for claim in incident.blames:
            where = f"{incident.id}/{claim.id}"
            applies_to = cut.targets(where, claim.applies_to, own)
            if applies_to or not claim.applies_to:
                aimed[claim.id] = claim.model_copy(update={"applies_to": applies_to})
            else:  # else it would spread to the whole incident (R7)
                notebook.put_aside(where, "blame", wires[claim.id], FlagCode.BROKEN_REFERENCE)
    answers = {name: claim.answers for name, claim in aimed.items()}

    def blame(where: str, claim: BlameClaim) -> BlameClaim:
        near = _Near(where, home, answers)
        answered = cut.link(f"{where}/{claim.id}", claim.id, answers, near)
        return aimed[claim.id].model_copy(update={"answers": answered})

    whole = tuple(
        incident.model_copy(
            update={
                "counts": tuple(count(incident.id, claim) for claim in incident.counts),
                "blames": tuple(blame(incident.id, b) for b in incident.blames if b.id in aimed),
            }
        )
        for incident in told
    )
    return whole, tuple(count("cumulative", claim) for claim in summed)


@dataclass(frozen=True)
class _Near:
    """The claims that one of an incident may refer to: its own, and those beside the incidents."""

    where: str
    home: Mapping[str, str]
    """The incident of each claim that has one."""
    left: Container[str]

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str) or name not in self.left:
            return False
        return self.home.get(name, self.where) == self.where


@dataclass(frozen=True)
class _Cut:
    """Follows references among the claims that are left, and flags each that it drops."""

    notebook: Notebook

    def link(
        self, where: str, name: str, links: dict[str, str | None], near: Container[str]
    ) -> str | None:
        """What a claim refers to, if that is near and left, and does not lead back to the claim."""
        target = links[name]
        if target is None or not self.targets(where, (target,), near):
            return None
        if _comes_back(name, links):
            self._flag(where, f"leads back to itself by {target}")
            return None
        return target

    def targets(self, where: str, names: Iterable[str], left: Container[str]) -> tuple[str, ...]:
        """Those of the names that are left."""
        kept: list[str] = []
        for name in names:
            if name in left:
                kept.append(name)
            else:
                self._flag(where, f"refers to {name}, which is set aside or another incident's")
        return tuple(kept)

    def _flag(self, where: str, message: str) -> None:
        self.notebook.flag(FlagCode.BROKEN_REFERENCE, where, message)


def _comes_back(name: str, links: dict[str, str | None]) -> bool:
    """Whether following a claim's references leads to the claim itself."""
    seen: set[str] = set()
    target = links[name]
    while target is not None and target != name and target not in seen:
        seen.add(target)
        target = links.get(target)
    return target == name
