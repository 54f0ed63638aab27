"""Figures: what holds for any number and any text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.codes import Qualifier
from extractor.numerals import Number, find_numbers, read_number


@pytest.mark.parametrize(
    "pattern",
    ["1", "1 ", "100 ", "and ", " ", "\n", "-", "1-", "1.1,", "a ", "one hundred and ", "twenty-",
     "at least ", "a couple of ", "no more than about ", "five, ", "aged 5 and ", "1-1x"],
)  # fmt: skip
def test_time_grows_only_with_length(pattern: str) -> None:
    text = pattern * (30_000 // len(pattern))
    start = time.process_time()
    find_numbers(text)
    read_number(text)
    assert time.process_time() - start < 3.0  # seconds; anything quadratic takes far longer


def _list(words: str) -> list[str]:
    return words.split()


@pytest.mark.slow
def test_a_million_characters_of_news_take_seconds() -> None:
    text = "On 3 May at least 26 people died and five soldiers, aged 20 to 25, fled. " * 14_000
    start = time.process_time()
    assert len(find_numbers(text)) == 2 * 14_000
    assert time.process_time() - start < 6.0  # an idle machine needs about 2


_ONES = _list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = _list("twenty thirty forty fifty sixty seventy eighty ninety")


def spell(n: int) -> str:
    if n >= 1000:
        thousands = f"{spell(n // 1000)} thousand"
        return f"{thousands} {spell(n % 1000)}" if n % 1000 else thousands
    if n >= 100:
        hundreds = f"{spell(n // 100)} hundred"
        return f"{hundreds} and {spell(n % 100)}" if n % 100 else hundreds
    if n >= 20:
        tens = _TENS[n // 10 - 2]
        return f"{tens}-{spell(n % 10)}" if n % 10 else tens
    return _ONES[n]


@given(st.integers(min_value=1, max_value=999_999))
def test_digits_separators_and_words_read_as_the_same_number(n: int) -> None:
    for words in (str(n), f"{n:,}", f"{n:,}".replace(",", "\u00a0"), spell(n)):
        number = read_number(words)
        assert number == Number(text=words, lower=n, upper=n, qualifier=Qualifier.EXACT)


_PIECES = (
    *("one", "two", "twenty", "hundred", "thousand", "dozen", "a", "and", "or", "to", "between"),
    *("at least", "no", "more than", "of", "the", "half", "third", "several", "12", "1,200"),
    *(
        " ",
        "-",
        "\u2013",
        "\u2014",
        ",",
        ".",
        "\n\n",
        "'",
        "\u0130",
        "people",
        "bodies",
        "may",
        "$",
    ),
)


@given(st.text() | st.lists(st.sampled_from(_PIECES)).map("".join)
       | st.lists(st.sampled_from(_PIECES)).map(" ".join))  # fmt: skip
def test_any_text_is_read_and_every_span_is_its_figure(text: str) -> None:
    read_number(text)
    last = 0
    for found in find_numbers(text):
        assert last <= found.start < found.end
        assert text[found.start : found.end] == found.number.text
        last = found.end
