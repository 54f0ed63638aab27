"""The batch lane: same requests, same records and half the money, whatever becomes of a batch."""

import json
import os
import threading
from dataclasses import dataclass
from typing import Any

import pytest
from asking import KEY
from batch_running import MODEL, Desk, custom_ids, desk, once, told
from batching import Body, Fate, answering, completion
from commanding import by_id
from loopback import USAGE

from extractor.errors import UsageError
from extractor.jobs import Limits

__all__ = ["desk"]

ROWS = {
    "good": ("read", ["ok"]),
    "prose once": ("read", ["invalid", "ok"]),
    "prose": ("invalid", ["invalid", "invalid"]),
    "refusal": ("refused", ["refusal"]),
    "cut": ("truncated", ["truncated"]),
    "filter": ("refused", ["content_filter"]),
    "long": ("invalid", ["context_length"]),
    "broken once": ("read", ["http_500", "ok"]),
    "busy once": ("read", ["http_429", "ok"]),
    "broken": ("infra_error", ["http_500", "http_500"]),
    "empty once": ("read", ["invalid", "ok"]),
    "empty, then broken": ("read", ["invalid", "http_500", "ok"]),
    "broken, then empty, then broken": ("read", ["http_500", "invalid", "http_500", "ok"]),
    "other line ends": ("read", ["ok"]),
}
TEXTS = {
    **{name.replace(" ", "_"): f"[{name}]" for name in ROWS},
    "other_line_ends": "A\u2028line\u2029and\u0085another.",
    "same": "[good]",
}
PRICES = f'[models."{MODEL.removeprefix("openai/")}"]\ninput = 2.0\noutput = 4.0\nbatch = 0.5\n'


def _plain(outcome: dict[str, Any], factor: float = 1.0) -> dict[str, Any]:
    """An outcome without what no two calls have in common, at a share of its price."""
    attempts = [
        {
            **attempt,
            "milliseconds": None,
            "request_id": None,
            "usd": attempt["usd"] and attempt["usd"] * factor,
        }
        for attempt in outcome["attempts"]
    ]
    return {**outcome, "attempts": attempts}


def test_the_records_are_those_of_the_live_lane_at_half_the_price(desk: Desk) -> None:
    desk.put(**TEXTS)
    (desk.folder / "prices.toml").write_text(PRICES, "utf-8")
    prices = desk.folder / "prices.toml"
    batch = desk.read(prices=prices, batch_requests=5)
    assert desk.endpoint.live == 0
    in_batches = dict(desk.endpoint.asked)
    desk.endpoint.forget()
    live = desk.read(prices=prices, lane="live", run="live", at_once=1)
    assert batch.sums == live.sums
    assert in_batches == dict(desk.endpoint.asked)  # the very same bodies, as often
    assert [len(ids) for ids in custom_ids(desk.endpoint)] == [5, 5, 4, 5, 3, 2, 1]
    found, wanted = by_id(desk.folder / "run"), by_id(desk.folder / "live")
    assert {name: _plain(one) for name, one in found.items()} == {
        name: _plain(one, factor=0.5) for name, one in wanted.items()
    }
    for name, (outcome, statuses) in ROWS.items():
        one = found[name.replace(" ", "_")]
        assert (one["outcome"], [made["status"] for made in one["attempts"]]) == (outcome, statuses)
    totals = "SELECT state, status, count(*), sum(prompt_tokens), sum(usd) FROM calls"
    of_batch, of_live = (desk.query(f"{totals} GROUP BY 1, 2", run) for run in ("run", "live"))
    assert [row[:4] for row in of_batch] == [row[:4] for row in of_live]
    assert sum(row[4] or 0 for row in of_batch) == pytest.approx(
        sum(row[4] or 0 for row in of_live) / 2
    )


