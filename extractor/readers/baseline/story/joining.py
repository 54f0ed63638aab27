"""Joining a blame to the incident it is about, where its sentence tells of no casualty itself (R7).

An accusation points back to what was told: "the rebels denied the attack". A flat account of a deed
belongs to the toll told right before or right after it, if kind and place of the attack agree.
"""

import re
from collections.abc import Sequence
from datetime import date

from extractor.attacks import attack_cues
from extractor.codes import AttackType, Outcome
from extractor.readers.baseline.blames.finding import BlameMention
from extractor.readers.baseline.places.finding import PlacePhrase, find_places
from extractor.readers.baseline.story.drafts import Draft, may_be_same_attack, may_be_same_place
from extractor.readers.baseline.story.periods import period_of
from extractor.readers.baseline.story.scenes import Scene
from extractor.readers.baseline.story.targets import named_target
from extractor.readers.baseline.story.telling import Telling
from extractor.readers.baseline.times.timing import may_be_same_time

BLAME_REACH = 3  # sentences after the event's last one in which "the attack" still means it
DEED_REACH = 3  # sentences after which a deed told without a toll is no more part of the event
_TOLD_AS_DEED = frozenset(
    {"deed_active", "deed_passive", "deed_noun", "deed_compound", "deed_second"}
)
# "Responsibility for an attack", "for last week's attack", "for both": not the event just told.
_OTHER_DEED = re.compile(
    r"(?:for |in |of )?(?:an?|another|other|previous|earlier|past|similar|last|both|all"
    r"|these|those|two"
    r"|several|many)\b",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"\b(?:it|them|attacks?|strikes?|violence|deaths?|killings?|incidents?|massacre|murders?"
    r"|assault"
    r"|this|that|crimes?|actions?|bombings?|assassinations?)\b",
    re.IGNORECASE,
)


def meant_before(
    n: int,
    scene: Scene,
    mention: BlameMention,
    drafts: Sequence[Draft],
    other_event: int,
    published: date | None,
) -> Draft | None:
    """The incident told before that a blame of sentence number `n` can only mean.

    Args:
        n: number of the sentence.
        scene: the sentence.
        mention: the blame.
        drafts: incidents told so far.
        other_event: the last sentence that spoke of an attack without a figure.
        published: the day of publication.
    """
    if not drafts:
        return None
    target = named_target(drafts, scene, mention)
    if target is not None:
        return target
    if mention.rule in _TOLD_AS_DEED:
        last = max(drafts, key=lambda draft: draft.last_told)
        away = n - last.last_told
        reach = DEED_REACH if len(drafts) == 1 and other_event < last.last_told else 1
        return last if away <= reach and goes_with(last, scene, published, mention) else None
    if _is_of_other(mention.about):
        return None
    about = mention.about
    is_deed = _DEED.search(about) is not None or bool(attack_cues(about))
    if about.startswith("for ") and mention.rule == "claimed" and not is_deed:
        about = ""  # "claimed the raid for that circle"
    if not about and mention.rule == "claimed":
        about = scene.words[mention.start : mention.end]  # "the front claimed the Brod attack"
    named = [draft for draft in drafts if _is_named(draft, about)]
    if not named and len(drafts) > 1:
        named = _described(drafts, scene.words[mention.start : mention.end] + " " + about)
    draft = max(
        (draft for draft in named or drafts if _agrees(draft, about)),
        key=lambda draft: draft.last_told,
        default=None,
    )
    if draft is None:
        return None
    if draft.last_told < other_event < n and draft not in named:
        return None  # another attack was spoken of in between
    return draft if n - draft.last_told <= BLAME_REACH or len(drafts) == 1 else None


def meant_in_sentence(mention: BlameMention, told: Sequence[tuple[Telling, Draft]]) -> Draft | None:
    """Of several incidents of one sentence, the one in whose clause the blame stands.

    "Shells of the army killed ten in Brod, and rockets of the rebels killed two in Selim."
    """
    if len(told) < 2:
        return None
    places = find_places(mention.about) if mention.about else ()
    for telling, draft in told:
        if telling.clause is None:
            continue
        start, end = telling.clause
        if places and all(may_be_same_place(telling.own_place, place) for place in places):
            return draft
        if not places and mention.own_event and start <= mention.start < end:
            return draft
    return None


# "His men had done both", "claimed both attacks": of the two incidents of an article.
_BOTH = re.compile(r"\bboth(?= of (?:the|them)\b| (?:the )?\w+s\b|[.,;]|$)", re.IGNORECASE)


def others_meant(
    scene: Scene, mention: BlameMention, meant: Draft, drafts: Sequence[Draft]
) -> tuple[Draft, ...]:
    """The other incident that a blame is about, if it says that it is about both."""
    end = mention.end + len(mention.about) + 1
    if _BOTH.search(scene.words, mention.start, end) is None:
        return ()
    news = [draft for draft in drafts if not draft.background]
    if len(news) != len("ab"):
        return ()
    return tuple(draft for draft in news if draft is not meant)


