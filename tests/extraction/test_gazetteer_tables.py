"""Tables of places: a person's own CSV file or a GeoNames dump, read or refused with a reason."""

from pathlib import Path

import pytest

from extractor.codes import PlaceLevel
from extractor.errors import TableError
from extractor.gazetteer import open_gazetteer
from extractor.gazetteer.entry import Listed
from extractor.gazetteer.tables import is_name, level_of_feature, read_table, spellings
from extractor.resolve.places import PlaceMention, ResolvedPlace, resolve_place

HEAD = "name,aliases,level,country,admin1,within,lat,lon,radius_km,population\n"
_REST = "\t\t\t\t0\t\t\tAsia/Damascus\t2024-01-01\n"
DUMP = (
    "101\tTell Made\tTell Made\tTall Mayd,\u062a\u0644,TMD,https://x.example\t35.5\t36.5\tP\tPPL"
    "\tSY\t\t09\t170062\t\t\t4200\t\t300\tAsia/Damascus\t2024-01-01\n"
    f"102\tWadi Made\tWadi Made\t\t35.1\t36.1\tH\tWAD\tSY\t\t00{_REST}"
    f"103\tRoad Made\tRoad Made\t\t35.2\t36.2\tU\tCNYU\tSY\t\t09{_REST}"
)
BAD = [
    ("name,lat\nA,1\n", "lacks the column 'lon'"),
    ("name,lat,lon,colour\nA,1,2,red\n", "has a column 'colour'"),
    ("name,lat,lon\n,1,2\n", "line 2 .* has no name"),
    ("name,lat,lon\nA,,2\n", "line 2 .* has no lat; write degrees"),
    ("name,lat,lon\nA,91,2\n", "lat '91' is no number from -90 to 90"),
    ("name,lat,lon\nA,1,east\n", "lon 'east' is no number from -180 to 180"),
    ("name,lat,lon\nA,nan,2\n", "lat 'nan' is no number"),
    ("name,lat,lon\nA,1,2\nB,1,2,3\n", "line 3 .* more fields than columns"),
    ("name,level,lat,lon\nA,hamlet,1,2\n", "'hamlet' is no level; write one of"),
    ("name,country,lat,lon\nA,Syria,1,2\n", "'SYRIA' is no country code"),
    ("name,radius_km,lat,lon\nA,-1,1,2\n", "radius_km '-1' is no number"),
    ("name,population,lat,lon\nA,many,1,2\n", "population 'many' is no number"),
]


