"""How two labellings were settled: the disagreements counted by their cause and by who prevailed.

    python tools/settled.py gold/passes/settled

Each file there holds the disagreements of one article, each with what was settled and why.
"""

import argparse
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, cast

from extractor.errors import TollbookError

CAUSES = {
    "slip": "a plain oversight of one labeller",
    "reading": "the text can be read two ways",
    "codebook": "the rule was silent or unclear; it was mended",
    "text": "the text contradicts itself",
    "tool": "the labelling tool stood in the way",
}
PREVAILED = ("first", "second", "both", "neither")


class SettledError(TollbookError):
    """What was settled cannot be counted: it says which file, which entry and what to do."""


def settled_in(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The disagreements of each article, by its id.

    Raises:
        SettledError: the folder holds no file, or an entry cannot be counted.
    """
    if not (paths := sorted(folder.glob("*.toml"))):
        raise SettledError(f"no TOML file is in {folder}; name the folder of settled disagreements")
    return {path.stem: _read(path) for path in paths}


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


def _read(path: Path) -> list[dict[str, Any]]:
    """The disagreements of one file."""
    try:
        told = tomllib.loads(path.read_text("utf-8")).get("settled", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettledError(f"{path} is no TOML ({error}); mend it") from error
    listed = cast("list[Any]", told) if isinstance(told, list) else [told]
    if not (isinstance(told, list) and all(isinstance(one, dict) for one in listed)):
        raise SettledError(f"{path}: settled: write each disagreement as a table [[settled]]")
    for n, one in enumerate(listed):
        for key, known in (("cause", tuple(CAUSES)), ("gold", PREVAILED)):
            if one.get(key) not in known:
                wrong = f"{one[key]!r} is none of" if key in one else "it is missing; give one of"
                raise SettledError(f"{path}: settled.{n}.{key}: {wrong} {', '.join(known)}")
    return listed


def main() -> None:
    """Print the table of a folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    try:
        lines = counted(settled_in(parser.parse_args().folder))
    except SettledError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
