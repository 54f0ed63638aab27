"""The beginning: as long as nothing was begun, Ctrl-C just ends the command."""

import os
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

from extractor.exits import ExitCode

_TOLD = b"stopped before anything was begun\n"


@contextmanager
def beginning() -> Generator[None]:
    """While this lasts, SIGINT ends the process at once, with one line and its exit code.

    An exception would be raised in the middle of an import, and some of those swallow it.
    """
    if not _would_raise():
        yield
        return
    signal.signal(signal.SIGINT, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def ignore_interrupts() -> None:
    """Have SIGINT ignored from here on, where nobody listens: what is left takes moments."""
    if _would_raise():
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _would_raise() -> bool:
    """Whether a SIGINT would raise KeyboardInterrupt, and it is ours to have it otherwise."""
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler


def _leave(number: int, frame: FrameType | None) -> None:
    try:
        os.write(2, _TOLD)
    finally:  # also where standard error was closed
        os._exit(ExitCode.INTERRUPTED)
