"""Findings: what is wrong in one label, and a walk over its claims and quotes with their fields."""

from collections.abc import Iterator
from typing import NamedTuple

from eval.gold import GoldArticle
from extractor.records import BlameClaim, CountClaim, Incident, Quote


class Finding(NamedTuple):
    """Something wrong in a label."""

    field: str
    """In which field: "incidents.0.counts.1.number"."""
    message: str
    """What is wrong, and what to do."""


def each_incident(gold: GoldArticle) -> Iterator[tuple[str, Incident]]:
    """Every incident, with its field."""
    for n, incident in enumerate(gold.incidents):
        yield f"incidents.{n}", incident


def each_count(gold: GoldArticle) -> Iterator[tuple[str, CountClaim]]:
    """Every count claim, cumulative ones too, with its field."""
    for where, incident in each_incident(gold):
        for n, claim in enumerate(incident.counts):
            yield f"{where}.counts.{n}", claim
    for n, claim in enumerate(gold.cumulative):
        yield f"cumulative.{n}", claim


def each_blame(gold: GoldArticle) -> Iterator[tuple[str, BlameClaim]]:
    """Every blame, with its field."""
    for where, incident in each_incident(gold):
        for n, blame in enumerate(incident.blames):
            yield f"{where}.blames.{n}", blame


def each_quote(gold: GoldArticle) -> Iterator[tuple[str, Quote]]:
    """Every quote, with its field."""
    for where, claim in (*each_count(gold), *each_blame(gold)):
        for n, quote in enumerate(claim.quotes):
            yield f"{where}.quotes.{n}", quote
    for where, incident in each_incident(gold):
        for n, quote in enumerate(incident.evidence):
            yield f"{where}.evidence.{n}", quote
        if incident.when.quote:
            yield f"{where}.when.quote", incident.when.quote
        for n, place in enumerate(incident.places):
            if place.quote:
                yield f"{where}.places.{n}.quote", place.quote
    for n, distractor in enumerate(gold.distractors):
        yield f"distractors.{n}.quote", distractor.quote
    for n, other in enumerate(gold.alternatives):
        for name, part in (("when", other.when), ("place", other.place)):
            if part and part.quote:
                yield f"alternatives.{n}.{name}.quote", part.quote
