"""Records: what they hold together, and what they refuse to hold."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import EMPTY, make_article, make_rejected, make_source
from pydantic import BaseModel, TypeAdapter, ValidationError

from extractor import records
from extractor.article import Article, Span, sha256_of
from extractor.codes import (
    ActorType,
    InputOutcome,
    Outcome,
    Qualifier,
    SpeakerType,
    Stance,
)
from extractor.numerals import BOUNDS, Number
from extractor.records import (
    Actor,
    BlameClaim,
    CountClaim,
    Failure,
    Group,
    Match,
    Quote,
    Reading,
    Speaker,
    StoredOutcome,
)

QUOTE = Quote(field="text", start=0, end=4, text="Two ", match=Match.EXACT)
VOICE = Speaker(name_text=None, type=SpeakerType.ARTICLE_VOICE)


def number(qualifier: str, lower: int | None, upper: int | None) -> Number:
    return Number(text="words", lower=lower, upper=upper, qualifier=Qualifier(qualifier))


FITTING = [
    ("exact", 26, 26),
    ("exact", 0, 0),
    ("at_least", 26, None),
    ("more_than", 21, None),
    ("at_most", None, 12),
    ("fewer_than", None, 19),
    ("approximately", 100, 100),
    ("nearly", 40, 40),
    ("range", 5, 8),
    ("vague", None, None),
    ("unknown_number", None, None),
    ("none", 0, 0),
]


@pytest.mark.parametrize(("qualifier", "lower", "upper"), FITTING)
def test_a_number_has_the_bounds_that_its_qualifier_names(
    qualifier: str, lower: int | None, upper: int | None
) -> None:
    made = number(qualifier, lower, upper)
    assert (made.lower, made.upper) == (lower, upper)


@pytest.mark.parametrize(
    ("qualifier", "lower", "upper"),
    [
        ("exact", 26, None),
        ("exact", None, 26),
        ("exact", None, None),
        ("exact", -1, -1),
        ("exact", 27, 26),
        ("at_least", 26, 26),
        ("at_least", None, None),
        ("more_than", 21, 30),
        ("at_most", 0, 12),
        ("at_most", None, None),
        ("fewer_than", 0, 19),
        ("approximately", 100, None),
        ("nearly", None, 40),
        ("range", 8, 5),
        ("range", 5, None),
        ("vague", 3, None),
        ("vague", None, 10),
        ("vague", 0, 0),
        ("unknown_number", 0, 0),
        ("unknown_number", 1, None),
        ("none", None, None),
        ("none", 0, 1),
        ("none", 1, 1),
    ],
)
def test_a_number_with_other_bounds_is_refused(
    qualifier: str, lower: int | None, upper: int | None
) -> None:
    with pytest.raises(ValidationError):
        number(qualifier, lower, upper)


def test_every_qualifier_has_a_rule_for_its_bounds() -> None:
    assert set(BOUNDS) == set(Qualifier) == {Qualifier(name) for name, _, _ in FITTING}


@settings(deadline=None)  # no clock decides
@given(
    qualifier=st.sampled_from(list(Qualifier)),
    lower=st.none() | st.integers(-1, 5),
    upper=st.none() | st.integers(-1, 5),
)
def test_no_number_lies_below_zero_or_runs_backward(
    qualifier: Qualifier, lower: int | None, upper: int | None
) -> None:
    try:
        made = number(qualifier.value, lower, upper)
    except ValidationError:
        return
    stated = [bound for bound in (made.lower, made.upper) if bound is not None]
    assert stated == sorted(stated)
    assert all(bound >= 0 for bound in stated)


def claim(**changed: Any) -> CountClaim:
    fields: dict[str, Any] = {
        "id": "c1",
        "outcome": Outcome.KILLED,
        "number": number("exact", 2, 2),
        "group": Group(text=None),
        "speakers": (VOICE,),
        "quotes": (QUOTE,),
    }
    return CountClaim(**{**fields, **changed})


def blame(**changed: Any) -> BlameClaim:
    fields: dict[str, Any] = {
        "id": "b1",
        "accused": (Actor(name_text="gunmen", type=ActorType.UNIDENTIFIED),),
        "speakers": (VOICE,),
        "stance": Stance.ACCUSED,
        "quotes": (QUOTE,),
    }
    return BlameClaim(**{**fields, **changed})


@pytest.mark.parametrize("missing", ["speakers", "quotes"])
def test_a_claim_has_a_speaker_and_a_proof(missing: str) -> None:
    for make in (claim, blame):
        make()
        with pytest.raises(ValidationError, match=missing):
            make(**{missing: ()})


@pytest.mark.parametrize("stance", list(Stance))
def test_only_an_open_blame_may_name_nobody(stance: Stance) -> None:
    if stance in (Stance.NOBODY_CLAIMED, Stance.SAID_UNKNOWN):
        assert blame(accused=(), stance=stance).accused == ()
    else:
        with pytest.raises(ValidationError, match="names nobody"):
            blame(accused=(), stance=stance)


def test_records_are_frozen_and_closed() -> None:
    with pytest.raises(ValidationError):
        claim().id = "c2"  # pyright: ignore[reportAttributeAccessIssue] - it is what is tested
    with pytest.raises(ValidationError):
        claim(surprise=1)


def test_a_span_does_not_run_backward() -> None:
    with pytest.raises(ValidationError, match="before its start"):
        Span(field="text", start=5, end=4)


def test_an_article_has_the_hash_of_its_text() -> None:
    article = make_article("Two died.\r\n")
    assert article.text_sha256 == sha256_of("Two died.\r\n")
    with pytest.raises(ValidationError, match="does not fit its text"):
        Article.model_validate(article.model_dump() | {"text": "Two died.\n"})


def test_a_missing_title_is_empty_and_slices_are_code_points() -> None:
    article = make_article("👩\u200d👧 e\u0301 died", title=None)
    assert article.field("title") == ""
    assert article.slice(Span(field="text", start=4, end=6)) == "e\u0301"


def outcomes() -> Iterator[records.Record]:
    article = make_article()
    yield Reading(outcome=InputOutcome.READ, article=article, reader="r", answer=EMPTY)
    yield Failure(outcome=InputOutcome.REFUSED, article=article, reader="r", reason="no")
    yield make_rejected(source=make_source(None))


@pytest.mark.parametrize("outcome", list(outcomes()), ids=["reading", "failure", "rejected"])
def test_a_stored_outcome_comes_back_as_what_it_was(outcome: records.Record) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(StoredOutcome)
    assert adapter.validate_json(outcome.model_dump_json()) == outcome
    with pytest.raises(ValidationError, match="schema_version"):
        adapter.validate_python(outcome.model_dump() | {"schema_version": 2})


def test_the_outcomes_of_an_input_are_shared_out_among_the_three_records() -> None:
    shared: list[str] = []
    for record in (Reading, Failure, records.Rejected):
        schema = record.model_json_schema()["properties"]["outcome"]
        shared += schema.get("enum", [schema.get("const")])
    assert sorted(shared) == sorted(InputOutcome)


STORED = [
    thing
    for thing in vars(records).values()
    if isinstance(thing, type)
    and issubclass(thing, records.Record)
    and thing not in (records.Record, records.PlaceCandidate)
]


@pytest.mark.parametrize("model", STORED, ids=lambda model: model.__name__)
def test_every_stored_field_is_defined(model: type[BaseModel]) -> None:
    undefined = [name for name, field in model.model_fields.items() if not field.description]
    assert set(undefined) <= {"schema_version", "outcome"}  # the record's own name tells these
