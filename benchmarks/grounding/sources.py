"""Real sentences to make cases from: the article of `seeds/` and, where it is there, the shared development data."""

# ruff: noqa: E501 - tables of words, patterns and sentences

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarizer.article import Article, Sentence

ROOT = Path(__file__).parents[2]
_NAME = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")
_NO_NAMES = frozenset("after this that these those when i i’ve i've i’m i'm we you he she it they the a an in on at and but as if for with to from by my our his her there what who why how most some many not no one now then also however although while since because until before during".split())  # fmt: skip
_PLACES = "Russia China Japan Germany France Italy Spain London Paris Berlin Moscow Beijing Tokyo Washington California Texas Ukraine Israel Iran Iraq Syria Egypt India Pakistan Australia Canada Mexico Brazil Scotland Ireland Wales England Boston Chicago Vladivostok Pyongyang Rome Madrid Sydney Melbourne Toronto Kenya Nigeria Turkey Greece Poland Sweden Norway Denmark Austria Florida Ohio Virginia Afghanistan Manchester Liverpool Edinburgh Glasgow Dublin Cairo Delhi Mumbai Seoul".split()  # fmt: skip


@dataclass(frozen=True)
class Name:
    """A name inside a sentence, with offsets into the sentence."""

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True)
class Source:
    """A sentence of an article, the names in it and the one behind it."""

    article: Article
    sentence: Sentence
    names: tuple[Name, ...]
    following: Source | None = field(default=None, repr=False)


DATA = ROOT.parent / "shared" / "data"
"""Where the shared development data is looked for, unless `--data` says otherwise."""


def rows_of(name: str, data: Path = DATA) -> list[dict[str, Any]]:
    """The rows of one file of the shared data; none where it is not there."""
    return list(_rows(data / name)) if (data / name).is_file() else []


def seed_article() -> Article:
    """The article that is in the repository."""
    from datetime import date

    text = next((ROOT / "seeds").glob("*.txt")).read_bytes().decode()
    return Article(text=text, published=date(2023, 9, 12))


def sources(data: Path = DATA) -> list[Source]:
    """Sentences of 8 to 45 words, in a fixed order."""
    found = list(_of(seed_article(), None))
    for row in rows_of("entities_dev.jsonl", data):
        found.extend(_of(Article(text=row["text"]), row["entities"]))
    for file, key in (("summaries_dev.jsonl", "article"), ("squad_dev_sample.jsonl", "context")):
        for text in dict.fromkeys(row[key] for row in rows_of(file, data)):
            found.extend(_of(Article(text=text), None))
    return found


def more_sources(data: Path = DATA) -> list[Source]:
    """Other sentences, for families that `sources` has few of: training rows of the name tagger, judged articles."""
    found = [
        s for row in rows_of("entities_train.jsonl.gz", data) for s in _of(Article(text=row["text"]), row["entities"])
    ]
    judged = dict.fromkeys(row["article"] for row in rows_of("faithfulness_dev.jsonl", data))
    return found + [source for text in judged for source in _of(Article(text=text), None)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    data = path.read_bytes()
    for line in (gzip.decompress(data) if path.suffix == ".gz" else data).decode().splitlines():
        yield json.loads(line)


def _of(article: Article, marked: list[dict[str, Any]] | None) -> Iterator[Source]:
    last = None
    for sentence in reversed(article.sentences):
        source = Source(article, sentence, tuple(_names(sentence, marked)), last)
        last = source
        words = sentence.text.split()
        if 8 <= len(words) <= 45 and sentence.text[-1] in '.!?”"' and sentence.text.isprintable() and _english(words):
            yield source


def _english(words: list[str]) -> bool:
    return sum(word in {"the", "of", "a", "in", "to", "and", "was", "is", "that", "for", "with"} for word in words) >= 2


def _names(sentence: Sentence, marked: list[dict[str, Any]] | None) -> Iterator[Name]:
    if marked is not None:
        for mark in marked:
            if mark["start"] >= sentence.start and mark["end"] <= sentence.end and not mark.get("nested"):
                start, end = mark["start"] - sentence.start, mark["end"] - sentence.start
                if sentence.text[start].isupper():
                    yield Name(start, end, sentence.text[start:end], mark["type"])
        return
    for match in _NAME.finditer(sentence.text):
        text = match[0]
        if match.start() > 0 and len(text) > 3 and re.split(r"[ '’]", text.casefold())[0] not in _NO_NAMES:
            yield Name(match.start(), match.end(), text, "place" if text in _PLACES else "name")
