"""How fast the built-in reader reads, how its time grows with length, and what memory it needs.

    python benchmarks/reading/speed.py [--gold gold] [--largest 10] [--out TABLE.md]

Texts are the English articles of gold's `dev` split, and long ones made of their sentences. Times
are of one process on one core; memory is the peak of a process of its own.
"""

import argparse
import asyncio
import math
import os
import random
import resource
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

from eval.gold import ARTICLES, SPLITS
from eval.gold import read_article as read_gold_article
from extractor.article import Article
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.request import Request

_WORDS = 300  # words of the article that the goal speaks of
_PER_SECOND, _SLOWEST, _START = 100, 60.0, 0.7  # goals: articles a second, s per 10 MB, s
_SEED = 3
_STARTS = 5
_NO_BYTE_CODE = "PYTHONDONTWRITEBYTECODE"
_SIZES = (0.01, 0.1, 1.0, 10.0)  # MB
_DAY = date(2024, 5, 10)
_MEMORY = (100, 1_000, 10_000)  # articles


def main() -> int:
    """Measure, and print what was measured beside the goals."""
    parser = argparse.ArgumentParser(description="Speed of the built-in reader.")
    parser.add_argument("--gold", type=Path, default=Path("gold"))
    parser.add_argument("--largest", type=float, default=_SIZES[-1], help="MB of the longest text")
    parser.add_argument("--out", type=Path, help="also write the tables here")
    parser.add_argument("--memory-of", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    texts = _texts(asked.gold)
    if asked.memory_of:
        _read([texts[n % len(texts)] for n in range(asked.memory_of)])
        sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}\n")
        return 0
    lines: list[str] = []
    for line in _report(texts, asked.gold, asked.largest):
        lines.append(line)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    if asked.out:
        asked.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _report(texts: Sequence[str], gold: Path, largest: float) -> Iterator[str]:
    words = sum(len(text.split()) for text in texts)
    _read(texts[:3])  # tables are opened once, not once an article
    times = [_timed(lambda: _read(texts)) for _ in range(3)]
    rate = words / _WORDS / min(times)
    alone = words / _WORDS / min(_timed(lambda: _read_only(texts)) for _ in range(3))
    met = _met(rate >= _PER_SECOND)
    yield f"{len(texts)} articles, {words} words: **{rate:.0f}** articles of {_WORDS} words a"
    yield f"second, read, grounded, resolved, checked (best of three; goal {_PER_SECOND}: {met});"
    yield f"the reader alone: **{alone:.0f}** ({_met(alone >= _PER_SECOND)})."
    _start_cold()  # writes the byte code
    starts = [_timed(_start_cold) for _ in range(_STARTS)]
    start = statistics.median(starts)
    yield ""
    met = _met(start < _START)
    yield f"From nothing to the first reading, in a process of its own: **{start:.2f} s**"
    yield f"(median of {_STARTS}; goal under {_START} s: {met})."
    yield ""
    yield (
        "| text | "
        + " | ".join(f"{size:g} MB" for size in _SIZES if size <= largest)
        + " | exponent |"
    )
    yield "|---|" + "--:|" * (sum(size <= largest for size in _SIZES) + 1)
    for name, make in _SHAPES.items():
        yield _growth(name, make, texts, [size for size in _SIZES if size <= largest])
    yield ""
    yield f"Seconds for one article; goal under {_SLOWEST:.0f} s for 10 MB and an exponent near 1"
    yield "(time grows as length to that power, between the two longest)."
    yield ""
    yield "| articles read one after another | peak memory, MB |"
    yield "|--:|--:|"
    for articles in _MEMORY:
        yield f"| {articles} | {_memory(articles, gold):.0f} |"


def _met(is_met: bool) -> str:
    return "met" if is_met else "**not met**"


def _texts(gold: Path) -> list[str]:
    """The texts alone: labels would count as memory of the reader."""
    dev = tomllib.loads((gold / SPLITS).read_text(encoding="utf-8"))["splits"]["dev"]
    articles = [read_gold_article(gold / ARTICLES / f"{name}.json") for name in dev]
    return [one.text for one in articles if one.language == "en"]


def _read(texts: Sequence[str]) -> None:
    reader = open_reader("baseline")

    async def read_all() -> None:
        for text in texts:
            article = Article.of(text, published_at=_DAY, language="en")
            await read_article(article, reader=reader)

    asyncio.run(read_all())


def _read_only(texts: Sequence[str]) -> None:
    reader = open_reader("baseline")

    async def read_all() -> None:
        for text in texts:
            article = Article.of(text, published_at=_DAY, language="en")
            await reader.read(Request(article=article))

    asyncio.run(read_all())


def _timed(action: Callable[[], object]) -> float:
    begun = perf_counter()
    action()
    return perf_counter() - begun


def _start_cold() -> None:
    code = (
        "import asyncio; from extractor.article import Article\n"
        "from extractor.pipeline import read_article\n"
        "from extractor.readers import open_reader\n"
        "article = Article.of('Gunmen killed three farmers near Kano on Tuesday, police said.')\n"
        "asyncio.run(read_article(article, reader=open_reader('baseline')))\n"
    )
    # As installed: with byte code, which the first start writes where a tree was only checked out.
    own = {name: told for name, told in os.environ.items() if name != _NO_BYTE_CODE}
    subprocess.run([sys.executable, "-c", code], check=True, env=own)


def _memory(articles: int, gold: Path) -> float:
    """Peak memory, in MB, of a process that reads so many articles."""
    command = [sys.executable, __file__, "--gold", str(gold), "--memory-of", str(articles)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(ran.stdout) / 1024


def _growth(
    name: str,
    make: Callable[[Sequence[str], int], str],
    texts: Sequence[str],
    sizes: Sequence[float],
) -> str:
    times: list[float] = []
    for size in sizes:
        text = make(texts, int(size * 1_000_000))
        times.append(_timed(lambda text=text: _read([text])))
    power = math.log(times[-1] / times[-2]) / math.log(sizes[-1] / sizes[-2])
    return f"| {name} | {' | '.join(f'{time:.2f}' for time in times)} | {power:.2f} |"


def _prose(texts: Sequence[str], length: int) -> str:
    """Paragraphs of the articles in a random order, as long as asked for."""
    draw = random.Random(_SEED)
    paragraphs = [one for text in texts for one in text.split("\n\n")]
    pieces: list[str] = []
    written = 0
    while written < length:
        pieces.append(draw.choice(paragraphs))
        written += len(pieces[-1]) + 2
    return "\n\n".join(pieces)[:length]


def _numbers(_: Sequence[str], length: int) -> str:
    return ("12 killed, 30 wounded, 5 missing, at least 7 of them children, and " * (length // 60))[
        :length
    ]


def _names(_: Sequence[str], length: int) -> str:
    return (
        "Amadou Kone, Ibrahim Sidibe and Moussa Keita of Tabora were killed, " * (length // 60)
    )[:length]


_SHAPES: Mapping[str, Callable[[Sequence[str], int], str]] = {
    "prose": _prose,
    "one paragraph": lambda texts, length: _prose(texts, length).replace("\n\n", " "),
    "capitals": lambda texts, length: _prose(texts, length).upper()[:length],
    "no punctuation": lambda texts, length: "".join(
        c for c in _prose(texts, length) if c.isalnum() or c == " "
    ),
    "figures without end": _numbers,
    "names without end": _names,
    "one word": lambda _, length: "a" * length,
    "brackets": lambda _, length: "(" * length,
}


if __name__ == "__main__":
    sys.exit(main())
