"""The gate: what fails a run, what passes, and what cannot be told."""

from pathlib import Path

import pytest
from comparing import DRAWS, compared, side
from scorecells import article, cell

from eval.cells import Cell, CellKind, CellState, Harm
from eval.comparing.comparison import Comparison, compare_sides
from eval.comparing.sides import Side
from eval.gate.findings import Rule, drift_of, findings_of
from eval.gate.terms import load_terms
from eval.gate.verdict import EXIT_CODES, decide
from extractor.codes import InputOutcome
from extractor.errors import UsageError

RIGHT, WRONG, MISSED = CellState.CORRECT, CellState.WRONG, CellState.MISSED
INVENTED = CellState.SPURIOUS
TERMS = load_terms()


def rules(told: Comparison, alpha: float = 0.05) -> set[Rule]:
    return {one.rule for one in findings_of(told, TERMS, alpha)}


def test_a_run_that_is_the_blessed_one_passes() -> None:
    told = decide(compared([RIGHT, MISSED] * 40, [RIGHT, MISSED] * 40), TERMS, on="all")
    assert (told.verdict, told.exit_code, told.findings) == ("PASS", 0, ())
    assert len(told.looks) == 1


def test_a_better_run_passes() -> None:
    told = decide(compared([RIGHT, MISSED] * 40, [RIGHT] * 80), TERMS, on="all")
    assert told.verdict == "PASS"


def test_a_fall_that_is_hardly_chance_fails() -> None:
    told = decide(compared([RIGHT] * 200, [RIGHT] * 188 + [WRONG] * 12), TERMS, on="all")
    assert told.verdict == "FAIL"
    assert {one.rule for one in told.findings} == {Rule.SURE_FALL}
    assert "Incidents found, right of all fell by 6.0 points to 94.0 % (188 of 200)" in told.reason
    assert told.exit_code == EXIT_CODES["FAIL"] == 1


def test_a_small_fall_is_tolerated_however_sure() -> None:
    before, after = [RIGHT] * 2000, [RIGHT] * 1982 + [WRONG] * 18
    told = compared(before, after)
    one = told.of("incident.accuracy")
    assert one.p_worse < 0.01
    assert rules(told) == set()


def test_a_catastrophe_needs_no_test() -> None:
    told = compared([RIGHT] * 20, [RIGHT] * 18 + [WRONG] * 2)
    assert told.of("incident.accuracy").p_worse > 0.2
    assert Rule.CATASTROPHE in rules(told)


def test_too_few_articles_can_neither_pass_nor_fail() -> None:
    told = decide(compared([RIGHT] * 40, [RIGHT] * 38 + [WRONG] * 2), TERMS, on="all")
    assert told.verdict == "INCONCLUSIVE"
    assert told.exit_code == 5
    assert "margin" in " ".join(one.words for one in told.findings)


def test_under_twenty_stories_nothing_is_certain() -> None:
    told = decide(compared([RIGHT] * 10, [RIGHT] * 10), TERMS, on="all")
    assert told.verdict == "PASS" or "too few stories" in told.findings[0].words
    assert told.verdict == "INCONCLUSIVE"


def test_an_undecided_run_is_looked_at_twice_and_no_other() -> None:
    first = compared([RIGHT] * 40, [RIGHT] * 38 + [WRONG] * 2)
    more = ("the whole set", lambda: compared([RIGHT] * 400, [RIGHT] * 400))
    told = decide(first, TERMS, on="split gate", more=more)
    assert told.verdict == "PASS"
    assert [(one.on, one.alpha, one.verdict) for one in told.looks] == [
        ("split gate", 0.02, "INCONCLUSIVE"),
        ("the whole set", 0.03, "PASS"),
    ]

    def never() -> Comparison:
        raise AssertionError("a decided run is not looked at again")

    decide(compared([RIGHT] * 80, [RIGHT] * 80), TERMS, on="a", more=("b", never))
    decide(compared([RIGHT] * 80, [MISSED] * 80), TERMS, on="a", more=("b", never))


def test_both_looks_together_err_as_seldom_as_one() -> None:
    chance = TERMS.chance
    assert chance.first_look + chance.second_look == pytest.approx(0.05)


