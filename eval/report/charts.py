"""Charts: drawn by hand as SVG, each with its figures in words for those who do not see it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log1p, sqrt

from markupsafe import Markup

from eval.cells import Cell, CellKind
from eval.figures import FigureState, state_of
from eval.intervals import MIN_CLUSTERS
from eval.report.words import NOTHING, interval_of, plain, printable, value_of
from eval.scores.gauge import is_right
from eval.scores.headline import is_matched
from eval.scores.score import Score
from eval.scores.worst import MistakeCount
from extractor.numerals import Number

_WIDTH, _LABELS, _FIGURES, _ROW = 880, 210, 270, 26
_BARS = 16  # kinds of error in a chart; the table has all of them
_TICKS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000, 1_000_000)


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A share on a line, with its interval and its counts."""

    label: str
    score: Score

    @property
    def told(self) -> str:
        """The figure in words; of few stories its counts alone."""
        if self.is_of_few:
            return f"{self.label}: {self.score.tally}"
        span = "" if self.score.interval is None else f" ({interval_of(self.score)})"
        return f"{self.label}: {value_of(self.score)}{span}, {self.score.tally}"

    @property
    def is_of_few(self) -> bool:
        """Whether it rests on too few stories for its share to mean much."""
        return self.score.value is not None and self.score.clusters < MIN_CLUSTERS


def dot_chart(name: str, title: str, dots: Sequence[Dot]) -> Markup:
    """Shares as dots, their intervals as whiskers, on one scale from nothing to all."""
    left, right = _LABELS, _WIDTH - _FIGURES
    height = _ROW * len(dots) + 34

    def at(share: float) -> str:
        return f"{left + (right - left) * min(max(share, 0.0), 1.0):.1f}"

    marks: list[Markup] = []
    for tick in (0, 25, 50, 75, 100):
        x = at(tick / 100)
        marks.append(_line("grid", x, "6", x, f"{height - 26}"))
        marks.append(_text("tick", x, f"{height - 8}", f"{tick} %", anchor="middle"))
    for row, dot in enumerate(dots):
        y = f"{_ROW * row + 20}"
        marks.append(_text("label", f"{left - 14}", y, dot.label, anchor="end", down=True))
        if (span := dot.score.interval) is not None:
            marks.append(_line("whisker", at(span.low), y, at(span.high), y))
        if dot.score.value is not None:
            shape = "dot" if dot.score.interval else "dot open"
            shape += " few" if dot.is_of_few else ""
            marks.append(_circle(shape, at(dot.score.value), y, 5, dot.told))
        if not dot.is_of_few:
            value = value_of(dot.score)
            marks.append(_text("figure", f"{right + 76}", y, value, anchor="end", down=True))
        if dot.score.value is not None:
            marks.append(_text("tally", f"{right + 88}", y, dot.score.tally, down=True))
    described = "; ".join(dot.told for dot in dots)
    return _svg(name, title, described, _WIDTH, height, marks)


def bar_chart(name: str, title: str, mistakes: Sequence[MistakeCount]) -> Markup:
    """The commonest kinds of error as bars."""
    shown = sorted(mistakes, key=lambda one: -one.cells)[:_BARS]
    most = max((one.cells for one in shown), default=1)
    left, right = _LABELS, _WIDTH - _FIGURES
    marks: list[Markup] = []
    for row, one in enumerate(shown):
        y, wide = _ROW * row + 18, (right - left) * one.cells / most
        marks.append(
            _text("label", f"{left - 14}", f"{y}", _bar_label(one), anchor="end", down=True)
        )
        marks.append(
            Markup('<rect class="bar {}" x="{}" y="{}" width="{:.1f}" height="14" rx="2"/>').format(
                one.kind.value, left, y - 7, max(wide, 1.5)
            )
        )
        x = f"{left + max(wide, 1.5) + 8:.1f}"
        marks.append(_text("figure", x, f"{y}", str(one.cells), down=True))
    described = "; ".join(f"{_bar_label(one)}: {one.cells}" for one in shown)
    return _svg(name, title, described, _WIDTH, _ROW * len(shown) + 12, marks)


