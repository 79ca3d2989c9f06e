"""Slots: the narrow forms a small model can fill in."""

from __future__ import annotations

from pydantic import Field

from summarizer.schemas.evidence import Draft


class ShortText(Draft):
    """A headline, or a point in one short sentence."""

    text: str = Field(max_length=200, description="The text, of at most 200 characters.")
