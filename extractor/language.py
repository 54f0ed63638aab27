"""The language of an article: told where it is surely another than English, by its own words.

Letters of another script decide at once; among Latin letters the share of small words does. A text
too short to tell is taken for what its source says it is.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from extractor.article import Article

OTHER_LANGUAGE = "other_language"
"""Why a reader of English leaves a whole article: the reason that it states."""
_FILE = Path(__file__).resolve().parent / "data" / "language_words.toml"
_LOOKED_AT = 6_000  # characters; a longer text tells its language by its beginning
_FOREIGN_LETTERS = 0.75  # of all letters; below that a text has English to be read in it
_ODD_LETTERS = 0.01  # of all letters: the letters that only one language has are rare
_FEWEST = 3  # different small words that a text must have to be in a language
_SHARE = 0.12  # of all words that are small words; below that it is a list of names
_MORE = 1.5  # times as many small words as English ones: other texts quote English, too
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language other than English."""

    code: str
    """ISO 639-1."""
    name: str
    """Its English name."""


def find_language(article: Article) -> Language | None:
    """The language that an article is in, where that is surely not English."""
    return _language_of(article.text[:_LOOKED_AT], article.language)


@lru_cache(maxsize=4)  # the reader asks, and the checks of what it read
def _language_of(text: str, stated: str | None) -> Language | None:
    script = _by_script(text)
    if script is not None:
        return script
    words = Counter(map(str.lower, _WORD.findall(unicodedata.normalize("NFC", text))))
    table = _table()
    english = _small(words, table.english)
    counted = {one: _small(words, small) for one, small in table.latin.items()}
    most = max(counted, key=lambda one: counted[one].all)
    found = counted[most]
    if found.different >= _FEWEST and found.all >= _SHARE * words.total():
        return most if found.all > _MORE * english.all else None
    return None if english.all else _as_stated(stated)


def _as_stated(code: str | None) -> Language | None:
    """The language that a source states: "fr", "fr-FR"; English and unknown ones are none."""
    bare = re.split("[-_]", code.strip().lower())[0] if code else ""
    return next((one for one in _table().all if one.code == bare), None)


@dataclass(frozen=True, kw_only=True)
class _Small:
    """How many small words of a language a text has, repeated ones once and each time."""

    different: int
    all: int


def _small(words: Counter[str], known: frozenset[str]) -> _Small:
    seen = [count for word, count in words.items() if word in known]
    return _Small(different=len(seen), all=sum(seen))


def _by_script(text: str) -> Language | None:
    """The language of a text that is hardly written in Latin letters."""
    if text.isascii():
        return None
    letters = Counter(filter(str.isalpha, text.lower()))
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        scripts[_script(letter)] += count
    total = scripts.total()
    if not total or scripts["LATIN"] > (1 - _FOREIGN_LETTERS) * total:
        return None
    for one, script, odd in _table().scripts:
        marked = sum(letters[letter] for letter in odd)
        # Japanese has Chinese signs too: its own syllables decide, though they are fewer.
        enough = _ODD_LETTERS if odd or script == "HIRAGANA" else _FOREIGN_LETTERS / 2
        if scripts[script] >= enough * total and (not odd or marked >= _ODD_LETTERS * total):
            return one
    return None


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


@dataclass(frozen=True, kw_only=True)
class _Table:
    """The data file, ready to be matched."""

    english: frozenset[str]
    latin: dict[Language, frozenset[str]]
    scripts: tuple[tuple[Language, str, str], ...]
    """Languages with their script and the letters that only they have."""

    @property
    def all(self) -> tuple[Language, ...]:
        return (*self.latin, *(one for one, *_ in self.scripts))


@cache
def _table() -> _Table:
    raw: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    told = [(Language(code=one["code"], name=one["name"]), one) for one in raw["language"]]
    return _Table(
        english=frozenset(raw["english"]["words"]),
        latin={one: frozenset(table["words"]) for one, table in told if "words" in table},
        scripts=tuple(
            (one, table["script"], table.get("letters", ""))
            for one, table in told
            if "script" in table
        ),
    )
