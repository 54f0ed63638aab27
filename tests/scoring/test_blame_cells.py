"""Blames become cells: pairs, states, the first mistake that fits, harms and opportunities."""

from random import Random
from typing import Any

import pytest
from grading import (
    GOVERNMENT,
    HOSPITAL,
    MONITOR,
    POLICE,
    VOICE,
    actor,
    align_by_id,
    alternative,
    blame,
    case,
    count,
    group,
    harms_of,
    incident,
    quote,
    speaker,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.cells import Cell, CellState, Harm, Mistake, to_jsonl
from eval.scores.blames import blame_section
from eval.scores.gauge import Gauge
from eval.scoring.blames import blame_cells
from eval.scoring.case import Case
from extractor.codes import ActorType, Joint, Role, Stance
from extractor.records import Actor, BlameClaim, Incident

FRONT = actor()
ARMY = actor("the army", ActorType.STATE_FORCES)
LEAGUE = actor("the League", ActorType.MILITIA)
STATE = actor("the government", ActorType.STATE_FORCES)
GUNMEN = actor("gunmen", ActorType.UNIDENTIFIED)
FAR = (quote("far from there", at=900),)

CORRECT, WRONG, MISSED, SPURIOUS, ABSTAINED, EXCUSED = (
    CellState.CORRECT,
    CellState.WRONG,
    CellState.MISSED,
    CellState.SPURIOUS,
    CellState.ABSTAINED,
    CellState.EXCUSED,
)
Line = tuple[CellState, Mistake | None, tuple[Harm, ...]]
NOBODY = blame("b1", (), Stance.SAID_UNKNOWN)


def lines(cells: list[Cell]) -> list[Line]:
    return [(one.state, one.mistake, one.harms) for one in cells]


def in_one(gold: list[BlameClaim], predicted: list[BlameClaim], **labels: Any) -> Case:
    return case([incident(blames=gold)], [incident(blames=predicted)], **labels)


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        pytest.param([blame()], [blame("x")], [(CORRECT, None, ())], id="the same"),
        pytest.param(
            [blame()], [blame(quotes=FAR)], [(CORRECT, None, ())], id="the same, another quote"
        ),
        pytest.param([blame()], [], [(MISSED, Mistake.MISSED, ())], id="missed"),
        pytest.param(
            [blame()],
            [blame(stance=Stance.STATED_AS_FACT, speakers=(VOICE,))],
            [(WRONG, Mistake.OVER_ASSERTED, (Harm.OVER_ASSERTION,))],
            id="an accusation becomes a fact",
        ),
        pytest.param(
            [blame(stance=Stance.SUSPECTED)],
            [blame(stance=Stance.STATED_AS_FACT)],
            [(WRONG, Mistake.OVER_ASSERTED, (Harm.OVER_ASSERTION,))],
            id="a suspicion becomes a fact",
        ),
        pytest.param(
            [blame(stance=Stance.SUSPECTED)],
            [blame()],
            [(WRONG, Mistake.WRONG_STANCE, ())],
            id="a suspicion becomes an accusation",
        ),
        pytest.param(
            [blame(stance=Stance.SELF_CLAIMED)],
            [blame(stance=Stance.STATED_AS_FACT)],
            [(WRONG, Mistake.WRONG_STANCE, (Harm.SELF_CLAIM_AS_FACT,))],
            id="a claim of responsibility becomes a fact",
        ),
        pytest.param(
            [blame(stance=Stance.STATED_AS_FACT)],
            [blame(stance=Stance.SUSPECTED)],
            [(WRONG, Mistake.UNDER_ASSERTED, ())],
            id="a fact becomes a suspicion",
        ),
        pytest.param(
            [blame(stance=Stance.CONVICTED)],
            [blame(stance=Stance.CHARGED)],
            [(WRONG, Mistake.UNDER_ASSERTED, ())],
            id="a conviction becomes a charge",
        ),
        pytest.param(
            [blame(stance=Stance.CONVICTED)],
            [blame(stance=Stance.STATED_AS_FACT)],
            [(WRONG, Mistake.WRONG_STANCE, ())],
            id="a conviction becomes a fact, which is no harm",
        ),
        pytest.param(
            [blame(stance=Stance.SELF_CLAIMED)],
            [blame(stance=Stance.CONVICTED)],
            [(WRONG, Mistake.WRONG_STANCE, (Harm.SELF_CLAIM_AS_FACT,))],
            id="a claim of responsibility becomes a conviction",
        ),
        *(
            pytest.param(
                [blame(stance=gold)],
                [blame(stance=read)],
                [(WRONG, Mistake.OVER_ASSERTED, (Harm.OVER_ASSERTION,))],
                id=f"{gold.value} becomes {read.value}",
            )
            for gold in (Stance.ACCUSED, Stance.SUSPECTED, Stance.CHARGED)
            for read in (Stance.CONVICTED, Stance.SELF_CLAIMED)
        ),
        pytest.param(
            [blame()],
            [blame(stance=Stance.CLEARED)],
            [(WRONG, Mistake.WRONG_STANCE, ())],
            id="an accusation becomes an acquittal, which asserts nothing",
        ),
        pytest.param(
            [blame()],
            [blame(speakers=(MONITOR,))],
            [(WRONG, Mistake.WRONG_SPEAKER, ())],
            id="another speaker",
        ),
        pytest.param(
            [blame()],
            [blame(accused=(LEAGUE,))],
            [(WRONG, Mistake.WRONG_ACCUSED, (Harm.WRONG_PERPETRATOR,))],
            id="somebody else",
        ),
        pytest.param(
            [blame()],
            [blame(accused=(FRONT, LEAGUE))],
            [(WRONG, Mistake.WRONG_ACCUSED, (Harm.WRONG_PERPETRATOR,))],
            id="somebody else beside",
        ),
        pytest.param(
            [blame(accused=(FRONT, LEAGUE), joint=Joint.EITHER)],
            [blame(accused=(LEAGUE, FRONT))],
            [(WRONG, Mistake.OTHER, ())],
            id="one or the other becomes both",
        ),
        pytest.param(
            [blame(accused=(FRONT, LEAGUE), joint=Joint.EITHER)],
            [blame(accused=(LEAGUE, FRONT), joint=Joint.EITHER)],
            [(CORRECT, None, ())],
            id="two accused in another order",
        ),
        pytest.param(
            [blame()],
            [blame(accused=(STATE,))],
            [(WRONG, Mistake.FLIPPED, (Harm.WRONG_PERPETRATOR, Harm.FLIPPED_BLAME))],
            id="the accuser becomes the accused",
        ),
        pytest.param(
            [blame(accused=(ARMY,), stance=Stance.DENIED, speakers=(MONITOR,))],
            [blame(accused=(ARMY,), speakers=(MONITOR,))],
            [(WRONG, Mistake.WRONG_STANCE, (Harm.FLIPPED_BLAME,))],
            id="a denial becomes an accusation",
        ),
        pytest.param(
            [blame(accused=(ARMY,), stance=Stance.DENIED, speakers=(MONITOR,))],
            [blame(accused=(ARMY,), stance=Stance.STATED_AS_FACT, speakers=(MONITOR,))],
            [(WRONG, Mistake.OVER_ASSERTED, (Harm.FLIPPED_BLAME, Harm.OVER_ASSERTION))],
            id="a denial becomes a fact",
        ),
        pytest.param(
            [blame()],
            [blame(), blame("b2", speakers=(POLICE,))],
            [(CORRECT, None, ()), (SPURIOUS, Mistake.DUPLICATE, ())],
            id="told twice, in another voice",
        ),
        pytest.param(
            [blame()],
            [blame(), blame("b2", stance=Stance.STATED_AS_FACT, speakers=(VOICE,))],
            [
                (CORRECT, None, ()),
                (SPURIOUS, Mistake.OVER_ASSERTED, (Harm.OVER_ASSERTION,)),
            ],
            id="right, and told as a fact beside",
        ),
        pytest.param(
            [blame()],
            [blame(), blame("b2", accused=(LEAGUE,), quotes=FAR)],
            [(CORRECT, None, ()), (SPURIOUS, Mistake.WRONG_ACCUSED, (Harm.WRONG_PERPETRATOR,))],
            id="right, and somebody else beside",
        ),
        pytest.param(
            [blame()],
            [blame(accused=(LEAGUE,), quotes=FAR)],
            [
                (MISSED, Mistake.MISSED, ()),
                (SPURIOUS, Mistake.WRONG_ACCUSED, (Harm.WRONG_PERPETRATOR,)),
            ],
            id="somebody else in other words is no pair",
        ),
        pytest.param(
            [],
            [blame()],
            [(SPURIOUS, Mistake.INVENTED_PERPETRATOR, (Harm.INVENTED_PERPETRATOR,))],
            id="somebody blamed where nobody is",
        ),
        pytest.param(
            [],
            [blame(), blame("b2", accused=(LEAGUE,))],
            [
                (SPURIOUS, Mistake.INVENTED_PERPETRATOR, (Harm.INVENTED_PERPETRATOR,)),
                (SPURIOUS, Mistake.INVENTED_PERPETRATOR, ()),
            ],
            id="two blamed where nobody is are one harm",
        ),
        pytest.param(
            [],
            [blame(stance=Stance.DENIED)],
            [(SPURIOUS, Mistake.SPURIOUS, ())],
            id="a denial of what nobody said accuses nobody",
        ),
        pytest.param(
            [],
            [blame(accused=(GUNMEN,), stance=Stance.STATED_AS_FACT, speakers=(VOICE,))],
            [(SPURIOUS, Mistake.SPURIOUS, ())],
            id="gunmen blamed where nobody is are not invented",
        ),
        pytest.param(
            [],
            [blame(accused=(GUNMEN, LEAGUE))],
            [(SPURIOUS, Mistake.INVENTED_PERPETRATOR, (Harm.INVENTED_PERPETRATOR,))],
            id="who is named beside gunmen is invented",
        ),
        pytest.param(
            [blame(accused=(GUNMEN,), stance=Stance.STATED_AS_FACT, speakers=(VOICE,))],
            [blame()],
            [(WRONG, Mistake.INVENTED_PERPETRATOR, (Harm.INVENTED_PERPETRATOR,))],
            id="gunmen get a name",
        ),
        pytest.param(
            [blame()],
            [blame(accused=(GUNMEN,))],
            [(WRONG, Mistake.WRONG_ACCUSED, ())],
            id="somebody becomes gunmen",
        ),
        pytest.param(
            [blame(accused=(STATE,), speakers=(MONITOR,))],
            [blame(accused=(LEAGUE,), stance=Stance.STATED_AS_FACT, speakers=(VOICE,))],
            [(WRONG, Mistake.WRONG_ACCUSED, (Harm.WRONG_PERPETRATOR,))],
            id="somebody else, and as a fact",
        ),
        pytest.param([], [], [(ABSTAINED, None, ())], id="nobody blamed"),
        pytest.param(
            [NOBODY],
            [NOBODY],
            [(ABSTAINED, None, ()), (CORRECT, None, ())],
            id="said to be unknown",
        ),
        pytest.param(
            [NOBODY],
            [blame("b1", (), Stance.NOBODY_CLAIMED)],
            [(ABSTAINED, None, ()), (WRONG, Mistake.WRONG_STANCE, ())],
            id="unknown becomes unclaimed",
        ),
        pytest.param(
            [NOBODY],
            [blame()],
            [(WRONG, Mistake.INVENTED_PERPETRATOR, (Harm.INVENTED_PERPETRATOR,))],
            id="unknown becomes known",
        ),
    ],
)
def test_a_blame_becomes_a_cell(
    gold: list[BlameClaim], predicted: list[BlameClaim], expected: list[Line]
) -> None:
    assert lines(blame_cells(in_one(gold, predicted))) == expected


