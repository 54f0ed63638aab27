"""Incidents as a story tells them: what is one, what is another, and what is none."""

from datetime import date

import pytest

from extractor.article import Article
from extractor.codes import Clarity, Outcome, Scope
from extractor.readers.baseline.drawn import Drawn
from extractor.readers.baseline.reading import read_text
from extractor.wire import WireIncident

FRIDAY = date(2024, 3, 15)


def _draw(text: str, *, title: str | None = None) -> Drawn:
    return read_text(Article.of(text, id="invented", published_at=FRIDAY, title=title))


def _figures(incident: WireIncident) -> list[int | None]:
    return [claim.number.lower for claim in incident.counts]


def _reasons(drawn: Drawn) -> list[str]:
    return [left.reason for left in drawn.left]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A bus overturned near Brod on Monday. Nine people were killed.", "accident"),
        ("Nine people died in Brod on Monday. Their boat had capsized in a storm.", "accident"),
        ("Four villagers were killed by wild elephants near Brod.", "animal"),
        ("In a mock attack at Brod, nine people were killed by make-believe rebels.", "pretended"),
    ],
)
def test_harm_without_force_is_no_incident_and_is_said_to_be_left(text: str, reason: str) -> None:
    drawn = _draw(text + " Police shot a dog in Selim.")
    assert drawn.answer.incidents == []
    assert reason in _reasons(drawn)


@pytest.mark.parametrize(
    "text",
    [
        "A shell hit the ferry at Brod on Monday and killed nine people.",
        "Nine people were killed when a roof collapsed after a mortar attack on Brod.",
        "A boy was accidentally shot and killed in Brod.",
    ],
)
def test_force_beside_a_word_of_accidents_stays_an_incident(text: str) -> None:
    (incident,) = _draw(text).answer.incidents
    assert _figures(incident)


def test_an_accident_beside_an_attack_leaves_the_attack_alone() -> None:
    drawn = _draw(
        "Gunmen killed three guards in Brod on Monday.\n\n"
        "In Selim, a lorry skidded off the road. Nine people were killed."
    )
    assert [_figures(incident) for incident in drawn.answer.incidents] == [[3]]


@pytest.mark.parametrize(
    "opening", ["Elsewhere,", "Separately,", "In a separate attack,", "In another incident,"]
)
def test_words_for_another_incident_make_one(opening: str) -> None:
    first, second = _draw(
        f"A bomb killed nine people in Brod on Monday. {opening} two soldiers were shot dead."
    ).answer.incidents
    assert (_figures(first), _figures(second)) == ([9], [2])


def test_two_clauses_with_a_place_each_are_two_incidents() -> None:
    first, second = _draw(
        "A bomb killed nine people in Brod, while gunmen killed two soldiers in Selim."
    ).answer.incidents
    assert [first.places[0].name_text, second.places[0].name_text] == ["Brod", "Selim"]
    assert (_figures(first), _figures(second)) == ([9], [2])


def test_each_entry_of_a_bulletin_is_an_incident_with_the_day_and_place_of_its_label() -> None:
    incidents = _draw(
        "MONDAY. Brod. A mine killed two people.\n\n"
        "TUESDAY. Selim. Gunmen killed two people on a farm.\n\n"
        "WEDNESDAY. Wared. Shells killed two people at noon."
    ).answer.incidents
    assert [_figures(incident) for incident in incidents] == [[2], [2], [2]]
    assert [incident.places[0].name_text for incident in incidents] == ["Brod", "Selim", "Wared"]
    assert [incident.when.start for incident in incidents] == [
        "2024-03-11",
        "2024-03-12",
        "2024-03-13",
    ]


def test_the_entries_of_a_live_page_go_on_with_one_event() -> None:
    (incident,) = _draw(
        "18:40 A bomb killed nine people at the bank in Brod.\n\n"
        "18:10 The blast broke windows.\n\n"
        "17:55 Nine people were killed, doctors say."
    ).answer.incidents
    assert _figures(incident) == [9]


