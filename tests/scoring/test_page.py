import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from math import log1p
from typing import Any

import pytest
from scorecells import article, cell, figure, told_incident

from eval.cells import Cell, CellKind, CellState, Harm, Mistake
from eval.report.charts import Dot, dot_chart, heat_of, scatter
from eval.report.page import page
from eval.scores.gauge import Gauge
from eval.scores.summary import summarise
from extractor.codes import Qualifier

HOSTILE = (
    "</style></title></svg><script>alert(1)</script><img src=https://x.org/x onerror=alert(1)>"
    "\" onload='alert(1)' {{ 7 * 7 }} &amp; \u202ereversed <a href=javascript:alert(1)>"
)
ARABIC = "قُتل سبعة مدنيين في القصف"
VOID = {"meta", "br", "img", "link", "input", "hr"}


class Read(HTMLParser):
    """What a browser would find in a page: its elements with their attributes and words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append((self.open[-1] if self.open else "", data))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def told(self, tag: str) -> list[str]:
        return [words for name, words in self.words if name == tag]


def cells(words: str = "killed", articles: int = 3) -> list[Cell]:
    made: list[Cell] = []
    for n in range(articles):
        name = f"{words} {n}"
        more: dict[str, Any] = {"phenomena": ("at_least",), "strata": {words: words}}
        made += [article(name, **more), *told_incident(name, CellState.CORRECT, **more)]
        for mistake in (Mistake.DIGIT_ERROR, Mistake.SWAP):
            made.append(
                cell(
                    CellKind.COUNT,
                    CellState.WRONG,
                    name,
                    **more,
                    key=words,
                    gold=words,
                    predicted=words,
                    predicted_number=figure(120),
                    gold_quotes=(words, ARABIC),
                    predicted_quotes=(words,),
                    mistake=mistake,
                    codes={"gold_place": words, "gold_name": words},
                    opportunities=(Harm.HARDENED,),
                    harms=(Harm.HARDENED,),
                )
            )
        place: dict[str, Any] = {"codes": {"gold_place": words, "gold_name": words}, "gold": words}
        made.append(cell(CellKind.PLACE, CellState.MISSED, name, **place))
    return made


def read(words: str = "killed", articles: int = 3) -> Read:
    made = cells(words, articles)
    summary = summarise(made, variants={"one": made, words: made})
    return Read(page(summary, made, title=words))


def test_the_page_is_well_formed() -> None:
    told = read()
    assert told.unbalanced == []
    assert told.open == []


def test_words_of_an_article_make_no_element() -> None:
    harmless, hostile = read("harmless"), read(HOSTILE)
    assert [name for name, _ in hostile.elements] == [name for name, _ in harmless.elements]
    assert hostile.unbalanced == []
    kept = {(name, one) for name, attributes in harmless.elements for one in attributes}
    assert {(name, one) for name, attributes in hostile.elements for one in attributes} == kept


def test_words_of_an_article_are_shown_as_they_stand() -> None:
    shown = HOSTILE.replace("\u202e", "<U+202E>")
    assert shown in read(HOSTILE).told("blockquote")


def test_nothing_is_loaded_and_nothing_runs() -> None:
    told = read(HOSTILE)
    tags = {name for name, _ in told.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "use"}
    for _, attributes in told.elements:
        assert not {"src", "srcset", "style", "action", "xlink:href"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"url\(|@import|https?:", "".join(told.told("style")))


def test_the_policy_allows_the_pages_own_style_and_nothing_else() -> None:
    told = read()
    policy = next(one["content"] for one in told.named("meta") if "http-equiv" in one)
    style = "".join(told.told("style"))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy is not None
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_every_link_leads_to_a_place_on_the_page() -> None:
    told = read()
    ids = [one["id"] for _, one in told.elements if "id" in one]
    assert len(ids) == len(set(ids))
    for one in told.named("a"):
        assert (one["href"] or "").removeprefix("#") in ids


def test_every_chart_has_its_figures_in_words() -> None:
    told = read()
    ids = {one["id"] for _, one in told.elements if "id" in one}
    charts = told.named("svg")
    assert len(charts) == 4
    for one in charts:
        assert one["role"] == "img"
        assert set((one["aria-labelledby"] or "").split()) <= ids
    assert all(words.strip() for words in told.told("desc"))
    assert len(told.named("desc")) == len(charts)


def test_tables_and_headings_can_be_read_without_seeing_them() -> None:
    told = read()
    assert {one.get("scope") for one in told.named("th")} == {"col", "row"}
    levels = [int(name[1]) for name, _ in told.elements if re.fullmatch(r"h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert told.named("html")[0]["lang"] == "en"


def test_quotes_run_in_their_own_direction() -> None:
    told = read()
    assert ARABIC in told.told("blockquote")
    assert {one.get("dir") for one in told.named("blockquote")} == {"auto"}


def test_what_runs_from_right_to_left_does_not_swap_gold_and_predicted() -> None:
    telling: dict[str, Any] = {
        "key": f"killed · {ARABIC}",
        "gold": "عشرات",
        "predicted": "مئات",
        "codes": {"predicted_key": "killed · people"},
        "mistake": Mistake.WRONG_GROUP,
    }
    made = [article("a"), cell(CellKind.COUNT, CellState.WRONG, **telling)]
    shown = page(summarise(made), made)
    keys = (
        f"<bdi>killed</bdi> · <bdi>{ARABIC}</bdi> → <bdi>killed</bdi> · <bdi>people</bdi>",
        "<bdi>عشرات</bdi> → <bdi>مئات</bdi>",
    )
    assert f'<bdi dir="ltr"><bdi>a</bdi>: {": ".join(keys)}</bdi>' in shown
    assert f'<bdi dir="ltr">{keys[0]}</bdi>' in shown


def test_a_table_that_is_too_wide_scrolls_by_a_bar_that_is_seen() -> None:
    told = read()
    opened = [attributes.get("class") for name, attributes in told.elements if name == "div"]
    assert opened.count("scroll") == len(told.named("table")) + len(told.named("svg"))
    style = "".join(told.told("style"))
    assert re.search(r"\.scroll \{\s*overflow-x: auto", style)
    assert re.search(r"\.scroll::-webkit-scrollbar \{ height: [1-9]", style)


def test_a_worst_error_stands_with_both_quotes() -> None:
    told = read("killed in the market")
    assert told.told("blockquote").count("killed in the market") == 2 * 6


def test_a_page_of_nothing_can_be_read() -> None:
    told = Read(page(summarise([]), []))
    assert told.unbalanced == []
    assert "There is no error." in told.told("p")


def test_a_dot_without_an_interval_is_open() -> None:
    few = [*told_incident("a", CellState.CORRECT)]
    many = [one for n in range(30) for one in told_incident(f"{n}", CellState.CORRECT)]
    drawn = [
        str(dot_chart("x", "X", [Dot(label="x", score=Gauge().f1("x", "X", some))]))
        for some in (few, many)
    ]
    assert ["dot open" in one for one in drawn] == [True, False]
    assert ["whisker" in one for one in drawn] == [False, True]


@pytest.mark.parametrize(("stories", "is_a_share"), [(19, False), (20, True)])
@pytest.mark.parametrize("intervals", [True, False])
def test_under_twenty_stories_a_chart_gives_counts_and_no_share(
    stories: int, is_a_share: bool, intervals: bool
) -> None:
    some = [one for n in range(stories) for one in told_incident(f"{n}", CellState.CORRECT)]
    score = Gauge(intervals=intervals).f1("x", "X", some)
    drawn = str(dot_chart("x", "X", [Dot(label="x", score=score)]))
    assert ("100.0 %" in drawn) is is_a_share
    assert f"{2 * stories} right, 0 false, 0 lost" in drawn
    assert ("few" in drawn) is not is_a_share


def test_a_score_over_nothing_has_no_dot() -> None:
    drawn = str(dot_chart("x", "X", [Dot(label="x", score=Gauge().f1("x", "X", []))]))
    assert "<circle" not in drawn
    assert "x: -" in drawn


def test_tolls_are_drawn_by_their_logarithm() -> None:
    told = [(1, 1), (10, 100), (1000, 1000)]
    made = [
        cell(CellKind.COUNT, CellState.WRONG, gold_number=figure(g), predicted_number=figure(p))
        for g, p in told
    ]
    drawn = str(scatter("tolls", "Tolls", made))
    points = {
        words: (float(x), float(y))
        for x, y, words in re.findall(
            r'<circle [^>]*cx="([\d.]+)" cy="([\d.]+)"[^>]*><title>([^<]*)<', drawn
        )
    }
    small, middle, large = (
        points[f"gold {gold:g}, predicted {predicted:g}: 1"] for gold, predicted in told
    )
    ratio = (middle[0] - small[0]) / (large[0] - small[0])
    assert ratio == pytest.approx((log1p(10) - log1p(1)) / (log1p(1000) - log1p(1)), abs=0.01)
    assert "3 tolls: 0 right; 1 are too high and 0 too low" in drawn


@pytest.mark.parametrize(
    "left_out",
    [
        pytest.param({"slice": "subset"}, id="a part"),
        pytest.param({"predicted_number": figure(1, Qualifier.VAGUE)}, id="a vague word"),
        pytest.param({"predicted_incident": None, "predicted_number": None}, id="not found"),
    ],
)
def test_only_whole_tolls_with_two_figures_are_drawn(left_out: dict[str, Any]) -> None:
    made = [cell(CellKind.COUNT, CellState.WRONG, **left_out)]
    assert "0 tolls" in str(scatter("tolls", "Tolls", made))


@pytest.mark.parametrize(("n", "most", "heat"), [(0, 9, 0), (9, 9, 6), (1, 1000, 2), (1, 1, 6)])
def test_rare_counts_are_seen_in_a_table(n: int, most: int, heat: int) -> None:
    assert heat_of(n, most) == heat
