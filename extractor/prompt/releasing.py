"""A draft becomes a release: it says so, and the hashes of its files are listed."""

import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

from extractor.article import sha256_of
from extractor.errors import PromptError
from extractor.prompt.drafting import UNSAID
from extractor.prompt.folder import pack_hashes
from extractor.prompt.info import read_info
from extractor.prompt.linting import lint_prompt
from extractor.prompt.problem import PromptProblem
from extractor.prompt.releases import RELEASED, read_releases

_HEAD = "# SHA-256 of every file of every released prompt; a released prompt is never edited.\n"
_DRAFT = re.compile(rb"^([ \t]*released[ \t]*=[ \t]*)false\b", re.MULTILINE)


def release_prompt(
    prompt_id: str, *, root: Path, gold: Path | None = None
) -> tuple[PromptProblem, ...]:
    """Release a sound draft; else change nothing and return what is wrong with it.

    `prompt.toml` says `released = true` then, and `released.toml` beside the packs lists the
    SHA-256 of each file. Comments and the other entries of both files stay as they are.

    Args:
        prompt_id: name and version.
        root: folder of packs.
        gold: a gold folder that nothing may be copied from.

    Raises:
        PromptError: there is no such pack, it is released already, its purpose is not said, or a
            file cannot be written.
    """
    path, listed = root / prompt_id / "prompt.toml", root / RELEASED
    before = read_releases(listed) if listed.exists() else {}
    if not isinstance(before, PromptProblem) and prompt_id in before:
        raise PromptError(
            f"prompt {prompt_id!r} is released already, says {listed}; copy it to a new version "
            "with `tollbook prompt new`"
        )
    problems = lint_prompt(prompt_id, root=root, gold=gold)
    if problems or isinstance(before, PromptProblem):
        return problems
    info = read_info(path)
    if not isinstance(info, tuple) and info.purpose == UNSAID:
        raise PromptError(f"{path}: the purpose is not said; write why this version exists")
    try:
        described = _released(path)
        hashes = {**pack_hashes(path.parent), "prompt.toml": sha256_of(described)}
        old = listed.read_bytes() if listed.exists() else _HEAD.encode()
        _write_all({listed: _with_entry(old, prompt_id, hashes), path: described})
    except OSError as error:
        raise PromptError(
            f"the release of {prompt_id!r} cannot be written ({error.strerror or error}); "
            f"make {path.parent} and {listed} writable"
        ) from error
    return ()


def _released(path: Path) -> bytes:
    """A description that says `released = true` and else says the same.

    Raises:
        PromptError: the line that says otherwise cannot be told.
    """
    before = path.read_bytes()
    after = _DRAFT.sub(rb"\1true", before, count=1)
    wanted = {**tomllib.loads(before.decode()), "released": True}
    if tomllib.loads(after.decode()) != wanted:
        raise PromptError(
            f"{path}: no line of its own says released = false; write it on one, and try again"
        )
    return after


def _with_entry(old: bytes, prompt_id: str, hashes: Mapping[str, str]) -> bytes:
    lines = [f'["{prompt_id}"]', *(f'"{name}" = "{hashed}"' for name, hashed in hashes.items())]
    return old + ("\n" + "\n".join(lines) + "\n").encode()


def _write_all(contents: Mapping[Path, bytes]) -> None:
    """Write several files, each whole: all of them lie there before the first takes its place."""
    waiting: list[tuple[str, Path]] = []
    try:
        for path, content in contents.items():
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            waiting.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        for name, path in waiting:
            os.replace(name, path)
    finally:
        for name, _ in waiting:
            Path(name).unlink(missing_ok=True)
