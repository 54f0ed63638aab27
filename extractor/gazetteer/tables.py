"""Tables of places: a person's own CSV file, or a GeoNames country dump."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from extractor.codes import PlaceLevel
from extractor.errors import TableError
from extractor.gazetteer.entry import Entry, Listed
from extractor.gazetteer.sizes import CITY_FROM, usual_radius_km

COLUMNS = (
    *("id", "name", "aliases", "level", "country", "countries", "admin1", "within"),
    *("lat", "lon", "radius_km", "population", "source"),
)
"""Columns of a CSV table; only name, lat and lon are needed."""
_NEEDED = ("name", "lat", "lon")
_DUMP_COLUMNS = 19
_LARGEST_FIELD = 1_000_000  # characters; a country's alternate names pass the csv module's limit

FindArea = Callable[[str, str], str | None]
"""The code of a first-level area by its country and name; `None` if it is not known."""


def read_table(path: Path, find_area: FindArea) -> Iterator[Listed]:
    """Every place of a table: GeoNames' own form (19 columns parted by tabs), or CSV.

    Args:
        path: the file, in UTF-8.
        find_area: how names in the column admin1 become codes.

    Raises:
        TableError: the file cannot be read, or a line is no place.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            first = lines.readline()
            lines.seek(0)
            if first.count("\t") == _DUMP_COLUMNS - 1:
                yield from _dump(path, lines)
            else:
                yield from _csv(path, lines, find_area)
    except OSError as error:
        raise TableError(
            f"the table of places {str(path)!r} cannot be read ({error.strerror}); "
            "name a CSV file or a GeoNames country dump"
        ) from error
    except UnicodeDecodeError as error:
        raise TableError(
            f"the table of places {str(path)!r} is not UTF-8 (byte {error.start}); "
            "save it again in UTF-8"
        ) from error
    except csv.Error as error:
        raise TableError(f"the table of places {str(path)!r} is no CSV file: {error}") from error


