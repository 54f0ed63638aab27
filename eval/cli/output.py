"""The output: where grading prints, how wide, and what if nobody takes it."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console

from extractor.errors import UsageError
from extractor.terminal import open_console

_WIDTH = 150  # columns where the output is no terminal and COLUMNS does not say how many
_NARROWEST = 20


@contextmanager
def printing(width: int = _WIDTH) -> Generator[Console]:
    """A console on standard output; it falls silent where nobody reads it any more.

    Raises:
        UsageError: the output cannot be written.
    """
    console = open_console()
    console.width = _width(width)
    try:
        yield console
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
    except OSError as error:
        _silence()
        raise UsageError(
            f"the output cannot be written ({error.strerror}); send it somewhere else"
        ) from error


def write(text: str) -> None:
    """Print in UTF-8, whatever the terminal is.

    Raises:
        UsageError: the output cannot be written.
    """
    with printing():
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()


def _width(usual: int) -> int:
    """The columns that the environment asks for, those of the terminal, or the usual ones."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and int(asked):
        return max(int(asked), _NARROWEST)
    if sys.stdout.isatty():
        return max(Console().width, _NARROWEST)
    return usual


def _silence() -> None:
    """Let what is still to be written go nowhere, so that the end of the command says nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
