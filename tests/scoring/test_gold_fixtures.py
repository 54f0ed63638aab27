import json
import re
import shutil
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from commanding import by_id, tollbook_here
from scripts import script

from eval.canonical import label_json
from eval.cells import CellKind, CellState
from eval.gold import Labelled, open_gold, read_article
from eval.lint import lint_gold
from eval.phenomena import Phenomenon
from eval.predictions import open_predictions
from eval.scoring.article import score_set
from extractor.codes import Outcome, Qualifier, Stance
from extractor.resolve.tables import open_tables

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = Path(__file__).parent / "gold"
GOLD = open_gold(FIXTURES).labelled
EACH = pytest.mark.parametrize("one", GOLD.values(), ids=list(GOLD))
# Every article says in words of its own that it is invented, and for what.
INVENTED = re.compile(
    "invent|made up|fiction|fabricated|untrue|imagin|thought up|do not exist", re.IGNORECASE
)
PURPOSE = re.compile("test|exercise|to check|to try out", re.IGNORECASE)


@pytest.fixture(scope="module")
def label() -> ModuleType:
    """The labelling aid, which is a script beside the package."""
    return script("tools/label.py")


@EACH
def test_an_article_says_that_it_is_invented_for_testing(one: Labelled) -> None:
    notice = one.article.text.split("\n\n")[-1]
    assert INVENTED.search(notice)
    assert PURPOSE.search(notice)


@EACH
def test_an_article_is_short_and_states_its_day_title_and_language(one: Labelled) -> None:
    assert 60 <= len(one.article.text.split()) <= 200
    assert one.article.title
    assert one.article.published_at
    assert 2011 <= one.article.published_at.year <= 2026
    assert one.gold.strata["language"] == one.article.language


@EACH
def test_labels_say_that_they_were_made_with_ai_assistance(one: Labelled) -> None:
    assert "AI assistance" in one.gold.labeller


def test_the_set_shows_what_the_scores_are_tested_on() -> None:
    gold = [one.gold for one in GOLD.values()]
    counts = [claim for one in gold for incident in one.incidents for claim in incident.counts]
    blames = [blame for one in gold for incident in one.incidents for blame in incident.blames]
    assert {claim.number.qualifier for claim in counts} >= set(Qualifier) - {Qualifier.NEARLY}
    assert {claim.outcome for claim in counts} >= {Outcome.DIED_OF_WOUNDS, Outcome.ABDUCTED}
    wanted = set(Stance) - {Stance.CLEARED, Stance.CHARGED, Stance.STATED_AS_FACT}
    assert {blame.stance for blame in blames} == wanted
    assert {one.split for one in GOLD.values()} == {"dev", "gate"}
    assert len({one.story_id for one in gold}) == len(gold) - 1
    assert {one.article.language for one in GOLD.values()} == {"en", "fr"}
    assert sum(len(one.alternatives) for one in gold) >= 2
    listed = {told for one in gold for told in one.phenomena}
    assert listed >= {
        Phenomenon.PARALLEL_INCIDENTS,
        Phenomenon.CONFLICTING_SOURCES,
        Phenomenon.CUMULATIVE_PERIOD,
        Phenomenon.REVISED_TOLL,
        Phenomenon.NO_INCIDENT,
        Phenomenon.ATTACKER_AMONG_DEAD,
        Phenomenon.INSTRUCTS_MODEL,
    }


def test_extract_reads_the_articles_as_they_are(tmp_path: Path) -> None:
    ran = tollbook_here("extract", FIXTURES / "articles", "--out", "run", cwd=tmp_path)
    assert ran.code == 0, ran.err
    read = by_id(tmp_path / "run")
    assert set(read) == set(GOLD)
    for name, one in GOLD.items():
        told = read[name]["article"]
        assert told["text_sha256"] == one.gold.text_sha256
        assert told["title"] == one.article.title
        assert told["published_at"] == str(one.article.published_at)
        assert told["language"] == one.article.language
        assert not read[name].get("notices")


@EACH
def test_a_hand_written_label_makes_the_record(one: Labelled, label: ModuleType) -> None:
    told = tomllib.loads((FIXTURES / "labels" / f"{one.article.id}.toml").read_text("utf-8"))
    made = label.make_record(told, one.article, open_tables())
    assert label_json(made.gold) == label_json(one.gold)


