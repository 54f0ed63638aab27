"""Places of the news: kinds, parts, distances, parents, waters, datelines and invented ones."""

import pytest
from placing import Truth, around, at, fault, place

from extractor.codes import PlaceLevel as Level
from extractor.codes import PlaceMethod as By
from extractor.codes import PlaceRelation as Relation
from extractor.resolve.places import ResolvedPlace, UnresolvedPlace

NEIGHBOURHOOD, LANDMARK = Level.NEIGHBOURHOOD, Level.STREET_OR_LANDMARK
TOWN, CITY, REGION, WATERS = Level.TOWN_OR_VILLAGE, Level.CITY, Level.REGION, Level.WATERS
ADMIN1, ADMIN2 = Level.ADMIN1, Level.ADMIN2

SETTLEMENTS = [
    (
        "Gunmen attacked the village of {Solhan} in <Yagha province>, <Burkina Faso>.",
        at(13.38, 0.46, 15, TOWN),
    ),
    ("Militants shelled the town of {Djibo} in <northern Burkina Faso>.", at(14.1, -1.63, 10)),
    ("Raiders burned {Ogossagou}, a village in <central Mali>.", around(13.98, -3.47)),
    (
        "Fighters overran {Mocímboa da Praia} in <Cabo Delgado>, <Mozambique>.",
        at(-11.35, 40.35, 10),
    ),
    ("Shelling struck {Al Geneina} in <West Darfur>, <Sudan>.", at(13.45, 22.44, 10, CITY)),
    (
        "A bomber struck in {Quetta}, the capital of <Balochistan> in Pakistan.",
        at(30.18, 67, 15, CITY),
    ),
    (
        "{The remote town of Barsalogho} in <Burkina Faso> was attacked on Saturday.",
        at(13.41, -1.06, 10, TOWN),
    ),
    ("Rockets fell on {Kiryat Shmona} in <northern Israel>.", at(33.21, 35.57, 10)),
    ("The army bombed {Pazigyi village} in <Sagaing region>, <Myanmar>.", around(23.4, 95.4)),
    ("{The city of El Fasher}, North Darfur, was shelled again.", at(13.63, 25.35, 10, CITY)),
    ("Farmers were killed in {Zabarmari}, <Borno state>, <Nigeria>.", around(11.93, 13.25)),
]
PARTS_OF_CITIES = [
    (
        "Police shot a man in the {Tondo district} of <Manila>, <Philippines>.",
        around(14.61, 120.97),
    ),
    (
        "An explosion in the {Dahiyeh suburb} of <Beirut>, <Lebanon>, killed six.",
        around(33.85, 35.51),
    ),
    ("A car bomb went off in the {Karrada district} of <Baghdad>.", around(33.3, 44.43)),
    (
        "A blast hit a school in {Kabul's Dasht-e-Barchi neighbourhood}.",
        at(34.49, 69.08, 6, NEIGHBOURHOOD),
    ),
    ("Troops fired on a crowd in {Lekki}, <Lagos>, Nigeria.", around(6.44, 3.47)),
    ("Gangs fought in {Cité Soleil}, <Port-au-Prince>, Haiti.", at(18.58, -72.33, 6)),
    (
        "Police raided the {Complexo do Alemão favela} in <Rio de Janeiro>, Brazil.",
        around(-22.86, -43.27),
    ),
    ("A strike hit a house in {the Zeitoun neighbourhood of Gaza City}.", at(31.49, 34.45, 4)),
    (
        "Shots were heard in the {Unknown Orchard quarter} of <Homs>.",
        at(34.73, 36.71, 5, NEIGHBOURHOOD, By.PARENT),
    ),
    (
        "A gunman opened fire at {the main market} in <Konduga>, <Borno>, <Nigeria>.",
        at(11.65, 13.42, 15, LANDMARK, By.PARENT),
    ),
    (
        "Worshippers died at {a Catholic church} in <Owo>, <Ondo state>, <Nigeria>.",
        at(7.2, 5.59, 10, LANDMARK, By.PARENT),
    ),
]
CAMPS = [
    (
        "A strike on the {Nuseirat refugee camp} in the <Gaza Strip> killed nine.",
        at(31.45, 34.39, 4),
    ),
    ("Police found bodies near the {Dadaab refugee camp} in <Kenya>.", around(0.05, 40.31)),
    ("A fire in the {Zaatari camp}, <Jordan>, killed two.", around(32.29, 36.33)),
    ("Three were shot in {al-Hol camp} in <Hasakah province>, <Syria>.", at(36.37, 41.15, 10)),
    ("Gangs clashed in the {Kutupalong camp}, <Cox's Bazar>, <Bangladesh>.", around(21.21, 92.16)),
    ("Fighting in the {Ain al-Hilweh refugee camp} near <Sidon>, <Lebanon>.", at(33.54, 35.38, 5)),
]
AREAS = [
    (
        "A drone strike in {Nangarhar province}, <Afghanistan>, killed four.",
        at(34.25, 70.5, 60, ADMIN1),
    ),
    (
        "A patrol was hit in {Bannu district}, <Khyber Pakhtunkhwa>, Pakistan.",
        at(32.99, 70.6, 40, ADMIN2),
    ),
    ("Soldiers were killed in {Anbar province}, <Iraq>.", at(33, 42.5, 150, ADMIN1)),
    ("A bomb went off in the {Cauca department} of <Colombia>.", at(2.5, -76.7, 80, ADMIN1)),
    ("Bandits killed 20 people in {Zamfara state}, <Nigeria>.", at(12.1, 6.2, 80, ADMIN1)),
    ("Militiamen attacked a site in {Ituri province}, <DR Congo>.", at(1.6, 29.8, 150, ADMIN1)),
    ("Clashes broke out in {Ethiopia's Amhara region}.", at(11.5, 38.2, 150, ADMIN1)),
    (
        "Two militants died in {Shopian district} of <Indian-administered Kashmir>.",
        at(33.7, 74.8, 35, ADMIN2),
    ),
    ("Bodies were found in {Guerrero state}, <Mexico>.", at(17.5, -99.8, 100, ADMIN1)),
    ("Shells hit villages in {Kharkiv region}, <Ukraine>.", at(49.6, 36.5, 80, ADMIN1)),
    ("Fighters took a base in the {Hiran region} of <Somalia>.", at(4.3, 45.3, 110, ADMIN1)),
    ("Soldiers clashed with rebels in {Sulu}, <Philippines>.", at(6, 121.1, 60)),
    ("Bombs fell on {Yemen's Saada governorate}.", at(16.9, 43.7, 60, ADMIN1)),
    (
        "Gunmen raided {Bokkos Local Government Area} of <Plateau State>, Nigeria.",
        at(9.3, 9.0, 30, ADMIN2),
    ),
    ("Villagers fled {Unity state}, <South Sudan>.", at(9.2, 29.5, 90, ADMIN1)),
]
PARTS = [
    ("Air strikes hit {eastern Ghouta}, near Damascus, <Syria>.", at(33.53, 36.45, 15)),
    ("Ten people died in {northern Gaza}.", at(31.5, 34.47, 15, None, By.PARENT)),
    ("Shelling in {rural Homs}, <Syria>, killed a child.", at(34.6, 37.3, 120, None, By.PARENT)),
    ("Police died in {southern Helmand}, <Afghanistan>.", at(31.3, 64, 150, REGION, By.PARENT)),
    (
        "Barrel bombs fell on {eastern Aleppo}, Syria.",
        at(36.2, 37.16, 12, NEIGHBOURHOOD, By.PARENT),
    ),
    ("Troops entered {the western side of Mosul}, <Iraq>.", at(36.34, 43.12, 12, None, By.PARENT)),
    (
        "A mine killed two in {the Raqqa countryside}, <Syria>.",
        at(35.95, 39, 80, REGION, By.PARENT),
    ),
    ("A missile hit {central Kyiv}, Ukraine.", at(50.45, 30.52, 15, NEIGHBOURHOOD, By.PARENT)),
    ("Fighting raged in {Nigeria's northeast}.", at(9, 8, 300, REGION, By.PARENT)),
    (
        "Two were killed in {south-west Daraa province}, Syria.",
        at(32.7, 36.2, 60, REGION, By.PARENT),
    ),
]
RELATED = [
    (
        "A convoy was ambushed some 45 km south of {Menaka}, <Mali>.",
        Relation.DIRECTION_DISTANCE,
        at(15.51, 2.4, 15, None, By.OFFSET),
    ),
    (
        "The raid took place 30 miles northeast of {Maiduguri}, <Nigeria>.",
        Relation.DIRECTION_DISTANCE,
        at(12.15, 13.47, 20, None, By.OFFSET),
    ),
    (
        "A mine exploded 12 kilometres from {Bambari}, <Central African Republic>.",
        Relation.DIRECTION_DISTANCE,
        at(5.76, 20.67, 10),
    ),
    ("Two drivers were killed near {Kupiansk}, <Ukraine>.", Relation.NEAR, at(49.71, 37.61, 10)),
    (
        "A drone hit a depot on the outskirts of {Port Sudan}.",
        Relation.OUTSKIRTS_OF,
        at(19.61, 37.21, 10),
    ),
    (
        "A bus was attacked on the road between {Gao and Ansongo}, <Mali>.",
        Relation.BETWEEN,
        at(15.97, 0.23, 15, REGION, By.BETWEEN),
    ),
    (
        "Police were shot between {Kandahar and Spin Boldak} in <Afghanistan>.",
        Relation.BETWEEN,
        at(31.31, 66.05, 20, REGION, By.BETWEEN),
    ),
    (
        "Shots were fired two hundred metres from {Tahrir Square} in <Cairo>.",
        Relation.NEAR,
        around(30.044, 31.235),
    ),
]
WIDE = [
    ("A tanker was hit in the {Gulf of Aden}.", at(12, 48, 300, WATERS)),
    ("Fishermen were killed on {Lake Chad}.", at(13, 14, 150, WATERS)),
    ("A boat was shot at in the {Black Sea}.", at(43.3, 34.5, 300, WATERS)),
    ("Troops were killed in the {Sinai Peninsula}, <Egypt>.", at(29.5, 33.8, 130, REGION)),
    ("Shelling went on in {Donbas}, Ukraine.", at(48.3, 38, 120, REGION)),
    ("A school was bombed in the {Swat Valley}, <Pakistan>.", at(35, 72.4, 70, REGION)),
    ("Herders fought in {Darfur}, <Sudan>.", at(13, 25, 250, REGION)),
    ("Soldiers died in {Syria} on Monday.", at(35, 38, 150, Level.COUNTRY)),
]
LINES_AND_PERSONS = [
    (
        "NAIROBI, Kenya (Agency) — Gunmen killed three in {Mandera}, officials said.",
        at(3.94, 41.86, 10),
    ),
    (
        "BEIRUT (Agency) — Shells killed four in {Tripoli}, the Libyan government said.",
        at(32.89, 13.19, 20),
    ),
    (
        "Sydney Houston, an aid worker in Kenya, said raiders killed four in {Garissa}.",
        at(-0.45, 39.65, 10),
    ),
    (
        "Jordan Brooks, a medic, said a shell hit the town of {Salma} in <Latakia>, Syria.",
        around(35.68, 36.1),
    ),
    (
        "Israel Mbeki told police in South Africa that three men were shot in {Durban}.",
        at(-29.86, 31, 25),
    ),
    ("Paris Lincoln of the charity said nine died in {Kalemie}, <Congo>.", at(-5.93, 29.19, 10)),
]
INVENTED = [
    (
        "Shells hit {Qasr Burhania}, a village in <Idlib province>, <Syria>.",
        at(35.8, 36.7, 50, None, By.PARENT),
    ),
    ("Two people died in {Tel Marvanet} in <Lebanon>.", at(33.9, 35.8, 100, None, By.PARENT)),
    (
        "Police were shot in {Santa Brunhilda}, <Michoacán>, <Mexico>.",
        at(19.3, -101.9, 100, None, By.PARENT),
    ),
    ("Three died in {Harlow Falls}, <Nevada>.", at(39, -117, 300, None, By.PARENT)),
    (
        "A man was stabbed in {Ndolotengo}, <Masisi territory>, <North Kivu>.",
        at(-1.4, 28.8, 60, None, By.PARENT),
    ),
]
PLACED: list[tuple[str, Truth]] = [
    *(*SETTLEMENTS, *PARTS_OF_CITIES, *CAMPS, *AREAS, *PARTS, *WIDE, *LINES_AND_PERSONS),
    *INVENTED,
]
OPEN = [
    ("Fighters took the village of {Velmora}.", "knows no place"),
    ("Two people were killed in {Springfield}.", "nothing tells"),
    ("Nine died in {a nearby village}.", "knows no place"),
    ("Soldiers shot two men at {the checkpoint}.", "knows no place"),
    ("A child died in {Al-Mazraa}.", ""),
]


