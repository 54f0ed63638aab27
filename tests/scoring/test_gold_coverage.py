import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.cli.gold import app
from eval.coverage import Coverage, coverage_of, sources_of, tables_of, told_incidents
from eval.gold import Labelled, open_gold
from eval.phenomena import FIRST_TIER, Phenomenon
from extractor.codes import SpeakerType
from extractor.records import Speaker

FIXTURES = Path(__file__).parent / "gold"


@pytest.fixture(scope="module")
def counted() -> Coverage:
    return coverage_of(open_gold(FIXTURES))


@pytest.mark.parametrize(
    "name",
    ["splits", "languages", "labellers", "incidents_per_article", "speakers_per_article"],
)
def test_every_article_is_counted_once_in_each_division(counted: Coverage, name: str) -> None:
    assert sum(getattr(counted, name).values()) == counted.articles == 14


def test_every_article_has_a_place_in_each_stratum(counted: Coverage) -> None:
    assert set(counted.strata) == {"region"}
    assert sum(counted.strata["region"].values()) == counted.articles


def test_every_figure_is_counted_once_by_outcome_and_by_qualifier(counted: Coverage) -> None:
    figures = counted.counts + counted.cumulative
    assert sum(counted.outcomes.values()) == sum(counted.qualifiers.values()) == figures
    assert counted.parts < counted.counts


def test_every_blame_and_incident_is_counted_once(counted: Coverage) -> None:
    assert sum(counted.stances.values()) == counted.blames
    assert sum(counted.date_precisions.values()) == counted.incidents
    assert sum(counted.attack_types.values()) == counted.incidents
    told = sum(int(number) * n for number, n in counted.incidents_per_article.items())
    assert told == counted.incidents - counted.background
    assert counted.incidents_per_article["0"] == counted.without_incidents == 2


def test_every_phenomenon_has_its_count_zeros_too(counted: Coverage) -> None:
    assert set(counted.first_tier) == {one.value for one in FIRST_TIER}
    both = {**counted.first_tier, **counted.second_tier}
    assert list(both) == [one.value for one in Phenomenon]
    assert both["at_least"] == 4
    assert both["casualties_alone"] == 0


def test_splits_add_up_to_the_whole(counted: Coverage) -> None:
    gold = open_gold(FIXTURES)
    parts = [coverage_of(gold.of_split(name)) for name in counted.splits]
    for name in ("articles", "stories", "incidents", "counts", "blames", "optional"):
        assert sum(getattr(part, name) for part in parts) == getattr(counted, name)
    for name in ("outcomes", "qualifiers", "stances", "first_tier", "second_tier"):
        for row, number in getattr(counted, name).items():
            assert sum(getattr(part, name)[row] for part in parts) == number


def test_a_claim_named_optional_is_counted_once(counted: Coverage) -> None:
    # two background incidents, a blame and a count; each is optional in one way
    assert counted.optional == 4
    assert counted.background == 2


def test_articles_with_several_incidents_or_sources_are_counted(counted: Coverage) -> None:
    labelled = open_gold(FIXTURES).labelled
    assert [name for name, one in labelled.items() if len(told_incidents(one)) > 1] == ["two-towns"]
    one_source = {name for name, one in labelled.items() if len(sources_of(one)) == 1}
    assert one_source == {"crossfire-in-cucuta", "memorial-at-prijepolje", "rockets-in-agadez"}
    assert [name for name, one in labelled.items() if not sources_of(one)] == ["talks-in-taiz"]
    assert counted.several_incidents == 1
    assert counted.several_sources == 10
    assert counted.speakers_per_article == {"0": 1, "1": 3, "2": 3, "3": 4, "4": 2, "5": 1}


@pytest.mark.parametrize(
    ("names", "sources"),
    [
        (["The Army", "the army"], {"the army"}),
        (["the front", "the Sahel Dawn Front"], {"the front"}),
        (["the Front", "The spokesman", "a cousin"], {"a cousin"}),
        (["a medic", None, ""], {"a medic"}),
        (["a medic", "the army"], {"a medic", "the army"}),
    ],
    ids=["capitals", "an alias", "lists that share a name", "no name", "two speakers"],
)
def test_a_speaker_under_two_names_is_one_source(
    names: list[str | None], sources: set[str]
) -> None:
    fronts = ("the Sahel Dawn Front", "the Front")
    cousins = ("a cousin", "the spokesman")
    lists = (fronts, cousins, ("the front", "THE SPOKESMAN")) if "a cousin" in names else (fronts,)
    assert sources_of(said_by(names, lists)) == sources


