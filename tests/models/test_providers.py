"""Every provider's manners, and what its words of rejection teach."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from summarizer.errors import RequestRejected
from summarizer.models.catalog import open_model
from summarizer.models.hosted import HostedModel
from summarizer.models.providers import PROVIDERS, Manners, Provider, learned, manners_for
from tests.models.asking import GOOD, REQUEST, ask
from tests.scripted_server import Reply, ScriptedServer, completion

OPENAI = PROVIDERS["openai"]


@pytest.mark.parametrize("provider", PROVIDERS.values(), ids=lambda provider: provider.name)
def test_every_preset_can_be_used(provider: Provider) -> None:
    """It has an address or a variable for one, and a key variable unless it runs at home."""
    assert provider.base_url or provider.base_url_variable
    assert provider.key_variable or provider.base_url is None or "127.0.0.1" in provider.base_url


@pytest.mark.parametrize(
    ("provider", "model", "reasons"),
    [
        ("openai", "gpt-4o-mini", False),
        ("openai", "gpt-5-mini", True),
        ("openai", "gpt-5-chat-latest", False),
        ("openai", "o4-mini", True),
        ("azure", "o3", True),
        ("openrouter", "openai/gpt-5", True),
        ("openrouter", "gpt-5", False),
        ("groq", "openai/gpt-oss-20b", True),
        ("ollama", "o1-lookalike", False),
    ],
)
def test_reasoning_models_are_known(provider: str, model: str, reasons: bool) -> None:
    """They get no temperature, an effort, and room for their thoughts."""
    manners = manners_for(PROVIDERS[provider], model)

    assert reasons == (manners.temperature is None) == (manners.effort == "low") == (manners.thinking_tokens > 0)


async def test_a_reasoning_model_is_asked_its_own_way(server: ScriptedServer) -> None:
    """Effort and room for thoughts, no temperature."""
    server.script(completion(GOOD))

    await ask(server.base_url, "openai/gpt-5-mini")

    sent = server.requests[0]
    assert ("low", REQUEST.max_tokens + 4096) == (sent["reasoning_effort"], sent["max_completion_tokens"])
    assert "temperature" not in sent


STANDARD = Manners()
TOOLS = Manners(mode="TOOLS")
# What servers have been seen to say, shortened where it goes on.
REJECTIONS: dict[str, tuple[str, Manners]] = {
    "openai, max_tokens": (
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        replace(STANDARD, limit="max_completion_tokens"),
    ),
    "openai, temperature": (
        "Unsupported value: 'temperature' does not support 0.0 with this model. Only the default (1) is supported.",
        replace(STANDARD, temperature=None),
    ),
    "openai, no structured outputs": (
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
        replace(STANDARD, mode="JSON"),
    ),
    "groq, no structured outputs": (
        "This model does not support response format `json_schema`.",
        replace(STANDARD, mode="JSON"),
    ),
    "deepseek, no structured outputs": (
        "This response_format type is unavailable now: unknown variant `json_schema`",
        replace(STANDARD, mode="JSON"),
    ),
    "openrouter, no endpoint": (
        "No endpoints found that can handle the requested parameters.",
        replace(STANDARD, mode="JSON"),
    ),
    "ollama, no tools": ("registry.ollama.ai/library/x does not support tools", replace(TOOLS, mode="MD_JSON")),
    "deepseek, shortly": ("This response_format type is unavailable now", replace(STANDARD, mode="JSON")),
    "mistral, strict": ("extra_forbidden body/response_format/json_schema/strict: Extra inputs are not permitted",
                        replace(STANDARD, strict=False)),
    "vllm, roles": (
        "Conversation roles must alternate user/assistant/user/assistant/...",
        replace(STANDARD, alternating=True),
    ),
    "gemma, system": ("System role not supported", replace(STANDARD, system=False, alternating=True)),
    "dashscope, stream": (
        "This model only support stream mode, please enable the stream parameter to access the model.",
        replace(STANDARD, stream=True),
    ),
    "openai, answer too long": (
        "max_tokens is too large: 16384. This model supports at most 4096 completion tokens",
        replace(STANDARD, most_tokens=4096),
    ),
    "no streams": ("streaming is not supported", replace(STANDARD, streams=False)),
    "effort": ("Unrecognized request argument supplied: reasoning_effort", replace(STANDARD, effort=None)),
}  # fmt: skip


@pytest.mark.parametrize("case", REJECTIONS)
def test_a_rejection_teaches(case: str) -> None:
    """The server's own words say what to change."""
    said, expected = REJECTIONS[case]
    before = {"effort": replace(STANDARD, effort="low"), "ollama, no tools": TOOLS}.get(case, STANDARD)

    assert expected == learned(before, said)


