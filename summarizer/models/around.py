"""What every model around another has in common."""

from __future__ import annotations

from summarizer.models.model import ChatModel


class AroundModel:
    """Has the name and the window of the model it stands around, and closes it. What it adds is its `complete`."""

    def __init__(self, inner: ChatModel) -> None:
        self._inner = inner

    @property
    def name(self) -> str:
        """The name of the model asked."""
        return self._inner.name

    @property
    def window(self) -> int | None:
        """The window of the model asked."""
        return self._inner.window

    async def aclose(self) -> None:
        """Close the model asked."""
        await self._inner.aclose()
