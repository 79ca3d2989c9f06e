"""A span of OpenTelemetry a request, by its conventions for generative AI, without a word of the article."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from summarizer.errors import AuthenticationFailed
from tests.models.asking import GOOD, ask
from tests.scripted_server import Reply, ScriptedServer, completion

trace = pytest.importorskip("opentelemetry.trace")


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """What an exporter would get."""
    sdk = pytest.importorskip("opentelemetry.sdk.trace")
    export = pytest.importorskip("opentelemetry.sdk.trace.export")
    memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter").InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(memory))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    yield memory
    provider.shutdown()


async def test_a_request_is_a_span(server: ScriptedServer, spans: Any) -> None:
    """Operation, provider, model, limit and tokens."""
    server.script(completion(GOOD))

    await ask(server.base_url, "mistral/small")

    (span,) = spans.get_finished_spans()
    assert ("chat small", trace.SpanKind.CLIENT) == (span.name, span.kind)
    assert {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "mistral_ai",
        "gen_ai.request.model": "small",
        "gen_ai.request.max_tokens": 512,
        "gen_ai.output.type": "json",
        "gen_ai.usage.input_tokens": 100,
        "gen_ai.usage.output_tokens": 20,
        "gen_ai.usage.cache_read.input_tokens": 64,
    } == dict(span.attributes)


async def test_a_failure_is_told_by_its_type(server: ScriptedServer, spans: Any) -> None:
    """What an error says may repeat the article: its type is enough."""
    server.script(Reply({"error": {"message": "bad key of the article"}}, 401))

    with pytest.raises(AuthenticationFailed):
        await ask(server.base_url)

    (span,) = spans.get_finished_spans()
    assert "AuthenticationFailed" == span.attributes["error.type"] == span.status.description
    assert () == span.events


async def test_without_opentelemetry_nothing_happens(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra."""
    monkeypatch.delitem(sys.modules, "opentelemetry.trace")
    server.script(completion(GOOD))

    assert "It rains." == (await ask(server.base_url)).draft.headline.text
