"""The worked examples of a pack, line by line: each in the schema, and true to its own text."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from extractor.codes import FlagCode
from extractor.mapping import Mapped, map_answer
from extractor.prompt.folder import read_text
from extractor.prompt.pack import PromptExample
from extractor.prompt.problem import PromptProblem

_JSON = "write each example as one JSON object, on a line of its own"
_SCHEMA = "`tollbook schema wire` prints the schema of an answer"


@dataclass(frozen=True, kw_only=True)
class ReadExample:
    """An example, the line it stands on, and what its answer becomes."""

    line: int
    example: PromptExample
    mapped: Mapped


def read_examples(path: Path) -> Iterator[ReadExample | PromptProblem]:
    """The examples in their order; a problem for each thing wrong with one.

    An example that is in the schema comes also where its answer does not hold, after its problems.
    """
    text = read_text(path)
    if isinstance(text, PromptProblem):
        yield text
        return
    # Not splitlines: a JSON string may hold other line ends of Unicode as they are.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield from _read_example(path, number, line)


def _read_example(path: Path, number: int, line: str) -> Iterator[ReadExample | PromptProblem]:
    try:
        example = PromptExample.model_validate_json(line)
        article = example.article
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            told = ": ".join(
                part for part in (".".join(map(str, fault["loc"])), fault["msg"]) if part
            )
            yield PromptProblem(
                path=path,
                line=number,
                # An example is one line, whatever line of it the parser counts.
                message=f"it is no example: {told.replace(' at line 1 ', ' at ')}",
                step=_JSON if fault["type"] == "json_invalid" else _SCHEMA,
            )
        return
    mapped = map_answer(example.answer, article)
    for flag in mapped.flags:
        # That the gazetteer lacks an invented place says nothing of the answer.
        if flag.code is not FlagCode.PLACE_UNRESOLVED:
            yield PromptProblem(
                path=path,
                line=number,
                message=f"the answer of {example.id!r} does not hold for its own text: "
                f"{flag.where}: {flag.message}",
                step="copy the words exactly, or change the answer",
            )
    yield ReadExample(line=number, example=example, mapped=mapped)
