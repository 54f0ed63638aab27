"""Consistency: how far two labellings of the same articles agree, field by field.

Whether both labellers saw the same incidents and claims is told by the scorer itself, one pass as
gold and the other as a prediction. What is here is the rest: where both have a claim, and the
alignment pairs the two, how often a field of it has the same value, and Krippendorff's alpha, which
takes off what chance alone would give (Krippendorff, Content Analysis, 4th ed. 2018, ch. 12):
nominal, but for numbers, which are compared as ln(1 + x) on the interval metric, so that one large
toll does not decide.
"""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

import krippendorff
import numpy as np
from numpy.typing import NDArray

from eval.cells import Cell, CellKind
from eval.gold import GoldArticle, GoldError, GoldSet, Labelled
from eval.intervals import Interval, bootstrap_interval
from eval.predictions import Prediction
from eval.ratios import Floats
from eval.scoring.article import score_set
from extractor.codes import InputOutcome
from extractor.records import Actor, BlameClaim, CountClaim, Incident


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How far two labellings agree on one field of what both have."""

    group: str
    """What it is a field of: incident, count, blame."""
    field: str
    pairs: int
    """Incidents or claims that both have and state a value for."""
    articles: int
    """Articles that they are from."""
    same: int
    """Pairs with the same value."""
    alpha: float | None
    """Krippendorff's alpha; None if the values never vary, so that chance explains everything."""
    interval: Interval | None
    """Of alpha, over stories; None below the fewest stories that allow one, and where all agree."""


@dataclass(frozen=True, kw_only=True)
class _Values:
    """The two values of a field in one pair."""

    story_id: str
    article_id: str
    first: str | float
    second: str | float


def as_predictions(labels: Iterable[GoldArticle]) -> tuple[Prediction, ...]:
    """Labels as the predictions of a reader."""
    return tuple(
        Prediction(
            article_id=one.article_id,
            text_sha256=one.text_sha256,
            outcome=InputOutcome.READ,
            incidents=one.incidents,
            cumulative=one.cumulative,
        )
        for one in labels
    )


def strictly(gold: GoldSet) -> GoldSet:
    """A gold set without second readings: what one labeller allows must not help the agreement."""
    labelled = {
        name: Labelled(
            article=one.article,
            gold=one.gold.model_copy(update={"alternatives": ()}),
            split=one.split,
        )
        for name, one in gold.labelled.items()
    }
    return GoldSet(folder=gold.folder, labelled=labelled)


def consistency_of(
    first: GoldSet, second: Mapping[str, GoldArticle], *, seed: int = 0
) -> tuple[Agreement, ...]:
    """How far a second labelling agrees with a first, for each field of what both have.

    Args:
        first: the articles with their first labels.
        second: the second labels by article id; each article of the first has some.
        seed: of the resampling behind the intervals.

    Raises:
        GoldError: an article has no second label, or one of another text.
    """
    if missing := sorted(set(first.labelled) - set(second)):
        raise GoldError(f"labelled only once: {', '.join(map(repr, missing[:5]))}")
    scored = score_set(strictly(first), as_predictions(second.values()))
    found: dict[tuple[str, str], list[_Values]] = {}
    for cell in scored.cells:
        one, other = first.labelled[cell.article_id].gold, second[cell.article_id]
        for group, field, values in _compared(cell, one, other):
            told = _Values(
                story_id=cell.story_id,
                article_id=cell.article_id,
                first=values[0],
                second=values[1],
            )
            found.setdefault((group, field), []).append(told)
    order = [(group, field) for group, fields in _FIELDS.items() for field in fields]
    return tuple(
        _agreement(group, field, found[group, field], seed)
        for group, field in order
        if (group, field) in found
    )


def alpha_of(pairs: Sequence[tuple[str | float, str | float]]) -> float | None:
    """Krippendorff's alpha of pairs: nominal for words, on the interval metric for numbers.

    None if all values are one and the same.
    """
    domain = _domain(pairs)
    if len(domain) < 2:
        return None
    return _alpha(_table(pairs, domain), domain)


