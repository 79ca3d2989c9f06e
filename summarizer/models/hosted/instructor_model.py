"""The model behind an instructor client that a user hands in."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from summarizer.errors import UsageError
from summarizer.models.hosted.forms import fill
from summarizer.models.model import Completion, Request, T

if TYPE_CHECKING:
    from instructor import AsyncInstructor, Instructor

# How each provider calls the longest answer that is wanted, by instructor's name of the provider. Others get none.
_LIMIT = dict.fromkeys(
    """anthropic groq mistral cohere deepseek together fireworks anyscale databricks cerebras openrouter perplexity xai
    writer""".split(),
    "max_tokens",
) | {"openai": "max_completion_tokens"}


class InstructorModel:
    """A `ChatModel` around an instructor client, sync or async, of any provider that instructor knows."""

    window = None

    def __init__(self, client: Instructor | AsyncInstructor) -> None:
        from instructor import Instructor

        if not isinstance(client, Instructor):  # an AsyncInstructor is one, too
            said = f"{type(client).__name__} is no instructor client; make one with instructor.from_provider"
            raise UsageError(f"client: {said}")
        self._client, self.name = client, f"{client.provider.value}/{_model_of(client)}"

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        limit = _LIMIT.get(str(self._client.provider.value))
        given = {limit: request.max_tokens} if limit and limit not in self._client.kwargs else {}
        return await fill(self._client, request, self.name, **given)

    async def aclose(self) -> None:
        """The client is the user's: it stays open."""


def _model_of(client: Instructor) -> str:
    """The model that a client asks where none is named: instructor keeps it in the function it asks with."""
    kept = inspect.getclosurevars(client.create_fn).nonlocals if inspect.isfunction(client.create_fn) else {}
    return str(client.kwargs.get("model") or client.default_model or kept.get("default_model") or "model")
