"""The convention of MUC-4: what becomes a template, in which words, and how fills compare."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.corpora.corpus import CorpusError
from eval.corpora.muc4.keys import Slot
from extractor.codes import (
    ActorType,
    Actuality,
    AttackType,
    Hedge,
    Outcome,
    PlaceLevel,
    Role,
    SpeakerType,
    Stance,
    Standing,
)

_FILE = Path(__file__).parent / "muc4.toml"

Words = frozenset[str]


class Part(BaseModel):
    """A part of the convention."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Scoring(Part):
    """How two fills compare."""

    content_slots: tuple[Slot, ...]
    """One of them must be at least half right before an answer may stand for a key."""
    place_words: Words
    """Words that do not tell places apart."""
    loose_words: Words
    """Words that do not tell people apart."""
    loose_organisation_words: Words
    """Words that do not tell organisations apart, beside those."""
    tail_words: Words
    """Words that end the head of a description."""
    more_general: dict[str, str]
    """Incident types with the wider one that is half right for them."""
    country_spellings: dict[str, str]
    """Other spellings of countries."""


class Relevance(Part):
    """Which incidents the corpus wants reported."""

    skips_background: bool
    actualities: frozenset[Actuality]
    oldest_days: Annotated[int, Field(gt=0)]
    """Greatest age of an event on the day of the wire."""
    military_attacks: frozenset[AttackType]
    """Attacks that are no terrorist act …"""
    military_standings: frozenset[Standing]
    """… where all that are hit have one of these standings."""
    most_people: Annotated[int, Field(gt=0)]
    """A figure beyond this is a war's toll, not one event's."""
    tolls_of_fighters: frozenset[Outcome]
    """Outcomes that count a side's fighters where nobody else is told of."""
    forces: frozenset[ActorType]
    """Those whose attacks are war, where they are told to hit nobody."""


class Locations(Part):
    """How places are told."""

    uses_dateline_country: bool
    """Whether the dateline's country stands in for one that is not told."""
    levels: dict[PlaceLevel, str]
    """The corpus's words for the levels of places."""
    homonymous: frozenset[PlaceLevel]
    """Small places, whose country is the dateline's unless the article tells it."""
    targets: frozenset[PlaceLevel]
    """Places that are told as what was hit, not as where: their surroundings are told."""
    countries: dict[str, str]
    """Its names of countries, by ISO 3166-1 alpha-2."""
    datelines: dict[str, str]
    """Countries of cities that stand in datelines without one."""
    stations: dict[str, str]
    """Countries of stations that speak from a hidden place."""


class Perpetrators(Part):
    """Who is told as having done it."""

    status_of_party: str
    """Status of an organisation that takes part and is not blamed."""
    person_types: frozenset[ActorType]
    party_types: frozenset[ActorType]
    passed_over: frozenset[Stance]
    person_words: Words
    """Words that mean people, not an organisation."""
    organisation_phrases: Words
    """Names that hold such a word and are organisations all the same."""
    member_words: Words
    """People who belong to the organisation that stands beside the word."""
    nameless_words: Words
    """Words for people who may belong to whatever organisation a story is about."""
    story: tuple[str, ...]
    """Organisations that nameless rebels of a story may belong to, by their listed names."""
    story_actors: frozenset[ActorType]
    """Types of nameless people who belong to the one organisation of their story."""
    forces: dict[ActorType, tuple[str, ...]]
    """The force that people of a state belong to, by their type."""
    other_names: dict[str, tuple[str, ...]]
    """Other names of groups, by the name that a record tells."""


class StatusRow(Part):
    """One branch of the decision tree."""

    value: str
    stances: frozenset[Stance]
    speakers: frozenset[SpeakerType] = frozenset()
    """Who must say so; empty: anybody."""
    without: tuple[str, ...] = ()
    """Parts of words that the blame's words must not have: somebody tells a deed, and no blame."""


class VictimType(Part):
    """A kind of people and the words that tell it."""

    value: str
    words: Words


class Victims(Part):
    """Who is told as a human target, and how."""

    roles_left_out: frozenset[Role]
    words_left_out: Words
    hedges_left_out: frozenset[Hedge]
    pointing_words: Words
    """Words that only point to a person told of before."""
    no_names: Words
    """Words for one person that are no personal name."""
    outcomes: frozenset[Outcome]
    """Outcomes that make a victim."""
    nobody: str
    """The effect that "nobody was hurt" stands for."""
    nobody_outcomes: frozenset[Outcome]
    effects: dict[Outcome, str]
    types: tuple[VictimType, ...]
    standings: dict[Standing, str]


class Published(Part):
    """The best figure of 1992 for a slot."""

    slot: Slot
    name: str
    """The slot's name in our table."""
    row: str
    """Its name in the reports of 1992."""
    f1: float
    by: str


class PublishedOverall(Part):
    """The best figures of 1992 over several slots."""

    all_templates: float
    all_templates_by: str
    same_slots: float
    same_slots_by: str
    templates: float
    templates_by: str


class Convention(Part):
    """The whole convention."""

    title: str
    clusters: str
    notes: tuple[str, ...]
    codes: Words
    """What keys and answers fill in from a list, in whatever slot."""
    scoring: Scoring
    relevance: Relevance
    stages: dict[Actuality, str]
    types: dict[AttackType, str]
    """Incident types by attack type; what is not named is an attack."""
    types_by_outcome: dict[Outcome, str]
    """Incident types by outcome, where the attack type is unknown."""
    locations: Locations
    perpetrators: Perpetrators
    status: tuple[StatusRow, ...]
    victims: Victims
    baselines: dict[Slot, str]
    """Constant answers."""
    published: tuple[Published, ...]
    published_overall: PublishedOverall


@cache
def load_convention(path: Path = _FILE) -> Convention:
    """The convention that travels with the package, or one of the same shape.

    Raises:
        CorpusError: it is missing or malformed.
    """
    try:
        return Convention.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CorpusError(f"no convention at {path} ({error.strerror}); install again") from error
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise CorpusError(f"the convention {path} is malformed: {error}") from error
