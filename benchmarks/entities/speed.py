"""Print what finding entities costs, in processor time: `python -m benchmarks.entities.speed`."""

from __future__ import annotations

import time

from benchmarks.entities.gold import development_rows
from summarizer.analysis import tagger
from summarizer.analysis.entities import find_entities
from summarizer.article import Article


def main() -> None:
    """Time the load, articles of usual length, and one long article."""
    start = time.process_time()
    tagger.load()
    print(f"load {1000 * (time.process_time() - start):.0f} ms")
    articles = [row.article for row in development_rows() if row.source == "gum"]
    text = "\n\n".join(article.text for article in articles)
    print(f"{_seconds(articles) / len(text.split()) * 500 * 1000:.1f} ms per 500 words")
    for copies in (1, 10):
        long = Article("\n\n".join([text] * copies))
        print(f"{_seconds([long]):.2f} s for one text of {len(long.text.split())} words")


def _seconds(articles: list[Article]) -> float:
    """Processor time of finding the entities of `articles`, their sentences known."""
    assert all(article.sentences for article in articles)
    start = time.process_time()
    for article in articles:
        find_entities(article)
    return time.process_time() - start


if __name__ == "__main__":
    main()
