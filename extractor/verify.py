"""Verification: every quote, number, reference and hash of a stored run, checked again offline."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.codes import FlagCode, InputOutcome
from extractor.errors import PromptError
from extractor.ground import is_whole
from extractor.manifest import code_sha256, wire_schema_sha256
from extractor.numerals import read_number
from extractor.pipeline import reading_of
from extractor.prompt import load_prompt
from extractor.readers.answer import Answer
from extractor.records import CountClaim, Quote, Reading
from extractor.store import Run

_OWN_BOUNDS = frozenset({FlagCode.NUMBER_UNVERIFIED})


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something stored that does not hold."""

    where: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What was checked, and what did not hold."""

    outcomes: int
    quotes: int
    figures: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def verify_run(run: Run) -> Verification:
    """Check a run against itself; no reader is asked and no network is used.

    Each quote must stand at its place with its very words, each figure must stand in its quotes and
    read as stored, each text must have its hash; where the code is the one that wrote the run, each
    stored answer is mapped again and must give the same records.

    Raises:
        RecordError: a line of the run is not an outcome that this version reads.
    """
    same_code = run.manifest.code_sha256 == code_sha256()
    notes = list(_notes(run, same_code=same_code))
    problems: list[Problem] = list(_manifest_problems(run)) if same_code else []
    examples = _examples(run)
    outcomes = quotes = figures = 0
    for outcome in run.outcomes():
        outcomes += 1
        if isinstance(outcome, Reading):
            quotes += sum(1 for _ in _quotes(outcome))
            figures += sum(1 for _ in _counts(outcome))
            problems += _reading_problems(outcome, remap=same_code, examples=examples)
    return Verification(
        outcomes=outcomes,
        quotes=quotes,
        figures=figures,
        problems=tuple(problems),
        notes=tuple(notes),
    )


def _notes(run: Run, *, same_code: bool) -> Iterator[str]:
    if not same_code:
        yield "written by other code: stored answers were not mapped again"
    torn = run.unfinished_bytes()
    if torn:
        yield f"{torn} bytes of an unfinished last line are no outcome; extract again to go on"


def _manifest_problems(run: Run) -> Iterator[Problem]:
    if run.manifest.wire_schema_sha256 != wire_schema_sha256():
        yield Problem(where="run.json", message="the hash of the wire schema is not the code's")
    if run.manifest.prompt:
        try:
            found = load_prompt(run.manifest.prompt).fingerprint
        except PromptError as error:
            yield Problem(where="run.json", message=str(error))
        else:
            if found != run.manifest.prompt_sha256:
                told = f"prompt {run.manifest.prompt!r} is not the one that was used"
                yield Problem(where="run.json", message=told)


def _examples(run: Run) -> tuple[str, ...]:
    try:
        return load_prompt(run.manifest.prompt).example_texts if run.manifest.prompt else ()
    except PromptError:
        return ()


def _reading_problems(
    reading: Reading, *, remap: bool, examples: tuple[str, ...]
) -> Iterator[Problem]:
    name = reading.article.id
    for quote in _quotes(reading):
        text = reading.article.field(quote.field)
        if reading.article.slice(quote) != quote.text:
            told = f"{quote.text!r} does not stand at {quote.field} {quote.start}-{quote.end}"
            yield Problem(where=name, message=told)
        elif not is_whole(text, quote.start, quote.end):
            yield Problem(where=name, message=f"{quote.text!r} cuts a word or number in two")
    unverified = {f.where.rpartition("/")[2] for f in reading.flags if f.code in _OWN_BOUNDS}
    for claim in _counts(reading):
        yield from _figure_problems(claim, name, own_bounds=claim.id in unverified)
    yield from _broken_references(reading)
    if (reading.outcome is InputOutcome.READ) == bool(reading.flags):
        yield Problem(where=name, message=f"{reading.outcome.value!r} does not fit its flags")
    if remap and _read_again(reading, examples) != reading:
        told = "the stored records are not what the stored answer gives"
        yield Problem(where=name, message=told)


def _broken_references(reading: Reading) -> Iterator[Problem]:
    name = reading.article.id
    blames = [blame for incident in reading.incidents for blame in incident.blames]
    counted, blamed = {claim.id for claim in _counts(reading)}, {blame.id for blame in blames}
    followed = [
        *((claim.id, (claim.part_of, claim.supersedes), counted) for claim in _counts(reading)),
        *((blame.id, blame.applies_to, counted) for blame in blames),
        *((blame.id, (blame.answers,), blamed) for blame in blames),
    ]
    for claim, targets, there in followed:
        for target in targets:
            if target is not None and target not in there:
                told = f"refers to {target!r}, which is not in the reading"
                yield Problem(where=f"{name}/{claim}", message=told)


def _figure_problems(claim: CountClaim, name: str, *, own_bounds: bool) -> Iterator[Problem]:
    words = claim.number.text
    where = f"{name}/{claim.id}"
    if words is None:
        return
    if not any(_holds(quote, words) for quote in claim.quotes):
        yield Problem(where=where, message=f"the figure {words!r} does not stand in its quotes")
    read = read_number(words)
    bounds = (claim.number.lower, claim.number.upper, claim.number.qualifier)
    if not own_bounds and (read is None or (read.lower, read.upper, read.qualifier) != bounds):
        yield Problem(where=where, message=f"the figure {words!r} does not read as stored")


def _holds(quote: Quote, words: str) -> bool:
    return words in quote.text or quote.text in words


def _read_again(reading: Reading, examples: tuple[str, ...]) -> Reading:
    return reading_of(
        Answer(answer=reading.answer, attempts=reading.attempts),
        reading.article,
        reader=reading.reader,
        prompt=reading.prompt,
        examples=examples,
        source=reading.source,
        notices=reading.notices,
    )


def _counts(reading: Reading) -> Iterator[CountClaim]:
    for incident in reading.incidents:
        yield from incident.counts
    yield from reading.cumulative


def _quotes(reading: Reading) -> Iterator[Quote]:
    for claim in _counts(reading):
        yield from claim.quotes
    for incident in reading.incidents:
        yield from incident.evidence
        for blame in incident.blames:
            yield from blame.quotes
        parts = (incident.when, *incident.places)
        yield from (part.quote for part in parts if part.quote)
