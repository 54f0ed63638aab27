"""Deeds: who is told as the doer of one, whoever tells it and however surely.

"Rebels killed two", "killed by the army", "an attack by the front", "the front's shelling". A passive
without a doer names nobody, and neither does a weapon or an even clash.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extractor.codes import ActorType
from extractor.readers.baseline.actors import (
    ActorPhrase,
    attributive_words,
    is_state_adjective,
)
from extractor.readers.baseline.masking import ANYBODY, DOER, KNOWN, NAMED, MaskedSentence, listed
from extractor.readers.baseline.words import load_words


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
    r"(?: (?:have|has|had|also|then|later|reportedly|allegedly|apparently|presumably|today|yesterday"
    r"|last night|this morning|\w+ly|(?:on |late |early )?\w+day)){0,3}+"
)
_GAP = (
    rf"(?: \([^)]{{1,60}}\)|,? (?:who|which|that) (?!.{{0,40}}\b(?:were|was) (?:killed|wounded|injured))[^.;:]{{1,90}}?"
    rf"|, [^.;:]{{1,80}},| (?:on|in|of|from|with|at|near|inside|aboard|armed with|riding|dressed|disguised"
    rf"|wearing|travel\w+|belonging|who were|using|driving|identified as|calling)\b[^.;:,]{{1,70}}?)"
)
# A doer is the subject only where no preposition owns it: "an attack on soldiers killed five".
_SUBJECT = (
    r"(?:(?<=^)|(?<=^\W)|(?<=[,;:\"\u201c\u201d\u2014\u2013-] )|(?<=[\"\u201c(])"
    r"|(?<=\band )|(?<=\bthat )|(?<=\bwhen )|(?<=\bafter )|(?<=\bbefore )|(?<=\bwhile )|(?<=\bas )|(?<=\bbut )"
    r"|(?<=\bwhere )|(?<=\bsaid )|(?<=\bsays )|(?<=day )|(?<=\bnight )|(?<=morning )|(?<=evening )|(?<=afternoon )"
    r"|(?<=\bmeanwhile )|(?<=\bago )|(?<=\bbecause )|(?<=\bsince )|(?<=\bthen )|(?<=\blater )|(?<=\d )"
    rf"|(?<=[\ue800-\uebff] )|(?<=reported )|(?<=claimed )|(?<=added )|(?<=department )|(?<=city )|(?<=confirmed ))"
    r"(?<![\ue000-\ue7ff] and )(?<![\ue000-\ue7ff] or )(?<![\ue000-\ue7ff], )"
)
_OBJECT = (
    r"(?! (?:by|in|on|when|during|and|at|near|after|while|as|for|from|following|since|this|last|here|there|over|across"
    r"|yesterday|today|inside|outside|or|were|was|had|have|has|with|along)\b| ?[,.;:)\u201d\"]| ?$)(?= ?\S)"
)
_HELD_BACK = re.compile(
    r"\b(?:allegedly|reportedly|apparently|presumably|probably|possibly|supposedly|purportedly|perhaps|likely|seemingly"
    r"|believed|thought|suspected|presumed|assumed|alleged|(?:may|might|could|must) (?:well )?have)\b",
    re.IGNORECASE,
)
_UNTRUE = re.compile(
    r"\b(?:if|unless|whether|neither|nor|not|never|no evidence|no proof|no sign|untrue|false(?:ly)?|doubt\w*|den(?:y|ies|ied|ying)"
    r"|reject\w*|dismiss\w*|would|rumou?r\w*|fear\w*|threat\w*|plan(?:s|ned|ning)? to|prevent\w*|avoid\w*|foil\w*|thwart\w*"
    r"|warn\w*|n['\u2019]t|acquitted|cleared|in case|as if|alert\w*|against possible|simulat\w*)\b|^\W?(?:no|had)\b",
    re.IGNORECASE,
)
# "Held by rebels", "an area controlled by the army": what stands before "by" is no deed.
_OTHER_PARTICIPLE = re.compile(
    r"\b(?!(?:indiscriminately|dead|down)\b)(?:\w+ed|held|led|run|known|set up|seen|found|told|taken|given|sent|driven|heard|hidden|surrounded|drawn|built|worn|ridden"
    r"|\w+ing)$",
    re.IGNORECASE,
)
_NO_NEWS = re.compile(
    r"\b(?:killed|wounded|injured|shot|captured|arrested|detained|dead|died|said|says|told|reported|found|lost)\b", re.I
)


@cache
def _patterns() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    words = load_words("deed_words.toml")
    hit, done = "|".join(words["transitive"]), "|".join(words["intransitive"])
    event, compound = "|".join(words["event"]), "|".join(words["compound"])
    many = listed(DOER)
    return tuple(
        (rule, cues, re.compile(pattern, re.IGNORECASE))
        for rule, cues, pattern in (
            (
                "deed_active",
                (),
                rf"{_SUBJECT}(?P<who>{many})(?P<gap>{_GAP}{{0,2}}?),?{_ADVERBS} "
                rf"(?P<verb>(?:{done})\b|(?:{hit})\b(?:(?: and|,|, and) (?:{hit}))?{_OBJECT})",
            ),
            (
                "deed_second",
                (),
                rf"{_SUBJECT}(?P<who>{many})(?P<gap> [^.;:\ue000-\ue7ff]{{3,110}}?)(?:,? and|,|, then|, before)"
                rf"{_ADVERBS} (?P<verb>(?:{done})\b|(?:{hit})\b{_OBJECT}|(?:killing|wounding|injuring|murdering)\b)",
            ),
            (
                "deed_passive",
                (" by ",),
                rf"\b(?P<verb>{hit}|killing|victims?|dead)\b(?P<gap>[^.;]{{0,110}}?) by "
                rf"(?P<hedge>(?:\w+ly |what \w+ (?:called|described as) |men (?:from|of) )?)(?P<who>{many})",
            ),
            (
                "deed_noun",
                (" by ",),
                rf"\b(?P<verb>{event})(?P<gap>(?: [\w\u2019'-]+){{0,6}}?) by (?P<hedge>(?:\w+ly )?)(?P<who>{many})",
            ),
            (
                "deed_compound",
                (),
                rf"(?P<who>{KNOWN}|{NAMED})(?P<own>['\u2019]s?)? (?P<gap>(?:[\w-]+ ){{0,2}}?)(?P<verb>{compound})\b(?! (?:on|from) (?:a )?(?:rebel|militant)s?\b)",
            ),
            (
                "deed_work",
                ("work of", "hands of", "responsib", "behind", "did it", "did this"),
                rf"(?:\b(?:the work|at the hands) of (?P<who>{many})"
                rf"|(?P<doer>{listed(NAMED)}){_ADVERBS} (?:(?:is|are|was|were|be|been|being) (?:directly |allegedly )?(?:responsible for|behind)|did (?:it|this))\b)",
            ),
        )
    )


def find_deeds(masked: MaskedSentence) -> Iterator[Deed]:
    """Every deed of a sentence with its doers, in the order of the rules."""
    if not masked.actors:
        return
    for rule, cues, pattern in _patterns():
        if cues and not any(cue in masked.text for cue in cues):
            continue
        for match in pattern.finditer(masked.text):
            deed = _deed(masked, match, rule)
            if deed is not None:
                yield deed


def _deed(masked: MaskedSentence, match: re.Match[str], rule: str) -> Deed | None:
    parts = match.groupdict()
    field = "doer" if parts.get("doer") else "who"
    doers = masked.among(*match.span(field))
    if rule == "deed_compound":
        doers = tuple(_without_article(masked, doer) for doer in doers)
    gap = parts.get("gap") or ""
    if rule in ("deed_passive", "deed_noun"):
        last = _OTHER_PARTICIPLE.search(gap.rstrip())
        if last and not _is_deed(last[0]):
            return None
    if rule == "deed_second" and _NO_NEWS.search(gap):
        return None
    if rule == "deed_compound" and not _is_compound(masked, masked.among(*match.span(field))[0], match):
        return None
    before = masked.text[max(0, match.start() - 90) : match.start()]
    clause = re.split(r"[;:]|\bbut\b|\bwhile\b", before)[-1]
    if _UNTRUE.search(clause) or _UNTRUE.search(match[0]):
        return None
    held_back = _HELD_BACK.search(clause[-45:]) or _HELD_BACK.search(match[0])
    first = masked.words[doers[0].start : doers[0].end]
    return Deed(
        doers=doers,
        either=" or " in match[field],
        hedged=held_back is not None or any(doer.hedged for doer in doers),
        start=match.start(),
        end=match.end(),
        own=re.match(r"(?:our|its|his|their)\b", first, re.I) is not None,
        rule=rule,
    )


def _without_article(masked: MaskedSentence, doer: ActorPhrase) -> ActorPhrase:
    """The doer of "an FMLN attack" is the FMLN."""
    start, end = doer.name
    article = re.match(r"an? ", masked.words[start:end], re.IGNORECASE)
    kind = doer.kind or ActorType.FOREIGN_STATE_FORCES
    return replace(doer, name=(start + article.end() if article else start, end), kind=kind)


def _is_deed(word: str) -> bool:
    return _deed_word().fullmatch(word) is not None


@cache
def _deed_word() -> re.Pattern[str]:
    words = load_words("deed_words.toml")
    told = [*words["transitive"], *words["event"], "conducted", "committed", "made", "executed", "led", "bombing"]
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


__all__ = ["ANYBODY", "Deed", "find_deeds"]
