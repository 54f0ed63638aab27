"""Speakers in a sentence: who is said to say so, and whether they are a side of the fighting."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.codes import SpeakerType
from extractor.readers.baseline.words import is_described_person, speaker_type
from extractor.resolve.dates import WEEKDAYS
from extractor.wire import WireSpeaker

_SAY = (
    r"(?:said|says|say|saying|reported|reports|report|announced|announces|confirmed|confirms"
    r"|added|adds|told|stated|states"
    r"|claimed|claims|tweeted|noted|notes|disclosed|revealed|reveals|accused|replied|replies"
    r"|insisted|insists|argued|argues|alleged"
    r"|alleges|declared|explained|remarked|indicated|indicates|pointed out|acknowledged"
    r"|specified|maintained|maintains|testified"
    r"|recalled|commented|swore|swears|suggested|suggests|retorted|wrote|asserted|asserts"
    r"|stressed|estimated|estimates|charged that"
    r"|affirmed|related|recounted|admitted that|complained|concluded|denounced|informed"
    r"|emphasi[sz]ed|put the (?:death )?toll|counted)"
)
_ACCORDING = re.compile(
    r"\baccording to (?P<who>[^,.;:\"\u201c\u201d\n]{2,90}?)"
    r"(?=[,.;:\"\u201c\u201d\n]|$| (?:who|which|that|as|when|after|in|on)\b)",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\s(?:has |have |had |also |later |further |would |in a statement"
    rf" )*(?P<verb>{_SAY})\b(?! to have\b| (?:responsib|credit|the li[fv]e|\w+ lives))",
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
    r"|several) [a-z][^,.;:\"\u201d]{2,70}?)"
    r"(?=[,.;:\"\u201d]|$| (?:who|on|in a|after|when|as|by telephone|by phone)\b)"
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
_LEAD = re.compile(
    r"^(?:(?:but|and|while|meanwhile|however|earlier|later|also|that|as|although|though|where|in"
    r" a statement|initially|recently|additionally|similarly|previously|separately"
    r"|(?:which|that)(?= \w)"
    r"|on (?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december) \d{1,2}"
    r"|in a report|\d{1,2} \w+ \d{4}|on|late|early|yesterday|today|overnight|"
    + "|".join(WEEKDAYS)
    + r")\b,?\s*)+",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"\b(?:killed|killing|kills?|wounded|injured|dead|died|people|civilians|casualties|attack"
    r"|blast|was|were"
    r"|had|has|is|are|" + "|".join(WEEKDAYS) + r")\b\s*",
    re.IGNORECASE,
)
_OTHER_VERB = re.compile(
    r"\s(?:gave|has|had|did|does|visited|arrived|declined|refused|went|came|\w+ed)\b.*\band\s*$"
    r"|\sand\s*$",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"no (?:group|one|organi[sz]ation|party|side)|nobody|none", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|they|it|who|which|the group)$", re.IGNORECASE)
_CAPITALS = re.compile(r"(?:\b[A-Z][\w.'\u2019-]* +)*\b[A-Z][\w.'\u2019-]*(?: +[a-z]+){0,2}$")
# "five militiamen the Observatory" said: the speaker is "the Observatory". After a preposition or
# "and" the words belong together: "a spokesman for the army", "police and the army".
_NO_SUBJECT = re.compile(
    r"^(?:there|when|he|she|they|we|i|but|not|no|multiple|according|under|if)\b"
    r"|\b(?:to|been|have|not|no|now|as|but|be|is|are|refused|met|continued)$|\b(?:I|met|refused)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?<!\bof )(?<!\bfor )(?<!\bin )(?<!\bfrom )(?<!\bat )(?<!\bto )(?<!\band )(?<!\bwith"
    r" )(?<!\bby )(?<!\bon )"
    r"\b(?:the|a|an)\b",
    re.IGNORECASE,
)
_DRAGGED = re.compile(r"(?:scores|dozens|others|several|many|more|them)\b", re.IGNORECASE)
_PHRASE_WORDS = 7  # "the monitoring group the Syrian Observatory" and the like fit
_SUBJECT_WORDS = 14  # a longer description has caught a piece of the news itself


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
        *_by_inversion(sentence),
    ]
    relays = tuple(_by_relay(sentence))
    kept = [one for one in found if not any(relay.at == one.at for relay in relays)]
    return tuple(sorted((*kept, *relays), key=lambda mention: mention.at))


def is_reported(sentence: str) -> bool:
    """Whether a sentence has a reporting verb or "according to", outside of quoted speech."""
    return _REPORTED.search(sentence) is not None


def _by_according(sentence: str) -> Iterator[SpeakerMention]:
    for match in _ACCORDING.finditer(sentence):
        yield SpeakerMention(who=match.span("who"), at=match.start())


def _by_subject(sentence: str) -> Iterator[SpeakerMention]:
    for match in _SAID.finditer(sentence):
        span = _subject(sentence, match.start())
        if span is not None:
            who = None if _PRONOUN.match(sentence[slice(*span)]) else span
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


def subject_before(sentence: str, at: int) -> tuple[int, int] | None:
    """The subject of a verb that stands at a place; empty for a pronoun, or if there is none."""
    helping = _HELPING.search(sentence, 0, at)
    span = _subject(sentence, helping.start() if helping else at)
    return None if span is None or _PRONOUN.match(sentence[slice(*span)]) else span


_HELPING = re.compile(
    r"(?: (?:has|have|had|also|later|\w+ly|on \w+day|\w+day|yesterday|today|tonight|last \w+"
    r"|this \w+)){0,4}\s*$",
    re.I,
)


def _subject(sentence: str, at: int) -> tuple[int, int] | None:
    """Where the subject of a verb of saying stands that begins at a place."""
    start = max(sentence.rfind(mark, 0, at) for mark in ',;:"\u201c\u201d()') + 1
    words = sentence[start:at]
    start += len(words) - len(words.lstrip())
    for news in _NEWS.finditer(sentence, start, at):
        start = news.end()
    lead = _LEAD.match(sentence[start:at])
    start += lead.end() if lead else 0
    who = _without_other_verbs(sentence[start:at])
    if not who or len(who.split()) > _SUBJECT_WORDS or _NOBODY.match(who):
        return None
    if who.lower() in ("the", "a", "an") or _NO_SUBJECT.search(who):
        return None  # "the accused", "there have been no": nobody is said to speak
    drag = _last_phrase(who)
    return start + drag, start + len(who)


def _by_relay(sentence: str) -> Iterator[SpeakerMention]:
    """Somebody cited by an outlet: "the agency reported, citing the hospital"."""
    if "cit" not in sentence and "quot" not in sentence:
        return
    for match in _VIA_BEFORE.finditer(sentence):
        via = match.start("via"), match.start("via") + len(match["via"].rstrip())
        yield SpeakerMention(who=match.span("who"), at=match.start("who"), via=via)


def _by_apposition(sentence: str) -> Iterator[SpeakerMention]:
    """The name before a description speaks: "The Observatory, a war monitor, said"."""
    for match in _APPOSED.finditer(sentence):
        lead = _LEAD.match(match["who"])
        start = match.start("who") + (lead.end() if lead else 0)
        who = sentence[start : match.end("who")]
        if not _NEWS.search(who) and not _NO_SUBJECT.search(who):
            yield SpeakerMention(who=(start, match.end("who")), at=match.end() - 1)


def _without_other_verbs(subject: str) -> str:
    """A subject without a verb it has before: "police gave no figure and" said is "police"."""
    told = _OTHER_VERB.search(subject)
    return (subject[: told.start()] if told else subject).rstrip()


def _last_phrase(subject: str) -> int:
    """Where the speaker's own description begins in a subject that drags other words along."""
    openings = [match.start() for match in _OPENING.finditer(subject) if match.start()]
    known = [at for at in openings if speaker_type(subject[at:]) is not SpeakerType.OTHER]
    if known:
        return known[-1]
    known_kind = speaker_type(subject) is not SpeakerType.OTHER
    whole = known_kind and not _DRAGGED.match(subject) and not re.search(r"\d", subject)
    if whole or (len(subject.split()) <= _PHRASE_WORDS and not _DRAGGED.match(subject)):
        return 0
    capitals = _CAPITALS.search(subject)
    return openings[-1] if openings else capitals.start() if capitals else 0


