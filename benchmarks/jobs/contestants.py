"""The ways of reading many articles with a model that `speed.py` compares, one to a process.

    python benchmarks/jobs/contestants.py job --url URL --at-once 64 --calls 800

prints how long so many calls took, in seconds of the clock and of the processor, and how many
brought an answer that fits. Before that, some calls are made that do not count: every contestant
is then warm.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from texts import Texts, read_texts

from extractor.article import Article
from extractor.intake import Taken
from extractor.jobs import open_job, run_job
from extractor.manifest import Manifest, describe_run
from extractor.prompt import Prompt, load_prompt
from extractor.readers import Reader
from extractor.records import Source
from extractor.settings import EndpointSettings, load_settings
from extractor.wire import WireAnswer, strict_schema

MODEL = "m"
PROMPT = "incident/v1"
KEY = "sk-0123456789abcdef"
WARM = 200  # calls that do not count: tables are opened, connections made, names looked up
_MOST_TOKENS = 16384  # what this project asks for
_Read = Callable[[Article], Awaitable[bool]]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What some calls took."""

    calls: int
    seconds: float
    cpu: float
    answers: int
    """How many of them brought an answer that fits."""


def time_loop(url: str, at_once: int, calls: int, texts: Texts, way: str) -> Measured:
    """Time a plain loop around openai or instructor."""

    async def measure() -> Measured:
        read = _WAYS[way](url, load_prompt(PROMPT))
        await _loop(read, texts.take(WARM), at_once)
        clock, cpu = time.perf_counter(), time.process_time()
        answers = await _loop(read, texts.take(calls, first=WARM), at_once)
        return Measured(
            calls=calls,
            seconds=time.perf_counter() - clock,
            cpu=time.process_time() - cpu,
            answers=answers,
        )

    return asyncio.run(measure())


def time_job(url: str, at_once: int, calls: int, texts: Texts) -> Measured:
    """Time a whole job: the folder opened, every call in its journal, every outcome stored."""
    settings = load_settings(
        reader=f"openai/{MODEL}", base_url=url, api_key=KEY, at_once=at_once, max_wait_seconds=1.0
    )
    with tempfile.TemporaryDirectory() as folder:
        run_folder(texts.take(WARM), settings, Path(folder) / "warm")
        clock, cpu = time.perf_counter(), time.process_time()
        answers = run_folder(texts.take(calls, first=WARM), settings, Path(folder) / "run")
        return Measured(
            calls=calls,
            seconds=time.perf_counter() - clock,
            cpu=time.process_time() - cpu,
            answers=answers,
        )


def run_folder(articles: Iterator[Article], settings: EndpointSettings, out: Path) -> int:
    """Read articles into a run folder as `tollbook extract` does; how many were read."""
    job = open_job(settings, prompt=PROMPT)
    manifest = manifest_of(job.reader, job.prompt)
    taken = (
        Taken(article=article, source=Source(path="articles.jsonl", line=n))
        for n, article in enumerate(articles, start=1)
    )
    return run_job(taken, job, out, manifest).read


def manifest_of(reader: Reader, prompt: Prompt | None) -> Manifest:
    """What a run folder says it is."""
    return describe_run(
        reader=reader.name,
        reader_fingerprint=reader.fingerprint,
        prompt=prompt.id if prompt else None,
        prompt_sha256=prompt.fingerprint if prompt else None,
        intake={},
        arguments={},
        seed=None,
    )


def _openai_alone(url: str, prompt: Prompt) -> _Read:
    """The least there is: the client library, and the answer validated."""
    import openai

    client = openai.AsyncOpenAI(base_url=url, api_key=KEY)
    form: Any = {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": strict_schema()},
    }

    async def read(article: Article) -> bool:
        completion = await client.chat.completions.create(
            model=MODEL,
            messages=_messages(prompt, article),
            response_format=form,
            max_tokens=_MOST_TOKENS,
            temperature=0.0,
        )
        WireAnswer.model_validate_json(completion.choices[0].message.content or "")
        return True

    return read


def _instructor(url: str, prompt: Prompt) -> _Read:
    """What instructor's own pages show, in the same mode and with the same schema."""
    import instructor
    import openai

    client: Any = instructor.from_openai(
        openai.AsyncOpenAI(base_url=url, api_key=KEY),
        mode=instructor.Mode.JSON_SCHEMA,
    )

    async def read(article: Article) -> bool:
        await client.chat.completions.create(
            model=MODEL,
            response_model=WireAnswer,
            messages=_messages(prompt, article),
            max_tokens=_MOST_TOKENS,
            temperature=0.0,
            strict=False,
        )
        return True

    return read


def _messages(prompt: Prompt, article: Article) -> Any:
    return [{"role": one.role, "content": one.content} for one in prompt.render(article).messages]


async def _loop(read: _Read, articles: Iterator[Article], at_once: int) -> int:
    answers = 0

    async def work() -> None:
        nonlocal answers
        for article in articles:
            answered = await read(article)  # added after the wait: others count meanwhile
            answers += answered

    await asyncio.gather(*(work() for _ in range(at_once)))
    return answers


_WAYS: dict[str, Callable[[str, Prompt], _Read]] = {
    "openai": _openai_alone,
    "instructor": _instructor,
}
CONTESTANTS = (*_WAYS, "job")
"""What can be measured here; langextract lives elsewhere."""


def main() -> int:
    """Measure one contestant."""
    parser = argparse.ArgumentParser(description="One way of reading many articles.")
    parser.add_argument("contestant", choices=CONTESTANTS)
    parser.add_argument("--url", required=True)
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--calls", type=int, default=800)
    asked = parser.parse_args()
    texts = read_texts()
    if asked.contestant == "job":
        measured = time_job(asked.url, asked.at_once, asked.calls, texts)
    else:
        measured = time_loop(asked.url, asked.at_once, asked.calls, texts, asked.contestant)
    sys.stdout.write(json.dumps(vars(measured)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
