"""Who says what, and whose deed it is: texts in which a reader easily takes one for the other."""

import pytest

from extractor.article import Article
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
