"""How reliable the confidences of the built-in reader are, on stories they were not measured on.

    python benchmarks/reading/reliability.py [--gold FOLDER] [--split dev] [--out FILE]

Every claim gets the confidence that the table would give it without the claim's own story and
those of its fold (ten folds of stories); the claims are then put into bins. The corpora's part of
the table stays as it is: no story of gold is in it.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from eval.calibration import FOLDS, cross_validated, observe_gold
from eval.gold import open_gold
from eval.reliability import Bin, Reliability, reliability_of
from extractor.readers.baseline.confidence import KINDS, read_table


def main() -> None:
    """Measure, and print the tables as Markdown; write them where that is asked for."""
    parser = argparse.ArgumentParser(description="Measure the confidences of the built-in reader.")
    parser.add_argument("--gold", type=Path, default=Path("gold"))
    parser.add_argument("--split", default="dev")
    parser.add_argument("--out", type=Path, help="also write it here")
    asked = parser.parse_args()
    claims = observe_gold(open_gold(asked.gold).of_split(asked.split))
    lines = [
        "# How reliable the built-in reader's confidences are",
        "",
        f"Gold, split {asked.split}; each story's claims forecast without it ({FOLDS} folds of"
        " stories). Made by `benchmarks/reading/reliability.py`.",
    ]
    for kind in KINDS:
        forecasts = cross_validated(
            [o for o in claims if o.way.kind == kind], read_table("corpora")
        )
        lines += ["", f"## {kind.capitalize()}", "", *told(reliability_of(forecasts))]
    text = "\n".join([*lines, ""])
    sys.stdout.write(text)
    if asked.out:
        asked.out.write_text(text, "utf-8")


def told(found: Reliability | None) -> Iterator[str]:
    """One kind of claim: the bins, and the errors with their counts."""
    if found is None:
        yield "No claim."
        return
    yield "| confidence | claims | mean confidence | right | share right |"
    yield "|---|---:|---:|---:|---:|"
    yield from map(_row, found.bins)
    interval = found.error_interval
    within = f"95 % {interval.low:.3f} to {interval.high:.3f}" if interval else "too few stories"
    yield ""
    yield (
        f"{found.right} of {found.claims} claims of {found.stories} stories are right."
        f" Expected calibration error {found.error:.3f} ({within})."
        f" Brier score {found.brier:.3f}; one confidence for all would have"
        f" {found.brier_of_mean:.3f}."
    )


def _row(one: Bin) -> str:
    share = one.right / one.claims
    return (
        f"| {one.low:.1f} to {one.high:.1f} | {one.claims} | {one.confidence:.2f}"
        f" | {one.right} | {share:.2f} |"
    )


if __name__ == "__main__":
    main()
