"""The writer: what holds replaces code's text, all else leaves it, and nothing it does is an error."""

from __future__ import annotations

import asyncio

import pytest

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.code import WritingEngine
from summarizer.engines.engine import Proposal
from summarizer.engines.prompts import Prompts
from summarizer.errors import ServerFault
from summarizer.loop import deadline
from summarizer.models.fake import FakeModel
from summarizer.models.model import Completion, Request, T
from summarizer.reader import load_reader
from summarizer.tasks import registry

TEXT = (
    "The glass works was sold to the trader Lena Ruud on Tuesday, nine months after the last of its five furnaces had "
    "gone cold. There had been fears that the new owner would close it."
)
HOLDS = "Glass works sold to trader Lena Ruud"


async def proposed(model: object, article: Article, seconds: float = 60.0) -> Proposal:
    engine = WritingEngine(model, Prompts())  # type: ignore[arg-type]
    analysis = Analysis(article, reader=load_reader())
    async with deadline(seconds):
        return await engine.propose(analysis, [registry.get("summary").ask()])


class Slow(FakeModel):
    """A model that never comes to an end."""

    async def complete(self, request: Request[T]) -> Completion[T]:
        await asyncio.sleep(60)
        return await super().complete(request)


async def test_a_headline_that_holds_is_taken_and_counted() -> None:
    """The instruction is sent as the model has learnt it."""
    fake = FakeModel([{"text": HOLDS}, {"text": "x"}])

    proposal = await proposed(fake, Article(TEXT))

    assert HOLDS == proposal.drafts["summary"].headline.text
    assert "/headline" in proposal.by_model["summary"]
    assert fake.requests[0].messages[0].content.startswith("Write the headline of an article from its first sentences.")


@pytest.mark.parametrize(
    "text",
    [
        "Trader Lena Ruud sold to glass works",
        "Glass works sold for nine million to trader Lena Ruud",
        "Glass works sold to the",
        "Glass",
    ],
)
async def test_what_does_not_hold_leaves_codes_headline(text: str) -> None:
    """False, invented, unfinished or too short."""
    code = await proposed(FakeModel([{"text": "x"}, {"text": "x"}]), Article(TEXT))
    proposal = await proposed(FakeModel([{"text": text}, {"text": "x"}]), Article(TEXT))

    assert code.drafts["summary"].headline == proposal.drafts["summary"].headline


async def test_a_title_is_not_written_over() -> None:
    """Who wrote the article gave it."""
    fake = FakeModel([{"text": HOLDS}])

    proposal = await proposed(fake, Article(f"Furnace goes cold\n\n{TEXT}", title="Furnace goes cold"))

    assert "Furnace goes cold" == proposal.drafts["summary"].headline.text


class Broken(FakeModel):
    """A model whose process died."""

    async def complete(self, request: Request[T]) -> Completion[T]:
        raise ServerFault("the local model's process was killed", model=self.name)


@pytest.mark.parametrize("model", [Slow([]), Broken([])])
async def test_a_slow_or_broken_model_is_an_issue_and_no_error(model: FakeModel) -> None:
    """Code's texts stand."""
    proposal = await proposed(model, Article(TEXT), seconds=1.0)

    assert proposal.drafts["summary"] is not None
    assert ["replaced"] == [issue.action for issue in proposal.issues]
