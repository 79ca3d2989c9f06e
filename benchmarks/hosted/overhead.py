"""CPU of one request with the plain openai client and with ours, against a server in a process of its own."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from summarizer.analysis import Analysis
from summarizer.engines.llm import combined_schema
from summarizer.engines.prompting import messages_for
from summarizer.engines.prompts import Prompts
from summarizer.models.hosted import HostedModel
from summarizer.models.model import Request
from summarizer.models.providers import PROVIDERS
from summarizer.models.retrying import RetryingModel
from summarizer.models.sent_schema import sent_schema
from summarizer.reading import read
from summarizer.schemas.evidence import numbers_refer_to
from summarizer.tasks import registry

ROUNDS, REQUESTS = 7, 50
CLAIM = {"evidence": [1], "text": "The council voted on Tuesday to move the school away from the river."}
EVENT = {**CLAIM, "when": "2023-09-12", "certainty": "happened", "attributed_to": None}
ANSWER = {
    "summary": {"headline": CLAIM, "points": [CLAIM] * 4},
    "entities": {
        "entities": [{"ids": [n], "name": None, "type": "person", "evidence": [1], "role": None} for n in range(1, 16)]
    },
    "timeline": {"events": [EVENT] * 6},
}


async def measure() -> dict[str, list[float]]:
    """Milliseconds of CPU a request, by client, one figure a round."""
    import openai

    article, asks = read("tests/engines/flood-plan.txt"), [task.ask() for task in registry.tasks_of("brief")]
    schema = combined_schema(tuple((ask.task.name, ask.task.draft) for ask in asks))
    prefix, varying = messages_for(Analysis(article), asks, Prompts())
    messages = (*prefix, *varying)
    address, server = _served()
    client = openai.AsyncOpenAI(base_url=address, api_key="x", max_retries=0)
    ours = RetryingModel(HostedModel("openai/m", provider=PROVIDERS["openai"], base_url=address, key="x"))
    form: Any = {"type": "json_schema", "json_schema": {"name": "b", "schema": sent_schema(schema), "strict": True}}

    async def plain() -> None:
        spoken: Any = [{"role": message.role, "content": message.content} for message in messages]
        answer = await client.chat.completions.create(
            model="m", messages=spoken, response_format=form, max_completion_tokens=4096, temperature=0
        )
        schema.model_validate_json(answer.choices[0].message.content or "")

    async def whole() -> None:
        await ours.complete(Request(messages, schema, 4096))

    try:
        with numbers_refer_to(article):
            return await _timed({"openai, create and pydantic": plain, "ours, retries and instructor": whole})
    finally:
        await client.close()
        await ours.aclose()
        server.terminate()


async def _timed(clients: dict[str, Callable[[], Awaitable[None]]]) -> dict[str, list[float]]:
    """Rounds of requests, the clients in turn, after a warm-up that imports what is needed."""
    for ask in clients.values():
        for _ in range(5):
            await ask()
    found: dict[str, list[float]] = {name: [] for name in clients}
    for _ in range(ROUNDS):
        for name, ask in clients.items():
            began = time.process_time()
            for _ in range(REQUESTS):
                await ask()
            found[name].append((time.process_time() - began) / REQUESTS * 1000)
    return found


def report(found: dict[str, list[float]]) -> list[str]:
    """The figures as rows of a table."""
    rows = ["| client | CPU ms a request, median | lowest | highest |", "|---|---|---|---|"]
    rows += [
        f"| {name} | {statistics.median(times):.2f} | {min(times):.2f} | {max(times):.2f} |"
        for name, times in found.items()
    ]
    plain, ours = found.values()
    apart = statistics.median(b - a for a, b in zip(plain, ours, strict=True))
    return [*rows, f"| apart, round by round | {apart:.2f} | | |"]


def _served() -> tuple[str, multiprocessing.Process]:
    addresses: multiprocessing.Queue[str] = multiprocessing.Queue()
    server = multiprocessing.Process(target=_serve, args=(addresses,), daemon=True)
    server.start()
    return addresses.get(), server


def _serve(addresses: multiprocessing.Queue[str]) -> None:
    from tests.scripted_server import ScriptedServer, completion

    with ScriptedServer() as server:
        server.script(completion(ANSWER))
        addresses.put(server.base_url)
        time.sleep(3600)


if __name__ == "__main__":
    import asyncio

    for client, times in asyncio.run(measure()).items():
        print(f"{client}: {statistics.median(times):.2f} ms (lowest {min(times):.2f}, highest {max(times):.2f})")
