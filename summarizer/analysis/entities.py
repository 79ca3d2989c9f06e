"""Names gathered into entities: one entity, all its mentions, its aliases, its type and role."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.schemas.entities import Entity
from summarizer.schemas.evidence import Mention

_NAME = re.compile(r"[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*")


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """An entity as code sees it. `certainty` (0 to 1) is of its type: a model is asked where it is low."""

    entity: Entity
    certainty: float


def find_entities(article: Article) -> tuple[FoundEntity, ...]:
    """The named things of `article` in order of first mention."""
    found: dict[str, list[Mention]] = {}
    for sentence in article.sentences:
        for match in _NAME.finditer(sentence.text):
            start = sentence.start + match.start()
            mention = Mention(sentence=sentence.number, start=start, end=start + len(match[0]), text=match[0])
            found.setdefault(match[0], []).append(mention)
    return tuple(
        FoundEntity(Entity(id=f"e{n}", name=name, type="other", aliases=[], role=None, mentions=mentions), 0.0)
        for n, (name, mentions) in enumerate(found.items(), 1)
    )