def tells_deed(mention: BlameMention) -> bool:
    """Whether a blame is a flat account of a deed, not an accusation of one told before."""
    return mention.rule in _TOLD_AS_DEED


def may_wait(scene: Scene, mention: BlameMention) -> bool:
    """Whether a blame told without a toll may belong to the toll that a next sentence tells."""
    return not scene.mentions and not _sums_up(scene) and not _is_of_other(mention.about)


def wait_is_over(draft: Draft, scene: Scene, mention: BlameMention, published: date | None) -> bool:
    """Whether an incident told at last is the one that an earlier blame is about."""
    return goes_with(draft, scene, published, mention) and _agrees(draft, mention.about)


def goes_with(
    draft: Draft, scene: Scene, published: date | None, mention: BlameMention | None = None
) -> bool:
    """Whether a sentence can tell of an incident: not set apart, at no other place, day or way.

    The place in whose description whoever is blamed is named is theirs: "the camp at Brod".
    """
    if scene.link.apart or _sums_up(scene):
        return False
    if not may_be_same_time(draft.timing, scene.time(published)):
        return False
    kinds = [kind for _, kind in scene.cues if kind is not AttackType.OTHER]
    place = scene.place()
    if place is not None and mention is not None:
        theirs = any(start <= place.at < end for start, end in mention.accused)
        place = None if theirs or _is_nameless(place) else place
    return may_be_same_attack(draft.attacks, kinds) and may_be_same_place(draft.place, place)


def _is_nameless(place: PlacePhrase) -> bool:
    """Whether a place is a thing that any town has: "the church", "a market"."""
    return not any(map(str.isupper, "".join((place.name, *place.within))))


def _sums_up(scene: Scene) -> bool:
    """Whether a sentence tells of a period rather than of one event."""
    return period_of(scene.words, 0, len(scene.words)) is not None


def _is_named(draft: Draft, about: str) -> bool:
    """Whether what a blame names is told by the incident's place: "the Brod attack"."""
    if draft.place is None or not about:
        return False
    name = draft.place.name
    at = about.find(name)
    return at >= 0 and not about[at + len(name) : at + len(name) + 1].isalnum()


def _is_of_other(about: str) -> bool:
    """Whether a blame names another deed than the one told: "for an attack last week"."""
    return _OTHER_DEED.match(about) is not None and _STATEMENT.match(about) is None


# "Claimed responsibility in a statement", "denied it on Monday": no event is named.
_MEANS = re.compile(
    r"(?:in|on|at|near) (?:[A-Z]|social media|its |his |their |state |television|radio|the radio)"
)
_STATEMENT = re.compile(
    r"in (?:an?|several|two|another) (?:[\w-]+ ){0,2}?(?:statement|video|message|communiqu\w+"
    r"|e-?mail"
    r"|letter|leaflet|note|recording|call|telephone call|post|broadcast|interview|press)\b",
    re.IGNORECASE,
)


_THE = re.compile(r"\b(?:the|this|that) ([a-z]{4,})\b")
_EVERY = frozenset(
    {
        *("attack", "attacks", "killing", "killings", "deed", "event", "violence", "incident"),
        *("same", "other", "people", "dead", "responsible", "army", "police", "government"),
        *("rebels", "militia", "group", "soldiers", "work"),
    }
)


def _described(drafts: Sequence[Draft], words: str) -> list[Draft]:
    """The one incident whose sentences have the thing that a blame names: "the salvo"."""
    nouns = set(_THE.findall(words)) - _EVERY
    if not nouns:
        return []
    having = [
        draft
        for draft in drafts
        if any(noun in scene.words for scene in (*draft.scenes, *draft.extra) for noun in nouns)
    ]
    return having if len(having) == 1 else []


def is_mere_arrest(draft: Draft, mention: BlameMention) -> bool:
    """Whether a sentence's incident is an arrest, and its accusation thus of another event."""
    outcomes = {one.outcome for telling in draft.tellings for one in telling.mentions}
    return bool(outcomes) and outcomes <= _ARRESTS and not tells_deed(mention)


_ARRESTS = frozenset({Outcome.DETAINED, Outcome.SURRENDERED})


def _agrees(draft: Draft, about: str) -> bool:
    """Whether what a blame names can be this incident: its kind of attack, and its place."""
    if not about:
        return True
    kinds = {kind for _, kind in attack_cues(about)} - {AttackType.OTHER}
    means = _MEANS.match(about) or _STATEMENT.match(about)
    if not kinds and not means and not _DEED.search(about) and not attack_cues(about):
        return False  # "the disappearance of a journalist"
    if kinds and not may_be_same_attack(draft.attacks, kinds):
        return False
    places = find_places(about)
    return all(may_be_same_place(draft.place, place) for place in places) and (
        draft.place is not None or not places
    )
