"""Speakers of a sentence: before the verb, behind it, relayed, and in quotation marks."""

import pytest

from extractor.codes import SpeakerType
from extractor.readers.baseline.speakers import find_speakers, is_quoted
from extractor.readers.baseline.voicing import may_speak, wire_speaker


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


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The clinic puts the dead at five.", "The clinic"),
        ("The defence ministry spoke of about ten rebels killed.", "The defence ministry"),
        ("The mayor's office gave the injured as 31.", "The mayor's office"),
        ("The army's figure is six soldiers killed.", "The army"),
        ("Six men were taken, the council tells us.", "the council"),
    ],
)
def test_who_gives_a_figure_speaks_without_a_verb_of_saying(sentence: str, speaker: str) -> None:
    assert speaker in _spoken(sentence)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Two died, the warden of the fort, Odo Brod, said.", "the warden of the fort, Odo Brod"),
        (
            "Four died, the land office of the hill state of Brod said.",
            "the land office of the hill state of Brod",
        ),
        ("At the morgue Dr Ana Brod said six had died.", "Dr Ana Brod"),
    ],
)
def test_a_speaker_is_named_at_full_length_and_without_the_place(
    sentence: str, speaker: str
) -> None:
    assert speaker in _spoken(sentence)


def test_a_piece_of_the_sentence_with_a_capital_is_no_speaker() -> None:
    assert not may_speak("In a")
    assert not may_speak("Our page")
    assert may_speak("Odo Brod")


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Wives at the mill, some of them in tears, spoke of six dead.", "Wives at the mill"),
        ("This paper quoted the mayor of Brod as saying two had died.", "the mayor of Brod"),
        ("Councillors in Brod say they saw seven bodies.", "Councillors in Brod"),
    ],
)
def test_a_speaker_is_found_before_an_aside_and_behind_a_quoting(
    sentence: str, speaker: str
) -> None:
    assert _spoken(sentence) == [speaker]
