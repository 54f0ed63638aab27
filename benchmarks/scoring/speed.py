"""How long scoring takes: as many articles as asked for, made of those of a gold folder.

    python benchmarks/scoring/speed.py [--articles 240] [--gold tests/scoring/gold]

Each copy is a story of its own, and every third figure, speaker and blame of the prediction is
wrong, so that nothing is faster than in a real run.
"""

import argparse
import random
import sys
from pathlib import Path
from time import perf_counter

from eval.gold import GoldSet, Labelled, open_gold
from eval.predictions import Prediction
from eval.scores.summary import summarise
from eval.scoring.article import score_set
from extractor.codes import InputOutcome, Qualifier, Stance
from extractor.records import BlameClaim, CountClaim, Incident

_SEED = 7


def main() -> int:
    """Score the copies without and with intervals, and print the seconds."""
    parser = argparse.ArgumentParser(description="How long scoring takes.")
    parser.add_argument("--articles", type=int, default=240)
    parser.add_argument("--gold", type=Path, default=Path("tests/scoring/gold"))
    asked = parser.parse_args()
    gold = _copies(open_gold(asked.gold), asked.articles)
    draw = random.Random(_SEED)
    told = [_flawed(one, draw) for one in gold.labelled.values()]
    start = perf_counter()
    scored = score_set(gold, told)
    after_cells = perf_counter()
    summarise(scored.cells, seed=0, intervals=False)
    after_plain = perf_counter()
    summarise(scored.cells, seed=0, intervals=True)
    after_all = perf_counter()
    say = sys.stdout.write
    say(f"{len(scored.articles)} articles, {len(scored.cells)} cells\n")
    say(f"cells {after_cells - start:.2f} s\n")
    say(f"scores without intervals {after_plain - after_cells:.2f} s\n")
    say(f"scores with intervals {after_all - after_plain:.2f} s\n")
    return 0


def _copies(gold: GoldSet, articles: int) -> GoldSet:
    given = list(gold.labelled.values())
    copies: dict[str, Labelled] = {}
    for n in range(articles):
        one = given[n % len(given)]
        name = f"{one.gold.article_id}-{n}"
        labels = one.gold.model_copy(update={"article_id": name, "story_id": name})
        article = one.article.model_copy(update={"id": name})
        copies[name] = Labelled(article=article, gold=labels, split=one.split)
    return GoldSet(folder=gold.folder, labelled=copies)


def _flawed(one: Labelled, draw: random.Random) -> Prediction:
    return Prediction(
        article_id=one.gold.article_id,
        text_sha256=one.gold.text_sha256,
        outcome=InputOutcome.READ,
        incidents=tuple(_incident(incident, draw) for incident in one.gold.incidents),
        cumulative=one.gold.cumulative,
    )


def _incident(one: Incident, draw: random.Random) -> Incident:
    counts = tuple(_count(claim, draw) for claim in one.counts)
    blames = tuple(_blame(claim, draw) for claim in one.blames)
    return one.model_copy(update={"counts": counts, "blames": blames})


def _count(claim: CountClaim, draw: random.Random) -> CountClaim:
    if claim.number.qualifier is not Qualifier.EXACT or draw.random() > 1 / 3:
        return claim
    n = draw.randrange(1, 200)
    number = claim.number.model_copy(update={"text": str(n), "lower": n, "upper": n})
    return claim.model_copy(update={"number": number})


def _blame(claim: BlameClaim, draw: random.Random) -> BlameClaim:
    if not claim.accused or draw.random() > 1 / 3:
        return claim
    return claim.model_copy(update={"stance": Stance.STATED_AS_FACT})


if __name__ == "__main__":
    raise SystemExit(main())
