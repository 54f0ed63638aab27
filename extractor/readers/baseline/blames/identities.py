"""Identities: clauses that say who the attackers were, or whose fire it was.

"The killers were members of the front", "she named the raiders as the front", "the rocket came
from the army camp", "it was the army who did it": the deed itself is told elsewhere.
"""

import re

from extractor.codes import Stance
from extractor.readers.baseline.actors.masking import KNOWN, NAMED, UNIDENTIFIED, listed

Row = tuple[str, tuple[str, ...], str, Stance, bool]
"""A rule of accusing: name, cues, pattern, stance, whether the clause tells the event itself."""

# Only these are doers by their name: "the man was a soldier" may well tell of a victim.
_DOERS = (
    "attackers?|assailants?|gunm[ae]n|killers?|raiders?|perpetrators?|culprits?|shooters?"
    "|bombers?|kidnappers?|abductors?|captors?|snipers?|murderers?|assassins?|hitm[ae]n|arsonists?"
    "|intruders?|ambushers?"
)
_IS_DOER = re.compile(_DOERS)
_FIRE = (
    r"(?:rockets?|shells?|shelling|missiles?|mortars?|mortar (?:bombs?|rounds?|shells?)|salvos?"
    r"|rounds?|fire|gunfire|shots?|bullets?|projectiles?|strikes?|bombs?|attack|shooting|drones?)"
)
_AMONG = r"(?:members of|from|with|part of|sent by|hired by|a unit of|men of|loyal to|belong\w* to)"
_HOLDING = r"(?:,? (?:holding|in|at|near|of|around) [^.;:,\ue000-\ue3ff]{1,30}?)?"
_CAMP = (
    rf"(?: (?:camp|base|position|post|barracks|garrison|outpost|checkpoint|bunker)s?"
    rf"(?: (?:at|in|near|of|on|above) (?:the )?{NAMED})?)?"
)


def identity_rows(hit: str, done: str) -> tuple[Row, ...]:
    """The rules by which somebody is told to be the doer; `hit` and `done` are verbs of doing."""
    who = rf"(?P<who>{listed(KNOWN)})"
    who2 = rf"(?P<who2>{listed(NAMED)})"
    return (
        (
            "identity",
            (" were ", " was ", " are ", " came from", " belong"),
            rf"(?P<doer>{UNIDENTIFIED})(?:,? (?:who|which) [^.;:,]{{1,60}},?)?"
            rf" (?:(?:were|was|are|had been|are said to be)(?: all| mostly| \w+ly)?(?: {_AMONG})?"
            rf"|came from|belong(?:ed|s)? to) {who}(?!['\u2019\w-]| (?:and|or) [a-z])",
            Stance.ACCUSED,
            False,
        ),
        (
            "identified_as",
            ("identif", "named ", "recogni"),
            rf"(?P<verb>\b(?:identif(?:ied|ies)|named|names|recogni[sz](?:ed|es)))"
            rf" (?:(?:all|some|two|three|four|five|one|several|most"
            rf"|many) of )?(?P<doer>{UNIDENTIFIED}"
            rf"|(?:the|those) (?:\w+ )?responsible)(?: only)? as (?:being )?(?:{_AMONG} )?{who2}",
            Stance.ACCUSED,
            False,
        ),
        (
            "it_was",
            ("it was ", "this was ", "that was ", "it is ", "it\u2019s ", "it's "),
            rf"\b(?:it|this|that)(?: was| is|['\u2019]s) {who}(?: (?:who|that|which)"
            rf" (?:had |have |has )?(?:\w+ly )?(?:did|done|were behind|was behind|(?:{hit})\b"
            rf"|(?:{done})\b|fired|shelled|bombed)|(?=,?[\"\u201d]?,? (?:said|says"
            rf"|according to)\b))",
            Stance.ACCUSED,
            False,
        ),
        (
            "came_from",
            (" from ", "fired by", "launched by"),
            rf"\b{_FIRE} (?:(?:had |have |has )?(?:all |both )?(?:come|came|coming"
            r"|originat(?:ed|ing)|(?:was |were |been )?(?:fired|launched|shot))(?: \w+ly| either)?"
            rf" (?:from|by) (?P<origin>(?:either )?(?:from )?{KNOWN}{_CAMP}"
            rf"(?:{_HOLDING},? or (?:from )?{KNOWN}{_CAMP})?)"
            rf"|(?:fired )?from (?P<origin2>{KNOWN}{_CAMP}) (?:killed|hit|struck|fell|landed"
            r"|wounded|injured|slammed)\b)",
            Stance.ACCUSED,
            False,
        ),
    )


def is_doer(words: str) -> bool:
    """Whether a description is one of attackers, and of nobody who might be a victim."""
    last = words.lower().split()[-1:]
    return bool(last) and _IS_DOER.fullmatch(last[0]) is not None
