"""Estimates: whose count a figure is, told without a verb: "by the tally of the bishops' office".

"Twelve people died, by the hospital's register." "Going by a union official, 40 are missing."
"""

import re
from collections.abc import Iterator

from extractor.vocabulary import has_any, small

_COUNT = (
    r"(?:counts?|tall(?:y|ies)|estimates?|estimation|reckonings?|calculations?|figures?|records?"
    r"|registers?|books|lists?|data|numbers|statistics|words?|version|account)"
)
_WHO = r"(?P<who>(?!which\b|that\b|this\b|his\b|her\b|their\b|its\b)[^,.;:\"\u201c\u201d\n]{2,80}?)"
_STOP = (
    r"(?=[,.;:\"\u201c\u201d\n)]|$| (?:who|which|that|as|when|after|whose|and|since|has|have)\b)"
)
_BY = r"(?:by|in|on|per|as per|going by|judging by|to judge by|from|according to)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_BY} (?:the |one |an? )?(?:[\w-]+ )?{_COUNT}"
        rf" (?:of|from|(?:kept|compiled|collected|held|published|made|given) by|by) {_WHO}{_STOP}",
        rf"\b{_BY} {_WHO}(?:['\u2019]s|(?<=s)['\u2019])(?: own)?(?: [\w-]+)? {_COUNT}\b",
        rf"\b(?:as per|going by|judging by|relying on|on the word of|if (?:one|you) believes?"
        rf"|if (?:one|we) (?:is|are) to believe|in the opinion of) {_WHO}{_STOP}",
        rf"\bif {_WHO} (?:is|are) to be believed\b",
        rf"(?:^|, ){_WHO} (?:counts|calculates|reckons|has it|puts it)(?=[,.;]|$)",
        r"(?:^|, )(?:the )?(?:figures|data|records|statistics|numbers)"
        rf" (?:(?:compiled|collected|kept|published|released|held) )?(?:by|from|of) {_WHO}"
        r" (?:show|shows|indicate|suggest|put|list|give)\b",
        rf"(?:^|, ){_WHO} (?:records|data|statistics|registers?)"
        r" (?:show|shows|indicate|suggest|put|list|lists|give|gives)\b",
        r"\bby (?P<who>(?:one|another|some|most|an?) (?:[\w-]+ )?"
        r"(?:count|estimate|tally|reckoning)s?(?: (?!of\b|by\b)[^,.;:]{1,40}?)?)(?=[,.;]|$)",
    )
)
_OWN = re.compile(rf"\bby (?:his|her|its|their) (?:own )?(?:[\w-]+ )?{_COUNT}\b", re.IGNORECASE)
_CUES = (
    *("count", "tally", "tallies", "estimat", "reckon", "calculat", "figure", "record"),
    *("register", "books", "list", "data", "numbers", "statistics", "word", "as per", "going by"),
    *("judging by", "relying on", "believe", "version", "account", "opinion", "puts it", "has it"),
)


def find_estimates(sentence: str) -> Iterator[tuple[tuple[int, int] | None, int]]:
    """Whose counts a sentence gives, each with its place; `None` is who spoke before."""
    if not has_any(small(sentence), _CUES):
        return
    for pattern in _PATTERNS:
        for found in pattern.finditer(sentence):
            yield found.span("who"), found.start()
    for found in _OWN.finditer(sentence):
        yield None, found.start()
