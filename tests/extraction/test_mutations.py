"""Mutations of the benchmark: each changes what it says, and keeps what it promises."""

import random
import unicodedata
from typing import NamedTuple

import pytest
from scripts import script

mutations = script("benchmarks/reading/mutations.py")

TEXT = (
    "Gunmen killed 12 villagers, seven of them children, near Tabora on Tuesday. The Harvest Front"
    " blamed the Blue Militia.\n\nResidents of Caf\u00e9 Road said \u201cnobody slept\u201d. The"
    " mayor spoke of a crime - and left."
)
FIGURES = (TEXT.index("12"), TEXT.index("12") + 2), (TEXT.index("seven"), TEXT.index("seven") + 5)
MARKED = mutations.Marked(text=TEXT, figures=FIGURES, names=("The Harvest Front", "Blue Militia"))


class Mutated(NamedTuple):
    text: str
    figures: dict[int, int]
    names: dict[str, str]


def mutated(name: str, seed: int = 1) -> Mutated:
    told = mutations.MUTATIONS[name](MARKED, random.Random(seed))
    return Mutated(told.text, dict(told.figures), dict(told.names))


@pytest.mark.parametrize("name", list(mutations.MUTATIONS))
def test_a_mutation_changes_the_text_the_same_way_each_time(name: str) -> None:
    many = mutations.Marked(text="\n\n".join([TEXT] * 40), figures=FIGURES, names=MARKED.names)
    mutate = mutations.MUTATIONS[name]
    first, again = (mutate(many, random.Random(1)) for _ in range(2))
    assert first == again
    assert first.text != many.text


def test_a_typo_leaves_figures_and_names_alone() -> None:
    every = mutations.typos(1.0)(MARKED, random.Random(1)).text
    assert "villagers" not in every
    for kept in ("12", "seven", "The Harvest Front", "Blue Militia"):
        assert kept in every


@pytest.mark.parametrize("name", ["all upper case", "all lower case"])
def test_case_changes_no_length_and_no_letter(name: str) -> None:
    text = mutated(name).text
    assert len(text) == len(TEXT)
    assert text.casefold() == TEXT.casefold()


def test_no_comma_goes_out_of_a_number() -> None:
    marked = mutations.Marked(text="About 1,200 fled, 3.5 km away.")
    assert mutations.without(",.")(marked, random.Random(1)).text == "About 1,200 fled 3.5 km away"


def test_shuffling_loses_no_sentence() -> None:
    text = mutated("sentences shuffled", seed=4).text
    assert sorted(text.split()) == sorted(TEXT.split())


def test_figures_grow_in_their_own_way_of_writing() -> None:
    told = mutated("other numbers")
    assert "killed 17 villagers, twelve of them" in told.text
    assert told.figures == {12: 17, 7: 12}


def test_names_are_swapped_wherever_they_stand() -> None:
    told = mutated("other actors")
    assert set(told.names) == {"The Harvest Front", "Blue Militia"}
    assert "Front blamed" not in told.text
    assert all(new in told.text for new in told.names.values())


def test_wrapped_lines_keep_paragraphs_and_words() -> None:
    text = mutated("lines wrapped").text
    assert text.split() == TEXT.split()
    assert [len(one.split()) for one in text.split("\n\n")] == [
        len(one.split()) for one in TEXT.split("\n\n")
    ]


def test_decomposed_letters_compose_again() -> None:
    text = mutated("letters decomposed").text
    assert len(text) == len(TEXT) + 1
    assert unicodedata.normalize("NFC", text) == TEXT
