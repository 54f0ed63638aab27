"""What is stored: typed, validated, grounded to spans of the original text, resolved and checked.

Schema version 1. An empty field means "not stated"; a zero exists only with the qualifier `none`;
what could not be proved stands in `set_aside` with its reason, never among the claims.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from extractor.article import Article, Span
from extractor.codes import (
    ActorType,
    Actuality,
    AttackType,
    Clarity,
    DatePrecision,
    Demographic,
    FlagCode,
    Hedge,
    InputOutcome,
    Joint,
    Outcome,
    PlaceLevel,
    PlaceMethod,
    PlaceRelation,
    Role,
    Scope,
    Side,
    SpeakerType,
    Stance,
    Standing,
    YesNo,
)
from extractor.numerals import Number
from extractor.wire import WireAnswer

SCHEMA_VERSION = 1
"""Version of the stored records; a change of meaning raises it and brings a migration."""

NonNegative = Annotated[int, Field(ge=0)]


class Record(BaseModel):
    """A stored value."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Match(StrEnum):
    """How a quote was found; anything but `exact` is an equivalence declared by rule R13."""

    EXACT = "exact"
    WHITESPACE = "whitespace"
    TYPOGRAPHY = "typography"
    UNICODE = "unicode"


class Quote(Span):
    """Words of the article that prove something, with where they stand and how they were found."""

    text: str
    match: Match


class Actor(Record):
    """Somebody said to have done it, or taking part."""

    name_text: str
    """Verbatim."""
    type: ActorType
    """What kind of actor."""
    canonical_id: str | None = None
    """Id in the actor table; empty until resolved."""
    canonical_name: str | None = None
    """Name in the actor table; empty until resolved."""
    method: str | None = None
    """How it was resolved: by its own name, as a state's organ, from an earlier mention, …"""


class Speaker(Record):
    """Who says so."""

    name_text: str | None
    """Verbatim; empty for the article's own voice."""
    type: SpeakerType
    """What kind of speaker."""
    via_text: str | None = None
    """Through whom it reached the article, verbatim."""
    is_party: bool = False
    """True for an organ of a side that fights in this event or conflict."""


class Group(Record):
    """Who is counted."""

    text: str | None
    """Verbatim."""
    standing: Standing = Standing.UNSPECIFIED
    """As this claim's speaker has it."""
    roles: tuple[Role, ...] = ()
    """Stated roles."""
    demographics: tuple[Demographic, ...] = ()
    """Stated age, sex or kinship."""
    party: str | None = None
    """The side they belong to, verbatim."""


class CountClaim(Record):
    """One figure, as one speaker put it, with the words that say so."""

    id: str
    """Unique in the reading."""
    outcome: Outcome
    """What happened to the people counted."""
    number: Number
    """How many."""
    group: Group
    """Who."""
    part_of: str | None = None
    """Id of the claim it is a subset of."""
    place_text: str | None = None
    """A subset's own place, verbatim."""
    scope: Scope = Scope.INCIDENT
    """What the figure covers."""
    period_text: str | None = None
    """The words of a cumulative figure's scope, verbatim."""
    speakers: Annotated[tuple[Speaker, ...], Field(min_length=1)]
    """Who says so; more than one only where they speak jointly."""
    hedge: Hedge = Hedge.NONE
    """How the words beside the figure hold it back."""
    supersedes: str | None = None
    """Id of the figure that this one revises."""
    includes_attackers: YesNo = YesNo.UNSTATED
    """Whether the attackers are counted too."""
    quotes: Annotated[tuple[Quote, ...], Field(min_length=1)]
    """The proof."""


class BlameClaim(Record):
    """One statement about who did it, as one speaker put it."""

    id: str
    """Unique in the reading."""
    accused: tuple[Actor, ...]
    """Whom it is about."""
    joint: Joint = Joint.ALL
    """How several accused stand to each other."""
    speakers: Annotated[tuple[Speaker, ...], Field(min_length=1)]
    """Who says so."""
    stance: Stance
    """The act and its certainty."""
    applies_to: tuple[str, ...] = ()
    """Ids of count claims; empty means the incident."""
    answers: str | None = None
    """Id of the blame that this one denies or rejects."""
    quotes: Annotated[tuple[Quote, ...], Field(min_length=1)]
    """The proof."""

    @model_validator(mode="after")
    def _somebody_is_accused(self) -> Self:
        if not self.accused and self.stance not in (Stance.NOBODY_CLAIMED, Stance.SAID_UNKNOWN):
            raise ValueError(f"a blame {self.stance.value!r} names nobody")
        if self.accused and self.stance in (Stance.NOBODY_CLAIMED, Stance.SAID_UNKNOWN):
            raise ValueError(f"a blame {self.stance.value!r} names somebody")
        return self


