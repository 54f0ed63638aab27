"""How two labellings were settled: the disagreements counted by their cause and by who prevailed.

    python tools/settled.py gold/passes/settled

Each file there holds the disagreements of one article, each with what was settled and why.
"""

import argparse
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

CAUSES = {
    "slip": "a plain oversight of one labeller",
    "reading": "the text can be read two ways",
    "codebook": "the rule was silent or unclear; it was mended",
    "text": "the text contradicts itself",
    "tool": "the labelling tool stood in the way",
}
PREVAILED = ("first", "second", "both", "neither")


def settled_in(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The disagreements of each article, by its id."""
    return {
        path.stem: tomllib.loads(path.read_text("utf-8")).get("settled", [])
        for path in sorted(folder.glob("*.toml"))
    }


def counted(articles: dict[str, list[dict[str, Any]]]) -> list[str]:
    """A table of the disagreements, causes down and who prevailed across."""
    told = Counter((one["cause"], one["gold"]) for listed in articles.values() for one in listed)
    lines = [
        f"{len(articles)} articles, {told.total()} disagreements,"
        f" {sum(not listed for listed in articles.values())} articles without one.",
        "",
        f"| cause | {' | '.join(PREVAILED)} | all |",
        "|---|" + "---:|" * (len(PREVAILED) + 1),
    ]
    for cause, meaning in CAUSES.items():
        row = [told[cause, one] for one in PREVAILED]
        lines.append(f"| {cause}: {meaning} | {' | '.join(map(str, row))} | {sum(row)} |")
    column = [sum(told[cause, one] for cause in CAUSES) for one in PREVAILED]
    lines.append(f"| all | {' | '.join(map(str, column))} | {told.total()} |")
    return lines


def main() -> None:
    """Print the table of a folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    sys.stdout.write("\n".join([*counted(settled_in(parser.parse_args().folder)), ""]))


if __name__ == "__main__":
    main()
