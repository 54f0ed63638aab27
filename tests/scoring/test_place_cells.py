"""Places become cells: gold's own, near enough, too wide, too narrow, elsewhere, made up."""

from random import Random
from typing import Any

import pytest
from grading import align_by_id, alternative, case, incident, place
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.cells import Cell, CellState, Mistake, to_jsonl
from eval.scoring.places import place_cells
from extractor.codes import PlaceLevel, PlaceMethod, PlaceRelation
from extractor.records import Incident, Place

CORRECT, WRONG, MISSED, SPURIOUS, EXCUSED = (
    CellState.CORRECT,
    CellState.WRONG,
    CellState.MISSED,
    CellState.SPURIOUS,
    CellState.EXCUSED,
)
BASRA = place(gazetteer_id="1", parents=("Basra Governorate", "Iraq"))
MARKET = place(
    "the old market",
    level=PlaceLevel.STREET_OR_LANDMARK,
    gazetteer_id="2",
    lat=30.52,
    radius_km=1.0,
    parents=("Basra", "Basra Governorate", "Iraq"),
)
ZUBAYR = place("Az Zubayr", gazetteer_id="3", lat=30.38, lon=47.70, parents=("Basra", "Iraq"))
MOSUL = place("Mosul", gazetteer_id="4", lat=36.34, lon=43.13, parents=("Nineveh", "Iraq"))
ABADAN = place("Abadan", gazetteer_id="5", countries=("IR",), lat=30.34, lon=48.30)
PROVINCE = place(
    "Basra province",
    level=PlaceLevel.ADMIN1,
    gazetteer_id="6",
    lat=30.4,
    lon=47.6,
    radius_km=90.0,
    parents=("Iraq",),
)
DISTRICT = place(
    "Qurna District",
    level=PlaceLevel.ADMIN2,
    gazetteer_id="10",
    radius_km=60.0,
    parents=("Basra Governorate", "Iraq"),
)
IRAQ = place(
    "Iraq", level=PlaceLevel.COUNTRY, gazetteer_id="7", lat=33.0, lon=44.0, radius_km=500.0
)
NOWHERE: dict[str, Any] = {
    "lat": None,
    "lon": None,
    "radius_km": None,
    "countries": (),
    "level": PlaceLevel.UNKNOWN,
}


def cells_of(gold: Place | None, predicted: Place | None, **labels: Any) -> list[Cell]:
    told, read = ([incident(places=[one] if one else [])] for one in (gold, predicted))
    return place_cells(case(told, read, **labels))


