"""Drafts: an incident in the making, and whether a place or a way of attack may be its own (R1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from extractor.codes import AttackType, Outcome
from extractor.readers.baseline.blames.finding import BlameMention
from extractor.readers.baseline.places.finding import PlacePhrase, base_name
from extractor.readers.baseline.story.scenes import Scene
from extractor.readers.baseline.story.telling import Telling
from extractor.readers.baseline.times.timing import Timing
from extractor.resolve.dates import Interval

RECENT = 12  # incidents or tellings; nobody comes back to one told longer ago without naming it
_VAGUE = frozenset({AttackType.UNKNOWN, AttackType.OTHER})
_FAMILIES = (
    frozenset({AttackType.EXPLOSIVE_DEVICE, AttackType.SUICIDE_ATTACK}),
    frozenset(
        {
            AttackType.AIRSTRIKE,
            AttackType.DRONE_STRIKE,
            AttackType.AIR_OR_ARTILLERY_UNSPECIFIED,
            AttackType.MISSILE_OR_ROCKET,
        }
    ),
    frozenset(
        {
            AttackType.SHELLING,
            AttackType.AIR_OR_ARTILLERY_UNSPECIFIED,
            AttackType.MISSILE_OR_ROCKET,
        }
    ),
    frozenset(
        {
            AttackType.SHOOTING,
            AttackType.ARMED_CLASH,
            AttackType.CROWD_CONTROL_FORCE,
            AttackType.MOB_VIOLENCE,
            AttackType.EXECUTION,
            AttackType.STABBING_OR_BEATING,
            AttackType.ABDUCTION,
        }
    ),
)


@dataclass(kw_only=True)
class Draft:
    """An incident in the making."""

    tellings: list[Telling] = field(default_factory=list[Telling])
    kinds: dict[AttackType, None] = field(default_factory=dict[AttackType, None])
    """How the violence was done, as the sentences tell it one after another."""
    place: PlacePhrase | None = None
    timing: Timing | None = None
    extra: list[Scene] = field(default_factory=list[Scene])
    """Sentences without a figure that tell more of it: its place, or a blame."""
    background: bool = False
    """Whether it is told as context of the news."""
    aside: bool = False
    """Whether a clause of another event's sentence tells of it: "two years after the raid"."""
    entry: int = 0
    """The entry of a log that tells of it; 0 where the text is no log."""
    several: str | None = None
    """Words that sum up several incidents in its figures: "three separate attacks"."""
    violent: bool = False
    """Whether a word of force stands in or shortly before its sentences."""
    blames: list[tuple[Scene, BlameMention]] = field(
        default_factory=list[tuple[Scene, BlameMention]]
    )
    told_in: list[int] = field(default_factory=list[int])
    """The numbers of the sentences with its figures."""
    first_told: int = 0
    """The number of the sentence that told of it first."""
    last_told: int = 0
    """The number of the sentence that told of it last."""

    @property
    def wide(self) -> bool:
        """Whether nothing but sentences of no day tell of it, of a war or of what somebody did."""
        return bool(self.tellings) and all(telling.is_wide for telling in self.tellings)

    @property
    def expression(self) -> str | None:
        """The words that date it."""
        return self.timing.expression if self.timing else None

    @property
    def days(self) -> Interval | None:
        """The days it is dated to."""
        return self.timing.days if self.timing else None

    @property
    def scenes(self) -> list[Scene]:
        """Its sentences with a figure."""
        return [telling.scene for telling in self.tellings]

    @property
    def attacks(self) -> tuple[AttackType, ...]:
        """How the violence was done."""
        return tuple(self.kinds) or (AttackType.UNKNOWN,)

    def counts(self, outcome: Outcome) -> bool:
        """Whether it tells of anybody to whom that happened."""
        return any(one.outcome is outcome for told in self.tellings for one in told.mentions)

    def most_of(self, outcome: Outcome) -> int:
        """The largest figure of an outcome among those told last."""
        figures = (
            mention.number.lower or 0
            for telling in self.tellings[-RECENT:]
            for mention in telling.mentions
            if mention.outcome is outcome
        )
        return max(figures, default=0)


def may_be_same_place(known: PlacePhrase | None, new: PlacePhrase | None) -> bool:
    """Whether two place phrases share a proper name, or one of them is not told."""
    if known is None or new is None:
        return True
    return bool(_proper_names(known) & _proper_names(new))


def _proper_names(place: PlacePhrase) -> frozenset[str]:
    names = (base_name(name) for name in (place.name, *place.within))
    bare = frozenset(name.lower() for name in names if name)
    return bare or frozenset({place.name.lower()})


def may_be_same_attack(known: Iterable[AttackType], new: Iterable[AttackType]) -> bool:
    """Whether two lists of attack types can tell of one attack."""
    told, more = set(known) - _VAGUE, set(new) - _VAGUE
    if not told or not more or told & more:
        return True
    return any(told & family and more & family for family in _FAMILIES)
