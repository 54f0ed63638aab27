"""Watching on a terminal: a display that stays in its place, or a line of JSON now and then."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from extractor.jobs import READ, Done, Snapshot, json_of, lines_of
from extractor.terminal import note, note_on, open_notes

MOST_LINES = 20
"""Inputs that are told of one by one; with more, a number says as much."""


class ProgressName(StrEnum):
    """How the progress of a job is shown."""

    AUTO = "auto"
    RICH = "rich"
    JSON = "json"
    NONE = "none"


ProgressOption = Annotated[
    ProgressName,
    typer.Option(
        help="How progress is shown on standard error: auto is rich on a terminal, and else json, "
        "a line every few seconds."
    ),
]


class Watch:
    """Tells of a job in words alone: of what went wrong, and when it ends."""

    first_seconds: float = 5.0
    every_seconds: float = 5.0

    def __init__(self, count: Callable[[], int | None] = lambda: None) -> None:
        """Begin to watch.

        Args:
            count: counts the inputs, in a thread of its own, once the job is worth a look.
        """
        self.expected: int | None = None
        """How many inputs there are; empty as long as that is unknown."""
        self._count = count
        self._counting: threading.Thread | None = None
        self._told = self._untold = 0

    def note(self, words: str) -> None:
        """Print what is worth knowing, beside whatever is shown."""
        note(words)

    def tell(self, done: Done) -> None:
        """Tell of an input without a reading, unless there were many before it."""
        if done.outcome in READ:
            return
        if self._told == MOST_LINES:
            self._untold += 1
            return
        self._told += 1
        before = " (as before)" if done.stored else ""
        told = f": {done.reason}" if done.reason else ""
        self.note(f"{done.label}: {done.outcome.value}{before}{told}")

    def see(self, snapshot: Snapshot) -> None:
        """Look at a job that goes on."""
        if self._counting is None:
            self._counting = threading.Thread(target=self._find_out, name="count", daemon=True)
            self._counting.start()
        self.show(snapshot)

    def see_last(self, snapshot: Snapshot) -> None:
        """Look at a job that has ended, or was stopped."""
        self.end(snapshot)
        if self._untold:
            note(f"and {self._untold:,} more without a reading; tollbook run status lists them")

    def show(self, snapshot: Snapshot) -> None:
        """Show how far the job is."""

    def end(self, snapshot: Snapshot) -> None:
        """Show how far it came."""

    def close(self) -> None:
        """Leave the terminal as it was."""

    def _find_out(self) -> None:
        self.expected = self._count()


class JsonWatch(Watch):
    """Prints a line of JSON every few seconds."""

    _shown = False

    def show(self, snapshot: Snapshot) -> None:
        """Print a line."""
        self._shown = True
        note_on(open_notes(), json_of(snapshot), plain=True)

    def end(self, snapshot: Snapshot) -> None:
        """Print a last line, if there were others."""
        if self._shown:
            self.show(snapshot)


class LiveWatch(Watch):
    """Shows a few lines that are written over, with notes scrolling by above them."""

    first_seconds = 1.0  # nobody reads what is gone at once
    every_seconds = 0.5

    def __init__(self, console: Console, count: Callable[[], int | None] = lambda: None) -> None:
        super().__init__(count)
        self._console = console
        self._live = Live(
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def note(self, words: str) -> None:
        """Print above the display."""
        note_on(self._console, words)

    def show(self, snapshot: Snapshot) -> None:
        """Write over what was shown before."""
        if not self._live.is_started:
            self._live.start()
            self._console.show_cursor(True)  # a process that is killed would leave none
        lines = [Text(line, no_wrap=True, overflow="ellipsis") for line in lines_of(snapshot)]
        self._live.update(Group(*lines), refresh=True)

    def end(self, snapshot: Snapshot) -> None:
        """Take the display away: the summary says more."""
        self.close()

    def close(self) -> None:
        """Take the display away, if there is one."""
        self._live.stop()


@contextmanager
def watching(
    progress: ProgressName, count: Callable[[], int | None] = lambda: None
) -> Generator[Watch]:
    """Watch a job that is about to begin.

    Args:
        progress: how it is shown.
        count: counts the inputs, if that is wanted.
    """
    watch = _open(progress, count)
    try:
        yield watch
    finally:
        watch.close()


def _open(progress: ProgressName, count: Callable[[], int | None]) -> Watch:
    console = open_notes()
    capable = console.is_terminal and not console.is_dumb_terminal
    if progress is ProgressName.NONE:
        return Watch(count)
    if progress is ProgressName.RICH or (progress is ProgressName.AUTO and capable):
        return LiveWatch(console, count)
    return JsonWatch(count)
