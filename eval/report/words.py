"""Words: how figures are written for a person, and how words of an article are made harmless."""

import unicodedata
from collections.abc import Callable
from math import exp
from typing import TypeAlias

from eval.cells import Cell
from eval.intervals import Interval
from eval.scores.score import Score, Unit

NOTHING = "-"
"""How a ratio over nothing is written."""

TURNS_INTO = " \N{RIGHTWARDS ARROW} "
"""What stands between gold and what was predicted."""

Words: TypeAlias = str | tuple[str, ...]
"""Words of a table; the pieces of a tuple stand in its order, whatever way each of them runs."""

_DOT = " \N{MIDDLE DOT} "  # between the parts of a key
_LEFTWARDS = ("R", "AL", "AN")
ISOLATE, ISOLATE_END = (
    "\u2068",
    "\u2069",
)  # what is between runs its own way, and its neighbours theirs
_LIMIT = 280  # characters of a quote in a table; the file of cells has all of them
# Controls and marks that reorder or hide text; unassigned code points may not stand in XML.
_ACTING = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_KEPT = (
    "\u200c\u200d\u200e\u200f"  # joiners and marks that Arabic, Persian and Hebrew are written with
)


def percent(value: float | None) -> str:
    """A share in percent; one that is not whole is never rounded to 0 or to 100."""
    if value is None:
        return NOTHING
    text = f"{100 * value:.1f}"
    if text == "100.0" and value < 1:
        text = "99.9"
    if text in ("0.0", "-0.0"):
        text = "0.0" if value == 0 else "<0.1" if value > 0 else ">-0.1"
    return f"{text} %"


def amount(value: float | None, unit: Unit) -> str:
    """A figure with its unit."""
    if value is None:
        return NOTHING
    match unit:
        case "share":
            return percent(value)
        case "points":
            return f"{100 * value:+.1f} points"
        case "log":
            return f"{value:.2f} (\N{MULTIPLICATION SIGN}{exp(value):.2f})"
        case "ratio":
            return f"{value:.2f}"
        case "km" | "days":
            return f"{value:,.1f} {unit}".replace(",", "\N{NO-BREAK SPACE}")


def value_of(score: Score) -> str:
    """The value of a score."""
    return amount(score.value, score.unit)


def interval_of(score: Score) -> str:
    """The 95 % interval of a score: "71.2 to 88.0 %"; `-` without one."""
    return between(score.interval, score.unit)


def between(interval: Interval | None, unit: Unit) -> str:
    """An interval with its unit."""
    if interval is None:
        return NOTHING
    low, high = amount(interval.low, unit), amount(interval.high, unit)
    if unit in ("share", "points", "km", "days"):
        low = low.rsplit(" ", 1)[0]
    return f"{low} to {high}"


def plain(code: str) -> str:
    """A fixed word as a person writes it: "subset as total"."""
    return code.replace("_", " ")


def printable(words: str) -> str:
    """Words in one line, with every character that would act and not show made visible."""
    return visible(" ".join(words.split()))


def pieces(words: Words) -> tuple[str, ...]:
    """The pieces that each run their own way, signs between them among them; keys have dots."""
    given = (words,) if isinstance(words, str) else words
    # No piece holds a line break any more, so one can mark where to cut.
    cut = (_in_line(one).replace(_DOT, f"\n{_DOT}\n").split("\n") for one in given)
    return tuple(piece for one in cut for piece in one)


def isolated(words: Words, escape: Callable[[str], str] = str) -> str:
    """Printable words in one line, in which Arabic or Hebrew ones do not reorder their neighbours.

    `escape` is what the format needs besides.
    """
    return "".join(_apart(piece, escape) for piece in pieces(words)).strip()


def shortened(words: str, limit: int = _LIMIT) -> str:
    """Words of a table: in one line, cut at a limit."""
    flat = " ".join(words.split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1].rstrip()}…"


def quoted(quotes: tuple[str, ...]) -> str:
    """The quotes of a claim side by side, each shortened; `-` if there is none."""
    return " / ".join(f"\u201c{shortened(one)}\u201d" for one in quotes) or NOTHING


def error_of(cell: Cell) -> str:
    """What is wrong with a cell: its kind of error, or the state if it has none."""
    return plain((cell.mistake or cell.state).value)


def judged(cell: Cell) -> str:
    """How a cell was judged, and which parts of it are not right."""
    told = cell.state.value
    if cell.mistake and cell.mistake.value != told:
        told += f": {error_of(cell)}"
    if cell.harms:
        told += f"; does harm: {', '.join(plain(one.value) for one in cell.harms)}"
    if wrong := [plain(name) for name, is_right in sorted(cell.parts.items()) if not is_right]:
        told += f"; not right: {', '.join(wrong)}"
    return told


def kind_of(cell: Cell) -> str:
    """What kind of claim a cell is of, and in which incidents of both sides."""
    incidents = (cell.gold_incident, cell.predicted_incident)
    where = f" {'/'.join(one or NOTHING for one in incidents)}" if any(incidents) else ""
    return f"{plain(cell.kind.value)}{where}"


def key_of(cell: Cell) -> tuple[str, ...]:
    """What a cell is of, in pieces: gold's key, and the predicted one where it is another."""
    if cell.key in ("", cell.kind.value):
        return ()
    predicted = cell.codes.get("predicted_key", cell.key)
    return (cell.key,) if predicted == cell.key else (cell.key, TURNS_INTO, predicted)


def claim_of(cell: Cell) -> tuple[str, ...]:
    """What a cell is of, in pieces: its kind, the incidents of both sides, and its key."""
    key = key_of(cell)
    return (kind_of(cell), ": ", *key) if key else (kind_of(cell),)


def change_of(cell: Cell) -> tuple[str, ...]:
    """Gold's value and the predicted one, in pieces, after the key if that says more than both."""
    key = key_of(cell)
    before = () if not key or key in ((cell.gold,), (cell.predicted,)) else (*key, ": ")
    return (*before, cell.gold or NOTHING, TURNS_INTO, cell.predicted or NOTHING)


def _in_line(words: str) -> str:
    """Words in one line; a space at an end stays, since a piece may follow."""
    flat = " ".join(words.split())
    before, after = (" " if end.isspace() else "" for end in (words[:1], words[-1:]))
    return f"{before}{flat}{after}" if flat else before


def _apart(piece: str, escape: Callable[[str], str]) -> str:
    told = escape(visible(piece))
    if not any(unicodedata.bidirectional(one) in _LEFTWARDS for one in piece):
        return told
    return told.replace(bare := told.strip(), f"{ISOLATE}{bare}{ISOLATE_END}")


def visible(words: str) -> str:
    """Words with every character that would act and not show made visible."""
    return "".join(one if _is_harmless(one) else f"<U+{ord(one):04X}>" for one in words)


def _is_harmless(character: str) -> bool:
    return character in _KEPT or unicodedata.category(character) not in _ACTING
