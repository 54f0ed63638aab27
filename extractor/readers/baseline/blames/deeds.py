"""Deeds: who is told as the doer of one, whoever tells it and however surely.

"Rebels killed two", "killed by the army", "an attack by the front", "the front's shelling". A
passive without a doer names nobody, and neither does a weapon or an even clash.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from extractor.codes import ActorType
from extractor.readers.baseline.actors.finding import (
    ActorPhrase,
    attributive_words,
    is_state_adjective,
)
from extractor.readers.baseline.actors.masking import ANYBODY, DOER, MaskedSentence, listed
from extractor.readers.baseline.words import load_words
from extractor.vocabulary import either


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A deed and its doers; offsets are in the masked text."""

    doers: tuple[ActorPhrase, ...]
    either: bool
    hedged: bool
    start: int
    end: int
    own: bool
    """Whether the doers are told as the teller's own: "our troops", "its fighters"."""
    rule: str


_ADVERBS = (
    r"(?: (?:have|has|had|also|then|later|reportedly|allegedly|apparently|presumably|today"
    r"|yesterday"
    r"|last night|this morning|\w+ly|(?:on |late |early )?\w+day)){0,3}+"
)
_GAP = (
    r"(?: \([^)]{1,60}\)| \[[^\]]{1,60}\]"
    r"|,? (?:who|which|that)(?= (?:have |had |has )?\w+(?:ed|ot|ew) )"
    r"|,? (?:who|which|that) (?!.{0,40}\b(?:were|was) (?:killed|wounded"
    r"|injured))[^.;:]{1,90}?"
    r"|,[\"\u201d]? [^.;:]{1,80},| [\"\u201c][^\"\u201c\u201d]{1,30}[\"\u201d]"
    r"| (?:on|in|of|from|with|at|near|inside|aboard|armed with|riding|dressed"
    r"|disguised"
    r"|wearing|travel\w+|belonging|who were|using|driving|identified as"
    r"|calling|allied|loyal|linked|tied|close|backed|led|headed|commanded|stationed|based|fighting"
    r"|operating"
    r"|posted|said to be)\b[^.;:,]{1,70}?)"
)
# A doer is the subject only where no preposition owns it: "an attack on soldiers killed five".
_SUBJECT = re.compile(
    r"(?:^\W?|[,;:\]\"\u201c\u201d\u2014\u2013-] |[\"\u201c(]|\b(?:and|that|when|after|before"
    r"|while|as|but|where|said|says|meanwhile|ago"
    r"|either|believes?|believed|thinks?|thought|suspects?|reckons?|reckoned|alleges?|alleged"
    r"|insists?|insisted|argues?|argued|maintains?|maintained|swears?|swore|charged"
    r"|because|since|then|later|reported|claimed|added|confirmed|stated|department|city|province"
    r"|today|yesterday|\w*day|\w*night|morning"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|hours|minutes|weeks?|months?|confirm|states?|in which|that in \w+"
    r"|evening|afternoon|how|if|whether|it|\d+|which|whom|told \w+"
    r"|(?:indicat|show|add|assert|affirm|alleg|insist|maintain|learn|reveal|disclos|declar|explain"
    r"|believ|think|recall|stress|announc|claim|warn|charg)(?:e?[sd]|ing)?"
    r"|not(?:ed|es|ing)|knows?|known|told|says?|saying) |[\ue800-\uebff] )$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"[\ue000-\ue7ff](?: and | or |, )$")
_OBJECT = (
    r"(?! (?:by|in|on|when|during|and|at(?! least| most)|near|after|while|as(?! many)|for|from"
    r"|following|since|this|last|here|there|over(?! \d)|across"
    r"|(?:yesterday|today)(?! (?:an?|the|two|three|four|five|six|seven|eight|nine|ten|\d+) )"
    r"|inside|outside|to death|each other|one another|or|were|was|had|have|has|with|along)\b"
    r"| ?[,.;:)\u201d\"]| ?$)(?= ?\S)"
)
_HELD_BACK = re.compile(
    r"\b(?:allegedly|reportedly|apparently|presumably|probably|possibly|supposedly|purportedly"
    r"|perhaps|likely|seemingly"
    r"|believe[sd]?|thinks?|thought|suspect(?:s|ed)?|presumed|assumed|alleged(?! (?:that|by)\b"
    r"|[,.])|(?:may|might|could"
    r"|must) (?:well )?have)\b",
    re.IGNORECASE,
)
_UNTRUE = re.compile(
    r"\b(?:if|unless|whether|neither|nor|not|never|no evidence|no proof|no sign|untrue"
    r"|false(?:ly)?|doubt\w*|den(?:y|ies|ied|ying)"
    r"|reject\w*|dismiss\w*|would|rumou?r\w*|fear\w*|threat\w*|plan(?:s|ned|ning)? to|prevent\w*"
    r"|avoid\w*|foil\w*|thwart\w*"
    r"|warn\w*|n['\u2019]t|acquitted|cleared|in case|as if|alert\w*|against possible"
    r"|simulat\w*)\b|^\W?had\b",
    re.IGNORECASE,
)
# "Held by rebels", "an area controlled by the army": what stands before "by" is no deed.
_OTHER_PARTICIPLE = re.compile(
    r"\b(?!(?:indiscriminately|dead|down)\b)(?:\w+ed|held|led|run|known|said|thought|set up"
    r"|seen|found|told|taken|given|sent|driven|heard|hidden|surrounded|drawn|built|worn|ridden"
    r"|(?!morning|evening|during|including|according|following)\w+ing)"
    r"(?: (?:up|out|off|down|away|over))?$",
    re.IGNORECASE,
)
_NO_NEWS = re.compile(
    r"\b(?:killed|wounded|injured|shot|captured|arrested|detained|dead|died|said|says|told"
    r"|reported|found|lost)\b",
    re.I,
)


@cache
def _behind() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Patterns for what follows a doer, by rule."""
    words = load_words("deed_words.toml")
    hit, done = "|".join(words["transitive"]), "|".join(words["intransitive"])
    compound = "|".join(words["compound"])
    return tuple(
        (rule, re.compile(pattern, re.IGNORECASE))
        for rule, pattern in (
            (
                "deed_active",
                rf"(?P<gap>{_GAP}{{0,2}}?),?{_ADVERBS} "
                rf"(?P<verb>(?:{done})\b"
                rf"|(?:{hit})\b(?:(?: and|,|, and) (?:{hit}|\w+ed))?{_OBJECT})",
            ),
            (
                "deed_second",
                r"(?P<gap> [^.;:\ue000-\ue7ff]{3,110}?)(?:,? and|,|, then|, before)"
                rf"{_ADVERBS} (?P<verb>(?:{done})\b|(?:{hit})\b{_OBJECT}|(?:killing|wounding"
                r"|injuring|murdering)\b)",
            ),
            (
                "deed_compound",
                r"(?P<own>['\u2019]s?)? (?:(?:air|bomb|rocket|mortar|drone|artillery|car|suicide"
                r"|sniper|missile|terrorist|guerrilla"
                r"|night|dawn|surprise|machine-?gun|armed|aerial|tank|retaliatory|cross-border"
                r"|deadly|bloody) ){0,2}+"
                rf"(?P<verb>{compound})\b",
            ),
            (
                "deed_work",
                rf"(?:,? (?:who|which) [^.;:,]{{1,60}},)?{_ADVERBS}"
                r" (?:(?:is|are|was|were|be|been|being) (?:\w+ly )?(?:responsible for"
                r"|behind|guilty of (?:the|this|that|these|those)\b|implicated in)"
                r"|did (?:it|this))\b",
            ),
        )
    )


@cache
def _before() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Patterns for what stands before a doer: the words that lead to it, and the deed itself."""
    words = load_words("deed_words.toml")
    by = "|".join([*words["transitive"], *words["done_by"]])
    event = "|".join(words["event"])
    lead = re.compile(
        r" by (?:the |(?:the )?[\"\u201c]|\w+ly |(?:about|some|around|at least|more than|over) "
        r"|what \w+ (?:called|described as) |(?:men|people) (?:from|of) "
        r"|(?:an? |the )?(?:[\w-]+ )?(?:commando|group|column|unit|cell|faction|squad|band|gang)s?"
        r" of (?:the )?(?:[\w-]+ ){0,2})?$",
        re.I,
    )
    return (
        ("deed_passive", lead, re.compile(rf"\b(?P<verb>{by}|killing|victims?|dead)\b", re.I)),
        ("deed_noun", lead, re.compile(rf"\b(?P<verb>{event})\b", re.I)),
        (
            "deed_noun",
            re.compile(r" from (?:\w+ly |(?:about|some|around|at least) )?$", re.I),
            re.compile(
                r"\bunder (?:\w+ ){0,2}(?:fire|attack|bombardment|shelling|gunfire)\b", re.I
            ),
        ),
        (
            "deed_work",
            re.compile(r"\b(?:the work|at the hands) of $", re.I),
            re.compile(r"\b(?:the work|at the hands) of $", re.I),
        ),
    )


_LIST = re.compile(listed(DOER))
_ANY = re.compile(ANYBODY)
_REACH = 180  # characters between a deed and "by" whom


@lru_cache(maxsize=16)
def find_deeds(masked: MaskedSentence) -> tuple[Deed, ...]:
    """Every deed of a sentence with its doers, in the order of the sentence."""
    return tuple(_deeds(masked))


def _deeds(masked: MaskedSentence) -> Iterator[Deed]:
    text, listed_to = masked.text, 0
    for at, actor in zip(masked.starts, masked.actors, strict=True):
        if at < listed_to and actor.kind:
            continue  # a list of doers is read from its first
        many = _LIST.match(text, at) or _ANY.match(text, at)
        if many is None:
            continue
        listed_to = many.end()
        found = _led_to(masked, many) or _leading(masked, many)
        if found is not None:
            yield found


def _led_to(masked: MaskedSentence, many: re.Match[str]) -> Deed | None:
    """The deed before a doer: "killed by rebels"."""
    start = many.start()
    stretch = masked.text[max(0, start - _REACH) : start]
    if not stretch.endswith(" "):
        return None
    for rule, lead, deed in _before():
        led = lead.search(stretch)
        if led is None or (many[0] and masked.among(*many.span())[0].kind is None):
            continue
        from_stop = re.split(r"[.;]", stretch[: led.start()] if rule != "deed_work" else stretch)[
            -1
        ]
        told = list(deed.finditer(from_stop))
        if not told:
            continue
        last = told[-1]
        base = (
            start
            - len(stretch)
            + (led.start() if rule != "deed_work" else len(stretch))
            - len(from_stop)
        )
        gap = from_stop[last.end() :]
        if rule == "deed_passive" and (
            _NEW_CLAUSE.search(gap)
            or (_done_by().fullmatch(last[0]) and not _event().search(from_stop))
        ):
            continue
        other = _OTHER_PARTICIPLE.search(gap.rstrip())
        if other and not _is_deed(other[0]):
            continue
        if rule == "deed_noun" and len(gap.split()) > _MOST_BETWEEN:
            continue
        return _deed(masked, many, base + last.start(), many.end(), rule, gap)
    return None


# A verb between "killed" and "by" begins another clause.
_NEW_CLAUSE = re.compile(r"\b(?:is|are|was|were|has|have|had|said|says|will|would|changed)\b", re.I)


@cache
def _done_by() -> re.Pattern[str]:
    return re.compile("|".join(load_words("deed_words.toml")["done_by"]), re.IGNORECASE)


@cache
def _event() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load_words('deed_words.toml')['event'])})\b", re.IGNORECASE)


