"""The gazetteer: keys of names, look-ups, and the packed file in its cache."""

import hashlib
import lzma
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.codes import PlaceLevel
from extractor.errors import AssetError
from extractor.gazetteer import distance_km, name_key, open_gazetteer, packed, usual_radius_km
from extractor.gazetteer.compiled import Compiled, compile_table, write_table
from extractor.gazetteer.entry import Entry, Listed
from extractor.gazetteer.keys import sound_key

TOWN = Entry(
    id="t:1",
    name="Kafr Test",
    level=PlaceLevel.TOWN_OR_VILLAGE,
    countries=("SY",),
    admin1="SY.09",
    lat=36.1,
    lon=37.2,
    radius_km=1.5,
    population=900,
)
SAME_KEY = [
    ("Al-Bāb", "al Bab"),
    ("AL BAB", "al-bab"),
    ("the Sahel", "Sahel"),
    ("St. Petersburg", "Saint Petersburg"),
    ("N'Djaména", "Ndjamena"),
    ("Ma\u2018arrat Misrin", "Ma'arrat Misrin"),
    ("Łódź", "Lodz"),
    ("حَلَب", "حلب"),
    ("کابل", "كابل"),
    ("القاهرة", "القاهره"),
    ("Afrin\u200f", "Afrin"),
]
OTHER_KEY = [("Hodeida", "Hodeidah"), ("Douma", "Duma"), ("The", ""), ("Харків", "Харьков")]
SAME_SOUND = [
    ("Qandahar", "Kandahar"),
    ("Hodeida", "Al Hudaydah"),
    ("Khan Sheikhun", "Khan Shaykhun"),
    ("Falluja", "Fallujah"),
    ("Douma", "Duma"),
    ("Dayr az Zawr", "Deir Zaur"),
]
OTHER_SOUND = [("Aleppo", "Homs"), ("Mukalla", "Makalle"), ("Baga", "Bagram"), ("Kano", "Goma")]


@pytest.mark.parametrize(("one", "other"), SAME_KEY)
def test_spellings_that_differ_in_marks_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(("one", "other"), OTHER_KEY)
def test_other_letters_make_another_key(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("words", ["", "???", " \n", "—"])
def test_a_text_without_letters_has_no_key(words: str) -> None:
    assert name_key(words) == "" == sound_key(words)


@pytest.mark.parametrize(("one", "other"), SAME_SOUND)
def test_transliterations_sound_alike(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


@pytest.mark.parametrize(("one", "other"), OTHER_SOUND)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other)


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_the_key(name: str) -> None:
    key = name_key(name)
    if not key.startswith("the "):
        assert name_key(key) == key
    assert isinstance(sound_key(name), str)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance_km((0, 0), (1, 0)) == pytest.approx(111.2, abs=0.1)
    assert distance_km((60, 0), (60, 1)) == pytest.approx(55.6, abs=0.1)
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20_015, abs=1)


def test_a_settlement_is_as_wide_as_its_people_need() -> None:
    town, city = (usual_radius_km(PlaceLevel.CITY, people) for people in (500, 2_000_000))
    assert town == 1.0 < city < 25.0 == usual_radius_km(PlaceLevel.CITY, 900_000_000)


def test_a_compiled_table_finds_an_entry_by_each_of_its_names() -> None:
    area = Entry(
        id="geonames:170062",
        name="Halab",
        level=PlaceLevel.ADMIN1,
        countries=("SY",),
        admin1="SY.09",
        lat=36.4,
        lon=37.4,
        radius_km=70,
    )
    table = compile_table(
        [
            Listed(entry=TOWN, names=("Kafr Test", "كفر تست")),
            Listed(entry=area, names=("Halab",), code="SY.09"),
        ]
    )
    assert table.find(name_key("KAFR-TEST")) == table.find(name_key("كفر تست")) == (TOWN,)
    assert table.find("kafr") == ()
    assert table.area("SY.09") == area
    assert {one.entry.id for one in table.in_country("SY")} == {"geonames:170062", "t:1"}
    assert [*table.in_country("XX")] == []


