"""Naming: whether a place is called by a name, or only went by it in another age or book."""

from difflib import SequenceMatcher
from functools import lru_cache

from extractor.gazetteer import name_key
from extractor.gazetteer.keys import sound_key

_ALIKE = 0.45  # of the letters, in order: "Bombay" is Mumbai, "Newtown" is not Hartford


@lru_cache(maxsize=4096)
def is_called(main_name: str, name: str) -> bool:
    """Whether a name is the main name of a place, or a spelling or part of it.

    Names in other scripts than the Latin one are taken for spellings.
    """
    one, other = name_key(main_name), name_key(name)
    return is_spelled(main_name, name) or SequenceMatcher(None, one, other).ratio() >= _ALIKE


@lru_cache(maxsize=4096)
def is_spelled(main_name: str, name: str) -> bool:
    """Whether a name shares a word with the main name of a place, or sounds like it."""
    one, other = name_key(main_name), name_key(name)
    if not (one.isascii() and other.isascii()) or one == other:
        return True
    return bool(set(one.split()) & set(other.split())) or sound_key(one) == sound_key(other)
