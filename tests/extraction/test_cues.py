"""Cues: letters without which a pattern cannot match, found in the pattern itself."""

import pytest

from extractor.attacks import attack_cues
from extractor.cues import cued_words, cues_of


@pytest.mark.parametrize(
    ("pattern", "cues"),
    [
        ("mortars?", ("mortar",)),
        ("(?:road|traffic) accidents?", (" accident",)),
        ("(?:mine|shell)(?:s|ed)?", ("mine", "shell")),
        ("colou?r", ("colo",)),
        ("re-?enact\\w+", ("enact",)),
        ("suicide(?! (?:bomb|vest))", ("suicide",)),
        ("role[- ]?play", ("role",)),
        ("a{2}b", ("",)),
        ("\\d+|storm", ("",)),
        ("(?:storm)?", ("",)),
    ],
)
def test_a_pattern_needs_the_letters_that_it_cannot_do_without(
    pattern: str, cues: tuple[str, ...]
) -> None:
    assert cues_of([pattern]) == cues


def test_a_cue_that_holds_another_is_left_out() -> None:
    assert cues_of(["storms?", "sandstorm"]) == ("storm",)


@pytest.mark.parametrize(
    "sentence", ["A STORM hit Brod", "a \u017ftorm", "Storms", "one s\u0131ren"]
)
def test_no_match_is_hidden_by_its_cues(sentence: str) -> None:
    words = cued_words(["storms?", "siren"])
    assert words.search(sentence) is not None
    assert words.pattern.search(sentence) is not None


def test_a_sentence_without_cues_is_not_looked_through() -> None:
    assert cued_words(["storms?"]).search("A calm day in Brod") is None


def test_the_words_of_an_attack_are_found_whatever_stands_before_them() -> None:
    assert [at for at, _ in attack_cues("Mortars fell; a roadside bomb went off")] == [0, 16, 30]