def test_both_lanes_share_answers_and_the_journal(desk: Desk) -> None:
    desk.put(a1="One.", a2="Two.")
    desk.read(lane="live")
    desk.put(a1="One.", a2="Two.", a3="Three.", a4="One.")
    ran = desk.read()
    assert ran.sums == {"read": 4}
    assert [len(ids) for ids in custom_ids(desk.endpoint)] == [1]
    desk.put(a1="One.", a2="Two.", a3="Three.", a4="One.", a5="Five.", a6="Three.", a7="Two.")
    assert desk.read(lane="live").sums == {"read": 7}
    assert desk.endpoint.live == 3
    calls = "SELECT lane, state, count(*) FROM calls GROUP BY 1, 2"
    assert desk.query(calls) == [("batch", "answered", 1), ("live", "answered", 3)]
    assert once(desk.endpoint)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What becomes of the first batch, of four articles, and what it comes to."""

    fate: Fate
    told: str
    later: int
    """Requests of the second batch."""
    statuses: tuple[str, str] = ("ok", "ok")
    """Of the first and the last article: the first request that brings no answer, and the last."""


def _first_half(line: int) -> bool:
    return line < 2


def _none(line: int) -> bool:
    return False


STRAY: Body = {"custom_id": "nobody", "response": {"status_code": 200, "body": completion("{}")}}
CASES = {
    "completed": Case(fate=Fate(), told="completed, 4 answered, 0 failed", later=0),
    "expired, the rest told": Case(
        fate=Fate(status="expired", is_done=_first_half),
        told="expired, 2 answered, 2 failed",
        later=2,
        statuses=("ok", "batch_expired ok"),
    ),
    "expired, the rest untold": Case(
        fate=Fate(status="expired", is_done=_first_half, tells_rest=False),
        told="expired, 2 answered, 0 failed, 2 without a result",
        later=2,
        statuses=("ok", "batch_expired ok"),
    ),
    "nothing done": Case(
        fate=Fate(status="expired", is_done=_none, tells_rest=False),
        told="expired, 0 answered, 0 failed, 4 without a result",
        later=4,
        statuses=("batch_expired ok", "batch_expired ok"),
    ),
    "completed, some without a result": Case(
        fate=Fate(is_done=_first_half, tells_rest=False),
        told="completed, 2 answered, 0 failed, 2 without a result",
        later=2,
        statuses=("ok", "batch_without_result ok"),
    ),
    "failed midway": Case(
        fate=Fate(status="failed", is_done=_first_half, tells_rest=False),
        told="failed, 2 answered, 0 failed, 2 without a result",
        later=2,
        statuses=("ok", "batch_failed ok"),
    ),
    "doubled and unknown": Case(
        fate=Fate(doubled=True, more=(STRAY, {"no": "id"})),
        told="completed, 4 answered, 0 failed, 1 results of unknown requests, 1 results too many,"
        " 1 unreadable lines",
        later=0,
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_is_done_is_kept_and_only_what_is_missing_is_sent_again(
    desk: Desk, case: Case
) -> None:
    desk.endpoint.fates.append(case.fate)
    desk.put(a1="One.", a2="Two.", a3="Three.", a4="Four.")
    ran = desk.read()
    assert ran.sums == {"read": 4}
    assert f"part 1 (batch_1): {case.told}" in ran.said
    assert [len(ids) for ids in custom_ids(desk.endpoint)] == [
        4,
        *([case.later] * bool(case.later)),
    ]
    assert once(desk.endpoint)
    by_line = _statuses_by_line(desk)
    assert (by_line[0], by_line[3]) == case.statuses
    assert desk.left() == []


def _statuses_by_line(desk: Desk) -> dict[int, str]:
    """The statuses of each article's attempts, by the line of its request in the first file."""
    order = {one["custom_id"]: line for line, one in enumerate(desk.endpoint.requests_of(0))}
    return {
        order[one["attempts"][0]["request_sha256"]]: " ".join(
            attempt["status"] for attempt in one["attempts"]
        )
        for one in by_id(desk.folder / "run").values()
    }


def test_what_never_comes_ends_as_an_infra_error_and_is_tried_afresh_when_asked(
    desk: Desk,
) -> None:
    desk.endpoint.fates += [Fate(status="expired", is_done=lambda line: line > 0)] * 2
    desk.put(a1="One.")
    ran = desk.read()
    assert ran.sums == {"infra_error": 1}
    assert "gave no answer in 2 tries (batch_expired, batch_expired" in ran.said
    assert len(desk.endpoint.batches) == 2
    assert desk.read().sums == {"read": 1}
    assert desk.statuses() == {"a1": ["ok"]}
    assert len(desk.endpoint.batches) == 3


