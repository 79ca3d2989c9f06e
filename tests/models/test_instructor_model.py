"""A user's own instructor client is a model; harmless shapes are taken; what does not fit is named."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import instructor
import openai
import pytest
from pydantic import BaseModel, field_validator

from summarizer.article import Article
from summarizer.errors import AnswerTruncated, AuthenticationFailed, InvalidAnswer, ModelError, Spent, UsageError
from summarizer.models.hosted.forms import InstructorModel, asked_by, form_of
from summarizer.models.model import Message, Request
from summarizer.schemas.evidence import numbers_refer_to
from summarizer.schemas.summary import SummaryDraft
from tests.models.asking import GOOD, REQUEST, ask, open_at
from tests.scripted_server import Reply, ScriptedServer, completion

MODES = [instructor.Mode.JSON_SCHEMA, instructor.Mode.JSON, instructor.Mode.TOOLS, instructor.Mode.MD_JSON]
CALL = {"id": "1", "type": "function", "function": {"name": "SummaryDraft", "arguments": json.dumps(GOOD)}}
TOOL_ANSWER = completion(None)
TOOL_ANSWER.body["choices"][0]["message"]["tool_calls"] = [CALL]


@asynccontextmanager
async def client(
    server: ScriptedServer, mode: instructor.Mode = instructor.Mode.JSON_SCHEMA, *, sync: bool = False
) -> AsyncIterator[Any]:
    """An instructor client as a user makes one."""
    if sync:
        with openai.OpenAI(base_url=server.base_url, api_key="k", max_retries=0) as plain:
            yield instructor.from_openai(plain, mode=mode, model="m")
    else:
        async with openai.AsyncOpenAI(base_url=server.base_url, api_key="k", max_retries=0) as library:
            yield instructor.from_openai(library, mode=mode, model="m")


@pytest.mark.parametrize("sync", [False, True], ids=["async", "sync"])
@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
async def test_a_users_client_is_a_model(server: ScriptedServer, mode: instructor.Mode, sync: bool) -> None:
    """Sync or async, in each mode: the form, its JSON, what it cost and a name; the article arrives as it is."""
    server.script(TOOL_ANSWER if mode is instructor.Mode.TOOLS else completion(GOOD))

    async with client(server, mode, sync=sync) as mine:
        model = InstructorModel(mine)
        done = await model.complete(REQUEST)

    assert ("openai/m", "It rains.", GOOD) == (model.name, done.draft.headline.text, json.loads(done.text))
    assert (100, 20) == (done.spent.input_tokens, done.spent.output_tokens)
    assert "{{ 7*7 }} {% if %} of the article" in server.requests[0]["messages"][1]["content"]
    assert 512 == server.requests[0]["max_completion_tokens"]


async def test_its_hooks_are_told_and_its_retries_are_off(server: ScriptedServer) -> None:
    """What the user hung on the client is called; a bad answer is asked for once, whatever the client would do."""
    server.script(completion({"headline": 3}))
    seen: list[Exception] = []

    async with client(server) as mine:
        mine.on("parse:error", lambda error, **_: seen.append(error))
        with pytest.raises(InvalidAnswer):
            await InstructorModel(mine).complete(REQUEST)

    assert (1, 1) == (len(server.requests), len(seen))


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply({"error": {"message": "no"}}, 401), AuthenticationFailed),
        (completion('{"headline', finish="length"), AnswerTruncated),
        (Reply({"error": {"message": "of the article, {{ 7*7 }} {% if %} of the article"}}, 400), ModelError),
    ],
    ids=["key", "cut", "echo"],
)
async def test_its_failures_are_ours(server: ScriptedServer, reply: Reply, kind: type[ModelError]) -> None:
    """One of our errors, with the model's name and without the article."""
    server.script(reply)

    async with client(server) as mine:
        with pytest.raises(kind) as caught:
            await InstructorModel(mine).complete(REQUEST)

    assert str(caught.value).startswith("openai/m: ")
    assert "{% if %} of the article" not in str(caught.value)


def other_provider(answer: Any) -> Any:
    """An instructor client of a provider whose library is not openai, by a function of its own."""

    async def create(**_: Any) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return answer

    create_fn = instructor.patch(create=create, mode=instructor.Mode.JSON_SCHEMA)
    return instructor.AsyncInstructor(client=None, create=create_fn, mode=instructor.Mode.JSON_SCHEMA)


async def test_an_error_of_another_library_is_told_by_its_status() -> None:
    """Libraries of other providers carry a status as well."""

    class TheirError(Exception):
        status_code = 401

    with pytest.raises(AuthenticationFailed, match="bad key"):
        await InstructorModel(other_provider(TheirError("bad key"))).complete(REQUEST)


def test_what_is_no_client_is_refused() -> None:
    """The message says how to make one."""
    with openai.OpenAI(api_key="k") as plain, pytest.raises(UsageError, match=r"instructor\.from_provider"):
        InstructorModel(plain)  # type: ignore[arg-type]


FORMS: dict[str, Any] = {
    "number as text": {"evidence": ["2"], "text": "It rains."},
    "number as decimal": {"evidence": [2.0], "text": "It rains."},
    "number as decimal text": {"evidence": ["2.0"], "text": "It rains."},
    "no list": {"evidence": 2, "text": "It rains."},
    "text and no list": {"evidence": "2", "text": "It rains."},
    "unknown key": {"evidence": [2], "text": "It rains.", "confidence": 0.9},
    "all at once": {"evidence": "2.0", "text": "It rains.", "why": {"deep": [1]}},
}


