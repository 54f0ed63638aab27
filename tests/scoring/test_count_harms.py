"""Harms of counts stand in cells that could do them; parts never exceed their whole."""

from collections import Counter
from typing import Any

import pytest
from counting import (
    CHILDREN,
    CIVILIANS,
    FAR,
    MARKET,
    SOLDIERS,
    WOMEN,
    cells_of,
    one_incident,
    parts,
    replaced,
    states,
    the,
    whole_incident_again,
)
from grading import (
    HOSPITAL,
    POLICE,
    VOICE,
    alternative,
    case,
    count,
    distractor,
    figure,
    harms_of,
    incident,
)

from eval.cells import CellState, Harm, Mistake
from eval.scoring.counts import count_cells
from eval.scoring.subsets import subset_violations
from extractor.codes import (
    Hedge,
    Outcome,
    Scope,
)
from extractor.records import Incident

# Harms


SOFT = ("at least 12", "about 12", (10, 15), "several", "unknown")


@pytest.mark.parametrize(
    ("gold", "predicted", "harm", "done"),
    [
        (None, 12, Harm.HALLUCINATED_COUNT, True),
        (None, "at least 12", Harm.HALLUCINATED_COUNT, True),
        ("unknown", 12, Harm.HALLUCINATED_COUNT, True),
        (12, 13, Harm.HALLUCINATED_COUNT, False),
        (12, 12, Harm.HALLUCINATED_COUNT, False),
        ("at least 12", 12, Harm.HARDENED, True),
        ("about 12", 12, Harm.HARDENED, True),
        ((10, 15), 12, Harm.HARDENED, True),
        ("several", 5, Harm.HARDENED, True),
        ("at least 12", "at least 12", Harm.HARDENED, False),
        *((soft, None, Harm.HARDENED, False) for soft in SOFT),
        ("unknown", 3, Harm.UNKNOWN_AS_NUMBER, True),
        ("several", 5, Harm.UNKNOWN_AS_NUMBER, True),
        ("several", "several", Harm.UNKNOWN_AS_NUMBER, False),
        ("several", None, Harm.UNKNOWN_AS_NUMBER, False),
        (None, "none", Harm.FALSE_NONE, True),
        (12, "none", Harm.FALSE_NONE, True),
        ("unknown", "none", Harm.FALSE_NONE, True),
        ("none", "none", Harm.FALSE_NONE, False),
        ("none", None, Harm.ZERO_LOST, True),
        ("none", 0, Harm.ZERO_LOST, False),
        ("none", "up to 0", Harm.ZERO_LOST, False),
        ("none", 3, Harm.ZERO_LOST, True),
        ("none", "none", Harm.ZERO_LOST, False),
        (None, 0, Harm.FALSE_NONE, True),
        (None, "up to 0", Harm.FALSE_NONE, True),
        (None, (0, 0), Harm.FALSE_NONE, True),
        (12, 0, Harm.FALSE_NONE, True),
        ("several", 0, Harm.FALSE_NONE, True),
        ("none", 0, Harm.FALSE_NONE, False),
    ],
    ids=str,
)
def test_harms_are_counted_against_their_opportunities(
    gold: Any, predicted: Any, harm: Harm, done: bool
) -> None:
    cells = cells_of(
        [] if gold is None else [count("g", gold)],
        [] if predicted is None else [count("x", predicted)],
    )
    (cell,) = cells
    assert harm in cell.opportunities
    assert (harm in cell.harms) is done


@pytest.mark.parametrize(
    ("gold", "predicted", "harm"),
    [
        (12, "several", Harm.HALLUCINATED_COUNT),
        (12, 12, Harm.HARDENED),
        (12, 12, Harm.UNKNOWN_AS_NUMBER),
        (12, 12, Harm.FALSE_NONE),
        (12, None, Harm.ZERO_LOST),
        (12, 12, Harm.SUBSET_VIOLATION),
        (12, "up to 12", Harm.FALSE_NONE),
    ],
    ids=str,
)
def test_what_could_do_no_harm_is_no_opportunity(gold: Any, predicted: Any, harm: Harm) -> None:
    cells = cells_of([count("g", gold)], [] if predicted is None else [count("x", predicted)])
    assert harm not in cells[0].opportunities


