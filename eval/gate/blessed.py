"""The blessed run: what later runs are compared with. It moves only when a person moves it.

A folder holds `predictions.jsonl`, what the run told of every article, or `predictions-1.jsonl` and
so on for its repeats; `blessed.json`, which run it was, from what code, and why it was blessed;
`comparison.md`, how it differs from the one before; `canaries.toml`, claims that must stay right;
and, once a release was made, `release.jsonl`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.predictions import Prediction, told_line
from eval.provenance import Provenance
from extractor.errors import UsageError

PREDICTIONS, ABOUT, RELEASE = "predictions", "blessed.json", "release"
COMPARISON, CANARIES = "comparison.md", "canaries.toml"


class Blessing(BaseModel):
    """Why a run was blessed, and which it was."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    reason: str
    """Why it is the one to be compared with, in the words of the person who blessed it."""
    split: str | None
    """The split that later runs are graded on first; empty for all articles."""
    provenance: tuple[Provenance, ...]
    """What each repeat was, and against which gold and by which scorer it was compared."""
    is_release: bool = False
    """Whether it is the run of a release as well."""


@dataclass(frozen=True, kw_only=True)
class Blessed:
    """A blessed run in its folder."""

    folder: Path
    about: Blessing

    @property
    def predictions(self) -> tuple[Path, ...]:
        """The files of its predictions, one for each repeat."""
        return self._files(PREDICTIONS)

    @property
    def release(self) -> tuple[Path, ...]:
        """The predictions of the run of the last release; nothing if there was none."""
        return self._files(RELEASE)

    def _files(self, name: str) -> tuple[Path, ...]:
        return tuple(sorted(self.folder.glob(f"{name}*.jsonl")))

    @property
    def canaries(self) -> Path | None:
        """The file of its canaries, if it has one."""
        path = self.folder / CANARIES
        return path if path.is_file() else None


def is_blessed(folder: Path) -> bool:
    """Whether a folder holds a blessed run."""
    return (folder / ABOUT).is_file()


def open_blessed(folder: Path) -> Blessed:
    """Open a blessed run.

    Raises:
        UsageError: the folder holds none.
    """
    try:
        about = Blessing.model_validate_json((folder / ABOUT).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise UsageError(
            f"no blessed run in {folder}, and no run; bless one: tollbook eval bless RUN --reason"
            f' "…" --into {folder}, or name a run with --baseline'
        ) from error
    return Blessed(folder=folder, about=about)


def blessed_files(
    about: Blessing, repeats: Sequence[Sequence[Prediction]], *, canaries: str, comparison: str
) -> Mapping[str, str]:
    """The files of a blessed run by their names."""
    told = json.dumps(about.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, indent=2)
    files = {ABOUT: f"{told}\n", COMPARISON: comparison, CANARIES: canaries}
    for name in (PREDICTIONS, RELEASE) if about.is_release else (PREDICTIONS,):
        for number, predictions in enumerate(repeats, start=1):
            ordered = sorted(predictions, key=lambda one: one.article_id)
            file = f"{name}-{number}.jsonl" if len(repeats) > 1 else f"{name}.jsonl"
            files[file] = "".join(f"{told_line(one)}\n" for one in ordered)
    return files
