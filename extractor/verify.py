"""Verification: a stored run is checked again offline, and with its own code mapped again.

What other code can check: that quotes and names stand in the article, that figures stand in their
quotes and read as stored, that references lead somewhere, and that texts have their hashes. What
kind of person, place or harm the words mean is checked only by mapping the answer again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.codes import FlagCode, InputOutcome, Qualifier
from extractor.errors import PromptError
from extractor.ground import is_whole
from extractor.manifest import code_sha256, wire_schema_sha256
from extractor.numerals import read_number
from extractor.pipeline import map_again
from extractor.prompt import load_prompt
from extractor.records import Actor, CountClaim, Quote, Reading, Speaker
from extractor.resolve.tables import Tables, open_tables
from extractor.store import OUTCOMES, Lines, Run, earlier_manifests


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


def verify_run(
    run: Run, *, tables: Tables | None = None, prompts: Path | None = None
) -> Verification:
    """Check a run against itself; no reader is asked and no network is used.

    Each line must have the checksum that it was written with. Each quote must stand at its place
    with its very words and each name in the article, each figure must stand in its quotes and read
    as stored, unless it is flagged as the reader's own, each text must have its hash. Where the
    code is the one that wrote the run, each stored answer is mapped again and must give the same
    records.

    Args:
        run: what to check.
        tables: those that the run was written with; the packaged tables by default.
        prompts: folder of packs that its prompt lies in; the project's own by default.

    Raises:
        RecordError: the run is changed while it is checked.
    """
    tables = tables or open_tables()
    same_code = run.manifest.code_sha256 == code_sha256()
    same_tables = run.manifest.own_tables == tables.own
    notes = list(_notes(run, same_code=same_code, same_tables=same_tables))
    again = tables if same_code and same_tables else None
    asked_otherwise = list(_manifest_problems(run, prompts)) if same_code else []
    problems: list[Problem] = []
    if earlier_manifests(run.folder):  # its answers were asked for by the code of an earlier one
        notes += [f"{one.message}: its answers were mapped anew since" for one in asked_otherwise]
    else:
        problems += asked_otherwise
    lines = run.check_lines()
    problems += _line_problems(lines)
    if lines.unsealed:
        notes.append(
            f"{lines.unsealed} of {lines.count} lines have no checksum: an earlier version wrote "
            "them, or somebody else"
        )
    faulty = {fault.offset for fault in lines.faults}
    if replaced := run.tally(faulty).replaced:
        notes.append(f"{replaced} of {lines.count} lines count no more: a later one replaced them")
    examples = _examples(run, prompts)
    outcomes = quotes = figures = own = 0
    for outcome in run.outcomes(leaving_out=faulty):
        outcomes += 1
        if isinstance(outcome, Reading):
            quotes += sum(1 for _ in _quotes(outcome))
            figures += sum(1 for _ in _counts(outcome))
            own += sum(1 for _ in _on_own_bounds(outcome))
            problems += _reading_problems(outcome, again=again, examples=examples)
    if own:
        notes.append(f"{own} of {figures} figures rest on the reader's own bounds, not their words")
    return Verification(
        outcomes=outcomes,
        quotes=quotes,
        figures=figures,
        problems=tuple(problems),
        notes=tuple(notes),
    )


def _notes(run: Run, *, same_code: bool, same_tables: bool) -> Iterator[str]:
    if not same_code:
        yield "written by other code: stored answers were not mapped again"
    elif not same_tables:
        yield (
            "written with other tables of places or actors: stored answers were not mapped again; "
            "give the same --places and --actors"
        )
    torn = run.unfinished_bytes()
    if torn:
        yield f"{torn} bytes of an unfinished last line are no outcome; extract again to go on"


def _line_problems(lines: Lines) -> Iterator[Problem]:
    for fault in lines.faults:
        where = f"{OUTCOMES} line {fault.line}, at byte {fault.offset}"
        yield Problem(where=where, message=fault.message)


def _manifest_problems(run: Run, prompts: Path | None) -> Iterator[Problem]:
    if run.manifest.wire_schema_sha256 != wire_schema_sha256():
        yield Problem(where="run.json", message="the hash of the wire schema is not the code's")
    if run.manifest.prompt:
        try:
            found = load_prompt(run.manifest.prompt, root=prompts).fingerprint
        except PromptError as error:
            yield Problem(where="run.json", message=str(error))
        else:
            if found != run.manifest.prompt_sha256:
                told = f"prompt {run.manifest.prompt!r} is not the one that was used"
                yield Problem(where="run.json", message=told)


def _examples(run: Run, prompts: Path | None) -> tuple[str, ...]:
    if not run.manifest.prompt:
        return ()
    try:
        return load_prompt(run.manifest.prompt, root=prompts).example_texts
    except PromptError:
        return ()


def _reading_problems(
    reading: Reading, *, again: Tables | None, examples: tuple[str, ...]
) -> Iterator[Problem]:
    name = reading.article.id
    for quote in _quotes(reading):
        text = reading.article.field(quote.field)
        if reading.article.slice(quote) != quote.text:
            told = f"{quote.text!r} does not stand at {quote.field} {quote.start}-{quote.end}"
            yield Problem(where=name, message=told)
        elif not is_whole(text, quote.start, quote.end):
            yield Problem(where=name, message=f"{quote.text!r} cuts a word or number in two")
    for where, words in _verbatim(reading):
        if words not in reading.article.text and words not in (reading.article.title or ""):
            told = f"{words!r} does not stand in the article"
            yield Problem(where=f"{name}/{where}", message=told)
    own = {claim.id for claim in _on_own_bounds(reading)}
    for claim in _counts(reading):
        yield from _figure_problems(claim, name, own_bounds=claim.id in own)
    yield from _broken_references(reading)
    if (reading.outcome is InputOutcome.READ) == bool(reading.flags):
        yield Problem(where=name, message=f"{reading.outcome.value!r} does not fit its flags")
    if again and map_again(reading, examples=examples, tables=again) != reading:
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
        *(("doubts", (doubt.claim,), counted | blamed) for doubt in reading.doubts),
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
        listed = claim.number.enumerated and own_bounds
        if not listed and claim.number.qualifier is not Qualifier.UNKNOWN_NUMBER:
            yield Problem(where=where, message="the figure comes without the words that state it")
        return
    if not any(_holds(quote, words) for quote in claim.quotes):
        yield Problem(where=where, message=f"the figure {words!r} does not stand in its quotes")
    if not own_bounds and not _reads_as_stored(claim):
        yield Problem(where=where, message=f"the figure {words!r} does not read as stored")


def _on_own_bounds(reading: Reading) -> Iterator[CountClaim]:
    """The figures that are flagged as the reader's own, and that their words do not prove."""
    flagged = {
        flag.where.rpartition("/")[2]
        for flag in reading.flags
        if flag.code is FlagCode.NUMBER_UNVERIFIED
    }
    for claim in _counts(reading):
        if claim.id in flagged and not _reads_as_stored(claim):
            yield claim


