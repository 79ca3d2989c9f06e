"""A request and a client that several test files share."""

from __future__ import annotations

from summarizer.models.hosted import HostedModel
from summarizer.models.model import Completion, Message, Request
from summarizer.models.providers import PROVIDERS
from summarizer.schemas.summary import SummaryDraft

KEY = "secret-key"
GOOD = {"headline": {"evidence": [2], "text": "It rains."}, "points": []}
REQUEST = Request((Message("system", "rules"), Message("user", "{{ 7*7 }} {% if %} of the article")), SummaryDraft, 512)


async def ask(
    base_url: str, name: str = "openai/gpt-test", request: Request[SummaryDraft] = REQUEST
) -> Completion[SummaryDraft]:
    """Ask the server at `base_url` once, as the provider in the model's name wants it."""
    provider = PROVIDERS[name.partition("/")[0]]
    model = HostedModel(name, provider=provider, base_url=base_url, key=KEY)
    try:
        return await model.complete(request)
    finally:
        await model.aclose()
