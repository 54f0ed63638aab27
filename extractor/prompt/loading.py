"""A prompt pack is loaded from its folder; the first problem of it is an error."""

from pathlib import Path

from extractor.assets import find_asset_folder
from extractor.errors import PromptError
from extractor.prompt.examples import read_examples
from extractor.prompt.folder import find_missing, find_root
from extractor.prompt.info import find_other_id, read_info
from extractor.prompt.pack import Prompt, PromptExample
from extractor.prompt.problem import PromptProblem
from extractor.prompt.releases import find_release_problems
from extractor.prompt.template import render_system


def load_prompt(prompt_id: str, *, root: Path | None = None) -> Prompt:
    """Load and check a prompt pack such as `incident/v1`.

    Args:
        prompt_id: folder below the root: name and version.
        root: folder of packs; the project's own by default.

    Raises:
        PromptError: no such pack, a broken file, a released file that was changed, or an example
            whose answer does not hold for its own text.
    """
    packs = find_root(prompt_id, [root or find_asset_folder("prompts")])
    folder = packs / prompt_id
    for problem in find_missing(folder):
        raise PromptError(str(problem))
    info = read_info(folder / "prompt.toml")
    if isinstance(info, tuple):
        raise PromptError(str(info[0]))
    for problem in find_other_id(folder / "prompt.toml", info, prompt_id):
        raise PromptError(str(problem))
    for problem in find_release_problems(prompt_id, root=packs, released=info.released):
        raise PromptError(str(problem))
    system = render_system(folder / "system.md.j2")
    if isinstance(system, tuple):
        raise PromptError(str(system[0]))
    examples: list[PromptExample] = []
    for read in read_examples(folder / "examples.jsonl"):
        if isinstance(read, PromptProblem):
            raise PromptError(str(read))
        examples.append(read.example)
    return Prompt(id=prompt_id, system=system, examples=tuple(examples))