def _written(folder: Path, text: str, name: str = "own.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _read(path: Path) -> list[Listed]:
    return [*read_table(path, lambda country, area: f"{country}.{area}")]


def test_a_full_line_is_read_as_it_says(tmp_path: Path) -> None:
    text = f"{HEAD}Kafr Made,Kafar Made; Kfar Made ,neighbourhood,sy,09,Aleppo,36.1,37.2,0.5,700\n"
    (listed,) = _read(_written(tmp_path, text))
    entry = listed.entry
    assert listed.names == ("Kafr Made", "Kafar Made", "Kfar Made")
    assert (entry.id, entry.level) == ("own:Kafr Made", PlaceLevel.NEIGHBOURHOOD)
    assert (entry.countries, entry.admin1, entry.within) == (("SY",), "SY.09", "Aleppo")
    assert (entry.lat, entry.lon, entry.radius_km, entry.population) == (36.1, 37.2, 0.5, 700)


def test_a_name_and_a_point_are_enough(tmp_path: Path) -> None:
    (listed,) = _read(_written(tmp_path, "name,lat,lon\nKafr Made,36.1,37.2\n"))
    assert listed.entry.level is PlaceLevel.TOWN_OR_VILLAGE
    assert (listed.entry.countries, listed.entry.radius_km) == ((), 1.0)


def test_a_byte_order_mark_and_other_line_ends_do_no_harm(tmp_path: Path) -> None:
    (listed,) = _read(_written(tmp_path, "\ufeffname,lat,lon\r\nKafr Made,36.1,37.2\r\n"))
    assert listed.names == ("Kafr Made",)


def test_a_table_of_a_header_alone_is_empty(tmp_path: Path) -> None:
    assert _read(_written(tmp_path, HEAD)) == []


@pytest.mark.parametrize(("text", "told"), BAD, ids=[told[:28] for _, told in BAD])
def test_a_bad_line_is_told_with_its_mend(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(TableError, match=told) as error:
        _read(_written(tmp_path, text))
    assert "own.csv" in str(error.value)


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"none\.csv' cannot be read \(No such file"):
        _read(tmp_path / "none.csv")
    with pytest.raises(TableError, match=r"none\.csv' cannot be read"):
        open_gazetteer(tmp_path / "none.csv")


def test_a_table_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes("name,lat,lon\nCúcuta,7.9,-72.5\n".encode("latin-1"))
    with pytest.raises(TableError, match=r"is not UTF-8 .*save it again in UTF-8"):
        _read(path)


def test_a_geonames_dump_is_read_by_its_feature_codes(tmp_path: Path) -> None:
    town, waters = _read(_written(tmp_path, DUMP, "SY.txt"))
    assert town.names == ("Tell Made", "Tall Mayd", "\u062a\u0644")
    assert (town.entry.id, town.entry.population) == ("geonames:101", 4200)
    assert (town.entry.admin1, town.entry.admin2) == ("SY.09", "SY.09.170062")
    assert (waters.entry.level, waters.entry.admin1) == (PlaceLevel.WATERS, None)


def test_a_torn_line_of_a_dump_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"line 4 of the GeoNames dump .*has 2 columns, not 19"):
        _read(_written(tmp_path, f"{DUMP}104\tTorn\n", "SY.txt"))


@pytest.mark.parametrize(
    ("feature", "level"),
    [
        (("P", "PPL", 900), PlaceLevel.TOWN_OR_VILLAGE),
        (("P", "PPL", 90_000), PlaceLevel.CITY),
        (("P", "PPLC", 0), PlaceLevel.CITY),
        (("P", "PPLX", 90_000), PlaceLevel.NEIGHBOURHOOD),
        (("A", "ADM1", 0), PlaceLevel.ADMIN1),
        (("A", "PCLI", 0), PlaceLevel.COUNTRY),
        (("S", "SCH", 0), PlaceLevel.STREET_OR_LANDMARK),
        (("T", "VAL", 0), PlaceLevel.REGION),
        (("U", "CNYU", 0), None),
    ],
)
def test_a_feature_code_tells_the_level(
    feature: tuple[str, str, int], level: PlaceLevel | None
) -> None:
    assert level_of_feature(*feature) is level


def test_airport_codes_and_links_are_no_names() -> None:
    assert spellings("Halab,ALP,https://en.example/Aleppo,x,Haleb") == ("Halab", "Haleb")
    assert is_name("Aleppo")
    assert is_name("حلب")
    assert not is_name("ALP")


def test_a_table_of_ones_own_lies_over_the_packaged_gazetteer(tmp_path: Path) -> None:
    own = _written(
        tmp_path,
        "name,aliases,country,admin1,lat,lon\n"
        "Kafr Madeup,,SY,Idlib,35.8,36.6\n"
        "My Aleppo,Aleppo,SY,,36.21,37.16\n",
    )
    gazetteer = open_gazetteer(own)
    within = PlaceMention(name_text="Kafr Madeup", within_text=("Idlib province",))
    found = resolve_place(within, gazetteer=gazetteer)
    assert isinstance(found, ResolvedPlace)
    assert (found.id, found.parents) == ("own:Kafr Madeup", ("Idlib", "Syria"))
    syrian = [one.id for one in gazetteer.find("Aleppo") if "SY" in one.countries]
    assert "own:My Aleppo" in syrian
    assert "geonames:170063" not in syrian
    assert gazetteer.fingerprint != open_gazetteer().fingerprint
