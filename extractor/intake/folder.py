"""A folder of articles: its files in order, whatever in it is no file rejected."""

import os
from collections.abc import Iterator
from pathlib import Path

from extractor.intake.taken import UnfitInputError, reject
from extractor.records import Rejected, Source

_RUN_FILES = frozenset({"run.json", "outcomes.jsonl"})  # both, as an article may have one name


def walk(folder: Path) -> Iterator[Path | Rejected]:
    """Walk through a folder and its subfolders in sorted order.

    Hidden files and folders, whose names begin with a dot, are no inputs and are passed over, and
    so are folders that hold a run: what reading writes is not read, or it would never end. A link
    to a file is read; a link to a folder is rejected, since it may lead in a circle.
    """
    waiting: list[Iterator[Path]] = [iter((folder,))]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif os.path.isdir(entry) and (entry == folder or not entry.is_symlink()):
            try:
                inside = [name for name in os.listdir(entry) if not name.startswith(".")]
            except OSError as error:
                yield reject(Source(path=shown(entry)), unreadable(error))
                continue
            if not _RUN_FILES.issubset(inside):
                waiting.append(map(entry.joinpath, sorted(inside)))
            elif entry == folder:
                yield reject(Source(path=shown(entry)), UnfitInputError(_A_RUN))
        elif os.path.isfile(entry):
            yield entry
        else:
            yield reject(Source(path=shown(entry)), _no_file(entry))


def shown(path: Path | str) -> str:
    """A path as text; bytes in a name that are no UTF-8 are written out as escapes."""
    return str(path).encode(errors="backslashreplace").decode()


def unreadable(error: OSError) -> UnfitInputError:
    """Why a file or folder could not be read, and what to do next."""
    match error:
        case FileNotFoundError():
            return UnfitInputError("there is no such file or folder; check the name")
        case PermissionError():
            return UnfitInputError("it may not be read (permission denied); allow it: chmod u+r")
        case _:
            why = error.strerror or type(error).__name__
            return UnfitInputError(f"it cannot be read ({why}); check the file and try again")


_A_RUN = "the folder holds a run, not articles; name the articles, or look at it with tollbook show"


def _no_file(entry: Path) -> UnfitInputError:
    if os.path.isdir(entry):
        return UnfitInputError("a link to a folder is not followed; name that folder itself")
    if entry.is_symlink():
        return UnfitInputError("the link leads to no file; mend or remove it")
    return UnfitInputError("it is no regular file; name it on the command line to read it")
