"""Timeline: what happened, is planned or may happen, in order of time."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from summarizer.schemas.evidence import Claim, Draft, Span, TaskOptions, Value

Certainty = Literal["happened", "planned", "possible", "reported"]


class TimelineOptions(TaskOptions):
    """A timeline needs no telling."""


class EventDraft(Draft):
    """One proposed event."""

    evidence: list[Span]
    text: str
    when: str | None = Field(description="ISO 8601 day, month, year or interval a/b that the cited sentences give.")
    certainty: Certainty
    attributed_to: str | None = Field(description="Who reports it, as the cited sentences name them.")


class TimelineDraft(Draft):
    """What a model fills in."""

    events: list[EventDraft]


class Event(Value):
    """One event. `when` is an ISO 8601 date or interval, null when the article does not tell.

    `said` is a day, month or season without a year, as the article has it ("14 May"), null where `when` is told.
    `certainty` tells whether it happened, is planned, is possible, or is reported by somebody (`attributed_to`).
    `participants` are ids of entities.
    """

    when: str | None
    said: str | None = None
    claim: Claim
    certainty: Certainty
    attributed_to: str | None
    participants: list[str]


class Timeline(Value):
    """Events in order of time; those without a date come last, in the order of the article."""

    events: list[Event]
