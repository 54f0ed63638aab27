"""Which groups of people a sentence speaks of, their figures, and how the words point at them."""

from itertools import pairwise

import pytest

from extractor.codes import Qualifier
from extractor.people import People, Reference, find_people

NEW, DEFINITE = Reference.NEW, Reference.DEFINITE
PRONOUN, MORE = Reference.PRONOUN, Reference.MORE


def _rows(sentence: str) -> list[tuple[str, int | None, int | None, Reference]]:
    return [
        (sentence[one.start : one.end], one.number.lower, one.number.upper, one.reference)
        for one in find_people(sentence)
    ]


def _only(sentence: str) -> People:
    (people,) = find_people(sentence)
    return people


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Insurgents were killed near the dam.", "Insurgents"),
        ("Suspected militants were held overnight.", "Suspected militants"),
        ("The shell killed civilians at the well.", "civilians"),
        ("Shots wounded security personnel at the gate.", "security personnel"),
        ("Policemen were wounded in the clash.", "Policemen"),
        ("The blast killed heavily armed fighters.", "heavily armed fighters"),
        ("It killed a group of rebels.", "a group of rebels"),
        ("Soldiers of the Ninth Brigade were wounded.", "Soldiers of the Ninth Brigade"),
    ],
)
def test_several_people_without_a_number_are_found(sentence: str, words: str) -> None:
    people = _only(sentence)
    assert sentence[people.start : people.end] == words
    assert people.number.qualifier is Qualifier.UNKNOWN_NUMBER
    assert people.reference is NEW


@pytest.mark.parametrize(
    ("sentence", "words", "term"),
    [
        ("Several traders were hurt.", "Several traders", "several"),
        ("Multiple insurgents died.", "Multiple insurgents", "multiple"),
        ("Numerous suspected rebels were held.", "Numerous suspected rebels", "numerous"),
        ("Dozens of herders fled and died.", "Dozens of herders", "dozens"),
        ("Scores of miners were trapped.", "Scores of miners", "scores"),
        ("A number of pilgrims were hurt.", "A number of pilgrims", "a number of"),
        ("Some militants were killed.", "Some militants", "some"),
        ("Some of the women were released.", "Some of the women", "some"),
    ],
)
def test_a_vague_quantity_keeps_its_word(sentence: str, words: str, term: str) -> None:
    people = _only(sentence)
    assert sentence[people.start : people.end] == words
    assert (people.number.qualifier, people.number.term) == (Qualifier.VAGUE, term)


@pytest.mark.parametrize(
    ("sentence", "words", "group"),
    [
        ("A former village head was shot.", "A former village head", "former village head"),
        ("A senior rebel leader was held.", "A senior rebel leader", "senior rebel leader"),
        ("An Assistant Sub-Inspector died.", "An Assistant Sub-Inspector", None),
        ("A state auxiliary police constable died.", None, "state auxiliary police constable"),
        ("A one-year-old girl was hurt.", "A one-year-old girl", "one-year-old girl"),
        ("A 24 year old man was hurt.", "A 24 year old man", "24 year old man"),
        ("A Northern Front network facilitator died.", None, "Northern Front network facilitator"),
        ("A woman in her 60s was stabbed.", "A woman in her 60s", "woman"),
        ("A candidate for governor was shot.", "A candidate for governor", "candidate"),
        ("A trooper of the Third Battalion died.", "A trooper of the Third Battalion", "trooper"),
        ("A Special Police Officer (SPO) was killed.", "A Special Police Officer (SPO)", None),
        ("A 17-year-old was shot.", "A 17-year-old", "17-year-old"),
        ("An 'area commander' was killed.", "An 'area commander'", None),
        ("Her husband was shot.", "Her husband", "husband"),
        ("A local Harvest Party leader was shot.", "A local Harvest Party leader", None),
        ("One police personnel was killed.", "One police personnel", "police personnel"),
        ("A bystander was hit.", "A bystander", "bystander"),
        ("A bombmaker was detained.", "A bombmaker", "bombmaker"),
    ],
)
def test_one_person_is_found_with_what_describes_them(
    sentence: str, words: str | None, group: str | None
) -> None:
    people = _only(sentence)
    assert (people.number.lower, people.number.upper, people.reference) == (1, 1, NEW)
    assert words is None or sentence[people.start : people.end] == words
    assert people.group is not None
    assert group is None or sentence[slice(*people.group)] == group


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Man shot dead in Gweru", "Man"),
        ("Teen killed in drive-by", "Teen"),
        ("Boy, 9, dies after blast", "Boy, 9,"),
        ("Former mayor killed", "Former mayor"),
        ("Woman stabbed at market", "Woman"),
    ],
)
def test_a_headline_needs_no_article(sentence: str, words: str) -> None:
    assert _rows(sentence) == [(words, 1, 1, NEW)]


