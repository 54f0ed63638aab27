"""A wrong count is told by its kind of error: the first that fits the rest of the gold."""

from typing import Any

import pytest
from grading import (
    HOSPITAL,
    POLICE,
    alternative,
    count,
    distractor,
    figure,
    gold_article,
    group,
    incident,
    quote,
)

from eval.cells import Mistake
from eval.gold import DistractorKind, GoldArticle
from eval.mistakes import Compared, count_mistake, is_taken_from, replaced_claims
from eval.names import Names
from eval.slips import digit_mistake, number_mistake
from extractor.codes import Demographic, Hedge, Outcome, Scope, Unit
from extractor.records import CountClaim

Told = int | str | tuple[int, int]

CHILDREN = group("children", demographics=(Demographic.CHILDREN,))
FAR = (quote("elsewhere", at=900),)

TOLD = [
    count("k", 26, speakers=(POLICE,)),
    count("h", 31, speakers=(HOSPITAL,)),
    count("c", 7, group=CHILDREN, part_of="k", speakers=(POLICE,)),
    count("i", 45, Outcome.INJURED, speakers=(POLICE,)),
    count("old", 22, speakers=(POLICE,), hedge=Hedge.WITHDRAWN),
    count("few", 2, Outcome.ABDUCTED, speakers=(POLICE,), quotes=FAR),
]
LABELS = gold_article(
    incident("i1", TOLD),
    incident("i2", [count("other", 8, quotes=FAR)]),
    cumulative=(count("war", 300_000, scope=Scope.CONFLICT, quotes=FAR),),
    distractors=(
        distractor(1400, DistractorKind.CUMULATIVE),
        distractor(63, DistractorKind.NOT_HARMED),
        distractor(19, DistractorKind.SUPERSEDED),
    ),
)


def claim(told: Told, **changed: Any) -> CountClaim:
    """A predicted figure of people killed, as the police put it, from the words of the first."""
    fields: dict[str, Any] = {"speakers": (POLICE,), **changed}
    return count("p", told, **fields)


def mistake_of(
    gold: CountClaim | None,
    predicted: CountClaim | None,
    *wrong: str,
    labels: GoldArticle = LABELS,
    **changed: Any,
) -> Mistake | None:
    """The kind of error between two claims of the first incident, these parts being wrong."""
    names = ("number", "outcome", "group", "speakers")
    parts = {name: name not in wrong for name in {*names, *wrong}} if gold and predicted else {}
    compared = Compared(gold=gold, predicted=predicted, parts=parts, **changed)
    return count_mistake(compared, labels.incidents[0], labels, Names.of(labels))


@pytest.mark.parametrize(
    ("told", "mistake"),
    [
        (30, Mistake.ROUNDING),
        ("none", Mistake.FALSE_NONE),
        ("at least 26", Mistake.OPENNESS_LOST),
        (45, Mistake.SWAP),
        (7, Mistake.SUBSET_AS_TOTAL),
        (31, Mistake.OTHER_SPEAKER),
        (22, Mistake.SUPERSEDED),
        (19, Mistake.SUPERSEDED),
        (8, Mistake.OTHER_INCIDENT),
        (300_000, Mistake.CUMULATIVE_LEAK),
        ("more than 300000", Mistake.CUMULATIVE_LEAK),
        (1400, Mistake.CUMULATIVE_LEAK),
        (63, Mistake.DISTRACTOR),
        (33, Mistake.SUM_ERROR),
        (57, Mistake.SUM_ERROR),
        (260, Mistake.DIGIT_ERROR),
        (62, Mistake.DIGIT_ERROR),
        (27, Mistake.OTHER),
        ("dozens", Mistake.OTHER),
    ],
    ids=str,
)
def test_a_wrong_figure_is_found_elsewhere_in_the_gold(told: Told, mistake: Mistake) -> None:
    assert mistake_of(TOLD[0], claim(told), "number") is mistake