@pytest.mark.parametrize(
    ("gold", "predicted", "state", "mistake"),
    [
        pytest.param(BASRA, BASRA, CORRECT, None, id="the same"),
        pytest.param(
            BASRA, place("Al-Basrah", gazetteer_id="1", lat=None), CORRECT, None, id="the same id"
        ),
        pytest.param(BASRA, place("BASRA", **NOWHERE), CORRECT, None, id="the same name, no place"),
        pytest.param(BASRA, place("Al Ashar"), CORRECT, None, id="near enough"),
        pytest.param(
            place(level=PlaceLevel.TOWN_OR_VILLAGE, gazetteer_id="8"),
            place("Al Ashar", gazetteer_id="9"),
            CORRECT,
            None,
            id="a town called a city, near enough",
        ),
        pytest.param(BASRA, MARKET, CORRECT, None, id="narrower, within the radius"),
        pytest.param(BASRA, MOSUL, WRONG, Mistake.WRONG_PLACE, id="another city"),
        pytest.param(BASRA, ABADAN, WRONG, Mistake.COUNTRY_WRONG, id="another country"),
        pytest.param(
            BASRA, place("Basra", countries=("US",)), WRONG, Mistake.COUNTRY_WRONG, id="a namesake"
        ),
        pytest.param(BASRA, ZUBAYR, WRONG, Mistake.TOO_NARROW, id="a part too far from the middle"),
        pytest.param(BASRA, IRAQ, WRONG, Mistake.TOO_WIDE, id="the country for a city"),
        pytest.param(BASRA, PROVINCE, WRONG, Mistake.TOO_WIDE, id="the province for a city"),
        pytest.param(MARKET, BASRA, WRONG, Mistake.TOO_WIDE, id="the city for a market"),
        pytest.param(
            BASRA, place("Qurna", **NOWHERE), WRONG, Mistake.UNRESOLVED, id="a name without a place"
        ),
        pytest.param(
            BASRA,
            place("Iraq", **NOWHERE),
            WRONG,
            Mistake.TOO_WIDE,
            id="the country's name without a place",
        ),
        pytest.param(BASRA, None, MISSED, Mistake.MISSED, id="not told"),
        pytest.param(None, BASRA, SPURIOUS, Mistake.SPURIOUS, id="made up"),
        pytest.param(
            BASRA,
            place("Basra", level=PlaceLevel.UNKNOWN, countries=("IQ",)),
            CORRECT,
            None,
            id="the name, of no known kind",
        ),
        pytest.param(
            BASRA,
            place("the south", level=PlaceLevel.UNKNOWN),
            WRONG,
            Mistake.WRONG_PLACE,
            id="a point of no known kind",
        ),
        pytest.param(
            BASRA,
            place("Tannuma", level=PlaceLevel.TOWN_OR_VILLAGE, gazetteer_id="11", lat=30.585),
            CORRECT,
            None,
            id="the next town, within the radius",
        ),
        pytest.param(
            BASRA, place("Basra", lat=30.72), CORRECT, None, id="the same name, 23 km away"
        ),
        pytest.param(
            BASRA,
            place("Basra", lat=34.0, lon=44.0),
            WRONG,
            Mistake.WRONG_PLACE,
            id="a namesake of the same country",
        ),
        pytest.param(
            DISTRICT, ZUBAYR, WRONG, Mistake.WRONG_PLACE, id="a town within a district's circle"
        ),
        pytest.param(
            DISTRICT,
            place("Madinah", gazetteer_id="12", parents=("Qurna District", "Iraq")),
            CORRECT,
            None,
            id="a town of the district",
        ),
        pytest.param(
            DISTRICT,
            place("30.6, 47.7", level=PlaceLevel.EXACT_POINT, lat=30.6, lon=47.7),
            CORRECT,
            None,
            id="bare coordinates within a district's circle",
        ),
        pytest.param(
            DISTRICT,
            place("Qurna District", level=PlaceLevel.ADMIN2, lat=31.5),
            CORRECT,
            None,
            id="the same district, its middle elsewhere",
        ),
        pytest.param(PROVINCE, PROVINCE, CORRECT, None, id="the same province"),
        pytest.param(PROVINCE, BASRA, CORRECT, None, id="a city of the province"),
        pytest.param(PROVINCE, MOSUL, WRONG, Mistake.WRONG_PLACE, id="a city of another province"),
        pytest.param(PROVINCE, IRAQ, WRONG, Mistake.TOO_WIDE, id="the country for a province"),
        pytest.param(
            PROVINCE,
            place("Khorramshahr", countries=("IR",)),
            WRONG,
            Mistake.COUNTRY_WRONG,
            id="a point within a province's circle is not in the province",
        ),
        pytest.param(IRAQ, BASRA, CORRECT, None, id="a city of the country"),
        pytest.param(IRAQ, ABADAN, WRONG, Mistake.COUNTRY_WRONG, id="a city of another country"),
    ],
)
def test_a_place_becomes_a_cell(
    gold: Place | None, predicted: Place | None, state: CellState, mistake: Mistake | None
) -> None:
    [cell] = cells_of(gold, predicted)
    assert (cell.state, cell.mistake) == (state, mistake)
    assert cell.parts.get("own", state is CORRECT) is (state is CORRECT)


def test_where_neither_side_has_a_place_there_is_no_cell() -> None:
    assert cells_of(None, None) == []


def test_always_the_country_is_wrong_for_every_town_and_right_for_the_country_alone() -> None:
    places = {"i1": BASRA, "i2": MARKET, "i3": PROVINCE, "i4": IRAQ}
    gold = [incident(name, places=[one]) for name, one in places.items()]
    cells = place_cells(case(gold, [incident(name, places=[IRAQ]) for name in places]))
    assert [one.mistake for one in cells] == [*[Mistake.TOO_WIDE] * 3, None]
    assert all(one.parts["country"] for one in cells)


@pytest.mark.parametrize(
    ("gold", "predicted", "depth"),
    [
        (BASRA, BASRA, "same"),
        (BASRA, MOSUL, "same"),
        (PROVINCE, BASRA, "too_narrow"),
        (BASRA, IRAQ, "too_wide"),
        (BASRA, place("Qurna", **NOWHERE), None),
    ],
)
def test_how_wide_a_place_is_beside_gold_is_told(
    gold: Place, predicted: Place, depth: str | None
) -> None:
    [cell] = cells_of(gold, predicted)
    assert cell.codes.get("depth") == depth


def test_distances_count_from_the_edge_of_gold() -> None:
    [cell] = cells_of(BASRA, ZUBAYR)
    assert cell.measures["distance_km"] == pytest.approx(6.4, abs=0.1)  # 16.4 km less 10
    within = {name: right for name, right in cell.parts.items() if name.startswith("within")}
    assert [name for name, right in within.items() if right] == [
        "within_10",
        "within_25",
        "within_161",
    ]
    assert cell.measures["gold_radius_km"] == 10.0


def test_what_could_not_be_placed_is_within_no_distance() -> None:
    [cell] = cells_of(BASRA, place("Basra", **NOWHERE))
    assert cell.state is CORRECT
    assert cell.codes["resolved"] == "no"
    assert "distance_km" not in cell.measures
    assert not any(right for name, right in cell.parts.items() if name.startswith("within"))
    assert cell.parts["resolved"] is cell.parts["country"] is False