def test_a_cancelled_batch_is_not_sent_again_unasked(desk: Desk) -> None:
    desk.endpoint.fates.append(Fate(status="cancelled", is_done=_first_half, tells_rest=False))
    desk.put(a1="One.", a2="Two.", a3="Three.")
    ran = desk.read()
    assert ran.sums == {"read": 2}
    assert "was cancelled at the endpoint, with 1 of 3 requests not done; repeat" in ran.stopped
    assert len(desk.endpoint.batches) == 1
    assert desk.read().sums == {"read": 3}
    assert [len(ids) for ids in custom_ids(desk.endpoint)] == [3, 1]
    assert once(desk.endpoint)


def test_a_line_that_the_endpoint_turns_down_costs_the_others_nothing(desk: Desk) -> None:
    wrong = {"code": "invalid_request", "message": "bad line", "line": 2}
    desk.endpoint.fates.append(Fate(status="failed", errors=(wrong,)))
    desk.put(a1="One.", a2="Two.", a3="Three.")
    ran = desk.read()
    assert ran.sums == {"read": 2, "infra_error": 1}
    assert "turned this request down (invalid_request: bad line)" in ran.said
    assert [len(ids) for ids in custom_ids(desk.endpoint)] == [3, 2]


def test_a_file_that_is_turned_down_stops_the_run_which_can_go_on(desk: Desk) -> None:
    wrong = {"code": "model_not_found", "message": "no such model", "line": None}
    desk.endpoint.fates.append(Fate(status="failed", errors=(wrong,)))
    desk.put(a1="One.", a2="Two.")
    ran = desk.read()
    assert (ran.sums, ran.ended.waiting.batches) == ({}, 0)
    assert "turned part 1 (batch_1) down (model_not_found: no such model)" in ran.stopped
    assert desk.read().sums == {"read": 2}
    assert len(desk.endpoint.batches) == 2
    assert once(desk.endpoint)


def test_a_full_queue_is_waited_for(desk: Desk) -> None:
    full = {"code": "token_limit_exceeded", "message": "Enqueued token limit reached", "line": None}
    desk.endpoint.fates += [Fate(), Fate(status="failed", errors=(full,), looks=0)]
    desk.put(a1="One.", a2="Two.")
    ran = desk.read(batch_requests=1)
    assert ran.sums == {"read": 2}
    assert "put off, the endpoint's queue is full (Enqueued token limit reached)" in ran.said
    assert (len(desk.endpoint.uploads), len(desk.endpoint.batches)) == (2, 3)


def test_a_queue_that_never_has_room_stops_the_run(desk: Desk) -> None:
    full = {"code": "token_limit_exceeded", "message": "Enqueued token limit reached", "line": None}
    desk.endpoint.fates += [Fate(status="failed", errors=(full,), looks=0)] * 8
    desk.put(a1="One.")
    ran = desk.read(poll_seconds=0.001)
    assert "had no room for part 1 (batch_8) 8 times" in ran.stopped
    assert desk.read().sums == {"read": 1}


FAULTS: dict[str, dict[str, list[tuple[int, Body]]]] = {
    "files that come late": {"fetch": [(404, {}), (403, {}), (500, {})]},
    "looks that fail": {"look": [(500, {}), (429, {}), (503, {})]},
    "an upload that fails": {"upload": [(500, {}), (-500, {})]},
    "a batch that is not made": {"create": [(500, {})]},
    "a batch that is made, and nobody is told": {"create": [(-500, {})]},
    "a listing that fails": {"create": [(-500, {})], "list": [(500, {})]},
}


