"""One cell for each count claim: what is right, what is wrong with it, and what harm it does."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from grading import (
    HOSPITAL,
    MONITOR,
    POLICE,
    VOICE,
    alternative,
    case,
    count,
    distractor,
    figure,
    group,
    harms_of,
    incident,
    prediction,
    quote,
    speaker,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eval.align import Alignment, Leftover, LeftoverKind, Pair
from eval.cells import Cell, CellKind, CellState, Harm, Mistake
from eval.scoring.case import Case
from eval.scoring.counts import count_cells
from eval.scoring.subsets import subset_violations
from eval.scoring.tolls import toll_cells
from extractor.codes import (
    Demographic,
    Hedge,
    InputOutcome,
    Outcome,
    Role,
    Scope,
    SpeakerType,
    Standing,
)
from extractor.records import CountClaim, Group, Incident

CIVILIANS = group("civilians", standing=Standing.CIVILIAN)
SOLDIERS = group("soldiers", standing=Standing.COMBATANT)
CHILDREN = group("children", demographics=(Demographic.CHILDREN,))
WOMEN = group("women", demographics=(Demographic.WOMEN,))
FAR = (quote("elsewhere", at=900),)

MARKET = incident(
    "i1",
    [
        count("p", 12, speakers=(POLICE,), quotes=(quote("police said 12 died", at=100),)),
        count("h", 17, speakers=(HOSPITAL,), quotes=(quote("a hospital 17", at=130),)),
        count("c", 7, group=CHILDREN, part_of="p", speakers=(POLICE,)),
        count("w", "several", group=WOMEN, part_of="p", speakers=(POLICE,)),
        count("i", "at least 45", Outcome.INJURED, quotes=(quote("45 wounded", at=200),)),
        count("m", "none", Outcome.MISSING, quotes=(quote("nobody is missing", at=300),)),
    ],
)
BUS = incident(
    "i2",
    [
        count("pa", 9, group=group("passengers"), quotes=(quote("nine passengers", at=600),)),
        count("ve", 4, group=group("vendors"), quotes=(quote("four vendors", at=640),)),
        count("pc", 2, group=CHILDREN, part_of="pa", quotes=(quote("two of them", at=620),)),
        count("vc", 3, group=CHILDREN, part_of="ve", quotes=(quote("three of them", at=660),)),
        count("u", "unknown", Outcome.INJURED, quotes=(quote("others hurt", at=700),)),
        count("a", "about 100", Outcome.DISPLACED, quotes=(quote("some 100 fled", at=720),)),
    ],
)
BOTH = (MARKET, BUS)


def one_incident(*counts: CountClaim) -> Incident:
    return incident("i1", counts)


def cells_of(
    gold: Sequence[CountClaim], predicted: Sequence[CountClaim], **labels: Any
) -> list[Cell]:
    """The cells of one incident with these claims on each side."""
    return count_cells(case([one_incident(*gold)], [one_incident(*predicted)], **labels))


def states(cells: Sequence[Cell]) -> Counter[str]:
    return Counter(cell.state.value for cell in cells)


def the(cells: Sequence[Cell], id: str) -> Cell:  # noqa: A002 - the field's name
    """The cell of one gold claim."""
    return next(cell for cell in cells if cell.gold_id == id)


def replaced(where: Incident, id: str, **changed: Any) -> Incident:  # noqa: A002 - as above
    """The incident with one claim changed."""
    counts = [one.model_copy(update=changed) if one.id == id else one for one in where.counts]
    return where.model_copy(update={"counts": tuple(counts)})


def without(where: Incident, *ids: str) -> Incident:
    kept = tuple(one for one in where.counts if one.id not in ids)
    return where.model_copy(update={"counts": kept})


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


def whole_incident_again(kind: LeftoverKind, *gold: Incident, again: Incident) -> list[Cell]:
    """The cells of the first gold incident told rightly and of another that is like it."""
    alignment = Alignment(
        pairs=(Pair(gold=0, predicted=0, similarity=1.0),),
        missed=tuple(Leftover(index=n, kind="missed") for n in range(1, len(gold))),
        extra=(Leftover(index=1, kind=kind, of=0),),
    )
    return count_cells(case(gold, [gold[0], again], alignment=alignment))


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


def parts(*told: CountClaim, whole: Any = 10) -> Incident:
    return one_incident(count("w", whole), *told)


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


# What holds for every case

OUTCOMES = (Outcome.KILLED, Outcome.INJURED, Outcome.MISSING)
GROUPS = (group("people"), CIVILIANS, SOLDIERS, CHILDREN, WOMEN, group("passengers"))
SPEAKERS = (VOICE, POLICE, HOSPITAL, MONITOR)
TOLD = (3, 4, 12, 17, 26, 40, (10, 15), "at least 26", "about 100", "dozens", "unknown", "none")


@st.composite
def incidents(draw: st.DrawFn, id: str = "i1", most: int = 6) -> Incident:  # noqa: A002
    """An incident with claims that may share their words, their key or both."""
    counts: list[CountClaim] = []
    for number in range(draw(st.integers(1, most))):
        wholes = [one.id for one in counts if one.part_of is None]
        at = draw(st.sampled_from([0, 10, 300, 600]))
        counts.append(
            count(
                f"{id}c{number}",
                draw(st.sampled_from(TOLD)),
                draw(st.sampled_from(OUTCOMES)),
                group=draw(st.sampled_from(GROUPS)),
                speakers=(draw(st.sampled_from(SPEAKERS)),),
                part_of=draw(st.sampled_from([None, None, *wholes])),
                quotes=(quote(at=at),),
                hedge=draw(st.sampled_from([Hedge.NONE, Hedge.UNVERIFIED])),
            )
        )
    return incident(id, counts)


def told_of(cells: Sequence[Cell]) -> dict[str | None, tuple[Any, ...]]:
    """What is said of each gold claim."""
    return {cell.gold_id: (cell.state, cell.parts, cell.mistake) for cell in cells}


def is_unmistakable(where: Incident) -> bool:
    """Whether no two claims are alike in everything but their number."""
    keys = [one.model_dump_json(exclude={"id", "number", "hedge"}) for one in where.counts]
    return len(set(keys)) == len(keys)


@given(incidents())
def test_any_incident_is_right_against_itself(where: Incident) -> None:
    cells = count_cells(case([where], [where]))
    assert states(cells) == {"correct": len(where.counts)}
    assert {harm for cell in cells for harm in cell.harms} <= {Harm.SUBSET_VIOLATION}


@given(incidents(), incidents(), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(one: Incident, other: Incident, luck: Any) -> None:
    def shuffled(where: Incident) -> Incident:
        counts = list(where.counts)
        luck.shuffle(counts)
        return where.model_copy(update={"counts": tuple(counts)})

    def rows(gold: Incident, predicted: Incident) -> Counter[str]:
        cells = count_cells(case([gold], [predicted]))
        return Counter(cell.model_dump_json(exclude={"predicted_id", "gold_id"}) for cell in cells)

    assert rows(one, other) == rows(shuffled(one), shuffled(other))


@pytest.mark.parametrize("whole", ["p1", "p2"])
@pytest.mark.parametrize("turned", [False, True], ids=["listed", "turned"])
def test_it_does_not_matter_on_which_of_two_equal_wholes_a_part_hangs(
    whole: str, turned: bool
) -> None:
    gold = [count("t", 10), count("k", 4, group=CHILDREN, part_of="t")]
    told = [count("p1", 12), count("p2", 12), count("k", 4, group=CHILDREN, part_of=whole)]
    cells = cells_of(gold, told[::-1] if turned else told)
    assert the(cells, "t").state is CellState.WRONG
    assert the(cells, "k").state is CellState.CORRECT


def test_of_parts_as_large_each_is_too_large_whatever_its_id() -> None:
    women = count("f", 5, group=WOMEN, part_of="w")
    twins = [count(one, 6, group=CHILDREN, part_of="w") for one in ("a", "b")]
    (found,) = subset_violations(parts(*twins, women))
    assert found.parts == ("a", "b", "f")


@settings(max_examples=60)
@given(incidents(), incidents(id="i2"), st.randoms(use_true_random=False))
def test_neither_order_nor_ids_say_anything_of_a_flawed_prediction(
    gold: Incident, other: Incident, luck: Any
) -> None:
    quotes = (quote(at=0), quote("title", title=True), quote(at=40))
    flawed = [
        one.model_copy(
            update={
                "number": figure(luck.choice([4, 12, 26])),
                "speakers": (VOICE, POLICE) if luck.random() < 0.3 else one.speakers,
                "quotes": quotes if luck.random() < 0.3 else one.quotes,
            }
        )
        for one in (*gold.counts, *other.counts)
        if luck.random() < 0.8
    ]
    kept = {one.id for one in flawed}
    whole = [
        one.model_copy(update={"part_of": one.part_of if one.part_of in kept else None})
        for one in flawed
    ]
    twice = [*whole, *(one.model_copy(update={"id": f"{one.id}d"}) for one in whole[::2])]
    names = [f"x{n}" for n in range(len(twice))]
    luck.shuffle(names)
    other_id = dict(zip((one.id for one in twice), names, strict=True))
    turned = [
        one.model_copy(
            update={
                "id": other_id[one.id],
                "part_of": one.part_of and other_id[one.part_of],
                "speakers": one.speakers[::-1],
                "quotes": one.quotes[::-1],
            }
        )
        for one in twice
    ]
    luck.shuffle(turned)

    def rows(counts: Sequence[CountClaim]) -> Counter[str]:
        made = case([gold], [gold.model_copy(update={"counts": tuple(counts)})])
        cells = [*count_cells(made), *toll_cells(made)]
        return Counter(cell.model_dump_json(exclude={"predicted_id"}) for cell in cells)

    assert rows(turned) == rows(twice)


def test_the_order_of_claims_alike_does_not_decide_which_is_missed() -> None:
    twins = [count("a", 12), count("b", 12, hedge=Hedge.UNVERIFIED)]
    told = [count("x", 12)]
    missed = {
        next(cell.gold_id for cell in cells_of(gold, told) if cell.state is CellState.MISSED)
        for gold in (twins, twins[::-1])
    }
    assert len(missed) == 1


@given(incidents(), st.data())
def test_one_part_of_one_predicted_claim_changes_exactly_one_cell(
    where: Incident, data: st.DataObject
) -> None:
    victim = data.draw(st.sampled_from(where.counts))
    changes: list[dict[str, Any]] = [
        {"number": figure(data.draw(st.sampled_from([1, 5, 77, "scores", (1, 1000)])))},
        {"outcome": Outcome.DISPLACED},
        {"group": group("medics", roles=(Role.MEDIC,))},
        {"speakers": (speaker("the army", SpeakerType.MILITARY),)},
    ]
    changed = data.draw(st.sampled_from(changes))
    before = count_cells(case([where], [where]))
    after = count_cells(case([where], [replaced(where, victim.id, **changed)]))
    assert len(after) == len(before)
    assert states(after) == Counter(correct=len(before) - 1, wrong=1) - Counter()
    wrong = next(cell for cell in after if cell.state is CellState.WRONG)
    assert next(name for name, right in wrong.parts.items() if not right) == next(iter(changed))


@given(incidents(), st.data())
def test_one_perturbed_claim_may_take_the_key_of_another(
    where: Incident, data: st.DataObject
) -> None:
    victim = data.draw(st.sampled_from(where.counts))
    changes: list[dict[str, Any]] = [
        {"number": figure(data.draw(st.sampled_from(TOLD)))},
        {"outcome": data.draw(st.sampled_from(OUTCOMES))},
        {"group": data.draw(st.sampled_from(GROUPS))},
        {"speakers": (data.draw(st.sampled_from(SPEAKERS)),)},
    ]
    changed = data.draw(st.sampled_from(changes))
    assume(is_unmistakable(where))
    after = count_cells(case([where], [replaced(where, victim.id, **changed)]))
    assert states(after)["wrong"] <= 1
    assert states(after)["correct"] >= len(where.counts) - 1
    assert len(after) == len(where.counts)


@settings(max_examples=60)
@given(incidents(), st.data())
def test_a_right_claim_added_never_lowers_a_score(where: Incident, data: st.DataObject) -> None:
    wholes = [one.id for one in where.counts if one.part_of is None]
    dropped = data.draw(st.sampled_from([one.id for one in where.counts]))
    if dropped in wholes and any(one.part_of == dropped for one in where.counts):
        return
    other = data.draw(st.sampled_from([one.id for one in where.counts]))
    noise = {"number": figure(999), "speakers": (speaker("x", SpeakerType.OTHER),)}
    full = replaced(where, other, **noise) if other != dropped else where
    less = states(count_cells(case([where], [without(full, dropped)])))
    more = states(count_cells(case([where], [full])))
    assert more["correct"] >= less["correct"] + 1
    assert more["wrong"] + more["spurious"] <= less["wrong"] + less["spurious"]


@given(incidents(), st.data())
def test_dropping_a_speakers_claim_misses_exactly_that_one(
    where: Incident, data: st.DataObject
) -> None:
    leaves = [one.id for one in where.counts if not any(o.part_of == one.id for o in where.counts)]
    dropped = data.draw(st.sampled_from(leaves))
    cells = count_cells(case([where], [without(where, dropped)]))
    assert states(cells) == Counter(correct=len(where.counts) - 1, missed=1) - Counter()
    if is_unmistakable(where):
        assert the(cells, dropped).state is CellState.MISSED


@given(incidents(), incidents())
def test_harms_are_always_among_the_opportunities(one: Incident, other: Incident) -> None:
    cells = count_cells(case([one], [other]))
    assert all(set(cell.harms) <= set(cell.opportunities) for cell in cells)
    assert sum(cell.has_gold for cell in cells) == len(one.counts)
    assert sum(cell.has_predicted for cell in cells) == len(other.counts)


@given(incidents(), incidents(), st.sampled_from([{"number": figure(26)}, {"group": CHILDREN}]))
def test_a_second_reading_never_makes_a_prediction_worse(
    one: Incident, other: Incident, changed: dict[str, Any]
) -> None:
    id_ = one.counts[0].id
    before = states(count_cells(case([one], [one])))
    after = states(count_cells(case([one], [one], alternatives=(alternative(id_, **changed),))))
    assert after == before
    assert sum(before.values()) == len(one.counts)


@given(incidents())
def test_claims_may_change_their_ids(where: Incident) -> None:
    def renamed(claim: CountClaim) -> CountClaim:
        whole = f"x{claim.part_of}" if claim.part_of else None
        return claim.model_copy(update={"id": f"x{claim.id}", "part_of": whole})

    other = where.model_copy(update={"counts": tuple(map(renamed, where.counts))})
    assert states(count_cells(case([where], [other]))) == {"correct": len(where.counts)}


def test_withdrawn_claims_are_counts_too() -> None:
    gold = [count("a", 12, hedge=Hedge.WITHDRAWN), count("b", 14, supersedes="a")]
    cells = cells_of(gold, [gold[1].model_copy(update={"supersedes": None})])
    assert states(cells) == {"correct": 1, "missed": 1}
