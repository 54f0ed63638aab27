"""Distance and direction: a point moves as the words in front of its name say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.codes import PlaceRelation as Relation
from extractor.gazetteer import distance_km
from extractor.resolve.places.distance import Circle, bearing_degrees, moved

TOWN = Circle(lat=10.0, lon=20.0, radius_km=2.0)
MOVED = [
    ("20 km north of ", 20, 0),
    ("about 20 kilometres (12 miles) north of ", 20, 0),
    ("30 miles south-west of ", 48.27, 225),
    ("ten kilometers east of ", 10, 90),
    ("1,200 metres west of ", 1.2, 270),
    ("some 45 km to the south of ", 45, 180),
    ("twenty-odd things, 15km southeast of ", 15, 135),
    ("12.5 km northwest of the town of ", 12.5, 315),
    ("500 Metres north of ", 0.5, 0),
    ("20 Miles north of ", 32.18, 0),
    ("2,5 km au nord de ", 2.5, 0),
    ("à 35 kilomètres au sud de ", 35, 180),
    ("twenty-five kilometres east of ", 25, 90),
    ("a hundred and twenty km west of ", 120, 270),
]
WIDER = [
    ("12 km from ", Relation.DIRECTION_DISTANCE, 14.0),
    ("10 km west and 5 km north of ", Relation.DIRECTION_DISTANCE, 22.0),
    ("10 to 20 km north of ", Relation.DIRECTION_DISTANCE, 22.0),
    ("half a kilometre north of ", Relation.DIRECTION_DISTANCE, 22.0),
    ("five miles outside ", Relation.NEAR, 10.0),
    ("in a village near ", Relation.NEAR, 12.0),
    ("on the outskirts of ", Relation.OUTSKIRTS_OF, 5.0),
    ("a few kilometres east of ", Relation.DIRECTION_DISTANCE, 22.0),
    ("in ", Relation.IN, 2.0),
    ("who is 20 years old from ", Relation.IN, 2.0),
]


@pytest.mark.parametrize(("before", "km", "bearing"), MOVED, ids=[row[0] for row in MOVED])
def test_a_distance_with_a_direction_moves_the_point(
    before: str, km: float, bearing: float
) -> None:
    circle, has_moved = moved(TOWN, Relation.DIRECTION_DISTANCE, before)
    assert has_moved
    assert distance_km((TOWN.lat, TOWN.lon), (circle.lat, circle.lon)) == pytest.approx(
        km, rel=0.02
    )
    if bearing in (0, 180):
        assert circle.lon == TOWN.lon
        assert (circle.lat > TOWN.lat) is (bearing == 0)
    else:
        assert (circle.lon > TOWN.lon) is (bearing < 180)


@pytest.mark.parametrize(("before", "relation", "radius"), WIDER, ids=[row[0] for row in WIDER])
def test_without_a_direction_the_place_stays_and_grows(
    before: str, relation: Relation, radius: float
) -> None:
    circle, has_moved = moved(TOWN, relation, before)
    assert not has_moved
    assert (circle.lat, circle.lon) == (TOWN.lat, TOWN.lon)
    assert circle.radius_km == pytest.approx(radius, abs=0.1)


@pytest.mark.parametrize(
    ("word", "degrees"),
    [
        ("north", 0),
        ("Northern", 0),
        ("south-west", 225),
        ("southwestern", 225),
        ("North East", 45),
        ("upwards", None),
        ("", None),
    ],
)
def test_a_direction_is_read_in_each_spelling(word: str, degrees: float | None) -> None:
    assert bearing_degrees(word) == degrees


@given(
    st.text(max_size=120),
    st.sampled_from(Relation),
    st.floats(-90, 90),
    st.floats(-180, 180),
)
def test_any_words_leave_a_point_on_earth(
    before: str, relation: Relation, lat: float, lon: float
) -> None:
    circle, _ = moved(Circle(lat=lat, lon=lon, radius_km=1), relation, before)
    assert -90 <= circle.lat <= 90
    assert -180 <= circle.lon <= 180
    assert circle.radius_km >= 0


@given(st.integers(1, 9000))
def test_a_point_at_the_pole_stays_on_earth(km: int) -> None:
    circle, _ = moved(
        Circle(lat=89.9, lon=179.9, radius_km=1),
        Relation.DIRECTION_DISTANCE,
        f"{km} km north-east of ",
    )
    assert -90 <= circle.lat <= 90
    assert -180 <= circle.lon <= 180
