"""Cells made by hand: what a scorer would have said of articles that nobody wrote."""

from typing import Any

from eval.cells import Cell, CellKind, CellState
from extractor.codes import InputOutcome, Qualifier
from extractor.numerals import Number

_PAIRED = (CellState.CORRECT, CellState.WRONG)


def figure(n: int, qualifier: Qualifier = Qualifier.EXACT) -> Number:
    """A number of people, as "26" or "at least 26" would say it."""
    lower = None if qualifier in (Qualifier.AT_MOST, Qualifier.VAGUE) else n
    upper = None if qualifier in (Qualifier.AT_LEAST, Qualifier.VAGUE) else n
    return Number(text=f"{n}", lower=lower, upper=upper, qualifier=qualifier)


def cell(kind: CellKind, state: CellState, article: str = "a", **fields: Any) -> Cell:
    """A cell whose incidents fit its state; the story is the article's own if none is named."""
    incidents: dict[str, Any] = {"gold_incident": "i1", "predicted_incident": "p1"}
    if kind is CellKind.INCIDENT and state is CellState.MISSED:
        incidents["predicted_incident"] = None
    if kind is CellKind.INCIDENT and state is CellState.SPURIOUS:
        incidents["gold_incident"] = None
    if kind is CellKind.ARTICLE:
        incidents = {}
        fields = {"outcome": InputOutcome.READ, **fields}
    values: dict[str, Any] = {}
    if kind is CellKind.COUNT and state is not CellState.SPURIOUS:
        values["gold_number"] = figure(12)
    if kind is CellKind.COUNT and state is not CellState.MISSED:
        values["predicted_number"] = figure(12)
    given = {"article_id": article, "story_id": f"story of {article}", "slice": "total"}
    return Cell.model_validate(
        {**given, "kind": kind, "state": state, **incidents, **values, **fields}
    )


def told_incident(article: str, state: CellState, n: int = 1, **fields: Any) -> list[Cell]:
    """An incident with one count claim, both in the same state; `n` tells incidents apart."""
    gold = None if state is CellState.SPURIOUS else f"i{n}"
    predicted = None if state is CellState.MISSED else f"p{n}"
    where = {"gold_incident": gold, "predicted_incident": predicted}
    kinds = (CellKind.INCIDENT, CellKind.COUNT)
    return [cell(kind, state, article, **{**where, **fields}) for kind in kinds]


def article(name: str = "a", **fields: Any) -> Cell:
    """The cell of an article that was read."""
    return cell(CellKind.ARTICLE, CellState.CORRECT, name, **fields)
