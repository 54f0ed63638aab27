"""Periods: the words by which a figure covers more than one incident, and what it covers (R9)."""

import re
from dataclasses import dataclass

from extractor.codes import Scope

_UNIT = r"(?:years?|months?|weeks?|days?|decades?|fortnight|quarter|hours)\b"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_EVENT = (
    r"(?:attacks?|blasts?|strikes?|shootings?|explosions?|bombings?|raids?|incidents?|operations?"
    r"|clash(?:es)?|ambush|crash|shelling)"
)
_WAR = (
    r"(?:civil war|war|conflict|insurgency|uprising|rebellion|revolt|hostilities|unrest)"
    r"(?![\w-]| zones?\b| crimes?\b| effort\b)"
)
_TIME = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july"
    r"|august|september|october|november|december)\b|\d{1,2}(?:st|nd|rd|th)?\b,?|\d{4}\b|dawn"
    r"|yesterday|morning|afternoon|evening|night|midnight|noon|week|month|year|weekend"
)
_WORDS = re.compile(
    r"\b(?P<words>"
    # "since January", "since the war began"; not "since the attack", "since then"
    # "since Tuesday" ends with the time, whatever noun comes next
    rf"(?:ever )?since (?:(?:early|late|last|mid|on|the) )?(?:{_TIME})"
    rf"(?:,? (?:(?:of |in )?(?:last|this|that) )?(?:{_TIME})){{0,4}}"
    rf"|(?:ever )?since (?!then\b|the (?:\w+ )?{_EVENT}\b|\w+ing\b)"
    r"(?:(?!killing|said|says|when|which|but|according|after|with|as|has|have|had|were|was|and)"
    r"[\w'\u2019-]+ ?){1,7}"
    # "so far this year", "this year", "in the past week"
    r"|so far this (?:year|month|week|season)|this (?:year|month)\b"
    r"|(?:in|over|during|for|within) the (?:past|last|previous|preceding)"
    rf" (?:[\w-]+ ){{0,2}}?{_UNIT}"
    rf"|the (?:past|last) (?:[\w-]+ ){{1,2}}?{_UNIT}"
    rf"|(?:in|over|during) (?:[\w-]+ ){{1,2}}(?:years|months|weeks|decades)"
    # "12 a day", not "just a day after", "a week ago"
    rf"|(?:every|each|per|(?<!just )(?<!only )(?<!half )(?<!within )(?<!in )a)"
    r" (?:year|month|week|day)(?= |[.,;]|$)"
    r"(?! (?:after|before|earlier|later|ago|of|since|when|long))"
    rf"|(?:in|during) (?:the (?:whole|first|second|third|fourth|month|year)(?: \w+){{0,2}} of )"
    rf"(?:{_MONTH}|\d{{4}})"
    rf"|between (?:{_MONTH}|\d{{4}})(?: \d{{4}})? and (?:{_MONTH}|\d{{4}})"
    # "in the war", "the conflict has killed", "the six-year insurgency"
    r"|(?:in|during|over|of|throughout) (?:the |its |this |that |\w+['\u2019]s )?"
    rf"(?:[\w-]+ ){{0,2}}{_WAR}"
    rf"|(?:the |this |a )?(?:[\w'\u2019-]+ ){{0,2}}{_WAR}"
    r"(?= (?:that |which )?(?:(?:has|have|had) )?(?:also )?"
    r"(?:killed|kills|claimed|claims|left|costs?|taken|took|displaced|driven|drove))"
    rf"|(?:in|during) the (?:[\w-]+ ){{0,2}}(?:campaign|offensive)"
    r")",
    re.IGNORECASE,
)
# "The number of people killed in May rose to 90": a month's sum; "he was killed in May" is none.
_SUM_OF_MONTH = re.compile(
    r"\b(?:number|total|toll|count) of (?:[\w'\u2019-]+ ){0,5}?"
    r"(?:killed|dead|deaths|injured|wounded|hurt|casualties|victims|fatalities)"
    rf" (?P<words>(?:in|for|during) {_MONTH}(?: \d{{4}})?)(?! \d)",
    re.IGNORECASE,
)
_CONFLICT = re.compile(rf"\b{_WAR}", re.IGNORECASE)
_CAMPAIGN = re.compile(r"\b(?:campaign|offensive)\b", re.IGNORECASE)
_SPAN_ALONE = re.compile(
    r"(?:so far|(?:in|over|during|for|within) the (?:past|last|previous|preceding)"
    r"|the (?:past|last)|between|(?:every|each|per) |in the (?:whole|first|second))",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    r"\b(?:worst|deadliest|bloodiest|biggest|largest|heaviest|fiercest|most \w+)\b[^.,;]{0,50}$",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:has|have|had|['\u2019]ve) (?:been |also |now |already |\w+ly )?\w+"
    r"|\b(?:died|bring(?:s|ing)?|brought|rais(?:es|ed|ing)|tak(?:es|ing)|total(?:s|led)?|toll|deaths"
    r"|casualties|estimate[sd]?|count(?:s|ed)?|register(?:s|ed)|record(?:s|ed)|document(?:s|ed)"
    r"|number|killed|dead|lives)\b",
    re.IGNORECASE,
)
_PERFECT_DEED = re.compile(
    r"\b(?:has|have) (?:\w+ly )?(?:killed|wounded|injured|captured|arrested|detained|lost"
    r"|displaced|claimed|been)\b",
    re.IGNORECASE,
)
# Where one figure's words end and another's begin.
_CUT = re.compile(
    r"[;:\u2014\u2013]| -- |,? (?:while|whereas|but)\b"
    r"|,? (?:which |that )?(?:bring(?:s|ing)|brought|rais(?:es|ing)|tak(?:es|ing))"
    r" (?=(?:the|to|its)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Period:
    """What a figure covers beside one incident, in the article's words."""

    words: str | None
    scope: Scope


def period_of(words: str, at: int, end: int) -> Period | None:
    """The period that the figure at `[at, end)` of a sentence covers; `None` if it is one event's.

    The words count where they stand in the figure's own clause: in "two died on Monday, bringing
    to 40 the dead of this year" the two are Monday's.
    """
    start, stop = _clause(words, at, end)
    clause = words[start:stop]
    best: re.Match[str] | None = None
    for found in _WORDS.finditer(clause):
        spans = _SPAN_ALONE.match(found["words"]) is not None
        if _OF_ALL.search(clause, max(0, found.start() - 60), found.start()):
            continue  # "among the worst attacks in the six-year war" counts this one alone
        if (spans or _PERFECT.search(clause)) and (best is None or len(found[0]) > len(best[0])):
            best = found
    if best is None:
        best = _SUM_OF_MONTH.search(clause)
    if best is None:
        return None
    return Period(words=best["words"].strip(" ,"), scope=_scope(best["words"]))


def is_summed_up(words: str) -> bool:
    """Whether a sentence counts in the perfect tense, as sums over many events do."""
    return _PERFECT_DEED.search(words) is not None


def _clause(words: str, at: int, end: int) -> tuple[int, int]:
    starts = [0, *(cut.start() for cut in _CUT.finditer(words))]
    return (
        max(start for start in starts if start <= at),
        min((start for start in starts if start >= max(end, at + 1)), default=len(words)),
    )


def _scope(words: str) -> Scope:
    if _CONFLICT.search(words):
        return Scope.CONFLICT
    return Scope.CAMPAIGN if _CAMPAIGN.search(words) else Scope.PERIOD
