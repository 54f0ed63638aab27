"""Blames: who is accused, how surely, by whom, and where nobody is."""

from collections import defaultdict
from collections.abc import Sequence

from eval.cells import Cell, CellKind, CellState, Harm
from eval.scores.gauge import Gauge, Slots
from eval.scores.headline import is_matched
from eval.scores.score import Score, Section
from eval.scores.tables import cross, part
from extractor.codes import Stance

_NOBODY = "none"  # who is said to be unknown, or not to have come forward, is no class of accused
_ENOUGH = 10  # gold blames of a class; with fewer, a gap between classes is one article's accident


def blame_section(cells: Sequence[Cell], gauge: Gauge) -> Section:
    """How right the blames of incidents are."""
    blames = [one for one in cells if one.kind is CellKind.BLAME]
    matched = [one for one in blames if is_matched(one)]
    accused = [one for one in matched if one.parts.get("accused")]
    stances = [
        (one.codes.get("gold_stance", "-"), one.codes.get("predicted_stance", "-"))
        for one in accused
    ]
    blameless = _blameless(blames)
    scores = (
        gauge.f1("blame.accused_f1", "Accused alone, F1", blames, _accused_slots),
        gauge.share("blame.stance", "Stance right, given the accused", accused, part("stance")),
        gauge.words_f1("blame.stance_f1", "Stance, mean F1, given the accused", accused, stances),
        gauge.share(
            "blame.speakers", "Speakers right, given the accused", accused, part("speakers")
        ),
        gauge.share(
            "blame.specificity",
            "Incidents found in which gold blames nobody, rightly left without a blame",
            blameless,
            _is_left_without,
        ),
        *_by_class(blames, gauge),
    )
    words = [one.value for one in Stance]
    table = cross("blame.stances", "Stances, given the accused", words, stances, drop=True)
    return Section(name="blames", title="Blames", scores=scores, tables=(table,))


def _accused_slots(cell: Cell) -> Slots:
    right = cell.has_gold and cell.has_predicted and cell.parts.get("accused", False)
    return int(right), int(cell.has_predicted and not right), int(cell.has_gold and not right)


def _blameless(blames: Sequence[Cell]) -> list[Cell]:
    """One cell for each gold incident that was found and in which gold blames nobody."""
    incidents: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for one in blames:
        if one.gold_incident is not None and one.predicted_incident is not None:
            incidents[one.article_id, one.gold_incident].append(one)
    return [
        min(found, key=lambda one: (one.state is CellState.ABSTAINED, one.key, one.predicted or ""))
        for found in incidents.values()
        if not any(one.has_gold or one.state is CellState.EXCUSED for one in found)
    ]


def _is_left_without(cell: Cell) -> bool:
    """Whether nobody is blamed of the incident, in a copy of it neither."""
    return cell.state is CellState.ABSTAINED and "blamed_again" not in cell.codes


def _by_class(blames: Sequence[Cell], gauge: Gauge) -> tuple[Score, ...]:
    classes: dict[str, list[Cell]] = defaultdict(list)
    for one in blames:
        if one.slice and one.slice != _NOBODY:
            classes[one.slice].append(one)
    scores: list[Score] = []
    large: list[tuple[float, str]] = []
    for name in sorted(classes):
        found = classes[name]
        words = name.replace("_", " ")
        f1 = gauge.f1(f"blame.class.{name}.f1", f"Accused are {words}: F1", found)
        over = gauge.share(
            f"blame.class.{name}.over_asserted",
            f"Accused are {words}: accusation given as fact",
            [one for one in found if Harm.OVER_ASSERTION in one.opportunities],
            lambda one: Harm.OVER_ASSERTION in one.harms,
        )
        scores += [f1, over]
        if f1.value is not None and sum(one.has_gold for one in found) >= _ENOUGH:
            large.append((f1.value, name))
    best, worst = (max(large)[1], min(large)[1]) if len(large) > 1 else ("", "")
    label = "Gap in F1 between classes of accused"
    if best:
        label += f": {best.replace('_', ' ')} less {worst.replace('_', ' ')}"
    return (*scores, gauge.gap("blame.class.gap", label, classes[best], classes[worst]))
