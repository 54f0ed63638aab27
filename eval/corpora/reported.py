"""What a reading reports by a corpus's convention: one figure, place or day of all its claims."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eval.corpora.bounds import bounds_of, has_word
from eval.corpora.profile import LeftOut, Profile, Sum
from extractor.article import Article
from extractor.codes import DatePrecision, Hedge, Qualifier, SpeakerType, Standing, Unit
from extractor.gazetteer import name_key
from extractor.records import CountClaim, Incident, Place, Reading, Speaker

_DAYS = frozenset({DatePrecision.DAY, DatePrecision.PART_OF_DAY})
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'\u201d\u2019)]*\s+(?=[\"'\u201c\u2018(]?[A-Z0-9])|\n+")
_AREA_WORDS = frozenset(
    {"province", "provinces", "district", "districts", "governorate", "state", "county", "city"}
)

_Voice = tuple[tuple[str, str], ...]
_OWN: _Voice = ((SpeakerType.ARTICLE_VOICE.value, ""),)

_ANYBODY = frozenset({Standing.UNSPECIFIED, Standing.MIXED})
_WITHOUT_NUMBER = frozenset({Qualifier.VAGUE, Qualifier.UNKNOWN_NUMBER})
_OTHER_PEOPLE = ("other", "others", "another", "additional", "more", "further")


@dataclass(frozen=True, kw_only=True)
class Toll:
    """A figure by the corpus's convention, and the claims that it was made of."""

    lower: int
    upper: int
    claims: tuple[CountClaim, ...] = ()

    def __add__(self, other: "Toll") -> "Toll":
        return Toll(
            lower=self.lower + other.lower,
            upper=self.upper + other.upper,
            claims=(*self.claims, *other.claims),
        )


def told_incidents(reading: Reading, profile: Profile) -> tuple[Incident, ...]:
    """The incidents that the corpus counts, in the order of the article."""
    wanted = profile.choice.actualities
    return tuple(one for one in reading.incidents if not one.background and one.actuality in wanted)


def derive_toll(reading: Reading, of: Sum, profile: Profile) -> Toll | None:
    """A figure of the corpus; empty if the reading makes no claim of it, which is not zero."""
    gone = _gone(reading)
    gone |= _told_vaguely(reading, of, profile, gone)
    tolls = [
        toll
        for incident in told_incidents(reading, profile)
        if (toll := _incident_toll(incident, of, profile, reading.article, gone)) is not None
    ]
    if not tolls:
        return None
    if profile.choice.incidents == "first":
        return tolls[0]
    if profile.choice.incidents == "largest":
        return max(tolls, key=lambda toll: (toll.lower, toll.upper))
    return _added(tolls)


def first_places(reading: Reading, profile: Profile) -> tuple[Place, ...]:
    """The main place of each incident, in order; where the reading names one at all."""
    return tuple(one.places[0] for one in told_incidents(reading, profile) if one.places)


def place_names(place: Place) -> tuple[str, ...]:
    """Keys of a place's names: its own, what the text says it lies in, what the gazetteer says.

    "Helmand Province" stands for "Helmand" too.
    """
    keys = [name_key(name) for name in (place.name_text, *place.within_text, *place.parents)]
    return tuple(dict.fromkeys(form for key in keys for form in (_bare(key), key) if form))


def first_day(reading: Reading, profile: Profile) -> date | None:
    """The first day that the reading gives an incident, where it knows the day.

    Where no time at all is stated of the first one, the corpus may say what day that means.
    """
    told = told_incidents(reading, profile)
    for incident in told:
        when = incident.when
        if when.precision in _DAYS and (day := when.start or when.end):
            return day
    if profile.choice.undated == "published" and told and not told[0].when.expression:
        return reading.article.published_at
    return None


def _gone(reading: Reading) -> frozenset[str]:
    """Ids of claims that were revised or withdrawn."""
    claims = [claim for incident in reading.incidents for claim in incident.counts]
    revised = {claim.supersedes for claim in claims if claim.supersedes}
    withdrawn = {claim.id for claim in claims if claim.hedge is Hedge.WITHDRAWN}
    return frozenset(revised | withdrawn)


