"""The stochastic reader: the rules with a memory that slips, the same way for the same seed."""

import asyncio
import random

import pytest

from extractor.article import Article
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.readers.stochastic import forget
from extractor.records import Reading
from extractor.request import Request
from extractor.wire import WireAnswer

TEXT = (
    "Gunmen killed 12 farmers, three of them women, near Kano on Tuesday, police said. "
    "A herders' union blamed the militia of Sokon. The militia denied it.\n\n"
    "On Wednesday a bomb in Jos wounded nine traders, a doctor said, and killed a bus driver. "
    "More than 80 people have been killed in the state since March, the governor said.\n"
)
ARTICLES = [
    Article.of(TEXT.replace("Kano", name), id=name) for name in ("Kano", "Yola", "Gombe", "Bauchi")
]


def answers(reader: str) -> list[WireAnswer]:
    opened = open_reader(reader)

    async def read() -> list[WireAnswer]:
        told = [await opened.read(Request(article=one, messages=())) for one in ARTICLES]
        return [one.answer for one in told]  # type: ignore[union-attr]

    return asyncio.run(read())


def claims(told: WireAnswer) -> set[str]:
    found = {claim.id for one in told.incidents for claim in (*one.counts, *one.blames)}
    return found | {one.id for one in told.cumulative}


def test_the_same_seed_forgets_the_same() -> None:
    assert answers("stochastic:7") == answers("stochastic:7")
    assert open_reader("stochastic:7").fingerprint == open_reader("stochastic:7").fingerprint
    assert open_reader("stochastic:7").fingerprint != open_reader("stochastic:8").fingerprint


def test_nothing_is_told_that_the_rules_do_not_tell() -> None:
    known = answers("baseline")
    for seed in range(20):
        for told, whole in zip(answers(f"stochastic:{seed}"), known, strict=True):
            assert claims(told) <= claims(whole)


def test_a_small_share_is_forgotten_and_another_one_by_each_seed() -> None:
    whole = sum(len(claims(one)) for one in answers("baseline"))
    left = [sum(len(claims(one)) for one in answers(f"stochastic:{n}")) for n in range(40)]
    mean = sum(left) / len(left)
    assert whole > 10
    assert 0.9 * whole < mean < whole
    assert len(set(left)) > 1


def test_what_is_left_refers_to_nothing_that_is_gone() -> None:
    (whole, *_) = answers("baseline")
    lost = 0
    for seed in range(200):
        told = forget(whole, random.Random(seed))
        left = claims(told)
        lost += len(claims(whole) - left)
        for one in told.incidents:
            for claim in one.counts:
                assert {claim.part_of, claim.supersedes} - {None} <= left
            for blame in one.blames:
                assert {blame.answers} - {None} <= left
                assert set(blame.applies_to) <= left
    assert lost > 0


def test_it_goes_through_the_pipeline_like_any_other() -> None:
    reader = open_reader("stochastic:3")
    told = asyncio.run(read_article(ARTICLES[0], reader=reader))
    assert isinstance(told, Reading)
    assert told.reader == "stochastic:3"
    assert told.incidents


@pytest.mark.parametrize("name", ["stochastic:", "stochastic:x", "stochastic:-1", "stochastic:½"])
def test_a_seed_that_is_none_is_named(name: str) -> None:
    with pytest.raises(Exception, match="whole number"):
        open_reader(name)
