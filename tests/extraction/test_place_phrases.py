"""Place phrases: what a sentence says of where its event was."""

import pytest

from extractor.codes import PlaceRelation
from extractor.readers.baseline.places.finding import PlacePhrase, Tie, find_places
from extractor.readers.baseline.places.whereabouts import Whereabouts, companions, place_told


def _main(sentence: str, verb: str = "killed") -> PlacePhrase | None:
    places = find_places(sentence, subjects=True)
    return place_told(places, verb_at=max(sentence.find(verb), 0), sentence=sentence)


@pytest.mark.parametrize(
    ("sentence", "name", "within"),
    [
        (
            "Two were killed in Dorma district, Selat province, today.",
            "Dorma district",
            ("Selat province",),
        ),
        ("Two men were killed in Velm, Tarsia, on Monday.", "Velm", ("Tarsia",)),
        ("A man was killed in the 1200 block of Alder Street in Velm.", "Alder Street", ("Velm",)),
        (
            "A cadre was killed near Pandri village under Kotra Police Station of Belun District.",
            "Pandri village",
            ("Kotra Police Station", "Belun District"),
        ),
        ("A guard was killed in village Pandri in Kotra Tehsil.", "Pandri", ("Kotra Tehsil",)),
        ("Nine were killed in Velm's al-Harra neighbourhood.", "al-Harra neighbourhood", ("Velm",)),
        ("One was killed in the southern Jordanian town of Qasr on Sunday.", "Qasr", ()),
        ("One was killed in the Garo ward of Velm.", "Garo ward", ("Velm",)),
        (
            "In Selat province, two were killed in Dorma district.",
            "Dorma district",
            ("Selat province",),
        ),
        (
            "Two were killed in Nad \u2018Orl district, Selat province.",
            "Nad \u2018Orl district",
            ("Selat province",),
        ),
        ("A boy was killed at a Velm gas station.", "Velm", ()),
        ("A boy was killed on River Road West in Velm.", "River Road West", ("Velm",)),
    ],
)
def test_a_place_is_told_with_what_it_lies_in(
    sentence: str, name: str, within: tuple[str, ...]
) -> None:
    place = _main(sentence)
    assert place is not None
    assert (place.name, place.within) == (name, within)


@pytest.mark.parametrize(
    ("sentence", "name", "relation"),
    [
        ("Two were killed near Velm.", "Velm", PlaceRelation.NEAR),
        ("Two were killed just outside Velm.", "Velm", PlaceRelation.OUTSKIRTS_OF),
        ("Two were killed on the southern outskirts of Velm.", "Velm", PlaceRelation.OUTSKIRTS_OF),
        ("Two were killed 12 km north of Velm.", "Velm", PlaceRelation.DIRECTION_DISTANCE),
        ("Two were killed between Velm and Tarso.", "Velm", PlaceRelation.BETWEEN),
        ("Two were killed in the hills above Velm.", "Velm", PlaceRelation.NEAR),
    ],
)
def test_the_words_in_front_tell_how_the_event_lies_to_its_place(
    sentence: str, name: str, relation: PlaceRelation
) -> None:
    place = _main(sentence)
    assert place is not None
    assert (place.name, place.relation) == (name, relation)


@pytest.mark.parametrize(
    "sentence",
    [
        "Two were killed in March.",
        "Two were killed and a man was taken to a hospital in Velm.",
        "The killed man, Ivo Brand, 24, of Velm, was a baker.",
        "The killed man was born in Velm.",
        "The commander, who was killed, planned attacks in Velm.",
        "Two were killed, police said in Velm.",
        "Two were killed in Syrian raids.",
        "A strike killed two at the Al-Sahli family home.",
    ],
)
def test_a_place_of_another_matter_is_not_the_events(sentence: str) -> None:
    assert _main(sentence) is None


def test_an_agency_gives_the_town_only_where_nothing_else_does() -> None:
    told = find_places("Velm police said a man was killed in the 90 block of Alder Street.")
    assert [place.tie for place in told] == [Tie.AGENCY, Tie.SETTING]
    whereabouts = Whereabouts()
    whereabouts.hear(0, told)
    place = whereabouts.settled(told[1], first=0, last=0, alone=True)
    assert place is not None
    assert (place.name, place.within) == ("Alder Street", ("Velm",))


def test_every_province_of_a_list_is_a_place_and_the_first_is_the_main_one() -> None:
    sentence = "Raids in Velm, Tarso and Selat provinces killed six."
    places = find_places(sentence)
    main = place_told(places, verb_at=sentence.find("killed"), sentence=sentence)
    assert main is not None
    assert main.name == "Velm"
    assert [one.name for one in companions(main, places)] == ["Tarso", "Selat"]


def test_what_a_place_is_located_by_goes_with_it() -> None:
    sentence = "Two were killed in Velm, east of Tarso."
    places = find_places(sentence)
    main = place_told(places, verb_at=9, sentence=sentence)
    assert main is not None
    assert [one.name for one in companions(main, places)] == ["Tarso"]


def test_the_same_village_is_the_one_named_before() -> None:
    whereabouts = Whereabouts()
    whereabouts.hear(0, find_places("A bomb killed two in the village of Pandri."))
    places = find_places("A day later a mine killed one in the same village.")
    whereabouts.hear(1, places)
    meant = whereabouts.meant(places[0], 1)
    assert meant is not None
    assert meant.name == "Pandri"


def test_the_town_of_the_lead_is_the_place_of_the_next_sentences() -> None:
    whereabouts = Whereabouts()
    whereabouts.hear(0, find_places("A market in Velm was attacked on Monday."))
    whereabouts.hear(1, find_places("Six were killed."))
    place = whereabouts.settled(None, first=1, last=1, alone=False)
    assert place is not None
    assert place.name == "Velm"


def test_a_round_up_heading_is_the_place_of_what_stands_under_it() -> None:
    (place,) = find_places("Kabul/Logar Troops killed two.")
    assert (place.name, place.within, place.tie) == ("Kabul", ("Logar",), Tie.HEADING)


@pytest.mark.parametrize(
    "words", ["in Aa of ", "in the city of ", "Aa, ", "said in ", "near Aa District, ", "the Aa's "]
)
def test_long_nonsense_is_read_in_no_time(words: str) -> None:
    assert isinstance(find_places(words * 2_000, subjects=True), tuple)
