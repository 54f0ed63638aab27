"""The prompt developer's loop, as docs/gate.md walks through it: a copy made worse is found out."""

import importlib.util
import json
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from commanding import Ran, tollbook_here
from perturbing import GOLD_FOLDER

ROOT = Path(__file__).resolve().parents[2]


def _stand_in() -> ModuleType:
    path = ROOT / "tools" / "stand_in.py"
    spec = importlib.util.spec_from_file_location("stand_in", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


STAND_IN: Any = _stand_in()


@pytest.fixture
def endpoint() -> Iterator[str]:
    server = STAND_IN.serve(0, seed=1)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    serving.join()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    shutil.copytree(GOLD_FOLDER, tmp_path / "gold")
    return tmp_path


def command(desk: Path, *asked: str) -> Ran:
    return tollbook_here(*asked, cwd=desk, env={"TOLLBOOK_API_KEY": "none"})


def test_a_prompt_made_worse_is_found_out(desk: Path, endpoint: str) -> None:
    drafted = command(desk, "prompt", "new", "incident/v2")
    assert drafted.code == 0, drafted.err
    template = desk / "prompts" / "incident" / "v2" / "system.md.j2"
    words = template.read_text("utf-8")
    assert STAND_IN.MINDED in words
    template.write_text(words.replace(STAND_IN.MINDED, ""), "utf-8")

    compared = command(desk, "prompt", "diff", "incident/v1", "incident/v2")
    assert compared.code == 1
    assert "-- The speaker is whoever the article names" in compared.out

    for prompt, more in (("v1", ()), ("v2", ("--prompts", "prompts"))):
        ran = command(
            desk,
            *("eval", "run", "--reader", "openai/stand-in", "--base-url", endpoint),
            *("--prompt", f"incident/{prompt}", "--out", f"runs/{prompt}", *more),
        )
        assert ran.code == 0, ran.err

    told = command(desk, "eval", "compare", "runs/v1", "runs/v2", "--format", "json")
    assert told.code == 0, told.err
    figures = {one["name"]: one for one in json.loads(told.out)["differences"]}
    assert figures["count.accuracy"]["delta"] < 0
    assert figures["incident.accuracy"]["delta"] == 0
    items = json.loads(told.out)["items"]
    broken = [one for one in items if one["change"] == "broken"]
    assert "wrong_speaker" in {one["after"]["mistake"] for one in broken if one["after"]}

    gated = command(desk, "eval", "gate", "runs/v2", "--baseline", "runs/v1")
    assert gated.code in (1, 5)
    assert "count.accuracy" in gated.out or "Count claims" in gated.out


def test_the_stand_in_minds_the_line_that_the_released_prompt_has() -> None:
    pack = ROOT / "prompts" / "incident" / "v1" / "system.md.j2"
    assert STAND_IN.MINDED in pack.read_text("utf-8")
