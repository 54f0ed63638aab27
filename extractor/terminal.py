"""The terminal: where the command writes, in what encoding, and what if nobody reads it."""

import os
import sys
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from extractor.errors import UsageError
from extractor.ledger import printable

_WIDTH = 120  # columns where the output is no terminal


def open_console() -> Console:
    """A console on standard output; its `quiet` turns true when nobody reads it any more.

    Raises:
        UsageError: there is no standard output.
    """
    _need_output()
    return _Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)


def say(words: str) -> None:
    """Print what was asked for."""
    _print(sys.stdout, words, "")


def note(words: str) -> None:
    """Print what is worth knowing, to standard error."""
    _print(sys.stderr, words, "yellow")


def open_notes() -> Console:
    """A console on standard error, for a display that stays in its place among notes."""
    return _Console(file=sys.stderr, highlight=False)


def note_on(console: Console, words: str, *, plain: bool = False) -> None:
    """Print what is worth knowing on a console of `open_notes`.

    Args:
        console: where to.
        words: what is worth knowing.
        plain: without a colour.
    """
    console.print(Text(printable(words), style="" if plain else "yellow"), soft_wrap=True)


def complain(words: str) -> None:
    """Print what went wrong, to standard error."""
    _print(sys.stderr, f"tollbook: {words}", "red")


def drop_output() -> None:
    """Let what is still to be printed go nowhere, so that the end of the command says nothing."""
    _silence(sys.stdout)


class _Console(Console):
    """A console that falls silent when nobody reads it any more; the command goes on."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        _silence(self.file)


def _need_output() -> None:
    if (sys.stdout or None) is None:  # it is none where it was closed, whatever the types say
        raise UsageError("there is no standard output to print to; redirect it to a file")


def _silence(stream: Any) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_json(line: str) -> None:
    """Print JSON, in UTF-8 whatever the terminal is.

    Raises:
        typer.Exit: nobody reads the output any more.
        UsageError: there is no standard output.
    """
    _need_output()
    try:
        sys.stdout.buffer.write(f"{line}\n".encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
        raise typer.Exit(0) from None


def _print(stream: Any, words: str, style: str) -> None:
    console = _Console(file=stream, highlight=False, soft_wrap=True)
    console.print(Text(printable(words), style=style))
