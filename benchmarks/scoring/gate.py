"""How often the gate fails a change that is none, and how often it sees one that is: a simulation.

    python benchmarks/scoring/gate.py [--simulations 300] [--gold gold] [--out TABLE.md]

The shape is that of the gold set: which story has how many incidents, counts, places and blames.
Which of them a reader has right is drawn: a share `--accuracy`, harder and easier articles and
incidents, as much noise between two runs of one configuration as assumed, and more where a prompt
was changed and means the same. The verdict comes from the code that gates real runs.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from eval.cells import CellKind
from eval.comparing.comparison import Comparison, differences_of
from eval.comparing.metrics import Metric, metrics
from eval.gate.findings import FAILED
from eval.gate.terms import load_terms
from eval.gate.verdict import decide
from eval.gold import GoldSet, open_gold
from eval.predictions import Prediction
from eval.ratios import Floats
from eval.scoring.article import score_set
from extractor.codes import InputOutcome

_ACCURACY = 0.76
_SAME, _NEUTRAL = (
    0.03,
    0.08,
)  # shares of cells that flip: one configuration twice; a harmless change
_ARTICLE, _INCIDENT = 1.0, 0.7  # spread of difficulty, on the logit scale
_HARM, _FAILED = 0.05, 0.01  # shares of opportunities at which a harm is done, an article fails
_KINDS = {
    "incident.accuracy": CellKind.INCIDENT,
    "count.accuracy": CellKind.COUNT,
    "place.accuracy": CellKind.PLACE,
    "blame.accuracy": CellKind.BLAME,
}


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A change of the second run."""

    name: str
    flips: float
    """Share of cells that flip for no reason."""
    falls: Mapping[str, float]
    """By how much each quality truly falls."""


