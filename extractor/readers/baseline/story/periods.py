"""Periods: the words by which a figure covers more than one incident, and what it covers (R9)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from extractor.codes import Scope
from extractor.readers.baseline.words import spans_of

_UNIT = r"(?:years?|months?|weeks?|days?|decades?|fortnight|quarter|hours)\b"
MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_EVENT = (
    r"(?:attacks?|blasts?|strikes?|shootings?|explosions?|bombings?|raids?|incidents?|operations?"
    r"|clash(?:es)?|ambush|crash|shelling)"
)
WAR = (
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
    r"|(?:ever )?since (?:the|its|their|his) (?:[\w-]+ ){1,3}?(?:began|started|erupted|resumed"
    r"|broke out|collapsed|was (?:launched|declared|signed|broken)|opened)\b"
    r"|since (?:the )?(?:fighting|shelling|bombing|hostilities|clashes|protests|violence)"
    r" (?:began|started|resumed|erupted|broke out|intensified)\b"
    r"|(?:in|during|over) the (?:\w+ )?(?:season|harvest|monsoon|winter|summer|lockdown)\b"
    r"|\w+ (?:weeks|months|years|decades) of (?:\w+ )?(?:protests|unrest|fighting|violence|clashes"
    r"|strikes|raids|shelling|bombardment|attacks|war|conflict)\b"
    r"|in the past(?=,)"
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
    rf"(?:{MONTH}|\d{{4}})"
    rf"|between (?:{MONTH}|\d{{4}})(?: \d{{4}})? and (?:{MONTH}|\d{{4}})"
    # "in the first eight months of this year", "in the second half of May"
    r"|(?:in|during|over) the (?:first|second|third|last|final|opening|early) (?:[\w-]+ ){0,2}?"
    r"(?:half|quarter|months|weeks|days|part) of (?:this |last |the )?"
    rf"(?:year|month|{MONTH}|\d{{4}})"
    r"|(?:in|during|over) the (?:first|second|third|fourth|last) (?:quarter|half)\b"
    r"|(?:the (?:past|last)|this) (?:year|month|week|decade)(?= has\b)"
    r"|(?:under|during|in) (?:the|his|its|their) (?:[\w-]+ ){0,2}?"
    r"(?:dictatorship|junta|purges|terror)"
    r"|(?:in|over|during) the (?:years|months|weeks) (?:of|after|since|before|following)"
    r" (?:[\w-]+ ?){1,4}"
    r"|from \d{4} to \d{4}"
    rf"|from {MONTH}(?: \d{{4}})? (?:to|until|through) {MONTH}(?: \d{{4}})?"
    # "the toll for the month", "over the same months", "for the two weeks"
    r"|(?:in|over|during|for) the same (?:period|time|months|weeks|years|days|span)"
    r"|for the (?:(?:two|three|four|six|past|last|whole|entire) )?"
    r"(?:weeks?|months?|years?|quarter)\b"
    # "during the three-month siege"
    r"|(?:in|during|over) (?:the|its|a|their) [\w-]+-(?:month|year|week|decade)(?:-long|-old)?"
    r" (?:siege|offensive|campaign|blockade|occupation|battle|crackdown|fighting|strike|rule)"
    r"|\w+ (?:attacks|raids|strikes|shootings|killings|bombings) this (?P<week>week)"
    # "in the war", "the conflict has killed", "the six-year insurgency"
    r"|(?:in|during|over|throughout) (?:the |its |this |that |\w+['\u2019]s )?"
    rf"(?:[\w-]+ ){{0,2}}{WAR}"
    rf"|(?:the |this |a )?(?:[\w'\u2019-]+ ){{0,2}}{WAR}"
    r"(?= (?:that |which )?(?:(?:has|have|had) )?(?:also )?"
    r"(?:killed|kills|claimed|claims|left|costs?|taken|took|displaced|driven|drove))"
    rf"|(?:in|during) the (?:[\w-]+ ){{0,2}}(?:campaign|offensive)"
    r")",
    re.IGNORECASE,
)
# "The number of people killed in May rose to 90": a month's sum; "he was killed in May" is none.
_SUM_OF_TIME = re.compile(
    r"\b(?:number|total|toll|count|tally)\b[^.;:]{0,90}?"
    rf" (?P<words>(?:in|for|during) {MONTH}(?: \d{{4}})?(?! \d)|this (?:week|weekend|quarter)\b"
    r"|last (?:week|month|year)\b(?!['\u2019]s)"
    r"|(?:of|for|in|over) the (?:past|last) (?:week|month|year|decade)\b)",
    re.IGNORECASE,
)
CONFLICT = re.compile(rf"\b{WAR}", re.IGNORECASE)
_CAMPAIGN = re.compile(r"\b(?:campaign|offensive)\b", re.IGNORECASE)
_SPAN_ALONE = re.compile(
    r"(?:so far|ever since|since|from|for the|.* this week|(?:in|during) the \w+ months"
    r"|(?:in|over|during|for|within) the (?:past|last|previous|preceding)"
    r"|the (?:past|last)|between|(?:every|each|per) |in the (?:whole|first|second))",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    r"\b(?:worst|deadliest|bloodiest|biggest|largest|heaviest|fiercest|most \w+|highest|latest"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|only)\b"
    r"[^.,;]{0,50}$",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:has|have|had|['\u2019]ve) (?:been |also |now |already |\w+ly )?\w+"
    r"|\b(?:died|bring(?:s|ing)?|brought|rais(?:es|ed|ing)|tak(?:es|ing)|total(?:s|led)?|toll|deaths"
    r"|casualties|estimate[sd]?|count(?:s|ed)?|register(?:s|ed)|record(?:s|ed)|document(?:s|ed)"
    r"|number|killed|dead|lives|lost|murdered|kidnapped|abducted)\b",
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
    start, stop = clause_of(words, at, end)
    clause = words[start:stop]
    best: re.Match[str] | None = None
    for found in _times_in(clause):
        spans = _SPAN_ALONE.match(found["words"]) is not None
        if _OF_ALL.search(clause, max(0, found.start() - 60), found.start()):
            continue  # "among the worst attacks in the six-year war" counts this one alone
        if _is_aside(clause, (at - start, end - start), found):
            continue
        if (spans or _PERFECT.search(clause)) and (best is None or len(found[0]) > len(best[0])):
            best = found
    if best is None:
        best = _sum_in(clause)
    if best is None:
        return None
    return Period(words=best["words"].strip(" ,"), scope=_scope(best["words"]))


@lru_cache(maxsize=16)  # asked for each figure of a clause
def _times_in(clause: str) -> tuple[re.Match[str], ...]:
    return tuple(_WORDS.finditer(clause))


@lru_cache(maxsize=16)
def _sum_in(clause: str) -> re.Match[str] | None:
    return _SUM_OF_TIME.search(clause)


# "in the town, which has seen many attacks this year": a time of the town, not of the figure.
_OF_PLACE = re.compile(r"(?:,|\w) (?:which|that|who|where|whose|as|calm|held|besieged)\b", re.I)
# "The army, which has fought here since May, killed two": a time of the army.
_INSERTED = re.compile(r"(?:, |\w )(?:which|who|that|where|whose) [^,;]*$", re.IGNORECASE)
# "The toll has risen to 12 since Tuesday": the days that one event's figure took to grow.
_GROWN = re.compile(
    r"\b(?:toll|number|count|figure)\b[^.;]{0,40}"
    r"\b(?:risen|climbed|grown|gone up|increased|rose)\b",
    re.IGNORECASE,
)
_SINCE_DAYS = re.compile(
    r"since (?:(?:late|early|on|last) )?(?:\w+day\b|yesterday|the (?:morning|night|evening))", re.I
)
# "Twelve men held since May were freed", "a boy missing since Monday": how they were, not how many.
_STATE = re.compile(
    r"\b(?:missing|held|captive|hostage|detained|jailed|imprisoned|in custody|in prison|trapped"
    r"|besieged|calm|quiet|closed|married|wanted|sought|on the run|at large|separated|hiding"
    r"|in hiding|seen|heard of|deployed|stationed|based|occupied|controlled|lived|living|worked"
    r"|working|fighting|fought|ruled|led|served|serving|in office|in power|in place|unburied)"
    r"(?: (?:by|in|at|there|here|from|near|without) (?:[\w'\u2019-]+ ){0,3}?| |, )$",
    re.IGNORECASE,
)
# "Forty prisoners died in custody since May": how they died, and since when they were counted.
_DIED_SO = re.compile(r"\b(?:died|killed|dead|murdered|deaths?)\b[^,;]*$", re.IGNORECASE)
# "Since dawn", "since Tuesday's attack": no more than the one event's own hours.
_SINCE_HOURS = re.compile(
    r"(?:ever )?since (?:(?:the|this|early|last|late) ){0,2}(?:dawn|morning|noon|midnight|yesterday"
    r"|night|afternoon|evening|\w+day['\u2019]s)\b",
    re.IGNORECASE,
)
_LEFT_FROM = re.compile(r"\b(?:from|after|before|against|fleeing|fled) (?:the |a )?", re.I)


def _is_aside(clause: str, at: tuple[int, int], period: re.Match[str]) -> bool:
    """Whether words of a time tell of another thing than the figure at `at`."""
    begin = period.start()
    between = clause[at[1] : begin + 1]
    if begin > at[1] and _OF_PLACE.search(between):
        return True
    if begin < at[0] and _INSERTED.search(clause, max(0, begin - 80), begin):
        return "," in clause[period.end() - 1 : at[0]]
    state = _STATE.search(clause, max(0, begin - 60), begin)
    if state is not None and not _DIED_SO.search(clause, max(0, state.start() - 24), state.start()):
        return True
    if _SINCE_HOURS.match(clause, period.start("words")):
        return True
    if _SINCE_DAYS.match(period["words"]) and _GROWN.search(clause):
        return True
    # "a mine left over from the war killed two": the war did not
    return bool(
        CONFLICT.search(period["words"])
        and _LEFT_FROM.search(clause, max(0, begin - 12), period.end())
    )


def is_summed_up(words: str) -> bool:
    """Whether a sentence counts in the perfect tense, as sums over many events do."""
    return _PERFECT_DEED.search(words) is not None


def clause_of(words: str, at: int, end: int) -> tuple[int, int]:
    """Where the clause of the figure at `[at, end)` begins and ends."""
    starts = [0, *(start for start, _ in spans_of(_CUT, words))]
    return (
        max(start for start in starts if start <= at),
        min((start for start in starts if start >= max(end, at + 1)), default=len(words)),
    )


def _scope(words: str) -> Scope:
    if CONFLICT.search(words):
        return Scope.CONFLICT
    return Scope.CAMPAIGN if _CAMPAIGN.search(words) else Scope.PERIOD
