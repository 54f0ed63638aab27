"""Corpus scores: what is right, over what, beside what; and labels against themselves."""

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from corpus_rows import (
    AIRWARS_ROW,
    GVA_ROW,
    ISAF_ROW,
    ROWS,
    SATP_ROW,
    changed,
    reading_of,
    write_rows,
)
from grading import count, group, incident, place, when

from eval.cells import CellState
from eval.corpora.baselines import keyword_count, keyword_day, keyword_name
from eval.corpora.corpus import CorpusCell, CorpusScore, Document, Figure
from eval.corpora.grades import Range, grade_range
from eval.corpora.known import find_corpus
from eval.corpora.profile import load_profile
from extractor.codes import AttackType, DatePrecision, Outcome
from extractor.records import Incident

FULL = {"share": 1.0, "km": 0.0, "f1": 1.0, "precision": 1.0, "recall": 1.0}
SHARED = Path(os.environ.get("TOLLBOOK_SHARED", Path(__file__).resolve().parents[3] / "shared"))
FILES = [
    ("isaf", "isaf_dev.jsonl", 378),
    ("satp", "satp_dev.jsonl", 940),
    ("satp", "satp_train.jsonl", 2500),
    ("gva", "gva_longtail_dev.jsonl", 555),
    ("gva", "gva_longtail_train.jsonl", 1000),
    ("airwars", "airwars_gaza_dev.jsonl", 500),
]


def load(tmp_path: Path, name: str, *rows: object) -> Sequence[Document]:
    return find_corpus(name).load(write_rows(tmp_path / "c.jsonl", *rows))


def score(
    name: str, documents: Sequence[Document], told: Mapping[str, Sequence[Incident]]
) -> CorpusScore:
    """Score readings with these incidents; a document that is not told was not read."""
    readings = {
        one.id: reading_of(one.article, told[one.id]) if one.id in told else None
        for one in documents
    }
    return find_corpus(name).score(documents, readings)


def figure_of(found: CorpusScore, name: str, of: str | None = None) -> Figure:
    (figure,) = [one for one in found.figures if one.name == name and of in (None, one.of)]
    return figure


def cell_of(found: CorpusScore, field: str, document: str | None = None) -> CorpusCell:
    (cell,) = [
        one for one in found.cells if one.field == field and document in (None, one.document_id)
    ]
    return cell


def test_a_document_that_is_read_and_says_nothing_says_zero(tmp_path: Path) -> None:
    rows = [changed(ISAF_ROW, id="none", labels__min_killed=0), changed(ISAF_ROW, id="two")]
    found = score("isaf", load(tmp_path, "isaf", *rows), {"none": (), "two": ()})
    assert figure_of(found, "killed, exact", "all documents").counts == {
        "right": 1,
        "of": 2,
        "too_low": 1,
    }
    assert figure_of(found, "nobody killed").value == 1.0
    assert figure_of(found, "killed, exact", "where gold is above 0").value == 0.0


def test_a_document_that_is_not_read_is_wrong_in_everything_zeros_included(tmp_path: Path) -> None:
    none = changed(ISAF_ROW, id="none", labels__min_killed=0, labels__min_captured=0)
    documents = load(tmp_path, "isaf", none, changed(ISAF_ROW, id="two"))
    found = score("isaf", documents, {})
    assert {figure.value for figure in found.figures} == {0.0}
    assert all(figure.counts["not_read"] == figure.counts["of"] for figure in found.figures)
    assert {cell.state for cell in found.cells} == {CellState.MISSED}
    assert "not read, and wrong in every figure: 2 documents" in found.notes


@pytest.mark.parametrize("name", sorted(ROWS))
def test_denominators_are_the_same_whatever_was_read(tmp_path: Path, name: str) -> None:
    documents = load(tmp_path, name, ROWS[name])
    one = score(name, documents, {})
    other = score(name, documents, {documents[0].id: [incident(counts=[count()])]})
    assert [figure.counts["of"] for figure in one.figures] == [
        figure.counts["of"] for figure in other.figures
    ]


def test_too_many_dead_are_a_false_figure_where_gold_is_zero(tmp_path: Path) -> None:
    documents = load(tmp_path, "isaf", changed(ISAF_ROW, labels__min_killed=0))
    found = score("isaf", documents, {"isaf-1": [incident(counts=[count(told=2)])]})
    assert figure_of(found, "nobody killed").counts == {"right": 0, "of": 1, "too_high": 1}


