"""The manifest: what a run was, so that it can be repeated and is not mixed with another."""

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Collection
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from extractor.errors import UsageError
from extractor.gazetteer import packed_sha256
from extractor.records import SCHEMA_VERSION
from extractor.wire import strict_schema

_PACKAGE = Path(__file__).resolve().parent
_REPORTED = ("tollbook", "pydantic", "openai", "instructor", "jsonlines", "trafilatura")
_DECISIVE = (
    "schema_version",
    "reader",
    "reader_fingerprint",
    "prompt",
    "prompt_sha256",
    "wire_schema_sha256",
    "code_sha256",
    "gazetteer_sha256",
    "own_tables",
    "intake",
    "shard",
    "seed",
)


class GitState(BaseModel):
    """The checkout that ran."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    commit: str
    dirty: bool


class Manifest(BaseModel):
    """What a run was."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    format: Literal["tollbook-run/1"] = "tollbook-run/1"
    schema_version: int
    """Version of the stored records."""
    reader: str
    """Who answered."""
    reader_fingerprint: str
    """Hash of what decides the reader's answers beside the request."""
    prompt: str | None
    """Prompt pack and version; empty for a reader without one."""
    prompt_sha256: str | None
    """Hash of all that a model sees beside the article."""
    wire_schema_sha256: str
    """Hash of the schema that answers have."""
    code_sha256: str
    """Hash of the package's source and data files."""
    gazetteer_sha256: str | None = None
    """Hash of the packaged gazetteer; empty in runs from before it was there."""
    own_tables: tuple[tuple[str, str], ...] = ()
    """The user's own tables, as ("places" or "actors", SHA-256 of the file), the first on top."""
    intake: dict[str, Any]
    """Options that decide how inputs become articles."""
    shard: str | None = None
    """Which share of the inputs was read, as 2/8; empty for all of them."""
    arguments: dict[str, Any]
    """The command's arguments as given; never a key."""
    seed: int | None
    """Seed sent to a model, if any."""
    versions: dict[str, str]
    """Python, the platform and the main packages."""
    git: GitState | None
    """The checkout that ran; empty when installed from a wheel."""
    created_at: str
    """When the run was begun, UTC."""

    def differences(self, other: "Manifest", *, but: Collection[str] = ()) -> list[str]:
        """What keeps the outcomes of two manifests from standing in one run; empty if nothing.

        Args:
            other: what the run is to be compared with.
            but: what may differ.
        """
        return [
            f"{name} was {getattr(self, name)!r} and is {getattr(other, name)!r}"
            for name in _DECISIVE
            if name not in but and getattr(self, name) != getattr(other, name)
        ]


def describe_run(
    *,
    reader: str,
    reader_fingerprint: str,
    prompt: str | None,
    prompt_sha256: str | None,
    own_tables: tuple[tuple[str, str], ...] = (),
    intake: dict[str, Any],
    shard: str | None = None,
    arguments: dict[str, Any],
    seed: int | None,
) -> Manifest:
    """The manifest of a run that begins now, on this machine, with this code.

    Raises:
        UsageError: SOURCE_DATE_EPOCH is set and is no time.
    """
    return Manifest(
        schema_version=SCHEMA_VERSION,
        reader=reader,
        reader_fingerprint=reader_fingerprint,
        prompt=prompt,
        prompt_sha256=prompt_sha256,
        wire_schema_sha256=wire_schema_sha256(),
        code_sha256=code_sha256(),
        gazetteer_sha256=packed_sha256(),
        own_tables=own_tables,
        intake=intake,
        shard=shard,
        arguments=arguments,
        seed=seed,
        versions=_versions(),
        git=_git_state(),
        created_at=_now(),
    )


def wire_schema_sha256() -> str:
    """Hash of the schema of an answer."""
    return hashlib.sha256(json.dumps(strict_schema(), sort_keys=True).encode()).hexdigest()


_HASHED = (".py", ".toml", ".csv", ".sha256")


@cache
def code_sha256() -> str:
    """Hash of every source and data file of the extractor, by name and content."""
    whole = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        inside = path.relative_to(_PACKAGE)
        if path.suffix in _HASHED and inside.parts[0] != "bundled":
            whole.update(f"{inside.as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "platform": platform.platform()}
    for name in _REPORTED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _git_state() -> GitState | None:
    root = _PACKAGE.parent
    if not (root / ".git").exists():
        return None
    commit, status = _git(root, "rev-parse", "HEAD"), _git(root, "status", "--porcelain")
    return None if commit is None else GitState(commit=commit, dirty=bool(status))


def _git(root: Path, *arguments: str) -> str | None:
    try:
        told = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):  # no git, or no commit yet
        return None
    return told.stdout.strip()


def _now() -> str:
    """The time now, or the one that SOURCE_DATE_EPOCH fixes for reproducible builds."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {fixed!r}, which is no time; "
            "set it to seconds since 1970, or unset it"
        ) from error
    return moment.isoformat(timespec="seconds")
