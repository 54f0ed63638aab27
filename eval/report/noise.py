"""The noise as a report: how far every gated figure differs by chance, beside its margins."""

from rich.console import Console
from rich.text import Text

from eval.comparing.metrics import metrics
from eval.gate.noise import Noise
from eval.gate.terms import Terms
from eval.report.grids import Grid
from eval.report.terminal import print_grid
from eval.report.words import NOTHING, amount, isolated, percent


def print_noise(console: Console, noise: Noise, terms: Terms) -> None:
    """Print the noise of a configuration."""
    console.print(Text(isolated(_line(noise)), style="bold"))
    print_grid(console, noise_grid(noise, terms))
    told = ", ".join(f"{verdict} {n}" for verdict, n in noise.verdicts.items())
    console.print()
    console.print(f"Verdicts of the gate on its own noise: {told}.")
    console.print(f"Verdict flips: {percent(noise.flip_rate)} of pairs.")
    console.print(f"Claims that flip: {percent(noise.flipped_claims)} of gold's.")


def noise_grid(noise: Noise, terms: Terms) -> Grid:
    """Every gated figure: its noise, and the least margin that it leaves room for."""
    gated = [one for one in metrics() if one.is_tested]
    rows: list[tuple[str, ...]] = []
    for metric in gated:
        one = noise.of(metric.name)
        if one is None:
            continue
        margin = terms.quality.at(one.value).margin if metric.role == "primary" else None
        rows.append(
            (
                metric.label,
                percent(one.value),
                amount(one.deviation, "points").lstrip("+"),
                amount(one.largest, "points").lstrip("+"),
                amount(terms.noise.times * one.deviation, "points").lstrip("+"),
                NOTHING if margin is None else amount(margin, "points").lstrip("+"),
            )
        )
    return Grid(
        title="Noise floor",
        columns=("Figure", "Mean", "Deviation", "Largest", "Least margin", "Margin"),
        rows=tuple(rows),
        note=(
            "Deviation is of the difference of two runs of one configuration; the gate refuses"
            f" margins below {terms.noise.times:g} of them."
        ),
        numbers=frozenset(range(1, 6)),
    )


def _line(noise: Noise) -> str:
    split = f", split {noise.split}" if noise.split else ""
    told = f"{noise.runs} runs of one configuration, {noise.pairs} pairs"
    return f"{told}, {noise.articles} articles{split}"