@pytest.mark.parametrize(
    "said",
    [
        "Invalid schema for response_format 'x': In context=(), 'required' is required to be supplied",
        "you are not allowed to sample from this model",
        "The model `gpt-9` does not exist",
        "",
    ],
)
def test_some_rejections_teach_nothing(said: str) -> None:
    """Another way to ask would be rejected as well."""
    assert learned(STANDARD, said) is None


def test_words_alone_are_the_last_way() -> None:
    """There is no further way to be told a schema."""
    assert learned(replace(STANDARD, mode="MD_JSON"), "response_format is not supported") is None


def rejection(said: str, status: int = 400) -> Reply:
    return Reply({"error": {"message": said, "type": "invalid_request_error", "param": None, "code": None}}, status)


async def test_a_server_is_asked_in_the_way_it_takes_and_remembered(server: ScriptedServer) -> None:
    """Schema, JSON, tools, words; the next request begins with what worked, and every attempt is counted."""
    server.script(
        rejection("response_format is not supported"),
        rejection("response_format is not supported"),
        rejection("this model does not support tools", 404),
        completion(f"```json\n{json.dumps(GOOD)}\n```"),
    )

    done = await ask(server.base_url, "vllm/m")
    await ask(server.base_url, "vllm/m")

    kinds = [sent.get("response_format", {}).get("type", "tools" in sent and "tools") for sent in server.requests]
    assert ["json_schema", "json_object", "tools", False, False] == kinds
    assert 4 == done.spent.requests
    assert all('"additionalProperties": false' in server.requests[n]["messages"][0]["content"] for n in (1, 3))


async def test_a_server_that_does_not_stream_is_asked_without(server: ScriptedServer) -> None:
    """Somebody listens, but the server rejects streams: the answer comes all the same, and no stream is asked again."""
    server.script(rejection("Unrecognized request argument supplied: stream_options"), completion(GOOD))
    request = replace(REQUEST, heard=lambda text: None)

    done = await ask(server.base_url, "vllm/plain", request)
    await ask(server.base_url, "vllm/plain", request)

    assert "It rains." == done.draft.headline.text
    assert [True, False, False] == ["stream" in sent for sent in server.requests]


async def test_another_model_of_the_server_is_asked_afresh(server: ScriptedServer) -> None:
    """What one model cannot do, another may."""
    server.script(rejection("response_format is not supported"), completion(GOOD))
    await ask(server.base_url, "vllm/one")

    await ask(server.base_url, "vllm/other")

    assert "json_schema" == server.requests[-1]["response_format"]["type"]


async def test_a_server_that_takes_nothing_is_given_up(server: ScriptedServer) -> None:
    """The last rejection is told, with the cost of all attempts; nothing is asked for ever."""
    server.script(rejection("response_format, tools and json_object are not supported"))

    with pytest.raises(RequestRejected) as caught:
        await ask(server.base_url, "vllm/none")

    assert 4 == len(server.requests) == caught.value.spent.requests


async def test_roles_alternate_where_they_must(server: ScriptedServer) -> None:
    """The article and the question become one message; without a system role the rules open it."""
    server.script(rejection("System role not supported"), completion(GOOD))

    await ask(server.base_url, "vllm/gemma")

    assert [{"role": "user", "content": "rules\n\n{{ 7*7 }} {% if %} of the article"}] == server.requests[-1][
        "messages"
    ]


async def test_a_stream_is_asked_for_where_there_is_nothing_else(server: ScriptedServer) -> None:
    """The chunks of the answer add up to the form, usage from the last one."""
    chunk = '{"choices":[{"index":0,"delta":{"content":%s},"finish_reason":%s}]}'
    text = '{"headline":{"evidence":[2],"text":"It rains."},"points":[]}'
    stream = "".join(
        f"data: {line}\n\n"
        for line in (
            chunk % (json.dumps(text[:20]), "null"),
            chunk % (json.dumps(text[20:]), '"stop"'),
            '{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3}}',
            "[DONE]",
        )
    )
    server.script(
        rejection("This model only support stream mode"),
        Reply(stream.encode(), 200, {"content-type": "text/event-stream"}),
    )

    done = await ask(server.base_url, "vllm/streamer")

    assert True is server.requests[-1]["stream"]
    assert ("It rains.", 9, 3) == (done.draft.headline.text, done.spent.input_tokens, done.spent.output_tokens)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://res.openai.azure.com/", "https://res.openai.azure.com/openai/v1"),
        ("https://res.openai.azure.com/openai/v1/", "https://res.openai.azure.com/openai/v1/"),
    ],
)
def test_azure_needs_only_its_endpoint(given: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable Azure's own documentation sets is enough: the path is added."""
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", given)
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "some-key")

    model = open_model("azure/gpt-4o")

    assert isinstance(model, HostedModel)
    assert expected == model.address