def _csv(path: Path, lines: Iterator[str], find_area: FindArea) -> Iterator[Listed]:
    csv.field_size_limit(_LARGEST_FIELD)
    rows = csv.DictReader(lines, restkey="more", strict=True)
    header = tuple(rows.fieldnames or ())
    missing = [name for name in _NEEDED if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    if missing or unknown:
        told = f"lacks the column {missing[0]!r}" if missing else f"has a column {unknown[0]!r}"
        raise TableError(
            f"the table of places {str(path)!r} {told}; its first line names its columns, "
            f"of {', '.join(COLUMNS)}"
        )
    for row in rows:
        where = f"line {rows.line_num} of the table of places {str(path)!r}"
        if "more" in row:
            raise TableError(
                f"{where} has more fields than columns; put fields with commas in quotes"
            )
        yield _own_place(
            {name: (text or "").strip() for name, text in row.items()}, where, path, find_area
        )


def _own_place(row: dict[str, str], where: str, path: Path, find_area: FindArea) -> Listed:
    name = row["name"]
    if not name:
        raise TableError(f"{where} has no name; give it one, or delete the line")
    level = _level(row.get("level", ""), where)
    country = row.get("country", "").upper()
    countries = tuple(row.get("countries", "").upper().replace(";", " ").split())
    if any(
        len(code) != 2 or not code.isalpha()
        for code in (*countries, *([country] if country else []))
    ):
        raise TableError(f"{where}: {country!r} is no country code; write two letters, as in 'SY'")
    population = int(_number(row, "population", where, least=0, most=5e7) or 0)
    area = row.get("admin1", "")
    code = find_area(country, area) if area and country else None
    radius = _number(row, "radius_km", where, least=0, most=20_000)
    entry = Entry(
        id=row.get("id") or f"{path.stem}:{name}",
        name=name,
        level=level,
        countries=(country,) if country else countries,
        admin1=code,
        within=row.get("within") or None,
        lat=_point(row, "lat", where, 90),
        lon=_point(row, "lon", where, 180),
        radius_km=usual_radius_km(level, population) if radius is None else radius,
        population=population,
    )
    aliases = (alias.strip() for alias in row.get("aliases", "").split(";"))
    return Listed(entry=entry, names=(name, *(alias for alias in aliases if alias)))


def _level(word: str, where: str) -> PlaceLevel:
    try:
        return PlaceLevel(word) if word else PlaceLevel.TOWN_OR_VILLAGE
    except ValueError as error:
        raise TableError(
            f"{where}: {word!r} is no level; write one of {', '.join(PlaceLevel)}"
        ) from error


def _point(row: dict[str, str], column: str, where: str, most: float) -> float:
    degrees = _number(row, column, where, least=-most, most=most)
    if degrees is None:
        raise TableError(f"{where} has no {column}; write degrees as in '36.2021'")
    return degrees


def _number(
    row: dict[str, str], column: str, where: str, *, least: float, most: float
) -> float | None:
    words = row.get(column, "")
    if not words:
        return None
    try:
        number = float(words)
    except ValueError:
        number = most + 1
    if not least <= number <= most:
        raise TableError(f"{where}: {column} {words!r} is no number from {least:g} to {most:g}")
    return number


def _dump(path: Path, lines: Iterator[str]) -> Iterator[Listed]:
    for number, line in enumerate(lines, 1):
        fields = line.rstrip("\r\n").split("\t")
        where = f"line {number} of the GeoNames dump {str(path)!r}"
        if len(fields) != _DUMP_COLUMNS:
            raise TableError(
                f"{where} has {len(fields)} columns, not {_DUMP_COLUMNS}; download it again"
            )
        listed = _geoname(fields, where)
        if listed:
            yield listed


def _geoname(fields: list[str], where: str) -> Listed | None:
    """One line of a dump: id, name, ASCII name, other names, latitude, longitude, class, …."""
    level, admin2 = level_of_feature(fields[6], fields[7], _people(fields[14])), fields[11]
    if level is None or not fields[8]:
        return None
    row = {"lat": fields[4], "lon": fields[5]}
    country = fields[8]
    admin1 = f"{country}.{fields[10]}" if fields[10] not in ("", "00") else None
    entry = Entry(
        id=f"geonames:{fields[0]}",
        name=fields[1],
        level=level,
        countries=(country,),
        admin1=admin1,
        admin2=f"{admin1}.{admin2}" if admin1 and admin2 else None,
        lat=_point(row, "lat", where, 90),
        lon=_point(row, "lon", where, 180),
        radius_km=usual_radius_km(level, _people(fields[14])),
        population=_people(fields[14]),
    )
    return Listed(
        entry=entry, names=tuple(dict.fromkeys((fields[1], fields[2], *spellings(fields[3]))))
    )


def _people(words: str) -> int:
    return int(words) if words.isdigit() else 0


def spellings(alternate_names: str) -> tuple[str, ...]:
    """GeoNames' list of alternate names, without airport codes and links."""
    return tuple(name for name in alternate_names.split(",") if is_name(name))


def is_name(words: str) -> bool:
    """Whether an alternate name is one that people write: no code ("ALP"), no link."""
    return (
        len(words) > 1
        and "/" not in words
        and not (len(words) <= 4 and words.isascii() and words.isupper())
    )


_FEATURES = {
    **{"ADM1": PlaceLevel.ADMIN1, "ADM2": PlaceLevel.ADMIN2, "ADM3": PlaceLevel.ADMIN3},
    **{"ADM4": PlaceLevel.ADMIN3, "ADM5": PlaceLevel.ADMIN3, "ADMD": PlaceLevel.ADMIN3},
    "PPLX": PlaceLevel.NEIGHBOURHOOD,
    "LCTY": PlaceLevel.TOWN_OR_VILLAGE,
}
_CLASSES = {
    **{"S": PlaceLevel.STREET_OR_LANDMARK, "R": PlaceLevel.STREET_OR_LANDMARK},
    **{"H": PlaceLevel.WATERS, "A": PlaceLevel.REGION, "L": PlaceLevel.REGION},
    **{"T": PlaceLevel.REGION, "V": PlaceLevel.REGION},
}


def level_of_feature(feature_class: str, code: str, population: int) -> PlaceLevel | None:
    """What kind of place a GeoNames feature is; `None` for one that no event happens in.

    The codes are those of https://www.geonames.org/export/codes.html.
    """
    if code in _FEATURES:
        return _FEATURES[code]
    if code.startswith("PCL"):
        return PlaceLevel.COUNTRY
    if feature_class == "P":
        seat = code in ("PPLC", "PPLA")
        return PlaceLevel.CITY if seat or population >= CITY_FROM else PlaceLevel.TOWN_OR_VILLAGE
    return _CLASSES.get(feature_class)
