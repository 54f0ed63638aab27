"""Forms: what a name looks like without the words around it, and what those say."""

# ruff: noqa: RUF001 - letters of other alphabets are what is tested here

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.codes import PlaceLevel as Level
from extractor.resolve.places import place_level
from extractor.resolve.places.forms import Form, forms_of, kind_in_front

BARE: list[tuple[str, Form]] = [
    ("Karam al-Zeitoun quarter", Form(name="Karam al-Zeitoun", kind=Level.NEIGHBOURHOOD)),
    ("the village of Solhan", Form(name="Solhan", kind=Level.TOWN_OR_VILLAGE)),
    ("The remote town of Barsalogho", Form(name="Barsalogho", kind=Level.TOWN_OR_VILLAGE)),
    ("Homs province", Form(name="Homs", kind=Level.ADMIN1)),
    ("Homs", Form(name="Homs")),
    ("eastern Aleppo", Form(name="Aleppo", is_part=True)),
    ("Nigeria's northeast", Form(name="Nigeria", is_part=True)),
    ("the western outskirts of Mosul", Form(name="Mosul", is_part=True)),
    ("rural Homs", Form(name="Homs", kind=Level.REGION, is_part=True)),
    ("the Idlib countryside", Form(name="Idlib", kind=Level.REGION, is_part=True)),
    (
        "Salaheddin district of Aleppo",
        Form(name="Salaheddin", kind=Level.ADMIN2, within="Aleppo"),
    ),
    ("Palma, Cabo Delgado", Form(name="Palma", within="Cabo Delgado")),
    ("Baghdad's Sadr City", Form(name="Sadr", kind=Level.CITY, within="Baghdad")),
    ("a village in Idlib", Form(name="", kind=Level.TOWN_OR_VILLAGE, within="Idlib")),
    ("a church", Form(name="", kind=Level.STREET_OR_LANDMARK)),
    ("the market", Form(name="", kind=Level.STREET_OR_LANDMARK)),
    (
        "Jabalia refugee camp",
        Form(name="Jabalia", kind=Level.STREET_OR_LANDMARK, named_after=True),
    ),
    ("Kuwait hospital", Form(name="Kuwait", kind=Level.STREET_OR_LANDMARK)),
    ("estado do Pará", Form(name="Pará", kind=Level.ADMIN1)),
    ("municipio de Tibú", Form(name="Tibú", kind=Level.ADMIN2)),
    ("مدينة حلب", Form(name="حلب", kind=Level.CITY)),
    ("حي الشعار", Form(name="الشعار", kind=Level.NEIGHBOURHOOD)),
    ("阿勒颇省", Form(name="阿勒颇", kind=Level.ADMIN1)),
    ("Харківська область", Form(name="Харківська", kind=Level.ADMIN1)),
]
UNBENT = [
    ("Харькова", "Харьков"),
    ("Херсоне", "Херсон"),
    ("Авдеевкой", "Авдеевка"),
    ("Чечне", "Чечня"),
    ("Грозном", "Грозный"),
    ("Кривому Розі", "Кривий Ріг"),
    ("Запоріжжі", "Запоріжжя"),
    ("Краматорську", "Краматорськ"),
    ("Нікополі", "Нікополь"),
    ("بالموصل", "الموصل"),
    ("באשקלון", "אשקלון"),
    ("በአክሱም", "አክሱም"),
    ("გორში", "გორი"),
]
LEVELS = [
    ("Dahiyeh suburb", Level.NEIGHBOURHOOD),
    ("the eastern side of Mosul", Level.NEIGHBOURHOOD),
    ("Gulf of Aden", Level.WATERS),
    ("Swat Valley", Level.REGION),
    ("Херсонська область", Level.ADMIN1),
    ("Aleppo", Level.UNKNOWN),
    ("", Level.UNKNOWN),
    ("x" * 500, Level.UNKNOWN),
]


@pytest.mark.parametrize(("words", "form"), BARE, ids=[words for words, _ in BARE])
def test_the_words_around_a_name_are_taken_off(words: str, form: Form) -> None:
    assert [one for one in forms_of(words) if not one.is_bent][-1] == form


@pytest.mark.parametrize(("bent", "straight"), UNBENT, ids=[bent for bent, _ in UNBENT])
def test_a_bent_name_is_also_looked_up_straight(bent: str, straight: str) -> None:
    found = [form.name for form in forms_of(bent) if form.name == straight or form.is_bent]
    assert straight in found
    assert forms_of(bent)[0] == Form(name=bent)


@pytest.mark.parametrize(("words", "level"), LEVELS, ids=[words[:30] for words, _ in LEVELS])
def test_a_name_states_its_level_by_its_own_noun(words: str, level: Level) -> None:
    assert place_level(words) is level


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ("raiders entered the village of ", Level.TOWN_OR_VILLAGE),
        ("in the capital ", Level.CITY),
        ("in the province of ", Level.ADMIN1),
        ("near the church of ", None),
        ("a village near ", None),
        ("downtown ", None),
        ("", None),
    ],
)
def test_the_words_in_front_of_a_name_may_tell_its_kind(before: str, kind: Level | None) -> None:
    assert kind_in_front(before) is kind


@given(st.text(max_size=200))
def test_any_text_has_few_forms(words: str) -> None:
    assert len(forms_of(words)) < 600
