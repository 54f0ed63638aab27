"""Cells of attack types: how it was done, the main way of each incident."""

from eval.cells import Cell, CellKind, CellState, Mistake
from eval.scoring.case import Case, Scene
from eval.scoring.incidents import mistake_alone
from extractor.codes import AttackType
from extractor.records import Incident


def attack_cells(case: Case) -> list[Cell]:
    """One cell for each incident whose main attack type one of the sides tells.

    `unknown` is no value: nothing is told. The part `listed` says whether the predicted type is
    anywhere in gold's list, the order of which is a matter of taste.
    """
    cells = (_attack_cell(case, scene) for scene in case.scenes())
    return [cell for cell in cells if cell is not None]


def _attack_cell(case: Case, scene: Scene) -> Cell | None:
    gold, predicted = _main_type(scene.gold), _main_type(scene.predicted)
    if gold is None and predicted is None:
        return None
    state, mistake = _state(scene, gold, predicted)
    parts = {}
    if gold and predicted and scene.gold:
        parts = {"main": gold is predicted, "listed": predicted in scene.gold.attack_types}
    codes = {"gold_type": gold, "predicted_type": predicted}
    return case.cell(
        CellKind.ATTACK,
        scene,
        state=state,
        mistake=mistake,
        key="attack type",
        gold=gold.value if gold else None,
        predicted=predicted.value if predicted else None,
        slice=(gold or predicted or AttackType.UNKNOWN).value,
        parts=parts,
        codes={name: one.value for name, one in codes.items() if one},
    )


def _main_type(incident: Incident | None) -> AttackType | None:
    """The main type; none where it is not told."""
    main = incident.attack_types[0] if incident and incident.attack_types else AttackType.UNKNOWN
    return None if main is AttackType.UNKNOWN else main


def _state(
    scene: Scene, gold: AttackType | None, predicted: AttackType | None
) -> tuple[CellState, Mistake | None]:
    if scene.is_optional:
        return CellState.EXCUSED, None
    if gold is None:
        alone = Mistake.SPURIOUS if scene.gold else mistake_alone(scene)
        return CellState.SPURIOUS, alone
    if predicted is None:
        return CellState.MISSED, Mistake.MISSED
    if gold is predicted:
        return CellState.CORRECT, None
    return CellState.WRONG, Mistake.WRONG_TYPE
