"""Readings made for MUC-4, and the templates they are answered by."""

from datetime import date
from typing import Any

from corpus_rows import reading_of
from grading import article, count, group, incident, place, when
from muc4_making import TEXT

from eval.corpora.muc4.answer import (
    answer_templates,
)
from eval.corpora.muc4.convention import load_convention
from eval.corpora.muc4.keys import Slot, Template
from extractor.codes import (
    AttackType,
    PlaceLevel,
)
from extractor.records import Incident, Reading

CONVENTION = load_convention()
WIRED = date(1990, 2, 4)


def read(*incidents: Incident, text: str = TEXT) -> Reading:
    return reading_of(article(text, published_at=WIRED), incidents)


def told(**changed: Any) -> Incident:
    """The killing of six peasants in Chinameca on the day of the wire."""
    fields: dict[str, Any] = {
        "counts": (count(told=6, group=group("PEASANTS")),),
        "attack_types": (AttackType.SHOOTING,),
        "when": when(WIRED),
        "places": (place("CHINAMECA", countries=("SV",), level=PlaceLevel.TOWN_OR_VILLAGE),),
    }
    return incident(**{**fields, **changed})


def answer(**changed: Any) -> Template:
    (one,) = answer_templates(read(told(**changed)), CONVENTION)
    return one


def values(template: Template, slot: Slot) -> list[str]:
    return [fill.values[0] for fill in template.of(slot)]
