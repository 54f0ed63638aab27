"""The libraries of the extra `ray`, loaded only by those who need them."""

from importlib import import_module
from typing import Any

from extractor.errors import UsageError


def load_ray() -> Any:
    """Ray, with its datasets.

    Raises:
        UsageError: it is not installed.
    """
    _load("ray.data")
    return _load("ray")


def load_pyarrow() -> Any:
    """The library that holds tables in memory.

    Raises:
        UsageError: it is not installed.
    """
    return _load("pyarrow")


def load_parquet() -> Any:
    """The library that reads and writes Parquet.

    Raises:
        UsageError: it is not installed.
    """
    return _load("pyarrow.parquet")


def _load(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(
            f"{name!r} is not installed ({error}); install the extra 'ray', in a checkout "
            "with: pip install -e '.[ray]'"
        ) from error
