"""Attribution: which words blame whom, in whose name, and which incident a blame is about."""

from datetime import date

import pytest

from extractor.article import Article
from extractor.codes import Stance
from extractor.readers.baseline.blames.finding import BlameMention, find_blames, find_unidentified
from extractor.readers.baseline.reading import read_text
from extractor.wire import WireIncident


def _only(sentence: str) -> tuple[Stance, list[str]]:
    blames = find_blames(sentence)
    assert len(blames) == 1, blames
    return blames[0].stance, _accused(sentence, blames[0])


def _accused(sentence: str, blame: BlameMention) -> list[str]:
    return [sentence[slice(*span)] for span in blame.accused]


@pytest.mark.parametrize(
    ("sentence", "stance", "accused"),
    [
        (
            "A caller speaking for the River Front rang a station to accept responsibility.",
            Stance.SELF_CLAIMED,
            "the River Front",
        ),
        (
            "A leaflet signed by the River Front claims responsibility for the attack.",
            Stance.SELF_CLAIMED,
            "the River Front",
        ),
        (
            "The River Front denied today in a call to a radio station, any part in the attack.",
            Stance.DENIED,
            "The River Front",
        ),
        ("The army said the rebels were to blame.", Stance.ACCUSED, "the rebels"),
        ("The government has named the River Front.", Stance.ACCUSED, "the River Front"),
        (
            "A lawyer laid the killings at the door of the River Front.",
            Stance.ACCUSED,
            "the River Front",
        ),
        ("Guards of a sugar farm shot two.", Stance.STATED_AS_FACT, "Guards of a sugar farm"),
        ("The teacher blamed settlers for the fire.", Stance.ACCUSED, "settlers"),
        (
            "Officials believe the River Front was behind the blast.",
            Stance.SUSPECTED,
            "the River Front",
        ),
        ("The police suspect common robbers.", Stance.SUSPECTED, "common robbers"),
        (
            "An outlawed sect, the River Front, is suspected of the attack.",
            Stance.SUSPECTED,
            "the River Front",
        ),
        ("The third, Ana Ruiz, 27, is charged with murder.", Stance.CHARGED, "Ana Ruiz"),
        (
            "At 0640 a rebel unit launched an attack on the post.",
            Stance.STATED_AS_FACT,
            "a rebel unit",
        ),
    ],
)
def test_who_is_blamed_and_how_surely(sentence: str, stance: Stance, accused: str) -> None:
    assert _only(sentence) == (stance, [accused])


@pytest.mark.parametrize(
    "sentence",
    [
        "The brigade, which holds the town, has been attacked.",
        "The drone struck a house said by the rebels to be empty.",
        "The army said it cleared a terrorist nest in the hills.",
        "A man claiming to speak for the River Front rang the station.",
        "The police raids began after the kidnapping.",
        "Cattle rustlers killed two herders.",
        "The blast bore the hallmarks of the River Front.",
    ],
)
def test_what_blames_nobody(sentence: str) -> None:
    assert find_blames(sentence) == ()


def test_nameless_rustlers_take_part_though_their_name_opens_the_sentence() -> None:
    sentence = "Cattle rustlers killed two herders."
    assert [sentence[slice(*one.span)] for one in find_unidentified(sentence)] == [
        "Cattle rustlers"
    ]


def test_a_time_of_day_is_no_part_of_a_name() -> None:
    assert _only("At 0300 rebel units attacked the post.")[1] == ["rebel units"]


def test_the_group_before_a_name_and_the_article_in_it_belong_to_it() -> None:
    sentence = "The army blamed the group Ansar al-Ruma for the attack."
    assert _only(sentence)[1] == ["the group Ansar al-Ruma"]


def test_who_condemns_and_accuses_speaks_for_both() -> None:
    sentence = "The governor condemned the murder and accused the River Front of it."
    (blame,) = find_blames(sentence)
    assert blame.speaker
    assert sentence[slice(*blame.speaker)] == "The governor"


def _incidents(text: str) -> list[WireIncident]:
    article = Article.of(text, published_at=date(2024, 5, 14))
    return read_text(article).answer.incidents


def test_guards_that_open_a_sentence_are_the_armys_own() -> None:
    told = "Border guards shot dead 11 smugglers, a source at the army's general command said."
    (incident,) = _incidents(told)
    assert [blame.stance for blame in incident.blames] == [Stance.SELF_CLAIMED]


def test_nobody_is_cited_for_what_no_one_has_said() -> None:
    (incident,) = _incidents("A drone killed two men in Port Selim. No one has said who sent it.")
    assert [one.type.value for blame in incident.blames for one in blame.speakers] == [
        "article_voice"
    ]


def test_a_blame_reaches_the_only_incident_over_the_sentences_in_between() -> None:
    (incident,) = _incidents(
        "The River Front claimed responsibility for the attack. The mayor spoke to the press. "
        "Shops were closed. Traffic was slow. Gunmen killed three farmers in Port Selim on Monday."
    )
    assert [blame.stance for blame in incident.blames] == [Stance.SELF_CLAIMED]


def test_a_blame_for_an_attack_spoken_of_in_between_does_not_wait() -> None:
    first, *_ = _incidents(
        "A bomb killed 12 people in Port Selim on Monday. In Tel Wared, rebels attacked a base. "
        "Activists blamed the government for the attack."
    )
    assert first.blames == []
