"""Cells of incidents: which were found, missed or invented, and how each article ended as a whole.

An article's cell is right only when every incident was found and none beyond them was told, so it
counts articles of which nothing has to be corrected by hand.
"""

from eval.cells import Cell, CellKind, CellState, Mistake
from eval.scoring.case import Case, Scene
from extractor.records import Incident

_ALONE: dict[str | None, Mistake] = {
    "missed": Mistake.MISSED,
    "merged": Mistake.MERGED,
    "duplicate": Mistake.DUPLICATE,
    "split": Mistake.SPLIT,
    "spurious": Mistake.SPURIOUS,
}


def incident_cells(case: Case) -> list[Cell]:
    """The cell of the article, then one for each incident of either side."""
    incidents = [_incident_cell(case, scene) for scene in case.scenes()]
    return [_article_cell(case, incidents), *incidents]


def mistake_alone(scene: Scene) -> Mistake:
    """What is wrong where an incident stands without a partner."""
    return _ALONE.get(scene.leftover, Mistake.MISSED if scene.gold else Mistake.SPURIOUS)


def _incident_cell(case: Case, scene: Scene) -> Cell:
    gold, predicted = scene.gold, scene.predicted
    state, mistake = _state(scene)
    return case.cell(
        CellKind.INCIDENT,
        scene,
        state=state,
        mistake=mistake,
        gold_id=gold.id if gold else None,
        predicted_id=predicted.id if predicted else None,
        key=_name(gold or predicted),
        gold=gold.summary if gold else None,
        predicted=predicted.summary if predicted else None,
        parts=_parts(gold, predicted),
        measures=_measures(case, scene),
        codes=_codes(case, gold, predicted),
        gold_quotes=_evidence(gold),
        predicted_quotes=_evidence(predicted),
    )


def _state(scene: Scene) -> tuple[CellState, Mistake | None]:
    if scene.is_optional:
        return CellState.EXCUSED, None
    if scene.gold and scene.predicted:
        return CellState.CORRECT, None
    state = CellState.MISSED if scene.gold else CellState.SPURIOUS
    return state, mistake_alone(scene)


def _parts(gold: Incident | None, predicted: Incident | None) -> dict[str, bool]:
    """What is said of the whole incident: for information, none of it makes a cell wrong."""
    if gold is None or predicted is None:
        return {}
    return {
        "background": gold.background is predicted.background,
        "actuality": gold.actuality is predicted.actuality,
        "clarity": gold.clarity is predicted.clarity,
    }


def _measures(case: Case, scene: Scene) -> dict[str, float]:
    if not (scene.gold and scene.predicted):
        return {}
    alike = {case.gold.incidents[one.gold].id: one.similarity for one in case.alignment.pairs}
    measures = {"similarity": alike[scene.gold.id]}
    if case.alignment.margin is not None:
        measures["margin"] = case.alignment.margin
    return measures


def _codes(case: Case, gold: Incident | None, predicted: Incident | None) -> dict[str, str]:
    codes = {"ambiguous": "yes" if case.alignment.is_ambiguous else "no"}
    for side, one in (("gold", gold), ("predicted", predicted)):
        if one:
            codes[f"{side}_actuality"] = one.actuality.value
            codes[f"{side}_clarity"] = one.clarity.value
    return codes


def _article_cell(case: Case, incidents: list[Cell]) -> Cell:
    """How the article ended; what is optional in gold counts on neither side."""
    gold = sum(cell.has_gold for cell in incidents)
    predicted = sum(cell.has_predicted for cell in incidents)
    troubles = {cell.mistake for cell in incidents}
    mistake = next((one for one in _ALONE.values() if one in troubles), None)
    state = CellState.CORRECT
    if not gold:
        state = CellState.SPURIOUS if predicted else CellState.ABSTAINED
    elif not predicted:
        state = CellState.MISSED
    elif mistake:
        state = CellState.WRONG
    return case.cell(
        CellKind.ARTICLE,
        None,
        state=state,
        mistake=mistake,
        key="incidents",
        gold=str(gold),
        predicted=str(predicted),
        measures={
            "gold_incidents": float(gold),
            "predicted_incidents": float(predicted),
            "difference": float(predicted - gold),
            "ambiguous": float(case.alignment.is_ambiguous),
        },
        outcome=case.prediction.outcome if case.prediction else "absent",
    )


def _name(one: Incident | None) -> str:
    """An incident for a person: "shelling · Basra · 2016-11-30"."""
    if one is None:
        return ""
    attack = one.attack_types[0].value if one.attack_types else ""
    where = one.places[0].name_text if one.places else ""
    day = one.when.start.isoformat() if one.when.start else ""
    return " · ".join(filter(None, (attack, where, day)))


def _evidence(one: Incident | None) -> tuple[str, ...]:
    quotes = sorted(one.evidence, key=lambda quote: (quote.field, quote.start)) if one else ()
    return tuple(quote.text for quote in quotes)
