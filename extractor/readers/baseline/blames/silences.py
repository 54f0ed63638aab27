"""Silences: sentences that say that nobody has claimed it, or that nobody knows who did it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.codes import Stance
from extractor.vocabulary import has_any, small


@dataclass(frozen=True, kw_only=True)
class Silence:
    """Words that name nobody; offsets are in the sentence."""

    stance: Stance
    start: int
    end: int


_NOBODY = (
    r"(?:no (?:group|one|organi[sz]ation|party|side|faction|militia|armed \w+|known \w+)|nobody"
    r"|neither (?:side|group|of (?:the|them)\b[^.;,]{0,20})|none(?: of them)?)"
)
_OWNS_UP = (
    r"(?:(?:claimed|assumed|taken|took|admitted|accepted|acknowledged)"
    r" (?:responsibility|credit|(?:it|them|this|both|either)\b|the |having )"
    r"|(?:owned|own) up\b|put (?:a|its|his|their) name to\b|(?:come|came) forward to claim"
    r"|(?:said|says) (?:that )?(?:it|they) (?:was|were|had|did)\b)"
)
_NO_CLAIM = re.compile(
    rf"\b{_NOBODY}\b[^.;]{{0,50}}?\b{_OWNS_UP}"
    r"|\bno (?:immediate |known )?claims? (?:of responsibility|for)\b|\b(?:without|made no"
    r"|there (?:has been|was|were|is) no|nor (?:has|was) there(?: been)?)"
    r" (?:any )?(?:immediate )?claims?(?: of responsibility)?\b"
    r"|\b(?:has|have|was|were|been|went|gone|remain(?:s|ed)?|is|are)"
    r" (?:not (?:yet )?been |still |so far )?(?:un|not (?:yet )?(?:been )?)claimed\b"
    r"|\b(?:has|have|had) not (?:yet |so far )?been claimed\b"
    r"|\bno (?:name|signature) has (?:yet )?been put to\b"
    r"|\bneither (?:[\w-]+ ){0,3}?(?:has|have|had|was|were|is) (?:yet )?(?:been )?claimed\b",
    re.IGNORECASE,
)
_WHO = r"(?:who\b|whose\b|which (?:side|group|of)\b|by whom\b|what group\b)"
_OPEN = (
    r"(?:(?:is|are|was|were|has|have|had|remains?|remained)(?: still| as yet| yet)?"
    r" (?:not (?:immediately |yet |at once )?(?:been )?(?:known|clear|plain|certain|established"
    r"|determined|identified|told|said)|unknown|unclear|uncertain|unidentified|a mystery"
    r"|anybody['\u2019]s guess|anyone['\u2019]s guess)"
    r"|(?:nobody|no one) (?:knows|knew|can say|could say|will say|would say|has said))\b"
)
_NOT_KNOWN = re.compile(
    r"\b(?:not|un|n['\u2019]t|no one|nobody|never)(?: immediately| yet| been| being"
    r"| so far)? ?(?:clear|known|knows?|say|said|established|determined|identified|sure|learn(?:ed"
    r"|t)?|told|found out|discovered|plain|certain)\b"
    rf"[^.;,]{{0,15}}? {_WHO}"
    r"|\bit (?:was|is|remains|remained) (?:not (?:immediately |yet )?(?:clear|known|established"
    r"|plain|certain)|unclear|unknown|uncertain)"
    r" (?:who|whose|which side|which group|by whom)\b"
    r"|\bnor (?:is|was|has) it (?:\w+ ){0,2}?(?:clear|known|plain|established|certain) who\w*\b"
    r"|(?:^|[,;:\"\u201c] ?|\bbut |\band )(?:who|whose|which (?:side|group)|by whom)\b"
    rf"[^.;,?\"]{{2,70}}? {_OPEN}"
    r"|\b(?:responsible|perpetrators?|authors?|culprits?|attackers?|assailants?|killers?"
    r"|identity of the \w+|identities of the \w+|those responsible)(?: of [^.;,]{1,40}?)?"
    r" (?:is|are|was|were|remains?|remained|have|has)(?: still| yet"
    r"| as yet)? (?:not (?:yet )?(?:been )?(?:known|identified|established)|unknown"
    r"|unidentified)\b"
    r"|\b(?:no one|nobody) (?:has said|knows|will say|would specify|could say|can say) who\b"
    r"|\b(?:do|does|did) not know who\b|\bunclear who\b|\b(?:no|without an) (?:idea|clue"
    r"|indication|word)(?: of| on| as to| about)? who\b"
    r"|\b(?:cannot|can['\u2019]t|could not|couldn['\u2019]t|would not|wouldn['\u2019]t)"
    r" (?:yet )?(?:say|tell) who\b",
    re.IGNORECASE,
)
# Without one of these a sentence has no such words.
_CUES_OF_NOBODY = (
    *("claim", "assumed", "taken ", "took ", "admitted", "has put ", "owned up", "own up"),
    *("said it", "says it", "said they", "accepted", "acknowledged", "been put to"),
)
_CUES_OF_UNKNOWN = (
    *("who", "which side", "which group", "what group", "known", "identified", "established"),
)
_KINDS = (
    (_NO_CLAIM, Stance.NOBODY_CLAIMED, _CUES_OF_NOBODY),
    (_NOT_KNOWN, Stance.SAID_UNKNOWN, _CUES_OF_UNKNOWN),
)


def find_silences(sentence: str) -> Iterator[Silence]:
    """What a sentence says of nobody: at most one of each kind."""
    words = small(sentence)
    for pattern, stance, cues in _KINDS:
        match = pattern.search(sentence) if has_any(words, cues) else None
        if match:
            yield Silence(stance=stance, start=match.start(), end=match.end())
