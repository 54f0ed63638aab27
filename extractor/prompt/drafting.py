"""A new version of a prompt: a draft that is copied from another one."""

import json
import shutil
from pathlib import Path

from extractor.errors import PromptError
from extractor.prompt.folder import find_missing, find_root, is_prompt_id
from extractor.prompt.pack import PACK_FILES

UNSAID = "Say here why this version exists."
"""The purpose of a draft until somebody writes one; such a prompt is not released."""


def draft_prompt(
    prompt_id: str, *, source_id: str, source_root: Path, root: Path, purpose: str = UNSAID
) -> Path:
    """Copy a pack to a new version that may be edited, and return its folder.

    Args:
        prompt_id: name and version of the new one.
        source_id: name and version of the pack to copy.
        source_root: folder of packs that it lies in.
        root: folder of packs for the new one; it is made if there is none.
        purpose: why the new version exists.

    Raises:
        PromptError: the new id is none, its folder is there already, the source is missing or
            lacks a file, the purpose is no Unicode, or the folder cannot be written.
    """
    if not is_prompt_id(prompt_id):
        raise PromptError(f"{prompt_id!r} is no name and version; write one such as 'incident/v2'")
    description = _description(prompt_id, purpose)
    source, folder = find_root(source_id, [source_root]) / source_id, root / prompt_id
    for problem in find_missing(source):
        raise PromptError(str(problem))
    try:
        folder.mkdir(parents=True)
    except FileExistsError as error:
        raise PromptError(
            f"there is {str(error.filename)!r} already, and nothing is written over it; "
            "choose another version, or another folder with --prompts"
        ) from error
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        for name in PACK_FILES[1:]:
            (folder / name).write_bytes((source / name).read_bytes())
        (folder / "prompt.toml").write_bytes(description)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise _unwritable(folder, error) from error
    return folder


def _description(prompt_id: str, purpose: str) -> bytes:
    try:
        return f"id = {_toml(prompt_id)}\npurpose = {_toml(purpose)}\nreleased = false\n".encode()
    except UnicodeEncodeError as error:  # bytes of a command line that are no UTF-8
        raise PromptError(f"the purpose {purpose!r} is not UTF-8; write it in UTF-8") from error


def _toml(words: str) -> str:
    # A JSON string is a TOML string, but for one control character that JSON leaves as it is.
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _unwritable(folder: Path, error: OSError) -> PromptError:
    return PromptError(
        f"the draft {str(folder)!r} cannot be written ({error.strerror or error}); "
        "name another folder with --prompts"
    )