def test_a_person_may_let_an_undecided_run_through_but_no_failing_one() -> None:
    undecided = compared([RIGHT] * 40, [RIGHT] * 38 + [WRONG] * 2)
    told = decide(undecided, TERMS, on="all", signed="seen by hand")
    assert (told.verdict, told.exit_code) == ("INCONCLUSIVE", 0)
    assert "accepted by a person: seen by hand" in told.reason
    failing = decide(compared([RIGHT] * 80, [MISSED] * 80), TERMS, on="all", signed="please")
    assert (failing.verdict, failing.exit_code) == ("FAIL", 1)


def test_a_weak_reader_may_not_lose_half_of_what_it_has() -> None:
    """At 10 % right, one point is a tenth of all: the terms shrink with the figure."""
    before = ([RIGHT] + [MISSED] * 9) * 40
    after = ([RIGHT] + [MISSED] * 9) * 37 + [MISSED] * 30
    told = compared(before, after)
    assert told.of("incident.accuracy").gain == pytest.approx(-0.0075)
    assert TERMS.quality.at(0.1).margin == pytest.approx(0.01)
    assert Rule.UNSURE in rules(told)
    assert TERMS.quality.at(0.9) == TERMS.quality


def harmed(many: int, of: int = 200) -> Side:
    found: list[Cell] = []
    for n in range(of):
        harms = (Harm.OVER_ASSERTION,) if n < many else ()
        found += [
            article(f"a{n}"),
            cell(
                CellKind.BLAME,
                WRONG,
                f"a{n}",
                opportunities=(Harm.OVER_ASSERTION,),
                harms=harms,
            ),
        ]
    return Side(name="run", provenance=(), repeats=(tuple(found),))


def test_a_harm_that_rises_fails_and_one_that_falls_does_not() -> None:
    up = compare_sides(harmed(2), harmed(20), draws=DRAWS)
    assert rules(up) == {Rule.HARM_ROSE}
    assert "Over assertion rose by 9.0 points to 10.0 % (20 of 200)" in " ".join(
        one.words for one in findings_of(up, TERMS, 0.05)
    )
    assert rules(compare_sides(harmed(20), harmed(2), draws=DRAWS)) == set()


def test_one_more_harm_is_chance() -> None:
    assert rules(compare_sides(harmed(2), harmed(3), draws=DRAWS)) == set()


def test_failing_articles_fail_the_run() -> None:
    def read(failed: int) -> Side:
        outcomes = [InputOutcome.REFUSED] * failed + [InputOutcome.READ] * (200 - failed)
        cells = [article(f"a{n}", outcome=one) for n, one in enumerate(outcomes)]
        return Side(name="run", provenance=(), repeats=(tuple(cells),))

    found = findings_of(compare_sides(read(0), read(12), draws=DRAWS), TERMS, 0.05)
    assert [one.name for one in found] == ["article.failed"]


def test_a_slice_that_is_not_there_fails() -> None:
    told = compared([RIGHT] * 40, [RIGHT] * 40)
    (one,) = findings_of(told, TERMS, 0.05, expected=("incidents=1", "lnguage=en"))
    assert (one.rule, one.name) == (Rule.MISSING, "lnguage=en")


def test_a_figure_that_is_gone_fails() -> None:
    found = findings_of(compare_sides(harmed(5), _read(200), draws=DRAWS), TERMS, 0.05)
    # The harm has no opportunity any more, which is no harm; the quality is gone.
    assert [(one.rule, one.name) for one in found] == [(Rule.MISSING, "blame.accuracy")]


def test_new_parts_larger_than_their_whole_fail() -> None:
    def parts(broken: int) -> Side:
        cells = [
            one
            for n in range(30)
            for one in (
                article(f"a{n}"),
                cell(
                    CellKind.COUNT,
                    RIGHT,
                    f"a{n}",
                    opportunities=(Harm.SUBSET_VIOLATION,),
                    harms=(Harm.SUBSET_VIOLATION,) if n < broken else (),
                ),
            )
        ]
        return Side(name="run", provenance=(), repeats=(tuple(cells),))

    assert rules(compare_sides(parts(0), parts(1), draws=DRAWS)) == {Rule.PARTS_EXCEED}
    assert rules(compare_sides(parts(1), parts(1), draws=DRAWS)) == set()


def test_an_article_without_an_answer_makes_it_invalid() -> None:
    lost = Side(
        name="run",
        provenance=(),
        repeats=(tuple(article(f"a{n}", outcome="absent") for n in "01"),),
    )
    told = decide(compare_sides(_read(2), lost, draws=DRAWS), TERMS, on="all")
    assert (told.verdict, told.exit_code) == ("INVALID", 4)
    assert "never answered" in told.reason


