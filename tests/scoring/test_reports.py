import io
import json
import re
import resource
import shlex
import signal
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
import typer
from commanding import MODULE, PATIENCE, Ran, bare_environment, tollbook
from grading import article as written
from grading import count, incident, labelled, prediction
from markdown_it import MarkdownIt
from perturbing import GOLD_FOLDER
from rich.cells import cell_len
from rich.console import Console
from scorecells import article, cell, figure, told_incident
from typer.testing import CliRunner

from eval.canonical import article_json, label_json
from eval.cells import Cell, CellKind, CellState, Harm, Mistake
from eval.cli.score import explain, score
from eval.gold import Labelled
from eval.predictions import Prediction
from eval.report.explain import sentences
from eval.report.grids import headline_grid
from eval.report.junit import junit
from eval.report.markdown import escaped, markdown
from eval.report.page import page
from eval.report.terminal import print_report, stacked
from eval.report.words import (
    Words,
    amount,
    interval_of,
    isolated,
    percent,
    printable,
    value_of,
)
from eval.scores.summary import Summary, summarise
from extractor.codes import InputOutcome, Qualifier
from extractor.errors import UsageError
from extractor.numerals import Number

HOSTILE = [
    pytest.param("a | b || c", id="columns"),
    pytest.param("`code` and ```fences```", id="code"),
    pytest.param("<script>alert(1)</script><img src=x onerror=alert(1)>", id="HTML"),
    pytest.param("</style><b>&amp; &lt;</b> <!-- ", id="entities"),
    pytest.param(
        "[link](http://example.org) ![image](x) https://example.org www.x.org", id="links"
    ),
    pytest.param("[bold red]markup[/] [/bold]", id="terminal markup"),
    pytest.param("\x1b[31mred\x1b]0;title\x07 \x00 \x9b31m", id="terminal controls"),
    pytest.param("\u202egnp.exe\u202c \u2066x\u2069", id="reordered"),
    pytest.param("one\nnew line\r\n\r\n# heading\n- list", id="lines"),
    pytest.param("*bold* _it_ ~~gone~~ $x$ #12 @somebody", id="emphasis"),
    pytest.param("{{ 7 * 7 }} {% raw %} ${7*7}", id="templates"),
    pytest.param("]]> \ufffe \U000e0001", id="not XML"),
]


def hostile_cells(words: str) -> list[Cell]:
    telling: dict[str, Any] = {
        "key": words,
        "gold": words,
        "predicted": words,
        "gold_quotes": (words,),
        "predicted_quotes": (words,),
        "phenomena": (words,),
        "strata": {words: words},
        "codes": {"gold_name": words, "gold_place": words},
        "slice": words,
        "mistake": Mistake.OTHER,
        "opportunities": (Harm.OVER_ASSERTION,),
        "harms": (Harm.OVER_ASSERTION,),
    }
    kinds = (CellKind.COUNT, CellKind.BLAME, CellKind.PLACE, CellKind.INCIDENT)
    return [article(words), *(cell(kind, CellState.WRONG, words, **telling) for kind in kinds)]


def summary_of(cells: list[Cell]) -> Summary:
    return summarise(cells, intervals=False, variants={"one": cells, "two": cells})


