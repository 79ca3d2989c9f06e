"""llama.cpp in a child process on loopback: started, watched and stopped, and asked like any other model."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import subprocess
import sys
import weakref
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from typing import Protocol

from summarizer.errors import ModelUnavailable, ServerFault, WeightsError
from summarizer.models.hosted import HostedModel
from summarizer.models.model import Completion, Request, T
from summarizer.models.providers import Manners, Provider

START_SECONDS = 60.0
LLAMA_CPP = Provider("local", None, None, manners=Manners(strict=False))


def runtime_installed() -> bool:
    """Whether llama.cpp's Python package is installed. Nothing is imported."""
    return find_spec("xllamacpp") is not None


class Server(Protocol):
    """Something that serves a local model."""

    def address(self) -> tuple[str, str]:
        """Base URL and key of a server that is up, started if need be. May block for seconds."""

    def fate(self) -> str | None:
        """How the server died, None while it lives."""

    def stop(self) -> None:
        """Stop it; stopping twice is harmless."""


class ChildServer:
    """llama.cpp in a child process with a random key. The child leaves when its standard input closes.

    `adapter` is a LoRA adapter for the weights at `path`, applied whole.
    """

    def __init__(self, path: Path, *, alias: str, window: int, adapter: Path | None = None) -> None:
        self._path, self._key, self._base_url = path, secrets.token_urlsafe(24), ""
        self._wanted = {
            "path": str(path.absolute()),
            "adapter": str(adapter.absolute()) if adapter else None,
            "alias": alias,
            "key": self._key,
            "window": window,
        }
        self._child: subprocess.Popen[str] | None = None
        self._parent = os.getpid()

    def address(self) -> tuple[str, str]:
        """Base URL and key; starts the child where none lives."""
        child = self._mine()
        if child is None or child.poll() is not None:
            self._start()
        return self._base_url, self._key

    def fate(self) -> str | None:
        """How the child died, None while it lives."""
        child = self._mine()
        status = child.poll() if child else None
        if status is None:
            return None
        return f"killed by signal {-status}" if status < 0 else f"left with status {status}"

    def stop(self) -> None:
        """Close the child's standard input and wait for it; kill it where it does not go."""
        if child := self._mine():
            _stop(child, os.getpid())

    def _mine(self) -> subprocess.Popen[str] | None:
        """The child. A process that was forked off starts one of its own, and leaves its parent's alone."""
        if self._parent != os.getpid():
            self._parent, self._child = os.getpid(), None
        return self._child

    def _start(self) -> None:
        if not runtime_installed():
            raise ModelUnavailable("llama.cpp is not installed; run `pip install 'grounded-summarizer[local]'`")
        child = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).with_name("serve.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            # An empty entry of PYTHONPATH is the working directory: it must not be the caller's.
            cwd=Path(sys.executable).anchor,
        )
        weakref.finalize(self, _stop, child, os.getpid())
        self._child = child
        assert child.stdin is not None
        assert child.stdout is not None
        with suppress(BrokenPipeError):
            child.stdin.write(json.dumps(self._wanted) + "\n")
            child.stdin.flush()
        too_long = Timer(START_SECONDS, child.kill)
        too_long.start()
        line = child.stdout.readline()
        too_long.cancel()
        if not line:
            self.stop()
            raise WeightsError(f"llama.cpp cannot load {self._path}: is it a whole GGUF file?")
        self._base_url = json.loads(line)["address"] + "/v1"


def _stop(child: subprocess.Popen[str], parent: int) -> None:
    if parent != os.getpid():
        return
    for pipe in (child.stdin, child.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()
    try:
        child.wait(5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


class LocalModel:
    """A model behind a local `Server`. A server that died is reported as a `ServerFault` and started again."""

    def __init__(self, name: str, server: Server, *, alias: str, window: int) -> None:
        self.name, self.window, self._server, self._alias = name, window, server, alias
        self._client: HostedModel | None = None
        self._lock = asyncio.Lock()
        self._process = os.getpid()

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        client = await self._ready()
        try:
            return await client.complete(request)
        except (ServerFault, ModelUnavailable) as error:
            fate = self._server.fate()
            if fate is None:
                raise
            message = f"the local model's process was {fate}"
            raise ServerFault(message, model=self.name, spent=error.spent) from error

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
                    self.name, provider=LLAMA_CPP, base_url=base_url, key=key, window=self.window, alias=self._alias
                )
            return self._client
