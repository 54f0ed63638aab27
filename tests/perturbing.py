"""Predictions made from gold: the gold itself, reordered, respelt, or with one thing changed."""

import random
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from eval.gold import GoldSet, Labelled, open_gold
from eval.predictions import Prediction
from extractor.codes import InputOutcome
from extractor.records import BlameClaim, CountClaim, Incident

GOLD_FOLDER = Path(__file__).parent / "scoring" / "gold"
GOLD: GoldSet = open_gold(GOLD_FOLDER)
"""The small gold set of the tests."""

_One = TypeVar("_One")


def predicted(
    one: Labelled,
    incidents: Sequence[Incident] | None = None,
    cumulative: Sequence[CountClaim] | None = None,
) -> Prediction:
    """The gold of an article as a prediction, its incidents replaced if others are given."""
    return Prediction(
        article_id=one.gold.article_id,
        text_sha256=one.gold.text_sha256,
        outcome=InputOutcome.READ,
        incidents=tuple(one.gold.incidents if incidents is None else incidents),
        cumulative=tuple(one.gold.cumulative if cumulative is None else cumulative),
    )


def everything(gold: GoldSet = GOLD) -> list[Prediction]:
    """The whole gold set as predictions."""
    return [predicted(one) for one in gold.labelled.values()]


def shuffled(one: Prediction, seed: int) -> Prediction:
    """The same prediction in another order, and with other ids."""
    draw = random.Random(seed)

    def mixed(values: Sequence[_One]) -> tuple[_One, ...]:
        return tuple(draw.sample(list(values), len(values)))

    def claim(value: CountClaim) -> CountClaim:
        return value.model_copy(
            update={"speakers": mixed(value.speakers), "quotes": mixed(value.quotes)}
        )

    def blame(value: BlameClaim) -> BlameClaim:
        return value.model_copy(
            update={"speakers": mixed(value.speakers), "accused": mixed(value.accused)}
        )

    incidents = [
        incident.model_copy(
            update={
                "counts": mixed([claim(value) for value in incident.counts]),
                "blames": mixed([blame(value) for value in incident.blames]),
                "evidence": mixed(incident.evidence),
            }
        )
        for incident in one.incidents
    ]
    told = Prediction(
        article_id=one.article_id,
        text_sha256=one.text_sha256,
        outcome=one.outcome,
        incidents=mixed(incidents),
        cumulative=mixed([claim(value) for value in one.cumulative]),
    )
    return _renamed(told, draw)


def _renamed(one: Prediction, draw: random.Random) -> Prediction:
    """Other ids everywhere, each reference kept."""
    ids = [incident.id for incident in one.incidents]
    ids += [c.id for i in one.incidents for c in (*i.counts, *i.blames)]
    ids += [claim.id for claim in one.cumulative]
    other = dict(zip(ids, draw.sample([f"x{n}" for n in range(len(ids))], len(ids)), strict=True))

    def rename(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: rename(part, name) for name, part in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        if isinstance(value, list | tuple):
            return [rename(part, key) for part in value]  # pyright: ignore[reportUnknownVariableType]
        if key in ("id", "part_of", "supersedes", "applies_to", "answers"):
            return other.get(value, value)
        return value

    return _rewritten(one, rename)


def respelt(one: Prediction, form: str = "NFD") -> Prediction:
    """The same prediction with every name in another Unicode form."""

    def spell(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: spell(part, name) for name, part in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        if isinstance(value, list | tuple):
            return [spell(part, key) for part in value]  # pyright: ignore[reportUnknownVariableType]
        if isinstance(value, str) and key in ("name_text", "text", "term", "expression"):
            return unicodedata.normalize(form, value)  # pyright: ignore[reportArgumentType]
        return value

    return _rewritten(one, spell)


def with_count(one: Prediction, id_: str, change: Callable[[CountClaim], CountClaim]) -> Prediction:
    """The prediction with one count claim changed."""
    return _with(one, lambda incident: {"counts": _mapped(incident.counts, id_, change)})


def with_blame(one: Prediction, id_: str, change: Callable[[BlameClaim], BlameClaim]) -> Prediction:
    """The prediction with one blame changed."""
    return _with(one, lambda incident: {"blames": _mapped(incident.blames, id_, change)})


def without_count(one: Prediction, id_: str) -> Prediction:
    """The prediction without one count claim; its parts then hang on none."""

    def left(incident: Incident) -> dict[str, Any]:
        kept = [claim for claim in incident.counts if claim.id != id_]
        loose = [
            claim.model_copy(update={"part_of": None}) if claim.part_of == id_ else claim
            for claim in kept
        ]
        return {"counts": tuple(loose)}

    return _with(one, left)


def _rewritten(one: Prediction, rewrite: Callable[[Any], Any]) -> Prediction:
    """The prediction with its incidents and cumulative figures rewritten as JSON."""
    return Prediction(
        article_id=one.article_id,
        text_sha256=one.text_sha256,
        outcome=one.outcome,
        incidents=tuple(
            Incident.model_validate(rewrite(incident.model_dump(mode="json")))
            for incident in one.incidents
        ),
        cumulative=tuple(
            CountClaim.model_validate(rewrite(claim.model_dump(mode="json")))
            for claim in one.cumulative
        ),
    )


def _with(one: Prediction, change: Callable[[Incident], dict[str, Any]]) -> Prediction:
    return Prediction(
        article_id=one.article_id,
        text_sha256=one.text_sha256,
        outcome=one.outcome,
        incidents=tuple(incident.model_copy(update=change(incident)) for incident in one.incidents),
        cumulative=one.cumulative,
    )


_Claim = TypeVar("_Claim", CountClaim, BlameClaim)


def _mapped(
    claims: Sequence[_Claim], id_: str, change: Callable[[_Claim], _Claim]
) -> tuple[_Claim, ...]:
    return tuple(change(claim) if claim.id == id_ else claim for claim in claims)