class When(Record):
    """When: the words, and the days they stand for."""

    expression: str | None
    """Verbatim; empty if the article states none for this event."""
    start: date | None
    """First possible day; empty if open or unknown."""
    end: date | None
    """Last possible day; empty if unknown."""
    precision: DatePrecision
    """How exactly."""
    spans_days: bool = False
    """True: it lasted that long. False: its date is uncertain between start and end."""
    quote: Quote | None = None
    """The proof."""


class PlaceCandidate(Record):
    """A gazetteer entry that lost."""

    gazetteer_id: str
    name: str
    reason: str


class Place(Record):
    """Where: the words, and the place they stand for (its coordinates empty until resolved)."""

    name_text: str
    """Verbatim."""
    within_text: tuple[str, ...] = ()
    """What it is said to lie in, verbatim, nearest first."""
    relation: PlaceRelation = PlaceRelation.UNSPECIFIED
    """How the event lies to it."""
    controlled_by_text: str | None = None
    """Who is said to hold it, verbatim."""
    quote: Quote | None = None
    """The proof."""
    level: PlaceLevel = PlaceLevel.UNKNOWN
    """What kind of place."""
    countries: tuple[str, ...] = ()
    """Where it lies, ISO 3166-1 alpha-2; more than one for a region over borders."""
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    """Latitude in degrees, WGS 84."""
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    """Longitude in degrees, WGS 84."""
    radius_km: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    """Radius of uncertainty in kilometres."""
    gazetteer_id: str | None = None
    """Id in the gazetteer."""
    parents: tuple[str, ...] = ()
    """Names of what it lies in by the gazetteer, nearest first."""
    method: PlaceMethod | None = None
    """How it was resolved; empty if it is not."""
    candidates: tuple[PlaceCandidate, ...] = ()
    """Those that lost."""


class Party(Record):
    """An armed side taking part as narrated; no blame."""

    name_text: str
    """Verbatim."""
    actor: Actor
    """Who that is."""
    side: Side
    """Which side."""


class Incident(Record):
    """One violent event: a set of claims about it."""

    id: str
    """Unique in the reading."""
    summary: str
    """One neutral line."""
    actuality: Actuality = Actuality.ACTUAL
    """Whether it took place."""
    clarity: Clarity = Clarity.SINGLE
    """One event, or several with one toll."""
    background: bool = False
    """True for an earlier or remote event told only as context."""
    attack_types: tuple[AttackType, ...] = (AttackType.UNKNOWN,)
    """How, the main way first."""
    when: When
    """When."""
    places: tuple[Place, ...] = ()
    """Where, the main place first."""
    parties: tuple[Party, ...] = ()
    """Armed sides as narrated."""
    counts: tuple[CountClaim, ...] = ()
    """Figures, each speaker's apart."""
    blames: tuple[BlameClaim, ...] = ()
    """Accusations, denials and claims of responsibility, each apart."""
    evidence: tuple[Quote, ...] = ()
    """Words that tell of the event itself."""


class Flag(Record):
    """What a check found, and where."""

    code: FlagCode
    """What."""
    where: str
    """The claim, incident or part it is about, by id: "i1/c2"."""
    message: str
    """One line for a person."""


SetAsideKind = Literal["incident", "count", "blame", "place", "party", "when"]


class SetAside(Record):
    """A part of the answer that could not be proved: kept word for word, but no claim."""

    where: str
    """Where it stood in the answer."""
    kind: SetAsideKind
    """What it would have been."""
    part: dict[str, Any]
    """The part of the answer, unchanged."""
    reason: FlagCode
    """Why it is no claim."""