def said_by(names: Iterable[str | None], aliases: tuple[tuple[str, ...], ...]) -> Labelled:
    """An article with one figure, by speakers of these names and of different types."""
    one = open_gold(FIXTURES).labelled["two-towns"]
    incident = one.gold.incidents[0]
    kinds = [kind for kind in SpeakerType if kind is not SpeakerType.ARTICLE_VOICE]
    speakers = tuple(
        Speaker(name_text=name, type=kind) for name, kind in zip(names, kinds, strict=False)
    )
    count = incident.counts[0].model_copy(update={"speakers": speakers})
    told = incident.model_copy(update={"counts": (count,)})
    update = {"incidents": (told,), "cumulative": (), "aliases": aliases}
    return replace(one, gold=one.gold.model_copy(update=update))


def test_tables_leave_out_zeros_but_of_phenomena(counted: Coverage) -> None:
    tables = dict(tables_of(counted))
    assert tables["articles by phenomenon (second tier)"]["casualties_alone"] == 0
    assert "sexual_violence" not in tables["figures by outcome"]
    assert tables["articles by region"]["Sahel"] == 3


def test_the_command_prints_the_counts_as_json() -> None:
    ran = CliRunner().invoke(app, ["stats", str(FIXTURES), "--split", "gate", "--json"])
    assert ran.exit_code == 0
    assert Coverage.model_validate_json(ran.stdout).articles == 6
    assert json.loads(ran.stdout)["splits"] == {"gate": 6}


def test_the_command_prints_the_counts_as_tables() -> None:
    ran = CliRunner().invoke(app, ["stats", str(FIXTURES)])
    assert ran.exit_code == 0
    lines = [" ".join(line.split()) for line in ran.stdout.splitlines()]
    assert "articles 14" in lines
    assert "numbered_subset 6" in lines


def test_an_unknown_split_is_told_by_the_command() -> None:
    ran = CliRunner().invoke(app, ["stats", str(FIXTURES), "--split", "typo"])
    assert ran.exit_code == 2
    assert "splits: dev, gate" in ran.stderr


def test_lint_ends_with_0_for_a_clean_set() -> None:
    ran = CliRunner().invoke(app, ["lint", str(FIXTURES)])
    assert ran.exit_code == 0
    assert ran.stdout == f"{FIXTURES}: 14 labelled articles, problems: none\n"


def test_lint_ends_with_1_and_tells_every_problem(tmp_path: Path) -> None:
    for kind in ("articles", "records"):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "a.json").write_text("{", "utf-8")
    ran = CliRunner().invoke(app, ["lint", str(tmp_path)])
    assert ran.exit_code == 1
    told = ran.stdout.splitlines()
    assert [line.partition(": ")[0] for line in told[:2]] == [
        f"{tmp_path}/articles/a.json",
        f"{tmp_path}/records/a.json",
    ]
    assert told[2] == f"{tmp_path}: 1 labelled articles, problems: 2 in 2 files"


def test_lint_writes_files_in_the_usual_form_when_asked(tmp_path: Path) -> None:
    for kind in ("articles", "records"):
        (tmp_path / kind).mkdir()
        for path in (FIXTURES / kind).glob("two-towns.json"):
            (tmp_path / kind / path.name).write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert CliRunner().invoke(app, ["lint", str(tmp_path)]).exit_code == 1
    ran = CliRunner().invoke(app, ["lint", str(tmp_path), "--fix"])
    assert ran.exit_code == 0
    assert ran.stdout.count("written in the usual form") == 2


@pytest.mark.parametrize("command", ["lint", "stats"])
def test_a_folder_that_is_no_gold_folder_ends_with_2(tmp_path: Path, command: str) -> None:
    ran = CliRunner().invoke(app, [command, str(tmp_path)])
    assert ran.exit_code == 2
    assert "is no gold folder" in ran.stderr


def test_lint_ends_with_0_where_there_are_warnings_alone(tmp_path: Path) -> None:
    for kind in ("articles", "records"):
        (tmp_path / kind).mkdir()
        path = FIXTURES / kind / "talks-in-taiz.json"
        told = json.loads(path.read_text("utf-8"))
        told.pop("published_at", None)
        (tmp_path / kind / path.name).write_text(json.dumps(told), "utf-8")
    ran = CliRunner().invoke(app, ["lint", str(tmp_path), "--fix"])
    assert ran.exit_code == 0
    assert ran.stdout.endswith("problems: none, warnings: 1\n")


def test_lint_ends_with_1_for_an_empty_set(tmp_path: Path) -> None:
    for kind in ("articles", "records"):
        (tmp_path / kind).mkdir()
    ran = CliRunner().invoke(app, ["lint", str(tmp_path)])
    assert ran.exit_code == 1
    assert "no labelled article" in ran.stdout
