"""Figures: phrases of other languages than English, of which every word is known."""

import pytest

from extractor.codes import Qualifier
from extractor.numerals import read_number

Bounds = tuple[int | None, int | None]

KNOWN: list[tuple[str, Qualifier, Bounds]] = [
    ("al menos 26 personas", Qualifier.AT_LEAST, (26, None)),
    ("20 o más", Qualifier.AT_LEAST, (20, None)),
    ("más de 20", Qualifier.MORE_THAN, (21, None)),
    ("hasta 30", Qualifier.AT_MOST, (None, 30)),
    ("menos de veinte muertos", Qualifier.FEWER_THAN, (None, 19)),
    ("unos 30 heridos", Qualifier.APPROXIMATELY, (30, 30)),
    ("casi 40", Qualifier.NEARLY, (40, 40)),
    ("entre 5 y 8", Qualifier.RANGE, (5, 8)),
    ("once personas", Qualifier.EXACT, (11, 11)),
    ("1.200 civiles", Qualifier.EXACT, (1200, 1200)),
    ("au moins 26", Qualifier.AT_LEAST, (26, None)),
    ("plus de 20 personnes", Qualifier.MORE_THAN, (21, None)),
    ("jusqu\u2019à 30 morts", Qualifier.AT_MOST, (None, 30)),
    ("environ 30", Qualifier.APPROXIMATELY, (30, 30)),
    ("près de 40", Qualifier.NEARLY, (40, 40)),
    ("de 5 à 8 personnes", Qualifier.RANGE, (5, 8)),
    ("dix-sept civils", Qualifier.EXACT, (17, 17)),
    ("pelo menos 26", Qualifier.AT_LEAST, (26, None)),
    ("mais de 20", Qualifier.MORE_THAN, (21, None)),
    ("cerca de 30 pessoas", Qualifier.APPROXIMATELY, (30, 30)),
    ("três soldados", Qualifier.EXACT, (3, 3)),
    ("щонайменше 26", Qualifier.AT_LEAST, (26, None)),
    ("понад 20 поранених", Qualifier.MORE_THAN, (21, None)),
    ("від 5 до 8", Qualifier.RANGE, (5, 8)),
    ("п'ятеро людей", Qualifier.EXACT, (5, 5)),
    ("не менее 26", Qualifier.AT_LEAST, (26, None)),
    ("до 30", Qualifier.AT_MOST, (None, 30)),
    ("около 30 человек", Qualifier.APPROXIMATELY, (30, 30)),
    ("двенадцать человек", Qualifier.EXACT, (12, 12)),
    ("ما لا يقل عن 26", Qualifier.AT_LEAST, (26, None)),
    ("ما لا يقل عن ٢٦ شخصاً", Qualifier.AT_LEAST, (26, None)),
    ("26 على الأقل", Qualifier.AT_LEAST, (26, None)),
    ("أكثر من 20", Qualifier.MORE_THAN, (21, None)),
    ("نحو 30", Qualifier.APPROXIMATELY, (30, 30)),
    ("بين 5 و8", Qualifier.RANGE, (5, 8)),
    ("ثلاثة عشر قتيلا", Qualifier.EXACT, (13, 13)),
    ("عشرون", Qualifier.EXACT, (20, 20)),
    ("۲۶", Qualifier.EXACT, (26, 26)),
]


@pytest.mark.parametrize(("words", "qualifier", "bounds"), KNOWN, ids=[row[0] for row in KNOWN])
def test_a_phrase_is_read_where_one_language_knows_every_word(
    words: str, qualifier: Qualifier, bounds: Bounds
) -> None:
    number = read_number(words)
    assert number is not None
    assert (number.qualifier, (number.lower, number.upper)) == (qualifier, bounds)
    assert number.text == words


@pytest.mark.parametrize(
    "words",
    [
        "al menos 26 zorros",
        "al menos 26 personnes",
        "entre 8 y 5",
        "más de veinte y tres",
        "не менее 26 танков",
        "двадцать шесть",
        "ما لا يقل عن 26 دبابة",
        "al menos 007",
        "menos de 0",
        "al menos " + "9" * 5000,
        "almeno 26",
        "en az 26",
    ],
    ids=lambda words: words[:30],
)
def test_a_phrase_with_a_word_beyond_its_language_is_not_read(words: str) -> None:
    assert read_number(words) is None


@pytest.mark.parametrize("words", ["once", "UN", "Sept", "DOS", "mil"])
def test_an_english_word_is_no_number_of_another_language(words: str) -> None:
    assert read_number(words) is None
