"""The articles, and what is asked of them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.engine import Ask
from summarizer.engines.llm import combined_schema
from summarizer.engines.prompting import messages_for
from summarizer.models.model import Message
from summarizer.reading import read
from summarizer.task import built_in

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("SUMMARIZER_SHARED") or ROOT.parent / "shared")
BRIEF = ("summary", "entities", "timeline")


def seed() -> Article:
    """The user's own article."""
    return read(str(ROOT / "seeds" / "kim-arrives-in-russia.txt"))


def in_house() -> Article:
    """An article of 606 words, written for the tests."""
    return Article((ROOT / "tests" / "engines" / "flood-plan.txt").read_text("utf-8"), source="flood-plan")


def news() -> Iterator[Article]:
    """News articles of 500 to 700 words from the evaluation data, where it is there."""
    file = SHARED / "data" / "summaries_dev.jsonl"
    for line in file.read_text("utf-8").splitlines() if file.is_file() else ():
        item = json.loads(line)
        if 500 < len(item["article"].split()) < 700:
            yield Article(item["article"], source=item["id"])


def brief_of(article: Article) -> tuple[Message, ...]:
    """The messages that ask for a brief."""
    return messages_for(Analysis(article), [Ask(built_in(name)) for name in BRIEF])


def form_of_brief() -> type[BaseModel]:
    """The form a brief is."""
    return combined_schema(tuple((name, built_in(name).schema) for name in BRIEF))
