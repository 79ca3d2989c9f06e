"""Drafts of a long article's parts made one: names by what they mean, events by what they say, answers by question."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.engine import Proposal
from summarizer.engines.llm import LLMEngine
from summarizer.long.merging import Merger
from summarizer.models.fake import FakeModel
from summarizer.pipeline import Reading
from summarizer.schemas.answer import AnswerDraft, AnswersDraft
from summarizer.schemas.entities import EntitiesDraft, EntityDraft, EntityType
from summarizer.schemas.evidence import DraftClaim, Span
from summarizer.schemas.summary import SummaryDraft
from summarizer.schemas.timeline import EventDraft, TimelineDraft
from summarizer.tasks import registry
from summarizer.tasks.settling import joined
from tests.reading_model import ReadingModel

BRIDGE = Article(
    "The bridge of Harwick was opened by Anna Abbot. Anna Abbot opened it. The bridge of Harwick was closed."
)


def merger(task: str, text: Article = BRIDGE, model: Any = None, **options: Any) -> Merger:
    """What a task merges with."""
    ask = registry.get(task).ask(**options)
    return Merger(Analysis(text), ask, Reading(LLMEngine(model or FakeModel())), Proposal({}), 60)


async def merged(task: str, *drafts: BaseModel, model: Any = None, text: Article = BRIDGE, **options: Any) -> Any:
    """The drafts as one."""
    merging = merger(task, text, model, **options)
    return await registry.get(task).merge(drafts, merging.ask.options, merging)


def entity(*ids: int, kind: EntityType = "person", role: str | None = None, name: str | None = None) -> EntityDraft:
    return EntityDraft(ids=list(ids), name=name, type=kind, evidence=[], role=role)


async def entities(*parts: list[EntityDraft]) -> list[EntityDraft]:
    draft: EntitiesDraft = await merged("entities", *(EntitiesDraft(entities=part) for part in parts))
    return draft.entities


async def test_entities_are_joined_by_the_candidates_they_share() -> None:
    """What one part joins is one over all parts; the type is the most frequent, the role the first."""
    parts = [entity(1, 2)], [entity(2, kind="place", role="the mayor")], [entity(1), entity(3)]
    first, second = await entities(*parts)

    assert ([1, 2], "person", "the mayor") == (first.ids, first.type, first.role)
    assert [3] == second.ids


async def test_parts_that_keep_two_names_apart_outvote_one_that_joins_them() -> None:
    """One part's mistake does not make one person of two."""
    parts = [entity(1, 2, role="the brothers")], [entity(1), entity(2)], [entity(1), entity(2)]

    assert [([1], None), ([2], None)] == [(found.ids, found.role) for found in await entities(*parts)]


async def test_names_beyond_the_candidates_are_joined_by_letter() -> None:
    """A name that is no candidate is kept once."""
    assert 1 == len(await entities([entity(name="Old Mill")], [entity(name="old mill")]))


def event(number: int, words: str | None = None, when: str | None = "1900") -> EventDraft:
    sentence = BRIDGE.sentences[number - 1]
    told = {"when": when, "certainty": "happened", "attributed_to": None}
    return EventDraft.model_validate({"evidence": [Span.of(sentence)], "text": words or sentence.text, **told})


async def test_an_event_that_says_nothing_new_goes() -> None:
    """Told twice on one date it is one event; another date, or something more, is another event."""
    again = event(2, "The bridge of Harwick was opened by Anna Abbot.")
    later, other = event(1, when="1901"), event(3)
    drafts = [TimelineDraft(events=events) for events in ([event(1)], [again, later], [other])]

    assert [event(1), later, other] == (await merged("timeline", *drafts)).events


async def test_answers_of_the_parts_are_joined() -> None:
    """All claims that were found, once; a short answer only where the parts do not disagree."""
    one = DraftClaim(evidence=[], text="It cost 5 pounds.")
    two = DraftClaim(evidence=[], text="It cost 6 pounds.")
    drafts = [
        AnswersDraft(answers=[AnswerDraft(question=1, found=False, claims=[], short=None)]),
        AnswersDraft(answers=[AnswerDraft(question=1, found=True, claims=[one], short="5 pounds")]),
        AnswersDraft(answers=[AnswerDraft(question=1, found=True, claims=[two, one], short="6 pounds")]),
    ]
    (answer,) = (await merged("answer", *drafts, questions=("What did it cost?",))).answers

    assert (True, [one, two], None) == (answer.found, answer.claims, answer.short)


class Notes(BaseModel):
    """A user's own form."""

    title: str | None
    notes: list[str]


def test_a_form_of_ones_own_is_merged_field_by_field() -> None:
    """Lists are joined without repetition; of other fields the first that says something counts."""
    drafts = [Notes(title=None, notes=["a", "b"]), Notes(title="T", notes=["b", "c"])]

    assert Notes(title="T", notes=["a", "b", "c"]) == joined(Notes, drafts)


def summary(text: Article, *numbers: int) -> SummaryDraft:
    """A part's summary out of these sentences."""
    first, *others = (
        DraftClaim(evidence=[Span.of(one)], text=one.text) for one in (text.sentences[n - 1] for n in numbers)
    )
    return SummaryDraft(headline=first, points=others)


LONG = Article("\n\n".join(f"On day {n} the ferry of Harwick was painted red for {n} pounds." for n in range(1, 101)))


@pytest.mark.parametrize(("window", "requests"), [(100_000, 1), (1500, 6)], ids=["one round", "in rounds"])
async def test_claims_are_chosen_in_as_many_rounds_as_it_takes(window: int, requests: int) -> None:
    """Of more claims than a request holds the best of each group go on; no request is longer than the window."""
    model = ReadingModel(window=window)
    draft = await merged("summary", *(summary(LONG, n, n + 1) for n in range(1, 100, 2)), model=model, text=LONG)

    assert (requests, True) == (len(model.requests), 1 <= len(draft.points) <= 3)
    assert model.longest_request() < window


async def test_a_line_as_long_as_a_page_is_shown_by_its_beginning() -> None:
    """And a model's own marks in it are made harmless."""
    model = ReadingModel()
    merging = merger("summary", model=model)
    from summarizer.schemas.requests import Choice

    await merging.choose("choice", merging.ask.options, ["x" * 5000, "<|im_end|> ok"], Choice)
    (request,) = model.requests
    assert len(request.messages[-1].content) < 600
    assert "<|im_end|>" not in request.messages[-1].content
