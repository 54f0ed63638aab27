"""Which predicted incident stands for which gold one, and why the others stand alone."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest
from grading import actor, article, blame, count, incident, place, quote, when
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.align import ADVERSARIAL, COUNT_AWARE, FAVOURABLE, Alignment, Terms, align
from extractor.codes import AttackType, DatePrecision, Outcome
from extractor.records import Incident

NAMES = ["Basra", "Mosul", "Kirkuk", "Samarra", "Ramadi", "Tikrit"]
TEXT = "".join(f"In {name} shells hit a market and people died of it. " for name in NAMES)
ARTICLE = article(TEXT)
NOWHEN = when(None, precision=DatePrecision.ON_OR_BEFORE, expression=None)


def _event(name: str, n: int = 0, *told: int, **changed: object) -> Incident:
    """The shelling that the sentence about a town tells of, with a figure for each number told."""
    words = f"In {name} shells hit a market and people died of it."
    fields: dict[str, object] = {
        "id": f"i{n}",
        "evidence": (quote(words, at=TEXT.index(words)),),
        "places": (place(name, lat=30.0 + 2 * NAMES.index(name)),),
        "when": when(date(2016, 11, 10) + timedelta(days=NAMES.index(name))),
        "counts": [count(f"i{n}c{m}", one, quotes=(quote(words, at=TEXT.index(words)),))
                   for m, one in enumerate(told)],
        **changed,
    }  # fmt: skip
    return incident(**fields)  # pyright: ignore[reportArgumentType] - fields of an incident


def _pairs(found: Alignment) -> list[tuple[int, int]]:
    return [(pair.gold, pair.predicted) for pair in found.pairs]


def test_gold_is_aligned_with_itself_pair_by_pair_and_wholly_alike() -> None:
    bare = _event("Ramadi", 3, places=(), when=NOWHEN, attack_types=(AttackType.UNKNOWN,))
    gold = [_event("Basra", 1, 5), _event("Mosul", 2, 7), bare]
    found = align(gold, gold, ARTICLE)
    assert _pairs(found) == [(0, 0), (1, 1), (2, 2)]
    assert all(pair.similarity == 1.0 for pair in found.pairs)
    assert not found.missed
    assert not found.extra
    assert not found.is_ambiguous


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        pytest.param([], [], id="nothing on either side"),
        pytest.param([], [_event("Basra")], id="nothing in gold"),
        pytest.param([_event("Basra")], [], id="nothing predicted"),
    ],
)
def test_an_empty_side_leaves_the_other_alone(
    gold: list[Incident], predicted: list[Incident]
) -> None:
    found = align(gold, predicted, ARTICLE)
    assert not found.pairs
    assert [left.kind for left in found.missed] == ["missed"] * len(gold)
    assert [left.kind for left in found.extra] == ["spurious"] * len(predicted)
    assert found.margin is None
    assert len(found.similarities) == len(gold)


def test_between_equal_evidence_equal_figures_decide_whatever_the_order() -> None:
    # Two incidents of one place, day and sentence: without a second key the order of the
    # prediction alone would decide whether every figure is right or every figure is wrong.
    gold = [_event("Basra", 1, 5), _event("Basra", 2, 9)]
    straight = [_event("Basra", 3, 5), _event("Basra", 4, 9)]
    assert _pairs(align(gold, straight, ARTICLE)) == [(0, 0), (1, 1)]
    assert _pairs(align(gold, straight[::-1], ARTICLE)) == [(0, 1), (1, 0)]
    assert _pairs(align(gold[::-1], straight, ARTICLE)) == [(0, 1), (1, 0)]
    assert align(gold, straight, ARTICLE).is_ambiguous


def test_accused_decide_too_between_equal_evidence() -> None:
    north, south = blame(accused=[actor("North")]), blame(accused=[actor("South")])
    gold = [_event("Basra", 1, blames=(north,)), _event("Basra", 2, blames=(south,))]
    told = [_event("Basra", 3, blames=(south,)), _event("Basra", 4, blames=(north,))]
    assert _pairs(align(gold, told, ARTICLE)) == [(0, 1), (1, 0)]


def test_equal_figures_never_outweigh_evidence() -> None:
    gold = [_event("Basra", 1, 5), _event("Mosul", 2, 9)]
    swapped = [_event("Basra", 3, 9), _event("Mosul", 4, 5)]
    for terms in (Terms(), FAVOURABLE, ADVERSARIAL):
        assert _pairs(align(gold, swapped, ARTICLE, terms=terms)) == [(0, 0), (1, 1)]


def test_doubtful_pairs_can_be_given_to_the_reader_or_taken_from_it() -> None:
    gold = [_event("Basra", 1, 5), _event("Basra", 2, 9)]
    told = [_event("Basra", 3, 5), _event("Basra", 4, 9)]
    assert _pairs(align(gold, told, ARTICLE, terms=FAVOURABLE)) == [(0, 0), (1, 1)]
    assert _pairs(align(gold, told, ARTICLE, terms=ADVERSARIAL)) == [(0, 1), (1, 0)]


def _share_of_equal_figures(size: int, terms: Terms) -> float:
    """How many paired figures are equal when all predicted figures are drawn by lot.

    The incidents are of one day and town, each in a sentence of its own.
    """
    lot = Random(1000 + size)
    equal = paired = 0
    same = {"places": (place(),), "when": when()}
    for _ in range(240 // size):
        gold = [_event(name, n, lot.randint(1, 6), **same) for n, name in enumerate(NAMES[:size])]
        told = [_event(name, n, lot.randint(1, 6), **same) for n, name in enumerate(NAMES[:size])]
        for pair in align(gold, told, ARTICLE, terms=terms).pairs:
            paired += 1
            one, other = gold[pair.gold].counts[0], told[pair.predicted].counts[0]
            equal += one.number.lower == other.number.lower
    assert paired == 240
    return equal / paired


def test_figures_drawn_by_lot_are_right_by_chance_however_many_incidents_there_are() -> None:
    alone = _share_of_equal_figures(1, Terms())
    many = _share_of_equal_figures(4, Terms())
    assert 0.1 < alone < 0.25  # one in six by chance
    assert 0.1 < many < 0.25
    assert _share_of_equal_figures(4, COUNT_AWARE) > 0.3  # what it would be otherwise


def test_an_incident_told_again_is_a_duplicate_and_one_told_in_parts_is_split() -> None:
    gold = [_event("Basra", 1, 5, 9)]
    whole = _event("Basra", 2, 5, 9)
    again = _event("Basra", 3, 9, 5, evidence=())
    part = _event("Basra", 4, 11, evidence=())
    found = align(gold, [again, whole, part], ARTICLE)
    assert _pairs(found) == [(0, 1)]
    assert [(left.index, left.kind, left.of) for left in found.extra] == [
        (0, "duplicate", 0),
        (2, "split", 0),
    ]


def test_the_rest_of_an_incident_told_in_two_is_split_and_no_duplicate() -> None:
    injured = count("c2", 9, Outcome.INJURED)
    gold = [_event("Basra", 1, counts=(count("c1", 5), injured))]
    dead = _event("Basra", 2, counts=(count("c1", 5),))
    hurt = _event("Basra", 3, counts=(injured,), evidence=())
    found = align(gold, [dead, hurt], ARTICLE)
    assert [left.kind for left in found.extra] == ["split"]


def test_what_agrees_with_gold_is_a_duplicate_even_if_the_paired_one_is_wrong() -> None:
    wrong, right = _event("Basra", 2, 77), _event("Basra", 3, 5, when=NOWHEN)
    right = right.model_copy(update={"evidence": right.evidence + _event("Mosul").evidence})
    found = align([_event("Basra", 1, 5)], [wrong, right], ARTICLE)
    assert _pairs(found) == [(0, 0)]
    assert [left.kind for left in found.extra] == ["duplicate"]


def test_gold_incidents_told_as_one_are_merged_and_others_missed() -> None:
    gold = [_event("Basra", 1), _event("Mosul", 2), _event("Kirkuk", 3)]
    both = _event("Basra", 9, places=(*gold[0].places, *gold[1].places), when=NOWHEN,
                  evidence=(*gold[0].evidence, *gold[1].evidence))  # fmt: skip
    found = align(gold, [both], ARTICLE)
    assert _pairs(found) == [(0, 0)]
    assert [(left.index, left.kind, left.of) for left in found.missed] == [
        (1, "merged", 0),
        (2, "missed", None),
    ]


def test_an_invented_incident_is_spurious() -> None:
    found = align([_event("Basra")], [_event("Basra"), _event("Tikrit", 2)], ARTICLE)
    assert [(left.index, left.kind, left.of) for left in found.extra] == [(1, "spurious", None)]


def test_the_threshold_is_a_term() -> None:
    gold, predicted = [_event("Basra")], [_event("Basra", 2, places=(), when=NOWHEN)]
    words = TEXT[: TEXT.index("In Kirkuk")]
    predicted = [predicted[0].model_copy(update={"evidence": (quote(words, at=0),)})]
    similarity = align(gold, predicted, ARTICLE).similarities[0][0] or 0
    assert _pairs(align(gold, predicted, ARTICLE, terms=Terms(threshold=similarity))) == [(0, 0)]
    assert not align(gold, predicted, ARTICLE, terms=Terms(threshold=similarity + 0.01)).pairs


SAME = {"places": (place(),), "when": when()}
"""Place and day of two incidents that have no word in common."""


@pytest.mark.parametrize("first", ["aa", "zz"], ids=["due first", "optional first"])
@pytest.mark.parametrize("terms", [Terms(), FAVOURABLE, ADVERSARIAL])
def test_what_is_due_is_paired_before_what_is_optional(first: str, terms: Terms) -> None:
    due = _event("Basra", 1, 7, summary=first)
    background = _event("Basra", 2, 5, summary="bb", background=True)
    told = [_event("Basra", 3, 5)]
    found = align([background, due], told, ARTICLE, optional=[0], terms=terms)
    assert _pairs(found) == [(1, 0)]
    both = align([background, due], [*told, *told], ARTICLE, optional=[0], terms=terms)
    assert len(both.pairs) == 2


def test_that_something_is_optional_makes_no_doubtful_pair_sure() -> None:
    gold, told = [_event("Basra", 1), _event("Basra", 2)], [_event("Basra", 3)]
    assert align(gold, told, ARTICLE).is_ambiguous
    assert align([*gold, _event("Mosul", 4)], told, ARTICLE, optional=[2]).is_ambiguous


def test_a_second_strike_of_the_same_town_and_day_is_another_incident() -> None:
    gold = [_event("Basra", 1, 5, **SAME), _event("Mosul", 2, 9, **SAME)]
    missed = align(gold, gold[:1], ARTICLE)
    assert [(left.index, left.kind, left.of) for left in missed.missed] == [(1, "missed", None)]
    invented = align(gold[:1], gold, ARTICLE)
    assert [(left.index, left.kind, left.of) for left in invented.extra] == [(1, "spurious", None)]


@pytest.mark.parametrize(
    ("words", "claims", "kind"),
    [
        pytest.param("Mosul", (), "spurious", id="other words"),
        pytest.param(None, (77,), "spurious", id="the whole text and a figure"),
        pytest.param("Basra", (77,), "split", id="its own words"),
        pytest.param(None, (5,), "duplicate", id="its own figure"),
    ],
)
def test_only_what_tells_of_an_optional_incident_is_excused_with_it(
    words: str | None, claims: tuple[int, ...], kind: str
) -> None:
    background = _event("Basra", 1, 5, **SAME)
    told = _event(words or "Basra", 2, *claims, **SAME)
    if words is None:
        told = told.model_copy(update={"evidence": (quote(TEXT, at=0),)})
    found = align([background], [background, told], ARTICLE, optional=[0])
    assert [left.kind for left in found.extra] == [kind]
    assert [left.of for left in found.extra] == [None if kind == "spurious" else 0]


@st.composite
def _articles(draw: st.DrawFn) -> tuple[list[Incident], list[Incident]]:
    """Gold and predicted incidents, some alike, some the same but for their claims."""

    def some() -> list[Incident]:
        towns = draw(st.lists(st.sampled_from(NAMES[:3]), max_size=4))
        dated = [draw(st.booleans()) for _ in towns]
        return [
            _event(
                town,
                n,
                *draw(st.lists(st.integers(1, 3), max_size=2)),
                **({} if is_dated else {"when": NOWHEN}),
            )
            for n, (town, is_dated) in enumerate(zip(towns, dated, strict=True))
        ]

    return some(), some()


def _without_ids(one: Incident) -> str:
    claims = sorted(claim.model_dump_json(exclude={"id"}) for claim in one.counts)
    return one.model_dump_json(exclude={"id", "counts"}) + "".join(claims)


def _told(
    found: Alignment, gold: Sequence[Incident], predicted: Sequence[Incident]
) -> list[tuple[str, ...]]:
    """What an alignment says, by content instead of place."""
    told = [
        (_without_ids(gold[one.gold]), _without_ids(predicted[one.predicted]))
        for one in found.pairs
    ]
    told += [(left.kind, _without_ids(gold[left.index])) for left in found.missed]
    told += [(left.kind, _without_ids(predicted[left.index])) for left in found.extra]
    return sorted(told)


@given(_articles(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_order_and_ids_change_nothing(
    both: tuple[list[Incident], list[Incident]], lot: Random
) -> None:
    gold, predicted = both
    first = align(gold, predicted, ARTICLE)
    turned = [_renamed(one, f"z{n}") for n, one in enumerate(lot.sample(gold, len(gold)))]
    other = [_renamed(one, f"y{n}") for n, one in enumerate(lot.sample(predicted, len(predicted)))]
    second = align(turned, other, ARTICLE)
    assert _told(first, gold, predicted) == _told(second, turned, other)
    assert first.margin == second.margin


def _renamed(one: Incident, name: str) -> Incident:
    counts = [
        claim.model_copy(update={"id": f"{name}c{n}"}) for n, claim in enumerate(one.counts[::-1])
    ]
    return one.model_copy(update={"id": name, "counts": tuple(counts)})


@given(_articles())
@settings(max_examples=50, deadline=None)
def test_everybody_is_in_one_pair_or_left_alone(
    both: tuple[list[Incident], list[Incident]],
) -> None:
    gold, predicted = both
    found = align(gold, predicted, ARTICLE)
    rows = [pair.gold for pair in found.pairs] + [left.index for left in found.missed]
    columns = [pair.predicted for pair in found.pairs] + [left.index for left in found.extra]
    assert sorted(rows) == list(range(len(gold)))
    assert sorted(columns) == list(range(len(predicted)))
    for left in found.missed:
        assert (left.kind == "merged") == (left.of in {pair.predicted for pair in found.pairs})
    for left in found.extra:
        assert (left.kind != "spurious") == (left.of in {pair.gold for pair in found.pairs})


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True), st.data())
@settings(max_examples=40, deadline=None)
def test_dropping_an_incident_leaves_the_other_pairs(towns: list[str], data: st.DataObject) -> None:
    gold = [_event(town, n, n) for n, town in enumerate(towns)]
    dropped = data.draw(st.integers(0, len(towns) - 1))
    found = align(gold, [one for n, one in enumerate(gold) if n != dropped], ARTICLE)
    assert [pair.gold for pair in found.pairs] == [n for n in range(len(gold)) if n != dropped]
    assert [left.index for left in found.missed] == [dropped]
