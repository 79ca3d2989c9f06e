"""Contradictions found between a sentence and a claim about it, and between alternate halves of one article.

    python -m benchmarks.digest --data ../shared/data

Of a true claim, and of halves of one article, every contradiction is a false one.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.grounding import Checker
from summarizer.schemas.digest import Contradiction
from summarizer.schemas.evidence import Claim, Span
from summarizer.search.agreement import Told, compared, contradictions

HALVES, MOST = 40, 10


def main() -> None:
    """Print a line for each kind of pair."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    if not (data / "near_dev.jsonl").is_file():
        print(f"no data in {data}")
        return
    pairs, found = Counter[str](), Counter[str]()
    for kind, one, other in (*_claims(data), *_halves(data)):
        against = _against(Article(one), Article(other))
        pairs[kind] += 1
        found[kind] += bool(against)
        for each in against:
            print(f"{kind}: {each.about}: {' | '.join(side.text for side in each.sides)}")
    for kind, count in pairs.items():
        print(f"{kind:40} {found[kind]:4} of {count:4}")


def _claims(data: Path) -> Iterator[tuple[str, str, str]]:
    for name in ("near_dev", "fluent_dev"):
        for row in _rows(data / f"{name}.jsonl"):
            evidence = row.get("evidence") or row["sentences"]
            kind = "a true claim" if row["label"] else f"a false claim, {row['kind'].split(',')[0]}"
            if (analysis := Analysis(Article(row["claim"]))) and (analysis.quantities or analysis.dates):
                yield kind, row["claim"], evidence


def _halves(data: Path) -> Iterator[tuple[str, str, str]]:
    for row in _rows(data / "summaries_dev.jsonl")[:HALVES]:
        texts = [sentence.text for sentence in Article(row["article"]).sentences]
        yield "alternate halves of one article", "\n\n".join(texts[::2]), "\n\n".join(texts[1::2])


def _against(*articles: Article) -> list[Contradiction]:
    analyses = [Analysis(article) for article in articles]
    told = [
        Told(Claim(text=" ".join(one.text.split()), evidence=[span], support="verbatim"), {at: [span]})
        for at, article in enumerate(articles)
        for one in article.sentences[:MOST]
        for span in [Span.of(one, article.id)]
    ]
    return contradictions(compared(told, analyses, Checker()))[0]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


if __name__ == "__main__":
    main()
