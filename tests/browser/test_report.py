"""The report as a reader meets it, in headless Chromium: run with `pytest -m browser`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.report.synthetic import library
from summarizer.article import Article
from summarizer.schemas.answer import Answer
from summarizer.schemas.evidence import Claim, Span
from summarizer.views.html import render_html
from tests.browser.chromium import Chromium
from tests.views.samples import Reader, hostile_results, seed_reader, seed_results

pytestmark = pytest.mark.browser

Reports = dict[str, Path]

PHONE: dict[str, Any] = {"width": 390, "height": 844, "touch": True}


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Chromium:
    return Chromium(tmp_path_factory.mktemp("modules"))


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """A report on the seed article, one on a hostile article, one on both, one on 60 articles and one on 500."""
    folder = tmp_path_factory.mktemp("reports")
    seed, seed_articles = seed_results()
    hostile, hostile_articles = hostile_results()
    written = {
        "seed": (seed, seed_articles),
        "hostile": (hostile, hostile_articles),
        "both": (seed + hostile, seed_articles | hostile_articles),
        "quoted": (seed, {}),
        "several": library(60),
        "many": library(500),
    }
    for name, (results, articles) in written.items():
        (folder / f"{name}.html").write_text(render_html(results, articles), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in written}


def _quiet(played: Any) -> Any:
    """What a scenario saw, once it is clear that nothing was logged and nothing was asked from outside."""
    assert played["heard"] == []
    assert [address for address in played["requests"] if not address.startswith("data:")] == []
    return played["saw"]


@pytest.mark.parametrize("by", ["pointer", "focus"])
@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("Kim Jong-un has arrived", ["has arrived in"]),
        ("Kim spent 20 hours", ["spent 20 hours", "heavy armoured"]),
        ("spy satellites", ["acquire spy satellites"]),
        ("An international forum", ["runs through"]),
    ],
)
def test_a_claim_lights_exactly_its_sentences_in_sight(
    chromium: Chromium, reports: Reports, claim: str, words: list[str], by: str
) -> None:
    """The text lit is the text of the evidence, and all of it lies inside the window."""
    read = seed_reader()
    expected = [read.span(one) for one in words]
    saw = _quiet(chromium.play("light", reports["seed"], claim=claim, by=by, height=700))
    assert {
        "text": "".join(span.text for span in expected),
        "sentences": [span.sentence for span in expected],
        "visible": True,
    } == saw


def test_the_last_sentence_of_a_long_article_comes_into_sight(chromium: Chromium, tmp_path: Path) -> None:
    """Emoji before it do not move the light, and the pane scrolls far enough."""
    text = "\n\n".join(f"Sentence {n} has 🙂 and 𝔘 in it." for n in range(1, 201))
    read = Reader(Article(text=text))
    claims = [
        Claim(text=f"Claim {n}", evidence=[Span.of(read.article.sentences[n - 1])], support="checked") for n in (3, 200)
    ]
    answer = Answer(question="Which?", found=True, claims=claims, short=None)
    report = tmp_path / "long.html"
    report.write_text(render_html([read.result("answer", answer)], {read.article.id: read.article}), encoding="utf-8")
    saw = _quiet(chromium.play("light", report, claim="Claim 200"))
    assert saw == {"text": "Sentence 200 has 🙂 and 𝔘 in it.", "sentences": [200], "visible": True}


def test_the_keyboard_leads_to_the_sentence_and_back(chromium: Chromium, reports: Reports) -> None:
    """Enter on a number goes to its sentence, which is told; Escape returns to the number."""
    saw = _quiet(chromium.play("keys", reports["seed"], claim="The reports did not specify"))
    assert saw["inside"] == "a1s8"
    assert saw["told"].startswith("sentence 8: Russian news agencies")
    assert saw["back"]


@pytest.mark.parametrize("how", [{}, PHONE], ids=["desk", "phone"])
def test_a_number_leads_to_its_sentence(chromium: Chromium, reports: Reports, how: dict[str, Any]) -> None:
    """It comes into sight."""
    saw = _quiet(chromium.play("follow", reports["seed"], claim="Kim and Putin would meet", **how))
    assert saw["text"].startswith("Kim and Putin would meet in the eastern")
    assert (saw["visible"], saw["hash"]) == (True, "#a1s6")


def test_evidence_in_another_article_is_one_press_away(chromium: Chromium, tmp_path: Path) -> None:
    """The link leads to the other article's sentence."""
    one, two = (Reader(Article(text=f"{name} was first. {name} was second.")) for name in ("One", "Two"))
    far = Span.of(two.article.sentences[1], article=two.article.id)
    claim = Claim(text="Two came second.", evidence=[far], support="checked")
    answer = one.result("answer", Answer(question="Who?", found=True, claims=[claim], short=None))
    report = tmp_path / "two.html"
    articles = {reader.article.id: reader.article for reader in (one, two)}
    report.write_text(render_html([answer, two.result("summary", None)], articles), encoding="utf-8")
    assert _quiet(chromium.play("follow", report, claim="Two came second"))["text"] == "Two was second."


@pytest.mark.parametrize("name", ["seed", "hostile", "both", "quoted", "many"])
@pytest.mark.parametrize("size", [{"width": 1280}, {"width": 900}, {"width": 320, "height": 640, "touch": True}])
def test_nothing_executes_and_nothing_is_wider_than_the_window(
    chromium: Chromium, reports: Reports, name: str, size: dict[str, Any]
) -> None:
    """No horizontal scroll, no block that leaves the window, no element made by an article."""
    saw = _quiet(chromium.play("layout", reports[name], **size))
    assert saw["executed"] is None
    assert saw["foreign"] == 0
    assert saw["wide"] == []
    assert saw["scroll"][0] <= saw["scroll"][1]
    assert saw["text"] > 20


@pytest.mark.parametrize("name", ["seed", "hostile", "both", "quoted", "several"])
@pytest.mark.parametrize("look", [{"scheme": "light"}, {"scheme": "dark"}, {"scheme": "dark", **PHONE}])
def test_axe_finds_no_fault(chromium: Chromium, reports: Reports, name: str, look: dict[str, Any]) -> None:
    """axe-core has no violation of any impact to report, after it checked dozens of rules.

    Of 500 articles it takes minutes, and every article is drawn by one template: 60 show what 500 would.
    """
    saw = _quiet(chromium.play("axe", reports[name], **look))
    assert saw["violations"] == []
    assert saw["passed"] > 20


def test_500_articles_paint_within_a_second(chromium: Chromium, reports: Reports) -> None:
    """First paint, and the first article drawn and ready to read: the best of three, as the machine may be busy."""
    seen = [_quiet(chromium.play("paint", reports["many"])) for _ in range(3)]
    assert all(saw["drawn"] for saw in seen)
    assert min(saw["paint"] for saw in seen) < 1000
    assert min(saw["ready"] for saw in seen) < 2000
