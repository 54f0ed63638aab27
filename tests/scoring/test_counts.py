"""Counts become cells: paired by who is counted and who says so, never by the number."""

from typing import Any

import pytest
from counting import (
    BOTH,
    BUS,
    CHILDREN,
    CIVILIANS,
    FAR,
    MARKET,
    SOLDIERS,
    cells_of,
    one_incident,
    replaced,
    states,
    the,
    whole_incident_again,
    without,
)
from grading import (
    HOSPITAL,
    MONITOR,
    POLICE,
    VOICE,
    alternative,
    case,
    count,
    figure,
    group,
    harms_of,
    incident,
    prediction,
    quote,
    speaker,
)

from eval.align import Alignment, Leftover, Pair
from eval.cells import CellKind, CellState, Harm, Mistake
from eval.scoring.case import Case
from eval.scoring.counts import count_cells
from extractor.codes import (
    InputOutcome,
    Outcome,
    Role,
    Scope,
    SpeakerType,
)
from extractor.records import Group

# Gold against itself


def test_gold_against_itself_is_right_and_harmless() -> None:
    cells = count_cells(case(BOTH, BOTH))
    assert states(cells) == {"correct": 12}
    assert not any(cell.harms or cell.mistake for cell in cells)


def test_gold_with_alternatives_and_optional_claims_against_itself_is_right() -> None:
    cells = count_cells(
        case(
            BOTH,
            BOTH,
            optional=("w",),
            disputed=("u",),
            alternatives=(
                alternative("p", speakers=(HOSPITAL,)),
                alternative("h", number=figure(12)),
                alternative("ve", group=group("passengers")),
                alternative("i", outcome=Outcome.KILLED_OR_INJURED),
            ),
        )
    )
    assert states(cells) == {"correct": 10, "excused": 2}
    assert not any(cell.harms or cell.mistake for cell in cells)


def test_claims_alike_but_for_their_numbers_are_paired_by_them() -> None:
    twins = [count("a", 3), count("b", 9), count("c", 40)]
    cells = cells_of(twins, list(reversed(twins)))
    assert {(cell.gold_id, cell.predicted_id) for cell in cells} == {(x, x) for x in "abc"}


def test_parts_of_wholes_that_nothing_tells_apart_are_not_misfiled() -> None:
    wholes = [count("a", 9), count("b", 9)]
    parts = [count(f"{one.id}c", 2, group=CHILDREN, part_of=one.id) for one in wholes]
    crossed = [parts[0].model_copy(update={"part_of": "b"}), parts[1]]
    assert states(cells_of([*wholes, *parts], [*wholes, *crossed])) == {"correct": 4}


# What a cell says


def test_a_cell_tells_the_claim_the_parts_and_the_distance() -> None:
    predicted = count("x", 24, speakers=(POLICE,), group=CHILDREN, part_of="y")
    whole = count("y", 40, speakers=(POLICE,))
    gold = count("c", 12, speakers=(POLICE,), group=CHILDREN, part_of="p")
    cell = the(cells_of([count("p", 40, speakers=(POLICE,)), gold], [whole, predicted]), "c")
    assert cell.kind is CellKind.COUNT
    assert (cell.gold_incident, cell.predicted_incident) == ("i1", "i1")
    assert (cell.key, cell.slice) == ("killed · part · children · police", "subset")
    assert (cell.gold, cell.predicted) == ("12", "24")
    assert cell.state is CellState.WRONG
    assert cell.parts == {
        **{"number": False, "outcome": True, "group": True, "speakers": True, "parent": True},
        **{"exact": False, "near": False, "within": False, "hedge": True},
    }
    assert round(cell.measures["log_error"], 2) == round(cell.measures["log_bias"], 2) == 0.65
    assert cell.codes["gold_qualifier"] == cell.codes["predicted_qualifier"] == "exact"
    assert cell.codes["outcome"] == "killed"
    assert cell.codes["gold_hedge"] == "none"
    assert cell.gold_quotes == ("Shells hit the market",)


def test_a_wholly_right_claim_needs_every_part() -> None:
    gold = count("p", 12, speakers=(POLICE,))
    changes: dict[str, dict[str, Any]] = {
        "number": {"number": figure(13)},
        "outcome": {"outcome": Outcome.INJURED},
        "group": {"group": SOLDIERS},
        "speakers": {"speakers": (VOICE,)},
    }
    for name, changed in changes.items():
        cells = cells_of([gold], [gold.model_copy(update=changed)])
        assert states(cells) == {"wrong": 1}
        assert next(part for part, right in cells[0].parts.items() if not right) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (group("men", roles=(Role.MEDIC, Role.OFFICIAL)), (Role.OFFICIAL, Role.MEDIC)),
        (group("men", roles=(Role.MEDIC,)), (Role.MEDIC, Role.MEDIC)),
    ],
    ids=["other order", "told twice"],
)
def test_roles_are_compared_as_sets(one: Group, other: tuple[Role, ...]) -> None:
    gold, predicted = count("a", group=one), count("b", group=group("men", roles=other))
    assert states(cells_of([gold], [predicted])) == {"correct": 1}


