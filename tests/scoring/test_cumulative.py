"""Figures of more than one incident: told as such, missed, or leaked into an incident."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from grading import MONITOR, POLICE, alternative, case, count, distractor, figure, incident, quote
from hypothesis import given
from hypothesis import strategies as st

from eval.cells import Cell, CellKind, CellState, Harm, Mistake
from eval.gold import DistractorKind
from eval.scoring.counts import count_cells
from eval.scoring.cumulative import cumulative_cells
from extractor.codes import Scope
from extractor.records import CountClaim

WAR = count(
    "war",
    "more than 300000",
    scope=Scope.CONFLICT,
    speakers=(MONITOR,),
    quotes=(quote("more than 300,000 have died", at=800),),
)
WEEK = count("week", 2, scope=Scope.PERIOD, quotes=(quote("two this week", at=900),))
TOLL = count("k", 26, speakers=(POLICE,))


def cells_of(
    told: Sequence[CountClaim],
    toll: CountClaim = TOLL,
    cumulative: Sequence[CountClaim] = (WAR, WEEK),
    **labels: Any,
) -> list[Cell]:
    """The cells of an incident whose toll is predicted so, and these cumulative claims."""
    return cumulative_cells(
        case(
            [incident("i1", [TOLL])],
            [incident("i1", [toll])],
            cumulative=told,
            gold_cumulative=cumulative,
            **labels,
        )
    )


def states(cells: Sequence[Cell]) -> Counter[str]:
    return Counter(cell.state.value for cell in cells)


def leaks(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if Harm.CUMULATIVE_LEAK in cell.harms]


def test_gold_against_itself_is_right_and_leaks_nothing() -> None:
    cells = cells_of((WEEK, WAR))
    assert states(cells) == {"correct": 2}
    assert all(cell.kind is CellKind.CUMULATIVE for cell in cells)
    assert all(cell.opportunities == (Harm.CUMULATIVE_LEAK,) for cell in cells)
    assert leaks(cells) == []
    assert {cell.key for cell in cells} == {
        "killed · people · the Observatory · conflict",
        "killed · people · article voice · period",
    }


def test_silence_misses_and_leaks_nothing() -> None:
    cells = cells_of(())
    assert states(cells) == {"missed": 2}
    assert leaks(cells) == []


@pytest.mark.parametrize(
    ("part", "changed"),
    [
        ("number", {"number": figure(300_000)}),
        ("scope", {"scope": Scope.PLACE}),
        ("speakers", {"speakers": (POLICE,)}),
    ],
)
def test_one_wrong_part_makes_one_wrong_cell(part: str, changed: dict[str, Any]) -> None:
    cells = cells_of((WAR.model_copy(update=changed), WEEK))
    assert states(cells) == {"correct": 1, "wrong": 1}
    wrong = next(cell for cell in cells if cell.state is CellState.WRONG)
    assert next(name for name, right in wrong.parts.items() if not right) == part


def test_a_cumulative_figure_given_as_the_toll_of_an_incident_leaks() -> None:
    leaked = TOLL.model_copy(update={"number": figure("more than 300000")})
    cells = cells_of((), leaked)
    assert states(cells) == {"missed": 2}
    assert [cell.gold_id for cell in leaks(cells)] == ["war"]


def test_it_leaks_too_when_it_is_told_as_cumulative_as_well() -> None:
    leaked = TOLL.model_copy(update={"number": figure(300_000)})
    cells = cells_of((WAR, WEEK), leaked)
    assert states(cells) == {"correct": 2}
    assert [cell.gold_id for cell in leaks(cells)] == ["war"]


def test_a_small_figure_leaks_only_from_its_own_words() -> None:
    two = TOLL.model_copy(update={"number": figure(2)})
    assert leaks(cells_of((), two)) == []
    of_the_week = two.model_copy(update={"quotes": WEEK.quotes})
    assert [cell.gold_id for cell in leaks(cells_of((), of_the_week))] == ["week"]


@pytest.mark.parametrize("own", ["dozens", "unknown", 26, "none", "at least 26"], ids=str)
def test_a_leak_is_one_whatever_stands_in_its_place(own: Any) -> None:
    toll = count("k", own)
    told = toll.model_copy(update={"number": figure(300_000)})
    made = case([incident("i1", [toll])], [incident("i1", [told])], gold_cumulative=(WAR,))
    assert [cell.gold_id for cell in leaks(cumulative_cells(made))] == ["war"]


def test_a_leak_that_would_be_a_rounding_is_one_if_its_words_say_so() -> None:
    week = count("week", 300, scope=Scope.PERIOD, quotes=WEEK.quotes)
    gold = incident("i1", [count("k", 260)])
    for quotes, leaked in ((WEEK.quotes, ["week"]), (TOLL.quotes, [])):
        told = incident("i1", [count("k", 300, quotes=quotes)])
        made = case([gold], [told], gold_cumulative=(week,))
        assert [cell.gold_id for cell in leaks(cumulative_cells(made))] == leaked


def test_a_figure_that_another_incident_has_too_leaks_only_from_the_cumulative_words() -> None:
    week = count("week", 80, scope=Scope.PERIOD, quotes=WEEK.quotes)
    gold = [incident("i1", [TOLL]), incident("i2", [count("o", 80, quotes=(quote(at=400),))])]
    for quotes, leaked in ((WEEK.quotes, ["week"]), (TOLL.quotes, [])):
        told = [incident("i1", [count("k", 80, speakers=(POLICE,), quotes=quotes)]), gold[1]]
        cells = cumulative_cells(case(gold, told, gold_cumulative=(week,)))
        assert [cell.gold_id for cell in leaks(cells)] == leaked


@pytest.mark.parametrize("told", [5000, 8000, "at least 5000", "up to 8000", (5000, 8000)], ids=str)
def test_an_end_of_a_cumulative_range_leaks(told: Any) -> None:
    war = WAR.model_copy(update={"number": figure((5000, 8000))})
    leaked = TOLL.model_copy(update={"number": figure(told)})
    assert [cell.gold_id for cell in leaks(cells_of((), leaked, (war,)))] == ["war"]
    inside = TOLL.model_copy(update={"number": figure(6000)})
    assert leaks(cells_of((), inside, (war,))) == []


def test_a_right_figure_and_a_repeat_of_one_leak_nothing() -> None:
    week = count("week", 26, scope=Scope.PERIOD, quotes=TOLL.quotes)
    twice = incident("i1", [TOLL, TOLL.model_copy(update={"id": "l"})])
    other = incident("i1", [TOLL.model_copy(update={"speakers": (MONITOR,)})])
    for told in (twice, other):
        made = case([incident("i1", [TOLL])], [told], gold_cumulative=(week,))
        assert leaks(cumulative_cells(made)) == []


def test_a_leak_is_that_of_the_figure_in_whose_words_it_stands() -> None:
    other = count("other", 300_000, scope=Scope.CONFLICT, speakers=(POLICE,))
    leaked = TOLL.model_copy(update={"number": figure(300_000), "quotes": WAR.quotes})
    assert [cell.gold_id for cell in leaks(cells_of((), leaked, (WAR, other)))] == ["war"]


def test_an_optional_figure_excuses_no_other_one() -> None:
    invented = [count(f"x{n}", 999 + n, scope=Scope.PERIOD) for n in range(3)]
    cells = cells_of([WEEK, *invented], cumulative=(WEEK,), optional=("week",))
    assert states(cells) == {"excused": 1, "spurious": 3}


def test_a_leak_into_an_invented_incident_is_one() -> None:
    invented = incident("i9", [WAR.model_copy(update={"id": "x", "scope": Scope.INCIDENT})])
    cells = cumulative_cells(case([], [invented], distractors=(distractor("more than 300000"),)))
    assert [(cell.state, cell.mistake) for cell in cells] == [
        (CellState.SPURIOUS, Mistake.CUMULATIVE_LEAK)
    ]
    assert len(leaks(cells)) == 1


def test_a_figure_that_gold_names_no_toll_is_rightly_left_out() -> None:
    cells = cells_of((), cumulative=(), distractors=(distractor(1400),))
    assert [(cell.state, cell.mistake) for cell in cells] == [(CellState.ABSTAINED, None)]
    assert cells[0].opportunities == (Harm.CUMULATIVE_LEAK,)
    assert cells[0].harms == ()


def test_told_as_cumulative_it_neither_rewards_nor_punishes() -> None:
    told = count("x", 1400, scope=Scope.PERIOD)
    cells = cells_of((told,), cumulative=(), distractors=(distractor(1400),))
    assert states(cells) == {"excused": 1, "abstained": 1}


def test_other_figures_that_are_no_toll_are_not_cumulative() -> None:
    kept = distractor(63, DistractorKind.NOT_HARMED)
    assert cells_of((), cumulative=(), distractors=(kept,)) == []


def test_an_invented_cumulative_figure_is_spurious_and_no_leak() -> None:
    cells = cells_of((count("x", 77, scope=Scope.PLACE),), cumulative=())
    assert [(cell.state, cell.mistake) for cell in cells] == [
        (CellState.SPURIOUS, Mistake.HALLUCINATED)
    ]
    assert cells[0].opportunities == ()


def test_an_incidents_toll_told_as_cumulative_is_of_another_kind() -> None:
    cells = cells_of((count("x", 26, scope=Scope.PLACE),), cumulative=())
    assert [cell.mistake for cell in cells] == [Mistake.OTHER_INCIDENT]


def test_an_optional_figure_is_excused_and_may_leak() -> None:
    leaked = TOLL.model_copy(update={"number": figure("more than 300000")})
    cells = cells_of((), leaked, cumulative=(WAR,), optional=("war",))
    assert [(cell.state, cell.opportunities) for cell in cells] == [(CellState.EXCUSED, ())]


def test_a_second_reading_is_as_right() -> None:
    told = WAR.model_copy(update={"number": figure("at least 300000")})
    other = alternative("war", number=figure("at least 300000"))
    assert states(cells_of((told, WEEK))) == {"correct": 1, "wrong": 1}
    assert states(cells_of((told, WEEK), alternatives=(other,))) == {"correct": 2}


def test_a_cumulative_claim_among_an_incidents_own_is_compared_with_the_others() -> None:
    predicted = [incident("i1", [TOLL, WAR])]
    made = case([incident("i1", [TOLL])], predicted, distractors=(distractor(9),))
    assert states(count_cells(made)) == {"correct": 1}
    assert states(cumulative_cells(made)) == {"spurious": 1, "abstained": 1}
    optional = case([incident("i1", [TOLL, WAR])], [], optional=("i1",))
    assert states(cumulative_cells(optional)) == {"excused": 1}


def test_an_article_that_was_not_predicted_misses_them_all() -> None:
    made = case([incident("i1", [TOLL, WAR])], None)
    assert states(cumulative_cells(made)) == {"missed": 1}


@given(st.permutations([WAR, WEEK, count("x", 77, scope=Scope.PLACE)]), st.booleans())
def test_the_order_of_claims_does_not_matter(told: list[CountClaim], turned: bool) -> None:
    gold = (WEEK, WAR) if turned else (WAR, WEEK)
    cells = cells_of(told, cumulative=gold)
    assert [cell.model_dump_json() for cell in cells] == [
        cell.model_dump_json() for cell in cells_of((WAR, WEEK, count("x", 77, scope=Scope.PLACE)))
    ]
