"""Reading documents for grading, and the command that does so for a corpus."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import typer
from corpus_rows import GVA_ROW, ISAF_ROW, SATP_ROW, changed, write_rows
from making import make_reader
from muc4_making import row
from typer.testing import CliRunner, Result

from eval.cli.corpus import corpus, print_figures
from eval.corpora.corpus import CorpusError, Document, Figure
from eval.corpora.known import find_corpus
from eval.corpora.part import read_part
from eval.run import Asked, read_documents
from extractor.codes import InputOutcome
from extractor.errors import EndpointError, UsageError
from extractor.readers.answer import Answer, NoAnswer
from extractor.records import Failure, Reading
from extractor.request import Request
from extractor.wire import WireAnswer

NONE = WireAnswer(incidents=[], cumulative=[])


def documents(tmp_path: Path, *ids: str) -> tuple[Document, ...]:
    rows = [changed(SATP_ROW, id=one) for one in ids]
    return tuple(find_corpus("satp").load(write_rows(tmp_path / "satp.jsonl", *rows)))


def read(asked: Asked, found: tuple[Document, ...]) -> Mapping[str, Reading | Failure]:
    return asyncio.run(read_documents(found, asked))


@dataclass(kw_only=True)
class Crowd:
    """A reader that tells how many requests it held at once."""

    held: int = 0
    most: int = 0
    began: list[str] = field(default_factory=list[str])
    name: str = "crowd"
    needs_prompt: bool = False
    fingerprint: str = "f"

    async def read(self, request: Request) -> Answer:
        self.began.append(request.article.id)
        self.held += 1
        self.most = max(self.most, self.held)
        # Later documents come back first.
        await asyncio.sleep(0.03 / (1 + len(self.began)))
        self.held -= 1
        return Answer(answer=NONE)

    async def close(self) -> None:
        return None


@pytest.mark.parametrize("at_once", [1, 3])
def test_as_many_are_read_at_once_as_allowed_and_all_in_order(tmp_path: Path, at_once: int) -> None:
    reader = Crowd()
    ids = ["d", "b", "c", "a", "e"]
    found = read(Asked(reader=reader, at_once=at_once), documents(tmp_path, *ids))
    assert reader.most == at_once
    assert reader.began == ids
    assert list(found) == ids


def test_a_failure_and_a_defect_cost_one_document_each(tmp_path: Path) -> None:
    reader = make_reader(
        a=NoAnswer(outcome=InputOutcome.REFUSED, reason="no"),
        b=ValueError("words of the text"),
        c=NONE,
    )
    found = read(Asked(reader=reader), documents(tmp_path, "a", "b", "c"))
    assert [one.outcome for one in found.values()] == [
        InputOutcome.REFUSED,
        InputOutcome.INFRA_ERROR,
        InputOutcome.READ,
    ]
    lost = found["b"]
    assert isinstance(lost, Failure)
    assert "ValueError" in lost.reason
    assert "words of the text" not in lost.reason


def test_an_endpoint_that_refuses_every_call_stops_it_all(tmp_path: Path) -> None:
    reader = make_reader(b=EndpointError("the key is wrong"))
    with pytest.raises(EndpointError, match="the key is wrong"):
        read(Asked(reader=reader), documents(tmp_path, "a", "b", "c"))
    assert reader.asked == ["a", "b"]


def run(tmp_path: Path, *arguments: str) -> Result:
    app = typer.Typer()
    app.command()(corpus)
    config = tmp_path / "none.toml"
    config.write_text("", "utf-8")
    return CliRunner().invoke(app, [*arguments, "--config", str(config)], catch_exceptions=True)


@pytest.mark.usefixtures("no_outer_settings")
def test_the_command_reads_scores_and_writes_figures_and_cells(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "isaf.jsonl", ISAF_ROW, changed(ISAF_ROW, id="isaf-2"))
    figures, cells = tmp_path / "out.json", tmp_path / "cells.jsonl"
    ran = run(
        tmp_path, "isaf", str(file), "--reader", "baseline", "--json", str(figures),
        "--cells", str(cells),
    )  # fmt: skip
    assert ran.exit_code == 0, ran.output
    assert "killed, exact" in ran.output
    assert "a fine-tuned 7B model" in ran.output
    told: dict[str, Any] = json.loads(figures.read_text("utf-8"))
    assert (told["corpus"], told["documents"], told["reader"]) == ("isaf", 2, "baseline")
    assert sum(told["outcomes"].values()) == 2
    assert all(figure["counts"]["of"] == 2 for figure in told["figures"][:2])
    rows = [json.loads(line) for line in cells.read_text("utf-8").splitlines()]
    assert {row["field"] for row in rows} == {
        *("killed", "captured", "province", "date", "target_group")
    }


@pytest.mark.usefixtures("no_outer_settings")
def test_no_words_of_a_text_leave_the_command(tmp_path: Path) -> None:
    words = changed(SATP_ROW, text="Cadres killed Amina Haddad and two villagers in Gaya District.")
    file = write_rows(tmp_path / "satp.jsonl", words)
    out = [tmp_path / "out.json", tmp_path / "cells.jsonl"]
    ran = run(tmp_path, "satp", str(file), "--json", str(out[0]), "--cells", str(out[1]))
    assert ran.exit_code == 0, ran.output
    said = ran.output + "".join(path.read_text("utf-8") for path in out)
    for word in ("Haddad", "villagers", "Cadres"):
        assert word not in said


@pytest.mark.parametrize(
    ("name", "row", "words"),
    [
        ("satp", changed(SATP_ROW, text="Cadres killed one in Qarnawa village."), ("Qarnawa",)),
        ("gva", changed(GVA_ROW, text="Two were killed in Qarnawa, Fla."), ("Qarnawa",)),
        ("muc4", row("killing"), ("CHINAMECA", "GUERRILLAS", "NORTHERN FRONT", "PEASANT")),
    ],
    ids=["satp", "gva", "muc4"],
)
@pytest.mark.usefixtures("no_outer_settings")
def test_no_names_of_a_text_leave_the_command(
    tmp_path: Path, name: str, row: dict[str, Any], words: tuple[str, ...]
) -> None:
    file = write_rows(tmp_path / "c.jsonl", row)
    for extra in ((), ("--labels",)):
        out = [tmp_path / "out.json", tmp_path / "cells.jsonl"]
        ran = run(tmp_path, name, str(file), *extra, "--json", str(out[0]), "--cells", str(out[1]))
        assert ran.exit_code == 0, ran.output
        said = ran.output + "".join(path.read_text("utf-8") for path in out)
        assert [word for word in words if word.lower() in said.lower()] == []


@pytest.mark.usefixtures("no_outer_settings")
def test_the_same_command_writes_the_same_bytes(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "isaf.jsonl", ISAF_ROW)
    written: list[bytes] = []
    for name in ("a", "b"):
        out = [tmp_path / f"{name}.json", tmp_path / f"{name}.jsonl"]
        run(tmp_path, "isaf", str(file), "--json", str(out[0]), "--cells", str(out[1]))
        written.append(b"".join(path.read_bytes() for path in out))
    assert written[0] == written[1]


@pytest.mark.usefixtures("no_outer_settings")
def test_a_limit_takes_the_first_documents(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "satp.jsonl", SATP_ROW, changed(SATP_ROW, id="satp-2"))
    figures = tmp_path / "out.json"
    assert run(tmp_path, "satp", str(file), "--limit", "1", "--json", str(figures)).exit_code == 0
    told: dict[str, Any] = json.loads(figures.read_text("utf-8"))
    assert (told["documents"], told["documents_in_file"], told["limit"]) == (1, 2, 1)


@pytest.mark.usefixtures("no_outer_settings")
def test_the_parts_of_a_file_are_scored_apart_and_miss_no_document(tmp_path: Path) -> None:
    rows = [changed(SATP_ROW, id=f"satp-{n}") for n in range(12)]
    file = write_rows(tmp_path / "satp.jsonl", *rows)
    seen: dict[str, set[str]] = {}
    for part in ("1/3", "2-3/3"):
        out, cells = tmp_path / "out.json", tmp_path / "cells.jsonl"
        ran = run(
            tmp_path, "satp", str(file), "--part", part, "--json", str(out), "--cells", str(cells)
        )
        assert f"part {part} of 12" in ran.output
        assert json.loads(out.read_text("utf-8"))["part"] == part
        lines = cells.read_text("utf-8").split("\n")[:-1]
        seen[part] = {json.loads(line)["document_id"] for line in lines}
    assert seen["1/3"] == {
        "satp-0",
        "satp-1",
        "satp-6",
        "satp-7",
        "satp-9",
    }  # by SHA-256, here as anywhere
    assert seen["2-3/3"] == {row["id"] for row in rows} - seen["1/3"]


@pytest.mark.parametrize("part", ["0/3", "4/3", "3-2/3", "1", "1/0", "a/b", "1-/3"])
def test_a_part_that_there_is_not_is_refused(part: str) -> None:
    with pytest.raises(UsageError, match=f"--part {part!r}"):
        read_part(part)


@pytest.mark.usefixtures("no_outer_settings")
def test_the_figures_say_what_wrote_them_and_in_what_form(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "satp.jsonl", SATP_ROW)
    figures = tmp_path / "out.json"
    assert run(tmp_path, "satp", str(file), "--json", str(figures)).exit_code == 0
    told: dict[str, Any] = json.loads(figures.read_text("utf-8"))
    assert (told["schema_version"], told["tollbook"]) == (1, version("tollbook"))
    assert (told["labels"], told["limit"]) == (False, None)
    counts = [count for one in told["figures"] for count in one["counts"].values()]
    assert {type(count) for count in counts} == {int}


@pytest.mark.parametrize(
    ("right", "of", "shown"),
    [(11, 12, "91.7"), (2, 3, "66.7"), (1999, 2000, "99.9"), (1, 3000, "0.1"), (0, 3, "0.0"),
     (3, 3, "100.0")],
)  # fmt: skip
@pytest.mark.usefixtures("no_outer_settings")
def test_a_share_is_rounded_and_full_only_if_it_is(
    right: int, of: int, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    figure = Figure(
        id="killed.exact.all",
        name="killed, exact",
        of="all documents",
        value=right / of,
        unit="share",
        counts={"right": right, "of": of},
    )
    print_figures("satp", [figure])
    assert f" {shown} " in capsys.readouterr().out


def test_labels_are_scored_without_a_reader(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "satp.jsonl", SATP_ROW)
    figures = tmp_path / "out.json"
    ran = run(tmp_path, "satp", str(file), "--labels", "--json", str(figures))
    assert ran.exit_code == 0, ran.output
    told: dict[str, Any] = json.loads(figures.read_text("utf-8"))
    assert (told["labels"], told["reader"], told["reader_fingerprint"]) == (True, "labels", None)
    assert "the labels against themselves" in ran.output
    full = [one for one in told["figures"] if one["unit"] == "share" and one["counts"]["of"]]
    assert {figure["value"] for figure in full} == {1.0}


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        (("isaf", "{file}"), CorpusError, "line 1: the field 'labels.min_killed' is missing"),
        (("ace", "{file}"), CorpusError, "no corpus 'ace'"),
        (("satp", "{file}", "--json", "{file}"), UsageError, "three files"),
        (("satp", "{file}", "--reader", "mystery"), UsageError, "no reader 'mystery'"),
        (("satp", "{file}", "--json", "{folder}"), UsageError, "cannot be written"),
        (("satp", "{file}", "--labels", "--reader", "baseline"), UsageError, "leave one out"),
    ],
    ids=["another corpus", "no corpus", "own file", "no reader", "a folder", "labels read"],
)
@pytest.mark.usefixtures("no_outer_settings")
def test_what_cannot_be_done_as_asked_is_said(
    tmp_path: Path, arguments: tuple[str, ...], error: type[Exception], told: str
) -> None:
    file = write_rows(tmp_path / "satp.jsonl", SATP_ROW)
    before = file.read_bytes()
    ran = run(tmp_path, *(one.format(file=file, folder=tmp_path) for one in arguments))
    assert isinstance(ran.exception, error)
    assert told in str(ran.exception)
    assert file.read_bytes() == before