def test_joint_speakers_have_no_order_and_a_name_may_have_an_alias() -> None:
    short = speaker("SOHR", SpeakerType.MONITOR_OR_NGO)
    gold, predicted = count(speakers=(POLICE, MONITOR)), count(speakers=(short, POLICE))
    assert states(cells_of([gold], [predicted])) == {"wrong": 1}
    aliases = (("the Observatory", "SOHR"),)
    assert states(cells_of([gold], [predicted], aliases=aliases)) == {"correct": 1}


def test_cumulative_claims_are_no_counts_of_an_incident() -> None:
    assert cells_of([count(scope=Scope.PERIOD)], [count(scope=Scope.CONFLICT)]) == []


# Pairing


def test_every_speakers_figure_is_a_cell_and_one_that_is_not_told_is_missed() -> None:
    cells = count_cells(case([MARKET], [without(MARKET, "h")]))
    assert states(cells) == {"correct": 5, "missed": 1}
    assert the(cells, "h").mistake is Mistake.MISSED


def test_passengers_and_vendors_are_paired_by_their_words_not_their_numbers() -> None:
    passengers, vendors = BUS.counts[0], BUS.counts[1]
    swapped = [
        passengers.model_copy(update={"number": figure(4)}),
        vendors.model_copy(update={"number": figure(9)}),
    ]
    cells = cells_of([passengers, vendors], swapped)
    assert states(cells) == {"wrong": 2}
    assert the(cells, "pa").predicted_id == "pa"


def test_the_whole_key_comes_before_any_likeness() -> None:
    far = (quote("elsewhere", at=1500),)
    gold = count("g", 12, speakers=(POLICE,), group=group("residents"))
    same_key = count("a", 99, speakers=(POLICE,), group=group("pupils"), quotes=far)
    alike = count("b", 12, speakers=(VOICE,), group=group("residents"))
    cells = cells_of([gold], [alike, same_key])
    assert the(cells, "g").predicted_id == "a"
    assert states(cells) == {"wrong": 1, "spurious": 1}


def test_an_outcome_is_taken_for_another_only_in_the_same_words() -> None:
    gold = count("g", 12, quotes=(quote("12 people died", at=50),))
    near = count("x", 12, Outcome.INJURED, quotes=(quote("12 people", at=50),))
    far = count("x", 12, Outcome.INJURED, quotes=(quote("12 people", at=900),))
    assert [cell.mistake for cell in cells_of([gold], [near])] == [Mistake.WRONG_OUTCOME]
    assert states(cells_of([gold], [far])) == {"missed": 1, "spurious": 1}


def test_claims_that_share_little_are_two_claims() -> None:
    gold = count("g", 12, group=CIVILIANS, speakers=(POLICE,))
    other = count("x", 5, group=SOLDIERS, quotes=(quote("five soldiers", at=900),))
    assert states(cells_of([gold], [other])) == {"missed": 1, "spurious": 1}


def test_dead_and_wounded_exchanged_are_two_swaps() -> None:
    gold = [count("k", 12), count("i", 30, Outcome.INJURED)]
    cells = cells_of(gold, [count("k", 30), count("i", 12, Outcome.INJURED)])
    assert [cell.mistake for cell in cells] == [Mistake.SWAP, Mistake.SWAP]


def test_a_part_hung_on_another_whole_or_on_none_is_misfiled() -> None:
    for whole in ("ve", None, "nowhere"):
        cells = count_cells(case([BUS], [replaced(BUS, "pc", part_of=whole)]))
        assert states(cells) == {"correct": 5, "wrong": 1}
        assert the(cells, "pc").mistake is Mistake.MISFILED


def test_a_whole_in_another_outcome_does_not_misfile_its_parts() -> None:
    cells = count_cells(case([BUS], [replaced(BUS, "pa", outcome=Outcome.INJURED)]))
    assert states(cells) == {"correct": 5, "wrong": 1}
    assert the(cells, "pc").state is CellState.CORRECT


# Alternatives and optional claims


