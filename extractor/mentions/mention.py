"""A mention: one figure of a sentence, with the words that tell what befell the people."""

from dataclasses import dataclass

from extractor.codes import Outcome
from extractor.numerals import Number
from extractor.people import People

RECALLED = "recalled"
"""The rule of a deed that somebody is accused of or sought for: "wanted for killing two"."""


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One figure of a sentence; offsets count from the start of the sentence.

    `part_of` is the index of the mention that this one is a subset of; `rule` names the pattern
    that found it; `agent` is the doer, where the sentence names one: "killed by the rebels".
    `antecedent` holds the words that tell the number, where those are others: "two men" of "them".
    """

    outcome: Outcome
    number: Number
    people: People
    start: int
    end: int
    part_of: int | None = None
    verb_at: int = 0
    voice: str = ""
    rule: str = ""
    agent: tuple[int, int] | None = None
    antecedent: str = ""
