"""Readings turned into templates of MUC-4: its words, its decision tree, what it leaves out."""

from datetime import date
from typing import Any

import pytest
from corpus_rows import reading_of
from grading import actor, article, blame, count, figure, group, incident, place, speaker, when
from muc4_making import TEXT

from eval.corpora.muc4.answer import (
    answer_templates,
    find_dateline_country,
    write_place,
    write_when,
)
from eval.corpora.muc4.convention import load_convention
from eval.corpora.muc4.keys import Slot, Template
from eval.corpora.muc4.victims import write_number
from extractor.codes import (
    ActorType,
    Actuality,
    AttackType,
    DatePrecision,
    Hedge,
    Outcome,
    PlaceLevel,
    PlaceRelation,
    Role,
    Side,
    SpeakerType,
    Stance,
    Standing,
    Unit,
)
from extractor.records import Incident, Party, Place, Reading

CONVENTION = load_convention()
WIRED = date(1990, 2, 4)


def read(*incidents: Incident, text: str = TEXT) -> Reading:
    return reading_of(article(text, published_at=WIRED), incidents)


def told(**changed: Any) -> Incident:
    """The killing of six peasants in Chinameca on the day of the wire."""
    fields: dict[str, Any] = {
        "counts": (count(told=6, group=group("PEASANTS")),),
        "attack_types": (AttackType.SHOOTING,),
        "when": when(WIRED),
        "places": (place("CHINAMECA", countries=("SV",), level=PlaceLevel.TOWN_OR_VILLAGE),),
    }
    return incident(**{**fields, **changed})


def answer(**changed: Any) -> Template:
    (one,) = answer_templates(read(told(**changed)), CONVENTION)
    return one


def values(template: Template, slot: Slot) -> list[str]:
    return [fill.values[0] for fill in template.of(slot)]


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
        {"background": True},
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
    ids=["background", "old", "soldiers alone", "clash alone", "casualties of a clash"],
)
def test_what_the_corpus_does_not_report_is_no_template(changed: dict[str, Any]) -> None:
    assert answer_templates(read(told(**changed)), CONVENTION) == ()


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
        blame(f"b{n}", [actor("NORTHERN FRONT")], stance, speakers=(who,))
        for n, (stance, who) in enumerate(blames)
    ]
    for order in (claims, claims[::-1]):
        one = answer(blames=tuple(order))
        assert values(one, Slot.ORGANISATION) == ["NORTHERN FRONT"]
        assert [(fill.values, fill.refs) for fill in one.of(Slot.STATUS)] == [
            ((status,), ("NORTHERN FRONT",))
        ]


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
    assert values(one, Slot.STATUS) == ["REPORTED AS FACT"]
    blamed = answer(
        parties=(party("NORTHERN FRONT"),), blames=(blame(accused=[actor("SOUTHERN FRONT")]),)
    )
    assert values(blamed, Slot.ORGANISATION) == ["SOUTHERN FRONT"]


def test_the_side_that_was_hit_did_not_do_it() -> None:
    hit = count(group=group("MILITIAMEN", party="NORTHERN FRONT"))
    assert answer(counts=(hit,), parties=(party("NORTHERN FRONT"),)).of(Slot.ORGANISATION) == ()


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (figure(6), "6"),
        (figure("at least 6"), "6-"),
        (figure("more than 20"), "20-"),
        (figure("up to 6"), "-6"),
        (figure("fewer than 6"), "-6"),
        (figure("about 100"), "~100"),
        (figure("nearly 100"), "~100"),
        (figure((6, 8)), "6-8"),
        (figure("several"), "PLURAL"),
        (figure("unknown"), "PLURAL"),
        (figure(6, unit=Unit.FAMILIES), "PLURAL"),
    ],
)
def test_a_number_is_written_with_its_kind(number: Any, written: str) -> None:
    assert write_number(number) == written


PEASANTS = group("PEASANTS")


@pytest.mark.parametrize(
    ("counts", "numbers", "effects"),
    [
        ([count("c1", 6, group=PEASANTS), count("c2", 7, group=PEASANTS)], ["6"], ["DEATH"]),
        (
            [count("c1", 6, group=PEASANTS), count("c2", 7, group=PEASANTS, supersedes="c1")],
            ["7"],
            ["DEATH"],
        ),
        (
            [count("c1", 6, group=PEASANTS), count("c2", 2, Outcome.INJURED, group=PEASANTS)],
            ["6", "2"],
            ["DEATH", "INJURY"],
        ),
        (
            [
                count("c1", figure(8, enumerated=True), group=group("PRIESTS AND WOMEN")),
                count("c2", 6, group=group("PRIESTS"), part_of="c1"),
                count("c3", 2, group=group("WOMEN"), part_of="c1"),
            ],
            ["6", "2"],
            ["DEATH", "DEATH"],
        ),
        ([count("c1", "none", Outcome.INJURED)], [], ["NO INJURY OR DEATH"]),
        ([count("c1", 3, Outcome.ABDUCTED, group=PEASANTS)], ["3"], []),
        ([], [], []),
    ],
    ids=[
        *("two voices", "revised", "two outcomes", "a list", "nobody", "abducted", "none"),
    ],
)
def test_victims_are_those_whom_the_claims_count(
    counts: list[Any], numbers: list[str], effects: list[str]
) -> None:
    one = answer(counts=tuple(counts))
    assert values(one, Slot.NUMBER) == numbers
    assert values(one, Slot.EFFECT) == effects


