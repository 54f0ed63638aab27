"""Gold: articles and the labels that runs are graded against, as a folder anyone can fill.

A gold folder holds `articles/*.json`, one article each (`tollbook extract FOLDER/articles` reads
them as they are); `records/*.json`, one labelled article each; and, where it is divided, a
`splits.toml`. A label is a record as readers make them, with what only a labeller can add.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from eval.phenomena import Phenomenon
from extractor.article import Article, sha256_of
from extractor.codes import Code, Joint, Outcome, Stance
from extractor.errors import TollbookError
from extractor.numerals import Number
from extractor.records import Actor, CountClaim, Group, Incident, Place, Quote, Speaker, When

GOLD_VERSION = 1
"""Version of the label format."""

ARTICLES, RECORDS, SPLITS = "articles", "records", "splits.toml"


class GoldError(TollbookError):
    """A gold folder cannot be used: it says which file, which field and what to do."""


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
        ids = [one.id for one in self.incidents]
        ids += [claim.id for one in self.incidents for claim in (*one.counts, *one.blames)]
        ids += [claim.id for claim in self.cumulative]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise ValueError(f"ids used twice: {', '.join(map(repr, twice))}")
        named = [*self.optional, *self.disputed, *(one.of for one in self.alternatives)]
        if unknown := sorted(set(named) - set(ids)):
            raise ValueError(f"no claim or incident {', '.join(map(repr, unknown))}")
        return self

    def is_optional(self, id: str) -> bool:  # noqa: A002 - the field's name
        """Whether an incident or claim neither rewards nor punishes."""
        background = any(one.id == id and one.background for one in self.incidents)
        return background or id in self.optional or id in self.disputed

    def alternatives_of(self, id: str) -> tuple[Alternative, ...]:  # noqa: A002
        """The second readings of a claim or incident."""
        return tuple(one for one in self.alternatives if one.of == id)


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A gold article: its text, its labels and the split it belongs to."""

    article: Article
    gold: GoldArticle
    split: str | None = None


@dataclass(frozen=True, kw_only=True)
class GoldSet:
    """A gold folder, read: its labelled articles by id, in the order of their ids."""

    folder: Path
    labelled: Mapping[str, Labelled]

    def of_split(self, split: str | None) -> "GoldSet":
        """The articles of one split; all of them if none is named.

        Raises:
            GoldError: no article is in that split.
        """
        if split is None:
            return self
        kept = {name: one for name, one in self.labelled.items() if one.split == split}
        if not kept:
            known = sorted({one.split for one in self.labelled.values() if one.split})
            told = ", ".join(known) or "none"
            raise GoldError(f"no article of split {split!r} in {self.folder}; splits: {told}")
        return GoldSet(folder=self.folder, labelled=kept)


def open_gold(folder: Path) -> GoldSet:
    """Read a gold folder whole.

    Raises:
        GoldError: with every file that cannot be used, each with its field.
    """
    if not (folder / RECORDS).is_dir():
        raise GoldError(f"{folder} is no gold folder: it has no {RECORDS!r} folder in it")
    found, troubles = read_gold(folder)
    if troubles:
        raise GoldError("\n".join(troubles))
    if not found:
        raise GoldError(f"no labelled article in {folder / RECORDS}")
    return GoldSet(folder=folder, labelled=found)


def read_gold(folder: Path) -> tuple[dict[str, Labelled], list[str]]:
    """What can be used of a gold folder, and what cannot: one line each, with file and field."""
    troubles: list[str] = []
    splits = _splits(folder / SPLITS, troubles)
    articles = _articles(sorted((folder / ARTICLES).glob("*.json")), troubles)
    labelled: dict[str, Labelled] = {}
    for path in sorted((folder / RECORDS).glob("*.json")):
        gold = _label(path, troubles)
        if gold is None:
            continue
        article = articles.get(gold.article_id)
        if article is None:
            troubles.append(f"{path}: article_id: no article {gold.article_id!r} in {ARTICLES}/")
        elif article.text_sha256 != gold.text_sha256:
            troubles.append(f"{path}: text_sha256: the labels are of another text")
        elif gold.article_id in labelled:
            troubles.append(f"{path}: article_id: {gold.article_id!r} is labelled twice")
        else:
            split = splits.get(gold.article_id)
            labelled[gold.article_id] = Labelled(article=article, gold=gold, split=split)
    troubles += [
        f"{folder / SPLITS}: article {name!r} has no labels"
        for name in splits
        if name not in labelled
    ]
    return dict(sorted(labelled.items())), troubles


def _articles(paths: Iterable[Path], troubles: list[str]) -> dict[str, Article]:
    articles: dict[str, Article] = {}
    for path in paths:
        told = _json(path, troubles)
        if told is None:
            continue
        try:
            text = told["text"]
            hashes = {"raw_sha256": sha256_of(path.read_bytes()), "text_sha256": sha256_of(text)}
            article = Article.model_validate({"id": path.stem, **told, **hashes})
        except (KeyError, AttributeError):
            troubles.append(f"{path}: text: it must be a text")
            continue
        except ValidationError as error:
            troubles.append(f"{path}: {_fields(error)}")
            continue
        if article.id in articles:
            troubles.append(f"{path}: id: {article.id!r} is used twice")
        articles[article.id] = article
    return articles


def _label(path: Path, troubles: list[str]) -> GoldArticle | None:
    told = _json(path, troubles)
    if told is None:
        return None
    try:
        return GoldArticle.model_validate(told)
    except ValidationError as error:
        troubles.extend(f"{path}: {line}" for line in _fields(error).split("\n"))
        return None


def _splits(path: Path, troubles: list[str]) -> dict[str, str]:
    """The split of each article: `[splits]` with a list of article ids for each name."""
    if not path.exists():
        return {}
    try:
        told = tomllib.loads(path.read_text("utf-8"))["splits"]
        pairs = [(str(one), str(name)) for name, listed in told.items() for one in listed]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, AttributeError, TypeError) as e:
        troubles.append(f"{path}: it needs a table [splits] of lists of article ids ({e})")
        return {}
    splits: dict[str, str] = {}
    for article_id, name in pairs:
        if article_id in splits:
            was = splits[article_id]
            troubles.append(f"{path}: article {article_id!r} is in {was!r} and in {name!r}")
        splits[article_id] = name
    return splits


def _json(path: Path, troubles: list[str]) -> dict[str, Any] | None:
    try:
        told: Any = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        troubles.append(f"{path}: it is no JSON ({error})")
        return None
    if not isinstance(told, dict):
        troubles.append(f"{path}: it must hold one object")
        return None
    return told  # pyright: ignore[reportUnknownVariableType] - any object; validated by the caller


def _fields(error: ValidationError) -> str:
    return "\n".join(
        f"{'.'.join(map(str, one['loc'])) or 'record'}: {one['msg']}" for one in error.errors()
    )
