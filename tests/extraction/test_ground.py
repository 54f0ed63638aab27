"""Grounding: what counts as the same words, and where they stand in the original."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import make_article

from extractor.ground import Searchable, choose_nearest, find_quote
from extractor.records import Match, Quote

WORDS = (
    "shells killed 26 people near Hama , and — \u201cseven\u201d hurt café e\u0301té"
    " \u0642\u064f\u062a\u0650\u0644 三人 죽음"
)


def test_the_same_words_are_found_exactly_where_they_stand() -> None:
    found = find_quote("12 people", "Now 12 people.")
    assert found == Quote(field="text", start=4, end=13, text="12 people", match=Match.EXACT)


@pytest.mark.parametrize(
    ("quote", "text", "original", "match"),
    [
        ("killed 5 men", "killed\r\n  5\tmen", "killed\r\n  5\tmen", "whitespace"),
        ("killed 5 men", "killed\u00a05\u3000men", "killed\u00a05\u3000men", "whitespace"),
        ("killed\n\n5 men", "killed 5 men", "killed 5 men", "whitespace"),
        ('it\'s "over"', "it\u2019s \u201cover\u201d", "it\u2019s \u201cover\u201d", "typography"),
        ("«five»", '"five"', '"five"', "typography"),
        ("died - all", "He died \u2014 all", "died \u2014 all", "typography"),
        ("died—all", "He died--all", "died--all", "typography"),
        ("caf\u00e9 hit", "the cafe\u0301 hit", "cafe\u0301 hit", "unicode"),
        ("cafe\u0301 hit", "the caf\u00e9 hit", "caf\u00e9 hit", "unicode"),
        ("\uac01 hit", "a \u1100\u1161\u11a8 hit", "\u1100\u1161\u11a8 hit", "unicode"),
        ("\u1100\u1161\u11a8 hit", "a \uac01 hit", "\uac01 hit", "unicode"),
        ("\uac01 hit", "a \uac00\u11a8 hit", "\uac00\u11a8 hit", "unicode"),
        ("\u0958 x", "\u0915\u093c x", "\u0915\u093c x", "unicode"),
        (
            "\u0642\u064f\u062a\u0650\u0644 3",
            "\u0642\u064f\u062a\u0650\u0644\n3",
            "\u0642\u064f\u062a\u0650\u0644\n3",
            "whitespace",
        ),
        ("q\u0307\u0323 x", "a q\u0323\u0307 x", "q\u0323\u0307 x", "unicode"),
    ],
)
def test_white_space_typography_and_canonical_form_may_differ(
    quote: str, text: str, original: str, match: str
) -> None:
    found = find_quote(quote, text)
    assert found is not None
    assert (found.text, found.match.value) == (original, match)
    assert text[found.start : found.end] == original


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("e\u0301\u0323 \u1100\u1161\u11a8 ", id="combining marks and Hangul"),
        pytest.param("\u0642\u064f\u062a\u0650\u0644\u064e ", id="Arabic with diacritics"),
        pytest.param("👨\u200d👩\u200d👧 👍🏽 ❤\ufe0f ", id="emoji sequences"),
        pytest.param("三人死亡。 ", id="Han"),
        pytest.param("one\r\n\r\ntwo  \t ", id="line ends"),
        pytest.param("\u2014\u2014--\u2014 ", id="a run of dashes"),
        pytest.param("\ufeff\u200b ", id="marks without width"),
        pytest.param(" \u0301 ", id="a mark on a space"),
    ],
)
def test_what_stands_before_a_quote_does_not_shift_it(before: str) -> None:
    text = f"{before}he said \u201cno\u201d  then left."
    found = find_quote('said "no" then', text)
    assert found is not None
    assert found.text == "said \u201cno\u201d  then"
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("killed three", "killed four"),
        ("killed 5", "killed 6"),
        ("Killed five", "killed five"),
        ("killed men", "killed two men"),
        ("killed two men", "killed men"),
        ("cafe hit", "the caf\u00e9 hit"),
        ("\u0642\u062a\u0644", "\u0642\u064f\u062a\u0650\u0644"),
        ("5 men", "\u0665 men"),
        ("5 men", "\uff15 men"),
        ("5\u00b2 men", "52 men"),
        ("office hit", "o\ufb03ce hit"),
        ("killed five", "killedfive"),
        ("killed, five", "killed five"),
        ("killed ... five", "killed one and five"),
        ("", "killed"),
        ("  \n", "killed"),
        (" \u2014 ", "killed \u2014 five"),
        ("killed", ""),
    ],
)
def test_letters_case_digits_and_words_may_not_differ(quote: str, text: str) -> None:
    assert find_quote(quote, text) is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("kill", "killed"),
        ("led", "killed"),
        ("شهيد", "الشهيد"),
        ("죽", "죽음"),
        ("cafe", "cafe\u0301"),
        ("\u1100\u1161", "\u1100\u1161\u11a8"),
        ("plosion", "ex\u00adplosion"),
        ("\u0645\u0646", "\u0645\u06cc\u200c\u0645\u0646"),
        ("combatants", "the non-combatants fled"),
        ("government fighters", "anti-government fighters"),
        ("government forces", "pro\u2011government forces"),
        ("they did", "they didn't fire"),
        ("they can", "they can\u2019t fire"),
    ],
)
def test_a_part_of_a_word_is_no_quote(quote: str, text: str) -> None:
    assert find_quote(quote, text) is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("200", "1,200 dead"),
        ("1", "1,200 dead"),
        ("200", "1.200 dead"),
        ("200", "1 200 dead"),
        ("200", "1\u202f200 dead"),
        ("1", "1 200 dead"),
        ("200", "1'200 dead"),
        ("200", "1\u2019200 dead"),
        ("200", "12 200 dead"),
        ("200 000", "1 200 000 dead"),
        ("\u0662\u0660\u0660", "\u0661\u066c\u0662\u0660\u0660"),
        ("5", "5.2 million"),
        ("2", "5.2 million"),
        ("5.2", "5.2 million"),
        ("26", "26 thousand"),
        ("26", "26-thousand"),
        ("26", "26 dozen"),
        ("26", "26 lakh"),
        ("26", "26 percent of them"),
        ("26", "26 per cent of them"),
        ("26", "26% of them"),
        ("15", "15-20 dead"),
        ("20", "15-20 dead"),
        ("15", "15\u201320 dead"),
        ("12", "on 12/05/2016"),
        ("10", "at 10:30"),
        ("three", "twenty-three"),
        ("three", "twenty three"),
        ("three", "Twenty\u2011Three".lower()),
        ("twenty", "twenty-three"),
        ("twenty", "twenty\nthree"),
        ("hundred", "one hundred"),
        ("hundred", "one  hundred"),
        ("one", "one\nhundred"),
        ("one hundred", "one hundred and two"),
        ("one hundred", "one hundred two"),
        ("two", "one hundred and two"),
        ("and two", "one hundred and two"),
        ("one hundred and", "one hundred and two"),
        ("two", "one hundred\nand  two"),
        ("dozen", "two dozen"),
        ("two", "two dozen"),
        ("hundred", "26 hundred"),
        ("two", "two-thirds of them"),
        ("one", "one third of them"),
        ("3人死亡", "爆炸造成13人死亡"),
        ("三人死亡", "爆炸造成十三人死亡"),
        ("3", "爆炸造成3万人死亡"),
    ],
)
def test_a_part_of_a_number_is_no_quote(quote: str, text: str) -> None:
    assert find_quote(quote, text) is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("1,200 dead", "Some 1,200 dead."),
        ("26", "killed 26, thousands fled"),
        ("26", "killed 26. 15 were hurt"),
        ("26", "(26)"),
        ("two", "one and two"),
        ("2016", "in 2016 200 people"),
        ("twenty-three", "Now twenty-three dead"),
        ("one hundred and two", "one hundred and two men"),
        ("26 thousand", "26 thousand fled"),
        ("Assad", "Assad's army"),
        ("rebel", "rebel-held"),
        ("三人死亡", "爆炸造成三人死亡"),
        ("3人死亡", "爆炸造成3人死亡"),
        ("ผู้เสียชีวิต", "มีผู้เสียชีวิต 3 คน"),
    ],
)
def test_a_whole_word_or_number_is_a_quote(quote: str, text: str) -> None:
    found = find_quote(quote, text)
    assert found is not None
    assert found.text == quote


def test_every_place_is_found_the_body_before_the_title() -> None:
    article = make_article("Two died. Two died again; two\ndied.", title="Two died")
    found = Searchable(article).find("Two died")
    assert [(quote.field, quote.start) for quote in found] == [
        ("text", 0),
        ("text", 10),
        ("title", 0),
    ]


def test_a_missing_title_holds_nothing() -> None:
    assert Searchable(make_article("Two died", title=None)).find("headline") == ()


def test_the_place_nearest_to_an_anchor_is_chosen() -> None:
    article = make_article("Two died. " * 3 + "Here. " + "Two died. " * 3)
    searchable = Searchable(article)
    (anchor,) = searchable.find("Here")
    places = searchable.find("Two died")
    near = choose_nearest(places, (anchor,))
    assert near is not None
    assert near.start == 20
    assert choose_nearest(places, ()) == places[0]
    assert choose_nearest((), (anchor,)) is None


@pytest.mark.parametrize(("anchor", "field"), [("Headline", "title"), ("body", "text")])
def test_an_anchor_draws_quotes_of_its_own_field_only(anchor: str, field: str) -> None:
    article = make_article("Two died. The body.", title="Headline: Two died")
    searchable = Searchable(article)
    near = choose_nearest(searchable.find("Two died"), searchable.find(anchor))
    assert near is not None
    assert near.field == field


@settings(deadline=None)  # no clock decides
@given(
    words=st.lists(st.sampled_from([w for w in WORDS.split() if w[0].isalpha()]), min_size=1),
    gaps=st.lists(st.sampled_from([" ", "  ", "\n", "\r\n", "\u00a0"]), min_size=40),
    ends=st.tuples(st.integers(0, 39), st.integers(1, 40)),
)
def test_any_run_of_whole_words_is_found_as_it_stands(
    words: list[str], gaps: list[str], ends: tuple[int, int]
) -> None:
    first = ends[0] % len(words)
    last = first + ends[1]
    pieces = [word + gap for word, gap in zip(words, gaps, strict=False)]
    text, quote = "".join(pieces), "".join(pieces[first:last]).strip()
    places = Searchable(make_article(text)).find(quote)
    start = len("".join(pieces[:first]))
    assert (start, Match.EXACT) in [(place.start, place.match) for place in places]


@settings(deadline=None)  # no clock decides
@given(text=st.text(st.sampled_from(WORDS + "\u0301\u11a8\u0327 \n-'\u2019😀\u200d"), min_size=1))
def test_a_text_in_another_canonical_form_is_found_whole(text: str) -> None:
    for form in ("NFC", "NFD"):
        wanted = unicodedata.normalize(form, text).strip()
        if any(map(str.isalnum, wanted)) and text.strip():
            found = find_quote(wanted, text.strip())
            assert found is not None
            assert found.text == text.strip()


@settings(deadline=None)  # no clock decides
@given(text=st.text(min_size=1), ends=st.tuples(st.integers(0, 99), st.integers(0, 99)))
def test_whatever_is_found_slices_to_its_own_words(text: str, ends: tuple[int, int]) -> None:
    article = make_article(text, title=text[::-1])
    for quote in Searchable(article).find(text[min(ends) : max(ends)]):
        assert article.slice(quote) == quote.text
        assert any(map(str.isalnum, quote.text))


@pytest.mark.slow
def test_a_very_long_article_is_searched_in_seconds() -> None:
    text = ("The shells of the army killed 12 people near the town\u2019s square. " * 20_000)[
        : 10**6
    ]
    searchable = Searchable(make_article(text))
    started = time.process_time()
    for n in range(25):
        searchable.find(f"not {n} in here")
        searchable.find("near the town's square" if n % 2 else "the")
    assert time.process_time() - started < 8
