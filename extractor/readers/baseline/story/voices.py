"""Voices: who says what a sentence says, and how far a voice reaches (R8)."""

import re
from dataclasses import dataclass, field

from extractor.codes import SpeakerType
from extractor.readers.baseline.speakers import SpeakerMention
from extractor.readers.baseline.story.quotations import Quotations, Voice
from extractor.readers.baseline.story.scenes import Scene
from extractor.readers.baseline.story.withdrawals import is_withdrawn
from extractor.readers.baseline.voicing import ARTICLE_VOICE, UNNAMED, may_speak, wire_speaker
from extractor.readers.baseline.words import spans_of
from extractor.wire import WireSpeaker

# Where another speaker may take over within a sentence.
_CLAUSE = re.compile(r",? (?:while|whereas|although|but)\b|; ", re.IGNORECASE)
# ", in which the rebels say 30 died,": who speaks in it is not heard outside of it.
_ASIDE = re.compile(
    r", (?:(?:in|of|by|for|at|from|during) )?(?:which|whom|who)\b[^,;:\"\u201c\u201d]{3,90},",
    re.IGNORECASE,
)
# ", which activists blamed on the army,": they blame, and give no figure.
_BLAMING = re.compile(r", which [^,;:]{2,60}? blam(?:ed|es|e) on [^,;:]{2,60},", re.IGNORECASE)
# "The source", "this official": somebody told of before; "Dr Brod", "Mr Brod" as well.
_AGAIN = re.compile(r"(?:the|this|that) (?:same )?[a-z]+$", re.IGNORECASE)
_SURNAME = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Captain|Colonel|General|Major|Father|Sister)\.? )?[A-Z][\w-]+$"
)
_SAYS = "said|says|added|adds|told (?:reporters|journalists)|recalled|explained"
# "The police in Brod inform the public:" what follows is their statement.
_ISSUES = re.compile(
    r"^(?P<who>(?:[Tt]he|[Oo]ur|[Tt]his|We,) [^.;:\"\u201c\u201d]{2,60}?),?"
    r" (?:hereby )?(?:informs? the (?:public|population|press)|makes? (?:it )?known"
    r"|brings? to the (?:knowledge|attention) of)\b"
)
# "\u2026," said the minister, after seven were killed: the quotation is all that he said.
_BEHIND_QUOTE = re.compile(
    rf"(?<=[\w,.!?])[\"\u201d],? (?:(?:{_SAYS}) [^,;:\"\u201c\u201d]{{2,80}}?"
    r"|[^,;:\"\u201c\u201d]{2,80}?"
    rf" (?:{_SAYS})(?: (?:on )?\w+day)?),?"
    r" (?:(?:hours|a day|days|shortly|just|soon) )?(?:after|when|following|whose|who lost)\b",
)
_SAID_AGAIN = re.compile(rf"\b(?:{_SAYS}|saying|adding|according to)\b|[\"\u201c]")
_ONE_PERSON = re.compile(r"\b(?:he|she)(?: (?:also|later|has|had|then)){0,2} $", re.IGNORECASE)
_BODY = re.compile(
    r"(?:\b(?:police|army|military|government|ministry|media|agency|radio|television|tv"
    r"|observatory|network|council|embassy|people|men|women|isaf|nato|newspaper|statement|report)"
    r"|(?<!s)s)$",
    re.IGNORECASE,
)
# "That is the account of the cooperative.": it says what the sentence before tells.
_ACCOUNT = re.compile(
    r"^(?:(?:That|This|Such)(?:, at least,)? (?:is|was) (?:at least |only |also )?the (?:account"
    r"|version|story|view|word|claim|testimony|opinion|finding) of|(?:So|Thus) (?:says|said|say))"
    r" (?P<who>[^,.;:\"\u201c\u201d]{3,80})"
)
_LOOK_BACK = 12  # speakers; nobody means one of so many before


def _is_told_behind_quote(words: str, at: int) -> bool:
    """Whether the article itself tells what stands behind a quotation and its speaker."""
    if '"' not in words and "\u201d" not in words:
        return False
    match = _BEHIND_QUOTE.search(words, 0, at)
    return match is not None and _SAID_AGAIN.search(words, match.end()) is None


