"""The gazetteer: a user's own tables over the curated one over the packaged one."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii

from extractor.codes import PlaceLevel
from extractor.errors import TableError
from extractor.gazetteer.cached import open_cached
from extractor.gazetteer.compiled import Compiled, compile_table, hashed, write_table
from extractor.gazetteer.entry import Entry, Listed
from extractor.gazetteer.keys import name_key, sound_key
from extractor.gazetteer.packed import open_packed, packed_sha256
from extractor.gazetteer.sizes import distance_km
from extractor.gazetteer.sounds import Sounds
from extractor.gazetteer.tables import read_table

CURATED = Path(__file__).resolve().parents[1] / "data" / "places.csv"
ALIKE = 0.75  # of the letters, in order: below it, names that sound alike are mostly others
_REMEMBERED = 1 << 15  # names; most words of articles come again and again
_SAME_PLACE_KM = 20.0  # settlements of one name in two tables that lie nearer are one place


class Gazetteer:
    """Places by name, area and sound; upper tables hide the same places of lower ones."""

    def __init__(self, tables: Sequence[Compiled], *, fingerprint: str) -> None:
        self._tables = tuple(tables)
        self._found = lru_cache(maxsize=_REMEMBERED)(self._merged)
        self._areas: dict[str, Entry | None] = {}
        self._sounds: dict[str, tuple[Sounds, ...]] = {}
        self.fingerprint = fingerprint
        """Hash of all tables."""

    def find(self, name: str) -> tuple[Entry, ...]:
        """Every place that goes by a name, the most populous first; see `name_key`."""
        return self.find_key(name_key(name))

    def find_key(self, words: str) -> tuple[Entry, ...]:
        """Every place of which a name has this key, the most populous first."""
        return self._found(words) if words else ()

    def _merged(self, words: str) -> tuple[Entry, ...]:
        key = hashed(words)
        kept: list[Entry] = []
        for table in self._tables:
            above = len(kept)
            for entry in table.look_up(key):
                same = next((n for n in range(above) if _same(kept[n], entry)), None)
                if same is None:
                    kept.append(entry)
                else:
                    kept[same] = _completed(kept[same], entry)
        return tuple(sorted(kept, key=lambda one: (-one.population, one.id)))

    def area(self, code: str) -> Entry | None:
        """The country ("SY") or administrative area ("SY.09") of a code."""
        if code not in self._areas:
            found = (table.area(code) for table in self._tables)
            self._areas[code] = next((entry for entry in found if entry), None)
        return self._areas[code]

    def sounding(self, name: str, country: str) -> tuple[Entry, ...]:
        """Places of one country of which a name sounds like this one, and is spelled much like it.

        See `sound_key`. The first look-up in a country reads all its names, which takes up to a
        tenth of a second.
        """
        if country not in self._sounds:
            self._sounds[country] = tuple(Sounds(table, country) for table in self._tables)
        latin, sound = name_key(anyascii(name)), sound_key(name)
        found = {
            spelled.entry.id: spelled.entry
            for sounds in self._sounds[country]
            for spelled, keys in sounds.find(sound)
            if any(SequenceMatcher(None, latin, key).ratio() >= ALIKE for key in keys)
        }
        return tuple(sorted(found.values(), key=lambda one: (-one.population, one.id)))

    def parents(self, entry: Entry) -> tuple[str, ...]:
        """Names of what a place lies in, nearest first."""
        codes = (entry.admin2, entry.admin1, *entry.countries)
        areas = (self.area(code) for code in codes if code)
        names = (entry.within, *(area.name for area in areas if area and area.id != entry.id))
        return tuple(dict.fromkeys(name for name in names if name))


def open_gazetteer(*tables: Path) -> Gazetteer:
    """The packaged gazetteer with a user's own tables over it, the first on top.

    Raises:
        AssetError: the packaged gazetteer is missing or damaged.
        TableError: a table cannot be read, or a line of it is no place.
    """
    return _open(tuple(tables), tuple(_hash(path) for path in tables))


@cache
def _open(tables: tuple[Path, ...], hashes: tuple[str, ...]) -> Gazetteer:
    packed = open_packed()
    names = (*hashes, _hash(CURATED))
    compiled = [
        _compiled(path, sha256, packed)
        for path, sha256 in zip((*tables, CURATED), names, strict=True)
    ]
    whole = hashlib.sha256("\n".join((packed_sha256(), *names)).encode())
    return Gazetteer((*compiled, packed), fingerprint=whole.hexdigest())


def _compiled(path: Path, sha256: str, packed: Compiled) -> Compiled:
    """A table, ready for look-up: from the cache, if it has been there before."""

    def listed() -> Iterator[Listed]:
        return read_table(path, _AreaNames(packed).code)

    told = f"{packed_sha256()}\n{_code_sha256()}\n{path.stem}\n{sha256}"
    name = hashlib.sha256(told.encode()).hexdigest()
    cached = open_cached(f"places-{name[:16]}", lambda file: write_table(listed(), file))
    return cached or compile_table(listed())


@cache
def _code_sha256() -> str:
    """Hash of the code that makes tables ready: what it makes is kept no longer than it."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\n".join(file.read_bytes() for file in files)).hexdigest()


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise TableError(
            f"the table of places {str(path)!r} cannot be read ({error.strerror}); "
            "name a CSV file or a GeoNames country dump"
        ) from error


class _AreaNames:
    """Codes of first-level areas, by country and name."""

    def __init__(self, packed: Compiled) -> None:
        self._packed = packed
        self._known: dict[tuple[str, str], str | None] = {}

    def code(self, country: str, name: str) -> str | None:
        """The code of an area of a country by its name, with or without "Province"."""
        if (country, name) not in self._known:
            self._known[country, name] = next(
                (
                    entry.admin1
                    for entry in self._packed.find(name_key(name))
                    if entry.level is PlaceLevel.ADMIN1 and entry.countries == (country,)
                ),
                None,
            )
        return self._known[country, name]


def _same(one: Entry, other: Entry) -> bool:
    """Whether two tables mean the same place."""
    alike = one.level is other.level or {one.level, other.level} == _TOWNS
    gap = distance_km((one.lat, one.lon), (other.lat, other.lon))
    return alike and gap <= max(_SAME_PLACE_KM, one.radius_km, other.radius_km)


def _completed(entry: Entry, lower: Entry) -> Entry:
    """An entry with what only a lower table says of the place."""
    return replace(
        entry,
        admin1=entry.admin1 or lower.admin1,
        admin2=entry.admin2 or lower.admin2,
        population=entry.population or lower.population,
    )


_TOWNS = {PlaceLevel.TOWN_OR_VILLAGE, PlaceLevel.CITY}
