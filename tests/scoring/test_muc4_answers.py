"""Readings turned into templates of MUC-4: its words, its decision tree, what it leaves out."""

from datetime import date
from typing import Any

import pytest
from grading import actor, article, blame, count, group, place, quote, speaker, when
from muc4_answering import CONVENTION, WIRED, answer, read, told, values

from eval.corpora.muc4.answer import (
    answer_templates,
    find_dateline_country,
    write_place,
    write_when,
)
from eval.corpora.muc4.keys import Slot
from extractor.codes import (
    ActorType,
    Actuality,
    AttackType,
    DatePrecision,
    Outcome,
    PlaceLevel,
    PlaceRelation,
    Side,
    SpeakerType,
    Stance,
    Standing,
)
from extractor.records import Party, Place


def test_an_incident_becomes_a_template() -> None:
    one = answer(blames=(blame(accused=[actor("GUERRILLAS", ActorType.UNIDENTIFIED)]),))
    assert {slot: values(one, slot) for slot in one.fills} == {
        Slot.TYPE: ["ATTACK"],
        Slot.DATE: ["04 FEB 90"],
        Slot.LOCATION: ["EL SALVADOR: CHINAMECA (TOWN)"],
        Slot.STAGE: ["ACCOMPLISHED"],
        Slot.PERPETRATOR: ["GUERRILLAS"],
        Slot.VICTIM: ["PEASANTS"],
        Slot.NUMBER: ["6"],
        Slot.EFFECT: ["DEATH"],
        Slot.VICTIM_TYPE: ["CIVILIAN"],
    }
    assert one.of(Slot.NUMBER)[0].refs == ("PEASANTS",)


@pytest.mark.parametrize(
    ("changed", "type_"),
    [
        ({"attack_types": (AttackType.EXPLOSIVE_DEVICE,)}, "BOMBING"),
        ({"attack_types": (AttackType.ABDUCTION, AttackType.SHOOTING)}, "KIDNAPPING"),
        ({"attack_types": (AttackType.EXECUTION,)}, "ATTACK"),
        ({"attack_types": (AttackType.UNKNOWN,)}, "ATTACK"),
        (
            {"attack_types": (AttackType.UNKNOWN,), "counts": (count(outcome=Outcome.ABDUCTED),)},
            "KIDNAPPING",
        ),
    ],
    ids=["bomb", "first of two", "execution", "unknown", "by its outcome"],
)
def test_the_incident_type_follows_from_the_attack(changed: dict[str, Any], type_: str) -> None:
    assert values(answer(**changed), Slot.TYPE) == [type_]


@pytest.mark.parametrize(
    "changed",
    [
        {"when": when(date(1989, 11, 16))},
        {
            "attack_types": (AttackType.ARMED_CLASH,),
            "counts": (count(group=group("SOLDIERS", standing=Standing.COMBATANT)),),
        },
        {"attack_types": (AttackType.ARMED_CLASH,), "counts": ()},
        {
            "attack_types": (AttackType.ARMED_CLASH,),
            "counts": (count(told=17, outcome=Outcome.KILLED_OR_INJURED, group=group(None)),),
        },
    ],
    ids=["old", "soldiers alone", "clash alone", "casualties of a clash"],
)
def test_what_the_corpus_does_not_report_is_no_template(changed: dict[str, Any]) -> None:
    assert answer_templates(read(told(**changed)), CONVENTION) == ()


UNDATED = when(None, WIRED, DatePrecision.ON_OR_BEFORE).model_copy(update={"expression": None})
UNCOUNTED = count(told="several", group=group("PEASANTS"))


def test_a_recent_event_told_as_context_is_reported() -> None:
    assert answer(background=True).id == "i1"


@pytest.mark.parametrize(
    ("changed", "is_reported"),
    [
        ({"counts": (count(told=70_000),)}, False),
        ({"counts": (count(told=120),)}, True),
        ({"when": UNDATED, "counts": (UNCOUNTED,)}, False),
        ({"when": when(WIRED), "counts": (UNCOUNTED,)}, True),
        (
            {"counts": (count(told=24, outcome=Outcome.KILLED_OR_INJURED, group=group(None)),)},
            False,
        ),
    ],
    ids=["toll of a war", "large attack", "policy", "of a day", "casualties of a side"],
)
def test_what_is_no_single_event_is_no_template(changed: dict[str, Any], is_reported: bool) -> None:
    changed = {"attack_types": (AttackType.UNKNOWN,), "blames": (), "parties": (), **changed}
    assert bool(answer_templates(read(told(**changed)), CONVENTION)) is is_reported


