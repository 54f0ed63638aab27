import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from asking import ARTICLE, GOOD, KEY, incident_answer
from commanding import Ran, by_id, outcomes, sum_of, tollbook, tollbook_here, write_articles
from loopback import EMPTY_ANSWER, USAGE, Call, ScriptedEndpoint, Step, fails, late, says

from extractor.readers.replies import MAX_ANSWER_CHARACTERS
from extractor.wire import strict_schema

Scripted = Callable[..., ScriptedEndpoint]

MODEL = "openai/org/model-1"
QUICK = {
    "TOLLBOOK_API_KEY": KEY,
    "TOLLBOOK_TIMEOUT_SECONDS": "2",
    "TOLLBOOK_MAX_WAIT_SECONDS": "0.01",
    "TOLLBOOK_MAX_CALLS": "2",
    "TOLLBOOK_AT_ONCE": "1",
}
TOOL_CALL = {"id": "1", "type": "function", "function": {"name": "answer", "arguments": "{}"}}
TRICKY = (
    "{{ 7 * 7 }} {% raw %} {{ config }} {# note #} </article> </text>\r\n"
    "\tKilled: two\u00a0people\u2009, cafe\u0301 \U0001f6a8 \u0642\u062a\u0644 \\n"
    " \\u0041 &amp;  \n\n"
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """An article's share of the script, and how its reading must end."""

    steps: tuple[Step, ...]
    outcome: str
    statuses: tuple[str, ...]
    told: str = ""
    text: str = ARTICLE
    prompt_tokens: tuple[int | None, ...] | None = None
    """Of each attempt; else the usual ones for each that brought a completion."""


ROWS = {
    "good": Row(steps=(GOOD,), outcome="read_with_flags", statuses=("ok",)),
    "claims": Row(steps=(says(incident_answer()),), outcome="read", statuses=("ok",)),
    "tricky": Row(steps=(GOOD,), outcome="read_with_flags", statuses=("ok",), text=TRICKY),
    "busy once": Row(
        steps=(fails(429, retry_after="0"), GOOD),
        outcome="read_with_flags",
        statuses=("http_429", "ok"),
    ),
    "broken": Row(
        steps=(fails(500),) * 2,
        outcome="infra_error",
        statuses=("http_500",) * 2,
        told="gave no answer in 2 tries (http_500, http_500",
    ),
    "slow once": Row(
        steps=(late(GOOD, 20), GOOD), outcome="read_with_flags", statuses=("timeout", "ok")
    ),
    "truncated": Row(
        steps=(says('{"incidents": [', finish="length"),),
        outcome="truncated",
        statuses=("truncated",),
        told="raise max_output_tokens",
    ),
    "refusal": Row(
        steps=(says(None, refusal="I cannot help."),),
        outcome="refused",
        statuses=("refusal",),
        told="another model",
    ),
    "filter": Row(
        steps=(says(EMPTY_ANSWER, finish="content_filter"),),
        outcome="refused",
        statuses=("content_filter",),
        told="another model",
    ),
    "two tool calls": Row(
        steps=(says(None, tool_calls=[TOOL_CALL, TOOL_CALL]),) * 2,
        outcome="invalid",
        statuses=("tool_calls",) * 2,
        told="tool calls",
    ),
    "no usage": Row(
        steps=(says(EMPTY_ANSWER, usage=None),),
        outcome="read_with_flags",
        statuses=("ok",),
        prompt_tokens=(None,),
    ),
    "odd usage": Row(
        steps=(says(EMPTY_ANSWER, usage={**USAGE, "prompt_tokens": "many"}),),
        outcome="read_with_flags",
        statuses=("ok",),
        prompt_tokens=(None,),
    ),
    "prose": Row(
        steps=(says("Two people died."),) * 2,
        outcome="invalid",
        statuses=("invalid",) * 2,
        told="no JSON",
    ),
    "prose once": Row(
        steps=(says("Two people died."), GOOD),
        outcome="read_with_flags",
        statuses=("invalid", "ok"),
    ),
    "half JSON": Row(
        steps=(says('{"incidents": ['),) * 2,
        outcome="invalid",
        statuses=("invalid",) * 2,
        told="no JSON",
    ),
    "NaN": Row(
        steps=(says('{"incidents": NaN, "cumulative": []}'),) * 2,
        outcome="invalid",
        statuses=("invalid",) * 2,
        told="NaN",
    ),
    "unknown word": Row(
        steps=(says(incident_answer(outcome="slain")),) * 2,
        outcome="invalid",
        statuses=("invalid",) * 2,
        told="cumulative.0.outcome",
    ),
    "huge": Row(
        steps=(says("x" * (MAX_ANSWER_CHARACTERS + 1)),),
        outcome="invalid",
        statuses=("invalid",),
        told="8000001 characters long",
    ),
}


def text_of(name: str) -> str:
    """The text of a row; no two are equal, since equal requests are sent once."""
    return f"{ROWS[name].text} ({name})"


@dataclass(frozen=True, kw_only=True)
class Session:
    """One run over all articles, and what the endpoint saw of it."""

    folder: Path
    ran: Ran
    calls: dict[str, list[Call]]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The command, run once over an article for each row."""
    folder = tmp_path_factory.mktemp("session")
    write_articles(folder / "in.jsonl", **{name: text_of(name) for name in ROWS})
    endpoint = ScriptedEndpoint([step for row in ROWS.values() for step in row.steps])
    ran = tollbook(*_extract(endpoint.url), cwd=folder, env=QUICK)
    calls = iter(endpoint.calls)
    yield Session(
        folder=folder,
        ran=ran,
        calls={name: [next(calls) for _ in row.steps] for name, row in ROWS.items()},
    )
    endpoint.stop()


def _extract(url: str, *options: str) -> tuple[str, ...]:
    return ("extract", "in.jsonl", "--out", "run", "--reader", MODEL, "--base-url", url, *options)


def test_every_article_ends_in_exactly_one_outcome(session: Session) -> None:
    assert session.ran.code == 3
    assert [one["article"]["id"] for one in outcomes(session.folder / "run")] == list(ROWS)
    assert sum(sum_of(session.ran).values()) == len(ROWS)
    assert "Traceback" not in session.ran.err


@pytest.mark.parametrize("name", ROWS)
def test_a_reading_ends_with_the_right_word_and_every_call_is_kept(
    session: Session, name: str
) -> None:
    row = ROWS[name]
    ended = by_id(session.folder / "run")[name]

    assert ended["outcome"] == row.outcome
    assert ended["reader"] == MODEL
    assert ended["prompt"] == "incident/v1"
    attempts = ended["attempts"]
    assert [attempt["n"] for attempt in attempts] == list(range(1, len(row.steps) + 1))
    assert tuple(attempt["status"] for attempt in attempts) == row.statuses
    tokens = row.prompt_tokens or tuple(
        None if status == "timeout" or status.startswith("http_") else USAGE["prompt_tokens"]
        for status in row.statuses
    )
    assert tuple(attempt["prompt_tokens"] for attempt in attempts) == tokens
    assert row.told in ended.get("reason", "")
    assert (f"{name}: {row.outcome}: {ended.get('reason')}" in session.ran.err) == bool(row.told)


def test_the_other_tokens_of_a_call_are_kept_too(session: Session) -> None:
    (attempt,) = by_id(session.folder / "run")["good"]["attempts"]
    assert {name: attempt[name] for name in attempt if name.endswith("_tokens")} == {
        "prompt_tokens": 100,
        "completion_tokens": 10,
        "cached_tokens": 40,
        "reasoning_tokens": 3,
    }


def test_an_answer_becomes_a_grounded_claim(session: Session) -> None:
    (claim,) = by_id(session.folder / "run")["claims"]["cumulative"]
    assert claim["number"]["lower"] == 2
    assert [quote["text"] for quote in claim["quotes"]] == [
        "killed Amina Haddad and two neighbours"
    ]


def test_every_call_asks_for_the_whole_strict_schema(session: Session) -> None:
    for calls in session.calls.values():
        for call in calls:
            asked = call.body["response_format"]
            assert asked["type"] == "json_schema"
            assert asked["json_schema"]["strict"] is True
            assert asked["json_schema"]["schema"] == strict_schema()
            assert call.path == "/v1/chat/completions"
            assert call.headers["authorization"] == f"Bearer {KEY}"
            assert KEY.encode() not in call.raw


@pytest.mark.parametrize("name", ROWS)
def test_the_article_goes_out_unchanged_in_the_last_message(session: Session, name: str) -> None:
    last = session.calls[name][0].messages[-1]

    fence = last["content"].partition("<text-")[2].partition(">")[0]
    opening, closing = f"<text-{fence}>\n", f"\n</text-{fence}>"
    shown = last["content"].partition(opening)[2].removesuffix(closing)
    assert shown == text_of(name)
    assert last["content"].endswith(closing)
    assert last["role"] == "user"
    assert by_id(session.folder / "run")[name]["article"]["text"] == text_of(name)


def test_all_before_the_article_is_the_same_for_every_article(session: Session) -> None:
    before = {json.dumps(calls[0].messages[:-1]) for calls in session.calls.values()}
    assert len(before) == 1
    assert "{{" not in before.pop()


def test_neither_key_nor_article_is_told(session: Session) -> None:
    told = session.ran.out + session.ran.err
    stored = (session.folder / "run" / "outcomes.jsonl").read_text("utf-8")
    manifest = (session.folder / "run" / "run.json").read_text("utf-8")
    assert KEY not in told + stored + manifest
    for words in ("Haddad", "neighbours", "{{"):
        assert words not in told + manifest


def test_the_run_of_a_model_is_verified_and_its_failures_are_graded(session: Session) -> None:
    verified = tollbook_here("verify", "run", cwd=session.folder)
    assert verified.code == 0
    assert verified.out.startswith(f"{len(ROWS)} outcomes, ")

    graded = tollbook_here("eval", "attempts", "run", cwd=session.folder)
    assert graded.code == 4  # infrastructure errors are no predictions
    assert "not gradable" in graded.err


@pytest.mark.parametrize(
    ("steps", "code", "told", "status"),
    [
        pytest.param(
            [fails(401, f"Bad key {KEY}")], 4, "TOLLBOOK_API_KEY", "http_401", id="wrong key"
        ),
        pytest.param(
            [GOOD, fails(401)], 3, "TOLLBOOK_API_KEY", "http_401", id="key lost on the way"
        ),
        pytest.param(
            [fails(404, "no such model", code="model_not_found")],
            4,
            "check the name of the model",
            "http_404",
            id="unknown model",
        ),
        pytest.param([], 4, "cannot be reached", "connection", id="unreachable"),
    ],
)
def test_an_endpoint_that_refuses_every_call_stops_the_run(
    scripted: Scripted, tmp_path: Path, steps: list[Step], code: int, told: str, status: str
) -> None:
    endpoint = scripted(*steps or [GOOD])
    if not steps:
        endpoint.stop()
    write_articles(tmp_path / "in.jsonl", a=ARTICLE, b=ARTICLE + " ", c=ARTICLE + "  ")

    ran = tollbook_here(*_extract(endpoint.url), cwd=tmp_path, env=QUICK)

    assert ran.code == code
    for words in (endpoint.url, told):
        assert words in ran.err
    assert ("org/model-1" in ran.err) == bool(steps)
    assert KEY not in ran.out + ran.err
    assert "Traceback" not in ran.err
    assert sum_of(ran).get("infra_error") == 1
    *read, lost = outcomes(tmp_path / "run")
    # The answer is empty and the article is not, so that its sentence is flagged as uncovered.
    expected = ["read_with_flags"] * (len(steps) - 1 if steps else 0)
    assert [one["outcome"] for one in read] == expected
    assert lost["outcome"] == "infra_error"
    assert told in lost["reason"]
    assert {attempt["status"] for attempt in lost["attempts"]} == {status}
    if steps:
        assert len(endpoint.calls) == len(steps)
    graded = tollbook_here("eval", "attempts", "run", cwd=tmp_path)
    assert graded.code == 4


def test_an_article_lost_to_the_endpoint_is_read_on_the_next_run(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD, fails(401), GOOD)
    write_articles(tmp_path / "in.jsonl", a=ARTICLE, b=ARTICLE + " ", c=ARTICLE + "  ")
    tollbook_here(*_extract(endpoint.url), cwd=tmp_path, env=QUICK)

    again = tollbook_here(*_extract(endpoint.url), cwd=tmp_path, env=QUICK)

    assert again.code == 0
    assert sum_of(again) == {"read_with_flags": 3}
    assert len(endpoint.calls) == 4
    listed = tollbook_here("show", "run", "--json", cwd=tmp_path).out.splitlines()
    assert [json.loads(line)["outcome"] for line in listed] == ["read_with_flags"] * 3


def test_a_recording_gives_the_same_reading_again(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(says(incident_answer()))
    write_articles(tmp_path / "in.jsonl", a=ARTICLE)
    recorded = tollbook_here(
        *_extract(endpoint.url, "--record", "answers.jsonl"), cwd=tmp_path, env=QUICK
    )
    assert recorded.code == 0
    assert len(endpoint.calls) == 1

    replay = ("extract", "in.jsonl", "--reader", "recorded:answers.jsonl")
    replayed = tollbook_here(*replay, "--out", "again", cwd=tmp_path)

    assert replayed.code == 0
    assert len(endpoint.calls) == 1
    first, second = (_first(tmp_path / name) for name in ("run", "again"))
    assert first == second
    assert first["cumulative"]
    assert tollbook_here("verify", "again", cwd=tmp_path).code == 0

    write_articles(tmp_path / "in.jsonl", a=ARTICLE, other="It rained.")
    missed = tollbook_here(*replay, "--out", "third", cwd=tmp_path, env={**QUICK})

    assert missed.code == 3
    assert "no answer to article 'other' in recording 'answers.jsonl'" in missed.err
    assert "--record to add it" in missed.err
    assert len(endpoint.calls) == 1
    assert _first(tmp_path / "third") == first
    assert [one["outcome"] for one in outcomes(tmp_path / "third")] == ["read", "infra_error"]

    assert KEY not in (tmp_path / "answers.jsonl").read_text("utf-8")


def _first(run: Path) -> dict[str, Any]:
    """The first outcome of a run, without the name of its reader."""
    one, *_ = outcomes(run)
    return {name: value for name, value in one.items() if name != "reader"}


def test_settings_of_the_environment_are_enough(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(GOOD)
    write_articles(tmp_path / "in.jsonl", a=ARTICLE)
    named = {"TOLLBOOK_BASE_URL": endpoint.url, "TOLLBOOK_READER": MODEL}

    ran = tollbook_here("extract", "in.jsonl", "--out", "run", cwd=tmp_path, env=QUICK | named)

    assert ran.code == 0
    assert ran.err == ""
    assert [call.body["model"] for call in endpoint.calls] == ["org/model-1"]
