"""The case: one gold article with what was predicted for it, and the scenes it falls into."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from eval.align import Alignment, LeftoverKind
from eval.cells import Cell, CellKind
from eval.gold import GoldArticle, Labelled
from eval.names import Names
from eval.predictions import Prediction
from extractor.records import Incident


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A gold incident and the predicted one paired with it, or one of them alone."""

    gold: Incident | None
    predicted: Incident | None
    is_optional: bool = False
    """Whether gold holds it optional: then nothing in it rewards or punishes."""
    leftover: LeftoverKind | None = None
    """For an incident alone: why it has no partner."""
    of: Incident | None = None
    """The gold incident an extra prediction is like."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One gold article, what was predicted for it, and how their incidents are aligned."""

    labelled: Labelled
    prediction: Prediction | None
    """Empty if the predictions do not have the article: it counts as a prediction of nothing."""
    alignment: Alignment

    @property
    def gold(self) -> GoldArticle:
        """The labels."""
        return self.labelled.gold

    @property
    def predicted_incidents(self) -> tuple[Incident, ...]:
        """The predicted incidents; none if there is no prediction."""
        return self.prediction.incidents if self.prediction else ()

    @cached_property
    def names(self) -> Names:
        """Which names mean the same in this article."""
        return Names.of(self.gold, self.labelled.article)

    def scenes(self) -> Iterator[Scene]:
        """Every incident of both sides, each in exactly one scene: pairs, then those alone."""
        gold, predicted = self.gold.incidents, self.predicted_incidents
        for pair in self.alignment.pairs:
            one = gold[pair.gold]
            optional = self.gold.is_optional(one.id)
            yield Scene(gold=one, predicted=predicted[pair.predicted], is_optional=optional)
        for left in self.alignment.missed:
            one = gold[left.index]
            optional = self.gold.is_optional(one.id)
            yield Scene(gold=one, predicted=None, is_optional=optional, leftover=left.kind)
        for left in self.alignment.extra:
            of = None if left.of is None else gold[left.of]
            optional = of is not None and self.gold.is_optional(of.id)
            yield Scene(
                gold=None,
                predicted=predicted[left.index],
                is_optional=optional,
                leftover=left.kind,
                of=of,
            )

    def cell(self, kind: CellKind, scene: Scene | None, **fields: Any) -> Cell:
        """A cell of this article; `fields` are those of `Cell` that the kind fills."""
        told: dict[str, Any] = {
            "article_id": self.gold.article_id,
            "story_id": self.gold.story_id,
            "kind": kind,
            "gold_incident": scene.gold.id if scene and scene.gold else None,
            "predicted_incident": scene.predicted.id if scene and scene.predicted else None,
            "split": self.labelled.split,
            "phenomena": tuple(one.value for one in self.gold.phenomena),
            "strata": self.gold.strata,
        }
        return Cell.model_validate({**told, **fields})
