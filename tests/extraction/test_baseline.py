"""The built-in reader on invented articles: what it tells apart, and what it leaves alone."""

import asyncio
from datetime import date

import pytest

from extractor import Article, Reading, open_reader, read_article
from extractor.codes import DatePrecision, Scope, SpeakerType, Stance
from extractor.records import Incident

FRIDAY = date(2024, 3, 15)


def _read(text: str, *, published: date | None = FRIDAY, title: str | None = None) -> Reading:
    article = Article.of(text, id="invented", published_at=published, title=title)
    outcome = asyncio.run(read_article(article, reader=open_reader("baseline")))
    assert isinstance(outcome, Reading)
    return outcome


def _only(text: str) -> Incident:
    (incident,) = _read(text).incidents
    return incident


def test_two_attacks_on_two_days_are_two_incidents_and_share_nothing() -> None:
    first, second = _read(
        "A car bomb killed nine people in the town of Port Selim on Monday. "
        "An airstrike on Tuesday, which activists blamed on the government, killed four farmers "
        "in the village of Tel Wared."
    ).incidents
    assert [place.name_text for place in first.places] == ["Port Selim"]
    assert [place.name_text for place in second.places] == ["Tel Wared"]
    assert (first.when.start, second.when.start) == (date(2024, 3, 11), date(2024, 3, 12))
    assert first.blames == ()
    (blame,) = second.blames
    assert blame.accused[0].name_text == "the government"
    assert (blame.stance, blame.speakers[0].type) == (Stance.ACCUSED, SpeakerType.ACTIVIST)


def test_an_event_without_a_stated_time_does_not_borrow_another_one() -> None:
    _, second = _read(
        "Shelling killed nine people in Port Selim on Monday.\n"
        "Meanwhile, four soldiers were killed in an ambush near Tel Wared, the army said."
    ).incidents
    assert second.when.expression is None
    assert second.when.precision is DatePrecision.ON_OR_BEFORE
    assert (second.when.start, second.when.end) == (None, FRIDAY)


def test_the_same_area_is_the_place_of_the_event_before() -> None:
    first, second = _read(
        "Shelling killed nine people in the Sabun district on Monday.\n"
        "A drone strike Wednesday killed two people in the same area."
    ).incidents
    assert first.places[0].name_text == second.places[0].name_text == "Sabun district"


def test_a_dateline_is_no_place() -> None:
    assert _only("KHARTUM -- Gunfire killed nine people on Monday.").places == ()


def test_the_day_of_a_statement_is_not_the_day_of_the_event() -> None:
    assert _only("Gunfire killed nine people in Port Selim, police said Monday.").when.end == FRIDAY


@pytest.mark.parametrize(
    ("sentence", "stance", "accused"),
    [
        ("The army blamed rebels for the attack.", Stance.ACCUSED, "rebels"),
        ("The rebels denied any involvement.", Stance.DENIED, "The rebels"),
        ("The Sabun Front claimed responsibility.", Stance.SELF_CLAIMED, "The Sabun Front"),
        ("No group claimed responsibility.", Stance.NOBODY_CLAIMED, None),
        ("It was not clear who was behind it.", Stance.SAID_UNKNOWN, None),
    ],
)
def test_a_blame_is_kept_with_its_act(sentence: str, stance: Stance, accused: str | None) -> None:
    incident = _only(f"A bomb killed nine people in Port Selim on Monday. {sentence}")
    (blame,) = incident.blames
    assert blame.stance is stance
    assert [actor.name_text for actor in blame.accused] == ([accused] if accused else [])


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed in the blast on Monday.",
        "A rocket of a type that the militia uses killed nine people on Monday.",
        "Gunmen killed nine people on Monday.",
        "Nine people were killed by unknown men in a shooting on Monday.",
        "Shelling killed nine people who fled a government offensive on Monday.",
        "Nine people were killed in a bombing. Officials called the rebels terrorists and accused"
        " them of holding hostages.",
    ],
)
def test_no_blame_is_made_of_a_weapon_a_passive_or_a_nameless_gunman(text: str) -> None:
    assert [blame for incident in _read(text).incidents for blame in incident.blames] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "If rebels killed 12 people, the army would respond with an attack.",
        "Neither rebels nor soldiers killed 12 people in the attack.",
        "No rebels killed 12 people in the attack.",
        "Unless rebels killed 12 people, there was no attack.",
        "There is no evidence that rebels killed 12 people in the attack.",
        "Witnesses doubted that soldiers killed 12 people in the attack.",
    ],
)
def test_what_is_only_supposed_or_doubted_is_neither_blame_nor_toll(sentence: str) -> None:
    assert _read(sentence).incidents == ()