def terminal(summary: Summary, width: int = 160) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False, force_terminal=True)
    print_report(console, summary, summary.slices)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def sample() -> list[Cell]:
    cells = [article("a"), *told_incident("a", CellState.CORRECT)]
    cells += [article("b"), *told_incident("b", CellState.MISSED, mistake=Mistake.MISSED)]
    harm = (Harm.HALLUCINATED_COUNT,)
    cells.append(
        cell(
            CellKind.COUNT,
            CellState.SPURIOUS,
            key="injured · people",
            predicted="30",
            predicted_number=figure(30),
            predicted_quotes=("thirty people were hurt",),
            mistake=Mistake.HALLUCINATED,
            opportunities=harm,
            harms=harm,
        )
    )
    return cells


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "-"),
        (0.0, "0.0 %"),
        (1.0, "100.0 %"),
        (0.9999, "99.9 %"),
        (0.0001, "<0.1 %"),
        (2 / 3, "66.7 %"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(value: float | None, told: str) -> None:
    assert percent(value) == told


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (0.0, "log", "0.00 (\N{MULTIPLICATION SIGN}1.00)"),
        (0.6931, "log", "0.69 (\N{MULTIPLICATION SIGN}2.00)"),
        (-0.05, "points", "-5.0 points"),
        (12.34, "km", "12.3 km"),
        (None, "days", "-"),
    ],
)
def test_a_figure_has_its_unit(value: float | None, unit: Any, told: str) -> None:
    assert amount(value, unit) == told


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_an_article_cannot_act_on_a_terminal(words: str) -> None:
    said = terminal(summary_of(hostile_cells(words)))
    styles = re.compile(r"\x1b\[[0-9;]*m")
    plain = styles.sub("", said)
    assert printable(plain) == " ".join(plain.split())
    # No colour but those of the report itself.
    assert set(styles.findall(said)) <= {
        f"\x1b[{code}m" for code in ("0", "1", "2", "31", "1;31", "2;31")
    }


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_an_article_are_no_markdown(words: str) -> None:
    read = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = read.parse(f"| a | b |\n| --- | --- |\n| {escaped(words)} | end |\n")
    inline = [one for one in tokens if one.type == "inline"]
    assert [one.type for one in tokens].count("td_open") == 2
    assert [one.content for one in inline][-1] == "end"
    assert {child.type for one in inline for child in one.children or ()} <= {
        "text",
        "text_special",
    }
    shown = "".join(child.content for child in inline[2].children or ())
    assert shown == printable(words)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_an_article_make_no_row_or_column_in_markdown(words: str) -> None:
    hostile = markdown(summary_of(hostile_cells(words)))
    harmless = markdown(summary_of(hostile_cells("harmless")))
    shape = [line.count("|") for line in hostile.splitlines()]
    assert shape == [line.count("|") for line in harmless.splitlines()]
    assert "<" not in hostile


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_an_article_cannot_break_the_xml(words: str) -> None:
    cells = hostile_cells(words)
    root = Xml.fromstring(junit(summary_of(cells), cells).encode("utf-8"))
    named = [case.get("name") for case in root.iter("testcase")]
    assert named[0] == printable(words)


def test_every_report_says_that_a_grading_is_invalid() -> None:
    cells = [article("a"), article("b", outcome="absent"), *told_incident("a", CellState.CORRECT)]
    summary = summarise(cells)
    for told in (terminal(summary), markdown(summary), page(summary, cells)):
        assert "INVALID" in told
        assert "1 of 2 articles was never answered for" in told
    assert json.loads(summary.to_json())["attempts"]["verdict"] == "INVALID"
    assert 'type="absent"' in junit(summary, cells)


def test_a_report_of_nothing_can_be_written() -> None:
    summary = summarise([])
    for told in (terminal(summary), markdown(summary), page(summary, []), junit(summary, [])):
        assert "nan" not in told.lower().replace("nan-", "")


def test_few_stories_are_said_to_be_few() -> None:
    summary = summarise(sample())
    for told in (terminal(summary), markdown(summary), page(summary, sample())):
        assert "2 stories are too few for intervals" in told


def test_figures_stand_in_the_markdown_with_their_counts() -> None:
    rows = [line for line in markdown(summarise(sample())).splitlines() if "Count claims" in line]
    assert rows[0].startswith(
        "| Count claims | 50.0 % | - | 50.0 % | 50.0 % | 1, 1, 1 | 33.3 % | 100.0 %"
    )


