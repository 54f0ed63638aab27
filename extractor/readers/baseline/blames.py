"""Blames in a sentence: who is said to have done it, or not, by whom, and how surely.

Nothing is a blame but a statement of one: a weapon implies nobody, gunmen are a party that is not
identified, and a passive without an agent says nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.codes import ActorType, Joint, Stance
from extractor.readers.baseline.words import actor_type

_STOP = (
    r"(?=\s*(?:$|[.,;:()\"\u201c\u201d\u2014])|\s+(?:(?:for|of|who|which|that|in|on|at|after|when|while|as|during"
    r"|near|but|before|early|late|said|says|killed|has|have|had|was|were)\b"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b))"
)
_WHO = r"(?P<accused>(?:the |a |an )?[^.,;:()\"\u201c\u201d\u2014]{1,70}?)"
_SPEAKER = r"(?P<speaker>[^.,;:()\"\u201c\u201d\u2014]{2,90}?)"
_HAS = r"(?:(?:has|have|had|also|later|immediately|quickly|initially|all|both|reportedly) )*"
_EVENT = (
    r"(?P<event>(?:the|this|that|those|these|it|them|both) ?(?:\w+ ){0,3}?(?:attacks?|strikes?|air"
    r" ?strikes?|shelling|bombings?|bombs?"
    r"|blasts?|explosions?|killings?|massacre|raids?|shootings?|assault|ambush|deaths?|incidents?|murders?"
    r"|bombardment|violence|abductions?|kidnappings?|clashes))"
)
_ACTS = (
    r"(?:killed|shot dead|murdered|massacred|executed|beheaded|abducted|kidnapped|wounded"
    r"|injured|ambushed)"
)


_DOING = (
    r"(?:\w+ly )?(?:killing|shooting|murdering|massacring|executing|beheading|abducting"
    r"|kidnapping|wounding"
    r"|injuring|bombing|shelling|attacking)"
)


@dataclass(frozen=True, kw_only=True)
class BlameMention:
    """A blame of one sentence; spans are in the sentence.

    `own_event` is true where the blame stands in the clause that tells the event, so that it needs
    no event before it to point back to.
    """

    accused: tuple[tuple[int, int], ...]
    kinds: tuple[ActorType, ...]
    joint: Joint
    speaker: tuple[int, int] | None
    stance: Stance
    start: int
    end: int
    about: str = ""
    """The words for what they are blamed for, as far as the sentence names it."""
    own_event: bool = False


@dataclass(frozen=True, kw_only=True)
class Agent:
    """Somebody said to be the doer without being identified: a party, no blame (R7)."""

    span: tuple[int, int]


_PATTERNS: tuple[tuple[re.Pattern[str], Stance, bool], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), stance, own_event)
    for pattern, stance, own_event in (
        (rf"\b(?:which|that) {_SPEAKER} {_HAS}blamed? on {_WHO}{_STOP}", Stance.ACCUSED, True),
        (
            rf"(?:^|[,;] |\bbut |\band ){_SPEAKER} {_HAS}blamed {_EVENT} on {_WHO}{_STOP}",
            Stance.ACCUSED,
            False,
        ),
        (
            rf"(?:^|[,;] |\bbut |\band ){_SPEAKER} {_HAS}blamed {_WHO} for {_EVENT}",
            Stance.ACCUSED,
            False,
        ),
        (
            rf"(?:^|[,;] |\bbut |\band ){_SPEAKER} {_HAS}accused {_WHO} of"
            rf" (?:being behind|carrying out|staging|launching|responsibility for"
            rf"|conducting) {_EVENT}",
            Stance.ACCUSED,
            False,
        ),
        (rf"\bblamed on {_WHO}{_STOP}", Stance.ACCUSED, True),
        (
            rf"(?:^|[,;] |\bbut |\band ){_SPEAKER} {_HAS}accused {_WHO} of {_DOING}\b",
            Stance.ACCUSED,
            True,
        ),
        (
            rf"(?:^|[,;] |\bbut |\band |\bthat ){_WHO} {_HAS}"
            r"(?:claimed (?:responsibility|credit)|said it (?:was behind|carried out))",
            Stance.SELF_CLAIMED,
            False,
        ),
        (
            r"\bclaimed by " + _WHO + _STOP,
            Stance.SELF_CLAIMED,
            False,
        ),
        (
            rf"(?:^|[,;] |\bbut |\band ){_WHO} {_HAS}"
            r"(?:denied|denies|rejected) (?:any |all |the |having |its |that (?:its|it"
            r"|their) )?(?:\w+ ){0,2}?"
            r"(?:responsibility|involvement|role|accusations?|allegations?|charges?"
            r"|carried out|carrying out"
            r"|being behind|(?:was|were) (?:behind|responsible|involved))\b",
            Stance.DENIED,
            False,
        ),
        (
            rf"\b{_ACTS}\b[^.;]{{0,80}}? by (?P<hedge>suspected |alleged |presumed )?{_WHO}{_STOP}",
            Stance.STATED_AS_FACT,
            True,
        ),
        (
            rf"(?:^|[,;:] |\band |\bthat |\bwhen |\bafter )(?P<hedge>suspected |alleged )?{_WHO}"
            rf"(?: (?:have|has|had))? {_ACTS}\b(?! (?:by|in|on|when|during|and|at|near|after)\b)",
            Stance.STATED_AS_FACT,
            True,
        ),
    )
)
_NOBODY_CLAIMED = re.compile(
    r"\b(?:no (?:group|one|organi[sz]ation|party|side|faction)|nobody|neither side)\b[^.;]{0,30}"
    r"\bclaimed (?:responsibility|credit)"
    r"|\bno (?:immediate )?claims? of responsibility\b|\bwithout (?:any )?claim of"
    r" responsibility\b",
    re.IGNORECASE,
)
_SAID_UNKNOWN = re.compile(
    r"\b(?:not|un)(?: immediately| yet)? ?(?:clear|known) who\b[^.;]{0,40}"
    r"\b(?:behind|responsible|carried|fired|attack\w*|kill\w*|shot|plant\w*|did)\b"
    r"|\bit was not (?:immediately )?(?:clear|known) who\b",
    re.IGNORECASE,
)
# Words before a flat assertion that take it back: nothing is stated as a fact after them.
_DOUBTED = re.compile(
    r"\b(?:if|unless|whether|neither|nor|not|never|no evidence|no proof|untrue"
    r"|false(?:ly)?|doubt\w*"
    r"|den(?:y|ies|ied)|reject\w*|dismiss\w*|would|could|might|rumou?r\w*)\b|^\s*(?:no|had)\b",
    re.IGNORECASE,
)
_UNREAL = re.compile(r"\b(?:not|never|could|would|may|might|if|whether|to)\s*$", re.IGNORECASE)


def find_blames(sentence: str) -> tuple[BlameMention, ...]:
    """Every blame of a sentence, in order; of two that overlap, the one of the surer pattern."""
    nobody = [*_unattributed(sentence)]
    found: list[BlameMention] = list(nobody)
    for pattern, stance, own_event in _PATTERNS:
        for match in pattern.finditer(sentence):
            blame = _blame(sentence, match, stance, own_event=own_event)
            if blame and not any(_overlap(blame, other) for other in found):
                found.append(blame)
    return tuple(sorted(found, key=lambda blame: blame.start))


def _overlap(one: BlameMention, other: BlameMention) -> bool:
    return one.start < other.end and other.start < one.end


def _unattributed(sentence: str) -> Iterator[BlameMention]:
    for pattern, stance in (
        (_NOBODY_CLAIMED, Stance.NOBODY_CLAIMED),
        (_SAID_UNKNOWN, Stance.SAID_UNKNOWN),
    ):
        match = pattern.search(sentence)
        if match:
            yield BlameMention(
                accused=(),
                kinds=(),
                joint=Joint.ALL,
                speaker=None,
                stance=stance,
                start=match.start(),
                end=match.end(),
            )


def _blame(
    sentence: str, match: re.Match[str], stance: Stance, *, own_event: bool
) -> BlameMention | None:
    if _UNREAL.search(sentence[: match.start()]):
        return None
    if stance is Stance.STATED_AS_FACT and _DOUBTED.search(sentence[: match.end("accused")]):
        return None
    parts = match.groupdict()
    named = stance is not Stance.STATED_AS_FACT
    accused = tuple(_accused(sentence, match.span("accused"), by_name=named))
    if not accused:
        return None
    speaker = match.span("speaker") if parts.get("speaker") else None
    if parts.get("hedge") or re.search(r"\b(?:suspected|alleged)\b", match["accused"], re.I):
        stance = Stance.SUSPECTED if stance is Stance.STATED_AS_FACT else stance
    start = match.start()
    while start < match.end() and sentence[start] in ",;: ":
        start += 1
    either = re.search(r"\bor\b", match["accused"]) is not None
    return BlameMention(
        accused=tuple(span for span, _ in accused),
        kinds=tuple(kind for _, kind in accused),
        joint=Joint.EITHER if either and len(accused) > 1 else Joint.ALL,
        speaker=speaker,
        stance=stance,
        start=start,
        end=match.end(),
        about=_about(sentence, match),
        own_event=own_event,
    )


def _about(sentence: str, match: re.Match[str]) -> str:
    """What a blame is about: the event named in it, and what follows up to the next comma."""
    named = match.groupdict().get("event") or ""
    behind = _OBJECT.match(sentence, match.end())
    return f"{named}{behind[0]}".strip() if behind else named


def _accused(
    sentence: str, span: tuple[int, int], *, by_name: bool
) -> Iterator[tuple[tuple[int, int], ActorType]]:
    """The actors of a phrase; unidentified ones are nobody, and neither is a thing that kills."""
    start, end = span
    for piece in re.finditer(r"(?:(?! (?:and|or) ).)+", sentence[start:end]):
        words = re.sub(r"^\s*(?:and|or|both|either)\s+", "", piece[0]).rstrip()
        words = _CLAUSE_OPENING.split(words)[-1]
        if _NO_NAME.search(words) or len(words.split()) > _MOST_WORDS:
            return
        at = start + piece.start() + piece[0].find(words)
        kind = actor_type(words)
        proper = re.search(r"(?:^|\s)[A-Z]", words) is not None
        if kind is None and by_name and proper:
            kind = ActorType.UNIDENTIFIED
        if kind is None or (kind is ActorType.UNIDENTIFIED and not (by_name and proper)):
            return
        yield (at, at + len(words)), kind


_CLAUSE_OPENING = re.compile(r"\s(?:that|when|after|as|while|where|how)\s", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\d|\b(?:was|were|is|are|has|have|had|said|says|reported|told|killed|killing|wounded|injured|died"
    r"|he|she|they|it|we|who|which|people|civilians|residents|attacks?|strikes?|blasts?|explosions?"
    r"|shelling|bombs?|bombings?|fire|clashes|in|on|at)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 7  # a longer description has caught a piece of the clause
_OBJECT = re.compile(r"(?: (?:for|in|of|on|at|near|against)\b[^,.;]{1,80})+", re.IGNORECASE)
_AGENTS = re.compile(
    rf"(?:(?:^|[,;:] |\band |\bthat |\bwhen |\bafter )(?P<subject>[^.,;:()\"\u201c\u201d]{{1,50}}?)"
    rf"(?: (?:have|has|had))? (?:{_ACTS}|opened fire|attacked|stormed|raided|fired"
    rf"|detonated|blew)\b"
    rf"|\b{_ACTS}\b[^.;]{{0,60}}? by (?P<by>(?:the |a |an"
    rf" )?[^.,;:()\"\u201c\u201d]{{1,50}}?){_STOP})",
    re.IGNORECASE,
)


def find_unidentified(sentence: str) -> tuple[Agent, ...]:
    """Doers that are not identified: "gunmen opened fire", "killed by unknown men"."""
    agents: list[Agent] = []
    for match in _AGENTS.finditer(sentence):
        name = "subject" if match["subject"] else "by"
        words = match[name].strip()
        if actor_type(words) is ActorType.UNIDENTIFIED:
            at = match.start(name) + match[name].find(words)
            agents.append(Agent(span=(at, at + len(words))))
    return tuple(agents)