def test_an_accusation_given_as_a_fact_is_a_harm_and_the_right_figure_an_opportunity() -> None:
    told = in_one([blame()], [blame(stance=Stance.STATED_AS_FACT)])
    [harmful] = blame_cells(told)
    [harmless] = blame_cells(in_one([blame()], [blame()]))
    assert harmful.parts == {"accused": True, "stance": False, "speakers": True}
    assert Harm.OVER_ASSERTION in harmful.harms
    assert Harm.OVER_ASSERTION in harmless.opportunities
    assert harmless.harms == ()


def test_a_denial_read_as_an_accusation_blames_the_denier() -> None:
    denial = blame(accused=(ARMY,), stance=Stance.DENIED, speakers=(speaker("the army"),))
    read = denial.model_copy(update={"stance": Stance.ACCUSED})
    assert harms_of(blame_cells(in_one([denial], [read]))) == [Harm.FLIPPED_BLAME]


def test_who_denies_what_others_say_may_be_blamed() -> None:
    accusation = blame(accused=(ARMY,), speakers=(MONITOR,))
    denial = blame("b2", (ARMY,), Stance.DENIED, speakers=(speaker("the army"),))
    told = in_one([accusation, denial], [accusation, denial])
    assert [one.state for one in blame_cells(told)] == [CORRECT, CORRECT]
    assert all(Harm.FLIPPED_BLAME not in one.opportunities for one in blame_cells(told))


