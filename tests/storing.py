"""Run folders written by processes of their own, which a test may kill."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def run_python(code: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run code in another process that can import the test helpers."""
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(HERE)!r})\n{code}"]
        + [str(argument) for argument in arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=HERE.parent,
    )


WRITER = """
import os, signal, resource
from pathlib import Path
from making import make_article, make_manifest, EMPTY
from extractor.codes import InputOutcome
from extractor.errors import StoreError
from extractor.records import Reading
from extractor.store import write_run

def reading(id_, text="Two died."):
    return Reading(outcome=InputOutcome.READ, article=make_article(text, id=id_), reader="s",
                   answer=EMPTY)
"""
