import json
import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from eval import consistency
from eval.cells import CellState
from eval.cli import agree
from eval.cli.gold import app
from eval.consistency import Agreement, alpha_of, as_predictions, consistency_of, strictly
from eval.gold import GoldArticle, GoldError, GoldSet, Labelled, open_gold
from eval.scoring.article import score_set

Told = dict[str, Any]
Change = Callable[[Told], object]
FIXTURES = Path(__file__).parent / "gold"
GOLD = open_gold(FIXTURES)
LABELS = {name: one.gold for name, one in GOLD.labelled.items()}


def by_hand(
    pairs: Sequence[tuple[Any, Any]], distance: Callable[[Any, Any], float]
) -> float | None:
    """Alpha of two coders without missing values, as the textbook defines it."""
    values = [value for pair in pairs for value in pair]
    told = Counter(values)
    n = len(values)
    seen = sum(2 * distance(one, other) for one, other in pairs)
    chance = sum(told[a] * told[b] * distance(a, b) for a, b in product(told, told))
    return None if len(told) < 2 else 1 - (n - 1) * seen / chance


def unlike(one: str, other: str) -> float:
    return float(one != other)


def squared(one: float, other: float) -> float:
    return (one - other) ** 2


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30))
def test_alpha_of_words_is_that_of_the_textbook(pairs: list[tuple[str, str]]) -> None:
    wanted = by_hand(pairs, unlike)
    found = alpha_of(pairs)
    assert found == (wanted if wanted is None else pytest.approx(wanted, abs=1e-9))


@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 0.7, 1.1, 3.4]), st.sampled_from([0.0, 0.7, 1.1, 3.4])),
        min_size=1,
        max_size=30,
    )
)
def test_alpha_of_numbers_is_on_the_interval_metric(pairs: list[tuple[float, float]]) -> None:
    wanted = by_hand(pairs, squared)
    found = alpha_of(pairs)
    assert found == (wanted if wanted is None else pytest.approx(wanted, abs=1e-9))


def changed(name: str, change: Change) -> dict[str, GoldArticle]:
    told = json.loads(LABELS[name].model_dump_json())
    change(told)
    return {**LABELS, name: GoldArticle.model_validate(told)}


def differing(second: dict[str, GoldArticle]) -> dict[tuple[str, str], tuple[int, int]]:
    """The fields that are not the same throughout: how many pairs, how many the same."""
    found = consistency_of(GOLD, second)
    return {(one.group, one.field): (one.pairs, one.same) for one in found if one.same < one.pairs}


def test_a_labelling_agrees_with_itself_in_every_field() -> None:
    found = consistency_of(GOLD, LABELS)
    assert {one.group for one in found} == {"incident", "count", "blame"}
    assert all(one.same == one.pairs for one in found)
    assert all(one.alpha in (None, pytest.approx(1.0)) for one in found)
    assert all(one.interval is None for one in found)  # 13 stories are too few for one


def count(told: Told) -> Told:
    return told["incidents"][0]["counts"][0]


CHANGES: dict[str, tuple[str, Change]] = {
    "date precision": (
        "two-towns",
        lambda told: told["incidents"][0]["when"].update(precision="week"),
    ),
    "main attack type": (
        "two-towns",
        lambda told: told["incidents"][0].update(attack_types=["shelling"]),
    ),
    "place level": (
        "two-towns",
        lambda told: told["incidents"][0]["places"][0].update(level="admin1"),
    ),
    "hedge": ("two-towns", lambda told: count(told).update(hedge="unverified")),
    "standing": ("two-towns", lambda told: count(told)["group"].update(standing="civilian")),
    "qualifier": ("two-towns", lambda told: count(told)["number"].update(qualifier="more_than")),
    "stance": (
        "bus-near-douentza",
        lambda told: told["incidents"][0]["blames"][0].update(stance="suspected"),
    ),
}


