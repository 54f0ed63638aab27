"""What a sentence blames, denies or doubts, told from what it says happened."""

import pytest

from extractor.article import Article
from extractor.readers.baseline.reading import read_text
from extractor.wire import WireCount


def _counts(text: str) -> list[WireCount]:
    return [
        one for incident in read_text(Article.of(text)).answer.incidents for one in incident.counts
    ]


def _figures(text: str) -> list[tuple[str, int | None]]:
    return [(one.outcome.value, one.number.lower) for one in _counts(text)]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("The ministry blamed the River Front for a bombing that killed 14.", 14),
        ("Herders blamed soldiers for killing three traders.", 3),
        ("A rights group said the militia was responsible for Sunday's raid that killed 31.", 31),
        ("The bishop condemned Friday's bombing that killed 22.", 22),
        ("Residents accused the police of killing five students in Brod on Friday.", 5),
    ],
)
def test_who_blames_somebody_tells_the_deed(text: str, killed: int) -> None:
    assert _figures(text) == [("killed", killed)]


@pytest.mark.parametrize(
    "text",
    [
        "Police held a man accused of killing six nurses.",
        "The front has been blamed for a bombing that killed 30.",
        "A commander responsible for attacks that killed 12 is wanted.",
        "A man was accused of killing six nurses.",
    ],
)
def test_who_is_told_of_by_what_he_is_blamed_for_recalls_it(text: str) -> None:
    assert _figures(text) == []
