"""Whether the built-in reader follows a text that is spoilt or changed: rates by mutation.

    python benchmarks/reading/robustness.py [--gold gold] [--split dev] [--seed 1] [--out TABLE.md]

Each English article of a split is read as it is, and mutated. What is told of the article as it is
should be told again: with the new figure where the figure changed, of the new name where the name
changed. *Kept* are the claims told again, *new* those that were not told before, *unproved* those
whose words do not stand in the mutated text.
"""

import argparse
import asyncio
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from mutations import MUTATIONS, Marked, Mutated, Mutation

from eval.gold import Labelled, open_gold
from extractor.article import Article
from extractor.gazetteer import name_key
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import CountClaim, Reading

_Count = tuple[str, int | None, int | None, str]
_Blame = tuple[str, str]
_Claim = TypeVar("_Claim", _Count, _Blame)


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What a reading tells, without the words that prove it."""

    counts: Counter[_Count]
    blames: Counter[_Blame]
    unproved: int = 0


@dataclass(kw_only=True)
class _Row:
    """What a mutation did to all articles."""

    counts: Counter[str] = field(default_factory=Counter[str])
    blames: Counter[str] = field(default_factory=Counter[str])
    unproved: int = 0


def main() -> int:
    """Read every article as it is and mutated, and print the table."""
    parser = argparse.ArgumentParser(description="Does the built-in reader follow the text?")
    parser.add_argument("--gold", type=Path, default=Path("gold"))
    parser.add_argument("--split", default="dev")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--out", type=Path, help="also write the table here")
    asked = parser.parse_args()
    labelled = open_gold(asked.gold).of_split(asked.split).labelled.values()
    chosen = [one for one in labelled if one.article.language == "en"][: asked.limit]
    table = "\n".join(_table(chosen, asked.seed)) + "\n"
    sys.stdout.write(table)
    if asked.out:
        asked.out.write_text(table, encoding="utf-8")
    return 0


def _table(chosen: Sequence[Labelled], seed: int) -> Iterator[str]:
    before = {one.article.id: _told(one, one.article.text) for one in chosen}
    counts = sum(told.counts.total() for told in before.values())
    blames = sum(told.blames.total() for told in before.values())
    yield f"{len(chosen)} articles; as they are {counts} count claims, {blames} blames; seed {seed}"
    yield ""
    yield "| mutation | counts kept | new | lost | blames kept | new | unproved |"
    yield "|---|---|---|---|---|---|---|"
    for name, mutation in MUTATIONS.items():
        row = _row(chosen, before, mutation, f"{seed} {name}")
        yield (
            f"| {name} | {_share(row.counts)} | {row.counts['new']} | {row.counts['lost']}"
            f" | {_share(row.blames)} | {row.blames['new']} | {row.unproved} |"
        )


def _row(
    chosen: Sequence[Labelled], before: Mapping[str, _Told], mutation: Mutation, seed: str
) -> _Row:
    row = _Row()
    for one in chosen:
        draw = random.Random(f"{seed} {one.article.id}")
        mutated = mutation(_marked(one), draw)
        told = _told(one, mutated.text)
        wanted = _after(before[one.article.id], mutated)
        row.counts += _compared(wanted.counts, told.counts)
        row.blames += _compared(wanted.blames, told.blames)
        row.unproved += told.unproved
    return row


def _compared(wanted: Counter[_Claim], told: Counter[_Claim]) -> Counter[str]:
    kept = (wanted & told).total()
    return Counter(kept=kept, lost=wanted.total() - kept, new=told.total() - kept)


def _told(one: Labelled, text: str) -> _Told:
    """What the built-in reader tells of an article with this text; the headline is left out."""
    article = Article.of(
        text, id=one.article.id, published_at=one.article.published_at, language="en"
    )
    reading = asyncio.run(read_article(article, reader=open_reader("baseline")))
    if not isinstance(reading, Reading):
        raise SystemExit(f"{one.article.id!r} was not read: {reading.reason}")
    counts = [*(c for i in reading.incidents for c in i.counts), *reading.cumulative]
    blames = [b for i in reading.incidents for b in i.blames]
    return _Told(
        counts=Counter(map(_count, counts)),
        blames=Counter(
            (b.stance.value, " + ".join(sorted(name_key(a.name_text) for a in b.accused)))
            for b in blames
        ),
        unproved=sum(
            text[quote.start : quote.end] != quote.text
            for claim in (*counts, *blames)
            for quote in claim.quotes
        )
        + len(reading.set_aside),
    )


def _count(claim: CountClaim) -> _Count:
    number = claim.number
    return (claim.outcome.value, number.lower, number.upper, number.qualifier.value)


def _after(told: _Told, mutated: Mutated) -> _Told:
    """What should be told after the mutation."""
    grown, names = mutated.figures, {name_key(o): name_key(n) for o, n in mutated.names.items()}
    counts: Counter[_Count] = Counter()
    for (outcome, low, high, qualifier), times in told.counts.items():
        counts[(outcome, _grown(low, grown), _grown(high, grown), qualifier)] += times
    blames: Counter[_Blame] = Counter()
    for (stance, accused), times in told.blames.items():
        blames[(stance, _renamed(accused, names))] += times
    return _Told(counts=counts, blames=blames)


def _grown(bound: int | None, grown: Mapping[int, int]) -> int | None:
    return bound if bound is None else grown.get(bound, bound)


def _renamed(accused: str, names: Mapping[str, str]) -> str:
    parts = accused.split(" + ")
    return " + ".join(sorted(_new_name(part, names) for part in parts))


def _new_name(accused: str, names: Mapping[str, str]) -> str:
    for old in sorted(names, key=len, reverse=True):
        if f" {old} " in f" {accused} ":
            return f" {accused} ".replace(f" {old} ", f" {names[old]} ").strip()
    return accused


def _marked(one: Labelled) -> Marked:
    """What a mutation may change: figures of labelled claims, names of the accused."""
    text = one.article.text
    labelled = one.gold
    counts = [*(c for i in labelled.incidents for c in i.counts), *labelled.cumulative]
    figures = [span for claim in counts for span in _figure_spans(claim)]
    names = [a.name_text for i in labelled.incidents for b in i.blames for a in b.accused]
    told = tuple(name for name in dict.fromkeys(names) if name in text)
    return Marked(text=text, figures=tuple(dict.fromkeys(figures)), names=told)


def _figure_spans(claim: CountClaim) -> Iterator[tuple[int, int]]:
    words = (claim.number.text or "").split()
    figure = words[-1] if words else ""
    for quote in claim.quotes:
        at = quote.text.find(figure)
        if figure and quote.field == "text" and at >= 0:
            yield quote.start + at, quote.start + at + len(figure)


def _share(row: Counter[str]) -> str:
    of = row["kept"] + row["lost"]
    return f"{100 * row['kept'] / of:.1f} % ({row['kept']}/{of})" if of else "-"


if __name__ == "__main__":
    sys.exit(main())