@pytest.mark.parametrize("field", CHANGES)
def test_one_changed_field_is_told_in_that_field_alone(field: str) -> None:
    found = differing(changed(*CHANGES[field]))
    assert [name for _, name in found] == [field]
    pairs, same = next(iter(found.values()))
    assert same == pairs - 1


def take_the_second_reading(told: Told) -> None:
    (other,) = told["alternatives"]
    claim = told["incidents"][1]["counts"][1]
    assert claim["id"] == other["of"]
    claim["group"] = other["group"]


def test_second_readings_of_one_labeller_do_not_help_the_agreement(tmp_path: Path) -> None:
    second = changed("two-towns", take_the_second_reading)
    pairs, same = differing(second)["count", "standing"]
    assert same == pairs - 1
    predicted = as_predictions(second.values())
    states = [
        next(cell.state for cell in cells if (cell.article_id, cell.gold_id) == ("two-towns", "c5"))
        for cells in (score_set(gold, predicted).cells for gold in (GOLD, strictly(GOLD)))
    ]
    assert states == [CellState.CORRECT, CellState.WRONG]
    write_labels(tmp_path, second)
    _, told, _ = run(FIXTURES / "records", tmp_path, "--gold", FIXTURES)
    assert "| Count claims | 97.6 | - | 40 right, 1 false, 1 lost |" in told


def many(copies: int) -> tuple[GoldSet, dict[str, GoldArticle]]:
    """The fixtures over and over, each time as stories of their own, with some stances changed."""
    labelled: dict[str, Labelled] = {}
    second: dict[str, GoldArticle] = {}
    for n in range(copies):
        for name, one in GOLD.labelled.items():
            told = json.loads(one.gold.model_dump_json())
            told |= {"article_id": f"{name}-{n}", "story_id": f"{told['story_id']}-{n}"}
            article = one.article.model_copy(update={"id": f"{name}-{n}"})
            gold = GoldArticle.model_validate(told)
            labelled[article.id] = Labelled(article=article, gold=gold)
            for incident in told["incidents"]:
                for blame in incident["blames"]:
                    if n % 4 == 0 and blame["stance"] == "accused":
                        blame["stance"] = "suspected"
            second[article.id] = GoldArticle.model_validate(told)
    return GoldSet(folder=GOLD.folder, labelled=dict(sorted(labelled.items()))), second


def test_the_interval_holds_alpha_and_is_drawn_by_its_seed() -> None:
    gold, second = many(4)

    def stances(seed: int) -> Agreement:
        found = consistency_of(gold, second, seed=seed)
        return next(one for one in found if one.field == "stance")

    one = stances(3)
    assert one.alpha is not None
    assert one.interval is not None
    assert 0 < one.interval.low < one.alpha < one.interval.high <= 1
    assert one == stances(3)
    assert one.interval != stances(4).interval


def test_perfect_agreement_has_no_interval() -> None:
    """Nothing varies from story to story: "1.000 to 1.000" would promise too much."""
    gold, _ = many(2)
    found = consistency_of(gold, {name: one.gold for name, one in gold.labelled.items()})
    assert {one.alpha for one in found} <= {None, 1.0}
    assert {one.interval for one in found} == {None}


@pytest.mark.parametrize("numbers", [[2, 9], [0, 3, 17], [1, 4, 250, 8000]], ids=str)
def test_numbers_that_are_all_the_same_have_no_alpha(numbers: list[int]) -> None:
    """Their distances add up to nothing but for rounding, which must not pass for variation."""
    domain = [math.log1p(one) for one in numbers]
    alpha = consistency._alpha_of_sums  # pyright: ignore[reportPrivateUsage]
    for column in range(len(domain)):
        sums = np.zeros(len(domain) + 1)
        sums[column] = 696
        assert np.isnan(alpha(sums, domain))


