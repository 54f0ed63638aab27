"""Texts made to break the built-in reader: none may raise, and none may take more than its length.

    python benchmarks/reading/fuzz.py --minutes 60 --seed 1 [--gold gold] [--keep FOLDER]

Each text goes the whole way: read, grounded, resolved, checked. Texts are drawn by hypothesis
(characters of every plane, words of the reader's own vocabulary in any order, clauses that nearly
make sense), cut out of bytes of gold's `dev` articles with bytes flipped, and grown: a fragment
repeated until it is long, read at two lengths, to see that time grows no faster than the text. What
fails is written to FOLDER as it is, and counted; the exit code is 1 if anything failed. A grown
text whose time more than tripled at one doubling and not at the next is kept too, as a step.
"""

import argparse
import asyncio
import random
import re
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time

from hypothesis import strategies as st
from hypothesis.errors import NonInteractiveExampleWarning

from eval.gold import open_gold
from extractor.article import Article
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import Reading
from extractor.vocabulary import casualty_words

_DAY = date(2024, 5, 10)
_LENGTHS = (20_000, 40_000, 80_000)  # characters of a grown text; the last only if in doubt
_SLOW = 0.5  # s: below, a ratio of two times is noise
_SQUARE = 3.0  # twice the text must not take three times as long
_AGAIN = 3  # times measured before a text is called slow
_LISTED = 20  # failures kept in full
_BEGINNING = 80  # characters of a failing text that are printed


@dataclass(kw_only=True)
class Tally:
    """What has been tried, and what failed."""

    texts: int = 0
    characters: int = 0
    grown: int = 0
    slowest: float = 0.0
    """Seconds per 1,000 characters, of texts of that length or more."""
    failures: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """What went wrong, and the text."""
    steps: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Grown texts whose time more than tripled once but not again: no failures, and told."""


def main() -> int:
    """Try texts until the time is over, and print what was tried."""
    parser = argparse.ArgumentParser(description="Fuzz the built-in reader.")
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gold", type=Path, default=Path("gold"))
    parser.add_argument("--keep", type=Path, help="folder for the texts that fail")
    asked = parser.parse_args()
    warnings.simplefilter("ignore", NonInteractiveExampleWarning)
    labelled = open_gold(asked.gold).of_split("dev").labelled.values()
    texts = [one.article.text for one in labelled]
    tally = fuzz(seconds=60 * asked.minutes, seed=asked.seed, texts=texts)
    sys.stdout.write(
        f"seed {asked.seed}, {asked.minutes:g} minutes: {tally.texts} texts,"
        f" {tally.characters} characters, {tally.grown} grown to {_LENGTHS[1]} characters;"
        f" slowest {1000 * tally.slowest:.1f} ms per 1,000 characters;"
        f" more than tripled once, not again: {len(tally.steps)}; failures: {len(tally.failures)}\n"
    )
    for kind, kept in (("step", tally.steps), ("failure", tally.failures)):
        for n, (reason, text) in enumerate(kept[:_LISTED], start=1):
            # Its beginning is told even without --keep: what nobody can read proves nothing.
            told = f"{kind} {n}. {reason} ({len(text)} characters): {text[:_BEGINNING]!a}"
            sys.stdout.write(f"{told}\n")
            if asked.keep:
                asked.keep.mkdir(parents=True, exist_ok=True)
                (asked.keep / f"{kind}-{n}.txt").write_text(text, encoding="utf-8")
    return 1 if tally.failures else 0


def fuzz(*, seconds: float, seed: int, texts: Sequence[str]) -> Tally:
    """Try texts for so many seconds.

    Args:
        seconds: how long; the last text is finished.
        seed: decides the order of kinds and what is cut and flipped.
        texts: real texts to spoil.
    """
    draw = random.Random(seed)
    tally = Tally()
    makers: list[Callable[[], str]] = [
        _drawn(_anything()),
        _drawn(_word_salad()),
        _drawn(_clauses()),
        *([lambda: _spoilt(draw.choice(texts), draw)] if texts else []),
    ]
    end = perf_counter() + seconds
    while perf_counter() < end:
        text = draw.choice(makers)()
        if draw.random() < 0.1:
            _try_grown(text, tally)
        else:
            _try(text, tally)
    return tally


def _try(text: str, tally: Tally) -> float | None:
    """Seconds of this process that a text took; empty if it failed or there is nothing in it."""
    if not text.strip():
        return None
    tally.texts += 1
    tally.characters += len(text)
    begun = process_time()
    try:
        article = Article.of(text, published_at=_DAY)
        read = asyncio.run(read_article(article, reader=open_reader("baseline")))
    except Exception as error:  # whatever it is, it is what is looked for
        tally.failures.append((f"{type(error).__name__}: {error}"[:300], text))
        return None
    took = process_time() - begun
    if not isinstance(read, Reading):
        tally.failures.append((f"{read.outcome.value}: {read.reason}"[:300], text))
    if len(text) >= 1_000:
        tally.slowest = max(tally.slowest, took / len(text) * 1_000)
    return took


def _try_grown(fragment: str, tally: Tally) -> None:
    """Read a fragment repeated to two lengths; a square shows in the ratio of the times.

    A text whose time has grown faster than its length is read at a third length, since a step
    (a table that fills, a limit that is passed) also takes more than its share, but only once.
    Such a step is counted and kept beside the failures, so that a person can look at it.
    """
    if not fragment.strip():
        return
    tally.grown += 1
    ratios: list[float] = []
    for shorter, longer in pairwise(_LENGTHS):
        ratio = _least_ratio(fragment, shorter, longer, tally)
        if ratio is None:
            break
        ratios.append(ratio)
        if ratio <= _SQUARE:
            break
    if not ratios or ratios[0] <= _SQUARE:
        return
    told = " and then ".join(f"{ratio:.1f}" for ratio in ratios)
    found = tally.failures if min(ratios) > _SQUARE else tally.steps
    found.append((f"at twice the length {told} times the time", fragment))


def _least_ratio(fragment: str, shorter: int, longer: int, tally: Tally) -> float | None:
    """How many times as long the longer text takes, at least; empty if it is quickly read."""
    ratios: list[float] = []
    for _ in range(_AGAIN):
        times = [_try(_grown(fragment, length), tally) for length in (shorter, longer)]
        if None in times or (times[1] or 0) < _SLOW:
            return None
        ratios.append((times[1] or 0) / (times[0] or 1))
        if ratios[-1] <= _SQUARE:
            break
    return min(ratios)


def _grown(fragment: str, length: int) -> str:
    return (f"{fragment} " * (length // (len(fragment) + 1) + 1))[:length]


def _drawn(strategy: st.SearchStrategy[str]) -> Callable[[], str]:
    return strategy.example


def _anything() -> st.SearchStrategy[str]:
    """Characters of every plane, but the halves of surrogate pairs, which are no text."""
    characters = st.characters(blacklist_categories=("Cs",))
    return st.text(characters, max_size=400)


def _word_salad() -> st.SearchStrategy[str]:
    """The reader's own words, numbers and marks in any order."""
    told = casualty_words().outcomes.values()
    known = [word for outcome in told for words in outcome.model_dump().values() for word in words]
    words = [*known, *_GLUE, *_PEOPLE, *_NUMBERS, *_MARKS]
    word = st.sampled_from(sorted(set(words)))
    return st.lists(word, max_size=120).map(" ".join)