@pytest.mark.parametrize("shape", FORMS)
async def test_harmless_shapes_are_taken(server: ScriptedServer, shape: str) -> None:
    """The form is filled in; `text` is the JSON it was filled in from, which fits as it stands."""
    server.script(completion({"headline": FORMS[shape], "points": [FORMS[shape]], "extra": 1}))

    with numbers_refer_to(Article("It is Monday. It rains.")):
        done = await ask(server.base_url)
        again = SummaryDraft.model_validate_json(done.text)

    assert ["It rains."] * 2 == [one.evidence[0].text for one in (done.draft.headline, *done.draft.points)]
    assert again.headline == done.draft.headline


@pytest.mark.parametrize(
    ("points", "kept"), [(None, 0), ({"evidence": [1], "text": "x"}, 1)], ids=["null", "a point and no list"]
)
async def test_one_where_a_list_is_wanted(server: ScriptedServer, points: Any, kept: int) -> None:
    """It is a list of one; null is an empty one."""
    server.script(completion({**GOOD, "points": points}))

    assert kept == len((await ask(server.base_url)).draft.points)


async def test_an_impossible_number_is_left_to_grounding(server: ScriptedServer) -> None:
    """It is an issue, not a lost answer."""
    server.script(completion({"headline": {"evidence": ["99"], "text": "x"}, "points": []}))

    with numbers_refer_to(Article("It is Monday.")):
        span = (await ask(server.base_url)).draft.headline.evidence[0]

    assert (99, False) == (span.sentence, span.resolved)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({**GOOD, "points": "none"}, "points: Input should be a valid"),
        ({**GOOD, "points": [{"evidence": [1.5], "text": "x"}]}, "points/0/evidence/0: "),
        ({"headline": {"evidence": ["one"], "text": "x"}, "points": []}, "headline/evidence/0: "),
        ({"points": []}, "headline: Field required"),
    ],
    ids=["a word for a list", "a fraction", "a word for a number", "a field missing"],
)
async def test_what_does_not_fit_is_named(server: ScriptedServer, form: Any, said: str) -> None:
    """The field and why, and it survives a re-ask that said the same: it is no echo of the article."""
    server.script(completion(form))
    again = Request((*REQUEST.messages, Message("user", f"It did not fit: {said} and more")), SummaryDraft, 512)

    with pytest.raises(InvalidAnswer, match="does not fit the schema") as caught:
        await ask(server.base_url, request=again)

    assert said in str(caught.value)


async def test_a_second_answers_fault_is_its_own(server: ScriptedServer) -> None:
    """Asked again while the first error is handled, what is told is what the second answer lacks."""
    server.script(completion({**GOOD, "points": "none"}), completion({"points": []}))

    async def ask_again() -> None:
        try:
            await ask(server.base_url)
        except InvalidAnswer:
            await ask(server.base_url)

    with pytest.raises(InvalidAnswer, match="headline: Field required"):
        await ask_again()


class Picky(BaseModel):
    """A user's schema whose validator quotes what it got."""

    name: str

    @field_validator("name")
    @classmethod
    def refuse(cls, value: str) -> str:
        raise ValueError(f"{value!r} is no name")


async def test_a_validator_that_quotes_the_article_is_not_quoted(server: ScriptedServer) -> None:
    """A schema's own words are told without what stands in the request."""
    secret = "Sentence of the article that nobody may see"
    server.script(completion({"name": secret}))
    model = open_at(server.base_url)

    with pytest.raises(InvalidAnswer) as caught:
        await model.complete(Request((Message("user", secret),), Picky, 100))
    await model.aclose()

    assert "name: Value error" in str(caught.value)
    assert secret[5:30] not in str(caught.value)


@pytest.mark.parametrize("mode", ["JSON_SCHEMA", "JSON", "TOOLS", "MD_JSON"])
def test_no_template_touches_a_message(mode: str) -> None:
    """instructor renders messages only where it is given a context; in no mode is it given one."""
    asked = asked_by(mode, REQUEST)

    assert any("{{ 7*7 }} {% if %} of the article" in message["content"] for message in asked["messages"])


def test_a_form_is_prepared_once() -> None:
    """Making it takes milliseconds, and its name is the schema's."""
    assert form_of(SummaryDraft) is form_of(SummaryDraft)
    assert "SummaryDraft" == form_of(SummaryDraft).__name__


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        ({"input_tokens": 10, "output_tokens": 5, "cache_read_input_tokens": 90}, Spent(1, 100, 90, 5)),
        ({"prompt_token_count": 100, "candidates_token_count": 5, "thoughts_token_count": 7}, Spent(1, 100, 0, 12, 7)),
        ({"input_tokens": 10, "output_tokens": 5, "cache_creation_input_tokens": -1}, Spent(1, uncounted=1)),
    ],
    ids=["anthropic", "google", "anthropic, negative"],
)
def test_usage_of_other_providers(usage: dict[str, Any], expected: Spent) -> None:
    """Each library counts under names of its own; what is not among its input tokens is added."""
    from summarizer.models.hosted.usage import spent_on

    assert expected == spent_on({"usage": usage})
