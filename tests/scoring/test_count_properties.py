"""What holds of the counts of any incident, whatever was predicted of it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from counting import (
    CHILDREN,
    CIVILIANS,
    SOLDIERS,
    WOMEN,
    cells_of,
    parts,
    replaced,
    states,
    the,
    without,
)
from grading import (
    HOSPITAL,
    MONITOR,
    POLICE,
    VOICE,
    alternative,
    case,
    count,
    figure,
    group,
    incident,
    quote,
    speaker,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eval.cells import Cell, CellState, Harm
from eval.scoring.counts import count_cells
from eval.scoring.subsets import subset_violations
from eval.scoring.tolls import toll_cells
from extractor.codes import (
    Hedge,
    Outcome,
    Role,
    SpeakerType,
)
from extractor.records import CountClaim, Incident

# What holds for every case

OUTCOMES = (Outcome.KILLED, Outcome.INJURED, Outcome.MISSING)
GROUPS = (group("people"), CIVILIANS, SOLDIERS, CHILDREN, WOMEN, group("passengers"))
SPEAKERS = (VOICE, POLICE, HOSPITAL, MONITOR)
TOLD = (3, 4, 12, 17, 26, 40, (10, 15), "at least 26", "about 100", "dozens", "unknown", "none")


@st.composite
def incidents(draw: st.DrawFn, id: str = "i1", most: int = 6) -> Incident:  # noqa: A002
    """An incident with claims that may share their words, their key or both."""
    counts: list[CountClaim] = []
    for number in range(draw(st.integers(1, most))):
        wholes = [one.id for one in counts if one.part_of is None]
        at = draw(st.sampled_from([0, 10, 300, 600]))
        counts.append(
            count(
                f"{id}c{number}",
                draw(st.sampled_from(TOLD)),
                draw(st.sampled_from(OUTCOMES)),
                group=draw(st.sampled_from(GROUPS)),
                speakers=(draw(st.sampled_from(SPEAKERS)),),
                part_of=draw(st.sampled_from([None, None, *wholes])),
                quotes=(quote(at=at),),
                hedge=draw(st.sampled_from([Hedge.NONE, Hedge.UNVERIFIED])),
            )
        )
    return incident(id, counts)


def told_of(cells: Sequence[Cell]) -> dict[str | None, tuple[Any, ...]]:
    """What is said of each gold claim."""
    return {cell.gold_id: (cell.state, cell.parts, cell.mistake) for cell in cells}


def is_unmistakable(where: Incident) -> bool:
    """Whether no two claims are alike in everything but their number."""
    keys = [one.model_dump_json(exclude={"id", "number", "hedge"}) for one in where.counts]
    return len(set(keys)) == len(keys)


@given(incidents())
def test_any_incident_is_right_against_itself(where: Incident) -> None:
    cells = count_cells(case([where], [where]))
    assert states(cells) == {"correct": len(where.counts)}
    assert {harm for cell in cells for harm in cell.harms} <= {Harm.SUBSET_VIOLATION}


@given(incidents(), incidents(), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(one: Incident, other: Incident, luck: Any) -> None:
    def shuffled(where: Incident) -> Incident:
        counts = list(where.counts)
        luck.shuffle(counts)
        return where.model_copy(update={"counts": tuple(counts)})

    def rows(gold: Incident, predicted: Incident) -> Counter[str]:
        cells = count_cells(case([gold], [predicted]))
        return Counter(cell.model_dump_json(exclude={"predicted_id", "gold_id"}) for cell in cells)

    assert rows(one, other) == rows(shuffled(one), shuffled(other))


@pytest.mark.parametrize("whole", ["p1", "p2"])
@pytest.mark.parametrize("turned", [False, True], ids=["listed", "turned"])
def test_it_does_not_matter_on_which_of_two_equal_wholes_a_part_hangs(
    whole: str, turned: bool
) -> None:
    gold = [count("t", 10), count("k", 4, group=CHILDREN, part_of="t")]
    told = [count("p1", 12), count("p2", 12), count("k", 4, group=CHILDREN, part_of=whole)]
    cells = cells_of(gold, told[::-1] if turned else told)
    assert the(cells, "t").state is CellState.WRONG
    assert the(cells, "k").state is CellState.CORRECT


def test_of_parts_as_large_each_is_too_large_whatever_its_id() -> None:
    women = count("f", 5, group=WOMEN, part_of="w")
    twins = [count(one, 6, group=CHILDREN, part_of="w") for one in ("a", "b")]
    (found,) = subset_violations(parts(*twins, women))
    assert found.parts == ("a", "b", "f")


@settings(max_examples=60)
@given(incidents(), incidents(id="i2"), st.randoms(use_true_random=False))
def test_neither_order_nor_ids_say_anything_of_a_flawed_prediction(
    gold: Incident, other: Incident, luck: Any
) -> None:
    quotes = (quote(at=0), quote("title", title=True), quote(at=40))
    flawed = [
        one.model_copy(
            update={
                "number": figure(luck.choice([4, 12, 26])),
                "speakers": (VOICE, POLICE) if luck.random() < 0.3 else one.speakers,
                "quotes": quotes if luck.random() < 0.3 else one.quotes,
            }
        )
        for one in (*gold.counts, *other.counts)
        if luck.random() < 0.8
    ]
    kept = {one.id for one in flawed}
    whole = [
        one.model_copy(update={"part_of": one.part_of if one.part_of in kept else None})
        for one in flawed
    ]
    twice = [*whole, *(one.model_copy(update={"id": f"{one.id}d"}) for one in whole[::2])]
    names = [f"x{n}" for n in range(len(twice))]
    luck.shuffle(names)
    other_id = dict(zip((one.id for one in twice), names, strict=True))
    turned = [
        one.model_copy(
            update={
                "id": other_id[one.id],
                "part_of": one.part_of and other_id[one.part_of],
                "speakers": one.speakers[::-1],
                "quotes": one.quotes[::-1],
            }
        )
        for one in twice
    ]
    luck.shuffle(turned)

    def rows(counts: Sequence[CountClaim]) -> Counter[str]:
        made = case([gold], [gold.model_copy(update={"counts": tuple(counts)})])
        cells = [*count_cells(made), *toll_cells(made)]
        return Counter(cell.model_dump_json(exclude={"predicted_id"}) for cell in cells)

    assert rows(turned) == rows(twice)


def test_the_order_of_claims_alike_does_not_decide_which_is_missed() -> None:
    twins = [count("a", 12), count("b", 12, hedge=Hedge.UNVERIFIED)]
    told = [count("x", 12)]
    missed = {
        next(cell.gold_id for cell in cells_of(gold, told) if cell.state is CellState.MISSED)
        for gold in (twins, twins[::-1])
    }
    assert len(missed) == 1


@given(incidents(), st.data())
def test_one_part_of_one_predicted_claim_changes_exactly_one_cell(
    where: Incident, data: st.DataObject
) -> None:
    victim = data.draw(st.sampled_from(where.counts))
    changes: list[dict[str, Any]] = [
        {"number": figure(data.draw(st.sampled_from([1, 5, 77, "scores", (1, 1000)])))},
        {"outcome": Outcome.DISPLACED},
        {"group": group("medics", roles=(Role.MEDIC,))},
        {"speakers": (speaker("the army", SpeakerType.MILITARY),)},
    ]
    changed = data.draw(st.sampled_from(changes))
    before = count_cells(case([where], [where]))
    after = count_cells(case([where], [replaced(where, victim.id, **changed)]))
    assert len(after) == len(before)
    assert states(after) == Counter(correct=len(before) - 1, wrong=1) - Counter()
    wrong = next(cell for cell in after if cell.state is CellState.WRONG)
    assert next(name for name, right in wrong.parts.items() if not right) == next(iter(changed))


@given(incidents(), st.data())
def test_one_perturbed_claim_may_take_the_key_of_another(
    where: Incident, data: st.DataObject
) -> None:
    victim = data.draw(st.sampled_from(where.counts))
    changes: list[dict[str, Any]] = [
        {"number": figure(data.draw(st.sampled_from(TOLD)))},
        {"outcome": data.draw(st.sampled_from(OUTCOMES))},
        {"group": data.draw(st.sampled_from(GROUPS))},
        {"speakers": (data.draw(st.sampled_from(SPEAKERS)),)},
    ]
    changed = data.draw(st.sampled_from(changes))
    assume(is_unmistakable(where))
    after = count_cells(case([where], [replaced(where, victim.id, **changed)]))
    assert states(after)["wrong"] <= 1
    assert states(after)["correct"] >= len(where.counts) - 1
    assert len(after) == len(where.counts)


@settings(max_examples=60)
@given(incidents(), st.data())
def test_a_right_claim_added_never_lowers_a_score(where: Incident, data: st.DataObject) -> None:
    wholes = [one.id for one in where.counts if one.part_of is None]
    dropped = data.draw(st.sampled_from([one.id for one in where.counts]))
    if dropped in wholes and any(one.part_of == dropped for one in where.counts):
        return
    other = data.draw(st.sampled_from([one.id for one in where.counts]))
    noise = {"number": figure(999), "speakers": (speaker("x", SpeakerType.OTHER),)}
    full = replaced(where, other, **noise) if other != dropped else where
    less = states(count_cells(case([where], [without(full, dropped)])))
    more = states(count_cells(case([where], [full])))
    assert more["correct"] >= less["correct"] + 1
    assert more["wrong"] + more["spurious"] <= less["wrong"] + less["spurious"]


@given(incidents(), st.data())
def test_dropping_a_speakers_claim_misses_exactly_that_one(
    where: Incident, data: st.DataObject
) -> None:
    leaves = [one.id for one in where.counts if not any(o.part_of == one.id for o in where.counts)]
    dropped = data.draw(st.sampled_from(leaves))
    cells = count_cells(case([where], [without(where, dropped)]))
    assert states(cells) == Counter(correct=len(where.counts) - 1, missed=1) - Counter()
    if is_unmistakable(where):
        assert the(cells, dropped).state is CellState.MISSED


@given(incidents(), incidents())
def test_harms_are_always_among_the_opportunities(one: Incident, other: Incident) -> None:
    cells = count_cells(case([one], [other]))
    assert all(set(cell.harms) <= set(cell.opportunities) for cell in cells)
    assert sum(cell.has_gold for cell in cells) == len(one.counts)
    assert sum(cell.has_predicted for cell in cells) == len(other.counts)


@given(incidents(), incidents(), st.sampled_from([{"number": figure(26)}, {"group": CHILDREN}]))
def test_a_second_reading_never_makes_a_prediction_worse(
    one: Incident, other: Incident, changed: dict[str, Any]
) -> None:
    id_ = one.counts[0].id
    before = states(count_cells(case([one], [one])))
    after = states(count_cells(case([one], [one], alternatives=(alternative(id_, **changed),))))
    assert after == before
    assert sum(before.values()) == len(one.counts)


@given(incidents())
def test_claims_may_change_their_ids(where: Incident) -> None:
    def renamed(claim: CountClaim) -> CountClaim:
        whole = f"x{claim.part_of}" if claim.part_of else None
        return claim.model_copy(update={"id": f"x{claim.id}", "part_of": whole})

    other = where.model_copy(update={"counts": tuple(map(renamed, where.counts))})
    assert states(count_cells(case([where], [other]))) == {"correct": len(where.counts)}


def test_withdrawn_claims_are_counts_too() -> None:
    gold = [count("a", 12, hedge=Hedge.WITHDRAWN), count("b", 14, supersedes="a")]
    cells = cells_of(gold, [gold[1].model_copy(update={"supersedes": None})])
    assert states(cells) == {"correct": 1, "missed": 1}
