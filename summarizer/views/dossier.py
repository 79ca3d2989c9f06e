"""A dossier: the results on one article as sections of lines, whatever tasks they are of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.article import Article
from summarizer.errors import SummarizerError
from summarizer.schemas.evidence import Claim, Mention, Span
from summarizer.schemas.result import ArticleRef, Issue, Result, Run
from summarizer.tasks import registry
from summarizer.tasks.base import Task
from summarizer.tasks.view import Place, Section, pointed, sections_of
from summarizer.views import wording
from summarizer.views.wording import legible

UNREMARKABLE = {"moved"}
"""Actions that a reader need not know of: the claim holds where it points now."""


@dataclass(frozen=True)
class Finding:
    """One result with the sections that show its value."""

    result: Result[Any]

    @cached_property
    def sections(self) -> list[Section]:
        """What is shown; nothing where the result has no value."""
        return [] if self.result.value is None else list(_sections(self.result))

    @cached_property
    def names(self) -> dict[str, str]:
        """What the articles that a value from several names are called: the file, the path where two share a name."""
        refs = [self.result.article, *refs_in(self.result.value)]
        short = {ref.id: PurePath(ref.source).name or ref.title or ref.id[:12] for ref in refs}
        called = list(short.values())
        return {ref.id: short[ref.id] if called.count(short[ref.id]) == 1 else ref.source for ref in refs}

    def cited(self, places: Sequence[Place]) -> str:
        """The sentences of a line: `2, 3`, or `bridge.txt 3` where several articles are spoken of."""
        named = (f"{self._called(place)}{place.sentence}" for place in places if place.text)
        return ", ".join(dict.fromkeys(named))

    def _called(self, place: Place) -> str:
        return f"{self.names.get(place.article, place.article[:12])} " if place.article else ""

    @property
    def unfinished(self) -> str:
        """How much was read of a result that is not complete; empty for one that is."""
        result = self.result
        return "" if result.status == "complete" else f"is {result.status}: {wording.coverage(result.coverage)}"

    @property
    def issues(self) -> list[Issue]:
        """What the reader should know of."""
        return [issue for issue in self.result.issues if issue.action not in UNREMARKABLE]


@dataclass(frozen=True)
class Dossier:
    """The results on one article, in the order given, and the article itself where it is at hand."""

    ref: ArticleRef
    article: Article | None
    findings: tuple[Finding, ...]

    @cached_property
    def runs(self) -> list[Run]:
        """Each run once: results that one request served share its id."""
        return runs_of(finding.result for finding in self.findings)

    @cached_property
    def title(self) -> str:
        """What to call the article: its own title, its file, or its id."""
        file = PurePath(self.ref.source.rstrip("/")).name
        options = (self.ref.title, file, self.ref.source, f"article {self.ref.id[:12]}")
        return next(" ".join(text.split()) for text in options if text and text.strip())

    @cached_property
    def facts(self) -> list[str]:
        """Where it came from, when it was published, how much was read."""
        read = max((f.result.coverage for f in self.findings), key=lambda c: (c.sentences, c.read))
        facts = (self.ref.source, wording.plain_day(self.ref.published), wording.coverage(read))
        return [fact for fact in facts if fact]

    def issues_of(self, finding: Finding) -> list[Issue]:
        """What the reader should know of a result, less what one before it says of the whole article."""
        before = takewhile(lambda one: one is not finding, self.findings)
        told = {(issue.code, issue.message) for one in before for issue in one.issues if not issue.where}
        return [issue for issue in finding.issues if issue.where or (issue.code, issue.message) not in told]

    @cached_property
    def legend(self) -> str:
        """What the marks behind its lines mean."""
        return wording.legend(line.support for f in self.findings for s in f.sections for line in s.lines)


def gather(results: Iterable[Result[Any]], articles: Mapping[str, Article]) -> list[Dossier]:
    """Results by article, articles in the order of their first result."""
    by_id: dict[str, list[Result[Any]]] = {}
    for result in results:
        by_id.setdefault(result.article.id, []).append(result)
    return [
        Dossier(group[0].article, articles.get(identity), tuple(map(Finding, group)))
        for identity, group in by_id.items()
    ]


def runs_of(results: Iterable[Result[Any]]) -> list[Run]:
    """The runs behind `results`, each id once, in order."""
    return list({r.run.id: r.run for r in reversed(list(results))}.values())[::-1]


def known_task(name: str) -> Task[Any, Any, Any] | None:
    """The task of that name; None where it is not installed here."""
    try:
        return registry.get(name)
    except SummarizerError:
        return None


def typed(result: Result[Any]) -> tuple[Task[Any, Any, Any] | None, Any]:
    """The task, and the value as its model, whether it came as that or as JSON; no task where it is none of its values.

    Such a value has its claims revived.
    """
    task, value = known_task(result.task), result.value
    if task is None or value is None or isinstance(value, task.value):
        return task if value is not None else None, value if isinstance(value, BaseModel) else revived(value)
    try:
        plain = value.model_dump(mode="json", by_alias=True) if isinstance(value, BaseModel) else value
        return task, task.value.model_validate(plain)
    except ValidationError:
        return None, revived(value)


def revived(value: Any) -> Any:
    """Plain JSON with what has the form of a claim or a span made one, so that unknown tasks show their evidence."""
    if isinstance(value, Mapping):
        for form in (Claim, Span, Mention):
            if {"text"} < set(value) <= set(form.model_fields) and {"evidence", "sentence"} & set(value):
                try:
                    return form.model_validate(value)
                except ValidationError:  # an object of the user's own that only looks like one
                    continue
        return {str(name): revived(inner) for name, inner in value.items()}
    return [revived(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def abstained(result: Result[Any]) -> bool:
    """Whether the result says that the article does not say."""
    task, value = typed(result)
    return bool(task and task.abstained(value))


def refs_of(result: Result[Any]) -> list[ArticleRef]:
    """The articles a result is about: its own, and those an answer from many points at. None where none was found."""
    return [ref for ref in (result.article, *refs_in(result.value)) if ref.id]


def refs_in(value: Any) -> Iterator[ArticleRef]:
    """The articles that a value names beside its result's own."""
    return (ref for _, ref in pointed(value, ArticleRef))


def _sections(result: Result[Any]) -> Iterable[Section]:
    task, value = typed(result)
    if task:
        return task.view(value)
    return sections_of(value if isinstance(value, (BaseModel, Mapping)) else {result.task: value})


def places(result: Result[Any]) -> Iterator[str]:
    """Where a result stands, in full: file, sentence, offsets, text; each place once."""
    sources = {ref.id: ref.source for ref in (result.article, *refs_in(result.value))}
    evidence = (place for section in Finding(result).sections for line in section.lines for place in line.evidence)
    for one in {(place.article, place.start, place.end): place for place in evidence}.values():
        source = legible(sources.get(one.article or result.article.id) or "-")
        yield f"{source}, sentence {one.sentence}, characters {one.start}–{one.end}: {legible(one.text)}"
