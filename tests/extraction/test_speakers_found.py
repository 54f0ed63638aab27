"""Speakers of a sentence: before the verb, behind it, relayed, and in quotation marks."""

import pytest

from extractor.codes import SpeakerType
from extractor.readers.baseline.speakers import find_speakers, is_quoted, wire_speaker


def _spoken(sentence: str) -> list[str]:
    return [sentence[slice(*one.who)].strip() for one in find_speakers(sentence) if one.who]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Police insisted that two had died.", "Police"),
        ("Two had died, said a police spokesman.", "a police spokesman"),
        (
            "Two died, said Ana Brod, secretary of the council.",
            "Ana Brod, secretary of the council",
        ),
        ("Two had died, according to the captain.", "the captain"),
    ],
)
def test_a_speaker_is_found_before_and_behind_the_verb(sentence: str, speaker: str) -> None:
    assert speaker in _spoken(sentence)


def test_the_outlet_that_was_told_is_the_relay() -> None:
    sentence = "The mayor told Radio Sabun that two had died."
    (speaker,) = find_speakers(sentence)
    assert speaker.via is not None
    assert sentence[slice(*speaker.via)] == "Radio Sabun"


@pytest.mark.parametrize(
    ("description", "kind"),
    [
        ("a man who saw it", SpeakerType.OTHER),
        ("a member of parliament", SpeakerType.GOVERNMENT),
        ("a tribunal in Brod", SpeakerType.LAWYER_OR_COURT),
        ("a rebel spokesman", SpeakerType.ARMED_GROUP),
    ],
)
def test_a_description_tells_the_kind_of_speaker(description: str, kind: SpeakerType) -> None:
    assert wire_speaker(description, sides=frozenset()).type is kind


@pytest.mark.parametrize(
    ("sentence", "word", "quoted"),
    [
        ('"They shot him," she said.', "shot", True),
        ('"They left," she said of the men who shot him.', "shot", False),
        ('They shot him as well," she said.', "shot", True),
        ("They shot him.", "shot", False),
    ],
)
def test_quoted_words_are_told_from_the_articles_own(
    sentence: str, word: str, quoted: bool
) -> None:
    assert is_quoted(sentence, sentence.index(word)) is quoted
