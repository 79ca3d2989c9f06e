"""What `auto` finds, in its order, and says of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from summarizer import configuration
from summarizer.configuration import Configuration
from summarizer.errors import ModelUnavailable, UnknownModel
from summarizer.models import catalog
from summarizer.models.catalog import EMBEDDED, Choice, choose, open_model, served_here
from summarizer.models.local import ChildServer
from summarizer.models.providers import PROVIDERS

KEYED = [provider for provider in PROVIDERS.values() if provider.default_model]


@pytest.fixture(autouse=True)
def nothing_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No server runs here, no program is installed; each test adds what it is about."""
    monkeypatch.delenv("SUMMARIZER_LOCAL_SERVERS")
    monkeypatch.delenv("OLLAMA_HOST", raising=False)
    for name in catalog.LOCAL_SERVERS:
        monkeypatch.setenv(PROVIDERS[name].base_url_variable or "", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(catalog, "LOOK_SECONDS", 5.0)


class Models(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        listed: Any = self.server.listed  # type: ignore[attr-defined]
        body = listed if isinstance(listed, bytes) else json.dumps(listed).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the name is the base class's
        """Keep the test's output clean."""


@contextmanager
def serving(listed: Any) -> Iterator[str]:
    """A server that lists models in the way of all compatible servers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Models) as server:
        server.listed = listed  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def models(*names: str) -> dict[str, Any]:
    return {"object": "list", "data": [{"id": name, "object": "model"} for name in names]}


@pytest.mark.parametrize("provider", KEYED, ids=lambda provider: provider.name)
def test_a_key_chooses_its_provider(monkeypatch: pytest.MonkeyPatch, provider: Any) -> None:
    """The table's model of the provider whose key is set; that the text is sent there is said."""
    monkeypatch.setenv(provider.key_variable, "k")

    found = choose(None)

    assert f"{provider.name}/{provider.default_model}" == found.name
    assert f"{provider.key_variable} is set; the text is sent there" == found.why


def test_the_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The setting, a key, a server at home, an allowed program, the article's own sentences: each gone, the next."""
    program = tmp_path / "codex"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    with serving(models("nomic-embed-text", "llama3.2:3b")) as host:
        monkeypatch.setenv("SUMMARIZER_MODEL", "mine/m")
        monkeypatch.setenv("ANTHROPIC_API_KEY", "k")
        monkeypatch.setenv("OLLAMA_BASE_URL", f"http://{host}/v1")
        monkeypatch.setenv("SUMMARIZER_ALLOW_CLI", "1")
        found = []
        for gone in ("SUMMARIZER_MODEL", "ANTHROPIC_API_KEY", "OLLAMA_BASE_URL", "SUMMARIZER_ALLOW_CLI"):
            found.append(choose("auto").name)
            monkeypatch.delenv(gone)
            monkeypatch.setenv("SUMMARIZER_LOCAL_SERVERS", "0" if gone == "OLLAMA_BASE_URL" else "1")
        monkeypatch.setenv("SUMMARIZER_LOCAL_SERVERS", "0")
        found.append(choose(None).name)

    anthropic = f"anthropic/{PROVIDERS['anthropic'].default_model}"
    assert ["mine/m", anthropic, "ollama/llama3.2:3b", "cli/codex", "extractive"] == found


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (["text-embedding-nomic", "qwen2.5-7b-instruct", "base"], "qwen2.5-7b-instruct"),
        (["bge-small", "all-minilm"], None),
        (["something"], "something"),
        (["x\x1b[31m", "gemma3:4b"], "gemma3:4b"),
        ([], None),
    ],
)
def test_an_instruct_model_is_taken(monkeypatch: pytest.MonkeyPatch, names: list[str], taken: str | None) -> None:
    """By its name; none that is made for something else, none whose name could move a terminal's cursor."""
    with serving(models(*names)) as host:
        monkeypatch.setenv("LMSTUDIO_BASE_URL", f"http://{host}/v1")
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

        assert ([Choice(f"lmstudio/{taken}", f"served at http://{host}/v1")] if taken else []) == served_here()


@pytest.mark.parametrize("listed", [b"", b"<html>", [1], {"data": 3}, {"data": [None, {"id": 4}]}, b"[" * 100_000])
def test_what_is_no_list_of_models_is_passed_over(monkeypatch: pytest.MonkeyPatch, listed: Any) -> None:
    """Any server may listen at a port of that number."""
    with serving(listed) as host:
        monkeypatch.setenv("LLAMACPP_BASE_URL", f"http://{host}/v1")

        assert [] == served_here()


def test_a_silent_server_costs_a_third_of_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """All are asked side by side, and none is waited for longer."""
    import socket
    import time

    monkeypatch.setattr(catalog, "LOOK_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for name in catalog.LOCAL_SERVERS:
            address = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
            monkeypatch.setenv(PROVIDERS[name].base_url_variable or "", address)
        began = time.monotonic()

        assert [] == served_here()
        assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.168.1.5", "http://192.168.1.5:11434/v1"),
        ("0.0.0.0:8123", "http://127.0.0.1:8123/v1"),
        ("http://box.test:9/", "http://box.test:9/v1"),
        ("[::1]:11434", "http://[::1]:11434/v1"),
    ],
)
def test_ollamas_own_variable_says_where_it_is(monkeypatch: pytest.MonkeyPatch, host: str, address: str) -> None:
    """A host, with or without a port, or an address; where it listens everywhere, this machine."""
    monkeypatch.delenv("OLLAMA_BASE_URL")
    monkeypatch.setenv("OLLAMA_HOST", host)

    assert address == catalog.address_of(PROVIDERS["ollama"])


def test_a_name_that_nothing_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every form that a name can have is told; a program that is not installed is no unknown model."""
    with pytest.raises(UnknownModel, match=r"cli/claude.*openai/NAME"):
        open_model("nonsense")
    with pytest.raises(ModelUnavailable, match="no program 'claude' on PATH"):
        open_model("cli/claude")


def test_the_embedded_default_writes_with_its_adapter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Headlines are worded with the adapter; the plain weights are opened for a form of a user's own, and only then."""
    started: list[Path | None] = []

    class Noted(ChildServer):
        def __init__(self, path: Path, *, alias: str, window: int, adapter: Path | None = None) -> None:
            super().__init__(path, alias=alias, window=window, adapter=adapter)
            started.append(adapter)

    monkeypatch.setattr(catalog, "ChildServer", Noted)
    monkeypatch.setattr(configuration, "verify", lambda weights: tmp_path / "weights.gguf")

    engine: Any = Configuration(EMBEDDED).open().engine

    assert [catalog.WRITER_ADAPTER] == started
    assert engine.whole is engine.whole
    assert [catalog.WRITER_ADAPTER, None] == started
    assert EMBEDDED == engine.name == engine.whole.name