def test_a_clash_that_hits_civilians_is_reported() -> None:
    assert values(answer(attack_types=(AttackType.ARMED_CLASH,)), Slot.TYPE) == ["ATTACK"]


@pytest.mark.parametrize(
    ("actuality", "stage"),
    [
        (Actuality.ACTUAL, "ACCOMPLISHED"),
        (Actuality.FOILED, "ATTEMPTED"),
        (Actuality.THREATENED, "THREATENED"),
    ],
)
def test_the_stage_follows_from_the_actuality(actuality: Actuality, stage: str) -> None:
    assert values(answer(actuality=actuality), Slot.STAGE) == [stage]


@pytest.mark.parametrize(
    ("one", "written"),
    [
        (when(WIRED), "04 FEB 90"),
        (when(date(1990, 2, 1), WIRED, DatePrecision.DAYS), "01 FEB 90 - 04 FEB 90"),
        (when(None, WIRED, DatePrecision.ON_OR_BEFORE), "- 04 FEB 90"),
        (when(None, precision=DatePrecision.UNKNOWN), None),
    ],
    ids=["day", "days", "by", "unknown"],
)
def test_days_are_written_as_the_keys_write_them(one: Any, written: str | None) -> None:
    assert write_when(one) == written


LIMA = place("LIMA", countries=("PE",))


@pytest.mark.parametrize(
    ("places", "written"),
    [
        ((LIMA,), "PERU: LIMA (CITY)"),
        ((place("PERU", countries=("PE",), level=PlaceLevel.COUNTRY),), "PERU"),
        (
            (
                place(
                    "RIMAC",
                    countries=("PE",),
                    level=PlaceLevel.NEIGHBOURHOOD,
                    within_text=("LIMA", "PERU"),
                ),
            ),
            "PERU: LIMA: RIMAC (NEIGHBORHOOD)",
        ),
        (
            (
                place(
                    "BRIDGE STREET",
                    countries=("PE",),
                    level=PlaceLevel.STREET_OR_LANDMARK,
                    within_text=("LIMA", "PERU"),
                ),
            ),
            "PERU: LIMA (AREA)",
        ),
        (
            (place("BRIDGE STREET", countries=("PE",), level=PlaceLevel.STREET_OR_LANDMARK),),
            "CHILE",
        ),
        (
            (place("LA LIBERTAD", countries=("PE",), level=PlaceLevel.TOWN_OR_VILLAGE),),
            "CHILE: LA LIBERTAD (TOWN)",
        ),
        (
            (
                place(
                    "LA LIBERTAD",
                    countries=("PE",),
                    level=PlaceLevel.TOWN_OR_VILLAGE,
                    within_text=("PERU",),
                ),
            ),
            "PERU: LA LIBERTAD (TOWN)",
        ),
        ((place("ATLANTIS", countries=()),), "CHILE: ATLANTIS (CITY)"),
        ((), "CHILE"),
        (
            (
                place("LIMA", countries=("PE",), relation=PlaceRelation.BETWEEN),
                place("CUZCO", countries=("PE",), relation=PlaceRelation.BETWEEN),
            ),
            "PERU: LIMA (CITY) - CUZCO (CITY)",
        ),
    ],
    ids=[
        *("city", "country", "part of a city", "street of a city", "street"),
        *("a small town's homonyms", "a small town of a country", "country unknown"),
        *("no place", "between"),
    ],
)
def test_a_place_is_written_from_wide_to_narrow(places: tuple[Place, ...], written: str) -> None:
    assert write_place(places, "CHILE", CONVENTION.locations) == written


def test_without_a_dateline_country_an_unknown_place_is_not_written() -> None:
    assert write_place((), None, CONVENTION.locations) is None


