"""Similarity: how surely two incidents are one, by the words that tell of them, place, date, type.

Figures and actors take no part: what is scored may not decide what it is compared with. Quoting
more than gold does wins nothing: whoever quotes the whole article has told of no incident yet.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import exp

from eval.whereabouts import Whereabouts, best_likeness, whereabouts_of
from extractor.article import Article, Span
from extractor.codes import AttackType, DatePrecision
from extractor.records import Incident, When

EVIDENCE, PLACE, DATE, TYPE = 0.35, 0.30, 0.20, 0.15
"""What each field weighs; fields that one side does not have weigh nothing."""


def similarity(gold: Incident, predicted: Incident, article: Article) -> float | None:
    """How alike two incidents are, from 0 to 1; `None` where they cannot be one.

    They cannot if they lie in different countries or, dated to the day, more than two weeks apart,
    unless most of their words are the same, or most of those of the side that quotes less: then it
    is the country or date that is wrong. Where nearly all words are the same, so are the incidents,
    even if place, date and type all differ.
    """
    return _similarity(_told(gold, article), _told(predicted, article))


def similarities(
    gold: Sequence[Incident], predicted: Sequence[Incident], article: Article
) -> tuple[tuple[float | None, ...], ...]:
    """The similarity of each gold incident (rows) with each predicted one (columns)."""
    told = [_told(one, article) for one in predicted]
    rows = (_told(one, article) for one in gold)
    return tuple(tuple(_similarity(row, column) for column in told) for row in rows)


def shared_words(gold: Incident, predicted: Incident, article: Article) -> float | None:
    """How much of what is quoted of a predicted incident gold quotes of its own, from 0 to 1.

    `None` if they quote from no common sentence: nothing but place and date can then make the two
    one, and that is no reason to say that one was told twice, in parts or together with another.
    """
    ours, theirs = _told(gold, article), _told(predicted, article)
    if not ours.sentences & theirs.sentences:
        return None
    return _part_in(theirs.letters, ours.letters)


_SAME_WORDS = 0.5  # with this share of their words in common no date or country parts them
_TIMES_FORGIVEN = 3  # up to this many times as much is gold's words and a sentence beside them
_TIMES_LONGER = 4  # a side that quotes more than this many times the other quotes anything
_NEARLY_ALL = 0.8  # with this share of their words in common nothing parts them
_OF_NEARLY_ALL = 0.7  # what such words are worth alone: more than chance, less than a better pair
_TELLING = 0.3  # evidence this like is enough when nothing else is known
_ANYTHING = 0.5  # whoever quotes more than this share of what gold leaves out chose no words
_DAYS_APART = 14


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What identifies an incident; sets of places of the article are bits of a number."""

    text: int
    """All letters of the article's text."""
    letters: int
    sentences: int
    places: tuple[Whereabouts, ...]
    countries: frozenset[str]
    days: tuple[date, date] | None
    is_of_one_day: bool
    types: tuple[AttackType, ...]


def _similarity(gold: _Told, predicted: _Told) -> float | None:
    same_words = _share(gold.letters, predicted.letters)
    if not _is_of_same_words(gold, predicted) and _cannot_be_one(gold, predicted):
        return None
    fields: list[tuple[float, float]] = []
    evidence = _evidence_likeness(gold, predicted)
    if gold.letters and predicted.letters:
        fields.append((EVIDENCE, evidence))
    if gold.places and predicted.places:
        fields.append((PLACE, best_likeness(gold.places, predicted.places)))
    if gold.days and predicted.days:
        fields.append((DATE, exp(-_gap(gold.days, predicted.days) / 2)))
    is_found = bool(fields[bool(gold.letters and predicted.letters) :])  # by place or date
    if gold.types and predicted.types:
        fields.append((TYPE, _types(gold.types, predicted.types)))
    # Half the incidents of an article may be of one type: that alone is no better than nothing.
    if not (is_found and len(fields) > 1) and (
        evidence < _TELLING or (same_words < _NEARLY_ALL and _quotes_anything(gold, predicted))
    ):
        return None
    likeness = sum(weight * like for weight, like in fields) / sum(weight for weight, _ in fields)
    return max(likeness, _OF_NEARLY_ALL * evidence) if same_words >= _NEARLY_ALL else likeness


def _is_of_same_words(one: _Told, other: _Told) -> bool:
    if _share(one.letters, other.letters) >= _SAME_WORDS:
        return True
    fewer, more = sorted((one.letters.bit_count(), other.letters.bit_count()))
    return more <= _TIMES_LONGER * fewer and _inside(one.letters, other.letters) >= _SAME_WORDS


def _cannot_be_one(one: _Told, other: _Told) -> bool:
    # One name found in two countries is a mistake of looking up, not another event.
    abroad = (
        one.countries
        and other.countries
        and not one.countries & other.countries
        and not {place.key for place in one.places} & {place.key for place in other.places}
    )
    far = (
        one.days
        and other.days
        and one.is_of_one_day
        and other.is_of_one_day
        and _gap(one.days, other.days) > _DAYS_APART
    )
    return bool(abroad or far)


def _quotes_anything(gold: _Told, predicted: _Told) -> bool:
    """Whether a prediction quotes the article rather than what tells of an incident."""
    return _part_in(gold.text & ~gold.letters, predicted.letters) > _ANYTHING


