"""Time expressions of other languages: read as their English twin, or not at all."""

from datetime import date

import pytest

from extractor.resolve.dates import resolve_date

THURSDAY = date(2024, 2, 8)

TWINS = [
    ("hier soir", "yesterday evening"),
    ("mardi 6 février", "Tuesday 6 February"),
    ("le 1er février 2024", "1 February 2024"),
    ("lundi matin", "Monday morning"),
    ("dans la nuit de mardi à mercredi", "the night of Tuesday to Wednesday"),
    ("il y a deux jours", "two days ago"),
    ("du 3 au 5 février 2024", "from 3 to 5 February 2024"),
    ("début janvier", "early January"),
    ("el 3 de febrero de 2024", "3 February 2024"),
    ("el martes por la noche", "Tuesday night"),
    ("anoche", "last night"),
    ("hace dos días", "two days ago"),
    ("entre el lunes y el miércoles", "between Monday and Wednesday"),
    ("a principios de enero", "early January"),
    ("la semana pasada", "last week"),
    ("na terça-feira", "Tuesday"),
    ("3 de fevereiro de 2024", "3 February 2024"),
    ("ontem", "yesterday"),
    ("há 3 dias", "3 days ago"),
    ("\u0443 вівторок вранці", "Tuesday morning"),
    ("5 лютого", "5 February"),
    ("\u0443 січні 2024 року", "January 2024"),
    ("в ніч на 7 лютого", "overnight into 7 February"),
    ("вчера вечером", "yesterday evening"),
    ("5 февраля 2024 года", "5 February 2024"),
    ("в ночь на среду", "overnight into Wednesday"),
    ("в ночь \u0441 5 на 6 февраля", "the night of 5 to 6 February"),
    ("два дня назад", "two days ago"),
    ("يوم الثلاثاء", "Tuesday"),
    ("أمس", "yesterday"),
    ("مساء الاثنين", "Monday evening"),
    ("٣ فبراير ٢٠٢٤", "3 February 2024"),
    ("3 شباط/فبراير 2024", "3 February 2024"),
    ("۲۰۲۴-۰۲-۰۳", "3 February 2024"),
]


@pytest.mark.parametrize(("expression", "twin"), TWINS, ids=[row[1] for row in TWINS])
def test_words_of_another_language_mean_what_their_english_twin_means(
    expression: str, twin: str
) -> None:
    read, meant = resolve_date(expression, THURSDAY), resolve_date(twin, THURSDAY)
    assert meant is not None
    assert read == meant


@pytest.mark.parametrize(
    "expression",
    [
        "mardi prochain",
        "vers le 3 février",
        "el próximo martes",
        "hace unos días",
        "на следующей неделе",
        "несколько дней назад",
        "tué",
        "martes vendredi",
        "le 3 de febrero",
        "الأسبوع المقبل",
    ],
)
def test_words_of_another_language_that_are_not_in_its_table_are_not_read(
    expression: str,
) -> None:
    assert resolve_date(expression, THURSDAY) is None
