"""A claim may be right and unproved: made-up quotes are told, whatever they prove."""

import pytest
from grading import article, count, incident, labelled, prediction, quote

from eval.cells import CellKind, CellState, Harm
from eval.scoring.article import score_article
from extractor.records import Match, Quote

TEXT = "Shells hit the “old” market — 26 people were killed,\n the mayor said."
HERE = article(TEXT)


def words(text: str, start: int, end: int) -> Quote:
    return Quote(field="text", start=start, end=end, text=text, match=Match.EXACT)


@pytest.mark.parametrize(
    ("told", "harmed"),
    [
        pytest.param(words("26 people were killed", 30, 51), False, id="as it stands"),
        pytest.param(words('the "old" market - 26', 11, 32), False, id="typography"),
        pytest.param(words("killed, the mayor", 45, 63), False, id="white space"),
        pytest.param(words("27 people were killed", 30, 51), True, id="a digit"),
        pytest.param(words("26 people were killed", 29, 50), True, id="elsewhere"),
        pytest.param(words("I MADE THIS UP", 0, 14), True, id="made up"),
        pytest.param(words("26 people were killed", 900, 921), True, id="behind the end"),
        pytest.param(words("", 30, 30), True, id="nothing"),
    ],
)
def test_a_right_claim_with_a_made_up_quote_is_told(told: Quote, harmed: bool) -> None:
    proved = words("26 people were killed", 30, 51)
    one = labelled(incident("i1", [count("c1", 26, quotes=(proved,))]), of=HERE)
    said = prediction(incident("i1", [count("c1", 26, quotes=(told,))]), of=HERE)
    (cell,) = [c for c in score_article(one, said).cells if c.kind is CellKind.COUNT]
    assert cell.state is CellState.CORRECT
    assert Harm.UNPROVED_CLAIM in cell.opportunities
    assert (Harm.UNPROVED_CLAIM in cell.harms) is harmed


def test_a_claim_told_again_is_no_new_opportunity() -> None:
    proved = words("26 people were killed", 30, 51)
    claims = [count(f"c{n}", 26, quotes=(proved,)) for n in range(3)]
    one = labelled(incident("i1", claims[:1]), of=HERE)
    cells = score_article(one, prediction(incident("i1", claims), of=HERE)).cells
    assert sum(Harm.UNPROVED_CLAIM in cell.opportunities for cell in cells) == 1


def test_an_invented_claim_is_an_opportunity_only_if_it_is_unproved() -> None:
    proved, made_up = words("26 people were killed", 30, 51), words("I MADE THIS UP", 0, 14)
    one = labelled(incident("i1", [count("c1", 26, quotes=(made_up,))]), of=HERE)
    for quoted, harms in ((proved, 1), (made_up, 6)):
        vague = [count(f"x{n}", "several", quotes=(quoted,)) for n in range(5)]
        said = prediction(incident("i1", [count("c1", 26, quotes=(made_up,)), *vague]), of=HERE)
        cells = score_article(one, said).cells
        assert sum(Harm.UNPROVED_CLAIM in cell.opportunities for cell in cells) == harms
        assert sum(Harm.UNPROVED_CLAIM in cell.harms for cell in cells) == harms


def test_what_is_not_predicted_is_no_opportunity() -> None:
    one = labelled(incident("i1", [count("c1", 26, quotes=(quote(),))]), of=HERE)
    cells = score_article(one, None).cells
    assert not any(Harm.UNPROVED_CLAIM in cell.opportunities for cell in cells)
