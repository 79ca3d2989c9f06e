"""One article read for what is missing: rows for the store, whatever happens to the article."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.engine import Engine
from summarizer.errors import (
    AnswerError,
    AnswerTruncated,
    InputError,
    ModelError,
    ModelTimeout,
    ModelUnavailable,
    RateLimited,
    ServerFault,
    Spent,
    SummarizerError,
    Ungrounded,
    WindowExceeded,
)
from summarizer.jobs.database import StoreUnusable
from summarizer.jobs.orders import Order, Want, asks_for
from summarizer.json_text import json_text
from summarizer.models.prices import cost
from summarizer.models.retrying import total
from summarizer.pipeline import read_through, run_of
from summarizer.schemas.answer import Answer
from summarizer.schemas.result import ArticleRef, Coverage, Issue, Result, Run

MAY_PASS = (AnswerError, ModelTimeout, RateLimited, ServerFault)
# No article is to blame for these: the next one would meet them too.
BLAMELESS = (ModelUnavailable, StoreUnusable)
TOO_MUCH_AT_ONCE = (WindowExceeded, AnswerTruncated)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """An article and the keys of the wants that are missing for it; `anew` when it failed before."""

    key: str
    article: Article
    missing: tuple[str, ...]
    anew: bool = False
    analysis: Analysis | None = None


@dataclass(frozen=True)
class Row:
    """A result as it goes into the store: plain values, so that it can come from another process."""

    want: str
    task: str
    status: str
    abstained: bool
    run: str
    text: str


@dataclass(frozen=True)
class Answered:
    """What came of one article, read from `source`. `again` tells that a failure among the rows may pass."""

    key: str
    source: str
    rows: tuple[Row, ...]
    again: bool = False
    spent: Spent = field(default_factory=Spent)


async def answered(work: Work, order: Order, engine: Engine) -> Answered:
    """Read one article for its missing wants, by one request where the model takes them all at once.

    A failure of this article becomes failed results, with the reason as their issue.

    Raises:
        SummarizerError: nothing of the kind would work for any article: no connection, no key, no money left.

    """
    wants = order.wants_of(work.missing)
    try:
        return await _together(work, wants, order, engine)
    except TOO_MUCH_AT_ONCE as error:
        if len(wants) == 1:
            return _failed(work, wants, order, error)
        one_by_one = [await _alone(work, want, order, engine) for want in wants]
        return _joined(one_by_one, error.spent)
    except BLAMELESS:
        raise
    except (ModelError, Ungrounded, InputError) as error:
        return _failed(work, wants, order, error)
    except SummarizerError:
        raise
    except Exception as error:  # noqa: BLE001  the reason is the next line
        # A fault of ours that one strange article brings out must not take the other 49,999 with it.
        _log.exception("an article could not be read: %s", work.article.source)
        return _failed(work, wants, order, error)


async def _alone(work: Work, want: Want, order: Order, engine: Engine) -> Answered:
    try:
        return await _together(work, (want,), order, engine)
    except BLAMELESS:
        raise
    except (ModelError, Ungrounded) as error:
        return _failed(work, (want,), order, error)


async def _together(work: Work, wants: Sequence[Want], order: Order, engine: Engine) -> Answered:
    results = await read_through(
        work.article,
        asks_for(wants),
        engine,
        policy=order.policy,
        seconds=order.seconds,
        analysis=work.analysis,
    )
    rows = tuple(_row(order.key(want), result) for want, result in zip(wants, results, strict=True))
    run = results[0].run
    usage = run.usage
    spent = Spent(run.requests, usage.input_tokens, usage.cached_tokens, usage.output_tokens, usage.reasoning_tokens)
    return Answered(work.key, work.article.source, rows, spent=spent)


def _joined(parts: Sequence[Answered], before: Spent) -> Answered:
    rows = tuple(row for part in parts for row in part.rows)
    return Answered(
        parts[0].key,
        parts[0].source,
        rows,
        any(part.again for part in parts),
        total([before, *(part.spent for part in parts)]),
    )


def _failed(work: Work, wants: Sequence[Want], order: Order, error: Exception) -> Answered:
    spent = error.spent if isinstance(error, ModelError) else Spent()
    run = run_of(order.model, order.level, spent, cost_usd=cost(order.model, spent))
    issue = _issue(error)
    rows = tuple(_row(order.key(want), _failure(work.article, want, run, issue)) for want in wants)
    return Answered(work.key, work.article.source, rows, isinstance(error, MAY_PASS), spent)


def _failure(article: Article, want: Want, run: Run, issue: Issue) -> Result[Any]:
    prompts = {"prompt": want.task.prompt_fingerprint, "schema_": want.task.schema_fingerprint}
    return Result[Any](
        task=want.task.name,
        status="failed",
        value=None,
        issues=[issue],
        coverage=Coverage(sentences=len(article.sentences), read=0),
        article=ArticleRef(
            id=article.id,
            source=article.source,
            title=article.title,
            published=article.published,
            characters=len(article.text),
        ),
        run=run.model_copy(update=prompts),
    )


def _issue(error: Exception) -> Issue:
    said = str(error) if isinstance(error, SummarizerError) else f"internal error: {type(error).__name__}: {error}"
    return Issue(code=failure_code(error), where="", message=said, action="none")


def failure_code(error: Exception) -> str:
    """The kind of a failure as an issue names it: `rate_limited`, `answer_refused`, `internal_error`."""
    if not isinstance(error, SummarizerError):
        return "internal_error"
    name = type(error).__name__
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _row(want: str, result: Result[Any]) -> Row:
    abstained = isinstance(result.value, Answer) and not result.value.found
    text = json_text(result.model_dump(mode="json", by_alias=True))
    return Row(want, result.task, result.status, abstained, result.run.id, text)