_MOST_BETWEEN = 8  # words


def _leading(masked: MaskedSentence, many: re.Match[str]) -> Deed | None:
    """The deed behind a doer: "rebels killed", "a rebel ambush"."""
    text, start, end = masked.text, many.start(), many.end()
    first = masked.among(*many.span())[0]
    is_subject = first.kind is not None and _is_subject(text, start)
    for rule, pattern in _behind():
        told_of = first.kind is not None and _WHO_DID.match(text, end) is not None
        if rule in ("deed_active", "deed_second") and not (is_subject or told_of):
            continue
        match = pattern.match(text, end)
        if match is None:
            continue
        if "verb" in match.groupdict() and _PASSIVE.search(
            text, max(end, match.start("verb") - _HELPING_WORDS), match.start("verb")
        ):
            continue  # "the brigade, which holds the town, has been attacked"
        if rule == "deed_second" and _NO_NEWS.search(match["gap"]):
            continue
        if rule == "deed_compound" and not _is_compound(masked, first, match):
            continue
        if rule == "deed_work" and first.kind is None:
            continue
        return _deed(masked, many, start, match.end(), rule, "")
    return None


# "Threatened by the squads, who murdered six": a relative clause has its subject before it.
_WHO_DID = re.compile(r", (?:who|which) ", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:been|was|were|being|is|are|be|gets?|got)(?: \w+ly)? $", re.I)
_HELPING_WORDS = 30  # characters before a verb in which its helping words stand


