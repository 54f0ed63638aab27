"""What must hold of any scores: what they do when the prediction is changed in a known way."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from perturbing import (
    GOLD,
    everything,
    predicted,
    respelt,
    shuffled,
    with_blame,
    with_count,
    without_count,
)

from eval.cells import Cell, CellKind, CellState
from eval.gold import Labelled
from eval.predictions import Prediction, open_predictions
from eval.scores.summary import Summary, summarise
from eval.scoring.article import score_article, score_set
from extractor.codes import Outcome, Qualifier, SpeakerType, Stance, Standing
from extractor.numerals import Number
from extractor.records import BlameClaim, CountClaim, Speaker

ARTICLES = sorted(GOLD.labelled)
few = settings(max_examples=25, deadline=None)
articles = st.sampled_from(ARTICLES).map(lambda name: GOLD.labelled[name])


def summary_of(predictions: Iterable[Prediction]) -> Summary:
    return summarise(score_set(GOLD, predictions).cells, seed=0, intervals=False)


def judged(cells: Iterable[Cell]) -> Counter[tuple[object, ...]]:
    """What cells say, without the ids of the prediction and the spelling of its words."""
    return Counter(
        (one.article_id, one.kind, one.state, one.mistake, one.gold_id, one.gold, one.harms)
        for one in cells
    )


def cells_of(one: Labelled, prediction: Prediction | None) -> Sequence[Cell]:
    return score_article(one, prediction).cells


def test_gold_against_itself_is_right_everywhere_and_does_no_harm() -> None:
    summary = summary_of(everything())
    assert {row.kind for row in summary.headline if row.f1.value is None} == set()
    for row in summary.headline:
        for score in (row.f1, row.precision, row.recall, row.by_article, *row.by_stratum.values()):
            assert score.value == 1.0, score.name
        assert row.conditional.value in (1.0, None)
    assert [one.harm for one in summary.harms if one.rate.counts["right"]] == []
    cells = score_set(GOLD, everything()).cells
    kept = {CellState.CORRECT, CellState.ABSTAINED, CellState.EXCUSED}
    assert {one.state for one in cells} <= kept
    assert [one.key for one in cells if one.mistake is not None] == []


@pytest.mark.parametrize("name", ARTICLES)
def test_every_harm_that_gold_offers_has_an_opportunity_or_says_so(name: str) -> None:
    one = GOLD.labelled[name]
    for cell in cells_of(one, predicted(one)):
        assert set(cell.harms) <= set(cell.opportunities)


@few
@given(one=articles, seed=st.integers(0, 10_000))
def test_order_and_ids_say_nothing(one: Labelled, seed: int) -> None:
    told = predicted(one)
    assert judged(cells_of(one, shuffled(told, seed))) == judged(cells_of(one, told))


@few
@given(one=articles, seed=st.integers(0, 10_000), dropped=st.integers(0, 20))
def test_order_says_nothing_of_a_flawed_prediction_either(
    one: Labelled, seed: int, dropped: int
) -> None:
    claims = [claim.id for incident in one.gold.incidents for claim in incident.counts]
    told = predicted(one)
    if claims:
        told = with_count(told, claims[dropped % len(claims)], ten_times)
        told = without_count(told, claims[(dropped + 1) % len(claims)])
    assert judged(cells_of(one, shuffled(told, seed))) == judged(cells_of(one, told))


@pytest.mark.parametrize("name", ARTICLES)
def test_the_unicode_form_of_names_says_nothing(name: str) -> None:
    one = GOLD.labelled[name]
    told = predicted(one)
    assert judged(cells_of(one, respelt(told))) == judged(cells_of(one, told))


def test_the_order_of_keys_and_the_way_through_a_file_say_nothing(tmp_path: Path) -> None:
    path = tmp_path / "predictions.jsonl"
    rows = [
        {
            "cumulative": [json.loads(claim.model_dump_json()) for claim in told.cumulative],
            "incidents": [
                dict(reversed(list(json.loads(incident.model_dump_json()).items())))
                for incident in told.incidents
            ],
            "text_sha256": told.text_sha256,
            "article_id": told.article_id,
        }
        for told in reversed(everything())
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert score_set(GOLD, open_predictions(path)).cells == score_set(GOLD, everything()).cells


def test_the_spelling_of_a_number_says_nothing() -> None:
    one, claim = next(
        (one, claim)
        for one in GOLD.labelled.values()
        for incident in one.gold.incidents
        for claim in incident.counts
        if claim.number.qualifier is Qualifier.EXACT and not one.gold.is_optional(incident.id)
    )
    for spelling in ("1,200", "1200", "1.200", "one thousand two hundred"):
        changed = with_count(
            predicted(one),
            claim.id,
            lambda told, text=spelling: told.model_copy(
                update={"number": told.number.model_copy(update={"text": text})}
            ),
        )
        assert judged(cells_of(one, changed)) == judged(cells_of(one, predicted(one)))


def ten_times(claim: CountClaim) -> CountClaim:
    number = claim.number
    if number.lower is None and number.upper is None:
        wrong = Number(text="977", lower=977, upper=977, qualifier=Qualifier.EXACT)
    else:
        lower = None if number.lower is None else number.lower * 10 + 7
        upper = None if number.upper is None else number.upper * 10 + 7
        qualifier = Qualifier.EXACT if number.qualifier is Qualifier.NONE else number.qualifier
        wrong = number.model_copy(update={"lower": lower, "upper": upper, "qualifier": qualifier})
    return claim.model_copy(update={"number": wrong})


def other_speaker(claim: CountClaim) -> CountClaim:
    stranger = Speaker(name_text="Zanzibar Gazette", type=SpeakerType.OTHER_MEDIA)
    return claim.model_copy(update={"speakers": (stranger,)})


def other_standing(claim: CountClaim) -> CountClaim:
    standing = (
        Standing.POLICE_OR_SECURITY
        if claim.group.standing is not Standing.POLICE_OR_SECURITY
        else Standing.MIXED
    )
    group = claim.group.model_copy(update={"standing": standing})
    return claim.model_copy(update={"group": group})


def other_outcome(claim: CountClaim) -> CountClaim:
    outcome = (
        Outcome.DISPLACED if claim.outcome is not Outcome.DISPLACED else Outcome.SEXUAL_VIOLENCE
    )
    return claim.model_copy(update={"outcome": outcome})


CLAIMS = [
    pytest.param(name, claim.id, id=f"{name}-{claim.id}")
    for name, one in GOLD.labelled.items()
    for incident in one.gold.incidents
    if not one.gold.is_optional(incident.id)
    for claim in incident.counts
    if not one.gold.is_optional(claim.id)
]


@pytest.mark.parametrize("change", [ten_times, other_speaker, other_standing, other_outcome])
@pytest.mark.parametrize(("name", "claim_id"), CLAIMS)
def test_one_part_of_one_claim_moves_exactly_one_cell(
    name: str, claim_id: str, change: Callable[[CountClaim], CountClaim]
) -> None:
    one = GOLD.labelled[name]
    before = cells_of(one, predicted(one))
    after = cells_of(one, with_count(predicted(one), claim_id, change))
    moved = [
        (was, now)
        for was, now in zip(_counts(before), _counts(after), strict=True)
        if was.state is not now.state
    ]
    assert [now.gold_id for _, now in moved] == [claim_id]
    assert [now.state for _, now in moved] == [CellState.WRONG]
    others = (CellKind.COUNT, CellKind.TOLL)  # the toll view shows the same figure once more
    assert judged(c for c in before if c.kind not in others) == judged(
        c for c in after if c.kind not in others
    )


def _counts(cells: Iterable[Cell]) -> list[Cell]:
    return sorted(
        (one for one in cells if one.kind is CellKind.COUNT),
        key=lambda one: (one.gold_id or "", one.predicted_id or ""),
    )


BLAMES = [
    pytest.param(name, blame.id, id=f"{name}-{blame.id}")
    for name, one in GOLD.labelled.items()
    for incident in one.gold.incidents
    if not one.gold.is_optional(incident.id)
    for blame in incident.blames
    if blame.accused and not one.gold.is_optional(blame.id)
]


@pytest.mark.parametrize(("name", "blame_id"), BLAMES)
def test_one_stance_moves_exactly_one_cell(name: str, blame_id: str) -> None:
    one = GOLD.labelled[name]
    before = cells_of(one, predicted(one))

    def restance(blame: BlameClaim) -> BlameClaim:
        other = Stance.CHARGED if blame.stance is not Stance.CHARGED else Stance.SUSPECTED
        return blame.model_copy(update={"stance": other})

    after = cells_of(one, with_blame(predicted(one), blame_id, restance))
    moved = judged(before) - judged(after)
    assert sum(moved.values()) == 1
    ((_, kind, _, _, gold_id, *_),) = moved
    assert (kind, gold_id) == (CellKind.BLAME, blame_id)


@few
@given(one=articles, taken=st.integers(0, 30))
def test_a_right_claim_that_is_added_lowers_no_score(one: Labelled, taken: int) -> None:
    claims = [claim.id for incident in one.gold.incidents for claim in incident.counts]
    if not claims:
        return
    others = [told for told in everything() if told.article_id != one.gold.article_id]
    whole = predicted(one)
    less = without_count(whole, claims[taken % len(claims)])
    before, after = summary_of([*others, less]), summary_of([*others, whole])
    for was, now in zip(before.headline, after.headline, strict=True):
        for name in ("f1", "precision", "recall", "by_article"):
            old, new = getattr(was, name).value, getattr(now, name).value
            assert new is not None
            assert old is None or new >= old, name


@pytest.mark.parametrize(("name", "claim_id"), CLAIMS)
def test_a_speaker_that_is_dropped_costs_recall(name: str, claim_id: str) -> None:
    one = GOLD.labelled[name]
    after = _counts(cells_of(one, without_count(predicted(one), claim_id)))
    assert claim_id in [cell.gold_id for cell in after if cell.state is CellState.MISSED]
    others = [told for told in everything() if told.article_id != name]
    less = summary_of([*others, without_count(predicted(one), claim_id)])
    recall = next(row.recall for row in less.headline if row.kind is CellKind.COUNT)
    assert recall.value is not None
    assert recall.value < 1.0
