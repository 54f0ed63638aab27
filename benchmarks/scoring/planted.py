"""What the gate says of regressions that were planted: each kind in a copy of a run, alone.

    python benchmarks/scoring/planted.py [--run gold/blessed/predictions.jsonl] [--out TABLE.md]

Two runs are taken as the one before: that of the built-in reader, and one made from the labels with
a fifth of its claims, places and incidents taken out at random, which stands for a good model. The
second run is a copy of it with one kind of error planted. Nothing else differs.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.comparing.comparison import compare_sides
from eval.comparing.sides import Side
from eval.gate.canaries import dead_canaries, pick_canaries
from eval.gate.terms import load_terms
from eval.gate.verdict import Gated, decide
from eval.gold import GoldSet, open_gold
from eval.predictions import Prediction, open_predictions
from eval.scoring.article import score_set
from extractor.codes import (
    InputOutcome,
    Outcome,
    PlaceLevel,
    Qualifier,
    SpeakerType,
)
from extractor.numerals import Number
from extractor.records import CountClaim, Group, Incident, Speaker

_LOST = 0.2  # of what the labels tell, in the run that stands for a good model
_SEED = 5
_CANARIES = 40

Plant = Callable[[Prediction, random.Random], Prediction]


def main() -> int:
    """Plant each kind in each run, and print the verdicts."""
    parser = argparse.ArgumentParser(description="The gate on planted regressions.")
    parser.add_argument("--gold", type=Path, default=Path("gold"))
    parser.add_argument("--split", default="gate")
    parser.add_argument("--run", type=Path, default=Path("gold/blessed/predictions.jsonl"))
    parser.add_argument("--draws", type=int, default=9_999)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    lines: list[str] = []
    for line in _report(asked):
        lines.append(line)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    if asked.out:
        asked.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _report(asked: argparse.Namespace) -> Iterator[str]:
    gold = open_gold(asked.gold).of_split(asked.split)
    known = [one for one in open_predictions(asked.run) if one.article_id in gold.labelled]
    runs = {"the built-in reader": known, "as good as a model": _good(gold)}
    yield "| the run before | planted in its copy | verdict | by | what moved most |"
    yield "|---|---|---|---|---|"
    for name, before in runs.items():
        for kind, plant in PLANTS.items():
            judged = gate_planted(gold, before, plant, draws=asked.draws)
            by = sorted({one.rule.value for one in judged.findings})
            row = (name, kind, judged.verdict, ", ".join(by) or "-", _moved(judged))
            yield f"| {' | '.join(row)} |"


def gate_planted(gold: GoldSet, before: Sequence[Prediction], plant: Plant, *, draws: int) -> Gated:
    """What the gate says of a run with something planted in it, beside the run itself."""
    planted = [plant(one, random.Random(f"{_SEED} {one.article_id}")) for one in before]
    old, new = (
        Side(name=name, provenance=(), repeats=(score_set(gold, told).cells,))
        for name, told in (("before", before), ("planted", planted))
    )
    canaries = pick_canaries(old, _CANARIES)
    return decide(
        compare_sides(old, new, draws=draws, slices=False),
        load_terms(),
        on="split",
        dead=dead_canaries(new, canaries),
        canaries=len(canaries),
    )


def _moved(judged: Gated) -> str:
    gated = [one for one in judged.looks[-1].comparison.gated if one.gain]
    if not gated:
        return "nothing"
    one = min(gated, key=lambda one: one.gain or 0.0)
    return f"{one.label}: {100 * (one.delta or 0):+.1f} points, p {one.p_worse:.4f}"


def _good(gold: GoldSet) -> list[Prediction]:
    """The labels with a fifth of everything taken out."""
    told: list[Prediction] = []
    for one in gold.labelled.values():
        draw = random.Random(f"{_SEED} good {one.gold.article_id}")
        kept = [_thinned(each, draw) for each in one.gold.incidents if draw.random() >= _LOST / 2]
        told.append(
            Prediction(
                article_id=one.gold.article_id,
                text_sha256=one.gold.text_sha256,
                outcome=InputOutcome.READ,
                incidents=tuple(kept),
                cumulative=tuple(
                    _alone(claim) for claim in one.gold.cumulative if draw.random() >= _LOST
                ),
            )
        )
    return told


def _thinned(one: Incident, draw: random.Random) -> Incident:
    counts = [claim for claim in one.counts if draw.random() >= _LOST]
    blames = [claim for claim in one.blames if draw.random() >= _LOST]
    ids = {claim.id for claim in (*counts, *blames)}
    return one.model_copy(
        update={
            "counts": tuple(_tied(claim, ids) for claim in counts),
            "blames": tuple(
                claim.model_copy(
                    update={
                        "answers": claim.answers if claim.answers in ids else None,
                        "applies_to": tuple(name for name in claim.applies_to if name in ids),
                    }
                )
                for claim in blames
            ),
            "places": one.places if draw.random() >= _LOST else (),
        }
    )


def _tied(claim: CountClaim, ids: set[str]) -> CountClaim:
    loose = {
        name: None
        for name in ("part_of", "supersedes")
        if getattr(claim, name) is not None and getattr(claim, name) not in ids
    }
    return claim.model_copy(update=loose)


def _alone(claim: CountClaim) -> CountClaim:
    return claim.model_copy(update={"part_of": None, "supersedes": None})


def _nothing(one: Prediction, draw: random.Random) -> Prediction:
    return one


def _off_by_one(one: Prediction, draw: random.Random) -> Prediction:
    """One more, in 5 % of the figures that have a lower bound."""

    def more(claim: CountClaim) -> CountClaim:
        if claim.number.lower is None or draw.random() >= 0.05:
            return claim
        number = claim.number.model_dump()
        for name in ("lower", "upper"):
            number[name] = None if number[name] is None else number[name] + 1
        if number["qualifier"] == Qualifier.NONE:
            number["qualifier"] = Qualifier.EXACT
        return claim.model_copy(update={"number": Number.model_validate(number)})

    return _with(one, lambda each: {"counts": tuple(map(more, each.counts))})


def _blames_leak(one: Prediction, draw: random.Random) -> Prediction:
    """Every other blame is told of the next incident of the article as well."""
    incidents = list(one.incidents)
    for at, incident in enumerate(one.incidents[:-1]):
        leaked = [
            claim.model_copy(update={"id": f"{claim.id}-leaked", "applies_to": (), "answers": None})
            for claim in incident.blames
            if claim.accused and draw.random() < 0.5
        ]
        following = incidents[at + 1]
        blames = (*following.blames, *leaked)
        incidents[at + 1] = following.model_copy(update={"blames": blames})
    return replace(one, incidents=tuple(incidents))


def _silence_is_zero(one: Prediction, draw: random.Random) -> Prediction:
    """Where an incident tells of no wounded, three times in ten: nobody was wounded."""

    def with_none(each: Incident) -> Mapping[str, Any]:
        told = {claim.outcome for claim in each.counts}
        if Outcome.INJURED in told or not each.counts or draw.random() >= 0.3:
            return {}
        none = CountClaim(
            id=f"{each.id}-none",
            outcome=Outcome.INJURED,
            number=Number(text="0", lower=0, upper=0, qualifier=Qualifier.NONE),
            group=Group(text=None),
            speakers=(Speaker(name_text=None, type=SpeakerType.ARTICLE_VOICE),),
            quotes=each.counts[0].quotes,
        )
        return {"counts": (*each.counts, none)}

    return _with(one, with_none)


def _place_is_country(one: Prediction, draw: random.Random) -> Prediction:
    """Every fifth place is told as the country it lies in."""

    def wider(each: Incident) -> Mapping[str, Any]:
        if not each.places or draw.random() >= 0.2:
            return {}
        place = each.places[0]
        country = place.model_copy(
            update={
                "name_text": place.parents[-1] if place.parents else place.name_text,
                "within_text": (),
                "level": PlaceLevel.COUNTRY,
                "lat": None,
                "lon": None,
                "radius_km": None,
                "gazetteer_id": None,
                "parents": (),
            }
        )
        return {"places": (country, *each.places[1:])}

    return _with(one, wider)


def _incident_dropped(one: Prediction, draw: random.Random) -> Prediction:
    """Every tenth incident is left out."""
    return replace(one, incidents=tuple(each for each in one.incidents if draw.random() >= 0.1))


def _speaker_dropped(one: Prediction, draw: random.Random) -> Prediction:
    """Every fifth figure is told in the article's own voice."""
    voice = (Speaker(name_text=None, type=SpeakerType.ARTICLE_VOICE),)

    def silent(claim: CountClaim) -> CountClaim:
        return claim.model_copy(update={"speakers": voice}) if draw.random() < 0.2 else claim

    return _with(one, lambda each: {"counts": tuple(map(silent, each.counts))})


def _article_fails(one: Prediction, draw: random.Random) -> Prediction:
    """Every twentieth article is refused."""
    if draw.random() >= 0.05:
        return one
    return replace(one, outcome=InputOutcome.REFUSED, incidents=(), cumulative=())


def _with(one: Prediction, change: Callable[[Incident], Mapping[str, Any]]) -> Prediction:
    changed = tuple(each.model_copy(update=dict(change(each))) for each in one.incidents)
    return replace(one, incidents=changed)


PLANTS: Mapping[str, Plant] = {
    "nothing": _nothing,
    "5 % of figures one too high": _off_by_one,
    "half of the blames told of the next incident too": _blames_leak,
    "nobody wounded, where nothing is said of it, in 3 of 10": _silence_is_zero,
    "every fifth place told as its country": _place_is_country,
    "every tenth incident dropped": _incident_dropped,
    "every fifth figure in the article's own voice": _speaker_dropped,
    "every twentieth article refused": _article_fails,
}
"""What is planted, by its name."""


if __name__ == "__main__":
    sys.exit(main())
