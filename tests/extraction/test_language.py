"""The language of an article: told where it is surely not English, and not otherwise."""

# ruff: noqa: RUF001 - sentences of other scripts are what is tested

import asyncio

import pytest
from making import make_article

from extractor.codes import FlagCode, InputOutcome
from extractor.language import find_language
from extractor.pipeline import read_article
from extractor.readers.baseline import BaselineReader
from extractor.records import Failure, Reading

FOREIGN = {
    "fr": "Au moins douze personnes ont été tuées samedi dans une attaque au nord de la ville,"
    " selon le gouverneur.",
    "es": "Al menos doce personas murieron el sábado en un ataque armado en el norte de la ciudad.",
    "pt": "Pelo menos doze pessoas foram mortas no sábado em um ataque na zona norte da cidade,"
    " disse a polícia.",
    "it": "Almeno dodici persone sono state uccise sabato in un attacco nel nord della città.",
    "de": "Bei einem Angriff im Norden der Stadt wurden am Samstag mindestens zwölf Menschen"
    " getötet, sagte der Gouverneur.",
    "nl": "Bij een aanval in het noorden van de stad zijn zaterdag zeker twaalf mensen gedood, zegt"
    " de politie.",
    "tr": "Kentin kuzeyinde cumartesi günü düzenlenen saldırıda en az on iki kişi öldü, polis çok"
    " sayıda yaralı olduğunu söyledi ve bir kişi için arama sürüyor.",
    "id": "Sedikitnya dua belas orang tewas dalam serangan di bagian utara kota pada hari Sabtu,"
    " kata polisi.",
    "sw": "Watu kumi na wawili waliuawa katika shambulio la Jumamosi kaskazini mwa mji, polisi wa"
    " mkoa alisema.",
    "pl": "Co najmniej dwanaście osób zginęło w sobotę w ataku na północy miasta, a trzy zostały"
    " ranne.",
    "sv": "Minst tolv personer dödades på lördagen i ett angrepp i norra delen av staden, enligt"
    " polisen.",
    "ar": "قُتل اثنا عشر شخصا على الأقل في هجوم شمال المدينة يوم السبت.",
    "fa": "دست‌کم دوازده نفر روز شنبه در حمله‌ای در شمال شهر کشته شدند، گفت پلیس.",
    "uk": "Щонайменше дванадцять людей загинули в суботу під час нападу на півночі міста.",
    "ru": "Не менее двенадцати человек погибли в субботу при нападении на севере города.",
    "hi": "शनिवार को शहर के उत्तर में हुए हमले में कम से कम बारह लोग मारे गए।",
    "my": "စနေနေ့က မြို့မြောက်ပိုင်း တိုက်ခိုက်မှုတွင် လူ ၁၂ ဦး သေဆုံးခဲ့သည်။",
    "zh": "周六，该市北部发生袭击，造成至少十二人死亡。",
    "ja": "土曜日、市の北部で襲撃があり、少なくとも12人が死亡した。",
    "am": "ቅዳሜ ዕለት በከተማዋ ሰሜናዊ ክፍል በደረሰ ጥቃት አስራ ሁለት ሰዎች ተገደሉ።",
}


@pytest.mark.parametrize("code", FOREIGN)
def test_one_sentence_tells_its_language(code: str) -> None:
    found = find_language(make_article(FOREIGN[code], language=None))
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text",
    [
        "Twelve killed.",
        "KABUL: 3 INSURGENTS KILLED, 2 CAPTURED IN HELMAND",
        "Los Angeles; El Paso; Des Moines; La Paz: two dead in each.",
        "Gunmen from Los Zetas killed two men in San Luis de la Paz, the mayor of Las Palmas said.",
        "The group Hayat Tahrir al-Sham and the Jaish al-Fatah said they had shelled Kafr Nabl.",
        "He said: “Je suis de la ville, et les morts sont dans la rue.” Police counted six bodies,"
        " and an officer told reporters that three of them were found in the yard of the mill.",
        "قتل ثلاثة مدنيين يوم الثلاثاء. Gunmen killed two people in the town, police said.",
        "12, 14, 15",
    ],
)
def test_english_with_foreign_words_in_it_is_read(text: str) -> None:
    assert find_language(make_article(text)) is None
    assert find_language(make_article(text.upper())) is None


@pytest.mark.parametrize(
    ("stated", "code"),
    [("fr", "fr"), ("fr-FR", "fr"), ("FR", "fr"), ("en", None), ("xx", None), (None, None)],
)
def test_a_text_too_short_to_tell_is_taken_for_what_it_is_said_to_be(
    stated: str | None, code: str | None
) -> None:
    found = find_language(make_article("Explosion : quatre morts", language=stated))
    assert (found.code if found else None) == code


def test_the_words_of_a_text_count_for_more_than_what_it_is_said_to_be() -> None:
    text = "Gunmen killed two people in the town, and the police said that they had fled."
    assert find_language(make_article(text, language="fr")) is None
    found = find_language(make_article(FOREIGN["fr"], language="en"))
    assert found is not None
    assert found.code == "fr"


def read(text: str) -> Reading | Failure:
    return asyncio.run(read_article(make_article(text), reader=BaselineReader()))


def test_the_built_in_reader_says_that_it_does_not_read_the_language() -> None:
    reading = read(FOREIGN["fr"])
    assert isinstance(reading, Reading)
    (flag,) = reading.flags
    assert reading.outcome is InputOutcome.READ_WITH_FLAGS
    assert (flag.code, flag.where) == (
        FlagCode.LANGUAGE_NOT_READ,
        f"text:0-{len(FOREIGN['fr'])}",
    )
    assert "French" in flag.message
    assert reading.incidents == ()
    assert [one.reason for one in reading.left] == ["other_language"]
