"""People: a group of them in a sentence, with its figure and what the words say of it."""

from dataclasses import dataclass
from enum import StrEnum

from extractor.codes import Outcome
from extractor.numerals import Number
from extractor.vocabulary import PeopleKind


class Reference(StrEnum):
    """How the words point at the people."""

    NEW = "new"
    """Not told before: "a man", "12 people", "Hari Prasad"."""
    DEFINITE = "definite"
    """Those told before: "the man", "both victims", "one of them"."""
    PRONOUN = "pronoun"
    """A word for those told before: "he", "they"."""
    MORE = "more"
    """Others beside those told before: "another two", "one additional suspect"."""


@dataclass(frozen=True, kw_only=True)
class People:
    """A group of people; offsets count from the start of the sentence.

    `group` is the noun with its modifiers and `name` a personal name; `counts` is set where the
    noun itself tells an outcome ("12 deaths"), and `of_them` where the figure is said to be a part
    ("seven of them children").
    """

    start: int
    end: int
    number: Number
    group: tuple[int, int] | None
    kind: PeopleKind
    counts: Outcome | None = None
    of_them: bool = False
    reference: Reference = Reference.NEW
    name: tuple[int, int] | None = None
