"""A model run on this machine: llama.cpp behind a server on loopback, asked like any other."""

from __future__ import annotations

import asyncio
import os

from summarizer.errors import ModelUnavailable, ServerFault
from summarizer.models.hosted import HostedModel
from summarizer.models.local.server import Server
from summarizer.models.model import Completion, Request, T
from summarizer.models.providers import Manners, Provider

LLAMA_CPP = Provider("local", None, None, manners=Manners(strict=False))


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
