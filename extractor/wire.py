"""What a reader fills in: an answer before it is grounded, resolved and checked.

Friendly to strict JSON Schema: every field is required, nullable where the article may be silent,
with no default and no limit. The docstring under a field is its definition, for the model and the
labeller alike.
"""

import json
from typing import Any, cast

from pydantic import BaseModel, ConfigDict

from extractor.codes import (
    ActorType,
    Actuality,
    AttackType,
    Clarity,
    DatePrecision,
    Demographic,
    Hedge,
    Joint,
    Outcome,
    PlaceRelation,
    Qualifier,
    Role,
    Scope,
    Side,
    SpeakerType,
    Stance,
    Standing,
    Unit,
    YesNo,
)


class WireModel(BaseModel):
    """A part of a reader's answer."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class WireNumber(WireModel):
    """A figure, as the words put it."""

    text: str | None
    """The words of the figure copied exactly, with their qualifier ("at least 26", "dozens").
    Empty only if the figure is counted from a list whose parts stand apart, or people are
    counted without any number."""
    lower: int | None
    """Smallest number the words support; empty where the qualifier says so."""
    upper: int | None
    """Largest number the words support; empty where the qualifier says so."""
    qualifier: Qualifier
    """How the words bound the number."""
    term: str | None
    """The vague word itself ("several", "dozens"), for a vague figure only."""
    enumerated: bool
    """True if the number was counted from a list of people ("a man and his two sons" is 3)."""
    unit: Unit
    """What is counted."""


class WireGroup(WireModel):
    """Who is counted, as this claim's speaker puts it."""

    text: str | None
    """The words for the people counted, copied exactly ("civilians", "soldiers"). Empty if
    none."""
    standing: Standing
    """Their standing as stated, never presumed. A part of a group stated to be all civilian
    is civilian."""
    roles: list[Role]
    """Their roles, if stated."""
    demographics: list[Demographic]
    """Their age, sex or kinship, if stated."""
    party_text: str | None
    """The armed side they belong to, copied exactly, if stated."""


class WireSpeaker(WireModel):
    """Who says so."""

    name_text: str | None
    """The speaker's name or description copied exactly ("state media"). Empty for the
    article's own voice."""
    type: SpeakerType
    """What kind of speaker."""
    via_text: str | None
    """Through whom it reached the article, copied exactly ("Reuters"), if stated."""
    is_party: bool
    """True for an organ of a side that fights in this event or conflict: an army, a ministry
    at war, an armed group, and their media. False for police in a crime case, local officials
    and rescuers."""


class WireCount(WireModel):
    """One figure as one speaker gave it. Silence about a harm is no claim."""

    id: str
    """A short name for this claim, unique in the answer: "c1", "c2"."""
    outcome: Outcome
    """What happened to the people counted."""
    number: WireNumber
    """How many."""
    group: WireGroup
    """Who."""
    part_of: str | None
    """The id of the claim that this one is a subset of ("including seven children")."""
    place_text: str | None
    """A place of its own, copied exactly, only where a subset has one."""
    scope: Scope
    """What the figure covers. Cumulative figures are never "incident" and stand beside the
    incidents."""
    period_text: str | None
    """The words that give a cumulative figure's period or scope ("since 2011"), copied
    exactly."""
    speakers: list[WireSpeaker]
    """Who says so; more than one only where they speak jointly."""
    hedge: Hedge
    """How the words beside the figure hold it back."""
    supersedes: str | None
    """The id of an earlier figure that this one revises."""
    includes_attackers: YesNo
    """Whether the figure includes those who carried out the attack."""
    quotes: list[str]
    """The words that state this claim, copied exactly and whole, as few as will do; the
    figure stands in them."""


class WireActor(WireModel):
    """Somebody said to have done it."""

    name_text: str
    """The name or description copied exactly ("the rebels")."""
    type: ActorType
    """What kind of actor."""


