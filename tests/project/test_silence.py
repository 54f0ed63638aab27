"""What a job logs: ids and fixed words, and nothing that an article, an answer or a key holds."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asking import KEY, incident_answer, settings
from loopback import EMPTY_ANSWER, HANG_UP, ScriptedEndpoint, fails, says
from making import make_article, make_manifest, make_taken

from extractor.jobs import open_job, run_job

Scripted = Callable[..., ScriptedEndpoint]

TEXT = "Gunmen killed Amina Haddad and two neighbours in Basra on Friday, police said."
SECRETS = (KEY, "Amina", "Haddad", "Gunmen", "neighbours", "Basra", "Friday")
LEAKY = f"{TEXT} {KEY}"

STEPS = [
    says(incident_answer()),
    says(EMPTY_ANSWER),
    says(None, refusal=LEAKY),
    says(LEAKY),
    says({"incidents": LEAKY}),
    says(f'{{"incidents": ["{LEAKY}"', finish="length"),
    says(EMPTY_ANSWER, finish=LEAKY),
    fails(400, LEAKY, code=LEAKY),
    fails(429, LEAKY, retry_after="0"),
    fails(500, LEAKY),
    HANG_UP,
    says(EMPTY_ANSWER, id=LEAKY, model=LEAKY),
]


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Every record that any logger of the process makes, as if all of them told everything."""
    records: list[logging.LogRecord] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    root, keeping = logging.getLogger(), Keeping()
    monkeypatch.setattr(root, "level", logging.DEBUG)
    root.addHandler(keeping)
    logging.captureWarnings(True)
    yield records
    logging.captureWarnings(False)
    root.removeHandler(keeping)


def told(record: logging.LogRecord) -> str:
    """All that a handler could make of a record."""
    return logging.Formatter().format(record) + repr(vars(record))


def test_no_logger_of_the_process_tells_what_was_read_answered_or_sent(
    scripted: Scripted, tmp_path: Path, logged: list[logging.LogRecord]
) -> None:
    endpoint = scripted(*STEPS)
    articles = [
        make_taken(make_article(f"{TEXT} ({n})", id=f"a{n}", title=TEXT), n)
        for n in range(1, len(STEPS) + 1)
    ]
    job = open_job(
        settings(endpoint, reader="openai/m", at_once=2, max_calls=2, give_up_seconds=5),
        prompt="incident/v1",
    )
    ended = run_job(articles, job, tmp_path / "run", make_manifest())
    assert ended.tally.total() == len(articles), ended.stopped
    assert len(ended.tally) >= 4

    assert {record.name for record in logged} >= {"tollbook.jobs"}
    assert any("a1" in record.getMessage() for record in logged)
    for record in logged:
        for secret in SECRETS:
            assert secret not in told(record), (record.name, record.levelname)


def test_at_the_usual_level_a_job_logs_nothing_that_goes_well(
    scripted: Scripted, tmp_path: Path, logged: list[logging.LogRecord]
) -> None:
    job = open_job(settings(scripted(STEPS[1]), reader="openai/m"), prompt="incident/v1")
    run_job([make_taken()], job, tmp_path / "run", make_manifest())
    assert [one for one in logged if one.levelno >= logging.WARNING] == []
