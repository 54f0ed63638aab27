"""Figures of more than one event are kept beside the incidents, and an incident's own are not."""

import asyncio
from datetime import date

import pytest

from extractor.article import Article
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import Reading

LEAD = "A bomb killed two people at a market in Brod on Tuesday, police said.\n\n"


def _figures(text: str) -> tuple[set[int | None], set[int | None]]:
    """The figures of incidents, and those kept beside them."""
    article = Article.of(LEAD + text, published_at=date(2023, 3, 8))
    reading = asyncio.run(read_article(article, reader=open_reader()))
    assert isinstance(reading, Reading)
    told = {claim.number.lower for one in reading.incidents for claim in one.counts}
    return told, {claim.number.lower for claim in reading.cumulative}


@pytest.mark.parametrize(
    "text",
    [
        "At least 40 people have been killed in such attacks.",
        "Since the uprising began, 40 people have been killed.",
        "Tuesday's deaths brought the toll for the month to 40.",
        "The blast brings to 40 the number of people killed in the city this month.",
        "It takes to 40 the number of teachers killed in the country in ten years.",
        "It raises to 40 the toll of the past week.",
        "The number of children killed this year has reached 40.",
        "The latest deaths bring the total killed in the protests to 40.",
        "From January to June, mines killed 40 people in the district.",
        "In the first half of the year, 40 people were murdered in the state.",
        "In the first quarter bandits killed 40 people.",
        "Mines killed 40 children last year, the agency said.",
        "In 2021 alone, mines killed 40 children in the county.",
        "A string of bombings has killed 40 people in the capital.",
        "A series of raids has left 40 villagers dead.",
        "The spate of shootings has claimed 40 lives.",
        "The campaign of air strikes has killed 40 civilians, the group said.",
        "Three earlier attacks on the road killed 40 people.",
        "Similar attacks in the past have killed 40 people.",
        "Attacks on polling stations have killed 40 people.",
        "Roadside bombs have killed 40 soldiers in the district.",
        "During the three-month siege 40 people died of hunger.",
        "It was the deadliest week of the year: 40 people were killed.",
        "Last month was the bloodiest yet, with 40 dead.",
        "It was the third bombing of the month in the town, with a balance of 40 dead.",
        "The insurgency, now in its ninth year, has claimed 40 lives.",
        "The feud between the two clans has left 40 people dead.",
        "Over the same months the ministry counted 40 dead.",
        "Last week 40 people were killed in attacks on villages across the state.",
        "This year has already seen 40 people killed.",
        "From 2015 to 2020 the rebels killed 40 people.",
        "The army said it had killed 40 fighters since the operation began.",
    ],
)
def test_what_covers_many_events_is_cumulative(text: str) -> None:
    assert _figures(text) == ({2}, {40})


@pytest.mark.parametrize(
    "text",
    [
        "The blast killed 12 people, the deadliest in the city since 2015.",
        "The attack, the third this month, killed 12 people.",
        "The toll has risen to 12 since Tuesday, the hospital said.",
        "Twelve people were killed in the town, which has seen many attacks this year.",
        "Rebels killed 12 soldiers in Brod, their first attack since the truce.",
        "A mine left over from the war killed 12 children in a field on Tuesday.",
        "The bomb, which killed 12 people, was the first since the war.",
        "The army, which has fought the rebels since 2009, killed 12 of them in Selim.",
        "A veteran of the war was among 12 people killed in the blast.",
        "Gunmen shot 12 people dead, the police said, and such attacks are common.",
        "The army has killed 12 fighters, a spokesman said.",
        "Air strikes have killed 12 people in Selim, activists said.",
        "Twelve men held since January were freed on Wednesday.",
        "The fighting killed 12 soldiers.",
        "The death of a nurse brought to 12 the number killed in the blast.",
    ],
)
def test_what_covers_one_event_is_its_own(text: str) -> None:
    told, cumulative = _figures(text)
    assert 12 in told
    assert 12 not in cumulative


@pytest.mark.parametrize(
    "text",
    [
        "Some 400 people have been killed since May. Of these, 120 died by fire.",
        "Some 400 people have been killed since May. Another 120 were wounded.",
        "Some 400 people have been killed since May. About 120 of them were children.",
        "More than 400 people have been killed since May, among them 120 children.",
    ],
)
def test_the_parts_of_a_sum_are_none_of_the_incident(text: str) -> None:
    told, cumulative = _figures(text)
    assert told == {2}
    assert 120 in cumulative
