"""Choice: which of several places is meant, in gazetteers of a few invented places."""

from collections.abc import Iterable

import pytest

from extractor.codes import PlaceLevel as Level
from extractor.codes import PlaceMethod as By
from extractor.gazetteer import Entry, Gazetteer
from extractor.gazetteer.compiled import compile_table
from extractor.gazetteer.entry import Listed
from extractor.resolve.places import (
    PlaceMention,
    ResolvedPlace,
    UnresolvedPlace,
    read_surroundings,
    resolve_place,
)
from extractor.resolve.places.lying import is_one_place, lies_in
from extractor.resolve.places.naming import is_called, is_spelled


def entry(
    reference: str,
    name: str,
    level: Level = Level.TOWN_OR_VILLAGE,
    *,
    country: str = "SY",
    areas: str = "",
    point: tuple[float, float] = (36.0, 37.0),
    population: int = 5_000,
    radius_km: float = 2.0,
) -> Entry:
    first, _, second = areas.partition(".")
    return Entry(
        id=reference,
        name=name,
        level=level,
        countries=(country,),
        admin1=f"{country}.{first}" if first else None,
        admin2=f"{country}.{first}.{second}" if second else None,
        lat=point[0],
        lon=point[1],
        radius_km=radius_km,
        population=population,
    )


SYRIA = entry("c:sy", "Syria", Level.COUNTRY, point=(35, 38), radius_km=300)
IRAQ = entry("c:iq", "Iraq", Level.COUNTRY, country="IQ", point=(33, 44), radius_km=400)
NORTH = entry("a:n", "Northshire", Level.ADMIN1, areas="1", point=(36, 37), radius_km=60)
SOUTH = entry("a:s", "Southshire", Level.ADMIN1, areas="2", point=(32.7, 36.2), radius_km=60)
TELL_N = entry("t:n", "Tellbara", areas="1", point=(36.1, 37.1))
TELL_S = entry("t:s", "Tellbara", areas="2", point=(32.8, 36.1), population=6_000)
TELL_IQ = entry("t:iq", "Tellbara", country="IQ", point=(33, 44), population=40_000)
SEAT = entry("s:n", "Marwada", Level.CITY, areas="1", point=(36.3, 37.3), population=60_000)
SEAT_AREA = entry("a:m", "Marwada", Level.ADMIN1, areas="1", point=(36, 37), radius_km=60)
GREAT = entry("g:1", "Velograd", Level.CITY, areas="1", population=900_000)


def made(*entries: Entry, also: Iterable[tuple[Entry, str]] = ()) -> Gazetteer:
    """A gazetteer of these places, some with other names."""
    others = {one.id: name for one, name in also}
    listed = [
        Listed(
            entry=one,
            names=(one.name, *([others[one.id]] if one.id in others else [])),
            code={Level.COUNTRY: one.countries[0], Level.ADMIN1: one.admin1}.get(one.level),
        )
        for one in (SYRIA, IRAQ, *entries)
    ]
    return Gazetteer([compile_table(listed)], fingerprint="made")


def look(
    gazetteer: Gazetteer, name: str, *within: str, text: str = "", before: str = ""
) -> ResolvedPlace | UnresolvedPlace:
    return resolve_place(
        PlaceMention(name_text=name, within_text=within, before=before),
        gazetteer=gazetteer,
        surroundings=read_surroundings(text, gazetteer),
    )


def found(place: ResolvedPlace | UnresolvedPlace) -> str | None:
    return place.id if isinstance(place, ResolvedPlace) else None


ALL = made(NORTH, SOUTH, TELL_N, TELL_S, TELL_IQ)
CHOSEN = [
    ("Tellbara", ("Northshire",), "", "t:n"),
    ("Tellbara", ("Southshire", "Syria"), "", "t:s"),
    ("Tellbara", ("Iraq",), "", "t:iq"),
    ("Tellbara, Southshire", (), "", "t:s"),
    ("Southshire's Tellbara", (), "", "t:s"),
    ("Tellbara", (), "Iraq mourned. Iraq said five died in Tellbara.", "t:iq"),
    ("Tellbara", (), "Syria said men from Northshire attacked Tellbara.", "t:n"),
    ("Tellbara", (), "Syria said five died in Tellbara.", None),
    ("Tellbara", (), "Five died in Tellbara.", None),
    ("Tellbara", ("Nowhereshire",), "", None),
]


@pytest.mark.parametrize(("name", "within", "text", "expected"), CHOSEN)
def test_homonyms_are_told_apart(
    name: str, within: tuple[str, ...], text: str, expected: str | None
) -> None:
    assert found(look(ALL, name, *within, text=text)) == expected


def test_the_losers_are_told_with_their_reason() -> None:
    place = look(ALL, "Tellbara", "Northshire")
    assert {one.id: one.reason for one in place.candidates} == {
        "t:s": "lies in Southshire, Syria, not in Northshire",
        "t:iq": "lies in Iraq, not in Northshire",
    }


def test_what_fits_equally_well_stays_open() -> None:
    place = look(ALL, "Tellbara", "Syria")
    assert found(place) == "c:sy"
    assert {one.id for one in place.candidates if one.reason == "fits as well"} == {"t:n", "t:s"}


def test_a_name_of_another_country_is_not_taken_for_a_place_that_is_missing() -> None:
    place = look(made(TELL_IQ), "Tellbara", "Syria")
    assert isinstance(place, ResolvedPlace)
    assert (place.id, place.method) == ("c:sy", By.PARENT)


def test_a_much_larger_city_is_meant_where_nothing_else_is_said() -> None:
    gazetteer = made(TELL_N, entry("t:great", "Tellbara", Level.CITY, population=900_000))
    assert found(look(gazetteer, "Tellbara")) == "t:great"


