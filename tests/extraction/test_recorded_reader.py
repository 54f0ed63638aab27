import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from loopback import EMPTY_ANSWER, ScriptedEndpoint, Step, fails, says

from extractor.article import Article
from extractor.codes import InputOutcome
from extractor.errors import EndpointError, RecordingError
from extractor.readers.answer import Answer, NoAnswer
from extractor.readers.model import open_model_reader
from extractor.readers.recorded import Recorder, open_recorded_reader
from extractor.request import Message, Request
from extractor.settings import load_settings

Scripted = Callable[..., ScriptedEndpoint]

TEXT = "Gunmen killed two farmers in Basra on Friday."
KEY = "sk-secret-123456"


def request(text: str = TEXT) -> Request:
    return Request(
        article=Article.of(text, id="a1"), messages=(Message(role="user", content=text),)
    )


def record(
    endpoint: ScriptedEndpoint, path: Path, *texts: str, model: str = "m", **changed: Any
) -> list[Answer | NoAnswer]:
    """Read the texts with a model, and record its answers."""
    flags: dict[str, Any] = {
        "base_url": endpoint.url,
        "api_key": KEY,
        "max_wait_seconds": 0.01,
        "max_calls": 2,
    }
    settings = load_settings(**{**flags, **changed})

    async def recording() -> list[Answer | NoAnswer]:
        inner = open_model_reader(f"openai/{model}", settings)
        try:
            recorder = Recorder(inner, path)
            return [await recorder.read(request(text)) for text in texts]
        finally:
            await inner.close()

    return asyncio.run(recording())


def replay(path: Path, text: str = TEXT) -> Answer | NoAnswer:
    return asyncio.run(open_recorded_reader(path).read(request(text)))


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        pytest.param(says(EMPTY_ANSWER), Answer, id="answer"),
        pytest.param(says("قُتل\u2028prose 🕯️"), NoAnswer, id="invalid"),
        pytest.param(says("half \ud83d"), NoAnswer, id="half a character"),
        pytest.param(says(None, refusal="No."), NoAnswer, id="refused"),
        pytest.param(says("{", finish="length"), NoAnswer, id="truncated"),
    ],
)
def test_what_was_recorded_comes_back_the_same(
    scripted: Scripted, tmp_path: Path, step: Step, kind: type
) -> None:
    path = tmp_path / "r.jsonl"

    (live,) = record(scripted(step), path, TEXT)

    assert isinstance(live, kind)
    assert replay(path) == live