def test_a_figure_of_another_speaker_or_group_is_not_hallucinated() -> None:
    gold = count("g", 12, speakers=(POLICE,), group=CIVILIANS)
    for changed in ({"speakers": (VOICE,)}, {"group": SOLDIERS}):
        (cell,) = cells_of([gold], [gold.model_copy(update=changed)])
        assert cell.opportunities == (Harm.HALLUCINATED_COUNT,)
        assert cell.harms == ()


def test_every_figure_of_an_invented_incident_is_hallucinated() -> None:
    cells = count_cells(case([], [MARKET]))
    harmed = [cell for cell in cells if Harm.HALLUCINATED_COUNT in cell.harms]
    assert len(harmed) == 4  # not the vague one, and not nobody


def test_a_repeated_figure_is_not_hallucinated() -> None:
    cells = cells_of([count("k", 12)], [count("a", 12), count("b", 12)])
    assert not any(cell.harms for cell in cells)


def test_a_repeat_of_a_claim_dilutes_no_rate() -> None:
    gold = [
        count("k", 12),
        count("c", 7, group=CHILDREN, part_of="k"),
        count("n", "none", Outcome.MISSING),
    ]
    once = Counter(harm for cell in cells_of(gold, gold) for harm in cell.opportunities)
    again = [one.model_copy(update={"id": f"{one.id}{n}"}) for n in range(5) for one in gold]
    cells = cells_of(gold, [*gold, *again])
    assert states(cells) == {"correct": 3, "spurious": 15}
    assert Counter(harm for cell in cells for harm in cell.opportunities) == once
    told_again = incident("i2", again)
    whole = whole_incident_again("duplicate", one_incident(*gold), again=told_again)
    assert Counter(harm for cell in whole for harm in cell.opportunities) == once


def test_joint_speakers_told_one_by_one_are_not_hallucinated() -> None:
    gold = count("g", 12, speakers=(POLICE, HOSPITAL))
    told = [count("p", 12, speakers=(POLICE,)), count("h", 12, speakers=(HOSPITAL,))]
    cells = cells_of([gold], told)
    assert states(cells) == {"wrong": 1, "spurious": 1}
    assert harms_of(cells) == []
    assert sum(len(cell.opportunities) for cell in cells) == 1
    elsewhere = told[1].model_copy(update={"quotes": FAR})
    assert harms_of(cells_of([gold], [told[0], elsewhere])) == [Harm.HALLUCINATED_COUNT]


def test_whether_the_hedge_is_right_is_told_and_does_not_count() -> None:
    gold = count("k", 12)
    (cell,) = cells_of([gold], [gold.model_copy(update={"hedge": Hedge.UNVERIFIED})])
    assert cell.state is CellState.CORRECT
    assert cell.parts["hedge"] is False


def test_a_number_of_hundreds_of_digits_is_wrong_and_nothing_breaks() -> None:
    huge = 10**400
    gold = [count("k", "about 100"), count("c", (2, 7), group=CHILDREN, part_of="k")]
    told = [count("k", f"about {huge}"), count("c", huge, group=CHILDREN, part_of="k")]
    for one, other in ((gold, told), (told, gold)):
        cells = cells_of(one, other)
        assert states(cells) == {"wrong": 2}
        assert all(cell.measures["relative_error"] > 0 for cell in cells)
    assert states(cells_of(told, told)) == {"correct": 2}


def test_a_leak_is_named() -> None:
    cells = cells_of([count("k", 12)], [count("k", 1400)], distractors=(distractor(1400),))
    assert cells[0].mistake is Mistake.CUMULATIVE_LEAK


# Subsets


