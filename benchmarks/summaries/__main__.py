"""`python -m benchmarks.summaries [FILE]`: ROUGE of summaries by selection, beside lead-3, LexRank and TextRank.

Needs `rouge-score` and `sumy`, which nothing else of the project does.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers import AbstractSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

from summarizer.analysis import Analysis
from summarizer.analysis.words import words
from summarizer.article import Article
from summarizer.extractive.selection import select
from summarizer.extractive.trims import trimmed

SHARED = Path(os.environ.get("SUMMARIZER_SHARED", Path(__file__).parents[2].parent / "shared"))
KINDS = ("rouge1", "rouge2", "rougeLsum")
POINTS = 3

Summarise = Callable[[Analysis], list[str]]


@dataclass(frozen=True)
class Row:
    """An article and what a person wrote of it, one sentence a line."""

    analysis: Analysis
    reference: str
    source: str


class _Tokens:
    """Our own words for sumy: its own tokenizer would download data."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(text[word.start : word.end] for word in words(text))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one table a source."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?", type=Path, default=SHARED / "data" / "summaries_dev.jsonl")
    parser.add_argument("--points", type=int, default=POINTS)
    options = parser.parse_args(arguments)
    rows = _rows(options.file)
    for source in dict.fromkeys(row.source for row in rows):
        _table(source, [row for row in rows if row.source == source], options.points)


def _rows(path: Path) -> list[Row]:
    read = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Row(Analysis(Article(row["article"])), _lines(row["references"][0]), row["source"]) for row in read]


def _lines(reference: str) -> str:
    """A reference with each sentence on a line of its own, as ROUGE-Lsum wants it."""
    return "\n".join(part.strip() for part in reference.replace("\n", " . ").split(" . ") if part.strip())


def _table(source: str, rows: Sequence[Row], points: int) -> None:
    systems: dict[str, Summarise] = {
        f"summarizer, {points} points": lambda analysis: [trimmed(s.text) for s in select(analysis, points)],
        "summarizer, 60 words": lambda analysis: [trimmed(s.text) for s in select(analysis, 10, words=60)],
        f"lead-{points}": lambda analysis: [sentence.text for sentence in analysis.article.sentences[:points]],
        f"LexRank-{points} (sumy)": _sumy(LexRankSummarizer, points),
        f"TextRank-{points} (sumy)": _sumy(TextRankSummarizer, points),
    }
    print(f"\n{source}, {len(rows)} articles\n")
    print("| system | ROUGE-1 | ROUGE-2 | ROUGE-Lsum | words | ms |\n|---|---|---|---|---|---|")
    scorer = RougeScorer(KINDS, use_stemmer=True)
    for row in rows:
        _ = row.analysis.entities
    for name, summarise in systems.items():
        begun = time.perf_counter()
        summaries = [summarise(row.analysis) for row in rows]
        spent = 1000 * (time.perf_counter() - begun) / len(rows)
        scores = [scorer.score(row.reference, "\n".join(s)) for row, s in zip(rows, summaries, strict=True)]
        means = [100 * sum(score[kind].fmeasure for score in scores) / len(rows) for kind in KINDS]
        length = sum(len(" ".join(summary).split()) for summary in summaries) / len(rows)
        print(f"| {name} | {means[0]:.1f} | {means[1]:.1f} | {means[2]:.1f} | {length:.0f} | {spent:.0f} |")


def _sumy(kind: type[AbstractSummarizer], points: int) -> Summarise:
    """A summarizer of sumy's, on our sentences and our words."""
    tokens = _Tokens()
    summarizer = kind(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")

    def summarise(analysis: Analysis) -> list[str]:
        sentences = [SumySentence(sentence.text, tokens) for sentence in analysis.article.sentences]
        return [str(sentence) for sentence in summarizer(ObjectDocumentModel([Paragraph(sentences)]), points)]

    return summarise


if __name__ == "__main__":
    main()
