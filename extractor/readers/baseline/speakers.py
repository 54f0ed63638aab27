"""Speakers in a sentence: who is said to say so, and through whom it reached the article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.readers.baseline.estimates import find_estimates
from extractor.readers.baseline.subjects import (
    LEAD,
    NEWS,
    NO_SUBJECT,
    OPENS,
    PRONOUN,
    find_subject,
)
from extractor.readers.baseline.tellers import find_tellings
from extractor.readers.baseline.voicing import is_known_speaker, may_speak
from extractor.vocabulary import either, has_any, small

# Verbs of saying: each pattern of these ends at a word's end, so their order is all one.
_SAY_WORDS = (
    r"went on(?=,| to (?:say|add)| that)",
    r"goes on(?=,| to (?:say|add)| that)",
    *("said", "says", "say", "saying", "reported", "reports", "report", "announced"),
    *("announces", "confirmed", "confirms", "confirm", "added", "adds", "told", "tells?"),
    *("stated", "states", "informs?", "explains?", "thinks?", "believes?", "warned", "warns"),
    *("claimed", "claims", "tweeted", "noted", "notes", "disclosed", "revealed", "reveals"),
    *(
        r"accused(?! of\b)",
        r"replied(?! (?:only|with|by|at once|after|to (?:the )?fire)\b)",
        "replies",
        "insisted",
        "insists",
        "argued",
        "argues",
        "alleged",
    ),
    *("alleges", "declared", "explained", "remarked", "indicated", "indicates", "pointed out"),
    *("acknowledged", "specified", "maintained", "maintains", "testified", r"blamed(?! for\b)"),
    *("blames",),
    *("recalled", "commented", "swore", "swears", "suggested", "suggests", "retorted", "wrote"),
    *("asserted", "asserts", "stressed", "estimated", "estimates", "charged that", "affirmed"),
    *("related", "recounted", "admitted that", "complained", "concluded", "denounced"),
    *("informed", "emphasi[sz]ed", "put the (?:death )?toll", "counted"),
    *("reckons?", "reckoned", "calculates", "calculated"),
)
_SAY = rf"(?:{either(_SAY_WORDS)})"
_NAME = (
    r"(?-i:[A-Z])[\w.'\u2019-]*"
    r"(?: (?:(?-i:[A-Z])[\w.'\u2019-]*|al|de|la|bin|von|van|del|dos|da|di|el)){0,5}"
)
_ACCORDING = re.compile(
    r"\baccording to (?P<who>[^,.;:\"\u201c\u201d\n]{2,90}?)"
    r"(?=[,.;:\"\u201c\u201d\n]|$| (?:who|which|that|as|when|after|in|on)\b)",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\s(?:has |have |had |also |later |further |would |in a statement"
    rf" )*(?P<verb>{_SAY})\b(?! to have\b| (?:responsib(?!\w+ (?:lay|lies|rest|fell|falls))"
    rf"|credit|the li[fv]e|\w+ lives))",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|announced|stated|according to|reportedly|put the toll)\b", re.IGNORECASE
)
_APPOSED = re.compile(
    r"(?:^|[;:\"\u201c\u201d] ?|, )(?P<who>[A-Z][^,;:\"\u201c\u201d]{2,80}),"
    r" [^,;:\"\u201c\u201d]{3,80},"
    rf" (?:has |have |had |also )?{_SAY}\b"
)
# "Said Ana Ruiz, secretary of the council," and "said a police spokesman": the speaker comes after.
_SAID_BY = re.compile(
    r"(?:^|[,\"\u201d\u2019] ?|\b(?:as|so) )(?:said|says|reported|added|adds|explained|stated"
    r"|according to|told reporters|announced|noted)"
    r" (?P<who>(?:(?:[A-Z][\w.'\u2019-]+|al|de|la|bin|ul|von|of|the) ?){1,6}(?:, (?!who\b"
    r"|whose\b|which\b|where\b|but\b|and\b|as\b|when\b"
    r"|adding|saying|citing|\w+ing\b)(?:[a-z]|[A-Z]{2})[^,.;\"\u201d]{2,70}(?=[,.;]|$))?"
    r"|(?:a|an|the|one|its|his|her|their|local|senior|police|army|military|hospital"
    r"|several) (?:[A-Z][\w-]* ){0,3}[a-z][^,.;:\"\u201d]{2,70}?"
    rf"(?:, {_NAME})?)"
    r"(?=[,.;:\"\u201d]|$| (?:who|on|in a|after|when|as|by telephone|by phone)\b)"
)
# "The warden of the mill, Odo Brod, said": whom the title tells and the name is one.
_TITLED = re.compile(
    rf"(?<![\w'\u2019-])(?P<who>{OPENS} [^,.;:\"\u201c\u201d]{{2,70}}, {_NAME}),?"
    rf" (?:has |have |had |also )?{_SAY}\b"
)
# "Told Radio Kafue", "told reporters": through whom it reached the article.
_VIA = re.compile(
    r"\btold (?P<via>(?:the |a |an |two |several )?(?:(?:state|local|national|official|private"
    r"|foreign|eastern|western|regional)(?:-run)? )?"
    r"(?:(?:[A-Z][\w.'\u2019-]+ ?){1,4}(?:newspaper|television|radio|agency|news agency|website"
    r"|daily)?"
    r"|(?:radio|television|tv|newspapers?|news agency|media)(?: (?:station"
    r"|channel))?(?: [A-Z]\w+){0,3}"
    r"|(?:reporters|journalists) in [A-Z]\w+))"
)
_VIA_BEFORE = re.compile(
    r"(?P<via>(?:[A-Z][\w.'\u2019-]+ ?){1,4}(?:newspaper|television|radio|agency|daily)?"
    r"|(?:local|state|the) (?:media|newspapers?|press|news agency))"
    r",? (?:has |have )?(?:reported|said|quoted|citing|reports)[^.;]{0,60}?(?:, citing|, quoting"
    r"|,? quot(?:ed|es)|citing) (?P<who>[^,.;:\"\u201c]{2,80}?)"
    r"(?=[,.;:\"\u201c]| as saying| who| that|$)"
)


# "This agency quoted the mayor of Brod as saying": the mayor says so.
_QUOTED = re.compile(
    r"\b(?:cited|quoted|citing|quoting) (?P<who>[^,.;:\"\u201c\u201d]{3,70}?) as saying\b"
)


# "Here is the army's morning statement: \u2026": the army says what follows.
_STATEMENT_OF = re.compile(
    r"\b(?P<who>[Tt]he (?:[\w-]+ ){0,3}?[\w-]+|[A-Z][\w-]+(?: [A-Z][\w-]+){0,3})['\u2019]s?"
    r" (?:[a-z-]+ ){0,2}?(?:statement|communiqu\w+|bulletin|message|account|version|answer|reply)"
    r"\b[^:.;\"\u201c]{0,80}: ?(?=[\"\u201c])"
)


@dataclass(frozen=True, kw_only=True)
class SpeakerMention:
    """Somebody said to say so; `who` is a span of the sentence, or `None` for a pronoun."""

    who: tuple[int, int] | None
    at: int
    via: tuple[int, int] | None = None
    """Through whom it reached the article, if the sentence tells."""


def find_speakers(sentence: str) -> tuple[SpeakerMention, ...]:
    """Every speaker that a sentence names, in order."""
    found = [
        *_by_according(sentence),
        *_by_apposition(sentence),
        *_by_subject(sentence),
        *_by_figure(sentence),
        *_by_inversion(sentence),
        *_by_estimate(sentence),
    ]
    relays, titled = tuple(_by_relay(sentence)), tuple(_by_title(sentence))
    full = {one.at for one in relays} | {one.at for one in titled}
    kept = [one for one in found if one.at not in full]
    return tuple(sorted((*kept, *relays, *titled), key=lambda mention: mention.at))


def is_reported(sentence: str) -> bool:
    """Whether a sentence has a reporting verb or "according to", outside of quoted speech."""
    return _REPORTED.search(sentence) is not None


def _by_according(sentence: str) -> Iterator[SpeakerMention]:
    if "according to " in small(sentence):
        for match in _ACCORDING.finditer(sentence):
            yield SpeakerMention(who=match.span("who"), at=match.start())
    if ": " in sentence:
        for match in _STATEMENT_OF.finditer(sentence):
            yield SpeakerMention(who=match.span("who"), at=match.end() - 1)
    if " as saying" in sentence:
        for match in _QUOTED.finditer(sentence):
            yield SpeakerMention(who=match.span("who"), at=match.end())


def _by_subject(sentence: str) -> Iterator[SpeakerMention]:
    for match in _SAID.finditer(sentence):
        span = find_subject(sentence, match.start())
        if span is not None:
            who = None if PRONOUN.match(sentence[slice(*span)]) else span
            at = match.start("verb")
            yield SpeakerMention(who=who, at=at, via=_via(sentence, at, match["verb"]))


def _via(sentence: str, at: int, verb: str) -> tuple[int, int] | None:
    """The outlet that somebody told it to."""
    match = _VIA.match(sentence, at) if verb.lower() == "told" else None
    if match is None or match["via"].rstrip().lower() in _NO_OUTLET:
        return None
    return match.start("via"), match.start("via") + len(match["via"].rstrip())


_NO_OUTLET = frozenset({"the", "a", "an", "us", "two", "several"})


def is_quoted(sentence: str, at: int) -> bool:
    """Whether a place of a sentence lies in a quotation, be it one that goes on."""
    inside = False
    marks = list(_MARK.finditer(sentence))
    if marks and _closes(sentence, marks[0]):
        inside = True  # the quotation began in a sentence before
    for mark in marks:
        if mark.start() >= at:
            break
        inside = not inside if mark[0] == '"' else mark[0] == "\u201c"
    return inside


_MARK = re.compile(r"[\"\u201c\u201d]")


def _closes(sentence: str, mark: re.Match[str]) -> bool:
    """Whether a quotation mark ends a quotation: a word before it, none after it."""
    if mark[0] != '"':
        return mark[0] == "\u201d"
    before, after = sentence[: mark.start()][-1:], sentence[mark.end() :][:1]
    return before not in ("", " ", "(", "[") and after in ("", " ", ",", ".", ";", ")")


def _by_relay(sentence: str) -> Iterator[SpeakerMention]:
    """Somebody cited by an outlet: "the agency reported, citing the hospital"."""
    if "cit" not in sentence and "quot" not in sentence:
        return
    for match in _VIA_BEFORE.finditer(sentence):
        via = match.start("via"), match.start("via") + len(match["via"].rstrip())
        yield SpeakerMention(who=match.span("who"), at=match.start("who"), via=via)


def _by_apposition(sentence: str) -> Iterator[SpeakerMention]:
    """The name before a description speaks: "The Observatory, a war monitor, said"."""
    if sentence.count(",") < _COMMAS_OF_APPOSITION:
        return
    for match in _APPOSED.finditer(sentence):
        lead = LEAD.match(match["who"])
        start = match.start("who") + (lead.end() if lead else 0)
        who = sentence[start : match.end("who")]
        if not NEWS.search(who) and not NO_SUBJECT.search(who):
            yield SpeakerMention(who=(start, match.end("who")), at=match.end() - 1)


_COMMAS_OF_APPOSITION = 2


def _by_title(sentence: str) -> Iterator[SpeakerMention]:
    """The title and the name behind it speak: "The warden, Odo Brod, said"."""
    if "," not in sentence:
        return
    for match in _TITLED.finditer(sentence):
        who = match["who"]
        title = who.rpartition(", ")[0]
        if not NEWS.search(title) and may_speak(who):
            yield SpeakerMention(who=match.span("who"), at=match.end() - 1)


def _by_figure(sentence: str) -> Iterator[SpeakerMention]:
    """Somebody gives a figure: "the clinic put the dead at five", "the army's count"."""
    for telling in find_tellings(sentence):
        if telling.before is None:
            yield SpeakerMention(who=None, at=telling.at)
            continue
        span = find_subject(sentence, telling.before) or _before_aside(sentence, telling.before)
        if span is None or _SAYING.search(sentence, *span) or _LED.match(sentence, *span):
            continue  # "by the clinic's count" is an estimate
        who = None if PRONOUN.match(sentence[slice(*span)]) else span
        if who is None or is_known_speaker(sentence[slice(*who)]):
            yield SpeakerMention(who=who, at=telling.at)


def _by_estimate(sentence: str) -> Iterator[SpeakerMention]:
    """Whose count a figure is: "by the tally of the monitor", "going by a union official"."""
    for span, at in find_estimates(sentence):
        if span is None or is_known_speaker(sentence[slice(*span)]):
            yield SpeakerMention(who=span, at=at)


def _before_aside(sentence: str, at: int) -> tuple[int, int] | None:
    """The subject before an aside: "Wives at the gate, some of them in tears, spoke of"."""
    match = _ASIDE.search(sentence, max(0, at - 160), at)
    if match is None or NO_SUBJECT.search(match["who"]) or NEWS.search(match["who"]):
        return None
    return match.span("who")


_ASIDE = re.compile(
    r"(?:^|[.;:\"\u201c\u201d] ?)(?P<who>[A-Z][^,.;:\"\u201c\u201d]{2,60}),"
    r" [^,;:\"\u201c\u201d]{3,80},$"
)
_LED = re.compile(r"(?:by|in|on|per|from|going) ", re.IGNORECASE)
_SAYING = re.compile(rf"\b{_SAY}\b", re.IGNORECASE)


def _by_inversion(sentence: str) -> Iterator[SpeakerMention]:
    if not has_any(sentence, _SAID_BY_CUES):
        return
    for match in _SAID_BY.finditer(sentence):
        who = match["who"].rstrip(" .")
        if who.lower() in _NO_OUTLET or PRONOUN.match(who):
            continue
        span = (match.start("who"), match.start("who") + len(who))
        yield SpeakerMention(who=span, at=match.start())


_SAID_BY_CUES = (
    *("said ", "says ", "reported ", "added ", "adds ", "explained ", "stated "),
    *("according to ", "told reporters ", "announced ", "noted "),
)
