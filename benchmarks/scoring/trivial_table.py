"""The table of trivial systems: the headline of each, and why it fails.

    python benchmarks/scoring/trivial_table.py [--gold tests/scoring/gold]

Each figure is F1 in percent; `-` stands where there was nothing to score. Harms are counts of what
was done, of the opportunities gold offers.
"""

import argparse
import sys
from pathlib import Path

from trivial import TRICKS, Trick

from eval.gold import GoldSet, open_gold
from eval.scores.summary import Summary, summarise
from eval.scoring.article import score_set


def main() -> int:
    """Print the table in Markdown."""
    parser = argparse.ArgumentParser(description="Trivial systems, scored.")
    parser.add_argument("--gold", type=Path, default=Path("tests/scoring/gold"))
    gold = open_gold(parser.parse_args().gold)
    scored = {name: _score(trick, gold) for name, trick in TRICKS.items()}
    heads = [row.label for row in next(iter(scored.values())).headline]
    lines = [
        f"| system | {' | '.join(heads)} | harms |",
        f"|---|{'--:|' * (len(heads) + 1)}",
    ]
    for name, summary in scored.items():
        figures = [_percent(row.f1.value) for row in summary.headline]
        lines.append(f"| {name} | {' | '.join(figures)} | {_harms(summary)} |")
    lines += ["", *(f"- **{name}**: {one.does}. {one.fails}" for name, one in TRICKS.items())]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _score(trick: Trick, gold: GoldSet) -> Summary:
    told = (trick.predict(one) for one in gold.labelled.values())
    predictions = [one for one in told if one is not None]
    return summarise(score_set(gold, predictions).cells, intervals=False)


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.0f}"


def _harms(summary: Summary) -> str:
    done = sum(one.rate.counts["right"] for one in summary.harms)
    return f"{done} of {sum(one.rate.counts['of'] for one in summary.harms)}"


if __name__ == "__main__":
    raise SystemExit(main())
