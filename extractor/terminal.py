"""The terminal: where the command writes, in what encoding, and what if nobody reads it."""

import os
import sys
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from extractor.ledger import printable

_WIDTH = 120  # columns where the output is no terminal


def open_console() -> Console:
    """A console on standard output; its `quiet` turns true when nobody reads it any more."""
    return _Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)


def say(words: str) -> None:
    """Print what was asked for."""
    _print(sys.stdout, words, "")


def note(words: str) -> None:
    """Print what is worth knowing, to standard error."""
    _print(sys.stderr, words, "yellow")


def complain(words: str) -> None:
    """Print what went wrong, to standard error."""
    _print(sys.stderr, f"tollbook: {words}", "red")


class _Console(Console):
    """A console that falls silent when nobody reads it any more; the command goes on."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        _silence(self.file)


def _silence(stream: Any) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_json(line: str) -> None:
    """Print JSON, in UTF-8 whatever the terminal is.

    Raises:
        typer.Exit: nobody reads the output any more.
    """
    try:
        sys.stdout.buffer.write(f"{line}\n".encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
        raise typer.Exit(0) from None


def _print(stream: Any, words: str, style: str) -> None:
    console = _Console(file=stream, highlight=False, soft_wrap=True)
    console.print(Text(printable(words), style=style))
