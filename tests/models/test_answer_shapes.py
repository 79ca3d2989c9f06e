"""Every shape of answer that servers have been seen to give, over real HTTP, with what comes of it.

From recorded traffic of OpenAI, Azure, Groq, Mistral, OpenRouter, DeepSeek, Ollama, Cerebras and vLLM, their
documentation and their issue threads. `fits` is the form; a pair is the error's type and words of its message.
"""

# ruff: noqa: E501  a shape a line reads as the table it is

from __future__ import annotations

import json
from typing import Any

import pytest

from summarizer.errors import (
    AnswerRefused,
    AnswerTruncated,
    AuthenticationFailed,
    InvalidAnswer,
    ModelError,
    RateLimited,
    RequestRejected,
    ServerFault,
    Spent,
    WindowExceeded,
)
from tests.models.asking import GOOD, KEY, ask
from tests.official import problems_of_answer
from tests.scripted_server import Reply, ScriptedServer, completion

TEXT = json.dumps(GOOD)
FITS = "fits"
Outcome = str | tuple[type[ModelError], str]


def message(**fields: Any) -> Reply:
    """An answer whose message has these fields and no others."""
    return choice(message={"role": "assistant", **fields})


def choice(**fields: Any) -> Reply:
    return Reply(
        {
            "id": "x",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "finish_reason": "stop", **fields}],
        }
    )


def usage(**fields: Any) -> Reply:
    return completion(GOOD, usage=fields)


def call(arguments: Any, name: str = "SummaryDraft") -> dict[str, Any]:
    return {"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}}


def error(status: int, inner: Any, **headers: str) -> Reply:
    return Reply({"error": inner}, status, headers)


def stream(*lines: str, kind: str = "text/event-stream; charset=utf-8", end: str = "\n\n") -> Reply:
    return Reply("".join(line + end for line in lines).encode(), 200, {"content-type": kind})


def delta(**fields: Any) -> str:
    return "data: " + json.dumps(
        {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": fields, "finish_reason": None}]}
    )


LAST = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}'
DONE = "data: [DONE]"
USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3}}'
CODED = {"message": "because", "type": "x", "param": None}
ECHO = {"detail": [{"loc": ["body", "messages", 1], "msg": "Field required", "input": "SENTENCE OF THE ARTICLE"}]}

