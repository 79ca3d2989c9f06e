"""Questions with their articles and gold answers: the SQuAD sample, or a file of SQuAD's own form."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer.analysis import Analysis
from summarizer.article import Article, Sentence

SHARED = Path(os.environ.get("SUMMARIZER_SHARED", Path(__file__).parents[2].parent / "shared"))
SAMPLE = SHARED / "data" / "squad_dev_sample.jsonl"


@dataclass(frozen=True)
class Row:
    """A question to a text; `golds` are (text, start, end), none where the text does not answer."""

    analysis: Analysis
    title: str
    question: str
    golds: tuple[tuple[str, int, int], ...]

    @property
    def texts(self) -> list[str]:
        """The gold answers."""
        return [text for text, _, _ in self.golds]

    def answered_by(self, sentence: Sentence) -> bool:
        """Whether a gold answer begins in the sentence."""
        return any(sentence.start <= start < sentence.end for _, start, _ in self.golds)


def rows(path: Path = SAMPLE) -> list[Row]:
    """The rows of a JSONL sample, or of a JSON file of SQuAD's form (`data`, `paragraphs`, `qas`)."""
    text = path.read_text(encoding="utf-8")
    analyses: dict[str, Analysis] = {}
    return [
        Row(analyses.setdefault(context, Analysis(Article(context))), title, question, golds)
        for context, title, question, golds in (_sample(text) if path.suffix == ".jsonl" else _squad(text))
    ]


def off_topic(asked: Sequence[Row], times: int, seed: int = 5) -> list[Row]:
    """Each question asked of `times` texts with another title."""
    chance = random.Random(seed)
    pairs = []
    for row in asked:
        others = [other for other in asked if other.title != row.title]
        pairs += [Row(o.analysis, row.title, row.question, ()) for o in chance.sample(others, times)]
    return pairs


def _sample(text: str) -> Iterator[tuple[str, str, str, tuple[tuple[str, int, int], ...]]]:
    for line in text.splitlines():
        row = json.loads(line)
        golds = tuple((answer["text"], answer["start"], answer["end"]) for answer in row["answers"])
        yield row["context"], row["title"], row["question"], golds


def _squad(text: str) -> Iterator[tuple[str, str, str, tuple[tuple[str, int, int], ...]]]:
    for article in json.loads(text)["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                golds = tuple(
                    (a["text"], a["answer_start"], a["answer_start"] + len(a["text"])) for a in asked["answers"]
                )
                yield paragraph["context"], article["title"], asked["question"], golds
