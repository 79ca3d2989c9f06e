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


def html(tmp_path: Path, body: str, head: str = "") -> Article:
    pytest.importorskip("trafilatura")
    path = tmp_path / "a.html"
    path.write_text(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>", "utf-8")
    return read(path)


def test_sections_lists_code_and_tables_that_hold_statements(tmp_path: Path) -> None:
    """All that stands among the paragraphs of an article is the article, in the order of the page."""
    article = html(
        tmp_path,
        """<main>
<article><section><h2>Before you start</h2><p>The upgrade takes about 20 minutes, and the service is down for five of
them. Make a copy of the data first, because the old format cannot be read afterwards.</p>
<div>Users on plan B must call support before 4 June 2025.</div>
<pre><code>harbour upgrade --keep 3
harbour status</code></pre>
<p>The second command must print the word ready, otherwise the upgrade has failed and the copy has to be put back.</p>
</section></article>
<article><section><h2>After the upgrade</h2><p>Old keys stop working after 30 days. New keys are made by the
administrator, Tom Brandt, on request, and are valid for a year.</p>
<table><tr><th>Plan</th><th>Price</th></tr><tr><td>A</td><td>10 euros</td></tr></table>
<dl><dt>Key</dt><dd>A word of 32 letters</dd></dl>
<ul><li>Keys are case sensitive</li><li>Keys have 32 letters</li></ul></section></article></main>""",
    )
    for part in (
        "Users on plan B must call support before 4 June 2025.",
        "harbour upgrade --keep 3\nharbour status",
        "Old keys stop working after 30 days.",
        "Plan | Price\nA | 10 euros",
        "Key\nA word of 32 letters",
        "Keys are case sensitive\nKeys have 32 letters",
    ):
        assert part in article.text
    assert ("Before you start", "code 1") == (article.text[:16], article.place_of(article.text.index("harbour up")))
    assert () == article.notices


CONSENT = """<div id="cookie-consent" class="modal"><h2>We value your privacy</h2><p>We and our 842 partners store and
access information on a device, such as cookies, and process personal data, such as unique identifiers and standard
information sent by a device for personalised ads and content, ad and content measurement, and audience insights.</p>
<p>With your permission we and our partners may use precise geolocation data and identification through device scanning.
You may click to consent to our and our partners' processing as described above.</p><button>Accept all</button></div>"""


def test_a_cookie_wall_is_not_the_article(tmp_path: Path) -> None:
    """However much longer it is."""
    article = html(
        tmp_path,
        f"""{CONSENT}<aside class="layout"><div class="story"><h1>Bank closes branch in Holm</h1>
        <p>The Fjord Bank will close its branch in Holm on 30 June 2025.</p>
        <p>Eleven people work there, its head Nils Aker said.</p></div></aside>""",
        "<title>Bank closes branch in Holm</title>",
    )
    assert [
        "The Fjord Bank will close its branch in Holm on 30 June 2025.",
        "Eleven people work there, its head Nils Aker said.",
    ] == [sentence.text for sentence in article.sentences]
    assert "Bank closes branch in Holm" == article.title


def test_a_story_about_consent_is_read(tmp_path: Path) -> None:
    """A banner is told by its name and its words together."""
    story = (
        "<p>The court ruled on Monday that the bank may not ask for consent twice. Nils Aker had sued it in May.</p>"
    )
    assert "Nils Aker had sued it in May." in html(tmp_path, f'<article class="story">{story * 3}</article>').text


def test_a_piece_of_a_page(tmp_path: Path) -> None:
    """Without head and body, with entities."""
    pytest.importorskip("trafilatura")
    path = tmp_path / "a.html"
    path.write_text("<p>It&rsquo;s 2AM. The alarm at the Nordkap station has gone off &ndash; for the third time. "
                    "Engineer Ola Vik earns &pound;40 an hour &amp; a bonus of 5&nbsp;&percnt;.</p>")  # fmt: skip
    assert [
        "It’s 2AM.",
        "The alarm at the Nordkap station has gone off – for the third time.",
        "Engineer Ola Vik earns £40 an hour & a bonus of 5 %.",
    ] == [sentence.text for sentence in read(path).sentences]


CARD = '<span class="card"><img src="x"><a href=1>A</a> <a href=2>B</a> <a href=3>C</a></span>'
LONG = "The harbour board met on Monday and heard what the new quay would cost the town over the next ten years. " * 2


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ('<h2><a href="#quay">What the quay costs</a></h2>', "What the quay costs\n"),
        ("<p>One<!-- ad --> two three four five, said Ida Sand.</p>", "One two three four five, said Ida Sand."),
        ("<p>It has 10<sup>6</sup> stones on 4 m<sup>2</sup> of ground.</p>", "It has 10⁶ stones on 4 m² of ground."),
        ('<p>It cost 84 million in 2024.<sup><a href="#n">1</a></sup> It is done.</p>', "in 2024.[1] It is done."),
        ("<table><tr><td><p>A cell of layout says this.</p><h3>Head</h3></td></tr></table>", "layout says this.\n"),
        (f"<p>Said <span>Ida Sand{CARD}</span> of Holm, who leads the board.</p>", "Said Ida Sand of Holm, who leads"),
    ],
    ids=["heading in a link", "comment", "powers", "note mark", "layout table", "card over a name"],
)  # fmt: skip
def test_what_stands_in_paragraphs(tmp_path: Path, part: str, expected: str) -> None:
    """As the page shows it."""
    article = html(tmp_path, f"<article><h1>Quay</h1><p>{LONG}</p>{part}<p>{LONG}</p><p>{LONG}</p></article>")
    assert expected in article.text


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    """Other stories under the article, and comments, are not read in silence nor left out in silence."""
    other = (
        "<article><p>Another story altogether says that the mill will open in autumn, after nine years.</p></article>"
    )
    article = html(
        tmp_path,
        f"<div><article><h1>Quay</h1><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p></article>"
        f'<section><h3 class="related-posts">You may also like</h3>{other * 5}</section></div>',
    )
    assert "mill" not in article.text
    assert "left out 5 passage(s) of the page" in article.notices[0]
    assert "“Another story altogether says that the mill will …”" in article.notices[0]
