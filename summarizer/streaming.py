"""Claims while the model still writes: each is told once it is whole and holds, the result comes last.

The text so far is parsed by jiter's partial mode (it comes with openai), which leaves out what is not finished.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from pydantic import ValidationError

from summarizer.grounding import Grounder
from summarizer.schemas.evidence import Claim, DraftClaim, numbers_refer_to

T = TypeVar("T")
Tell = Callable[[Claim], None]
FIELDS = set(DraftClaim.model_fields)
LAST_FIELD = list(DraftClaim.model_fields)[-1]


@asynccontextmanager
async def listening(grounder: Grounder, tell: Tell) -> AsyncIterator[Callable[[str], None]]:
    """What hears the text of a draft as it grows; `tell` is told each claim that holds, in order, by the end of this.

    A claim that does not hold is not told: it may be worded anew, and the result says what became of it. An answer that
    is asked for again is heard from its beginning; what was told before is not told twice. Claims are checked one
    behind the other in a thread of its own, so that the event loop goes on.
    """
    heard: set[str] = set()
    loop, checking = asyncio.get_running_loop(), ThreadPoolExecutor(1, thread_name_prefix="listener")

    def check(proposed: DraftClaim) -> None:
        if claim := grounder.claim(proposed.text, proposed.evidence, ""):
            loop.call_soon_threadsafe(tell, claim)

    def hear(text: str) -> None:
        with numbers_refer_to(grounder.analysis.article):
            proposed = list(_proposed(text))
        for one in proposed:
            if one.text not in heard:
                heard.add(one.text)
                checking.submit(check, one)

    try:
        yield hear
    finally:
        await asyncio.to_thread(checking.shutdown)


def _proposed(text: str) -> Iterator[DraftClaim]:
    """The claims that are whole in all that was written so far."""
    if not text.rstrip().endswith(('"', "}", "]", ",")):
        return
    from jiter import from_json

    try:
        data = from_json(text.encode("utf-8", "surrogatepass"), partial_mode=True)
    except ValueError:
        return
    for said in _finished(data):
        with suppress(ValidationError):
            yield DraftClaim.model_validate(said)


def _finished(node: Any) -> Iterator[dict[str, Any]]:
    """The claims, at any depth, whose last field is there: partial mode has no field that is not closed."""
    if isinstance(node, list):
        for one in node:
            yield from _finished(one)
    elif isinstance(node, dict):
        if set(node) == FIELDS and list(node)[-1] == LAST_FIELD:
            yield node
        else:
            yield from _finished(list(node.values()))


async def streamed(make: Callable[[Tell], Coroutine[Any, Any, T]]) -> AsyncGenerator[Claim | T]:
    """The claims that `make` tells, as they come, and last what it returns. Closing the stream cancels it."""
    told: asyncio.Queue[Claim] = asyncio.Queue()
    making = asyncio.ensure_future(make(told.put_nowait))
    try:
        while not making.done() or not told.empty():
            following = asyncio.ensure_future(told.get())
            await asyncio.wait([making, following], return_when=asyncio.FIRST_COMPLETED)
            if following.done():
                yield following.result()
            else:
                following.cancel()
        yield await making
    finally:
        making.cancel()
