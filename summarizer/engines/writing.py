"""Headlines and short points by the embedded LLM with its adapter: each text is checked before anyone sees it.

The model has learnt two instructions and follows no others well. It is asked while there is time, never again, and what
fails, is slow or does not hold leaves code's own text where it was. The bar is higher than the check's: of its texts
that pass the check three in ten are false; of those the reader is surer of and that have no word of their own, none of
ten was (benchmarks/summaries).
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from summarizer.analysis import Analysis
from summarizer.analysis.words import content_stems
from summarizer.article import Sentence
from summarizer.engines.prompting import shown
from summarizer.engines.prompts import Prompts
from summarizer.errors import ModelError, Spent
from summarizer.extractive.story import told
from summarizer.extractive.summarizing import HEADLINE_WORDS, POINT_WORDS, title_of
from summarizer.grounding import check
from summarizer.models.model import ChatModel, Message, Request
from summarizer.reader import Reader
from summarizer.schemas.evidence import DraftClaim, Span
from summarizer.schemas.result import Issue
from summarizer.schemas.slots import ShortText
from summarizer.schemas.summary import SummaryDraft
from summarizer.settings import Level

_FIRST_SENTENCES, _MOST_CHARACTERS = 2, 700
_MAX_TOKENS = 80
_FEWEST_WORDS = 4
_LEAST_SUPPORT = 0.9
_OPEN_END = re.compile(
    r"\b(?:a|an|the|of|to|in|on|at|for|by|with|from|and|or|but|as|that|than|which|who|is|are|was|were|has|have|had|will"
    r"|its|his|her|their)$",
    re.IGNORECASE,
)


@dataclass
class Writer:
    """Writes while `seconds` last; `spent`, `issues` and the `decided` pointers tell what it did."""

    model: ChatModel
    prompts: Prompts
    reader: Reader
    seconds: float
    spent: list[Spent] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    decided: set[str] = field(default_factory=set)
    _until: float = 0.0

    def __post_init__(self) -> None:
        self._until = time.monotonic() + self.seconds

    async def headline(self, analysis: Analysis, draft: SummaryDraft) -> SummaryDraft:
        """The draft under a headline of the model's, where the article has no title and the headline holds."""
        if draft.headline.text == title_of(analysis.article):
            return draft
        first = told(analysis.article)[:_FIRST_SENTENCES]
        text = await self.written("headline", first)
        if text is None or len(text.split()) > HEADLINE_WORDS or not await self._holds(text, first, analysis):
            return draft
        self.decided.add("/headline")
        return draft.model_copy(update={"headline": _claim(text.rstrip("."), first)})

    async def short_points(self, analysis: Analysis, draft: SummaryDraft) -> SummaryDraft:
        """The draft with short sentences in place of the points that have more than 20 words, where they hold."""
        points = list(draft.points)
        for place, point in enumerate(points):
            cited = [one for span in point.evidence if (one := analysis.article.sentence(span.sentence))]
            if len(point.text.split()) <= POINT_WORDS or not cited:
                continue
            text = await self.written("point", cited)
            if text and len(text.split()) <= POINT_WORDS and await self._holds(text, cited, analysis):
                points[place] = _claim(text, cited)
                self.decided.add(f"/points/{place}")
        return draft.model_copy(update={"points": points})

    async def written(self, task: Literal["headline", "point"], sentences: Sequence[Sentence]) -> str | None:
        """What the model writes of the sentences, not yet checked; None where time is out or it fails."""
        left = self._until - time.monotonic()
        if left <= 0:
            self._tell("out_of_time", "time ran out before the model wrote everything; code's own texts stand")
            return None
        source = " ".join(shown(sentence.text) for sentence in sentences)[:_MOST_CHARACTERS]
        messages = (Message("system", self.prompts.get(task).render()), Message("user", source))
        try:
            async with asyncio.timeout(left):
                done = await self.model.complete(Request(messages, ShortText, max_tokens=_MAX_TOKENS))
        except TimeoutError:
            self._tell("out_of_time", "the model was too slow; code's own texts stand")
            return None
        except ModelError as error:
            self.spent.append(error.spent)
            self._until = 0.0
            self._tell("model_failed", f"{error}; code's own texts stand")
            return None
        self.spent.append(done.spent)
        text = " ".join(done.draft.text.split())
        return text if len(text.split()) >= _FEWEST_WORDS and not _OPEN_END.search(text.rstrip(" .")) else None

    async def _holds(self, text: str, sentences: Sequence[Sentence], analysis: Analysis) -> bool:
        """Whether it has no word of its own, the reader is sure of it and no exact fact in it differs."""

        def judged() -> bool:
            evidence = " ".join(sentence.text for sentence in sentences)
            if set(content_stems(text)) - set(content_stems(evidence)):
                return False
            if self.reader.supports([(evidence, text)])[0] < _LEAST_SUPPORT:
                return False
            return check(text, sentences, level=Level.BALANCED, article=analysis).supported is True

        return await asyncio.to_thread(judged)

    def _tell(self, code: str, message: str) -> None:
        if not any(issue.code in ("out_of_time", "model_failed") for issue in self.issues):
            self.issues.append(Issue(code=code, where="/summary", message=message, action="replaced"))


def _claim(text: str, sentences: Sequence[Sentence]) -> DraftClaim:
    return DraftClaim(evidence=[Span.of(sentence) for sentence in sentences], text=text)