@pytest.mark.parametrize(
    ("head", "country"),
    [
        ("   SAN SALVADOR, 4 FEB 90 (ACAN-EFE) --", "EL SALVADOR"),
        ("MANAGUA (NICARAGUA), 4 FEB 90 --", "NICARAGUA"),
        ("NO CITY (COLOMBIA), 4 FEB 90 --", "COLOMBIA"),
        ("NO CITY, NO DATE --", None),
        ("CLANDESTINE, 4 FEB 90 (RADIO VENCEREMOS) --", "EL SALVADOR"),
        ("CLANDESTINE, 4 FEB 90 (SOME RADIO) --", None),
        ("TOKYO (JAPAN), 4 FEB 90 --", None),
        ("no dateline at all", None),
    ],
    ids=["city", "in brackets", "no city", "nothing", "station", "other station", "far", "none"],
)
def test_the_dateline_tells_a_country(head: str, country: str | None) -> None:
    one = article(f"{head} [TEXT] SOMETHING HAPPENED.")
    assert find_dateline_country(one, CONVENTION.locations) == country


ARMY = speaker("THE ARMY", SpeakerType.MILITARY, is_party=True)
PAPER = speaker("A PAPER", SpeakerType.OTHER_MEDIA)


@pytest.mark.parametrize(
    ("blames", "status"),
    [
        ([(Stance.SELF_CLAIMED, ARMY)], "CLAIMED OR ADMITTED"),
        ([(Stance.STATED_AS_FACT, PAPER)], "REPORTED AS FACT"),
        ([(Stance.ACCUSED, ARMY)], "SUSPECTED OR ACCUSED BY AUTHORITIES"),
        ([(Stance.SUSPECTED, ARMY)], "SUSPECTED OR ACCUSED BY AUTHORITIES"),
        ([(Stance.CHARGED, PAPER)], "SUSPECTED OR ACCUSED BY AUTHORITIES"),
        ([(Stance.ACCUSED, PAPER)], "SUSPECTED OR ACCUSED"),
        ([(Stance.SUSPECTED, PAPER)], "SUSPECTED OR ACCUSED"),
        ([(Stance.CLEARED, ARMY)], "ACQUITTED"),
        ([(Stance.ACCUSED, PAPER), (Stance.ACCUSED, ARMY)], "SUSPECTED OR ACCUSED BY AUTHORITIES"),
        ([(Stance.ACCUSED, ARMY), (Stance.SELF_CLAIMED, PAPER)], "CLAIMED OR ADMITTED"),
    ],
    ids=[
        *("claimed", "fact", "army", "army suspects", "charged", "paper", "paper suspects"),
        *("cleared", "army beside paper", "claimed beside army"),
    ],
)
def test_the_status_follows_from_stance_and_speaker(
    blames: list[tuple[Stance, Any]], status: str
) -> None:
    claims = [
        blame(
            f"b{n}",
            [actor("NORTHERN FRONT")],
            stance,
            speakers=(who,),
            quotes=(quote("blamed the northern front for the raid"),),
        )
        for n, (stance, who) in enumerate(blames)
    ]
    for order in (claims, claims[::-1]):
        one = answer(blames=tuple(order))
        assert values(one, Slot.ORGANISATION) == ["NORTHERN FRONT"]
        assert [(fill.values, fill.refs) for fill in one.of(Slot.STATUS)] == [
            ((status,), ("NORTHERN FRONT",))
        ]


def test_a_deed_that_somebody_tells_flatly_is_a_fact_to_the_keys() -> None:
    flat = blame(
        accused=[actor("NORTHERN FRONT")],
        speakers=(ARMY,),
        quotes=(quote("THE NORTHERN FRONT KILLED TEN"),),
    )
    assert values(answer(blames=(flat,)), Slot.STATUS) == ["REPORTED AS FACT"]


def _in_story(text: str, name: str, kind: ActorType = ActorType.REBEL_GROUP) -> list[str]:
    reading = read(told(blames=(blame(accused=[actor(name, kind)]),)), text=text)
    (one,) = answer_templates(reading, CONVENTION)
    return values(one, Slot.ORGANISATION)


