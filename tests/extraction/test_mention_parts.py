"""Mentions of parts, of people with an age, and of harm told by what was broken or lost."""

import pytest

from extractor.codes import Demographic, Outcome, Standing
from extractor.mentions import find_mentions


@pytest.mark.parametrize(
    "sentence",
    [
        "Nine people were killed in Brod, a boy of 12 among them.",
        "Nine people, one of them a policeman, lost their lives.",
        "Nine people were killed; one of the dead was a girl.",
    ],
)
def test_somebody_told_as_one_of_the_dead_is_a_part(sentence: str) -> None:
    whole, part = find_mentions(sentence)
    assert (whole.number.lower, part.number.lower) == (9, 1)
    assert part.people.of_them
    assert part.people.group is not None


def test_a_part_is_of_the_kind_that_its_noun_tells() -> None:
    _, part = find_mentions("Nine people, one of them a policeman, lost their lives.")
    assert part.people.kind.standing is Standing.POLICE_OR_SECURITY


@pytest.mark.parametrize(
    ("sentence", "demographics"),
    [
        ("A boy of 12 was killed.", {Demographic.CHILDREN}),
        ("A woman of seventy was killed.", {Demographic.WOMEN, Demographic.ELDERLY}),
        ("A man of 40 was killed.", {Demographic.MEN}),
    ],
)
def test_an_age_behind_the_noun_counts_nobody(
    sentence: str, demographics: set[Demographic]
) -> None:
    (mention,) = find_mentions(sentence)
    assert mention.number.lower == 1
    assert set(mention.people.kind.demographics) == demographics


@pytest.mark.parametrize(
    "sentence",
    [
        "A baker suffered a broken collarbone.",
        "A baker broke an arm.",
        "A baker lost an eye.",
        "A baker was shot in the leg.",
        "A baker was hit by stray bullets.",
    ],
)
def test_who_broke_or_lost_a_part_of_the_body_is_injured(sentence: str) -> None:
    (mention,) = find_mentions(sentence)
    assert mention.outcome is Outcome.INJURED


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [("The toll has gone up to 25.", 25), ("The number of injured, nine, was right.", 9)],
)
def test_the_figure_of_a_toll_is_no_bound(sentence: str, figure: int) -> None:
    (mention,) = find_mentions(sentence)
    assert (mention.number.lower, mention.number.upper) == (figure, figure)
