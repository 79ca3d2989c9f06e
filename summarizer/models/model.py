"""The seam: what is asked of a model, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel

from summarizer.errors import Spent

T = TypeVar("T", bound=BaseModel)
T_co = TypeVar("T_co", bound=BaseModel, covariant=True)

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Request(Generic[T_co]):
    """A form to fill in: the conversation, the schema of the answer, and how long the answer may be, in tokens.

    `heard` is told the whole text so far each time some of it arrives, by models that can stream; others ignore it.
    """

    messages: tuple[Message, ...]
    schema: type[T_co]
    max_tokens: int
    heard: Callable[[str], None] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Completion(Generic[T_co]):
    """A filled-in form that fits its schema, its JSON, what it cost, and the headers, which tell of limits."""

    draft: T_co
    text: str
    spent: Spent
    headers: Mapping[str, str] = field(default_factory=dict)


class ChatModel(Protocol):
    """Anything that can fill in a form. Retrying and recording are models around another model."""

    @property
    def name(self) -> str:
        """The name as `provider/name`."""

    @property
    def window(self) -> int | None:
        """Tokens that prompt and answer may have together; None where it is not known."""

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form.

        Raises:
            ModelError: the model gave nothing that can be used; the subclass says why.

        """

    async def aclose(self) -> None:
        """Free connections and child processes; closing twice is harmless."""