_ALL = tuple(_KINDS)
SCENARIOS = (
    Scenario(name="same configuration", flips=_SAME, falls={}),
    Scenario(name="harmless change", flips=_NEUTRAL, falls={}),
    Scenario(name="all four fall by 3 points", flips=_NEUTRAL, falls=dict.fromkeys(_ALL, 0.03)),
    Scenario(name="all four fall by 5 points", flips=_NEUTRAL, falls=dict.fromkeys(_ALL, 0.05)),
    Scenario(name="counts alone fall by 5 points", flips=_NEUTRAL, falls={"count.accuracy": 0.05}),
    Scenario(name="blames alone fall by 5 points", flips=_NEUTRAL, falls={"blame.accuracy": 0.05}),
    Scenario(name="counts alone fall by 10 points", flips=_NEUTRAL, falls={"count.accuracy": 0.1}),
)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Which story, article and incident each cell of a metric belongs to."""

    stories: tuple[str, ...]
    cells: Mapping[str, tuple[np.ndarray, np.ndarray, np.ndarray]]
    """By metric: for each cell the row of its story, its article, its incident."""
    in_split: np.ndarray
    """Which stories are in the split that is looked at first."""


def main() -> int:
    """Simulate, and print a row for each scenario."""
    parser = argparse.ArgumentParser(description="Power and false alarms of the gate.")
    parser.add_argument("--gold", type=Path, default=Path("gold"))
    parser.add_argument("--split", default="gate")
    parser.add_argument("--simulations", type=int, default=300)
    parser.add_argument("--draws", type=int, default=999)
    parser.add_argument("--repeats", type=int, nargs="+", default=[1, 3])
    parser.add_argument("--times", type=int, default=1, help="take the set so many times over")
    parser.add_argument("--only", nargs="+", type=int, help="only these scenarios, from 0")
    parser.add_argument("--accuracy", type=float, default=_ACCURACY)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    whole = open_gold(asked.gold)
    lines: list[str] = []
    for line in _report(asked, whole):
        lines.append(line)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    if asked.out:
        asked.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _report(asked: argparse.Namespace, whole: GoldSet) -> Iterator[str]:
    shape = _tiled(_shape(whole, asked.split), asked.times)
    yield f"True accuracy {asked.accuracy:g}, {asked.simulations} simulations a row, {asked.draws}"
    yield f"draws, seed {asked.seed}. Shares are of the first look, at split {asked.split}"
    yield f"({int(shape.in_split.sum())} stories), in the last but one column of both looks, the"
    yield f"second at the whole set ({len(shape.stories)} stories)."
    yield ""
    yield "| on | repeats | what changed | FAIL | INCONCLUSIVE | PASS | FAIL, both looks | s |"
    yield "|---|--:|---|--:|--:|--:|--:|--:|"
    for repeats in asked.repeats:
        for scenario in _chosen(asked.only):
            begun = perf_counter()
            first: Counter[str] = Counter()
            last: Counter[str] = Counter()
            for n in range(asked.simulations):
                draw = np.random.default_rng([asked.seed, repeats, SCENARIOS.index(scenario), n])
                one, two = _verdicts(shape, asked, scenario, repeats, draw)
                first[one] += 1
                last[two] += 1
            shares = " | ".join(
                _share(first[name], asked.simulations) for name in ("FAIL", "INCONCLUSIVE", "PASS")
            )
            both = _share(last["FAIL"], asked.simulations)
            spent = perf_counter() - begun
            yield (
                f"| {asked.split} | {repeats} | {scenario.name} | {shares} | {both} | {spent:.0f} |"
            )


def _share(part: int, whole: int) -> str:
    """A share with its 95 % margin of simulation."""
    p = part / whole
    return f"{100 * p:.1f} ± {100 * 1.96 * np.sqrt(max(p * (1 - p), 0.25 / whole) / whole):.1f}"


def _verdicts(
    shape: Shape,
    asked: argparse.Namespace,
    scenario: Scenario,
    repeats: int,
    draw: np.random.Generator,
) -> tuple[str, str]:
    """The verdict of the first look, and that of both."""
    runs = _runs(shape, asked.accuracy, scenario, repeats, draw)
    kept = shape.in_split
    judged = decide(
        _comparison([{name: one[kept] for name, one in run.items()} for run in runs], asked),
        load_terms(),
        on=asked.split,
        more=("whole set", lambda: _comparison(runs, asked)),
    )
    return judged.looks[0].verdict, judged.verdict


def _runs(
    shape: Shape, accuracy: float, scenario: Scenario, repeats: int, draw: np.random.Generator
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """What each story adds to each metric, in both runs, on average over the repeats."""
    before: dict[str, Floats] = {}
    after: dict[str, Floats] = {}
    articles: dict[int, float] = {}
    for metric in _gated():
        rows, article, incident = shape.cells[metric.name]
        share = accuracy if metric.role == "primary" else _rate(metric)
        flips, same = _flips(share, scenario.flips), _flips(share, _SAME)
        right = draw.random(len(rows)) < _chances(share, article, incident, articles, draw)
        fall = scenario.falls.get(metric.name, 0.0)
        changed = _flip(right, flips, draw)
        changed &= (
            ~(draw.random(len(rows)) < fall / max(float(changed.mean()), 1e-9)) if fall else True
        )
        for side, state in ((before, right), (after, changed)):
            noisy = [_flip(state, same, draw) if repeats > 1 else state for _ in range(repeats)]
            side[metric.name] = _table(rows, np.mean(noisy, axis=0), len(shape.stories))
    return before, after


def _rate(metric: Metric) -> float:
    return _FAILED if metric.name == FAILED else _HARM


def _flips(share: float, flips: float) -> float:
    """Flips of a figure so high: what is rare flips as much more seldom as it varies less."""
    return flips * share * (1 - share) / (_ACCURACY * (1 - _ACCURACY))


def _chances(
    share: float,
    article: np.ndarray,
    incident: np.ndarray,
    articles: dict[int, float],
    draw: np.random.Generator,
) -> np.ndarray:
    """The chance of each cell to be right: articles and incidents are easier or harder."""
    for name in np.unique(article):
        articles.setdefault(int(name), float(draw.normal(0, _ARTICLE)))
    of_article = np.array([articles[int(name)] for name in article])
    _, at = np.unique(incident, return_inverse=True)
    of_incident = draw.normal(0, _INCIDENT, int(at.max(initial=0)) + 1)[at]
    effect = of_article + of_incident
    low, high = -12.0, 12.0
    for _ in range(40):  # the level at which the mean chance is the share
        middle = (low + high) / 2
        mean = float((1 / (1 + np.exp(-(middle + effect)))).mean()) if len(effect) else share
        low, high = (middle, high) if mean < share else (low, middle)
    return 1 / (1 + np.exp(-((low + high) / 2 + effect)))


def _flip(state: np.ndarray, share: float, draw: np.random.Generator) -> np.ndarray:
    """A share of cells flipped, as many from right to wrong as back, so that no sum moves."""
    mean = float(state.mean()) if len(state) else 0.5
    chance = np.where(state, share / 2 / max(mean, 1e-9), share / 2 / max(1 - mean, 1e-9))
    return state ^ (draw.random(len(state)) < chance)


def _table(rows: np.ndarray, right: np.ndarray, stories: int) -> Floats:
    table = np.zeros((stories, 2))
    np.add.at(table[:, 0], rows, right)
    np.add.at(table[:, 1], rows, 1.0)
    return table


def _comparison(runs: Sequence[Mapping[str, Floats]], asked: argparse.Namespace) -> Comparison:
    stories = len(next(iter(runs[0].values())))
    told = metrics()
    nothing = dict.fromkeys((metric.name for metric in told), np.zeros((stories, 2)))
    before, after = ({**nothing, **run} for run in runs)
    return Comparison(
        before="before",
        after="after",
        seed=0,
        draws=asked.draws,
        repeats_before=1,
        repeats_after=1,
        articles=0,
        clusters=stories,
        gold_claims=0,
        verdict="VALID",
        differences=differences_of(told, before, after, draws=asked.draws),
        slices=(),
        items=(),
    )


def _gated() -> Sequence[Metric]:
    return [metric for metric in metrics() if metric.is_tested]


def _chosen(only: Sequence[int] | None) -> Sequence[Scenario]:
    return SCENARIOS if only is None else [SCENARIOS[at] for at in only]


def _tiled(shape: Shape, times: int) -> Shape:
    """A set of the same shape with so many times the stories."""
    many = len(shape.stories)

    def more(cells: np.ndarray, step: int) -> np.ndarray:
        return np.concatenate([cells + n * step for n in range(times)])

    return Shape(
        stories=tuple(f"{story} {n}" for n in range(times) for story in shape.stories),
        cells={
            name: (more(rows, many), more(article, 10_000), more(incident, 10_000_000))
            for name, (rows, article, incident) in shape.cells.items()
        },
        in_split=np.tile(shape.in_split, times),
    )


def _shape(gold: GoldSet, split: str) -> Shape:
    """The cells of a reader that has everything right, and the opportunities for harm it has."""
    told = [
        Prediction(
            article_id=one.gold.article_id,
            text_sha256=one.gold.text_sha256,
            outcome=InputOutcome.READ,
            incidents=one.gold.incidents,
            cumulative=one.gold.cumulative,
        )
        for one in gold.labelled.values()
    ]
    cells = score_set(gold, told).cells
    stories = sorted({cell.story_id for cell in cells})
    row = {story: at for at, story in enumerate(stories)}
    articles = {name: at for at, name in enumerate(sorted({one.article_id for one in cells}))}
    found: dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]] = {}
    for metric in _gated():
        kept = [one for one in cells if metric.parts_of(one)[1]]
        incidents = [
            articles[one.article_id] * 1000
            + int((one.gold_incident or "i0").removeprefix("i") or 0)
            for one in kept
        ]
        found[metric.name] = (
            np.array([row[one.story_id] for one in kept], dtype=int),
            np.array([articles[one.article_id] for one in kept], dtype=int),
            np.array(incidents, dtype=int),
        )
    first = {cell.story_id for cell in cells if cell.split == split}
    inside = np.array([story in first for story in stories])
    return Shape(stories=tuple(stories), cells=found, in_split=inside)


if __name__ == "__main__":
    sys.exit(main())
