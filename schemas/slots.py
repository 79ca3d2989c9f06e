"""Slots: the narrow forms a small model can fill in."""

from __future__ import annotations

from summarizer.schemas.evidence import Draft


class Headline(Draft):
    """The headline of an article. Code narrows `text` to the forms it has proved."""

    text: str


class ShortAnswer(Draft):
    """The words of a passage that answer a question."""

    answer: str
