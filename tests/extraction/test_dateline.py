"""Datelines: where an article was filed ends before its text; a sentence is none."""

import pytest

from extractor.dateline import dateline_end

FILED = [
    "ALEPPO, Syria \u2014 ",
    "BEIRUT (Agency) - ",
    "KABUL, Nov 30 (Agency) -- ",
    "Cairo (AP) \u2013 ",
    "HELMAND PROVINCE, Afghanistan \u2013 ",
    "KABUL, Afghanistan (Jan. 10, 2011) \u2013 ",
]
TOLD = [
    "UPDATE, police say two men died \u2013 more follows.",
    "NATO (ISAF) forces killed 8 civilians in Kunduz \u2013 officials said.",
    "Shells hit the market in Basra on Wednesday.",
    "SOLDIERS KILLED EIGHT PEOPLE IN A VILLAGE NEAR THE TOWN OF KUNDUZ - OFFICIALS",
    "",
]


@pytest.mark.parametrize("dateline", FILED)
def test_a_dateline_ends_where_the_text_begins(dateline: str) -> None:
    assert dateline_end(f"{dateline}A bomb went off.") == len(dateline)


@pytest.mark.parametrize("text", TOLD)
def test_a_sentence_is_no_dateline(text: str) -> None:
    assert dateline_end(text) == 0
