"""Each import contract of pyproject.toml fails on a violation planted in a copy of the code."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from commanding import bare_environment

ROOT = Path(__file__).resolve().parents[2]
LAYERS = "the extractor's layers: each imports only those below it"
CLIENTS = "only the doors to models know instructor and openai"
GRADING = "the layers of grading"
APART = "grading needs nothing that makes records"
ONLY_RUN = "only eval.run extracts: the command of grading makes no record itself"
ABOVE = "grading stands above reading, never the other way"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code and its contracts, to be spoilt."""
    for name in ("extractor", "eval"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _verdicts(folder: Path) -> dict[str, str]:
    """What the checker says of each contract."""
    checker = "from importlinter.cli import lint_imports_command as check; check()"
    done = subprocess.run(
        [sys.executable, "-c", checker, "--no-cache", "--no-logo"],
        cwd=folder,
        env=bare_environment(PYTHONPATH=str(folder)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    verdicts: dict[str, str] = {}
    for line in done.stdout.splitlines():
        for verdict in ("KEPT", "BROKEN"):
            name, found, _ = line.partition(f" {verdict}")
            if found:
                verdicts[name] = verdict
    assert set(verdicts) == _names()
    assert done.returncode == int("BROKEN" in verdicts.values())
    return verdicts


def _names() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {contract["name"] for contract in project["tool"]["importlinter"]["contracts"]}


VIOLATIONS = [
    pytest.param("extractor/ground.py", "import openai", CLIENTS, id="openai"),
    pytest.param("extractor/readers/calls.py", "import instructor", CLIENTS, id="instructor"),
    pytest.param("eval/predictions.py", "import openai", CLIENTS, id="openai in grading"),
    pytest.param("extractor/errors.py", "from extractor import cli", LAYERS, id="bottom to top"),
    pytest.param(
        "extractor/store/writer.py", "import extractor.pipeline", LAYERS, id="store to pipeline"
    ),
    pytest.param("extractor/ledger.py", "import extractor.verify", LAYERS, id="beside each other"),
    pytest.param("extractor/stray.py", "", LAYERS, id="unlisted module"),
    pytest.param(
        "extractor/sentences/endings.py",
        "import extractor.sentences.blocks",
        "the layers of the sentences",
        id="endings to blocks",
    ),
    pytest.param(
        "extractor/readers/baseline/places/ties.py",
        "import extractor.readers.baseline.places.finding",
        "the layers of the places of a sentence",
        id="places of a sentence",
    ),
    pytest.param(
        "extractor/readers/baseline/times/finding.py",
        "import extractor.readers.baseline.times.timing",
        "the layers of the times of a sentence",
        id="times of a sentence",
    ),
    pytest.param(
        "extractor/readers/baseline/actors/table.py",
        "import extractor.readers.baseline.actors.masking",
        "the layers of the actors of a sentence",
        id="actors of a sentence",
    ),
    pytest.param(
        "extractor/readers/baseline/blames/deeds.py",
        "import extractor.readers.baseline.blames.accusing",
        "the layers of the blames",
        id="blames of a sentence",
    ),
    pytest.param(
        "extractor/readers/baseline/story/scenes.py",
        "import extractor.readers.baseline.story.desk",
        "the layers of the story",
        id="story of a sentence",
    ),
    pytest.param(
        "extractor/store/reserve.py",
        "import extractor.store.writer",
        "the layers of the store",
        id="reserve to writer",
    ),
    pytest.param("extractor/intake/stray.py", "", "the layers of intake", id="unlisted in intake"),
    pytest.param(
        "extractor/intake/taken.py",
        "import extractor.intake.stream",
        "the layers of intake",
        id="intake",
    ),
    pytest.param(
        "extractor/mapping/notebook.py",
        "import extractor.mapping.claims",
        "the layers of mapping",
        id="mapping",
    ),
    pytest.param(
        "extractor/numerals/cardinal.py",
        "import extractor.numerals.phrase",
        "the layers of numerals",
        id="numerals",
    ),
    pytest.param(
        "extractor/gazetteer/keys.py",
        "import extractor.gazetteer.layered",
        "the layers of the gazetteer",
        id="gazetteer",
    ),
    pytest.param(
        "extractor/mentions/tags.py",
        "import extractor.mentions.finding",
        "the layers of the mentions",
        id="mentions",
    ),
    pytest.param(
        "extractor/resolve/dates/term.py",
        "import extractor.resolve.places",
        "the resolvers do not know each other",
        id="resolvers",
    ),
    pytest.param(
        "extractor/resolve/dates/term.py",
        "import extractor.resolve.dates.finding",
        "the layers of the dates",
        id="dates",
    ),
    pytest.param(
        "extractor/resolve/places/words.py",
        "import extractor.resolve.places.choice",
        "the layers of the places",
        id="places",
    ),
    pytest.param(
        "extractor/resolve/actors/names.py",
        "import extractor.resolve.actors.table",
        "the layers of the actors",
        id="actors",
    ),
    pytest.param(
        "extractor/readers/model.py",
        "import extractor.readers.recorded",
        "the layers of the readers: they do not know each other",
        id="readers",
    ),
    pytest.param(
        "extractor/readers/baseline/words.py",
        "import extractor.readers.baseline.story.scenes",
        "the layers of the built-in reader",
        id="built-in reader",
    ),
    pytest.param("eval/predictions.py", "import eval.cli", GRADING, id="grading"),
    pytest.param(
        "extractor/prompt/pack.py",
        "import extractor.prompt.loading",
        "the layers of the prompts",
        id="prompts",
    ),
    pytest.param("eval/stray.py", "", GRADING, id="unlisted in grading"),
    pytest.param("eval/predictions.py", "import extractor.mapping", APART, id="grading maps"),
    pytest.param("eval/names.py", "import extractor.readers.model", APART, id="grading reads"),
    pytest.param("eval/cli/score.py", "import extractor.mapping", ONLY_RUN, id="command maps"),
    pytest.param("eval/gold/labels.py", "import eval.gold.folder", "the layers of gold", id="gold"),
    pytest.param(
        "eval/scoring/case.py",
        "import eval.scoring.counts",
        "the layers of scoring an article",
        id="scoring",
    ),
    pytest.param(
        "eval/scores/gauge.py", "import eval.scores.slices", "the layers of the scores", id="scores"
    ),
    pytest.param(
        "eval/report/words.py", "import eval.report.page", "the layers of the reports", id="reports"
    ),
    pytest.param(
        "eval/report/compared/grids.py",
        "import eval.report.compared.page",
        "the layers of a comparison's report",
        id="comparison's report",
    ),
    pytest.param(
        "eval/comparing/paired.py",
        "import eval.comparing.comparison",
        "the layers of comparing",
        id="comparing",
    ),
    pytest.param(
        "eval/gate/terms.py", "import eval.gate.verdict", "the layers of the gate", id="gate"
    ),
    pytest.param(
        "eval/run/documents.py",
        "import eval.run.gold",
        "the layers of reading for grading",
        id="reading for grading",
    ),
    pytest.param(
        "eval/lint/finding.py",
        "import eval.lint.folder",
        "the layers of the lint of gold",
        id="lint",
    ),
    pytest.param(
        "eval/corpora/isaf.py",
        "import eval.corpora.muc4",
        "the corpora do not know each other",
        id="corpora",
    ),
    pytest.param(
        "eval/corpora/muc4/keys.py",
        "import eval.corpora.muc4.tally",
        "the layers of MUC-4",
        id="MUC-4",
    ),
    pytest.param(
        "extractor/jobs/climbing.py",
        "import extractor.jobs.gate",
        "the layers of the jobs",
        id="jobs",
    ),
    pytest.param(
        "extractor/jobs/batch/table.py",
        "import extractor.jobs.batch.lane",
        "the layers of the batch lane",
        id="batch lane",
    ),
    pytest.param(
        "extractor/jobs/spread/plan.py",
        "import extractor.jobs.spread.worker",
        "the layers of a spread job",
        id="spread job",
    ),
    pytest.param("extractor/records.py", "import eval.predictions", ABOVE, id="reading grades"),
    pytest.param(
        "extractor/cli.py", "def late():\n    import eval.cli", ABOVE, id="late and hidden"
    ),
]


def test_the_code_as_it_is_keeps_every_contract(copy: Path) -> None:
    assert set(_verdicts(copy).values()) == {"KEPT"}


@pytest.mark.parametrize(("path", "line", "contract"), VIOLATIONS)
def test_a_planted_violation_breaks_its_contract(
    copy: Path, path: str, line: str, contract: str
) -> None:
    with (copy / path).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n" if line else '"""A module that no contract lists."""\n')

    assert _verdicts(copy)[contract] == "BROKEN"


def test_every_contract_has_a_violation_planted() -> None:
    assert {parameters.values[2] for parameters in VIOLATIONS} == _names()
