"""Prompt packs: a folder is loaded, checked and rendered into the messages a model sees."""

from extractor.prompt.loading import load_prompt, pack_hashes
from extractor.prompt.pack import PACK_FILES, Prompt, PromptExample, PromptInfo
from extractor.prompt.showing import show_article

__all__ = [
    "PACK_FILES",
    "Prompt",
    "PromptExample",
    "PromptInfo",
    "load_prompt",
    "pack_hashes",
    "show_article",
]
