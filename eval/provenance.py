"""Provenance: which predictions were graded against which gold by which scorer, in hashes."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from eval.canonical import label_json
from eval.gold import GoldSet
from extractor.article import sha256_of
from extractor.store import OUTCOMES, open_run

_PACKAGE = Path(__file__).resolve().parent
_SCORER = (".py", ".toml", ".j2", ".css")


class GradedGold(BaseModel):
    """The gold that was graded against."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    name: str
    """Name of its folder."""
    split: str | None
    """The split; empty for all articles."""
    articles: int
    sha256: str
    """Hash of every article's text and labels, in the order of their ids."""
    problems: int = 0
    """What the lint finds in the labels: figures rest on them."""


class GradedPredictions(BaseModel):
    """The predictions that were graded."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    name: str
    """Name of the run folder or file."""
    sha256: str
    """Hash of the file of outcomes or predictions."""
    reader: str | None = None
    """Who read, for a run."""
    reader_fingerprint: str | None = None
    prompt: str | None = None
    prompt_sha256: str | None = None
    code_sha256: str | None = None
    """Hash of the code that wrote the run."""


class Provenance(BaseModel):
    """What a summary was computed from."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    tollbook: str
    """Version of the package."""
    scorer_sha256: str
    """Hash of the grading code: figures of two scorers are not compared."""
    gold: GradedGold
    predictions: GradedPredictions

    @property
    def line(self) -> str:
        """In one line, for a person."""
        gold, told = self.gold, self.predictions
        split = f", split {gold.split}" if gold.split else ""
        who = f", read by {told.reader}" if told.reader else ""
        prompt = f" with {told.prompt}" if told.prompt else ""
        flawed = f", problems in its labels: {gold.problems}" if gold.problems else ""
        return (
            f"{told.name} ({told.sha256[:12]}{who}{prompt}) against {gold.name}"
            f" ({gold.sha256[:12]}{split}{flawed}); tollbook {self.tollbook},"
            f" scorer {self.scorer_sha256[:12]}"
        )


def provenance_of(
    gold: GoldSet, split: str | None, predictions: Path, *, problems: int = 0
) -> Provenance:
    """What is graded here: the gold as it was read, and a run folder or file of predictions.

    `problems` is how many the lint found in the labels.

    Raises:
        StoreError: the predictions are neither.
    """
    return Provenance(
        tollbook=version("tollbook"),
        scorer_sha256=scorer_sha256(),
        gold=GradedGold(
            name=gold.folder.resolve().name,
            split=split,
            articles=len(gold.labelled),
            sha256=gold_sha256(gold),
            problems=problems,
        ),
        predictions=_graded(predictions),
    )


def gold_sha256(gold: GoldSet) -> str:
    """Hash of a gold set's texts and labels; the way its files are written says nothing."""
    whole = hashlib.sha256()
    for name in sorted(gold.labelled):
        one = gold.labelled[name]
        whole.update(f"{name}\0{one.article.text_sha256}\0{label_json(one.gold)}\0".encode())
    return whole.hexdigest()


@cache
def scorer_sha256() -> str:
    """Hash of every file of the grading package, by name and content."""
    whole = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in _SCORER:
            inside = path.relative_to(_PACKAGE).as_posix()
            whole.update(f"{inside}\0".encode() + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _graded(path: Path) -> GradedPredictions:
    name = path.resolve().name
    if path.is_file():
        return GradedPredictions(name=name, sha256=sha256_of(path.read_bytes()))
    manifest = open_run(path).manifest
    outcomes = path / OUTCOMES
    return GradedPredictions(
        name=name,
        sha256=sha256_of(outcomes.read_bytes() if outcomes.exists() else b""),
        reader=manifest.reader,
        reader_fingerprint=manifest.reader_fingerprint,
        prompt=manifest.prompt,
        prompt_sha256=manifest.prompt_sha256,
        code_sha256=manifest.code_sha256,
    )
