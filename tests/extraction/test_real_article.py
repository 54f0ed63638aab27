"""The real article and the third-party texts, where they lie beside the checkout."""

import asyncio
import os
from collections import Counter
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from extractor import Article, Reading, open_reader, read_article
from extractor.codes import AttackType, InputOutcome, SpeakerType, Stance, Standing
from extractor.intake import Fields, take
from extractor.jobs import Job, read_inputs
from extractor.manifest import describe_run
from extractor.records import CountClaim, Incident
from extractor.store import open_run, write_run
from extractor.verify import verify_run

SHARED = Path(os.environ.get("TOLLBOOK_SHARED", Path(__file__).resolve().parents[3] / "shared"))
ALEPPO = SHARED / "articles" / "aleppo.txt"
CORPORA = sorted((SHARED / "corpora").glob("*.jsonl"))
FIRST = 50


@pytest.fixture(scope="module")
def aleppo() -> Reading:
    """The real article as the built-in reader reads it."""
    if not ALEPPO.is_file():
        pytest.skip(f"the real article is not at {ALEPPO}")
    text = ALEPPO.read_bytes().decode()
    article = Article.of(text, id="aleppo", published_at=date(2016, 12, 1))
    outcome = asyncio.run(read_article(article, reader=open_reader("baseline")))
    assert isinstance(outcome, Reading)
    return outcome


def _figures(incident: Incident) -> list[tuple[str, int | None, int | None, str | None]]:
    return [
        (c.outcome.value, c.number.lower, c.number.upper, c.group.text) for c in incident.counts
    ]


def test_the_real_article_has_three_incidents_and_no_other(aleppo: Reading) -> None:
    assert [incident.attack_types[0] for incident in aleppo.incidents] == [
        AttackType.SHELLING,
        AttackType.AIRSTRIKE,
        AttackType.SHELLING,
    ]
    assert aleppo.outcome is InputOutcome.READ
    assert (aleppo.cumulative, aleppo.set_aside, aleppo.flags) == ((), (), ())


def test_its_figures_are_those_of_the_text_with_parts_under_their_wholes(aleppo: Reading) -> None:
    first, second, third = aleppo.incidents
    assert _figures(first) == [("killed", 26, 26, "civilians"), ("killed", 7, 7, "children")]
    assert _figures(second) == [("killed", 25, 25, "civilians")]
    assert _figures(third) == [("killed", 8, 8, "civilians"), ("killed", 2, 2, "children")]
    for incident in (first, third):
        whole, part = incident.counts
        assert part.part_of == whole.id
        assert whole.group.standing is Standing.CIVILIAN


def test_each_incident_has_its_own_day(aleppo: Reading) -> None:
    first, second, third = (incident.when for incident in aleppo.incidents)
    assert (first.start, first.end) == (date(2016, 11, 30), date(2016, 11, 30))
    assert (second.start, second.end) == (date(2016, 11, 29), date(2016, 11, 29))
    assert (third.expression, third.start, third.end) == (None, None, date(2016, 12, 1))


def test_each_incident_has_its_own_place(aleppo: Reading) -> None:
    first, second, third = (incident.places[0] for incident in aleppo.incidents)
    assert first.name_text == second.name_text == "Jub al-Quba neighborhood"
    assert any("eastern Aleppo" in within for within in first.within_text)
    assert third.name_text == "western side of the city"
    assert third.controlled_by_text == "government-held"
    assert "Aleppo" in third.within_text


def test_who_says_so_is_kept_with_each_figure(aleppo: Reading) -> None:
    def voices(claim: CountClaim) -> list[tuple[SpeakerType, str | None, bool]]:
        return [(s.type, s.name_text, s.is_party) for s in claim.speakers]

    first, second, third = aleppo.incidents
    for claim in (*first.counts, *second.counts):
        assert voices(claim) == [(SpeakerType.ARTICLE_VOICE, None, False)]
    for claim in third.counts:
        assert voices(claim) == [(SpeakerType.STATE_MEDIA, "state media", True)]


def test_each_blame_stays_with_its_event(aleppo: Reading) -> None:
    first, second, third = aleppo.incidents
    told = [
        (b.accused[0].name_text, b.stance, b.speakers[0].name_text, b.speakers[0].is_party)
        for b in (*second.blames, *third.blames)
    ]
    assert told == [
        ("the government", Stance.ACCUSED, "activists", False),
        ("rebels", Stance.ACCUSED, "The government", True),
    ]
    assert all(blame.accused[0].name_text == "the rebels" for blame in first.blames)


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda path: path.stem)
def test_the_first_texts_of_a_corpus_end_in_one_outcome_each(corpus: Path, tmp_path: Path) -> None:
    texts = tmp_path / corpus.name
    with corpus.open("rb") as lines:
        texts.write_bytes(b"".join(islice(lines, FIRST)))
    reader = open_reader("baseline")
    manifest = describe_run(
        reader=reader.name,
        reader_fingerprint=reader.fingerprint,
        prompt=None,
        prompt_sha256=None,
        intake={},
        arguments={},
        seed=None,
    )

    async def read() -> Counter[InputOutcome]:
        taken = take([str(texts)], fields=Fields(date="date"))
        with write_run(tmp_path / "run", manifest) as writer:
            inputs = read_inputs(taken, Job(reader=reader), writer)
            return Counter([done.outcome async for done in inputs])

    tally = asyncio.run(read())
    assert tally.total() == FIRST
    assert tally[InputOutcome.READ] + tally[InputOutcome.READ_WITH_FLAGS] == FIRST
    assert verify_run(open_run(tmp_path / "run")).problems == ()
