"""Resolved in mapping: points, actors and days, and what is flagged or set aside for them."""

from datetime import date
from pathlib import Path

import pytest
from making import make_answer, make_article, make_blame, make_incident, make_place, make_when

from extractor.codes import ActorType, FlagCode, PlaceLevel, PlaceMethod, PlaceRelation
from extractor.mapping import Mapped, map_answer
from extractor.records import Actor, Place
from extractor.resolve.tables import Tables, open_tables
from extractor.wire import WireActor, WirePlace

DATELINE = "TRIPOLI, Libya (Agency) \u2014 "
TEXT = (
    "Shells hit the market in Basra on Wednesday. At least 26 people were killed, including seven"
    " children, the Basra Monitor said. The governor accused the Northern Front of firing them."
)


def mapped(text: str, place: WirePlace, tables: Tables | None = None) -> Mapped:
    answer = make_answer(places=[place])
    return map_answer(answer, make_article(text), tables=tables)


def only_place(found: Mapped) -> Place:
    [place] = found.incidents[0].places
    return place


def test_a_place_has_its_point_and_what_it_lies_in() -> None:
    place = only_place(mapped(TEXT, make_place()))
    assert (place.level, place.method) == (PlaceLevel.CITY, PlaceMethod.NAME)
    assert (place.countries, place.gazetteer_id) == (("IQ",), "geonames:99532")
    assert place.lat == pytest.approx(30.51, abs=0.05)
    assert place.lon == pytest.approx(47.78, abs=0.05)
    assert place.parents[-1] == "Iraq"


def test_a_quarter_that_no_table_knows_has_the_point_of_its_city_and_says_so() -> None:
    text = TEXT.replace("in Basra", "in the Unheard quarter of Basra")
    place = only_place(mapped(text, make_place("Unheard quarter", within_text=["Basra"])))
    assert (place.level, place.method) == (PlaceLevel.NEIGHBOURHOOD, PlaceMethod.PARENT)
    assert place.parents[0] == "Basrah"


def test_an_unknown_place_keeps_its_words_without_a_point_and_is_flagged() -> None:
    found = mapped(TEXT.replace("Basra", "Qwertzuburg"), make_place("Qwertzuburg"))
    place = only_place(found)
    assert (place.name_text, place.lat, place.lon, place.method) == (
        "Qwertzuburg",
        None,
        None,
        None,
    )
    assert FlagCode.PLACE_UNRESOLVED in {flag.code for flag in found.flags}


def test_a_place_in_the_dateline_alone_is_set_aside() -> None:
    found = mapped(DATELINE + TEXT, make_place("TRIPOLI"))
    assert found.incidents[0].places == ()
    assert [part.reason for part in found.set_aside] == [FlagCode.DATELINE_PLACE_SUSPECT]


def test_a_distance_and_a_direction_move_the_point() -> None:
    text = TEXT.replace("the market in Basra", "a bus 30 km north of Basra")
    beside = make_place(relation=PlaceRelation.DIRECTION_DISTANCE)
    place = only_place(
        map_answer(make_answer(places=[beside], evidence=["Shells hit a bus"]), make_article(text))
    )
    assert place.method is PlaceMethod.OFFSET
    assert place.lat == pytest.approx(30.51 + 30 / 111.2, abs=0.05)


def accused(name: str, text: str, *places: WirePlace) -> Actor:
    blame = make_blame(
        accused=[WireActor(name_text=name, type=ActorType.STATE_FORCES)],
        quotes=[f"The governor accused {name}"],
    )
    answer = make_answer(places=list(places), blames=[blame])
    [incident] = map_answer(answer, make_article(text)).incidents
    return incident.blames[0].accused[0]


def test_an_accused_actor_is_tied_to_the_table_by_its_name() -> None:
    actor = accused("the SDF", TEXT.replace("the Northern Front", "the SDF in Syria"))
    assert (actor.canonical_id, actor.method) == ("syrian-democratic-forces", "name")


def test_the_army_is_that_of_the_country_of_the_event() -> None:
    actor = accused("the army", TEXT.replace("the Northern Front", "the army"), make_place())
    assert (actor.canonical_name, actor.method) == ("Armed Forces of Iraq", "country")


@pytest.mark.parametrize("name", ["rebels", "gunmen", "the Northern Front"])
def test_an_actor_that_nothing_tells_stays_unknown(name: str) -> None:
    actor = accused(name, TEXT.replace("the Northern Front", name), make_place())
    assert (actor.canonical_id, actor.canonical_name, actor.method) == (None, None, None)


def test_a_day_counted_from_another_day_of_the_article_is_flagged() -> None:
    text = (
        TEXT + " A day earlier, on Tuesday, a mine went off; shells had hit the previous day too."
    )
    second = make_incident(id="i2", when=make_when("the previous day"), counts=[])
    found = map_answer(make_answer(second), make_article(text))
    assert found.incidents[0].when.start == date(2016, 11, 28)
    told = [flag.message for flag in found.flags if flag.code is FlagCode.DATE_UNVERIFIED]
    assert told == ["'the previous day' is counted from 'Tuesday'"]


def test_a_table_of_ones_own_decides(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("name,country,lat,lon\nBasra,IQ,30.4,47.7\n", encoding="utf-8")
    tables = open_tables(places=[table])
    place = only_place(mapped(TEXT, make_place(), tables))
    assert (place.lat, place.lon, place.gazetteer_id) == (30.4, 47.7, "mine:Basra")
    assert [kind for kind, _ in tables.own] == ["places"]
