"""A scored article: alignment and cells of every kind, in one order; and a whole gold set."""

from pathlib import Path

import pytest
from grading import HOSPITAL, POLICE, article, blame, count, incident, labelled, place, prediction
from grading import quote as words

from eval.align import Terms
from eval.cells import CellKind, CellState, Harm, to_jsonl
from eval.gold import GoldError, GoldSet, Labelled, open_gold
from eval.predictions import Prediction
from eval.scoring.article import score_article, score_set
from extractor.codes import InputOutcome, Outcome, Scope
from extractor.records import Incident

GOLD = Path(__file__).parent / "gold"


def _two(prefix: str = "") -> tuple[Incident, Incident]:
    """Two incidents with claims of several speakers."""
    market = incident(
        f"{prefix}i1",
        [
            count(f"{prefix}c1", 26, speakers=(POLICE,)),
            count(f"{prefix}c2", 31, speakers=(HOSPITAL,)),
            count(f"{prefix}c3", 7, Outcome.INJURED),
        ],
        [blame(f"{prefix}b1")],
        evidence=(words(at=0),),
    )
    camp = incident(
        f"{prefix}i2",
        [count(f"{prefix}c4", "several", quotes=(words(at=500),))],
        places=(place("Mosul", lat=36.3, lon=43.1),),
        evidence=(words(at=500),),
    )
    return market, camp


def _perfect(one: Labelled) -> Prediction:
    return Prediction(
        article_id=one.gold.article_id,
        text_sha256=one.gold.text_sha256,
        outcome=InputOutcome.READ,
        incidents=one.gold.incidents,
        cumulative=one.gold.cumulative,
    )


def test_an_article_has_cells_of_every_kind() -> None:
    total = count("c9", 400, scope=Scope.CONFLICT)
    scored = score_article(
        labelled(*_two(), cumulative=(total,)), prediction(*_two(), cumulative=(total,))
    )
    assert {cell.kind for cell in scored.cells} == set(CellKind)
    assert scored.case.alignment.pairs


@pytest.mark.parametrize("name", sorted(path.stem for path in (GOLD / "records").glob("*.json")))
def test_gold_told_as_it_is_has_no_mistake_and_does_no_harm(name: str) -> None:
    one = open_gold(GOLD).labelled[name]
    cells = score_article(one, _perfect(one)).cells
    told = {cell.state for cell in cells}
    assert told <= {CellState.CORRECT, CellState.ABSTAINED, CellState.EXCUSED}
    assert not [cell.mistake for cell in cells if cell.mistake]
    assert not [cell.harms for cell in cells if cell.harms]
    assert all(all(cell.parts.values()) for cell in cells if cell.state is CellState.CORRECT)


@pytest.mark.parametrize("told", [None, prediction()], ids=["absent", "empty"])
def test_no_prediction_counts_as_one_of_nothing(told: Prediction | None) -> None:
    one = labelled(*_two())
    missed = score_article(one, told).cells
    found = score_article(one, prediction(*_two())).cells
    for kind in set(CellKind) - {CellKind.ARTICLE}:
        of_gold = sum(cell.has_gold for cell in found if cell.kind is kind)
        assert sum(cell.has_gold for cell in missed if cell.kind is kind) == of_gold
        assert not any(cell.has_predicted for cell in missed if cell.kind is kind)


def test_the_order_of_incidents_and_claims_changes_no_cell() -> None:
    market, camp = _two()
    turned = market.model_copy(update={"counts": market.counts[::-1]})
    straight = score_article(labelled(market, camp), prediction(market, camp)).cells
    around = score_article(labelled(camp, turned), prediction(camp, turned)).cells
    assert to_jsonl(straight) == to_jsonl(around)


def test_the_names_of_predicted_incidents_and_claims_change_no_state() -> None:
    one = labelled(*_two())
    plain, renamed = (score_article(one, prediction(*_two(prefix))).cells for prefix in ("", "x"))
    assert [(cell.kind, cell.gold_id, cell.state) for cell in plain] == [
        (cell.kind, cell.gold_id, cell.state) for cell in renamed
    ]


def test_the_terms_of_the_alignment_are_passed_on() -> None:
    one, told = labelled(*_two()), prediction(*_two())
    assert not score_article(one, told, terms=Terms(threshold=1.01)).case.alignment.pairs


def test_a_background_incident_takes_nothing_from_one_that_is_due() -> None:
    one = incident("i2", [count("c2", 26)])
    old = incident("i1", [count("c1", 26)], background=True)
    told = incident("i9", [count("c9", 26)])
    cells = score_article(labelled(old, one), prediction(told)).cells
    states = {cell.gold_id: cell.state for cell in cells if cell.kind is CellKind.COUNT}
    assert states == {"c1": CellState.EXCUSED, "c2": CellState.CORRECT}


def test_incidents_made_up_on_a_background_day_are_not_excused() -> None:
    far = (words(at=900),)
    old = incident("i1", [count("c1", 26)], background=True)
    made_up = [
        incident(f"x{n}", [count(f"x{n}c", 70 + n, quotes=far)], evidence=far) for n in range(3)
    ]
    cells = score_article(labelled(old), prediction(old, *made_up)).cells
    spurious = [cell for cell in cells if cell.state is CellState.SPURIOUS]
    assert sum(cell.kind is CellKind.INCIDENT for cell in spurious) == 3
    counts = [cell for cell in spurious if cell.kind is CellKind.COUNT]
    assert sum(Harm.HALLUCINATED_COUNT in cell.harms for cell in counts) == 3


def test_a_prediction_of_another_article_or_text_is_not_scored() -> None:
    one = labelled(*_two())
    with pytest.raises(GoldError, match="'a2' cannot be scored by the labels of 'a1'"):
        score_article(one, prediction(of=article(id="a2")))
    with pytest.raises(GoldError, match="another text than was labelled: 'a1'"):
        score_article(one, prediction(of=article("Other words.")))


def _gold_set(*ids: str) -> GoldSet:
    ones = {name: labelled(*_two(), of=article(id=name)) for name in ids}
    return GoldSet(folder=Path("gold"), labelled=ones)


def test_every_article_of_a_gold_set_is_scored_predicted_or_not() -> None:
    told = [prediction(*_two(), of=article(id=name)) for name in ("a3", "a2")]
    scored = score_set(_gold_set("a2", "a1"), told)
    assert [one.case.gold.article_id for one in scored.articles] == ["a1", "a2"]
    assert [one.case.prediction is None for one in scored.articles] == [True, False]
    assert scored.unknown == ("a3",)
    assert scored.cells == scored.articles[0].cells + scored.articles[1].cells


def test_articles_of_another_text_are_all_named() -> None:
    told = [prediction(of=article("Other words.", id=name)) for name in ("a3", "a1", "a2")]
    with pytest.raises(GoldError, match="another text than was labelled: 'a1', 'a2';"):
        score_set(_gold_set("a1", "a2"), told)


def test_an_article_predicted_twice_is_named() -> None:
    told = [prediction(of=article(id="a1"))] * 2
    with pytest.raises(GoldError, match="predicted more than once: 'a1'"):
        score_set(_gold_set("a1"), told)
