"""MUC-4 end to end: keys against themselves, silence, invention, baselines, cells."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from corpus_rows import reading_of
from grading import actor, blame, count, group, incident, place, quote, when
from muc4_making import raw, row, write_file

from eval.cells import CellState
from eval.corpora.corpus import CorpusScore, Document, Figure
from eval.corpora.muc4 import MUC4
from eval.corpora.muc4.cells import OTHER_WORDS, TEMPLATE_FIELD
from eval.corpora.muc4.convention import load_convention
from eval.corpora.muc4.corpus import as_answers, keys_of
from eval.corpora.muc4.keys import Fill, Slot
from extractor.codes import AttackType, PlaceLevel
from extractor.records import Reading

SHARED = Path(os.environ.get("TOLLBOOK_SHARED", Path(__file__).resolve().parents[3] / "shared"))
FILES = sorted((SHARED / "corpora").glob("muc4_*.jsonl"))
BAR = (
    *("victim number", "location", "date", "perpetrator organisation", "attribution status"),
    "overall",
)
ALWAYS_FACT = "attribution status, always REPORTED AS FACT"


@pytest.fixture
def documents(tmp_path: Path) -> tuple[Document, ...]:
    """One killing, one kidnapping that may be left out, one wire with nothing to report."""
    optional = raw(
        TEMPLATE=["1 (OPTIONAL)"],
        INCIDENT_TYPE=["KIDNAPPING"],
        NAME=['"ANA RUIZ"'],
        DESCRIPTION=['"JUDGE": "ANA RUIZ"'],
    )
    quiet = row("quiet", labels={"relevant": False, "templates": []})
    rows = (row("killing"), row("maybe", optional), quiet)
    return MUC4.load(write_file(tmp_path / "m.jsonl", *rows))


def figure(score: CorpusScore, name: str, of: str = "all templates") -> Figure:
    (found,) = [one for one in score.figures if (one.name, one.of) == (name, of)]
    return found


def killing(document: Document) -> dict[str, Reading | None]:
    """A reading that says what the key of the killing says."""
    told = incident(
        counts=(count(told=6, group=group("PEASANTS")),),
        blames=(
            blame(
                "b1",
                [actor("NORTHERN FRONT"), actor("GUERRILLAS")],
                quotes=(quote("BLAMED THE NORTHERN FRONT"),),
            ),
        ),
        attack_types=(AttackType.SHOOTING,),
        when=when(document.article.published_at),
        places=(place("CHINAMECA", countries=("SV",), level=PlaceLevel.TOWN_OR_VILLAGE),),
    )
    return {document.id: reading_of(document.article, (told,))}


def test_keys_against_themselves_are_right_in_every_slot(documents: tuple[Document, ...]) -> None:
    score = MUC4.score_labels(documents)
    told = {(one.name, one.of): one.value for one in score.figures if one.name != ALWAYS_FACT}
    assert set(told.values()) == {1.0}
    assert {cell.state for cell in score.cells} == {CellState.CORRECT, CellState.EXCUSED}


@pytest.mark.skipif(not FILES, reason=f"no MUC-4 files at {SHARED / 'corpora'}")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_real_keys_against_themselves_are_right_in_every_slot(path: Path) -> None:
    score = MUC4.score_labels(MUC4.load(path))
    told = {(one.name, one.of): one.value for one in score.figures if one.name != ALWAYS_FACT}
    assert set(told.values()) == {1.0}
    assert figure(score, ALWAYS_FACT, "all statuses of the keys").value == pytest.approx(
        0.46, abs=0.02
    )


def test_a_reading_is_scored_by_the_templates_it_amounts_to(
    documents: tuple[Document, ...],
) -> None:
    score = MUC4.score(documents, killing(documents[0]))
    slots = {one.name: one.value for one in score.figures if one.of == "all templates"}
    assert slots.pop("overall") == 1.0
    assert set(slots.values()) == {1.0}


def test_an_unread_document_is_answered_by_nothing(documents: tuple[Document, ...]) -> None:
    score = MUC4.score(documents, {"killing": None})
    overall = figure(score, "overall")
    assert overall.value == 0
    assert overall.counts["missing"] == overall.counts["possible"] == 10
    assert "precision" not in overall.counts


def test_documents_that_were_not_read_are_told_apart_from_silent_ones(
    documents: tuple[Document, ...],
) -> None:
    killed, maybe, quiet = documents
    silent = {one.id: reading_of(one.article) for one in (maybe, quiet)}
    score = MUC4.score(documents, {killed.id: None, **silent})
    assert "not read, and answered by no template: 1 document" in score.notes
    notes = {cell.document_id: cell.note for cell in score.cells}
    assert notes == {"killing": "key 1; not read", "maybe": "key 1, optional; not found"}
    assert "not read, and answered by no template: 3 documents" in MUC4.score(documents, {}).notes
    read = MUC4.score(documents, {killed.id: reading_of(killed.article), **silent})
    assert not [one for one in read.notes if "not read" in one]


def test_dates_that_span_the_whole_corpus_earn_nothing(documents: tuple[Document, ...]) -> None:
    wide = (Fill(values=("01 JAN 80 - 31 DEC 91",)),)
    answers = {
        one.id: [
            replace(key, fills={**key.fills, Slot.DATE: wide}) for key in as_answers(keys_of(one))
        ]
        for one in documents
    }
    assert figure(MUC4.score_answers(documents, answers), "date").value == 0


def test_a_template_for_a_quiet_wire_is_spurious(documents: tuple[Document, ...]) -> None:
    told = incident(counts=(count(told=3, group=group("PEASANTS")),))
    quiet = documents[2]
    score = MUC4.score([quiet], {quiet.id: reading_of(quiet.article, (told,))})
    assert figure(score, "templates", "templates found").counts["spurious"] == 1
    assert figure(score, "relevance", "documents").counts["spurious"] == 1
    assert {cell.state for cell in score.cells} == {CellState.SPURIOUS}


def test_an_optional_template_is_excused_whatever_is_answered(
    documents: tuple[Document, ...],
) -> None:
    maybe = documents[1]
    told = incident(
        counts=(count(told=1, group=group("JUDGE")),), attack_types=(AttackType.ABDUCTION,)
    )
    score = MUC4.score([maybe], {maybe.id: reading_of(maybe.article, (told,))})
    assert {cell.state for cell in score.cells} == {CellState.EXCUSED}
    assert {cell.credit for cell in score.cells} == {0.0}
    assert figure(score, "overall").value is None


def test_each_figure_of_the_bar_stands_beside_the_best_of_1992(
    documents: tuple[Document, ...],
) -> None:
    score = MUC4.score_labels(documents)
    published = {name: figure(score, name).published for name in BAR}
    assert list(published.values()) == [0.574, 0.598, 0.592, 0.553, 0.401, 0.572]
    assert all(figure(score, name).published_by for name in BAR)


def test_baselines_fill_one_slot_of_the_same_templates(documents: tuple[Document, ...]) -> None:
    score = MUC4.score_labels(documents[:1])
    assert figure(score, "incident type").baselines == {"always ATTACK": 1.0}
    assert figure(score, "date").baselines == {"the day of the wire": 1.0}
    assert figure(score, "location").baselines == {"the country of the dateline": 0.5}
    assert figure(score, "attribution status").baselines == {"always REPORTED AS FACT": 0.0}


def test_the_status_is_also_scored_where_the_organisation_is_right(
    documents: tuple[Document, ...],
) -> None:
    score = MUC4.score_labels(documents[:1])
    given = figure(score, "attribution status", "organisations rightly named")
    assert (given.value, given.counts) == (1.0, {"right": 1, "of": 1})
    assert given.baselines == {"always REPORTED AS FACT": 0.0}


def test_cells_show_codes_days_and_numbers_and_of_words_how_many(
    documents: tuple[Document, ...],
) -> None:
    cells = MUC4.score_labels(documents[:1]).cells
    shown = {cell.field: cell.gold for cell in cells}
    assert shown["incident_type"] == "ATTACK"
    assert shown["date"] == "04 FEB 90"
    assert shown["location"] == "1 place"
    assert shown["perpetrator_organisation"] == "2 names"
    assert shown["victim"] == "1 description"
    assert shown["victim_number"] == "6"
    assert shown["attribution_status"] == "SUSPECTED OR ACCUSED BY AUTHORITIES: 2 names"


def test_what_a_key_has_instead_of_a_code_is_not_shown(tmp_path: Path) -> None:
    odd = raw(INCIDENT_TYPE=["AMBUSH OF ANA RUIZ"], INCIDENT_DATE=["WHEN ANA RUIZ LEFT"])
    documents = MUC4.load(write_file(tmp_path / "m.jsonl", row("odd", odd)))
    rows = [cell.model_dump_json() for cell in MUC4.score_labels(documents).cells]
    assert not [one for one in rows if "RUIZ" in one]
    assert sum(OTHER_WORDS in one for one in rows) == 3  # the template, its type, its date


def test_every_figure_has_an_id_of_its_own(documents: tuple[Document, ...]) -> None:
    ids = [one.id for one in MUC4.score_labels(documents).figures]
    assert len(set(ids)) == len(ids)
    assert {one.partition(".")[0] for one in ids} == {"muc4"}
    assert "muc4.victim_number.f1.all_templates" in ids


def test_every_template_and_every_fill_has_a_cell(documents: tuple[Document, ...]) -> None:
    cells = MUC4.score(documents[:1], {}).cells
    assert [cell.field for cell in cells] == [
        TEMPLATE_FIELD,
        *("incident_type", "date", "location", "stage", "perpetrator_individual"),
        *("perpetrator_organisation", "attribution_status", "victim", "victim_number"),
        *("victim_effect", "victim_type"),
    ]
    assert {cell.state for cell in cells} == {CellState.MISSED}
    assert {cell.cluster for cell in cells} == {"killing"}


def test_nothing_to_score_has_no_value(documents: tuple[Document, ...]) -> None:
    score = MUC4.score(documents[2:], {})
    assert {one.value for one in score.figures} == {None}
    assert score.cells == ()


def test_intervals_stand_only_where_there_are_clusters_enough(tmp_path: Path) -> None:
    rows = [row(f"d{n}") for n in range(20)]
    many = MUC4.load(write_file(tmp_path / "many.jsonl", *rows))
    score = MUC4.score_labels(many)
    overall = figure(score, "overall")
    assert overall.clusters == 20
    assert overall.interval is not None
    assert overall.interval[0] < 1.0 == overall.interval[1]
    assert figure(MUC4.score_labels(many[:19]), "overall").interval is None


def test_the_decision_tree_knows_every_status_of_the_keys() -> None:
    assert {row.value for row in load_convention().status} == {
        "ACQUITTED",
        "CLAIMED OR ADMITTED",
        "REPORTED AS FACT",
        "SUSPECTED OR ACCUSED BY AUTHORITIES",
        "SUSPECTED OR ACCUSED",
    }
