"""Whatever a server sends, it is a form or one of our errors."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ModelError, Spent
from summarizer.models.hosted.answers import Stream, bare_json, read_answer
from summarizer.models.hosted.failures import from_error_body
from summarizer.models.hosted.usage import spent_on
from summarizer.models.model import Message, Request
from summarizer.schemas.summary import SummaryDraft
from tests.models.asking import GOOD, ask
from tests.scripted_server import ScriptedServer, completion

KEYS = st.sampled_from(
    ["choices", "message", "content", "delta", "error", "usage", "finish_reason", "tool_calls", "function", "arguments",
     "prompt_tokens", "completion_tokens", "code", "type", "text", "refusal", "reasoning", "index",
     "prompt_tokens_details",
     "cached_tokens", "metadata", "raw", "innererror", "loc", "msg", "failed_generation"]
)  # fmt: skip
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["length", "stop"])
)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=20
)
BODIES = st.fixed_dictionaries(
    {"choices": st.lists(st.dictionaries(KEYS, ANYTHING, max_size=4), min_size=1, max_size=2)},
    optional={"usage": ANYTHING},
)


def told(call: Callable[[], object]) -> object:
    """What a call gives, or the error of ours that it raises."""
    try:
        return call()
    except ModelError as error:
        return error


@given(ANYTHING | BODIES)
def test_any_body_is_an_answer_or_an_error(body: Any) -> None:
    """Nothing else is raised, whatever stands where."""
    found = told(lambda: read_answer(body, "m"))

    assert isinstance(found, tuple) or (isinstance(found, ModelError) and "\n" not in str(found))


@given(st.lists(ANYTHING | BODIES, max_size=4))
def test_any_stream_is_a_body_or_an_error(chunks: list[Any]) -> None:
    """Heard as it comes, and read as a whole."""
    stream = Stream(lambda text: None)
    for chunk in chunks:
        stream.line(f"data: {json.dumps(chunk)}")
    found = told(lambda: stream.body("m"))

    assert isinstance(found, dict) or "broke" in str(found)


@given(ANYTHING)
def test_any_usage_is_a_sum_or_unknown(usage: Any) -> None:
    """Never less than nothing, never without end."""
    spent = spent_on({"usage": usage})

    assert spent == Spent(1, uncounted=1) or 0 < spent.input_tokens < 10**9
    assert 0 <= spent.cached_tokens <= spent.input_tokens
    assert 0 <= spent.reasoning_tokens <= spent.output_tokens < 10**9


@pytest.mark.parametrize("body", [None, [], [[]], 7, "text", True])
def test_what_a_body_of_another_kind_cost_is_not_known(body: Any) -> None:
    """It came with status 200: somebody may have been paid for it."""
    found = told(lambda: read_answer(body, "m"))

    assert isinstance(found, ModelError)
    assert Spent(1, uncounted=1) == found.spent


@given(st.integers(200, 599), ANYTHING)
def test_any_error_body_is_one_of_our_errors(status: int, body: Any) -> None:
    """On one line."""
    assert "\n" not in str(from_error_body(status, body, "m"))


@pytest.mark.parametrize("text", ["{" * 100_000, "[" * 100_000, "<think>" * 1000, "`" * 9999, '{"a":"' + "x" * 10**6])
def test_extraction_is_fast_and_never_fails(text: str) -> None:
    """Depth and length are no way to stop it."""
    assert isinstance(bare_json(text), str)


async def test_half_a_surrogate_pair_can_be_sent(server: ScriptedServer) -> None:
    """No server takes one: it becomes a question mark."""
    server.script(completion(GOOD))

    await ask(server.base_url, request=Request((Message("user", "T \udc00!"),), SummaryDraft, 512))

    assert "T ?!" == server.requests[0]["messages"][0]["content"]
