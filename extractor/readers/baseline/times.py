"""Time expressions in a sentence: those that date the event, not those that date a speech."""

import re

from extractor.resolve.dates import MONTHS, WEEKDAYS

_WEEKDAY = "|".join(WEEKDAYS)
_MONTH = "|".join(f"{name}|{name[:3]}\\.?" for name in MONTHS) + r"|sept\.?"
_PART = r"(?:morning|afternoon|evening|night|dawn)"
_EXPRESSION = re.compile(
    rf"\b(?:"
    rf"(?:(?:late|early|last|this past) (?:on )?)?(?:{_WEEKDAY})(?: (?:{_PART}|night))?"
    rf"(?:,? (?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? \d{{4}})?)?"
    rf"|(?:late |early )?yesterday(?: {_PART})?|today|tonight|overnight|last night|this {_PART}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})(?:,? \d{{4}})?(?!\w)"
    rf"|(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? \d{{4}})?(?!\w)"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|(?:\d{{1,2}}|two|three|four|five|six) days ago|the day before yesterday"
    rf"|over the weekend|(?:earlier )?this week|last (?:week|month)|earlier this month"
    rf"|(?:{_MONTH})(?: of)?,? \d{{4}}(?!\w)|(?<=\bin )(?:19|20)\d{{2}}(?!\w)"
    rf")",
    re.IGNORECASE,
)
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
_SINCE = re.compile(
    r"\b(?:since|until|till|from|before|after)(?: the| last| early| late)*\s*$", re.I
)


def find_times(sentence: str) -> tuple[tuple[int, int], ...]:
    """Where a sentence dates an event: `[start, end)` of each expression, in order."""
    return tuple(
        match.span()
        for match in _EXPRESSION.finditer(sentence)
        if not _SPEECH.search(sentence[: match.start()])
        and not _NAME_GOES_ON.match(sentence, match.end())
        and not _SINCE.search(sentence[: match.start()])
    )