@pytest.mark.parametrize("faults", FAULTS.values(), ids=FAULTS.keys())
def test_what_passes_at_the_endpoint_is_waited_for(
    desk: Desk, faults: dict[str, list[tuple[int, Body]]]
) -> None:
    desk.endpoint.faults.update({step: list(several) for step, several in faults.items()})
    desk.put(a1="One.", a2="Two.", a3="Three.")
    ran = desk.read(batch_requests=2)
    assert (ran.sums, ran.stopped) == ({"read": 3}, "")
    assert len(desk.endpoint.batches) == 2
    assert once(desk.endpoint)
    assert not any(desk.endpoint.faults.values())


def test_a_batch_too_many_is_put_off_until_another_has_ended(desk: Desk) -> None:
    desk.endpoint.fates.append(Fate(looks=3))
    desk.put(a1="One.", a2="Two.")
    desk.endpoint.is_narrow = True
    ran = desk.read(batch_requests=1, give_up_seconds=0.001)
    assert (ran.sums, ran.stopped) == ({"read": 2}, "")
    assert once(desk.endpoint)


REFUSALS = {
    "no batches there": (404, "may have no Batch API: check base_url, or read with --lane live"),
    "a wrong key": (401, "set OPENAI_API_KEY or TOLLBOOK_API_KEY"),
    "down": (503, "failed at"),
}


@pytest.mark.parametrize(("status", "then"), REFUSALS.values(), ids=REFUSALS.keys())
def test_an_endpoint_that_takes_no_batches_stops_the_run(
    desk: Desk, status: int, then: str
) -> None:
    desk.endpoint.faults["upload"] = [(status, {"error": {"message": f"key {KEY}"}})] * 50
    desk.put(a1="One.")
    ran = desk.read(give_up_seconds=0.02)
    assert (ran.sums, desk.endpoint.batches) == ({}, [])
    assert f"uploading part 1 failed at '{desk.endpoint.url}' (http_{status}" in ran.stopped
    assert then in ran.stopped
    assert KEY not in ran.stopped
    desk.endpoint.faults.clear()
    assert desk.read().sums == {"read": 1}


def test_what_is_no_batch_stops_the_run(desk: Desk) -> None:
    desk.endpoint.faults["create"] = [(200, {"hello": "there"})]
    desk.put(a1="One.")
    ran = desk.read()
    assert "posting part 1 failed" in ran.stopped
    assert "the reply is no file and no batch" in ran.stopped


def test_a_key_that_results_refuse_stops_the_run_and_is_tried_again(desk: Desk) -> None:
    refused = {"error": {"message": "no", "type": "t", "code": "invalid_api_key"}}
    desk.endpoint.answer = lambda body, times: (401, refused)
    desk.put(a1="One.", a2="Two.", a3="Three.")
    ran = desk.read()
    assert "refuses model 'org/model-1' (http_401); set OPENAI_API_KEY" in ran.stopped
    desk.endpoint.answer = answering
    assert desk.read().sums == {"read": 3}


def test_no_more_batches_are_under_way_than_asked_for(desk: Desk) -> None:
    desk.put(**{f"a{n}": f"No. {n}." for n in range(100)})
    ran = desk.read(batch_requests=10, batches_at_once=2)
    assert ran.sums == {"read": 100}
    assert desk.endpoint.most_under_way == 2
    assert max(len(ids) for ids in custom_ids(desk.endpoint)) == 10


def test_the_tokens_under_way_are_kept_to(desk: Desk) -> None:
    desk.put(a1="One.", a2="Two.", a3="Three.")
    ran = desk.read(batch_tokens=1)  # so each request is too long to share a batch
    assert ran.sums == {"read": 3}
    assert [len(ids) for ids in custom_ids(desk.endpoint)] == [1, 1, 1]
    assert desk.endpoint.most_under_way == 1