def _ids(rows: list[tuple[str, Truth]]) -> list[str]:
    return [row[0].split("{")[1].split("}")[0] for row in rows]


@pytest.mark.parametrize(("marked", "truth"), PLACED, ids=_ids(PLACED))
def test_a_place_is_found_or_what_it_lies_in_stands_for_it(marked: str, truth: Truth) -> None:
    assert fault(place(marked), truth) is None


@pytest.mark.parametrize(("marked", "relation", "truth"), RELATED, ids=[row[0] for row in RELATED])
def test_a_relation_moves_or_widens_the_point(
    marked: str, relation: Relation, truth: Truth
) -> None:
    assert fault(place(marked, relation), truth) is None


@pytest.mark.parametrize(("marked", "told"), OPEN, ids=[row[0] for row in OPEN])
def test_a_name_that_tells_too_little_stays_open(marked: str, told: str) -> None:
    found = place(marked)
    assert isinstance(found, UnresolvedPlace)
    assert told in found.reason


def test_nearness_makes_a_point_less_certain() -> None:
    inside = place("Two died in {Kupiansk}, <Ukraine>.")
    near = place("Two died near {Kupiansk}, <Ukraine>.", Relation.NEAR)
    assert isinstance(inside, ResolvedPlace)
    assert isinstance(near, ResolvedPlace)
    assert near.radius_km == pytest.approx(inside.radius_km + 10)
    assert (near.lat, near.lon) == (inside.lat, inside.lon)


def test_a_parent_heads_the_parents_of_what_it_stands_for() -> None:
    found = place("Shots were heard in the {Unknown Orchard quarter} of <Homs>.")
    assert isinstance(found, ResolvedPlace)
    assert (found.parents[0], found.parents[-1]) == ("Homs", "Syria")