def test_an_article_is_a_test_that_fails_by_its_wrong_cells() -> None:
    cells = sample()
    root = Xml.fromstring(junit(summarise(cells), cells).encode())
    assert (root.get("tests"), root.get("failures")) == (str(2 + len(Harm)), "3")
    assert root.get("errors") == "0"
    failures = {case.get("name"): case.find("failure") for case in root.iter("testcase")}
    told = failures["a"]
    assert told is not None
    assert told.text == "count i1/p1: hallucinated: - -> 30"
    assert failures["hallucinated count"] is not None
    properties = {one.get("name"): one.get("value") for one in root.iter("property")}
    assert properties["count.f1"] == "0.5"
    assert properties["blame.f1"] == "-"


@pytest.mark.parametrize("state", [CellState.WRONG, CellState.MISSED, CellState.SPURIOUS])
def test_the_xml_holds_no_words_of_an_article(state: CellState) -> None:
    word = "Verbatim"
    vague = Number(text=word, term=word, lower=None, upper=None, qualifier=Qualifier.VAGUE)
    codes = ("outcome", "predicted_key", "gold_stance", "predicted_stance", "gold_name")
    telling: dict[str, Any] = {
        "key": f"killed · {word} · {word}",
        "gold": word,
        "predicted": word,
        "gold_number": vague,
        "predicted_number": vague,
        "gold_quotes": (word,),
        "predicted_quotes": (word,),
        "codes": dict.fromkeys(codes, word),
        "mistake": Mistake.OTHER,
    }
    kinds = [kind for kind in CellKind if kind is not CellKind.ARTICLE]
    cells = [article(), *(cell(kind, state, **telling) for kind in kinds)]
    told = junit(summarise(cells), cells)
    assert word not in told
    assert "count i1/p1: other: vague -&gt; vague" in told


def test_a_failure_in_the_xml_says_which_outcome_figure_and_stance() -> None:
    wrong: dict[str, Any] = {"mistake": Mistake.WRONG_GROUP, "codes": {"outcome": "killed"}}
    number = figure(30, Qualifier.AT_LEAST)
    stances = {"gold_stance": "accused", "predicted_stance": "stated_as_fact"}
    cells = [
        article(),
        cell(CellKind.COUNT, CellState.WRONG, predicted_number=number, **wrong),
        cell(CellKind.BLAME, CellState.WRONG, mistake=Mistake.OVER_ASSERTED, codes=stances),
    ]
    root = Xml.fromstring(junit(summarise(cells), cells).encode())
    failure = root.find(".//failure")
    assert failure is not None
    assert (failure.text or "").splitlines() == [
        "count i1/p1: killed: wrong group: 12 -> at least 30",
        "blame i1/p1: over asserted: accused -> stated as fact",
    ]


def test_a_harm_without_opportunity_is_skipped() -> None:
    root = Xml.fromstring(junit(summarise(sample()), sample()).encode())
    skipped = [
        case.get("name") for case in root.iter("testcase") if case.find("skipped") is not None
    ]
    assert len(skipped) == len(Harm) - 1


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("He said “go.” Then he went.", ["He said “go.”", "Then he went."]),
        ("A line\nanother\n\n", ["A line", "another"]),
        ("At 3.5 km from it.", ["At 3.5 km from it."]),
        ("قُتل سبعة. متى؟ اليوم.", ["قُتل سبعة.", "متى؟", "اليوم."]),
        ("", []),
    ],
)
def test_a_text_is_shown_in_sentences(text: str, pieces: list[str]) -> None:
    assert sentences(text) == pieces


app = typer.Typer()
app.command()(score)
app.command()(explain)

BASRA, MOSUL = written(id="basra"), written(id="mosul")


def gold_of(folder: Path, *labels: Labelled) -> Path:
    for name in ("articles", "records"):
        (folder / name).mkdir(parents=True)
    for one in labels:
        (folder / "articles" / f"{one.gold.article_id}.json").write_text(article_json(one.article))
        (folder / "records" / f"{one.gold.article_id}.json").write_text(label_json(one.gold))
    (folder / "splits.toml").write_text('[splits]\ndev = ["basra"]\ngate = ["mosul"]\n')
    return folder


