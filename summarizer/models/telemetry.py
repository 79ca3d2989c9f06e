"""A span of OpenTelemetry around each request, by its conventions for generative AI; nothing where it is not installed.

Attributes as in "Semantic conventions for generative client AI spans" of OpenTelemetry. Neither messages nor answers
are put into a span: they hold the article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from typing import Any

from summarizer.models.model import Completion, Request, T

_PROVIDERS = {"azure": "azure.ai.openai", "gemini": "gcp.gemini", "mistral": "mistral_ai"}


@lru_cache(maxsize=1)
def _trace() -> Any:
    try:
        return import_module("opentelemetry.trace")
    except ImportError:
        return None


@contextmanager
def request_span(name: str, request: Request[T]) -> Iterator[Callable[[Completion[T]], Completion[T]]]:
    """A span of the request to the model `name`; call what it gives with the completion to note its usage."""
    trace = _trace()
    if trace is None:
        yield lambda done: done
        return
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

        def told(done: Completion[T]) -> Completion[T]:
            spent = done.spent
            counts = {
                "input": spent.input_tokens,
                "output": spent.output_tokens,
                "cache_read.input": spent.cached_tokens,
            }
            if not spent.uncounted:
                span.set_attributes({f"gen_ai.usage.{kind}_tokens": count for kind, count in counts.items()})
            return done

        try:
            yield told
        except BaseException as error:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(trace.StatusCode.ERROR, type(error).__name__)
            raise
