"""`python -m benchmarks.answers [FILE] [--articles N] [--prefix]`: answers by the reader, through retrieval."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.answers import corpora
from benchmarks.answers.rows import SAMPLE, Row, off_topic, rows
from summarizer.analysis import Analysis
from summarizer.article import Article, Sentence
from summarizer.extractive.answering import answer_draft
from summarizer.extractive.questions import understand
from summarizer.extractive.retrieval import CENTRES, retrieve, sentence_index
from summarizer.extractive.spans import spans
from summarizer.reader import Reader, load_reader
from summarizer.tasks.scoring import exact
from summarizer.tasks.scoring import word_f1 as f1

RIGHT = 0.6
"""Word F1 from which a short answer counts as right ("the 1970s" for "1970s"); exact match is told beside it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE, help="a JSONL sample, or JSON of SQuAD's form")
    parser.add_argument("--articles", type=int, default=0, help="articles of the corpus; 0 leaves it out")
    parser.add_argument("--pages", action="store_true", help="answers in whole pages too, some minutes")
    parser.add_argument("--prefix", action="store_true", help="what a conversation costs a server that caches prefixes")
    options = parser.parse_args(arguments)
    asked = rows(options.file)
    answerable = [row for row in asked if row.golds]
    _ranking(answerable)
    _always(answerable)
    _shown(asked)
    if options.pages:
        _always(joined(answerable))
    if options.prefix:
        from benchmarks.answers.prefix import print_costs

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


def _shown(asked: Sequence[Row]) -> None:
    """What a person gets, on the half the thresholds were chosen on and on the other."""
    reader = load_reader()
    print("\n| half | questions | number | short answer | exact | right | sentence alone | refused |")
    print("|---|---|---|---|---|---|---|---|")
    for half, name in enumerate(("even (thresholds chosen)", "odd")):
        mine = [row for place, row in enumerate(asked) if place % 2 == half]
        groups = {
            "answerable": [row for row in mine if row.golds],
            "written to mislead": [row for row in mine if not row.golds],
            "off topic": off_topic(mine, 1),
        }
        for kind, group in groups.items():
            drafts = [(row, answer_draft(row.analysis, row.question, 1, reader=reader)) for row in group]
            short = [(row, draft.short) for row, draft in drafts if draft.short]
            number, given = max(1, len(group)), max(1, len(short))
            same = sum(exact(text, row.texts) for row, text in short if row.golds) / given
            right = sum(f1(text, row.texts) >= RIGHT for row, text in short if row.golds) / given
            alone = sum(draft.found and not draft.short for _, draft in drafts) / number
            refused = sum(not draft.found for _, draft in drafts) / number
            print(f"| {name} | {kind} | {len(group)} | {len(short) / number:.2f} | {same:.2f} | {right:.2f} "
                  f"| {alone:.2f} | {refused:.3f} |")  # fmt: skip


def _always(answerable: Sequence[Row]) -> None:
    """The best span whatever its margin: by the reader on the whole text, and through retrieval."""
    reader = load_reader()
    print("\n| always answering | exact | F1 |\n|---|---|---|")
    alone = [(row, found) for row in answerable if (found := reader.answer(row.question, [row.analysis.article.text]))]
    through = [(row, _through_retrieval(row, reader)) for row in answerable]
    for name, given in {"the reader on the whole text": [(r, f.text) for r, f in alone], "here": through}.items():
        same = sum(exact(text, row.texts) for row, text in given) / len(given)
        print(f"| {name} | {same:.2f} | {sum(f1(text, row.texts) for row, text in given) / len(given):.3f} |")


def _through_retrieval(row: Row, reader: Reader) -> str:
    article = row.analysis.article
    asked, retrieved = understand(row.question), retrieve(row.analysis, row.question, CENTRES)
    found = spans(row.analysis, asked, retrieved, reader)
    return article.text[found[0].start : found[0].end] if found else ""


def joined(asked: Sequence[Row]) -> list[Row]:
    """The same questions asked of pages: all texts of a title one after the other, some thousand words each."""
    texts: dict[str, dict[str, None]] = {}
    for row in asked:
        texts.setdefault(row.title, {})[row.analysis.article.text] = None
    pages = {title: Analysis(Article("\n\n".join(parts))) for title, parts in texts.items()}
    return [replace(row, analysis=pages[row.title]) for row in asked]


if __name__ == "__main__":
    main()
