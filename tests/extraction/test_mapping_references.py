"""Mapping: references between claims; the days and places that the article's words give."""

from datetime import date
from typing import Any

import pytest
from making import (
    make_answer,
    make_article,
    make_blame,
    make_children,
    make_count,
    make_incident,
    make_party,
    make_place,
    make_when,
)

from extractor.codes import DatePrecision, Scope, Stance
from extractor.mapping import Mapped, map_answer
from extractor.wire import WireBlame, WireCount

CODE = "broken_reference"


def mapped(counts: list[WireCount], *blames: WireBlame, **changed: Any) -> Mapped:
    answer = make_answer(counts=counts, blames=list(blames), **changed)
    return map_answer(answer, make_article())


def links(found: Mapped) -> dict[str, str | None]:
    """What each count is a part of."""
    return {claim.id: claim.part_of for claim in found.incidents[0].counts}


def flagged(found: Mapped) -> list[str]:
    return [flag.where for flag in found.flags if flag.code.value == CODE]


@pytest.mark.parametrize(
    ("counts", "parts", "flags"),
    [
        pytest.param([make_count(part_of="c9")], {"c1": None}, ["i1/c1"], id="to nothing"),
        pytest.param([make_count(part_of="c1")], {"c1": None}, ["i1/c1"], id="to itself"),
        pytest.param(
            [make_count("x"), make_count("x"), make_count("y", part_of="x")],
            {"c1": None, "c2": None, "c3": None},
            ["i1/c3"],
            id="to an id given twice",
        ),
        pytest.param(
            [make_count(quotes=[]), make_children()],
            {"c2": None},
            ["i1/c2"],
            id="to a claim set aside",
        ),
        pytest.param(
            [make_count("x", part_of="y"), make_count("y", part_of="x")],
            {"c1": None, "c2": None},
            ["i1/c1", "i1/c2"],
            id="in a circle",
        ),
        pytest.param(
            [
                make_count("x", part_of="y"),
                make_count("y", part_of="x"),
                make_count("z", part_of="x"),
            ],
            {"c1": None, "c2": None, "c3": "c1"},
            ["i1/c1", "i1/c2"],
            id="to a circle it is not in",
        ),
        pytest.param(
            [make_count("x", part_of="y"), make_count("y")],
            {"c1": "c2", "c2": None},
            [],
            id="to a later claim",
        ),
        pytest.param([make_count(part_of="")], {"c1": None}, [], id="an empty id is none"),
    ],
)
def test_a_part_refers_to_another_claim_of_the_reading_or_to_none(
    counts: list[WireCount], parts: dict[str, str | None], flags: list[str]
) -> None:
    found = mapped(counts)
    assert (links(found), flagged(found)) == (parts, flags)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [("y", "x", (None, None)), ("y", None, ("c2", None)), ("c9", "x", (None, "c1"))],
    ids=["in a circle", "to one", "to nothing"],
)
def test_a_revision_supersedes_another_claim_and_not_itself(
    first: str, second: str | None, kept: tuple[str | None, str | None]
) -> None:
    found = mapped([make_count("x", supersedes=first), make_count("y", supersedes=second)])
    superseded = tuple(claim.supersedes for claim in found.incidents[0].counts)
    assert superseded == kept
    assert bool(flagged(found)) == (None in kept and second is not None)


def test_a_figure_of_an_incident_may_be_a_part_of_a_cumulative_one() -> None:
    incident = make_incident(counts=[make_children("x", part_of="sum")])
    answer = make_answer(incident, cumulative=[make_count("sum", scope=Scope.PERIOD)])
    found = map_answer(answer, make_article())
    assert (links(found), found.flags) == ({"c1": "c2"}, ())


@pytest.mark.parametrize(
    ("counts", "applies_to", "kept"),
    [
        pytest.param([make_count()], [], (), id="the incident"),
        pytest.param([make_count()], ["c1", "c1"], ("c1",), id="a count, told twice"),
        pytest.param([make_count()], ["c1", "c9"], ("c1",), id="one of two is gone"),
        pytest.param([make_count()], ["c9"], None, id="nothing"),
        pytest.param([make_count()], [""], None, id="an empty id"),
        pytest.param([make_count(quotes=[])], ["c1"], None, id="a claim set aside"),
        pytest.param([make_count(), make_count()], ["c1"], None, id="an id given twice"),
    ],
)
def test_a_blame_is_never_widened_to_the_incident(
    counts: list[WireCount], applies_to: list[str], kept: tuple[str, ...] | None
) -> None:
    blame = make_blame(applies_to=applies_to)
    found = mapped(counts, blame)
    left = [b.applies_to for incident in found.incidents for b in incident.blames]
    assert left == ([] if kept is None else [kept])
    asides = [part for part in found.set_aside if part.kind == "blame"]
    lost = [blame.model_dump(mode="json")] if kept is None else []
    assert [part.part for part in asides] == lost
    assert ("i1/b1" in flagged(found)) == (bool(applies_to) and applies_to != ["c1", "c1"])


