"""Counting: the mentions of an incident's sentences become its count claims, each told once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from extractor.codes import Demographic, Hedge, Role, Scope, SpeakerType, Standing, YesNo
from extractor.mentions import Mention
from extractor.readers.baseline.scenes import Scene
from extractor.wire import WireCount, WireGroup, WireNumber, WireSpeaker


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A mention with who says so."""

    scene: Scene
    mention: Mention
    speaker: WireSpeaker
    speaker_words: str | None


@dataclass(kw_only=True)
class Counting:
    """Numbers the count claims of one answer."""

    made: int = 0
    rules: dict[str, str] = field(default_factory=dict[str, str])
    """The rule that found each claim, by the claim's id."""

    def claims(
        self, claims: Iterable[Claim], *, scope: Scope = Scope.INCIDENT, period: str | None = None
    ) -> list[WireCount]:
        """The claims of one incident; a figure told twice is one claim with both its quotes."""
        told: list[WireCount] = []
        places: dict[tuple[int, int], int] = {}
        for claim in claims:
            position = (claim.scene.sentence.start, _index(claim))
            same = _find_same(told, claim)
            if same is not None:
                told[same] = _joined(told[same], claim)
                places[position] = same
                continue
            parent = _parent(claim, places)
            self.made += 1
            whole = told[parent] if parent is not None else None
            self.rules[f"c{self.made}"] = claim.mention.voice
            told.append(_wire(f"c{self.made}", claim, whole, scope, period))
            places[position] = len(told) - 1
        return told


def _index(claim: Claim) -> int:
    return claim.scene.mentions.index(claim.mention)


def _parent(claim: Claim, places: dict[tuple[int, int], int]) -> int | None:
    if claim.mention.part_of is None:
        return None
    return places.get((claim.scene.sentence.start, claim.mention.part_of))


def _find_same(told: list[WireCount], claim: Claim) -> int | None:
    """The claim that a mention repeats: same figure, same people, no other speaker."""
    return next((n for n, known in enumerate(told) if _repeats(known, claim)), None)


def _repeats(known: WireCount, claim: Claim) -> bool:
    number, group = claim.mention.number, _group(claim, None)
    standings = {known.group.standing, group.standing}
    voices = {known.speakers[0].type, claim.speaker.type}
    return (
        known.outcome is claim.mention.outcome
        and (known.number.lower, known.number.upper) == (number.lower, number.upper)
        and (known.number.qualifier, known.number.term) == (number.qualifier, number.term)
        and set(known.group.demographics) == set(group.demographics)
        and set(known.group.roles) == set(group.roles)
        and (len(standings) == 1 or Standing.UNSPECIFIED in standings)
        and (
            known.speakers[0].name_text == claim.speaker.name_text
            or SpeakerType.ARTICLE_VOICE in voices
        )
    )


def _joined(known: WireCount, claim: Claim) -> WireCount:
    """A claim told again: a named speaker replaces the article's own voice (R8)."""
    quotes = list(dict.fromkeys([*known.quotes, *_quotes(claim)]))
    named = claim.speaker.type is not SpeakerType.ARTICLE_VOICE
    silent = known.speakers[0].type is SpeakerType.ARTICLE_VOICE
    speakers = [claim.speaker] if named and silent else known.speakers
    return known.model_copy(update={"quotes": quotes, "speakers": speakers})


def _wire(
    name: str, claim: Claim, whole: WireCount | None, scope: Scope, period: str | None
) -> WireCount:
    number = claim.mention.number
    return WireCount(
        id=name,
        outcome=claim.mention.outcome,
        number=WireNumber(
            text=number.text,
            lower=number.lower,
            upper=number.upper,
            qualifier=number.qualifier,
            term=number.term,
            enumerated=number.enumerated,
            unit=number.unit,
        ),
        group=_group(claim, whole),
        part_of=whole.id if whole else None,
        place_text=None,
        scope=scope,
        period_text=period,
        speakers=[claim.speaker],
        hedge=_hedge(claim.scene.words),
        supersedes=None,
        includes_attackers=YesNo.UNSTATED,
        quotes=_quotes(claim),
    )


def _group(claim: Claim, whole: WireCount | None) -> WireGroup:
    people = claim.mention.people
    text = claim.scene.words[slice(*people.group)] if people.group else None
    standing = people.kind.standing
    inherited = whole.group.standing if whole else Standing.UNSPECIFIED
    if standing is Standing.UNSPECIFIED and inherited is not Standing.MIXED:
        standing = inherited  # a part of a group stated to be all civilian is civilian
    roles: list[Role] = list(people.kind.roles)
    demographics: list[Demographic] = list(people.kind.demographics)
    return WireGroup(
        text=text,
        standing=standing,
        roles=roles,
        demographics=demographics,
        party_text=None,
    )


def _quotes(claim: Claim) -> list[str]:
    words = claim.scene.words
    quotes = [words[claim.mention.start : claim.mention.end]]
    return [*quotes, claim.speaker_words] if claim.speaker_words else quotes


_HEDGES = (
    (
        (
            "expected to rise",
            "likely to rise",
            "could rise",
            "may rise",
            "feared to rise",
            "still buried",
            "expected to climb",
            "likely to climb",
            "trapped under",
            "under the rubble",
        ),
        Hedge.EXPECTED_TO_RISE,
    ),
    (
        (
            "could not be independently",
            "not be independently",
            "could not verify",
            "unverified",
            "unconfirmed",
            "not immediately possible to verify",
        ),
        Hedge.UNVERIFIED,
    ),
    (("preliminary", "initial reports", "initial toll", "provisional"), Hedge.PRELIMINARY),
)


def _hedge(sentence: str) -> Hedge:
    low = sentence.lower()
    return next((hedge for cues, hedge in _HEDGES if any(c in low for c in cues)), Hedge.NONE)