def test_a_blame_that_leaks_into_the_neighbouring_incident_is_propagated() -> None:
    first, second = incident("i1"), incident("i2", blames=[blame()])
    leaked = incident("i1", blames=[blame("x")])
    cells = blame_cells(case([first, second], [leaked, second]))
    assert lines(cells) == [
        (SPURIOUS, Mistake.PROPAGATED, (Harm.INVENTED_PERPETRATOR, Harm.PROPAGATED_BLAME)),
        (CORRECT, None, ()),
    ]
    [silent, _] = blame_cells(case([first, second], [first, second]))
    assert silent.state is ABSTAINED
    assert silent.opportunities == (Harm.INVENTED_PERPETRATOR, Harm.PROPAGATED_BLAME)


def test_always_an_unknown_perpetrator_misses_every_blame_and_harms_nobody() -> None:
    gold = [
        incident("i1", blames=[blame("a", stance=Stance.STATED_AS_FACT)]),
        incident("i2", blames=[blame("b")]),
        incident("i3"),
    ]
    unknown = [
        incident(name, blames=[blame(f"{name}/x", (), Stance.SAID_UNKNOWN)])
        for name in ("i1", "i2", "i3")
    ]
    cells = blame_cells(case(gold, unknown))
    assert lines(cells) == [
        (WRONG, Mistake.UNDER_ASSERTED, ()),
        (WRONG, Mistake.WRONG_STANCE, ()),
        (ABSTAINED, None, ()),
        (SPURIOUS, Mistake.SPURIOUS, ()),
    ]


