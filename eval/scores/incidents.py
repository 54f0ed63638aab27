"""Incidents: found, invented, split, merged, told twice; and the articles without one."""

from collections import defaultdict
from collections.abc import Sequence

from eval.cells import Cell, CellKind, CellState, Mistake
from eval.scores.gauge import Gauge, Slots, slots_of
from eval.scores.headline import incidents_told
from eval.scores.score import Section

_TOLD_AGAIN = (Mistake.DUPLICATE, Mistake.SPLIT)


def incident_section(cells: Sequence[Cell], gauge: Gauge) -> Section:
    """How the incidents of the articles were told apart."""
    incidents = [cell for cell in cells if cell.kind is CellKind.INCIDENT]
    articles = [cell for cell in cells if cell.kind is CellKind.ARTICLE]
    told = incidents_told(cells)
    predicted: dict[str, int] = defaultdict(int)
    for cell in incidents:
        predicted[cell.article_id] += cell.has_predicted
    quiet = [cell for cell in articles if not told[cell.article_id]]
    gold = [cell for cell in incidents if cell.has_gold]
    extra = [cell for cell in incidents if cell.has_predicted]
    errors = [
        (cell, float(abs(predicted[cell.article_id] - told[cell.article_id]))) for cell in articles
    ]
    scores = (
        gauge.share(
            "incident.quiet",
            "Articles without an incident, rightly left empty",
            quiet,
            lambda cell: not predicted[cell.article_id],
        ),
        gauge.mean("incident.number_error", "Incidents too many or too few, mean", "ratio", errors),
        gauge.f1(
            "incident.relaxed_f1", "F1, telling twice or in parts excused", incidents, _relaxed
        ),
        *(
            gauge.share(
                f"incident.{mistake.value}",
                words,
                gold if mistake is Mistake.MERGED else extra,
                lambda cell, mistake=mistake: cell.mistake is mistake,
            )
            for mistake, words in (
                (Mistake.MERGED, "Gold incidents merged into another"),
                (Mistake.SPLIT, "Predicted incidents that are part of one told already"),
                (Mistake.DUPLICATE, "Predicted incidents told already"),
                (Mistake.SPURIOUS, "Predicted incidents that gold does not have"),
            )
        ),
        gauge.share(
            "incident.ambiguous",
            "Gold incidents whose partner might be another",
            gold,
            lambda cell: cell.codes.get("ambiguous") == "yes",
        ),
        gauge.share(
            "incident.excused",
            "Incidents excused as optional in gold",
            [cell for cell in incidents if cell.state is not CellState.ABSTAINED],
            lambda cell: cell.state is CellState.EXCUSED,
        ),
    )
    notes = () if quiet else ("No article without an incident: inventing one is hardly tested.",)
    return Section(name="incidents", title="Incidents", scores=scores, notes=notes)


def _relaxed(cell: Cell) -> Slots:
    return (0, 0, 0) if cell.mistake in _TOLD_AGAIN else slots_of(cell)
