"""The field part of the codebook: every field and fixed word of a label, with its definition.

    python tools/codebook.py            writes it between its markers in gold/CODEBOOK.md
    python tools/codebook.py --check    ends with 1 if it is not as it would be written

The definitions are the docstrings of the records, their enumerations and the labels, so that a
labeller reads what a reader of the articles is asked.
"""

import argparse
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from eval.gold import GoldArticle
from extractor.codes import Code
from extractor.errors import TollbookError
from extractor.records import Incident

CODEBOOK = Path(__file__).resolve().parents[1] / "gold" / "CODEBOOK.md"
BEGIN = "<!-- fields: made by tools/codebook.py -->"
END = "<!-- end of fields -->"

_WIDTH = 110  # columns: as wide as the tables of the book
_BETWEEN = re.compile(f"{re.escape(BEGIN)}\n.*?{re.escape(END)}", re.DOTALL)


class CodebookError(TollbookError):
    """The codebook has no place for its fields, or they have drifted."""


def codes_of_a_label() -> tuple[type[Code], ...]:
    """The enumerations of a label, each once: those of an incident first."""
    return tuple(one for one in _kinds_of_a_label() if issubclass(one, Code))


def field_part() -> str:
    """The field part: what is stored, what only a label has, and the fixed words of both."""
    models = [one for one in _kinds_of_a_label() if issubclass(one, BaseModel)]
    stored = [one for one in models if one.__module__ != GoldArticle.__module__]
    labels = [one for one in models if one.__module__ == GoldArticle.__module__]
    return "\n\n".join(
        [
            "### What is stored",
            *map(_model, stored),
            "### What only a label has",
            *map(_model, labels),
            "### Fixed words",
            *map(_code, codes_of_a_label()),
        ]
    )


def with_fields(book: str) -> str:
    """The codebook with its field part written anew.

    Raises:
        CodebookError: the markers are missing or stand there more than once.
    """
    if len(_BETWEEN.findall(book)) != 1:
        raise CodebookError(f"the codebook needs {BEGIN!r} and below it {END!r}, once; add them")
    return _BETWEEN.sub(lambda _: f"{BEGIN}\n\n{field_part()}\n\n{END}", book)


def _kinds_of_a_label() -> tuple[type, ...]:
    """Every model and enumeration that a label is made of, in the order of their use."""
    return tuple(dict.fromkeys([*_kinds(Incident), *_kinds(GoldArticle)]))


def _kinds(annotation: Any) -> Iterator[type]:
    """The models and enumerations of an annotation, each with those of its own fields."""
    for part in get_args(annotation):
        yield from _kinds(part)
    if not isinstance(annotation, type):
        return
    if issubclass(annotation, Code):
        yield annotation
    elif issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _kinds(field.annotation)


def _model(model: type[BaseModel]) -> str:
    fields = model.model_fields.items()
    told = ((name, field.description) for name, field in fields if field.description)
    return _entry(model, told)


def _code(code: type[Code]) -> str:
    return _entry(code, ((word.value, word.definition) for word in code))


def _entry(kind: type, words: Iterable[tuple[str, str]]) -> str:
    """A name with its definition, and below it its words with theirs, run together."""
    head = f"**{kind.__name__}.** {_one_line(kind.__doc__ or '')}"
    listed = " ".join(f"`{word}`: {_one_line(definition)}" for word, definition in words)
    return "\n".join(
        textwrap.fill(part, _WIDTH, break_long_words=False, break_on_hyphens=False)
        for part in (head, listed)
        if part
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    """Write the field part, or check it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; end with 1 if it drifted"
    )
    parser.add_argument("--book", type=Path, default=CODEBOOK, help="another codebook")
    asked = parser.parse_args()
    try:
        _write(asked.book, check=asked.check)
    except (CodebookError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)


def _write(path: Path, *, check: bool) -> None:
    book = path.read_text("utf-8")
    written = with_fields(book)
    if check and written != book:
        told = "its fields are not those of the schema; run `python tools/codebook.py`"
        raise CodebookError(f"{path}: {told}")
    if not check:
        path.write_text(written, "utf-8")


if __name__ == "__main__":
    main()