BASE = 'labeller = "a test"\n[[incident]]\nsummary = "A bomb explodes."\n'
COUNT = BASE + "[[incident.count]]\n"


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        (BASE + 'evidence = "A truck bomb"', "i1: 'A truck bomb' does not stand in the article"),
        (BASE + 'evidence = "thursday"', "does not stand"),
        (BASE + 'evidence = "market"', "i1: 'market' stands there 3 times; say which"),
        (BASE + 'evidence = {words = "market", nth = 4}', "stands there 3 times, not 4"),
        (COUNT + 'killed = "grief"\nquote = "five women"', "cannot be read; say it whole"),
        (COUNT + 'quote = "five women"', "c1: it needs an outcome with its figure"),
        (COUNT + 'killed = 5\nquote = "five women"', "must be words or a table, not 5"),
        (COUNT + 'killed = "five"', "quotes: Tuple should have at least 1 item"),
        (COUNT + 'killed = "five"\nquote = "five women"\nby = "police: Police | loud"', "'loud'"),
        (BASE + 'when = "some time ago"', "when: 'some time ago' cannot be read as days"),
        (BASE + '[[incident.place]]\nname = "Mosul"', "place: 'Mosul' does not stand"),
    ],
    ids=[
        *("other-words", "other-case", "twice", "too-often", "no-figure", "no-outcome"),
        *("bare-number", "no-quote", "odd-speaker", "no-days", "no-place"),
    ],
)
def test_a_label_that_cannot_be_proved_is_refused(label: ModuleType, toml: str, words: str) -> None:
    with pytest.raises(label.LabelError) as raised:
        label.make_record(tomllib.loads(toml), GOLD["two-towns"].article, open_tables())
    assert words in str(raised.value)


def test_a_second_reading_may_be_another_outcome(label: ModuleType) -> None:
    toml = COUNT + 'killed = "five"\nquote = "five women"\n[[alternative]]\nof = "c1"\n'
    told = tomllib.loads(toml + 'injured = "five"\nreason = "It may be read so."')
    made = label.make_record(told, GOLD["two-towns"].article, open_tables()).gold
    assert made.alternatives[0].outcome is Outcome.INJURED
    assert made.alternatives[0].number == made.incidents[0].counts[0].number


def test_everything_wrong_with_a_label_is_told_at_once(label: ModuleType) -> None:
    toml = BASE + 'evidence = ["one", "market"]\nwhen = "then"'
    with pytest.raises(label.LabelError) as raised:
        label.make_record(tomllib.loads(toml), GOLD["two-towns"].article, open_tables())
    assert len(str(raised.value).split("\n")) == 3


def test_unknown_words_are_told_with_the_others_and_where_the_label_has_them(
    label: ModuleType,
) -> None:
    toml = (
        'labeller = "a test"\nphenomena = ["acusation"]\nweather = "fair"\n[[incident]]\n'
        'summary = "A bomb explodes."\nattack = "bombb"\nevidence = "nowhere"\n'
        '[[incident.place]]\nname = "Baqubah"\nrelation = "besides"\nquote = "killed in Baqubah"\n'
        '[[incident.count]]\nkilled = "five"\nquote = "five women"\n'
        'group = {words = "women", standing = "civillian"}\nby = "polise: Police"\n'
    )
    with pytest.raises(label.LabelError) as raised:
        label.make_record(tomllib.loads(toml), GOLD["two-towns"].article, open_tables())
    told = str(raised.value).split("\n")
    assert told[0] == "i1: 'nowhere' does not stand in the article"
    assert told[1].startswith("i1: place 'Baqubah': no relation 'besides'; ")
    assert "c1: group.standing: 'civillian' is no word of this field; is it 'civilian'?" in told
    assert "c1: speakers.0.type: 'polise' is no word of this field; is it 'police'?" in told
    assert any(one.startswith("i1: attack_types.0: 'bombb' is none of the ") for one in told)
    assert any(one.startswith("weather: ") for one in told)
    assert any(one.startswith("phenomena.0: 'acusation' is no word") for one in told)


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('incident = 3\nlabeller = "a test"', "incident: write each as a table"),
        (
            BASE + "count = {killed = 3}",
            "i1: count: write each as a table of its own, [[incident.c",
        ),
        ('labeller = "a test"\nspeakers = 3', "[speakers] must be a table of names, not 3"),
        (BASE + "when = 3", "i1: when: words or a table belong there, not 3"),
        (BASE + "evidence = 3", "i1: words or a table belong there, not 3"),
        (COUNT + 'killed = "five"\nquote = "five women"\ngroup = 3', "c1: group: words or a table"),
    ],
    ids=["incident", "count", "speakers", "when", "evidence", "group"],
)
def test_a_part_of_another_form_is_told(label: ModuleType, toml: str, words: str) -> None:
    with pytest.raises(label.LabelError) as raised:
        label.make_record(tomllib.loads(toml), GOLD["two-towns"].article, open_tables())
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[[incident]\n", "it is no TOML: "),
        ('labeller = "a"\nstory = \n', "(at line 2, column"),
        ('labeller = "a test"', "its article is missing; it belongs at "),
    ],
    ids=["no TOML", "line", "no article"],
)
def test_a_label_that_cannot_be_made_is_told_with_its_file(
    tmp_path: Path,
    label: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    toml: str,
    words: str,
) -> None:
    path = tmp_path / "labels" / "a.toml"
    path.parent.mkdir()
    path.write_text(toml, "utf-8")
    monkeypatch.setattr("sys.argv", ["label.py", str(path)])
    with pytest.raises(SystemExit) as ended:
        label.main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith(str(path))
    assert words in said