@pytest.mark.parametrize(
    ("gold", "predicted", "mistake"),
    [
        (26, 30, Mistake.ROUNDING),
        (26, 20, None),
        (1234, 1200, Mistake.ROUNDING),
        ("at least 26", "at least 30", Mistake.ROUNDING),
        (12, 10, None),
        (19, 20, None),
        ((10, 16), 10, Mistake.RANGE_COLLAPSED),
        ((10, 16), 16, Mistake.RANGE_COLLAPSED),
        ((10, 16), 13, Mistake.RANGE_COLLAPSED),
        ((10, 16), "up to 16", Mistake.RANGE_COLLAPSED),
        ((10, 16), 11, None),
        ("dozens", 36, Mistake.VAGUE_HARDENED),
        ("unknown", 3, Mistake.VAGUE_HARDENED),
        ("at least 26", 26, Mistake.OPENNESS_LOST),
        ("more than 25", 25, Mistake.OPENNESS_LOST),
        ("up to 12", "at least 12", Mistake.OPENNESS_LOST),
        ("unknown", "none", Mistake.FALSE_NONE),
        ("several", 0, Mistake.FALSE_NONE),
        (26, 0, Mistake.FALSE_NONE),
        ("none", 4, Mistake.NONE_LOST),
        ("none", 0, Mistake.NONE_LOST),
    ],
    ids=str,
)
def test_two_figures_alone_tell_some_errors(
    gold: Told, predicted: Told, mistake: Mistake | None
) -> None:
    assert number_mistake(figure(gold), figure(predicted)) is mistake


@pytest.mark.parametrize(
    ("gold", "predicted", "is_digit_error"),
    [
        (12, 120, True),
        (12, 12_000, True),
        (1200, 12, True),
        (26, 62, True),
        (126, 162, True),
        (126, 621, False),
        (12, 24, False),
        (5, 5, False),
        (0, 10, False),
    ],
)
def test_a_digit_error_is_tenfold_or_two_digits_swapped(
    gold: int, predicted: int, is_digit_error: bool
) -> None:
    found = digit_mistake(figure(gold), figure(predicted))
    assert found is (Mistake.DIGIT_ERROR if is_digit_error else None)


