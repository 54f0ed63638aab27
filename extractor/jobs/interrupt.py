"""The interruption: asked to stop, a run finishes what it has begun; asked again, it stops."""

import asyncio
import itertools
import os
import signal
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

_HANGUP = getattr(signal, "SIGHUP", None)  # not every platform has it
_SIGNALS = (signal.SIGINT, signal.SIGTERM, *([_HANGUP] if _HANGUP else []))
_PATIENCE = 2.0  # seconds


@dataclass(kw_only=True)
class Interrupt:
    """Whether a run was asked to stop, and what is to be done when it is."""

    asked: bool = False
    ending: bool = False
    """Whether it only puts away what it has; that takes moments, and nothing stops it."""
    _then: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]], repr=False)
    told_at: float | None = None
    """When the loop was told to stop at once; empty once it has come to that."""
    _cut: Callable[[], object] | None = field(default=None, repr=False)

    def then(self, act: Callable[[], None]) -> None:
        """Have something done when the run is asked to stop, or at once if it was already.

        It may be called in the middle of anything, so it should do no more than leave a note.
        """
        if self.asked:
            act()
        else:
            self._then.append(act)

    def ask(self) -> None:
        """Ask the run to finish what it has begun and to begin nothing more."""
        self.asked = True
        waiting, self._then = self._then, []
        for act in waiting:
            act()

    def cuts(self, task: asyncio.Task[Any]) -> None:
        """Have a task of the running loop cancelled when it is to stop at once.

        A KeyboardInterrupt would be raised in whatever task is at it, and out of the loop.
        """
        loop = asyncio.get_running_loop()

        def cancel() -> None:
            self.told_at = None
            task.cancel()

        self._cut = lambda: loop.call_soon_threadsafe(cancel)

    def cut(self) -> None:
        """Stop at once.

        Raises:
            KeyboardInterrupt: there is no task to cancel.
        """
        self.end()
        if self._cut is None:
            raise KeyboardInterrupt
        self.told_at = time.monotonic()
        self._cut()

    def end(self) -> None:
        """Take note that all that is left is to put away what the run has."""
        self.ending = True


@contextmanager
def listening(tell: Callable[[], None], *, patience: float = _PATIENCE) -> Generator[Interrupt]:
    """Listen for SIGINT, SIGTERM and SIGHUP.

    The first asks to stop, the second stops at once, further ones do nothing, as does any once the
    run is ending; but where a long article keeps the loop from hearing of the second, a later
    one is raised in the middle of it. A SIGHUP that is ignored, as under `nohup`, stays so.

    Args:
        tell: called at the first, so that the user knows what is waited for.
        patience: seconds in which the loop comes to what it was told, unless it is held up.
    """
    interrupt = Interrupt()
    times = itertools.count()
    terminals = [stream for stream in (1, 2) if os.isatty(stream)]

    def heard(number: int, frame: FrameType | None) -> None:
        if number == _HANGUP:
            _let_go(terminals)
        n = next(times)  # in one step: the next signal may come in the middle of this function
        if interrupt.told_at is not None and time.monotonic() - interrupt.told_at >= patience:
            raise KeyboardInterrupt
        if interrupt.ending:
            return
        if n == 0:
            interrupt.ask()
            tell()
        elif n == 1:
            interrupt.cut()

    heeded = [one for one in _SIGNALS if one != _HANGUP or signal.getsignal(one) != signal.SIG_IGN]
    before = {name: signal.signal(name, heard) for name in heeded}
    try:
        yield interrupt
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _let_go(terminals: list[int]) -> None:
    """Let what is written to a terminal that is gone go nowhere: writing there would fail."""
    for stream in terminals:
        if not os.isatty(stream):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream)
            os.close(nowhere)
