"""What each provider of the OpenAI interface wants: one table, no if-chains."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Mode = Literal["json_schema", "tools", "json"]


@dataclass(frozen=True, slots=True)
class Provider:
    """How to reach a provider and what it does differently.

    Args:
        name: the part before the slash of a model's name.
        base_url: its address; None for one the user must give.
        key_variable: the environment variable of its key; None where none is needed.
        base_url_variable: an environment variable that may change its address.
        mode: how it is told the schema.
        strict: whether it takes `strict` in a JSON schema.
        limit: the parameter that limits the answer's length.
        temperature: what is sent as temperature; None sends none.

    """

    name: str
    base_url: str | None
    key_variable: str | None
    base_url_variable: str | None = None
    mode: Mode = "json_schema"
    strict: bool = True
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: float | None = 0.0


PROVIDERS = {
    provider.name: provider
    for provider in (
        Provider(
            "openai", "https://api.openai.com/v1", "OPENAI_API_KEY", "OPENAI_BASE_URL", limit="max_completion_tokens"
        ),
        Provider("anthropic", "https://api.anthropic.com/v1/", "ANTHROPIC_API_KEY", mode="tools"),
        Provider("azure", None, "AZURE_OPENAI_API_KEY", "AZURE_OPENAI_ENDPOINT", limit="max_completion_tokens"),
        Provider("deepseek", "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY", mode="tools", strict=False),
        Provider("gemini", "https://generativelanguage.googleapis.com/v1beta/openai/", "GEMINI_API_KEY", strict=False),
        Provider("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY", mode="tools", strict=False),
        Provider("mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY"),
        Provider("ollama", "http://127.0.0.1:11434/v1", None, "OLLAMA_BASE_URL"),
        Provider("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
        Provider("vllm", "http://127.0.0.1:8000/v1", None, "VLLM_BASE_URL"),
    )
}

# Reasoning models refuse a temperature.
REASONING_PREFIXES = ("o1", "o3", "o4", "gpt-5")


def for_model(provider: Provider, model: str) -> Provider:
    """The provider as this model wants it."""
    if provider.name in ("openai", "azure") and model.startswith(REASONING_PREFIXES):
        return replace(provider, temperature=None)
    return provider
