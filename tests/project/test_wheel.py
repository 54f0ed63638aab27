"""What is installed from the wheel works by itself, with everything that it needs inside."""

import configparser
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from commanding import bare_environment, outcomes

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel installed into a folder of its own."""
    folder = tmp_path_factory.mktemp("installed") / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run(*pip, "--no-index", "--no-deps", "--target", str(folder), str(wheel), cwd=ROOT)
    return folder


def _run(*command: str, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=bare_environment(**environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_the_packages_with_their_files_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names}
    packages = {top for top in tops if not top.endswith(".dist-info")}
    assert packages == {"extractor", "eval"}
    assert len(tops) == 3
    bundled = {"prompts": "extractor/bundled/prompts", "gold": "extractor/bundled/gold"}
    for source, target in {"extractor": "extractor", "eval": "eval", **bundled}.items():
        wanted = {f"{target}/{path.relative_to(ROOT / source)}" for path in _tracked(source)}
        assert wanted
        assert wanted <= set(names)
    kept = {name.split("/")[3] for name in names if name.startswith("extractor/bundled/gold/")}
    assert not kept & _SOURCES_OF_GOLD
    for left_out in ("tests/", "samples/", "docs/", "runs/"):
        assert not [name for name in names if name.startswith(left_out) or f"/{left_out}" in name]
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


_SOURCES_OF_GOLD = {"labels", "passes", "blessed", "recordings"}
"""What grading does not need of the gold set: it stays in the repository."""


def _tracked(name: str) -> list[Path]:
    return [
        path
        for path in (ROOT / name).rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and not (name == "gold" and path.relative_to(ROOT / name).parts[0] in _SOURCES_OF_GOLD)
    ]


def test_the_wheel_offers_the_command_and_its_verb(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (path,) = [name for name in archive.namelist() if name.endswith("/entry_points.txt")]
        offered = configparser.ConfigParser()
        offered.read_string(archive.read(path).decode())
    assert dict(offered["console_scripts"]) == {"tollbook": "extractor.cli:main"}
    assert dict(offered["tollbook.commands"]) == {"eval": "eval.cli:app"}


def test_what_is_installed_finds_its_own_files(site: Path, tmp_path: Path) -> None:
    script = """
import extractor
from eval import cli as grading
from importlib.metadata import distribution
from extractor.assets import find_asset_folder
from extractor.prompt import load_prompt
for path in (extractor.__file__, grading.__file__, find_asset_folder("gold") / "README.md",
             find_asset_folder("prompts"), distribution("tollbook").locate_file("")):
    print(path)
print(load_prompt("incident/v1").fingerprint)
"""
    told = _run(sys.executable, "-c", script, cwd=tmp_path, PYTHONPATH=str(site)).splitlines()

    *paths, fingerprint = told
    assert len(paths) == 5
    for path in paths:
        assert Path(path).is_relative_to(site)
        assert Path(path).exists()
    here = _run(sys.executable, "-c", script, cwd=tmp_path).splitlines()
    assert fingerprint == here[-1]
    assert not Path(here[0]).is_relative_to(site)


def test_the_installed_command_reads_shows_verifies_and_counts(site: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "samples" / "three-incidents.txt", tmp_path)
    command = [sys.executable, str(site / "bin" / "tollbook")]

    def tollbook(*arguments: str) -> str:
        return _run(*command, *arguments, cwd=tmp_path, PYTHONPATH=str(site))

    told = tollbook(
        *("extract", "three-incidents.txt", "--published", "2024-03-15", "--out", "run")
    )
    assert told.startswith("1 inputs: read_with_flags 1\n")
    assert outcomes(tmp_path / "run")[0]["incidents"]
    assert '"git": null' in (tmp_path / "run" / "run.json").read_text("utf-8")
    assert "three-incidents" in tollbook("show", "run")
    assert " 0 problems" in tollbook("verify", "run")
    assert "inputs" in tollbook("eval", "attempts", "run")