@pytest.mark.parametrize("values", [["a", "b", "c"], [0.0, 0.7, 3.4]], ids=["words", "numbers"])
def test_sums_over_stories_make_the_same_alpha(values: list[Any]) -> None:
    """Each story drawn once is the whole: its sums must give what the library gives."""
    chance = random.Random(7)
    pairs = [(chance.choice(values), chance.choice(values)) for _ in range(40)]
    domain = sorted(values)
    counts, apart = consistency._sums(pairs, [10] * 4, domain)  # pyright: ignore[reportPrivateUsage]
    told = counts.sum(axis=0)
    sums = np.append(told, apart.sum())
    summed = consistency._alpha_of_sums(sums, domain)  # pyright: ignore[reportPrivateUsage]
    assert float(summed) == pytest.approx(alpha_of(pairs), abs=1e-9)


def test_labels_of_other_articles_are_refused() -> None:
    with pytest.raises(GoldError, match="labelled only once: 'two-towns'"):
        consistency_of(GOLD, {name: one for name, one in LABELS.items() if name != "two-towns"})


def run(*words: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["agree", *(str(one) for one in words)])
    return done.exit_code, done.stdout, done.stderr


def write_labels(folder: Path, labels: Mapping[str, GoldArticle]) -> None:
    for name, one in labels.items():
        (folder / f"{name}.json").write_text(one.model_dump_json(), "utf-8")


def test_clusters_are_the_stories_of_gold_in_both_labellings() -> None:
    """A labeller who names the stories otherwise must not change how far a figure may be off."""
    own = {name: one.model_copy(update={"story_id": name}) for name, one in LABELS.items()}
    for one in agree._both(GOLD, own, own):  # pyright: ignore[reportPrivateUsage]
        stories = {name: told.gold.story_id for name, told in one.labelled.items()}
        assert stories == {name: told.story_id for name, told in LABELS.items()}
    assert {one.story_id for one in own.values()} != {one.story_id for one in LABELS.values()}


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_label_of_another_text_is_told_with_its_labelling(which: str, tmp_path: Path) -> None:
    other = LABELS["two-towns"].model_copy(update={"text_sha256": "0" * 64})
    write_labels(tmp_path, {**LABELS, "two-towns": other})
    folders = [tmp_path, FIXTURES / "records"]
    code, _, told = run(*(folders if which == "first" else folders[::-1]), "--gold", FIXTURES)
    assert code == 2
    assert f"'two-towns' in the {which} labelling is of another text than {FIXTURES} has" in told
    assert "label that text, or name the folder of its own by --gold" in told


def test_the_command_prints_both_tables() -> None:
    records = FIXTURES / "records"
    code, told, _ = run(records, records, "--gold", FIXTURES)
    assert code == 0
    assert told.startswith("14 articles of 13 stories, labelled twice. Seed 0.")
    assert "| Count claims | 100.0 | - | 41 right, 0 false, 0 lost | 100.0 | 100.0 |" in told
    assert "| blame | stance | 15 | 11 | 15 (100.0 %) | 1.000 | - |" in told
    code, told, _ = run(records, records, "--gold", FIXTURES, "--json")
    assert code == 0
    assert json.loads(told)["articles"] == 14


def test_the_command_refuses_what_cannot_be_compared(tmp_path: Path) -> None:
    records = FIXTURES / "records"
    code, _, told = run(records, tmp_path, "--gold", FIXTURES)
    assert (code, "no label is in" in told) == (2, True)
    one = (records / "two-towns.json").read_text("utf-8")
    (tmp_path / "two-towns.json").write_text(one, "utf-8")
    code, _, told = run(records, tmp_path, "--gold", FIXTURES)
    assert (code, "labelled only once: 'bus-near-douentza'" in told) == (2, True)
    (tmp_path / "two-towns.json").write_text(one.replace("two-towns", "elsewhere"), "utf-8")
    code, _, told = run(tmp_path, tmp_path, "--gold", FIXTURES)
    assert (code, "no article 'elsewhere'" in told) == (2, True)
