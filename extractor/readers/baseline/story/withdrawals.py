"""Withdrawals: figures that the text takes back in the same breath (R10).

"Earlier reports that 20 had died were wrong", "an earlier version of this story said 14".
"""

import re

from extractor.vocabulary import has_any

_VERSION = (
    r"\b(?:an?|the|our|this) (?:earlier|previous|original|first) (?:version|edition|headline)\b"
)
_WITHDRAWN = re.compile(
    rf"{_VERSION}[^.;]{{0,120}}"
    r"|\b(?:reports?|figures?|counts?|tolls?|claims?|accounts?)"
    r"(?: (?:that|of|saying|by)\b[^.;]{0,90}?)?"
    r" (?:was|were|proved|turned out) (?:to be )?(?:wrong|incorrect|mistaken|erroneous"
    r"|inaccurate)\b",
    re.IGNORECASE,
)
_CUES = (
    *("version", "edition", "headline", " wrong", "ncorrect", "mistaken", "erroneous"),
    "inaccurate",
)


def is_withdrawn(words: str, at: int) -> bool:
    """Whether what stands at a place of a sentence is told only to be taken back."""
    if not has_any(words, _CUES):
        return False
    return any(match.start() <= at < match.end() for match in _WITHDRAWN.finditer(words))