class Attempt(Record):
    """One call to a model endpoint: what it cost and how it ended."""

    n: Annotated[int, Field(ge=1)]
    """First, second, …"""
    status: str
    """`ok`, or what went wrong: `http_429`, `timeout`, `refusal`, `truncated`, `invalid`, …"""
    request_sha256: str
    """Hash of the request body."""
    finish_reason: str | None = None
    """As the endpoint states it."""
    prompt_tokens: NonNegative | None = None
    """As the endpoint states it; empty if it states none."""
    completion_tokens: NonNegative | None = None
    """As the endpoint states it; empty if it states none."""
    cached_tokens: NonNegative | None = None
    """Share of the prompt tokens that were cached."""
    reasoning_tokens: NonNegative | None = None
    """Share of the completion tokens spent on reasoning."""
    milliseconds: Annotated[float, Field(ge=0)] = 0.0
    """Wall-clock time of the call."""
    usd: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    """What it cost in US dollars, by the price table of its run; empty if no price is known."""
    request_id: str | None = None
    """The endpoint's name for the call."""
    message: str | None = None
    """What went wrong, shortened; never a key."""


class Source(Record):
    """Where an input came from."""

    path: str
    """The file as it was named, or `-` for standard input."""
    line: int | None = None
    """Line number from 1, for JSONL."""


class Doubt(Record):
    """How a claim was found, and how often claims found so are right; a model tells neither."""

    claim: str
    """Id of the count or blame."""
    rule: str
    """Name of the rule that found it."""
    confidence: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    """Share of such claims that were right where it was measured; empty if it was not."""


class Left(Span):
    """Words of the article that the reader saw and made no claim of."""

    reason: str
    """Why, in a fixed word of the reader: `accident`, `recalled`, `other_language`, …"""


class Reading(Record):
    """An article that was read: the ledger of its claims."""

    schema_version: Literal[1] = SCHEMA_VERSION
    outcome: Literal[InputOutcome.READ, InputOutcome.READ_WITH_FLAGS]
    source: Source | None = None
    """Where the article came from."""
    article: Article
    """The article itself, so that every quote can be checked again offline."""
    reader: str
    """Who answered."""
    prompt: str | None = None
    """The prompt pack and version, for a model."""
    incidents: tuple[Incident, ...] = ()
    """In the order of the article."""
    cumulative: tuple[CountClaim, ...] = ()
    """Figures that cover more than one incident."""
    flags: tuple[Flag, ...] = ()
    """What the checks found."""
    set_aside: tuple[SetAside, ...] = ()
    """What could not be proved."""
    notices: tuple[str, ...] = ()
    """What intake had to say about the article."""
    doubts: tuple[Doubt, ...] = ()
    """How sure the reader's claims are, each by its id; empty for a reader that does not tell."""
    left: tuple[Left, ...] = ()
    """What the reader saw and made no claim of, and why."""
    answer: WireAnswer
    """The reader's answer before grounding, so that it can be mapped again without a new call."""
    attempts: tuple[Attempt, ...] = ()
    """Every call made for it."""


class Failure(Record):
    """An article for which no answer could be used; it is no empty reading."""

    schema_version: Literal[1] = SCHEMA_VERSION
    outcome: Literal[
        InputOutcome.REFUSED,
        InputOutcome.INVALID,
        InputOutcome.TRUNCATED,
        InputOutcome.INFRA_ERROR,
    ]
    source: Source | None = None
    """Where the article came from."""
    article: Article
    """The article itself."""
    reader: str
    """Who was asked."""
    prompt: str | None = None
    """The prompt pack and version."""
    reason: str
    """What happened, where, and what to do next."""
    raw_answer: str | None = None
    """What the model did answer, word for word."""
    notices: tuple[str, ...] = ()
    """What intake had to say about the article."""
    attempts: tuple[Attempt, ...] = ()
    """Every call made for it."""


class Rejected(Record):
    """An input that is no readable article."""

    schema_version: Literal[1] = SCHEMA_VERSION
    outcome: Literal[InputOutcome.REJECTED_INPUT] = InputOutcome.REJECTED_INPUT
    source: Source
    """Where it came from."""
    article_id: str | None = None
    """Its id, if it states one."""
    raw_sha256: str | None = None
    """SHA-256 of its bytes; empty if they could not be read."""
    reason: str
    """What is wrong, and what to do next."""


StoredOutcome = Annotated[Reading | Failure | Rejected, Field(discriminator="outcome")]
"""How one input ended: one line of a run."""
