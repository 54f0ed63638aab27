"""The answer: what the desk holds, written down as a reader's answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

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
from extractor.mentions import Mention
from extractor.readers.baseline.actors.finding import actor_type
from extractor.readers.baseline.blames.accusing import state
from extractor.readers.baseline.blames.finding import BlameMention
from extractor.readers.baseline.drawn import Drawn
from extractor.readers.baseline.places.finding import PlacePhrase
from extractor.readers.baseline.story.claims import Claim
from extractor.readers.baseline.story.counting import Counting
from extractor.readers.baseline.story.desk import Desk
from extractor.readers.baseline.story.drafts import Draft
from extractor.readers.baseline.story.scenes import Scene
from extractor.readers.baseline.voicing import ARTICLE_VOICE
from extractor.wire import (
    WireActor,
    WireAnswer,
    WireBlame,
    WireIncident,
    WireParty,
    WirePlace,
    WireWhen,
)

BACKGROUND_AFTER_DAYS = 60  # older events are told as context; MUC-4 drew the line at two months
_EVIDENCE = 12  # sentences quoted as proof of an incident; more prove nothing new
_UNDATED = WireWhen(
    expression=None,
    start=None,
    end=None,
    precision=DatePrecision.ON_OR_BEFORE,
    spans_days=False,
    quote=None,
)


def write_answer(desk: Desk) -> Drawn:
    """Write down everything the desk holds, and which rule each claim comes from."""
    counting = Counting()
    naming = _BlameNames()
    with_news = any(not _is_old(draft, desk.published) for draft in desk.drafts)
    incidents = [
        _incident(f"i{n}", draft, desk, counting, naming, with_news=with_news)
        for n, draft in enumerate(desk.drafts, 1)
    ]
    cumulative = [
        claim
        for period, summed in groupby(desk.summed, key=lambda summed: summed.period)
        for claim in counting.claims(
            (_claim(one.scene, one.mention, desk) for one in summed),
            scope=period.scope,
            period=period.words,
        )
    ]
    for claim in counting.told:
        desk.leave(claim.scene, (claim.mention,), "told")
    return Drawn(
        answer=WireAnswer(incidents=incidents, cumulative=cumulative),
        rules={**counting.rules, **naming.rules},
        left=tuple(sorted(desk.left, key=lambda one: (one.field, one.start, one.end))),
    )


@dataclass(kw_only=True)
class _BlameNames:
    made: int = 0
    rules: dict[str, str] = field(default_factory=dict[str, str])

    def next(self, mention: BlameMention) -> str:
        self.made += 1
        name = f"b{self.made}"
        self.rules[name] = f"blame_{mention.rule}"
        return name


def _incident(
    name: str,
    draft: Draft,
    desk: Desk,
    counting: Counting,
    naming: _BlameNames,
    *,
    with_news: bool,
) -> WireIncident:
    place = draft.place
    attacks = list(draft.attacks)
    told = f"{attacks[0].value.replace('_', ' ')}" if attacks[0] is not AttackType.UNKNOWN else ""
    return WireIncident(
        id=name,
        summary=f"{told or 'armed violence'}".capitalize() + (f", {place.name}" if place else ""),
        actuality=Actuality.ACTUAL,
        clarity=Clarity.AGGREGATED if draft.several else Clarity.SINGLE,
        # One that is all of the news is no context, however old (R0).
        background=with_news and _is_old(draft, desk.published),
        attack_types=attacks,
        when=_when(draft),
        places=[_place(place)] if place else [],
        parties=list(_parties(draft)),
        counts=counting.claims(_claims(draft, desk)),
        blames=list(_blames(draft, desk, counting, naming)),
        evidence=_evidence(draft),
    )


def _is_old(draft: Draft, published: date | None) -> bool:
    end = draft.days.end if draft.days else None
    old = timedelta(days=BACKGROUND_AFTER_DAYS)
    return draft.background or bool(published and end and published - end > old)


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


# "The Gwange ward", "the Selim quarter": the word for a part of a town is no part of its name.
_PART_OF_TOWN = re.compile(r"(?P<name>[A-Z].*?) (?:ward|quarter)")


def _place(place: PlacePhrase) -> WirePlace:
    part = _PART_OF_TOWN.fullmatch(place.name)
    return WirePlace(
        name_text=part["name"] if part else place.name,
        within_text=list(place.within),
        relation=place.relation or PlaceRelation.IN,
        controlled_by_text=place.control,
        quote=None,
    )


def _parties(draft: Draft) -> Iterator[WireParty]:
    seen: set[str] = set()
    for scene in (*draft.scenes, *draft.extra):
        for agent in scene.agents:
            name = scene.words[slice(*agent.span)]
            if name.lower() not in seen:
                seen.add(name.lower())
                kind = actor_type(name) or ActorType.UNIDENTIFIED
                yield WireParty(name_text=name, type=kind, side=Side.A)
        for fighter in scene.fighters:
            name = scene.words[slice(*fighter.span)]
            if name.lower() not in seen:
                seen.add(name.lower())
                yield WireParty(name_text=name, type=fighter.kind, side=fighter.side)


def _evidence(draft: Draft) -> list[str]:
    scenes = [*draft.scenes, *draft.extra]
    return list(dict.fromkeys(scene.words for scene in scenes))[:_EVIDENCE]


def _claims(draft: Draft, desk: Desk) -> Iterator[Claim]:
    for telling in draft.tellings:
        for mention in telling.mentions:
            yield _claim(telling.scene, mention, desk)


def _claim(scene: Scene, mention: Mention, desk: Desk) -> Claim:
    voice = desk.voices.at(scene, mention.verb_at)
    # "It was reported": nobody is named, and the figure is the article's own (R8).
    speaker = voice.speaker if voice.speaker.name_text else ARTICLE_VOICE
    return Claim(scene=scene, mention=mention, speaker=speaker, speaker_words=voice.words)


def _blames(
    draft: Draft, desk: Desk, counting: Counting, naming: _BlameNames
) -> Iterator[WireBlame]:
    accused_by: dict[str, str] = {}
    seen: set[tuple[str, ...]] = set()
    known: WireActor | None = None
    for scene, mention in draft.blames:
        voice = desk.voices.at(scene, mention.start).speaker
        statement = state(scene.words, mention, voice, sides=desk.sides)
        about = _doers_hit(scene, mention, counting)
        if statement is None or about is None:
            continue
        actors = [_named_before(actor, known) for actor in statement.accused]
        speaker, stance = statement.speaker, statement.stance
        known = next((one for one in actors if _is_named_group(one)), known)
        bare = [_bare(actor.name_text) for actor in actors]
        key = (stance, speaker.name_text or "", *about, *bare)
        if key in seen:
            continue
        seen.add(key)
        name = naming.next(mention)
        answers = accused_by.get(bare[0]) if stance is Stance.DENIED and bare else None
        for word in bare:
            accused_by.setdefault(word, name)
        yield WireBlame(
            id=name,
            accused=actors,
            joint=mention.joint,
            speakers=[speaker],
            stance=stance,
            applies_to=list(about),
            answers=answers,
            quotes=[scene.words[mention.start : mention.end]],
        )


# "The same outfit", "the group": the one that was named before.
_THE_GROUP = re.compile(
    r"(?:the|this|that) (?:same )?(?:group|outfit|movement|faction|organi[sz]ation|sect|militia)",
    re.IGNORECASE,
)
_GROUPS = frozenset({ActorType.REBEL_GROUP, ActorType.MILITIA, ActorType.GANG_OR_CARTEL})


def _named_before(actor: WireActor, known: WireActor | None) -> WireActor:
    return known if known and _THE_GROUP.fullmatch(actor.name_text) else actor


def _is_named_group(actor: WireActor) -> bool:
    words = actor.name_text.split()
    return actor.type in _GROUPS and any(word[0].isupper() for word in words[1:] or words)


# "(The man stabbed two) before being shot by guards": not the deed that the incident is.
_AFTER_THE_DEED = re.compile(r"\b(?:before|until) (?:being|(?:he|she|they) (?:was|were)) $", re.I)


def _doers_hit(scene: Scene, mention: BlameMention, counting: Counting) -> tuple[str, ...] | None:
    """The claims on the attackers whom a blame is about; none if it is about the incident.

    "Gunmen killed five. The army killed two of the gunmen": the army did nothing to the five.
    Empty where the attackers are not counted, so that the blame cannot be said of them alone.
    """
    hit = [
        (scene.at, n)
        for n, one in enumerate(scene.mentions)
        if one.part_of is None
        and any(mention.start <= at < mention.end for at in (one.verb_at, one.people.start))
    ]
    doers = [counting.doers[one] for one in hit if one in counting.doers]
    if doers and len(doers) == len(hit):
        return tuple(dict.fromkeys(doers))
    if _AFTER_THE_DEED.search(scene.words, max(0, mention.start - 24), mention.start):
        return None
    return ()


def _bare(name: str) -> str:
    return name.lower().removeprefix("the ")
