"""The verb `resolve`: one place, date, number or actor, from the shell."""

import json
from pathlib import Path

import pytest
from commanding import Ran, tollbook_here


def run_command(*words: str, cwd: Path = Path()) -> Ran:
    return tollbook_here(*words, cwd=cwd)


SHOWN = [
    (["place", "Aleppo"], 0, "place    Aleppo (geonames:170063)"),
    (["place", "Qwertzuburg"], 4, "unresolved: 'Qwertzuburg': the gazetteer knows no place"),
    (["place", "Springfield"], 4, "might be: Springfield (geonames:"),
    (["date", "on Tuesday", "--published", "2016-12-01"], 0, "from       2016-11-29"),
    (["date", "on Tuesday"], 4, "give the publication date with --published"),
    (
        ["date", "the next day", "--published", "2016-12-01", "--anchor", "2016-11-20"],
        0,
        "2016-11-21",
    ),
    (["date", "last Ramadan", "--published", "2016-12-01"], 4, "unresolved: 'last Ramadan'"),
    (["number", "no fewer than nine"], 0, "at least   9"),
    (["number", "the 25th Division"], 4, "unresolved: 'the 25th Division'"),
    (["actor", "the SDF", "--country", "SY"], 0, "Syrian Democratic Forces"),
    (["actor", "rebels"], 4, "unresolved: 'rebels'"),
]


@pytest.mark.parametrize(("words", "code", "told"), SHOWN, ids=[" ".join(row[0]) for row in SHOWN])
def test_a_look_tells_what_is_found_or_why_nothing_is(
    words: list[str], code: int, told: str
) -> None:
    ran = run_command("resolve", *words)
    assert ran.code == code, ran.err
    assert told in ran.out


def test_json_is_for_programs() -> None:
    ran = run_command("resolve", "place", "حلب", "--json")
    told = json.loads(ran.out)
    assert (told["id"], told["method"], told["countries"]) == ("geonames:170063", "name", ["SY"])


def test_the_article_decides_which_place_is_meant(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Clashes in Tripoli, Lebanon, left two dead.", encoding="utf-8")
    ran = run_command("resolve", "place", "Tripoli", "--article", str(article))
    assert "Lebanon" in ran.out
    assert "Tripoli (geonames:2210247): " in ran.out


WRONG = [
    (["date", "Tuesday", "--published", "soon"], "--published 'soon' is no date"),
    (["place", "Aleppo", "--article", "nowhere.txt"], "'nowhere.txt' cannot be read"),
    (["place", "Aleppo", "--places", "nowhere.csv"], "'nowhere.csv' cannot be read"),
    (["actor", "the SDF", "--actors", "nowhere.csv"], "nowhere.csv"),
]


@pytest.mark.parametrize(("words", "told"), WRONG, ids=[told for _, told in WRONG])
def test_wrong_usage_names_what_is_wrong(words: list[str], told: str) -> None:
    ran = run_command("resolve", *words)
    assert ran.code == 2
    assert told in ran.err.replace("\n", " ")


def test_a_run_names_its_own_tables_and_verify_asks_for_them(tmp_path: Path) -> None:
    article, table, out = tmp_path / "a.txt", tmp_path / "mine.csv", tmp_path / "run"
    article.write_text(
        "A bomb killed five people in the village of Kafr Madeup on Monday, police said.",
        encoding="utf-8",
    )
    table.write_text("name,country,lat,lon\nKafr Madeup,SY,35.5,36.5\n", encoding="utf-8")
    own = ("--places", str(table))
    extract = ("extract", str(article), "--published", "2024-03-15", "--out", str(out))
    assert run_command(*extract, *own).code == 0
    assert "35.500, 36.500" in run_command("show", str(out)).out
    assert (
        json.loads((out / "run.json").read_text(encoding="utf-8"))["own_tables"][0][0] == "places"
    )
    assert run_command("verify", str(out), *own).err == ""
    assert "give the same --places" in run_command("verify", str(out)).err.replace("\n", " ")
    other = run_command(*extract)
    assert other.code == 2
    assert "own_tables" in other.err
