"""Tokens of a text, estimated from its characters: how many depends on the model, and the script.

The shares below were measured with the tokenizers of GPT-4 and GPT-4o, Llama 3.1, Qwen 3 and
DeepSeek 3 on news texts and on a text that exists in every language (`benchmarks/tokens`); for each
script the low one is that of the tokenizer that knows it best, the high one of the one that knows
it least. Newer models know more scripts, so they come nearer to the low end.
"""

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

from extractor.jobs.between import Between

_ASCII = Between(low=0.225, high=0.255)  # English: 3.9 to 4.4 characters a token
_LATIN = Between(low=0.5, high=3.4)  # a letter with an accent, which breaks a word up
_CYRILLIC = Between(low=0.26, high=0.75)
_GREEK = Between(low=0.4, high=1.25)
_HEBREW = Between(low=0.4, high=1.4)
_ARABIC = Between(low=0.33, high=1.1)
_CHINESE = Between(low=0.55, high=1.6)
_KOREAN = Between(low=0.65, high=1.5)
_LITTLE_KNOWN = Between(low=1.1, high=3.4)  # Tibetan, Lao, Ethiopic
_OTHER = Between(low=0.28, high=2.4)
_SIGNS = Between(low=0.4, high=1.5)  # quotation marks, dashes

_BLOCKS: tuple[tuple[int, Between], ...] = (
    (0x0000, _ASCII),
    (0x0080, _LATIN),
    (0x0370, _GREEK),
    (0x0400, _CYRILLIC),
    (0x0530, _OTHER),
    (0x0590, _HEBREW),
    (0x0600, _ARABIC),
    (0x0780, _OTHER),
    (0x08A0, _ARABIC),
    (0x0900, _OTHER),
    (0x0E80, _LITTLE_KNOWN),
    (0x1000, _OTHER),
    (0x1100, _KOREAN),
    (0x1200, _LITTLE_KNOWN),
    (0x13A0, _OTHER),
    (0x1E00, _LATIN),
    (0x1F00, _GREEK),
    (0x2000, _SIGNS),
    (0x2E80, _CHINESE),
    (0xA000, _OTHER),
    (0xAC00, _KOREAN),
    (0xD800, _OTHER),
    (0xF900, _CHINESE),
    (0xFB1D, _HEBREW),
    (0xFB50, _ARABIC),
    (0xFE00, _CHINESE),
    (0xFE70, _ARABIC),
    (0xFF00, _CHINESE),
    (0x10000, _LITTLE_KNOWN),
    (0x20000, _CHINESE),
)
_STARTS = tuple(start for start, _ in _BLOCKS)
_PLAIN = re.compile(r"[\x00-\x7f]+")

JSON_CHARACTER = Between(low=0.255, high=0.295)
"""Tokens of a character of JSON such as an answer: 3.4 to 3.9 characters a token."""


def tokens_of(text: str) -> Between:
    """Tokens of a text in any script."""
    others = "" if text.isascii() else _PLAIN.sub("", text)
    plain = len(text) - len(others)
    low, high = plain * _ASCII.low, plain * _ASCII.high
    for sign, times in Counter(others).items():
        share = _share(sign)
        low, high = low + times * share.low, high + times * share.high
    return Between(low=low, high=high)


@lru_cache(maxsize=4096)
def _share(sign: str) -> Between:
    return _BLOCKS[bisect_right(_STARTS, ord(sign)) - 1][1]


def tokens_of_json(text: str) -> Between:
    """Tokens of JSON, all of whose names and most of whose words are English."""
    return JSON_CHARACTER.times(len(text))
