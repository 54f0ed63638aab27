"""Prompt packs: a folder is loaded, checked and rendered into the messages a model sees."""

from extractor.prompt.differing import (
    ExampleChange,
    FieldChange,
    PromptDifference,
    compare_prompts,
)
from extractor.prompt.drafting import draft_prompt
from extractor.prompt.folder import find_root, known_prompts, pack_hashes
from extractor.prompt.info import is_released
from extractor.prompt.linting import lint_prompt
from extractor.prompt.loading import load_prompt
from extractor.prompt.pack import PACK_FILES, Prompt, PromptExample, PromptInfo
from extractor.prompt.problem import PromptProblem
from extractor.prompt.releasing import release_prompt
from extractor.prompt.showing import show_article
from extractor.prompt.telling import tell_difference

__all__ = [
    "PACK_FILES",
    "ExampleChange",
    "FieldChange",
    "Prompt",
    "PromptDifference",
    "PromptExample",
    "PromptInfo",
    "PromptProblem",
    "compare_prompts",
    "draft_prompt",
    "find_root",
    "is_released",
    "known_prompts",
    "lint_prompt",
    "load_prompt",
    "pack_hashes",
    "release_prompt",
    "show_article",
    "tell_difference",
]
