"""Web pages: the main text, with title, date and the way back to the element."""

import sys
from datetime import date
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading import read

PARAGRAPHS = [
    "HARWICK (Reuters) - The harbour bridge reopened on Thursday after a storm tore forty metres of railing from it.",
    "The mayor cut a ribbon in front of some hundred people. “We did not close it lightly,” she said to them.",
    "Repairs cost 3.4 million pounds, which is fifteen per cent more than the council had planned in the spring.",
]
PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>Bridge reopens | The Daily Café</title>
<meta property="og:site_name" content="The Daily Café">
<meta property="article:published_time" content="2024-03-14T09:00:00Z"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>Bridge reopens</h1><p>{0}</p><p>{1}</p><h2>What it cost</h2><p>{2}</p>
<div style="display: none">Subscribe to see the prices of every bridge in the county and beyond.</div></article>
<footer>All rights reserved. Privacy policy and terms of use of this site.</footer></body></html>"""


@pytest.fixture(params=["utf-8", "windows-1252"])
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "bridge.html"
    path.write_bytes(PAGE.format(*PARAGRAPHS, charset=request.param).encode(request.param))
    return path


@pytest.fixture
def article(page: Path) -> Article:
    pytest.importorskip("trafilatura")
    return read(page)


def test_the_main_text_only(article: Article) -> None:
    """No menu, no footer, nothing hidden; the dateline is no part of the first sentence."""
    assert [
        "The harbour bridge reopened on Thursday after a storm tore forty metres of railing from it.",
        "The mayor cut a ribbon in front of some hundred people.",
        "“We did not close it lightly,” she said to them.",
        "What it cost",
        PARAGRAPHS[2],
    ] == [sentence.text for sentence in article.sentences]


def test_title_without_the_name_of_the_site_and_date(article: Article) -> None:
    """From the page's metadata."""
    assert ("Bridge reopens", date(2024, 3, 14)) == (article.title, article.published)


def test_each_sentence_has_its_element(article: Article) -> None:
    """The map leads back to the page."""
    offset = article.text.index("Repairs")
    assert article.place_of(offset) == f"paragraph {[p.name for p in article.places if 'para' in p.name].__len__()}"
    assert all(article.place_of(sentence.start) for sentence in article.sentences)


def test_a_page_without_an_article_is_told(tmp_path: Path) -> None:
    """A shell that a script would fill."""
    pytest.importorskip("trafilatura")
    path = tmp_path / "app.html"
    path.write_text("<!doctype html><html><head><title>App</title></head><body><div id=root></div></body></html>")
    with pytest.raises(InputError, match="no article in this page"):
        read(path)


def test_without_the_extra_raw_markup_is_not_read(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(InputError, match=r"pip install 'grounded-summarizer\[html\]'"):
        read(page)


def test_a_page_under_another_name_is_known_by_its_first_tag(page: Path) -> None:
    """A page saved without an ending."""
    pytest.importorskip("trafilatura")
    bare = page.rename(page.with_suffix(""))
    assert read(bare).title == "Bridge reopens"
