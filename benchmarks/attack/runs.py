"""The ways to ask, each with a key and a deadline, a job with a cap on money too; and what came of it, judged."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.attack.server import Listening
from benchmarks.attack.wire import Answer, http
from summarizer import Article, AsyncSummarizer, BudgetReached, SummarizerError
from summarizer.views.text import plain_text

KEY = "sk-proj-Qm7CANARYkEy4vXz9LtWbR2dHs6J"
MODEL, SECRET = "openai/gpt-5-mini", "Zorvex Quillbank"
TEXT = (
    f"{SECRET} opened the bridge of Harwick on Monday. It cost 5.2 million pounds. The mayor did not attend. "
    "Work on a second bridge could begin in June."
)
ARTICLES, CAP, MOST_REQUESTS = 6, 0.08, 24
"""Articles of a job, its cap in US dollars; requests that one article may cost, those again after a fault included."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Outcome:
    """How one call ended: a result's status or an error's name, seconds, requests, and what is wrong with it."""

    end: str
    seconds: float
    requests: int
    faults: tuple[str, ...]


async def attack(
    answer: Answer, way: str, seconds: float, slack: float, *, secure: bool = False, patient: bool = False
) -> Outcome:
    """One call of a client against a server that answers so; it may take `slack` seconds beyond its deadline.

    A `patient` job is looked at until then: it waits as long as the server asks for fewer requests, which is no fault.
    """
    loop = asyncio.get_running_loop()
    with (
        Listening(lambda asked: iter([http(b"{}")])) as elsewhere,
        Listening(answer, f"http://localhost:{elsewhere.port}/v1/chat/completions") as server,
        TemporaryDirectory() as folder,
    ):
        url = f"{'https' if secure else 'http'}://127.0.0.1:{server.port}/v1"
        began, shown, limit = loop.time(), [""], seconds * (2 * ARTICLES if way == "batch" else 1) + slack
        try:
            async with (
                asyncio.timeout(slack if patient else limit),
                AsyncSummarizer(MODEL, base_url=url, timeout=seconds) as client,
            ):
                end = await WAYS[way](client, shown, Path(folder))
        except SummarizerError as error:
            end = type(error).__name__
            shown.append(str(error))
        except TimeoutError:
            end = "patient" if patient else "late"
        except Exception as error:  # noqa: BLE001  just that is what is looked for
            end = f"untyped {type(error).__name__}"
        took = loop.time() - began
        faults = [*_faults(end, "\n".join(shown)), *_owed(way, server, elsewhere), *_kept(Path(folder))]
        return Outcome(end, took, len(server.requests), tuple(faults))


async def _summarize(client: AsyncSummarizer, shown: list[str], folder: Path) -> str:
    result = await client.summarize(Article(TEXT))
    shown.append(plain_text([result], {}))
    return result.status


async def _ask(client: AsyncSummarizer, shown: list[str], folder: Path) -> str:
    result = await client.ask(Article(TEXT), "Who opened the bridge?")
    shown.append(plain_text([result], {}))
    return result.status


async def _streamed(client: AsyncSummarizer, shown: list[str], folder: Path) -> str:
    items: list[Any] = [item async for item in client.stream(Article(TEXT))]
    shown.append(plain_text(items[-1:], {}))
    return str(items[-1].status)


async def _batch(client: AsyncSummarizer, shown: list[str], folder: Path) -> str:
    """The worst status, or that the money is spent; a job ends in nothing else."""
    articles, found = [Article(f"Story {n}. {TEXT}") for n in range(ARTICLES)], []
    try:
        async for result in client.batch(articles, store=folder / "store.sqlite", max_cost=CAP):
            found.append(result.status)
            shown.append(plain_text([result], {}))
    except BudgetReached as error:
        shown.append(str(error))
        return f"{len(found)} and BudgetReached"
    return "complete" if set(found) == {"complete"} else f"{found.count('failed')} of {len(found)} failed"


WAYS: dict[str, Callable[[AsyncSummarizer, list[str], Path], Awaitable[str]]] = {
    "summarize": _summarize, "ask": _ask, "batch": _batch, "streamed": _streamed,
}  # fmt: skip
_ENDS = re.compile(r"complete|incomplete|failed|patient|\d+ and BudgetReached|\d of \d failed|[A-Z]\w+")


def _faults(end: str, said: str) -> Iterator[str]:
    if not _ENDS.fullmatch(end):
        yield f"ends {end}"
    if KEY in said or KEY[8:24] in said:
        yield "the key is told"
    if end[0].isupper() and SECRET in said:
        yield "an error tells the article's text"
    if bad := _CONTROLS.search(said):
        yield f"control character {bad[0]!r} is shown"


def _owed(way: str, server: Listening, elsewhere: Listening) -> Iterator[str]:
    if elsewhere.requests:
        yield "the article went to another host"
    if way == "batch" and server.owed > CAP:
        yield f"${server.owed:.4f} owed, ${CAP} allowed"
    if len(server.requests) > MOST_REQUESTS * (ARTICLES if way == "batch" else 1):
        yield f"{len(server.requests)} requests"


def _kept(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*"):
        if file.is_file() and KEY.encode() in file.read_bytes():
            yield f"the key is in {file.name}"


@contextmanager
def watched() -> Iterator[io.StringIO]:
    """A key in the environment, and what is logged, as much as `-v` lets through."""
    os.environ["OPENAI_API_KEY"] = KEY
    log, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(log)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield log
    finally:
        root.removeHandler(handler)


def wrong_in_log(log: io.StringIO) -> Iterator[str]:
    """What a log tells that it must not."""
    text = log.getvalue()
    if KEY in text or KEY[8:24] in text:
        yield "the key is logged"
    if lines := [line for line in text.splitlines() if SECRET in line]:
        yield f"the article is logged {len(lines)} times: {lines[0][:100]!r}"
    if bad := _CONTROLS.search(text):
        yield f"control character {bad[0]!r} is logged"