def test_files_are_no_larger_than_asked_for(desk: Desk) -> None:
    desk.put(**{f"a{n}": f"No. {n}." for n in range(5)})
    desk.read(run="whole")
    (whole,) = desk.endpoint.uploads
    ran = desk.read(batch_bytes=str(len(whole) // 2))
    assert ran.sums == {"read": 5}
    assert [len(ids) for ids in custom_ids(desk.endpoint)[1:]] == [2, 2, 1]
    assert all(len(one) <= len(whole) // 2 for one in desk.endpoint.uploads[1:])


def test_inputs_are_gone_over_once(desk: Desk) -> None:
    pipe = desk.folder / "in.jsonl"
    texts = {"a1": "One.", "a2": "[prose once]", "a3": "[broken once]"}
    os.mkfifo(pipe)
    lines = "".join(json.dumps({"id": i, "text": told(text)}) + "\n" for i, text in texts.items())
    writing = threading.Thread(target=pipe.write_text, args=(lines,))
    writing.start()
    ran = desk.read()
    writing.join()
    assert ran.sums == {"read": 3}
    assert [len(ids) for ids in custom_ids(desk.endpoint)] == [3, 2]


def test_a_cap_of_the_run_counts_what_batches_may_come_to(desk: Desk) -> None:
    desk.put(a0="No. 0.")
    desk.read(run="one")
    ((most,),) = desk.query("SELECT most_tokens FROM calls", "one")
    desk.put(**{f"a{n}": f"No. {n}." for n in range(5)})
    # At their most, two requests fit; when two are back, they have left room for one, and so on.
    ran = desk.read(limits=Limits(tokens=2 * most + _TOKENS - 1))
    assert (ran.sums, ran.stopped) == ({"read": 5}, "")
    assert [len(ids) for ids in custom_ids(desk.endpoint)[1:]] == [2, 1, 1, 1]


def test_a_cap_that_is_reached_stops_the_run_and_can_be_raised(desk: Desk) -> None:
    desk.put(a0="No. 0.")
    desk.read(run="one")
    ((most,),) = desk.query("SELECT most_tokens FROM calls", "one")
    desk.put(**{f"a{n}": f"No. {n}." for n in range(3)})
    ran = desk.read(limits=Limits(tokens=most + _TOKENS - 1))
    assert ran.sums == {"read": 1}
    assert "the cap of" in ran.stopped
    assert desk.read(limits=Limits(tokens=9 * most)).sums == {"read": 3}
    assert [len(ids) for ids in custom_ids(desk.endpoint)[1:]] == [1, 2]


_TOKENS = USAGE["total_tokens"]


def test_a_cap_in_money_needs_a_price_of_the_batch_lane(desk: Desk) -> None:
    desk.put(a1="One.")
    prices = PRICES.replace("batch = 0.5\n", "")
    (desk.folder / "prices.toml").write_text(prices, "utf-8")
    with pytest.raises(UsageError, match="in the batch lane; state it in a file"):
        desk.read(prices=desk.folder / "prices.toml", limits=Limits(usd=1.0))


def test_only_models_are_asked_in_batches(desk: Desk) -> None:
    desk.put(a1="One.")
    with pytest.raises(UsageError, match="'baseline' makes no calls that a batch could hold"):
        desk.read(reader="baseline")


def test_neither_key_nor_articles_are_left_beside_the_journal(desk: Desk) -> None:
    secret = "Zayneb Qasimova"
    desk.put(a1=f"{secret} fled. [prose once]", a2=f"{secret} stayed. [broken]")

    def echoing(body: Body, times: int) -> tuple[int, Body]:
        status, said = answering(body, times)
        message = f"cannot read: {told(f'{secret} stayed')} {KEY}"
        return status, said if status == 200 else {"error": {"message": message}}

    desk.endpoint.answer = echoing
    ran = desk.read()
    said = ran.stopped + ran.said + json.dumps(desk.query("SELECT * FROM calls"))
    said += json.dumps(desk.query("SELECT * FROM batches"))
    assert KEY not in said
    assert secret not in said
    for path in (desk.folder / "run").rglob("*"):
        assert path.is_dir() or KEY.encode() not in path.read_bytes()
    attempts = desk.outcomes()["a2"]["attempts"]
    assert {one["message"] for one in attempts} == {
        "(its message repeats the request and is withheld)"
    }


def test_results_are_fetched_from_wherever_the_endpoint_keeps_them(desk: Desk) -> None:
    desk.put(one="[good]", two="[busy once]")
    desk.endpoint.points_on = True
    assert desk.read().sums == {"read": 2}
    assert desk.endpoint.steps.index("point") < desk.endpoint.steps.index("fetch")