@pytest.mark.parametrize(
    ("text", "name", "organisations"),
    [
        ("THE FMLN SAID SO. GUERRILLAS KILLED TEN.", "GUERRILLAS", True),
        ("THE FMLN SAID SO. SOME 20 URBAN COMMANDOS KILLED TEN.", "SOME 20 URBAN COMMANDOS", True),
        ("THE FMLN AND THE ELN SAID SO. GUERRILLAS KILLED TEN.", "GUERRILLAS", False),
        ("GUERRILLAS KILLED TEN.", "GUERRILLAS", False),
        ("THE FMLN SAID SO. CONTRA REBELS KILLED TEN.", "CONTRA REBELS", False),
    ],
    ids=["the only one", "some of it", "one of two", "none", "of another"],
)
def test_nameless_rebels_belong_to_the_one_organisation_of_their_story(
    text: str, name: str, organisations: bool
) -> None:
    assert ("Farabundo" in " ".join(_in_story(text, name))) is organisations


def test_soldiers_stand_for_the_army() -> None:
    names = _in_story("SOLDIERS KILLED TEN.", "SOLDIERS", ActorType.STATE_FORCES)
    assert names == ["army"]


@pytest.mark.parametrize(
    ("accused", "persons", "organisations"),
    [
        (actor("NORTHERN FRONT"), [], ["NORTHERN FRONT"]),
        (actor("GUERRILLAS"), ["GUERRILLAS"], []),
        (
            actor("MEMBERS OF THE NORTHERN FRONT"),
            ["MEMBERS OF THE NORTHERN FRONT"],
            ["NORTHERN FRONT"],
        ),
        (actor("FMLN REBELS", canonical_name="FMLN"), ["FMLN REBELS"], ["FMLN"]),
        (actor("NORTHERN FRONT MEMBERS"), ["NORTHERN FRONT MEMBERS"], ["NORTHERN FRONT"]),
        (
            actor("MEMBERS OF THE ARMED FORCES", ActorType.STATE_FORCES),
            ["MEMBERS OF THE ARMED FORCES"],
            ["ARMED FORCES"],
        ),
        (
            actor("REBELS", canonical_name="Northern Front (Colombia)"),
            ["REBELS"],
            ["Northern Front"],
        ),
        (actor("THE ARMED FORCES", ActorType.STATE_FORCES), [], ["THE ARMED FORCES"]),
        (actor("JUAN PEREZ", ActorType.PRIVATE_PERSON), ["JUAN PEREZ"], []),
    ],
    ids=[
        *("organisation", "people", "members", "people of one", "own members"),
        *("members of forces", "name with its home", "forces", "person"),
    ],
)
def test_people_and_organisations_are_told_apart(
    accused: Any, persons: list[str], organisations: list[str]
) -> None:
    one = answer(blames=(blame(accused=[accused]),))
    assert values(one, Slot.PERPETRATOR) == persons
    assert values(one, Slot.ORGANISATION) == organisations


@pytest.mark.parametrize("stance", [Stance.NOBODY_CLAIMED, Stance.SAID_UNKNOWN])
def test_a_blame_on_nobody_names_no_perpetrator(stance: Stance) -> None:
    one = answer(blames=(blame(accused=[], stance=stance),))
    assert one.of(Slot.PERPETRATOR) == one.of(Slot.ORGANISATION) == one.of(Slot.STATUS) == ()


def party(name: str, kind: ActorType = ActorType.REBEL_GROUP) -> Party:
    return Party(name_text=name, actor=actor(name, kind), side=Side.A)


def test_an_armed_side_stands_where_nobody_is_blamed() -> None:
    one = answer(parties=(party("NORTHERN FRONT"), party("ARMY", ActorType.STATE_FORCES)))
    assert values(one, Slot.ORGANISATION) == ["NORTHERN FRONT"]
    assert values(one, Slot.STATUS) == ["POSSIBLE"]
    blamed = answer(
        parties=(party("NORTHERN FRONT"),), blames=(blame(accused=[actor("SOUTHERN FRONT")]),)
    )
    assert values(blamed, Slot.ORGANISATION) == ["SOUTHERN FRONT"]


def test_the_side_that_was_hit_did_not_do_it() -> None:
    hit = count(group=group("MILITIAMEN", party="NORTHERN FRONT"))
    assert answer(counts=(hit,), parties=(party("NORTHERN FRONT"),)).of(Slot.ORGANISATION) == ()