def test_a_release_is_right_in_every_part(tmp_path: Path) -> None:
    insurgents = group("Haqqani insurgents")
    told = incident(
        counts=[
            count("c1", 2, group=insurgents),
            count("c2", "several", Outcome.DETAINED, group=insurgents),
        ],
        when=when(date(2011, 1, 1)),
        places=(place("Sabari", within_text=("Khowst Province",), parents=("Kh\u014dst",)),),
    )
    found = score("isaf", load(tmp_path, "isaf", ISAF_ROW), {"isaf-1": [told]})
    assert {cell.field: cell.state for cell in found.cells} == dict.fromkeys(
        ("killed", "captured", "province", "date", "target_group"), CellState.CORRECT
    )
    assert cell_of(found, "captured").note == "detained several"


def test_the_dateline_of_kabul_is_no_province_for_the_keyword_rule(tmp_path: Path) -> None:
    found = score("isaf", load(tmp_path, "isaf", ISAF_ROW), {"isaf-1": ()})
    assert figure_of(found, "province").baselines == {"keyword": 1.0, "majority": 1.0}
    assert figure_of(found, "date, exact", "all documents").baselines["keyword"] == 1.0


@pytest.mark.parametrize("label", [["??"], [""], ["southern afghanistan"], []])
def test_a_release_without_a_province_is_not_scored_for_it(tmp_path: Path, label: Any) -> None:
    documents = load(tmp_path, "isaf", changed(ISAF_ROW, labels__province=label))
    found = score("isaf", documents, {"isaf-1": ()})
    assert figure_of(found, "province").counts == {"right": 0, "of": 0}
    assert figure_of(found, "province").value is None


def test_a_total_that_contradicts_its_parts_is_kept_apart_and_counted(tmp_path: Path) -> None:
    rows = [
        changed(SATP_ROW, id="a", labels__deaths__total_fatalities=4),
        changed(SATP_ROW, id="b", labels__injuries=None),
    ]
    documents = load(tmp_path, "satp", *rows)
    found = score("satp", documents, {"a": (), "b": [incident(counts=[count(told=3)])]})
    assert figure_of(found, "deaths, exact", "all documents").counts == {"right": 1, "of": 1}
    assert cell_of(found, "deaths", "a").state is CellState.EXCUSED
    assert "labels that contradict themselves, in no figure: deaths 1" in found.notes
    assert figure_of(found, "injuries, exact", "all documents").counts["of"] == 1


def test_a_district_may_be_told_by_the_text_or_by_the_gazetteer(tmp_path: Path) -> None:
    documents = load(tmp_path, "satp", SATP_ROW)
    for spot, state in [
        (place("Imamganj", within_text=("Gaya District",)), CellState.CORRECT),
        (place("Imamganj", parents=("Gaya", "Bihar")), CellState.CORRECT),
        (place("Patna", parents=("Patna", "Bihar")), CellState.WRONG),
    ]:
        found = score("satp", documents, {"satp-1": [incident(places=(spot,))]})
        assert cell_of(found, "district").state is state


def test_a_point_is_measured_and_none_is_farthest(tmp_path: Path) -> None:
    documents = load(tmp_path, "satp", SATP_ROW, changed(SATP_ROW, id="b"))
    near = incident(places=(place("Gaya", lat=24.9, lon=85.0),))
    found = score("satp", documents, {"satp-1": [near], "b": ()})
    assert figure_of(found, "place within 25 km").counts == {"right": 1, "of": 2, "nothing": 1}
    assert figure_of(found, "distance, median").value is None
    assert figure_of(found, "distance, median").counts == {"found": 1, "of": 2}
    assert cell_of(found, "point", "satp-1").note == "11.1 km"


def test_a_city_goes_by_either_of_its_names(tmp_path: Path) -> None:
    documents = load(tmp_path, "gva", GVA_ROW)
    for name, state in [("Homestead", CellState.CORRECT), ("Florida City", CellState.CORRECT)]:
        spot = place(name, within_text=("Fla.",))
        found = score("gva", documents, {"gva-1": [incident(places=(spot,))]})
        assert cell_of(found, "city").state is state
        assert cell_of(found, "state").state is CellState.CORRECT


