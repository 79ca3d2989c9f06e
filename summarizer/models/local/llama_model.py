"""A model run on this machine: llama.cpp behind a server on loopback, asked like any other."""

from __future__ import annotations

import asyncio
import json
import os
import urllib.request
from collections.abc import Sequence

from summarizer.errors import ModelUnavailable, ServerFault
from summarizer.models.hosted import HostedModel
from summarizer.models.local.server import Server
from summarizer.models.model import Completion, Request, T
from summarizer.models.providers import Manners, Provider

LLAMA_CPP = Provider("local", None, None, manners=Manners(strict=False))
TEXTS_AT_ONCE = 256
# A proxy of the environment has no business between us and our own child process.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


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

    async def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, by the model's own tokenizer. Raises `ServerFault` where it cannot be asked."""
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
                    self.name, provider=LLAMA_CPP, base_url=base_url, key=key, window=self.window, alias=self._alias
                )
            return self._client


def count(base_url: str, key: str, texts: Sequence[str]) -> list[int]:
    """Tokens of each text, each as a line of its own, many in a request. Blocks; call it in a thread.

    Each token belongs to the line it begins in; the line end belongs to the line before it.

    Raises:
        ServerFault: the server does not answer.

    """
    if len(texts) > TEXTS_AT_ONCE:
        return [
            counted
            for start in range(0, len(texts), TEXTS_AT_ONCE)
            for counted in count(base_url, key, texts[start : start + TEXTS_AT_ONCE])
        ]
    counts, line = [0] * len(texts), 0
    for piece in _pieces(base_url, key, "\n".join(text.replace("\n", " ") for text in texts)):
        counts[min(line, len(texts) - 1)] += 1
        # A piece that is no whole character comes as the numbers of its bytes.
        line += piece.count("\n") if isinstance(piece, str) else piece.count(ord("\n"))
    return counts


def _pieces(base_url: str, key: str, text: str) -> list[str | list[int]]:
    body = json.dumps({"content": text, "with_pieces": True, "add_special": False}).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{base_url.removesuffix('/v1')}/tokenize", body, headers)  # noqa: S310  our own
    try:
        with _OPENER.open(request, timeout=60) as answer:
            return [token["piece"] for token in json.load(answer)["tokens"]]
    except (OSError, ValueError, KeyError) as error:
        raise ServerFault(f"the tokenizer does not answer: {error}") from error