def test_the_side_of_the_victims_is_not_to_be_blamed() -> None:
    dead = count(group=group("soldiers", party="the army"))
    gold = incident(counts=[dead])
    read = incident(counts=[dead], blames=[blame(accused=(ARMY,))])
    [cell] = blame_cells(case([gold], [read]))
    assert cell.mistake is Mistake.FLIPPED
    assert cell.harms == (Harm.INVENTED_PERPETRATOR, Harm.FLIPPED_BLAME)


def test_attackers_among_the_dead_are_no_victims() -> None:
    dead = count(group=group("attackers", party="the League", roles=(Role.ATTACKER,)))
    gold = incident(counts=[dead], blames=[blame(accused=(FRONT,), speakers=(VOICE,))])
    read = incident(counts=[dead], blames=[blame(accused=(LEAGUE,), speakers=(VOICE,))])
    [cell] = blame_cells(case([gold], [read]))
    assert cell.mistake is Mistake.WRONG_ACCUSED
    assert cell.opportunities == (Harm.WRONG_PERPETRATOR, Harm.OVER_ASSERTION)


def test_a_side_is_known_by_what_gold_calls_it_elsewhere() -> None:
    known = actor("the regime's army", ActorType.STATE_FORCES, canonical_id="army")
    dead = count(group=group("soldiers", party="the regime's army"))
    gold = [incident(counts=[dead]), incident("i2", blames=[blame(accused=(known,))])]
    other = actor("Damascus", ActorType.STATE_FORCES, canonical_id="army")
    read = [incident(blames=[blame("x", accused=(other,))]), incident("i2")]
    assert Harm.FLIPPED_BLAME in harms_of(blame_cells(case(gold, read)))


def test_whole_keys_pair_before_all_else() -> None:
    gold = [blame("a", speakers=(POLICE,)), blame("b", speakers=(MONITOR,))]
    predicted = [blame("x", speakers=(MONITOR,)), blame("y", speakers=(HOSPITAL,))]
    cells = {one.gold_id: one for one in blame_cells(in_one(gold, predicted))}
    assert (cells["a"].predicted_id, cells["a"].mistake) == ("y", Mistake.WRONG_SPEAKER)
    assert (cells["b"].predicted_id, cells["b"].state) == ("x", CORRECT)


def test_what_gold_itself_states_as_fact_may_be_told_so() -> None:
    gold = [blame("a"), blame("b", stance=Stance.STATED_AS_FACT, speakers=(VOICE,))]
    cells = blame_cells(in_one(gold, gold))
    assert [one.state for one in cells] == [CORRECT, CORRECT]
    assert all(Harm.OVER_ASSERTION not in one.opportunities for one in cells)


@pytest.mark.parametrize(
    ("predicted", "state"),
    [
        pytest.param(blame(), CORRECT, id="the first reading"),
        pytest.param(blame(stance=Stance.SUSPECTED), CORRECT, id="the second reading"),
        pytest.param(blame(accused=(LEAGUE,)), CORRECT, id="the third reading"),
        pytest.param(blame(stance=Stance.CHARGED), WRONG, id="no reading"),
    ],
)
def test_every_reading_of_gold_is_right(predicted: BlameClaim, state: CellState) -> None:
    readings = [
        alternative("b1", stance=Stance.SUSPECTED),
        alternative("b1", accused=(LEAGUE,)),
    ]
    [cell] = blame_cells(in_one([blame()], [predicted], alternatives=readings))
    assert cell.state is state


def test_where_a_reading_allows_a_fact_a_fact_is_no_harm() -> None:
    told = in_one(
        [blame()],
        [blame(stance=Stance.STATED_AS_FACT)],
        alternatives=[alternative("b1", stance=Stance.STATED_AS_FACT)],
    )
    [cell] = blame_cells(told)
    assert (cell.state, cell.harms) == (CORRECT, ())
    assert Harm.OVER_ASSERTION not in cell.opportunities


@pytest.mark.parametrize("labels", [{"optional": ["b1"]}, {"disputed": ["b1"]}])
@pytest.mark.parametrize(
    "predicted",
    [
        pytest.param([], id="silence"),
        pytest.param([blame()], id="the same"),
        pytest.param([blame(stance=Stance.STATED_AS_FACT)], id="as a fact"),
    ],
)
def test_an_optional_blame_neither_rewards_nor_punishes(
    predicted: list[BlameClaim], labels: dict[str, list[str]]
) -> None:
    cells = blame_cells(in_one([blame()], predicted, **labels))
    assert [one.state for one in cells] == [ABSTAINED, EXCUSED]
    assert harms_of(cells) == []
    assert cells[1].opportunities == ()


