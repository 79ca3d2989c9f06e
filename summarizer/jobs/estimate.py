"""What a job would take, before anything is sent: requests, tokens and money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.llm import ANSWER_TOKENS, combined_schema
from summarizer.engines.prompting import messages_for
from summarizer.errors import Spent
from summarizer.jobs.budget import usual_output
from summarizer.jobs.database import Database
from summarizer.jobs.orders import Order, article_key, asks_for
from summarizer.jobs.paced import input_tokens
from summarizer.jobs.store import Store
from summarizer.models.catalog import EXTRACTIVE
from summarizer.models.model import Request
from summarizer.models.prices import cost

# Prompts are written out for so many articles; the others are taken to be alike in tokens a character.
WRITTEN_OUT = 200
OUTPUT_TOKENS_A_RESULT = 350


@dataclass(frozen=True)
class Estimate:
    """What is to be done. `output_tokens` rest on what this store's results took, else on 350 a result."""

    articles: int
    identical: int
    kept: int
    requests: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None


def estimate(articles: Iterable[Article], order: Order, store: Path | None) -> Estimate:
    """Read the articles, look up what is missing, and send nothing.

    Raises:
        InputError: the store cannot be read.

    """
    if store is None or not store.exists():
        return _count(articles, order, None).estimate(order, OUTPUT_TOKENS_A_RESULT)
    with Database(store, exclusive=False) as database:
        usual = usual_output(database)
        return _count(articles, order, Store(database)).estimate(order, usual or OUTPUT_TOKENS_A_RESULT)


@dataclass
class _Count:
    articles: int = 0
    identical: int = 0
    kept: int = 0
    asked: int = 0
    results: int = 0
    characters: int = 0
    written_characters: int = 0
    written_tokens: int = 0

    def estimate(self, order: Order, output_a_result: float) -> Estimate:
        """The whole, from the part that was written out."""
        asked = 0 if order.model == EXTRACTIVE else self.asked
        tokens = round(self.written_tokens * self.characters / max(1, self.written_characters)) if asked else 0
        output = round(self.results * output_a_result) if asked else 0
        dollars = cost(order.model, Spent(asked, tokens, 0, output))
        return Estimate(self.articles, self.identical, self.kept, asked, tokens, output, dollars)


def _count(articles: Iterable[Article], order: Order, store: Store | None) -> _Count:
    count, seen = _Count(), set[str]()
    for article in articles:
        count.articles += 1
        key = article_key(article)
        missing = store.missing(key, order.keys) if store else order.keys
        if key in seen:
            count.identical += 1
        elif not missing:
            count.kept += 1
        else:
            count.asked += 1
            count.results += len(missing)
            count.characters += len(article.text)
            if count.asked <= WRITTEN_OUT:
                count.written_characters += len(article.text)
                count.written_tokens += _prompt_tokens(article, order, missing)
        seen.add(key)
    return count


def _prompt_tokens(article: Article, order: Order, missing: Sequence[str]) -> int:
    asks = asks_for(order.wants_of(missing))
    schema = combined_schema(tuple((ask.task.name, ask.task.schema) for ask in asks))
    return input_tokens(Request(messages_for(Analysis(article), asks), schema, ANSWER_TOKENS))
