"""Finding the right article among many: the time of the first index and of each question, and how often it is first."""

from __future__ import annotations

import importlib.util
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.answers.rows import SHARED, Row
from summarizer.article import Article, Sentence
from summarizer.search.full_text import FullText
from summarizer.search.index import MOST_ARTICLES
from summarizer.search.many import PASSAGES, nearest_articles

Asked = tuple[str, str, Callable[[Sentence], bool]]
"""A question, the id of the article it was drawn from, and whether a sentence of it answers."""


def measure(asked: Sequence[Row], count: int) -> None:
    """Print the table: `count` made articles, and the paragraphs of the sample among made ones."""
    made, made_questions = _made(count)
    paragraphs = list({row.analysis.article.id: row.analysis.article for row in asked}.values())
    sources = [Article(article.text, source=f"paragraph-{n}") for n, article in enumerate(paragraphs)]
    drawn = [(row.question, row.analysis.article.id, row.answered_by) for row in asked if row.golds]
    print("\n| corpus | articles | MB of text | index MB | first index s | right article first | in five | "
          "its sentence too | among those asked | asked, mean | ms a question, mean | worst |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    _print("made articles", made, made_questions)
    _print("paragraphs of few pages, among made articles", [*sources, *made[: count - len(sources)]], drawn)
    pages, of_pages = _pages(asked)
    _print("the same paragraphs joined to pages", [*pages, *made[: count - len(pages)]], of_pages)


def _pages(asked: Sequence[Row]) -> tuple[list[Article], list[Asked]]:
    """The paragraphs of each title as one article."""
    texts: dict[str, dict[str, None]] = {}
    for row in asked:
        texts.setdefault(row.title, {})[row.analysis.article.text] = None
    pages = {title: Article("\n\n".join(parts), source=title) for title, parts in texts.items()}
    return list(pages.values()), [
        (row.question, pages[row.title].id, lambda sentence, row=row: any(text in sentence.text for text in row.texts))
        for row in asked
        if row.golds
    ]


def _made(count: int) -> tuple[list[Article], list[Asked]]:
    """Articles written by the corpus script, and the questions that only one of them answers."""
    path = SHARED / "bench" / "make_corpus.py"
    spec = importlib.util.spec_from_file_location("make_corpus", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rows = list(module.articles(count))
    articles = [Article(row["text"], title=row["title"], source=row["id"]) for row in rows]
    questions = [row["question"] for row in rows]
    asked: list[Asked] = [
        (row["question"], article.id, lambda sentence, answer=row["answer"]: answer in sentence.text)
        for row, article in zip(rows, articles, strict=True)
        if questions.count(row["question"]) == 1
    ]
    return articles, asked[:200]


def _print(name: str, articles: Sequence[Article], asked: Sequence[Asked]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index.db"
        with closing(FullText(path)) as corpus:
            begun = time.perf_counter()
            with corpus.updating():
                corpus.take_in("", articles)
            indexed = time.perf_counter() - begun
            first = in_five = sentence = among = asking = 0
            seconds = []
            for question, identity, answers in asked:
                begun = time.perf_counter()
                found = corpus.search(question, 5)
                seconds.append(time.perf_counter() - begun)
                right = bool(found) and found[0].article == identity
                first += right
                in_five += any(passage.article == identity for passage in found)
                sentence += right and answers(found[0].sentence)
                near = nearest_articles(corpus.search(question, PASSAGES * (MOST_ARTICLES + 1)))[:MOST_ARTICLES]
                among += identity in [passage.article for passage in near]
                asking += len(near)
            size = path.stat().st_size
    n = len(asked)
    megabytes = sum(len(article.text) for article in articles) / 1e6
    print(f"| {name} | {len(articles)} | {megabytes:.1f} | {size / 1e6:.1f} | {indexed:.2f} | {first / n:.3f} "
          f"| {in_five / n:.3f} | {sentence / n:.3f} | {among / n:.3f} | {asking / n:.2f} "
          f"| {1000 * sum(seconds) / n:.0f} | {1000 * max(seconds):.0f} |")  # fmt: skip