def test_an_optional_blame_excuses_nobody_else() -> None:
    told = in_one([blame()], [blame(accused=(LEAGUE,))], optional=["b1"])
    assert lines(blame_cells(told)) == [
        (EXCUSED, None, ()),
        (SPURIOUS, Mistake.INVENTED_PERPETRATOR, (Harm.INVENTED_PERPETRATOR,)),
    ]


def test_in_a_background_incident_every_blame_is_excused() -> None:
    gold = incident(background=True, blames=[blame()])
    read = incident(blames=[blame(stance=Stance.STATED_AS_FACT), blame("b2", accused=(LEAGUE,))])
    cells = blame_cells(case([gold], [read]))
    assert [(one.state, one.opportunities) for one in cells] == [(EXCUSED, ()), (EXCUSED, ())]
    assert blame_cells(case([incident(background=True)], [incident()])) == []


@pytest.mark.parametrize("predicted", [None, ()], ids=["no prediction", "an empty one"])
def test_without_a_prediction_all_is_missed_and_every_opportunity_stays(
    predicted: tuple[Incident, ...] | None,
) -> None:
    gold = [incident("i1", blames=[blame()]), incident("i2")]
    cells = blame_cells(case(gold, predicted))
    assert lines(cells) == [(MISSED, Mistake.MISSED, ()), (ABSTAINED, None, ())]
    read = blame_cells(case(gold, gold))
    assert [one.opportunities for one in cells] == [one.opportunities for one in read]


def test_an_invented_incident_is_an_opportunity_only_if_somebody_is_blamed_in_it() -> None:
    assert blame_cells(case([], [incident()])) == []
    [cell] = blame_cells(case([], [incident(blames=[blame()])]))
    assert (cell.state, cell.mistake) == (SPURIOUS, Mistake.INVENTED_PERPETRATOR)
    assert cell.harms == cell.opportunities == (Harm.INVENTED_PERPETRATOR,)


def test_a_blame_in_an_incident_told_twice_is_told_twice() -> None:
    gold = [incident("i1", blames=[blame()])]
    read = [*gold, incident("i9", blames=[blame("x")])]
    alignment = align_by_id(gold, read, extra="duplicate", of=0)
    cells = blame_cells(case(gold, read, alignment=alignment))
    assert lines(cells) == [(CORRECT, None, ()), (SPURIOUS, Mistake.DUPLICATE, ())]


def copied(gold: Incident, read: Incident, *copies: Incident) -> list[Cell]:
    """The cells of an incident that is told again, in whole or in part."""
    told = [read, *copies]
    alignment = align_by_id([gold], told, extra="split", of=0)
    return blame_cells(case([gold], told, alignment=alignment))


AS_FACT = blame("x", stance=Stance.STATED_AS_FACT, speakers=(VOICE,))


@pytest.mark.parametrize(
    ("gold", "told", "again", "mistake", "harms"),
    [
        pytest.param(
            [blame()],
            [blame()],
            AS_FACT,
            Mistake.OVER_ASSERTED,
            (Harm.OVER_ASSERTION,),
            id="over-assertion",
        ),
        pytest.param(
            [blame()],
            [blame()],
            AS_FACT.model_copy(update={"accused": (STATE,)}),
            Mistake.FLIPPED,
            (Harm.WRONG_PERPETRATOR, Harm.FLIPPED_BLAME),
            id="the accuser blamed",
        ),
        pytest.param(
            [],
            [],
            AS_FACT,
            Mistake.INVENTED_PERPETRATOR,
            (Harm.INVENTED_PERPETRATOR,),
            id="made up",
        ),
    ],
)
def test_a_harm_is_not_hidden_in_a_copy_of_the_incident(
    gold: list[BlameClaim],
    told: list[BlameClaim],
    again: BlameClaim,
    mistake: Mistake,
    harms: tuple[Harm, ...],
) -> None:
    one = incident(blames=gold)
    first, second = copied(one, incident(blames=told), incident("i9", blames=[again]))
    assert (second.state, second.mistake, second.harms) == (SPURIOUS, mistake, harms)
    assert first.harms == ()
    [plain] = blame_cells(case([one], [one]))
    assert sorted([*first.opportunities, *second.opportunities]) == sorted(plain.opportunities)


def test_a_blame_of_another_incident_is_not_hidden_in_a_copy() -> None:
    gold = [incident("i1"), incident("i2", blames=[blame()])]
    read = [*gold, incident("i9", blames=[blame("x")])]
    cells = blame_cells(case(gold, read, alignment=align_by_id(gold, read, extra="split", of=0)))
    assert lines(cells) == [
        (ABSTAINED, None, ()),
        (CORRECT, None, ()),
        (SPURIOUS, Mistake.PROPAGATED, (Harm.INVENTED_PERPETRATOR, Harm.PROPAGATED_BLAME)),
    ]


def test_a_harm_done_in_many_copies_is_one_harm() -> None:
    one = incident(blames=[blame()])
    copies = [incident(f"i{n}", blames=[AS_FACT]) for n in (7, 8, 9)]
    assert harms_of(copied(one, one, *copies)) == [Harm.OVER_ASSERTION]


