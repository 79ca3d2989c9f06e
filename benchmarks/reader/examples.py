"""From rows of training data to token ids and labels, and batches of examples that are about equally long."""

from __future__ import annotations

import gzip
import json
import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from benchmarks.reader.model import PAD, TAGS
from summarizer.reader.tags import case_ids

LABELS = {"entailment": 0, "supported": 0, "neutral": 1, "contradiction": 2, "unsupported": -1}
"""-1: not supported, and the source does not tell whether it is contradicted."""
MOST_TOKENS = {"support": 192, "answer": 320, "names": 192}
OVERLAP = {"answer": 96, "names": 64}
UNMARKED, EITHER = -100, -1
"""Tags of tokens that are no text, and of those that may be a name of a type the source does not mark."""


@dataclass(frozen=True)
class Example:
    """Token ids, and what is to be learnt: a label, the two ends of a span, or a tag and a case for each token."""

    ids: list[int]
    label: int = 0
    span: tuple[int, int] = (0, 0)
    tags: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a compressed file of JSON lines; none where it is not there."""
    if not path.exists():
        return []
    opener = gzip.open if path.suffix == ".gz" else lzma.open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def tokenizer(folder: Path, job: str) -> Tokenizer:
    """Cuts as this job needs it: evidence and claim shorten each other, a question never."""
    made = Tokenizer.from_file(str(folder / "tokenizer.json"))
    strategy = "only_second" if job == "answer" else "longest_first"
    made.enable_truncation(MOST_TOKENS[job], strategy=strategy, stride=OVERLAP.get(job, 0))
    made.no_padding()
    return made


def pairs(data: Sequence[dict[str, Any]], made: Tokenizer) -> list[Example]:
    """Rows of `premise`, `hypothesis`, `label`."""
    encoded = made.encode_batch([(row["premise"], row["hypothesis"]) for row in data])
    return [Example(one.ids, LABELS[row["label"]]) for one, row in zip(encoded, data, strict=True)]


def questions(data: Sequence[dict[str, Any]], made: Tokenizer) -> list[Example]:
    """Rows of `question`, `context`, `answers` [[text, start], ...]; a window without the answer points at token 0."""
    found = []
    for row in data:
        whole = made.encode(row["question"], row["context"])
        start, end = _answer(row)
        for window in (whole, *whole.overflowing):
            inside = [
                at
                for at, (part, (begin, stop)) in enumerate(zip(window.sequence_ids, window.offsets, strict=True))
                if part == 1 and stop > start and begin < end
            ]
            holds = inside and window.offsets[inside[0]][0] <= start and window.offsets[inside[-1]][1] >= end
            found.append(Example(window.ids, span=(inside[0], inside[-1]) if holds else (0, 0)))
    return found


def _answer(row: dict[str, Any]) -> tuple[int, int]:
    if not row["answers"]:
        return -1, -1
    text, start = row["answers"][0][:2]
    return start, start + len(text)


def named(data: Sequence[dict[str, Any]], made: Tokenizer) -> list[Example]:
    """Rows of `text`, `entities` [{start, end, type}], and `partial`, where "other" was not marked."""
    found = []
    for row in data:
        is_partial = "other" in (row.get("partial") or [])
        marks = [m for m in row["entities"] if not m.get("nested") and not (is_partial and m["type"] == "other")]
        whole = made.encode(row["text"])
        for window in (whole, *whole.overflowing):
            tags = _tags(window, marks, EITHER if is_partial else 0)
            found.append(Example(window.ids, tags=tuple(tags), cases=tuple(case_ids(window, row["text"]))))
    return found


def _tags(window: Any, marks: Sequence[dict[str, Any]], outside: int) -> list[int]:
    tags = [UNMARKED if part is None else outside for part in window.sequence_ids]
    for mark in marks:
        inside = [
            at
            for at, (part, (begin, stop)) in enumerate(zip(window.sequence_ids, window.offsets, strict=True))
            if part is not None and stop > mark["start"] and begin < mark["end"]
        ]
        for order, at in enumerate(inside):
            tags[at] = TAGS.index(f"{'I' if order else 'B'}-{mark['type']}")
    return tags


@dataclass(frozen=True)
class Batch:
    """Tensors of one width: `ids`, `tags` and `cases` (batch, tokens), `labels` (batch), `spans` (batch, 2)."""

    ids: Tensor
    labels: Tensor
    spans: Tensor
    tags: Tensor
    cases: Tensor


def batches(examples: Sequence[Example], tokens: int, seed: int) -> Iterator[Batch]:
    """Batches of about `tokens` tokens for ever, each of examples that are about equally long."""
    dice = random.Random(seed)
    while True:
        order = sorted(examples, key=lambda one: (len(one.ids) // 16, dice.random()))
        groups: list[list[Example]] = [[]]
        for one in order:
            if groups[-1] and (len(groups[-1]) + 1) * len(one.ids) > tokens:
                groups.append([])
            groups[-1].append(one)
        dice.shuffle(groups)
        yield from map(_batch, groups)


def _batch(group: Sequence[Example]) -> Batch:
    width = max(len(one.ids) for one in group)

    def padded(rows: Sequence[Sequence[int]], with_: int) -> Tensor:
        return torch.tensor([[*row, *[with_] * (width - len(row))] for row in rows])

    return Batch(
        padded([one.ids for one in group], PAD),
        torch.tensor([one.label for one in group]),
        torch.tensor([one.span for one in group]),
        padded([one.tags for one in group], UNMARKED),
        padded([one.cases for one in group], 0),
    )
