"""A scored article: its incidents aligned, and a cell for each thing that is compared."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from eval.align import Terms, align
from eval.cells import Cell, CellKind, to_jsonl
from eval.gold import GoldError, GoldSet, Labelled
from eval.predictions import Prediction
from eval.scoring.attacks import attack_cells
from eval.scoring.blames import blame_cells
from eval.scoring.case import Case
from eval.scoring.counts import count_cells
from eval.scoring.cumulative import cumulative_cells
from eval.scoring.dates import date_cells
from eval.scoring.incidents import incident_cells
from eval.scoring.places import place_cells
from eval.scoring.proofs import with_proofs
from eval.scoring.tolls import toll_cells


@dataclass(frozen=True, kw_only=True)
class ScoredArticle:
    """One article with its alignment and its cells."""

    case: Case
    cells: tuple[Cell, ...]
    """In one order, whatever the order in which gold and prediction tell things."""


@dataclass(frozen=True, kw_only=True)
class ScoredSet:
    """A gold set, every article of it scored."""

    articles: tuple[ScoredArticle, ...]
    """In the order of their ids."""
    unknown: tuple[str, ...] = ()
    """Ids of predicted articles that gold does not have: they are not scored."""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of all articles."""
        return tuple(cell for article in self.articles for cell in article.cells)


def score_article(
    labelled: Labelled, prediction: Prediction | None, *, terms: Terms | None = None
) -> ScoredArticle:
    """Score what was predicted for one article; no prediction counts as one of nothing.

    Raises:
        GoldError: the prediction is of another article or another text.
    """
    gold = labelled.gold
    if prediction and prediction.article_id != gold.article_id:
        raise GoldError(
            f"a prediction of article {prediction.article_id!r} cannot be scored by the labels"
            f" of {gold.article_id!r}"
        )
    if prediction and _is_of_another_text(labelled, prediction):
        raise GoldError(_of_another_text([gold.article_id]))
    predicted = prediction.incidents if prediction else ()
    optional = [n for n, one in enumerate(gold.incidents) if gold.is_optional(one.id)]
    alignment = align(gold.incidents, predicted, labelled.article, optional=optional, terms=terms)
    case = Case(labelled=labelled, prediction=prediction, alignment=alignment)
    cells = [cell for make in _MAKERS for cell in make(case)]
    proved = with_proofs(case, cells)
    return ScoredArticle(case=case, cells=tuple(sorted(proved, key=_order)))


def score_set(
    gold: GoldSet, predictions: Iterable[Prediction], *, terms: Terms | None = None
) -> ScoredSet:
    """Score every article of a gold set; one without a prediction counts as one of nothing.

    Raises:
        GoldError: with every article that is predicted twice, or whose text is another one.
    """
    told = list(predictions)
    by_id = {one.article_id: one for one in told}
    troubles: list[str] = []
    if len(by_id) < len(told):
        ids = [one.article_id for one in told]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        troubles.append(f"predicted more than once: {_listed(twice)}; score one run at a time")
    if mismatched := _mismatched(gold.labelled, by_id):
        troubles.append(_of_another_text(mismatched))
    if troubles:
        raise GoldError("\n".join(troubles))
    return ScoredSet(
        articles=tuple(
            score_article(labelled, by_id.get(name), terms=terms)
            for name, labelled in sorted(gold.labelled.items())
        ),
        unknown=tuple(sorted(set(by_id) - set(gold.labelled))),
    )


_MAKERS: tuple[Callable[[Case], list[Cell]], ...] = (
    incident_cells,
    count_cells,
    toll_cells,
    cumulative_cells,
    blame_cells,
    place_cells,
    date_cells,
    attack_cells,
)
_KINDS = list(CellKind)


def _order(cell: Cell) -> tuple[int, bool, str, str]:
    """By kind and gold incident, those without one last; then by all that the cell holds."""
    incident = cell.gold_incident
    return _KINDS.index(cell.kind), incident is None, incident or "", to_jsonl([cell])


def _mismatched(gold: Mapping[str, Labelled], by_id: Mapping[str, Prediction]) -> list[str]:
    return sorted(
        name
        for name, labelled in gold.items()
        if name in by_id and _is_of_another_text(labelled, by_id[name])
    )


def _is_of_another_text(labelled: Labelled, prediction: Prediction) -> bool:
    return prediction.text_sha256 != labelled.gold.text_sha256


def _of_another_text(ids: Iterable[str]) -> str:
    return (
        f"read from another text than was labelled: {_listed(ids)};"
        " extract the articles of the gold folder itself"
    )


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(map(repr, ids))
