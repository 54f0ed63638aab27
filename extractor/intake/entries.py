"""The entries that inputs stand for: every file named or found in a folder, each once."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.intake.content import KnownForm
from extractor.intake.folder import shown, walk
from extractor.intake.scratch import Scratch
from extractor.intake.taken import STDIN, Form, UnfitInputError, reject
from extractor.records import Rejected, Source

FORMS: dict[str, KnownForm] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".html": "html",
    ".htm": "html",
}
"""How a file is read, by its suffix."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A file as it was named or found, or `-`."""

    name: str
    found: bool
    """Whether a folder was named, and this found in it: then its suffix must tell its form."""

    def form(self, form: Form) -> KnownForm | None:
        """How it is read; `None` if it was found and nothing tells its form."""
        known = FORMS.get(Path(self.name).suffix.lower()) if form == "auto" else form
        return known or (None if self.found else "text")


def find_entries(
    inputs: Sequence[str], *, tell: Callable[[str], None] = lambda words: None
) -> Iterator[Entry | Rejected]:
    """Every file of the inputs, in order, and a rejection for whatever is none.

    Args:
        inputs: files, folders, or `-` for standard input.
        tell: called with words about a file that is named twice, or beside its folder.

    Raises:
        StoreError: there is no room to remember them.
    """
    met = Scratch()
    for name in inputs:
        for entry in _entries(name):
            path = entry.source.path if isinstance(entry, Rejected) else entry.name
            if len(inputs) > 1 and met.keep(path) is not None:
                tell(f"{shown(path)!r} is named twice and taken once")
                continue
            yield entry


def _entries(name: str) -> Iterator[Entry | Rejected]:
    if name == STDIN or not os.path.isdir(name):
        yield Entry(name=name, found=False)
        return
    empty = True
    for entry in walk(Path(name)):
        empty = False
        yield entry if isinstance(entry, Rejected) else Entry(name=str(entry), found=True)
    if empty:
        error = UnfitInputError("no article in folder; name a folder with files to read")
        yield reject(Source(path=shown(Path(name))), error)
