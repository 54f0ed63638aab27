"""Where the time of a job goes: milliseconds of the processor for an article, step by step.

    python benchmarks/jobs/steps.py [--articles 600] [--at-once 64]

Every step is done for all articles by itself; the least of several turns counts. A job is then run
whole: what it takes beyond the steps is the queue of its inputs and its watching.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contestants import KEY, MODEL, PROMPT, manifest_of, run_folder
from serving import serve
from texts import Texts, read_texts

from extractor.article import Article
from extractor.checks import check
from extractor.jobs import open_job
from extractor.jobs.journal import open_journal
from extractor.mapping import map_answer
from extractor.pipeline import reading_of
from extractor.prompt import Prompt, load_prompt
from extractor.readers import Reader, open_reader
from extractor.readers.answer import Answer
from extractor.settings import EndpointSettings, load_settings
from extractor.store import write_run

_TURNS = 3


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What all steps work on."""

    texts: Texts
    prompt: Prompt
    articles: Sequence[Article]
    settings: EndpointSettings
    folder: Path

    @property
    def answered(self) -> Iterator[tuple[Article, Answer]]:
        """Each article with its answer."""
        answers = self.texts.answers
        for n, article in enumerate(self.articles):
            yield article, Answer(answer=answers[n % len(answers)])


def main() -> int:
    """Measure all steps, and print the table."""
    parser = argparse.ArgumentParser(description="The steps of a job.")
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--at-once", type=int, default=64)
    asked = parser.parse_args()
    texts = read_texts()
    with serve(texts.prepared(), "--delay", "20") as served, tempfile.TemporaryDirectory() as made:
        settings = load_settings(
            reader=f"openai/{MODEL}", base_url=served.url, api_key=KEY, at_once=asked.at_once
        )
        least = {name: float("inf") for name in _STEPS}
        for turn in range(_TURNS):
            folder = Path(made) / str(turn)
            folder.mkdir()
            bench = Bench(
                texts=texts,
                prompt=load_prompt(PROMPT),
                articles=list(texts.take(asked.articles, first=turn * asked.articles)),
                settings=settings,
                folder=folder,
            )
            for name, step in _STEPS.items():
                least[name] = min(least[name], step(bench))
    each = {name: 1000 * seconds / asked.articles for name, seconds in least.items()}
    each[_EXCHANGE] -= each[_CALL]
    whole = each.pop(_WHOLE)
    sys.stdout.write("| step | ms of the processor for an article |\n|---|--:|\n")
    for name, milliseconds in each.items():
        sys.stdout.write(f"| {name} | {milliseconds:.2f} |\n")
    sys.stdout.write(f"| all else | {whole - sum(each.values()):.2f} |\n")
    sys.stdout.write(f"| **a whole job** | **{whole:.2f}** |\n")
    return 0


def _timed(action: Callable[[], object]) -> float:
    begun = time.process_time()
    action()
    return time.process_time() - begun


def _render(bench: Bench) -> float:
    return _timed(lambda: [bench.prompt.render(article) for article in bench.articles])


def _call(bench: Bench) -> float:
    reader = open_reader(f"openai/{MODEL}", bench.settings)
    return _read_all(bench, reader)


def _call_in_a_job(bench: Bench) -> float:
    job = open_job(bench.settings, prompt=PROMPT)
    assert job.exchange
    with open_journal(bench.folder) as journal:
        job.exchange.begin(journal)
        return _read_all(bench, job.reader)


def _read_all(bench: Bench, reader: Reader) -> float:
    requests = iter([bench.prompt.render(article) for article in bench.articles])

    async def work() -> None:
        for request in requests:
            assert isinstance(await reader.read(request), Answer)

    async def read() -> float:
        begun = time.process_time()
        await asyncio.gather(*(work() for _ in range(bench.settings.at_once)))
        took = time.process_time() - begun
        await reader.close()
        return took

    return asyncio.run(read())


def _map(bench: Bench) -> float:
    examples = bench.prompt.example_texts
    answered = list(bench.answered)
    return _timed(
        lambda: [map_answer(one.answer, article, examples=examples) for article, one in answered]
    )


def _check(bench: Bench) -> float:
    mapped = [(article, map_answer(one.answer, article)) for article, one in bench.answered]
    return _timed(
        lambda: [check(article, one.incidents, one.cumulative) for article, one in mapped]
    )


def _store(bench: Bench) -> float:
    readings = [
        reading_of(one, article, reader="r", prompt=None, examples=())
        for article, one in bench.answered
    ]
    manifest = manifest_of(open_reader(), None)
    with write_run(bench.folder / "stored", manifest) as writer:
        return _timed(lambda: [writer.append(reading) for reading in readings])


def _whole(bench: Bench) -> float:
    return _timed(lambda: run_folder(iter(bench.articles), bench.settings, bench.folder / "whole"))


_CALL, _EXCHANGE, _WHOLE = (
    "ask the model: instructor, HTTP, the answer validated",
    "write the call down, wait for its turn, keep its answer",
    "whole",
)
_STEPS: dict[str, Callable[[Bench], float]] = {
    "render the prompt": _render,
    _CALL: _call,
    _EXCHANGE: _call_in_a_job,
    "map the answer, ground its quotes, resolve places, days and actors": _map,
    "check": _check,
    "store the outcome": _store,
    _WHOLE: _whole,
}


if __name__ == "__main__":
    sys.exit(main())
