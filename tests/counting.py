"""Two incidents with their counts, and what becomes of them, for tests of counts."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from grading import (
    HOSPITAL,
    POLICE,
    case,
    count,
    group,
    incident,
    quote,
)

from eval.align import Alignment, Leftover, LeftoverKind, Pair
from eval.cells import Cell
from eval.scoring.counts import count_cells
from extractor.codes import (
    Demographic,
    Outcome,
    Standing,
)
from extractor.records import CountClaim, Incident

CIVILIANS = group("civilians", standing=Standing.CIVILIAN)
SOLDIERS = group("soldiers", standing=Standing.COMBATANT)
CHILDREN = group("children", demographics=(Demographic.CHILDREN,))
WOMEN = group("women", demographics=(Demographic.WOMEN,))
FAR = (quote("elsewhere", at=900),)

MARKET = incident(
    "i1",
    [
        count("p", 12, speakers=(POLICE,), quotes=(quote("police said 12 died", at=100),)),
        count("h", 17, speakers=(HOSPITAL,), quotes=(quote("a hospital 17", at=130),)),
        count("c", 7, group=CHILDREN, part_of="p", speakers=(POLICE,)),
        count("w", "several", group=WOMEN, part_of="p", speakers=(POLICE,)),
        count("i", "at least 45", Outcome.INJURED, quotes=(quote("45 wounded", at=200),)),
        count("m", "none", Outcome.MISSING, quotes=(quote("nobody is missing", at=300),)),
    ],
)
BUS = incident(
    "i2",
    [
        count("pa", 9, group=group("passengers"), quotes=(quote("nine passengers", at=600),)),
        count("ve", 4, group=group("vendors"), quotes=(quote("four vendors", at=640),)),
        count("pc", 2, group=CHILDREN, part_of="pa", quotes=(quote("two of them", at=620),)),
        count("vc", 3, group=CHILDREN, part_of="ve", quotes=(quote("three of them", at=660),)),
        count("u", "unknown", Outcome.INJURED, quotes=(quote("others hurt", at=700),)),
        count("a", "about 100", Outcome.DISPLACED, quotes=(quote("some 100 fled", at=720),)),
    ],
)
BOTH = (MARKET, BUS)


def one_incident(*counts: CountClaim) -> Incident:
    return incident("i1", counts)


def cells_of(
    gold: Sequence[CountClaim], predicted: Sequence[CountClaim], **labels: Any
) -> list[Cell]:
    """The cells of one incident with these claims on each side."""
    return count_cells(case([one_incident(*gold)], [one_incident(*predicted)], **labels))


def states(cells: Sequence[Cell]) -> Counter[str]:
    return Counter(cell.state.value for cell in cells)


def the(cells: Sequence[Cell], id: str) -> Cell:  # noqa: A002 - the field's name
    """The cell of one gold claim."""
    return next(cell for cell in cells if cell.gold_id == id)


def replaced(where: Incident, id: str, **changed: Any) -> Incident:  # noqa: A002 - as above
    """The incident with one claim changed."""
    counts = [one.model_copy(update=changed) if one.id == id else one for one in where.counts]
    return where.model_copy(update={"counts": tuple(counts)})


def without(where: Incident, *ids: str) -> Incident:
    kept = tuple(one for one in where.counts if one.id not in ids)
    return where.model_copy(update={"counts": kept})


def whole_incident_again(kind: LeftoverKind, *gold: Incident, again: Incident) -> list[Cell]:
    """The cells of the first gold incident told rightly and of another that is like it."""
    alignment = Alignment(
        pairs=(Pair(gold=0, predicted=0, similarity=1.0),),
        missed=tuple(Leftover(index=n, kind="missed") for n in range(1, len(gold))),
        extra=(Leftover(index=1, kind=kind, of=0),),
    )
    return count_cells(case(gold, [gold[0], again], alignment=alignment))


def parts(*told: CountClaim, whole: Any = 10) -> Incident:
    return one_incident(count("w", whole), *told)