def test_six_shot_two_fatally_is_right_for_the_archive(tmp_path: Path) -> None:
    shot = incident(
        counts=[count("c1", 6, Outcome.KILLED_OR_INJURED), count("c2", 2, part_of="c1")],
        when=when(date(2014, 3, 3), precision=DatePrecision.PART_OF_DAY),
    )
    found = score("gva", load(tmp_path, "gva", GVA_ROW), {"gva-1": [shot]})
    for field in ("killed", "injured", "date"):
        assert cell_of(found, field).state is CellState.CORRECT
    assert figure_of(found, "killed, exact", "pages of the week after").value == 1.0
    assert figure_of(found, "killed, exact", "pages of later weeks").value is None


def test_a_wide_range_overlaps_and_is_not_exact(tmp_path: Path) -> None:
    documents = load(tmp_path, "airwars", AIRWARS_ROW)
    found = score("airwars", documents, {"aw-1": [incident(counts=[count(told=(0, 1000))])]})
    assert figure_of(found, "civilians killed, overlap").value == 1.0
    assert figure_of(found, "civilians killed, exact").counts == {
        "right": 0,
        "of": 1,
        "overlaps": 1,
    }
    assert cell_of(found, "killed").credit == 0.5


@pytest.mark.parametrize(
    ("told", "state"),
    [((), CellState.CORRECT), ([incident(counts=[count(told="none")])], CellState.WRONG)],
    ids=["silent", "nobody"],
)
def test_where_the_toll_is_unknown_zero_is_wrong_and_silence_right(
    tmp_path: Path, told: Sequence[Incident], state: CellState
) -> None:
    row = changed(AIRWARS_ROW, labels__civilians_killed={"raw": "Unknown"})
    found = score("airwars", load(tmp_path, "airwars", row), {"aw-1": told})
    assert cell_of(found, "killed").state is state


def test_an_unlabelled_injured_field_scores_nothing(tmp_path: Path) -> None:
    row = changed(AIRWARS_ROW, labels__civilians_injured=None)
    found = score("airwars", load(tmp_path, "airwars", row), {"aw-1": ()})
    assert not [cell for cell in found.cells if cell.field == "injured"]
    assert figure_of(found, "civilians injured, exact").counts["of"] == 0


def test_silence_is_not_zero_in_the_assessments(tmp_path: Path) -> None:
    row = changed(AIRWARS_ROW, labels__civilians_killed={"min": 0, "max": 0})
    documents = load(tmp_path, "airwars", row)
    silent = score("airwars", documents, {"aw-1": ()})
    said = score("airwars", documents, {"aw-1": [incident(counts=[count(told="none")])]})
    assert cell_of(silent, "killed").state is CellState.MISSED
    assert cell_of(said, "killed").state is CellState.CORRECT


def test_points_stand_by_class_beside_the_constant_answer(tmp_path: Path) -> None:
    spot = place("Rafah", lat=31.29, lon=34.24)
    there = incident(places=(spot,), attack_types=(AttackType.MISSILE_OR_ROCKET,))
    found = score("airwars", load(tmp_path, "airwars", AIRWARS_ROW), {"aw-1": [there]})
    assert figure_of(found, "place within 1 km").baselines == {"Gaza City": 0.0, "majority": 1.0}
    assert figure_of(found, "distance, median", "Town").value == 0.0
    assert figure_of(found, "distance, median", "Village").value is None
    assert round(figure_of(found, "distance, median", "Town").baselines["Gaza City"]) == 32
    assert cell_of(found, "strike").state is CellState.CORRECT


@pytest.mark.parametrize(
    ("gold", "told", "how"),
    [
        ((7, 7), (7, 7), "right"),
        ((7, 9), (9, 12), "overlaps"),
        ((7, 9), (1, 6), "too_low"),
        ((7, 9), (10, 12), "too_high"),
        ((7, 9), None, "nothing"),
        ((None, None), None, "right"),
        ((None, None), (2, 2), "invented"),
    ],
)
def test_ranges_are_graded(gold: Any, told: Any, how: str) -> None:
    ranges = [ends and Range(lower=ends[0], upper=ends[1]) for ends in (gold, told)]
    assert grade_range(ranges[0], ranges[1]).how == how


def test_intervals_rest_on_clusters_and_there_is_none_below_twenty(tmp_path: Path) -> None:
    rows = [changed(ISAF_ROW, id=str(n), release=f"2010-12-S-{n // 2}") for n in range(60)]
    documents = load(tmp_path, "isaf", *rows)
    many = score("isaf", documents, {one.id: () for one in documents[:30]})
    figure = figure_of(many, "killed, exact", "all documents")
    assert figure.clusters == 30
    assert figure.interval is not None
    few = score("isaf", documents[:30], {})
    assert figure_of(few, "killed, exact", "all documents").interval is None