@pytest.mark.parametrize(
    ("group", "hints"),
    [
        ('"five policemen"', ["police_or_security"]),
        ('"rebels and Civilians"', ["civilian", "combatant"]),
        ('"villagers"', []),
        ('{words = "soldiers", standing = "unspecified"}', []),
    ],
    ids=["policemen", "two", "villagers", "decided"],
)
def test_a_standing_that_words_tell_and_the_label_leaves_open_is_hinted_at(
    label: ModuleType, group: str, hints: list[str]
) -> None:
    toml = COUNT + f'killed = "five"\nquote = "five women"\ngroup = {group}'
    made = label.make_record(tomllib.loads(toml), GOLD["two-towns"].article, open_tables())
    told = [one for one in made.notes if "HINT" in one]
    assert [hint in one for hint, one in zip(hints, told, strict=True)] == [True] * len(hints)


def test_an_occurrence_and_a_field_pick_the_quote_that_is_meant(label: ModuleType) -> None:
    toml = (
        BASE + 'evidence = [{words = "market", nth = 2}, {words = "market", in = "title"}]\n'
        'when = {words = "on Wednesday", start = 2017-03-08, end = 2017-03-08, precision = "day"}'
    )
    article = GOLD["two-towns"].article
    made = label.make_record(tomllib.loads(toml), article, open_tables())
    second, titled = made.gold.incidents[0].evidence
    assert article.text.find("market", article.text.find("market") + 1) == second.start
    assert (titled.field, article.slice(titled)) == ("title", "market")


def test_a_figure_and_a_point_can_be_given_by_hand(label: ModuleType) -> None:
    toml = (
        COUNT + 'killed = {words = "five women", lower = 4, upper = 6, qualifier = "range"}\n'
        'quote = "including five women"\n[[incident.place]]\nname = "Baqubah"\ncountry = "IQ"\n'
        'quote = "killed in Baqubah"\nlat = 33.7\nlon = 44.6\n'
        'radius_km = 2.5\nlevel = "neighbourhood"'
    )
    made = label.make_record(tomllib.loads(toml), GOLD["two-towns"].article, open_tables())
    (incident,) = made.gold.incidents
    number, place = incident.counts[0].number, incident.places[0]
    assert (number.lower, number.upper, number.qualifier) == (4, 6, Qualifier.RANGE)
    assert (place.lat, place.radius_km, place.gazetteer_id) == (33.7, 2.5, None)


def test_the_phenomena_that_claims_show_are_added(label: ModuleType) -> None:
    toml = COUNT + 'killed = "at least 14"\nquote = "at least 14 people"'
    made = label.make_record(tomllib.loads(toml), GOLD["two-towns"].article, open_tables())
    assert made.gold.phenomena == (Phenomenon.AT_LEAST,)
    assert made.notes == ("c1: 'at least 14' is at_least 14…",)


def test_the_label_shown_in_the_docs_is_accepted_and_clean(
    tmp_path: Path, label: ModuleType
) -> None:
    page = (ROOT / "docs" / "gold.md").read_text("utf-8")
    article, short = (
        next(iter(re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL)))
        for kind in ("json", "toml")
    )
    for kind in ("articles", "records"):
        (tmp_path / kind).mkdir()
    path = tmp_path / "articles" / "basra-market.json"
    path.write_text(article, "utf-8")
    made = label.make_record(tomllib.loads(short), read_article(path), open_tables())
    (tmp_path / "records" / "basra-market.json").write_text(label_json(made.gold), "utf-8")
    assert lint_gold(tmp_path) == ()
    assert Phenomenon.NUMBERED_SUBSET in made.gold.phenomena


