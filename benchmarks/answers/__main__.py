"""`python -m benchmarks.answers [FILE] [--articles N] [--embedded]`: answers, beside BM25 alone and the bare model."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.answers import corpora
from benchmarks.answers.rows import SAMPLE, Row, off_topic, rows
from summarizer.analysis.words import words
from summarizer.article import Sentence
from summarizer.engines.answering import answer
from summarizer.engines.questions import understand
from summarizer.engines.retrieval import retrieve
from summarizer.engines.extractive.sentence_index import sentence_index
from summarizer.engines.extractive.short_answers import trusted, typed
from summarizer.evaluation.overlap import exact
from summarizer.evaluation.overlap import word_f1 as f1

RIGHT = 0.6
"""Word F1 from which a short answer counts as right ("the 1970s" for "1970s"); exact match is told beside it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE, help="a JSONL sample, or JSON of SQuAD's form")
    parser.add_argument("--articles", type=int, default=1000, help="articles of the corpus; 0 leaves it out")
    parser.add_argument("--embedded", action="store_true", help="short answers by the embedded model too, some minutes")
    options = parser.parse_args(arguments)
    asked = rows(options.file)
    answerable = [row for row in asked if row.golds]
    _ranking(answerable)
    _abstaining(answerable, [row for row in asked if not row.golds])
    _short(answerable)
    if options.embedded:
        from benchmarks.answers.embedded import print_table
        from benchmarks.answers.prefix import print_costs

        print()
        asyncio.run(print_table(answerable, bare=True))
        print()
        asyncio.run(print_costs())
    if options.articles:
        corpora.measure(asked, options.articles)


def _ranking(answerable: Sequence[Row]) -> None:
    systems: dict[str, Callable[[Row], list[Sentence]]] = {"summarizer": _ours, "BM25 alone": _bm25}
    print(
        "| system | questions | answer's sentence first | in two | in three | a sentence with the answer's text first |"
    )
    print("|---|---|---|---|---|---|")
    for name, find in systems.items():
        found = [(row, find(row)) for row in answerable]
        first, two, three = (
            sum(any(map(row.answered_by, sentences[:most])) for row, sentences in found) / len(found)
            for most in (1, 2, 3)
        )
        text = sum(any(t in s.text for s in sentences[:1] for t in row.texts) for row, sentences in found) / len(found)
        print(f"| {name} | {len(found)} | {first:.3f} | {two:.3f} | {three:.3f} | {text:.3f} |")


def _ours(row: Row) -> list[Sentence]:
    return [passage.sentence for passage in retrieve(row.analysis, row.question, 3).passages]


def _bm25(row: Row) -> list[Sentence]:
    article = row.analysis.article
    index = sentence_index(article)
    telling = {word.stem: word for word in understand(row.question).telling}
    scores = index.bm25({word: index.where.get(stem, {}) for stem, word in telling.items()})
    return [article.sentences[number] for number in sorted(scores, key=lambda n: (-scores[n], n))[:3]]


def _abstaining(answerable: Sequence[Row], unanswerable: Sequence[Row]) -> None:
    print("\n| questions | number | answered | refused |\n|---|---|---|---|")
    groups = {
        "answerable": answerable,
        "off topic (asked of texts with another title)": off_topic(answerable, 4),
        "unanswerable, written to mislead": unanswerable,
    }
    for name, group in groups.items():
        if group:
            found = sum(answer(row.analysis, row.question).draft.found for row in group) / len(group)
            print(f"| {name} | {len(group)} | {found:.3f} | {1 - found:.3f} |")


def _short(answerable: Sequence[Row]) -> None:
    print("\n| short answers | questions | shown | exact | F1 of at least .6 | mean F1 |\n|---|---|---|---|---|---|")
    firsts = [(row, first) for row in answerable for first in _ours(row)[:1]]
    shown = [(row, text) for row, first in firsts if (text := trusted(row.analysis, understand(row.question), first))]
    systems = {
        "shown where trusted": shown,
        "forced": [(row, _forced(row, first)) for row, first in firsts],
        "the whole sentence": [(row, first.text) for row, first in firsts],
    }
    for name, given in systems.items():
        scores = [f1(text, row.texts) for row, text in given]
        same = sum(exact(text, row.texts) for row, text in given)
        right = sum(score >= RIGHT for score in scores)
        n = max(1, len(given))
        print(f"| {name} | {len(answerable)} | {len(given) / len(answerable):.2f} | {same / n:.2f} | {right / n:.2f} "
              f"| {sum(scores) / n:.2f} |")  # fmt: skip


def _forced(row: Row, first: Sentence) -> str:
    """What is trusted, else the first piece of the type, else the longest run of words the question does not have."""
    asked = understand(row.question)
    pieces = typed(row.analysis, asked, first)
    sure = trusted(row.analysis, asked, first)
    if sure or pieces:
        return sure or pieces[0].text
    known = {word.stem for word in asked.words}
    runs: list[list[int]] = [[]]
    for word in words(first.text):
        if word.stem in known:
            runs.append([])
        else:
            runs[-1] += [word.start, word.end]
    longest = max(runs, key=len)
    return first.text[longest[0] : longest[-1]] if longest else first.text


if __name__ == "__main__":
    main()
