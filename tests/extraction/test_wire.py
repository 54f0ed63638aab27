"""The wire models: an answer's schema as strict endpoints want it, and what it lets in."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from making import make_answer, make_count
from pydantic import BaseModel, ValidationError

from extractor import codes, wire
from extractor.wire import WireAnswer, strict_schema

SCHEMA = strict_schema()
MODELS = [
    thing
    for thing in vars(wire).values()
    if isinstance(thing, type) and issubclass(thing, wire.WireModel) and thing is not wire.WireModel
]
LIMITS = {
    *("default", "minLength", "maxLength", "pattern", "format", "minimum", "maximum"),
    *("exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems"),
    *("title", "oneOf", "allOf", "not", "if", "const", "discriminator"),
}


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema within a schema, and never a mere table of names."""
    if isinstance(node, list):
        for part in node:  # pyright: ignore[reportUnknownVariableType] - JSON
            yield from nodes(part)
    if isinstance(node, dict):
        table: dict[str, Any] = node  # pyright: ignore[reportUnknownVariableType] - JSON
        yield table
        for name, part in table.items():
            inner = list(part.values()) if name in ("properties", "$defs") else part
            yield from nodes(inner)


def test_every_object_requires_all_it_has_and_allows_no_more() -> None:
    objects = [node for node in nodes(SCHEMA) if node.get("type") == "object"]
    assert len(objects) >= len(MODELS)
    for node in objects:
        assert node["additionalProperties"] is False
        assert node["required"] == list(node["properties"])


def test_no_part_has_a_default_or_a_limit() -> None:
    assert [sorted(LIMITS & set(node)) for node in nodes(SCHEMA) if LIMITS & set(node)] == []


def test_every_reference_leads_somewhere_and_stands_alone() -> None:
    references = [node for node in nodes(SCHEMA) if "$ref" in node]
    assert references
    for node in references:
        assert list(node) == ["$ref"]
        assert node["$ref"].removeprefix("#/$defs/") in SCHEMA["$defs"]


def test_no_definition_is_left_over() -> None:
    told = json.dumps(SCHEMA)
    assert [name for name in SCHEMA["$defs"] if f'"#/$defs/{name}"' not in told] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_of_an_answer_is_defined_in_the_schema(model: type[BaseModel]) -> None:
    told = [node.get("description", "") for node in nodes(SCHEMA)]
    for name, field in model.model_fields.items():
        definition = (field.description or "").strip()
        assert definition, name
        assert any(definition in words for words in told), name
        assert field.is_required(), name


@pytest.mark.parametrize(
    "name", ["Outcome", "Qualifier", "Stance", "SpeakerType", "Standing", "Hedge", "AttackType"]
)
def test_every_word_to_choose_from_is_defined_in_the_schema(name: str) -> None:
    told = "\n".join(node.get("description", "") for node in nodes(SCHEMA))
    for word in getattr(codes, name):
        assert f"{word.value}: {word.definition}" in told


def test_the_schema_is_the_same_every_time() -> None:
    assert json.dumps(strict_schema()) == json.dumps(SCHEMA)


def test_an_answer_comes_back_as_it_went() -> None:
    answer = make_answer(cumulative=[make_count("sum")])
    assert WireAnswer.model_validate_json(answer.model_dump_json()) == answer


def without(table: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key != name}


COUNT = make_count().model_dump(mode="json")


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(without(COUNT, "hedge"), id="a field left out"),
        pytest.param(COUNT | {"note": "x"}, id="a field too many"),
        pytest.param(COUNT | {"outcome": "slain"}, id="another word"),
        pytest.param(COUNT | {"quotes": None}, id="null for a list"),
        pytest.param(COUNT | {"number": COUNT["number"] | {"lower": "many"}}, id="no number"),
    ],
)
def test_an_answer_of_another_shape_is_refused(count: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        WireAnswer.model_validate_json(json.dumps({"incidents": [], "cumulative": [count]}))