def _domain(pairs: Sequence[tuple[str | float, str | float]]) -> list[str | float]:
    """The values that were given, in order; those of one field are all words or all numbers."""
    values = {value for pair in pairs for value in pair}
    return sorted(values, key=lambda one: (isinstance(one, str), one))


def _alpha(table: NDArray[np.float64], domain: Sequence[str | float]) -> float:
    is_number = all(isinstance(one, float) for one in domain)
    told = krippendorff.alpha(
        value_counts=table,
        value_domain=np.array(domain) if is_number else np.arange(len(domain)),
        level_of_measurement="interval" if is_number else "nominal",
    )
    return float(told)


def _table(
    pairs: Sequence[tuple[str | float, str | float]], domain: Sequence[str | float]
) -> NDArray[np.float64]:
    """How often each value was given to each unit."""
    column = {value: n for n, value in enumerate(domain)}
    table = np.zeros((len(pairs), len(domain)))
    for row, pair in enumerate(pairs):
        for value in pair:
            table[row, column[value]] += 1
    return table


def _agreement(group: str, field: str, told: Sequence[_Values], seed: int) -> Agreement:
    ordered = sorted(told, key=lambda one: (one.story_id, one.article_id, str(one.first)))
    pairs = [(one.first, one.second) for one in ordered]
    alpha = alpha_of(pairs)
    stories = [len(list(rows)) for _, rows in groupby(ordered, key=lambda one: one.story_id)]
    return Agreement(
        group=group,
        field=field,
        pairs=len(pairs),
        articles=len({one.article_id for one in told}),
        same=sum(first == second for first, second in pairs),
        alpha=alpha,
        interval=None if alpha is None else _interval(pairs, stories, seed),
    )


def _interval(
    pairs: Sequence[tuple[str | float, str | float]], stories: Sequence[int], seed: int
) -> Interval | None:
    """The interval of alpha over stories; None if every draw has the same, as where all agree."""
    domain = _domain(pairs)
    counts, apart = _sums(pairs, stories, domain)
    statistics = np.column_stack([counts, apart])
    return bootstrap_interval(statistics, partial(_alpha_of_sums, domain=domain), seed=seed)


def _alpha_of_sums(sums: Floats, domain: Sequence[str | float]) -> Floats:
    """Alpha from how often each value was given and, last, the distances within pairs.

    For two coders alpha is 1 - (n - 1) D / E, with n values, D the summed distances within pairs
    (both ways round) and E those between all values. D and the counts behind E add up over stories.
    NaN where fewer than two values occur.
    """
    counts, apart = sums[..., :-1], sums[..., -1]
    # Asked of the counts, not of the distances: those of one number may miss zero by rounding.
    varies = (counts > 0).sum(axis=-1) > 1
    between = np.where(varies, _between(counts, domain), np.nan)
    return 1 - (counts.sum(axis=-1) - 1) * apart / between


