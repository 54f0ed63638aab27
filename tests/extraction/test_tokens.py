import json
from collections import defaultdict
from pathlib import Path

import pytest

from extractor.jobs.distinct import Distinct
from extractor.jobs.tokens import tokens_of, tokens_of_json
from extractor.wire import strict_schema

GOLD = Path(__file__).resolve().parents[2] / "gold" / "articles"

# Of the gold articles of each language, joined by blank lines: benchmarks/tokens/tokens.md, as
# characters a token.
COUNTED = {
    "ar": (1.40, 2.95),
    "en": (4.21, 4.33),
    "es": (3.41, 4.02),
    "fr": (3.25, 3.77),
    "pt": (3.33, 4.06),
    "uk": (1.70, 2.79),
}


@pytest.fixture(scope="module")
def news() -> dict[str, str]:
    """The gold articles of each language."""
    texts: dict[str, list[str]] = defaultdict(list)
    for path in sorted(GOLD.glob("*.json")):
        article = json.loads(path.read_text("utf-8"))
        texts[article["language"]].append(article["text"])
    return {language: "\n\n".join(told) for language, told in texts.items()}


@pytest.mark.parametrize("language", COUNTED)
def test_what_tokenizers_count_lies_within_the_estimate(
    news: dict[str, str], language: str
) -> None:
    text = news[language]
    estimate = tokens_of(text)
    fewest, most = COUNTED[language]
    assert len(text) / estimate.high <= fewest
    assert len(text) / estimate.low >= most


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("", 0, 0, id="nothing"),
        pytest.param("a" * 1000, 225, 255, id="Latin"),
        pytest.param("é" * 1000, 500, 3400, id="Latin with accents"),
        pytest.param("ж" * 1000, 260, 750, id="Cyrillic"),
        pytest.param("ع" * 1000, 330, 1100, id="Arabic"),
        pytest.param("战" * 1000, 550, 1600, id="Chinese"),
        pytest.param("𠀀" * 1000, 550, 1600, id="rare Chinese"),
        pytest.param("전" * 1000, 650, 1500, id="Korean"),
        pytest.param("ጦ" * 1000, 1100, 3400, id="Ethiopic"),
        pytest.param("\N{FACE WITH TEARS OF JOY}" * 1000, 1100, 3400, id="emoji"),
        pytest.param("a" * 1000 + "ж" * 1000, 485, 1005, id="two scripts"),
    ],
)
def test_scripts_differ_in_how_many_tokens_they_take(text: str, low: int, high: int) -> None:
    estimate = tokens_of(text)
    assert (round(estimate.low), round(estimate.high)) == (low, high)


def test_json_takes_more_tokens_than_prose() -> None:
    schema = json.dumps(strict_schema())
    assert tokens_of_json(schema).low > tokens_of(schema).low
    assert tokens_of_json(schema).high > tokens_of(schema).high


def test_equal_texts_are_counted_once() -> None:
    distinct = Distinct()
    told = [distinct.is_new(text) for text in ("a", "b", "a", "\ud800", "\ud800", "c", "b")]
    distinct.close()
    assert told == [True, True, False, True, False, True, False]