def test_the_line_of_predictions_shown_in_the_docs_is_right_in_all_it_says(
    tmp_path: Path, label: ModuleType
) -> None:
    page = (ROOT / "docs" / "gold.md").read_text("utf-8")
    article, short, line = (
        next(iter(re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL)))
        for kind in ("json", "toml", "jsonl")
    )
    for kind in ("articles", "records"):
        (tmp_path / kind).mkdir()
    path = tmp_path / "articles" / "basra-market.json"
    path.write_text(article, "utf-8")
    made = label.make_record(tomllib.loads(short), read_article(path), open_tables())
    (tmp_path / "records" / "basra-market.json").write_text(label_json(made.gold), "utf-8")
    told = tmp_path / "predictions.jsonl"
    told.write_text(line, "utf-8")
    scored = score_set(open_gold(tmp_path), open_predictions(told))
    (count,) = [one for one in scored.cells if one.kind is CellKind.COUNT and one.has_predicted]
    assert count.state is CellState.CORRECT
    false = (CellState.WRONG, CellState.SPURIOUS)
    assert [one for one in scored.cells if one.state in false] == []
    quote = read_article(path).slice(open_predictions(told)[0].incidents[0].counts[0].quotes[0])
    assert quote == "At least 26 people were killed"


def test_labels_taken_as_predictions_of_themselves_are_right_in_everything(tmp_path: Path) -> None:
    told = tmp_path / "self.jsonl"
    records = sorted((FIXTURES / "records").glob("*.json"))
    lines = [json.dumps(json.loads(path.read_bytes())) for path in records]
    told.write_text("\n".join(lines), "utf-8")
    scored = score_set(open_gold(FIXTURES), open_predictions(told))
    right = (CellState.CORRECT, CellState.EXCUSED, CellState.ABSTAINED)
    assert [one for one in scored.cells if one.state not in right] == []


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A gold folder of one article with its label, to make the record in."""
    for folder, name in (("articles", "two-towns.json"), ("labels", "two-towns.toml")):
        (tmp_path / folder).mkdir()
        shutil.copy(FIXTURES / folder / name, tmp_path / folder)
    return tmp_path


def made_by(
    label: ModuleType, monkeypatch: pytest.MonkeyPatch, *arguments: str | Path
) -> int | str | None:
    """How the tool ends."""
    monkeypatch.setattr("sys.argv", ["label.py", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        label.main()
    return ended.value.code


def test_a_record_that_is_older_than_its_label_is_told_and_left(
    copied: Path, label: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, record = copied / "labels" / "two-towns.toml", copied / "records" / "two-towns.json"
    assert made_by(label, monkeypatch, "--check", told) == 1  # there is none yet
    assert not record.exists()
    assert made_by(label, monkeypatch, told) == 0
    assert made_by(label, monkeypatch, "--check", told) == 0
    made = record.read_bytes()
    told.write_text(told.read_text("utf-8").replace('"explosive_device"', '"shelling"'), "utf-8")
    assert made_by(label, monkeypatch, "--check", told) == 1
    assert record.read_bytes() == made


def test_a_label_saved_with_a_byte_order_mark_is_read_and_one_in_another_encoding_is_told(
    copied: Path,
    label: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = copied / "labels" / "two-towns.toml"
    whole = told.read_bytes()
    told.write_bytes(b"\xef\xbb\xbf" + whole)
    assert made_by(label, monkeypatch, told) == 0
    told.write_bytes(whole + "# é".encode("cp1252"))
    assert made_by(label, monkeypatch, told) == 1
    assert "save it as UTF-8" in capsys.readouterr().err


def test_a_record_that_cannot_be_written_is_told_and_the_old_one_kept(
    copied: Path, label: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copied / "records").write_text("in the way", "utf-8")
    ended = made_by(label, monkeypatch, copied / "labels" / "two-towns.toml")
    assert isinstance(ended, str)
    assert "cannot be written" in ended
    assert (copied / "records").read_text("utf-8") == "in the way"


def test_a_speaker_who_is_not_listed_is_told_with_the_nearest_that_is(label: ModuleType) -> None:
    toml = BASE.replace("[[incident]]", '[speakers]\narmy = "military: the army"\n[[incident]]')
    toml += '[[incident.count]]\nkilled = "five"\nquote = "five women"\nby = "armee"\n'
    with pytest.raises(label.LabelError) as raised:
        label.make_record(tomllib.loads(toml), GOLD["two-towns"].article, open_tables())
    assert "by: no 'armee' under [speakers]; is it 'army'?" in str(raised.value)


def test_names_that_do_not_stand_in_the_article_are_told_when_the_record_is_made(
    label: ModuleType,
) -> None:
    toml = COUNT + 'killed = "five"\nquote = "five women"\ngroup = "wommen"\n'
    made = label.make_record(tomllib.loads(toml), GOLD["two-towns"].article, open_tables())
    assert any("'wommen' does not stand in the article" in one for one in made.findings)
