"""Tellers: words by which somebody gives a figure without saying it: "the clinic puts it at five".

Who speaks stands before them, as before a verb of saying.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.vocabulary import has_any, small

_FIGURE = (
    r"(?:\d|(?:at least|up to|about|around|some|nearly|almost|over|more than|only|just|no fewer"
    r" than|as many as|between|from) |(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred|dozens?|several|scores|none|nobody|no)\b)"
)
# Between who gives a figure and the verb: "the ministry has now put the toll at five".
_HELPED = re.compile(
    r"(?:\s(?:has|have|had|first|now|later|also|then|since|still|only|would|always)){0,3}\s$",
    re.IGNORECASE,
)
_HELP_REACH = 30  # letters
_GIVES = re.compile(
    r"\b(?=[acghklmnprst])(?P<verb>"
    r"(?:spoke|speaks?|spoken|tells?|talked|talks?|knew|knows?|heard|hears?) (?:first )?of\b"
    r"|put(?:s|ting)? (?:[^.,;\"]{1,60} )?at\b"
    r"|(?:gave|gives?|given) (?:[^.,;\"]{1,40} )?as\b"
    rf"|(?:gave|gives?|given|mention(?:s|ed)?|count(?:s|ed)?|list(?:s|ed)?|name(?:s|d)?|report)"
    rf" (?:to us |out )?(?=\"?{_FIGURE})"
    r"|names? the (?:dead|victims)\b|named the (?:dead|victims)\b"
    r"|admit(?:s|ted)? to (?!\w+ing\b)"
    r"|claim(?:s|ed)? to have\b"
    rf"|(?:saw|sees?|has|have|had) (?={_FIGURE}[^.,;\"]{{0,25}}"
    r"\b(?:bodies|corpses|dead|names|graves)\b)"
    r"|revise[sd]? (?:its|their|the|his|her) (?:figure|toll|count)"
    r")",
    re.IGNORECASE,
)
# "The ministry's figure is five", "by the clinic's count": whose figure it is.
_OWN_FIGURE = re.compile(
    r"['\u2019]s? (?:own |first |latest |last |earlier |official |morning |evening )?"
    r"(?:figures?|count|tally|toll|version|arithmetic)\b"
)
# "Its count of the wounded": the figure of who spoke last.
_THEIR_FIGURE = re.compile(
    r"\b(?:its|his|her|their) (?:own |first |latest |last |earlier )?"
    r"(?:figure|count|tally|toll|version)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """Where somebody gives a figure: the subject ends at `before`, or it is who spoke last."""

    at: int
    before: int | None = None


def find_tellings(sentence: str) -> Iterator[Telling]:
    """Every place of a sentence where somebody gives a figure, without a verb of saying."""
    for match in _GIVES.finditer(sentence):
        at = match.start()
        helped = _HELPED.search(sentence, max(0, at - _HELP_REACH), at)
        if helped is not None:
            yield Telling(at=at, before=helped.start())
    if has_any(small(sentence), _FIGURE_CUES):
        for match in _OWN_FIGURE.finditer(sentence):
            yield Telling(at=match.start(), before=match.start())
        for match in _THEIR_FIGURE.finditer(sentence):
            yield Telling(at=match.start())


_FIGURE_CUES = ("figure", "count", "tally", "toll", "version", "arithmetic")
