"""Calibration: which claims of the built-in reader are right where the truth is known, by rule.

Against gold a count is right where its toll is (figure and outcome, for the incident), or, where it
makes no toll of its own, where its count cell has both right; a blame is right where its cell is.
A corpus labels documents, not claims: there a claim is judged only where it is the one claim that
the document's figure is made of.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from eval.cells import Cell, CellKind, CellState
from eval.corpora.corpus import Document
from eval.corpora.labelled import LabelledCorpus
from eval.gold import GoldSet
from eval.predictions import Prediction
from eval.reliability import Forecast
from eval.run import Asked, read_documents
from eval.scoring.article import score_set
from extractor.codes import Scope
from extractor.mapping import given_doubts
from extractor.readers.baseline import BaselineReader
from extractor.readers.baseline.confidence import (
    Tallies,
    Tally,
    Way,
    confidence,
    levelled,
    ways,
)
from extractor.records import CountClaim, Reading
from extractor.resolve.tables import open_tables

FOLDS = 10


@dataclass(frozen=True, kw_only=True)
class Observation:
    """A claim, how it was come by, and whether it is right."""

    source: str
    """`gold`, or the name of a corpus."""
    story: str
    way: Way
    right: bool


def observe_gold(gold: GoldSet) -> tuple[Observation, ...]:
    """The claims that the built-in reader makes of labelled articles."""
    readings = _read(
        Document(id=name, cluster=one.gold.story_id, article=one.article, labels={})
        for name, one in sorted(gold.labelled.items())
    )
    scored = score_set(gold, [_prediction(reading) for reading in readings.values()])
    cells: dict[str, list[Cell]] = defaultdict(list)
    for cell in scored.cells:
        cells[cell.article_id].append(cell)
    found: list[Observation] = []
    for name, reading in readings.items():
        judged, story = _judged(cells[name]), gold.labelled[name].gold.story_id
        found += (
            Observation(source="gold", story=story, way=way, right=judged[claim])
            for claim, way in _ways(reading)
            if claim in judged
        )
    return tuple(found)


def observe_corpus(
    corpus: LabelledCorpus, documents: Sequence[Document]
) -> tuple[Observation, ...]:
    """The claims that the built-in reader makes of a corpus, where a label judges one of them."""
    readings = _read(documents)
    score = corpus.score(documents, readings)
    found: list[Observation] = []
    for cell in score.cells:
        reading = readings.get(cell.document_id)
        figure = corpus.profile.sums.get(cell.field)
        if reading is None or figure is None or cell.predicted in (None, "0", ""):
            continue
        alone = [claim for claim in _wholes(reading) if claim.outcome in figure.outcomes]
        way = dict(_ways(reading)).get(alone[0].id) if len(alone) == 1 else None
        if way is not None and cell.state is not CellState.EXCUSED:
            found.append(
                Observation(source=corpus.name, story=cell.cluster, way=way, right=cell.credit >= 1)
            )
    return tuple(found)


def tallies(observations: Iterable[Observation]) -> Tallies:
    """How many claims of each way are right, of how many."""
    right: Counter[Way] = Counter()
    of: Counter[Way] = Counter()
    for one in observations:
        of[one.way] += 1
        right[one.way] += one.right
    return {way: Tally(right=right[way], of=of[way]) for way in sorted(of)}


def cross_validated(observations: Sequence[Observation], corpora: Tallies) -> tuple[Forecast, ...]:
    """Each claim with the confidence that it has without its own story and those of its fold.

    Args:
        observations: the claims to be forecast.
        corpora: what was measured on other texts, which the confidence rests on as well.
    """
    folds = {story: n % FOLDS for n, story in enumerate(sorted({o.story for o in observations}))}
    found: list[Forecast] = []
    for fold in range(FOLDS):
        known = levelled(tallies(o for o in observations if folds[o.story] != fold), corpora)
        found += (
            Forecast(story=one.story, confidence=confidence(one.way, known), right=one.right)
            for one in observations
            if folds[one.story] == fold
        )
    return tuple(found)


def _read(documents: Iterable[Document]) -> dict[str, Reading]:
    asked = Asked(reader=BaselineReader(), prompt=None, tables=open_tables(), at_once=1)
    outcomes = asyncio.run(read_documents(tuple(documents), asked))
    return {name: one for name, one in outcomes.items() if isinstance(one, Reading)}


def _prediction(reading: Reading) -> Prediction:
    return Prediction(
        article_id=reading.article.id,
        text_sha256=reading.article.text_sha256,
        outcome=reading.outcome,
        incidents=reading.incidents,
        cumulative=reading.cumulative,
    )


def _ways(reading: Reading) -> Iterator[tuple[str, Way]]:
    """How each claim of a reading was come by."""
    given = given_doubts(reading.doubts, reading.answer)
    final = {mine.claim: stored.claim for mine, stored in zip(given, reading.doubts, strict=True)}
    for claim, way in ways(reading.answer, {doubt.claim: doubt.rule for doubt in given}):
        yield final[claim], way


def _wholes(reading: Reading) -> Iterator[CountClaim]:
    """The figures of incidents that are no part of another."""
    for incident in reading.incidents:
        for claim in incident.counts:
            if claim.part_of is None and claim.scope is Scope.INCIDENT:
                yield claim


_LESS_SURE = (CellKind.BLAME, CellKind.COUNT, CellKind.CUMULATIVE)


def _judged(cells: Iterable[Cell]) -> dict[str, bool]:
    """Which predicted claims are right; one that is excused is not judged."""
    judged: dict[str, bool] = {}
    told = sorted(cells, key=lambda cell: cell.kind is CellKind.TOLL)  # a toll decides, last
    excused: set[str] = set()
    for cell in told:
        claim = cell.predicted_id
        if claim is None or cell.kind not in (*_LESS_SURE, CellKind.TOLL):
            continue
        if cell.state is CellState.EXCUSED:
            excused.add(claim)
        judged[claim] = cell.state is CellState.CORRECT or (
            cell.kind in (CellKind.COUNT, CellKind.CUMULATIVE)
            and bool(cell.parts.get("number") and cell.parts.get("outcome"))
        )
    return {claim: right for claim, right in judged.items() if claim not in excused}
