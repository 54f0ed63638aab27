"""Answers of the batch lane are mapped anew, and asked for again, like any other."""

import json
import sqlite3
from contextlib import closing

from batch_running import SETTINGS, Desk, desk
from commanding import tollbook_here
from rewriting import as_other_code_wrote, latest, lost

__all__ = ["desk"]


def test_each_call_of_a_batch_has_its_own_answer_again(desk: Desk) -> None:
    desk.put(a1="[good]", a2="[prose once]", a3="[broken once]", a4="[refusal]")
    desk.command()
    right = latest(desk.folder)
    assert [len(right[name]["attempts"]) for name in ("a1", "a2", "a3", "a4")] == [1, 2, 2, 1]
    failed = lost("invalid", message="not understood")
    as_other_code_wrote(desk.folder, a1=failed, a2=lost("infra_error"), a3=failed)
    ran = tollbook_here("run", "reparse", "run", cwd=desk.folder)
    assert ran.code == 0
    found = latest(desk.folder)
    for name, one in right.items():
        assert found[name]["outcome"] == one["outcome"]
        assert found[name].get("answer") == one.get("answer")
    assert found["a4"] == right["a4"]


def test_what_a_batch_brought_no_reading_of_is_asked_for_call_by_call(desk: Desk) -> None:
    desk.put(a1="[good]", a2="[refusal]")
    desk.command()
    env = {**SETTINGS, "TOLLBOOK_BASE_URL": desk.url}
    ran = tollbook_here("run", "retry", "run", "--only", "refused", cwd=desk.folder, env=env)
    assert (ran.code, desk.endpoint.live) == (4, 1)
    assert latest(desk.folder)["a2"]["outcome"] == "refused"


def test_calls_that_wait_in_batches_are_told_of_and_not_as_cut_off(desk: Desk) -> None:
    desk.put(a1="[good]")
    desk.command()
    with closing(sqlite3.connect(desk.folder / "run" / "calls.sqlite")) as journal:
        journal.execute("UPDATE calls SET state = 'sent', status = NULL")
        journal.commit()
    told = json.loads(tollbook_here("run", "status", "run", "--json", cwd=desk.folder).out)
    assert (told["calls"]["under_way"], told["calls"]["cut_off"]) == (1, 0)
    assert told["calls"]["lanes"] == {"batch": 1}
    assert told["next"][0].startswith("1 calls wait in batches: repeat the run's own command")
