"""A dossier: everything that is known of one article, gathered from the results on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer.article import Article
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import Entities
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import ArticleRef, Result, Run
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Timeline

Known = TypeVar("Known", Summary, Entities, Timeline, Answer)

_BUILT_IN: tuple[type[BaseModel], ...] = (Summary, Entities, Timeline, Answer)


def typed(value: Any) -> Any:
    """The value of a built-in task as its model, whether it came as that or as plain JSON; any other as plain JSON.

    The forms exclude each other, because none allows an unknown field.
    """
    if isinstance(value, _BUILT_IN):
        return value
    plain = value.model_dump(mode="json", by_alias=True) if isinstance(value, BaseModel) else value
    if not isinstance(plain, Mapping):
        return plain
    for model in _BUILT_IN:
        try:
            return model.model_validate(plain)
        except ValidationError:
            continue
    return plain


@dataclass(frozen=True)
class Finding:
    """One result with its value made typed."""

    result: Result[Any]
    value: Any


@dataclass(frozen=True)
class Dossier:
    """The results on one article, in the order given, and the article itself where it is at hand."""

    ref: ArticleRef
    article: Article | None
    findings: tuple[Finding, ...]

    def of(self, kind: type[Known]) -> list[tuple[Result[Any], Known]]:
        """The findings that are summaries, entities, timelines or answers, with their results."""
        return [(f.result, f.value) for f in self.findings if isinstance(f.value, kind)]

    @cached_property
    def others(self) -> list[Finding]:
        """The findings of a user's own tasks, whose values have no form known here."""
        return [f for f in self.findings if f.value is not None and not isinstance(f.value, _BUILT_IN)]

    @cached_property
    def runs(self) -> list[Run]:
        """Each run once: results that one request served share its id."""
        return runs_of(f.result for f in self.findings)

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the entities by id, for the participants of events."""
        return {e.id: e.name for _, found in self.of(Entities) for e in found.entities}

    @cached_property
    def title(self) -> str:
        """What to call the article: the headline found, its own title, its file, or its id."""
        headlines = (s.headline.text for _, s in self.of(Summary))
        file = PurePath(self.ref.source.rstrip("/")).name
        options = (*headlines, self.ref.title, file, self.ref.source, f"article {self.ref.id[:12]}")
        return next(" ".join(text.split()) for text in options if text and text.strip())

    @cached_property
    def attention(self) -> bool:
        """Whether a careful reader should look twice: something failed, went unread or did not hold."""
        results = [f.result for f in self.findings]
        return any(r.status != "complete" or r.issues or r.coverage.read < r.coverage.sentences for r in results)


def gather(results: Iterable[Result[Any]], articles: Mapping[str, Article]) -> list[Dossier]:
    """Results by article, articles in the order of their first result."""
    by_id: dict[str, list[Result[Any]]] = {}
    for result in results:
        by_id.setdefault(result.article.id, []).append(result)
    return [
        Dossier(group[0].article, articles.get(identity), tuple(Finding(r, typed(r.value)) for r in group))
        for identity, group in by_id.items()
    ]


def runs_of(results: Iterable[Result[Any]]) -> list[Run]:
    """The runs behind `results`, each id once, in order."""
    return list({r.run.id: r.run for r in reversed(list(results))}.values())[::-1]


def is_claim(value: Any) -> bool:
    """Whether plain JSON has the form of a claim, so that a user's own task shows its evidence too."""
    return isinstance(value, Mapping) and set(value) == set(Claim.model_fields)


def claims_in(value: Any) -> Iterator[Claim]:
    """The claims anywhere inside a plain JSON value, in order."""
    if is_claim(value):
        yield Claim.model_validate(value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from claims_in(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from claims_in(inner)