def test_an_older_attack_is_background_and_leaves_the_news_its_own_figure() -> None:
    news, old = _draw(
        "A bomb killed nine people in Brod on Monday. "
        "In 2019, a bomb killed 40 people in the town of Selim."
    ).answer.incidents
    assert (news.background, _figures(news)) == (False, [9])
    assert (old.background, _figures(old)) == (True, [40])


def test_context_without_a_place_or_day_of_its_own_is_left() -> None:
    drawn = _draw(
        "A bomb killed nine people in Brod on Monday. "
        "The commander was wanted for the murder of two guards."
    )
    assert [_figures(incident) for incident in drawn.answer.incidents] == [[9]]


def test_an_article_about_an_old_event_has_it_as_its_news() -> None:
    (incident,) = _draw("A bomb killed nine people in Brod in May 2019.").answer.incidents
    assert not incident.background


def test_a_lead_that_sums_up_is_kept_beside_the_incidents_told_below() -> None:
    answer = _draw(
        "Three separate attacks killed 12 people on Monday.\n"
        "A bomb killed seven people in Brod.\nGunmen killed three people in Selim.\n"
        "Shells killed two people in Wared."
    ).answer
    assert [_figures(incident) for incident in answer.incidents] == [[7], [3], [2]]
    (total,) = answer.cumulative
    assert (total.number.lower, total.scope) == (12, Scope.SEVERAL_INCIDENTS)


def test_a_lead_that_sums_up_alone_is_one_aggregated_incident() -> None:
    answer = _draw("Three separate attacks killed 12 people in Brod on Monday.").answer
    (incident,) = answer.incidents
    assert incident.clarity is Clarity.AGGREGATED
    assert answer.cumulative == []


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("At least 300 people have been killed since January.", Scope.PERIOD),
        ("More than 40 people have been killed this month.", Scope.PERIOD),
        ("Some 300 people were killed in the past week.", Scope.PERIOD),
        ("The war has killed 300 people.", Scope.CONFLICT),
        ("More than 300 people died in the 12-year insurgency.", Scope.CONFLICT),
    ],
)
def test_a_figure_over_more_than_the_event_stays_out_of_it(sentence: str, scope: Scope) -> None:
    answer = _draw(f"A bomb killed nine people in Brod on Monday. {sentence}").answer
    assert [_figures(incident) for incident in answer.incidents] == [[9]]
    assert [claim.scope for claim in answer.cumulative] == [scope]


def test_a_running_total_in_the_same_sentence_leaves_the_event_its_own_figure() -> None:
    answer = _draw(
        "Two men were shot dead in Brod on Tuesday, while 40 people have been killed so far"
        " this year."
    ).answer
    assert [_figures(incident) for incident in answer.incidents] == [[2]]
    assert [claim.number.lower for claim in answer.cumulative] == [40]


def test_a_place_name_that_holds_a_word_of_war_is_no_war() -> None:
    answer = _draw("Gunmen killed four people in Tel Wared.").answer
    assert answer.cumulative == []


def test_the_headline_tells_nothing_that_the_body_governs() -> None:
    drawn = _draw(
        "A blast in Brod killed at least ten people.", title="Blast kills 12 people in Brod"
    )
    (incident,) = drawn.answer.incidents
    assert _figures(incident) == [10]
    assert _reasons(drawn) == ["headline"]


def test_the_headline_gives_what_the_body_lacks() -> None:
    (incident,) = _draw(
        "Gunmen opened fire on a bar in Brod on Monday. Police are looking for witnesses.",
        title="Three people shot dead in Brod",
    ).answer.incidents
    (claim,) = incident.counts
    assert (claim.outcome, claim.number.lower) == (Outcome.KILLED, 3)
    assert incident.when.expression == "Monday"


def test_every_claim_has_the_rule_that_made_it() -> None:
    drawn = _draw(
        "A bomb killed nine people in Brod on Monday. No group claimed responsibility. "
        "At least 300 people have been killed since January."
    )
    (incident,) = drawn.answer.incidents
    ids = [one.id for one in (*incident.counts, *incident.blames, *drawn.answer.cumulative)]
    assert sorted(drawn.rules) == sorted(ids)
    assert all(drawn.rules.values())
