"""The summary: everything a report says of a graded run, from its cells alone."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from eval.cells import Cell, CellKind
from eval.intervals import MIN_CLUSTERS
from eval.provenance import Provenance
from eval.scores.blames import blame_section
from eval.scores.counts import count_section
from eval.scores.dates import date_section
from eval.scores.gauge import Gauge
from eval.scores.harms import HarmScore, harms_of
from eval.scores.headline import Row, headline_of
from eval.scores.incidents import incident_section
from eval.scores.places import place_section
from eval.scores.score import Score, Section, Told
from eval.scores.sensitivity import Sensitivity, sensitivity_of
from eval.scores.slices import Slice, slices_of
from eval.scores.worst import MistakeCount, mistakes_of, worst_of
from extractor.codes import InputOutcome

VERSION = 1
"""Version of the summary's format."""
ABSENT = "absent"

_LOST = (ABSENT, InputOutcome.INFRA_ERROR.value)


class Attempts(Told):
    """How the gold articles fared; each counts, read or not."""

    articles: int
    clusters: int
    outcomes: dict[str, int]
    """Gold articles by how they ended; `absent` if the predictions do not have them."""
    verdict: Literal["VALID", "INVALID"]
    """Invalid where an article was never answered for: it is scored as a prediction of nothing."""
    reason: str | None = None
    """Why it is invalid, and what to do."""


class Summary(Told):
    """Every figure of a graded run."""

    schema_version: Literal[1] = VERSION
    provenance: Provenance | None = None
    """What it was computed from; empty where only cells were given."""
    seed: int
    """Of every interval that rests on resampling."""
    with_intervals: bool
    attempts: Attempts
    headline: tuple[Row, ...]
    sections: tuple[Section, ...]
    harms: tuple[HarmScore, ...]
    mistakes: tuple[MistakeCount, ...]
    slices: tuple[Slice, ...]
    sensitivity: Sensitivity | None = None
    worst: tuple[Cell, ...]

    @property
    def is_valid(self) -> bool:
        """Whether every gold article was answered for."""
        return self.attempts.verdict == "VALID"

    @property
    def has_few_clusters(self) -> bool:
        """Whether there are too few stories for intervals."""
        return self.attempts.clusters < MIN_CLUSTERS

    def scores(self) -> Iterator[Score]:
        """Every figure over all articles, each name once."""
        for row in self.headline:
            yield from (
                row.f1,
                row.accuracy,
                row.precision,
                row.recall,
                row.conditional,
                row.by_article,
            )
            yield from row.by_stratum.values()
        for section in self.sections:
            yield from section.scores
        yield from (one.rate for one in self.harms)

    def score(self, name: str) -> Score:
        """The figure of that name.

        Raises:
            KeyError: there is none.
        """
        return {one.name: one for one in self.scores()}[name]

    def section(self, name: str) -> Section:
        """The section of that name.

        Raises:
            KeyError: there is none.
        """
        return {one.name: one for one in self.sections}[name]

    def to_json(self) -> str:
        """As JSON: keys sorted, no number that JSON lacks, the same bytes for the same cells."""
        told = self.model_dump(mode="json")
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
        return f"{text}\n"


def summarise(
    cells: Sequence[Cell],
    *,
    seed: int = 0,
    intervals: bool = True,
    variants: Mapping[str, Sequence[Cell]] | None = None,
    provenance: Provenance | None = None,
) -> Summary:
    """Every figure of a graded run, from its cells in any order.

    `variants` holds the cells of the same run under other alignments; the first is the one scored.
    """
    # Sums of decimals depend on their order, so the order is settled first.
    settled = sorted(cells, key=Cell.model_dump_json)
    gauge = Gauge(seed=seed, intervals=intervals)
    sections = (incident_section, count_section, place_section, date_section, blame_section)
    return Summary(
        provenance=provenance,
        seed=seed,
        with_intervals=intervals,
        attempts=attempts_of(settled),
        headline=headline_of(settled, gauge),
        sections=tuple(section(settled, gauge) for section in sections),
        harms=harms_of(settled, gauge),
        mistakes=mistakes_of(settled),
        slices=slices_of(settled, gauge),
        sensitivity=sensitivity_of(variants, gauge) if variants else None,
        worst=worst_of(settled),
    )


def attempts_of(cells: Sequence[Cell]) -> Attempts:
    """How the gold articles fared, from their own cells."""
    articles = [one for one in cells if one.kind is CellKind.ARTICLE]
    outcomes = Counter(str(one.outcome or ABSENT) for one in articles)
    lost = sum(outcomes[name] for name in _LOST)
    reason = None
    if lost:
        were, them = ("was", "it") if lost == 1 else ("were", "them")
        reason = (
            f"{lost} of {len(articles)} articles {were} never answered for; extract {them} again"
        )
    elif not articles:
        reason = "there is no article to score"
    order = [*(one.value for one in InputOutcome), ABSENT]
    return Attempts(
        articles=len(articles),
        clusters=len({one.story_id for one in articles}),
        outcomes={name: outcomes[name] for name in order if outcomes[name]},
        verdict="INVALID" if reason else "VALID",
        reason=reason,
    )
