"""Slots: the narrow forms a small model can fill in."""

from __future__ import annotations

from summarizer.schemas.evidence import Draft


class Tightened(Draft):
    """One sentence, made shorter."""

    text: str


class ShortAnswer(Draft):
    """The words of a passage that answer a question."""

    answer: str
