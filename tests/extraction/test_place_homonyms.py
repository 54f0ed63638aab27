"""Homonyms: which place of a name is meant is told by country, province, neighbours or size."""

import pytest
from placing import Truth, around, at, fault, place

from extractor.codes import PlaceLevel as Level
from extractor.resolve.places import UnresolvedPlace

BY_WHAT_IT_LIES_IN: list[tuple[str, Truth]] = [
    ("Snipers shot two in {Tripoli}, <Lebanon>.", at(34.43, 35.84, 10)),
    ("Insurgents raided {Palma}, <Cabo Delgado>.", at(-10.77, 40.47, 20)),
    ("Police found bodies in {San Fernando}, <Tamaulipas>, <Mexico>.", at(24.85, -98.15, 10)),
    ("A guard was shot in {San Fernando}, <Trinidad and Tobago>.", at(10.28, -61.47, 10)),
    ("A mayor was killed in {San Fernando}, <Pampanga>, <Philippines>.", at(15.03, 120.69, 10)),
    ("A taxi driver was shot in {Córdoba}, <Veracruz>.", at(18.88, -96.93, 10)),
    (
        "A leader was killed in the {department of Córdoba}, <Colombia>.",
        at(8.3, -75.6, 70, Level.ADMIN1),
    ),
    ("A blast killed two in {Hyderabad}, <Sindh province>, <Pakistan>.", at(25.39, 68.37, 15)),
    ("Two bombs went off in {Hyderabad}, <India>.", at(17.38, 78.47, 20)),
    ("A prisoner died in {Valencia}, <Venezuela>.", at(10.16, -68, 15)),
    ("A gunman killed two in {La Paz}, <Baja California Sur>.", at(24.14, -110.31, 10)),
    ("A miner died in the town of {Donetsk} in <Russia's Rostov region>.", at(48.34, 39.94, 10)),
    ("Shelling hit {Pokrovsk} in <Donetsk region>, Ukraine.", at(48.28, 37.18, 10)),
    ("A man was shot in {Pokrovsk}, <Yakutia>, <Russia>.", at(61.48, 129.14, 10)),
    ("Four students were stabbed in {Moscow}, <Idaho>.", at(46.73, -117, 10)),
    ("Children were shot in {Newtown}, <Connecticut>.", around(41.41, -73.3)),
    ("A man was stabbed in {Birmingham}, <England>.", at(52.48, -1.9, 15)),
    ("Four people were shot in {Birmingham}, <Alabama>.", at(33.52, -86.8, 15)),
    ("Prisoners rioted in {Trinidad}, <Beni>, <Bolivia>.", at(-14.83, -64.9, 10)),
    ("Rebels raided {Beni}, <North Kivu>.", at(0.49, 29.47, 15)),
    ("Militiamen fought in {Wau}, <South Sudan>.", at(7.7, 28, 10)),
    ("Houses were burned in {Wau}, <Papua New Guinea>.", at(-7.34, 146.72, 15)),
    ("Shells fell on {Bor}, <Jonglei>.", at(6.21, 31.56, 15)),
    ("Rebels left {al-Qusayr}, <Homs province>.", at(34.51, 36.58, 10)),
    ("A boat sank off {El Qoseir}, <Egypt>.", at(26.1, 34.28, 10)),
    ("A bomb went off in {Mansoura}, <Egypt>.", at(31.04, 31.38, 10)),
    ("Students were shot in {León}, <Nicaragua>.", at(12.43, -86.88, 10)),
    ("Police were attacked in {León}, <Guanajuato>, <Mexico>.", at(21.12, -101.68, 15)),
    ("Gunmen opened fire in {Santiago}, <Dominican Republic>.", at(19.45, -70.7, 15)),
    ("A strike hit {Mykolaivka}, <Donetsk region>, <Ukraine>.", at(48.86, 37.76, 10)),
    ("Villagers were killed in {Bandiagara}, <Mopti region>, <Mali>.", at(14.35, -3.61, 10)),
    ("A church was attacked in {Salem}, <Tamil Nadu>, <India>.", at(11.65, 78.16, 15)),
    ("A car hit a crowd in {Münster}, <Germany>.", at(51.96, 7.63, 15)),
    ("A bus was shot at in {Alexandria}, <Egypt>.", at(31.2, 29.92, 20)),
]
BY_THE_ARTICLE: list[tuple[str, Truth]] = [
    (
        "Two militias clashed in {Tripoli} on Sunday. The Libyan premier asked for calm.",
        at(32.89, 13.19, 20),
    ),
    ("Protesters were shot in {La Paz}, Bolivian police said.", at(-16.5, -68.15, 15)),
    ("A bomb went off in {Palma} on the Spanish island of Mallorca.", at(39.57, 2.65, 15)),
    ("Police in Colombia said a bomb killed two in {Cali}.", at(3.44, -76.52, 15)),
    ("Fighting flared in {Donetsk}. Ukraine's army said it lost two men.", at(48.0, 37.8, 15)),
    ("Raiders killed ten near Bukavu and {Uvira}, a Congolese general said.", at(-3.4, 29.14, 15)),
    ("In {Valencia} a guard was shot, the Venezuelan prosecutor said.", at(10.16, -68, 15)),
    ("Nepal's police opened fire in {Birgunj}.", at(27.0, 84.87, 10)),
    ("The Kurdish party said two died in {Van}, in eastern Turkey.", at(38.49, 43.38, 15)),
    ("Troops of Somalia retook {Barawe} after a long fight.", at(1.11, 44.03, 10)),
    ("Two were shot dead in {Paris}, Texas.", at(33.66, -95.56, 10)),
    ("Michael Jordan Ruiz was shot in {Cali}, police said.", at(3.43, -76.52, 15)),
    ("Georgia Hill, a nurse in Mali, said men attacked {Douentza}.", at(15, -2.95, 10)),
    ("Two people died in {London} on Friday.", at(51.51, -0.13, 25)),
    ("A strike killed five in {Baalbek}, Lebanon's health ministry said.", at(34.0, 36.21, 10)),
    ("In Ecuador, an inmate was killed in {Santo Domingo}.", at(-0.25, -79.17, 15)),
]
OPEN = [
    ("Three people died in {San Antonio}, a village in Mexico.", "tells"),
    ("Gunmen attacked {San Isidro}.", "tells"),
    ("Fighters hit Kramatorsk, Druzhkivka and {Oleksandrivka}, Ukraine.", "tells"),
    ("A soldier was killed in {San Vicente}, the Colombian army said.", "tells"),
    ("Shells fell on {Mykolaivka}, Ukraine.", "tells"),
]


@pytest.mark.parametrize(("marked", "truth"), BY_WHAT_IT_LIES_IN)
def test_what_a_place_lies_in_tells_which_is_meant(marked: str, truth: Truth) -> None:
    assert fault(place(marked), truth) is None


@pytest.mark.parametrize(("marked", "truth"), BY_THE_ARTICLE)
def test_the_article_tells_which_is_meant(marked: str, truth: Truth) -> None:
    assert fault(place(marked), truth) is None


@pytest.mark.parametrize(("marked", "told"), OPEN)
def test_where_nothing_tells_no_place_is_guessed(marked: str, told: str) -> None:
    found = place(marked)
    assert isinstance(found, UnresolvedPlace)
    assert told in found.reason
    assert len(found.candidates) >= 2
