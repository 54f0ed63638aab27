"""Time expressions in a sentence: those that may date an event, not those that date a speech."""

import re
from collections.abc import Iterator
from datetime import date

from extractor.readers.baseline.times.vocabulary import time_words
from extractor.resolve.dates import find_dates, resolve_date
from extractor.vocabulary import either

# No English time is told without one of these; looking for them is cheap, reading times is not.
_CUE_WORDS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("may", "jan(?:uary)?", "febr?(?:uary)?", "mar(?:ch)?", "apr(?:il)?", "june?", "july?"),
    *("aug(?:ust)?", "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?"),
    *("yesterday", "today", "tonight", "now", "overnight", "weekend", "fortnight", "days?"),
    *(
        "nights?",
        "weeks?",
        "months?",
        "years?(?![- ]old)",
        "hours?",
        "minute",
        "morning",
        "afternoon",
    ),
    *("evening", "date", "present", "halloween", "eve", "christmas", "valentine", "boxing"),
)
_CUE = re.compile(
    rf"\b(?:{either(_CUE_WORDS)}|(?-i:Mon|Tues?|Weds?|Thur?s?|Fri|Sat|Sun)"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:1[89]|20)\d\d)(?:\b|(?=\d))|\d(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
# "Tuesday's report", "Monday market": a day inside a name dates nothing.
_NAME_GOES_ON = re.compile(
    r"['\u2019]s (?:report|statement|edition|\w+ (?:report|edition))"
    r"| (?:market|hospital|prayers?|party|parade|holiday|edition|newspaper)\b",
    re.IGNORECASE,
)
_CUT = re.compile(r"[\d_%@#=\\]")  # "Fri5%nd": a broken word
# Words by which a time bounds an event without dating it, behind or inside an expression.
_BOUND = re.compile(
    r"\b(?:since|until|till|from|before|after)(?: the| last| early| late)*\s*$", re.I
)
# "the uprising that began in March 2011": when the war began, not what is told of it.
_BEGINNING = re.compile(
    r"\b(?:uprising|war|conflict|insurgency|rebellion|revolt|revolution|unrest|crisis|truce"
    r"|ceasefire|siege|since)\b[^.;,]{0,60}?\b(?:began|begun|started|erupted|broke out|launched"
    r"|took effect|came into force)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_BOUNDING = re.compile(
    r"(?:ever since|since|until|till?|up|by|as of|(?:before|after|prior)(?! \d| the hour| noon"
    r"| midnight| dawn| dusk| sun|(?<=after) dark))\b",
    re.IGNORECASE,
)
# Days that lie behind every year an article names: all that needs no earlier time of the article
# is readable from one of them; and a day before, for what is told from an earlier one.
_FAR_DAYS = tuple(date(year, 12, 31) for year in (9990, *range(9979, 9990)))
_FAR_BEFORE = date(9970, 10, 10)

_FRONT = 100  # characters before a time in which its verb is looked for
_GAP_WORDS = 6  # "told a crowded news conference in Quito on Sunday"
_ON = re.compile(r"(?:[\s,]+(?:on|late|early|in|at|this|last|just))*[\s,]*$", re.IGNORECASE)
_REPORTED = re.compile(r"(?<!\bit )\b(?:was|were) reported$", re.IGNORECASE)  # to the police
_STOPS = (";", ":", '"', "\u201d")
_ED = re.compile(r"\b[a-z]{3,}ed\b")
# "KABUL, Afghanistan (Nov. 20, 2011) -", "QUITO, 4 Feb 90 (Agency) --": the day of the dispatch.
_DATELINE_FRONT = re.compile(r"[A-Z\u00c0-\u00de][\w.'\u2019]{1,30},? ?\($|^[^a-z]{3,60}$")
_DATELINE_BEHIND = re.compile(
    r"\)?\s{0,3}(?:\([^()]{2,40}\)\s*)?(?:--|\u2014|\u2013|\u2012|\u2212|- )"
)
_TWEET = re.compile(r"\(@\w{1,30}\)\s*$")
_DASH = re.compile(r"\s{1,3}(?:--|[-\u2012\u2013\u2014\u2212])\s")
_BRACKET_CLOSES = re.compile(r"\)\s*(?:[-\u2012\u2013\u2014\u2212:]|[A-Z]|$)")


def find_times(sentence: str) -> tuple[tuple[int, int], ...]:
    """Where a sentence may date an event: `[start, end)` of each expression, in order."""
    if _CUE.search(sentence) is None:
        return ()
    return tuple(
        (start, end)
        for start, end in _of_events(sentence, find_dates(sentence))
        if not (sentence[end - 1].isalpha() and _CUT.match(sentence, end))
        and not _NAME_GOES_ON.match(sentence, end)
        and (
            not _BOUND.search(sentence, max(start - 30, 0), start) or _left_so(sentence, start, end)
        )
        and not _BEGINNING.search(sentence, max(start - 120, 0), start)
        and not _BOUNDING.match(sentence, start)
        and not is_dispatch(sentence, start, end)
        and not is_of_speech(sentence, start, end)
        and _is_readable(sentence[start:end])
    )


# "Missing after (Sunday's attack)": the day of the attack; who is killed after it is of later.
_OF_EVENT = re.compile(
    r"['\u2019]s (?:[\w-]+ ){0,2}?(?:attacks?|bombings?|blasts?|explosions?|shootings?|raids?"
    r"|massacre|assault|air ?strikes?|strikes?|shelling|ambush|clash(?:es)?|killings?)\b",
    re.IGNORECASE,
)
_LEFT_SO = re.compile(
    r"\b(?:missing|unaccounted for|dead|in hospital|hospitali[sz]ed|treated|critical condition"
    r"|homeless|displaced)(?: (?!and\b)[\w-]+){0,4} after $",
    re.IGNORECASE,
)
_AGO = re.compile(r"\b(?:weeks?|months?|years?|decades?) ago$", re.IGNORECASE)
_ON_A_DAY = re.compile(r",? (?:(?:on|to) )?", re.IGNORECASE)
_OVERNIGHT = re.compile(r"overnight$", re.IGNORECASE)
_TO_A_DAY = re.compile(r",? (?:(?:on|late|early) ){0,2}$", re.IGNORECASE)


def _of_events(sentence: str, spans: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """The expressions, less words that are none: "(overnight) Monday", "(after) Sunday's blast".

    "Ten years ago (today)" is no deed of today.
    """
    for n, (start, end) in enumerate(spans):
        if (
            n
            and _AGO.search(sentence, *spans[n - 1])
            and _ON_A_DAY.fullmatch(sentence, spans[n - 1][1], start)
        ):
            continue
        follows = spans[n + 1][0] if n + 1 < len(spans) else None
        beside = follows is not None and _TO_A_DAY.fullmatch(sentence, end, follows)
        if not (beside and _OVERNIGHT.fullmatch(sentence, start, end)):
            behind = start + len("after ")
            is_event = sentence[start:behind].lower() == "after "
            yield (behind if is_event and _left_so(sentence, behind, end) else start), end


def _left_so(sentence: str, start: int, end: int) -> bool:
    """Whether a day is of the deed that left people so: "missing after (Sunday)'s raid"."""
    if not _OF_EVENT.match(sentence, end):
        return False
    return _LEFT_SO.search(sentence, max(0, start - 80), start) is not None


def is_dispatch(sentence: str, start: int, end: int) -> bool:
    """Whether a time is the page's or the dispatch's own: "KABUL (Nov. 20, 2011) -"."""
    front = sentence[max(start - 60, 0) : start]
    if time_words().page_before.search(front):
        return True
    if front.endswith("(") and _DATELINE_FRONT.search(front):
        return _BRACKET_CLOSES.match(sentence, end) is not None
    if _TWEET.search(front):
        return True
    if start == 0 and _DASH.match(sentence, end):
        return True
    is_dateline = start < 60 and not any(map(str.islower, front)) and front.strip() != ""
    return is_dateline and _DATELINE_BEHIND.match(sentence, end) is not None


def is_of_speech(sentence: str, start: int, end: int) -> bool:
    """Whether a time says when somebody said something: "police said Monday that"."""
    words = time_words()
    if words.saying_behind.match(sentence, end):
        return True
    front = _ON.sub("", sentence[max(start - _FRONT, 0) : start])
    said = tuple(words.saying.finditer(front))
    if not said:
        return False
    last = said[-1]
    gap = front[last.end() :]
    if _REPORTED.search(front[: last.end()]):
        return False
    if any(mark in gap for mark in _STOPS):
        return False
    if len(gap.split()) > _GAP_WORDS or words.deed_between.search(gap):
        return False
    return _ED.search(gap) is None


def _is_readable(words: str) -> bool:
    return any(resolve_date(words, day, anchor=_FAR_BEFORE) is not None for day in _views(words))


def _views(words: str) -> tuple[date, ...]:
    """Days to read words from; "Thursday, January 8" is a day of some years only."""
    names_both = _WEEKDAY.search(words) and _DIGIT.search(words)
    return _FAR_DAYS if names_both else _FAR_DAYS[:1]


_WEEKDAY = re.compile(r"day\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
