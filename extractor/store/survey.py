"""The survey of a run folder: every line looked at once, damaged ones noted and passed over."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from extractor.errors import RecordError
from extractor.store.covering import private_index
from extractor.store.folder import LOCK, OUTCOMES, TORN
from extractor.store.head import parse_head
from extractor.store.index import Stored
from extractor.store.inputs import InputKey
from extractor.store.line import has_seal
from extractor.store.run import Fault

try:
    import fcntl
except ImportError:  # Windows has none
    fcntl = None


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What stands in a run folder."""

    index: Mapping[InputKey, Stored]
    """The last outcome of every input."""
    lines: int
    """Whole lines, replaced and damaged ones included."""
    unsealed: int
    """Lines without a checksum: versions before there were any wrote them."""
    faults: tuple[Fault, ...]
    """Lines that do not hold."""
    unfinished_bytes: int
    """Length of a last line without its end: one that is being written, or a killed run left."""
    torn: int
    """Unfinished lines that were moved aside when the run was gone on with."""

    @property
    def replaced(self) -> int:
        """Lines that hold, but are replaced by later ones."""
        return self.lines - len(self.faults) - len(self.index)


def survey_run(folder: Path) -> Survey:
    """Look at every line of a run that stands there now; what is added meanwhile is left out."""
    index = private_index()
    faults: list[Fault] = []
    unsealed = unfinished = 0
    path = folder / OUTCOMES
    size = path.stat().st_size if path.exists() else 0
    if size:
        with path.open("rb") as lines:
            while index.end < size and (line := lines.readline()):
                if not line.endswith(b"\n"):
                    unfinished = len(line)
                    break
                try:
                    index.note(parse_head(line), len(line))
                    unsealed += not has_seal(line)
                except RecordError as error:
                    faults.append(Fault(index.lines + 1, index.end, str(error)))
                    index.skip(len(line))
    torn = folder / TORN
    return Survey(
        index=index,
        lines=index.lines,
        unsealed=unsealed,
        faults=tuple(faults),
        unfinished_bytes=unfinished,
        torn=torn.read_bytes().count(b"\n") if torn.exists() else 0,
    )


def is_being_written(folder: Path) -> bool:
    """Whether a process is writing to a run now; nothing is changed to find out."""
    path = folder / LOCK
    if not path.exists():
        return False
    if fcntl is None:
        return _is_held(path)
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        # Shared, so that two who look do not take each other for a writer.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _is_held(path: Path) -> bool:
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True
