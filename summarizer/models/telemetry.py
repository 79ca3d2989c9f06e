"""A span of OpenTelemetry around each request, by its conventions for generative AI; none where nobody asks.

Attributes as in "Semantic conventions for generative client AI spans" of OpenTelemetry. Neither messages nor answers
are put into a span: they hold the article.
"""

from __future__ import annotations

from collections.abc import Coroutine
from importlib import import_module
from typing import Any

from summarizer.models.model import Completion, Request, T

_PROVIDERS = {"azure": "azure.ai.openai", "gemini": "gcp.gemini", "mistral": "mistral_ai"}


async def traced(name: str, request: Request[T], asking: Coroutine[Any, Any, Completion[T]]) -> Completion[T]:
    """What `asking` the model `name` gives, in a span that tells its usage, or the type of its error."""
    trace: Any = import_module("opentelemetry.trace")
    provider, _, model = name.partition("/")
    attributes = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": _PROVIDERS.get(provider, provider),
        "gen_ai.request.model": model or name,
        "gen_ai.request.max_tokens": request.max_tokens,
        "gen_ai.output.type": "json",
    }
    # An exception's own text may repeat the article: only its type is noted.
    quiet = {"record_exception": False, "set_status_on_exception": False}
    with trace.get_tracer("summarizer").start_as_current_span(
        f"chat {model or name}", kind=trace.SpanKind.CLIENT, attributes=attributes, **quiet
    ) as span:
        try:
            done = await asking
        except BaseException as error:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(trace.StatusCode.ERROR, type(error).__name__)
            raise
        if not done.spent.uncounted:
            span.set_attribute("gen_ai.usage.input_tokens", done.spent.input_tokens)
            span.set_attribute("gen_ai.usage.output_tokens", done.spent.output_tokens)
            span.set_attribute("gen_ai.usage.cache_read.input_tokens", done.spent.cached_tokens)
        return done
