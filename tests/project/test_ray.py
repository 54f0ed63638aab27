"""Ray: what a killed worker leaves is taken up, and tables and datasets are read like files.

These tests are run by hand where Ray is installed: `pip install -e '.[ray]'`, then
`pytest -m slow tests/project/test_ray.py`.
"""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from commanding import bare_environment
from scripts import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: tollbook[ray]"),
]

CHAOS = ROOT / "benchmarks" / "jobs" / "ray_chaos.py"
PATIENCE = 600  # seconds; only a job that hangs takes so long

DATASETS = """
import json, sys
from datetime import date
from pathlib import Path
import pyarrow, pyarrow.parquet, ray
from extractor.errors import StoreError, TollbookError, UsageError
from extractor.jobs.ray_data import read_with_ray
from extractor.settings import EndpointSettings
from extractor.store import open_run

def rows(ended):
    found = pyarrow.parquet.read_table(ended.outcomes).to_pylist()
    told = [[row[n] for n in ("id", "outcome", "path", "line")] for row in found]
    return sorted(told, key=json.dumps)

def outcomes(run):
    return sorted(one.outcome.value for one in open_run(run).outcomes())

def plant(row):
    raise {"own": UsageError("planted"), "other": ValueError("planted")}[row["id"]]

def met(dataset, out):
    try:
        read_with_ray(dataset, out, workers=1, settings=settings, ids_are_unique=True)
    except TollbookError as error:
        return [type(error).__name__, str(error)]

folder = Path(sys.argv[1])
settings = EndpointSettings(reader="baseline")
ray.init(num_cpus=2, include_dashboard=False, object_store_memory=150_000_000)
told = {}

articles = [{"id": f"r{n}", "text": f"No. {n}. It rained.", "published_at": date(2024, 3, 15)}
            for n in range(40)]
articles += [{"id": "r7", "text": "Another.", "published_at": None}, {"id": "none", "text": None}]
dataset = ray.data.from_items(articles)
ended = read_with_ray(dataset, folder / "a", workers=2, settings=settings, rows=8,
                      name="mine", run=folder / "run-a")
told["dataset"] = {"rows": rows(ended), "run": outcomes(folder / "run-a"),
                   "tally": {k.value: v for k, v in ended.tally.items()}}

table = pyarrow.Table.from_pylist(articles)
pyarrow.parquet.write_table(table, folder / "in.parquet", row_group_size=15)
lines = [json.dumps({"id": f"j{n}", "text": f"No. {n}. It rained."}) for n in range(500)]
(folder / "in.jsonl").write_text("\\n".join([*lines, "{broken", '{"id": "r1", "text": "x"}']))
ended = read_with_ray([folder / "in.jsonl", folder / "in.parquet"], folder / "b", workers=2,
                      settings=settings, rows=7, run=folder / "run-b")
told["files"] = {"rows": rows(ended), "run": outcomes(folder / "run-b")}
again = read_with_ray([folder / "in.jsonl", folder / "in.parquet"], folder / "b", workers=1,
                      settings=settings)
told["again"] = rows(again) == rows(ended)

told["own"] = met(ray.data.from_items([{"id": "own"}]).map(plant), folder / "c")
told["other"] = met(ray.data.from_items([{"id": "other"}]).map(plant), folder / "d")
print(json.dumps(told))
"""


def run_chaos(*options: str) -> dict[str, int]:
    ran = subprocess.run(
        [sys.executable, str(CHAOS), *options],
        cwd=ROOT,
        env=bare_environment(PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    return json.loads(ran.stdout)


def test_what_a_killed_worker_was_answered_is_not_asked_again_and_all_is_read_once() -> None:
    found = run_chaos("--articles", "120", "--kills", "1")
    assert (found["inputs"], found["rows"], found["outcomes"]) == (120, 120, 120)
    assert (found["kills"], found["starts"]) == (1, 1)
    assert 0 < found["cut_off"] <= 4  # in flight in the process that was killed
    assert (found["answered"], found["sent_again"], found["unknown"]) == (120, 0, 0)
    assert found["received"] <= 120 + found["cut_off"]
    assert found["unequal"] == 0


def test_a_job_whose_processes_were_all_killed_goes_on_and_pays_for_nothing_twice() -> None:
    found = run_chaos("--articles", "80", "--kills", "0", "--stop")
    assert (found["inputs"], found["outcomes"], found["starts"]) == (80, 80, 2)
    assert (found["answered"], found["sent_again"], found["unknown"]) == (80, 0, 0)
    assert found["unequal"] == 0


def test_tables_datasets_and_files_are_read_alike(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", DATASETS, str(tmp_path)],
        cwd=tmp_path,
        env=bare_environment(PYTHONPATH=str(ROOT), RAY_USAGE_STATS_ENABLED="0"),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])

    rows = told["dataset"]["rows"]
    assert len(rows) == 42
    assert told["dataset"]["tally"] == {"read": 40, "rejected_input": 2}
    assert told["dataset"]["run"] == ["read"] * 40 + ["rejected_input"] * 2
    rejected = {name: path for name, outcome, path, _ in rows if outcome == "rejected_input"}
    assert set(rejected) == {"r7", "none"}
    assert all(path.startswith("mine#") for path in rejected.values())

    rows = told["files"]["rows"]
    assert len(rows) == 502 + 42
    assert told["files"]["run"] == ["read"] * 540 + ["rejected_input"] * 4
    rejected = [
        [name, Path(path).name, line]
        for name, outcome, path, line in rows
        if outcome == "rejected_input"
    ]
    assert rejected == [
        ["none", "in.parquet", 42],
        ["r1", "in.parquet", 2],  # it stood in the JSONL file before
        ["r7", "in.parquet", 41],
        [None, "in.jsonl", 501],
    ]
    assert ["r39", "read", str(tmp_path / "in.parquet"), 40] in rows
    assert told["again"] is True

    assert told["own"] == ["UsageError", "planted"]
    assert told["other"][0] == "StoreError"
    assert "Ray has given the job up" in told["other"][1]
