"""Places as the keys write them: "PERU: LIMA (CITY): SAN ISIDRO (NEIGHBORHOOD)", wide to narrow."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from eval.corpora.muc4.convention import Words
from extractor.gazetteer import name_key

_KIND = re.compile(r"\s*\([^()]*\)\s*$")
_BETWEEN = re.compile(r"\s+-\s+")
_LEVELS = re.compile(r":(?![^()]*\))")


@dataclass(frozen=True, kw_only=True)
class Chain:
    """A country and what lies in it; keys of names, so that spelling does not matter."""

    country: frozenset[str]
    """More than one for "between" two."""
    within: tuple[frozenset[str], ...] = ()
    """From wide to narrow; more than one name on a level for "between" two places."""

    @property
    def narrowest(self) -> frozenset[str]:
        """The last place named; none if only the country is."""
        return self.within[-1] if self.within else frozenset()


@lru_cache(maxsize=20_000)
def read_chain(text: str, place_words: Words) -> Chain:
    """A location that a key or answer wrote."""
    country, *within = _LEVELS.split(text)
    levels = tuple(_names(level, place_words) for level in within)
    return Chain(country=_names(country, frozenset()), within=tuple(one for one in levels if one))


def place_credit(key: Chain, answer: Chain, spellings: Mapping[str, str]) -> float:
    """1 for the same narrowest place of the same country, ½ for the right country, else 0.

    Levels between the two are not asked for: they follow from the narrowest. The scorer of 1992
    gave ½ for a country alone or with another place in it (958 of 1,719 answers of its reports).
    """
    known = {name_key(other): name_key(name) for other, name in spellings.items()}
    mine = {known.get(name, name) for name in key.country}
    theirs = {known.get(name, name) for name in answer.country}
    if not mine & theirs:
        return 0.0
    return 1.0 if mine == theirs and key.narrowest == answer.narrowest else 0.5


def _names(level: str, place_words: Words) -> frozenset[str]:
    names = (_bare(_KIND.sub("", name), place_words) for name in _BETWEEN.split(level.strip()))
    return frozenset(name for name in names if name)


def _bare(name: str, place_words: Words) -> str:
    """A name without words such as "downtown", unless nothing else would be left."""
    words = name_key(name).split()
    kept = [word for word in words if word not in place_words]
    return " ".join(kept or words)
