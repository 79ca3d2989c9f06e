"""The HTML report, as far as it can be judged without a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.schemas.answer import Answer
from summarizer.schemas.evidence import Claim, Span
from summarizer.views.html import render_html
from summarizer.views.html.island import island
from summarizer.views.html.offsets import Utf16Offsets
from tests.views.samples import Reader, hostile_results, seed_reader, seed_results

_ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))


class _Page(HTMLParser):
    """The elements of a document, its addresses, and what stands in its scripts and styles."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.contents: list[tuple[str, str]] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] in {"script", "style"} and data.strip():
            self.contents.append((self.elements[-1][0], data))

    @property
    def records(self) -> list[Any]:
        """The articles' records."""
        return [json.loads(data) for tag, data in self.contents if tag == "script" and data.startswith("{")]


def _units(text: str, span: dict[str, int]) -> str:
    """What JavaScript's `text.slice(span.s, span.e)` gives."""
    wide = text.encode("utf-16-le", "surrogatepass")
    return wide[2 * span["s"] : 2 * span["e"]].decode("utf-16-le", "surrogatepass")


@given(_ANY_TEXT, st.data())
def test_offsets_count_utf16_units(text: str, data: st.DataObject) -> None:
    """For any text, a slice in UTF-16 units is the slice in code points."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    at = Utf16Offsets(text)
    expected = text[start:end].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    assert expected == _units(text, {"s": at(start), "e": at(end)})


@given(_ANY_TEXT)
def test_an_island_cannot_be_left(text: str) -> None:
    """No character that HTML gives a meaning to, whole when read back, and encodable."""
    written = island({text: [text]})
    assert not set("<>&\u2028\u2029") & set(written)
    assert {text: [text]} == json.loads(written)
    assert written == written.encode("utf-8").decode("utf-8")


def test_evidence_lies_where_javascript_looks_for_it() -> None:
    """Emoji before a passage move its offset; the record says so."""
    text = "🙂🙂 First here. 𝔘 second there. Third."
    read = Reader(Article(text=text))
    claim = read.claim("It is there.", "second")
    result = read.result("answer", Answer(question="Where?", found=True, claims=[claim], short=None))
    (record,) = _Page(render_html([result], {read.article.id: read.article})).records
    (span,) = record["answers"][0]["claims"][0]["evidence"]
    assert _units(record["text"], span) == "𝔘 second there."
    assert [_units(record["text"], {"s": s, "e": e}) for s, e in record["sentences"]] == [
        "🙂🙂 First here.",
        "𝔘 second there.",
        "Third.",
    ]


def test_evidence_in_another_article_points_there() -> None:
    """A result that covers several articles leads to each of them."""
    one, two = Reader(Article(text="One was here.")), Reader(Article(text="Two was there."))
    span = Span.of(two.article.sentences[0], article=two.article.id)
    claim = Claim(text="Two.", evidence=[span], support="checked")
    answer = one.result("answer", Answer(question="Who?", found=True, claims=[claim], short=None))
    results = [answer, two.result("summary", None)]
    page = _Page(render_html(results, {r.article.id: r.article for r in (one, two)}))
    assert page.records[0]["answers"][0]["claims"][0]["evidence"][0]["a"] == 1


def test_evidence_is_quoted_where_the_article_is_missing() -> None:
    """Without the text there is nothing to light, so the passage itself is shown."""
    results, _ = seed_results()
    (record,) = _Page(render_html(results, {})).records
    (span,) = record["summaries"][0]["headline"]["evidence"]
    assert record["text"] is None
    assert span["a"] is None
    assert span["text"].startswith("North Korean leader, Kim Jong-un")


def test_evidence_that_does_not_match_the_article_is_never_lit() -> None:
    """A results file may be of another version of the text: its passage is quoted, and said to be astray."""
    read = seed_reader()
    wrong = read.span("boarded").model_copy(update={"start": 0, "end": 9})
    claim = Claim(text="Kim boarded.", evidence=[wrong], support="checked")
    result = read.result("answer", Answer(question="Who?", found=True, claims=[claim], short=None))
    (record,) = _Page(render_html([result], {read.article.id: read.article})).records
    (span,) = record["answers"][0]["claims"][0]["evidence"]
    assert {"a": None, "n": 4, "text": wrong.text, "astray": True} == span


def test_only_our_own_script_and_style_may_run() -> None:
    """The policy names the hashes of exactly what stands in the page, and nothing from outside."""
    page = _Page(render_html(*hostile_results()))
    policy = next(a["content"] or "" for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        code = [data for tag, data in page.contents if tag == kind and not data.startswith("{")]
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
    """The page has the same elements whatever the articles say, and no handler."""
    read = seed_reader()
    plain = _Page(render_html([read.result("summary", None)], {}))
    hostile = _Page(render_html(*hostile_results()))
    assert [tag for tag, _ in plain.elements] == [tag for tag, _ in hostile.elements if tag != "br"]
    assert [name for _, attributes in hostile.elements for name in attributes if name.startswith("on")] == []


def test_no_results_make_a_page_that_says_so() -> None:
    """An empty file of results is not a broken report."""
    assert "There are no results." in render_html([], {})
