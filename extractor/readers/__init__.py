"""Readers: whoever answers, a model, a recording or the built-in rules, behind one protocol."""

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import UsageError
from extractor.readers.answer import Answer, NoAnswer, Reader
from extractor.readers.baseline import BaselineReader

if TYPE_CHECKING:
    from extractor.readers.exchange import Exchange
    from extractor.settings import EndpointSettings

# What calls a model, or replays its answers, is imported by whoever asks for it: the built-in
# reader starts in half the time.

__all__ = ["Answer", "NoAnswer", "Reader", "open_reader", "record_to"]


def open_reader(
    name: str = "baseline",
    settings: "EndpointSettings | None" = None,
    exchange: "Exchange | None" = None,
) -> Reader:
    """Open a reader by its name.

    Args:
        name: `baseline`, `openai/<model>`, `recorded:PATH` or `stochastic:SEED`.
        settings: of the endpoint, for a model.
        exchange: what every call to a model goes through; by default it is made at once.

    Raises:
        UsageError: there is no such reader.
        SettingsError: the endpoint's settings are not enough to call it.
        RecordingError: the recording cannot be read.
    """
    if name == "baseline":
        return BaselineReader()
    if name.startswith("openai/"):
        from extractor.readers.exchange import call_directly
        from extractor.readers.model import open_model_reader
        from extractor.settings import load_settings

        return open_model_reader(name, settings or load_settings(), exchange or call_directly)
    if name.startswith("recorded:"):
        from extractor.readers.recorded import open_recorded_reader

        return open_recorded_reader(Path(name.removeprefix("recorded:")))
    if name.startswith("stochastic:"):
        from extractor.readers.stochastic import open_stochastic_reader

        return open_stochastic_reader(name)
    raise UsageError(
        f"no reader {name!r}; there is 'baseline', 'openai/<model>', 'recorded:PATH' and, to"
        " measure noise with, 'stochastic:SEED'"
    )


def record_to(reader: Reader, path: Path) -> Reader:
    """The same reader, keeping every answer in a recording that `recorded:PATH` can replay.

    Raises:
        UsageError: the reader is no model, so there is nothing to record.
        RecordingError: the file is no recording, or one of another model.
    """
    from extractor.readers.model import ModelReader
    from extractor.readers.recorded import Recorder

    if not isinstance(reader, ModelReader):
        raise UsageError(f"only a model's answers can be recorded, not those of {reader.name!r}")
    return Recorder(reader, path)
