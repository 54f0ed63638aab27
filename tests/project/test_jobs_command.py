"""A job of the command: many articles at a time, caps that hold, prices, and what is kept."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from asking import GOOD, KEY
from commanding import Ran, by_id, sum_of, tollbook_here, write_articles
from loopback import EMPTY_ANSWER, USAGE, ScriptedEndpoint, Step, fails, says

from extractor.jobs import read_totals

Scripted = Callable[..., ScriptedEndpoint]
PRICES = "[models.m]\ninput = 1000.0\noutput = 2000.0\n"
USD = 100 * 1000.0 / 1e6 + 10 * 2000.0 / 1e6  # of a call, by the tokens that the endpoint states


def extract(url: str, folder: Path, *options: str, **env: str) -> Ran:
    return tollbook_here(
        *("extract", "in.jsonl", "--out", "run", "--reader", "openai/m", "--base-url", url),
        *options,
        cwd=folder,
        env={"TOLLBOOK_API_KEY": KEY, "TOLLBOOK_MAX_WAIT_SECONDS": "0.01", **env},
    )


def articles(folder: Path, count: int) -> None:
    write_articles(folder / "in.jsonl", **{f"a{n}": f"No. {n}. It rained." for n in range(count)})


def test_many_articles_at_a_time_each_have_one_outcome(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(*[fails(429, retry_after="0"), GOOD, fails(500)] * 3, GOOD)
    articles(tmp_path, 40)

    ran = extract(endpoint.url, tmp_path, "--at-once", "8")

    assert ran.code == 0
    assert sum(sum_of(ran).values()) == 40
    assert sorted(by_id(tmp_path / "run")) == sorted(f"a{n}" for n in range(40))
    totals = read_totals(tmp_path / "run")
    assert totals is not None
    assert (totals.calls, totals.answered, totals.failed) == (46, 40, 6)
    assert len(endpoint.calls) == 46
    assert extract(endpoint.url, tmp_path).code == 0
    assert len(endpoint.calls) == 46


def test_an_equal_text_is_asked_for_once(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(GOOD)
    write_articles(tmp_path / "in.jsonl", a="It rained.", b="It rained.", c="It snowed.")

    ran = extract(endpoint.url, tmp_path)

    assert (ran.code, len(endpoint.calls)) == (0, 2)
    assert set(by_id(tmp_path / "run")) == {"a", "b", "c"}


def test_what_a_call_cost_stands_with_it_and_is_paid_once(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD)
    write_articles(tmp_path / "in.jsonl", a="It rained.", b="It rained.")
    (tmp_path / "prices.toml").write_text(PRICES, "utf-8")

    ran = extract(endpoint.url, tmp_path, "--prices", "prices.toml", "--at-once", "1")

    assert "cost: $0.12, by 'prices.toml', 'm'\n" in ran.out
    run = by_id(tmp_path / "run")
    assert [run[name]["attempts"][0]["usd"] for name in "ab"] == [pytest.approx(USD), 0.0]
    totals = read_totals(tmp_path / "run")
    assert totals is not None
    assert totals.usd == pytest.approx(USD)


def test_without_a_price_the_cost_is_unknown_and_not_zero(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD)
    articles(tmp_path, 1)

    extract(endpoint.url, tmp_path)

    assert by_id(tmp_path / "run")["a0"]["attempts"][0]["usd"] is None
    totals = read_totals(tmp_path / "run")
    assert totals is not None
    assert (totals.usd, totals.unpriced) == (0.0, 1)


def test_a_cap_stops_the_run_and_a_higher_one_goes_on(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(GOOD)
    articles(tmp_path, 12)
    bound = _bound(endpoint, tmp_path)

    ran = extract(endpoint.url, tmp_path, "--max-tokens", str(bound + 5 * 110))

    assert ran.code == 3
    assert "the cap of" in ran.err
    assert "--max-tokens" in ran.err
    read = len(endpoint.calls)
    assert 5 <= read <= 7
    totals = read_totals(tmp_path / "run")
    assert totals is not None
    assert totals.tokens <= bound + 5 * 110

    again = extract(endpoint.url, tmp_path, "--max-tokens", str(100 * bound))

    assert again.code == 0
    assert sum_of(again) == {"read": 12}
    assert len(endpoint.calls) == 12


def test_a_cap_of_one_article_lets_the_others_be_read(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(GOOD)
    articles(tmp_path, 3)
    bound = _bound(endpoint, tmp_path)
    write_articles(tmp_path / "in.jsonl", a="Rain.", long="It rained. " * 900, b="Snow.")

    ran = extract(endpoint.url, tmp_path, "--max-tokens-per-article", str(bound + 500))

    assert ran.code == 3
    assert sum_of(ran) == {"read": 2, "infra_error": 1}
    assert "--max-tokens-per-article" in by_id(tmp_path / "run")["long"]["reason"]


def test_a_cap_in_money_without_a_price_is_refused_before_anything_is_sent(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD)
    articles(tmp_path, 1)

    ran = extract(endpoint.url, tmp_path, "--max-usd", "5")

    assert (ran.code, len(endpoint.calls)) == (2, 0)
    assert "--prices" in ran.err


def test_a_cap_of_the_built_in_reader_is_wrong_usage(tmp_path: Path) -> None:
    articles(tmp_path, 1)
    ran = tollbook_here("extract", "in.jsonl", "--out", "run", "--max-usd", "5", cwd=tmp_path)
    assert ran.code == 2
    assert "makes no calls that cost anything" in ran.err


@pytest.mark.parametrize(
    "stated",
    [
        pytest.param(10**30, id="no number that a file can hold"),
        pytest.param(2**62, id="a number whose sum with another cannot be held"),
    ],
)
def test_an_absurd_number_of_tokens_is_none_and_the_run_goes_on(
    scripted: Scripted, tmp_path: Path, stated: int
) -> None:
    endpoint = scripted(says(EMPTY_ANSWER, usage={**USAGE, "prompt_tokens": stated}))
    articles(tmp_path, 3)
    assert extract(endpoint.url, tmp_path).code == 0
    totals = read_totals(tmp_path / "run")
    assert totals is not None
    assert (totals.answered, totals.prompt_tokens, totals.uncounted) == (3, 0, 3)
    assert extract(endpoint.url, tmp_path).code == 0
    assert len(endpoint.calls) == 3


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        pytest.param(
            Step(status=400, body=b'{"error": {"message": "a \\ud800 b"}}'),
            "infra_error",
            id="in a message",
        ),
        pytest.param(says(EMPTY_ANSWER, finish="\ud800"), "read", id="in a name"),
    ],
)
def test_half_a_surrogate_pair_from_an_endpoint_costs_no_outcome(
    scripted: Scripted, tmp_path: Path, step: Step, outcome: str
) -> None:
    endpoint = scripted(step)
    articles(tmp_path, 1)
    ran = extract(endpoint.url, tmp_path)
    (told,) = by_id(tmp_path / "run").values()
    assert told["outcome"] == outcome, ran.err
    assert [one["request_sha256"] is None for one in told["attempts"]] == [False]


def test_a_question_put_afresh_brings_another_answer_and_both_are_kept(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(says(""), GOOD)
    write_articles(tmp_path / "in.jsonl", a0="It rained.")
    assert extract(endpoint.url, tmp_path).code == 0
    (told,) = by_id(tmp_path / "run").values()
    assert [one["status"] for one in told["attempts"]] == ["invalid", "ok"]
    assert len(endpoint.calls) == 2
    write_articles(tmp_path / "in.jsonl", a0="It rained.", a1="It rained.")
    assert extract(endpoint.url, tmp_path).code == 0
    again = by_id(tmp_path / "run")["a1"]
    assert [(one["status"], one["usd"]) for one in again["attempts"]] == [
        ("invalid", None),
        ("ok", None),
    ]
    assert len(endpoint.calls) == 2


def test_no_cap_is_kept_where_the_journal_of_the_calls_is_gone(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD)
    articles(tmp_path, 2)
    assert extract(endpoint.url, tmp_path).code == 0
    (tmp_path / "run" / "calls.sqlite").unlink()
    articles(tmp_path, 3)
    ran = extract(endpoint.url, tmp_path, "--max-tokens", "1000000")
    assert (ran.code, len(endpoint.calls)) == (2, 2)
    assert "holds readings, but 'calls.sqlite' in it holds no call" in ran.err
    ran = extract(endpoint.url, tmp_path)
    assert (ran.code, len(endpoint.calls)) == (0, 3)
    assert "what they cost is unknown, and stands in no total" in ran.err
    assert extract(endpoint.url, tmp_path).code == 0


def _bound(endpoint: ScriptedEndpoint, folder: Path) -> int:
    """The most tokens that the next call may use, as the refusal of a tiny cap says."""
    ran = extract(endpoint.url, folder, "--max-tokens", "1", "--out", "tiny")
    assert (ran.code, len(endpoint.calls)) == (4, 0)
    words = ran.err.partition("the next call may take ")[2].partition(";")[0]
    return int(json.loads(words.replace(",", "")))