@pytest.mark.parametrize(
    ("where", "kinds"),
    [
        (parts(count("c", 7, group=CHILDREN, part_of="w")), []),
        (parts(count("c", 11, group=CHILDREN, part_of="w")), ["part_exceeds_whole"]),
        (parts(count("c", "at least 11", part_of="w")), ["part_exceeds_whole"]),
        (parts(count("c", "up to 11", part_of="w")), []),
        (parts(count("c", 70, part_of="w"), whole="at least 10"), []),
        (parts(count("c", 12, part_of="w"), whole="about 10"), []),
        (parts(count("c", 13, part_of="w"), whole="about 10"), ["part_exceeds_whole"]),
        (parts(count("c", 7, part_of="gone")), ["unknown_whole"]),
        (parts(count("c", 7, part_of="c")), ["unknown_whole"]),
        (
            parts(
                count("c", 6, group=CHILDREN, part_of="w"), count("f", 5, group=WOMEN, part_of="w")
            ),
            ["parts_exceed_whole"],
        ),
        (
            parts(
                count("c", 6, group=CIVILIANS, part_of="w"),
                count("f", 5, group=SOLDIERS, part_of="w"),
            ),
            ["parts_exceed_whole"],
        ),
        (
            parts(
                count("c", 6, group=CHILDREN, part_of="w"),
                count("f", 5, group=WOMEN, part_of="w", speakers=(POLICE,)),
            ),
            [],
        ),
        (
            parts(
                count("c", 6, group=CHILDREN, part_of="w"),
                count("f", 5, group=CIVILIANS, part_of="w"),
            ),
            [],
        ),
        (
            parts(
                count("c", 6, group=CHILDREN, part_of="w"),
                count("b", 5, group=CHILDREN, part_of="w"),
            ),
            [],
        ),
    ],
    ids=[
        *("fits", "larger", "at least larger", "up to larger", "open whole", "about leaves room"),
        *("about exceeded", "whole unknown", "part of itself", "children and women"),
        *("civilians and soldiers", "two speakers", "may overlap", "boys and girls"),
    ],
)
def test_parts_that_cannot_be_parts_are_found(where: Incident, kinds: list[str]) -> None:
    assert [found.kind for found in subset_violations(where)] == kinds


def test_a_part_larger_than_its_whole_is_a_harm_of_the_prediction() -> None:
    gold = parts(count("c", 7, group=CHILDREN, part_of="w"))
    told = parts(count("c", 70, group=CHILDREN, part_of="w"))
    cell = the(count_cells(case([gold], [told])), "c")
    assert Harm.SUBSET_VIOLATION in cell.harms
    right = the(count_cells(case([gold], [gold])), "c")
    assert Harm.SUBSET_VIOLATION in right.opportunities
    assert right.harms == ()


def test_an_invented_part_is_an_opportunity_only_where_it_does_the_harm() -> None:
    gold = parts()
    for told, done in (("several", False), (1, False), (70, True)):
        invented = parts(count("c", told, group=CHILDREN, part_of="w", quotes=FAR))
        cells = count_cells(case([gold], [invented]))
        (cell,) = [one for one in cells if one.state is CellState.SPURIOUS]
        assert (Harm.SUBSET_VIOLATION in cell.opportunities) is done
        assert (Harm.SUBSET_VIOLATION in cell.harms) is done


def test_whether_a_figure_may_be_hardened_is_for_its_first_reading_to_say() -> None:
    gold = [count("k", "at least 26")]
    for told, done in ((26, False), (25, True), (None, False)):
        predicted = [] if told is None else [count("x", told)]
        cells = cells_of(gold, predicted, alternatives=(alternative("k", number=figure(26)),))
        assert Harm.HARDENED in cells[0].opportunities
        assert (Harm.HARDENED in cells[0].harms) is done
    optional = cells_of(gold, [], optional=("k",))
    assert Harm.HARDENED not in optional[0].opportunities


@pytest.mark.parametrize("scope", [Scope.SEVERAL_INCIDENTS, Scope.PERIOD], ids=str)
def test_a_part_of_a_cumulative_figure_is_right_against_itself(scope: Scope) -> None:
    war = count("war", 300, scope=scope, quotes=FAR)
    part = count("k", 26, part_of="war")
    for inside in (True, False):
        where = incident("i1", [war, part] if inside else [part])
        beside = () if inside else (war,)
        (cell,) = count_cells(case([where], [where], cumulative=beside, gold_cumulative=beside))
        assert cell.state is CellState.CORRECT
        assert cell.harms == ()
        told = replaced(where, "k", number=figure(900))
        (cell,) = count_cells(case([where], [told], cumulative=beside, gold_cumulative=beside))
        assert (cell.parts["number"], cell.parts["parent"]) == (False, True)
        assert Harm.SUBSET_VIOLATION in cell.harms


def test_a_cumulative_whole_told_wrongly_does_not_misfile_its_part() -> None:
    war, part = count("war", 300, scope=Scope.PERIOD, quotes=FAR), count("k", 26, part_of="war")
    other = war.model_copy(update={"id": "x", "number": figure(4000)})
    told = incident("i1", [part.model_copy(update={"part_of": "x"})])
    made = case([one_incident(part)], [told], cumulative=[other], gold_cumulative=[war])
    assert states(count_cells(made)) == {"correct": 1}
