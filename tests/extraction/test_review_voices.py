"""Who says what, and whose deed it is: texts in which a reader easily takes one for the other."""

import pytest

from extractor.article import Article
from extractor.codes import Demographic, Hedge, Stance
from extractor.readers.baseline.reading import read_text
from extractor.wire import WireAnswer, WireBlame, WireCount


def _answer(text: str) -> WireAnswer:
    return read_text(Article.of(text)).answer


def _counts(text: str) -> list[WireCount]:
    return [claim for incident in _answer(text).incidents for claim in incident.counts]


def _blames(text: str) -> list[WireBlame]:
    return [blame for incident in _answer(text).incidents for blame in incident.blames]


def test_what_a_victim_had_accused_somebody_of_is_not_the_attack_on_him() -> None:
    text = (
        "The warden, who has accused the Zetas of several murders, was shot dead on Monday in"
        " Veracruz."
    )
    assert [claim.number.text for claim in _counts(text)] == ["The warden"]
    assert _blames(text) == []


def test_those_who_accuse_somebody_of_this_attack_still_do() -> None:
    text = (
        "Neighbours, who have accused the army of Monday's killings, buried the two men killed in"
        " Jos."
    )
    assert [blame.accused[0].name_text for blame in _blames(text)] == ["the army"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A baker accused of spying for the army was killed by rebels in Baidoa.", "A baker"),
        ("A crowd lynched two men accused of killing a child in Puebla on Monday.", "two men"),
    ],
)
def test_somebody_accused_of_a_deed_says_nothing(text: str, words: str) -> None:
    claims = _counts(text)
    assert len(claims) == 1
    assert claims[0].speakers[0].name_text is None
    assert words.endswith((claims[0].number.text or "", claims[0].group.text or ""))
    assert claims[0].group.text in ("baker", "men")


def test_a_speaker_does_not_begin_in_the_clause_before() -> None:
    blames = _blames(
        "A bomb killed seven nurses in Brod on Monday. No group has claimed responsibility but"
        " officials suspect the PKK."
    )
    suspicion = next(blame for blame in blames if blame.accused)
    assert suspicion.speakers[0].name_text == "officials"


@pytest.mark.parametrize(
    "text",
    [
        '"They will pay", said the minister, after seven nurses were killed in Ankara on Monday.',
        '"They will pay," the mayor said on Monday after a bomb killed seven nurses in Ankara.',
    ],
)
def test_what_stands_behind_a_quotation_is_the_article_s_own(text: str) -> None:
    assert [claim.speakers[0].name_text for claim in _counts(text)] == [None]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            'Gunmen shot dead a baker in Kano on Monday. "They came at night," said Ahmed.'
            ' "The army did this."',
            "Ahmed",
        ),
        (
            'A bomb killed nine in Kabul on Monday. "It was loud," said Karim, a grocer.'
            ' "The Taliban did it," he added.',
            "Karim, a grocer",
        ),
        (
            'A shell killed five in Douma on Monday. "The army did this. They aimed at us," said'
            " Ahmed.",
            "Ahmed",
        ),
        ('A bomb killed nine in Kabul, police said. "The Taliban did it," he added.', None),
    ],
)
def test_a_quotation_that_goes_on_has_one_speaker(text: str, speaker: str | None) -> None:
    assert [blame.speakers[0].name_text for blame in _blames(text)] == [speaker]


def test_a_spokesman_of_a_group_in_capitals_speaks_behind_his_words() -> None:
    text = 'Fighting began in Kunduz on Monday. "We killed 50 of them," said the Taliban spokesman.'
    assert [claim.speakers[0].name_text for claim in _counts(text)] == ["the Taliban spokesman"]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed five people in Kabul on Monday. Earlier reports that 20 people had died were"
        " wrong; police said five.",
        "A bomb killed five people in Kabul on Monday. An earlier version of this story said 20"
        " people were killed.",
    ],
)
def test_a_figure_taken_back_is_nobody_s_and_is_replaced(text: str) -> None:
    right, wrong = _counts(text)
    assert (right.number.text, wrong.number.text) == ("five", "20")
    assert right.supersedes == wrong.id
    assert wrong.hedge is Hedge.WITHDRAWN
    assert wrong.speakers[0].name_text is None


def test_what_the_other_side_says_of_the_same_shells_is_an_accusation_too() -> None:
    blames = _blames(
        "State TV said terrorists fired rockets at a market in Damascus on Monday, killing five."
        " Activists said the rockets had been fired by the army."
    )
    told = {one.speakers[0].name_text: one.accused[0].name_text for one in blames}
    assert told == {"State TV": "terrorists", "Activists": "the army"}
    assert blames[0].speakers[0].is_party


def test_who_was_fired_by_a_body_fired_at_nobody() -> None:
    assert _blames("A cook fired by the army shot dead two men in Jos on Monday.") == []


def test_the_article_of_a_helicopter_is_none_of_its_government() -> None:
    blames = _blames("A government helicopter fired rockets at a market in Douma, killing five.")
    assert [one.accused[0].name_text for one in blames] == ["government"]


@pytest.mark.parametrize(
    ("text", "demographics"),
    [
        ("A father of three was shot dead in Lima on Monday.", [Demographic.MEN]),
        ("A mother of two was shot dead in Lima on Monday.", [Demographic.WOMEN]),
        ("A boy of 12 was shot dead in Lima on Monday.", [Demographic.CHILDREN]),
    ],
)
def test_the_children_of_a_parent_are_no_age(text: str, demographics: list[Demographic]) -> None:
    assert [claim.group.demographics for claim in _counts(text)] == [demographics]


def test_a_broken_word_names_neither_place_nor_day() -> None:
    (incident,) = _answer("A bomb killed three people in Annapol5%s on Fri5%nd.").incidents
    assert incident.places == []
    assert incident.when.expression is None


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("A baker accused of spying was killed by Al-Shabaab in Baidoa.", ["Al-Shabaab"]),
        ("A bomb planted by al-Qaeda killed two men in Aden on Monday.", ["al-Qaeda"]),
        ("A man was shot dead by Odai al-Badr in Aden on Monday.", []),
    ],
)
def test_a_group_whose_name_begins_with_an_arabic_article_is_known(
    text: str, accused: list[str]
) -> None:
    assert [one.accused[0].name_text for one in _blames(text)] == accused


def test_what_is_said_behind_a_denial_is_not_denied() -> None:
    blames = _blames(
        "Five people were killed at a market in Homs on Tuesday. Activists denied it and said the"
        " army had shelled the market."
    )
    assert [one.accused[0].name_text for one in blames] == ["the army"]
    denied = "Five people were killed in Homs. Activists denied that the army shelled the market."
    assert not any(one.stance is Stance.ACCUSED for one in _blames(denied))


def test_an_attack_that_nobody_claimed_did_happen() -> None:
    text = (
        "No group has claimed responsibility for the bombing that killed seven nurses in Brod on"
        " Monday but officials suspect the PKK."
    )
    assert [claim.number.text for claim in _counts(text)] == ["seven"]
    assert _blames(text)[-1].speakers[0].name_text == "officials"
    assert _counts("No bomb that killed five nurses in Brod on Monday was found.") == []
