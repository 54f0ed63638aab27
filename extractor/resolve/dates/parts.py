"""Parts of a day, and the words that link terms."""

import re

from extractor.resolve.dates.relative import PART, WEEKDAY
from extractor.resolve.dates.term import Link, Part, Rule
from extractor.resolve.dates.vocabulary import MONTHS

_NEAR = r"(?:(?:at|by|in|on|between|approximately|just|before|after|from|during) )"
_CLOCK = r"(?:am|pm)?clock(?: (?:localtime|zone|hours|hrs))*"
_MOMENT = rf"(?:{_CLOCK}|zone {_CLOCK}|moment)(?: \( (?:approximately )*{_CLOCK} \))?"
_NAMED = rf"(?:(?:early|late|mid) )*(?:{PART})"
_OF = (
    rf"(?: of(?= (?:the|early|late|mid|yesterday|today|last|this|that|same|[\d#=]\S*|{WEEKDAY}"
    rf"|{'|'.join(MONTHS)})(?: |$)))?"
)
_TO = r"(?: (?:to|and|-|or|until) )"


def _part(match: re.Match[str]) -> Part:
    words = set(match[0].split())
    first = next((word for word in match[0].split() if word in _EARLY | _LATE), "")
    return Part(is_early=first in _EARLY, is_late=first in _LATE, is_night="night" in words)


def _any_part(_: re.Match[str]) -> Part:
    return Part()


_EARLY = frozenset({"early", "morning", "amclock"})
_LATE = frozenset({"late", "evening", "night", "pmclock"})


def _link(match: re.Match[str]) -> Link:
    return Link(word=match[0])


PARTS = (
    Rule(
        pattern=rf"\( (?:approximately )*{_CLOCK}(?: on)?(?: (?:{WEEKDAY}))? \)",
        build=_any_part,
    ),
    Rule(pattern=r"localtime", build=_any_part),
    Rule(
        # "at 6" beside a day is an hour; "around 6 May" is some day near it.
        pattern=r"(?:at|approximately) (?:approximately )?\d\d?"
        rf"(?! (?:of|to|and|or|-|/|{'|'.join(MONTHS)}))",
        build=_any_part,
    ),
    Rule(
        pattern=rf"{_NEAR}*(?:the )?{_MOMENT}(?:{_TO}{_NEAR}*{_MOMENT})?",
        build=_part,
    ),
    Rule(
        pattern=rf"(?:(?:during|in|at|on|over|approximately) )*(?:the )?{_NAMED}"
        rf"(?:{_TO}{_NAMED}(?= |$))?{_OF}",
        build=_part,
    ),
    Rule(pattern=r"(?:early|late)(?: in the day)?", build=_part),
)

LINKS = (
    Rule(
        pattern=r"overnight|into|since|before|after|until|by|between|from|to|through|and|or|sometime"
        r"|both|either|again|only|just|onward|onwards|-|/|,|\(|\)|on|in|during|over|the|earlier|later",
        build=_link,
    ),
)
