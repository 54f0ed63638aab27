"""Intake: web pages."""

import sys
from datetime import date
from pathlib import Path

import pytest
from taking import DAY, NO_DATE, rejected, take_all, taken, write

from extractor.article import sha256_of

PARAGRAPH = "<p>At least 26 civilians were killed in Aleppo on Wednesday, activists said.</p>"


def page(head: str = "", body: str = PARAGRAPH * 5) -> str:
    return (
        f'<html lang="en"><head><title>Shelling</title>{head}</head><body><nav><a href="/">Home'
        f"</a></nav><article><h1>Shelling in Aleppo</h1>{body}</article></body></html>"
    )


def test_a_page_gives_its_text_and_what_it_states_of_itself(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="The Example">'
        '<link rel="canonical" href="https://news.example/a">'
        '<meta property="article:published_time" content="2016-12-01T23:30:00+03:00">'
    )
    path = write(tmp_path, "aleppo.html", page(head))
    outcome = taken(take_all(path, published=date(2020, 1, 1))[0])
    article = outcome.article
    assert "At least 26 civilians were killed" in article.text
    assert "Home" not in article.text
    assert (article.id, article.title) == ("aleppo", "Shelling in Aleppo")
    assert (article.publisher, article.url) == ("The Example", "https://news.example/a")
    assert (article.language, article.published_at) == ("en", DAY)
    assert article.raw_sha256 == sha256_of(Path(path).read_bytes())
    assert article.text_sha256 == sha256_of(article.text)
    assert any("trafilatura" in notice for notice in outcome.notices)
    assert (
        "publication date taken from the page's "
        '<meta property="article:published_time">' in outcome.notices
    )


@pytest.mark.parametrize(
    ("head", "origin"),
    [
        ('<meta itemprop="datePublished" content="2016-12-01">', '<meta itemprop="datepublished">'),
        ('<meta name="DC.date.issued" content="1 Dec 2016">', '<meta name="dc.date.issued">'),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, '
            '{"@type": "NewsArticle", "datePublished": "2016-12-01T08:00:00Z"}]}</script>',
            "JSON-LD",
        ),
    ],
    ids=["microdata", "Dublin Core", "JSON-LD"],
)
def test_the_date_of_a_page_is_read_from_its_metadata_and_its_origin_is_said(
    tmp_path: Path, head: str, origin: str
) -> None:
    outcome = taken(take_all(write(tmp_path, "a.htm", page(head)))[0])
    assert outcome.article.published_at == DAY
    assert f"publication date taken from the page's {origin}" in outcome.notices


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<link rel="canonical" href="https://news.example/2016/12/01/a">',
        '<meta property="article:modified_time" content="2016-12-01">',
        '<script type="application/ld+json">{"datePublished": </script>',
    ],
    ids=["nothing", "address", "modified", "broken JSON-LD"],
)
def test_a_page_that_states_no_date_has_none(tmp_path: Path, head: str) -> None:
    body = "<p>Published 1 December 2016.</p>" + PARAGRAPH * 5
    outcome = taken(take_all(write(tmp_path, "a.html", page(head, body)))[0])
    assert outcome.article.published_at is None
    assert NO_DATE in outcome.notices


def test_a_page_with_a_doubtful_date_has_none_and_says_so(tmp_path: Path) -> None:
    head = '<meta name="date" content="7/5/2016">'
    outcome = taken(take_all(write(tmp_path, "a.html", page(head)))[0])
    assert outcome.article.published_at is None
    assert any("'7/5/2016'" in notice for notice in outcome.notices)
    assert not any("taken from" in notice for notice in outcome.notices)


def test_a_page_in_another_encoding_is_decoded_as_it_declares_and_said(tmp_path: Path) -> None:
    text = "قتل ستة وعشرون مدنيا في حي من أحياء حلب يوم الأربعاء، كما قال ناشطون. "
    html = page('<meta charset="windows-1256">', f"<p>{text * 4}</p>")
    outcome = taken(take_all(write(tmp_path, "a.html", html.encode("cp1256")))[0])
    assert text.strip() in outcome.article.text
    assert any("not UTF-8" in notice for notice in outcome.notices)


@pytest.mark.parametrize(
    "raw",
    [b"", b"Two dead.", b"<html></html>", b"\0\0", b"<div>" * 5000, b"\x1f\x8b\x08 broken"],
    ids=["empty", "no page", "empty page", "NUL", "nested", "broken gzip"],
)
def test_a_page_without_an_article_is_rejected(tmp_path: Path, raw: bytes) -> None:
    outcome = rejected(take_all(write(tmp_path, "a.html", raw))[0])
    assert "save its text as a .txt file" in outcome.reason
    assert outcome.raw_sha256 == sha256_of(raw)


def test_a_page_too_long_is_rejected_by_the_length_of_its_text(tmp_path: Path) -> None:
    outcome = take_all(write(tmp_path, "a.html", page()), max_chars=20)[0]
    assert "characters, the limit is 20" in rejected(outcome).reason


def test_without_trafilatura_a_page_is_rejected_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    path = write(tmp_path, "a.html", page())
    first, last = take_all(path, write(tmp_path, "b.txt", "Two dead."))
    assert "pip install -e '.[html]'" in rejected(first).reason
    assert taken(last).article.id == "b"
