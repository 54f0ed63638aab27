"""The package `eval` shares its name with a built-in function: neither is taken for the other."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path for name in ("extractor", "eval", "tests") for path in (ROOT / name).rglob("*.py")
)


def _tree(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text("utf-8"), str(path)))


def _hiding_imports(tree: Iterator[ast.AST]) -> list[int]:
    """Lines after which the word `eval` would no longer mean the built-in function."""
    found: list[int] = []
    for node in tree:
        if isinstance(node, ast.Import):
            bound = [name.asname or name.name.partition(".")[0] for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            bound = [name.asname or name.name for name in node.names]
        else:
            continue
        found += [node.lineno for name in bound if name == "eval"]
    return found


def _uses(tree: Iterator[ast.AST]) -> list[int]:
    return [
        node.lineno
        for node in tree
        if (isinstance(node, ast.Name) and node.id == "eval")
        or (
            isinstance(node, ast.Attribute)
            and node.attr == "eval"
            and isinstance(node.value, ast.Name)
            and node.value.id in ("builtins", "__builtins__")
        )
    ]


def _instructor_calls(tree: Iterator[ast.AST]) -> list[ast.Call]:
    return [
        node
        for node in tree
        if isinstance(node, ast.Call)
        and any(keyword.arg == "response_model" for keyword in node.keywords)
    ]


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        pytest.param("import eval", [1], id="package"),
        pytest.param("import eval.cli", [1], id="module"),
        pytest.param("import x as eval", [1], id="as"),
        pytest.param("from x import eval", [1], id="from"),
        pytest.param("from eval import cli\nfrom eval.cli import app", [], id="names only"),
        pytest.param("import evaluate, x.eval", [], id="other names"),
    ],
)
def test_an_import_that_hides_the_function_is_seen(code: str, lines: list[int]) -> None:
    assert _hiding_imports(ast.walk(ast.parse(code))) == lines


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        pytest.param("eval('1')", [1], id="call"),
        pytest.param("run = eval", [1], id="alias"),
        pytest.param("import builtins\nbuiltins.eval('1')", [2], id="of builtins"),
        pytest.param("model.eval()", [], id="method"),
        pytest.param("'eval'", [], id="text"),
    ],
)
def test_a_use_of_the_function_is_seen(code: str, lines: list[int]) -> None:
    assert _uses(ast.walk(ast.parse(code))) == lines


def test_no_module_hides_or_uses_the_function() -> None:
    assert len(SOURCES) > 50
    hiding = {str(path): found for path in SOURCES if (found := _hiding_imports(_tree(path)))}
    using = {str(path): found for path in SOURCES if (found := _uses(_tree(path)))}
    assert (hiding, using) == ({}, {})


@pytest.mark.parametrize("folder", ["prompts", "gold", "samples"])
def test_no_code_stands_among_the_texts(folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if path.suffix in (".py", ".pyc", ".sh")] == []


def test_no_article_is_run_through_a_template_engine() -> None:
    calls = [(path.name, call) for path in SOURCES for call in _instructor_calls(_tree(path))]
    assert [name for name, _ in calls] == ["model.py"]
    for _, call in calls:
        assert {"context", "validation_context"}.isdisjoint(word.arg for word in call.keywords)


def test_only_the_prompt_and_the_page_know_the_template_engine() -> None:
    importing = [
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in _tree(path)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jinja2"))
        or (isinstance(node, ast.Import) and any(n.name.startswith("jinja2") for n in node.names))
    ]
    known = {
        "extractor/prompt/template.py",
        "eval/report/html.py",
    }  # the page's own template, escaped
    assert {path for path in importing if not path.startswith("tests/")} == known
