"""Compiled tables: entries and their names in one SQLite database, found by key."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from struct import Struct
from typing import NamedTuple

from extractor.codes import PlaceLevel
from extractor.gazetteer.entry import Entry, Listed
from extractor.gazetteer.keys import name_key

FORMAT = 1
"""Of the database; a file of another format is made anew."""
# A place keeps the number of the smallest area it lies in, and the keys of its names but the first,
# which follows from the name. Names lie in 4,096 boxes by the start of their keys' hashes, each a
# row of pairs (rest of the hash, place). So the file has two thirds of its plain size.
_SCHEMA = """
CREATE TABLE places (
  id INTEGER PRIMARY KEY, ref NOT NULL, name TEXT NOT NULL, level INTEGER NOT NULL, area INTEGER,
  countries TEXT, within TEXT, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
  radius INTEGER NOT NULL, population INTEGER NOT NULL, keys TEXT NOT NULL);
CREATE TABLE names (start INTEGER PRIMARY KEY, places BLOB NOT NULL);
CREATE TABLE areas (id INTEGER PRIMARY KEY, code TEXT NOT NULL, place INTEGER);
CREATE TABLE spans (country TEXT PRIMARY KEY, first INTEGER, last INTEGER) WITHOUT ROWID;
CREATE UNIQUE INDEX area_codes ON areas (code);
"""
_PAIR = Struct("<HI")
_REST = Struct("<H")
_PLACE = "SELECT p.*, a.code FROM places p LEFT JOIN areas a ON a.id = p.area"
_LEVELS = tuple(PlaceLevel)
_DEGREE = 100_000  # a degree in stored units: about a metre
_GEONAMES = "geonames:"


@dataclass(frozen=True, kw_only=True)
class Spelled:
    """An entry and the keys of its names."""

    entry: Entry
    keys: tuple[str, ...]


class Key(NamedTuple):
    """A key of names as a table looks it up; a tuple, as there are so many."""

    words: str
    start: int
    """Which box it lies in."""
    rest: bytes
    """How it is written there."""


def hashed(words: str) -> Key:
    """A key of names (see `name_key`), ready to be looked up in any table."""
    start, rest = _hash(words)
    return Key(words, start, _REST.pack(rest))


class Compiled:
    """A table that is ready to be asked; it is only read."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._boxes: dict[int, bytes] = {}  # those asked for; all together have 8 MB

    def find(self, words: str) -> tuple[Entry, ...]:
        """Every entry that has a name with this key."""
        return self.look_up(hashed(words))

    def look_up(self, key: Key) -> tuple[Entry, ...]:
        """Every entry that has a name with a key that is ready to be looked up."""
        box = self._box(key.start)
        if key.rest not in box:
            return ()  # so end nine look-ups of ten
        found = map(self.spelled, _numbers(box, key.rest))
        return tuple(one.entry for one in found if one and key.words in one.keys)

    def _box(self, start: int) -> bytes:
        box = self._boxes.get(start)
        if box is None:
            told = "SELECT places FROM names WHERE start = ?"
            row: tuple[bytes] | None = self._database.execute(told, (start,)).fetchone()
            box = self._boxes[start] = row[0] if row else b""
        return box

    def area(self, code: str) -> Entry | None:
        """The country or administrative area of a code."""
        row = self._database.execute(
            f"{_PLACE} WHERE p.id = (SELECT place FROM areas WHERE code = ?)", (code,)
        ).fetchone()
        return _spelled(row).entry if row else None

    def in_country(self, country: str) -> Iterator[Spelled]:
        """Every entry of a country with the keys of its names."""
        span = self._span(country)
        if span:
            rows = self._database.execute(f"{_PLACE} WHERE p.id BETWEEN ? AND ?", span)
            yield from map(_spelled, rows)

    def names_in(self, country: str) -> list[tuple[int, str, str]]:
        """Of every entry of a country: its number, its name and the keys of its other names."""
        span = self._span(country)
        told = "SELECT id, name, keys FROM places WHERE id BETWEEN ? AND ?"
        return self._database.execute(told, span).fetchall() if span else []

    def spelled(self, number: int) -> Spelled | None:
        """The entry of a number, with the keys of its names."""
        row = self._database.execute(f"{_PLACE} WHERE p.id = ?", (number,)).fetchone()
        return _spelled(row) if row else None

    def _span(self, country: str) -> tuple[int, int] | None:
        """The first and the last number of a country's entries."""
        return self._database.execute(
            "SELECT first, last FROM spans WHERE country = ?", (country,)
        ).fetchone()