def scatter(name: str, title: str, cells: Iterable[Cell]) -> Markup:
    """Whole tolls, gold across and predicted upward, both by their logarithm."""
    kept = [
        one
        for one in cells
        if one.kind is CellKind.COUNT and one.slice != "subset" and is_matched(one)
    ]
    points = Counter(
        (gold, predicted, is_right(one))
        for one in kept
        if (gold := _middle(one.gold_number)) is not None
        and (predicted := _middle(one.predicted_number)) is not None
    )
    most = max([10.0, *(max(gold, predicted) for gold, predicted, _ in points)])
    ticks = [tick for tick in _TICKS if tick <= most * 1.2]
    low, high, top = 62.0, 442.0, 18.0
    scale = log1p(most * 1.15)

    def across(n: float) -> str:
        return f"{low + (high - low) * log1p(n) / scale:.1f}"

    def upward(n: float) -> str:
        return f"{top + (high - low) * (1 - log1p(n) / scale):.1f}"

    marks = [_line("diagonal", across(0), upward(0), across(most * 1.15), upward(most * 1.15))]
    for tick in ticks:
        marks.append(_line("grid", across(tick), upward(0), across(tick), f"{top}"))
        marks.append(_line("grid", f"{low}", upward(tick), f"{high}", upward(tick)))
        marks.append(_text("tick", across(tick), "416", f"{tick:,}", anchor="middle"))
        marks.append(
            _text("tick", f"{low - 8}", upward(tick), f"{tick:,}", anchor="end", down=True)
        )
    # Large heaps first, so that a single error is never hidden under them.
    for (gold, predicted, right), n in sorted(points.items(), key=lambda one: (-one[1], one[0])):
        told = f"gold {gold:g}, predicted {predicted:g}: {n}"
        size = min(3 + 1.6 * sqrt(n), 16)
        shape = "point right" if right else "point wrong"
        marks.append(_circle(shape, across(gold), upward(predicted), size, told))
    marks.append(_text("axis", f"{(low + high) / 2}", "440", "gold", anchor="middle"))
    marks.append(
        Markup(
            '<text class="axis" text-anchor="middle" transform="translate(14 {}) rotate(-90)">'
        ).format((low + high) / 2 - 40)
        + Markup("predicted</text>")
    )
    total, equal = points.total(), sum(n for (_, _, right), n in points.items() if right)
    above = sum(n for (gold, predicted, _), n in points.items() if predicted > gold)
    below = sum(n for (gold, predicted, _), n in points.items() if predicted < gold)
    described = f"{total} tolls: {equal} right; {above} are too high and {below} too low"
    return _svg(name, title, described, 470, 450, marks)


def heat_of(n: int, most: int) -> int:
    """How dark a count is shown, 0 to 6: by its logarithm, so that rare ones are seen too."""
    return 0 if n <= 0 else 1 + round(5 * log1p(n) / log1p(max(most, 1)))


def _middle(number: Number | None) -> float | None:
    if number is None or state_of(number) is not FigureState.NUM:
        return None
    bounds = [one for one in (number.lower, number.upper) if one is not None]
    return sum(bounds) / len(bounds)


def _bar_label(one: MistakeCount) -> str:
    return f"{plain(one.kind.value)}: {plain(one.mistake.value)}"


def _svg(
    name: str, title: str, described: str, width: int, height: int, marks: Sequence[Markup]
) -> Markup:
    return Markup(
        '<svg class="chart {name}" viewBox="0 0 {width} {height}" role="img" '
        'aria-labelledby="{name}-title {name}-desc">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{described}</desc>{marks}'
        "</svg>"
    ).format(
        name=name,
        width=width,
        height=height,
        title=title,
        described=printable(described or NOTHING),
        marks=Markup("").join(marks),
    )


def _line(shape: str, x1: str, y1: str, x2: str, y2: str) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(
        shape, x1, y1, x2, y2
    )


def _circle(shape: str, x: str, y: str, size: float, told: str) -> Markup:
    return Markup(
        '<circle class="{}" cx="{}" cy="{}" r="{:.1f}"><title>{}</title></circle>'
    ).format(shape, x, y, size, printable(told))


def _text(
    shape: str, x: str, y: str, words: str, *, anchor: str = "start", down: bool = False
) -> Markup:
    """Words at a place; `down` puts their middle on it instead of their foot."""
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}"{}>{}</text>').format(
        shape, x, y, anchor, Markup(' dy="0.35em"') if down else "", printable(words)
    )
