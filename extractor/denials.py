"""Denials of casualties: words that say nobody was harmed, told from words that give no figure."""

import re
from dataclasses import dataclass
from functools import cache

from extractor.codes import Outcome

_DIED = (
    r"kill(?:ed|s|ing)?|die[ds]?|dying|dead|deaths?|fatalit(?:y|ies)"
    r"|lost (?:his|her|their) li(?:fe|ves)"
)
_HURT = r"injur(?:ed|y|ies|ing)|wound(?:ed|s|ing)?|hurt|harmed"
_EITHER = rf"{_DIED}|{_HURT}|casualt(?:y|ies)|victims?"
_DENIED_WORDS = {
    Outcome.KILLED: rf"{_DIED}|casualt(?:y|ies)",
    Outcome.DIED_OF_WOUNDS: _DIED,
    Outcome.INJURED: rf"{_HURT}|casualt(?:y|ies)",
}
_NOBODY = (
    r"\b(?:no[- ]one|nobody|none|no (?!fewer|less|more|longer|doubt|later|immediate|information"
    r"|figures?|word|details?|breakdown)|without|neither)\b"
)
_NOT = r"\b(?:not|never|n['\u2019]t)\b(?! only| just| less| fewer| more| immediately| clear| known)"

# "No one else was hurt" is told of the others only; its group says so.
_WHO = (
    r"(?:civilians?|citizens?|noncombatants?|people|persons?|one else|women (?:or|and) children"
    r"|women|children|soldiers?|troops|officers?|police ?m[ae]n|police officers?|guards?|villagers?"
    r"|residents?|locals?|students?|pupils?|passengers?|bystanders?|members?|personnel|staff"
    r"|hostages?|workers?|employees?|peacekeepers?|marines?|else)"
)
_NOBODY_OF = r"(?:no one|no-one|nobody|none)(?: of (?:the|its|our|their|his) (?P<of>\w+))?"
_ONE = rf"{_NOBODY_OF}(?: (?P<else>else))?"
_SOME = rf"no (?P<who>(?:\w+ )?{_WHO}(?: or \w+)?)"
_WAS = r"(?: (?:was|were|is|are|has been|had been|have been|got|being))?(?: \w+ly)?(?: reported)?"
_DIED_SO = r"(?:killed|dead|lynched|murdered)"
_HARMING = r"(?:hurt|harm(?:ed|ing)|hurting|injur(?:ed|ing)|wound(?:ed|ing))"
_HARMED = r"(?:hurt|harmed|injured|wounded|scratched)"
_FEW = (
    r"(?: (?!more|other|further|additional|new|life|serious|major"
    r"|immediate|sign|doubt)[\w-]+){0,3}?"
)
_REPORTED = r"(?P<n>no|without|zero)(?: (?:confirmed )?reports? of)?(?: any)?"
_DID_NOT = (
    r"(?P<n>(?:did|does|has|had) not|(?:did|has|had)n['\u2019]t)(?: \w+ly)?"
    r" (?:injure|hurt|harm|injured|harmed)(?: or (?:kill|injure|harm)\w*)?"
)
_AMONG = (
    r"(?:,? (?:in|on|among)"
    r" (?P<own>(?:our|its|their|his) (?:own )?(?:ranks|forces|side|men|troops))"
    r"| (?:among|to) (?:any |the |its |our |their )?(?P<among>[\w-]+))?"
)
_K, _W, _X = Outcome.KILLED, Outcome.INJURED, Outcome.KILLED_OR_INJURED
_NONE_CLAUSES = tuple(
    (re.compile(rf"\b{pattern}", re.IGNORECASE), outcome)
    for pattern, outcome in (
        (rf"(?P<n>{_ONE}|{_SOME}){_WAS} (?:{_HARMED}|(?:killed|dead) (?:or|and) \w+)\b", _X),
        (
            rf"(?P<n>{_ONE}|{_SOME})(?:{_WAS} {_DIED_SO}| (?:has |had )?died)\b",
            _K,
        ),
        (
            rf"{_HARMING} (?P<n>{_ONE}|{_SOME})\b",
            _X,
        ),
        (
            rf"(?P<n>not (?:a single|even one|one)(?: (?P<who>{_WHO}|[\w-]+))?)"
            rf"(?: (?:of|in|on|among) [\w' -]{{2,30}}?)?{_WAS} {_HARMED}\b",
            _X,
        ),
        (r"(?:killed|killing|lost|lose|losing) (?P<n>(?:no one|nobody)(?: else)?)\b", _K),
        (rf"{_DID_NOT} (?:any )?(?P<who>anyone|anybody|{_WHO})\b", _X),
        (rf"{_REPORTED}{_FEW} (?:deaths|fatalities) (?:or|and) injuries\b{_AMONG}", _X),
        (rf"{_REPORTED}{_FEW} (?:injuries|wounded) (?:or|and) (?:deaths|fatalities)\b{_AMONG}", _X),
        (rf"{_REPORTED}{_FEW} casualt(?:y|ies)\b(?! figure){_AMONG}", _X),
        (rf"{_REPORTED}{_FEW} (?:deaths|fatalities|losses|loss of life|dead)\b{_AMONG}", _K),
        (rf"{_REPORTED}{_FEW} injuries\b(?! or| and){_AMONG}", _W),
    )
)
_MAY_DENY = re.compile(
    r"\b(?:no|no-one|nobody|none|without|zero|not|\w+n['\u2019]t)\b", re.IGNORECASE
)
_NO_FIGURE = re.compile(
    r"\bno (?:immediate |further |official )?(?:word|information|details?|figures?"
    r"|breakdown|confirmation"
    r"|indication|claim)\b|\bnot (?:known|clear)\b",
    re.IGNORECASE,
)
# That nobody claims a deed denies no harm.
_UNCLAIMED = re.compile(
    r"\b(?:no[- ]one|nobody|none|no (?:\w+ ){0,2}?(?:group|side|organi[sz]ation|party|faction))\b"
    r"(?: \w+){0,3}? (?:claim\w*|said|admitted|taken|took|accepted)\b",
    re.IGNORECASE,
)
# "No civilians were killed by us", "by its strikes", "in our raids": a denial of blame (R4).
_BY_US = re.compile(
    r" (?:caused |inflicted )?(?:by (?:us\b|(?:our|its|their|his)\b(?! (?:attackers?|enem\w+)\b))"
    r"|(?:in|during|from) (?:our|its|their) (?:own )?(?:\w+ ){0,2}?(?:strikes?|air ?strikes?"
    r"|bombings?|shelling|bombardments?)\b)",
    re.IGNORECASE,
)
# "It is not true that (no one was hurt)", "denied that", "hopes that": a zero that is not told.
_DOUBTED_ZERO = re.compile(
    r"\b(?:if|unless|whether|not true|untrue|false(?:ly)?|wrong|incorrect|doubt\w*"
    r"|den(?:y|ies|ied|ying|ials?)|disput\w+|reject\w*|dismiss\w*|contradict\w*|question\w*"
    r"|hop(?:es?|ed|ing)|pray\w*|rumou?r\w*|ensur(?:e[sd]?|ing)|ma[dk](?:e|ing) sure"
    r"|(?:no (?:evidence|proof|sign|guarantee)|nobody|no one|not|n['\u2019]t)(?: \w+){0,2}?"
    r" (?:that|believ\w+|think\w*|confirm\w*|say|verif\w+))"
    r"(?: (?!and\b|but\b|sa(?:id|ys?|ying)\b)[\w'\u2019-]+){0,5} $",
    re.IGNORECASE,
)
# "Claims that no one was killed (in the raid are false)", "hopes that ... (faded)".
_TAKEN_BACK = re.compile(
    r"[^,;.:]{0,60}? (?:(?:is|are|was|were|prove[dn]?|turned out(?: to be)?) (?:\w+ly )?(?:false"
    r"|untrue|wrong|not true|incorrect|lies|a lie|denied|disputed|rejected)|faded|ended)\b",
    re.IGNORECASE,
)
# "It had (no reports of casualties)", "knew of (no deaths)": what somebody has not heard.
_UNHEARD = re.compile(
    r"\b(?:(?:has|have|had|having|received|receiv(?:e|es|ing)|got|heard|hears?)(?: as)?(?: yet)? $"
    r"|(?:kn(?:ow|ew|ows)|aware|heard) of $)",
    re.IGNORECASE,
)
# "The hostages were freed without injuries": they are unharmed, and no more is said.
_CAME_OUT = re.compile(
    r"\b(?:released|freed|rescued|escaped|survived|liberated|liberty|let go|fled|got away"
    r"|got out|came out|walked away)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_ZERO_LEAD = 90  # characters before a zero in which words can take it back


@dataclass(frozen=True, kw_only=True)
class Zero:
    """A statement that nobody was harmed; all spans are in the sentence."""

    outcome: Outcome
    nobody: tuple[int, int]
    """The word for nobody: "no one", "no"."""
    clause: tuple[int, int]
    """The words that state it."""
    group: tuple[int, int] | None
    """The words that limit it to some, if any do: "civilians", "else"."""


def find_zero(sentence: str) -> Zero | None:
    """The statement of a sentence that nobody was harmed, if it makes one.

    "Gave no figure" makes no statement, and neither does "no civilian was killed by us": that is a
    denial of blame (R4).
    """
    if not _MAY_DENY.search(sentence) or _NO_FIGURE.search(sentence):
        return None
    for pattern, outcome in _NONE_CLAUSES:
        found = pattern.search(sentence)
        if found is None or _BY_US.match(sentence, found.end()):
            continue
        return None if _is_not_told(found) else _zero(found, outcome)
    return None


def _is_not_told(found: re.Match[str]) -> bool:
    """Whether the words around a zero doubt it, or say only that nothing was heard."""
    begin = max(0, found.start() - _ZERO_LEAD)
    lead = found.string[begin : found.start()]
    if _DOUBTED_ZERO.search(lead) or _TAKEN_BACK.match(found.string, found.end()):
        return True
    if found[0].lower().startswith("without") and _CAME_OUT.search(lead):
        return True
    unheard = _UNHEARD.search(lead)
    return unheard is not None and ("report" in found[0].lower() or unheard[0].endswith("of "))


def _zero(found: re.Match[str], outcome: Outcome) -> Zero:
    return Zero(
        outcome=outcome,
        nobody=_nobody(found),
        clause=found.span(),
        group=_group(found),
    )


def _nobody(found: re.Match[str]) -> tuple[int, int]:
    """The words for nobody, less the noun: "no one", "no"."""
    start, end = found.span("n")
    words = found["n"].lower()
    single = _NOT_ONE.match(words)
    if single is not None:
        return start, start + single.end()
    first = next((w for w in ("no one", "no-one", "nobody", "none") if words.startswith(w)), "no")
    return (start, end) if not words.startswith("no") else (start, start + len(first))


_NOT_ONE = re.compile(r"not (?:a single|even one|one)")


def _group(found: re.Match[str]) -> tuple[int, int] | None:
    for name in ("own", "who", "of", "else", "among"):
        if name in found.re.groupindex and found[name]:
            if found[name].lower() in ("anyone", "anybody", "the", "this", "date"):
                return None
            return found.span(name)
    civilian = _CIVILIAN.search(found.string, *found.span())
    return civilian.span() if civilian else None


_CIVILIAN = re.compile(r"civilians?", re.IGNORECASE)


def says_nobody_was_harmed(words: str, outcome: Outcome) -> bool:
    """Whether words deny an outcome: "no one was killed", "without casualties", "did not kill".

    Only a denial in the same clause as the word for the outcome counts.
    """
    claimed_by_somebody = _UNCLAIMED.sub("", words)
    return _denied(_DENIED_WORDS.get(outcome, _EITHER)).search(claimed_by_somebody) is not None


@cache
def _denied(told: str) -> re.Pattern[str]:
    """Words that deny what others tell."""
    nobody = rf"{_NOBODY}[^.;,:]{{0,40}}?\b(?:{told})\b"
    not_so = rf"{_NOT}[^.;,:]{{0,40}}?\b(?:{told})\b|\ball but\b[^.;,:]{{0,40}}?\b(?:{told})\b"
    return re.compile(rf"{nobody}|{not_so}", re.IGNORECASE)
