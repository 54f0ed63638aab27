"""The verb `prompt`: packs are listed, drafted, linted, shown as a model reads them, released."""

import json
import shlex
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from extractor.article import Article
from extractor.assets import find_asset_folder
from extractor.errors import AssetError, PromptError, UsageError
from extractor.intake import take
from extractor.look import read_day
from extractor.prompt import (
    Prompt,
    PromptProblem,
    compare_prompts,
    draft_prompt,
    find_root,
    is_released,
    known_prompts,
    lint_prompt,
    load_prompt,
    release_prompt,
    tell_difference,
)
from extractor.prompt.drafting import UNSAID
from extractor.prompt.showing import SAMPLE
from extractor.prompt.telling import DIGITS
from extractor.records import Rejected
from extractor.request import Request
from extractor.terminal import note, say, write_json
from extractor.wire import strict_schema

PromptsOption = Annotated[
    Path | None,
    typer.Option(
        "--prompts",
        metavar="FOLDER",
        help="Your own folder of prompt packs, for a prompt that is not packaged.",
    ),
]
_FolderOption = Annotated[
    Path | None,
    typer.Option(
        "--prompts",
        "--root",
        metavar="FOLDER",
        help="Your own folder of prompt packs; ./prompts by default, then the packaged ones.",
    ),
]
_PromptArgument = Annotated[str, typer.Argument(metavar="NAME/VERSION", help="Prompt pack.")]

_OWN = Path("prompts")
_DIFFERENT = _PROBLEMS = 1  # the exit code of "a check failed", and of diff
_BROKEN = "broken"


class ShownAs(StrEnum):
    """How a rendered prompt is printed."""

    TEXT = "text"
    JSON = "json"