def _told_vaguely(
    reading: Reading, of: Sum, profile: Profile, gone: frozenset[str]
) -> frozenset[str]:
    """Ids of vague figures that the reading tells again with a number, if the corpus says so.

    Only a number that itself counts tells a figure again, and only one of people who may be the
    same: five policemen are not "several insurgents".
    """
    if not profile.choice.vague_told_again:
        return frozenset()
    told = [
        claim
        for incident in told_incidents(reading, profile)
        for claim in _fitting(_counted(incident, of, profile, reading.article, gone), of)
        if claim.part_of is None and not has_word(_described(claim), _OTHER_PEOPLE)
    ]
    numbered = [claim for claim in told if (claim.number.lower or 0) > 1]
    return frozenset(
        claim.id
        for claim in told
        if claim.number.qualifier in _WITHOUT_NUMBER
        and any(
            _may_be_of_same(claim.group.standing, one.group.standing)
            and not _are_listed(claim, one)
            for one in numbered
        )
    )


def _described(claim: CountClaim) -> str:
    """The words for the people of a claim, without those of a bound: "more than 15 insurgents"."""
    number = claim.number.text or ""
    if claim.number.qualifier is Qualifier.MORE_THAN:
        number = ""
    return f"{claim.group.text or ''} {number}"


def _are_listed(one: CountClaim, other: CountClaim) -> bool:
    """Whether two figures stand in one list: "detained two leaders and several insurgents"."""
    mine, theirs = one.quotes[0], other.quotes[0]
    if mine.field != theirs.field or mine.end <= theirs.start or theirs.end <= mine.start:
        return False
    return all(
        has_word(quote.text, (claim.number.text or "",))
        for quote, claim in ((mine, other), (theirs, one))
    )


def _incident_toll(
    incident: Incident, of: Sum, profile: Profile, article: Article, gone: frozenset[str]
) -> Toll | None:
    counted = _counted(incident, of, profile, article, gone)
    ids = {claim.id for claim in counted}
    off = [
        one
        for one in _standing(incident, profile, gone)
        if one.outcome in of.less or one.id not in ids
    ]
    kept = _top(_fitting(counted, of))
    tolls = [(claim, _less_parts(claim, off, profile)) for claim in kept]
    if of.rest_without_parts:
        return _told_or_rest(tolls, _rests(counted, off, of, profile), of, profile)
    if not tolls and of.rest_of:
        tolls = _rests(counted, off, of, profile)
    return _chosen(tolls, of, profile) if tolls else None


def _told_or_rest(
    told: Sequence[tuple[CountClaim, Toll]],
    rests: Sequence[tuple[CountClaim, Toll]],
    of: Sum,
    profile: Profile,
) -> Toll | None:
    """The larger of what is told of the outcome and of what wholes leave of it.

    "Four were shot. One was in critical condition." is four, of whom one is described.
    """
    tolls = [_chosen(one, of, profile) for one in (told, rests) if one]
    return max(tolls, key=lambda toll: (toll.lower, toll.upper), default=None)


def _standing(incident: Incident, profile: Profile, gone: frozenset[str]) -> list[CountClaim]:
    """Claims of an incident that stand, and tell of people one by one."""
    return [
        claim
        for claim in incident.counts
        if claim.id not in gone
        and claim.number.unit is not Unit.FAMILIES
        and claim.number.qualifier not in profile.numbers.dropped
    ]


def _counted(
    incident: Incident, of: Sum, profile: Profile, article: Article, gone: frozenset[str]
) -> list[CountClaim]:
    """Claims of an incident that stand and are not left out, of whatever outcome."""
    if incident.attack_types and incident.attack_types[0] in of.left_out.attacks:
        return []
    return [
        claim
        for claim in _standing(incident, profile, gone)
        if not _is_left_out(claim, of.left_out, article)
    ]


def _fitting(claims: Sequence[CountClaim], of: Sum) -> list[CountClaim]:
    """Claims of the outcomes, and of the people, that a figure adds up."""
    wanted = set(of.demographics)
    return [
        claim
        for claim in claims
        if claim.outcome in of.outcomes and (not wanted or set(claim.group.demographics) == wanted)
    ]


def _top(claims: Sequence[CountClaim]) -> list[CountClaim]:
    """Claims that are no part of another one of them."""
    ids = {claim.id for claim in claims}
    return [claim for claim in claims if claim.part_of not in ids]


