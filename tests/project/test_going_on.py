import json
from pathlib import Path

import pytest
from commanding import by_id, outcomes, sum_of, tollbook, tollbook_here, write_articles

ARTICLE = "Gunmen killed two teachers in Basra on Friday, police said."
OTHER = "Shelling wounded six farmers near Old Mill on Monday, a doctor said."


def test_repeating_the_command_reads_only_what_is_new(tmp_path: Path) -> None:
    stored = tmp_path / "run" / "outcomes.jsonl"
    command = ("extract", "in.jsonl", "--out", "run")
    write_articles(tmp_path / "in.jsonl", a=ARTICLE, b=" ")
    assert tollbook_here(*command, cwd=tmp_path).code == 3
    before = stored.read_bytes()

    write_articles(tmp_path / "in.jsonl", a=ARTICLE, b=" ", c=OTHER)
    again = tollbook_here(*command, cwd=tmp_path)

    assert again.code == 3
    assert sum_of(again) == {"read_with_flags": 2, "rejected_input": 1}
    assert "in.jsonl:2: rejected_input (as before)" in again.err
    after = stored.read_bytes()
    assert after.startswith(before)
    assert list(by_id(tmp_path / "run")) == ["a", "c"]
    assert after.count(b"\n") == before.count(b"\n") + 1


@pytest.mark.parametrize(
    ("named", "out"),
    [(".", "run"), (".", "runs/deep/run"), ("desk", "desk/run")],
    ids=["beside", "below", "in the folder"],
)
def test_a_run_does_not_read_what_it_writes(tmp_path: Path, named: str, out: str) -> None:
    (tmp_path / "desk").mkdir()
    write_articles(tmp_path / "desk" / "in.jsonl", a=ARTICLE, b=OTHER)
    for _ in range(2):
        ran = tollbook("extract", named, "--out", out, cwd=tmp_path)
        assert ran.code == 0
        assert sum_of(ran) == {"read_with_flags": 2}
        assert len(outcomes(tmp_path / out)) == 2


@pytest.mark.parametrize("named", ["run", "run/outcomes.jsonl", "./run/../run/run.json"])
def test_a_run_is_no_input_of_its_own(tmp_path: Path, named: str) -> None:
    write_articles(tmp_path / "in.jsonl", a=ARTICLE)
    command = ("extract", "in.jsonl", "--out", "run")
    tollbook_here(*command, cwd=tmp_path)
    before = (tmp_path / "run" / "outcomes.jsonl").read_bytes()

    ran = tollbook_here(*command, named, cwd=tmp_path)

    assert ran.code == 2
    assert f"the input {named!r} lies in the run folder 'run'" in ran.err
    assert (tmp_path / "run" / "outcomes.jsonl").read_bytes() == before


def test_an_article_that_changed_is_read_anew_and_its_earlier_outcome_kept(tmp_path: Path) -> None:
    command = ("extract", "in.jsonl", "--out", "run")
    write_articles(tmp_path / "in.jsonl", a=ARTICLE)
    tollbook_here(*command, cwd=tmp_path)
    before = (tmp_path / "run" / "outcomes.jsonl").read_bytes()

    write_articles(tmp_path / "in.jsonl", a=OTHER)
    again = tollbook_here(*command, cwd=tmp_path)

    assert again.code == 0
    assert sum_of(again) == {"read_with_flags": 1}
    assert (tmp_path / "run" / "outcomes.jsonl").read_bytes().startswith(before)
    assert [one["article"]["text"] for one in outcomes(tmp_path / "run")] == [ARTICLE, OTHER]
    shown = tollbook_here("show", "run", "--json", cwd=tmp_path).out
    (line,) = shown.splitlines()
    assert json.loads(line)["article"]["text"] == OTHER
    assert "an earlier version of the article, with another text" in line
    assert tollbook_here("verify", "run", cwd=tmp_path).code == 0
