"""Coverage: how many articles, incidents and claims of each kind a gold set has."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from pydantic import BaseModel, ConfigDict

from eval.gold import DistractorKind, GoldSet, Labelled
from eval.phenomena import FIRST_TIER, Phenomenon
from eval.quoting import normal
from extractor.codes import (
    AttackType,
    DatePrecision,
    Outcome,
    PlaceLevel,
    Qualifier,
    SpeakerType,
    Stance,
)
from extractor.records import BlameClaim, CountClaim, Incident

UNDIVIDED = "-"
"""The split of an article that is in none, and the value of a stratum that is not told."""


class Coverage(BaseModel):
    """What a gold set holds, in counts; every word of an enumeration has its count, also zero."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    articles: int
    """Labelled articles."""
    stories: int
    """Stories that they belong to."""
    without_incidents: int
    """Articles that tell of no incident but background."""
    several_incidents: int
    """Articles that tell of two incidents or more, background left out."""
    several_sources: int
    """Articles with figures of two named speakers or more."""
    adjudicated: int
    """Articles of which two labellings were compared."""
    incidents: int
    """Incidents, optional ones too."""
    background: int
    """Incidents told as context."""
    counts: int
    """Count claims of incidents."""
    parts: int
    """Count claims that are a part of another."""
    blames: int
    """Blames."""
    cumulative: int
    """Figures that cover more than one incident."""
    optional: int
    """Incidents and claims that neither reward nor punish."""
    disputed: int
    """Claims without agreement."""
    alternatives: int
    """Second readings."""
    distractors: dict[str, int]
    """Figures that are no toll, by kind."""
    first_tier: dict[str, int]
    """Articles by phenomenon of the first tier."""
    second_tier: dict[str, int]
    """Articles by phenomenon of the second tier."""
    splits: dict[str, int]
    """Articles by split."""
    languages: dict[str, int]
    """Articles by the language that they state."""
    strata: dict[str, dict[str, int]]
    """Articles by each further stratum."""
    labellers: dict[str, int]
    """Articles by who labelled them."""
    incidents_per_article: dict[str, int]
    """Articles by how many incidents they tell of, background left out."""
    speakers_per_article: dict[str, int]
    """Articles by how many different speakers they name, for a figure or a blame."""
    outcomes: dict[str, int]
    """Count claims by outcome, cumulative ones too."""
    qualifiers: dict[str, int]
    """Count claims by qualifier, cumulative ones too."""
    speaker_types: dict[str, int]
    """Counts and blames by the type of each speaker."""
    stances: dict[str, int]
    """Blames by stance."""
    place_levels: dict[str, int]
    """Incidents by the level of their main place; those without one are left out."""
    date_precisions: dict[str, int]
    """Incidents by the precision of their date."""
    attack_types: dict[str, int]
    """Incidents by their main attack type."""


def coverage_of(gold: GoldSet) -> Coverage:
    """Count what a gold set holds."""
    labelled = tuple(gold.labelled.values())
    incidents = [incident for one in labelled for incident in one.gold.incidents]
    counts = [claim for incident in incidents for claim in incident.counts]
    cumulative = [claim for one in labelled for claim in one.gold.cumulative]
    blames = [blame for incident in incidents for blame in incident.blames]
    told = [told for one in labelled for told in one.gold.phenomena]
    phenomena = _by_code(Phenomenon, told)
    first = {code.value for code in FIRST_TIER}
    claims: list[CountClaim | BlameClaim] = [*counts, *cumulative, *blames]
    return Coverage(
        articles=len(labelled),
        stories=len({one.gold.story_id for one in labelled}),
        without_incidents=sum(1 for one in labelled if not told_incidents(one)),
        several_incidents=sum(1 for one in labelled if len(told_incidents(one)) > 1),
        several_sources=sum(1 for one in labelled if len(sources_of(one)) > 1),
        adjudicated=sum(1 for one in labelled if one.gold.adjudicated),
        incidents=len(incidents),
        background=sum(1 for one in incidents if one.background),
        counts=len(counts),
        parts=sum(1 for one in counts if one.part_of is not None),
        blames=len(blames),
        cumulative=len(cumulative),
        optional=sum(_optional(one) for one in labelled),
        disputed=sum(len(set(one.gold.disputed)) for one in labelled),
        alternatives=sum(len(one.gold.alternatives) for one in labelled),
        distractors=_by_code(
            DistractorKind, (other.kind for one in labelled for other in one.gold.distractors)
        ),
        first_tier={name: number for name, number in phenomena.items() if name in first},
        second_tier={name: number for name, number in phenomena.items() if name not in first},
        splits=_by_name(one.split for one in labelled),
        languages=_by_name(one.article.language for one in labelled),
        strata=_strata(labelled),
        labellers=_by_name(one.gold.labeller for one in labelled),
        incidents_per_article=_by_number(len(told_incidents(one)) for one in labelled),
        speakers_per_article=_by_number(len(_speakers(one)) for one in labelled),
        outcomes=_by_code(Outcome, (one.outcome for one in (*counts, *cumulative))),
        qualifiers=_by_code(Qualifier, (one.number.qualifier for one in (*counts, *cumulative))),
        speaker_types=_by_code(
            SpeakerType, (speaker.type for claim in claims for speaker in claim.speakers)
        ),
        stances=_by_code(Stance, (one.stance for one in blames)),
        place_levels=_by_code(PlaceLevel, (one.places[0].level for one in incidents if one.places)),
        date_precisions=_by_code(DatePrecision, (one.when.precision for one in incidents)),
        attack_types=_by_code(AttackType, (one.attack_types[0] for one in _typed(incidents))),
    )


