"""A prompt pack is loaded from its folder and checked."""

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from pydantic import ValidationError

from extractor import codes
from extractor.assets import find_asset_folder
from extractor.codes import FlagCode
from extractor.errors import PromptError
from extractor.mapping import map_answer
from extractor.prompt.pack import PACK_FILES, Prompt, PromptExample, PromptInfo


def load_prompt(prompt_id: str, *, root: Path | None = None) -> Prompt:
    """Load and check a prompt pack such as `incident/v1`.

    Args:
        prompt_id: folder below the root: name and version.
        root: folder of packs; the project's own by default.

    Raises:
        PromptError: no such pack, a broken file, a released file that was changed, or an example
            whose answer does not hold for its own text.
    """
    packs = root or find_asset_folder("prompts")
    folder = packs / prompt_id
    known = sorted(p.parent.relative_to(packs).as_posix() for p in packs.glob("*/*/prompt.toml"))
    if prompt_id not in known:
        raise PromptError(
            f"no prompt {prompt_id!r} in {packs}; there is {', '.join(known) or 'none'}"
        )
    missing = [name for name in PACK_FILES if not (folder / name).is_file()]
    if missing:
        raise PromptError(f"prompt {prompt_id!r} in {folder} lacks {', '.join(missing)}")
    info = _info(folder)
    if info.id != prompt_id:
        raise PromptError(f"{folder / 'prompt.toml'} says it is {info.id!r}, not {prompt_id!r}")
    _check_release(packs, folder, info)
    examples = tuple(_examples(folder / "examples.jsonl"))
    return Prompt(id=prompt_id, system=_system(folder / "system.md.j2"), examples=examples)


def pack_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of a pack."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in PACK_FILES}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"cannot read {path}: {error}") from error


def _info(folder: Path) -> PromptInfo:
    path = folder / "prompt.toml"
    try:
        return PromptInfo.model_validate(tomllib.loads(_text(path)))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise PromptError(f"{path} is not a prompt description: {error}") from error


def _check_release(packs: Path, folder: Path, info: PromptInfo) -> None:
    """Check that a pack which either `prompt.toml` or the list calls released is unchanged."""
    path, prompt_id = packs / "released.toml", info.id
    if not info.released and not path.exists():
        return
    try:
        released: dict[str, dict[str, str]] = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise PromptError(f"cannot read the list of released prompts {path}: {error}") from error
    if prompt_id not in released:
        if not info.released:
            return
        raise PromptError(
            f"prompt {prompt_id!r} is marked as released, but {path} does not list its files"
        )
    if not info.released:
        raise PromptError(
            f"prompt {prompt_id!r} is listed in {path}, but {folder / 'prompt.toml'} does not say "
            "released = true; a released prompt is not edited: copy it to a new version"
        )
    wanted = released[prompt_id]
    changed = [name for name, hashed in pack_hashes(folder).items() if wanted.get(name) != hashed]
    if changed:
        raise PromptError(
            f"prompt {prompt_id!r} is released, but {', '.join(changed)} in {folder} differs from "
            f"the hash in {path}; a released prompt is not edited: copy it to a new version"
        )


def _system(path: Path) -> str:
    """Render the system message; the template is a trusted file and sees definitions only."""
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True
    )
    words = {
        name: code
        for name, code in vars(codes).items()
        if isinstance(code, type) and issubclass(code, codes.Code) and code is not codes.Code
    }
    try:
        return environment.from_string(_text(path)).render(codes=words)
    except TemplateError as error:
        raise PromptError(f"cannot render {path}: {error}") from error


def _examples(path: Path) -> Iterator[PromptExample]:
    # Not splitlines: a JSON string may hold other line ends of Unicode as they are.
    for n, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            example = PromptExample.model_validate_json(line)
            article = example.article
        except ValidationError as error:
            raise PromptError(f"{path}:{n} is not an example: {error}") from error
        mapped = map_answer(example.answer, article)
        # That the gazetteer lacks an invented place says nothing of the answer.
        flags = [flag for flag in mapped.flags if flag.code is not FlagCode.PLACE_UNRESOLVED]
        if flags:
            told = "; ".join(f"{flag.where}: {flag.message}" for flag in flags)
            raise PromptError(f"{path}:{n}: the answer does not hold for its own text: {told}")
        yield example
