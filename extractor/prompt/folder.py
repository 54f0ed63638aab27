"""The folder of a prompt pack: where it is, what it lacks, its texts and their hashes."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.errors import PromptError
from extractor.prompt.pack import PACK_FILES
from extractor.prompt.problem import PromptProblem

_PART = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_ID = re.compile(rf"{_PART}/{_PART}")


def is_prompt_id(words: str) -> bool:
    """Whether words are a name and a version, such as `incident/v1`."""
    return _ID.fullmatch(words) is not None


def known_prompts(root: Path) -> tuple[str, ...]:
    """Ids of the packs below a folder, sorted: whatever has one of a pack's files."""
    found = {path.parent for name in PACK_FILES for path in root.glob(f"*/*/{name}")}
    return tuple(sorted(folder.relative_to(root).as_posix() for folder in found))


def find_root(prompt_id: str, roots: Sequence[Path]) -> Path:
    """The first of several folders of packs that has this one.

    Raises:
        PromptError: none of them has it.
    """
    for root in roots:
        if prompt_id in known_prompts(root):
            return root
    known = dict.fromkeys(known for root in roots for known in known_prompts(root))
    raise PromptError(
        f"no prompt {prompt_id!r} in {', '.join(map(str, roots))} "
        "(--prompts names another folder); "
        f"there is {', '.join(known) or 'none'}"
    )


def find_missing(folder: Path) -> Iterator[PromptProblem]:
    """Each file that a pack lacks."""
    for name in PACK_FILES:
        if not (folder / name).is_file():
            yield PromptProblem(
                path=folder,
                message=f"the prompt lacks {name}",
                step="write it, or copy it from another version",
            )


def pack_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of a pack, by its name.

    Raises:
        OSError: a file cannot be read.
    """
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in PACK_FILES}


def read_text(path: Path) -> str | PromptProblem:
    """What a file of a pack says, or why it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        told, step = error.strerror or str(error), "correct its name or its rights"
    except UnicodeDecodeError as error:
        told, step = f"no UTF-8 at byte {error.start}", "save it in UTF-8"
    return PromptProblem(path=path, message=f"it cannot be read ({told})", step=step)
