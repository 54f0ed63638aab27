"""People whom shots hit, who are sent to hospital, and those who turn a weapon on themselves."""

import asyncio
from datetime import date

import pytest

from extractor.article import Article
from extractor.codes import Outcome
from extractor.mentions import Mention, find_mentions
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import Reading

K, W, X = Outcome.KILLED, Outcome.INJURED, Outcome.KILLED_OR_INJURED


def _people(sentence: str, mention: Mention) -> str:
    return sentence[mention.people.start : mention.people.end]


def _told(sentence: str) -> list[tuple[Outcome, str]]:
    mentions = find_mentions(sentence)
    return [(m.outcome, _people(sentence, m)) for m in mentions if m.part_of is None]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A clerk killed two nurses before killing himself.", [(K, "two nurses"), (K, "himself")]),
        ("The guard killed three cooks and himself.", [(K, "three cooks"), (K, "himself")]),
        ("He killed her before taking his own life.", [(K, "He"), (K, "her")]),
        ("The baker shot himself in the foot.", [(W, "The baker")]),
        ("A fight sent three cooks to the hospital.", [(W, "three cooks")]),
        ("Someone opened fire, hitting two tailors.", [(X, "two tailors")]),
        ("A gun went off, striking a baker in the chest.", [(X, "a baker")]),
        ("The nurse was struck in the left arm.", [(W, "The nurse")]),
        ("Two men walked into a clinic with gunshot wounds.", [(W, "Two men")]),
        ("A nurse remains in critical condition.", [(W, "A nurse")]),
        ("5 shot in Brod", [(X, "5")]),
        ("Both waiters had gunshot wounds.", [(W, "Both waiters")]),
    ],
    ids=str,
)
def test_people_hit_or_hurt_by_their_own_hand_are_told(
    sentence: str, told: list[tuple[Outcome, str]]
) -> None:
    assert sorted(_told(sentence)) == sorted(told)


@pytest.mark.parametrize(
    "sentence",
    [
        "The storm hit two villages.",
        "She threatened to kill herself.",
        "Two people in a hospital heard it.",
        "Officials were sent to the hospital.",
        "His son turns 4 on Friday.",
        "The parents of a boy, who shot himself, came home.",
    ],
)
def test_what_hurts_nobody_by_shots_is_left_alone(sentence: str) -> None:
    assert not [one for one in _told(sentence) if one[1] not in ("a boy",)]


def _counts(text: str, title: str = "News of the day") -> list[tuple[Outcome, int | None]]:
    article = Article.of(text, title=title, published_at=date(2015, 6, 9))
    reading = asyncio.run(read_article(article, reader=open_reader()))
    assert isinstance(reading, Reading)
    return [(c.outcome, c.number.lower) for one in reading.incidents for c in one.counts]


def test_a_trial_is_news_of_the_deed_where_nobody_else_is_harmed() -> None:
    text = "A man was convicted on Monday of killing two farmers in Brod in May."
    assert (K, 2) in _counts(text)


def test_people_of_another_kind_are_taken_from_a_charge() -> None:
    text = (
        "A gunman killed a waiter in Brod on Sunday. "
        "A baker was charged with wounding three waitresses in the shooting in Brod."
    )
    assert (W, 3) in _counts(text)


def test_a_killing_that_is_only_protested_is_no_news() -> None:
    text = "Shops stayed shut in Brod on Monday in protest against the killing of a trader."
    assert (K, 1) not in _counts(text)


def test_who_kills_and_then_dies_by_his_own_hand_is_counted_beside_his_victims() -> None:
    text = "A man shot dead his brother in Brod on Monday before killing himself."
    assert sorted(_counts(text)) == [(K, 1), (K, 1)]