def _less_parts(claim: CountClaim, off: Sequence[CountClaim], profile: Profile) -> Toll:
    """What a claim stands for without the parts of it that are to be taken off."""
    parts = [_toll(part, profile) for part in off if part.part_of == claim.id]
    return _less(_toll(claim, profile), _added(parts))


def _less(whole: Toll, part: Toll) -> Toll:
    """What remains of a whole: the least where the part is largest, the most where it is least."""
    return Toll(
        lower=max(0, whole.lower - part.upper),
        upper=max(0, whole.upper - part.lower),
        claims=whole.claims,
    )


def _toll(claim: CountClaim, profile: Profile) -> Toll:
    lower, upper = bounds_of(claim, profile.numbers)
    return Toll(lower=lower, upper=upper, claims=(claim,))


def _rests(
    counted: Sequence[CountClaim], off: Sequence[CountClaim], of: Sum, profile: Profile
) -> list[tuple[CountClaim, Toll]]:
    """What remains of wholes that were not told apart, where a part of them is told.

    With `rest_without_parts` the others remain too, less the deaths that their voice tells apart:
    these are taken off its largest whole, once.
    """
    wholes = _top([claim for claim in counted if claim.outcome in of.rest_of])
    split = {part.part_of for part in off} & {whole.id for whole in wholes}
    rests = [
        (whole, _less_parts(whole, off, profile))
        for whole in wholes
        if whole.id in split or of.rest_without_parts
    ]
    if not of.rest_without_parts:
        return rests
    unsplit = [(whole, rest) for whole, rest in rests if whole.id not in split]
    remaining = [(whole, rest) for whole, rest in rests if whole.id in split]
    return remaining + _without_dead(unsplit, _told_dead(counted, of, profile), profile)


def _without_dead(
    wholes: Sequence[tuple[CountClaim, Toll]], dead: int, profile: Profile
) -> list[tuple[CountClaim, Toll]]:
    """Wholes less the dead told apart, who are of the largest of them first."""
    left: list[tuple[CountClaim, Toll]] = []
    taken: dict[_Voice, int] = {}
    for whole, rest in sorted(wholes, key=lambda one: (-one[1].upper, _where(one[0]))):
        if has_word(_described(whole), _OTHER_PEOPLE):
            left.append((whole, rest))
            continue
        voice = _voice(whole, profile)
        off = min(rest.upper, dead - taken.get(voice, 0))
        taken[voice] = taken.get(voice, 0) + off
        left.append((whole, _less(rest, Toll(lower=off, upper=off))))
    return left


def _told_dead(counted: Sequence[CountClaim], of: Sum, profile: Profile) -> int:
    """How many an incident tells dead, as no part of a whole of dead and hurt."""
    wholes = {claim.id for claim in counted if claim.outcome in of.rest_of}
    dead = _top([claim for claim in counted if claim.outcome in of.less])
    tolls = [(one, _toll(one, profile)) for one in dead if one.part_of not in wholes]
    return _chosen(tolls, of, profile).upper if tolls else 0


def _is_left_out(claim: CountClaim, left_out: LeftOut, article: Article) -> bool:
    group = claim.group
    if group.standing in left_out.standings or set(group.roles) & set(left_out.roles):
        return True
    told = f"{group.text or ''} {group.party or ''}"
    if has_word(told, left_out.group_words) and not has_word(told, left_out.group_words_kept):
        return True
    words = left_out.sentence_words
    return bool(words) and has_word(_sentence(claim, article), words)


def _sentence(claim: CountClaim, article: Article) -> str:
    """The sentence that a claim's first quote stands in."""
    quote = claim.quotes[0]
    text = article.field(quote.field)
    starts = [0, *(end.end() for end in _SENTENCE_END.finditer(text)), len(text)]
    first = max(start for start in starts if start <= quote.start)
    last = min((start for start in starts if start >= quote.end), default=len(text))
    return text[first:last]


