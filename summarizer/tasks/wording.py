"""Words that several tasks share: a day, how sure an event is, what is said where an article says nothing."""

from __future__ import annotations

from datetime import date

from summarizer.analysis.spoken import date_in_words
from summarizer.schemas.timeline import Certainty

NOT_FOUND = "The article does not say."
NONE_SAYS = "None of the articles says."


def plain_day(day: date | None) -> str | None:
    """A day as people write it, or None."""
    return date_in_words(day.isoformat()) if day else None


def told_by(certainty: Certainty) -> str:
    """What joins a certainty and who told it: "reported by X", but "planned, according to X"."""
    return "reported by" if certainty == "reported" else f"{certainty}, according to"
