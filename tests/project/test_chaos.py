"""A small share of `benchmarks/jobs/chaos.py`: a job killed while its endpoint fails."""

import json
import subprocess
import sys

from commanding import bare_environment
from scripts import ROOT

SCRIPT = ROOT / "benchmarks" / "jobs" / "chaos.py"
PATIENCE = 240  # seconds; only a job that hangs takes so long


def test_a_job_killed_again_and_again_reads_every_article_once_and_pays_for_nothing_twice() -> None:
    size = ("--articles", "60", "--kills", "3", "--at-once", "16", "--delay", "20", "--seed", "2")
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), *size],
        cwd=ROOT,
        env=bare_environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    found = json.loads(ran.stdout)
    assert (found["inputs"], found["outcomes"], found["read_twice"]) == (60, 60, 0)
    assert found["starts"] > found["kills"] == 3
    assert 0 < found["cut_off"] == found["in_flight"]
    assert (found["sent_again"], found["unknown"]) == (0, 0)
    assert 0 <= found["completions"] - found["answered"] <= found["in_flight"]
    assert found["received"] > 60
