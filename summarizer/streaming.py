"""Claims while the model still writes: each is told once it is whole and holds, the result comes last.

The text so far is parsed by jiter's partial mode (it comes with openai), which leaves out what is not finished.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, TypeVar

from pydantic import ValidationError

from summarizer.grounding import Grounder
from summarizer.schemas.evidence import Claim, DraftClaim, numbers_refer_to

T = TypeVar("T")
Tell = Callable[[Claim], None]
FIELDS = set(DraftClaim.model_fields)
LAST_FIELD = list(DraftClaim.model_fields)[-1]


class Listener:
    """Hears the text of a draft as it grows, and tells `tell` each claim that holds, in order.

    A claim that does not hold is not told: it may be worded anew, and the result says what became of it. An answer that
    is asked for again is heard from its beginning; what was told before is not told twice. Claims are checked one
    behind the other in a thread of its own, so that the event loop goes on.
    """

    def __init__(self, grounder: Grounder, tell: Tell) -> None:
        self._grounder = grounder
        self._tell = tell
        self._heard: set[str] = set()
        self._loop = asyncio.get_running_loop()
        self._checking = ThreadPoolExecutor(1, thread_name_prefix="listener")

    def __call__(self, text: str) -> None:
        """Take note of all that was written so far."""
        if not text.rstrip().endswith(('"', "}", "]", ",")):
            return
        from jiter import from_json

        try:
            data = from_json(text.encode("utf-8", "surrogatepass"), partial_mode=True)
        except ValueError:
            return
        for said in _finished(data):
            self._hear(said)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        """Wait until what was heard is told."""
        await asyncio.to_thread(self._checking.shutdown)

    def _hear(self, said: dict[str, Any]) -> None:
        try:
            with numbers_refer_to(self._grounder.analysis.article):
                proposed = DraftClaim.model_validate(said)
        except ValidationError:
            return
        if proposed.text not in self._heard:
            self._heard.add(proposed.text)
            self._checking.submit(self._check, proposed)

    def _check(self, proposed: DraftClaim) -> None:
        if claim := self._grounder.claim(proposed.text, proposed.evidence, ""):
            self._loop.call_soon_threadsafe(self._tell, claim)


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
