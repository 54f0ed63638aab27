"""What `prompt.toml` says of a pack, and everything that is wrong with it."""

import re
import tomllib
from pathlib import Path

from pydantic import ValidationError

from extractor.prompt.folder import read_text
from extractor.prompt.pack import PromptInfo
from extractor.prompt.problem import PromptProblem

_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_FIELDS = ", ".join(PromptInfo.model_fields)


def read_info(path: Path) -> PromptInfo | tuple[PromptProblem, ...]:
    """What a `prompt.toml` says, or all that is wrong with it."""
    text = read_text(path)
    if isinstance(text, PromptProblem):
        return (text,)
    try:
        return PromptInfo.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = _LINE.search(str(error))
        broken = PromptProblem(
            path=path,
            line=int(at[1]) if at else len(text.splitlines()) or None,
            message=f"it is no prompt description: {error}",
            step="correct the TOML there",
        )
        return (broken,)
    except ValidationError as error:
        return tuple(
            PromptProblem(
                path=path,
                line=line_of_key(text, str(fault["loc"][0])),
                message=f"it is no prompt description: {fault['loc'][0]!r}: {fault['msg']}",
                step=f"it has {_FIELDS}, and nothing else",
            )
            for fault in error.errors(include_url=False, include_input=False)
        )


def is_released(prompt_id: str, *, root: Path) -> bool:
    """Whether the description of a pack says that it is released; false if it cannot be read."""
    info = read_info(root / prompt_id / "prompt.toml")
    return not isinstance(info, tuple) and info.released


def find_other_id(path: Path, info: PromptInfo, prompt_id: str) -> tuple[PromptProblem, ...]:
    """The problem of a description that speaks of another pack than the folder's; or none."""
    if info.id == prompt_id:
        return ()
    other = PromptProblem(
        path=path,
        line=line_of_key(path.read_text(encoding="utf-8"), "id"),
        message=f"it says it is {info.id!r}, not {prompt_id!r}",
        step=f"write id = {prompt_id!r}, or rename the folder",
    )
    return (other,)


def line_of_key(text: str, key: str) -> int | None:
    """The line of a TOML text that sets a key; `None` if none does."""
    found = re.search(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else None
