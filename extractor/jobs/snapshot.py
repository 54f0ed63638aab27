"""The snapshot: how far a job is at one moment, as displays and telemetry read it."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from extractor.codes import InputOutcome
from extractor.jobs.exchange import JobExchange
from extractor.jobs.totals import Totals

RATE_SECONDS = 60.0
"""How far back the rate of articles looks: it follows an endpoint that slows down."""


class Hindrance(StrEnum):
    """What keeps calls from being made now."""

    ENDPOINT_DOWN = "endpoint_down"
    """The endpoint failed several times in a row; one call at a time tries it."""
    ASKED_TO_WAIT = "asked_to_wait"
    """The endpoint turned most calls away and said when to come again (Retry-After)."""
    REQUESTS_PER_MINUTE = "requests_per_minute"
    """Our own limit of calls a minute."""
    TOKENS_PER_MINUTE = "tokens_per_minute"
    """Our own limit of tokens a minute."""
    REQUESTS_GRANTED = "requests_granted"
    """The endpoint's headers grant no more calls for now."""
    TOKENS_GRANTED = "tokens_granted"
    """The endpoint's headers grant no more tokens for now."""
    CAP = "cap"
    """A cap is near: calls wait until those under way have shown what they come to."""


@dataclass(frozen=True, kw_only=True)
class HeldUp:
    """Calls that wait, for what and how long."""

    by: Hindrance
    seconds: float | None
    """Until the next call may be made; empty where nobody knows."""
    waiting: int
    """Calls that wait for it."""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """How far a job is."""

    seconds: float
    """Since it began, this time."""
    inputs_done: int = 0
    """Inputs with an outcome, those known from before included."""
    inputs_known: int = 0
    """Of them, those whose outcome the run held already."""
    inputs_expected: int | None = None
    """All inputs; empty where only reading them tells."""
    outcomes: Mapping[InputOutcome, int] = field(default_factory=dict[InputOutcome, int])
    """How the inputs that are done ended; they sum to `inputs_done`."""
    articles_a_minute: float | None = None
    """Of those read now, lately; empty before any time has passed."""
    calls: Totals | None = None
    """The calls of the run, those of earlier times included; empty for a reader without any."""
    answers_kept: int = 0
    """Answers that were taken from the run this time instead of being asked for."""
    calls_at_once: int | None = None
    """Calls that may be under way at once now; empty for a reader without any."""
    calls_at_once_most: int | None = None
    """Calls that the settings allow at once."""
    usd_projected: float | None = None
    """What the run will come to if it goes on as so far; empty where a part of that is unknown."""
    seconds_left: float | None = None
    """Until the end, if it goes on as lately; empty where that is unknown."""
    held_up: tuple[HeldUp, ...] = ()
    """Why calls wait now."""
    stopping: bool = False
    """Whether the job was asked to stop, and only finishes what it has begun."""

    @property
    def articles_read(self) -> int:
        """Inputs that were settled this time."""
        return self.inputs_done - self.inputs_known

    @property
    def inputs_left(self) -> int | None:
        """Inputs without an outcome yet; empty where their number is unknown."""
        if self.inputs_expected is None:
            return None
        return max(self.inputs_expected - self.inputs_done, 0)


class Sight:
    """Takes snapshots of one job; how fast it is, it knows from those it took before."""

    def __init__(self, *, started: float, exchange: JobExchange | None) -> None:
        """Begin to watch a job whose journal, if it keeps one, is open.

        Args:
            started: when the job began, by the clock that `take` is told.
            exchange: what its calls go through.
        """
        self._started = started
        self._exchange = exchange
        self._before = _totals(exchange)
        self._read: deque[tuple[float, int]] = deque([(started, 0)])

    def take(
        self,
        now: float,
        *,
        tally: Mapping[InputOutcome, int],
        known: int,
        expected: int | None,
        stopping: bool = False,
    ) -> Snapshot:
        """How far the job is now.

        Args:
            now: the time.
            tally: how many inputs ended how.
            known: how many of them the run held already.
            expected: how many inputs there are; empty where that is unknown.
            stopping: whether the job was asked to stop.
        """
        done = sum(tally.values())
        left = None if expected is None else max(expected - done, 0)
        rate = self._rate(now, done - known)
        exchange, calls = self._exchange, _totals(self._exchange)
        gate = exchange.gate if exchange and exchange.lane == "live" else None
        return Snapshot(
            seconds=now - self._started,
            inputs_done=done,
            inputs_known=known,
            inputs_expected=expected,
            outcomes={outcome: tally.get(outcome, 0) for outcome in InputOutcome},
            articles_a_minute=None if rate is None else 60 * rate,
            calls=calls,
            answers_kept=exchange.answers_kept if exchange else 0,
            calls_at_once=gate.limit if gate else None,
            calls_at_once_most=gate.most if gate else None,
            usd_projected=self._projected(calls, read=done - known, left=left),
            seconds_left=left / rate if left is not None and rate else None,
            held_up=_held_up(exchange) if exchange else (),
            stopping=stopping,
        )

    def _rate(self, now: float, read: int) -> float | None:
        """Articles a second, since the oldest snapshot that is not too old."""
        while len(self._read) > 1 and now - self._read[1][0] >= RATE_SECONDS:
            self._read.popleft()
        since, before = self._read[0]
        self._read.append((now, read))
        return (read - before) / (now - since) if now > since else None

    def _projected(self, calls: Totals | None, *, read: int, left: int | None) -> float | None:
        """What the run will come to, if what is left costs as much as what was read this time."""
        if calls is None or self._before is None or left is None:
            return None
        if calls.unpriced or (left and not read):
            return None
        spent = calls.usd - self._before.usd
        return calls.usd + (spent / read * left if left else 0.0)


def _totals(exchange: JobExchange | None) -> Totals | None:
    return exchange.journal.totals if exchange and exchange.journal else None


def _held_up(exchange: JobExchange) -> tuple[HeldUp, ...]:
    """What calls wait for, the hardest to get over first."""
    found: list[HeldUp] = []
    breaker, gate = exchange.breaker, exchange.gate
    if breaker.is_open:
        down = Hindrance.ENDPOINT_DOWN
        found.append(HeldUp(by=down, seconds=breaker.seconds_left, waiting=breaker.waiting))
    if gate.seconds_left > 0:
        asked = Hindrance.ASKED_TO_WAIT
        found.append(HeldUp(by=asked, seconds=gate.seconds_left, waiting=gate.waiting))
    for bucket, own, granted in (
        (exchange.requests, Hindrance.REQUESTS_PER_MINUTE, Hindrance.REQUESTS_GRANTED),
        (exchange.tokens, Hindrance.TOKENS_PER_MINUTE, Hindrance.TOKENS_GRANTED),
    ):
        if bucket.waiting:
            by = granted if bucket.is_paused else own
            found.append(HeldUp(by=by, seconds=bucket.seconds_left, waiting=bucket.waiting))
    if exchange.caps and exchange.caps.waiting:
        found.append(HeldUp(by=Hindrance.CAP, seconds=None, waiting=exchange.caps.waiting))
    return tuple(found)