# "More than 500 rebels attacked": how many they are belongs to the subject.
_ABOUT = re.compile(
    r"(?:about|some|around|at least|at most|more than|less than|over|nearly|almost|approximately"
    r"|up to|close to|no fewer than|an estimated) $",
    re.IGNORECASE,
)


def _is_subject(text: str, at: int) -> bool:
    about = _ABOUT.search(text, max(0, at - 16), at)
    at = about.start() if about else at
    before = text[max(0, at - 14) : at] if at > 13 else text[:at]
    if at > 13 and before[:1].isalnum():
        before = f" {before.partition(' ')[2]}" if " " in before else before
        return bool(_SUBJECT.search(before)) and not _JOINED.search(before) and bool(before.strip())
    return bool(_SUBJECT.search(before)) and not _JOINED.search(before)


def _deed(
    masked: MaskedSentence, many: re.Match[str], start: int, end: int, rule: str, gap: str
) -> Deed | None:
    doers = masked.among(*many.span())
    if rule == "deed_compound":
        doers = tuple(_without_article(masked, doer) for doer in doers[-1:])
    told = masked.text[start:end]
    doers = tuple(_as_body(masked, doer) for doer in doers)
    if doers[0].kind is ActorType.POLICE and _RAID.search(told):
        return None  # a police raid is a search
    clause = _CLAUSES.split(masked.text[max(0, start - 90) : start])[-1]
    if _WHO_DID.match(masked.text, many.end()):
        clause = ""  # what the main clause holds back is another thing
    untrue = _UNTRUE.search(clause)
    if untrue and rule == "deed_noun" and _FOILED.search(clause):
        untrue, rule = None, "deed_foiled"
    if _NOBODY.search(clause) or untrue or _UNTRUE.search(told):
        return None
    if _HABIT.search(told) or _MANY.match(masked.text, max(0, end - _MANY_REACH)):
        return None
    held_back = _HELD_BACK.search(clause[-45:]) or _HELD_BACK.search(told)
    first = masked.words[doers[0].start : doers[0].end]
    return Deed(
        doers=doers,
        either=" or " in many[0],
        hedged=held_back is not None or any(doer.hedged for doer in doers),
        start=start,
        end=end,
        own=_OWN.match(first) is not None,
        rule=rule,
    )