def _evidence_likeness(gold: _Told, predicted: _Told) -> float:
    """Mean of four shares: of letters and of sentences, of the whole and of the predicted side.

    Letters tell apart two incidents of one sentence, sentences forgive quotes cut elsewhere; the
    predicted side's share forgives that it quotes less than gold. That it quotes more is forgiven
    up to a neighbouring sentence or two, gold's share then standing for its own: all of gold lies
    in the whole article. On made-up readings it missed less than half as many pairs as Jaccard's
    index of letters did, and joined few more wrongly.
    """
    both = ((gold.letters, predicted.letters), (gold.sentences, predicted.sentences))
    forgiven = _length_forgiven(gold, predicted)
    return (
        sum(
            _share(ours, theirs) + max(_part_in(theirs, ours), forgiven * _part_in(ours, theirs))
            for ours, theirs in both
        )
        / 4
    )


def _length_forgiven(gold: _Told, predicted: _Told) -> float:
    """How far a prediction that quotes more than gold may have chosen its words: 1 is fully."""
    if not gold.letters or _quotes_anything(gold, predicted):
        return 0.0
    times = predicted.letters.bit_count() / gold.letters.bit_count()
    return min(1.0, max(0.0, (_TIMES_LONGER - times) / (_TIMES_LONGER - _TIMES_FORGIVEN)))


def _share(one: int, other: int) -> float:
    """Jaccard's index of two sets of bits."""
    either = (one | other).bit_count()
    return (one & other).bit_count() / either if either else 0.0


def _part_in(one: int, other: int) -> float:
    """How much of a set of bits lies in another."""
    return (one & other).bit_count() / one.bit_count() if one else 0.0


def _inside(one: int, other: int) -> float:
    """How much of the smaller set of bits lies in the other."""
    return max(_part_in(one, other), _part_in(other, one))


def _told(incident: Incident, article: Article) -> _Told:
    starts = _sentence_starts(article.text)
    letters = sentences = 0
    for span in _quotes(incident):
        if span.field == "title":
            shift, first, last = len(article.text), len(starts), len(starts)
        else:
            shift = 0
            first = _sentence(starts, span.start)
            last = _sentence(starts, max(span.start, span.end - 1))
        letters |= _bits(shift + span.start, shift + span.end)
        sentences |= _bits(first, last + 1)
    days = _days(incident.when)
    precision = incident.when.precision
    return _Told(
        text=_bits(0, len(article.text)),
        letters=letters,
        sentences=sentences,
        places=tuple(map(whereabouts_of, incident.places)),
        countries=frozenset(code for place in incident.places for code in place.countries),
        days=days,
        is_of_one_day=precision in (DatePrecision.DAY, DatePrecision.PART_OF_DAY),
        types=tuple(one for one in incident.attack_types if one is not AttackType.UNKNOWN),
    )


def _quotes(incident: Incident) -> Iterable[Span]:
    """All words that are said to tell of an incident."""
    yield from incident.evidence
    for quote in (incident.when.quote, *(place.quote for place in incident.places)):
        if quote:
            yield quote
    for claim in (*incident.counts, *incident.blames):
        yield from claim.quotes


def _bits(start: int, end: int) -> int:
    return ((1 << (end - start)) - 1) << start


_SENTENCE_END = re.compile(
    r"[.!?\u2026\u061f\u06d4\u0964][\"'\u2019\u201d\u00bb)\]]*\s+(?=[^\s])"
    r"|[\u3002\uff01\uff1f][\"'\u2019\u201d\u300d\u300f)\]]*"
    r"|\n\s*\n\s*"
)


@lru_cache(maxsize=64)
def _sentence_starts(text: str) -> tuple[int, ...]:
    """Where sentences start: good enough to compare two sets of quotes, both cut the same way."""
    ends = (found.end() for found in _SENTENCE_END.finditer(text))
    return (0, *(end for end in ends if end < len(text) and not text[end].islower()))


def _sentence(starts: Sequence[int], at: int) -> int:
    return bisect(starts, at) - 1


def _days(when: When) -> tuple[date, date] | None:
    """First and last day, where the article dates the event at all."""
    if when.precision in (DatePrecision.ON_OR_BEFORE, DatePrecision.UNKNOWN) or not when.end:
        return None
    return when.start or when.end, when.end


def _gap(one: tuple[date, date], other: tuple[date, date]) -> int:
    """Days between two intervals, 0 if they share a day."""
    return max(0, (other[0] - one[1]).days, (one[0] - other[1]).days)


_FAMILIES = (
    frozenset(
        {
            AttackType.AIRSTRIKE,
            AttackType.DRONE_STRIKE,
            AttackType.AIR_OR_ARTILLERY_UNSPECIFIED,
            AttackType.SHELLING,
            AttackType.MISSILE_OR_ROCKET,
        }
    ),
    # What poison is brought by is often told, and then taken for the type.
    frozenset({AttackType.CHEMICAL, AttackType.AIRSTRIKE, AttackType.SHELLING}),
    frozenset({AttackType.EXPLOSIVE_DEVICE, AttackType.SUICIDE_ATTACK}),
    frozenset({AttackType.ARMED_CLASH, AttackType.SHOOTING, AttackType.EXECUTION}),
    frozenset({AttackType.SHOOTING, AttackType.CROWD_CONTROL_FORCE}),
    frozenset({AttackType.MOB_VIOLENCE, AttackType.CROWD_CONTROL_FORCE}),
    frozenset({AttackType.MOB_VIOLENCE, AttackType.STABBING_OR_BEATING}),
    frozenset({AttackType.ABDUCTION, AttackType.EXECUTION, AttackType.TORTURE}),
    frozenset({AttackType.TORTURE, AttackType.STABBING_OR_BEATING, AttackType.SEXUAL_VIOLENCE}),
)
"""Types that two readers of the same words may choose between."""


def _types(one: Sequence[AttackType], other: Sequence[AttackType]) -> float:
    mine, theirs = one[0], other[0]
    if mine is theirs:
        return 1.0
    beside = mine in other or theirs in one
    return 0.5 if beside or any({mine, theirs} <= family for family in _FAMILIES) else 0.0
