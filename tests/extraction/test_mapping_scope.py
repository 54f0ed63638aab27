"""Mapping: a cumulative figure stays out of an incident, and a blame stays in its own."""

from making import make_answer, make_article, make_blame, make_count, make_incident

from extractor.codes import FlagCode, Scope
from extractor.mapping import map_answer


def test_a_cumulative_count_in_an_incident_is_kept_beside_it_and_flagged() -> None:
    wire = make_count(id="c1", scope=Scope.CONFLICT)
    found = map_answer(make_answer(make_incident(counts=[wire])), make_article())
    assert found.incidents[0].counts == ()
    assert [claim.scope for claim in found.cumulative] == [Scope.CONFLICT]
    assert [flag.code for flag in found.flags] == [FlagCode.CUMULATIVE_SUSPECT]


def test_a_blame_never_reaches_a_count_of_another_incident() -> None:
    first = make_incident(id="i1", counts=[make_count(id="c1")])
    blame = make_blame(applies_to=["c1"])
    second = make_incident(id="i2", counts=[make_count(id="c2")], blames=[blame])
    found = map_answer(make_answer(first, second), make_article())
    assert found.incidents[1].blames == ()
    assert [part.kind for part in found.set_aside] == ["blame"]