def test_a_regional_entry_keeps_all_its_countries() -> None:
    entry = Entry(
        id="x:sahel",
        name="Sahel",
        level=PlaceLevel.REGION,
        countries=("ML", "NE"),
        lat=15,
        lon=2,
        radius_km=900,
    )
    assert compile_table([Listed(entry=entry, names=("Sahel",))]).find("sahel") == (entry,)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small packed gazetteer and an empty cache for it."""
    source = tmp_path / "source.sqlite"
    write_table([Listed(entry=TOWN, names=("Kafr Test",))], source)
    small = tmp_path / "gazetteer.sqlite.xz"
    small.write_bytes(lzma.compress(source.read_bytes()))
    digest = hashlib.sha256(small.read_bytes()).hexdigest()
    small.with_suffix(".sha256").write_text(f"{digest}\n", encoding="utf-8")
    monkeypatch.setattr(packed, "PACKED", small)
    monkeypatch.setenv("TOLLBOOK_CACHE", str(tmp_path / "cache"))
    _forget()
    yield tmp_path / "cache"
    _forget()


def _forget() -> None:
    packed.open_packed.cache_clear()
    packed.packed_sha256.cache_clear()


def _reopened() -> Compiled:
    _forget()
    return packed.open_packed()


def test_the_packed_gazetteer_is_unpacked_once(cache: Path) -> None:
    assert _reopened().find("kafr test") == (TOWN,)
    (unpacked,) = cache.iterdir()
    written = unpacked.stat().st_mtime_ns
    packed.PACKED.write_bytes(b"no longer read")
    assert _reopened().find("kafr test") == (TOWN,)
    assert unpacked.stat().st_mtime_ns == written


@pytest.mark.parametrize("keep", [0, 100, 8192, -1], ids=["empty", "head", "a page", "less a byte"])
def test_a_truncated_cache_is_replaced(cache: Path, keep: int) -> None:
    _reopened()
    (unpacked,) = cache.iterdir()
    unpacked.write_bytes(unpacked.read_bytes()[:keep])
    assert _reopened().find("kafr test") == (TOWN,)
    assert _is_whole(unpacked)


def test_a_cache_of_other_bytes_is_replaced(cache: Path) -> None:
    _reopened()
    (unpacked,) = cache.iterdir()
    unpacked.write_bytes(b"\x00" * unpacked.stat().st_size)
    assert _reopened().find("kafr test") == (TOWN,)
    assert _is_whole(unpacked)


def _is_whole(unpacked: Path) -> bool:
    database = sqlite3.connect(unpacked)
    told = database.execute("PRAGMA integrity_check").fetchone()
    database.close()
    return told == ("ok",)


def test_without_a_place_for_a_cache_the_gazetteer_works_from_memory(cache: Path) -> None:
    cache.write_text("a file stands where the folder would be", encoding="utf-8")
    assert _reopened().find("kafr test") == (TOWN,)


@pytest.mark.usefixtures("cache")
def test_a_damaged_gazetteer_is_told() -> None:
    packed.PACKED.write_bytes(packed.PACKED.read_bytes()[:-1])
    with pytest.raises(AssetError, match="is damaged; install tollbook again"):
        _reopened()


@pytest.mark.usefixtures("cache")
def test_a_missing_gazetteer_is_told() -> None:
    packed.PACKED.unlink()
    with pytest.raises(AssetError, match=r"cannot be read \(No such file .*install"):
        _reopened()


def test_the_package_knows_aleppo_and_what_it_lies_in() -> None:
    gazetteer = open_gazetteer()
    aleppo = gazetteer.find("Aleppo")[0]
    assert aleppo == gazetteer.find("حلب")[0] == gazetteer.find("ALEPPO")[0]
    assert gazetteer.parents(aleppo)[-1] == "Syria"
    assert gazetteer.find("") == gazetteer.find("Nowhereabouts") == ()


def test_names_that_sound_alike_are_found_in_one_country_only() -> None:
    gazetteer = open_gazetteer()
    assert any(one.name == "Kandahār" for one in gazetteer.sounding("Qandahaar", "AF"))
    assert gazetteer.sounding("Qandahaar", "MT") == ()
