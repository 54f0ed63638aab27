"""Attack types become cells: the main type of each incident."""

import pytest
from grading import align_by_id, case, incident

from eval.cells import CellState, Mistake
from eval.scoring.attacks import attack_cells
from extractor.codes import AttackType
from extractor.records import Incident

AIR, SHELLS, BOMB, UNKNOWN = (
    AttackType.AIRSTRIKE,
    AttackType.SHELLING,
    AttackType.EXPLOSIVE_DEVICE,
    AttackType.UNKNOWN,
)


def of(*types: AttackType, name: str = "i1", background: bool = False) -> Incident:
    return incident(name, attack_types=types, background=background)


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        pytest.param((AIR,), (AIR,), [(CellState.CORRECT, None)], id="the same"),
        pytest.param((AIR,), (AIR, BOMB), [(CellState.CORRECT, None)], id="the main type counts"),
        pytest.param((AIR,), (SHELLS,), [(CellState.WRONG, Mistake.WRONG_TYPE)], id="another type"),
        pytest.param(
            (AIR, SHELLS), (SHELLS,), [(CellState.WRONG, Mistake.WRONG_TYPE)], id="a second type"
        ),
        pytest.param((AIR,), (UNKNOWN,), [(CellState.MISSED, Mistake.MISSED)], id="not told"),
        pytest.param((AIR,), (), [(CellState.MISSED, Mistake.MISSED)], id="an empty list"),
        pytest.param((UNKNOWN,), (UNKNOWN,), [], id="unknown to both"),
        pytest.param((UNKNOWN,), (AIR,), [(CellState.SPURIOUS, Mistake.SPURIOUS)], id="made up"),
    ],
)
def test_the_main_type_becomes_a_cell(
    gold: tuple[AttackType, ...],
    predicted: tuple[AttackType, ...],
    expected: list[tuple[CellState, Mistake | None]],
) -> None:
    cells = attack_cells(case([of(*gold)], [of(*predicted)]))
    assert [(one.state, one.mistake) for one in cells] == expected


def test_a_type_that_gold_lists_second_is_shown() -> None:
    [cell] = attack_cells(case([of(AIR, SHELLS)], [of(SHELLS)]))
    assert cell.parts == {"main": False, "listed": True}
    assert cell.codes == {"gold_type": "airstrike", "predicted_type": "shelling"}
    assert cell.slice == "airstrike"


@pytest.mark.parametrize("predicted", [None, ()], ids=["no prediction", "an empty one"])
def test_a_missed_incident_misses_its_type(predicted: tuple[Incident, ...] | None) -> None:
    [cell] = attack_cells(case([of(AIR), of(UNKNOWN, name="i2")], predicted))
    assert (cell.state, cell.mistake) == (CellState.MISSED, Mistake.MISSED)


def test_an_incident_too_many_has_a_type_too_many() -> None:
    read = [of(AIR), of(BOMB, name="i8"), of(UNKNOWN, name="i9")]
    alignment = align_by_id(read[:1], read, extra="duplicate", of=0)
    cells = attack_cells(case(read[:1], read, alignment=alignment))
    assert [(one.state, one.mistake) for one in cells] == [
        (CellState.CORRECT, None),
        (CellState.SPURIOUS, Mistake.DUPLICATE),
    ]


def test_an_optional_incident_is_excused() -> None:
    [cell] = attack_cells(case([of(AIR, background=True)], [of(BOMB)]))
    assert (cell.state, cell.mistake) == (CellState.EXCUSED, None)