def _numbers(box: bytes, rest: bytes) -> Iterator[int]:
    """Numbers of the places of a box of which a name's key has this rest of a hash."""
    at = box.find(rest)
    while at >= 0:
        if at % _PAIR.size == 0:  # else the bytes are of a number, or of two pairs
            yield _PAIR.unpack_from(box, at)[1]
        at = box.find(rest, at + 1)


def compile_table(listed: Iterable[Listed]) -> Compiled:
    """Make a table ready for look-up, in memory."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(database, listed)
    return Compiled(database)


def write_table(listed: Iterable[Listed], path: Path) -> None:
    """Make a table ready for look-up, in a new file; equal input gives equal bytes."""
    with closing(sqlite3.connect(path)) as database:
        _fill(database, listed)
        database.execute("VACUUM")


def _fill(database: sqlite3.Connection, listed: Iterable[Listed]) -> None:
    database.executescript(f"PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; {_SCHEMA}")
    ordered = sorted(listed, key=_order)
    areas: dict[str, int] = {}
    boxes: dict[int, set[tuple[int, int]]] = {}
    spans: dict[str, tuple[int, int]] = {}
    for number, one in enumerate(ordered, 1):
        keys = {key for name in one.names if (key := name_key(name))}
        database.execute(
            "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _row(number, one.entry, keys, areas),
        )
        for start, rest in map(_hash, sorted(keys)):
            boxes.setdefault(start, set()).add((rest, number))
        if one.code:
            areas.setdefault(one.code, len(areas) + 1)
            database.execute(
                "INSERT OR IGNORE INTO areas VALUES (?, ?, ?)",
                (areas[one.code], one.code, number),
            )
        country = _country(one.entry)
        spans[country] = (spans.get(country, (number, number))[0], number)
    database.executemany(
        "INSERT OR IGNORE INTO areas VALUES (?, ?, NULL)",
        [(number, code) for code, number in areas.items()],
    )
    database.executemany(
        "INSERT INTO names VALUES (?, ?)",
        [
            (start, b"".join(_PAIR.pack(*pair) for pair in sorted(boxes[start])))
            for start in sorted(boxes)
        ],
    )
    database.executemany(
        "INSERT INTO spans VALUES (?, ?, ?)", [(name, *span) for name, span in spans.items()]
    )
    database.commit()


def _order(one: Listed) -> tuple[str, str, int, str]:
    entry = one.entry
    return _country(entry), entry.admin1 or "", -entry.population, entry.id


def _country(entry: Entry) -> str:
    return entry.countries[0] if len(entry.countries) == 1 else ""


def _hash(key: str) -> tuple[int, int]:
    """Start (12 bits) and rest (16 bits) of a key's hash; a look-up compares the keys too."""
    whole = int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") >> 4
    return whole >> 16, whole & 0xFFFF


def _row(
    number: int, entry: Entry, keys: set[str], areas: dict[str, int]
) -> tuple[int | str | None, ...]:
    lone = entry.countries[0] if len(entry.countries) == 1 else None
    code = entry.admin2 or entry.admin1 or lone
    number_text = entry.id.removeprefix(_GEONAMES)
    is_number = entry.id.startswith(_GEONAMES) and re.fullmatch(r"[1-9]\d{0,9}", number_text)
    return (
        number,
        int(number_text) if is_number else entry.id,
        entry.name,
        _LEVELS.index(entry.level),
        areas.setdefault(code, len(areas) + 1) if code else None,
        None if lone else " ".join(entry.countries),
        entry.within,
        *(round(entry.lat * _DEGREE), round(entry.lon * _DEGREE), round(entry.radius_km * 1000)),
        entry.population,
        "\n".join(sorted(keys - {name_key(entry.name)})),
    )


def _spelled(row: tuple[int | str | None, ...]) -> Spelled:
    _, reference, name, level, _, countries, within, lat, lon, radius, people, keys, code = row
    parts = str(code).split(".") if code else []
    entry = Entry(
        id=f"{_GEONAMES}{reference}" if isinstance(reference, int) else str(reference),
        name=str(name),
        level=_LEVELS[int(level or 0)],
        countries=(parts[0],) if parts else tuple(str(countries or "").split()),
        admin1=".".join(parts[:2]) if len(parts) > 1 else None,
        admin2=".".join(parts) if len(parts) > 2 else None,
        within=None if within is None else str(within),
        lat=int(lat or 0) / _DEGREE,
        lon=int(lon or 0) / _DEGREE,
        radius_km=int(radius or 0) / 1000,
        population=int(people or 0),
    )
    others = str(keys).split("\n") if keys else []
    return Spelled(entry=entry, keys=(name_key(entry.name), *others))
