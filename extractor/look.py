"""A quick look from the shell: one place, date, number or actor, resolved as a reading would."""

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from extractor.codes import PlaceRelation
from extractor.errors import UsageError
from extractor.gazetteer import CREDIT
from extractor.numerals import read_number
from extractor.resolve.actors import ResolvedActor, resolve_actor
from extractor.resolve.dates import resolve_date
from extractor.resolve.places import (
    NOWHERE,
    PlaceMention,
    ResolvedPlace,
    read_surroundings,
    resolve_place,
)
from extractor.resolve.tables import open_tables
from extractor.terminal import note, say, write_json

PlacesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--places",
        metavar="FILE",
        help="Your own table of places, over the packaged one: CSV, or a GeoNames country dump.",
    ),
]
ActorsOption = Annotated[
    list[Path] | None,
    typer.Option("--actors", metavar="FILE", help="Your own table of actors: CSV."),
]
_ArticleOption = Annotated[
    Path | None,
    typer.Option("--article", metavar="FILE", help="Text of the article that the words stand in."),
]
_PublishedOption = Annotated[
    str | None, typer.Option("--published", metavar="DATE", help="Publication date, YYYY-MM-DD.")
]
_JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_UNRESOLVED = 4  # the exit code of "no input has a reading"

app = typer.Typer(
    no_args_is_help=True,
    help="Resolve one place, date, number or actor, as a reading would. Exit code 4: unresolved.",
)


@app.command()
def place(
    name: Annotated[str, typer.Argument(help="The name, as the article has it.")],
    *,
    within: Annotated[
        list[str] | None,
        typer.Option(help="What it is said to lie in; repeat it, nearest first."),
    ] = None,
    relation: Annotated[
        PlaceRelation, typer.Option(help="How the event lies to it.")
    ] = PlaceRelation.UNSPECIFIED,
    article: _ArticleOption = None,
    places: PlacesOption = None,
    as_json: _JsonOption = False,
) -> None:
    """Find where a place is, and say how that is known."""
    text = _text(article)
    gazetteer = open_tables(places or ()).gazetteer
    at = text.find(name)
    found = resolve_place(
        PlaceMention(
            name_text=name,
            within_text=tuple(within or ()),
            relation=relation,
            before=text[:at] if at >= 0 else "",
        ),
        gazetteer=gazetteer,
        surroundings=read_surroundings(text, gazetteer) if text else NOWHERE,
    )
    if not isinstance(found, ResolvedPlace):
        _unresolved(name, found, as_json=as_json)
    note(CREDIT)
    _tell(
        found,
        {
            "place": f"{found.name} ({found.id})",
            "level": found.level.value,
            "point": f"{found.lat:.4f}, {found.lon:.4f}, within {found.radius_km:g} km",
            "lies in": ", ".join(found.parents) or "-",
            "by": f"{found.method.value}: {found.method.definition}",
            "not": _candidates(found.candidates),
        },
        as_json=as_json,
    )


@app.command("date")
def look_at_date(
    expression: Annotated[str, typer.Argument(help="The words, as the article has them.")],
    *,
    published: _PublishedOption = None,
    anchor: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day that 'the previous day' is counted from."),
    ] = None,
    as_json: _JsonOption = False,
) -> None:
    """Read which days a time expression stands for."""
    found = resolve_date(
        expression, read_day(published, "--published"), anchor=read_day(anchor, "--anchor")
    )
    if found is None:
        known = "" if published else "; give the publication date with --published"
        _unresolved(expression, f"these words name no day that can be told{known}", as_json=as_json)
    assumed = [
        words
        for words, holds in (
            ("the year is taken from the publication date", found.year_assumed),
            ("the day is read before the month", found.day_first_assumed),
        )
        if holds
    ]
    _tell(
        found,
        {
            "from": found.start.isoformat() if found.start else "open",
            "to": found.end.isoformat() if found.end else "open",
            "precision": f"{found.precision.value}: {found.precision.definition}",
            "assumed": "; ".join(assumed),
        },
        as_json=as_json,
    )


