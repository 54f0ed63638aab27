"""The list of released packs, `released.toml`: whether a pack is on it and still the same."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from extractor.article import sha256_of
from extractor.prompt.folder import read_text
from extractor.prompt.pack import PACK_FILES
from extractor.prompt.problem import PromptProblem

RELEASED = "released.toml"
"""The list, beside the packs: a table for each released one, with the SHA-256 of each file."""

_LIST: TypeAdapter[dict[str, dict[str, str]]] = TypeAdapter(dict[str, dict[str, str]])
_COPY = "a released prompt is not edited: copy it to a new version with `tollbook prompt new`"


def read_releases(path: Path) -> dict[str, dict[str, str]] | PromptProblem:
    """The hashes of each file of each released pack, by its id; or why they cannot be read."""
    text = read_text(path)
    if isinstance(text, PromptProblem):
        return text
    try:
        return _LIST.validate_python(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        told = "a table of hashes is wanted" if isinstance(error, ValidationError) else str(error)
        return PromptProblem(
            path=path,
            message=f"the list of released prompts cannot be read: {told}",
            step="restore it from its history",
        )


def find_release_problems(
    prompt_id: str, *, root: Path, released: bool | None
) -> Iterator[PromptProblem]:
    """What is wrong with a pack that either its `prompt.toml` or the list calls released.

    Args:
        prompt_id: the pack.
        root: folder of packs.
        released: what `prompt.toml` says; `None` if it cannot be read.
    """
    path, folder = root / RELEASED, root / prompt_id
    if not released and not path.exists():
        return
    listed = read_releases(path)
    if isinstance(listed, PromptProblem):
        yield listed
        return
    if prompt_id not in listed:
        if released:
            yield PromptProblem(
                path=folder / "prompt.toml",
                message=f"prompt {prompt_id!r} is marked as released, but {path} does not list "
                "its files",
                step="write released = false, and release it with `tollbook prompt release`",
            )
        return
    if released is False:
        yield PromptProblem(
            path=folder / "prompt.toml",
            message=f"prompt {prompt_id!r} is listed in {path}, but here is no released = true",
            step=_COPY,
        )
        return  # the change that its hash would tell of is this one
    wanted = listed[prompt_id]
    for name in PACK_FILES:
        file = folder / name
        if _hash(file) not in (None, wanted.get(name)):
            yield PromptProblem(
                path=file,
                message=f"prompt {prompt_id!r} is released, but {name} in {folder} differs from "
                f"the hash in {path}",
                step=_COPY,
            )


def _hash(file: Path) -> str | None:
    """The hash of a file; `None` if it cannot be read, which is told where it is read."""
    try:
        return sha256_of(file.read_bytes())
    except OSError:
        return None
