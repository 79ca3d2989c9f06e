"""What is sent as schema keeps OpenAI's published rules; what cannot keep them is refused before anything is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from enum import Enum
from itertools import combinations
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, RootModel, create_model

from summarizer.engines.llm import combined_schema
from summarizer.errors import SchemaError
from summarizer.models.hosted.forms import form_name
from summarizer.models.sent_schema import sent_schema
from summarizer.schemas.evidence import Draft, DraftClaim, Span
from summarizer.schemas.requests import Corrections, ShortText
from summarizer.tasks import registry
from tests.models.strict_rules import broken_rules

BUILT_IN = [entry.name for entry in registry.entries() if entry.name != "answer"]
COMBINATIONS = [names for size in (1, 2) for names in combinations(BUILT_IN, size)]


@pytest.mark.parametrize("names", COMBINATIONS, ids="+".join)
def test_every_built_in_task_and_combination_is_strict(names: tuple[str, ...]) -> None:
    """Whatever is asked together can be sent."""
    schema = combined_schema(tuple((name, registry.get(name).draft) for name in names))

    assert [] == broken_rules(sent_schema(schema))


@pytest.mark.parametrize("schema", [Corrections, ShortText])
def test_what_else_is_sent_is_strict(schema: type[BaseModel]) -> None:
    """The re-ask and the slots of small models."""
    assert [] == broken_rules(sent_schema(schema))


def test_a_tasks_schema_is_constant() -> None:
    """Providers compile a schema once and cache the prompt behind it: two requests must send the same bytes."""
    parts = tuple((name, registry.get(name).draft) for name in ("summary", "entities", "timeline"))
    once = json.dumps(sent_schema(combined_schema(parts)))
    sent_schema.cache_clear()
    combined_schema.cache_clear()

    assert once == json.dumps(sent_schema(combined_schema(parts)))


class Level(Enum):
    LOW = "low"
    HIGH = "high"


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: Annotated[int, Field(ge=1, le=9)]


class Dog(BaseModel):
    kind: Literal["dog"]
    name: Annotated[str, Field(min_length=1, max_length=20, pattern="^[A-Z]")]


class Tree(BaseModel):
    """A thing inside itself."""

    name: str
    branches: list[Tree]


class Rich(BaseModel):
    """All that can be sent."""

    span: Span
    spans: list[Span] = []
    level: Level = Field(Level.LOW, description="How bad it is.")
    maybe: str | None = None
    either: int | str
    pet: Cat | Dog = Field(discriminator="kind")
    day: date
    tags: Annotated[set[str], Field(max_length=5)]
    tree: Tree
    title: str = Field(title="T", description="A field called title.", examples=["x"])
    exactly: Literal[3] = 3
    look: Annotated[str, Field(json_schema_extra={"pattern": "(?=x)y"})]


def test_a_rich_schema_is_made_strict() -> None:
    """Defaults, lengths, discriminators and look-ahead are left out, descriptions and choices are kept."""
    sent = sent_schema(Rich)

    assert [] == broken_rules(sent)
    fields = sent["properties"]
    assert ("integer", "How bad it is.", ["low", "high"]) == (
        fields["span"]["type"],
        fields["level"]["description"],
        fields["level"]["enum"],
    )
    assert {"type": "string", "description": "A field called title."} == fields["title"]
    assert {"type": ["string", "null"]} == fields["maybe"]


def test_a_root_inside_itself_is_strict() -> None:
    """A recursive model is sent by reference."""
    assert [] == broken_rules(sent_schema(Tree))


make: Any = create_model


def field(kind: Any) -> type[BaseModel]:
    item: Any = make("Item", x=(kind, ...))
    return make("Risk", inner=(list[item], ...))  # type: ignore[no-any-return]


UNTELLABLE: dict[str, tuple[type[BaseModel], str]] = {
    "free keys": (field(dict[str, int]), "schema Risk, field Item/x: an object with free keys cannot be sent"),
    "a tuple": (field(tuple[int, str]), "schema Risk, field Item/x: a tuple cannot be sent"),
    "anything": (field(Any), "schema Risk, field Item/x: it may be anything"),
    "a list of anything": (field(list[Any]), "it may be anything"),
    "a bare dict": (field(dict), "an object with free keys"),
    "a list as root": (RootModel[list[int]], "its root must be a model with fields"),
    "a union as root": (RootModel[Cat | Dog], "its root must be a model with fields"),
    "a callable": (field(Callable[[], int]), "schema Risk"),
}


@pytest.mark.parametrize("case", UNTELLABLE)
def test_what_cannot_be_sent_is_refused_in_plain_words(case: str) -> None:
    """The schema, the field and the reason are named."""
    schema, words = UNTELLABLE[case]

    with pytest.raises(SchemaError) as caught:
        sent_schema(schema)

    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("name", "expected"), [("Risk", "Risk"), ("Page[int]", "Page_int"), ("x" * 80, "x" * 64), ("Größe", "Gr_e")]
)
def test_a_forms_name_has_only_letters_that_are_allowed(name: str, expected: str) -> None:
    """Letters, digits, `_` and `-`, at most 64."""
    assert expected == form_name(make(name))


class Described(Draft):
    """Words for who reads the code."""

    claim: DraftClaim = Field(description="What is said.")
    level: Level = Field(description="How bad it is.")


def test_descriptions_of_fields_are_sent_and_docstrings_of_our_own_drafts_are_not() -> None:
    """What a field means is told to the model; a docstring is not written for it."""
    sent = sent_schema(Described)

    assert ["What is said.", "How bad it is."] == [field["description"] for field in sent["properties"].values()]
    assert "Words for who reads the code" not in json.dumps(sent)
    assert "A proposed statement" not in json.dumps(sent)
    assert [] == broken_rules(sent)