@app.command()
def number(
    words: Annotated[str, typer.Argument(help="The figure's words, as the article has them.")],
    *,
    as_json: _JsonOption = False,
) -> None:
    """Read what a figure says."""
    found = read_number(words)
    if found is None:
        _unresolved(words, "these words hold no single figure of people", as_json=as_json)
    _tell(
        found.model_dump(mode="json"),
        {
            "at least": "open" if found.lower is None else str(found.lower),
            "at most": "open" if found.upper is None else str(found.upper),
            "qualifier": f"{found.qualifier.value}: {found.qualifier.definition}",
            "term": found.term or "",
            "unit": found.unit.value,
            "counted": "from a list" if found.enumerated else "",
        },
        as_json=as_json,
    )


@app.command()
def actor(
    name: Annotated[str, typer.Argument(help="The name, as the article has it.")],
    *,
    country: Annotated[
        list[str] | None,
        typer.Option(help="Where the event took place, two letters (ISO 3166-1); repeatable."),
    ] = None,
    article: _ArticleOption = None,
    published: _PublishedOption = None,
    actors: ActorsOption = None,
    as_json: _JsonOption = False,
) -> None:
    """Find which actor a name stands for."""
    text = _text(article)
    for code in country or ():
        if len(code) != 2 or not code.isalpha():
            raise UsageError(f"--country {code!r} is no country code; write two letters, as in SY")
    found = resolve_actor(
        name,
        table=open_tables(actors=actors or ()).actors,
        article=text or name,
        countries=[code.upper() for code in country or ()],
        published=read_day(published, "--published"),
    )
    if not isinstance(found, ResolvedActor):
        _unresolved(name, found, as_json=as_json)
    _tell(
        found,
        {
            "actor": f"{found.name} ({found.id})",
            "type": found.type,
            "country": found.country or "",
            "part of": found.parent or "",
            "by": found.method.value + (f", from {found.via!r}" if found.via else ""),
        },
        as_json=as_json,
    )


def _tell(found: Any, lines: Mapping[str, str], *, as_json: bool) -> None:
    if as_json:
        write_json(_json(found))
        return
    width = max(map(len, lines))
    for label, words in lines.items():
        if words:
            say(f"{label:<{width}}  {words}")


def _unresolved(words: str, found: Any, *, as_json: bool) -> NoReturn:
    """Say why words stay open, and leave.

    Raises:
        typer.Exit: always.
    """
    reason = found if isinstance(found, str) else found.reason
    if as_json:
        write_json(_json({"unresolved": reason} if isinstance(found, str) else found))
    else:
        say(f"unresolved: {words!r}: {reason}")
        candidates = getattr(found, "candidates", ())
        if candidates:
            say(f"might be: {_candidates(candidates)}")
    raise typer.Exit(_UNRESOLVED)


def _candidates(candidates: Any) -> str:
    return "; ".join(
        one if isinstance(one, str) else f"{one.name} ({one.id}): {one.reason}"
        for one in candidates
    )


def _json(found: Any) -> str:
    whole = asdict(found) if is_dataclass(found) and not isinstance(found, type) else found
    return json.dumps(whole, ensure_ascii=False, default=str)


def _text(article: Path | None) -> str:
    if article is None:
        return ""
    try:
        return article.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"--article {str(article)!r} cannot be read ({error.strerror}); name a text file"
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"--article {str(article)!r} is not UTF-8; save it in UTF-8") from error


def read_day(words: str | None, option: str) -> date | None:
    """A day as an option gives it; `None` if it is not given.

    Raises:
        UsageError: it is no date.
    """
    if words is None:
        return None
    try:
        return datetime.strptime(words, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise UsageError(f"{option} {words!r} is no date; write it as YYYY-MM-DD") from error
