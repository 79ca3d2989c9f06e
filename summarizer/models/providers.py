"""What is known of hosted providers and their models: how each is reached and asked, what tokens cost, how many fit.

Tables of data, no if-chains. Prices and windows are those shipped with the package genai-prices: none are fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

from summarizer.errors import Spent

Mode = Literal["JSON_SCHEMA", "JSON", "TOOLS", "MD_JSON"]
"""How a form is told, by the name of the member of `instructor.Mode`."""

NEXT_MODE: dict[Mode, Mode] = {"JSON_SCHEMA": "JSON", "JSON": "TOOLS", "TOOLS": "MD_JSON", "MD_JSON": "MD_JSON"}


@dataclass(frozen=True, slots=True)
class Manners:
    """How a server wants to be asked.

    Args:
        mode: how it is told the schema: as a response format (`JSON_SCHEMA`), in words beside `json_object` (`JSON`),
            as a tool it must call (`TOOLS`), or in words alone (`MD_JSON`).
        strict: whether `strict` is sent with the schema.
        limit: the parameter that limits the answer's length.
        temperature, effort: what is sent as temperature and as reasoning effort; None sends none.
        thinking_tokens: added to the limit, for thoughts that count as output.
        most_tokens: the longest answer that may be asked for; None where it is not known.
        alternating: whether messages of one role in a row must be made one.
        system: whether it takes a system message; else the rules open the first user message.
        stream: whether it answers only in a stream; `streams` whether it may be asked to where somebody listens.
        extra: further fields of the request's body.

    """

    mode: Mode = "JSON_SCHEMA"
    strict: bool = True
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: float | None = 0.0
    effort: str | None = None
    thinking_tokens: int = 0
    most_tokens: int | None = None
    alternating: bool = False
    system: bool = True
    stream: bool = False
    streams: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Provider:
    """How to reach a provider, and its manners.

    Args:
        name: the part before the slash of a model's name.
        base_url: its address; None for one the user must give.
        key_variable: the environment variable of its key; None where none is needed.
        manners: how its models want to be asked, unless a rule of `RULES` or a lesson says otherwise.
        default_model: the model that `auto` takes where the key is set; None for one the user must name.
        base_url_variable: an environment variable that may change its address.
        path: what its address must end in; added where it is missing.

    """

    name: str
    base_url: str | None
    key_variable: str | None
    manners: Manners = Manners()
    default_model: str | None = None
    base_url_variable: str | None = None
    path: str = ""


_LAX = Manners(strict=False)
_OPENAI = Manners(limit="max_completion_tokens")
_GROQ = replace(_LAX, limit="max_completion_tokens")
_TOOLS = replace(_LAX, mode="TOOLS")
# Without this it may route to a server that drops the schema silently.
_ROUTED = Manners(extra={"provider": {"require_parameters": True}})
_GOOGLE = "https://generativelanguage.googleapis.com/v1beta/openai/"
_ROWS = (
    Provider("openai", "https://api.openai.com/v1", "OPENAI_API_KEY", _OPENAI, "gpt-5-mini", "OPENAI_BASE_URL"),
    # Its OpenAI interface ignores response_format and the strictness of tools.
    Provider("anthropic", "https://api.anthropic.com/v1/", "ANTHROPIC_API_KEY", _TOOLS, "claude-haiku-4-5"),
    Provider("gemini", _GOOGLE, "GEMINI_API_KEY", _LAX, "gemini-2.5-flash"),
    Provider("mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY", Manners(), "mistral-small-latest"),
    # Only some of its models take a schema; the others say so, and JSON is asked for from then on.
    Provider("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY", _GROQ, "openai/gpt-oss-120b"),
    Provider("deepseek", "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY", _TOOLS, "deepseek-chat"),
    Provider("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", _ROUTED, "openai/gpt-5-mini"),
    # Since its v1 interface, Azure takes the plain client at this path, the key as a bearer token.
    Provider("azure", None, "AZURE_OPENAI_API_KEY", _OPENAI, None, "AZURE_OPENAI_ENDPOINT", "/openai/v1"),
    # Servers on this machine, at their usual ports.
    Provider("ollama", "http://127.0.0.1:11434/v1", None, _LAX, None, "OLLAMA_BASE_URL"),
    Provider("lmstudio", "http://127.0.0.1:1234/v1", None, _LAX, None, "LMSTUDIO_BASE_URL"),
    Provider("llamacpp", "http://127.0.0.1:8080/v1", None, _LAX, None, "LLAMACPP_BASE_URL"),
    Provider("vllm", "http://127.0.0.1:8000/v1", None, _LAX, None, "VLLM_BASE_URL"),
)
PROVIDERS = {provider.name: provider for provider in _ROWS}

Change = Callable[[Manners], Manners]


def _set(**changes: Any) -> Change:
    return lambda manners: replace(manners, **changes)


# Reasoning models refuse a temperature, and their thoughts count as output.
_REASONING = _set(temperature=None, effort="low", thinking_tokens=4096)
_REASONERS = ("o1", "o3", "o4", "gpt-5")
# Of these providers the models whose names begin so, and not otherwise, are asked otherwise.
RULES: tuple[tuple[tuple[str, ...], tuple[str, ...], Change, tuple[str, ...]], ...] = (
    (("openai", "azure"), _REASONERS, _REASONING, ("gpt-5-chat",)),
    (("openrouter",), tuple(f"openai/{name}" for name in _REASONERS), _REASONING, ("openai/gpt-5-chat",)),
    (("groq",), ("openai/gpt-oss",), _REASONING, ()),
    (("gemini",), ("gemini-2.5", "gemini-3"), _set(thinking_tokens=4096), ()),
    (("deepseek",), ("deepseek-reasoner",), _set(mode="JSON", temperature=None), ()),
)


def manners_for(provider: Provider, model: str) -> Manners:
    """How `model` of `provider` is asked before anything is learned."""
    manners = provider.manners
    for providers, prefixes, change, but_not in RULES:
        if provider.name in providers and model.startswith(prefixes) and not model.startswith(but_not):
            manners = change(manners)
    return manners


_REFUSED = (
    "not support|unsupported|unrecogni[sz]ed|unknown|unexpected|not permitted|extra|not allowed|not available"
    "|invalid parameter|invalid value|does not accept|no endpoints|not enabled|not implemented|unavailable|must be"
    "|cannot be|can't be"
)
_SCHEMA = (
    "response_format|response format|json_schema|json_object|structured output|guided|grammar|tool|function[ _]call"
    "|requested parameters"
)
_SYSTEM = "system role|system message|role 'system'|role \"system\"|role: system|developer instruction"
_ALTERNATE = "roles must alternate|must alternate between|consecutive user|role alternation"


def _other_limit(manners: Manners) -> Manners:
    return replace(manners, limit="max_completion_tokens" if manners.limit == "max_tokens" else "max_tokens")


def _next_mode(manners: Manners) -> Manners:
    return replace(manners, mode=NEXT_MODE[manners.mode])


# What to change when a server rejects a request: its words name one of the first and one of the second.
LESSONS: tuple[tuple[str, str, Change], ...] = (
    ("max_(completion_)?tokens|completion tokens", "too large|at most|exceed|maximum",
     _set(most_tokens=4096, thinking_tokens=0)),
    ("max_completion_tokens", _REFUSED, _other_limit),
    ("max_tokens", _REFUSED, _set(limit="max_completion_tokens")),
    ("temperature", "", _set(temperature=None)),
    ("reasoning[_ .]effort", "", _set(effort=None)),
    ("'strict'|\"strict\"|strict mode|[.]strict|strict:", _REFUSED, _set(strict=False)),
    (_SCHEMA, _REFUSED, _next_mode),
    (_ALTERNATE, "", _set(alternating=True)),
    (_SYSTEM, _REFUSED, _set(system=False, alternating=True)),
    ("stream", "only support|must be|required|enable", _set(stream=True)),
    ("stream", _REFUSED, _set(streams=False)),
)  # fmt: skip
# The schema itself was refused: another way to send it would fail as well.
_HOPELESS = "invalid schema|invalid_json_schema"


def learned(manners: Manners, said: str) -> Manners | None:
    """What a server's words of rejection teach about its manners; None where they teach nothing new."""
    said = said.lower()
    if re.search(_HOPELESS, said):
        return None
    taught = (change(manners) for about, says, change in LESSONS if re.search(about, said) and re.search(says, said))
    return next((changed for changed in taught if changed != manners), None)


