"""A harm: what befell the people of some tokens, and what is told so far of a sentence."""

from dataclasses import dataclass

from extractor.codes import Outcome
from extractor.mentions.tags import Line


@dataclass(frozen=True, kw_only=True)
class Harm:
    """What befell the people of some tokens; `verb` is the token that says so."""

    rule: str
    outcome: Outcome
    people: tuple[int, ...]
    verb: int
    first: int
    last: int
    agent: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A sentence under way: what its predicates have told so far, by the verb's token."""

    sentence: str
    line: Line
    told: dict[int, Harm]


def make_harm(
    reading: Reading,
    rule: str,
    people: list[int],
    verb: int,
    *,
    first: int | None = None,
    agent: tuple[int, int] | None = None,
) -> Harm:
    """A harm of these people, from the first word that tells of it to the last."""
    start = min(people[0], verb if first is None else first)
    return Harm(
        rule=rule,
        outcome=_outcome(reading.line, verb),
        people=tuple(people),
        verb=verb,
        first=start,
        last=max(people[-1], verb),
        agent=agent,
    )


def _outcome(line: Line, at: int) -> Outcome:
    predicate = line.tokens[at].predicate
    if predicate is None:  # a body found
        return Outcome.KILLED
    return predicate.outcomes[line.tags[at]]