@pytest.mark.parametrize(
    ("sentence", "words", "name", "group"),
    [
        ("Omar Dalgo was killed.", "Omar Dalgo", "Omar Dalgo", None),
        ("Dalgo died at noon.", "Dalgo", "Dalgo", None),
        ("Mr Dalgo was abducted.", "Mr Dalgo", "Mr Dalgo", None),
        ("Lt. Col. Omar Dalgo was wounded.", "Lt. Col. Omar Dalgo", "Lt. Col. Omar Dalgo", None),
        (
            "Omar Dalgo, 24, of Kasempa, was shot.",
            "Omar Dalgo, 24, of Kasempa,",
            "Omar Dalgo",
            None,
        ),
        ("A shell killed Omar Dalgo at home.", "Omar Dalgo", "Omar Dalgo", None),
        ("The murder of Omar Dalgo is unsolved.", "Omar Dalgo", "Omar Dalgo", None),
        (
            "Omar Dalgo, a senior rebel commander in the hills, was held.",
            "Omar Dalgo, a senior rebel commander",
            "Omar Dalgo",
            "senior rebel commander",
        ),
        (
            "Omar Dalgo, leader of the Union of Salt Workers, was held.",
            "Omar Dalgo, leader of the Union of Salt Workers,",
            "Omar Dalgo",
            "leader",
        ),
        (
            "Omar Dalgo, mayor of Brod, in the northern county of Selim, who was held, fled.",
            "Omar Dalgo, mayor of Brod, in the northern county of Selim",
            "Omar Dalgo",
            "mayor",
        ),
        ("Driver Omar Dalgo was abducted.", "Driver Omar Dalgo", "Omar Dalgo", "Driver"),
        (
            "The driver, Omar Dalgo, was abducted.",
            "The driver, Omar Dalgo,",
            "Omar Dalgo",
            "driver",
        ),
        (
            "A farmer, identified as Dalgo, was killed.",
            "A farmer, identified as Dalgo,",
            "Dalgo",
            "farmer",
        ),
        ("The gang killed Mayor Omar Dalgo.", "Mayor Omar Dalgo", "Omar Dalgo", "Mayor"),
    ],
)
def test_a_name_and_what_describes_it_are_one_person(
    sentence: str, words: str, name: str, group: str | None
) -> None:
    people = _only(sentence)
    assert sentence[people.start : people.end] == words
    assert (people.number.lower, people.number.upper) == (1, 1)
    assert people.name is not None
    assert sentence[slice(*people.name)] == name
    assert (sentence[slice(*people.group)] if people.group else None) == group


def test_each_name_of_a_list_is_a_person() -> None:
    words = [row[0] for row in _rows("O. Dalgo, T. Mbeki and R. Sol were killed.")]
    assert words == ["O. Dalgo", "T. Mbeki", "R. Sol"]


def test_names_that_tell_who_several_people_were_count_nobody_more() -> None:
    people = _only("Two rebels, identified as Omar Dalgo (24) and Teo Sol, were held.")
    assert (people.number.lower, people.name) == (2, None)