# Run by this library on this machine: nobody sends a bill.
FREE = ("extractive", "fake", "local")

DEFAULT_WINDOW = 32_768
"""Tokens taken for granted where nothing is known: nearly every hosted model has them. A server that has fewer says
so, and the text is split further."""

# Ollama cuts what is too long without a word, and this is what it takes unless its owner set more.
_OLLAMA_WINDOW = 4096

# Where genai-prices calls a provider otherwise than we do.
_CALLED = {"gemini": "google"}


def cost(model_name: str, spent: Spent) -> float | None:
    """US dollars that `spent` cost at `model_name` (`provider/name`); None where price or tokens are not known."""
    if not spent.requests or model_name.partition("/")[0] in FREE:
        return 0.0
    if spent.uncounted:
        return None
    from genai_prices import Usage, calc_price

    provider, _, model = model_name.partition("/")
    usage = Usage(
        input_tokens=spent.input_tokens, cache_read_tokens=spent.cached_tokens, output_tokens=spent.output_tokens
    )
    try:
        return float(calc_price(usage, model, provider_id=_CALLED.get(provider, provider)).total_price)
    except (LookupError, ValueError):
        return None


@lru_cache(maxsize=64)
def window_of(model_name: str) -> int | None:
    """Tokens that prompt and answer of `provider/name` may have together; None where it is not published."""
    provider, _, model = model_name.partition("/")
    if provider == "ollama":
        return _OLLAMA_WINDOW
    if not model or provider in FREE:
        return None
    from genai_prices.data_snapshot import get_snapshot

    try:
        return get_snapshot().find_provider_model(model, None, _CALLED.get(provider, provider), None)[1].context_window
    except LookupError:
        return None