def test_an_accusation_of_killing_has_its_speaker_and_its_accused() -> None:
    incident = _only("The opposition accused the army of killing 12 civilians in Port Selim.")
    (blame,) = incident.blames
    assert (blame.speakers[0].name_text, blame.accused[0].name_text) == (
        "The opposition",
        "the army",
    )
    assert blame.stance is Stance.ACCUSED
    assert incident.counts[0].speakers[0].name_text == "The opposition"


def test_a_blame_for_another_attack_does_not_reach_back() -> None:
    bomb, *_ = _read(
        "A bomb killed 12 people in Port Selim on Monday. In Tel Wared, rebels attacked a base. "
        "Activists blamed the government for the attack."
    ).incidents
    assert bomb.blames == ()


TWO = (
    "A bomb killed nine people in Port Selim on Monday. "
    "On Tuesday an air strike killed four people in Tel Wared. "
)


@pytest.mark.parametrize(
    ("sentence", "blamed"),
    [
        ("The army blamed the Sabun Front for the attack.", [0, 1]),
        ("The army blamed the Sabun Front for the bombing.", [1, 0]),
        ("The army blamed the Sabun Front for the attack in Port Selim.", [1, 0]),
        ("The army blamed the Sabun Front for both attacks.", [0, 0]),
        ("The Sabun Front claimed responsibility for an attack on a police station.", [0, 0]),
        ("The army denied involvement in the disappearance of a journalist.", [0, 0]),
    ],
)
def test_a_blame_goes_to_the_event_it_names_or_to_none(sentence: str, blamed: list[int]) -> None:
    assert [len(incident.blames) for incident in _read(TWO + sentence).incidents] == blamed


@pytest.mark.parametrize(
    ("sentence", "speakers"),
    [
        (
            "The Sabun Monitor, a small rights group, said nine people were killed in an attack.",
            ["The Sabun Monitor"],
        ),
        (
            "Nine people were killed in the attack, the army says, while locals say 15 died.",
            ["the army", "locals"],
        ),
        ("Shelling killed nine people, activists in Brod said.", ["activists in Brod"]),
    ],
)
def test_the_speaker_is_the_one_of_the_clause_and_no_fragment(
    sentence: str, speakers: list[str | None]
) -> None:
    (incident,) = _read(sentence).incidents
    assert [claim.speakers[0].name_text for claim in incident.counts] == speakers
    assert all(c.speakers[0].type is not SpeakerType.ARTICLE_VOICE for c in incident.counts)


def test_a_figure_said_by_nobody_in_particular_is_the_articles_own() -> None:
    (incident,) = _read("An attack killed nine people, it was said.").incidents
    (claim,) = incident.counts
    assert claim.speakers[0].type is SpeakerType.ARTICLE_VOICE


def test_what_a_side_says_of_its_own_forces_is_a_claim_not_an_accusation() -> None:
    (blame,) = _only("The army said that its forces had killed 28 rebels in a raid.").blames
    assert blame.stance is Stance.SELF_CLAIMED


