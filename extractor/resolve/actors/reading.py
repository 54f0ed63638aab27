"""Lines of a table as a person wrote them: read from CSV, each complaint with file and line."""

import csv
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import TableError


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a table: its cells by column, and where it stands."""

    cells: dict[str, str]
    path: Path
    number: int

    def cell(self, column: str) -> str:
        """What stands in a column; empty if nothing, or if the table has no such column."""
        return self.cells.get(column, "")

    def parts(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that a semicolon separates."""
        cell = self.cells.get(column)
        return tuple([part for part in map(str.strip, cell.split(";")) if part]) if cell else ()

    def year(self, column: str) -> int | None:
        """A year, or nothing.

        Raises:
            TableError: the cell is no year.
        """
        text = self.cell(column)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            raise self.error(f"{column!r} is {text!r}; write a year such as 2014 or nothing")
        return int(text)

    def needed(self, column: str) -> str:
        """What stands in a column that may not be empty.

        Raises:
            TableError: nothing stands there.
        """
        if not self.cell(column):
            raise self.error(f"{column!r} is empty; fill it in, or delete the line")
        return self.cell(column)

    def error(self, message: str) -> TableError:
        """A complaint about this line."""
        return TableError(f"{self.path}, line {self.number}: {message}")


def read_lines(path: Path, *, known: tuple[str, ...], needed: tuple[str, ...]) -> Iterator[Line]:
    """The lines of a table below its header; empty lines are passed over.

    Raises:
        TableError: the file cannot be read, or is no such table.
    """
    try:
        # Spreadsheets put a mark before the header.
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        told = f"cannot read the table {path}: {error.strerror or error}; check the path"
        raise TableError(told) from error
    except UnicodeDecodeError as error:
        told = f"{path}: the table is not in UTF-8; save it as 'CSV UTF-8'"
        raise TableError(told) from error
    rows = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        first: list[str] = next(rows, list[str]())
        header = [cell.strip().lower() for cell in first]
        _check_header(header, path, known=known, needed=needed)
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if len(cells) != len(header):
                told = f"has {len(cells)} cells, the header {len(header)}; "
                told += "put a cell that holds a comma in double quotes"
                raise TableError(f"{path}, line {rows.line_num}: {told}")
            yield Line(cells=dict(zip(header, cells, strict=True)), path=path, number=rows.line_num)
    except csv.Error as error:
        told = f"{path}, line {rows.line_num}: {error}; close the double quotes of the line"
        raise TableError(told) from error


def _check_header(
    header: list[str], path: Path, *, known: Container[str], needed: tuple[str, ...]
) -> None:
    told = f"{path}, line 1: "
    if len(header) == 1 and ";" in header[0]:
        raise TableError(f"{told}the columns are parted by semicolons; save it with commas")
    missing = [column for column in needed if column not in header]
    if missing:
        raise TableError(f"{told}the header lacks {missing[0]!r}; it needs {', '.join(needed)}")
    strange = [column for column in header if column not in known]
    if strange:
        raise TableError(f"{told}no column is called {strange[0]!r}; rename or delete it")
    if len(set(header)) < len(header):
        raise TableError(f"{told}a column stands twice; delete one of them")