def _clauses() -> st.SearchStrategy[str]:
    """Clauses that nearly make sense, in any order and with any mark between."""
    pieces = st.tuples(
        st.sampled_from(_NUMBERS),
        st.sampled_from(_PEOPLE),
        st.sampled_from(("were killed", "died", "was shot dead", "wounded", "and", "killed")),
        st.sampled_from(
            ("by the army", "near Kano", "on Tuesday", "police said", "since 2011", "")
        ),
        st.sampled_from(_MARKS),
    ).map(" ".join)
    return st.lists(pieces, max_size=40).map(" ".join)


_GLUE = re.findall(
    r"\w+",
    "by the of in near on at to from and or who that which said was were had been not no if"
    " including them whom least more than between according claimed responsibility blamed",
)
_PEOPLE = ("people", "a man", "civilians", "two soldiers", "the victims", "Amadou Kone", "they")
_NUMBERS = ("12", "1,200", "at least 26", "dozens of", "between 5 and 8", "no", "one", "9" * 40)
_MARKS = (".", ",", ";", "(", ")", '"', "\u201c", "\u2019", "\n", "\n\n", "-", "\u2014", "...", "")


def _spoilt(text: str, draw: random.Random) -> str:
    """A stretch of a real text with some of its bytes flipped."""
    raw = bytearray(text.encode())
    start = draw.randrange(max(1, len(raw) - 200))
    piece = raw[start : start + draw.randrange(50, 4_000)]
    for _ in range(draw.randrange(0, 20)):
        piece[draw.randrange(len(piece))] = draw.randrange(256)
    return bytes(piece).decode(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