def test_a_heading_is_a_sentence_of_its_own() -> None:
    incident = _only("Blast in Port Selim\nA bomb killed nine people on Monday, police said.")
    assert [quote.text for quote in incident.evidence] == [
        "A bomb killed nine people on Monday, police said."
    ]


def test_a_heading_tells_the_place_of_what_stands_under_it() -> None:
    incident = _only("Blast in Port Selim\nA bomb killed nine people on Monday, police said.")
    assert [place.name_text for place in incident.places] == ["Port Selim"]


def test_nameless_gunmen_are_a_party() -> None:
    (party,) = _only("Gunmen killed nine people in Port Selim on Monday.").parties
    assert (party.name_text, party.actor.type.value) == ("Gunmen", "unidentified")


def test_what_a_named_speaker_asserts_is_an_accusation_not_a_fact() -> None:
    incident = _only("Government forces killed nine people in Port Selim, activists said.")
    assert [blame.stance for blame in incident.blames] == [Stance.ACCUSED]
    assert incident.counts[0].speakers[0].name_text == "activists"


def test_a_war_wide_toll_stands_beside_the_incidents() -> None:
    reading = _read(
        "Shelling killed nine people in Port Selim on Monday. "
        "More than 3,000 people have been killed since the conflict began in 2021."
    )
    assert [claim.number.lower for claim in reading.incidents[0].counts] == [9]
    (claim,) = reading.cumulative
    assert (claim.scope, claim.number.lower) == (Scope.CONFLICT, 3001)


def test_a_running_total_without_an_event_of_its_own_stays_out_of_the_incident() -> None:
    reading = _read(
        "A bomb killed two soldiers in Port Selim on Monday. "
        "The army says it has killed 6,000 insurgents."
    )
    assert [claim.number.lower for i in reading.incidents for claim in i.counts] == [2]
    (claim,) = reading.cumulative
    assert (claim.scope, claim.number.lower) == (Scope.SEVERAL_INCIDENTS, 6000)


def test_a_figure_told_twice_is_one_claim_with_its_named_speaker() -> None:
    incident = _only(
        "A bomb killed nine people in Port Selim on Monday. Police said nine people were killed."
    )
    (claim,) = incident.counts
    assert claim.speakers[0].name_text == "Police"
    assert len(claim.quotes) == 3


def test_two_speakers_figures_are_two_claims() -> None:
    incident = _only(
        "Police said nine people were killed in a bombing in Port Selim on Monday. "
        "A doctor said 12 people were killed in the bombing."
    )
    told = {claim.speakers[0].name_text: claim.number.lower for claim in incident.counts}
    assert told == {"Police": 9, "A doctor": 12}


@pytest.mark.parametrize(
    "text",
    [
        "Three people died when a ferry capsized on Sunday.",
        "An earthquake killed 40 people on Monday.",
        "The ministers met on Monday and spoke of peace.",
        "",
        "قُتل تسعة أشخاص في قصف يوم الاثنين.",
    ],
)
def test_what_is_no_armed_violence_in_english_gives_no_incident(text: str) -> None:
    assert _read(text or "\u2026").incidents == ()


def test_the_headline_is_read_only_where_the_body_tells_nothing() -> None:
    title = "Blast kills 12 in Port Selim"
    told = _read("A bomb killed nine people there on Monday.", title=title)
    assert [claim.number.lower for i in told.incidents for claim in i.counts] == [9]
    silent = _read("This report is being updated.", title=title)
    (claim,) = silent.incidents[0].counts
    assert (claim.number.lower, claim.quotes[0].field) == (12, "title")


def test_an_old_event_told_as_context_is_background() -> None:
    _, old = _read(
        "A bomb killed nine people in Port Selim on Monday. In 2019, a blast killed a policeman."
    ).incidents
    assert old.background


def test_the_same_article_is_read_the_same_way_twice() -> None:
    text = "Shelling killed nine people, including two boys, in Port Selim, medics said."
    assert _read(text).model_dump_json() == _read(text).model_dump_json()
