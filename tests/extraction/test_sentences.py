"""Sentences: where they end, and what is none: headings, datelines, furniture of a web page."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.sentences import LONGEST, split_sentences

# In these texts "|" stands where a sentence ends; a dateline before "~" is part of none.
CUT = [
    "Two men died.| Three were hurt.",
    "Lt. Col. Ardan Veyl said two men died.| He left.",
    "The U.S. Army fired.| Nobody was hurt.",
    "A raid by the U.S. killed two.| The army said so.",
    "He works for the U.S.| The raid failed.",
    "Shots rang out in St. Orlan on Friday.| Two died.",
    "A. K. Velmor was shot.| A.K. Velmor died.",
    "J. Ostrin and M.T. Halv were killed.",
    "It struck bus No. 5 at noon.| All died.",
    "Were they armed?| No.| They were farmers.",
    "About 2.5 kilograms of explosives went off.",
    "He waited... and then fired.",
    "He waited...| Then he fired.",
    '"I saw it."| She wept.',
    '"Run!" he shouted.| They ran.',
    "\u201cThey shot him.\u201d| Nobody helped.",
    "It began at 5 a.m. on Sunday.| Two died.",
    "It began at 5 a.m.| Police came late.",
    "It began at 5 a.m. Sunday.| Police came late.",
    "It began at 9 p.m. EST in Dorvan.",
    "It began at 9 p.m.| The street was full.",
    "He was shot on Jan. 4 in Dorvan.| He died.",
    "They met in Jan. 2011 and in Feb. 2012.",
    "Mr. Olvan, Mrs. Olvan and Dr. Reth died.",
    "Gov. Marn and Sen. Tollis spoke.| Rep. Uvel did not.",
    "Sgt. Maj. Peth Orn of Velt, Calif., died.",
    "He lived in Dorvan, Mich.| The shooting was his first.",
    "He lived in Dorvan, Mich. Velm Orn wept.",
    "He worked for Olvan Inc. in Dorvan.",
    "He worked for Olvan Inc.| The company closed.",
    "Velm Orast Jr. was shot.| Velm Orast Sr. was not.",
    "The men were named as Md. Oren, Md. Tal and Md. Vesh.",
    "Rebels (see Fig. 3) fired.| Two died.",
    "Two died.|Three were hurt.|A boy was unharmed.",
    'He fled.|"I saw it," she said.',
    '"It was a bomb."|He fled.',
    "Write to www.Velmor.Example or call.",
    "The town fell.| al-Orvan said so.",
    "The price rose to $2.50.| Shots followed.",
    "What now?| Nobody knows!| Nobody.",
    "(Two men died.)| Others fled.",
    "Brig. Gen. Tam Orn, of the 3rd Div., spoke.",
    "Fighting went on, i.e. shots were heard.",
]
BLOCKS = [
    ("Two killed in Dorvan\nPolice said two men died.", 2),
    ("Two killed in Dorvan\n\nPolice said two men died.", 2),
    ("- Two died in Orlan\n- Three died in Velt\n- One died in Dorvan", 3),
    ("\u2022 Two died.\n\u2022 Three died.", 2),
    ("* Two died\n* Three died", 2),
    ("1. Two died in Orlan\n2. Three died in Velt", 2),
    ("Posted: Friday, March 4, 2011 10:21 AM EST\nTwo men died.", 2),
    ("Two men died Posted: Friday, March 4, 2011 10:21 AM Updated: Monday, March 7, 2011", 3),
    ("Two men died.\nCopyright 2011 Orvan News.\nAll rights reserved.", 3),
    ("Download PDF\nTwo men died.", 2),
    ("Share\nTweet\nTwo men died.", 3),
    ("Photo: Tam Orn\nTwo men died.", 2),
    ("By Tam Orn\nTwo men died.", 2),
    ("Head Office\u2028For Immediate Release\u2028\u2028Two men died.", 3),
    ("Two men\r\n\r\nThree men", 2),
    ("[TEXT] Two men died.", 2),
    ("Tue 05 Jul 2011 Two men died in Orlan.", 2),
    ("Shells hit Orlan AFP Friday 28 Oct 2011 Two men died.", 3),
    ("Published March 4 2011 Two men died in Orlan.", 2),
    ("Police in\nOrlan said two men\ndied of the\nwounds.", 1),
]
FILED = [
    "KABUL, Afghanistan (Jan. 10, 2011) \u2013 ",
    "ORLAN, Mich. -- ",
    "Dorvan (AFP) - ",
    "ORLAN PROVINCE, Afghanistan \u2013 ",
]


@pytest.mark.parametrize("marked", CUT)
def test_sentences_end_where_the_bars_stand(marked: str) -> None:
    found = [sentence.words for sentence in split_sentences(marked.replace("|", ""))]
    assert found == [piece.strip() for piece in marked.split("|")]


@pytest.mark.parametrize(("text", "many"), BLOCKS)
def test_headings_items_and_furniture_are_sentences_of_their_own(text: str, many: int) -> None:
    assert len(split_sentences(text)) == many


@pytest.mark.parametrize("dateline", FILED)
@pytest.mark.parametrize("heading", ["", "Two killed in Dorvan\n", "Head Office\u2028\u2028"])
def test_a_dateline_is_no_part_of_a_sentence_even_under_a_heading(
    dateline: str, heading: str
) -> None:
    *_, last = split_sentences(f"{heading}{dateline}Two men died in Velt.")
    assert last.words == "Two men died in Velt."


def test_lines_wrapped_by_hand_are_joined_and_a_short_line_among_them_is_a_heading() -> None:
    told = (
        "The clashes began in the north of the town early on Monday, and\n"
        'went on until noon, when the farm known as "Los Olvanes"\n'
        "Estate was burned down by men whom nobody in the whole place\n"
        "knew.\n"
        "What is known\n"
        "Two men died of their wounds in the hospital of Velt on Tuesday\n"
        "morning."
    )
    assert [s.words.split()[0] for s in split_sentences(told)] == ["The", "What", "Two"]


def test_a_bullet_is_no_part_of_its_item() -> None:
    assert [s.words for s in split_sentences("- Two died\n2. A boy fled")] == [
        "Two died",
        "A boy fled",
    ]


def test_a_shouted_wire_is_cut_like_any_other() -> None:
    text = (
        "ORLAN, 3 JAN 90 (EFE) -- [TEXT] COL. VELM DIED AT 5 P.M. ON FRIDAY.  THE U.S. ARMY\nLEFT."
    )
    assert [s.words for s in split_sentences(text)] == [
        "Col. Velm died at 5 p.m. on Friday.",
        "The U.S. army left.",
    ]


@given(st.text(alphabet=st.sampled_from("Aab .!?\"'\n\r\u2028[]()-1,\u2019")))
def test_offsets_always_point_at_the_words(text: str) -> None:
    for sentence in split_sentences(text):
        assert len(sentence.words) == sentence.end - sentence.start <= LONGEST
        told = text[sentence.start : sentence.end]
        assert sentence.words.casefold().split() == told.casefold().split()


@pytest.mark.parametrize("piece", ["a", ".", '"', "\n", "A.", "[", "- ", "AFP ", "Mr. ", "\n- A"])
def test_walls_of_text_are_cut_in_linear_time(piece: str) -> None:
    started = time.process_time()
    split_sentences("Two died. " + piece * (100_000 // len(piece)))
    assert time.process_time() - started < 3
