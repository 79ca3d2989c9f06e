"""The annotated rows, as sentences of tokens with labels."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.analysis.name_words import NATIONALITIES, is_nationality
from summarizer.analysis.words import Token, tokens
from summarizer.article import Article

DATA = Path(os.environ.get("SUMMARIZER_SHARED", Path(__file__).parents[2] / ".." / "shared")) / "data"
CODE = {"person": "p", "organisation": "o", "place": "l", "other": "x"}
TYPE = {code: name for name, code in CODE.items()}


@dataclass(frozen=True)
class Row:
    """One annotated document."""

    id: str
    source: str
    genre: str
    article: Article
    names: tuple[tuple[int, int, str], ...]
    nested: tuple[tuple[int, int, str], ...]
    clusters: tuple[dict[str, Any], ...]
    partial: bool

    @property
    def sentences(self) -> list[list[Token]]:
        """The tokens of each sentence."""
        return [tokens(sentence.text, sentence.start) for sentence in self.article.sentences]


def rows(path: Path) -> Iterator[Row]:
    """The rows of a file of JSON lines, gzipped or not."""
    content = path.read_bytes()
    for line in (gzip.decompress(content) if path.suffix == ".gz" else content).splitlines():
        yield _row(json.loads(line))


def training_rows(data: Path = DATA) -> list[Row]:
    """The rows a tagger may learn from."""
    return list(rows(data / "entities_train.jsonl.gz"))


def development_rows(data: Path = DATA) -> list[Row]:
    """The rows it is measured on."""
    return list(rows(data / "entities_dev.jsonl"))


def _row(record: dict[str, Any]) -> Row:
    spans = [(e["start"], e["end"], e["type"], e.get("nested", False)) for e in record["entities"]]
    return Row(
        id=record["id"],
        source=record["source"],
        genre=record.get("genre") or "",
        article=Article(record["text"]),
        names=tuple((start, end, kind) for start, end, kind, nested in spans if not nested),
        nested=tuple((start, end, kind) for start, end, kind, nested in spans if nested),
        clusters=tuple(record.get("clusters") or ()),
        partial=bool(record.get("partial")),
    )


def labels(row: Row, sentences: list[list[Token]]) -> list[list[str]]:
    """The label of every token: O, or B and I with the sign of a type; `n` for a nationality."""
    starts = {start: (end, CODE[kind]) for start, end, kind in row.names}
    return [_labels_of(sentence, starts) for sentence in sentences]


def _labels_of(sentence: list[Token], starts: dict[int, tuple[int, str]]) -> list[str]:
    found: list[str] = []
    until, code = -1, ""
    for n, token in enumerate(sentence):
        if token.start in starts:
            until, code = starts[token.start]
            if code in "lx" and is_nationality([t.text.lower() for t in sentence[n:] if t.end <= until] or ["-"]):
                code = "n"
            found.append("B" + code)
        elif token.start < until:
            found.append("I" + code)
        elif token.text[0].isupper() and token.text.lower() in NATIONALITIES:
            joined = found[-1:] == ["O"] and sentence[n - 1].text in {"North", "South"}
            if joined:
                found[-1] = "Bn"
            found.append("In" if joined else "Bn")
        else:
            found.append("O")
    return found