class WireBlame(WireModel):
    """One statement about who did it, or did not. No such statement, no claim."""

    id: str
    """A short name for this claim, unique in the answer: "b1", "b2"."""
    accused: list[WireActor]
    """Whom the statement is about; empty only for nobody_claimed and said_unknown."""
    joint: Joint
    """How several accused stand to each other."""
    speakers: list[WireSpeaker]
    """Who says so."""
    stance: Stance
    """The act and its certainty."""
    applies_to: list[str]
    """The ids of the count claims it is about; empty if it is about the whole incident."""
    answers: str | None
    """The id of the blame that this one denies or rejects."""
    quotes: list[str]
    """The words that state this claim, copied exactly."""


class WireWhen(WireModel):
    """When the event took place, as the article says."""

    expression: str | None
    """The words for the time copied exactly ("Wednesday", "overnight"); empty if none is
    stated for this event."""
    start: str | None
    """First day it may have taken place, YYYY-MM-DD, if you can tell; it is checked against
    the words."""
    end: str | None
    """Last day it may have taken place, YYYY-MM-DD."""
    precision: DatePrecision
    """How exactly the article dates it."""
    spans_days: bool
    """True if the event lasted from start to end; false if its date is uncertain between
    them."""
    quote: str | None
    """The words around the expression, copied exactly."""


class WirePlace(WireModel):
    """Where the event took place, as the article says; a dateline is not evidence."""

    name_text: str
    """The most specific named place, copied exactly."""
    within_text: list[str]
    """What it is said to lie in, copied exactly, nearest first."""
    relation: PlaceRelation
    """How the event lies to it."""
    controlled_by_text: str | None
    """Who is said to hold it ("rebel-held"), copied exactly."""
    quote: str | None
    """The words around the name, copied exactly."""


class WireParty(WireModel):
    """An armed side taking part as narrated; this is no blame."""

    name_text: str
    """The name or description copied exactly ("gunmen", "the army")."""
    type: ActorType
    """What kind of actor."""
    side: Side
    """Which side it stands on."""


class WireIncident(WireModel):
    """One violent event with at least one casualty claim or blame."""

    id: str
    """A short name, unique in the answer: "i1", "i2"."""
    summary: str
    """One neutral line that blames nobody."""
    actuality: Actuality
    """Whether it took place."""
    clarity: Clarity
    """One event, or several with one toll."""
    background: bool
    """True for an earlier or remote event told only as context."""
    attack_types: list[AttackType]
    """How the violence was done, the main way first."""
    when: WireWhen
    """When."""
    places: list[WirePlace]
    """Where, the main place first; empty if no place is stated."""
    parties: list[WireParty]
    """The armed sides taking part as narrated."""
    counts: list[WireCount]
    """Every figure, each speaker's apart."""
    blames: list[WireBlame]
    """Every accusation, denial and claim of responsibility for this event, each apart."""
    evidence: list[str]
    """Quotes, copied exactly, that tell of the event itself."""


class WireAnswer(WireModel):
    """A reader's whole answer for one article."""

    incidents: list[WireIncident]
    """The incidents, in the order of the article; empty if there is none."""
    cumulative: list[WireCount]
    """Figures that cover more than one incident, a period, a campaign or a whole conflict."""


def strict_schema() -> dict[str, Any]:
    """JSON Schema of an answer for strict endpoints.

    Every property is required and no other is allowed; a reference that carries a description of
    its own is written out in place, since strict endpoints accept nothing beside a reference.
    """
    schema = WireAnswer.model_json_schema()
    definitions: dict[str, Any] = schema.get("$defs", {})
    strict = _strict(schema, definitions)
    body = json.dumps(strict)
    strict["$defs"] = {
        name: part
        for name, part in strict["$defs"].items()
        if f'"#/$defs/{name}"' in body  # the others were written out in place
    }
    return strict


def _strict(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_strict(part, definitions) for part in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    parts = cast("dict[str, Any]", node)
    if "$ref" in parts and "description" in parts:
        target = definitions[parts["$ref"].removeprefix("#/$defs/")]
        told = f"{parts['description']}\n{target.get('description', '')}".strip()
        return _strict({**target, "description": told}, definitions)
    strict = {
        name: {key: _strict(part, definitions) for key, part in value.items()}
        if name in ("properties", "$defs")
        else _strict(value, definitions)
        for name, value in parts.items()
        if name != "title" or not isinstance(value, str)
    }
    if strict.get("type") == "object":
        strict["required"] = list(strict.get("properties", {}))
        strict["additionalProperties"] = False
    return strict
