"""The table of actors and states: what the data files say, ready for look-ups by name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from extractor.codes import ActorType
from extractor.resolve.actors.composed import Organ
from extractor.resolve.actors.names import exact_letters, name_key, skeleton
from extractor.resolve.actors.reading import Line, read_lines

MONITOR, PEACEKEEPERS = "monitor", "peacekeepers"
"""Kinds of actor that no party to the fighting is."""


@dataclass(frozen=True, kw_only=True)
class TableActor:
    """An actor of the table."""

    id: str
    name: str
    type: str
    """A word of `ActorType`, or `monitor` or `peacekeepers`."""
    countries: tuple[str, ...] = ()
    """Where it is based, the main country first; empty for one that is at home anywhere."""
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    called: frozenset[str] = frozenset()
    """Nouns that may stand for it once it is named: group, rebels."""
    first_year: int | None = None
    last_year: int | None = None
    rank: int = 0
    """0 for the packaged table, then the user's own in order; a higher one wins a shared name."""

    def existed(self, year: int) -> bool:
        """Whether the table's years leave it possible that it existed then."""
        return (self.first_year or 0) <= year <= (self.last_year or 9999)


@dataclass(frozen=True, kw_only=True)
class State:
    """A state, and what of it can be composed by rule."""

    iso2: str
    name: str
    has: frozenset[str]
    """Of government, military and police, those that it has."""

    def organ_name(self, organ: Organ) -> str:
        """The name of a composed actor: "Armed Forces of Syria"."""
        article = "the " if self.name.startswith(_WITH_ARTICLE) else ""
        return f"{organ.heading} of {article}{self.name}"


class Naming(NamedTuple):
    """What one name stands for, and the letters it needs if its case must agree."""

    target: str
    """Id of an actor or code of a state."""
    form: str
    """`name`, `adjective`, `capital` or `part` for a state; `actor`; `other` for neither."""
    letters: str | None


@dataclass(frozen=True, kw_only=True, eq=False)
class ActorTable:
    """All actors and states, by id and by the keys of their names."""

    actors: Mapping[str, TableActor]
    states: Mapping[str, State]
    actor_names: Mapping[str, tuple[Naming, ...]]
    state_names: Mapping[str, tuple[Naming, ...]]
    lengths: Mapping[str, tuple[int, ...]]
    """By the first word of a name: how many words such names have, longest first."""

    def near_spellings(self, key: str) -> tuple[str, ...]:
        """Ids of actors whose names are spelled much like a key; only to be shown, never taken."""
        bones = skeleton(key)
        return self._near.get(bones, ())[:_SHOWN] if len(bones) > 2 else ()

    @cached_property
    def _near(self) -> dict[str, tuple[str, ...]]:
        near: dict[str, dict[str, None]] = defaultdict(dict)
        for key, namings in self.actor_names.items():
            for naming in namings:
                if naming.letters is None:
                    near[skeleton(key)][naming.target] = None
        return {bones: tuple(ids) for bones, ids in near.items()}

    def ancestors(self, actor_id: str) -> Iterator[str]:
        """The ids above an actor, nearest first."""
        seen = {actor_id}
        parent = self.parent_of(actor_id)
        while parent and parent not in seen:
            seen.add(parent)
            yield parent
            parent = self.parent_of(parent)

    def parent_of(self, actor_id: str) -> str | None:
        """The id of the actor above, as the table or the rule says."""
        known = self.actors.get(actor_id)
        if known:
            return known.parent
        iso, _, organ = actor_id.partition(".")
        above = Organ(organ).parent if iso in self.states and organ in set(Organ) else None
        return f"{iso}.{above}" if above else None


def load_actors(*own_tables: Path) -> ActorTable:
    """The packaged actors and states, with the user's own tables laid over them.

    An own table is a CSV file with the columns `id`, `name` and `aliases`, and any of the packaged
    table's other columns. Its line takes the place of the packaged one with the same id, and wins
    a name that both have; a later table wins over an earlier one.

    Raises:
        TableError: a file cannot be read, or one of its lines is malformed.
    """
    packaged = _packaged()
    return _lay_over(packaged, own_tables) if own_tables else packaged


_DATA = Path(__file__).resolve().parents[2] / "data"
_NEEDED = ("id", "name", "aliases")
_COLUMNS = (*_NEEDED, "type", "country", "parent", "called", "from", "to", "source")
_STATE_COLUMNS = (
    "iso2",
    "name",
    "other_names",
    "adjectives",
    "capitals",
    "parts",
    "not_meant",
    "has",
)
_TYPES = frozenset({*ActorType, MONITOR, PEACEKEEPERS})
_SHOWN = 5  # candidates: more would not help a person choose
_ORGANS = frozenset({"government", "military", "police"})
_WITH_ARTICLE = (
    *("United ", "Democratic Republic", "Republic of", "Central African", "Dominican Republic"),
    *("Bahamas", "Gambia", "Netherlands", "Philippines", "Maldives", "Comoros", "Seychelles"),
    *("Solomon Islands", "Marshall Islands"),
)
_CALLED = {
    ActorType.REBEL_GROUP: "group;movement;organization;rebels;insurgents;militants;fighters;"
    "guerrillas;faction",
    ActorType.MILITIA: "group;militia;militiamen;movement;fighters;militants;faction;"
    "organization;paramilitaries",
    ActorType.GANG_OR_CARTEL: "group;gang;cartel;organization",
    ActorType.MERCENARIES: "group;mercenaries;fighters;company;contractors",
    ActorType.FOREIGN_STATE_FORCES: "coalition;alliance",
    PEACEKEEPERS: "mission;peacekeepers;force",
    MONITOR: "group;organization",
}
"""What an actor may be called by its type, where its line says nothing else."""


