"""HTML: how the pages of a report are made; all they show besides their own words is escaped."""

import base64
import hashlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.report.words import Words, pieces, plain, printable, visible

_FOLDER = Path(__file__).resolve().parent
_STYLE = "page.css"


def render(template: str, **told: Any) -> str:
    """A page of a template of this folder, with the one style sheet inside."""
    style = (_FOLDER / _STYLE).read_text("utf-8")
    return (
        _environment()
        .get_template(template)
        .render(
            style=Markup(style),
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            **told,
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined
    )
    environment.filters.update(shown=printable, plain=plain, apart=_apart)
    return environment


def _apart(words: Words) -> Markup:
    """Words whose pieces stand from left to right, whatever way each of them runs."""
    told = pieces(words)
    if len(told) == 1:
        return Markup("<bdi>{}</bdi>").format(printable(told[0]))
    parts = (
        Markup("<bdi>{}</bdi>" if any(map(str.isalnum, one)) else "{}").format(visible(one))
        for one in told
    )
    return Markup('<bdi dir="ltr">{}</bdi>').format(Markup("").join(parts))
