"""Grids: the tables of a report, once for every format that shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from eval.report.words import (
    NOTHING,
    Words,
    interval_of,
    percent,
    plain,
    value_of,
)
from eval.scores.harms import HarmScore
from eval.scores.headline import BY_INCIDENTS, Row
from eval.scores.score import Score, Section, Table
from eval.scores.summary import Summary
from eval.scoring.places import WITHIN_KM

_RING = "place.within_"


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table of words: a heading, columns, rows of as many words, and what to know of it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    note: str = ""
    numbers: frozenset[int] = frozenset()
    """The columns that hold figures, and stand to the right."""
    labels: int = 1
    """How many columns, the first ones, say what a row is of."""


def attempts_line(summary: Summary) -> str:
    """How many articles there were, and how they ended."""
    told = summary.attempts
    ended = ", ".join(f"{plain(name)} {n}" for name, n in told.outcomes.items())
    return f"{told.articles} articles in {told.clusters} stories: {ended or 'none'}"


def interval_line(summary: Summary) -> str:
    """What the intervals are, or why there are none."""
    if not summary.with_intervals:
        return "No intervals were asked for."
    if summary.has_few_clusters:
        n = summary.attempts.clusters
        return f"{n} stories are too few for intervals: read the counts, not the percentages."
    return (
        "Intervals are of 95 %, over stories; "
        f"where they are drawn at random, the seed is {summary.seed}."
    )


def headline_grid(rows: Iterable[Row]) -> Grid:
    """The headline: every kind of claim end to end."""
    told = tuple(rows)
    return Grid(
        title="End to end",
        columns=(
            "What",
            "F1",
            "95 % interval",
            "Precision",
            "Recall",
            "Right, false, lost",
            "Right of all",
            "Where both tell it",
        ),
        rows=tuple(
            (
                row.label,
                value_of(row.f1),
                interval_of(row.f1),
                value_of(row.precision),
                value_of(row.recall),
                "{tp}, {fp}, {fn}".format(**row.f1.counts),
                value_of(row.accuracy),
                _with_counts(row.conditional),
            )
            for row in told
        ),
        note=(
            "A missed incident loses every claim in it, an invented one adds false ones. "
            "Where both tell it is a diagnosis: leaving out what is hard raises it."
        ),
        numbers=frozenset(range(1, 8)),
    )


def means_grid(summary: Summary) -> Grid:
    """The mean F1 over articles, and over the groups of each stratum."""
    rows, articles = summary.headline, summary.attempts.articles
    strata = sorted({one for row in rows for one in row.by_stratum}, key=_with_incidents_first)
    return Grid(
        title="Mean F1",
        columns=("What", "Mean by article", *map(_stratum, strata)),
        rows=tuple(
            (
                row.label,
                _mean(row.by_article, articles, "articles"),
                *(_mean(row.by_stratum.get(one), articles, "groups") for one in strata),
            )
            for row in rows
        ),
        note=(
            "Left out are articles that have no such claim on either side, that tell of no "
            "incident, or that are in no group of the stratum."
        ),
        numbers=frozenset(range(1, len(strata) + 2)),
    )


def harm_grid(harms: Iterable[HarmScore]) -> Grid:
    """Every harm, beside the recall that silence would buy it with."""
    return Grid(
        title="Harms",
        columns=("Harm", "Rate", "Harm, of", "At most", "Beside recall", "At most 1 %?", "Means"),
        rows=tuple(
            (
                one.rate.label,
                value_of(one.rate),
                one.rate.tally,
                percent(one.upper),
                f"{value_of(one.recall)} {one.recall.label.split(',')[0].lower()}",
                one.verdict,
                one.harm.definition,
            )
            for one in harms
        ),
        note=(
            "A reader that says nothing does no harm: a rate means something beside its recall "
            "only. It is certified to be at most 1 % where the upper end of its interval is: "
            "without a single harm from 381 independent opportunities on, more within stories."
        ),
        numbers=frozenset({1, 2, 3}),
    )


def section_grid(section: Section) -> Grid:
    """The figures of a section."""
    return Grid(
        title=section.title,
        columns=("What", "Value", "95 % interval", "Counts", "Articles"),
        rows=tuple(
            (one.label, value_of(one), interval_of(one), one.tally, str(one.articles))
            for one in section.scores
            if not one.name.startswith(_RING)
        ),
        note=" ".join(section.notes),
        numbers=frozenset({1, 2, 3, 4}),
    )


def ring_grid(section: Section) -> Grid | None:
    """The places right within some kilometres; none for another section."""
    rings = {one.name: one for one in section.scores if one.name.startswith(_RING)}
    if not rings:
        return None
    rows: list[tuple[str, ...]] = []
    for km in WITHIN_KM:
        told, placed, constant = (
            rings[f"{_RING}{km}{of}"] for of in ("", ".conditional", ".baseline")
        )
        rows.append(
            (
                f"within {km} km",
                value_of(told),
                interval_of(told),
                told.tally,
                _with_counts(placed),
                value_of(constant),
            )
        )
    return Grid(
        title="Places by distance",
        columns=(
            "How near",
            "End to end",
            "95 % interval",
            "Counts",
            "Where both have a point",
            "Always the commonest place",
        ),
        rows=tuple(rows),
        numbers=frozenset(range(1, 6)),
    )


def cross_grid(table: Table) -> Grid:
    """A cross table: gold down, predicted across."""
    return Grid(
        title=table.title,
        columns=("Gold \\ predicted", *map(plain, table.columns)),
        rows=tuple(
            (plain(word), *map(str, counts))
            for word, counts in zip(table.rows, table.counts, strict=True)
        ),
        numbers=frozenset(range(1, len(table.columns) + 1)),
    )


def _with_incidents_first(stratum: str) -> tuple[bool, str]:
    return stratum != BY_INCIDENTS, stratum


def _stratum(stratum: str) -> str:
    told = "over 1, 2, 3+ incidents" if stratum == BY_INCIDENTS else f"by {plain(stratum)}"
    return f"Mean {told}"


def _mean(score: Score | None, articles: int, over: str) -> str:
    """A mean F1 with how many things it is over, and how many articles it leaves out."""
    if score is None or score.value is None:
        return NOTHING
    groups, out = score.counts["groups"], articles - score.articles
    return f"{value_of(score)} ({groups} {over if groups != 1 else over[:-1]}, {out} left out)"


def _with_counts(score: Score) -> str:
    if not score.counts.get("of"):
        return NOTHING
    return f"{value_of(score)} ({score.tally})"