@dataclass(kw_only=True)
class Voices:
    """Who speaks in the sentences of an article, one after another."""

    sides: frozenset[SpeakerType]
    _heard: dict[int, list[tuple[int, Voice]]] = field(
        default_factory=dict[int, list[tuple[int, Voice]]]
    )
    """Who speaks where in a sentence, by where the sentence starts."""
    _silent: dict[int, Voice] = field(default_factory=dict[int, Voice])
    """Who speaks where no speaker was found."""
    _paragraph: list[int] = field(default_factory=list[int])
    """Where the sentences of the paragraph start that were heard so far."""
    _last_speaker: WireSpeaker | None = None
    _issuer: WireSpeaker | None = None
    """Who issues the statement that the article is."""
    _issuer_words: str | None = None
    _quotations: Quotations = field(default_factory=Quotations)
    _named: list[WireSpeaker] = field(default_factory=list[WireSpeaker])
    """Everybody who spoke, in order."""

    def hear(self, scene: Scene) -> None:
        """Note who speaks in the next sentence."""
        heard = [(mention.at, self._voice(scene, mention)) for mention in scene.speakers]
        quoting = self._quotations.follow(scene, [voice for _, voice in heard])
        for told in quoting.before:
            self._silent[told] = Voice(speaker=quoting.speaker or UNNAMED)
        self._credit_before(scene)
        if scene.opens:
            self._paragraph.clear()
        self._paragraph.append(scene.at)
        self._open_statement(scene)
        if not (scene.mentions or scene.blames):
            return  # nothing is said that somebody must answer for
        silent = UNNAMED if scene.reported or heard else self._issuer or ARTICLE_VOICE
        if quoting.speaker is not None and not heard:
            silent = quoting.speaker
        self._heard[scene.at] = [(at, voice) for at, voice in heard if voice is not None]
        issued = silent is self._issuer
        self._silent[scene.at] = Voice(speaker=silent, words=self._issuer_words if issued else None)

    def _credit_before(self, scene: Scene) -> None:
        """Give what the paragraph told so far to those whose account it is said to be."""
        match = _ACCOUNT.match(scene.words)
        name = match["who"].strip() if match else ""
        if not name or not may_speak(name):
            return
        voice = Voice(speaker=wire_speaker(name, sides=self.sides))
        for told in self._paragraph:
            silent = self._silent.get(told)
            if silent and silent.speaker == ARTICLE_VOICE and not self._heard.get(told):
                self._silent[told] = voice

    def at(self, scene: Scene, at: int) -> Voice:
        """Who says what stands at a place of a sentence: the nearest speaker of its clause."""
        if is_withdrawn(scene.words, at):
            return Voice(speaker=UNNAMED)  # who said so before is not told
        if _is_told_behind_quote(scene.words, at):
            return Voice(speaker=ARTICLE_VOICE)
        cuts = [0, *(end for _, end in spans_of(_CLAUSE, scene.words)), len(scene.words)]
        first = max(cut for cut in cuts if cut <= at)
        last = min((cut for cut in cuts if cut > at), default=len(scene.words))

        asides = spans_of(_ASIDE, scene.words)

        def distance(heard: tuple[int, Voice]) -> tuple[bool, bool, int, int]:
            place = heard[0]
            apart = any((a <= place < b) is not (a <= at < b) for a, b in asides)
            return not first <= place <= last, apart, abs(place - at), place

        blames = spans_of(_BLAMING, scene.words)
        every = self._heard[scene.at]
        heard = [
            one for one in every if not any(a <= one[0] < b and not a <= at < b for a, b in blames)
        ]
        if every and not heard:
            return Voice(speaker=ARTICLE_VOICE)
        nearest = min(heard, key=distance, default=None)
        return nearest[1] if nearest else self._silent[scene.at]

    def _open_statement(self, scene: Scene) -> None:
        """Note who issues a statement: he speaks for the whole of it (R8)."""
        match = _ISSUES.search(scene.words) if self._issuer is None else None
        name = match["who"].strip() if match else ""
        if name and may_speak(name) and not scene.of_title:
            self._issuer = wire_speaker(name, sides=self.sides)
            self._issuer_words = name

    def _known(self, name: str) -> WireSpeaker | None:
        """Who spoke before and is meant again: "the source", "Dr Brod" (R8)."""
        words = name.lower().split()
        again = _AGAIN.match(name)
        surname = _SURNAME.match(name)
        if not (again or surname):
            return None
        last = words[-1]
        for speaker in reversed(self._named[-_LOOK_BACK:]):
            told = (speaker.name_text or "").lower().replace(",", " ").split()
            if last in told and len(told) > len(words) and (told[-1] == last or again):
                return speaker
        return None

    def _voice(self, scene: Scene, mention: SpeakerMention) -> Voice | None:
        if mention.who is None:
            one = _ONE_PERSON.search(scene.words, max(0, mention.at - 40), mention.at)
            last = self._last_speaker
            if last is None or (one and _BODY.search(last.name_text or "")):
                return Voice(speaker=UNNAMED)  # "he" is none of "the police"
            return Voice(speaker=last)
        name = scene.words[slice(*mention.who)].strip()
        if not may_speak(name):
            return None  # neither a known kind of speaker nor a name: a piece of the news itself
        via = scene.words[slice(*mention.via)] if mention.via else None
        known = self._known(name)
        if known is not None:
            self._last_speaker = known
            return Voice(speaker=known, words=name)
        speaker = wire_speaker(name, sides=self.sides, via=via)
        self._last_speaker = speaker
        self._named.append(speaker)
        return Voice(speaker=speaker, words=name)
