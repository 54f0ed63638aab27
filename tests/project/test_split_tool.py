import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from eval.gold import GoldSet, Labelled, open_gold

ROOT = Path(__file__).parent.parent.parent
GOLD = open_gold(ROOT / "tests" / "scoring" / "gold")


@pytest.fixture(scope="module")
def split() -> ModuleType:
    """The tool, which is no package."""
    spec = importlib.util.spec_from_file_location("split_tool", ROOT / "tools" / "split.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["split_tool"] = module
    spec.loader.exec_module(module)
    return module


def many(copies: int) -> GoldSet:
    """The fixtures over and over, each time as stories of their own."""
    labelled = {
        f"{name}-{n}": Labelled(
            article=one.article.model_copy(update={"id": f"{name}-{n}"}),
            gold=one.gold.model_copy(
                update={"article_id": f"{name}-{n}", "story_id": f"{one.gold.story_id}-{n}"}
            ),
        )
        for n in range(copies)
        for name, one in GOLD.labelled.items()
    }
    return GoldSet(folder=GOLD.folder, labelled=labelled)


def test_stories_stay_whole_and_the_gate_has_its_size(split: ModuleType) -> None:
    gold = many(5)
    inside = split.divide(gold, gate=45, seed=3)
    assert len(inside) in (45, 46)
    stories = {one.gold.story_id for name, one in gold.labelled.items() if name in inside}
    others = {one.gold.story_id for name, one in gold.labelled.items() if name not in inside}
    assert not stories & others


def test_the_same_seed_divides_alike_and_another_does_not(split: ModuleType) -> None:
    gold = many(5)
    assert split.divide(gold, gate=45, seed=3) == split.divide(gold, gate=45, seed=3)
    assert split.divide(gold, gate=45, seed=3) != split.divide(gold, gate=45, seed=4)


def test_what_articles_have_is_spread_evenly(split: ModuleType) -> None:
    gold = many(6)
    inside = split.divide(gold, gate=56, seed=1)
    share = len(inside) / len(gold.labelled)
    features = {name: split.features_of(one) for name, one in gold.labelled.items()}
    for feature in {feature for told in features.values() for feature in told}:
        whole = [name for name, told in features.items() if feature in told]
        there = sum(name in inside for name in whole)
        assert abs(there - share * len(whole)) <= 3, feature
