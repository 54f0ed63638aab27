"""Everything that is wrong with a prompt pack, at once: each with its file, line and next step."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.checks import check
from extractor.codes import FlagCode
from extractor.prompt.copied import find_copies, texts_of
from extractor.prompt.examples import ReadExample, read_examples
from extractor.prompt.folder import find_missing, find_root, read_text
from extractor.prompt.info import find_other_id, read_info
from extractor.prompt.pack import PACK_FILES
from extractor.prompt.problem import PromptProblem
from extractor.prompt.releases import find_release_problems
from extractor.prompt.showing import INVENTED
from extractor.prompt.template import render_system
from extractor.prompt.wording import find_unknown_words

# These speak of the article, which may be made to teach just that.
_OF_THE_ARTICLE = (FlagCode.INSTRUCTION_IN_TEXT, FlagCode.LANGUAGE_NOT_READ)


def lint_prompt(
    prompt_id: str, *, root: Path, gold: Path | None = None
) -> tuple[PromptProblem, ...]:
    """Find all that is wrong with a pack, file by file and line by line; nothing if it is sound.

    That is all that keeps it from being loaded, and: ids of examples that stand twice, texts that
    do not end by saying that they are invented, sentences about casualties that no claim covers,
    words copied from gold articles, and words in backticks that no answer knows.

    Args:
        prompt_id: name and version.
        root: folder of packs.
        gold: a gold folder that nothing may be copied from; nothing is compared without one.

    Raises:
        PromptError: there is no such pack.
    """
    folder = find_root(prompt_id, [root]) / prompt_id
    missing = tuple(find_missing(folder))
    there = [name for name in PACK_FILES if (folder / name).is_file()]
    found = [*missing, *_in_description(prompt_id, root=root, there="prompt.toml" in there)]
    parts: dict[str, Sequence[str]] = {}
    if "system.md.j2" in there:
        path = folder / "system.md.j2"
        system = render_system(path)
        found += _in_system(path, system)
        if isinstance(system, str):
            parts[""] = (system,)
    if "examples.jsonl" in there:
        path = folder / "examples.jsonl"
        reads = tuple(read_examples(path))
        examples = [read for read in reads if isinstance(read, ReadExample)]
        found += [read for read in reads if isinstance(read, PromptProblem)]
        found += _repeated_ids(path, examples)
        for read in examples:
            found += _in_example(path, read)
            parts[str(read.line)] = texts_of(read.example)
    if gold is not None:
        found += _copies(folder, parts, gold)
    files = [folder / name for name in PACK_FILES]
    return tuple(sorted(found, key=lambda one: (one.path in files, str(one.path), one.line or 0)))


def _in_description(prompt_id: str, *, root: Path, there: bool) -> Iterator[PromptProblem]:
    path = root / prompt_id / "prompt.toml"
    info = read_info(path) if there else ()
    released = None
    if isinstance(info, tuple):
        yield from info
    else:
        released = info.released
        yield from find_other_id(path, info, prompt_id)
        if not info.purpose.strip():
            told, step = "'purpose' is empty", "say why this version exists"
            yield PromptProblem(path=path, message=told, step=step)
    yield from find_release_problems(prompt_id, root=root, released=released)


def _in_system(path: Path, system: str | tuple[PromptProblem, ...]) -> Iterator[PromptProblem]:
    if isinstance(system, tuple):
        yield from system
    elif not system.strip():
        yield PromptProblem(path=path, message="it says nothing", step="write the system message")
    text = read_text(path)
    if isinstance(text, str):
        yield from find_unknown_words(path, text)


def _repeated_ids(path: Path, examples: Sequence[ReadExample]) -> Iterator[PromptProblem]:
    firsts = {read.example.id: read.line for read in reversed(examples)}
    for read in examples:
        if read.line != (first := firsts[read.example.id]):
            yield PromptProblem(
                path=path,
                line=read.line,
                message=f"the id {read.example.id!r} stands on line {first} too",
                step="give each example an id of its own",
            )


def _in_example(path: Path, read: ReadExample) -> Iterator[PromptProblem]:
    """What is wrong with an example beyond its schema and its quotes."""

    def problem(message: str, step: str) -> PromptProblem:
        return PromptProblem(path=path, line=read.line, message=message, step=step)

    example, mapped = read.example, read.mapped
    if (example.text.rstrip().splitlines() or [""])[-1] != INVENTED:
        told = f"the text of {example.id!r} does not end by saying that it is invented"
        yield problem(told, f"invent an article, and make its last line {INVENTED!r}")
    for flag in check(example.article, mapped.incidents, mapped.cumulative):
        if flag.code not in _OF_THE_ARTICLE:
            told = f"the answer of {example.id!r} is doubtful: {flag.where}: {flag.message}"
            yield problem(told, "change the answer, or put the text in other words")


def _copies(folder: Path, parts: dict[str, Sequence[str]], gold: Path) -> Iterator[PromptProblem]:
    for copy in find_copies(parts, gold):
        yield PromptProblem(
            path=folder / ("examples.jsonl" if copy.part else "system.md.j2"),
            line=int(copy.part) if copy.part else None,
            message=f"{copy.words!r} stands in the gold article {copy.article!r} too",
            step="write it in words of your own: what is graded may not be taught",
        )
