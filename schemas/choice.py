"""Choice: which of the claims found in the parts of a long article make its summary."""

from __future__ import annotations

from summarizer.schemas.evidence import Draft


class Choice(Draft):
    """Numbers of claims, most important first, and a headline worded from the claims of `headline_from`."""

    chosen: list[int]
    headline_from: list[int]
    headline: str
