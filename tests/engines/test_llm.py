"""What a strong model is asked: one request, a shared prefix, few tokens, and only what failed again."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import pytest
from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.engines.llm import ANSWER_TOKENS, LONGEST_ANSWER_TOKENS, LLMEngine, combined_schema
from summarizer.engines.prompting import messages_for
from summarizer.engines.prompts import SHIPPED, Front, Prompt, Prompts
from summarizer.errors import AnswerTruncated, InvalidAnswer, SchemaError, Spent
from summarizer.models.fake import FakeModel
from summarizer.models.model import Message
from summarizer.models.sent_schema import sent_schema
from summarizer.tasks import registry
from summarizer.tasks.base import FormTask
from summarizer.tasks.entities import _handles

BRIEF = ("summary", "entities", "timeline")
QUESTIONS = [
    "Who travelled by train?", "Where did they meet?", "When did the train leave?", "How fast does it go?",
    "Why is it slow?", "Who said so?", "Which minister came along?", "What was on the agenda?",
    "How far is the journey?", "When did they meet before?", "Who spoke for the Kremlin?", "What did the photos show?",
]  # fmt: skip
TEXT = "Bridge opens. The Harwick bridge was opened on Monday by Anna Pell. It cost 5.2 million pounds."


@lru_cache(maxsize=1)
def encoding() -> Any:
    """OpenAI's tokenizer, with tables that ship inside a package: nothing is fetched."""
    return pytest.importorskip("quicktok").get_encoding("o200k_base")


def tokens(text: str) -> int:
    return len(encoding().encode(text))


def cost(messages: tuple[Message, ...]) -> int:
    """Tokens of the messages' text."""
    return sum(tokens(message.content) for message in messages)


def brief_messages(article: Article) -> tuple[Message, ...]:
    prefix, varying = messages_for(Analysis(article), [registry.get(name).ask() for name in BRIEF], Prompts())
    return (*prefix, *varying)


def brief_schema() -> str:
    return json.dumps(sent_schema(combined_schema(tuple((name, registry.get(name).draft) for name in BRIEF))))


def test_the_constant_part_of_a_brief_is_small(seed: Article) -> None:
    """Rules, three tasks and the schema: a prefix that providers cache, at most 1,400 tokens."""
    rules, *_ = brief_messages(seed)

    assert tokens(rules.content) + tokens(brief_schema()) <= 1_400


def test_what_an_article_adds_is_little_more_than_its_text(seed: Article) -> None:
    """Sentence numbers and the names to choose from: at most a third of the article's own tokens."""
    _, *rest = brief_messages(seed)

    assert cost(tuple(rest)) <= 1.34 * tokens(seed.text)


async def test_twelve_questions_share_their_prefix(seed: Article) -> None:
    """Of the tokens of twelve requests on one article, 95 % stand in a prefix that all twelve share."""
    fake = FakeModel()
    async with AsyncSummarizer(fake) as client:
        for question in QUESTIONS:
            await client.ask(seed, question)

    flat = ["\n".join(message.content for message in request.messages) for request in fake.requests]
    shared = min(flat)[
        : next(at for at, pair in enumerate(zip(min(flat), max(flat), strict=False)) if pair[0] != pair[1])
    ]
    assert len(flat) == 12
    assert 12 * tokens(shared) >= 0.95 * sum(map(tokens, flat))


async def test_rules_and_tasks_stand_before_the_article_and_what_varies_behind_it(seed: Article) -> None:
    """The longest part that many requests share comes first: a task on other articles, other questions on one."""
    fake, other = FakeModel(), Article(TEXT)
    async with AsyncSummarizer(fake) as client:
        await client.summarize(seed, points=2)
        await client.summarize(other, points=2)
        await client.ask(other, "What did the bridge cost the council?")

    one, two, asked = (request.messages for request in fake.requests)
    assert one[0] == two[0]
    assert ["system", "user"] == [message.role for message in one]
    assert "1 What did the bridge cost the council?" == asked[-1].content


async def test_a_brief_is_one_request(seed: Article) -> None:
    """Three products, one request, one run."""
    fake = FakeModel()
    async with AsyncSummarizer(fake) as client:
        results = await client.brief(seed)

    assert 1 == len(fake.requests)
    assert 1 == len({result.run.id for result in results})


async def test_a_re_ask_sends_only_what_failed() -> None:
    """The prefix, and the failing claim with its reason: neither the task nor the answer again."""
    good = {"evidence": [1], "text": "Bridge opens."}
    bad = {"evidence": [3], "text": "It cost 8.2 million pounds."}
    anew = {"claims": [{"claim": 1, "evidence": [3], "text": "It cost 5.2 million pounds."}]}
    fake = FakeModel([{"headline": good, "points": [bad]}, anew])
    async with AsyncSummarizer(fake) as client:
        result = await client.summarize(Article(TEXT))

    first, second = (request.messages for request in fake.requests)
    assert first == second[: len(first)]
    assert "8.2 million" in second[-1].content
    assert "Bridge opens" not in second[-1].content
    assert ["It cost 5.2 million pounds."] == [point.text for point in result.value.points]


