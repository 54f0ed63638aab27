"""Dividing aid: the articles of a gold folder become the splits `gate` and `dev`, and are frozen.

    python tools/split.py gold --gate 168 --seed 1

Stories stay whole. Phenomena, languages, regions, genres, lengths, and how many incidents and
sources an article has, are spread as evenly as can be: of many random divisions, each bettered by
exchanging stories while that helps, the one whose shares lie nearest to the whole is written to
`splits.toml`. The same folder and seed give the same file. Run it once: a split that was tuned on
or graded with is never divided again.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.coverage import sources_of, told_incidents
from eval.gold import SPLITS, GoldError, GoldSet, Labelled, Problem, frozen_hash, open_gold
from eval.gold.splits import Splits, read_splits, splits_toml
from extractor.errors import TollbookError

DRAWS = 40
"""Random divisions that are bettered; more of them bring the shares no nearer."""

TRIES = 4_000
"""Exchanges tried in each."""

_SHORT, _MIDDLE = 150, 330  # words
_MANY = 5  # claims, by steps of which an article is easier or harder to read whole

Features = Mapping[str, int]


def features_of(labelled: Labelled) -> tuple[str, ...]:
    """What an article has that both splits should have their share of."""
    gold, words = labelled.gold, len(labelled.article.text.split())
    length = "short" if words <= _SHORT else "middle" if words <= _MIDDLE else "long"
    strata = {**gold.strata, "language": labelled.article.language or "-"}
    return (
        *(f"phenomenon {one.value}" for one in gold.phenomena),
        *(f"{name} {value}" for name, value in strata.items()),
        f"length {length}",
        f"claims {min(_claims(labelled) // _MANY, 3)}",
        f"incidents {min(len(told_incidents(labelled)), 3)}",
        f"sources {min(len(sources_of(labelled)), 3)}",
        *(["adjudicated"] if gold.adjudicated else []),
        "article",
    )


def _claims(labelled: Labelled) -> int:
    gold = labelled.gold
    told = sum(len(one.counts) + len(one.blames) for one in gold.incidents)
    return told + len(gold.cumulative)


def divide(gold: GoldSet, *, gate: int, seed: int) -> frozenset[str]:
    """The ids of the articles that go into the gate.

    Args:
        gold: all articles.
        gate: how many are wanted there; stories being whole, there may be more, up to the size of
            the last story less one.
        seed: of the draws.

    Raises:
        GoldError: whole stories leave no article outside the gate.
    """
    stories: dict[str, list[str]] = {}
    for name, one in sorted(gold.labelled.items()):
        stories.setdefault(one.gold.story_id, []).append(name)
    held = {
        story: Counter(feature for name in names for feature in features_of(gold.labelled[name]))
        for story, names in stories.items()
    }
    whole = sum(held.values(), Counter[str]())
    share = gate / whole["article"]
    best: tuple[float, list[str]] | None = None
    chance = random.Random(seed)
    for _ in range(DRAWS):
        order = sorted(stories)
        chance.shuffle(order)
        inside: list[str] = []
        while sum(held[story]["article"] for story in inside) < gate:
            inside.append(order.pop())
        if not order:
            continue
        distance = _bettered(inside, order, held, whole, share, chance)
        if best is None or distance < best[0]:
            best = (distance, sorted(inside))
    if best is None:
        told = f"{gate} articles in whole stories leave none for dev in {gold.folder}"
        raise GoldError(f"{told}; ask for fewer")
    return frozenset(name for story in best[1] for name in stories[story])


def _bettered(
    inside: list[str],
    outside: list[str],
    held: Mapping[str, Features],
    whole: Features,
    share: float,
    chance: random.Random,
) -> float:
    """Exchange stories of one size while that brings the shares nearer; how far they remain."""
    there = sum((Counter(held[story]) for story in inside), Counter[str]())
    distance = _distance(there, whole, share)
    for _ in range(TRIES):
        n, m = chance.randrange(len(inside)), chance.randrange(len(outside))
        one, other = held[inside[n]], held[outside[m]]
        if one["article"] != other["article"]:
            continue
        changed = Counter(there)
        changed.subtract(one)
        changed.update(other)
        found = _distance(changed, whole, share)
        if found < distance:
            there, distance = changed, found
            inside[n], outside[m] = outside[m], inside[n]
    return distance


def _distance(there: Features, whole: Features, share: float) -> float:
    """How far the features of a part are from their share, each in proportion to what it has."""
    return sum((there[name] - share * number) ** 2 / number for name, number in whole.items())


def _described(gold: GoldSet, inside: frozenset[str]) -> Sequence[str]:
    """The features whose share in the gate is farthest from that of the whole."""
    whole = Counter(name for one in gold.labelled.values() for name in features_of(one))
    there = Counter(name for key in inside for name in features_of(gold.labelled[key]))
    share = there["article"] / whole["article"]
    far = sorted(whole, key=lambda name: -abs(there[name] - share * whole[name]))
    return [f"{name}: {there[name]} of {whole[name]}" for name in far[:8]]


def _refuse_frozen(folder: Path) -> None:
    """A division that is frozen stays.

    Raises:
        GoldError: the folder was divided before.
    """
    path, problems = folder / SPLITS, list[Problem]()
    if not path.is_file():
        return
    told = read_splits(path, problems)
    if problems:
        raise GoldError("\n".join(map(str, problems)))
    if told.frozen:
        raise GoldError(
            f"{path} has a table [frozen]: a gold set is divided once;"
            " take the table out by hand if you mean it"
        )


def main() -> None:
    """Divide the gold folder named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gate", type=int, required=True, help="articles of the gate")
    parser.add_argument("--seed", type=int, required=True)
    asked = parser.parse_args()
    try:
        _refuse_frozen(asked.folder)
        gold = open_gold(asked.folder)
        if not 0 < asked.gate < len(gold.labelled):
            told = f"{asked.folder} has {len(gold.labelled)} articles, and dev needs some too"
            parser.error(f"--gate {asked.gate}: {told}; give a number above 0 and below that")
        inside = divide(gold, gate=asked.gate, seed=asked.seed)
    except TollbookError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    (asked.folder / SPLITS).write_text(_written(gold, inside, asked), "utf-8")
    sys.stdout.write("\n".join([*_described(gold, inside), ""]))


def _written(gold: GoldSet, inside: frozenset[str], asked: argparse.Namespace) -> str:
    """The `splits.toml` of a division, headed by the command that makes it again."""
    pairs = tuple((name, "gate" if name in inside else "dev") for name in sorted(gold.labelled))
    frozen = tuple(
        (
            split,
            frozen_hash(gold.labelled[name].article for name, other in pairs if other == split),
        )
        for split in ("dev", "gate")
    )
    command = f"python tools/split.py {asked.folder} --gate {asked.gate} --seed {asked.seed}"
    heading = (
        f"Divided by `{command}`.\n"
        "# Articles of one story stand in one split. Prompts and rules are tuned on dev only."
    )
    splits = Splits(pairs=tuple(sorted(pairs, key=lambda one: one[1])), frozen=frozen)
    return splits_toml(splits, heading)


if __name__ == "__main__":
    main()
