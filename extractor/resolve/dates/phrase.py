"""A phrase: terms and parts of a day in groups, and the words that link or bound the groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from extractor.resolve.dates.term import Grain, Link, Part, Piece, Term

BOUNDS = frozenset({"since", "before", "after", "until", "by"})
OPENINGS = BOUNDS | {"from", "between"}
_SPANS = frozenset({"from", "between"})  # "the night from Sunday to Monday"
LINKS = frozenset({"to", "through", "until", "and", "or", "into", "-", "/"})
_MARKS = frozenset({",", "(", ")"})
_FRONT = (
    frozenset({"on", "in", "during", "the", "both", "either", "sometime", "only", "just"}) | _MARKS
)
_MIDDLE = (
    frozenset({"on", "in", "during", "the", "again", "only", "just", "earlier", "later"}) | _MARKS
)
_ONWARDS = frozenset({"on", "onward", "onwards"})
_TO = frozenset({"to", "until"})
_SMALL = frozenset({Grain.DAY, Grain.NIGHT, Grain.DAYS, Grain.WEEK, Grain.WEEKEND})
_OF_DAYS = frozenset({Grain.DAY, Grain.NIGHT})


@dataclass(frozen=True, kw_only=True)
class Group:
    """Terms for the same days, and the parts of a day told with them."""

    terms: tuple[Term, ...]
    parts: tuple[Part, ...] = ()
    has_night_before: bool = False
    """Whether the night stands in front: "the night of Tuesday"."""

    @property
    def is_early(self) -> bool:
        """Whether it begins with an early part of the day."""
        return bool(self.parts) and self.parts[0].is_early

    @property
    def is_late(self) -> bool:
        """Whether it begins with a late part of the day."""
        return bool(self.parts) and self.parts[0].is_late

    @property
    def is_night(self) -> bool:
        """Whether a night is told."""
        return any(part.is_night for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A whole expression."""

    opening: str | None
    groups: tuple[Group, ...]
    links: tuple[str, ...]
    is_overnight: bool
    is_uncertain: bool
    """Whether it is said that the day is not known: "sometime between"."""


def parse(pieces: Sequence[Piece]) -> Phrase | None:
    """The phrase that pieces make up; `None` if they make none."""
    kinds = [piece.what for piece in pieces]
    front, kinds = _split_front(kinds)
    while kinds and _is(kinds[-1], _MARKS):
        kinds.pop()
    nights = [n for n, kind in enumerate(kinds) if _is(kind, {"overnight"})]
    kinds = [kind for n, kind in enumerate(kinds) if n not in nights]
    if nights:
        more, kinds = _split_front(kinds)
        front |= more
    if not kinds or all(isinstance(kind, Part) for kind in kinds):
        is_night = len(nights) == 1 and all(isinstance(k, Part) and not k.is_night for k in kinds)
        return _bare_night() if is_night else None
    before = list(takewhile(lambda kind: isinstance(kind, Part), kinds))
    first, opening = kinds[len(before)], None
    if isinstance(first, Link) and first.word in (_SPANS if before else OPENINGS | {"into"}):
        opening, kinds = first.word, before + kinds[len(before) + 1 :]
    if opening == "from" and kinds and _is(kinds[-1], _ONWARDS):
        opening = "since"
        kinds.pop()
    groups, links = _grouped(kinds)
    if groups is None or len(nights) > 1:
        return None
    return Phrase(
        opening=opening,
        groups=groups,
        links=links,
        is_overnight=bool(nights),
        is_uncertain="sometime" in front,
    )


def _bare_night() -> Phrase:
    return Phrase(opening=None, groups=(), links=(), is_overnight=True, is_uncertain=False)


_Kind = Term | Part | Link


def _is(kind: _Kind, words: frozenset[str] | set[str]) -> bool:
    return isinstance(kind, Link) and kind.word in words


def _split_front(kinds: list[_Kind]) -> tuple[set[str], list[_Kind]]:
    """The small words in front, and the rest."""
    front: set[str] = set()
    at = 0
    while at < len(kinds) and _is(kinds[at], _FRONT):
        kind = kinds[at]
        if isinstance(kind, Link):
            front.add(kind.word)
        at += 1
    return front, kinds[at:]


