"""Proofs: whether each predicted claim is proved by words that stand where it says they do."""

from collections.abc import Iterable, Iterator

from eval.cells import Cell, CellKind, CellState, Harm, Mistake
from eval.quoting import stands_there
from eval.scoring.case import Case
from extractor.records import BlameClaim, CountClaim

_CLAIMS = (CellKind.COUNT, CellKind.CUMULATIVE, CellKind.BLAME)


def with_proofs(case: Case, cells: Iterable[Cell]) -> Iterator[Cell]:
    """The cells, those of predicted claims with whether a quote of theirs is made up.

    A claim may be right and unproved: the score says both.
    """
    article = case.labelled.article
    proved = {
        claim.id: all(stands_there(quote, article) for quote in claim.quotes)
        for claim in _predicted(case)
    }
    for cell in cells:
        if cell.kind not in _CLAIMS or cell.predicted_id not in proved or not cell.has_predicted:
            yield cell
            continue
        is_due = cell.state is not CellState.SPURIOUS and cell.mistake is not Mistake.DUPLICATE
        if proved[cell.predicted_id] and not is_due:
            yield cell  # what gold does not ask for would dilute the rate
            continue
        harms = () if proved[cell.predicted_id] else (Harm.UNPROVED_CLAIM,)
        yield cell.model_copy(
            update={
                "opportunities": (*cell.opportunities, Harm.UNPROVED_CLAIM),
                "harms": (*cell.harms, *harms),
            }
        )


def _predicted(case: Case) -> Iterator[CountClaim | BlameClaim]:
    for incident in case.predicted_incidents:
        yield from incident.counts
        yield from incident.blames
    if case.prediction:
        yield from case.prediction.cumulative
