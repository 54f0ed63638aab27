"""Actors of Ray: a worker in each, as many as there are places, and what they meet made plain."""

import inspect
import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from extractor import errors
from extractor.errors import StoreError, TollbookError
from extractor.jobs.spread.plan import Plan
from extractor.jobs.spread.results import table_of
from extractor.jobs.spread.worker import Worker

_OWN = re.compile(r"^extractor\.errors\.(\w+): (.*)$", re.MULTILINE)
_CALLS_AT_ONCE = 2  # to a worker: while the last articles of one wait, the next has begun


class Actor:
    """A worker as Ray runs it; Ray makes it anew if its process dies."""

    def __init__(self, plan: Plan) -> None:
        self._worker = Worker(plan)

    def __call__(self, table: Any) -> Any:
        """Read the inputs of a table, which has one column; what became of each is another."""
        return table_of(self._worker.read(table.column("entry").to_pylist()))


def pool_of(ray: Any, workers: int) -> Any:
    """As many actors as workers; each is given the next inputs before the last ones are done."""
    strategy = ray.data.ActorPoolStrategy
    wanted = {
        "max_tasks_in_flight_per_actor": _CALLS_AT_ONCE + 1,
        "max_concurrent_calls_per_actor": _CALLS_AT_ONCE,
        "enable_true_multi_threading": True,
    }
    known = inspect.signature(strategy).parameters
    return strategy(size=workers, **{name: wanted[name] for name in wanted if name in known})


@contextmanager
def translated(ray: Any) -> Generator[None]:
    """Have what a worker met raised as what it is; Ray hands only the words of it on."""
    try:
        yield
    except ray.exceptions.RayError as error:
        told = str(error)
        own = find_own(told)
        if own is None:
            last = "".join(told.strip().splitlines()[-1:])
            own = StoreError(
                f"Ray has given the job up ({type(error).__name__}: {last}); what was stored is "
                "safe: mend that and run the same command again to go on"
            )
        raise own from error


def find_own(told: str) -> TollbookError | None:
    """The error of ours that a traceback ends with; `None` if it is another's.

    Args:
        told: the traceback, as Ray shows it.
    """
    for name, message in reversed(_OWN.findall(told)):
        kind = getattr(errors, name, None)
        if isinstance(kind, type) and issubclass(kind, TollbookError):
            return kind(message.strip())
    return None
