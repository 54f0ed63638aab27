import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from scripts import script

from eval.gold import GoldError, GoldSet, Labelled, open_gold
from eval.lint import lint_gold

ROOT = Path(__file__).parent.parent.parent
GOLD = open_gold(ROOT / "tests" / "scoring" / "gold")


@pytest.fixture(scope="module")
def split() -> ModuleType:
    """The tool, which is no package."""
    return script("tools/split.py")


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


def farthest(split: ModuleType, gold: GoldSet, inside: frozenset[str]) -> float:
    """How far the worst feature is from its share, in articles."""
    share = len(inside) / len(gold.labelled)
    features = {name: split.features_of(one) for name, one in gold.labelled.items()}
    return max(
        abs(sum(feature in features[name] for name in inside) - share * len(whole))
        for feature in {feature for told in features.values() for feature in told}
        for whole in [[name for name, told in features.items() if feature in told]]
    )


def test_what_articles_have_is_spread_evenly(
    split: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = many(6)
    assert farthest(split, gold, split.divide(gold, gate=56, seed=1)) <= 1
    monkeypatch.setattr(split, "TRIES", 0)
    assert farthest(split, gold, split.divide(gold, gate=56, seed=1)) > 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the fixtures that was never divided."""
    copy = tmp_path / "mine"
    shutil.copytree(GOLD.folder, copy, ignore=shutil.ignore_patterns("labels", "splits.toml"))
    return copy


def run(split: ModuleType, monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> int | str | None:
    """Run the command; how it ended, 0 if it did so by itself."""
    monkeypatch.setattr(split, "DRAWS", 2)
    monkeypatch.setattr(sys, "argv", ["split.py", *map(str, words)])
    try:
        split.main()
    except SystemExit as ended:
        return ended.code
    return 0


@pytest.mark.parametrize("gate", [0, -3, 14, 15], ids=["none", "below", "all", "above"])
def test_both_splits_must_have_articles(
    split: ModuleType,
    folder: Path,
    gate: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(split, monkeypatch, folder, f"--gate={gate}", "--seed=1") == 2
    assert f"--gate {gate}: {folder} has 14 articles" in capsys.readouterr().err
    assert not (folder / "splits.toml").exists()


def test_whole_stories_may_not_leave_dev_empty(split: ModuleType) -> None:
    two = ("wedding-hall-thursday", "wedding-hall-tuesday")
    gold = GoldSet(folder=GOLD.folder, labelled={name: GOLD.labelled[name] for name in two})
    with pytest.raises(GoldError, match="1 articles in whole stories leave none for dev"):
        split.divide(gold, gate=1, seed=1)


def test_a_folder_is_divided_once_and_the_file_names_it(
    split: ModuleType,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(split, monkeypatch, folder, "--gate=6", "--seed=1") == 0
    written = (folder / "splits.toml").read_text("utf-8")
    command = f"python tools/split.py {folder} --gate 6 --seed 1"
    assert written.startswith(f"# Divided by `{command}`.\n")
    assert lint_gold(folder) == ()
    assert run(split, monkeypatch, folder, "--gate=6", "--seed=2") == 1
    assert "[frozen]: a gold set is divided once; take the table out" in capsys.readouterr().err
    assert (folder / "splits.toml").read_text("utf-8") == written


def test_a_folder_of_something_else_is_told_in_words(
    split: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(split, monkeypatch, tmp_path, "--gate=6", "--seed=1") == 1
    assert "no folder 'articles'" in capsys.readouterr().err