def test_huge_figures_have_their_kind_of_error_too() -> None:
    low, high = 10**400, 10**401
    assert number_mistake(figure((low, high)), figure(low)) is Mistake.RANGE_COLLAPSED
    assert number_mistake(figure((low, high)), figure((low + high) // 2)) is Mistake.RANGE_COLLAPSED
    assert number_mistake(figure(low + 1), figure(low)) is Mistake.ROUNDING
    assert digit_mistake(figure(low), figure(high)) is Mistake.DIGIT_ERROR


def test_families_for_persons_are_no_lost_openness() -> None:
    assert number_mistake(figure(26), figure(26, unit=Unit.FAMILIES)) is None


def test_a_whole_given_as_a_part_is_told() -> None:
    part = claim(26, group=CHILDREN, part_of="k")
    assert mistake_of(TOLD[2], part, "number") is Mistake.TOTAL_AS_SUBSET


@pytest.mark.parametrize(
    ("part", "gold", "mistake"),
    [
        ("parent", TOLD[2], Mistake.MISFILED),
        ("parent", TOLD[0], Mistake.TOTAL_AS_SUBSET),
        ("outcome", TOLD[0], Mistake.WRONG_OUTCOME),
        ("group", TOLD[0], Mistake.WRONG_GROUP),
        ("speakers", TOLD[0], Mistake.WRONG_SPEAKER),
    ],
    ids=["hung on no whole", "a whole hung on one", "outcome", "group", "speaker"],
)
def test_a_right_number_is_wrong_in_what_it_is_of(
    part: str, gold: CountClaim, mistake: Mistake
) -> None:
    assert mistake_of(gold, claim(26), part) is mistake


def test_the_figure_of_other_people_of_the_same_speaker_is_a_wrong_group() -> None:
    soldiers = count("s", 14, group=group("soldiers"), speakers=(POLICE,))
    labels = gold_article(incident("i1", [TOLD[0], soldiers]))
    assert mistake_of(TOLD[0], claim(14), "number", labels=labels) is Mistake.WRONG_GROUP


def test_small_figures_must_come_from_the_same_words() -> None:
    assert mistake_of(TOLD[0], claim(2), "number") is Mistake.OTHER
    assert mistake_of(TOLD[0], claim(2, quotes=FAR), "number") is Mistake.SWAP


@pytest.mark.parametrize("own", [26, 260, "dozens", "unknown"], ids=str)
def test_a_figure_in_the_words_of_a_cumulative_one_leaked(own: Told) -> None:
    labels = gold_article(
        incident("i1", [count("k", own, speakers=(POLICE,))]),
        incident("i2", [count("other", 300, quotes=(quote(at=400),))]),
        cumulative=(count("war", 300, scope=Scope.CONFLICT, quotes=FAR),),
    )
    gold = labels.incidents[0].counts[0]
    told = claim(300, quotes=FAR)
    assert mistake_of(gold, told, "number", labels=labels) is Mistake.CUMULATIVE_LEAK
    assert mistake_of(None, told, labels=labels) is Mistake.CUMULATIVE_LEAK
    own_words = mistake_of(gold, claim(300), "number", labels=labels)
    assert own_words is not Mistake.CUMULATIVE_LEAK


def test_of_two_sources_with_one_figure_the_one_in_its_words_is_meant() -> None:
    part = count("c", 40, group=CHILDREN, part_of="k", speakers=(POLICE,))
    injured = count("i", 40, Outcome.INJURED, speakers=(POLICE,), quotes=FAR)
    labels = gold_article(incident("i1", [TOLD[0], part, injured]))
    assert mistake_of(TOLD[0], claim(40), "number", labels=labels) is Mistake.SUBSET_AS_TOTAL
    far = claim(40, quotes=FAR)
    assert mistake_of(TOLD[0], far, "number", labels=labels) is Mistake.SWAP


def test_the_very_figure_of_another_outcome_is_no_rounding() -> None:
    injured = count("i", 30, Outcome.INJURED, speakers=(POLICE,))
    labels = gold_article(incident("i1", [TOLD[0], injured]))
    assert mistake_of(TOLD[0], claim(30), "number", labels=labels) is Mistake.SWAP
    roughly = injured.model_copy(update={"number": figure("about 33")})
    rough = gold_article(incident("i1", [TOLD[0], roughly]))
    assert mistake_of(TOLD[0], claim(30), "number", labels=rough) is Mistake.ROUNDING


def test_the_toll_of_all_incidents_added_up_is_a_sum() -> None:
    incidents = [incident(f"i{n}", [count(f"k{n}", told)]) for n, told in enumerate((26, 25, 8))]
    labels = gold_article(*incidents)
    gold = labels.incidents[0].counts[0]
    assert mistake_of(gold, count("p", 59), "number", labels=labels) is Mistake.SUM_ERROR


@pytest.mark.parametrize(
    ("predicted", "mistake"),
    [
        (claim("none"), Mistake.FALSE_NONE),
        (claim(0), Mistake.FALSE_NONE),
        (claim("up to 0"), Mistake.FALSE_NONE),
        (claim(300_000), Mistake.CUMULATIVE_LEAK),
        (claim(8), Mistake.OTHER_INCIDENT),
        (claim(99), Mistake.HALLUCINATED),
        (claim("scores"), Mistake.HALLUCINATED),
    ],
    ids=["none", "zero", "up to zero", "cumulative", "other incident", "nowhere", "vague"],
)
def test_a_claim_without_a_partner_is_told_by_where_it_comes_from(
    predicted: CountClaim, mistake: Mistake
) -> None:
    assert mistake_of(None, predicted) is mistake


def test_what_was_told_already_is_a_duplicate() -> None:
    assert mistake_of(None, claim(26), is_repeat=True) is Mistake.DUPLICATE


def test_what_is_not_told_is_missed() -> None:
    assert mistake_of(TOLD[0], None) is Mistake.MISSED


def test_right_and_excused_claims_have_no_mistake() -> None:
    assert mistake_of(TOLD[0], claim(26)) is None
    assert mistake_of(TOLD[0], claim(99), "number", is_excused=True) is None


def test_a_cumulative_claim_leaks_nowhere() -> None:
    told = claim(1400, scope=Scope.PERIOD)
    assert mistake_of(LABELS.cumulative[0], told, "number") is Mistake.DISTRACTOR


def test_a_figure_is_taken_from_words_even_if_its_openness_is_lost() -> None:
    assert is_taken_from(claim(26), figure("at least 26"), FAR)
    assert not is_taken_from(claim(27), figure("at least 26"), (quote(),))
    assert not is_taken_from(claim("unknown"), figure("unknown"), (quote(),))
    assert is_taken_from(claim("dozens"), figure("dozens"), (quote(),))
    assert not is_taken_from(claim("dozens"), figure("dozens"), FAR)


def test_revised_and_withdrawn_claims_are_replaced() -> None:
    labels = gold_article(
        incident("i1", [count("a"), count("b", 30, supersedes="a"), TOLD[4], TOLD[0]]),
        alternatives=(alternative("a", number=figure(27)),),
    )
    assert replaced_claims(labels) == {"a", "old"}
