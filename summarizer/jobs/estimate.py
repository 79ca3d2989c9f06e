"""What a job would take, before anything is sent: requests, tokens and money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.configuration import Configuration
from summarizer.engines.code import EXTRACTIVE
from summarizer.engines.engine import Ask
from summarizer.engines.llm import ANSWER_TOKENS, combined_schema
from summarizer.engines.prompting import messages_for
from summarizer.errors import Spent
from summarizer.jobs.budget import usual_output
from summarizer.jobs.database import Database
from summarizer.jobs.middleware import input_tokens
from summarizer.jobs.store import Store
from summarizer.jobs.wants import Order, article_key, asks_for
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


def estimate(
    articles: Iterable[Article], asks: Sequence[Ask], configuration: Configuration, store: Path | None
) -> Estimate:
    """Read the articles, look up what is missing, and send nothing; neither a key nor weights are needed.

    Raises:
        InputError: the store cannot be read.
        UnknownModel: there is no such model.

    """
    order = Order.of(asks, configuration)
    if store is None or not store.exists():
        return _Count().over(articles, order, None).estimate(order, OUTPUT_TOKENS_A_RESULT)
    with Database(store, exclusive=False) as database:
        known = Store(database)
        return _Count().over(articles, order, known).estimate(order, usual_output(database) or OUTPUT_TOKENS_A_RESULT)


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

    def over(self, articles: Iterable[Article], order: Order, store: Store | None) -> _Count:
        """With these articles counted."""
        seen = set[str]()
        for article in articles:
            self.articles += 1
            key = article_key(article)
            missing = store.missing(key, order.keys) if store else order.keys
            if key in seen:
                self.identical += 1
            elif not missing:
                self.kept += 1
            else:
                self._ask(article, order, missing)
            seen.add(key)
        return self

    def _ask(self, article: Article, order: Order, missing: Sequence[str]) -> None:
        self.asked += 1
        self.results += len(missing)
        self.characters += len(article.text)
        if self.asked <= WRITTEN_OUT:
            self.written_characters += len(article.text)
            self.written_tokens += _prompt_tokens(article, order, missing)

    def estimate(self, order: Order, output_a_result: float) -> Estimate:
        """The whole, from the part that was written out."""
        asked = 0 if order.model == EXTRACTIVE else self.asked
        tokens = round(self.written_tokens * self.characters / max(1, self.written_characters)) if asked else 0
        output = round(self.results * output_a_result) if asked else 0
        dollars = cost(order.model, Spent(asked, tokens, 0, output))
        return Estimate(self.articles, self.identical, self.kept, asked, tokens, output, dollars)


def _prompt_tokens(article: Article, order: Order, missing: Sequence[str]) -> int:
    asks = asks_for(order.wants_of(missing))
    schema = combined_schema(tuple((ask.task.name, ask.task.draft) for ask in asks))
    prefix, varying = messages_for(Analysis(article), asks, order.prompts)
    return input_tokens(Request((*prefix, *varying), schema, ANSWER_TOKENS))
