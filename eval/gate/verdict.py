"""The verdict: PASS, FAIL, INCONCLUSIVE or INVALID, and everything it rests on."""

import json
from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from eval.comparing.comparison import Comparison
from eval.gate.findings import Finding, Rule, drift_of, findings_of
from eval.gate.terms import Terms
from eval.scores.score import Told

Verdict: TypeAlias = Literal["PASS", "FAIL", "INCONCLUSIVE", "INVALID"]

EXIT_CODES: dict[Verdict, int] = {"PASS": 0, "FAIL": 1, "INVALID": 4, "INCONCLUSIVE": 5}
"""As in the one table of the whole command."""


class Look(Told):
    """One comparison with the blessed run, and what it gives to decide on."""

    on: str
    """What was looked at: `split gate`, `the whole set`."""
    alpha: float
    comparison: Comparison
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """What this look says by itself."""
        if not self.comparison.is_valid:
            return "INVALID"
        if any(one.fails for one in self.findings):
            return "FAIL"
        return "INCONCLUSIVE" if self.findings else "PASS"


class Gated(Told):
    """A run that was put before the gate."""

    schema_version: Literal[1] = 1
    verdict: Verdict
    reason: str
    """In one line, for a person."""
    looks: tuple[Look, ...]
    """The second one is there only if the first decided nothing."""
    canaries: int
    """How many claims had to be right."""
    others: tuple[Finding, ...]
    """Dead canaries, and drift from the release."""
    notes: tuple[str, ...] = ()
    """What was not looked at, and why: stale recordings, no release to compare with."""
    signed: str | None = None
    """The reason a person gave for accepting an inconclusive verdict."""

    @property
    def exit_code(self) -> int:
        """What the command ends with; an inconclusive verdict that somebody signed ends as 0."""
        return 0 if self.verdict == "INCONCLUSIVE" and self.signed else EXIT_CODES[self.verdict]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What stands against the run on the last look, and apart from it."""
        return (*self.looks[-1].findings, *self.others)

    def to_json(self) -> str:
        """As JSON: keys sorted; the claims of the comparisons are left to `eval compare`."""
        told = self.model_dump(
            mode="json", exclude={"looks": {"__all__": {"comparison": {"items"}}}}
        )
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
        return f"{text}\n"


def decide(
    first: Comparison,
    terms: Terms,
    *,
    on: str,
    more: tuple[str, Callable[[], Comparison]] | None = None,
    anchor: Comparison | None = None,
    dead: Sequence[Finding] = (),
    canaries: int = 0,
    expected: Sequence[str] = (),
    notes: Sequence[str] = (),
    signed: str | None = None,
) -> Gated:
    """Judge a run beside the blessed one.

    Args:
        first: the blessed run and the new one, as they are looked at first.
        terms: by how much a figure may fall.
        on: what was looked at.
        more: what a second look is taken at, and how it is got; it is if the first decides nothing.
        anchor: the run of the last release and the new one.
        dead: the canaries that are wrong.
        canaries: how many there are.
        expected: slices that must be there.
        notes: what was not looked at.
        signed: why a person accepts it if it stays undecided.
    """
    looks = [_look(on, terms.chance.first_look, first, terms, expected)]
    if looks[0].verdict == "INCONCLUSIVE" and more is not None:
        where, get = more
        looks.append(_look(where, terms.chance.second_look, get(), terms, ()))
    others = (*dead, *(drift_of(anchor, terms) if anchor else ()))
    verdict = looks[-1].verdict
    if verdict != "INVALID" and any(one.fails for one in others):
        verdict = "FAIL"
    elif verdict == "PASS" and others:
        verdict = "INCONCLUSIVE"
    return Gated(
        verdict=verdict,
        reason=_reason(verdict, looks[-1], others, signed),
        looks=tuple(looks),
        canaries=canaries,
        others=others,
        notes=tuple(notes),
        signed=signed,
    )


def _look(on: str, alpha: float, told: Comparison, terms: Terms, expected: Sequence[str]) -> Look:
    found = findings_of(told, terms, alpha, expected=expected) if told.is_valid else ()
    return Look(on=on, alpha=alpha, comparison=told, findings=found)


def _reason(verdict: Verdict, look: Look, others: Sequence[Finding], signed: str | None) -> str:
    match verdict:
        case "INVALID":
            return look.comparison.reason or "the two runs cannot be compared"
        case "PASS":
            return "no gated figure fell by more than chance allows, and none by the margin"
        case "INCONCLUSIVE":
            names = ", ".join(one.name for one in (*look.findings, *others))
            told = f"it can neither be passed nor failed for: {names}"
            return f"{told}; accepted by a person: {signed}" if signed else told
        case "FAIL":
            failing = [one for one in (*look.findings, *others) if one.fails]
            told = [one.words for one in failing if one.rule is not Rule.CANARY]
            dead = len(failing) - len(told)
            return "; ".join([*told, *([f"canaries that are wrong: {dead}"] if dead else [])])