# "the group has previously attacked the town": told of other events than this one.
_HABIT = re.compile(
    r"\b(?:previously|regularly|routinely|frequently|repeatedly|often|sometimes|in the past)\b",
    re.IGNORECASE,
)
# "Troops foiled an attempt by rebels": whose attempt it was is told all the same.
_FOILED = re.compile(
    r"^(?!.*\b(?:if|not|never|no|would|plan\w*)\b).*\b(?:foil|thwart|repel|repuls)\w*"
    r" (?:an?|the|this|another) (?:\w+ )?$",
    re.IGNORECASE,
)
_MANY_REACH = 60  # characters
# "The group has carried out many attacks there": of no one event.
_MANY = re.compile(
    r"[^.;]{0,60}?\b(?:has|have|had) (?:\w+ly )?(?:carried out|staged|launched|mounted|conducted"
    r"|made"
    r"|claimed) (?:many|several|numerous|dozens of|scores of|hundreds of|a (?:number|series"
    r"|string|wave|spate|campaign)"
    r" of|most of|frequent|similar|other|previous|deadly) (?:[\w-]+ ){0,3}(?:attacks|raids|ambushes"
    r"|bombings|killings|strikes|assaults|kidnappings|abductions)\b",
    re.IGNORECASE,
)
_RAID = re.compile(r"\b(?:raid|operation)s?\b", re.IGNORECASE)
_CLAUSES = re.compile(r"[;:]|\bbut\b|\bwhile\b|\band (?:said|says|insisted)\b", re.IGNORECASE)
# "No rebels killed", "backed by Russian air strikes": no deed of this event.
_NOBODY = re.compile(
    r"\b(?:no|neither|nor|(?:backed|aided|supported|accompanied|helped|covered) by|cover of)\s*$",
    re.IGNORECASE,
)
_OWN = re.compile(r"(?:our|its|his|their)\b", re.IGNORECASE)


