"""The guard against omissions: a casualty that no claim covers is told, and nothing else is."""

import time

import pytest
from making import make_answer, make_article, make_blame, make_count, make_number, make_when

from extractor.article import Article
from extractor.checks import check
from extractor.codes import FlagCode, Outcome, Qualifier
from extractor.mapping import map_answer
from extractor.omissions import find_omissions
from extractor.readers.baseline.reading import read_text
from extractor.records import CountClaim
from extractor.wire import WireCount

TEXT = "A mortar shell hit a bakery in Zaran. Nine people were killed. Four others were wounded."


def claims(text: str, *counts: WireCount) -> tuple[CountClaim, ...]:
    answer = make_answer(
        counts=list(counts), blames=[], evidence=[], places=[], when=make_when(None)
    )
    mapped = map_answer(answer, make_article(text))
    assert len(mapped.incidents[0].counts) == len(counts), mapped.flags
    return mapped.incidents[0].counts


def told(words: str, figure: str, lower: int, outcome: Outcome = Outcome.KILLED) -> WireCount:
    number = make_number(figure, lower=lower, upper=lower, qualifier=Qualifier.EXACT)
    return make_count(quotes=[words], number=number, outcome=outcome, speakers=[])


NINE = told("Nine people were killed", "Nine", 9)
FOUR = told("Four others were wounded", "Four", 4, Outcome.INJURED)


def omitted(text: str, *counts: WireCount, title: str | None = None) -> list[str]:
    article = make_article(text, title=title)
    return [one.words for one in find_omissions(article, claims(text, *counts) if counts else ())]


def test_a_sentence_whose_casualty_is_in_no_claim_is_told_with_its_place() -> None:
    (one,) = find_omissions(make_article(TEXT), claims(TEXT, NINE))
    assert TEXT[one.start : one.end] == "Four others were wounded."


def test_a_reading_that_covers_every_sentence_leaves_out_nothing() -> None:
    assert omitted(TEXT, NINE, FOUR.model_copy(update={"id": "c2"})) == []


@pytest.mark.parametrize(
    ("sentence", "left_out"),
    [
        ("Gunmen shot dead two teachers.", True),
        ("No one was hurt in a second attack.", True),
        ("The clinic received seventeen bodies.", True),
        ("It rained for two days.", False),
        ("Two cows were killed.", False),
        ("Three hundred people marched to the square.", False),
        ("The mayor said 40 people could be killed.", False),
        ("An earthquake killed 60 people there in 1990.", False),
        ("Six people died in the bus crash.", False),
    ],
)
def test_of_what_else_the_article_says_only_casualties_are_told(
    sentence: str, left_out: bool
) -> None:
    text = f"Nine people were killed. {sentence}"
    assert omitted(text, NINE) == [sentence] * left_out


def test_a_sentence_is_told_once_however_much_of_it_is_left_out() -> None:
    text = "Nine people were killed. Rebels killed 3 soldiers, and 5 policemen were wounded."
    assert len(omitted(text, NINE)) == 1


def test_a_claim_of_the_figure_covers_it_wherever_in_the_sentence_its_quote_stands() -> None:
    text = "The toll stands at nine dead, a nurse said."
    speaker = told("nine dead, a nurse said", "nine", 9)
    assert omitted(text, speaker) == []


def test_a_claim_of_another_outcome_elsewhere_in_the_sentence_covers_nothing() -> None:
    text = "In Zaran nine people were killed, and 14 soldiers were wounded."
    assert len(omitted(text, told("nine people were killed", "nine", 9))) == 1


def test_an_article_without_any_claim_is_doubted_only_for_armed_violence() -> None:
    assert omitted("A fire killed 12 people in a hotel. Four others were injured.") == []
    assert len(omitted("Gunmen killed 12 people in a hotel.")) == 1
    after = "It cost 12 people their lives."
    assert omitted(f"Jets bombed a hotel. {after}") == [after]


def test_a_blame_makes_an_article_one_of_armed_violence() -> None:
    text = "The governor accused the Northern Front. Twelve people were killed."
    answer = make_answer(counts=[], blames=[make_blame()], evidence=[], places=[])
    blames = map_answer(answer, make_article(text)).incidents[0].blames
    assert len([*find_omissions(make_article(text), (), blames)]) == 1


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Gunmen kill 3 in Zaran", "Gunmen came at dusk. It was quiet later.", 1),
        ("Nine people were killed", TEXT, 0),
        ("Bomb: 4 soldiers abducted", TEXT, 1),
    ],
    ids=["the body tells nothing", "the body tells it", "the body tells another outcome"],
)
def test_a_headline_counts_only_where_the_body_tells_nothing_of_its_outcome(
    title: str, text: str, expected: int
) -> None:
    counts = (NINE, FOUR.model_copy(update={"id": "c2"})) if text == TEXT else ()
    assert len(omitted(text, *counts, title=title)) == expected


def test_the_flag_says_where_the_sentence_stands() -> None:
    (flag,) = check(make_article("Gunmen killed 12 people in Zaran. They fled."), (), ())
    assert (flag.code, flag.where) == (FlagCode.UNCOVERED_MENTION, "text:0-33")
    assert "Gunmen killed 12 people in Zaran." in flag.message


def test_the_message_of_a_very_long_sentence_stays_short() -> None:
    (flag,) = check(make_article("Gunmen killed 12 people in Zaran" + ", later" * 150), (), ())
    assert len(flag.message) < 400


def test_the_guard_takes_time_in_proportion_to_the_text() -> None:
    def seconds(times: int) -> float:
        article = Article.of(f"{TEXT} " * times)
        start = time.process_time()
        assert [*find_omissions(article, ())]
        return time.process_time() - start

    seconds(10)
    assert seconds(1600) < 12 * seconds(400) + 0.5


def test_the_built_in_reader_is_held_to_it_too() -> None:
    article = make_article("Gunmen killed 12 people in Zaran. It cost 19 men their lives.")
    mapped = map_answer(read_text(article).answer, article)
    flags = check(article, mapped.incidents, mapped.cumulative)
    assert [flag.code for flag in flags] == [FlagCode.UNCOVERED_MENTION]
