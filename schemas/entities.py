"""Entities, dates and quantities of an article."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from summarizer.schemas.evidence import Claim, Draft, Mention, Span, TaskOptions, Value

EntityType = Literal["person", "organisation", "place", "group", "event", "work", "product", "other"]

QuantityKind = Literal[
    "distance", "area", "volume", "mass", "speed", "duration", "temperature", "energy", "power", "money", "percent",
    "count", "data", "other",
]  # fmt: skip


class EntitiesOptions(TaskOptions):
    """Entities need no telling."""


class EntityDraft(Draft):
    """One entity. `ids` are numbers of the candidate names that mean it; a name not in the list goes to `name`."""

    ids: list[int] = Field(description="Numbers of the candidates that mean it; each is used once.")
    name: str | None = Field(description="Its name as the article writes it, only where no candidate is good.")
    type: EntityType
    evidence: list[Span] = Field(description="The sentences that tell the role.")
    role: str | None = Field(description="A noun phrase of a cited sentence that says who or what it is.")


class EntitiesDraft(Draft):
    """What a model fills in: it chooses among the names code found, types them and words their roles."""

    entities: list[EntityDraft]


class Entity(Value):
    """A person, organisation, place or other named thing, once, with every place it is named.

    `aliases` are the other names the article uses for it. `role` is what the article says it is.
    `id` is unique within one article and the same in every result on that article.
    """

    id: str
    name: str
    type: EntityType
    aliases: list[str]
    role: Claim | None
    mentions: list[Mention]


class DateMention(Value):
    """A temporal expression. `iso` (ISO 8601) is a day, month, year, week or interval `a/b`; null when unknown."""

    text: str
    iso: str | None
    mentions: list[Mention]


class Quantity(Value):
    """A number with its unit. `same_as` is the index of the quantity this one restates: 733 miles for 1,180 km."""

    text: str
    value: float | None
    unit: str | None
    kind: QuantityKind
    same_as: int | None
    mentions: list[Mention]


class Entities(Value):
    """Who and what the article names, when, and how much."""

    entities: list[Entity]
    dates: list[DateMention]
    quantities: list[Quantity]
