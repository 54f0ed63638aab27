"""Claims: a mention with who says so, and the count claim it is written as."""

from dataclasses import dataclass

from extractor.codes import (
    Demographic,
    Hedge,
    Role,
    Scope,
    Standing,
    YesNo,
)
from extractor.mentions import Mention
from extractor.readers.baseline.story.scenes import Scene
from extractor.readers.baseline.story.withdrawals import is_withdrawn
from extractor.wire import WireCount, WireGroup, WireNumber, WireSpeaker


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A mention with who says so."""

    scene: Scene
    mention: Mention
    speaker: WireSpeaker
    speaker_words: str | None

    @property
    def index(self) -> int:
        """Its place among the mentions of its sentence."""
        # To compare mentions is dear, and one sentence may have a hundred.
        same = (n for n, one in enumerate(self.scene.mentions) if one is self.mention)
        place = next(same, None)
        return self.scene.mentions.index(self.mention) if place is None else place


def wire_of(
    name: str, claim: Claim, whole: WireCount | None, scope: Scope, period: str | None
) -> WireCount:
    """A mention as a count claim of the answer, a part of `whole` if there is one."""
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
        hedge=_hedge(claim),
        supersedes=None,
        includes_attackers=YesNo.UNSTATED,
        quotes=quotes_of(claim),
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
    if whole and text is None and people.of_them:  # "four of them": of whom the same is said
        roles = roles or list(whole.group.roles)
        demographics = demographics or list(whole.group.demographics)
    return WireGroup(
        text=text,
        standing=standing,
        roles=roles,
        demographics=demographics,
        party_text=None,
    )


def quotes_of(claim: Claim) -> list[str]:
    """The words of a claim, and those that name its speaker."""
    words = claim.scene.words
    quotes = [words[claim.mention.start : claim.mention.end]]
    if claim.mention.antecedent:
        quotes.append(claim.mention.antecedent)
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


def _hedge(claim: Claim) -> Hedge:
    if is_withdrawn(claim.scene.words, claim.mention.people.start):
        return Hedge.WITHDRAWN
    low = claim.scene.words.lower()
    return next((hedge for cues, hedge in _HEDGES if any(c in low for c in cues)), Hedge.NONE)