def predictions_of(path: Path, *told: Prediction) -> Path:
    rows = (
        {
            "article_id": one.article_id,
            "text_sha256": one.text_sha256,
            "incidents": [each.model_dump(mode="json") for each in one.incidents],
        }
        for one in told
    )
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Any]:
    """Grade a run in which one of two tolls is wrong."""
    told = incident(counts=[count(told=26)])
    wrong = incident(counts=[count(told=62)])
    gold = gold_of(tmp_path / "gold", labelled(told, of=BASRA), labelled(told, of=MOSUL))
    rows = (prediction(told, of=BASRA), prediction(wrong, of=MOSUL))
    path = predictions_of(tmp_path / "rows.jsonl", *rows)
    missing = predictions_of(tmp_path / "missing.jsonl", rows[0])

    def grade(command: str, *arguments: str) -> Any:
        names = {"RUN": path, "MISSING": missing, "GOLD": gold, "OUT": tmp_path / "out"}
        given = [str(names.get(one, one)) for one in arguments]
        return CliRunner().invoke(app, [command, *given, "--gold", str(gold)])

    return grade


def test_a_run_is_graded_from_its_predictions(run: Callable[..., Any]) -> None:
    done = run("score", "RUN", "--format", "json")
    assert done.exit_code == 0
    told = Summary.model_validate_json(done.stdout)
    assert told.score("incident.f1").value == 1.0
    assert told.score("count.f1").counts == {"tp": 1, "fp": 1, "fn": 1}
    assert told.sensitivity is not None
    assert not told.sensitivity.moved


def test_a_run_without_an_answer_for_an_article_is_scored_and_invalid(
    run: Callable[..., Any],
) -> None:
    done = run("score", "MISSING", "--format", "json")
    assert done.exit_code == 4
    assert Summary.model_validate_json(done.stdout).score("count.recall").value == 0.5


def test_one_split_can_be_graded(run: Callable[..., Any]) -> None:
    done = run("score", "RUN", "--split", "gate", "--format", "json", "--no-intervals")
    told = Summary.model_validate_json(done.stdout)
    assert (told.attempts.articles, told.score("count.f1").value) == (1, 0.0)
    assert told.sensitivity is None


def test_the_files_of_a_report_are_written(run: Callable[..., Any], tmp_path: Path) -> None:
    done = run("score", "RUN", "--out", "OUT")
    assert done.exit_code == 0
    out = tmp_path / "out"
    assert sorted(one.name for one in out.iterdir()) == [
        "alignment.jsonl",
        "cells.jsonl",
        "junit.xml",
        "report.html",
        "report.md",
        "summary.json",
    ]
    rows = [json.loads(line) for line in (out / "alignment.jsonl").read_text().splitlines()]
    assert [row["pairs"][0]["gold"] for row in rows] == ["i1", "i1"]


