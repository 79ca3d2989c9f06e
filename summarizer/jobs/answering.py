"""One article read for what is missing: rows for the store, whatever happens to the article."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer import errors
from summarizer.article import Article
from summarizer.errors import InputError, ModelError, Spent, SummarizerError, Ungrounded, printable
from summarizer.jobs.database import StoreUnusable
from summarizer.jobs.wants import Order, Want, asks_for, origin_of
from summarizer.long import read
from summarizer.models.providers import cost
from summarizer.output import json_text
from summarizer.pipeline import Reading, reference, run_of
from summarizer.schemas.result import Coverage, Issue, Result

# An answer cut at the highest limit is none of these: the next one would be cut, too, and be dear.
MAY_PASS = (errors.InvalidAnswer, errors.ModelTimeout, errors.RateLimited, errors.ServerFault)
# A refusal is one request, an invalid answer two: none of an article's tries together come to more than four.
MORE_TRIES = {errors.AnswerRefused: 2} | dict.fromkeys(MAY_PASS, 1)
# No article is to blame for these: the next one would meet them too.
BLAMELESS = (errors.ModelUnavailable, StoreUnusable)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """An article and the keys of the wants that are missing for it; `anew` when it failed before."""

    key: str
    article: Article
    missing: tuple[str, ...]
    anew: bool = False


@dataclass(frozen=True)
class Row:
    """A result as it goes into the store: plain values, so that it can come from another process."""

    want: str
    task: str
    status: str
    abstained: bool
    text: str


@dataclass(frozen=True)
class Answered:
    """What came of one article. `again` is how many more tries a failure among the rows is worth."""

    key: str
    origin: str
    rows: tuple[Row, ...]
    again: int = 0
    spent: Spent = field(default_factory=Spent)


async def answered(work: Work, order: Order, reading: Reading) -> Answered:
    """Read one article for its missing wants, all of them together.

    A failure of this article becomes failed results, with the reason as their issue.

    Raises:
        SummarizerError: nothing of the kind would work for any article: no connection, no key, no money left.

    """
    wants = order.wants_of(work.missing)
    try:
        results = await read(work.article, asks_for(wants), reading)
    except BLAMELESS:
        raise
    except (ModelError, Ungrounded, InputError) as error:
        return _failed(work, wants, order, reading, error)
    except SummarizerError:
        raise
    except Exception as error:  # noqa: BLE001  the reason is the next line
        # A fault of ours that one strange article brings out must not take the other 49,999 with it.
        _log.exception("an article could not be read: %s", printable(work.article.source))
        return _failed(work, wants, order, reading, error)
    rows = tuple(_row(want, result) for want, result in zip(wants, results, strict=True))
    run = results[0].run
    return Answered(work.key, origin_of(work.article), rows, spent=Spent(run.requests, **run.usage.model_dump()))


def _failed(work: Work, wants: Sequence[Want], order: Order, reading: Reading, error: Exception) -> Answered:
    spent = error.spent if isinstance(error, ModelError) else Spent()
    run = run_of(reading, spent, cost_usd=cost(order.model, spent), seconds=0.0)
    told = str(error) if isinstance(error, SummarizerError) else f"internal error: {type(error).__name__}: {error}"

    def failure(want: Want) -> Result[Any]:
        prompt = want.task.prompt(order.prompts).fingerprint if spent.requests else None
        return Result[Any](
            task=want.task.name,
            status="failed",
            value=None,
            issues=[Issue(code=failure_code(error), where="", message=told, action="none")],
            coverage=Coverage(sentences=len(work.article.sentences), read=0),
            article=reference(work.article),
            run=run.model_copy(update={"prompt": prompt, "schema_": want.task.schema_fingerprint}),
        )

    rows = tuple(_row(want, failure(want)) for want in wants)
    again = next((tries for kind, tries in MORE_TRIES.items() if isinstance(error, kind)), 0)
    return Answered(work.key, origin_of(work.article), rows, again, spent)


def failure_code(error: Exception) -> str:
    """The kind of a failure as an issue names it: `rate_limited`, `answer_refused`, `internal_error`."""
    if not isinstance(error, SummarizerError):
        return "internal_error"
    name = type(error).__name__
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _row(want: Want, result: Result[Any]) -> Row:
    abstained = result.value is not None and want.task.abstained(result.value)
    text = json_text(result.model_dump(mode="json", by_alias=True))
    return Row(want.key, result.task, result.status, abstained, text)