# "A government helicopter", "an army patrol": the article belongs to the thing, not to the body.
_BODY_OF = re.compile(r"an? (?=(?:\w+ )?(?:government|army|military|navy|police|air force)$)", re.I)


def _as_body(masked: MaskedSentence, doer: ActorPhrase) -> ActorPhrase:
    start, end = doer.name
    article = _BODY_OF.match(masked.words[start:end])
    return replace(doer, name=(start + article.end(), end)) if article else doer


def _without_article(masked: MaskedSentence, doer: ActorPhrase) -> ActorPhrase:
    """The doer of "an FMLN attack" is the FMLN."""
    start, end = doer.name
    article = re.match(r"an? ", masked.words[start:end], re.IGNORECASE)
    kind = doer.kind or ActorType.FOREIGN_STATE_FORCES
    return replace(doer, name=(start + article.end() if article else start, end), kind=kind)


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either(load_words('deed_words.toml')['cues'])})", re.IGNORECASE)


@lru_cache(maxsize=64)  # asked twice of each sentence
def may_tell_deed(sentence: str) -> bool:
    """Whether a sentence has a word without which it tells no deed and blames nobody."""
    return _cue().search(sentence) is not None


def _is_deed(word: str) -> bool:
    return _deed_word().fullmatch(word) is not None


@cache
def _deed_word() -> re.Pattern[str]:
    words = load_words("deed_words.toml")
    told = [*words["transitive"], *words["done_by"], *words["event"], "bombing"]
    return re.compile("|".join(told), re.IGNORECASE)


def _is_compound(masked: MaskedSentence, doer: ActorPhrase, match: re.Match[str]) -> bool:
    """Whether an actor before a deed did it: "a rebel ambush", "the front's shelling"."""
    words = masked.words[doer.start : doer.end]
    last = words.split()[-1].lower()
    if match["own"]:
        return doer.kind is not None
    if doer.kind is None:
        return is_state_adjective(words)
    return last in attributive_words() or (doer.named and not last.endswith("s"))
