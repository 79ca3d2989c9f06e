"""Text that was taken out of a page or a PDF, with the way back to where it stood there."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from summarizer.article import Place


def joined(parts: Iterable[tuple[str, str]], gap: str) -> tuple[str, tuple[Place, ...]]:
    """The texts of `parts` with `gap` between them, and the range of each under its name."""
    texts: list[str] = []
    places: list[Place] = []
    at = 0
    for text, name in parts:
        texts.append(text)
        places.append(Place(at, at + len(text), name))
        at += len(text) + len(gap)
    return gap.join(texts), tuple(places)


def quiet(*names: str) -> None:
    """Keep the warnings of a library to itself where the application has not asked for them: we say what matters."""
    for name in names:
        logger = logging.getLogger(name)
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.CRITICAL)