@pytest.mark.parametrize(
    "claim",
    [
        count("c1", 3, group=group("TERRORISTS")),
        count("c1", 3, group=group("MEN", roles=(Role.ATTACKER,))),
        count("c1", 3, hedge=Hedge.WITHDRAWN),
        count("c1", 3, Outcome.DETAINED),
    ],
    ids=["terrorists", "attackers", "withdrawn", "detained"],
)
def test_an_incident_that_counts_no_target_is_told_only_with_a_blame(claim: Any) -> None:
    assert answer_templates(read(told(counts=(claim,))), CONVENTION) == ()
    one = answer(counts=(claim,), blames=(blame(accused=[actor("NORTHERN FRONT")]),))
    assert one.of(Slot.NUMBER) == ()


def named(id: str, words: str, who: str | None, outcome: Outcome = Outcome.KILLED) -> Any:  # noqa: A002
    """A claim that counts one person by name or by a word for it."""
    one = count(id, 1, outcome, group=group(who))
    return one.model_copy(update={"number": one.number.model_copy(update={"text": words})})


@pytest.mark.parametrize(
    ("counts", "victims", "effects"),
    [
        ([named("c1", "ANA RUIZ", "MAYOR")], [("ANA RUIZ", "MAYOR")], ["DEATH"]),
        ([named("c1", "ANA RUIZ", None)], [("ANA RUIZ",)], ["DEATH"]),
        ([named("c1", "THE MAYOR", "MAYOR")], [("MAYOR",)], ["DEATH"]),
        (
            [named("c1", "ANA RUIZ", "MAYOR", Outcome.INJURED), named("c2", "RUIZ", None)],
            [("ANA RUIZ", "MAYOR", "RUIZ")],
            ["INJURY", "DEATH"],
        ),
        (
            [named("c1", "ANA RUIZ", "JUDGE"), named("c2", "EVA SOTO", "JUDGE")],
            [("ANA RUIZ", "JUDGE"), ("EVA SOTO", "JUDGE")],
            ["DEATH", "DEATH"],
        ),
        (
            [named("c1", "ANA RUIZ", "MAYOR", Outcome.INJURED), named("c2", "SHE", None)],
            [("ANA RUIZ", "MAYOR")],
            ["INJURY", "DEATH"],
        ),
    ],
    ids=["described", "name alone", "nameless", "surname", "two judges", "pronoun"],
)
def test_a_person_is_called_by_name_and_description_and_told_once(
    counts: list[Any], victims: list[tuple[str, ...]], effects: list[str]
) -> None:
    one = answer(counts=tuple(counts))
    assert [fill.values for fill in one.of(Slot.VICTIM)] == victims
    assert [fill.refs for fill in one.of(Slot.NUMBER)] == victims
    assert values(one, Slot.EFFECT) == effects


def test_persons_stand_for_a_group_of_as_many_and_nameless_figures_only_alone() -> None:
    judges = count("c1", 2, group=group("JUDGES"))
    persons = (named("c2", "ANA RUIZ", None), named("c3", "EVA SOTO", None))
    nameless = count("c4", 30, Outcome.INJURED, group=group(None))
    assert values(answer(counts=(judges, *persons, nameless)), Slot.NUMBER) == ["1", "1"]
    assert values(answer(counts=(judges, persons[0])), Slot.NUMBER) == ["2", "1"]
    assert values(answer(counts=(nameless,)), Slot.NUMBER) == ["30"]


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        (group("PEASANTS"), "CIVILIAN"),
        (group("POLICEMEN"), "LAW ENFORCEMENT"),
        (group("TWO JUDGES"), "LEGAL OR JUDICIAL"),
        (group("MEN", standing=Standing.COMBATANT), "ACTIVE MILITARY"),
    ],
)
def test_the_kind_of_victim_follows_from_its_words_then_its_standing(who: Any, kind: str) -> None:
    assert values(answer(counts=(count(group=who),)), Slot.VICTIM_TYPE) == [kind]
