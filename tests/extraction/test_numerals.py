"""Figures: what their words mean, and where they stand in running text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.codes import Qualifier, Unit
from extractor.numerals import FoundNumber, Number, find_numbers, read_number

Bounds = tuple[int | None, int | None]

ONE_FIGURE: list[tuple[str, Qualifier, Bounds]] = [
    ("26", Qualifier.EXACT, (26, 26)),
    ("  26 people ", Qualifier.EXACT, (26, 26)),
    ("all 26 civilians", Qualifier.EXACT, (26, 26)),
    ("the two men", Qualifier.EXACT, (2, 2)),
    ("another five", Qualifier.EXACT, (5, 5)),
    ("five others", Qualifier.EXACT, (5, 5)),
    ("five more", Qualifier.EXACT, (5, 5)),
    ("five other people", Qualifier.EXACT, (5, 5)),
    ("a total of 14", Qualifier.EXACT, (14, 14)),
    ("both", Qualifier.EXACT, (2, 2)),
    ("both brothers", Qualifier.EXACT, (2, 2)),
    ("twenty-three", Qualifier.EXACT, (23, 23)),
    ("twenty three", Qualifier.EXACT, (23, 23)),
    ("TWENTY SOLDIERS", Qualifier.EXACT, (20, 20)),
    ("one hundred and twelve", Qualifier.EXACT, (112, 112)),
    ("a hundred", Qualifier.EXACT, (100, 100)),
    ("two thousand three hundred", Qualifier.EXACT, (2300, 2300)),
    ("one thousand and five", Qualifier.EXACT, (1005, 1005)),
    ("one million two hundred thousand and one", Qualifier.EXACT, (1_200_001, 1_200_001)),
    ("a quarter of a million people", Qualifier.EXACT, (250_000, 250_000)),
    ("one and a half million", Qualifier.EXACT, (1_500_000, 1_500_000)),
    ("half a million", Qualifier.EXACT, (500_000, 500_000)),
    ("1,200", Qualifier.EXACT, (1200, 1200)),
    ("1.200", Qualifier.EXACT, (1200, 1200)),
    ("1 200", Qualifier.EXACT, (1200, 1200)),
    ("1\u00a0200", Qualifier.EXACT, (1200, 1200)),
    ("1\u202f200", Qualifier.EXACT, (1200, 1200)),
    ("1'200", Qualifier.EXACT, (1200, 1200)),
    ("1\u2019200", Qualifier.EXACT, (1200, 1200)),
    ("1,20,000", Qualifier.EXACT, (120_000, 120_000)),
    ("5.2 thousand", Qualifier.EXACT, (5200, 5200)),
    ("1.2 million people", Qualifier.EXACT, (1_200_000, 1_200_000)),
    ("٢٦", Qualifier.EXACT, (26, 26)),
    ("2011", Qualifier.EXACT, (2011, 2011)),
    ("a dozen", Qualifier.EXACT, (12, 12)),
    ("a dozen people", Qualifier.EXACT, (12, 12)),
    ("half a dozen", Qualifier.EXACT, (6, 6)),
    ("half-a-dozen", Qualifier.EXACT, (6, 6)),
    ("a half-dozen men", Qualifier.EXACT, (6, 6)),
    ("two dozen", Qualifier.EXACT, (24, 24)),
    ("a couple", Qualifier.EXACT, (2, 2)),
    ("a couple of men", Qualifier.EXACT, (2, 2)),
    ("a score", Qualifier.EXACT, (20, 20)),
    ("a 12-member family", Qualifier.EXACT, (12, 12)),
    ("a family of five", Qualifier.EXACT, (5, 5)),
    ("seven of the 26", Qualifier.EXACT, (7, 7)),
    ("five members of one family", Qualifier.EXACT, (5, 5)),
    ("26 people in two strikes", Qualifier.EXACT, (26, 26)),
    ("26 people, all of them civilians", Qualifier.EXACT, (26, 26)),
    ("26 (twenty-six)", Qualifier.EXACT, (26, 26)),
    ("26 people, mostly women", Qualifier.EXACT, (26, 26)),
    ("at least 26", Qualifier.AT_LEAST, (26, None)),
    ("AT LEAST 26", Qualifier.AT_LEAST, (26, None)),
    ("at least 26 civilians", Qualifier.AT_LEAST, (26, None)),
    ("at least another 26", Qualifier.AT_LEAST, (26, None)),
    ("at least a further 26", Qualifier.AT_LEAST, (26, None)),
    ("at least seven of the 26 dead", Qualifier.AT_LEAST, (7, None)),
    ("26 or more", Qualifier.AT_LEAST, (26, None)),
    ("26 people or more", Qualifier.AT_LEAST, (26, None)),
    ("100+", Qualifier.AT_LEAST, (100, None)),
    ("no fewer than nine", Qualifier.AT_LEAST, (9, None)),
    ("no less than nine", Qualifier.AT_LEAST, (9, None)),
    ("a minimum of nine", Qualifier.AT_LEAST, (9, None)),
    ("at least between 5 and 8", Qualifier.AT_LEAST, (5, None)),
    ("at least about 20", Qualifier.AT_LEAST, (20, None)),
    ("more than 20", Qualifier.MORE_THAN, (21, None)),
    ("over 20", Qualifier.MORE_THAN, (21, None)),
    ("more than a dozen", Qualifier.MORE_THAN, (13, None)),
    ("more than a hundred people", Qualifier.MORE_THAN, (101, None)),
    ("well over two hundred", Qualifier.MORE_THAN, (201, None)),
    ("up to 12", Qualifier.AT_MOST, (None, 12)),
    ("as many as 12", Qualifier.AT_MOST, (None, 12)),
    ("as many as two dozen", Qualifier.AT_MOST, (None, 24)),
    ("no more than 12", Qualifier.AT_MOST, (None, 12)),
    ("at most 12", Qualifier.AT_MOST, (None, 12)),
    ("fewer than 20", Qualifier.FEWER_THAN, (None, 19)),
    ("less than 20", Qualifier.FEWER_THAN, (None, 19)),
    ("under 20", Qualifier.FEWER_THAN, (None, 19)),
    ("about 100", Qualifier.APPROXIMATELY, (100, 100)),
    ("some 100", Qualifier.APPROXIMATELY, (100, 100)),
    ("around 100", Qualifier.APPROXIMATELY, (100, 100)),
    ("roughly 100", Qualifier.APPROXIMATELY, (100, 100)),
    ("approximately 100", Qualifier.APPROXIMATELY, (100, 100)),
    ("an estimated 100", Qualifier.APPROXIMATELY, (100, 100)),
    ("20 or so", Qualifier.APPROXIMATELY, (20, 20)),
    ("20-odd people", Qualifier.APPROXIMATELY, (20, 20)),
    ("nearly 40", Qualifier.NEARLY, (40, 40)),
    ("almost 40", Qualifier.NEARLY, (40, 40)),
    ("close to 40", Qualifier.NEARLY, (40, 40)),
    ("between 5 and 8", Qualifier.RANGE, (5, 8)),
    ("between a hundred and two hundred", Qualifier.RANGE, (100, 200)),
    ("five or six", Qualifier.RANGE, (5, 6)),
    ("20 to 25", Qualifier.RANGE, (20, 25)),
    ("from 20 to 25", Qualifier.RANGE, (20, 25)),
    ("about 20 to 25 people", Qualifier.RANGE, (20, 25)),
    ("15-20", Qualifier.RANGE, (15, 20)),
    ("15\u201320", Qualifier.RANGE, (15, 20)),
    ("15 \u2013 20", Qualifier.RANGE, (15, 20)),
    ("two to three dozen", Qualifier.RANGE, (24, 36)),
    ("two or three hundred", Qualifier.RANGE, (200, 300)),
    ("5 to 10 thousand", Qualifier.RANGE, (5000, 10_000)),
    ("no one", Qualifier.NONE, (0, 0)),
    ("No one was hurt", Qualifier.NONE, (0, 0)),
    ("nobody", Qualifier.NONE, (0, 0)),
    ("none", Qualifier.NONE, (0, 0)),
    ("none of the 17", Qualifier.NONE, (0, 0)),
    ("no", Qualifier.NONE, (0, 0)),
    ("no casualties", Qualifier.NONE, (0, 0)),
    ("no civilian deaths", Qualifier.NONE, (0, 0)),
    ("0", Qualifier.NONE, (0, 0)),
    ("zero", Qualifier.NONE, (0, 0)),
    ("casualties", Qualifier.UNKNOWN_NUMBER, (None, None)),
    ("the others", Qualifier.UNKNOWN_NUMBER, (None, None)),
    ("civilian casualties", Qualifier.UNKNOWN_NUMBER, (None, None)),
    ("soldiers", Qualifier.UNKNOWN_NUMBER, (None, None)),
    ("women and children", Qualifier.UNKNOWN_NUMBER, (None, None)),
    ("an unknown number of people", Qualifier.UNKNOWN_NUMBER, (None, None)),
    ("a group of militants", Qualifier.UNKNOWN_NUMBER, (None, None)),
    ("a soldier", Qualifier.EXACT, (1, 1)),
    ("an elderly man", Qualifier.EXACT, (1, 1)),
    ("one policeman", Qualifier.EXACT, (1, 1)),
    ("a 12-year-old girl", Qualifier.EXACT, (1, 1)),
    ("a soldier killed by a mine", Qualifier.EXACT, (1, 1)),
    ("another", Qualifier.EXACT, (1, 1)),
    ("an 80-year-old", Qualifier.EXACT, (1, 1)),
    ("the remaining 12", Qualifier.EXACT, (12, 12)),
    ("not a single person", Qualifier.NONE, (0, 0)),
    ("a Syrian", Qualifier.EXACT, (1, 1)),
]


@pytest.mark.parametrize(
    ("words", "qualifier", "bounds"), ONE_FIGURE, ids=[r[0] for r in ONE_FIGURE]
)
def test_the_words_of_a_figure_decide_its_qualifier_and_bounds(
    words: str, qualifier: Qualifier, bounds: Bounds
) -> None:
    number = read_number(words)
    assert number is not None
    assert (number.qualifier, (number.lower, number.upper)) == (qualifier, bounds)
    assert (number.text, number.enumerated, number.term) == (words.strip(), False, None)


VAGUE = [
    ("several", "several"),
    ("Several people", "several"),
    ("at least several", "several"),
    ("several hundred people", "several hundred"),
    ("dozens", "dozens"),
    ("dozens more", "dozens"),
    ("dozens of civilians", "dozens"),
    ("scores", "scores"),
    ("hundreds", "hundreds"),
    ("tens of people", "tens"),
    ("tens of thousands", "tens of thousands"),
    ("hundreds of thousands of people", "hundreds of thousands"),
    ("several tens of thousands", "several tens of thousands"),
    ("many", "many"),
    ("numerous", "numerous"),
    ("a number of", "a number of"),
    ("a large number of fighters", "a large number of"),
    ("a few", "a few"),
    ("a handful of", "a handful of"),
    ("a couple of hundred", "a couple of hundred"),
    ("some people", "some"),
    ("most of the 17", "most of"),
    ("half of the 17", "half of"),
    ("more than half of them", "half of"),
    ("two thirds of the dead", "two thirds of"),
    ("two-thirds", "two-thirds"),
    ("a third of the victims", "a third of"),
    ("a majority of the dead", "a majority of"),
]


@pytest.mark.parametrize(("words", "term"), VAGUE, ids=[row[0] for row in VAGUE])
def test_a_vague_figure_keeps_its_word_and_gets_no_bounds(words: str, term: str) -> None:
    number = read_number(words)
    assert number == Number(
        text=words, lower=None, upper=None, qualifier=Qualifier.VAGUE, term=term
    )


LISTS: list[tuple[str, Qualifier, int]] = [
    ("a man and his two sons", Qualifier.EXACT, 3),
    ("two women, a child and an elderly man", Qualifier.EXACT, 4),
    ("three brothers and their mother", Qualifier.EXACT, 4),
    ("10 soldiers and four civilians", Qualifier.EXACT, 14),
    ("10 soldiers, and four civilians", Qualifier.EXACT, 14),
    ("one man and one woman", Qualifier.EXACT, 2),
    ("a man, his wife and their three children", Qualifier.EXACT, 5),
    ("a man and woman", Qualifier.EXACT, 2),
    ("a woman, 34, and her son", Qualifier.EXACT, 2),
    ("a couple and their two children", Qualifier.EXACT, 4),
    ("a doctor as well as two nurses", Qualifier.EXACT, 3),
    ("two Syrian and three Iraqi soldiers", Qualifier.EXACT, 5),
    ("a mother and her four children aged 3 to 12", Qualifier.EXACT, 5),
    ("one hundred and two soldiers and a nurse", Qualifier.EXACT, 103),
    ("at least 10 soldiers and four civilians", Qualifier.AT_LEAST, 14),
]


@pytest.mark.parametrize(("words", "qualifier", "count"), LISTS, ids=[row[0] for row in LISTS])
def test_a_full_list_of_people_is_counted(words: str, qualifier: Qualifier, count: int) -> None:
    number = read_number(words)
    assert number is not None
    assert (number.lower, number.qualifier, number.enumerated) == (count, qualifier, True)


UNITS = [
    ("bodies", Unit.BODIES),
    ("the bodies", Unit.BODIES),
    ("12 bodies", Unit.BODIES),
    ("at least 12 charred bodies", Unit.BODIES),
    ("the bodies of 12 men", Unit.BODIES),
    ("the body of a soldier", Unit.BODIES),
    ("no bodies", Unit.BODIES),
    ("200 families", Unit.FAMILIES),
    ("some 200 displaced families", Unit.FAMILIES),
    ("a family", Unit.FAMILIES),
    ("five family members", Unit.PERSONS),
    ("a family of five", Unit.PERSONS),
    ("26 people", Unit.PERSONS),
]


@pytest.mark.parametrize(("words", "unit"), UNITS, ids=[row[0] for row in UNITS])
def test_the_noun_decides_what_is_counted(words: str, unit: Unit) -> None:
    number = read_number(words)
    assert number is not None
    assert number.unit is unit


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  \n ",
        "mindestens 26",
        "al menos 26 personas",
        "20 o más",
        "plus de 20 personnes",
        "20 oder mehr",
        "не менее 26",
        "26 شخصا",
        "12.5",
        "007",
        "9" * 5000,
        "20 km",
        "43 years old",
        "26 people, including seven children",
        "26 dead and 40 wounded",
        "26 killed, 40 injured",
        "26 and 30",
        "at least five people, three of them children",
        "five people, two women and three children",
        "a family of five, including three children",
        "a man, not a soldier",
        "10 soldiers killed and four civilians wounded",
        "more than 20 but fewer than 30 people",
        "a man and his sons",
        "several men and two women",
        "two families and three soldiers",
        "26 or possibly more",
        "not 26",
        "fewer than 0",
        "no figure",
        "no information",
        "the explosion",
        "Jane Roe",
    ],
)
def test_words_that_are_not_one_readable_figure_are_not_read(words: str) -> None:
    assert read_number(words) is None


FOUND: list[tuple[str, list[str]]] = [
    ("The blast killed at least 26 people.", ["at least 26"]),
    ("AT LEAST 26 DIED.", ["AT LEAST 26"]),
    ("two civilians and three soldiers", ["two", "three"]),
    ("Between five and eight men, 15\u201320 women", ["Between five and eight", "15\u201320"]),
    ("More than a dozen died and dozens more fled.", ["More than a dozen", "dozens"]),
    ("A couple of men, a few boys, a number of girls", ["A couple of", "a few", "a number of"]),
    ("No one was hurt. Nobody died.", ["No one", "Nobody"]),
    ("There were no casualties and a soldier fled.", []),
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
    "one of the men, one another, this one, the first one, one by one",
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


@pytest.mark.parametrize(
    "pattern",
    ["1", "1 ", "100 ", "and ", " ", "\n", "-", "1-", "1.1,", "a ", "one hundred and ", "twenty-",
     "at least ", "a couple of ", "no more than about ", "five, ", "aged 5 and ", "1-1x"],
)  # fmt: skip
def test_time_grows_only_with_length(pattern: str) -> None:
    text = pattern * (30_000 // len(pattern))
    start = time.perf_counter()
    find_numbers(text)
    read_number(text)
    assert time.perf_counter() - start < 3.0  # seconds; anything quadratic takes far longer


def _list(words: str) -> list[str]:
    return words.split()


@pytest.mark.slow
def test_a_million_characters_of_news_take_seconds() -> None:
    text = "On 3 May at least 26 people died and five soldiers, aged 20 to 25, fled. " * 14_000
    start = time.perf_counter()
    assert len(find_numbers(text)) == 2 * 14_000
    assert time.perf_counter() - start < 6.0  # an idle machine needs about 2


_ONES = _list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = _list("twenty thirty forty fifty sixty seventy eighty ninety")


def spell(n: int) -> str:
    if n >= 1000:
        thousands = f"{spell(n // 1000)} thousand"
        return f"{thousands} {spell(n % 1000)}" if n % 1000 else thousands
    if n >= 100:
        hundreds = f"{spell(n // 100)} hundred"
        return f"{hundreds} and {spell(n % 100)}" if n % 100 else hundreds
    if n >= 20:
        tens = _TENS[n // 10 - 2]
        return f"{tens}-{spell(n % 10)}" if n % 10 else tens
    return _ONES[n]


@given(st.integers(min_value=1, max_value=999_999))
def test_digits_separators_and_words_read_as_the_same_number(n: int) -> None:
    for words in (str(n), f"{n:,}", f"{n:,}".replace(",", "\u00a0"), spell(n)):
        number = read_number(words)
        assert number == Number(text=words, lower=n, upper=n, qualifier=Qualifier.EXACT)


_PIECES = (
    *("one", "two", "twenty", "hundred", "thousand", "dozen", "a", "and", "or", "to", "between"),
    *("at least", "no", "more than", "of", "the", "half", "third", "several", "12", "1,200"),
    *(
        " ",
        "-",
        "\u2013",
        "\u2014",
        ",",
        ".",
        "\n\n",
        "'",
        "\u0130",
        "people",
        "bodies",
        "may",
        "$",
    ),
)


@given(st.text() | st.lists(st.sampled_from(_PIECES)).map("".join)
       | st.lists(st.sampled_from(_PIECES)).map(" ".join))  # fmt: skip
def test_any_text_is_read_and_every_span_is_its_figure(text: str) -> None:
    read_number(text)
    last = 0
    for found in find_numbers(text):
        assert last <= found.start < found.end
        assert text[found.start : found.end] == found.number.text
        last = found.end
