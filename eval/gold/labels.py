"""Labels: what a labeller says of one article: records, and what only a labeller can add."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from eval.gold.faults import unknown_ids
from eval.phenomena import Phenomenon
from extractor.codes import Code, Joint, Outcome, Stance
from extractor.numerals import Number
from extractor.records import Actor, CountClaim, Group, Incident, Place, Quote, Speaker, When

GOLD_VERSION = 1
"""Version of the label format."""


class Label(BaseModel):
    """A part of a label."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class DistractorKind(Code):
    """Why a figure of the article is not the toll of the incident it stands near."""

    CUMULATIVE = "cumulative", "It covers more than one incident."
    OLDER_EVENT = "older_event", "It belongs to another, earlier or remote event."
    SUPERSEDED = "superseded", "It was revised or withdrawn."
    HYPOTHETICAL = "hypothetical", "It counts people who might have been harmed."
    NOT_PERSONS = "not_persons", "It counts things, animals, money, days or distances."
    NOT_HARMED = "not_harmed", "It counts people to whom nothing was done: a crowd, a patrol."
    NO_VIOLENCE = "no_violence", "It counts the harm of an accident, a disaster or a disease."
    INSTRUCTION = "instruction", "It stands in words that try to instruct a language model."


class Distractor(Label):
    """A figure that no reader may take for the toll of an incident."""

    number: Number
    """What it says."""
    kind: DistractorKind
    """Why it is none."""
    quote: Quote
    """Where it stands."""


class Alternative(Label):
    """A second reading that is as right as the first: only what differs is filled.

    `of` names a count claim, a blame or an incident; the fields that fit it may be given.
    """

    of: str
    """Id of the claim or incident."""
    number: Number | None = None
    """Count: another figure."""
    outcome: Outcome | None = None
    """Count: another outcome."""
    group: Group | None = None
    """Count: another group."""
    speakers: tuple[Speaker, ...] | None = None
    """Count or blame: other speakers."""
    accused: tuple[Actor, ...] | None = None
    """Blame: other accused."""
    joint: Joint | None = None
    """Blame: how they stand to each other."""
    stance: Stance | None = None
    """Blame: another stance."""
    when: When | None = None
    """Incident: another date."""
    place: Place | None = None
    """Incident: another main place."""
    reason: str
    """Why both are right, for a person."""


class GoldArticle(Label):
    """The labels of one article."""

    schema_version: Literal[1] = GOLD_VERSION
    article_id: Annotated[str, Field(min_length=1)]
    """Id of the article in `articles/`."""
    text_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """SHA-256 of the article's text: labels fit no other text."""
    story_id: Annotated[str, Field(min_length=1)]
    """The story; articles of one story are one cluster in every interval."""
    labeller: Annotated[str, Field(min_length=1)]
    """Who labelled it, and with what help."""
    adjudicated: bool = False
    """Whether a second labelling was compared and settled."""
    phenomena: tuple[Phenomenon, ...] = ()
    """What makes it hard."""
    strata: dict[str, str] = {}
    """Further slices of the user's own: language, region, genre."""
    incidents: tuple[Incident, ...] = ()
    """The incidents, as in a reading."""
    cumulative: tuple[CountClaim, ...] = ()
    """Figures that cover more than one incident."""
    optional: tuple[str, ...] = ()
    """Ids of incidents, counts and blames that neither reward nor punish, told or not.

    An incident told as background is optional without being named here.
    """
    disputed: tuple[str, ...] = ()
    """Ids of claims on which labellers found no agreement: left out of every score, and listed."""
    alternatives: tuple[Alternative, ...] = ()
    """Second readings that are as right."""
    distractors: tuple[Distractor, ...] = ()
    """Figures that are no toll."""
    aliases: tuple[tuple[str, ...], ...] = ()
    """Names that mean the same speaker or actor in this article."""

    @model_validator(mode="after")
    def _ids_are_known(self) -> Self:
        incidents = [one.id for one in self.incidents]
        counts = [claim.id for one in self.incidents for claim in one.counts]
        counts += [claim.id for claim in self.cumulative]
        blames = [blame.id for one in self.incidents for blame in one.blames]
        ids = [*incidents, *counts, *blames]
        if twice := sorted(one for one, times in Counter(ids).items() if times > 1):
            raise ValueError(f"ids used twice: {', '.join(map(repr, twice))}; rename one")
        known = {"count claim": set(counts), "blame": set(blames), "claim or incident": set(ids)}
        if unknown := [
            (where, f"no {kind} {name!r} in this article; name one that is there")
            for where, kind, name in self._references()
            if name not in known[kind]
        ]:
            raise unknown_ids(unknown)
        return self

    def _references(self) -> Iterator[tuple[tuple[int | str, ...], str, str]]:
        """Every id that a field names: where, of what kind it must be, and the id."""
        for where, claim in self._counts():
            for field in ("part_of", "supersedes"):
                if (name := getattr(claim, field)) is not None:
                    yield (*where, field), "count claim", name
        for n, incident in enumerate(self.incidents):
            for m, blame in enumerate(incident.blames):
                where = ("incidents", n, "blames", m)
                if blame.answers is not None:
                    yield (*where, "answers"), "blame", blame.answers
                for k, name in enumerate(blame.applies_to):
                    yield (*where, "applies_to", k), "count claim", name
        for field, named in (("optional", self.optional), ("disputed", self.disputed)):
            for n, name in enumerate(named):
                yield (field, n), "claim or incident", name
        for n, other in enumerate(self.alternatives):
            yield ("alternatives", n, "of"), "claim or incident", other.of

    def _counts(self) -> Iterator[tuple[tuple[int | str, ...], CountClaim]]:
        for n, incident in enumerate(self.incidents):
            for m, claim in enumerate(incident.counts):
                yield ("incidents", n, "counts", m), claim
        for n, claim in enumerate(self.cumulative):
            yield ("cumulative", n), claim

    def is_optional(self, id: str) -> bool:  # noqa: A002 - the field's name
        """Whether an incident or claim neither rewards nor punishes."""
        background = any(one.id == id and one.background for one in self.incidents)
        return background or id in self.optional or id in self.disputed

    def alternatives_of(self, id: str) -> tuple[Alternative, ...]:  # noqa: A002
        """The second readings of a claim or incident."""
        return tuple(one for one in self.alternatives if one.of == id)
