"""Predictions: what a stored run says of each article, failures included.

A model that refused, answered outside the schema or was cut off predicted nothing, and that counts
against it. An infrastructure error is no prediction at all: the run is not ready to be graded.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.codes import InputOutcome
from extractor.records import CountClaim, Failure, Incident, Reading, Rejected
from extractor.store import Run

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


def _prediction(outcome: Reading | Failure) -> Prediction:
    told = outcome if isinstance(outcome, Reading) else None
    return Prediction(
        article_id=outcome.article.id,
        text_sha256=outcome.article.text_sha256,
        outcome=outcome.outcome,
        incidents=told.incidents if told else (),
        cumulative=told.cumulative if told else (),
    )


def count_attempts(outcomes: Iterable[Reading | Failure | Rejected]) -> Attempts:
    """How the inputs of a run ended."""
    return Attempts(counts=Counter(outcome.outcome for outcome in outcomes))
