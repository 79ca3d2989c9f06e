"""A model that is asked a few times at most: what one article that fits a request may cost, whatever goes wrong."""

from __future__ import annotations

from summarizer.errors import ModelError
from summarizer.models.model import AroundModel, ChatModel, Completion, Request, T

MOST_REQUESTS = 4
"""Of an article that is shown whole: the answer with a higher limit, then two halves, or an answer and its re-ask."""


class LimitedModel(AroundModel):
    """Asks `inner` at most `most` times; a request that is sent again because the line failed counts once."""

    def __init__(self, inner: ChatModel, most: int = MOST_REQUESTS) -> None:
        super().__init__(inner)
        self._most, self._left = most, most

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`. What is one too many is a `ModelError`, and is not sent."""
        if self._left <= 0:
            raise ModelError(f"the {self._most} requests that an article may cost are spent", model=self.name)
        self._left -= 1
        return await self._inner.complete(request)
