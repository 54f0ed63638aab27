"""The interruption: asked to stop, a run finishes what it has begun; asked again, it stops."""

import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(kw_only=True)
class Interrupt:
    """Whether a run was asked to stop, and what is to be done when it is."""

    asked: bool = False
    _then: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]], repr=False)

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


@contextmanager
def listening(tell: Callable[[], None]) -> Generator[Interrupt]:
    """Listen for SIGINT and SIGTERM: the first asks to stop, the second raises KeyboardInterrupt.

    Args:
        tell: called at the first, so that the user knows what is waited for.
    """
    interrupt = Interrupt()

    def heard(number: int, frame: FrameType | None) -> None:
        if interrupt.asked:
            raise KeyboardInterrupt
        interrupt.ask()
        tell()

    before = {name: signal.signal(name, heard) for name in _SIGNALS}
    try:
        yield interrupt
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