async def test_a_re_ask_finds_the_answer_wherever_it_stands() -> None:
    """A model may leave a question out or turn the answers around: the right claim is worded anew."""
    bad = {"evidence": [3], "text": "The Harwick bridge cost 8.2 million pounds."}
    opened = {"evidence": [2], "text": "The Harwick bridge was opened on Monday by Anna Pell."}
    second = {"question": 2, "found": True, "claims": [bad], "short": None}
    first = {"question": 1, "found": True, "claims": [opened], "short": None}
    anew = {"claims": [{"claim": 1, "evidence": [3], "text": "It cost 5.2 million pounds."}]}
    for answers in ([second], [second, first]):
        async with AsyncSummarizer(FakeModel([{"answers": answers}, anew])) as client:
            results = await client.ask_all(Article(TEXT), ["Who opened the bridge?", "What did the bridge cost?"])

        assert ["It cost 5.2 million pounds."] == [claim.text for claim in results[1].value.claims]
        assert (len(answers) == 2) == results[0].value.found


async def test_an_answer_that_does_not_fit_is_shown_and_asked_for_again() -> None:
    """The model sees what it said and where it does not fit; words that are no JSON are not sent back whole."""
    fake = FakeModel(
        [
            "Here is your summary: " + "so " * 1000,
            {"headline": {"evidence": [1], "text": "Bridge opens."}, "points": []},
        ]
    )
    async with AsyncSummarizer(fake) as client:
        await client.summarize(Article(TEXT))

    said, asked = fake.requests[1].messages[-2:]
    assert ("assistant", "user") == (said.role, asked.role)
    assert len(said.content) <= 400
    assert "not the form asked for" in asked.content


async def test_a_truncated_answer_raises_the_limit_once() -> None:
    """Then the error is the caller's, with the cost of both."""
    cut = AnswerTruncated("cut", answer="{", spent=Spent(1, 10, 0, 4096))
    again = AnswerTruncated("cut", answer="{", spent=Spent(1, 10, 0, 16384))
    fake = FakeModel([cut, again])

    with pytest.raises(AnswerTruncated) as caught:
        await LLMEngine(fake).propose(Analysis(Article(TEXT)), [registry.get("summary").ask()])

    assert [ANSWER_TOKENS, LONGEST_ANSWER_TOKENS] == [request.max_tokens for request in fake.requests]
    assert Spent(2, 20, 0, 4096 + 16384) == caught.value.spent


async def test_a_second_bad_answer_is_an_error_with_the_cost_of_both() -> None:
    """One re-ask, no more."""
    fake = FakeModel(["no", "no", "no"])

    with pytest.raises(InvalidAnswer) as caught:
        await LLMEngine(fake).propose(Analysis(Article(TEXT)), [registry.get("summary").ask()])

    assert (2, 2) == (len(fake.requests), caught.value.spent.requests)


def own_task(schema: type[BaseModel], examples: tuple[tuple[str, str], ...] = ()) -> FormTask:
    return FormTask(Prompt(Front(name="mine", examples=examples), "Sum up.", "mine.md", (SHIPPED,)), schema)


async def test_a_schema_that_cannot_be_sent_costs_nothing() -> None:
    """It is an error before any request."""

    class Open(BaseModel):
        notes: dict[str, str]

    fake = FakeModel()
    task = own_task(Open)

    with pytest.raises(SchemaError, match="field notes: an object with free keys"):
        await LLMEngine(fake).propose(Analysis(Article(TEXT)), [task.ask()])

    assert not fake.requests


async def test_examples_are_shown_before_the_article_numbered_like_it() -> None:
    """A task's examples look like what follows, and do not move the article's place in the prefix of its task."""
    example = ("Rain fell. Roads closed.", '{"headline": {"evidence": [1], "text": "Rain fell."}, "points": []}')
    task = own_task(registry.get("summary").draft, (example,))
    fake = FakeModel()

    await LLMEngine(fake).propose(Analysis(Article(TEXT)), [task.ask()])

    roles, contents = zip(*((one.role, one.content) for one in fake.requests[0].messages), strict=True)
    assert ("system", "user", "assistant", "user") == roles
    assert contents[0].endswith("Sum up.")
    assert ("[1] Rain fell.\n[2] Roads closed.", example[1]) == contents[1:3]


def test_candidates_have_short_names_that_mean_only_them(seed: Article) -> None:
    """A surname or an alias where it can mean nobody else, the full name otherwise."""
    found = Analysis(seed).entities
    short = _handles(found)

    assert len(short) == len(found) == len(set(short))
    for name, one in zip(short, found, strict=True):
        assert name in {one.entity.name, *one.entity.aliases, one.entity.name.split()[-1]}
