"""Predictions: what a stored run says of each article, failures included.

A model that refused, answered outside the schema or was cut off predicted nothing, and that counts
against it. An infrastructure error is no prediction at all: the run is not ready to be graded.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from eval.gold import GoldArticle
from extractor.codes import InputOutcome
from extractor.errors import RecordError
from extractor.records import (
    CountClaim,
    Failure,
    Incident,
    Reading,
    Rejected,
    StoredOutcome,
)
from extractor.store import Run, open_run, unseal

_READ = frozenset({InputOutcome.READ, InputOutcome.READ_WITH_FLAGS})
_MODEL_FAILURES = frozenset({InputOutcome.REFUSED, InputOutcome.INVALID, InputOutcome.TRUNCATED})


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """What a run says of one article; a model failure says nothing and still counts."""

    article_id: str
    text_sha256: str
    outcome: InputOutcome
    incidents: tuple[Incident, ...] = ()
    cumulative: tuple[CountClaim, ...] = ()


class ToldPrediction(BaseModel):
    """A prediction as any system can write it, one JSON object a line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    article_id: Annotated[str, Field(min_length=1)]
    text_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    incidents: tuple[Incident, ...] = ()
    cumulative: tuple[CountClaim, ...] = ()
    failed: Literal[InputOutcome.REFUSED, InputOutcome.INVALID, InputOutcome.TRUNCATED] | None = (
        None
    )


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """How the inputs of a run ended, in counts."""

    counts: Counter[InputOutcome]

    @property
    def inputs(self) -> int:
        """All inputs."""
        return self.counts.total()

    @property
    def read(self) -> int:
        """Inputs that became a reading."""
        return sum(self.counts[outcome] for outcome in _READ)

    @property
    def model_failures(self) -> int:
        """Articles the reader was asked about and gave no usable answer to."""
        return sum(self.counts[outcome] for outcome in _MODEL_FAILURES)

    @property
    def is_gradable(self) -> bool:
        """Whether every article has a prediction: no infrastructure error, and at least one."""
        missing = self.counts[InputOutcome.INFRA_ERROR]
        return missing == 0 and self.read + self.model_failures > 0


def read_predictions(run: Run) -> Iterator[Prediction]:
    """The prediction for each article of a run, in the order of the run.

    Rejected inputs are no articles and infrastructure errors no predictions: neither is here.
    """
    for outcome in run.outcomes():
        if isinstance(outcome, Rejected) or outcome.outcome is InputOutcome.INFRA_ERROR:
            continue
        yield _prediction(outcome)


def open_predictions(path: Path) -> list[Prediction]:
    """Every prediction of a run folder, or of a JSONL file in the record schema.

    A line of a file is an outcome as a run stores it, a `ToldPrediction`, or the label of an
    article by somebody else, so that two labellers can be compared. An article that met
    an infrastructure error is here with nothing predicted and that outcome, so that a report can
    say it is missing.

    Raises:
        StoreError: there is no run, and no file, of that name.
        RecordError: a line is not in the schema, or an article is predicted twice.
    """
    outcomes = _lines(path) if path.is_file() else open_run(path).outcomes()
    predictions = [
        one if isinstance(one, Prediction) else _prediction(one)
        for one in outcomes
        if not isinstance(one, Rejected)
    ]
    counted = Counter(one.article_id for one in predictions)
    if twice := sorted(name for name, times in counted.items() if times > 1):
        told = ", ".join(map(repr, twice[:5]))
        raise RecordError(f"{path}: predicted more than once: {told}; keep one line for each")
    return predictions


_STORED: TypeAdapter[Reading | Failure | Rejected] = TypeAdapter(StoredOutcome)


def _lines(path: Path) -> Iterator[Reading | Failure | Rejected | Prediction]:
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            told: Any = json.loads(unseal(line).record)
        except RecordError as error:
            raise RecordError(f"{path}, line {number}: {error}") from error
        except (ValueError, RecursionError) as error:
            raise RecordError(f"{path}, line {number}: it is no JSON ({error})") from error
        try:
            yield _checked(_told(told), f"{path}, line {number}")
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "line"
            raise RecordError(
                f"{path}, line {number}: {field}: {first['msg']}; a line is an outcome of a run, "
                "or an object with article_id, text_sha256, incidents and cumulative"
            ) from error


def _checked(
    told: Reading | Failure | Rejected | Prediction, where: str
) -> Reading | Failure | Rejected | Prediction:
    """What was told, if no two of its claims have one id: references would be lost in silence."""
    if isinstance(told, Reading | Prediction):
        ids = [one.id for one in told.incidents]
        ids += [claim.id for one in told.incidents for claim in (*one.counts, *one.blames)]
        ids += [claim.id for claim in told.cumulative]
        if twice := sorted(name for name, times in Counter(ids).items() if times > 1):
            told_of = ", ".join(map(repr, twice[:5]))
            raise RecordError(f"{where}: ids used twice: {told_of}; give each its own")
    return told


def _told(line: object) -> Reading | Failure | Rejected | Prediction:
    if isinstance(line, dict) and "outcome" in line:
        return _STORED.validate_json(json.dumps(cast("dict[str, Any]", line)))
    shape = GoldArticle if isinstance(line, dict) and "labeller" in line else ToldPrediction
    told = shape.model_validate_json(json.dumps(line))
    return Prediction(
        article_id=told.article_id,
        text_sha256=told.text_sha256,
        outcome=(told.failed if isinstance(told, ToldPrediction) else None) or InputOutcome.READ,
        incidents=told.incidents,
        cumulative=told.cumulative,
    )


def _prediction(outcome: Reading | Failure) -> Prediction:
    told = outcome if isinstance(outcome, Reading) else None
    return Prediction(
        article_id=outcome.article.id,
        text_sha256=outcome.article.text_sha256,
        outcome=outcome.outcome,
        incidents=told.incidents if told else (),
        cumulative=told.cumulative if told else (),
    )


def told_line(prediction: Prediction) -> str:
    """A prediction as one line of a file of predictions: the same bytes for the same prediction.

    Raises:
        ValueError: the article was never answered for, so nothing was predicted.
    """
    outcome = prediction.outcome
    told = ToldPrediction(
        article_id=prediction.article_id,
        text_sha256=prediction.text_sha256,
        incidents=prediction.incidents,
        cumulative=prediction.cumulative,
        failed=None if outcome in _READ else cast("Any", outcome),
    )
    row = told.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(row, ensure_ascii=False, sort_keys=True, allow_nan=False)


def count_attempts(outcomes: Iterable[Reading | Failure | Rejected]) -> Attempts:
    """How the inputs of a run ended."""
    return Attempts(counts=Counter(outcome.outcome for outcome in outcomes))