def test_slow_drift_from_the_release_fails() -> None:
    release = compared([RIGHT] * 200, [RIGHT] * 190 + [WRONG] * 10)
    assert [one.rule for one in drift_of(release, TERMS)] == [Rule.DRIFT, Rule.DRIFT]
    last = compared([RIGHT] * 190 + [WRONG] * 10, [RIGHT] * 190 + [WRONG] * 10)
    told = decide(last, TERMS, on="all", anchor=release)
    assert told.verdict == "FAIL"
    assert "since the release" in told.reason
    assert decide(last, TERMS, on="all", anchor=last).verdict == "PASS"


def test_who_keeps_silent_wins_nothing() -> None:
    """Leaving out what is mostly invented raises a quality; the recall tells."""
    fine = [RIGHT] * 30
    bad = [RIGHT, INVENTED, INVENTED, INVENTED, INVENTED, INVENTED] * 8
    whole = side(fine + bad)
    silent = compare_sides(whole, _silenced(whole, first=len(fine)), draws=DRAWS)
    quality = silent.of("incident.accuracy")
    assert quality.gain is not None
    assert quality.gain > 0
    assert Rule.CATASTROPHE in {one.rule for one in findings_of(silent, TERMS, 0.02)}


def test_a_harm_that_may_have_risen_is_no_pass() -> None:
    told = compare_sides(harmed(0, of=60), harmed(6, of=60), draws=DRAWS)
    assert told.of("harm.over_assertion").p_worse < 0.02
    assert rules(told, alpha=0.02) == {Rule.UNSURE}


def test_a_harm_without_opportunity_before_is_looked_at_now() -> None:
    told = compare_sides(_read(60), harmed(20, of=60), draws=DRAWS)
    found = findings_of(told, TERMS, 0.05)
    assert ("unsure", "harm.over_assertion") in [(one.rule.value, one.name) for one in found]


def test_repeats_with_as_many_larger_parts_do_not_fail() -> None:
    def parts(repeats: int) -> Side:
        cells = tuple(
            cell(
                CellKind.COUNT,
                RIGHT,
                f"a{n}",
                opportunities=(Harm.SUBSET_VIOLATION,),
                harms=(Harm.SUBSET_VIOLATION,) if n < 11 else (),
            )
            for n in range(30)
        ) + tuple(article(f"a{n}") for n in range(30))
        return Side(name="run", provenance=(), repeats=(cells,) * repeats)

    assert Rule.PARTS_EXCEED not in rules(compare_sides(parts(1), parts(3), draws=DRAWS))


def test_a_release_that_cannot_be_compared_leaves_the_verdict_open() -> None:
    same = compared([RIGHT] * 80, [RIGHT] * 80)
    lost = compare_sides(side([RIGHT] * 79), side([RIGHT] * 80), draws=DRAWS)
    told = decide(same, TERMS, on="all", anchor=lost)
    assert told.verdict == "INCONCLUSIVE"
    assert "the release cannot be compared" in told.others[0].words


def test_chance_is_taken_over_the_whole_family() -> None:
    """One figure of eleven is below .05 by chance in four of ten runs: alone it fails nobody."""
    told = compared([RIGHT] * 200, [RIGHT] * 194 + [WRONG] * 6)
    assert told.of("incident.accuracy").p_worse < 0.02
    assert Rule.SURE_FALL not in rules(told, alpha=0.02)


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ("[chance]\nfirst_look = 2\n", "first_look"),
        ("no toml", "no TOML"),
        ("[chance]\nfirst_look = 0.02\nsecond_look = 0.03\nthird = 1\n", "third"),
    ],
)
def test_terms_that_are_none_are_named(tmp_path: Path, told: str, message: str) -> None:
    path = tmp_path / "terms.toml"
    path.write_text(told, "utf-8")
    with pytest.raises(UsageError, match=message):
        load_terms(path)


def _read(many: int) -> Side:
    return Side(name="run", provenance=(), repeats=(tuple(article(f"a{n}") for n in range(many)),))


def _silenced(told: Side, first: int) -> Side:
    """The run with nothing told of the articles from a number on."""
    kept: list[Cell] = []
    for one in told.repeats[0]:
        if int(one.article_id[1:]) < first or one.kind is CellKind.ARTICLE:
            kept.append(one)
        elif one.has_gold:
            kept.append(one.model_copy(update={"state": MISSED, "predicted_incident": None}))
    return Side(name="silent", provenance=(), repeats=(tuple(kept),))