SHAPES: dict[str, tuple[Reply, Outcome]] = {
    # Finished answers
    "content": (completion(GOOD), FITS),
    "content, white space around": (completion(f"\n \t{TEXT}\n"), FITS),
    "content, byte order mark": (completion("\ufeff" + TEXT), FITS),
    "no refusal, no logprobs": (message(content=TEXT), FITS),
    "system_fingerprint null": (Reply({**completion(GOOD).body, "system_fingerprint": None}), FITS),
    "content as parts": (message(content=[{"type": "text", "text": TEXT[:9]}, {"type": "text", "text": TEXT[9:]}]), FITS),
    "content as parts with thoughts": (
        message(content=[{"type": "thinking", "thinking": [{"type": "text", "text": "hm {"}]}, {"type": "text", "text": TEXT}]), FITS),
    "content parsed by the server": (message(content=GOOD), FITS),
    "finish_reason null": (choice(finish_reason=None, message={"content": TEXT}), FITS),
    "finish_reason unheard of": (choice(finish_reason="eos", message={"content": TEXT}), FITS),
    "message as text": (choice(text=TEXT), FITS),
    "code fence": (completion(f"```json\n{TEXT}\n```"), FITS),
    "code fence and words": (completion(f"Here is the JSON:\n\n```\n{TEXT}\n```\nI hope {{this}} helps."), FITS),
    "words before": (completion("Sure! " + TEXT), FITS),
    "thoughts before": (completion(f"<think>\nIt says {{rain}}.\n</think>\n\n{TEXT}"), FITS),
    "thoughts without a beginning": (completion(f"It says rain.</think>{TEXT}"), FITS),
    "the word think in a claim": (completion({"headline": {"evidence": [1], "text": "a </think> b"}, "points": []}), FITS),
    "reasoning beside": (message(content=TEXT, reasoning_content="It rains, so {"), FITS),
    "reasoning in place of content": (message(content=None, reasoning_content=TEXT), FITS),
    "reasoning field of OpenRouter": (message(content=TEXT, reasoning="hm", reasoning_details=[{"type": "x"}]), FITS),
    "tool call": (message(content=None, tool_calls=[call(TEXT)]), FITS),
    "tool call, parsed arguments": (message(content=None, tool_calls=[call(GOOD)]), FITS),
    "tool call, twice": (message(content=None, tool_calls=[call(TEXT), call(TEXT)]), FITS),
    "tool call, no content key": (message(tool_calls=[call(TEXT)]), FITS),
    "tool call with words": (message(content="I call it.", tool_calls=[call(TEXT)]), FITS),
    "tool call under another name": (message(content="", tool_calls=[call(TEXT, "functions.SummaryDraft:0")]), FITS),
    "tool calls null": (message(content=TEXT, tool_calls=None), FITS),
    "tool calls empty": (message(content=TEXT, tool_calls=[]), FITS),
    "tool call without arguments": (message(content=TEXT, tool_calls=[call("")]), FITS),
    "function call of old": (message(content=None, function_call={"name": "SummaryDraft", "arguments": TEXT}), FITS),
    "refusal empty": (message(content=TEXT, refusal=""), FITS),
    # Usage
    "usage null": (completion(GOOD, usage=None), FITS),
    "usage empty": (usage(), FITS),
    "usage zero": (usage(prompt_tokens=0, completion_tokens=0, total_tokens=0), FITS),
    "usage without completion": (usage(prompt_tokens=7), FITS),
    "usage details null": (usage(prompt_tokens=7, completion_tokens=2, prompt_tokens_details=None, completion_tokens_details=None), FITS),
    "usage as text": (completion(GOOD, usage="many"), FITS),
    # Unfinished answers
    "refusal": (completion(None, refusal="I cannot help"), (AnswerRefused, "the model declined: I cannot help")),
    "refusal as part": (message(content=[{"type": "refusal", "refusal": "No."}]), (AnswerRefused, "declined: No.")),
    "content filter": (completion("", finish="content_filter"), (AnswerRefused, "a content filter stopped")),
    "safety": (choice(finish_reason="SAFETY", message={"content": ""}), (AnswerRefused, "a content filter")),
    "length": (completion('{"headline": {"evid', finish="length"), (AnswerTruncated, "length limit")),
    "length, all of it thoughts": (completion("", finish="length"), (AnswerTruncated, "length limit")),
    "length, not said": (completion('{"headline": {"evid', usage={"prompt_tokens": 9, "completion_tokens": 512}), (AnswerTruncated, "length limit")),
    "thoughts that do not end": (completion("<think>It says {", finish="length"), (AnswerTruncated, "length limit")),
    "broken off": (choice(finish_reason="error", message={"content": "{"}), (ServerFault, "broke off")),
    "no choices": (Reply({"choices": []}), (InvalidAnswer, "no choices")),
    "choices null": (Reply({"choices": None}), (InvalidAnswer, "no choices")),
    "choices missing": (Reply({"status": "ok"}), (InvalidAnswer, "no choices")),
    "message null": (choice(message=None), (InvalidAnswer, "empty")),
    "content null": (completion(None), (InvalidAnswer, "empty")),
    "content empty": (completion("  \n"), (InvalidAnswer, "empty")),
    "only thoughts": (message(content="", reasoning_content="It rains."), (InvalidAnswer, "empty")),
    "content of numbers": (message(content=[1, 2]), (InvalidAnswer, "empty")),
    "words": (completion("Here is your summary."), (InvalidAnswer, "it is not JSON")),
    "JSON cut in the middle": (completion(TEXT[:30]), (InvalidAnswer, "it is not JSON")),
    "wrong fields": (completion({"title": "x"}), (InvalidAnswer, "headline: Field required; points: Field required")),
    "a list": (completion("[1]"), (InvalidAnswer, "does not fit")),
    # Bodies that are no completion
    "200 with an error": (Reply({"error": {"message": "upstream", "code": 502}}), (ServerFault, "failed (502): upstream")),
    "200 with an error and a rate": (Reply({"error": {"message": "slow down", "code": 429}}), (RateLimited, "slow down")),
    "200 with an error in the choice": (choice(error={"message": "provider", "code": 502}, message={"content": ""}), (ServerFault, "provider")),
    "200 with a filtered prompt": (
        Reply({"error": {"message": "filtered", "code": "content_filter", "status": 400}}), (AnswerRefused, "content filter refused")),
    "200 with a page": (Reply(b"<html>", 200, {"content-type": "text/html"}), (RequestRejected, "is this the address")),
    "200, not JSON": (Reply(b"<html>", 200), (ServerFault, "not JSON")),
    "200, empty": (Reply(b"", 200), (ServerFault, "not JSON")),
    "200, a list": (Reply([1, 2]), (ServerFault, "not a completion")),
    "200, null": (Reply(None), (ServerFault, "not a completion")),
    "dropped": (Reply(drop=True), (ServerFault, "connection broke")),
    # Error bodies
    "400": (error(400, CODED), (RequestRejected, "rejected the request (400): because")),
    "400, window": (error(400, {"message": "too long", "code": "context_length_exceeded"}), (WindowExceeded, "longer than")),
    "400, window of llama.cpp": (error(400, {"code": 400, "message": "request exceeds", "type": "exceed_context_size_error"}), (WindowExceeded, "longer")),
    "400, window of vLLM": (
        Reply({"object": "error", "message": "This model's maximum context length is 4096 tokens.", "type": "BadRequestError", "code": 400}, 400),
        (WindowExceeded, "4096")),
    "400, window of Anthropic": (error(400, {"type": "invalid_request_error", "message": "prompt is too long: 210000 tokens"}), (WindowExceeded, "210000")),
    "400, filter of Azure": (
        error(400, {"message": "filtered", "code": "content_filter", "innererror": {"code": "ResponsibleAIPolicyViolation"}}),
        (AnswerRefused, "content filter refused the request")),
    "400, form of Groq": (
        error(400, {"message": "Failed to generate JSON.", "type": "invalid_request_error", "code": "json_validate_failed", "failed_generation": "{oops"}),
        (InvalidAnswer, "does not fit the schema")),
    "401": (error(401, CODED), (AuthenticationFailed, "refused the key (401)")),
    "401, the key repeated": (error(401, {"message": f"Incorrect API key provided: {KEY}."}), (AuthenticationFailed, "provided: ****")),
    "422, the article repeated": (error(422, {"message": "bad input: {{ 7*7 }} {% if %} of the article is no text"}), (RequestRejected, "bad input: … is no text")),
    "402": (error(402, {"message": "Insufficient Balance"}), (RequestRejected, "no credit left")),
    "403": (error(403, CODED), (AuthenticationFailed, "(403)")),
    "404, model": (error(404, {"message": "The model `x` does not exist", "code": "model_not_found"}), (RequestRejected, "no such model")),
    "404, text": (error(404, "model not found"), (RequestRejected, "model not found")),
    "404, FastAPI": (Reply({"detail": "Not Found"}, 404), (RequestRejected, "Not Found")),
    "413": (Reply(b"<html>too big</html>", 413, {"content-type": "text/html"}), (WindowExceeded, "longer than")),
    "422, FastAPI": (Reply(ECHO, 422), (RequestRejected, "body/messages/1: Field required")),
    "422, Mistral": (Reply({"object": "error", "message": ECHO, "type": "invalid_request_error"}, 422), (RequestRejected, "Field required")),
    "429": (error(429, CODED, **{"retry-after": "7"}), (RateLimited, "too many requests (429): because")),
    "429, no credit": (error(429, {"message": "You exceeded your current quota", "code": "insufficient_quota"}), (RequestRejected, "no credit left")),
    "429, larger than the limit": (error(429, {"message": "Request too large for gpt-4o: Limit 30000, Requested 45000", "type": "tokens"}), (WindowExceeded, "45000")),
    "429, integer code of OpenRouter": (
        error(429, {"message": "Provider returned error", "code": 429, "metadata": {"raw": "limit", "provider_name": "x"}}), (RateLimited, "Provider returned error")),
    "429, list of Gemini": (
        Reply([{"error": {"code": 429, "message": "Resource has been exhausted", "status": "RESOURCE_EXHAUSTED"}}], 429), (RateLimited, "exhausted")),
    "429, plain text": (Reply(b"slow down", 429, {"content-type": "text/plain"}), (RateLimited, "slow down")),
    "500": (error(500, CODED), (ServerFault, "failed (500): because")),
    "500, empty": (Reply(b"", 500), (ServerFault, "failed (500)")),
    "503, a page": (Reply(b"<html>busy</html>", 503, {"content-type": "text/html"}), (ServerFault, "failed (503)")),
    "529, overloaded": (error(529, {"type": "overloaded_error", "message": "Overloaded"}), (ServerFault, "Overloaded")),
    "500, several errors": (Reply({"errors": [{"message": "one"}, {"message": "two"}]}, 500), (ServerFault, "one; two")),
    # Streams that nobody asked for
    "stream": (stream(delta(role="assistant", content=""), delta(content=TEXT[:20]), delta(content=TEXT[20:]), LAST, USAGE, DONE), FITS),
    "stream, empty first chunk of Azure": (
        stream('data: {"object":"","choices":[],"prompt_filter_results":[]}', delta(content=TEXT), LAST, DONE), FITS),
    "stream, comments": (stream(": OPENROUTER PROCESSING", delta(content=TEXT), ": OPENROUTER PROCESSING", LAST, DONE), FITS),
    "stream, CRLF and no space": (stream(delta(content=TEXT).replace("data: ", "data:"), LAST, DONE, end="\r\n\r\n"), FITS),
    "stream without an end mark": (stream(delta(content=TEXT), LAST), FITS),
    "stream of a tool call": (
        stream(delta(tool_calls=[{"index": 0, "function": {"name": "SummaryDraft", "arguments": TEXT[:9]}}]),
               delta(tool_calls=[{"index": 0, "function": {"arguments": TEXT[9:]}}]), LAST, DONE), FITS),
    "stream of thoughts": (stream(delta(reasoning_content="hm"), delta(content=None), delta(content=TEXT), LAST, DONE), FITS),
    "stream, refused": (stream(delta(refusal="I can"), delta(refusal="not"), LAST, DONE), (AnswerRefused, "declined: I cannot")),
    "stream, cut off": (
        stream(delta(content="{"), LAST.replace('"stop"', '"length"'), DONE), (AnswerTruncated, "length limit")),
    "stream, broken": (stream(delta(content=TEXT[:20])), (ServerFault, "stream broke")),
    "stream, error in the middle": (stream(delta(content="{"), 'data: {"error":{"message":"gone","code":503}}'), (ServerFault, "gone")),
    "stream, nothing": (stream(DONE), (InvalidAnswer, "empty")),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
async def test_every_shape_has_its_outcome(server: ScriptedServer, shape: str) -> None:
    """A form, or an error of ours that names the model, in one line, with nothing of the key or the request in it."""
    reply, outcome = SHAPES[shape]
    server.script(reply)

    if isinstance(outcome, str):
        assert (await ask(server.base_url)).draft.headline.text
        return
    kind, words = outcome
    with pytest.raises(ModelError) as caught:
        await ask(server.base_url)
    said = str(caught.value)
    assert (kind, True) == (type(caught.value), words in said), said
    assert said.startswith("openai/gpt-test: ")
    assert not any(secret in said for secret in ("\n", KEY, "SENTENCE OF THE ARTICLE", "<html>"))
    assert caught.value.spent.requests == 1


def test_the_table_is_long_enough() -> None:
    """At least forty shapes, as promised."""
    assert len(SHAPES) >= 40


SPENT: dict[str, tuple[dict[str, Any] | None, Spent]] = {
    "OpenAI": (
        {"prompt_tokens": 100, "completion_tokens": 20, "prompt_tokens_details": {"cached_tokens": 64},
         "completion_tokens_details": {"reasoning_tokens": 12}},
        Spent(1, 100, 64, 20, 12),
    ),
    "DeepSeek": (
        {"prompt_tokens": 100, "completion_tokens": 20, "prompt_cache_hit_tokens": 64, "prompt_cache_miss_tokens": 36},
        Spent(1, 100, 64, 20),
    ),
    "Moonshot": ({"prompt_tokens": 100, "completion_tokens": 20, "cached_tokens": 64}, Spent(1, 100, 64, 20)),
    "null details": (
        {"prompt_tokens": 100, "completion_tokens": None, "prompt_tokens_details": {"cached_tokens": None}},
        Spent(1, uncounted=1),
    ),
    "no answer's tokens": ({"prompt_tokens": 100}, Spent(1, uncounted=1)),
    "negative": ({"prompt_tokens": 100, "completion_tokens": -20}, Spent(1, uncounted=1)),
    "without end": ({"prompt_tokens": 100, "completion_tokens": float("inf")}, Spent(1, uncounted=1)),
    "not a number": ({"prompt_tokens": float("nan"), "completion_tokens": 20}, Spent(1, uncounted=1)),
    "beyond reason": ({"prompt_tokens": 10**30, "completion_tokens": 20}, Spent(1, uncounted=1)),
    "true": ({"prompt_tokens": True, "completion_tokens": 20}, Spent(1, uncounted=1)),
    "more cached than sent": (
        {"prompt_tokens": 100, "completion_tokens": 20, "prompt_tokens_details": {"cached_tokens": 10**30}},
        Spent(1, 100, 0, 20),
    ),
    "null": (None, Spent(1, uncounted=1)),
    "zero": ({"prompt_tokens": 0, "completion_tokens": 0}, Spent(1, uncounted=1)),
    "nonsense": ({"prompt_tokens": -3, "completion_tokens": "x"}, Spent(1, uncounted=1)),
}  # fmt: skip


@pytest.mark.parametrize("server_kind", SPENT)
async def test_every_way_to_count_tokens(server: ScriptedServer, server_kind: str) -> None:
    """Cached and reasoning tokens apart; what is not told is counted as unknown, not as nothing."""
    told, expected = SPENT[server_kind]
    server.script(completion(GOOD, usage=told))

    assert expected == (await ask(server.base_url)).spent


def test_the_scripted_answers_are_like_the_real_ones() -> None:
    """The plain answer of the tests validates against the official schema."""
    assert [] == problems_of_answer(completion(GOOD).body)