@cache
def _packaged() -> ActorTable:
    states: dict[str, State] = {}
    names: dict[str, dict[Naming, None]] = defaultdict(dict)
    columns = (*_STATE_COLUMNS, "source")
    for line in read_lines(_DATA / "states.csv", known=columns, needed=columns):
        iso2 = line.needed("iso2")
        states[iso2] = State(
            iso2=iso2, name=line.needed("name"), has=_ORGANS.intersection(line.parts("has"))
        )
        named = (line.cell("name"), *line.parts("other_names"))
        for form, texts in (
            ("name", named),
            ("adjective", line.parts("adjectives")),
            ("capital", line.parts("capitals")),
            ("part", line.parts("parts")),
            ("other", line.parts("not_meant")),
        ):
            for text in texts:
                names[name_key(text)][Naming(iso2, form, exact_letters(text))] = None
    state_names = {key: tuple(namings) for key, namings in names.items()}
    actors = {actor.id: actor for actor in _read_actors(_DATA / "actors.csv", states, rank=0)}
    return _index(actors, states, state_names)


def _lay_over(table: ActorTable, paths: Iterable[Path]) -> ActorTable:
    actors = dict(table.actors)
    parents: list[tuple[Line, str]] = []
    for rank, path in enumerate(paths, 1):
        for actor, line in _read_own(path, table.states, rank=rank):
            actors[actor.id] = actor
            if actor.parent:
                parents.append((line, actor.parent))
    for line, parent in parents:
        iso, _, organ = parent.partition(".")
        if parent not in actors and not (iso in table.states and organ in set(Organ)):
            raise line.error(f"no actor has the id {parent!r} of 'parent'; add it, or leave empty")
    return _index(actors, table.states, table.state_names)


def _read_actors(path: Path, states: Mapping[str, State], *, rank: int) -> Iterator[TableActor]:
    return (actor for actor, _ in _read_own(path, states, rank=rank))


def _read_own(
    path: Path, states: Mapping[str, State], *, rank: int
) -> Iterator[tuple[TableActor, Line]]:
    seen: dict[str, int] = {}
    for line in read_lines(path, known=_COLUMNS, needed=_NEEDED):
        actor = _actor(line, states, rank)
        if actor.id in seen:
            told = f"the id {actor.id!r} stands in line {seen[actor.id]} too; give each its own"
            raise line.error(told)
        seen[actor.id] = line.number
        yield actor, line


def _actor(line: Line, states: Mapping[str, State], rank: int) -> TableActor:
    kind = line.cell("type") or ActorType.UNIDENTIFIED
    if kind not in _TYPES:
        raise line.error(f"no type is called {kind!r}; take one of {', '.join(sorted(_TYPES))}")
    countries = line.parts("country")
    for code in countries:
        if code not in states:
            raise line.error(f"no country has the code {code!r}; write two letters such as SY")
    first, last = line.year("from"), line.year("to")
    if first and last and last < first:
        raise line.error(f"'to' is {last}, before 'from' {first}; swap or mend the years")
    name, aliases = line.needed("name"), line.parts("aliases")
    for text in (name, *aliases):
        if not name_key(text):
            raise line.error(f"{text!r} has no letters to be found by; mend or delete it")
    return TableActor(
        id=line.needed("id"),
        name=name,
        type=str(kind),
        countries=countries,
        parent=line.cell("parent") or None,
        aliases=aliases,
        called=_nouns(line.cell("called") or _CALLED.get(kind, "")),
        first_year=first,
        last_year=last,
        rank=rank,
    )


@cache
def _nouns(cell: str) -> frozenset[str]:
    return frozenset(name_key(noun) for noun in cell.split(";") if noun.strip())


def _index(
    actors: Mapping[str, TableActor],
    states: Mapping[str, State],
    state_names: Mapping[str, tuple[Naming, ...]],
) -> ActorTable:
    names: dict[str, dict[Naming, None]] = defaultdict(dict)
    for actor in actors.values():
        for text in (actor.name, *actor.aliases):
            names[name_key(text)][Naming(actor.id, "actor", exact_letters(text))] = None
    lengths: dict[str, set[int]] = defaultdict(set)
    for key in (*names, *state_names):
        first, *rest = key.removeprefix("al ").split(" ")
        lengths[first].add(1 + len(rest))
    return ActorTable(
        actors=actors,
        states=states,
        actor_names={key: tuple(namings) for key, namings in names.items()},
        state_names=state_names,
        lengths={first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()},
    )
