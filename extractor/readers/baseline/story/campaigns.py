"""Campaigns: words by which a figure's deed is many deeds, told as wars, waves or years (R9).

`periods` knows the words of a time; here a figure covers more than one event because of what
killed: "the war", "such attacks", "a wave of bombings has killed", "roadside bombs have killed".
"""

import re
from functools import lru_cache

from extractor.codes import Outcome, Qualifier, Scope
from extractor.mentions import Mention
from extractor.readers.baseline.story.periods import (
    CONFLICT,
    MONTH,
    WAR,
    Period,
    clause_of,
)
from extractor.readers.baseline.story.scenes import Scene
from extractor.vocabulary import has_any

_MANY_EVENTS = (
    r"(?:attacks|raids|bombings|blasts|explosions|strikes|air ?strikes|shootings|ambushes|clashes"
    r"|killings|murders|incidents|assaults|massacres|lynchings|kidnappings|abductions|executions"
    r"|operations|skirmishes|robberies|burglaries|reprisals|stabbings|riots|protests)"
)
_MANY_MEANS = (
    r"(?:bombs|mines|land ?mines|devices|drones|rockets|shells|snipers|bandits|gangs|robbers"
    r"|air ?raids|munitions|bullets)"
)
_STRIFE = (
    r"(?:violence|unrest|crackdown|protests|feud|quarrel|dispute|rivalry|vendetta|strife"
    r"|bloodshed|offensive|campaign|blockade|purge|occupation|lawlessness|banditry|turmoil)"
)
_DID = (
    r"(?:killed|kills|claimed|claims|left|costs?|taken|took|displaced|driven|drove|forced|uprooted"
    r"|wounded|injured|seen|made|caused)\b"
)
_HAS = r"(?:has|have) (?:(?:also|now|already|so far|\w+ly) )?"
_CUES = (
    *("war", "conflict", "insurgency", "uprising", "rebellion", "revolt", "genocide", "violence"),
    *(
        "unrest",
        "crackdown",
        "feud",
        "quarrel",
        "dispute",
        "rivalry",
        "vendetta",
        "siege",
        "offensive",
        "campaign",
        "attacks",
    ),
    *("wave", "string", "series", "spate", "such ", "similar", "earlier", "previous", "past"),
    *("last year", "19", "20", "year before", "previous year", "have ", "has ", "had ", "week"),
    *("month", "year", "thousand", "protests", "in may", "strife", "banditry"),
)

