"""Incidents and articles become cells: found, missed, invented; quiet articles left quiet."""

from random import Random

import pytest
from grading import align_by_id, article, case, incident, labelled, quote
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.align import Alignment, Leftover, LeftoverKind, Pair
from eval.cells import CellKind, CellState, Mistake, to_jsonl
from eval.predictions import Prediction
from eval.scoring.case import Case
from eval.scoring.incidents import incident_cells
from extractor.codes import Actuality, InputOutcome
from extractor.records import Incident

CORRECT, WRONG, MISSED, SPURIOUS, ABSTAINED, EXCUSED = (
    CellState.CORRECT,
    CellState.WRONG,
    CellState.MISSED,
    CellState.SPURIOUS,
    CellState.ABSTAINED,
    CellState.EXCUSED,
)
ONE, TWO, OLD = incident("i1"), incident("i2"), incident("i3", background=True)


@pytest.mark.parametrize(
    ("gold", "predicted", "state", "mistake", "counts"),
    [
        pytest.param([ONE, TWO], [TWO, ONE], CORRECT, None, (2, 2, 0), id="all found"),
        pytest.param([ONE, TWO], [ONE], WRONG, Mistake.MISSED, (2, 1, -1), id="one dropped"),
        pytest.param([ONE], [ONE, TWO], WRONG, Mistake.SPURIOUS, (1, 2, 1), id="one invented"),
        pytest.param([ONE], [TWO], WRONG, Mistake.MISSED, (1, 1, 0), id="another one"),
        pytest.param([ONE], [], MISSED, Mistake.MISSED, (1, 0, -1), id="nothing told"),
        pytest.param([ONE], None, MISSED, Mistake.MISSED, (1, 0, -1), id="no prediction"),
        pytest.param([], [], ABSTAINED, None, (0, 0, 0), id="rightly quiet"),
        pytest.param([], None, ABSTAINED, None, (0, 0, 0), id="quiet without a prediction"),
        pytest.param([], [ONE], SPURIOUS, Mistake.SPURIOUS, (0, 1, 1), id="not quiet"),
        pytest.param([OLD], [], ABSTAINED, None, (0, 0, 0), id="background not told"),
        pytest.param([OLD], [OLD], ABSTAINED, None, (0, 0, 0), id="background told"),
        pytest.param([ONE, OLD], [ONE], CORRECT, None, (1, 1, 0), id="background beside"),
    ],
)
def test_an_article_is_right_when_no_incident_is_missed_or_invented(
    gold: list[Incident],
    predicted: list[Incident] | None,
    state: CellState,
    mistake: Mistake | None,
    counts: tuple[int, int, int],
) -> None:
    [cell, *rest] = incident_cells(case(gold, predicted))
    assert (cell.kind, cell.state, cell.mistake) == (CellKind.ARTICLE, state, mistake)
    measures = ("gold_incidents", "predicted_incidents", "difference")
    assert tuple(cell.measures[name] for name in measures) == counts
    assert all(one.kind is CellKind.INCIDENT for one in rest)


def test_an_article_tells_how_its_reading_ended() -> None:
    assert incident_cells(case([ONE], []))[0].outcome is InputOutcome.READ
    assert incident_cells(case([ONE], None))[0].outcome == "absent"
    gold = labelled(ONE)
    refused = Prediction(
        article_id="a1", text_sha256=article().text_sha256, outcome=InputOutcome.REFUSED
    )
    cells = incident_cells(
        Case(labelled=gold, prediction=refused, alignment=align_by_id([ONE], []))
    )
    assert [one.state for one in cells] == [MISSED, MISSED]
    assert cells[0].outcome is InputOutcome.REFUSED


@pytest.mark.parametrize(
    ("kind", "mistake"),
    [
        ("spurious", Mistake.SPURIOUS),
        ("duplicate", Mistake.DUPLICATE),
        ("split", Mistake.SPLIT),
    ],
)
def test_an_incident_too_many_tells_why(kind: LeftoverKind, mistake: Mistake) -> None:
    told = case([ONE], [ONE, TWO], alignment=align_by_id([ONE], [ONE, TWO], extra=kind, of=0))
    [_, found, extra] = incident_cells(told)
    assert (found.state, extra.state, extra.mistake) == (CORRECT, SPURIOUS, mistake)


def test_two_incidents_told_as_one_leave_the_second_merged() -> None:
    alignment = Alignment(
        pairs=(Pair(gold=0, predicted=0, similarity=0.7),),
        missed=(Leftover(index=1, kind="merged", of=0),),
    )
    cells = incident_cells(case([ONE, TWO], [ONE], alignment=alignment))
    assert [(one.state, one.mistake) for one in cells] == [
        (WRONG, Mistake.MERGED),
        (CORRECT, None),
        (MISSED, Mistake.MERGED),
    ]


def test_what_repeats_a_background_incident_is_excused_too() -> None:
    read = [OLD, TWO]
    alignment = align_by_id([OLD], read, extra="duplicate", of=0)
    cells = incident_cells(case([OLD], read, alignment=alignment))
    assert [one.state for one in cells] == [ABSTAINED, EXCUSED, EXCUSED]


def test_a_background_incident_told_as_news_is_found_and_says_so() -> None:
    [_, cell] = incident_cells(case([OLD], [OLD.model_copy(update={"background": False})]))
    assert (cell.state, cell.parts["background"]) == (EXCUSED, False)


def test_what_is_told_beyond_a_gold_incident_names_it() -> None:
    told = case([ONE], [ONE, TWO], alignment=align_by_id([ONE], [ONE, TWO], "split", of=0))
    assert [(scene.leftover, scene.of) for scene in told.scenes()] == [(None, None), ("split", ONE)]


def test_a_found_incident_tells_how_sure_the_match_is() -> None:
    alignment = Alignment(pairs=(Pair(gold=0, predicted=0, similarity=0.7),), margin=0.01)
    foiled = incident("i1", actuality=Actuality.FOILED, evidence=[quote("b", at=9), quote("a")])
    [whole, cell] = incident_cells(case([ONE], [foiled], alignment=alignment))
    assert cell.measures == {"similarity": 0.7, "margin": 0.01}
    assert cell.codes == {
        "ambiguous": "yes",
        "gold_actuality": "actual",
        "predicted_actuality": "foiled",
        "gold_clarity": "single",
        "predicted_clarity": "single",
    }
    assert cell.parts == {"background": True, "actuality": False, "clarity": True}
    assert cell.state is CORRECT
    assert cell.key == "shelling · Basra · 2016-11-30"
    assert cell.predicted_quotes == ("a", "b")
    assert whole.measures["ambiguous"] == 1.0


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from([ONE, TWO, OLD]), unique_by=lambda one: one.id),
    st.lists(st.sampled_from([ONE, TWO, OLD, incident("i4")]), unique_by=lambda one: one.id),
    st.randoms(use_true_random=False),
)
def test_the_order_of_incidents_does_not_matter(
    gold: list[Incident], predicted: list[Incident], random: Random
) -> None:
    first = to_jsonl(incident_cells(case(gold, predicted)))
    gold, predicted = random.sample(gold, len(gold)), random.sample(predicted, len(predicted))
    again = to_jsonl(incident_cells(case(gold, predicted)))
    assert sorted(first.splitlines()) == sorted(again.splitlines())
    right = {one.state for one in incident_cells(case(gold, gold))}
    assert right <= {CORRECT, ABSTAINED, EXCUSED}
