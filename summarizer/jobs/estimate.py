"""What a job would take, before anything is sent: requests, tokens and money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from summarizer.article import Article
from summarizer.configuration import Configuration
from summarizer.engines.engine import Ask
from summarizer.errors import Spent
from summarizer.jobs.budget import usual_output
from summarizer.jobs.database import Database
from summarizer.jobs.middleware import input_tokens
from summarizer.jobs.store import Store
from summarizer.jobs.wants import Order, article_key, first_request
from summarizer.models.catalog import EXTRACTIVE
from summarizer.models.providers import cost

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
    """Read the articles, look up what is missing, and send nothing; neither a key nor weights are needed."""
    order, usual = Order.of(asks, configuration), float(OUTPUT_TOKENS_A_RESULT)
    number = kept = requests = results = characters = written = tokens = 0
    seen = set[str]()
    with ExitStack() as stack:
        known = None
        if store and store.exists():
            known = Store(stack.enter_context(Database(store, exclusive=False)))
            usual = usual_output(known.database) or usual
        for number, article in enumerate(articles, 1):  # noqa: B007  the last number is how many there were
            if (key := article_key(article)) in seen:
                continue
            seen.add(key)
            if not (missing := known.missing(key, order.keys) if known else order.keys):
                kept += 1
                continue
            requests, results, characters = requests + 1, results + len(missing), characters + len(article.text)
            if order.model != EXTRACTIVE and requests <= WRITTEN_OUT:
                request = first_request(article, order.wants_of(missing), order.prompts, 0)
                tokens += input_tokens(request) if request else 0
                written += len(article.text)
    if order.model == EXTRACTIVE:
        requests = results = 0
    spent = Spent(requests, round(tokens * characters / max(1, written)), 0, round(results * usual))
    dollars = cost(order.model, spent)
    return Estimate(number, number - len(seen), kept, requests, spent.input_tokens, spent.output_tokens, dollars)
