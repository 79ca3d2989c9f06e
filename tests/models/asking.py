"""A request and a client that several test files share."""

from __future__ import annotations

from summarizer.models.hosted import HostedModel
from summarizer.models.model import Completion, Message, Request
from summarizer.models.providers import PROVIDERS
from summarizer.schemas.summary import SummaryDraft

KEY = "secret-key"
GOOD = {"headline": {"evidence": [2], "text": "It rains."}, "points": []}
REQUEST = Request((Message("system", "rules"), Message("user", "{{ 7*7 }} {% if %} of the article")), SummaryDraft, 512)


def open_at(base_url: str, name: str = "openai/gpt-test") -> HostedModel:
    """The model of that name, at `base_url`, asked as the provider in its name wants it."""
    return HostedModel(name, provider=PROVIDERS[name.partition("/")[0]], base_url=base_url, key=KEY)


async def ask(
    base_url: str, name: str = "openai/gpt-test", request: Request[SummaryDraft] = REQUEST
) -> Completion[SummaryDraft]:
    """Ask the server at `base_url` once."""
    model = open_at(base_url, name)
    try:
        return await model.complete(request)
    finally:
        await model.aclose()