def test_a_recording_says_what_it_is_and_holds_no_key(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(says(EMPTY_ANSWER))
    path = tmp_path / "r.jsonl"

    record(endpoint, path, TEXT)

    header, entry = (json.loads(line) for line in path.read_text().splitlines())
    assert header["recording"] == 1
    assert header["model"] == entry["model"] == "m"
    assert header["parameters"]["base_url"] == endpoint.url
    assert entry["answer"] == EMPTY_ANSWER
    assert KEY not in path.read_text()


def test_a_recording_is_gone_on_with_and_repeats_no_key(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(says(EMPTY_ANSWER))
    path = tmp_path / "r.jsonl"

    record(endpoint, path, TEXT, TEXT, "Another text.")
    record(endpoint, path, TEXT, "A third text.")

    assert len(path.read_text().splitlines()) == 1 + 3
    assert isinstance(replay(path, "A third text."), Answer)


def test_a_failure_of_the_endpoint_is_not_recorded(scripted: Scripted, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"

    (live,) = record(scripted(fails(500)), path, TEXT)

    assert isinstance(live, NoAnswer)
    assert live.outcome is InputOutcome.INFRA_ERROR
    assert len(path.read_text().splitlines()) == 1


def test_an_endpoint_that_refuses_every_call_is_no_answer_either(
    scripted: Scripted, tmp_path: Path
) -> None:
    path = tmp_path / "r.jsonl"
    with pytest.raises(EndpointError):
        record(scripted(fails(401)), path, TEXT)
    assert len(path.read_text().splitlines()) == 1


def test_a_request_without_an_answer_is_an_error(scripted: Scripted, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    endpoint = scripted(says(EMPTY_ANSWER))
    record(endpoint, path, TEXT)

    with pytest.raises(RecordingError, match=r"'a1'.*key [0-9a-f]{64}.*--record") as caught:
        replay(path, f"{TEXT} ")

    assert "farmers" not in str(caught.value)
    assert len(endpoint.calls) == 1


@pytest.mark.parametrize(
    "changed",
    [{"model": "n"}, {"temperature": 0.5}, {"seed": 1}, {"max_output_tokens": 5}],
    ids=["model", "temperature", "seed", "limit"],
)
def test_other_answers_do_not_go_into_the_same_recording(
    scripted: Scripted, tmp_path: Path, changed: dict[str, Any]
) -> None:
    path = tmp_path / "r.jsonl"
    endpoint = scripted(says(EMPTY_ANSWER))
    record(endpoint, path, TEXT)

    with pytest.raises(RecordingError, match="new file"):
        record(endpoint, path, TEXT, **changed)

    assert len(endpoint.calls) == 1


@pytest.fixture
def recorded(scripted: Scripted, tmp_path: Path) -> Path:
    """A recording with two answers."""
    path = tmp_path / "r.jsonl"
    record(scripted(says(EMPTY_ANSWER)), path, TEXT, "Another text.")
    return path


def edited(line: str, **changed: object) -> str:
    return json.dumps({**json.loads(line), **changed})


Edit = Callable[[list[str]], list[str]]
EDITS: dict[str, tuple[Edit, str]] = {
    "empty": (lambda lines: [], ":1: no header"),
    "no header": (lambda lines: lines[1:], ":1: no header"),
    "newer format": (lambda lines: [edited(lines[0], recording=2), *lines[1:]], ":1: no header"),
    "blank line": (lambda lines: [*lines, ""], ":4: no entry"),
    "cut off": (lambda lines: [*lines, lines[1][:40]], ":4: no entry"),
    "key twice": (lambda lines: [*lines, lines[1]], ":4: key"),
    "neither": (lambda lines: [*lines[:2], edited(lines[2], answer=None)], ":3: no entry"),
    "both": (lambda lines: [*lines[:2], edited(lines[2], outcome="refused")], ":3: no entry"),
    "no answer": (
        lambda lines: [*lines[:2], edited(lines[2], answer={"x": "farmers"})],
        "answer.incidents",
    ),
    "other schema": (
        lambda lines: [edited(lines[0], wire_schema_sha256="0" * 64), *lines[1:]],
        "another wire schema",
    ),
}


@pytest.mark.parametrize(("edit", "place"), EDITS.values(), ids=EDITS)
def test_a_bad_recording_is_named_with_its_line(recorded: Path, edit: Edit, place: str) -> None:
    lines = edit(recorded.read_text().splitlines())
    recorded.write_text("".join(f"{line}\n" for line in lines))

    with pytest.raises(RecordingError) as caught:
        open_recorded_reader(recorded)

    assert str(recorded) in str(caught.value)
    assert place in str(caught.value)
    assert "farmers" not in str(caught.value)


def test_a_recording_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"absent\.jsonl"):
        open_recorded_reader(tmp_path / "absent.jsonl")


def test_a_folder_that_is_not_there_is_named(scripted: Scripted, tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="check its folder"):
        record(scripted(says(EMPTY_ANSWER)), tmp_path / "absent" / "r.jsonl", TEXT)


def test_nothing_is_added_to_a_recording_whose_last_line_has_no_end(
    scripted: Scripted, recorded: Path
) -> None:
    content = recorded.read_bytes().removesuffix(b"\n")
    recorded.write_bytes(content)
    url = json.loads(content.splitlines()[0])["parameters"]["base_url"]

    with pytest.raises(RecordingError, match=r"r\.jsonl:3: the last line has no end"):
        record(scripted(says(EMPTY_ANSWER)), recorded, TEXT, base_url=url)

    assert recorded.read_bytes() == content


def test_equal_recordings_have_equal_fingerprints(recorded: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(recorded.read_bytes())
    reader = open_recorded_reader(recorded)

    assert reader.name == f"recorded:{recorded}"
    assert open_recorded_reader(copy).fingerprint == reader.fingerprint

    copy.write_text("\n".join(copy.read_text().splitlines()[:2]))
    assert open_recorded_reader(copy).fingerprint != reader.fingerprint


def test_an_answer_is_synced_to_the_disk(
    scripted: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bytes] = []
    path = tmp_path / "answers.jsonl"

    def fsync(_: int) -> None:
        synced.append(path.read_bytes())

    monkeypatch.setattr(os, "fsync", fsync)
    record(scripted(says(EMPTY_ANSWER)), path, TEXT)
    assert [content.count(b"\n") for content in synced] == [1, 2]
