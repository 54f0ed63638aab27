"""Gauges: how far a job is and what holds it up, told by OpenTelemetry at every snapshot."""

from importlib.metadata import version

from extractor.jobs.snapshot import Snapshot
from extractor.jobs.telemetry import (
    AT_ONCE,
    HELD_UP,
    HINDRANCE,
    LEFT,
    SCOPE,
    UNDER_WAY,
    Providers,
    find_providers,
)


def find_gauges() -> "Gauges | None":
    """The gauges of the SDK that the user has set up; `None` if there is none."""
    providers = find_providers()
    return Gauges(providers) if providers else None


class Gauges:
    """Follow a job."""

    def __init__(self, providers: Providers) -> None:
        """Prepare the instruments.

        Args:
            providers: where metrics go.
        """
        gauge = providers.meters.get_meter(SCOPE, version(SCOPE)).create_gauge
        self._under_way = gauge(UNDER_WAY, "{call}", "Calls whose reply has not come yet.")
        self._at_once = gauge(AT_ONCE, "{call}", "Calls that may be under way at once.")
        self._left = gauge(LEFT, "{input}", "Inputs without an outcome, if that is known.")
        self._held_up = gauge(HELD_UP, "{call}", "Calls that wait, by what for.")
        self._hindrances: set[str] = set()

    def see(self, snapshot: Snapshot) -> None:
        """Set the gauges."""
        if snapshot.calls:
            self._under_way.set(snapshot.calls.under_way)
        if snapshot.calls_at_once is not None:
            self._at_once.set(snapshot.calls_at_once)
        if snapshot.inputs_left is not None:
            self._left.set(snapshot.inputs_left)
        waiting = {held.by.value: held.waiting for held in snapshot.held_up}
        self._hindrances |= waiting.keys()
        for name in self._hindrances:
            self._held_up.set(waiting.get(name, 0), {HINDRANCE: name})
