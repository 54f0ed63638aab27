"""Verification: a run that holds, and every way in which a stored line can stop holding."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from making import (
    TEXT,
    make_answer,
    make_article,
    make_blame,
    make_children,
    make_count,
    make_manifest,
    make_number,
    make_party,
    make_reader,
    make_rejected,
    make_taken,
)

from extractor.codes import InputOutcome, Qualifier, Stance
from extractor.jobs import Job, read_inputs
from extractor.readers.answer import NoAnswer
from extractor.store import open_run, seal, unseal, write_run
from extractor.verify import Verification, verify_run
from extractor.wire import WireAnswer

ANSWER = make_answer(
    counts=[make_count(), make_children(), make_count("c3", quotes=["nowhere"])],
    blames=[make_blame(applies_to=["c1"]), make_blame("b2", stance=Stance.DENIED, answers="b1")],
    parties=[make_party()],
)


def write(folder: Path, answer: WireAnswer = ANSWER, *, text: str = TEXT, **manifest: Any) -> None:
    async def read() -> None:
        article = make_taken(make_article(text, title="Shells hit a market"))
        refused = make_taken(make_article("Two died.", id="a2"), 2)
        no_answer = NoAnswer(outcome=InputOutcome.REFUSED, reason="no")
        reader = make_reader(a1=answer, a2=no_answer)
        described = make_manifest().model_copy(update=manifest)
        with write_run(folder, described) as writer:
            inputs = [article, refused, make_rejected(3)]
            async for _ in read_inputs(inputs, Job(reader=reader), writer):
                pass

    asyncio.run(read())


def verified(folder: Path) -> Verification:
    return verify_run(open_run(folder))


def tamper(folder: Path, change: Callable[[Any], None]) -> None:
    """Change the stored reading as JSON, as somebody who seals it again would."""
    path = folder / "outcomes.jsonl"
    first, *rest = path.read_bytes().splitlines(keepends=True)
    reading = json.loads(unseal(first).record)
    change(reading)
    path.write_bytes(b"".join([seal(json.dumps(reading).encode()), *rest]))


def put(value: Any, *path: str | int) -> Callable[[Any], None]:
    """A change of one field."""

    def change(reading: Any) -> None:
        *way, last = path
        for step in way:
            reading = reading[step]
        reading[last] = value

    return change


COUNT = ("incidents", 0, "counts", 0)
QUOTE = (*COUNT, "quotes", 0)
BLAME = ("incidents", 0, "blames", 0)
SPEAKER = (*COUNT, "speakers", 0)
PLACE = ("incidents", 0, "places", 0)
PARTY = ("incidents", 0, "parties", 0)


def enumerated(reading: Any) -> None:
    reading["incidents"][0]["counts"][0]["number"].update(text=None, enumerated=True)


def test_a_run_as_it_was_written_has_no_problem(tmp_path: Path) -> None:
    write(tmp_path)
    found = verified(tmp_path)
    assert (found.problems, found.notes) == ((), ())
    assert (found.outcomes, found.figures) == (3, 2)
    assert found.quotes == 7  # two figures, two blames, the event, its day and its place


CUT = make_number("26", lower=26, upper=26, qualifier=Qualifier.EXACT)
LISTED = make_number(None, lower=3, upper=3, qualifier=Qualifier.EXACT, enumerated=True)
UNKNOWN = make_number(None, lower=None, qualifier=Qualifier.UNKNOWN_NUMBER)
ODD = make_number("market", lower=5, upper=5, qualifier=Qualifier.EXACT)


@pytest.mark.parametrize(
    "count",
    [
        make_count(number=CUT),
        make_count(number=CUT, quotes=["26 people were killed"]),
        make_count(number=LISTED),
        make_count(number=UNKNOWN),
        make_count(number=ODD, quotes=["Shells hit the market"]),
        make_count(part_of="c1"),
        make_count(quotes=["At least 26   people were\nkilled"]),
    ],
    ids=["cut short", "quote cut", "listed", "unknown", "unreadable", "circle", "white space"],
)
def test_a_reading_with_flags_of_its_own_has_no_problem(tmp_path: Path, count: Any) -> None:
    write(tmp_path, make_answer(counts=[count]))
    found = verified(tmp_path)
    assert (found.figures, found.problems) == (1, ())


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([make_count(number=ODD, quotes=["Shells hit the market"]), make_children()], "1 of 2 "),
        ([make_count(number=LISTED)], "1 of 1 "),
        ([make_count(number=UNKNOWN), make_children()], None),
    ],
    ids=["unreadable", "listed", "proved by their words"],
)
def test_it_is_said_how_many_figures_rest_on_the_readers_own_bounds(
    tmp_path: Path, counts: Any, told: str | None
) -> None:
    write(tmp_path, make_answer(counts=counts))
    notes = verified(tmp_path).notes
    assert len(notes) == (told is not None)
    assert told is None or notes[0].startswith(f"{told}figures rest on the reader's own bounds")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(put("At least 27 people", *QUOTE, "text"), "does not stand at", id="quote"),
        pytest.param(put(5, *QUOTE, "start"), "does not stand at", id="offset"),
        pytest.param(put("title", *QUOTE, "field"), "does not stand at", id="field"),
        pytest.param(
            put("Wednesda", "incidents", 0, "when", "quote", "text"), "does not stand", id="day"
        ),
        pytest.param(put(27, *COUNT, "number", "lower"), "does not read as stored", id="bound"),
        pytest.param(put("seven", *COUNT, "number", "text"), "does not stand in", id="figure"),
        pytest.param(put("6", *COUNT, "number", "text"), "does not stand in", id="digit"),
        pytest.param(
            put(f"{TEXT[:90]} 27", *COUNT, "number", "text"), "does not stand in", id="long figure"
        ),
        pytest.param(put(None, *COUNT, "number", "text"), "without the words", id="no words"),
        pytest.param(enumerated, "without the words", id="list that is not flagged"),
        pytest.param(put("soldiers", *COUNT, "group", "text"), "'soldiers' does not", id="group"),
        pytest.param(
            put("Them", *COUNT, "group", "party"), "'Them' does not", id="side of a group"
        ),
        pytest.param(
            put("Aleppo", *COUNT, "place_text"), "'Aleppo' does not", id="place of a part"
        ),
        pytest.param(put("so far", *COUNT, "period_text"), "'so far' does not", id="period"),
        pytest.param(put("Nobody", *SPEAKER, "name_text"), "'Nobody' does not", id="speaker"),
        pytest.param(put("radio", *SPEAKER, "via_text"), "'radio' does not", id="way of a speaker"),
        pytest.param(
            put("the army", *BLAME, "accused", 0, "name_text"), "'the army' does not", id="accused"
        ),
        pytest.param(
            put("The mayor", *BLAME, "speakers", 0, "name_text"), "'The mayor'", id="accuser"
        ),
        pytest.param(
            put("Monday", "incidents", 0, "when", "expression"), "'Monday' does not", id="when"
        ),
        pytest.param(put("Aleppo", *PLACE, "name_text"), "'Aleppo' does not", id="place"),
        pytest.param(put(["Syria"], *PLACE, "within_text"), "'Syria' does not", id="around"),
        pytest.param(put("rebels", *PLACE, "controlled_by_text"), "'rebels' does", id="control"),
        pytest.param(put("Army", *PARTY, "name_text"), "'Army' does not", id="side"),
        pytest.param(put("Army", *PARTY, "actor", "name_text"), "'Army' does", id="its actor"),
        pytest.param(put("read", "outcome"), "does not fit its flags", id="outcome of the input"),
        pytest.param(put("c9", *COUNT, "part_of"), "refers to 'c9'", id="part"),
        pytest.param(put("c9", *COUNT, "supersedes"), "refers to 'c9'", id="revision"),
        pytest.param(put(["c9"], *BLAME, "applies_to"), "refers to 'c9'", id="target"),
        pytest.param(put("b9", *BLAME, "answers"), "refers to 'b9'", id="answer"),
    ],
)
def test_a_changed_line_is_found_even_without_the_code_that_wrote_it(
    tmp_path: Path, change: Callable[[Any], None], told: str
) -> None:
    write(tmp_path, code_sha256="of other code")
    assert verified(tmp_path).problems == ()
    tamper(tmp_path, change)
    found = verified(tmp_path)
    assert any(told in problem.message for problem in found.problems), found.problems
    assert all(problem.where.startswith("a1") for problem in found.problems)
    assert found.notes == ("written by other code: stored answers were not mapped again",)


def test_a_quote_that_cuts_a_number_is_found(tmp_path: Path) -> None:
    write(tmp_path, code_sha256="of other code")
    at = TEXT.index("26")

    def cut(reading: Any) -> None:
        quote = reading["incidents"][0]["counts"][0]["quotes"][0]
        quote.update(start=at + 1, text=TEXT[at + 1 : quote["end"]])

    tamper(tmp_path, cut)
    assert any("cuts a word" in problem.message for problem in verified(tmp_path).problems)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(put("injured", *COUNT, "outcome"), id="the outcome of a figure"),
        pytest.param(put("civilian", *COUNT, "group", "standing"), id="the standing"),
        pytest.param(put("convicted", *BLAME, "stance"), id="the stance"),
        pytest.param(put([], "set_aside"), id="what was set aside"),
        pytest.param(put([], "incidents"), id="an incident"),
        pytest.param(put("2016-11-29", "incidents", 0, "when", "start"), id="the day"),
        pytest.param(put([], "flags"), id="a flag"),
        pytest.param(
            put("detained", "answer", "incidents", 0, "counts", 0, "outcome"), id="the answer"
        ),
    ],
)
def test_records_that_are_not_what_the_answer_gives_are_found(
    tmp_path: Path, change: Callable[[Any], None]
) -> None:
    write(tmp_path)
    tamper(tmp_path, change)
    told = [problem.message for problem in verified(tmp_path).problems]
    assert "the stored records are not what the stored answer gives" in told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("0" * 64, "article", "text_sha256"), "text_sha256"),
        (put(TEXT + " ", "article", "text"), "text_sha256"),
        (put(None, *COUNT, "number", "lower"), "cannot have bounds"),
        (put([], *COUNT, "quotes"), "quotes"),
        (put("slain", *COUNT, "outcome"), "outcome"),
    ],
    ids=["hash", "text", "bound taken away", "quotes taken away", "no such word"],
)
def test_a_line_that_is_no_record_is_a_problem_with_its_place(
    tmp_path: Path, change: Callable[[Any], None], told: str
) -> None:
    write(tmp_path)
    tamper(tmp_path, change)
    found = verified(tmp_path)
    (problem,) = found.problems
    assert problem.where == "outcomes.jsonl line 1, at byte 0"
    assert told in problem.message
    assert found.outcomes == 2


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"wire_schema_sha256": "0"}, "wire schema"),
        ({"prompt": "incident/v0", "prompt_sha256": "0"}, "no prompt 'incident/v0'"),
    ],
    ids=["schema", "prompt"],
)
def test_a_changed_manifest_is_found(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    write(tmp_path)
    manifest = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    (tmp_path / "run.json").write_text(json.dumps(manifest | changed), encoding="utf-8")
    problems = verified(tmp_path).problems
    assert [problem.where for problem in problems] == ["run.json"]
    assert told in problems[0].message


def test_every_line_that_was_changed_is_found_and_the_rest_is_checked(tmp_path: Path) -> None:
    write(tmp_path)
    path = tmp_path / "outcomes.jsonl"
    first, second, third = path.read_bytes().splitlines(keepends=True)
    changed = (
        first.replace(b"Shells hit", b"Shells met", 1),
        second,
        third.replace(b"empty", b"blank"),
    )
    path.write_bytes(b"".join(changed))
    found = verified(tmp_path)
    assert [problem.where for problem in found.problems] == [
        "outcomes.jsonl line 1, at byte 0",
        f"outcomes.jsonl line 3, at byte {len(first) + len(second)}",
    ]
    assert {problem.message.partition(";")[0] for problem in found.problems} == {
        "the line was changed or damaged, as its checksum does not hold"
    }
    assert found.outcomes == 1


def test_lines_of_earlier_versions_have_no_checksum_which_is_noted(tmp_path: Path) -> None:
    write(tmp_path)
    path = tmp_path / "outcomes.jsonl"
    first, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([unseal(first).record + b"\n", *rest]))
    found = verified(tmp_path)
    assert (found.outcomes, found.problems) == (3, ())
    assert "1 of 3 lines have no checksum" in found.notes[0]


def test_an_unfinished_line_is_noted_and_no_problem(tmp_path: Path) -> None:
    write(tmp_path)
    with (tmp_path / "outcomes.jsonl").open("ab") as lines:
        lines.write(b'{"torn')
    found = verified(tmp_path)
    assert (found.outcomes, found.problems) == (3, ())
    assert "6 bytes of an unfinished last line" in found.notes[0]
