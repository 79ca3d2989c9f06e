"""The engine for a small model: code proposes, the model fills narrow slots, and time never runs out on it.

A 135M-parameter model cannot select, judge or write unchecked (that is measured), but it can tighten one sentence,
type an uncertain name and mark a short answer. Whatever it says goes through the same check as a strong model's.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, create_model

from summarizer.analysis import Analysis
from summarizer.engines.cloze import type_of
from summarizer.engines.engine import Ask, Proposal, Revision, Verifier
from summarizer.engines.extractive.engine import DEFAULT_POINTS, ExtractiveEngine, summary
from summarizer.engines.extractive.headlines import headline_forms
from summarizer.engines.llm import LLMEngine
from summarizer.engines.prompting import shown, shown_examples
from summarizer.engines.short_choice import choose, is_trusted, pieces
from summarizer.errors import ModelError, ModelUnavailable, Spent
from summarizer.grounding.grounder import Failure
from summarizer.models.local import LocalModel
from summarizer.models.model import ChatModel, Message, Request
from summarizer.models.retrying import total
from summarizer.schemas.answer import AnswersDraft
from summarizer.schemas.entities import EntitiesDraft
from summarizer.schemas.result import Issue
from summarizer.schemas.slots import Headline
from summarizer.schemas.summary import SummaryDraft
from summarizer.settings import Level
from summarizer.task import BUILT_IN, Options, built_in

UNSURE = 0.9
MOST_NAMES = 12
SHARE_OF_TIME = 0.8


class SlotEngine:
    """Lets `model` fill the slots of the extractive engine's drafts, in the time there is."""

    def __init__(
        self,
        model: ChatModel,
        typing: LocalModel | None = None,
        *,
        level: Level = "strict",
        verifier: Verifier | None = None,
    ) -> None:
        self._model = model
        self._typing = typing
        self._code = ExtractiveEngine()
        self._level: Level = level
        self._verifier = verifier

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    @property
    def level(self) -> Level:
        """How strictly its claims are checked; `strict`, the sentence's words in their order, suits a small model."""
        return self._level

    @property
    def verifier(self) -> Verifier | None:
        """Who is asked about claims that the check cannot decide."""
        return self._verifier

    async def propose(self, analysis: Analysis, asks: Sequence[Ask], *, seconds: float) -> Proposal:
        """The code's drafts with the slots the model filled.

        Raises:
            ModelUnavailable: the model cannot run at all.

        """
        if any(ask.task.name not in BUILT_IN for ask in asks):
            # Code knows no form of a user's own: the model fills it in whole, and the strict check says what stays.
            return await LLMEngine(self._model, level="strict").propose(analysis, asks, seconds=seconds)
        # What code needs for a long text is part of the time: the model fills the slots there is time left for.
        until = time.monotonic() + seconds * SHARE_OF_TIME
        proposal = await self._code.propose(analysis, asks, seconds=seconds)
        questions = tuple(question for ask in asks for question in ask.questions)
        shape = next(({**ask.task.options, **ask.options} for ask in asks if ask.task.name == "summary"), {})
        work = _Work(analysis, until, questions, shape)
        drafts = {name: await self._filled(name, draft, work) for name, draft in proposal.drafts.items()}
        by_model = {name: frozenset(work.decided.get(name, ())) for name in drafts}
        return Proposal(drafts, total(work.spent), by_model, (*proposal.issues, *work.issues))

    async def revise(
        self, proposal: Proposal, failures: Mapping[str, Sequence[Failure]], analysis: Analysis
    ) -> Revision | None:
        """A small model does no better when asked again: the verbatim sentence stands in."""
        return None

    async def aclose(self) -> None:
        """Close the model."""
        await self._model.aclose()

    async def _filled(self, task: str, draft: BaseModel | None, work: _Work) -> BaseModel | None:
        try:
            match draft:
                case SummaryDraft():
                    return await self._summary(draft, work)
                case EntitiesDraft() if self._typing:
                    return await self._entities(draft, work, self._typing)
                case AnswersDraft() if self._typing:
                    return await self._answers(draft, work, self._typing)
        except ModelUnavailable:
            raise
        except ModelError as error:
            work.spent.append(error.spent)
            work.issues.append(
                Issue(code="model_failed", where="", message=f"{error}; code did its part", action="replaced")
            )
        return draft

    async def _summary(self, draft: SummaryDraft, work: _Work) -> SummaryDraft:
        """The draft under a headline of the model's choice; the sentence it was cut from becomes the first point."""
        lead = draft.headline
        forms = headline_forms(lead.text)
        if not forms or not work.has_time("summary"):
            return draft
        text = await self._headline(lead.text, forms, work)
        work.decided["summary"] = {"/headline"}
        wanted = work.shape.get("points")
        fewer = (wanted if isinstance(wanted, int) else DEFAULT_POINTS) - 1
        others = summary(work.analysis, {**work.shape, "points": fewer}) if fewer else None
        points = [lead, *(others.points if others else [])]
        return SummaryDraft(headline=lead.model_copy(update={"text": text}), points=points)

    async def _headline(self, sentence: str, forms: tuple[str, ...], work: _Work) -> str:
        task = built_in("headline")
        messages = (Message("system", task.render({})), *shown_examples(task), Message("user", shown(sentence)))
        forms_only: Any = Literal[forms]
        schema = create_model("Headline", __base__=Headline, text=(forms_only, ...))
        done = await self._model.complete(Request(messages, schema, max_tokens=len(sentence) + 20))
        work.spent.append(done.spent)
        return done.draft.text

    async def _entities(self, draft: EntitiesDraft, work: _Work, model: LocalModel) -> EntitiesDraft:
        """The names whose type code is least sure of, the often named first, typed by the model."""
        found = work.analysis.entities
        doubt = [(1 - one.certainty) * len(one.entity.mentions) for one in found]
        unsure = sorted((n for n, one in enumerate(found) if one.certainty < UNSURE), key=lambda n: -doubt[n])
        entities = list(draft.entities)
        for number in unsure[:MOST_NAMES]:
            if not work.has_time("entities"):
                break
            entity = found[number].entity
            sentence = work.analysis.article.sentence(entity.mentions[0].sentence)
            shown_in = shown(sentence.text) if sentence else ""
            kind, spent = await type_of(shown(entity.name), shown_in, found[number].kinds, entity.type, model)
            work.spent.append(spent)
            entities[number] = entities[number].model_copy(update={"type": kind})
            work.decided.setdefault("entities", set()).add(f"/entities/{number}/type")
        return EntitiesDraft(entities=entities)

    async def _answers(self, draft: AnswersDraft, work: _Work, model: LocalModel) -> AnswersDraft:
        """The short answers code is not sure of, where the model is."""
        answers = list(draft.answers)
        for place, one in enumerate(answers):
            if one.short or not one.found or not work.has_time("answer"):
                continue
            question = work.questions[one.question - 1]
            sentence = work.analysis.article.sentence(one.claims[0].evidence[0].sentence)
            among = pieces(work.analysis, question, sentence) if sentence else ()
            if sentence is None or not among:
                continue
            choice, spent = await choose(question, sentence, among, model)
            work.spent.append(spent)
            if is_trusted(choice, question, sentence):
                answers[place] = one.model_copy(update={"short": choice.text})
                work.decided.setdefault("answer", set()).add(f"/answers/{one.question - 1}/short")
        return AnswersDraft(answers=answers)


@dataclass
class _Work:
    """What one proposal has cost and brought so far."""

    analysis: Analysis
    until: float
    questions: tuple[str, ...] = ()
    shape: Options = field(default_factory=dict)
    spent: list[Spent] = field(default_factory=list)
    decided: dict[str, set[str]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def has_time(self, task: str) -> bool:
        """Whether another slot may be asked for; says so, once, when not."""
        if time.monotonic() < self.until:
            return True
        if not any(issue.where == f"/{task}" for issue in self.issues):
            message = "time ran out before the model filled every slot; code did the rest"
            self.issues.append(Issue(code="out_of_time", where=f"/{task}", message=message, action="replaced"))
        return False
