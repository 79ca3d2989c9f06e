"""What a tool gives back: what is said, the sentences it rests on, what was dropped; whole results on demand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from summarizer.article import Article
from summarizer.schemas.evidence import Support, Value
from summarizer.schemas.result import Result, Status
from summarizer.tasks.view import Line, Place
from summarizer.views.dossier import Finding, abstained
from summarizer.views.text import plain_text
from summarizer.views.wording import ACTIONS, legible

WIDTH = 100


class Said(Value):
    """One line of a result. `cites` are keys of `sentences`; `support` is null for what is no statement."""

    section: str = ""
    label: str = ""
    text: str
    note: str = ""
    support: Support | None = None
    cites: list[str] = Field(default_factory=list)


class Told(Value):
    """What one result says.

    `abstained` means that the article does not say; `issues` tell what was dropped, replaced, unread or unchecked.
    """

    task: str
    source: str
    status: Status
    abstained: bool
    said: list[Said]
    sentences: dict[str, str] = Field(description="The cited sentences, word for word.")
    issues: list[str]
    model: str
    cost_usd: float | None = Field(description="Null where the price is not known.")
    result: dict[str, Any] | None = Field(None, description="The result whole, where `full` asks for it.")


class Answers(Value):
    """What a call gave; `unread` tells what could not be read, and why."""

    results: list[Told]
    unread: list[str]


def answers(
    results: Sequence[Result[Any]], articles: Mapping[str, Article], unread: Sequence[str], *, full: bool
) -> tuple[Answers, str]:
    """The results as an assistant takes them, and as a text that says the same."""
    told = [_told(result, articles, full=full) for result in results]
    texts = [_text(result, articles, one) for result, one in zip(results, told, strict=True)]
    return Answers(results=told, unread=list(unread)), "\n".join([*texts, *unread])


def _text(result: Result[Any], articles: Mapping[str, Article], told: Told) -> str:
    page = plain_text([result], articles, everything=True, width=WIDTH)
    return page + "".join(f"[{key}] {legible(sentence)}\n" for key, sentence in told.sentences.items())


def _told(result: Result[Any], articles: Mapping[str, Article], *, full: bool) -> Told:
    finding, sentences = Finding(result), dict[str, str]()

    def said(title: str, line: Line) -> Said:
        found = {finding.cited([place]): sentence_of(place, result.article.id, articles) for place in line.evidence}
        sentences.update(found)
        return Said(
            section=title, label=line.label, text=line.text, note=line.note, support=line.support, cites=list(found)
        )

    return Told(
        task=result.task,
        source=result.article.source,
        status=result.status,
        abstained=abstained(result),
        said=[said(section.title, line) for section in finding.sections for line in section.lines],
        sentences=sentences,
        issues=[f"{ACTIONS[issue.action]}: {issue.message}" for issue in finding.issues],
        model=result.run.model,
        cost_usd=result.run.cost_usd,
        result=result.model_dump(mode="json", by_alias=True) if full else None,
    )


def sentence_of(place: Place, article: str, articles: Mapping[str, Article]) -> str:
    """The sentence that a place is in."""
    found = articles.get(place.article or article)
    sentence = found.sentence(place.sentence) if found else None
    return " ".join((sentence or place).text.split())