def test_a_small_town_needs_something_beside_its_name() -> None:
    gazetteer = made(NORTH, TELL_N)
    assert found(look(gazetteer, "Tellbara", text="Libya was calm.")) is None
    assert found(look(gazetteer, "Tellbara")) == "t:n"  # the only place of so long a name
    assert found(look(gazetteer, "Tellbara", text="Northshire was calm.")) == "t:n"


def test_the_seat_is_meant_by_a_name_it_shares_with_its_area() -> None:
    gazetteer = made(SEAT, SEAT_AREA)
    assert found(look(gazetteer, "Marwada", "Syria")) == "s:n"
    assert found(look(gazetteer, "Marwada province", "Syria")) == "a:m"
    assert found(look(gazetteer, "rural Marwada", "Syria")) == "a:m"


def test_an_unknown_village_lies_in_the_area_and_an_unknown_quarter_in_the_seat() -> None:
    gazetteer = made(SEAT, SEAT_AREA)
    village = look(gazetteer, "Unheard", "Marwada", before="the village of ", text="Syria")
    quarter = look(gazetteer, "Unheard quarter", "Marwada", text="Syria")
    assert isinstance(village, ResolvedPlace)
    assert isinstance(quarter, ResolvedPlace)
    assert (village.id, village.level) == ("a:m", Level.TOWN_OR_VILLAGE)
    assert (quarter.id, quarter.level) == ("s:n", Level.NEIGHBOURHOOD)


def test_a_district_of_a_city_is_a_part_of_it() -> None:
    place = look(made(GREAT), "Unheard district", "Velograd")
    assert isinstance(place, ResolvedPlace)
    assert (place.id, place.level, place.method) == ("g:1", Level.NEIGHBOURHOOD, By.PARENT)


def test_an_area_that_only_its_seat_is_known_of_holds_the_towns_around() -> None:
    place = look(made(SEAT, TELL_N, TELL_IQ), "Tellbara", "Marwada province")
    assert found(place) == "t:n"


def test_a_former_name_gives_way_to_the_places_that_bear_it_now() -> None:
    gazetteer = made(GREAT, TELL_N, NORTH, also=[(GREAT, "Tellbara")])
    assert found(look(gazetteer, "Tellbara", "Northshire")) == "t:n"
    alone = made(GREAT, also=[(GREAT, "Tellbara")])
    assert found(look(alone, "Tellbara")) == "g:1"


def test_a_kind_in_front_of_a_name_rules_out_others() -> None:
    area = entry("d:t", "Tellbara", Level.ADMIN2, areas="2.9", point=(32.9, 36.3), radius_km=20)
    gazetteer = made(TELL_N, area)
    assert found(look(gazetteer, "Tellbara", "Syria", before="in the village of ")) == "t:n"
    assert found(look(gazetteer, "Tellbara", "Syria", before="in the district of ")) == "d:t"


def test_a_camp_stands_beside_the_town_whose_name_it_bears() -> None:
    place = look(made(TELL_N), "Tellbara refugee camp", "Syria")
    assert isinstance(place, ResolvedPlace)
    assert (place.id, place.method, place.radius_km) == ("t:n", By.PARENT, 5.0)


def test_a_name_that_sounds_alike_is_taken_only_if_it_is_the_only_one() -> None:
    one = made(entry("k:1", "Qasr Hudayda"))
    sounding = look(one, "Kasr Hudaida", "Syria")
    assert isinstance(sounding, ResolvedPlace)
    assert (sounding.id, sounding.method) == ("k:1", By.SOUND)
    two = made(entry("k:1", "Qasr Hudayda"), entry("k:2", "Qasr Hodayda", point=(33, 36)))
    assert found(look(two, "Kasr Hudaida", "Syria")) == "c:sy"


def test_the_waters_are_meant_by_a_name_that_says_so() -> None:
    gazetteer = made(
        entry("a:gs", "Grey Sea", Level.ADMIN1, areas="3", radius_km=90),
        entry("w:gs", "Grey Sea", Level.WATERS, radius_km=300),
    )
    assert found(look(gazetteer, "Grey Sea", text="Syria said so.")) == "w:gs"
    assert found(look(gazetteer, "Grey Sea state", text="Syria said so.")) == "a:gs"


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        (TELL_N, SYRIA, True),
        (TELL_IQ, SYRIA, False),
        (TELL_N, NORTH, True),
        (TELL_S, NORTH, False),
        (TELL_N, TELL_S, False),
        (entry("q", "Quarter", Level.NEIGHBOURHOOD, point=(36.31, 37.31)), SEAT, True),
    ],
)
def test_areas_and_distance_tell_what_lies_in_what(
    inner: Entry, outer: Entry, expected: bool
) -> None:
    assert lies_in(inner, outer) is expected


def test_a_district_is_one_place_with_the_town_of_its_name_wherever_its_middle_is() -> None:
    district = entry("d", "Tellbara", Level.ADMIN2, areas="1.7", point=(34.0, 39.0), radius_km=10)
    assert is_one_place(district, TELL_N)
    assert not is_one_place(district, TELL_S)


@pytest.mark.parametrize(
    ("main", "name", "called", "spelled"),
    [
        ("Kyiv", "Kiev", True, True),
        ("Mumbai", "Bombay", True, False),
        ("Hartford", "Newtown", False, False),
        ("Ciudad Victoria", "Victoria", True, True),
        ("Kandahār", "Qandahar", True, True),
        ("Aleppo", "حلب", True, True),
    ],
)
def test_former_names_are_told_from_spellings(
    main: str, name: str, called: bool, spelled: bool
) -> None:
    assert (is_called(main, name), is_spelled(main, name)) == (called, spelled)