def _reads_as_stored(claim: CountClaim) -> bool:
    number = claim.number
    if number.text is None:
        return number.qualifier is Qualifier.UNKNOWN_NUMBER
    read = read_number(number.text)
    bounds = (number.lower, number.upper, number.qualifier)
    return read is not None and (read.lower, read.upper, read.qualifier) == bounds


def _holds(quote: Quote, words: str) -> bool:
    """Whether words stand in a quote without cutting a word or number of it in two."""
    at = quote.text.find(words)
    while at >= 0 and not is_whole(quote.text, at, at + len(words)):
        at = quote.text.find(words, at + 1)
    return at >= 0


def _verbatim(reading: Reading) -> Iterator[tuple[str, str]]:
    """Everything that is stored as words of the article, and the part that it belongs to."""
    for where, words in _stated(reading):
        if words is not None:
            yield where, words


def _stated(reading: Reading) -> Iterator[tuple[str, str | None]]:
    for claim in _counts(reading):
        yield claim.id, claim.group.text
        yield claim.id, claim.group.party
        yield claim.id, claim.place_text
        yield claim.id, claim.period_text
        yield from _named(claim.id, *claim.speakers)
    for incident in reading.incidents:
        yield incident.id, incident.when.expression
        for place in incident.places:
            for words in (place.name_text, *place.within_text, place.controlled_by_text):
                yield incident.id, words
        for party in incident.parties:
            yield incident.id, party.name_text
            yield from _named(incident.id, party.actor)
        for blame in incident.blames:
            yield from _named(blame.id, *blame.accused, *blame.speakers)


def _named(where: str, *people: Actor | Speaker) -> Iterator[tuple[str, str | None]]:
    for person in people:
        yield where, person.name_text
        if isinstance(person, Speaker):
            yield where, person.via_text


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