def _chosen(tolls: Sequence[tuple[CountClaim, Toll]], of: Sum, profile: Profile) -> Toll:
    """One figure of an incident, of what each voice says of it.

    Voices that may mean the same people are alternatives, of which one is taken; voices that tell
    of people of different standing are added.
    """
    accounts: dict[_Voice, list[tuple[CountClaim, Toll]]] = {}
    for claim, toll in tolls:
        accounts.setdefault(_voice(claim, profile), []).append((claim, toll))
    rivals: list[list[list[tuple[CountClaim, Toll]]]] = []
    for account in accounts.values():
        met = [group for group in rivals if any(_may_be_same(account, one) for one in group)]
        rivals = [group for group in rivals if group not in met]
        rivals.append([*(one for group in met for one in group), account])
    return _added([_one_of(group, of, profile) for group in rivals])


def _voice(claim: CountClaim, profile: Profile) -> _Voice:
    own = profile.choice.own_names
    if own and all(_is_own(one, own) for one in claim.speakers):
        return _OWN
    told = {(one.type.value, name_key(one.name_text or "")) for one in claim.speakers}
    return tuple(sorted(told))


def _is_own(speaker: Speaker, names: Sequence[str]) -> bool:
    """Whether a speaker is the publisher: the body itself, not an officer of it by name."""
    if speaker.type is SpeakerType.ARTICLE_VOICE:
        return True
    name = speaker.name_text or ""
    return "," not in name and has_word(name, names)


def _may_be_same(
    one: Sequence[tuple[CountClaim, Toll]], other: Sequence[tuple[CountClaim, Toll]]
) -> bool:
    return any(
        _may_be_of_same(claim.group.standing, theirs.group.standing)
        for claim, _ in one
        for theirs, _ in other
    )


def _may_be_of_same(one: Standing, other: Standing) -> bool:
    return one is other or bool({one, other} & _ANYBODY)


def _one_of(rivals: Sequence[Sequence[tuple[CountClaim, Toll]]], of: Sum, profile: Profile) -> Toll:
    ordered = sorted(rivals, key=lambda account: min(_where(claim) for claim, _ in account))
    tolls = [_told_by_one(account, of) for account in ordered]
    by_size = sorted(tolls, key=lambda toll: (toll.lower, toll.upper))
    match profile.choice.voices:
        case "first":
            return tolls[0]
        case "latest":
            return tolls[-1]
        case "largest":
            return by_size[-1]
        case "smallest":
            return by_size[0]
        case "span":
            return Toll(
                lower=by_size[0].lower,
                upper=max(toll.upper for toll in tolls),
                claims=tuple(claim for toll in tolls for claim in toll.claims),
            )
        case "article_voice":
            own = (
                toll
                for account, toll in zip(ordered, tolls, strict=True)
                if _voice(account[0][0], profile) == _OWN
                or account[0][0].speakers[0].type is SpeakerType.ARTICLE_VOICE
            )
            return next(own, tolls[0])


def _told_by_one(account: Sequence[tuple[CountClaim, Toll]], of: Sum) -> Toll:
    """What one voice says: figures that the record keeps apart are of different people."""
    once: Mapping[tuple[str, str, int, int], Toll] = {
        (claim.group.standing.value, name_key(claim.group.text or ""), toll.lower, toll.upper): toll
        for claim, toll in reversed(account)
    }
    tolls = tuple(reversed(once.values()))
    return _holder(tolls, of) or _added(tolls)


def _holder(tolls: Sequence[Toll], of: Sum) -> Toll | None:
    """The figure that holds all others, if the corpus says so: "Four were shot" and a man of them.

    Who is "another" is of none, and neither are people who are more than it.
    """
    least = of.holds_others_from
    whole = max(tolls, key=lambda toll: (toll.lower, toll.upper), default=None)
    if least is None or whole is None or whole.lower < least:
        return None
    told = [claim for toll in tolls for claim in toll.claims]
    rest = _added(toll for toll in tolls if toll is not whole)
    if rest.upper > whole.upper or any(has_word(_described(one), _OTHER_PEOPLE) for one in told):
        return None
    return whole


def _where(claim: CountClaim) -> tuple[bool, int]:
    """Where a claim stands: the body governs, so a headline comes after it."""
    return min((quote.field == "title", quote.start) for quote in claim.quotes)


def _added(tolls: Iterable[Toll]) -> Toll:
    return sum(tolls, Toll(lower=0, upper=0))


def _bare(key: str) -> str:
    words = key.split()
    if len(words) > 1 and words[-1] in _AREA_WORDS:
        words = words[:-1]
    return " ".join(words)
