"""Places of any text: whatever stands there, reading it ends, soon and without an error."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from placing import world

from extractor.codes import PlaceRelation as Relation
from extractor.resolve.places import (
    PlaceMention,
    ResolvedPlace,
    UnresolvedPlace,
    read_surroundings,
    resolve_place,
)


@given(st.text(max_size=140), st.text(max_size=60), st.sampled_from(Relation))
@settings(deadline=None, max_examples=60)
def test_any_words_may_stand_for_a_name(name: str, within: str, relation: Relation) -> None:
    mention = PlaceMention(name_text=name, within_text=(within,), relation=relation, before=within)
    found = resolve_place(mention, gazetteer=world())
    assert isinstance(found, ResolvedPlace | UnresolvedPlace)


@given(st.text(max_size=400))
@settings(deadline=None, max_examples=60)
def test_surroundings_are_read_from_any_text(text: str) -> None:
    surroundings = read_surroundings(text, world())
    assert all(weight > 0 for weight in surroundings.countries.values())


@pytest.mark.parametrize(
    "words",
    ["Kafr Al Tell ", "Aa Bb Cc Dd ", "A-", "x", "\u6751", "de la ", "Syria Turkey Mali ", "St. "],
)
def test_a_long_text_is_read_within_a_second(words: str) -> None:
    text = (words * 30_000)[:30_000]
    began = process_time()
    read_surroundings(text, world())
    assert process_time() - began < 1


@pytest.mark.parametrize(
    "words",
    [
        "side of ",
        "district of ",
        "a's ",
        "a, ",
        "northern ",
        "\u6751",
        "\u0441\u043a\u043e\u0433\u043e ",
    ],
)
def test_a_repetitive_name_is_looked_up_within_a_second(words: str) -> None:
    mention = PlaceMention(name_text=(words * 120)[:120])
    began = process_time()
    resolve_place(mention, gazetteer=world())
    assert process_time() - began < 1
