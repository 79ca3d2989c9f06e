"""Evidence: the places in an article that a claim rests on; and the bases of values, drafts and options."""

from __future__ import annotations

import types
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, ModelWrapValidatorHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from summarizer.article import Article, Sentence

Support = Literal["verbatim", "checked", "unchecked"]

_article: ContextVar[Article | None] = ContextVar("article", default=None)


@contextmanager
def numbers_refer_to(article: Article) -> Iterator[None]:
    """While this is open, a sentence number that is validated as a `Span` becomes the sentence of `article`."""
    token = _article.set(article)
    try:
        yield
    finally:
        _article.reset(token)


class Value(BaseModel):
    """Base of all values a user gets: frozen, no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TaskOptions(BaseModel):
    """Base of all options of tasks: nothing unknown, nothing converted, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def values(self) -> dict[str, Any]:
        """What the prompt's template may use, by name."""
        return self.model_dump()


class Span(Value):
    """A piece of evidence: `article.text[start:end] == text`.

    It has two faces. A model writes a sentence number, and the schema sent to it says `integer`; validated
    inside `numbers_refer_to(article)` the number becomes the whole sentence. The stored form is the object.
    A number that no sentence has gives an unresolved span (`text` is empty): a fault of the answer that
    grounding reports, not a reason to throw the whole answer away.
    """

    sentence: int = Field(description="Number of the sentence, from 1.")
    start: int = Field(description="Offset of the first code point in the article's text.")
    end: int = Field(description="Offset behind the last code point.")
    text: str
    article: str | None = Field(None, description="Id of the article, where a result covers several.")

    @model_validator(mode="wrap")
    @classmethod
    def _from_number(cls, data: Any, handler: ModelWrapValidatorHandler[Span]) -> Span:
        if isinstance(data, bool) or not isinstance(data, int):
            return handler(data)
        article = _article.get()
        sentence = article.sentence(data) if article else None
        return cls.of(sentence) if sentence else cls(sentence=data, start=0, end=0, text="", article=None)

    @classmethod
    def of(cls, sentence: Sentence, article: str | None = None) -> Span:
        """The span that covers a whole sentence."""
        return cls(
            sentence=sentence.number, start=sentence.start, end=sentence.end, text=sentence.text, article=article
        )

    @property
    def resolved(self) -> bool:
        """Whether this points at text."""
        return bool(self.text)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "integer"} if handler.mode == "validation" else handler(core_schema)


class Mention(Value):
    """The exact place of a name, a date or a quantity, located by code: `article.text[start:end] == text`.

    `start` and `end` are code points, `end` exclusive; `sentence` counts from 1; `article` is an id, where several are.
    """

    sentence: int
    start: int
    end: int
    text: str
    article: str | None = None


class Claim(Value):
    """One statement about the article, with the sentences it rests on.

    `support` is `verbatim` (a cited sentence, or a trim of one: its words in its order, nothing left out that
    qualifies the rest), `checked` (it passed the check against its evidence) or `unchecked` (kept by the policy
    `flag`, or in a language the check does not read). `score` is the reader's probability that the evidence supports
    it: at least the threshold of the level for a checked claim, null for a verbatim one.
    """

    text: str
    evidence: list[Span]
    support: Support
    score: float | None = Field(None, description="The reader's probability that the evidence supports it.")


class Draft(BaseModel):
    """Base of all forms a model fills in: no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DraftClaim(Draft):
    """A proposed statement. Evidence comes first, so that the model commits to its source before it words it."""

    evidence: list[Span]
    text: str


def options_of(annotation: Any) -> list[Any]:
    """What may stand there: the members of a union, without `Annotated`."""
    if get_origin(annotation) is Annotated:
        return options_of(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return [option for one in get_args(annotation) for option in options_of(one)]
    return [annotation]
