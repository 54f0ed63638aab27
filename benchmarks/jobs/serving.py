"""A served endpoint: started in a process of its own, asked for its counts, and ended."""

import contextlib
import json
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ENDPOINT = Path(__file__).with_name("endpoint.py")


@dataclass(frozen=True, kw_only=True)
class Served:
    """Where a served endpoint is."""

    port: int

    @property
    def url(self) -> str:
        """Its base address."""
        return f"http://127.0.0.1:{self.port}/v1"

    def url_of(self, kind: str, milliseconds: int) -> str:
        """Its base address for answers of a kind, after so many milliseconds."""
        return f"http://127.0.0.1:{self.port}/{kind}/{milliseconds}/v1"

    def count(self) -> dict[str, Any]:
        """What it has received and answered."""
        return self._get("count")

    def calls(self) -> int:
        """How many calls it has received."""
        return self._get("calls")["calls"]

    def _get(self, what: str) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{what}") as reply:
            return json.load(reply)


@contextlib.contextmanager
def serve(
    answers: Mapping[str, Sequence[str]], *arguments: str, core: int | None = None
) -> Generator[Served]:
    """Serve these answers for as long as the context lasts.

    Args:
        answers: for each kind, in the order of the markers.
        arguments: of the endpoint.
        core: of the processor that it keeps to.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.json"
        path.write_text(json.dumps({kind: list(told) for kind, told in answers.items()}), "utf-8")
        pinned = [] if core is None else ["taskset", "-c", str(core)]
        command = [*pinned, sys.executable, str(_ENDPOINT), str(path), *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                yield Served(port=int(process.stdout.readline()))
            finally:
                process.kill()