def gva_pages(*pages: tuple[str, str, str]) -> list[object]:
    return [
        changed(GVA_ROW, id=name, incident_id=incident_id, text=text)
        for name, incident_id, text in pages
    ]


def test_a_page_that_stands_under_two_incidents_makes_them_one_cluster(tmp_path: Path) -> None:
    rows = gva_pages(
        ("a", "77", "Six were  shot.\nTwo died."),
        ("b", "78", "Six were shot. TWO died. "),
        ("c", "78", "Another page of it."),
        ("d", "79", "Nobody was hurt."),
        ("e", "79", "Nobody was hurt."),
    )
    documents = load(tmp_path, "gva", *rows)
    told = "pages whose text stands under several incidents, taken as one cluster: 2"
    for found in (score("gva", documents, {}), find_corpus("gva").score_labels(documents)):
        clusters = {cell.document_id: cell.cluster for cell in found.cells}
        assert clusters == {"a": "77", "b": "77", "c": "77", "d": "79", "e": "79"}
        assert figure_of(found, "killed, exact", "all documents").clusters == 2
        assert told in found.notes
    apart = score("gva", documents[2:], {})
    assert not [one for one in apart.notes if "several incidents" in one]


def test_the_incidents_that_pages_join_are_one_cluster_whatever_their_order(
    tmp_path: Path,
) -> None:
    rows = gva_pages(
        ("a", "77", "One."), ("b", "78", "One."), ("c", "78", "Two."), ("d", "76", "Two.")
    )
    for order in (rows, rows[::-1]):
        cells = score("gva", load(tmp_path, "gva", *order), {}).cells
        assert {cell.cluster for cell in cells} == {"76"}


def test_a_point_whose_class_has_no_row_is_named_in_a_note(tmp_path: Path) -> None:
    profile = load_profile("airwars")
    rows = {one.over for one in profile.figures if one.field == "point"}
    (note,) = [one for one in profile.notes if "only in the rows over all points" in one]
    for place_class in ("Province/governorate", "Exact location (other)", "District"):
        assert place_class not in rows
        assert place_class in note


@pytest.mark.parametrize("name", ["isaf", "satp", "gva", "airwars"])
def test_a_table_says_over_what_the_majority_is_counted(name: str) -> None:
    assert any("majority: the commonest label of all" in one for one in load_profile(name).notes)


def test_what_is_the_projects_own_reading_is_said() -> None:
    assert any("own reading" in one for one in load_profile("isaf").notes)


@pytest.mark.parametrize("name", ["satp", "airwars"])
def test_a_median_without_a_number_is_explained(name: str) -> None:
    profile = load_profile(name)
    assert any(one.measure == "median_km" for one in profile.figures)
    assert any("farther than any" in one for one in profile.notes)


