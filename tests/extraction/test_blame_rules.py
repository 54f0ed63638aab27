"""Blames in one sentence: who, how surely, and what is no blame at all."""

import pytest

from extractor.codes import Joint, SpeakerType, Stance
from extractor.readers.baseline.blames.accusing import state
from extractor.readers.baseline.blames.finding import BlameMention, find_blames, find_unidentified
from extractor.readers.baseline.voicing import ARTICLE_VOICE, wire_speaker

SIDES = frozenset({SpeakerType.MILITARY, SpeakerType.ARMED_GROUP})


def _only(sentence: str) -> BlameMention:
    (blame,) = find_blames(sentence)
    return blame


@pytest.mark.parametrize(
    ("sentence", "stance", "accused"),
    [
        ("Rebels killed two guards.", Stance.STATED_AS_FACT, "Rebels"),
        ("Two guards were killed by the army.", Stance.STATED_AS_FACT, "the army"),
        ("A Sabun Front ambush left three dead.", Stance.STATED_AS_FACT, "Sabun Front"),
        ("Three died in an attack by rebels.", Stance.STATED_AS_FACT, "rebels"),
        ("The army's shelling killed nine.", Stance.STATED_AS_FACT, "The army"),
        ("Soldiers stormed the yard and shot dead a cook.", Stance.STATED_AS_FACT, "Soldiers"),
        ("Suspected rebels killed two guards.", Stance.SUSPECTED, "rebels"),
        ("The guards were allegedly killed by soldiers.", Stance.SUSPECTED, "soldiers"),
        ("They may have been shot by the army.", Stance.SUSPECTED, "the army"),
        ("Rebels are believed to have killed the guards.", Stance.SUSPECTED, "Rebels"),
        ("The mayor blamed the attack on rebels.", Stance.ACCUSED, "rebels"),
        ("The mayor accused the army of shelling the town.", Stance.ACCUSED, "the army"),
        ("The attack was attributed to the Sabun Front.", Stance.ACCUSED, "the Sabun Front"),
        ("The Sabun Front took credit for the attack.", Stance.SELF_CLAIMED, "The Sabun Front"),
        ("The attack was claimed by the Sabun Front.", Stance.SELF_CLAIMED, "the Sabun Front"),
        ("The Sabun Front said it carried out the attack.", Stance.SELF_CLAIMED, "The Sabun Front"),
        ("The army denied shelling the town.", Stance.DENIED, "The army"),
        ("Ana Brod was acquitted of the murder.", Stance.CLEARED, "Ana Brod"),
        ("Ana Brod, 31, was charged with murder.", Stance.CHARGED, "Ana Brod"),
        ("A jury found Ana Brod guilty of murder.", Stance.CONVICTED, "Ana Brod"),
        ("No group has claimed the attack.", Stance.NOBODY_CLAIMED, None),
        ("It is not known who planted the bomb.", Stance.SAID_UNKNOWN, None),
    ],
)
def test_the_words_of_a_blame_tell_its_stance(
    sentence: str, stance: Stance, accused: str | None
) -> None:
    blame = _only(sentence)
    assert blame.stance is stance
    assert [sentence[slice(*span)] for span in blame.accused] == ([accused] if accused else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "Two guards were killed in the town.",
        "An attack on soldiers killed five.",
        "Clashes with rebels killed twelve.",
        "Five rebels killed in the raid were buried.",
        "Guards were killed in a town held by rebels.",
        "If rebels killed them, the army would answer.",
        "There is no proof that rebels killed them.",
        "The policy was made by the army.",
        "The last tunnel was cleared by engineers.",
        "The mayor was charged with fraud.",
        "Gunmen killed two guards.",
        "Bandits killed two guards.",
        "Backed by Brodian air strikes, troops entered the town.",
        "The coalition, fighting against the Sabun Front in the hills, said it had gone home.",
        "A mob killed two guards.",
    ],
)
def test_what_names_no_doer_of_this_event_is_no_blame(sentence: str) -> None:
    assert find_blames(sentence) == ()


def test_unidentified_doers_are_told_as_such() -> None:
    sentence = "Three masked men opened fire on the bus."
    assert [sentence[slice(*one.span)] for one in find_unidentified(sentence)] == [
        "Three masked men"
    ]


def test_either_of_two_accused_is_joint_either() -> None:
    blame = _only("Police blamed the attack on rebels or bandits.")
    assert (blame.joint, len(blame.accused)) == (Joint.EITHER, 2)


@pytest.mark.parametrize(
    ("sentence", "speaker", "stance"),
    [
        ("The mayor said rebels killed two guards.", "The mayor", Stance.ACCUSED),
        ("The army said troops killed two rebels.", "The army", Stance.SELF_CLAIMED),
        ("Police said its officers shot two men.", "Police", Stance.SELF_CLAIMED),
        ("Rebels killed two guards.", None, Stance.STATED_AS_FACT),
        ('"Rebels killed two guards."', None, Stance.ACCUSED),
    ],
)
def test_a_flat_assertion_is_a_fact_in_the_articles_own_voice_only(
    sentence: str, speaker: str | None, stance: Stance
) -> None:
    voice = wire_speaker(speaker, sides=SIDES) if speaker else ARTICLE_VOICE
    statement = state(sentence, _only(sentence), voice, sides=SIDES)
    assert statement is not None
    assert statement.stance is stance


def test_his_men_of_nobody_known_are_no_blame() -> None:
    sentence = "His men killed two guards."
    assert state(sentence, _only(sentence), ARTICLE_VOICE, sides=SIDES) is None


def test_who_denies_speaks_himself() -> None:
    sentence = "The Sabun Front denied the attack."
    statement = state(sentence, _only(sentence), ARTICLE_VOICE, sides=SIDES)
    assert statement is not None
    assert statement.speaker.type is SpeakerType.ARMED_GROUP
    assert statement.speaker.is_party