def test_the_summary_can_be_computed_again_from_the_file_of_cells(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    run("score", "RUN", "--out", "OUT")
    lines = (tmp_path / "out" / "cells.jsonl").read_text().splitlines()
    again = summarise([Cell.model_validate_json(line) for line in lines])
    told = Summary.model_validate_json((tmp_path / "out" / "summary.json").read_text())
    assert again == told.model_copy(update={"sensitivity": None, "provenance": None})


def test_a_report_is_the_same_bytes_again(run: Callable[..., Any], tmp_path: Path) -> None:
    seen: list[dict[str, bytes]] = []
    for _ in range(2):
        run("score", "RUN", "--out", "OUT")
        seen.append({one.name: one.read_bytes() for one in (tmp_path / "out").iterdir()})
    assert seen[0] == seen[1]


def test_a_slice_that_is_not_there_is_an_error(run: Callable[..., Any]) -> None:
    done = run("score", "RUN", "--slice", "splits")
    assert isinstance(done.exception, UsageError)
    assert "split=gate" in str(done.exception)


def test_a_slice_that_is_asked_for_is_printed(run: Callable[..., Any]) -> None:
    assert "split: gate" in run("score", "RUN", "--slice", "split=gate").stdout
    assert "split: gate" not in run("score", "RUN").stdout


def test_an_article_is_explained_by_its_alignment_and_cells(run: Callable[..., Any]) -> None:
    done = run("explain", "RUN", "mosul")
    assert done.exit_code == 0
    for words in ("G1", "[1.000]", "Shells hit the market", "digit error", "gold      26"):
        assert words in done.stdout


def test_an_article_that_was_never_answered_for_can_be_explained(run: Callable[..., Any]) -> None:
    done = run("explain", "MISSING", "mosul")
    assert "mosul absent" in done.stdout
    assert "missed" in done.stdout


def test_an_unknown_article_is_an_error_that_names_one_like_it(run: Callable[..., Any]) -> None:
    done = run("explain", "RUN", "mosull")
    assert isinstance(done.exception, UsageError)
    assert "'mosul'" in str(done.exception)


ARABIC, HEBREW = "مدنيون", "אזרחים"
ISOLATES = "\u2068\u2069"


def reversed_cells() -> list[Cell]:
    telling: dict[str, Any] = {
        "key": f"killed · {ARABIC} · {HEBREW}",
        "gold": ARABIC,
        "predicted": HEBREW,
        "mistake": Mistake.WRONG_GROUP,
        "codes": {"predicted_key": f"killed · {HEBREW}"},
    }
    return [article(ARABIC), cell(CellKind.COUNT, CellState.WRONG, ARABIC, **telling)]


APART = (
    f"\u2068{ARABIC}\u2069: killed · \u2068{ARABIC}\u2069 · \u2068{HEBREW}\u2069 → "
    f"killed · \u2068{HEBREW}\u2069: \u2068{ARABIC}\u2069 → \u2068{HEBREW}\u2069"
)


def test_what_runs_from_right_to_left_does_not_swap_gold_and_predicted() -> None:
    summary = summary_of(reversed_cells())
    assert f"| {APART} |" in markdown(summary)
    assert APART in terminal(summary, 400)


@pytest.mark.parametrize("width", [60, 80, 150])
def test_every_line_of_a_terminal_ends_what_runs_its_own_way(width: int) -> None:
    told = terminal(summary_of(reversed_cells()), width)
    for line in told.splitlines():
        opened = 0
        for sign in filter(ISOLATES.__contains__, line):
            opened += 1 if sign == ISOLATES[0] else -1
            assert opened in (0, 1)
        assert not opened, line


def test_words_from_left_to_right_are_given_no_invisible_signs() -> None:
    summary = summary_of(sample())
    for told in (terminal(summary), markdown(summary)):
        assert not set(ISOLATES) & set(told)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(ARABIC, f"\u2068{ARABIC}\u2069", id="Arabic"),
        pytest.param("\u0663\u0660", "\u2068\u0663\u0660\u2069", id="Arabic digits"),
        pytest.param(("a ", f" {ARABIC}\n"), f"a  \u2068{ARABIC}\u2069", id="pieces"),
        pytest.param(
            f"{ARABIC}\u2069\u202e", f"\u2068{ARABIC}<U+2069><U+202E>\u2069", id="hostile"
        ),
        pytest.param("one\r\n two", "one two", id="lines"),
        pytest.param(" · ", "·", id="a dot"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_pieces_are_kept_apart(words: Words, told: str) -> None:
    assert " ".join(isolated(words).split()) == " ".join(told.split())


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 150])
def test_no_figure_and_no_label_is_cut_however_narrow_the_terminal(width: int) -> None:
    told = re.sub(r"\x1b\[[0-9;]*m", "", terminal(large_summary(), width))
    assert not re.search(r"[^,\s]…", told)  # one label ends in ", …" by itself
    assert max(map(cell_len, told.split("Worst errors")[0].splitlines())) <= width
    if width < 60:
        return
    for row in large_summary().headline[:2]:
        for figure_ in (row.f1, row.accuracy, row.precision, row.recall):
            assert f" {value_of(figure_)}" in told
        assert interval_of(row.f1) in told
        assert "{tp}, {fp}, {fn}".format(**row.f1.counts) in told


