"""A second opinion: one request to another model about all claims that the check cannot decide.

The model sees each claim with the sentences it cites and nothing else of the article. It is never asked about a claim
with a wrong fact, so that it cannot overturn the check; a model that fails decides nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence

from summarizer.article import Article
from summarizer.engines.prompting import shown
from summarizer.engines.prompts import Prompts
from summarizer.errors import BudgetReached, ModelError, Spent
from summarizer.grounding import Failure, Opinions, key_of
from summarizer.grounding.opinions import Key
from summarizer.loop import seconds_left
from summarizer.models.model import ChatModel, Message, Request
from summarizer.schemas.evidence import numbers_refer_to
from summarizer.schemas.requests import Verdict, Verdicts
from summarizer.schemas.result import Issue

SHARE_OF_TIME = 0.8
"""Of the time that is left: what the opinion may take. What the first model proposed must not be lost by it."""
TOKENS, TOKENS_A_CLAIM = 256, 64


class ModelVerifier:
    """Asks `model` for verdicts, about claims in which no fact is wrong. A fault of its own is an issue."""

    def __init__(self, model: ChatModel, prompts: Prompts) -> None:
        self._model = model
        self._prompts = prompts

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    async def opinions(self, failures: Sequence[Failure], article: Article) -> Opinions:
        """What the model says of those of `failures` that are undecided; nothing is asked where there is none."""
        undecided = {key_of(one.text, one.cited): one for one in failures if one.undecided}
        if not undecided:
            return Opinions()
        messages = (
            Message("system", self._prompts.get("verify").render()),
            Message("user", "\n".join(_lines(undecided))),
        )
        request = Request(messages, Verdicts, TOKENS + TOKENS_A_CLAIM * len(undecided))
        left = seconds_left()
        try:
            async with asyncio.timeout(None if left is None else left * SHARE_OF_TIME):
                with numbers_refer_to(article):
                    done = await self._model.complete(request)
        except TimeoutError:
            return self._failed("it took too long", Spent(1, uncounted=1))
        except (ModelError, BudgetReached) as error:
            return self._failed(str(error), error.spent if isinstance(error, ModelError) else Spent())
        supported = frozenset(_supported(done.draft.verdicts, undecided))
        judged = {one.claim for one in done.draft.verdicts}
        refused = {key for number, key in enumerate(undecided, 1) if number in judged} - supported
        return Opinions(self.name, supported, frozenset(refused), done.spent)

    async def aclose(self) -> None:
        """Close the model."""
        await self._model.aclose()

    def _failed(self, why: str, spent: Spent) -> Opinions:
        message = f"{self.name} gave no second opinion: {why}"
        issue = Issue(code="no_second_opinion", where="", message=message, action="none")
        return Opinions(self.name, spent=spent, issues=(issue,))


def _lines(undecided: Mapping[Key, Failure]) -> Iterator[str]:
    for number, failure in enumerate(undecided.values(), 1):
        yield f"claim {number}: {shown(failure.text)}"
        yield from (f"[{span.sentence}] {shown(span.text)}" for span in failure.cited)


def _supported(verdicts: Sequence[Verdict], undecided: Mapping[Key, Failure]) -> Iterator[Key]:
    """The claims every verdict on which is that its own sentences support it."""
    keys = list(undecided)
    for number, key in enumerate(keys, 1):
        mine = [one for one in verdicts if one.claim == number]
        if mine and all(one.supported and _points_at(one, undecided[key]) for one in mine):
            yield key


def _points_at(verdict: Verdict, failure: Failure) -> bool:
    cited = {span.sentence for span in failure.cited}
    return bool(verdict.evidence) and all(span.sentence in cited for span in verdict.evidence)


def joined(opinions: Iterable[Opinions]) -> Opinions:
    """Opinions of one model on several parts of an article as one; each issue stands there once."""
    each = list(opinions)
    return Opinions(
        next((one.by for one in each if one.by), ""),
        frozenset().union(*(one.supported for one in each)),
        frozenset().union(*(one.refused for one in each)),
        sum((one.spent for one in each), Spent()),
        tuple(dict.fromkeys(issue for one in each for issue in one.issues)),
    )
