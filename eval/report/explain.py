"""One article explained: its sentences, how its incidents were aligned, and each of its cells."""

import json
import re
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from eval.align import Alignment, Leftover
from eval.predictions import Prediction
from eval.report.grids import Grid
from eval.report.terminal import print_cells, print_grid
from eval.report.words import NOTHING, isolated, plain
from eval.scoring.article import ScoredArticle
from eval.scoring.case import Case
from extractor.codes import InputOutcome
from extractor.records import Incident

# After a full stop, also an Arabic, Urdu or Chinese one, with or without a quotation mark after it.
_STOPS, _CLOSING = ".!?\u2026\u061f\u06d4\u3002", "\"'\u201d\u2019\u00bb)"
_SENTENCE_END = re.compile(rf"(?<=[{_STOPS}])\s+|(?<=[{_STOPS}][{_CLOSING}])\s+|\n+")


def print_explained(console: Console, scored: ScoredArticle) -> None:
    """Print all that led to the scores of one article."""
    case = scored.case
    article = case.labelled.article
    console.print(Text(isolated(article.id), style="bold"), Text(ending_of(case.prediction)))
    if is_unanswered(case.prediction):
        console.print(Text(_INVALID, style="bold red"))
    if article.title:
        console.print(Text(f" T  {isolated(article.title)}", style="bold"), soft_wrap=True)
    for number, sentence in enumerate(sentences(article.text), start=1):
        console.print(Text(f"{number:>2}  {isolated(sentence)}"), soft_wrap=True)
    for grid in (incident_grid(case), matrix_grid(case)):
        print_grid(console, grid)
    console.print(Text(certainty(case.alignment), style="dim"))
    console.print()
    print_cells(console, scored.cells)


def ending_of(prediction: Prediction | None) -> str:
    """How the reading of an article ended, and what that means."""
    if prediction is None:
        return "absent: The predictions do not have the article."
    return f"{plain(prediction.outcome.value)}: {prediction.outcome.definition}"


def is_unanswered(prediction: Prediction | None) -> bool:
    """Whether the article was never answered for, so that no grading it is in is valid."""
    return prediction is None or prediction.outcome is InputOutcome.INFRA_ERROR


_INVALID = (
    "INVALID: the article was never answered for; it is scored as a prediction of nothing, and no "
    "grading it is in is valid. Extract it again."
)


def sentences(text: str) -> list[str]:
    """A text in pieces for reading: each line, and each sentence as far as its marks tell."""
    return [one.strip() for one in _SENTENCE_END.split(text) if one and one.strip()]


def incident_grid(case: Case) -> Grid:
    """The incidents of both sides under the names that the matrix uses."""
    gold = ((f"G{at}", one) for at, one in enumerate(case.gold.incidents, start=1))
    predicted = ((f"P{at}", one) for at, one in enumerate(case.predicted_incidents, start=1))
    return Grid(
        title="Incidents",
        columns=("", "Id", "What", "Where", "When", "Summary"),
        rows=tuple(_incident(name, one) for name, one in (*gold, *predicted)),
    )


def matrix_grid(case: Case) -> Grid:
    """How alike each gold incident is to each predicted one; a pair stands in brackets."""
    alignment = case.alignment
    paired = {(one.gold, one.predicted) for one in alignment.pairs}
    alone = {one.index: _why(one, "P") for one in alignment.missed}
    rows = [
        (
            f"G{at + 1}",
            *(_likeness(one, (at, to) in paired) for to, one in enumerate(row)),
            alone.get(at, ""),
        )
        for at, row in enumerate(alignment.similarities)
    ]
    left = {one.index: _why(one, "G") for one in alignment.extra}
    width = len(case.predicted_incidents)
    if left:
        rows.append(("alone", *(left.get(at, "") for at in range(width)), ""))
    return Grid(
        title="Likeness",
        columns=("", *(f"P{at + 1}" for at in range(width)), "alone"),
        rows=tuple(rows),
        numbers=frozenset(range(1, width + 1)),
    )


def certainty(alignment: Alignment) -> str:
    """How much better the chosen alignment is than the next."""
    if alignment.margin is None:
        return "There is no other alignment."
    words = "ambiguous: another is nearly as good" if alignment.is_ambiguous else "clear"
    return f"The next best alignment is worse by {alignment.margin:.4f}: {words}."


def alignment_rows(scored: Iterable[ScoredArticle]) -> str:
    """The alignment of each article as JSON Lines: keys sorted, incidents by their ids."""
    return "".join(
        json.dumps(_alignment(one.case), ensure_ascii=False, sort_keys=True) + "\n"
        for one in scored
    )


def _alignment(case: Case) -> dict[str, object]:
    alignment = case.alignment
    gold = [one.id for one in case.gold.incidents]
    predicted = [one.id for one in case.predicted_incidents]
    return {
        "article_id": case.gold.article_id,
        "gold": gold,
        "predicted": predicted,
        "similarities": alignment.similarities,
        "pairs": [
            {
                "gold": gold[one.gold],
                "predicted": predicted[one.predicted],
                "similarity": one.similarity,
            }
            for one in alignment.pairs
        ],
        "missed": list(_leftovers(alignment.missed, gold, predicted)),
        "extra": list(_leftovers(alignment.extra, predicted, gold)),
        "margin": alignment.margin,
        "is_ambiguous": alignment.is_ambiguous,
    }


def _leftovers(
    left: Iterable[Leftover], own: list[str], other: list[str]
) -> Iterator[dict[str, str | None]]:
    for one in left:
        of = None if one.of is None else other[one.of]
        yield {"id": own[one.index], "kind": one.kind, "of": of}


def _incident(name: str, one: Incident) -> tuple[str, ...]:
    days = [day.isoformat() for day in (one.when.start, one.when.end) if day]
    return (
        name,
        one.id,
        ", ".join(plain(kind.value) for kind in one.attack_types),
        one.places[0].name_text if one.places else NOTHING,
        " to ".join(dict.fromkeys(days)) or NOTHING,
        one.summary + (" (background)" if one.background else ""),
    )


def _likeness(similarity: float | None, is_pair: bool) -> str:
    if similarity is None:
        return NOTHING
    return f"[{similarity:.3f}]" if is_pair else f"{similarity:.3f}"


def _why(left: Leftover, other: str) -> str:
    return left.kind if left.of is None else f"{left.kind} ({other}{left.of + 1})"
