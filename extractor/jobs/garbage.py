"""Garbage: objects that refer to each other in circles, looked for less often while a job runs.

The tables that readings are looked up in are some hundred thousand objects that stay. With Python's
own thresholds they are gone through again and again, which is a tenth of what an article takes
(`benchmarks/jobs/README.md`); what is in no circle is freed at once in any case.
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager

THRESHOLDS = (20_000, 20, 50)
"""As `gc.set_threshold` takes them."""


@contextmanager
def rare_collections() -> Generator[None]:
    """Look for garbage less often as long as this lasts; who looks never is left to that."""
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