def test_who_is_blamed_in_a_copy_is_no_rightly_blameless_incident() -> None:
    def rightly(*copies: Incident) -> dict[str, int]:
        cells = copied(incident(), incident(), *copies)
        scores = blame_section(cells, Gauge(intervals=False)).scores
        return next(one.counts for one in scores if one.name == "blame.specificity")

    assert rightly(incident("i9")) == {"right": 1, "of": 1}
    assert rightly(incident("i9", blames=[AS_FACT])) == {"right": 0, "of": 1}


def test_a_copy_of_an_optional_incident_does_no_harm() -> None:
    one = incident(background=True, blames=[blame()])
    cells = copied(one, one, incident("i9", blames=[AS_FACT]))
    assert [(cell.state, cell.opportunities) for cell in cells] == [(EXCUSED, ()), (EXCUSED, ())]


def test_one_assertion_is_one_harm_however_many_accuse() -> None:
    gold = [blame("a"), blame("b", speakers=(POLICE,)), blame("c", speakers=(MONITOR,))]
    cells = blame_cells(in_one(gold, [*gold, AS_FACT]))
    assert harms_of(cells) == [Harm.OVER_ASSERTION]
    assert [one.predicted_id for one in cells if one.harms] == ["x"]
    opportunities = [harm for one in cells for harm in one.opportunities]
    assert opportunities.count(Harm.OVER_ASSERTION) == 1


def test_each_set_of_accused_has_an_opportunity_of_its_own() -> None:
    gold = [
        blame("a"),
        blame("b", accused=(LEAGUE,)),
        blame("c", accused=(LEAGUE,), stance=Stance.DENIED, speakers=(MONITOR,)),
    ]
    settled = [one.model_copy(update={"stance": Stance.STATED_AS_FACT}) for one in gold[:2]]
    for predicted, harms in ((gold, 0), ([gold[0], settled[1]], 1), (settled, 2)):
        cells = blame_cells(in_one(gold, predicted))
        assert harms_of(cells).count(Harm.OVER_ASSERTION) == harms
        opportunities = [harm for one in cells for harm in one.opportunities]
        assert opportunities.count(Harm.OVER_ASSERTION) == 2


def test_of_several_accused_only_those_are_in_doubt_whom_gold_settles_nowhere() -> None:
    gold = [
        blame("a", accused=(FRONT, LEAGUE)),
        blame("b", stance=Stance.STATED_AS_FACT, speakers=(VOICE,)),
    ]
    whole = blame("x", accused=(FRONT, LEAGUE), stance=Stance.STATED_AS_FACT)
    assert harms_of(blame_cells(in_one(gold, gold))) == []
    assert harms_of(blame_cells(in_one(gold, [whole, gold[1]]))) == [Harm.OVER_ASSERTION]


@pytest.mark.parametrize(
    ("accused", "named"),
    [
        (GUNMEN, False),
        (actor("Gunmen", ActorType.UNIDENTIFIED), False),
        (actor("unidentified Palestinian gunmen", ActorType.UNIDENTIFIED), False),
        (actor("armed men from Mosul", ActorType.UNIDENTIFIED), False),
        (actor("ARMED MEN", ActorType.UNIDENTIFIED), False),
        (actor("Armed Men", ActorType.UNIDENTIFIED), False),
        (actor("three masked gunmen", ActorType.UNIDENTIFIED), False),
        (actor("unidentified aircraft", ActorType.UNIDENTIFIED), False),
        (actor("unknown persons", ActorType.UNIDENTIFIED), False),
        (actor("مسلحون مجهولون", ActorType.UNIDENTIFIED), False),
        (actor("المسلحون", ActorType.UNIDENTIFIED), False),
        (actor("hombres armados", ActorType.UNIDENTIFIED), False),
        (actor("desconocidos", ActorType.UNIDENTIFIED), False),
        (actor("Hommes armés", ActorType.UNIDENTIFIED), False),
        (actor("des inconnus", ActorType.UNIDENTIFIED), False),
        (actor("невідомі озброєні", ActorType.UNIDENTIFIED), False),
        (actor("homens armados", ActorType.UNIDENTIFIED), False),
        (actor("the Hill Guards", ActorType.UNIDENTIFIED), True),
        (actor("Hamas", ActorType.UNIDENTIFIED), True),
        (actor("ISIS", ActorType.UNIDENTIFIED), True),
        (actor("al-Shabaab", ActorType.UNIDENTIFIED), True),
        (actor("Al-Shabaab fighters", ActorType.UNIDENTIFIED), True),
        (actor("M23 rebels", ActorType.UNIDENTIFIED), True),
        (actor("الحوثيون", ActorType.UNIDENTIFIED), True),
        (actor("unidentified Hamas gunmen", ActorType.UNIDENTIFIED), True),
        (actor("a group of 10 armed men", ActorType.UNIDENTIFIED), False),
        (actor("unidentified islamic state gunmen", ActorType.UNIDENTIFIED), True),
        (actor("gunmen from Hamas", ActorType.UNIDENTIFIED), True),
        (actor("Hezbollah", ActorType.UNIDENTIFIED, canonical_id="hezbollah"), True),
        (actor("a man", ActorType.PRIVATE_PERSON), True),
    ],
    ids=lambda value: value.name_text if isinstance(value, Actor) else None,
)
def test_who_has_a_name_is_no_unknown_person(accused: Actor, named: bool) -> None:
    cells = blame_cells(in_one([], [blame(accused=(accused,))]))
    assert harms_of(cells) == ([Harm.INVENTED_PERPETRATOR] if named else [])
    [silent] = blame_cells(in_one([blame(accused=(accused,))], []))
    assert (Harm.INVENTED_PERPETRATOR in silent.opportunities) is not named


