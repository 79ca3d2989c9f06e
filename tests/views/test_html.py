"""The HTML report, as far as it can be judged without a browser."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

from summarizer.article import Article
from summarizer.schemas.answer import Answer
from summarizer.schemas.evidence import Claim, Span
from summarizer.views.html import render_fragment, render_html
from tests.views.samples import Reader, hostile_results, seed_reader, seed_results, seed_summary


class _Page(HTMLParser):
    """The elements of a document, the text in those that have an id, and what stands in its scripts and styles."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.contents: list[tuple[str, str]] = []
        self.texts: dict[str, str] = {}
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if not self.elements:
            return
        tag, attributes = self.elements[-1]
        if tag in {"script", "style"} and data.strip():
            self.contents.append((tag, data))
        if attributes.get("id"):
            self.texts.setdefault(attributes["id"] or "", data)

    def lit(self) -> list[list[str]]:
        """The ids that each line lights."""
        return [(a["data-lights"] or "").split() for _, a in self.elements if "data-lights" in a]


def test_a_line_lights_its_sentences() -> None:
    """Each id is a sentence of the article, whole, whatever stands before it."""
    read = Reader(Article(text="🙂🙂 First here. 𝔘 second there. Third."))
    claim = read.claim("It is there.", "second", "Third")
    result = read.result("answer", Answer(question="Where?", found=True, claims=[claim], short=None))
    page = _Page(render_html([result], {read.article.id: read.article}))
    assert [["a1s2", "a1s3"]] == page.lit()
    assert ["𝔘 second there.", "Third."] == [page.texts[one] for one in page.lit()[0]]


def test_every_number_leads_to_a_sentence_of_the_page() -> None:
    """Without the script, links alone do."""
    page = _Page(render_html(*seed_results()))
    numbers = [(a["href"] or "")[1:] for tag, a in page.elements if a.get("class") == "number"]
    assert len(numbers) > 10
    assert {a.get("id") for _, a in page.elements} >= set(numbers)


def test_evidence_in_another_article_leads_there() -> None:
    """A result that covers several articles leads to each of them."""
    one, two = Reader(Article(text="One was here.")), Reader(Article(text="Two was there."))
    span = Span.of(two.article.sentences[0], article=two.article.id)
    claim = Claim(text="Two.", evidence=[span], support="checked")
    answer = one.result("answer", Answer(question="Who?", found=True, claims=[claim], short=None))
    results = [answer, two.result("summary", None)]
    assert [["a2s1"]] == _Page(render_html(results, {r.article.id: r.article for r in (one, two)})).lit()


def test_evidence_is_quoted_where_the_article_is_missing() -> None:
    """Without the text there is nothing to light, so the passage itself is shown."""
    results, _ = seed_results()
    document = render_html(results, {})
    assert [] == _Page(document).lit()
    assert "<q>1: North Korean leader, Kim Jong-un" in document


def test_evidence_that_does_not_match_the_article_is_never_lit() -> None:
    """A results file may be of another version of the text: its passage is quoted."""
    read = seed_reader()
    wrong = read.span("boarded").model_copy(update={"start": 0, "end": 9})
    claim = Claim(text="Kim boarded.", evidence=[wrong], support="checked")
    result = read.result("answer", Answer(question="Who?", found=True, claims=[claim], short=None))
    document = render_html([result], {read.article.id: read.article})
    assert [] == _Page(document).lit()
    assert "<q>4: North Korea’s official" in document


def test_only_our_own_script_and_style_may_run() -> None:
    """The policy names the hashes of exactly what stands in the page, and nothing from outside."""
    page = _Page(render_html(*hostile_results()))
    policy = next(a["content"] or "" for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        code = [data for tag, data in page.contents if tag == kind]
        hashed = base64.b64encode(hashlib.sha256(code[0].encode()).digest()).decode()
        assert len(code) == 1
        assert f"{kind}-src 'sha256-{hashed}'" in policy


def test_nothing_is_asked_from_outside() -> None:
    """The only addresses are places in the page and an empty icon."""
    seed, seed_articles = seed_results()
    hostile, hostile_articles = hostile_results()
    page = _Page(render_html(seed + hostile, seed_articles | hostile_articles))
    addresses = [a[name] or "" for _, a in page.elements for name in ("href", "src", "action", "data") if name in a]
    assert addresses
    assert [address for address in addresses if not re.fullmatch(r"#\w+|data:,", address)] == []
    style = next(data for tag, data in page.contents if tag == "style")
    assert not re.search(r"url\(|@import", style)


def test_hostile_content_adds_no_element() -> None:
    """Only elements of ours, no handler, no control character, and it can be written as UTF-8."""
    document = render_html(*hostile_results())
    page = _Page(document)
    plain = {tag for tag, _ in _Page(render_html(*seed_results())).elements} | {"nav"}
    assert {tag for tag, _ in page.elements} <= plain
    assert [name for _, attributes in page.elements for name in attributes if name.startswith("on")] == []
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u2066"} & set(document)
    assert document.encode("utf-8")


def test_no_results_make_a_page_that_says_so() -> None:
    """An empty file of results is not a broken report."""
    assert "There are no results." in render_html([], {})


def test_the_page_is_small() -> None:
    """Template, style and script together are read in a quarter of an hour."""
    from summarizer.views.html import FOLDER

    files = [FOLDER.joinpath(name).read_text("utf-8") for name in ("report.html.j2", "report.css", "report.js")]
    assert sum(len(file.splitlines()) for file in files) < 300


def test_a_notebook_shows_a_result() -> None:
    """A piece of HTML with each sentence behind its number, and nothing an article could add."""
    shown = seed_summary(seed_reader())._repr_html_()
    assert "Kim and Putin would meet in Vladivostok." in shown
    assert '<sup title="North Korean leader, Kim Jong-un has arrived' in shown
    hostile, _ = hostile_results()
    tags = {tag for result in hostile for tag, _ in _Page(render_fragment(result)).elements}
    assert tags <= {"div", "p", "em", "strong", "ul", "li", "sup", "small"}
