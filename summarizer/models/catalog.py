"""From a model's name to the model, and the rule for `auto`."""

from __future__ import annotations

import json
import os
import re
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from time import monotonic
from urllib.parse import urlsplit

from summarizer.errors import AuthenticationFailed, UnknownModel, WeightsError
from summarizer.models.assistants import ASSISTANTS, AssistantModel, installed
from summarizer.models.local import ChildServer, LocalModel
from summarizer.models.local.weights import PULLABLE, SMOLLM2, Weights, verify
from summarizer.models.masking import masked_address, one_line
from summarizer.models.model import ChatModel
from summarizer.models.providers import PROVIDERS, Provider
from summarizer.settings import get_settings

AtHand = Callable[[Weights], Path]
EXTRACTIVE = "extractive"
FAKE = "fake"
EMBEDDED = f"local/{SMOLLM2.name}"
WRITER_ADAPTER = Path(__file__).with_name("data") / "writer.gguf"
SMALL_BYTES = 1_000_000_000
LOOK_SECONDS = 0.3
LOCAL_SERVERS = ("ollama", "lmstudio", "llamacpp", "vllm")
MOST_LISTED_BYTES = 1_000_000
# Models that a server lists and that write no answers.
_NO_WRITER = re.compile(r"embed|rerank|whisper|minilm|\bbge\b|\bbert|clip\b|tts|guard|moderation|nomic", re.IGNORECASE)
_FOLLOWS_ORDERS = re.compile(r"instruct|chat|[-_:]it\b|gpt-oss|qwen3|gemma3|llama3|mistral|phi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which model reads, and why, in words for standard error."""

    name: str
    why: str


def choose(asked: str | None, *, base_url: str | None = None) -> Choice:
    """The model to use: the one asked for, or what `auto` means here and now.

    `auto` is the first of: SUMMARIZER_MODEL; the model of the first provider whose key is set; an instruct model of a
    server on this machine; an assistant's program, where SUMMARIZER_ALLOW_CLI allows it; the article's own sentences.
    Nothing is fetched for it. The embedded model has to be named: of 100 texts that it wrote, 38 said what the article
    says (docs/limits.md), and what is extracted reads better.
    """
    settings = get_settings()
    if asked and asked != "auto":
        return Choice(asked, "")
    if settings.model and settings.model != "auto":
        return Choice(settings.model, "from SUMMARIZER_MODEL")
    if base_url or settings.base_url:
        return Choice(f"openai/{PROVIDERS['openai'].default_model}", "the text is sent to the given address")
    for provider in PROVIDERS.values():
        if provider.default_model and provider.key_variable and os.environ.get(provider.key_variable):
            why = f"{provider.key_variable} is set; the text is sent there"
            return Choice(f"{provider.name}/{provider.default_model}", why)
    if served := next(iter(served_here()), None):
        return served
    if settings.allow_cli and (found := installed()):
        return Choice(f"cli/{found[0]}", f"the program {found[0]}; the text goes where it sends it")
    return Choice(EXTRACTIVE, "no key, no server on this machine; see `summarizer models`")


def served_here() -> list[Choice]:
    """An instruct model of each server on this machine, asked side by side for at most 0.3 seconds in all.

    OLLAMA_HOST and the variables of the other servers say where they are; SUMMARIZER_LOCAL_SERVERS may forbid it.
    """
    if not get_settings().local_servers:
        return []
    addresses = {name: address_of(PROVIDERS[name]) or "" for name in LOCAL_SERVERS}
    listed: dict[str, list[str]] = {}

    def ask(name: str) -> None:
        with suppress(OSError, ValueError, LookupError, TypeError, RecursionError, HTTPException):
            listed[name] = _listed(addresses[name])

    threads = [Thread(target=ask, args=(name,), daemon=True) for name in LOCAL_SERVERS]
    end = monotonic() + LOOK_SECONDS
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - monotonic()))
    return [
        Choice(f"{name}/{model}", f"served at {masked_address(addresses[name])}")
        for name in LOCAL_SERVERS
        if (model := _best(listed.get(name, [])))
    ]