def test_gunmen_of_two_incidents_are_not_the_same() -> None:
    gunmen = blame(accused=(GUNMEN,))
    gold = [incident("i1"), incident("i2", blames=[gunmen])]
    read = [incident("i1", blames=[gunmen]), gold[1]]
    assert harms_of(blame_cells(case(gold, read))) == []


SYRIAN = actor(
    "Syrian army",
    ActorType.STATE_FORCES,
    canonical_id="SY-ARMY",
    canonical_name="Syrian Arab Army",
)


@pytest.mark.parametrize(
    ("accused", "flipped"),
    [
        (SYRIAN, True),
        (actor("the army", ActorType.STATE_FORCES, canonical_id="SY-ARMY"), True),
        (actor("the Turkish army", ActorType.FOREIGN_STATE_FORCES), False),
        (actor("the Free Syrian Army", ActorType.REBEL_GROUP), False),
    ],
    ids=lambda value: value.name_text if isinstance(value, Actor) else None,
)
def test_the_army_of_the_victims_is_known_by_its_full_name(accused: Actor, flipped: bool) -> None:
    dead = count(group=group("soldiers", party="the army"))
    read = incident(counts=[dead], blames=[blame(accused=(accused,))])
    cells = blame_cells(case([incident(counts=[dead])], [read]))
    assert (Harm.FLIPPED_BLAME in harms_of(cells)) is flipped


def test_the_words_of_gold_name_the_victims_side_whatever_body_a_reader_takes_it_for() -> None:
    dead = count(group=group("soldiers", party="the army"))
    known = actor("the army", ActorType.STATE_FORCES, canonical_id="SY-ARMY")
    gold = [incident(counts=[dead]), incident("i2", blames=[blame(accused=(known,))])]
    other = actor("the army", ActorType.STATE_FORCES, canonical_id="IQ-ARMY")
    read = [incident(counts=[dead], blames=[blame("x", accused=(other,))]), gold[1]]
    assert Harm.FLIPPED_BLAME in harms_of(blame_cells(case(gold, read)))


def test_whom_gold_accuses_by_the_full_name_is_not_the_side_of_the_victims() -> None:
    dead = count(group=group("soldiers", party="the army"))
    one = incident(counts=[dead], blames=[blame(accused=(SYRIAN,))])
    assert harms_of(blame_cells(case([one], [one]))) == []


@pytest.mark.parametrize(
    ("accused", "name"),
    [
        ((ARMY,), "state"),
        ((FRONT,), "non_state"),
        ((FRONT, LEAGUE), "non_state"),
        ((actor("a man", ActorType.PRIVATE_PERSON),), "private"),
        ((GUNMEN,), "unidentified"),
        ((FRONT, ARMY), "mixed"),
    ],
)
def test_the_slice_is_the_class_of_the_accused(accused: tuple[Actor, ...], name: str) -> None:
    one = blame().model_copy(update={"accused": accused})
    [cell] = blame_cells(in_one([one], [one]))
    assert cell.slice == name


def test_a_cell_tells_both_sides_for_a_person_and_for_tables() -> None:
    [cell] = blame_cells(in_one([blame()], [blame("x", stance=Stance.SUSPECTED)]))
    assert cell.gold == "the Northern Front · accused · The government"
    assert cell.predicted == "the Northern Front · suspected · The government"
    assert cell.codes == {
        "gold_stance": "accused",
        "predicted_stance": "suspected",
        "gold_actor_type": "rebel_group",
        "predicted_actor_type": "rebel_group",
        "gold_speaker_type": "government",
        "predicted_speaker_type": "government",
    }


ACTORS = st.lists(st.sampled_from([FRONT, ARMY, LEAGUE, STATE]), min_size=1, max_size=2)
SPEAKERS = st.lists(st.sampled_from([GOVERNMENT, MONITOR, VOICE]), min_size=1, max_size=2)
STANCES = st.sampled_from(
    [
        *(Stance.STATED_AS_FACT, Stance.ACCUSED, Stance.DENIED, Stance.SELF_CLAIMED),
        *(Stance.CONVICTED, Stance.SAID_UNKNOWN),
    ]
)


