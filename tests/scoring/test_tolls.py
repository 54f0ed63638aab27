"""The toll view: figures of whole groups by outcome, whoever said them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from grading import HOSPITAL, POLICE, VOICE, alternative, case, count, figure, group, incident
from hypothesis import given
from hypothesis import strategies as st

from eval.cells import Cell, CellState, Mistake
from eval.scoring.tolls import toll_cells
from extractor.codes import Demographic, Hedge, Outcome, Scope, Standing, Unit
from extractor.records import CountClaim

Told = int | str | tuple[int, int]

SOLDIERS = group("soldiers", standing=Standing.COMBATANT)


def cells_of(
    gold: Sequence[CountClaim], predicted: Sequence[CountClaim], **labels: Any
) -> list[Cell]:
    """The tolls of one incident with these claims on each side."""
    return toll_cells(case([incident("i1", gold)], [incident("i1", predicted)], **labels))


def states(cells: Sequence[Cell]) -> Counter[str]:
    return Counter(cell.state.value for cell in cells)


def told(*figures: Told, outcome: Outcome = Outcome.KILLED) -> list[CountClaim]:
    return [count(f"{outcome.value}{place}", one, outcome) for place, one in enumerate(figures)]


def test_the_speaker_and_the_group_do_not_count() -> None:
    gold = count("g", 12, speakers=(POLICE,), group=SOLDIERS)
    assert states(cells_of([gold], [count("x", 12, speakers=(VOICE,))])) == {"correct": 1}


def test_the_outcome_does() -> None:
    cells = cells_of(told(12), told(12, outcome=Outcome.INJURED))
    assert states(cells) == {"missed": 1, "spurious": 1}
    assert {cell.slice for cell in cells} == {"killed", "injured"}


def test_one_figure_of_two_speakers_is_one_toll_and_two_figures_are_two() -> None:
    police, hospital = count("p", 12, speakers=(POLICE,)), count("h", 12, speakers=(HOSPITAL,))
    assert states(cells_of([police, hospital], [police])) == {"correct": 1}
    other = count("h", 17, speakers=(HOSPITAL,))
    cells = cells_of([police, other], [police])
    assert states(cells) == {"correct": 1, "missed": 1}


def test_one_figure_of_two_groups_is_two_tolls() -> None:
    civilians = group("civilians", standing=Standing.CIVILIAN)
    gold = [count("a", 3, group=SOLDIERS), count("b", 3, group=civilians)]
    assert states(cells_of(gold, gold)) == {"correct": 2}
    missed = cells_of(gold, gold[:1])
    assert {(cell.gold_id, cell.state.value) for cell in missed} == {
        ("a", "correct"),
        ("b", "missed"),
    }
    assert states(cells_of(gold[:1], gold)) == {"correct": 1, "spurious": 1}
    plain = [count("x", 3, group=group("troops")), count("y", 3, group=group("villagers"))]
    assert states(cells_of(gold, plain)) == {"correct": 2}


def test_unspecified_groups_are_told_apart_by_their_words() -> None:
    passengers, vendors = (
        count("a", 9, group=group("passengers")),
        count("b", 9, group=group("vendors")),
    )
    assert states(cells_of([passengers, vendors], [passengers])) == {"correct": 1, "missed": 1}
    wordless = count("b", 9, group=group(None), speakers=(POLICE,))
    assert states(cells_of([passengers, wordless], [passengers])) == {"correct": 1}
    assert states(cells_of([passengers], [passengers, vendors])) == {"correct": 1}


def test_a_part_of_an_optional_whole_that_is_left_out_is_no_toll() -> None:
    children = group("children", demographics=(Demographic.CHILDREN,))
    gold = [count("w", 10), count("c", 4, group=children, part_of="w")]
    (cell,) = cells_of(gold, [count("c", 4, group=children)], optional=("w",))
    assert (cell.state, cell.gold_id, cell.predicted_id) == (CellState.EXCUSED, "w", None)
    both = cells_of(gold, [count("w", 10), count("c", 4, group=children)], optional=("w",))
    assert [(cell.state, cell.predicted_id) for cell in both] == [(CellState.EXCUSED, "w")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (count("a", "at least 26"), count("b", "more than 25")),
        (count("a", 3), count("b", figure(3, unit=Unit.BODIES))),
        (count("a", "dozens of"), count("b", "Dozens")),
    ],
    ids=["bounds", "bodies", "vague"],
)
def test_one_figure_in_other_words_is_one_toll(one: CountClaim, other: CountClaim) -> None:
    assert states(cells_of([one, other], [other])) == {"correct": 1}


@pytest.mark.parametrize(
    "aside",
    [
        count("c", 7, part_of="k"),
        count("c", 7, scope=Scope.PERIOD),
        count("c", 7, hedge=Hedge.WITHDRAWN),
    ],
    ids=["part", "cumulative", "withdrawn"],
)
def test_parts_cumulative_and_withdrawn_figures_are_no_tolls(aside: CountClaim) -> None:
    whole = count("k", 26)
    assert states(cells_of([whole, aside], [whole])) == {"correct": 1}
    assert states(cells_of([whole], [whole, aside])) == {"correct": 1}


def test_only_the_last_of_revised_figures_is_a_toll() -> None:
    revised = [count("a", 12), count("b", 14, supersedes="a")]
    assert states(cells_of(revised, [count("x", 14)])) == {"correct": 1}
    assert states(cells_of(revised, [count("x", 12)])) == {"missed": 1}


@pytest.mark.parametrize("hedge", [Hedge.WITHDRAWN, Hedge.NONE], ids=str)
def test_an_old_figure_told_without_its_link_lowers_nothing(hedge: Hedge) -> None:
    gold = [count("a", 12, hedge=hedge), count("b", 14, supersedes="a")]
    both = [count("x", 12), count("y", 14)]
    assert states(cells_of(gold, both)) == {"correct": 1}
    assert states(cells_of(gold, [*both, count("z", 13)])) == {"correct": 1, "spurious": 1}


def test_an_old_figure_that_another_speaker_stands_by_is_a_toll() -> None:
    gold = [
        count("a", 12, speakers=(POLICE,)),
        count("b", 14, speakers=(POLICE,), supersedes="a"),
        count("c", 12, speakers=(HOSPITAL,)),
    ]
    cells = cells_of(gold, [count("x", 12, speakers=(POLICE,)), count("y", 14, speakers=(POLICE,))])
    assert states(cells) == {"correct": 2}


def test_right_figures_pair_before_near_ones_and_the_rest_by_size() -> None:
    cells = cells_of(told(10, 100), told(100, 90, 11))
    pairs = {(cell.gold, cell.predicted) for cell in cells}
    assert pairs == {("100", "100"), ("10", "11"), (None, "90")}
    cells = cells_of(told(10, 100), told(90, 11))
    assert {(cell.gold, cell.predicted) for cell in cells} == {("10", "11"), ("100", "90")}


def test_a_figure_that_stands_once_is_right_once_d13() -> None:
    cells = cells_of(told(12), told(12, 12, 12))
    assert states(cells) == {"correct": 1}
    assert states(cells_of(told(12), told(12, 13, 14))) == {"correct": 1, "spurious": 2}


@pytest.mark.parametrize(
    ("gold", "predicted", "mistake"),
    [
        (12, 120, Mistake.DIGIT_ERROR),
        ("at least 26", 26, Mistake.OPENNESS_LOST),
        ("dozens", 36, Mistake.VAGUE_HARDENED),
        (12, "none", Mistake.FALSE_NONE),
        (12, 0, Mistake.FALSE_NONE),
        (12, 13, Mistake.OTHER),
    ],
    ids=str,
)
def test_a_wrong_toll_has_its_kind_of_error(gold: Told, predicted: Told, mistake: Mistake) -> None:
    (cell,) = cells_of(told(gold), told(predicted))
    assert (cell.state, cell.mistake) == (CellState.WRONG, mistake)
    assert cell.parts["number"] is False


def test_nobody_and_silence_are_not_the_same_d15() -> None:
    assert states(cells_of(told("none"), [])) == {"missed": 1}
    assert states(cells_of(told("none"), told("none"))) == {"correct": 1}
    assert states(cells_of([], told("none"))) == {"spurious": 1}
    assert states(cells_of(told("none"), told(0))) == {"wrong": 1}


def test_any_reading_of_gold_will_do() -> None:
    gold = told(12)
    labels = {
        "alternatives": (
            alternative("killed0", number=figure(14)),
            alternative("killed0", outcome=Outcome.KILLED_OR_INJURED),
        )
    }
    assert states(cells_of(gold, told(12), **labels)) == {"correct": 1}
    assert states(cells_of(gold, told(14), **labels)) == {"correct": 1}
    other = told(12, outcome=Outcome.KILLED_OR_INJURED)
    assert states(cells_of(gold, other, **labels)) == {"correct": 1}
    assert states(cells_of(gold, told(13), **labels)) == {"wrong": 1}


def test_a_wrong_figure_stands_for_the_toll_that_gold_gives_first() -> None:
    either = Outcome.KILLED_OR_INJURED
    gold = [*told(12), *told(20, outcome=either)]
    labels = {"alternatives": (alternative("killed0", outcome=either),)}
    cells = cells_of(gold, told(13, outcome=either), **labels)
    assert {(cell.gold, cell.predicted) for cell in cells} == {("20", "13"), ("12", None)}


@pytest.mark.parametrize("predicted", [(12,), (12, 17), (17,), (17, 40)], ids=str)
def test_an_optional_toll_neither_rewards_nor_punishes(predicted: tuple[int, ...]) -> None:
    cells = cells_of(told(17, 12), told(*predicted), optional=("killed1",))
    without = cells_of(told(17), told(*(n for n in predicted if n not in (12, 40))))
    assert states(cells)["excused"] == 1
    assert states(cells) - Counter(excused=1) == states(without)


def test_a_toll_that_one_speaker_must_be_told_for_is_not_optional() -> None:
    gold = [count("a", 12), count("b", 12, speakers=(POLICE,))]
    assert states(cells_of(gold, [], optional=("a",))) == {"missed": 1}


def test_everything_in_an_optional_incident_is_excused() -> None:
    cells = cells_of(told(12), told(12, 99), optional=("i1",))
    assert states(cells) == {"excused": 2}


def test_missed_and_invented_incidents_cost_their_tolls() -> None:
    gold, invented = incident("i1", told(12, 17)), incident("i2", told(5))
    assert states(toll_cells(case([gold], [invented]))) == {"missed": 2, "spurious": 1}
    assert states(toll_cells(case([gold], None))) == {"missed": 2}


FIGURES = st.lists(
    st.sampled_from([0, 5, 12, (10, 15), "at least 12", "about 100", "dozens", "unknown", "none"]),
    max_size=5,
)


@given(FIGURES, FIGURES, st.randoms(use_true_random=False))
def test_the_order_of_tolls_does_not_matter(
    gold: list[Told], predicted: list[Told], luck: Any
) -> None:
    def rows(one: Sequence[CountClaim], other: Sequence[CountClaim]) -> Counter[str]:
        cells = cells_of(one, other)
        return Counter(cell.model_dump_json(exclude={"gold_id", "predicted_id"}) for cell in cells)

    ours, theirs = told(*gold), told(*predicted)
    before = rows(ours, theirs)
    luck.shuffle(ours)
    luck.shuffle(theirs)
    assert rows(ours, theirs) == before


@given(FIGURES, FIGURES)
def test_every_distinct_figure_is_one_cell_or_half_of_one(
    gold: list[Told], predicted: list[Told]
) -> None:
    cells = cells_of(told(*gold), told(*predicted))
    assert sum(cell.has_gold for cell in cells) == len(set(gold))
    assert sum(cell.has_predicted for cell in cells) == len(set(predicted))
    right = states(cells)["correct"]
    assert right >= len(set(gold) & set(predicted))
    assert states(cells_of(told(*gold), told(*gold)))["correct"] == len(set(gold))