def _listed(base_url: str) -> list[str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
    with opener.open(f"{base_url.rstrip('/')}/models", timeout=LOOK_SECONDS) as answer:
        listed = json.loads(answer.read(MOST_LISTED_BYTES))["data"]
    names = [one.get("id") for one in listed if isinstance(one, dict)]
    return [name for name in names if isinstance(name, str) and one_line(name) == name]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """No server is asked that nobody named."""


def _best(names: list[str]) -> str | None:
    """One that follows instructions by its name, else the first that is not made for something else."""
    writers = [name for name in names if not _NO_WRITER.search(name)]
    return next((name for name in writers if _FOLLOWS_ORDERS.search(name)), writers[0] if writers else None)


def is_small(name: str) -> bool:
    """Whether a model is too weak to fill in a whole form: a local file under 1 GB."""
    kind, _, rest = name.partition("/")
    if kind != "local" or rest in PULLABLE:
        return kind == "local"
    try:
        return Path(rest).stat().st_size < SMALL_BYTES
    except OSError:
        return True


def open_model(name: str, *, base_url: str | None = None, at_hand: AtHand = verify) -> ChatModel:
    """The model of that name; `extractive` is not one.

    Args:
        name: `provider/name`, `local/NAME`, `local/PATH.gguf`, `cli/NAME` or `fake`.
        base_url: the address of an OpenAI-compatible server, instead of the provider's own.
        at_hand: gives the embedded model's weights, proved; it may fetch them.

    Raises:
        UnknownModel: no provider has this name.
        ModelUnavailable: the environment's proxy or certificates cannot be used, or there is no such program.
        AuthenticationFailed: the key is not in the environment.
        WeightsError: the local file is missing or damaged.

    """
    provider, _, rest = name.partition("/")
    if name == FAKE:
        from summarizer.models.fake import FakeModel

        return FakeModel()
    if provider == "local" and rest in PULLABLE:
        path = at_hand(PULLABLE[rest])
        return _local(name, path, alias=f"{rest}-instruct", window=PULLABLE[rest].window)
    if provider == "local" and rest:
        path = Path(rest).expanduser()
        if path.suffix != ".gguf":
            raise UnknownModel(name, f"local models are {', '.join(PULLABLE)}, or a path that ends in .gguf")
        if not path.is_file():
            raise WeightsError(f"no file at {path}", model=name)
        return _local(name, path, alias=path.stem)
    if provider == "cli" and rest.partition("/")[0] in ASSISTANTS:
        return AssistantModel(name)
    if provider in PROVIDERS and rest:
        return _hosted(name, PROVIDERS[provider], base_url)
    if base_url or get_settings().base_url:
        return _hosted(f"openai/{name}", PROVIDERS["openai"], base_url)
    forms = (EXTRACTIVE, FAKE, EMBEDDED, "local/PATH.gguf", *(f"cli/{one}" for one in ASSISTANTS))
    raise UnknownModel(one_line(name), f"use {', '.join((*forms, *(f'{one}/NAME' for one in PROVIDERS)))}")


def writer_model(at_hand: AtHand = verify) -> LocalModel:
    """The embedded model with the adapter that has learnt to write headlines and short sentences.

    It knows the words it has learnt: "Write the headline of an article from its first sentences. Say only what they
    say." and "Say in one short sentence what these sentences say. Say only what they say." as the system message, the
    sentences as the user's, the answer `{"text": …}` of at most 200 characters. It says nothing that needs no check.
    """
    path = at_hand(SMOLLM2)
    # The alias of the plain model: a recording plays whichever of the two was asked.
    return _local(EMBEDDED, path, alias=f"{SMOLLM2.name}-instruct", adapter=WRITER_ADAPTER)


def _local(name: str, path: Path, *, alias: str, window: int = 4096, adapter: Path | None = None) -> LocalModel:
    return LocalModel(name, ChildServer(path, alias=alias, window=window, adapter=adapter), alias=alias, window=window)


def _hosted(name: str, provider: Provider, base_url: str | None) -> ChatModel:
    from summarizer.models.hosted import HostedModel

    address = base_url or get_settings().base_url or address_of(provider)
    if not address:
        advice = f"{provider.name} needs its address: give --base-url or set {provider.base_url_variable}"
        raise UnknownModel(name, advice)
    if provider.path and not address.rstrip("/").endswith(provider.path):
        address = address.rstrip("/") + provider.path
    key = os.environ.get(provider.key_variable, "") if provider.key_variable else ""
    if not key and provider.key_variable and address == provider.base_url:
        raise AuthenticationFailed(f"no key: set {provider.key_variable}", model=name)
    return HostedModel(name, provider=provider, base_url=address, key=key or "none")


def address_of(provider: Provider) -> str | None:
    """Where a provider is, by its variable or else by the table."""
    if provider.base_url_variable and (given := os.environ.get(provider.base_url_variable)):
        return given
    if provider.name == "ollama" and (host := os.environ.get("OLLAMA_HOST")):
        # It holds a host, a host with a port, or an address; 0.0.0.0 is where it listens.
        parts = urlsplit(host if "://" in host else f"http://{host}")
        name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(parts.hostname or "", parts.hostname or "127.0.0.1")  # noqa: S104
        return f"{parts.scheme}://{f'[{name}]' if ':' in name else name}:{parts.port or 11434}/v1"
    return provider.base_url
