"""Recordings of a gold set: which still answer what would be asked today, and which are stale.

A recorded answer counts only for the very request it was given to. When the prompt, the schema or
an article has changed since, the recording is stale: it is named and left out, never scored.
"""

from dataclasses import dataclass
from pathlib import Path

from eval.gold import GoldSet
from extractor.errors import RecordingError
from extractor.prompt import Prompt
from extractor.readers.recorded import RecordedReader, open_recorded_reader

FOLDER = "recordings"
"""The folder of recordings in a gold folder."""


@dataclass(frozen=True, kw_only=True)
class Recording:
    """A recording in the gold folder."""

    path: Path
    stale: str | None
    """Why it cannot be used; empty if it answers every article."""
    model: str | None = None
    """The model that answered, if the file can be read."""

    @property
    def name(self) -> str:
        """Name of its file, without what it ends with."""
        return self.path.stem

    @property
    def blessed(self) -> Path:
        """Where the run is kept that replays of it are compared with."""
        return self.path.with_suffix("")


def find_recordings(gold: GoldSet, prompt: Prompt) -> tuple[Recording, ...]:
    """Every recording in the folder `recordings` of a gold set, by name.

    Args:
        gold: the articles that a recording must answer: a split is enough.
        prompt: the prompt that they are asked with today.
    """
    folder = gold.folder / FOLDER
    return tuple(_recording(path, gold, prompt) for path in sorted(folder.glob("*.jsonl")))


def _recording(path: Path, gold: GoldSet, prompt: Prompt) -> Recording:
    try:
        reader = open_recorded_reader(path)
    except RecordingError as error:
        return Recording(path=path, stale=str(error))
    return Recording(path=path, stale=_stale(reader, gold, prompt), model=reader.header.model)


def _stale(reader: RecordedReader, gold: GoldSet, prompt: Prompt) -> str | None:
    articles = [one.article for one in gold.labelled.values()]
    held = sum(reader.holds(prompt.render(article)) for article in articles)
    if held == len(articles):
        return None
    return (
        f"it answers {held} of {len(articles)} requests as they are asked today with {prompt.id}:"
        " the prompt, the schema or articles have changed; record it again"
    )
