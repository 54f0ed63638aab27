"""Time expressions in a sentence: those that date the event, not those that date a speech."""

import re
from datetime import date

from extractor.resolve.dates import find_dates, resolve_date

_SPEECH = re.compile(
    r"\b(?:said|says|told|reported|announced|confirmed|added|stated|tweeted|warned|declared"
    r"|published|released|issued|speaking|convicted|charged|sentenced|identified|indicted"
    r"|acquitted|arraigned)\b(?: [\w'\u2019.-]+){0,5}?,?(?: on| late| early"
    r"| in)*\s*$",
    re.IGNORECASE,
)
# "Tuesday's report", "Monday market": a day inside a name dates nothing.
_NAME_GOES_ON = re.compile(
    r"['\u2019]s (?:report|statement|edition)| (?:market|hospital|prayers?)\b", re.I
)
# Words by which a time bounds an event without dating it, behind or inside an expression.
_BOUND = re.compile(
    r"\b(?:since|until|till|from|before|after)(?: the| last| early| late)*\s*$", re.I
)
_BOUNDING = re.compile(r"(?:ever since|since|until|till?|up|by|as of|before|after|prior)\b", re.I)
# A Sunday that lies behind every year an article names: all that needs no earlier time of the
# article is readable from it.
_FAR_SUNDAY = date(9990, 12, 30)


def find_times(sentence: str) -> tuple[tuple[int, int], ...]:
    """Where a sentence dates an event: `[start, end)` of each expression, in order."""
    return tuple(
        (start, end)
        for start, end in find_dates(sentence)
        if not _SPEECH.search(sentence[:start])
        and not _NAME_GOES_ON.match(sentence, end)
        and not _BOUND.search(sentence[:start])
        and not _BOUNDING.match(sentence, start)
        and resolve_date(sentence[start:end], _FAR_SUNDAY)
    )
