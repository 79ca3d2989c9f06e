"""Short articles, as many as wanted."""

from __future__ import annotations

from datetime import date

from summarizer.article import Article


def story(number: int) -> Article:
    """A short article of that number."""
    text = (
        f"The council of story-{number} met on Monday and approved a bridge over the river.\n\n"
        f"It will cost {number + 2} million euros, the mayor said. Work begins in May."
    )
    return Article(text, title=f"A bridge {number}", published=date(2026, 3, 2), source=f"paper/{number}.txt")
