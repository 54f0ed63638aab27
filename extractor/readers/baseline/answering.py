"""The answer: what the desk holds, written down as a reader's answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.codes import (
    ActorType,
    Actuality,
    AttackType,
    Clarity,
    DatePrecision,
    PlaceRelation,
    Side,
    Stance,
)
from extractor.readers.baseline.accusing import state
from extractor.readers.baseline.actors import actor_type
from extractor.readers.baseline.counting import Claim, Counting
from extractor.readers.baseline.desk import Desk
from extractor.readers.baseline.incidents import Draft
from extractor.readers.baseline.places import PlacePhrase
from extractor.readers.baseline.scenes import Scene
from extractor.wire import (
    WireAnswer,
    WireBlame,
    WireIncident,
    WireParty,
    WirePlace,
    WireWhen,
)

BACKGROUND_AFTER_DAYS = 60  # older events are told as context; MUC-4 drew the line at two months
_UNDATED = WireWhen(
    expression=None,
    start=None,
    end=None,
    precision=DatePrecision.ON_OR_BEFORE,
    spans_days=False,
    quote=None,
)


def write_answer(desk: Desk) -> WireAnswer:
    """Write down everything the desk holds."""
    counting = Counting()
    naming = _BlameNames()
    incidents = [
        _incident(f"i{n}", draft, desk, counting, naming)
        for n, draft in enumerate(desk.story.drafts, 1)
    ]
    cumulative = [
        claim
        for scene in desk.story.cumulative
        for claim in counting.claims(_claims([scene], desk), scope=scene.scope, period=scene.period)
    ]
    return WireAnswer(incidents=incidents, cumulative=cumulative)


@dataclass(kw_only=True)
class _BlameNames:
    made: int = 0

    def next(self) -> str:
        self.made += 1
        return f"b{self.made}"


def _incident(
    name: str, draft: Draft, desk: Desk, counting: Counting, naming: _BlameNames
) -> WireIncident:
    place = draft.place
    attacks = list(draft.attacks)
    told = f"{attacks[0].value.replace('_', ' ')}" if attacks[0] is not AttackType.UNKNOWN else ""
    return WireIncident(
        id=name,
        summary=f"{told or 'armed violence'}".capitalize() + (f", {place.name}" if place else ""),
        actuality=Actuality.ACTUAL,
        clarity=Clarity.SINGLE,
        background=_is_background(draft, desk.published),
        attack_types=attacks,
        when=_when(draft),
        places=[_place(place)] if place else [],
        parties=list(_parties(draft)),
        counts=counting.claims(_claims(draft.scenes, desk)),
        blames=list(_blames(draft, desk, naming)),
        evidence=[scene.words for scene in (*draft.scenes, *draft.extra)],
    )


def _is_background(draft: Draft, published: date | None) -> bool:
    end = draft.days.end if draft.days else None
    old = timedelta(days=BACKGROUND_AFTER_DAYS)
    return bool(published and end and published - end > old)


def _when(draft: Draft) -> WireWhen:
    if draft.expression is None:
        return _UNDATED
    days = draft.days
    return WireWhen(
        expression=draft.expression,
        start=days.start.isoformat() if days and days.start else None,
        end=days.end.isoformat() if days and days.end else None,
        precision=days.precision if days else DatePrecision.UNKNOWN,
        spans_days=False,
        quote=None,
    )


def _place(place: PlacePhrase) -> WirePlace:
    return WirePlace(
        name_text=place.name,
        within_text=list(place.within),
        relation=place.relation or PlaceRelation.IN,
        controlled_by_text=place.control,
        quote=None,
    )


def _parties(draft: Draft) -> Iterator[WireParty]:
    seen: set[str] = set()
    for scene in draft.scenes:
        for agent in scene.agents:
            name = scene.words[slice(*agent.span)]
            if name.lower() not in seen:
                seen.add(name.lower())
                kind = actor_type(name) or ActorType.UNIDENTIFIED
                yield WireParty(name_text=name, type=kind, side=Side.A)


def _claims(scenes: list[Scene], desk: Desk) -> Iterator[Claim]:
    for scene in scenes:
        for mention in scene.mentions:
            voice = desk.voice_at(scene, mention.verb_at)
            yield Claim(
                scene=scene,
                mention=mention,
                speaker=voice.speaker,
                speaker_words=voice.words,
            )


def _blames(draft: Draft, desk: Desk, naming: _BlameNames) -> Iterator[WireBlame]:
    accused_by: dict[str, str] = {}
    seen: set[tuple[str, ...]] = set()
    for meant, scene, mention in desk.blames:
        if meant is not draft:
            continue
        voice = desk.voice_at(scene, mention.start).speaker
        statement = state(scene.words, mention, voice, sides=desk.sides)
        if statement is None:
            continue
        actors, speaker, stance = list(statement.accused), statement.speaker, statement.stance
        bare = [_bare(actor.name_text) for actor in actors]
        key = (stance, speaker.name_text or "", *bare)
        if key in seen:
            continue
        seen.add(key)
        name = naming.next()
        answers = accused_by.get(bare[0]) if stance is Stance.DENIED and bare else None
        for word in bare:
            accused_by.setdefault(word, name)
        yield WireBlame(
            id=name,
            accused=actors,
            joint=mention.joint,
            speakers=[speaker],
            stance=stance,
            applies_to=[],
            answers=answers,
            quotes=[scene.words[mention.start : mention.end]],
        )


def _bare(name: str) -> str:
    return name.lower().removeprefix("the ")