def test_where_gold_is_an_area_a_distance_means_nothing() -> None:
    [cell] = cells_of(PROVINCE, BASRA)
    assert cell.measures == {}
    assert not any(name.startswith("within") for name in cell.parts)


def test_a_point_borrowed_from_the_town_proves_no_neighbourhood() -> None:
    borrowed: dict[str, Any] = {
        "level": PlaceLevel.NEIGHBOURHOOD,
        "gazetteer_id": "1",
        "method": PlaceMethod.PARENT,
    }
    [cell] = cells_of(place("Ashar", **borrowed), place("Jumhuriya", **borrowed))
    assert (cell.state, cell.mistake) == (WRONG, Mistake.WRONG_PLACE)
    [cell] = cells_of(place("Ashar", **borrowed), place("ashar", **borrowed))
    assert cell.state is CORRECT


def test_only_the_main_place_counts() -> None:
    gold = [incident(places=[BASRA, MOSUL])]
    assert place_cells(case(gold, [incident(places=[MOSUL, BASRA])]))[0].state is WRONG
    assert place_cells(case(gold, [incident(places=[BASRA])]))[0].state is CORRECT


@pytest.mark.parametrize(
    ("predicted", "state"), [(BASRA, CORRECT), (MOSUL, CORRECT), (ABADAN, WRONG)]
)
def test_every_reading_of_gold_is_right(predicted: Place, state: CellState) -> None:
    [cell] = cells_of(BASRA, predicted, alternatives=[alternative("i1", place=MOSUL)])
    assert cell.state is state


@pytest.mark.parametrize(
    ("predicted", "states"), [(None, []), (MOSUL, [CORRECT]), (BASRA, [SPURIOUS])]
)
def test_a_place_that_only_a_second_reading_has_need_not_be_told(
    predicted: Place | None, states: list[CellState]
) -> None:
    cells = cells_of(None, predicted, alternatives=[alternative("i1", place=MOSUL)])
    assert [one.state for one in cells] == states


def test_names_that_gold_holds_the_same_are_one_place() -> None:
    [cell] = cells_of(BASRA, place("Bassorah", **NOWHERE), aliases=[("Basra", "Bassorah")])
    assert cell.state is CORRECT


def test_the_relation_is_told_and_does_not_decide() -> None:
    near = place(gazetteer_id="1", relation=PlaceRelation.NEAR, within_text=("the south",))
    [cell] = cells_of(near, BASRA)
    assert cell.state is CORRECT
    assert (cell.codes["gold_relation"], cell.codes["predicted_relation"]) == (
        "near",
        "unspecified",
    )
    assert cell.gold == "near Basra, the south"
    assert not cell.parts["relation"]
    assert cells_of(near, near)[0].parts["relation"]


@pytest.mark.parametrize("predicted", [None, ()], ids=["no prediction", "an empty one"])
def test_a_missed_incident_misses_its_place(predicted: tuple[Incident, ...] | None) -> None:
    [cell] = place_cells(case([incident(places=[BASRA]), incident("i2", places=[])], predicted))
    assert (cell.state, cell.slice, cell.parts) == (MISSED, "city", {})
    assert cell.codes["gold_place"] == "1"
    assert cell.measures == {"gold_lat": 30.51, "gold_lon": 47.78, "gold_radius_km": 10.0}


def test_an_incident_too_many_has_a_place_too_many() -> None:
    read = [incident("i1"), incident("i9")]
    alignment = align_by_id(read[:1], read, extra="duplicate", of=0)
    [_, cell] = place_cells(case(read[:1], read, alignment=alignment))
    assert (cell.state, cell.mistake) == (SPURIOUS, Mistake.DUPLICATE)


def test_the_place_of_an_optional_incident_is_excused() -> None:
    told = case([incident(background=True, places=[BASRA])], [incident(places=[MOSUL])])
    assert [(one.state, one.mistake) for one in place_cells(told)] == [(EXCUSED, None)]


PLACES = st.sampled_from(
    [None, BASRA, MARKET, ZUBAYR, MOSUL, ABADAN, PROVINCE, IRAQ, place("Qurna", **NOWHERE)]
)
INCIDENTS = st.lists(PLACES, max_size=3).map(
    lambda places: [incident(f"i{n}", places=[one] if one else []) for n, one in enumerate(places)]
)


@settings(max_examples=40, deadline=None)
@given(INCIDENTS, INCIDENTS, st.randoms(use_true_random=False))
def test_gold_against_itself_is_right_and_the_order_does_not_matter(
    gold: list[Incident], predicted: list[Incident], random: Random
) -> None:
    assert all(one.state is CORRECT for one in place_cells(case(gold, gold)))
    first = to_jsonl(place_cells(case(gold, predicted)))
    gold, predicted = random.sample(gold, len(gold)), random.sample(predicted, len(predicted))
    again = to_jsonl(place_cells(case(gold, predicted)))
    assert sorted(first.splitlines()) == sorted(again.splitlines())