@pytest.mark.parametrize(
    "changed",
    [
        {"number": figure(14)},
        {"outcome": Outcome.KILLED_OR_INJURED},
        {"group": CIVILIANS},
        {"speakers": (VOICE,)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_any_reading_is_as_right_as_the_first(changed: dict[str, Any]) -> None:
    gold = count("p", 12, speakers=(POLICE,))
    other = gold.model_copy(update=changed)
    labels = {"alternatives": (alternative("p", **changed),)}
    assert states(cells_of([gold], [other], **labels)) == {"correct": 1}
    assert states(cells_of([gold], [gold], **labels)) == {"correct": 1}
    assert states(cells_of([gold], [other])) == {"wrong": 1}


def test_a_second_reading_does_not_draw_away_another_claims_figure() -> None:
    labels: dict[str, Any] = {"alternatives": (alternative("p", speakers=(HOSPITAL,)),)}
    cells = count_cells(case([MARKET], [without(MARKET, "p", "c", "w")], **labels))
    assert the(cells, "h").state is CellState.CORRECT
    assert the(cells, "p").state is CellState.MISSED


def test_between_claims_alike_the_first_reading_is_meant() -> None:
    gold = [count("p", 12, speakers=(POLICE,)), count("h", 17, speakers=(HOSPITAL,))]
    labels: dict[str, Any] = {"alternatives": (alternative("p", speakers=(HOSPITAL,)),)}
    cells = cells_of(gold, [count("x", 30, speakers=(HOSPITAL,))], **labels)
    assert the(cells, "h").predicted_id == "x"
    assert the(cells, "p").state is CellState.MISSED


@pytest.mark.parametrize("told", [12, 99, None], ids=str)
def test_an_optional_claim_neither_rewards_nor_punishes(told: int | None) -> None:
    gold = [count("k", 12), count("h", 17, speakers=(HOSPITAL,))]
    predicted = [gold[1]] + ([count("k", told)] if told else [])
    cells = cells_of(gold, predicted, optional=("k",))
    assert states(cells) == {"correct": 1, "excused": 1}
    assert not any(cell.harms for cell in cells)
    assert the(cells, "k").opportunities == ()


def test_an_optional_claim_told_twice_is_excused_twice() -> None:
    cells = cells_of([count("k", 12)], [count("k", 12), count("l", 12)], optional=("k",))
    assert states(cells) == {"excused": 2}


def test_an_optional_claim_excuses_no_other_figure_of_its_key() -> None:
    gold = [count("k", 26), count("o", 20, quotes=FAR)]
    told = [*gold, count("x", 999), count("y", 5000, quotes=FAR)]
    cells = cells_of(gold, told, optional=("o",))
    assert states(cells) == {"correct": 1, "excused": 1, "spurious": 2}
    assert harms_of(cells) == [Harm.HALLUCINATED_COUNT] * 2


def test_a_required_claim_is_paired_before_an_optional_one_of_its_key() -> None:
    title = (quote("Blast kills 26", title=True),)
    gold = [count("k", 26, quotes=FAR), count("o", 26, quotes=title)]
    cells = cells_of(gold, [count("x", 26, quotes=title)], optional=("o",))
    assert the(cells, "k").state is CellState.CORRECT
    assert the(cells, "o").state is CellState.EXCUSED
    wrong = cells_of(gold, [count("x", 99, quotes=title)], optional=("o",))
    assert the(wrong, "k").state is CellState.WRONG


def test_a_figure_that_only_the_optional_claim_has_stands_for_that_one() -> None:
    gold = [count("k", 26), count("o", 20, quotes=FAR)]
    cells = cells_of(gold, [count("x", 20)], optional=("o",))
    assert the(cells, "o").predicted_id == "x"
    assert the(cells, "k").state is CellState.MISSED


def test_a_part_of_an_optional_whole_that_is_left_out_is_right_alone() -> None:
    gold = [count("w", 10), count("c", 4, group=CHILDREN, part_of="w")]
    alone = count("c", 4, group=CHILDREN)
    cells = cells_of(gold, [alone], optional=("w",))
    assert the(cells, "c").state is CellState.CORRECT
    assert "parent" not in the(cells, "c").parts
    both = cells_of(gold, [gold[0], alone], optional=("w",))
    assert the(both, "c").state is CellState.CORRECT
    other = count("o", 9, Outcome.INJURED)
    astray = alone.model_copy(update={"part_of": "o"})
    hung = cells_of([*gold, other], [gold[0], other, astray], optional=("w",))
    assert the(hung, "c").mistake is Mistake.MISFILED


@pytest.mark.parametrize("labels", [{"optional": ("i1",)}, {"disputed": ("i1",)}], ids=str)
def test_everything_in_an_optional_incident_is_excused(labels: dict[str, Any]) -> None:
    cells = count_cells(case([MARKET], [without(MARKET, "h")], **labels))
    assert states(cells) == {"excused": 6}
    background = MARKET.model_copy(update={"background": True})
    assert states(count_cells(case([background], [BUS.model_copy(update={"id": "i1"})]))) == {
        "excused": len(count_cells(case([background], [BUS.model_copy(update={"id": "i1"})])))
    }


# Whole incidents and whole articles


def test_a_missed_incident_misses_each_claim_and_an_invented_one_invents_each() -> None:
    cells = count_cells(case([MARKET], [BUS]))
    assert states(cells) == {"missed": 6, "spurious": 6}
    assert {cell.gold_incident for cell in cells if cell.gold_id} == {"i1"}
    assert {cell.predicted_incident for cell in cells if cell.predicted_id} == {"i2"}


def test_an_article_without_prediction_or_with_a_failure_is_missed_whole() -> None:
    absent = case(BOTH, None)
    failed = Case(
        labelled=absent.labelled,
        prediction=prediction(),
        alignment=absent.alignment,
    )
    for one in (absent, failed):
        assert states(count_cells(one)) == {"missed": 12}
    assert prediction().outcome is InputOutcome.READ


def test_every_record_told_three_times_is_right_once_d13() -> None:
    alignment = Alignment(
        pairs=(Pair(gold=0, predicted=0, similarity=1.0),),
        extra=tuple(Leftover(index=index, kind="duplicate", of=0) for index in (1, 2)),
    )
    cells = count_cells(case([MARKET], [MARKET] * 3, alignment=alignment))
    assert states(cells) == {"correct": 6, "spurious": 12}
    assert {cell.mistake for cell in cells if not cell.gold_id} == {Mistake.DUPLICATE}


def test_a_split_incident_repeats_only_the_incident_that_it_is_of() -> None:
    other = incident("i2", [count("o", 80, quotes=FAR)])
    again = incident("i3", [count("x", 80, quotes=FAR), count("y", 26)])
    cells = whole_incident_again("split", one_incident(count("k", 26)), other, again=again)
    mistakes = {cell.predicted_id: cell.mistake for cell in cells if not cell.gold_id}
    assert mistakes == {"x": Mistake.OTHER_INCIDENT, "y": Mistake.DUPLICATE}


def test_a_split_incident_repeats_only_what_was_told() -> None:
    gold = one_incident(count("k", 26), count("h", 31, speakers=(HOSPITAL,)))
    again = incident("i3", [count("y", 31, speakers=(HOSPITAL,))])
    alignment = Alignment(
        pairs=(Pair(gold=0, predicted=0, similarity=1.0),),
        extra=(Leftover(index=1, kind="split", of=0),),
    )
    first = one_incident(count("k", 26))
    cells = count_cells(case([gold], [first, again], alignment=alignment))
    assert next(c.mistake for c in cells if c.predicted_id == "y") is not Mistake.DUPLICATE


def test_one_claim_told_three_times_is_right_once_d13() -> None:
    cells = cells_of([count("k", 12)], [count(one, 12) for one in "abc"])
    assert states(cells) == {"correct": 1, "spurious": 2}
    assert [cell.mistake for cell in cells if not cell.gold_id] == [Mistake.DUPLICATE] * 2


def test_one_figure_ten_times_too_large_is_no_near_hit_d8() -> None:
    cells = cells_of([count("k", 12)], [count("k", 120)])
    assert [(cell.state, cell.mistake) for cell in cells] == [
        (CellState.WRONG, Mistake.DIGIT_ERROR)
    ]
    assert round(cells[0].measures["log_error"], 2) == 2.23


def test_saying_nothing_earns_nothing_d9() -> None:
    silent = cells_of([count("k", 12)], [])
    assert states(silent) == {"missed": 1}
    assert cells_of([], []) == []


def test_digits_of_two_tolls_never_run_together_d1() -> None:
    gold = [count("k", 12), count("i", 5, Outcome.INJURED)]
    cells = cells_of(gold, [count("k", 125)])
    assert states(cells) == {"wrong": 1, "missed": 1}


@pytest.mark.parametrize("told", [(10, 15), "dozens"], ids=str)
def test_ranges_and_vague_counts_are_right_against_themselves_d2(told: Any) -> None:
    assert states(cells_of([count("k", told)], [count("k", told)])) == {"correct": 1}


def test_nobody_is_not_silence_d15() -> None:
    gold = [count("k", "none")]
    missed = cells_of(gold, [])
    assert states(missed) == {"missed": 1}
    assert missed[0].harms == (Harm.ZERO_LOST,)
    told = cells_of(gold, gold)
    assert states(told) == {"correct": 1}
    assert (told[0].harms, set(told[0].opportunities)) == (
        (),
        {Harm.ZERO_LOST, Harm.FALSE_NONE},
    )
