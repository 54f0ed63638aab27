"""Figures: where they stand in running text."""

import pytest

from extractor.codes import Qualifier, Unit
from extractor.numerals import FoundNumber, Number, find_numbers

FOUND: list[tuple[str, list[str]]] = [
    ("The blast killed at least 26 people.", ["at least 26"]),
    ("AT LEAST 26 DIED.", ["AT LEAST 26"]),
    ("two civilians and three soldiers", ["two civilians and three soldiers"]),
    ("Between five and eight men, 15\u201320 women", ["Between five and eight", "15\u201320"]),
    ("More than a dozen died and dozens more fled.", ["More than a dozen", "dozens"]),
    ("A couple of men, a few boys, a number of girls", ["A couple of", "a few", "a number of"]),
    ("No one was hurt. Nobody died.", ["No one", "Nobody"]),
    ("There were no casualties and a soldier fled.", ["no casualties"]),
    ("It killed 12 \u2014 seven of them children.", ["12", "seven"]),
    ("It killed 12\u2014including 7 children.", ["12", "7"]),
    ("It killed 12--six soldiers among them.", ["12", "six"]),
    ("Tens of thousands fled, several were shot.", ["Tens of thousands", "several"]),
    ("Some 1,200 people and 1\u202f300 others", ["Some 1,200", "1\u202f300"]),
    ("a three-man crew of a 12-member unit", ["three", "12"]),
    ("100+ killed, 26 or more wounded", ["100+", "26 or more"]),
    ("killed 26, at least three of them boys", ["26", "at least three"]),
    ("The toll rose from 20 to 25.", ["20", "25"]),
    ("Two-thirds of the dead were women.", ["Two-thirds of"]),
    ("Most of the 17 dead were men.", ["Most of", "17"]),
    ("killed: 12\n345 hurt: 7\t120", ["12", "345", "7", "120"]),
    ("killed twenty\n\nTwo men fled", ["twenty", "Two"]),
    ("In March 20 people were killed.", ["20"]),
    ("In 2016, 20 people died.", ["20"]),
    ("about 2000 people fled", ["about 2000"]),
    ("2000 people fled", ["2000"]),
    ("He said that one soldier died.", ["one"]),
    ("killed one and wounded two", ["one", "two"]),
    ("one of them died", ["one"]),
    ("20 may have been killed", ["20"]),
    ("killed 10, 12 and 34", ["10", "12", "34"]),
    ("At least 2000 were killed, 1950 dead", ["At least 2000", "1950"]),
    ("killed 12 in two strikes, one in 2011", ["12", "one"]),
    ("a seven-officer patrol, 12 day labourers", ["seven", "12"]),
    ("a toll of 1260, put at 1260", ["1260", "1260"]),
    ("3 May 2014\nHundreds fled, 12 Hundreds", ["Hundreds", "12", "Hundreds"]),
    ("Osama bin Laden and 12 others", ["12"]),
    ("Three police cars and two police officers burned.", ["two"]),
    ("A dozen homes and a dozen people burned.", ["a dozen"]),
    (
        "It killed five cattle rustlers and two arms dealers.",
        ["five cattle rustlers and two arms dealers"],
    ),
    ("Two fired shots, four threw grenades.", ["Two", "four"]),
    ("The dozen men fled.", ["dozen"]),
    ("At least one person, possibly two, died.", ["At least one"]),
    ("Killed three, possibly four, and hurt 26-plus.", ["three, possibly four", "26-plus"]),
    ("killed 3, possibly 7 wounded", ["3", "7"]),
    ("According to Channel 4, 17 died.", ["17"]),
    ("IN THE CAMP 12 WERE SHOT.", ["12"]),
    ("50 plus a nurse", ["50"]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[row[0] for row in FOUND])
def test_figures_are_found_with_their_qualifiers(text: str, expected: list[str]) -> None:
    assert [found.number.text for found in find_numbers(text)] == expected


NOT_PEOPLE = [
    "a 43-year-old man, aged 12, a 5-month-old baby",
    "12 years old, one year old, a one-year-old",
    "aged 5, 7 and 9",
    "aged between 5 and 12",
    "at the age of 12",
    "children under 12",
    "Jane Roe, 34, was shot.",
    "Jane Roe (34) was shot.",
    "3 February, Feb. 3, March 15, 2011, 30 Nov",
    "3 and 4 February, March 3-5, between 3 and 5 May",
    "in 2011, since 2012, the 1990s, 2011-2012",
    "the 2015 attack",
    "6 p.m., 10:30, 0530 GMT, 1500 hours, at 2130, 6pm",
    "at 5 in the morning",
    "$5 million, 50,000 rupees, INR 40 lakh, Rs. 500, \u20ac20",
    "$1.5 to 2 million",
    "20 percent, 20%, 5 to 10 per cent",
    "20 km, 17-square-mile, 500 kg, 10 metres, 5 to 10 miles",
    "three days, two weeks, 24 hours, six months, two more days",
    "five and ten minutes later",
    "Highway 86, Route 9, Flight 17, 3rd Brigade, No. 4",
    "Resolution 2254, Sections 302, 307 and 34",
    "call 252-972-1411 or 555-1234 or 911",
    "AK-47, M-16, 9mm, 122mm, F-16, T-72, a .45 pistol",
    "the second time, third, the 20th, twenty-third",
    "one of the bombs, one another, this one, the first one, one by one",
    "24/7, 9/11, a 3-2 vote",
    "46 Battalion, Camp 7",
    "at 1200 North Main Street, the 3400 block of Elm",
    "five times, at one point",
    "how many, twice as many",
    "12.5 and 007",
    "LIMA, 21 MAR 90 (wire)",
    "Published June 11 2016 Soldiers fled",
    "under the 2013 agreement, under a 2013 law",
    "one of which fell, two and a half hours",
    "100,000 Colombian pesos, 20 Yemeni rials",
    "their 1- and 2-year-old children",
    "A fourth male, 37, was taken away; the youngest was 17.",
    "ranged in age from 11 to 30",
    "License plate 76231, page 1 of 4",
    "a few moments, several hours, many years",
    "1 in 5 people, one in five, nine in 10 of them",
    "20 houses, four F-16s, several rocket attacks, one hospital, 12 unexploded 155mm shells",
    "hundreds of homes, half of the city, a number of shots, two of the bombs",
    "a father of three, a boy of nine, members of one family",
    "He was 61. Walid (possibly 8-9) came.",
    "They voted 120 to 45, by a vote of 15 to 3.",
    "1. Soldiers fled.\n2. Rebels fled.\n(3) A girl came.",
    "Image 3 of 16, Law 42, Village 79, Day 45, Hill 105",
    "They belonged to one family, and were under 18.",
    "one would have to ask, not one shot",
    "a lot of damage, various reports",
    "fell to -10",
    "12 mil personas, 12 mln, 12 K, 12 тысяч, 12 ألف",
]


@pytest.mark.parametrize("text", NOT_PEOPLE)
def test_numbers_of_other_things_are_passed_over(text: str) -> None:
    assert [found.number.text for found in find_numbers(text)] == []


def test_a_found_figure_knows_its_place_and_its_unit() -> None:
    text = "They dug up more than 20 bodies."
    assert find_numbers(text) == (
        FoundNumber(
            start=12,
            end=24,
            number=Number(
                text="more than 20",
                lower=21,
                upper=None,
                qualifier=Qualifier.MORE_THAN,
                unit=Unit.BODIES,
            ),
        ),
    )
