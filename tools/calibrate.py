"""The confidences of the built-in reader: how often the claims of each rule are right.

    python tools/calibrate.py                        measures on gold, and writes the table
    python tools/calibrate.py --corpus isaf=FILE     measures on a corpus besides; repeat it
    python tools/calibrate.py --check                ends with 1 if the table would differ

The table is `extractor/data/confidence.toml`; how a confidence is made of its counts
stands in the module beside it. Without --corpus, what the table says of the corpora stays. Run it
after every change of the reader's rules, and only on articles that its rules may be learned from.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.calibration import Observation, observe_corpus, observe_gold, tallies
from eval.corpora.known import find_corpus
from eval.corpora.labelled import LabelledCorpus
from eval.gold import open_gold
from extractor.errors import TollbookError
from extractor.readers.baseline.confidence import KINDS, TABLE, Tallies, Way, read_table

_HEAD = """\
# How often the claims of each rule of the built-in reader were right: [right, of all judged].
# Made by tools/calibrate.py, not by hand: articles of gold's split "dev", and corpora where one
# claim makes a document's figure. A trait is what a count looks like, or who utters a blame.
"""


class CalibrationError(TollbookError):
    """The table cannot be made, or is not as it would be made."""


def table_of(articles: Tallies, corpora: Tallies) -> str:
    """The table as TOML: the same text for the same counts."""
    return "\n".join([_HEAD, *_lines(articles, corpora)])


def _lines(articles: Tallies, corpora: Tallies) -> Iterator[str]:
    known = sorted({*articles, *corpora})
    for kind in KINDS:
        for rule in sorted({way.rule for way in known if way.kind == kind}):
            yield f"[{kind}.{rule}]"
            for way in known:
                if (way.kind, way.rule) == (kind, rule):
                    yield f"{way.trait} = {{ {_counts(way, articles, corpora)} }}"
            yield ""


def _counts(way: Way, articles: Tallies, corpora: Tallies) -> str:
    told = (("articles", articles.get(way)), ("corpora", corpora.get(way)))
    return ", ".join(f"{name} = [{one.right:g}, {one.of}]" for name, one in told if one)


def observed_corpora(named: Sequence[str]) -> Tallies:
    """What is right in the corpora that are named as NAME=FILE.

    Raises:
        CalibrationError: a corpus labels no figures of documents.
        CorpusError: one is not known, or its file cannot be read.
    """
    found: list[Observation] = []
    for one in named:
        name, _, file = one.partition("=")
        corpus = find_corpus(name)
        if not isinstance(corpus, LabelledCorpus):
            raise CalibrationError(f"{name!r} labels no figures of documents; name another corpus")
        found += observe_corpus(corpus, corpus.load(Path(file)))
    return tallies(found)


def main() -> None:
    """Measure, and write the table or check it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=Path("gold"), help="gold folder")
    parser.add_argument("--split", default="dev", help="the articles of this split of it")
    parser.add_argument("--corpus", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--check", action="store_true", help="write nothing")
    asked = parser.parse_args()
    try:
        articles = tallies(observe_gold(open_gold(asked.gold).of_split(asked.split)))
        corpora = observed_corpora(asked.corpus) if asked.corpus else read_table("corpora")
        _write(TABLE, table_of(articles, corpora), check=asked.check)
    except (TollbookError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)


def _write(path: Path, text: str, *, check: bool) -> None:
    if check and path.read_text("utf-8") != text:
        told = "it is not what the reader's claims give; run `python tools/calibrate.py`"
        raise CalibrationError(f"{path}: {told}")
    if not check:
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