def test_the_majority_is_the_commonest_label_and_reads_nothing(tmp_path: Path) -> None:
    rows = [changed(ISAF_ROW, id=str(n), labels__min_killed=n // 2) for n in range(3)]
    documents = load(tmp_path, "isaf", *rows)
    figure = figure_of(score("isaf", documents, {}), "killed, exact", "all documents")
    assert round(figure.baselines["majority"], 3) == 0.667
    assert figure.value == 0.0


def test_published_figures_and_ceilings_stand_beside_ours(tmp_path: Path) -> None:
    found = score("satp", load(tmp_path, "satp", SATP_ROW), {})
    figure = figure_of(found, "deaths, exact", "all documents")
    assert (figure.published, figure.published_by) == (0.951, "Gemma-2-2b, one example")
    assert figure_of(found, "deaths, exact", "where gold is above 0").ceiling == 0.96


@pytest.mark.parametrize("name", ["isaf", "satp", "gva", "airwars"])
def test_a_table_says_that_a_model_may_have_seen_the_texts(tmp_path: Path, name: str) -> None:
    found = score(name, load(tmp_path, name, ROWS[name]), {})
    assert any("may have seen texts and labels" in told for told in found.notes)


@pytest.mark.parametrize("name", ["isaf", "satp", "gva", "airwars"])
def test_every_figure_of_a_table_is_of_a_label_that_is_asked(tmp_path: Path, name: str) -> None:
    fields = {row.field for row in load_profile(name).figures}
    rows = [ROWS[name]]
    if name == "airwars":
        rows = [changed(AIRWARS_ROW, labels__killed_breakdown=["1 child", "1 woman", "1 man"])]
    found = score(name, load(tmp_path, name, *rows), {})
    assert fields == {cell.field for cell in found.cells}


@pytest.mark.parametrize("name", ["isaf", "satp", "gva", "airwars"])
def test_every_figure_has_an_id_of_its_own_in_the_words_of_the_docs(
    tmp_path: Path, name: str
) -> None:
    ids = [one.id for one in score(name, load(tmp_path, name, ROWS[name]), {}).figures]
    assert len(set(ids)) == len(ids)
    assert {"killed", "date" if name != "satp" else "captured"} <= {
        one.split(".")[0] for one in ids
    }
    page = (Path(__file__).resolve().parents[2] / "docs" / "corpora.md").read_text("utf-8")
    told = page.partition("### Names of figures")[2].partition("\n## ")[0]
    listed = set(re.findall(r"`([a-z_0-9]+)`", told))
    assert {one.split(".")[0] for one in ids} <= listed
    assert {re.sub(r"_\d+_", "_2_", one.split(".")[1]) for one in ids} <= listed


@pytest.mark.parametrize(
    ("told", "shown"),
    [("Homestead", "homestead"), ("Qarnawa", "1 other name")],
    ids=["the label's", "another"],
)
def test_a_city_is_named_in_a_cell_only_if_it_is_the_labels(
    tmp_path: Path, told: str, shown: str
) -> None:
    documents = load(tmp_path, "gva", GVA_ROW)
    found = score("gva", documents, {"gva-1": [incident(places=(place(told),))]})
    assert cell_of(found, "city").predicted == shown


@pytest.mark.parametrize("name", ["isaf", "satp", "gva", "airwars"])
def test_labels_against_themselves_are_full(tmp_path: Path, name: str) -> None:
    documents = load(tmp_path, name, ROWS[name])
    found = find_corpus(name).score_labels(documents)
    values = {(one.name, one.of): one.value for one in found.figures if one.counts["of"]}
    assert values
    assert all(one.value == FULL[one.unit] for one in found.figures if one.counts["of"]), values


def test_scores_do_not_hang_on_the_order_of_documents(tmp_path: Path) -> None:
    rows = [changed(SATP_ROW, id=str(n), labels__deaths__total_fatalities=3) for n in range(4)]
    documents = load(tmp_path, "satp", *rows)
    told = {"1": [incident(counts=[count(told=3)])], "2": ()}
    one, other = score("satp", documents, told), score("satp", documents[::-1], told)
    assert one.figures == other.figures
    assert sorted(one.cells, key=repr) == sorted(other.cells, key=repr)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("The force killed two insurgents.", (2, 2)),
        ("Several were wounded and three insurgents killed.", (3, 3)),
        ("A leader was killed.", (1, 1)),
        ("Four men fled. One man died.", (1, 1)),
        ("Four men fled. Then he died.", (1, 1)),
        ("Four men fled. Nobody died.", (0, 0)),
        ("Four men fled.", (0, 0)),
    ],
)
def test_the_keyword_rule_takes_the_nearest_number_of_the_sentence(
    text: str, ends: tuple[int, int]
) -> None:
    assert keyword_count(text, "killed", load_profile("isaf")) == ends


def test_the_keyword_rules_of_names_and_days() -> None:
    provinces = load_profile("isaf").spellings("provinces")
    assert keyword_name("In Sar-e-Pul Province and Kunar", provinces) == "sar-e pul"
    assert keyword_name("In Paris", provinces) is None
    assert keyword_day("killed yesterday", date(2011, 1, 1)) == date(2010, 12, 31)
    assert keyword_day("killed today", date(2011, 1, 1)) == date(2011, 1, 1)
    assert keyword_day("killed today", None) is None


@pytest.mark.parametrize(("name", "file", "documents"), FILES, ids=[one[1] for one in FILES])
def test_the_labels_of_a_real_file_against_themselves_are_full(
    name: str, file: str, documents: int
) -> None:
    path = SHARED / "corpora" / file
    if not path.exists():
        pytest.skip(f"{file} is no part of this project, and is not beside it")
    loaded = find_corpus(name).load(path)
    found = find_corpus(name).score_labels(loaded)
    assert len(loaded) == documents
    assert [one for one in found.figures if one.counts["of"] == 0] == []
    assert [one for one in found.figures if one.value != FULL[one.unit]] == []