class DiffedAs(StrEnum):
    """How a difference is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"


app = typer.Typer(
    no_args_is_help=True,
    help="Draft, check, show, compare and release what a model is told. Exit codes: 0 done or the "
    "same, 1 problems or a difference, 2 wrong usage or a prompt that cannot be loaded.",
)


@app.command("list")
def list_prompts(*, prompts: _FolderOption = None) -> None:
    """List the packs: their state, the start of their fingerprint, and their folder."""
    rows = [
        (prompt_id, *_state(prompt_id, root), str(root / prompt_id))
        for root in _roots(prompts)
        for prompt_id in known_prompts(root)
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, strict=True)
        say("  ".join(f"{cell:<{width}}" for cell, width in cells).rstrip())
    for prompt_id, state, *_ in rows:
        if state == _BROKEN:
            note(f"{prompt_id} is broken; `tollbook prompt lint {prompt_id}` tells why")


@app.command()
def new(
    prompt_id: _PromptArgument,
    *,
    source_id: Annotated[
        str, typer.Option("--from", metavar="NAME/VERSION", help="Prompt pack to copy.")
    ] = "incident/v1",
    purpose: Annotated[str, typer.Option(help="Why the new version exists.")] = UNSAID,
    prompts: _FolderOption = None,
) -> None:
    """Copy a pack to a new version, a draft that may be edited; nothing is written over."""
    root = prompts or _OWN
    packaged = find_asset_folder("prompts")
    if prompt_id in known_prompts(packaged) and root.resolve() != packaged.resolve():
        raise PromptError(f"there is a packaged prompt {prompt_id!r}; choose another version")
    roots = _roots(prompts, must_exist=False)
    folder = draft_prompt(
        prompt_id,
        source_id=source_id,
        source_root=find_root(source_id, roots),
        root=root,
        purpose=purpose,
    )
    where = shlex.quote(str(root))
    also = "" if root == _OWN else f" --prompts {where}"
    say(f"{folder} is a draft, copied from {source_id}")
    say("next:")
    for step in (
        f"say in {folder / 'prompt.toml'} why it exists; change system.md.j2 and examples.jsonl",
        f"tollbook prompt lint {prompt_id}{also}",
        f"tollbook prompt diff {source_id} {prompt_id}{also}",
        f"tollbook extract INPUT --reader openai/MODEL --prompt {prompt_id} --prompts {where} "
        "--out RUN",
        f"tollbook prompt release {prompt_id}{also}",
    ):
        say(f"  {step}")


@app.command()
def lint(prompt_id: _PromptArgument, *, prompts: _FolderOption = None) -> None:
    """Find all that is wrong with a pack, each with its file, line and next step."""
    root = find_root(prompt_id, _roots(prompts))
    problems = lint_prompt(prompt_id, root=root, gold=_gold())
    _tell_problems(prompt_id, problems)
    loaded = load_prompt(prompt_id, root=root)
    say(
        f"prompt {prompt_id} in {root}: no problems, {_many(len(loaded.examples), 'example')}, "
        f"fingerprint {loaded.fingerprint[:DIGITS]}"
    )


@app.command()
def render(
    prompt_id: _PromptArgument,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="An article: text, JSON, JSONL or HTML; else an invented one."
        ),
    ] = None,
    *,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Publication date of an article that states none."),
    ] = None,
    form: Annotated[
        ShownAs,
        typer.Option("--format", help="JSON has every character, the schema and the fingerprint."),
    ] = ShownAs.TEXT,
    prompts: _FolderOption = None,
) -> None:
    """Print the messages that a model sees for an article, each with its role and its length."""
    loaded = _load(prompt_id, _roots(prompts))
    article = _article(file, read_day(published, "--published"))
    request = loaded.render(article)
    if form is ShownAs.JSON:
        write_json(_request_json(loaded, request))
        return
    for message in request.messages:
        say(f"===== {message.role}, {len(message.content)} characters =====")
        for line in message.content.split("\n"):
            say(line)
    total = sum(len(message.content) for message in request.messages)
    note(f"{len(request.messages)} messages, {total} characters, and the schema of the answer")


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="Prompt pack.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="Prompt pack to hold against it.")],
    *,
    form: Annotated[DiffedAs, typer.Option("--format", help="How to print it.")] = DiffedAs.TEXT,
    prompts: _FolderOption = None,
) -> None:
    """Show what a model would read otherwise: system message, examples, fingerprint."""
    roots = _roots(prompts)
    first, second = _load(before, roots), _load(after, roots)
    found = compare_prompts(first, second)
    for line in tell_difference(first, second, found, markdown=form is DiffedAs.MARKDOWN):
        say(line)
    if not found.is_empty:
        raise typer.Exit(_DIFFERENT)


@app.command()
def release(prompt_id: _PromptArgument, *, prompts: _FolderOption = None) -> None:
    """Release a draft that lints clean: it says so, and its hashes are listed in released.toml."""
    root = find_root(prompt_id, _roots(prompts))
    _tell_problems(prompt_id, release_prompt(prompt_id, root=root, gold=_gold()))
    loaded = load_prompt(prompt_id, root=root)
    folder, listed = root / prompt_id, root / "released.toml"
    say(f"prompt {prompt_id} is released, fingerprint {loaded.fingerprint[:DIGITS]}")
    say("from now on it is not edited; commit it:")
    say(f"  git add {shlex.quote(str(folder))} {shlex.quote(str(listed))}")
    say(f"  git commit -m {shlex.quote(f'Prompt {prompt_id} is released')}")


def _roots(given: Path | None, *, must_exist: bool = True) -> tuple[Path, ...]:
    """Folders of packs in which to look: the user's own, if there is one, then the packaged one.

    Raises:
        UsageError: the folder that the user named is none.
    """
    if given is not None and must_exist and not given.is_dir():
        raise UsageError(f"--prompts {str(given)!r} is no folder; `tollbook prompt new` makes one")
    own, packaged = given or _OWN, find_asset_folder("prompts")
    apart = own.is_dir() and own.resolve() != packaged.resolve()
    return (own, packaged) if apart else (own if own.is_dir() else packaged,)


def _load(prompt_id: str, roots: Sequence[Path]) -> Prompt:
    return load_prompt(prompt_id, root=find_root(prompt_id, roots))


def _state(prompt_id: str, root: Path) -> tuple[str, str]:
    try:
        loaded = load_prompt(prompt_id, root=root)
    except PromptError:
        return _BROKEN, "-"
    state = "released" if is_released(prompt_id, root=root) else "draft"
    return state, loaded.fingerprint[:DIGITS]


def _gold() -> Path | None:
    try:
        return find_asset_folder("gold")
    except AssetError:
        note("no gold articles are at hand: whether words are copied from one was not looked at")
        return None


def _tell_problems(prompt_id: str, problems: Sequence[PromptProblem]) -> None:
    """Print problems and leave, if there are any.

    Raises:
        typer.Exit: there are some.
    """
    if not problems:
        return
    for problem in problems:
        say(str(problem))
    say(f"prompt {prompt_id}: {_many(len(problems), 'problem')}")
    raise typer.Exit(_PROBLEMS)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _article(file: Path | None, published: date | None) -> Article:
    """The first article of a file, or the invented one.

    Raises:
        UsageError: the file has no article that can be read.
    """
    if file is None:
        return (
            SAMPLE if published is None else SAMPLE.model_copy(update={"published_at": published})
        )
    taken = tuple(islice(take([str(file)], published=published, tell=note), 2))
    first = taken[0]
    if isinstance(first, Rejected):
        raise UsageError(f"no article to show the prompt with: {first.reason}")
    if len(taken) > 1:
        note(f"{str(file)!r} holds more than one article: this is the first, {first.article.id!r}")
    return first.article


def _request_json(prompt: Prompt, request: Request) -> str:
    told = {
        "prompt": prompt.id,
        "fingerprint": prompt.fingerprint,
        "messages": [{"role": m.role, "content": m.content} for m in request.messages],
        "schema": strict_schema(),
    }
    return json.dumps(told, indent=2, ensure_ascii=False)
