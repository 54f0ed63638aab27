"""The examples of the README and the docs run, and print what they say they print."""

import contextlib
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n+```text\n(?P<shown>.*?)```", re.DOTALL)
_SHOWN = re.compile(
    r"<!-- shown: tollbook (?P<command>.*?) -->\n```text\n(?P<text>.*?)```\n<!-- end -->", re.DOTALL
)


def _examples() -> list[tuple[str, str, str]]:
    found = [(p.name, m) for p in PAGES for m in _EXAMPLE.finditer(p.read_text("utf-8"))]
    return [(f"{name}-{n}", m["code"], m["shown"]) for n, (name, m) in enumerate(found, 1)]


@pytest.mark.parametrize(("name", "code", "shown"), _examples(), ids=lambda part: part[:20])
def test_a_python_example_prints_what_stands_under_it(name: str, code: str, shown: str) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, name, "exec"), {})  # the project's own documentation
    assert printed.getvalue() == shown


def test_the_readme_has_an_example() -> None:
    assert any(name.startswith("README") for name, _, _ in _examples())


def _tollbook(*arguments: str, cwd: Path) -> str:
    command = [sys.executable, "-m", "extractor.cli", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the commands of `make demo` have run."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(ROOT / "samples", folder / "samples")
    _tollbook("extract", "samples", "--published", "2024-03-15", "--out", "runs/demo", cwd=folder)
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_output_shown_in_a_page_is_what_the_command_prints(page: Path, demo: Path) -> None:
    for match in _SHOWN.finditer(page.read_text("utf-8")):
        printed = _tollbook(*match["command"].split(), cwd=demo)
        assert match["text"] == printed


def test_the_demo_of_the_makefile_is_the_one_shown() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "extract samples --published 2024-03-15 --out $(DEMO_RUN)" in makefile