@cache
def large_summary() -> Summary:
    """A summary of enough articles for intervals, and with counts of three digits."""
    cells: list[Cell] = []
    for n in range(130):
        cells += [article(f"{n}"), *told_incident(f"{n}", CellState.CORRECT)]
        cells += told_incident(f"{n}", CellState.SPURIOUS if n % 3 else CellState.MISSED, 2)
    return summarise(cells)


@pytest.mark.parametrize("width", [60, 80, 150])
def test_a_wide_table_is_printed_as_several_that_each_name_their_rows(width: int) -> None:
    grid = headline_grid(large_summary().headline)
    parts = list(stacked(grid, width))
    assert [name for one in parts for name in one.columns[1:]] == list(grid.columns[1:])
    assert {one.columns[0] for one in parts} == {"What"}
    assert (len(parts) == 1) == (width == 150)
    if width == 80:
        assert parts[0].columns[-1] == "Right of all"


def test_means_say_what_they_are_over_and_what_they_leave_out() -> None:
    cells = [*sample(), article("c")]
    rows = [line for line in markdown(summarise(cells)).splitlines() if "Count claims" in line]
    assert rows[1] == (
        "| Count claims | 33.3 % (2 articles, 1 left out) | 50.0 % (1 group, 1 left out) |"
    )
    assert "Mean over 1, 2, 3+ incidents" in terminal(summarise(cells))


def test_a_claim_of_another_group_shows_both() -> None:
    telling: dict[str, Any] = {
        "key": "killed · soldiers · the army",
        "gold": "24",
        "predicted": "24",
        "codes": {"predicted_key": "killed · people · the army"},
        "mistake": Mistake.WRONG_GROUP,
    }
    cells = [article(), cell(CellKind.COUNT, CellState.WRONG, **telling)]
    both = "killed · soldiers · the army → killed · people · the army"
    summary = summary_of(cells)
    assert markdown(summary).count(both) == 2
    assert terminal(summary, 400).count(both) == 2
    assert page(summary, cells).count("the army → <bdi>killed".replace(" → ", "</bdi> → ")) == 2


def test_a_mistake_that_is_its_state_is_said_once() -> None:
    told = terminal(summary_of(sample()), 400)
    assert "missed: missed" not in told
    assert "missed" in told


@pytest.mark.parametrize("lost", [1, 2])
def test_the_reason_of_an_invalid_grading_counts_its_articles(lost: int) -> None:
    cells = [article("a"), *(article(f"b{n}", outcome="absent") for n in range(lost))]
    words = {1: "1 of 2 articles was never answered for; extract it again"}
    several = "2 of 3 articles were never answered for; extract them again"
    assert summarise(cells).attempts.reason == words.get(lost, several)