def told_incidents(one: Labelled) -> list[Incident]:
    """The incidents of an article, background left out."""
    return [incident for incident in one.gold.incidents if not incident.background]


def sources_of(one: Labelled) -> set[str]:
    """Who is named for a figure in an article, each by one name in small letters.

    The names that the label lists as aliases are one speaker; a speaker without a name is none.
    """
    gold = one.gold
    counts = [claim for incident in gold.incidents for claim in incident.counts]
    return _named([*counts, *gold.cumulative], gold.aliases)


def _typed(incidents: Iterable[Incident]) -> list[Incident]:
    return [one for one in incidents if one.attack_types]


def _speakers(one: Labelled) -> set[str]:
    """Who is named for a figure or a blame."""
    gold = one.gold
    claims: list[CountClaim | BlameClaim] = [*gold.cumulative]
    for incident in gold.incidents:
        claims += [*incident.counts, *incident.blames]
    return _named(claims, gold.aliases)


def _named(claims: Iterable[CountClaim | BlameClaim], aliases: Iterable[Iterable[str]]) -> set[str]:
    first = _first_names(aliases)
    names = {
        _small(speaker.name_text)
        for claim in claims
        for speaker in claim.speakers
        if speaker.name_text and speaker.type is not SpeakerType.ARTICLE_VOICE
    }
    return {first.get(name, name) for name in names}


def _first_names(aliases: Iterable[Iterable[str]]) -> Mapping[str, str]:
    """The one name for each name of a list; lists that share a name are one."""
    first: dict[str, str] = {}
    for listed in aliases:
        names = {_small(name) for name in listed}
        known = {first[name] for name in names if name in first}
        names |= {name for name, one in first.items() if one in known}
        first |= dict.fromkeys(names, min(names, default=""))
    return first


def _small(name: str) -> str:
    return normal(name).casefold()


def _optional(one: Labelled) -> int:
    background = {incident.id for incident in one.gold.incidents if incident.background}
    return len(background | set(one.gold.optional))


def _strata(labelled: Iterable[Labelled]) -> dict[str, dict[str, int]]:
    strata = [one.gold.strata for one in labelled]
    names = sorted({name for told in strata for name in told if name != "language"})
    return {name: _by_name(told.get(name) for told in strata) for name in names}


def _by_code(codes: type[Enum], told: Iterable[Enum]) -> dict[str, int]:
    counted = Counter(told)
    return {str(code.value): counted[code] for code in codes}


def _by_name(told: Iterable[str | None]) -> dict[str, int]:
    return dict(sorted(Counter(one or UNDIVIDED for one in told).items()))


def _by_number(told: Iterable[int]) -> dict[str, int]:
    return {str(number): count for number, count in sorted(Counter(told).items())}


def tables_of(coverage: Coverage) -> Iterator[tuple[str, Mapping[str, int]]]:
    """The counts as tables, each with its title; rows of zero are left out but for phenomena."""
    told = coverage.model_dump()
    sums = {name: number for name, number in told.items() if isinstance(number, int)}
    yield "gold set", {name.replace("_", " "): number for name, number in sums.items()}
    for tier in ("first_tier", "second_tier"):
        yield f"articles by phenomenon ({tier.replace('_', ' ')})", told[tier]
    for name, title in _TITLES.items():
        yield title, {row: number for row, number in told[name].items() if number}
    for stratum, rows in coverage.strata.items():
        yield f"articles by {stratum}", rows


_TITLES = {
    "splits": "articles by split",
    "languages": "articles by language",
    "labellers": "articles by labeller",
    "incidents_per_article": "articles by incidents told",
    "speakers_per_article": "articles by speakers",
    "outcomes": "figures by outcome",
    "qualifiers": "figures by qualifier",
    "speaker_types": "claims by type of speaker",
    "stances": "blames by stance",
    "place_levels": "incidents by level of place",
    "date_precisions": "incidents by precision of date",
    "attack_types": "incidents by attack type",
    "distractors": "distractors by kind",
}