def test_a_name_is_the_figure_s_words_of_the_person_alone() -> None:
    assert _only("Constable Omar Dalgo, 40, was killed.").number.text == "Omar Dalgo"


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        ("The insurgent was held.", ("The insurgent", 1, 1, DEFINITE)),
        ("The two men were held.", ("The two men", 2, 2, DEFINITE)),
        ("The insurgents were held.", ("The insurgents", None, None, DEFINITE)),
        ("Both were shot.", ("Both", 2, 2, DEFINITE)),
        ("Both victims died.", ("Both victims", 2, 2, DEFINITE)),
        ("All five were shot.", ("All five", 5, 5, DEFINITE)),
        ("One of the men died.", ("One of the men", 1, 1, DEFINITE)),
        ("One of them died.", ("One of them", 1, 1, DEFINITE)),
        ("Two of the victims died.", ("Two of the victims", 2, 2, DEFINITE)),
        ("The wounded soldier died.", ("The wounded soldier", 1, 1, DEFINITE)),
        ("He was shot.", ("He", 1, 1, PRONOUN)),
        ("Guns wounded her.", ("her", 1, 1, PRONOUN)),
        ("They were shot.", ("They", None, None, PRONOUN)),
        ("Another two died.", ("Another two", 2, 2, MORE)),
        ("Another man died.", ("Another man", 1, 1, MORE)),
        ("A second man died.", ("A second man", 1, 1, MORE)),
        ("Two other men died.", ("Two other men", 2, 2, MORE)),
        ("Two others died.", ("Two others", 2, 2, MORE)),
        ("One additional suspect was held.", ("One additional suspect", 1, 1, MORE)),
        ("An additional 12 rebels died.", ("An additional 12 rebels", 12, 12, MORE)),
        ("The others were freed.", ("The others", None, None, MORE)),
        ("A couple was shot.", ("A couple", 2, 2, NEW)),
        ("A pair of gunmen died.", ("A pair of gunmen", 2, 2, NEW)),
        ("Two 14-year-olds were shot.", ("Two 14-year-olds", 2, 2, NEW)),
        ("Five Afghan National Army soldiers died.", None),
        ("12 of the 30 hostages died.", ("12 of the 30 hostages", 12, 12, NEW)),
    ],
)
def test_figure_and_reference_are_those_of_the_words(
    sentence: str, row: tuple[str, int | None, int | None, Reference] | None
) -> None:
    assert _rows(sentence) == [row or ("Five Afghan National Army soldiers", 5, 5, NEW)]


def test_an_owner_is_no_group_and_what_is_owned_has_its_own_figure() -> None:
    words = [row[:2] for row in _rows("His wife and their two children died.")]
    assert words == [("His wife", 1), ("two children", 2)]


def test_groups_stand_in_order_and_do_not_overlap() -> None:
    found = find_people("The three men, a woman, Omar Dalgo, 30, and he were shot by 12 rebels.")
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len(found) >= 4


@pytest.mark.parametrize("size", [2_000, 4_000])
def test_a_very_long_sentence_is_read_to_its_end(size: int) -> None:
    assert len(find_people("Dalgo alias Sol, 12 men and a driver " * size)) >= 2 * size


@pytest.mark.parametrize("sentence", ["Talks were held on Monday.", "Funerals are held today."])
def test_a_lone_word_before_a_plural_verb_is_no_name(sentence: str) -> None:
    assert find_people(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("His wife, Warda Kama, 21 were also killed.", False),
        ("In New York, 21 were killed.", True),
        ("In Kano, 21 were killed by gunmen.", True),
    ],
)
def test_a_number_behind_a_name_is_an_age_and_behind_a_place_a_count(
    sentence: str, *, counts: bool
) -> None:
    assert any(one.number.lower == 21 for one in find_people(sentence)) is counts


def test_an_age_between_commas_belongs_to_the_person() -> None:
    sentence = "Boy, 14, shot and killed in Brod"
    (boy,) = find_people(sentence)
    assert sentence[boy.start : boy.end] == "Boy, 14,"
    assert [one.value for one in boy.kind.demographics] == ["children"]
