"""Mapping: a cumulative figure stays out of an incident, and a blame stays in its own."""

from making import (
    make_answer,
    make_article,
    make_blame,
    make_count,
    make_group,
    make_incident,
    make_number,
)

from extractor.codes import ActorType, FlagCode, Qualifier, Scope
from extractor.mapping import map_answer
from extractor.wire import WireActor


def test_a_cumulative_count_in_an_incident_is_kept_beside_it_and_flagged() -> None:
    wire = make_count(id="c1", scope=Scope.CONFLICT)
    found = map_answer(make_answer(make_incident(counts=[wire], blames=[])), make_article())
    assert found.incidents == ()
    assert [claim.scope for claim in found.cumulative] == [Scope.CONFLICT]
    assert [flag.code for flag in found.flags] == [
        FlagCode.CUMULATIVE_SUSPECT,
        FlagCode.QUOTE_NOT_FOUND,
    ]


def test_a_blame_never_reaches_a_count_of_another_incident() -> None:
    first = make_incident(id="i1", counts=[make_count(id="c1")])
    blame = make_blame(applies_to=["c1"])
    second = make_incident(id="i2", counts=[make_count(id="c2")], blames=[blame])
    found = map_answer(make_answer(first, second), make_article())
    assert found.incidents[1].blames == ()
    assert "blame" in [part.kind for part in found.set_aside]


def test_a_name_from_elsewhere_in_the_article_is_not_accused_by_a_quote() -> None:
    text = "A shell killed 26 people. Residents blamed the rebels. The army sent aid."
    army = WireActor(name_text="The army", type=ActorType.STATE_FORCES)
    blame = make_blame(accused=[army], quotes=["Residents blamed the rebels"])
    figure = make_number("26", upper=26, qualifier=Qualifier.EXACT)
    count = make_count(number=figure, quotes=["killed 26 people"], group=make_group())
    answer = make_answer(make_incident(counts=[count], blames=[blame], evidence=[]))
    found = map_answer(answer, make_article(text))
    assert found.incidents[0].blames == ()
    assert "blame" in [part.kind for part in found.set_aside]