@st.composite
def blames(draw: st.DrawFn) -> BlameClaim:
    stance = draw(STANCES)
    return blame(
        accused=() if stance is Stance.SAID_UNKNOWN else draw(ACTORS),
        stance=stance,
        speakers=draw(SPEAKERS),
        quotes=(quote("some words of it", at=draw(st.integers(0, 30))),),
    )


INCIDENTS = st.lists(st.lists(blames(), max_size=3), min_size=1, max_size=3).map(
    lambda told: [
        incident(
            f"i{n}",
            blames=[one.model_copy(update={"id": f"i{n}/b{at}"}) for at, one in enumerate(listed)],
        )
        for n, listed in enumerate(told)
    ]
)


@settings(max_examples=40, deadline=None)
@given(INCIDENTS)
def test_gold_against_itself_is_right_and_harmless(gold: list[Incident]) -> None:
    cells = blame_cells(case(gold, gold))
    assert {one.state for one in cells} <= {CORRECT, ABSTAINED}
    assert harms_of(cells) == []


@settings(max_examples=40, deadline=None)
@given(INCIDENTS, INCIDENTS, st.randoms(use_true_random=False))
def test_neither_the_order_of_incidents_nor_of_blames_nor_of_names_matters(
    gold: list[Incident], predicted: list[Incident], random: Random
) -> None:
    first = blame_cells(case(gold, predicted))
    again = blame_cells(case(_shuffled(gold, random), _shuffled(predicted, random)))
    assert sorted(to_jsonl(first).splitlines()) == sorted(to_jsonl(again).splitlines())


@settings(max_examples=40, deadline=None)
@given(INCIDENTS, INCIDENTS)
def test_harms_are_among_the_opportunities_and_those_of_gold_do_not_depend_on_the_prediction(
    gold: list[Incident], predicted: list[Incident]
) -> None:
    cells = blame_cells(case(gold, predicted))
    assert all(set(one.harms) <= set(one.opportunities) for one in cells)
    assert all(len(set(one.opportunities)) == len(one.opportunities) for one in cells)
    alone = blame_cells(case(gold, None))
    assert _opportunities(cells) == _opportunities(alone)


@settings(max_examples=40, deadline=None)
@given(INCIDENTS, INCIDENTS, INCIDENTS)
def test_copies_of_an_incident_add_no_opportunity(
    gold: list[Incident], predicted: list[Incident], copies: list[Incident]
) -> None:
    told = [*predicted, *(one.model_copy(update={"id": f"copy {one.id}"}) for one in copies)]
    read = [one for one in told if one.id == "i0" or one.id.startswith("copy")]
    alignment = align_by_id(gold, read, extra="split", of=0)
    cells = blame_cells(case(gold, read, alignment=alignment))
    assert all(set(one.harms) <= set(one.opportunities) for one in cells)
    every = sorted(harm for one in cells for harm in one.opportunities)
    alone = blame_cells(case(gold, None))
    assert every == sorted(harm for one in alone for harm in one.opportunities)


CHANGES = st.sampled_from(
    [
        {"stance": Stance.SUSPECTED},
        {"speakers": (HOSPITAL,)},
        {"accused": (GUNMEN,)},
        {"accused": (FRONT, GUNMEN)},
    ]
)


@settings(max_examples=60, deadline=None)
@given(INCIDENTS, CHANGES, st.data())
def test_one_part_of_one_blame_changed_changes_the_state_of_one_cell(
    gold: list[Incident], change: dict[str, object], data: st.DataObject
) -> None:
    naming = [blame.id for one in gold for blame in one.blames if blame.accused]
    if not naming:
        return
    changed = data.draw(st.sampled_from(naming))
    read = [
        one.model_copy(
            update={
                "blames": tuple(
                    told.model_copy(update=change) if told.id == changed else told
                    for told in one.blames
                )
            }
        )
        for one in gold
    ]
    states = [one.state for one in blame_cells(case(gold, read))]
    assert len(states) == len(blame_cells(case(gold, gold)))
    assert states.count(WRONG) == 1
    assert set(states) <= {CORRECT, WRONG, ABSTAINED}


def _opportunities(cells: list[Cell]) -> list[tuple[str, Harm]]:
    return sorted(
        (one.gold_incident, harm)
        for one in cells
        if one.gold_incident
        for harm in one.opportunities
    )


def _shuffled(incidents: list[Incident], random: Random) -> list[Incident]:
    shuffled = list(incidents)
    random.shuffle(shuffled)
    return [
        one.model_copy(
            update={
                "blames": tuple(
                    told.model_copy(
                        update={"speakers": told.speakers[::-1], "accused": told.accused[::-1]}
                    )
                    for told in one.blames[::-1]
                )
            }
        )
        for one in shuffled
    ]