def test_a_denial_does_not_answer_a_blame_that_was_set_aside() -> None:
    counts = [make_count(quotes=[])]
    lost = make_blame("b1", applies_to=["c1"])
    denial = make_blame("b2", stance=Stance.DENIED, answers="b1")
    found = mapped(counts, lost, denial)
    (kept,) = found.incidents[0].blames
    assert (kept.id, kept.answers) == ("b2", None)
    assert "i1/b2" in flagged(found)


def test_a_denial_answers_the_blame_it_rejects() -> None:
    found = mapped([], make_blame("x"), make_blame("y", stance=Stance.DENIED, answers="x"))
    assert [blame.answers for blame in found.incidents[0].blames] == [None, "b1"]
    assert found.flags == ()


def test_blames_do_not_answer_each_other_in_a_circle() -> None:
    found = mapped([], make_blame("x", answers="y"), make_blame("y", answers="x"))
    assert [blame.answers for blame in found.incidents[0].blames] == [None, None]
    assert flagged(found) == ["i1/b1", "i1/b2"]


@pytest.mark.parametrize(
    ("when", "published", "days", "flags"),
    [
        pytest.param(
            make_when(),
            date(2016, 12, 1),
            (date(2016, 11, 30), date(2016, 11, 30), "day"),
            [],
            id="a weekday",
        ),
        pytest.param(
            make_when(start="2016-11-30", end="2016-11-30"),
            date(2016, 12, 1),
            (date(2016, 11, 30), date(2016, 11, 30), "day"),
            [],
            id="the reader agrees",
        ),
        pytest.param(
            make_when(start="2016-11-23", end="2016-11-23"),
            date(2016, 12, 1),
            (date(2016, 11, 30), date(2016, 11, 30), "day"),
            ["date_conflict"],
            id="the reader contradicts the words",
        ),
        pytest.param(
            make_when(None, start="2016-11-30", end="2016-11-30"),
            date(2016, 12, 1),
            (None, date(2016, 12, 1), "on_or_before"),
            [],
            id="no words",
        ),
        pytest.param(
            make_when(" "), None, (None, None, "unknown"), [], id="no words, no publication"
        ),
        pytest.param(
            make_when(),
            None,
            (None, None, "unknown"),
            ["date_unverified"],
            id="a weekday without publication",
        ),
        pytest.param(
            make_when(start="2016-11-30", end="2016-11-30"),
            None,
            (date(2016, 11, 30), date(2016, 11, 30), "day"),
            ["date_unverified"],
            id="the reader's own day",
        ),
        pytest.param(
            make_when(start="2016-12-30", end="2016-11-30"),
            None,
            (None, None, "unknown"),
            ["date_unverified"],
            id="the reader's days out of order",
        ),
        pytest.param(
            make_when(start="30 Nov", end=""),
            None,
            (None, None, "unknown"),
            ["date_unverified"],
            id="the reader's days are no dates",
        ),
    ],
)
def test_the_words_decide_the_days(
    when: Any, published: date | None, days: tuple[date | None, date | None, str], flags: list[str]
) -> None:
    article = make_article(published_at=published)
    found = map_answer(make_answer(when=when), article)
    told = found.incidents[0].when
    assert (told.start, told.end, told.precision.value) == days
    assert [flag.code.value for flag in found.flags] == flags


def test_an_undated_incident_takes_no_date_of_another() -> None:
    undated = make_incident("i2", when=make_when(None, start="2016-11-30", end="2016-11-30"))
    found = map_answer(make_answer(make_incident(), undated), make_article())
    first, second = (incident.when for incident in found.incidents)
    assert first.precision is DatePrecision.DAY
    assert (second.start, second.expression) == (None, None)
    assert second.precision is DatePrecision.ON_OR_BEFORE


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"places": [make_place("Homs")]}, "place"),
        ({"places": [make_place(" ")]}, "place"),
        ({"parties": [make_party("the Marines")]}, "party"),
        ({"parties": [make_party("")]}, "party"),
        ({"when": make_when("last spring")}, "when"),
    ],
    ids=["place", "blank place", "party", "blank party", "time"],
)
def test_a_setting_that_the_article_does_not_name_is_set_aside(
    changed: dict[str, Any], kind: str
) -> None:
    found = map_answer(make_answer(**changed), make_article())
    assert [part.kind for part in found.set_aside] == [kind]
    assert [flag.code.value for flag in found.flags] == ["quote_not_found"]
