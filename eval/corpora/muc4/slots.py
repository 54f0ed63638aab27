"""Slots: what an answer's fill is worth beside a key's, and how the fills of a slot pair up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.assignment import assign
from eval.corpora.muc4.convention import Scoring
from eval.corpora.muc4.days import day_credit, read_days
from eval.corpora.muc4.keys import Fill, Slot
from eval.corpora.muc4.places import place_credit, read_chain
from eval.corpora.muc4.wording import organisation_credit, people_credit

_LEAST_CREDIT = 0.5  # fills that earn nothing do not pair; see `pair_fills`
_ASKED_FOR = 0.001  # between a fill that is asked for and an optional one, the first is meant


@dataclass(frozen=True, kw_only=True)
class Graded:
    """A key's fill and the answer's that stands for it, or one of them alone."""

    slot: Slot
    key: Fill | None
    answer: Fill | None
    credit: float = 0.0

    @property
    def is_excused(self) -> bool:
        """Whether the key makes it optional."""
        return self.key is not None and self.key.optional


def grade_slot(
    slot: Slot, keys: Sequence[Fill], answers: Sequence[Fill], scoring: Scoring
) -> tuple[Graded, ...]:
    """Every fill of a slot once: the pairs worth most together, then wrong, missing and spurious.

    A fill left over on each side is one wrong answer, not a missing and a spurious one; an
    optional fill never stands in for a wrong one.
    """
    worth = [[fill_credit(slot, key, answer, scoring) for answer in answers] for key in keys]
    pairs = _best_pairs(keys, answers, worth)
    graded = [
        Graded(slot=slot, key=keys[k], answer=answers[a], credit=worth[k][a]) for k, a in pairs
    ]
    paired_keys, paired_answers = {k for k, _ in pairs}, {a for _, a in pairs}
    left = [key for k, key in enumerate(keys) if k not in paired_keys]
    spare = [answer for a, answer in enumerate(answers) if a not in paired_answers]
    asked_for = [key for key in left if not key.optional]
    for n in range(max(len(asked_for), len(spare))):
        key = asked_for[n] if n < len(asked_for) else None
        answer = spare[n] if n < len(spare) else None
        graded.append(Graded(slot=slot, key=key, answer=answer))
    graded += [Graded(slot=slot, key=key, answer=None) for key in left if key.optional]
    return tuple(graded)


def fill_credit(slot: Slot, key: Fill, answer: Fill, scoring: Scoring) -> float:
    """What an answer earns beside a key: 1, ½ or 0; any of the key's values may be the right one.

    The right value on the wrong victim or organisation is half right.
    """
    compare = _COMPARISONS.get(slot, _same)
    best = _best(compare, key.values, answer.values, scoring)
    if best < 1 or slot not in _REFERENCES:
        return best
    if not key.refs or not answer.refs:
        return 1.0 if bool(key.refs) == bool(answer.refs) else 0.5
    return 1.0 if _best(_REFERENCES[slot], key.refs, answer.refs, scoring) == 1 else 0.5


_Comparison = Callable[[str, str, Scoring], float]


def _best(
    compare: _Comparison, keys: Sequence[str], answers: Sequence[str], scoring: Scoring
) -> float:
    return max((compare(k, a, scoring) for k in keys for a in answers), default=0.0)


def _same(key: str, answer: str, _: Scoring) -> float:
    return 1.0 if key == answer else 0.0


def _type(key: str, answer: str, scoring: Scoring) -> float:
    return 0.5 if scoring.more_general.get(key) == answer else _same(key, answer, scoring)


def _number(key: str, answer: str, scoring: Scoring) -> float:
    """Equal; about 20 and 20 are half right for each other; any other difference is wrong."""
    mine, theirs = key.replace(" ", ""), answer.replace(" ", "")
    if mine == theirs:
        return 1.0
    return 0.5 if mine.lstrip("~") == theirs.lstrip("~") else 0.0


def _date(key: str, answer: str, scoring: Scoring) -> float:
    mine, theirs = read_days(key), read_days(answer)
    if mine is None or theirs is None:
        return _same(key, answer, scoring)
    return day_credit(mine, theirs)


def _location(key: str, answer: str, scoring: Scoring) -> float:
    mine, theirs = (read_chain(text, scoring.place_words) for text in (key, answer))
    return place_credit(mine, theirs, scoring.country_spellings)


_COMPARISONS: dict[Slot, _Comparison] = {
    Slot.TYPE: _type,
    Slot.DATE: _date,
    Slot.LOCATION: _location,
    Slot.NUMBER: _number,
    Slot.PERPETRATOR: people_credit,
    Slot.VICTIM: people_credit,
    Slot.ORGANISATION: organisation_credit,
}
_REFERENCES: dict[Slot, _Comparison] = {
    Slot.STATUS: organisation_credit,
    Slot.NUMBER: people_credit,
    Slot.EFFECT: people_credit,
    Slot.VICTIM_TYPE: people_credit,
}


def _best_pairs(
    keys: Sequence[Fill], answers: Sequence[Fill], worth: Sequence[Sequence[float]]
) -> tuple[tuple[int, int], ...]:
    if not keys or not answers:
        return ()
    if len(keys) == 1 and len(answers) == 1:
        return ((0, 0),) if worth[0][0] >= _LEAST_CREDIT else ()
    bonus = [[0.0 if key.optional else _ASKED_FOR] * len(answers) for key in keys]
    return assign(worth, threshold=_LEAST_CREDIT, bonus=bonus, with_margin=False).pairs
