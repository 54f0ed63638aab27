"""The stochastic reader: the built-in rules with a memory that slips, to measure noise with.

A model asked twice answers twice differently; the rules do not. Tools that tell a change from noise
need noise that costs nothing: this reader forgets a small share of what the rules found, another
share for every seed, the same one for the same seed and article.
"""

import hashlib
import random
from typing import TypeVar

from extractor.codes import DatePrecision
from extractor.errors import UsageError
from extractor.readers.answer import Answer
from extractor.readers.baseline import BaselineReader
from extractor.request import Request
from extractor.wire import WireAnswer, WireBlame, WireCount, WireIncident, WireWhen

PREFIX = "stochastic:"
"""What the name of this reader starts with; its seed follows."""

FORGOTTEN = 0.03
"""Share of claims, places and dates that are forgotten, each by itself: what runs of one prompt by
one model differ by in a typical case."""

_INCIDENT = FORGOTTEN / 3  # a whole incident is forgotten more seldom than a claim
_NEVER = WireWhen(
    expression=None,
    start=None,
    end=None,
    precision=DatePrecision.ON_OR_BEFORE,
    spans_days=False,
    quote=None,
)
_Claim = TypeVar("_Claim", WireCount, WireBlame)


class StochasticReader:
    """The built-in rules, forgetting a share of what they find."""

    needs_prompt = False

    def __init__(self, seed: int) -> None:
        self.name = f"{PREFIX}{seed}"
        self._seed = seed
        self._rules = BaselineReader()

    @property
    def fingerprint(self) -> str:
        """Hash of the rules' code and of the seed."""
        told = f"{self._rules.fingerprint} {FORGOTTEN} {self._seed}"
        return hashlib.sha256(told.encode()).hexdigest()

    async def read(self, request: Request) -> Answer:
        """Answer one request."""
        found = await self._rules.read(request)
        draw = random.Random(f"{self._seed} {request.article.text_sha256}")
        answer = forget(found.answer, draw)
        told = {claim.id for one in answer.incidents for claim in (*one.counts, *one.blames)}
        told |= {one.id for one in (*answer.incidents, *answer.cumulative)}
        return Answer(
            answer=answer,
            doubts=tuple(one for one in found.doubts if one.claim in told),
            left=found.left,
        )

    async def close(self) -> None:
        """Nothing to let go of."""


def open_stochastic_reader(name: str) -> StochasticReader:
    """Open the reader `stochastic:SEED`.

    Raises:
        UsageError: the seed is no whole number.
    """
    seed = name.removeprefix(PREFIX)
    if not (seed.isascii() and seed.isdigit()):
        raise UsageError(f"{name!r}: the seed is a whole number, as in '{PREFIX}1'")
    return StochasticReader(int(seed))


def forget(answer: WireAnswer, draw: random.Random) -> WireAnswer:
    """An answer without some of what it tells; what is left refers to nothing that is gone."""
    kept = [one for one in answer.incidents if draw.random() >= _INCIDENT]
    incidents = [_slipped(one, draw) for one in kept]
    cumulative = _some(answer.cumulative, draw)
    left = {claim.id for one in incidents for claim in (*one.counts, *one.blames)}
    left |= {one.id for one in cumulative}
    told = [one for one in incidents if one.counts or one.blames]
    return answer.model_copy(
        update={
            "incidents": [_tied(one, left) for one in told],
            "cumulative": [_tied_count(one, left) for one in cumulative],
        }
    )


def _slipped(one: WireIncident, draw: random.Random) -> WireIncident:
    return one.model_copy(
        update={
            "counts": _some(one.counts, draw),
            "blames": _some(one.blames, draw),
            "places": one.places if draw.random() >= FORGOTTEN else [],
            "when": one.when if draw.random() >= FORGOTTEN else _NEVER,
        }
    )


def _some(claims: list[_Claim], draw: random.Random) -> list[_Claim]:
    return [one for one in claims if draw.random() >= FORGOTTEN]


def _tied(one: WireIncident, left: set[str]) -> WireIncident:
    return one.model_copy(
        update={
            "counts": [_tied_count(claim, left) for claim in one.counts],
            "blames": [_tied_blame(claim, left) for claim in one.blames],
        }
    )


def _tied_count(one: WireCount, left: set[str]) -> WireCount:
    loose = {
        name: None
        for name in ("part_of", "supersedes")
        if getattr(one, name) is not None and getattr(one, name) not in left
    }
    return one.model_copy(update=loose)


def _tied_blame(one: WireBlame, left: set[str]) -> WireBlame:
    answers = one.answers if one.answers in left else None
    applies = [name for name in one.applies_to if name in left]
    return one.model_copy(update={"answers": answers, "applies_to": applies})