def _sums(
    pairs: Sequence[tuple[str | float, str | float]],
    stories: Sequence[int],
    domain: Sequence[str | float],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each story how often each value was given, and the distances within its pairs."""
    column = {value: n for n, value in enumerate(domain)}
    counts, apart = np.zeros((len(stories), len(domain))), np.zeros(len(stories))
    of_pair = (story for story, size in enumerate(stories) for _ in range(size))
    for story, (first, second) in zip(of_pair, pairs, strict=True):
        for value in (first, second):
            counts[story, column[value]] += 1
        apart[story] += 2 * _distance(first, second)
    return counts, apart


def _distance(one: str | float, other: str | float) -> float:
    if isinstance(one, float) and isinstance(other, float):
        return (one - other) ** 2
    return float(one != other)


def _between(counts: Floats, domain: Sequence[str | float]) -> Floats:
    """The distances between all values, each with each, both ways round."""
    total = counts.sum(axis=-1)
    if not all(isinstance(one, float) for one in domain):
        return total**2 - (counts**2).sum(axis=-1)
    values = np.array(domain, dtype=float)
    values -= values.mean()  # distances stay, and less is lost by rounding
    return 2 * (total * (counts @ values**2) - (counts @ values) ** 2)


def _compared(
    cell: Cell, one: GoldArticle, other: GoldArticle
) -> Iterator[tuple[str, str, tuple[str | float, str | float]]]:
    """The fields of a paired cell with their two values."""
    if cell.gold_id is None or cell.predicted_id is None or cell.kind not in _GROUPS:
        return
    group = _GROUPS[cell.kind]
    pair = _found(one, cell.gold_id), _found(other, cell.predicted_id)
    for field, value in _FIELDS[group].items():
        values = value(pair[0]), value(pair[1])
        if values[0] is not None and values[1] is not None:
            yield group, field, (values[0], values[1])


_Told = Incident | CountClaim | BlameClaim
_Value = Callable[[_Told], str | float | None]


def _found(gold: GoldArticle, wanted: str) -> _Told:
    told: list[_Told] = [*gold.incidents, *gold.cumulative]
    for incident in gold.incidents:
        told += [*incident.counts, *incident.blames]
    return next(one for one in told if one.id == wanted)


def _log(number: int | None) -> float | None:
    return None if number is None else math.log1p(number)


def _listed(codes: Iterable[str]) -> str:
    return json.dumps(sorted(codes))


def _kinds_of(accused: Iterable[Actor]) -> str:
    return _listed(actor.type for actor in accused)


_INCIDENT: Mapping[str, Callable[[Incident], str | float | None]] = {
    "actuality": lambda one: one.actuality,
    "clarity": lambda one: one.clarity,
    "background": lambda one: str(one.background),
    "main attack type": lambda one: one.attack_types[0] if one.attack_types else "none",
    "date precision": lambda one: one.when.precision,
    "days": lambda one: f"{one.when.start} {one.when.end}",
    "main place": lambda one: one.places[0].name_text if one.places else "none",
    "place level": lambda one: one.places[0].level if one.places else "none",
    "place relation": lambda one: one.places[0].relation if one.places else "none",
    "country": lambda one: _listed(one.places[0].countries) if one.places else "none",
}
_COUNT: Mapping[str, Callable[[CountClaim], str | float | None]] = {
    "outcome": lambda one: one.outcome,
    "lower bound": lambda one: _log(one.number.lower),
    "upper bound": lambda one: _log(one.number.upper),
    "qualifier": lambda one: one.number.qualifier,
    "unit": lambda one: one.number.unit,
    "standing": lambda one: one.group.standing,
    "roles": lambda one: _listed(one.group.roles),
    "demographics": lambda one: _listed(one.group.demographics),
    "speaker type": lambda one: _listed(speaker.type for speaker in one.speakers),
    "speaker is a party": lambda one: str(any(speaker.is_party for speaker in one.speakers)),
    "is a part": lambda one: str(one.part_of is not None),
    "is superseding": lambda one: str(one.supersedes is not None),
    "hedge": lambda one: one.hedge,
    "attackers included": lambda one: one.includes_attackers,
    "scope": lambda one: one.scope,
}
_BLAME: Mapping[str, Callable[[BlameClaim], str | float | None]] = {
    "stance": lambda one: one.stance,
    "type of accused": lambda one: _kinds_of(one.accused),
    "all or either": lambda one: one.joint,
    "speaker type": lambda one: _listed(speaker.type for speaker in one.speakers),
    "covers some claims only": lambda one: str(bool(one.applies_to)),
    "answers another": lambda one: str(one.answers is not None),
}
_FIELDS: Mapping[str, Mapping[str, _Value]] = {  # each group's fields take its own records
    "incident": _INCIDENT,  # pyright: ignore[reportAssignmentType]
    "count": _COUNT,  # pyright: ignore[reportAssignmentType]
    "blame": _BLAME,  # pyright: ignore[reportAssignmentType]
}
_GROUPS: Mapping[CellKind, str] = {
    CellKind.INCIDENT: "incident",
    CellKind.COUNT: "count",
    CellKind.CUMULATIVE: "count",
    CellKind.BLAME: "blame",
}
