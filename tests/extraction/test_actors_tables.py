"""Tables of actors: a user's own lie over the packaged one, bad ones are refused, ours is sound."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import extractor
from extractor.codes import ActorType
from extractor.errors import TableError
from extractor.resolve.actors import ResolvedActor, Unresolved, load_actors, resolve_actor
from extractor.resolve.actors.composed import Organ
from extractor.resolve.actors.names import name_key

DATA = Path(extractor.__file__).parent / "data"
# Names that two actors of one country bear; the article's year or its other names decide.
SHARED = {
    ("islamic state", "NE"),
    ("is", "NE"),
    ("isis", "NE"),
    ("isil", "NE"),
    ("palestinian health ministry", "PS"),
    ("palestinian ministry of health", "PS"),
    ("jundallah", "PK"),
    ("jundullah", "PK"),
    ("us led coalition", "IQ"),
    ("us led forces", "IQ"),
    ("ssa", "MM"),
    ("shan state army", "MM"),
}


def _write(folder: Path, *lines: str, name: str = "own.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _id(name: str, *tables: Path, countries: tuple[str, ...] = ()) -> str | None:
    table = load_actors(*tables)
    found = resolve_actor(name, table=table, article=f"It was {name}.", countries=countries)
    return found.id if isinstance(found, ResolvedActor) else None


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def test_an_own_line_adds_an_actor_with_three_columns_only(tmp_path: Path) -> None:
    own = _write(tmp_path, "id,name,aliases", "river-guard,River Guard,Garde du fleuve;RGX")
    assert _id("the River Guard", own) == "river-guard"
    assert _id("RGX fighters", own) == "river-guard"
    assert _id("the River Guard") is None
    found = resolve_actor("RGX", table=load_actors(own), article="")
    assert isinstance(found, ResolvedActor)
    assert (found.type, found.country, found.parent) == ("unidentified", None, None)


def test_an_own_line_takes_the_place_of_an_equal_id(tmp_path: Path) -> None:
    own = _write(tmp_path, "id,name,aliases,type", "hamas,Hamas,Qassamites,militia")
    found = resolve_actor("Qassamites", table=load_actors(own), article="")
    assert isinstance(found, ResolvedActor)
    assert (found.id, found.type) == ("hamas", "militia")
    assert _id("Islamic Resistance Movement", own) is None


def test_an_own_line_wins_a_shared_name(tmp_path: Path) -> None:
    own = _write(tmp_path, "id,name,aliases,country", "stone-front,Stone Front,SDF;Hamas,AR")
    assert _id("SDF", own) == "stone-front"
    assert _id("SDF", own, countries=("SY",)) == "stone-front"
    assert _id("Hamas", own) == "stone-front"


def test_the_later_of_two_own_tables_wins(tmp_path: Path) -> None:
    one = _write(tmp_path, "id,name,aliases", "one,Stone Front,SFX", name="one.csv")
    two = _write(tmp_path, "id,name,aliases", "two,Sand Front,SFX", name="two.csv")
    assert _id("SFX", one, two) == "two"
    assert _id("SFX", two, one) == "one"


def test_own_lines_that_share_a_name_are_told_apart_by_country(tmp_path: Path) -> None:
    own = _write(tmp_path, "id,name,aliases,country", "a,A Front,SFX,AR", "b,B Front,SFX,BO")
    assert _id("SFX", own, countries=("BO",)) == "b"
    assert _id("SFX", own) is None


def test_an_own_line_renames_a_composed_actor(tmp_path: Path) -> None:
    header = "id,name,aliases,type,country,parent"
    line = "FJ.military,Republic of Fiji Military Forces,RFMF,state_forces,FJ,FJ.government"
    own = _write(tmp_path, header, line)
    assert _id("Fijian army", own) == _id("RFMF", own) == "FJ.military"
    found = resolve_actor("Fijian army", table=load_actors(own), article="")
    assert isinstance(found, ResolvedActor)
    assert found.name == "Republic of Fiji Military Forces"


def test_an_own_table_may_come_from_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes("\ufeffID, Name ,aliases\r\nx,Xa Front,\r\n,,\r\n".encode())
    assert _id("Xa Front", path) == "x"


def test_own_tables_leave_the_packaged_one_as_it_is(tmp_path: Path) -> None:
    before = load_actors()
    own = _write(tmp_path, "id,name,aliases", "x,Xa Front,")
    assert load_actors(own) is not before
    assert load_actors() is before
    assert _id("Xa Front") is None


@pytest.mark.parametrize(
    ("lines", "place", "told"),
    [
        (["id,name"], "line 1", "'aliases'"),
        (["id,name,aliases,colour"], "line 1", "'colour'"),
        (["id;name;aliases"], "line 1", "commas"),
        (["id,name,aliases,name"], "line 1", "twice"),
        ([""], "line 1", "'id'"),
        (["id,name,aliases", "a,A Front"], "line 2", "2 cells"),
        (["id,name,aliases", "", "a,A Front"], "line 3", "2 cells"),
        (["id,name,aliases", ",A Front,"], "line 2", "'id' is empty"),
        (["id,name,aliases", "a,,AX"], "line 2", "'name' is empty"),
        (["id,name,aliases", "a,A Front,...;AX"], "line 2", "'...'"),
        (["id,name,aliases", "a,A Front,", "a,B Front,"], "line 3", "line 2 too"),
        (["id,name,aliases,type", "a,A Front,,army"], "line 2", "'army'"),
        (["id,name,aliases,country", "a,A Front,,UK"], "line 2", "'UK'"),
        (["id,name,aliases,parent", "a,A Front,,nobody"], "line 2", "'nobody'"),
        (["id,name,aliases,from", "a,A Front,,199"], "line 2", "'199'"),
        (["id,name,aliases,from,to", "a,A Front,,2010,2001"], "line 2", "2001"),
        (["id,name,aliases", 'a,"A Front,'], "line 2", "quotes"),
    ],
)
def test_a_bad_table_is_refused_with_its_line(
    tmp_path: Path, lines: list[str], place: str, told: str
) -> None:
    own = _write(tmp_path, *lines)
    with pytest.raises(TableError) as caught:
        load_actors(own)
    message = str(caught.value)
    assert str(own) in message
    assert place in message
    assert told in message


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="check the path"):
        load_actors(tmp_path / "missing.csv")
    latin = tmp_path / "latin.csv"
    latin.write_bytes("id,name,aliases\nx,Sélèka,\n".encode("latin-1"))
    with pytest.raises(TableError, match="UTF-8"):
        load_actors(latin)


def test_the_packaged_actors_are_many_and_each_has_its_own_id_and_a_source() -> None:
    rows = list(_rows("actors.csv"))
    assert len(rows) >= 450
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(row["source"].strip() for row in rows)
    assert not [row["id"] for row in rows if row["id"] != row["id"].strip()]


def test_the_packaged_actors_have_known_types_countries_parents_and_years() -> None:
    rows = list(_rows("actors.csv"))
    states = {row["iso2"] for row in _rows("states.csv")}
    known = {row["id"] for row in rows} | {f"{s}.{organ}" for s in states for organ in Organ}
    for row in rows:
        assert row["type"] in {*ActorType, "monitor", "peacekeepers"}, row["id"]
        assert set(_parts(row["country"])) <= states, row["id"]
        assert row["parent"] in known | {""}, row["id"]
        assert row["parent"] != row["id"], row["id"]
        assert (row["from"] or "0") <= (row["to"] or "9999"), row["id"]
        own, _, organ = row["id"].partition(".")
        if own in states and organ in set(Organ):
            assert row["country"].startswith(own), row["id"]


def test_no_actor_stands_above_itself() -> None:
    table = load_actors()
    for actor_id in table.actors:
        assert actor_id not in list(table.ancestors(actor_id))


def test_no_two_actors_of_one_country_share_a_name_unless_listed() -> None:
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in _rows("actors.csv"):
        for name in (row["name"], *_parts(row["aliases"])):
            for country in _parts(row["country"]):
                bearers[name_key(name), country].add(row["id"])
    assert {place for place, ids in bearers.items() if len(ids) > 1} == SHARED


def test_every_state_stands_once_with_an_adjective_and_a_source() -> None:
    rows = list(_rows("states.csv"))
    codes = [row["iso2"] for row in rows]
    assert len(set(codes)) == len(codes) >= 197
    assert {"PS", "XK", "TW", "EH"} <= set(codes)
    for row in rows:
        assert len(row["iso2"]) == 2, row["iso2"]
        assert row["iso2"].isupper(), row["iso2"]
        assert row["name"], row["iso2"]
        assert row["adjectives"], row["iso2"]
        assert row["source"], row["iso2"]
        assert set(_parts(row["has"])) <= {"government", "military", "police"}, row["iso2"]


def test_every_states_government_is_found_by_its_name_and_adjective() -> None:
    for row in _rows("states.csv"):
        if "government" not in _parts(row["has"]):
            continue
        code = row["iso2"]
        for name in (row["name"], f"the {_parts(row['adjectives'])[0]} government"):
            assert _id(name, countries=(code,)) == f"{code}.government", name


def test_every_packaged_name_leads_to_its_actor_or_to_those_that_share_it() -> None:
    table = load_actors()
    for actor in table.actors.values():
        for name in (actor.name, *actor.aliases):
            home = actor.countries[:1]
            found = resolve_actor(name, table=table, article=name, countries=home)
            if isinstance(found, Unresolved):
                assert actor.id in found.candidates, name
            elif found.id != actor.id:
                sharing = {naming.target for naming in table.actor_names[name_key(name)]}
                assert {actor.id, found.id} <= sharing, name
