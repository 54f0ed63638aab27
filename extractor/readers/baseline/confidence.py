"""Confidence: how often claims that a rule found were right where that was measured.

A share rests on few claims, so it is drawn towards the one above it: with `right` of `of` claims,
and the share `above` of all claims of the rule (or, for a rule, of all rules), it is
(right + WEIGHT * above) / (of + WEIGHT), the mean of a Beta posterior. All claims together begin at
(right + 1) / (of + 2).

Articles of news and corpora of short reports are not equally hard. The articles give the level:
what is right in the corpora is first scaled so that their claims together are right as often as
those of the articles, and only tells one rule from another.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from extractor.codes import Qualifier, Scope, SpeakerType
from extractor.readers.baseline.drawn import Drawn
from extractor.records import Doubt
from extractor.wire import WireAnswer, WireBlame, WireCount

TABLE = Path(__file__).resolve().parents[2] / "data" / "confidence.toml"
WEIGHT = 12.0  # claims that the share above is worth; 3, 6 and 25 were less well calibrated
Kind = Literal["counts", "blames"]
KINDS: tuple[Kind, ...] = ("counts", "blames")
Source = Literal["articles", "corpora"]


@dataclass(frozen=True, kw_only=True, order=True)
class Way:
    """How a claim was come by: all that its confidence depends on."""

    kind: Kind
    rule: str
    trait: str


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many claims were right, of how many; scaled ones need not be whole."""

    right: float
    of: int


Tallies = Mapping[Way, Tally]
_NONE = Tally(right=0, of=0)


def doubt(drawn: Drawn) -> tuple[Doubt, ...]:
    """The rule and the confidence of every claim of an answer."""
    return tuple(
        Doubt(claim=claim, rule=way.rule, confidence=_measured_confidence(way))
        for claim, way in ways(drawn.answer, drawn.rules)
    )


@cache
def _measured_confidence(way: Way) -> float:
    return round(confidence(way, measured()), 3)


def ways(answer: WireAnswer, rules: Mapping[str, str]) -> Iterator[tuple[str, Way]]:
    """How each claim of an answer was come by, for those with a rule."""
    for incident in answer.incidents:
        for count in incident.counts:
            if count.id in rules:
                yield count.id, Way(kind="counts", rule=rules[count.id], trait=_trait(count))
        for blame in incident.blames:
            if blame.id in rules:
                yield blame.id, Way(kind="blames", rule=rules[blame.id], trait=_said_by(blame))
    for count in answer.cumulative:
        if count.id in rules:
            yield count.id, Way(kind="counts", rule=rules[count.id], trait="cumulative")


def _trait(count: WireCount) -> str:
    if count.scope is not Scope.INCIDENT:
        return "cumulative"
    if count.part_of:
        return "part"
    if count.number.qualifier is Qualifier.NONE:
        return "nobody"
    if count.number.qualifier in (Qualifier.VAGUE, Qualifier.UNKNOWN_NUMBER):
        return "no_figure"
    return "one" if (count.number.lower, count.number.upper) == (1, 1) else "figure"


def _said_by(blame: WireBlame) -> str:
    voice = all(one.type is SpeakerType.ARTICLE_VOICE for one in blame.speakers)
    return "article" if voice else "speaker"


def confidence(way: Way, tallies: Tallies) -> float:
    """The share of such claims that were right, drawn towards those of wider groups."""
    alike = [(one, tally) for one, tally in tallies.items() if one.kind == way.kind]
    every = _sum(tally for _, tally in alike)
    of_rule = _sum(tally for one, tally in alike if one.rule == way.rule)
    share = (every.right + 1) / (every.of + 2)
    for tally in (of_rule, tallies.get(way, _NONE)):
        share = (tally.right + WEIGHT * share) / (tally.of + WEIGHT)
    return share


def _sum(tallies: Iterable[Tally]) -> Tally:
    told = tuple(tallies)
    return Tally(right=sum(one.right for one in told), of=sum(one.of for one in told))


def levelled(articles: Tallies, corpora: Tallies) -> Tallies:
    """The claims of articles and corpora together, on the level of the articles."""
    scales = {kind: _scale(articles, corpora, kind) for kind in KINDS}
    found: dict[Way, Tally] = {}
    for way in sorted({*articles, *corpora}):
        one, other = articles.get(way, _NONE), corpora.get(way, _NONE)
        right = one.right + min(other.of, other.right * scales[way.kind])
        found[way] = Tally(right=right, of=one.of + other.of)
    return found


def _scale(articles: Tallies, corpora: Tallies, kind: Kind) -> float:
    level, other = (
        _sum(tally for way, tally in tallies.items() if way.kind == kind)
        for tallies in (articles, corpora)
    )
    return (level.right + 1) / (level.of + 2) / ((other.right + 1) / (other.of + 2))


@cache
def measured() -> Tallies:
    """What was measured, on one level."""
    return levelled(read_table("articles"), read_table("corpora"))


def read_table(source: Source) -> Tallies:
    """What the table beside this module says of the articles, or of the corpora."""
    raw = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {
        Way(kind=kind, rule=rule, trait=trait): Tally(right=told[source][0], of=told[source][1])
        for kind in KINDS
        for rule, traits in raw.get(kind, {}).items()
        for trait, told in traits.items()
        if source in told
    }
