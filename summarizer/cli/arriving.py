"""A summary on the terminal as it arrives; the page that follows takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from summarizer.article import Article
    from summarizer.desk import Summarizer
    from summarizer.schemas.result import Result


def summarized(desk: Summarizer, article: Article, wanted: dict[str, Any], console: Console) -> Result[Any]:
    """The result; its claims are shown while the model writes, each already checked, and wiped away at the end."""
    from rich.live import Live

    from summarizer.schemas.evidence import Claim
    from summarizer.views.text import render_claims

    claims: list[Claim] = []
    with Live(console=console, transient=True, auto_refresh=False) as live:
        for item in desk.stream(article, **wanted):
            if not isinstance(item, Claim):
                return item
            claims.append(item)
            live.update(render_claims(claims), refresh=True)
    raise AssertionError("the last item of a stream is its result")