def test_a_report_that_cannot_be_finished_leaves_the_old_one_whole(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    run("score", "RUN", "--out", "OUT")
    out = tmp_path / "out"
    (out / "junit.xml").unlink()
    (out / "junit.xml").mkdir()
    before = {one.name: one.stat().st_mtime_ns for one in out.iterdir()}
    done = run("score", "MISSING", "--out", "OUT")
    assert isinstance(done.exception, UsageError)
    assert {one.name: one.stat().st_mtime_ns for one in out.iterdir()} == before


def test_a_report_that_finds_no_room_leaves_the_old_one_whole(tmp_path: Path) -> None:
    folder, told = tmp_path / "told", ("run.jsonl", "--gold", str(GOLD_FOLDER), "--no-intervals")
    (tmp_path / "run.jsonl").write_text("", "utf-8")
    ask = ("eval", "score", *told, "--out", "told")
    assert tollbook(*ask, cwd=tmp_path).code == 4
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    limit = sorted(map(len, before.values()))[-1] - 1  # all files fit but the longest

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = tollbook(*ask, "--seed", "7", cwd=tmp_path, before=fill)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "cannot be written" in done.err
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before


OUTPUTS = [
    pytest.param(("eval", "score", "run.jsonl", "--no-intervals"), 4, id="score"),
    pytest.param(
        ("eval", "score", "run.jsonl", "--no-intervals", "--format", "json"), 4, id="json"
    ),
    pytest.param(("eval", "explain", "run.jsonl", "two-towns"), 0, id="explain"),
    pytest.param(("eval", "gold", "stats"), 0, id="gold stats"),
    pytest.param(("eval", "gold", "stats", "--json"), 0, id="gold stats as JSON"),
]


def ended(command: tuple[str, ...], cwd: Path, output: str) -> Ran:
    """How a command ends whose output goes through a shell's redirection."""
    (cwd / "run.jsonl").write_text("", "utf-8")
    gold = (str(GOLD_FOLDER),) if "stats" in command else ("--gold", str(GOLD_FOLDER))
    asked = shlex.join([*MODULE, *command, *gold])
    done = subprocess.run(
        ["bash", "-c", f"{asked} {output}"],
        cwd=cwd,
        env=bare_environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return Ran(code=done.returncode, out=done.stdout, err=done.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize(("command", "code"), OUTPUTS)
def test_output_that_cannot_be_written_is_one_line_and_no_traceback(
    command: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    done = ended(command, tmp_path, "> /dev/full")
    assert (done.code, done.err.count("\n")) == (2, 1), code
    assert "the output cannot be written" in done.err


@pytest.mark.parametrize(("command", "code"), OUTPUTS)
def test_output_that_nobody_reads_ends_the_command_as_usual(
    command: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    done = ended(command, tmp_path, "| true; exit ${PIPESTATUS[0]}")
    assert (done.code, done.err) == (code, "")


@pytest.mark.parametrize("columns", ["60", "300"])
def test_output_that_goes_elsewhere_is_as_wide_as_asked(columns: str, tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").write_text("", "utf-8")
    asked = ("eval", "score", "run.jsonl", "--no-intervals", "--gold", str(GOLD_FOLDER))
    done = tollbook(*asked, cwd=tmp_path, env={"COLUMNS": columns})
    widest = max(map(cell_len, done.out.split("Worst errors")[0].splitlines()))
    assert 150 < widest <= 300 if columns == "300" else widest <= 60


def test_explaining_says_what_the_end_of_an_article_means(run: Callable[..., Any]) -> None:
    assert "mosul read: An article was read" in run("explain", "RUN", "mosul").stdout
    lost = run("explain", "MISSING", "mosul").stdout
    assert "mosul absent: The predictions do not have the article." in lost
    assert "INVALID" in lost
    assert "INVALID" not in run("explain", "RUN", "mosul").stdout


def test_a_slice_has_the_same_rows_in_a_terminal_and_in_markdown(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    told = run("score", "RUN", "--slice", "incidents", "--slice", "split=gate").stdout
    same = run(
        "score", "RUN", "--slice", "incidents", "--slice", "split=gate", "--format", "markdown"
    )
    for slice_ in ("incidents: 1", "split: gate"):
        [row] = [line for line in same.stdout.splitlines() if line.startswith(f"| {slice_} |")]
        [line] = [line for line in told.splitlines() if line.startswith(f"{slice_} ")]
        assert line.split() == row.replace("|", " ").split()
    assert "split: dev" not in same.stdout


def test_a_model_failure_stands_in_the_attempts() -> None:
    told = terminal(summarise([article("a", outcome=InputOutcome.REFUSED)]))
    assert "refused 1" in told
