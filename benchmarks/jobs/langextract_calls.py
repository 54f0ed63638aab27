"""The same articles through langextract, with the Python that it is installed in.

    PYTHON benchmarks/jobs/langextract_calls.py ARTICLES.jsonl --url URL --at-once 64 --warm 200

An article is one chunk, so that it costs one call as with the others; alignment is as it comes.
Nothing of this project is imported.
"""

import argparse
import importlib
import json
import logging
import sys
import time
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_DESCRIPTION = (
    "Extract every violent event, every figure of people killed, injured, missing or taken, and "
    "every accusation, denial and claim of responsibility. Use the exact words of the text."
)
_EXAMPLE = "Two shepherds were shot dead near Darim on Friday. Police blamed the Northern Front."
_ONE_CHUNK = 10_000_000  # characters


def main() -> int:
    """Measure it, and print what it took in the same words as the others."""
    parser = argparse.ArgumentParser(description="langextract on the same articles.")
    parser.add_argument("articles", type=Path)
    parser.add_argument("--url", required=True)
    parser.add_argument("--at-once", type=int, required=True)
    parser.add_argument("--warm", type=int, required=True)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    langextract: Any = importlib.import_module("langextract")
    lines = (json.loads(line) for line in asked.articles.read_text("utf-8").splitlines())
    documents = [
        langextract.data.Document(text=one["text"], document_id=one["id"]) for one in lines
    ]
    extract = _extractor(langextract, asked.url, asked.at_once)
    extract(documents[: asked.warm])
    measured = documents[asked.warm :]
    clock, cpu = time.perf_counter(), time.process_time()
    answers = extract(measured)
    told = {
        "calls": len(measured),
        "seconds": time.perf_counter() - clock,
        "cpu": time.process_time() - cpu,
        "answers": answers,
    }
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _extractor(langextract: Any, url: str, at_once: int) -> Any:
    data = langextract.data
    example = data.ExampleData(
        text=_EXAMPLE,
        extractions=[
            data.Extraction("event", "Two shepherds were shot dead"),
            data.Extraction("place", "Darim"),
            data.Extraction("party", "the Northern Front"),
            data.Extraction("date", "Friday"),
            data.Extraction(
                "count",
                "Two shepherds were shot dead",
                attributes={
                    "outcome": "killed",
                    "number": "Two",
                    "lower": "2",
                    "upper": "2",
                    "qualifier": "exact",
                    "group": "shepherds",
                    "speakers": [""],
                },
            ),
            data.Extraction(
                "blame",
                "Police blamed the Northern Front",
                attributes={
                    "accused": ["the Northern Front"],
                    "stance": "accused",
                    "speakers": ["Police"],
                },
            ),
        ],
    )
    model = langextract.factory.create_model(
        langextract.factory.ModelConfig(
            model_id="gpt-m",
            provider="OpenAILanguageModel",
            provider_kwargs={
                "api_key": "sk-0123456789abcdef",
                "base_url": url,
                "max_workers": at_once,
                "temperature": 0.0,
            },
        ),
        examples=[example],
        use_schema_constraints=True,
    )

    def extract(documents: Iterable[Any]) -> int:
        """How many documents have extractions."""
        annotated = langextract.extract(
            list(documents),
            prompt_description=_DESCRIPTION,
            examples=[example],
            model=model,
            max_char_buffer=_ONE_CHUNK,
            batch_length=at_once,
            max_workers=at_once,
            use_schema_constraints=False,  # the model has them already
            show_progress=False,
        )
        return sum(bool(one.extractions) for one in annotated)

    return extract


if __name__ == "__main__":
    sys.exit(main())
