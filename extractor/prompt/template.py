"""The system message: a template that is a trusted file and sees the fixed words only."""

import traceback
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from extractor import codes
from extractor.prompt.folder import read_text
from extractor.prompt.problem import PromptProblem

_WORDS = {
    name: code
    for name, code in vars(codes).items()
    if isinstance(code, type) and issubclass(code, codes.Code) and code is not codes.Code
}
_SEES = "a template sees `codes` only, as in {{ codes.Outcome.definitions() }}"


def render_system(path: Path) -> str | tuple[PromptProblem, ...]:
    """The system message, or everything that keeps its template from being rendered."""
    text = read_text(path)
    if isinstance(text, PromptProblem):
        return (text,)
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True
    )
    try:
        return environment.from_string(text).render(codes=_WORDS)
    except TemplateSyntaxError as error:
        broken = _problem(path, error.lineno, error.message or "broken", "correct the template")
        return (broken,)
    except UndefinedError as error:
        # All names at once; one that only rendering can tell is told by itself.
        named = tuple(_undefined(path, text, environment))
        return named or (_problem(path, _line(error), str(error), _SEES),)
    # The border of the template: an expression in it can raise whatever Python can.
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        return (_problem(path, _line(error), told, _SEES),)


def read_plain_parts(text: str) -> Iterator[tuple[int, str]]:
    """What a template says by itself, without its expressions, blocks and comments.

    Yields:
        The line on which a part begins, and the part; nothing of a template that cannot be taken
        apart.
    """
    try:
        tokens = tuple(Environment().lex(text))
    except TemplateSyntaxError:
        return
    for line, kind, words in tokens:
        if kind == "data":
            yield line, words


def _undefined(path: Path, text: str, environment: Environment) -> Iterator[PromptProblem]:
    tree = environment.parse(text)
    unknown = meta.find_undeclared_variables(tree) - set(environment.globals) - {"codes"}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name in unknown:
            yield _problem(path, name.lineno, f"{name.name!r} is undefined", _SEES)
    for part in tree.find_all((nodes.Getattr, nodes.Getitem)):
        if not isinstance(part.node, nodes.Name) or part.node.name != "codes":
            continue
        named = part.attr if isinstance(part, nodes.Getattr) else _constant(part.arg)
        if isinstance(named, str) and named not in _WORDS:
            yield _problem(
                path, part.lineno, f"codes has no {named!r}", f"there is {', '.join(_WORDS)}"
            )


def _constant(node: nodes.Node) -> object:
    return node.value if isinstance(node, nodes.Const) else None


def _line(error: Exception) -> int | None:
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == "<template>"
    ]
    return lines[-1] if lines else None


def _problem(path: Path, line: int | None, told: str, step: str) -> PromptProblem:
    message = f"the template cannot be rendered: {told}"
    return PromptProblem(path=path, line=line, message=message, step=step)
