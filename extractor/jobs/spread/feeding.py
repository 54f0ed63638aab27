"""Feeding a spread job: datasets of Ray with the inputs, and with the places of their ids."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Protocol

from extractor.intake import Form, Terms
from extractor.jobs.spread.libraries import load_pyarrow, load_ray
from extractor.jobs.spread.repeats import Repeats, Standing
from extractor.jobs.spread.sources import (
    Group,
    cut_inputs,
    entries_of_part,
    entries_of_rows,
    standings_of_part,
    standings_of_rows,
    write_part,
)

CPUS = 0.5
"""Set aside for whatever is no worker, so that a single processor is enough for both."""

_FEW = 64  # parts whose ids are sooner found here than other processes are begun


class RayDataset(Protocol):
    """A `ray.data.Dataset`, as far as it is used here."""

    def map_batches(self, fn: Any, /, **options: Any) -> Any:
        """Apply something to batches of rows."""
        ...


class Files:
    """Files, cut into parts."""

    def __init__(
        self,
        ray: Any,
        inputs: Sequence[str],
        *,
        form: Form,
        terms: Terms,
        rows: int,
        tell: Callable[[str], None],
    ) -> None:
        """Cut the files.

        Args:
            ray: the library.
            inputs: files and folders.
            form: how they are read.
            terms: what the user said.
            rows: inputs of a part, where a file can be cut.
            tell: called with words about files that are named twice.

        Raises:
            UsageError: a file cannot be cut.
        """
        parts = list(cut_inputs(inputs, form=form, lines=rows, tell=tell))
        self._parts = [
            {"number": number, "part": write_part(part)} for number, part in enumerate(parts)
        ]
        self._items = ray.data.from_items(self._parts, override_num_blocks=len(parts))
        self._rows = rows if any(isinstance(part, Group) for part in parts) else None
        self._form: Form = form
        self._terms = terms

    def standings(self) -> Iterator[Standing]:
        """Where each id stands, found out without reading any article."""
        take = partial(standings_of_part, form=self._form, terms=self._terms)
        if len(self._parts) <= _FEW:
            rows = (row for part in self._parts for row in take(part))
        else:
            rows = self._items.flat_map(take, num_cpus=CPUS).iter_rows()
        return (Standing(**row) for row in rows)

    def entries(self, repeats: Any) -> Any:
        """A dataset with an input a row, as JSON, in the column `entry`.

        Args:
            repeats: reference to the ids that stand more than once.
        """
        take = partial(
            entries_of_part, form=self._form, terms=self._terms, repeats=partial(_fetch, repeats)
        )
        found = self._items.flat_map(take, num_cpus=CPUS)
        return found.repartition(target_num_rows_per_block=self._rows) if self._rows else found


class Rows:
    """Rows of any dataset, whose columns are the fields of an article."""

    def __init__(self, dataset: RayDataset, *, name: str, terms: Terms, rows: int) -> None:
        """Take a dataset.

        Args:
            dataset: one of Ray's.
            name: what rows are said to come from.
            terms: what the user said.
            rows: that a worker is given at a time.
        """
        self._dataset = dataset
        self._name = name
        self._terms = terms
        self._rows = rows

    def standings(self) -> Iterator[Standing]:
        """Where each id stands, found out without reading any article."""
        find = partial(_standings, name=self._name, terms=self._terms)
        found = self._dataset.map_batches(find, batch_format="pyarrow", num_cpus=CPUS)
        return (Standing(**row) for row in found.iter_rows())

    def entries(self, repeats: Any) -> Any:
        """A dataset with an input a row, as JSON, in the column `entry`.

        Args:
            repeats: reference to the ids that stand more than once.
        """
        take = partial(_entries, name=self._name, terms=self._terms, repeats=repeats)
        found = self._dataset.map_batches(take, batch_format="pyarrow", num_cpus=CPUS)
        return found.repartition(target_num_rows_per_block=self._rows)


def _standings(table: Any, *, name: str, terms: Terms) -> Any:
    found = standings_of_rows(table.to_pylist(), name=name, terms=terms)
    arrow = load_pyarrow()
    kinds: Mapping[str, Any] = {
        "id": arrow.binary(),
        "piece": arrow.int64(),
        "at": arrow.int64(),
        "text": arrow.string(),
        "path": arrow.string(),
        "line": arrow.int64(),
    }
    return arrow.Table.from_pylist(
        [one._asdict() for one in found], schema=arrow.schema(list(kinds.items()))
    )


def _entries(table: Any, *, name: str, terms: Terms, repeats: Any) -> Any:
    entries = entries_of_rows(table.to_pylist(), name=name, terms=terms, repeats=_fetch(repeats))
    return load_pyarrow().table({"entry": entries})


@lru_cache(maxsize=1)
def _fetch(reference: Any) -> Repeats:
    return load_ray().get(reference)
