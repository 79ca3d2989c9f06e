"""Actions: who is to do what by when, for minutes and mails."""

from __future__ import annotations

from pydantic import Field

from summarizer.schemas.evidence import Claim, Draft, Span, TaskOptions, Value


class ActionsOptions(TaskOptions):
    """Whose actions."""

    owner: str | None = Field(None, min_length=1, description="Only what this person or group is to do.")


class ActionDraft(Draft):
    """One thing somebody is to do."""

    evidence: list[Span] = Field(description="The sentences that say so.")
    text: str = Field(description="What is to be done, in a sentence that names who.")
    owner: str | None = Field(description="Who is to do it, as a cited sentence names them.")
    due: str | None = Field(description="ISO 8601 day, month or interval by when, that the cited sentences give.")


class ActionsDraft(Draft):
    """What a model fills in."""

    actions: list[ActionDraft] = Field(description="In the order of the article.")


class Action(Value):
    """A thing to do. `owner` are words of the evidence; `owner_id` the entity they name; `due` ISO 8601 or null."""

    claim: Claim
    owner: str | None
    owner_id: str | None
    due: str | None


class Actions(Value):
    """What is to be done, in the order of the article."""

    actions: list[Action]
