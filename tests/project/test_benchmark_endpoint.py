"""The endpoint that jobs are measured against: a wrong count there would prove nothing here."""

import json
from collections import Counter
from typing import Any

import pytest
from scripts import script

from extractor.readers.calls import sha256_of_json

endpoint = script("benchmarks/jobs/endpoint.py")
PATH = "/v1/chat/completions"
ANSWERS = {"tollbook": ['{"a": 0}', '{"a": 1}'], "other": ["three"]}


def make(**manners: Any) -> Any:
    return endpoint.Endpoint(ANSWERS, endpoint.Manners(**manners))


def body(n: int = 0) -> bytes:
    return json.dumps({"messages": [{"content": f"Ref {n:06d}"}], "model": "m"}).encode()


def said(reply: bytes) -> Any:
    head, _, told = reply.partition(b"\r\n\r\n")
    assert f"content-length: {len(told)}".encode() in head
    return json.loads(told)["choices"][0]["message"]["content"]


@pytest.mark.parametrize("seed", [1, 2])
def test_of_every_hundred_calls_exactly_so_many_get_each_fault(seed: int) -> None:
    served = make(seed=seed, faults={"throttled": 20, "failing": 5, "page": 1})

    fates = [served.take(PATH, body())[1] for _ in range(300)]

    for start in (0, 100, 200):
        met = Counter(fates[start : start + 100])
        assert met == {"answered": 74, "throttled": 20, "failing": 5, "page": 1}
    assert fates[:100] != fates[100:200]


def test_the_marker_and_the_address_choose_the_answer_and_the_delay() -> None:
    served = make(delay=0.25)

    delay, _, _, reply = served.take(PATH, body(7))
    assert (delay, said(reply)) == (0.25, '{"a": 1}')
    delay, _, _, reply = served.take("/other/40/v1/chat/completions", body(8))
    assert (delay, said(reply)) == (0.04, "three")


def test_requests_are_counted_by_the_hash_that_a_run_knows_them_by() -> None:
    served = make(hashes=True, faults={"failing": 50})
    asked = [served.take(PATH, body(n % 2)) for n in range(100)]
    for _, fate, request, _ in asked[:60]:
        served.note(fate, request)

    counted = served.counts.as_json()

    assert counted["calls"] == 100
    assert counted["completions"] == sum(fate == "answered" for _, fate, _, _ in asked[:60])
    assert set(counted["requests"]) == {sha256_of_json(json.loads(body(n))) for n in (0, 1)}
    assert [calls for calls, _ in counted["requests"].values()] == [50, 50]


def test_calls_beyond_the_allowed_rate_are_told_when_to_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr(endpoint.time, "monotonic", lambda: now)
    served = make(rate=10)

    fates = Counter(served.take(PATH, body())[1] for _ in range(15))
    assert fates == {"answered": 10, "limited": 5}
    assert b"retry-after: 0.100\r\n" in served.take(PATH, body())[3]
    now += 0.5
    fates = Counter(served.take(PATH, body())[1] for _ in range(15))
    assert fates == {"answered": 5, "limited": 10}
