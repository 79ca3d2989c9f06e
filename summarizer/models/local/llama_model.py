"""A model run on this machine: llama.cpp in a child process on loopback, asked like any server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import subprocess
import sys
import weakref
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from typing import Protocol

from summarizer.errors import ModelUnavailable, ServerFault, Spent, WeightsError
from summarizer.models.hosted import HostedModel
from summarizer.models.local.llama_tokens import count
from summarizer.models.model import Completion, Message, Request, T
from summarizer.models.providers import Manners, Provider

LLAMA_CPP = Provider("local", None, None, manners=Manners(strict=False))
START_SECONDS = 60.0


def runtime_installed() -> bool:
    """Whether llama.cpp's Python package is installed. Nothing is imported."""
    return find_spec("xllamacpp") is not None


class Server(Protocol):
    """Something that serves a local model."""

    def address(self) -> tuple[str, str]:
        """Base URL and key of a server that is up, started if need be. May block for seconds."""
        ...

    def fate(self) -> str | None:
        """How the server died, None while it lives."""
        ...

    def stop(self) -> None:
        """Stop it; stopping twice is harmless."""
        ...


class ChildServer:
    """llama.cpp in a child process with a random key. The child leaves when its standard input closes.

    `adapter` is a LoRA adapter for the weights at `path`, applied whole.
    """

    def __init__(self, path: Path, *, alias: str, window: int, adapter: Path | None = None) -> None:
        self._path, self._alias, self._window, self._adapter = path, alias, window, adapter
        self._key = secrets.token_urlsafe(24)
        self._child: subprocess.Popen[str] | None = None
        self._parent = os.getpid()
        self._base_url = ""

    def address(self) -> tuple[str, str]:
        """Base URL and key; starts the child where none lives.

        Raises:
            ModelUnavailable: llama.cpp is not installed.
            WeightsError: the file cannot be loaded.

        """
        self._forget_the_parents()
        if self._child is None or self._child.poll() is not None:
            self._start()
        return self._base_url, self._key

    def fate(self) -> str | None:
        """How the child died, None while it lives."""
        self._forget_the_parents()
        status = self._child.poll() if self._child else None
        if status is None:
            return None
        return f"killed by signal {-status}" if status < 0 else f"left with status {status}"

    def stop(self) -> None:
        """Close the child's standard input and wait for it; kill it where it does not go."""
        self._forget_the_parents()
        if self._child:
            _stop(self._child)

    def _forget_the_parents(self) -> None:
        """A process that was forked off starts a child of its own, and leaves its parent's alone."""
        if self._parent != os.getpid():
            self._parent, self._child = os.getpid(), None

    def _start(self) -> None:
        if not runtime_installed():
            raise ModelUnavailable("llama.cpp is not installed; run `pip install 'grounded-summarizer[local]'`")
        command = [sys.executable, "-P", str(Path(__file__).with_name("serve.py"))]
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            # An empty entry of PYTHONPATH is the working directory: it must not be the caller's.
            cwd=Path(sys.executable).anchor,
        )
        weakref.finalize(self, _stop_own, child, os.getpid())
        self._child = child
        assert child.stdin is not None
        assert child.stdout is not None
        wanted = {
            "path": str(self._path.absolute()),
            "adapter": str(self._adapter.absolute()) if self._adapter else None,
            "alias": self._alias,
            "key": self._key,
            "window": self._window,
        }
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(json.dumps(wanted) + "\n")
            child.stdin.flush()
        too_long = Timer(START_SECONDS, child.kill)
        too_long.start()
        line = child.stdout.readline()
        too_long.cancel()
        if not line:
            _stop(child)
            raise WeightsError(f"llama.cpp cannot load {self._path}: is it a whole GGUF file?")
        self._base_url = json.loads(line)["address"] + "/v1"


def _stop_own(child: subprocess.Popen[str], parent: int) -> None:
    if parent == os.getpid():
        _stop(child)


def _stop(child: subprocess.Popen[str]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()
    try:
        child.wait(5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


class LocalModel:
    """A model behind a local `Server`. A server that died is reported as a `ServerFault` and started again."""

    def __init__(self, name: str, server: Server, *, alias: str, window: int) -> None:
        self._name, self._server, self._alias, self._window = name, server, alias, window
        self._client: HostedModel | None = None
        self._lock = asyncio.Lock()
        self._process = os.getpid()

    @property
    def name(self) -> str:
        """The name as `local/name`."""
        return self._name

    @property
    def window(self) -> int | None:
        """Tokens that prompt and answer may have together."""
        return self._window

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        client = await self._ready()
        try:
            return await client.complete(request)
        except (ServerFault, ModelUnavailable) as error:
            raise self._explained(error) from error

    async def likelihoods(self, messages: Sequence[Message], limit: int) -> tuple[dict[str, float], Spent]:
        """Log probabilities of the likeliest next tokens; see `HostedModel.likelihoods`."""
        client = await self._ready()
        try:
            return await client.likelihoods(messages, limit)
        except (ServerFault, ModelUnavailable) as error:
            raise self._explained(error) from error

    async def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, by the model's own tokenizer; see `Counter`."""
        return await asyncio.to_thread(lambda: count(*self._server.address(), texts))

    async def aclose(self) -> None:
        """Close the connections and stop the server."""
        if self._client:
            await self._client.aclose()
            self._client = None
        await asyncio.to_thread(self._server.stop)

    async def _ready(self) -> HostedModel:
        if self._process != os.getpid():  # forked off: the connection and the lock are the parent's
            self._process, self._client, self._lock = os.getpid(), None, asyncio.Lock()
        async with self._lock:
            if self._client and self._server.fate():
                await self._client.aclose()
                self._client = None
            if self._client is None:
                base_url, key = await asyncio.to_thread(self._server.address)
                self._client = HostedModel(
                    self._name, provider=LLAMA_CPP, base_url=base_url, key=key, window=self._window, alias=self._alias
                )
            return self._client

    def _explained(self, error: ServerFault | ModelUnavailable) -> ServerFault | ModelUnavailable:
        fate = self._server.fate()
        return (
            ServerFault(f"the local model's process was {fate}", model=self._name, spent=error.spent) if fate else error
        )