def _by_inversion(sentence: str) -> Iterator[SpeakerMention]:
    for match in _SAID_BY.finditer(sentence):
        who = match["who"].rstrip()
        if who.lower() in _NO_OUTLET or _PRONOUN.match(who):
            continue
        span = (match.start("who"), match.start("who") + len(who))
        yield SpeakerMention(who=span, at=match.start())


def wire_speaker(
    description: str, *, sides: frozenset[SpeakerType], via: str | None = None
) -> WireSpeaker:
    """A speaker as an answer has it; `sides` are the kinds of speakers that fight."""
    kind = speaker_type(description)
    return WireSpeaker(name_text=description, type=kind, via_text=via, is_party=kind in sides)


def may_speak(description: str) -> bool:
    """Whether a description can be a speaker's: of a known kind, with a name, or of a person."""
    return (
        speaker_type(description) is not SpeakerType.OTHER
        or any(map(str.isupper, description))
        or is_described_person(description)
    )


ARTICLE_VOICE = WireSpeaker(
    name_text=None, type=SpeakerType.ARTICLE_VOICE, via_text=None, is_party=False
)
UNNAMED = WireSpeaker(name_text=None, type=SpeakerType.UNKNOWN, via_text=None, is_party=False)

_STATE_FIGHTS = re.compile(
    r"\b(?:government|regime|army|military|state|president\w*)(?:'s|\u2019s)?[ -](?:forces"
    r"|troops|soldiers|offensive"
    r"|air ?strikes?|shelling|warplanes|jets|assault|attack|bombardment|held|controlled"
    r"|allied|backed|onslaught|raids?)"
    r"|\b(?:army|troops|soldiers|warplanes|security forces|armed forces) (?:\w+"
    r" ){0,2}(?:killed|shelled|attacked|clashed|fought"
    r"|bombed|stormed|opened fire|raided|struck|captured|advanced|battled)"
    r"|\b(?:rebels?|insurgents?|militants?|guerrillas?|opposition fighters?|taliban"
    r"|islamic state)\b",
    re.IGNORECASE,
)


def fighting_speakers(text: str) -> frozenset[SpeakerType]:
    """Which kinds of speakers are organs of a side, in an article of this text.

    Armies and armed groups always are; a government and its media are where the article shows the
    state fighting, not where police deal with a crime.
    """
    sides = {SpeakerType.MILITARY, SpeakerType.ARMED_GROUP}
    if _STATE_FIGHTS.search(text):
        sides |= {SpeakerType.GOVERNMENT, SpeakerType.STATE_MEDIA}
    return frozenset(sides)