# "In such attacks", "three earlier raids killed": events of which nothing but their sum is told.
_SUCH = re.compile(
    rf"(?:^|\b(?:in|by|during|that|said|says) |, )(?P<words>(?:(?:many|several|two|three|four"
    rf"|five|six|some|these|those|a number of) )?(?:such|similar|previous|earlier|past|repeated"
    rf"|frequent|sporadic) (?:[\w-]+ ){{0,2}}?{_MANY_EVENTS})\b",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"\b(?P<words>(?:an? |the |this )?(?:\w+ )?(?P<kind>wave|string|series|spate|rash|surge|flurry"
    r"|succession|campaign|cycle)s? of (?:[\w-]+ ){0,3}?"
    rf"(?:{_MANY_EVENTS}|violence|terror|bloodshed))\b",
    re.IGNORECASE,
)
# "The insurgency, now in its ninth year, has claimed": the war did it, in whatever tense.
_WAR_DID = re.compile(
    rf"(?P<before>\b\w+ )?(?P<words>\b(?:the|this|that|an?|its|their|\w+['\u2019]s) "
    rf"(?:[\w'\u2019-]+ ){{0,3}}?(?:{WAR}|genocide)(?: of \d{{4}})?)"
    rf"(?:,[^,;]{{1,60}},|(?: (?!has|have|had|was|were|and)[\w-]+){{0,4}}?)"
    rf" (?:(?:has|have|had) (?:also |now |already |so far |\w+ly )?)?{_DID}",
    re.IGNORECASE,
)
_NO_SUBJECT = frozenset({"from", "after", "before", "since", "against", "than", "fled", "fleeing"})
_OF_WAR = re.compile(
    r"\b(?:toll|dead|deaths|casualties|victims|fatalities|losses) (?:of|in|from|for) "
    rf"(?P<words>(?:the |this |that )?(?:[\w'\u2019-]+ ){{0,2}}?{WAR})",
    re.IGNORECASE,
)
_STRIFE_DID = re.compile(
    rf"(?P<words>\b(?:(?:the|this|that|an?|its|their|\w+['\u2019]s) )?(?:[\w'\u2019-]+ ){{0,2}}?"
    rf"{_STRIFE}\b(?: (?:in|between|of|over|against) [^,;]{{1,40}}?)?)"
    rf"(?:,[^,;]{{1,60}},)? {_HAS}{_DID}",
    re.IGNORECASE,
)
_STRIFE_PAST = re.compile(
    rf"(?P<words>\b(?:[\w'\u2019-]+ ){{0,2}}?{_STRIFE}\b)(?: [^,;]{{1,40}}?)? {_DID}", re.IGNORECASE
)
_IN_STRIFE = re.compile(
    rf"\b(?P<words>(?:in|during|over|amid) (?:the|this|that|their|its|his|an?) "
    rf"(?:[\w'\u2019-]+ ){{0,2}}?(?:{_STRIFE}|wave|spate)\b(?! of\b)"
    r"|in (?:[\w-]+ )?(?:violence|unrest|strife|banditry|bloodshed)\b)",
    re.IGNORECASE,
)
# "Roadside bombs have killed", "attacks on markets have killed": plural, and none of them named.
_PLURALS_DID = re.compile(
    r"(?:^|\b(?:said|says|that|and|where) )(?P<words>(?!(?:the|these|those|both|two|three|four|five"
    r"|six|seven|eight|nine|ten|twin|air|\d+)\b)(?:[\w-]+ ){0,3}?"
    rf"(?:{_MANY_EVENTS}|{_MANY_MEANS})\b(?: (?:in|between|of|on|by|along|against|across)"
    rf" [^,;]{{1,60}}?)?) {_HAS}{_DID}",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:\b(?P<words>last year|the year before|the previous year|the same year"
    r"|(?:in|during|throughout|for) (?:all of |the whole of )?(?:19|20)\d\d(?: alone)?"
    r"|(?:in|during|throughout) the (?:19|20)?\d0s))(?![\w-]| (?:after|before)\b)",
    re.IGNORECASE,
)
# "Last week 12 people were killed in attacks on villages": clashes and strikes may be one event.
_WEEKS = re.compile(
    rf"\b(?P<words>(?:last|this|that) (?:week|month|year)|in {MONTH}|in recent \w+)\b",
    re.IGNORECASE,
)
_IN_PLURALS = re.compile(
    r"\b(?:in|by) (?:[\w-]+ )?(?:attacks|bombings|ambushes|killings|incidents|lynchings|robberies"
    r"|shootings|kidnappings|murders)\b",
    re.IGNORECASE,
)
_WORST = re.compile(
    r"\b(?:deadliest|bloodiest|worst|most violent|quietest) (?:single )?"
    r"(?P<words>(?:week|month|year|weekend|season)(?: of [\w ]{2,20})?)\b"
    r"|\b(?P<was>(?:last|this) (?:week|month|year)|(?:the (?:month|year|week)(?: of)?)?"
    rf" ?(?:{MONTH}|(?:19|20)\d\d)) (?:was|has been) (?:the|one of the|among the) (?:\w+ )?"
    r"(?:deadliest|bloodiest|worst|most violent)\b"
    r"|\b(?P<own>(?:week|month|year)['\u2019]s (?:dead|toll|death toll|victims|deaths))\b",
    re.IGNORECASE,
)
_OF_THE_YEAR = re.compile(
    r"\bof (?P<words>the (?:year|month|week|season))\b[^;]{0,60}, with (?:a|an) (?:\w+ )?"
    r"(?:balance|total|toll|sum) of\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:yesterday|today|tonight|overnight"
    r"|morning|evening|afternoon|dawn|midnight|noon)\b|\bnight\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r" \d{1,2}\b(?!\d)",
    re.IGNORECASE,
)
_ONE_EVENT = re.compile(
    r"\b(?:an?|the|this|that|one|another|single|his|her|its) (?:(?!\d|recorded)[\w-]+ ){0,3}?"
    r"(?:attack|bombing|blast|explosion|strike|air ?strike|shooting|ambush|clash|raid|massacre"
    r"|incident|assault|bomb|car bomb|bomber|mine|rocket|missile|shell|grenade|gunman|stampede"
    r"|wedding|funeral|rally|church|mosque|school|market|bus|lynching|killing|murder|stabbing"
    r"|robbery|gunfight|shoot-?out|firefight|siege|hijacking|battle|operation|prison|camp|village)"
    r"(?![\w-])|\bwhen (?:an?|the|two|three|several|gunmen|militants|rebels|soldiers|he|she)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:has|have|had)(?: \w+ly| also| now| already| so far)? (?:been )?\w+", re.I
)
# "Twelve people have been killed in the violence": it may be that of one night.
_WEAK = re.compile(r"\b(?:violence|bloodshed|turmoil)\b", re.IGNORECASE)
_DOZENS = 30
_THOUSANDS = ("thousand", "million")
_FEW = 5  # people; so few may be one deed of a year, told as context
_MANY = 50  # people; so many are hardly killed by one unnamed deed of somebody
_A_WARS = 1_000  # people; so many dead are hardly one attack's


@lru_cache(maxsize=16)  # asked for each figure of a sentence
def _has_cue(words: str) -> bool:
    return has_any(words.lower(), _CUES)


def campaign_of(scene: Scene, mention: Mention) -> Period | None:
    """What a figure covers because of what killed: a war, a wave of attacks; `None` if one event.

    A day in the figure's clause makes it that day's: "a series of blasts killed 12 on Tuesday".
    """
    if mention.number.qualifier is Qualifier.NONE or not _has_cue(scene.words):
        return None
    start, stop = clause_of(scene.words, mention.start, mention.end)
    clause = scene.words[start:stop]
    if _DATED.search(clause):
        return None
    at = (mention.start - start, mention.end - start)
    return (
        _of_events(clause, at)
        or _of_strife(mention, clause)
        or _of_time(scene, mention, clause, at)
    )


def _of_events(clause: str, at: tuple[int, int]) -> Period | None:
    """Wars and repeated events, which are many deeds in whatever tense."""
    for found in _WAR_DID.finditer(clause):
        before = (found["before"] or "").strip().lower()
        if before not in _NO_SUBJECT:
            return Period(words=found["words"], scope=Scope.CONFLICT)
    told = _OF_WAR.search(clause)
    if told is not None:
        return Period(words=told["words"], scope=Scope.CONFLICT)
    such = _SUCH.search(clause)
    if such is not None and (such.start() < at[0] or such.start() - at[1] < _BESIDE):
        return Period(words=such["words"], scope=Scope.SEVERAL_INCIDENTS)
    return None


_BESIDE = 40  # characters between a figure and the words that tell what killed


def _of_strife(mention: Mention, clause: str) -> Period | None:
    """Strife, waves of events and plurals, which sum up in the perfect tense only."""
    if _PERFECT.search(clause) is None and mention.rule != "toll":
        past = _STRIFE_PAST.search(clause) if _most(mention) >= _MANY else None
        return Period(words=past["words"], scope=_scope(past["words"])) if past else None
    series = _SERIES.search(clause)
    if series is not None:
        many = series["kind"].lower() == "campaign"
        scope = Scope.CAMPAIGN if many else Scope.SEVERAL_INCIDENTS
        return Period(words=series["words"], scope=scope)
    found = _STRIFE_DID.search(clause) or _IN_STRIFE.search(clause)
    if found is not None and _WEAK.search(found["words"]) and _most(mention) < _DOZENS:
        return None
    if found is not None and not (found["words"][:3] == "in " and _PROPER_IN.search(clause)):
        return Period(words=found["words"], scope=_scope(found["words"]))
    plural = _PLURALS_DID.search(clause)
    if plural is not None and _ONE_EVENT.search(clause) is None and not _PROPER_IN.search(clause):
        return Period(words=plural["words"], scope=Scope.SEVERAL_INCIDENTS)
    return None


# "Air strikes have killed 12 people in Brod": those of the day, told of a place with a name.
_PROPER_IN = re.compile(
    rf"\b(?:in|at|on|near|around|outside) (?:the )?(?!(?i:{MONTH}))[A-Z][\w'\u2019-]+"
)


_FEUDS = ("feud", "quarrel", "dispute", "rivalry", "vendetta")


def _scope(words: str) -> Scope:
    low = words.lower()
    if CONFLICT.search(words) or any(word in low for word in _FEUDS):
        return Scope.CONFLICT
    if any(word in low for word in ("offensive", "campaign", "crackdown", "siege", "blockade")):
        return Scope.CAMPAIGN
    return Scope.SEVERAL_INCIDENTS


def _of_time(scene: Scene, mention: Mention, clause: str, at: tuple[int, int]) -> Period | None:
    """Years, records of a time, and figures too large for one deed."""
    worst = _WORST.search(scene.words)
    if worst is not None:
        return Period(words=worst["words"] or worst["was"] or worst["own"], scope=Scope.PERIOD)
    of_year = _OF_THE_YEAR.search(clause)
    if of_year is not None and of_year.end() <= at[1]:
        return Period(words=of_year["words"], scope=Scope.PERIOD)
    if _ONE_EVENT.search(clause) is not None:
        return None
    most = _most(mention)
    weeks = _WEEKS.search(clause)
    if weeks is not None and most >= _FEW and _IN_PLURALS.search(clause):
        return Period(words=weeks["words"], scope=Scope.PERIOD)
    year = _YEAR.search(clause)
    named = any(place.name[:1].isupper() for place in scene.places)
    if year is not None and most >= _FEW and (not named or most >= _A_WARS):
        return Period(words=year["words"], scope=Scope.PERIOD)
    perfect = _PERFECT.search(clause) is not None and not named
    if perfect and most >= _MANY and mention.voice == "active":
        return Period(words=None, scope=Scope.SEVERAL_INCIDENTS)
    if mention.outcome is Outcome.KILLED and most >= _A_WARS:
        return Period(words=None, scope=Scope.CONFLICT)
    return None


def _most(mention: Mention) -> int:
    """The figure, or about what a vague one comes to."""
    number = mention.number
    if number.lower is None and number.upper is None:
        text = (number.text or number.term or "").lower()
        return (
            1_000 if any(word in text for word in _THOUSANDS) else 100 if "hundred" in text else 0
        )
    return number.lower or number.upper or 0