def _grouped(kinds: list[_Kind]) -> tuple[tuple[Group, ...] | None, tuple[str, ...]]:
    sides: list[list[_Kind]] = [[]]
    links: list[str] = []
    for kind in kinds:
        if isinstance(kind, Link) and kind.word in LINKS:
            if not _has_term(sides[-1]):
                if kind.word == "into" and links and links[-1] == "and" and not sides[-1]:
                    links[-1] = "into"
                    continue
                return None, ()
            links.append(kind.word)
            sides.append([])
        else:
            sides[-1].append(kind)
    if len(sides) == 2 and sides[1] and not _has_term(sides[1]) and links[0] in ("and", "or"):
        later = [kind for kind in sides[1] if isinstance(kind, Part)]
        if later and not any(part.is_early for part in later):
            sides, links = [[*sides[0], *sides[1]]], []  # "Monday morning and afternoon"
    if links and set(links) <= {"and", "or"}:
        sides, links = _listed(sides, links)
    groups = [_group(side) for side in sides]
    if any(group is None for group in groups):
        return None, ()
    return tuple(group for group in groups if group), tuple(links)


def _has_term(kinds: list[_Kind]) -> bool:
    return any(isinstance(kind, Term) for kind in kinds)


def _listed(sides: list[list[_Kind]], links: list[str]) -> tuple[list[list[_Kind]], list[str]]:
    """A list told with commas, "Sunday, Monday and Tuesday", with every day on its own."""
    first = sides[0]
    terms = [kind for kind in first if isinstance(kind, Term)]
    weekdays = [term.weekday for term in terms]
    if len(terms) < 2 or None in weekdays or len(set(weekdays)) < len(weekdays):
        return sides, links
    parted: list[list[_Kind]] = [[]]
    for kind in first:
        if _is(kind, {","}) and _has_term(parted[-1]):
            parted.append([])
        else:
            parted[-1].append(kind)
    if not parted[-1]:
        parted.pop()
    return [*parted, *sides[1:]], [links[0]] * (len(parted) - 1) + links


def _group(kinds: list[_Kind]) -> Group | None:
    """The terms and parts of a group, if nothing beside them changes the days."""
    while kinds and _is(kinds[-1], _MARKS):
        kinds = kinds[:-1]
    terms = tuple(kind for kind in kinds if isinstance(kind, Term))
    parts = tuple(kind for kind in kinds if isinstance(kind, Part))
    links = [kind.word for kind in kinds if isinstance(kind, Link)]
    if not terms or not _MIDDLE.issuperset(links) or isinstance(kinds[-1], Link):
        return None
    if {"earlier", "later"}.intersection(links) and not {t.grain for t in terms} <= _OF_DAYS:
        return None
    return Group(
        terms=terms,
        parts=parts,
        has_night_before=isinstance(kinds[0], Part) and kinds[0].is_night,
    )


def is_coherent(phrase: Phrase) -> bool:
    """Whether the terms told side by side are of kinds that may tell one time."""
    if phrase.is_overnight and len(phrase.groups) == 1 and phrase.opening != "into":
        return phrase.groups[0].terms[0].grain in (Grain.NIGHT, Grain.DAYS)
    if phrase.opening in ("from", "between") and len(phrase.groups) == 1:
        return phrase.groups[0].terms[0].grain is Grain.DAYS
    if len(phrase.groups) > 1 and not _may_be_linked(phrase):
        return False
    return all(
        _may_agree(one, other)
        for group in phrase.groups
        for one, other in zip(group.terms, group.terms[1:], strict=False)
    )


def _may_be_linked(phrase: Phrase) -> bool:
    """Whether the groups are of one size, as days are told with days and months with months."""
    if phrase.opening in BOUNDS and _TO.isdisjoint(phrase.links):
        return False
    grains = {term.grain for group in phrase.groups for term in group.terms}
    sizes = {Grain.DAY if grain in _SMALL else grain for grain in grains}
    return len(sizes) == 1 and Grain.PAST not in sizes


def _may_agree(one: Term, other: Term) -> bool:
    grains = {one.grain, other.grain}
    if one.is_container or other.is_container or Grain.WEEKEND in grains:
        return not grains.isdisjoint(_OF_DAYS)
    if grains <= _OF_DAYS:
        is_twice = one.weekday is not None and other.weekday is not None
        is_told_twice = _names_date(one) and _names_date(other)
        return not (is_twice or is_told_twice or one.is_anchored or other.is_anchored)
    return False


def _names_date(term: Term) -> bool:
    return term.has_year or (term.is_bare and term.weekday is None)
